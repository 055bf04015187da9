//! Where runs come from: the engine, driven in short turns so that the page stays alive while a program runs.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::session::SharedSession;
use super::state::{Action, Dispatch};
use super::timer::{self, Turns};
use crate::sim::load;
use crate::sim::options::{Options, Stdin};
use crate::sim::world::World;
use crate::syntax::{Diagnostic, DiagnosticKind};
use crate::trace::Recorder;

/// A program being run and recorded.
pub type Run = Recorder<World>;

/// Milliseconds of a turn, after which the browser gets its own.
const TURN: f64 = 8.0;
/// Milliseconds between two reports of how far the run is: with each one the page is drawn anew.
const REPORT: f64 = 250.0;

/// The file name that tracebacks show.
const PROGRAM: &str = "program.py";
/// The most events that a page keeps.
const EVENTS: usize = 1_000_000;
/// What a program may compute before it is stopped: some seconds.
const INSTRUCTIONS: u64 = 400_000_000;

/// Prepares a run of a program, or tells why it cannot be run.
pub fn start(source: &str, options: &Options) -> Result<Run, Vec<Diagnostic>> {
    let options = Options {
        max_events: EVENTS,
        max_instructions: INSTRUCTIONS,
        ..at_terminal(options)
    };
    let world = World::load(source, PROGRAM, options);
    world.map(Recorder::new).map_err(worth_telling)
}

/// What is wrong with a program, as far as that shows without running it.
pub fn check(source: &str, options: &Options) -> Vec<Diagnostic> {
    worth_telling(load::check(source, PROGRAM, &at_terminal(options)))
}

/// Where nothing is given to be read, the program sits at a terminal at which nothing was typed yet.
fn at_terminal(options: &Options) -> Options {
    let mut options = options.clone();
    options.stdin.get_or_insert_with(|| Stdin::typed(""));
    options
}

/// Behind the first syntax error the parser only guesses; features that are not supported are all worth telling.
fn worth_telling(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let first = diagnostics.first().map(|first| first.kind);
    if let Some(DiagnosticKind::Syntax(_)) = first {
        diagnostics.truncate(1);
    }
    diagnostics
}

/// Keeps the session's run going, turn by turn, and reports its progress.
#[hook]
pub fn use_runner(run: u32, session: &SharedSession, dispatch: Dispatch) {
    let session = session.clone();
    use_effect_with(run, move |_| {
        let turns: Rc<RefCell<Option<Turns>>> = Rc::default();
        let mut reported = browser::now();
        let turn = {
            let (turns, session) = (turns.clone(), session.clone());
            move || {
                let ended = session.borrow_mut().advance(TURN);
                if ended || browser::now() - reported > REPORT {
                    reported = browser::now();
                    dispatch.dispatch(Action::Progress);
                }
                if ended {
                    let dispatch = dispatch.clone();
                    timer::later(0, move || dispatch.dispatch(Action::Remark(run)));
                }
                if !ended && let Some(turns) = &*turns.borrow() {
                    turns.request();
                }
            }
        };
        *turns.borrow_mut() = Turns::new(turn);
        if let Some(turns) = &*turns.borrow() {
            turns.request();
        }
        move || {
            drop(turns.borrow_mut().take());
            drop(session);
        }
    });
}
