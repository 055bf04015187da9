//! What happens to a run from outside: signals, choices of who goes next, and what is typed. Each makes a new run.

use std::rc::Rc;

use super::{Awaited, State};
use crate::sim::event::{Ending, Kind};
use crate::sim::input::{self, Stimulus};
use crate::sim::options::{Options, Stdin};
use crate::ui::session::Status;

/// Why nothing can reach the program at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfReach {
    /// It did not start.
    NotStarted,
    /// It is over.
    Over,
}

impl OutOfReach {
    /// The reason, as a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NotStarted => "The program did not start: there is nothing to interrupt",
            Self::Over => {
                "The program is over at this step and cannot be interrupted: step back first"
            }
        }
    }
}

/// Whether an event only tells why nothing more comes.
fn tells_the_end(kind: Kind) -> bool {
    matches!(kind, Kind::DeadlockWait { .. } | Kind::Status { .. })
}

impl State {
    /// After how many events something from outside reaches the program at the cursor. A run that ended because nothing
    /// more came is interrupted before its end.
    pub fn moment(&self) -> Result<u32, OutOfReach> {
        let session = self.session.borrow();
        let model = session.cursor().model();
        let ended = matches!(
            model.ending,
            Some((Ending::Finished | Ending::Unsupported, _))
        );
        match self.status {
            Status::Refused => Err(OutOfReach::NotStarted),
            _ if ended || model.exit.is_some() => Err(OutOfReach::Over),
            _ => {
                let events = &session.recording().log().events;
                let told = |at: usize| {
                    events
                        .get(at)
                        .is_some_and(|event| tells_the_end(event.kind))
                };
                let behind = (0..self.position as usize).rev().take_while(|&at| told(at));
                Ok(self.position - behind.count() as u32)
            }
        }
    }

    /// What the program reads from its standard input, if it has any or mentions it.
    pub fn stdin(&self) -> Option<Stdin> {
        let mentioned = ["input(", "stdin"]
            .iter()
            .any(|word| self.source.contains(word));
        let given = self.options.stdin.clone();
        given.or_else(|| (mentioned || self.asks()).then(|| Stdin::typed("")))
    }

    /// Whether the program, as it is, waits for something to be typed.
    pub fn asks(&self) -> bool {
        !self.edited() && self.session.borrow().asks()
    }

    /// Does something to the program at the cursor: a new run that is the same up to there, one step further.
    pub(super) fn intervene(&mut self, what: Stimulus) {
        let Ok(position) = self.moment() else {
            return;
        };
        input::intervene(&mut self.options.input, position as usize, what);
        self.start();
        self.awaited = Some(match what {
            Stimulus::Turn(thread) => Awaited::Turn(thread, position),
            Stimulus::Signal(_) => Awaited::Step(position + 1),
        });
    }

    /// An empty field is no standard input: then the program waits for the first line.
    pub(super) fn type_input(&mut self, text: &str) {
        let ended = self.options.stdin.as_ref().is_some_and(|stdin| !stdin.open);
        let stdin = Stdin {
            open: !ended,
            ..Stdin::typed(text)
        };
        self.options.stdin = (!text.is_empty()).then_some(stdin);
    }

    pub(super) fn end_input(&mut self, end: bool) {
        let text = self.options.stdin.take().unwrap_or_default().text;
        let stdin = Stdin { text, open: !end };
        self.options.stdin = (end || !stdin.text.is_empty()).then_some(stdin);
        self.read_anew();
    }

    /// The same program with other lines to read: up to where it reads them the run is the same, so that the cursor stays.
    pub(super) fn read_anew(&mut self) {
        let asked = self.asks().then(|| self.total.saturating_sub(1));
        let position = self.position.min(asked.unwrap_or(u32::MAX));
        let kept = !self.edited() && position > 0;
        self.options.input.clear();
        self.start();
        self.awaited = kept.then_some(Awaited::Step(position));
    }

    /// What was given to one program from outside is not meant for another.
    pub(super) fn forget_input(&mut self) {
        self.options.input.clear();
        self.options.arguments.clear();
        self.options.stdin = None;
    }

    /// The program is to be run with other options. Where these only take back what was done to the run, the cursor stays.
    pub(super) fn set_options(&mut self, options: Options) {
        let untouched = Options {
            input: self.options.input.clone(),
            ..options.clone()
        };
        let position = self.position;
        let stays = untouched == self.options && position > 0;
        self.options = options;
        self.misread = Rc::default();
        self.start();
        self.awaited = stays.then_some(Awaited::Step(position));
    }

    pub(super) fn take_back(&mut self, index: usize) {
        let position = self.position;
        input::take_back(&mut self.options.input, index);
        self.start();
        self.awaited = Some(Awaited::Step(position));
    }
}
