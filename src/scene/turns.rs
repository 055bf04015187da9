//! "You are the scheduler": which threads could go next at the cursor.

use super::names::{Hue, View, numbered_thread, short_thread, thousands};
use crate::sim::input::{Input, Moment, Stimulus};
use crate::sim::signal;
use crate::trace::model::{Thread, ThreadState};

/// Threads beyond this number are only counted.
const LIMIT: usize = 12;

/// The threads of which one goes next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turns {
    /// They, in the order of their numbers; nothing where there is no choice.
    pub candidates: Vec<Candidate>,
    /// How many are left out.
    pub more: usize,
}

/// A thread that could go next.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its number.
    pub thread: u16,
    /// Its name.
    pub name: String,
    /// Its hue.
    pub hue: Hue,
    /// Where it stands, in words.
    pub place: String,
    /// Whether it runs already, so that the others would have to pre-empt it.
    pub running: bool,
    /// Whether it goes next in this run.
    pub lot: Lot,
}

/// What happens to a thread that could go next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    /// It goes next because the reader chose it.
    Chosen,
    /// It runs and goes on.
    GoesOn,
    /// It goes next by the schedule.
    Next,
    /// It has to wait.
    Waits,
}

/// Something that the reader did to the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervention {
    /// What, in words.
    pub label: String,
    /// When.
    pub at: Moment,
    /// Why nothing came of it, where that is known.
    pub missed: Option<String>,
}

/// What the reader did to the run, in words. The view is at the end of what is recorded, where threads have their names.
pub fn interventions(latest: View, inputs: &[Input]) -> Vec<Intervention> {
    let label = |what| match what {
        Stimulus::Signal(number) => signal::name(number),
        Stimulus::Turn(thread) => format!("{} goes next", latest.thread_name(thread)),
    };
    let told = |input: &Input| Intervention {
        label: label(input.what),
        at: input.at,
        missed: missed(latest, input),
    };
    inputs.iter().map(told).collect()
}

/// Why an input has no effect in a run that is over: its moment never comes, or there is no such thread.
fn missed(latest: View, input: &Input) -> Option<String> {
    latest.model.ending?;
    let events = latest.model.position;
    match (input.at, input.what) {
        (_, Stimulus::Turn(thread)) if latest.model.thread(thread).is_none() => {
            Some(format!("there is no thread {thread} in this run"))
        }
        (Moment::Event(at), _) if at >= events as usize => Some(format!(
            "the run has only {} events",
            thousands(events as usize)
        )),
        _ => None,
    }
}

/// The thread that the reader chose at a position.
pub fn chosen(inputs: &[Input], position: usize) -> Option<u16> {
    inputs
        .iter()
        .find_map(|input| match (input.at, input.what) {
            (Moment::Event(at), Stimulus::Turn(thread)) if at == position => Some(thread),
            _ => None,
        })
}

/// The choice at the cursor, if there is one. `next` is the thread of the event behind the cursor.
pub fn turns(view: View, next: Option<u16>, chosen: Option<u16>) -> Turns {
    let able =
        |thread: &&Thread| matches!(thread.state, ThreadState::Running | ThreadState::Runnable);
    let threads: Vec<&Thread> = view.model.threads.values().filter(able).collect();
    let waits = threads.iter().any(|thread| !is_running(view, thread));
    let choice = waits && threads.len() > 1 && next.is_some();
    if !choice || view.model.ending.is_some() {
        return Turns::default();
    }
    let more = threads.len().saturating_sub(LIMIT);
    let shown = threads.into_iter().take(LIMIT);
    Turns {
        candidates: shown
            .map(|thread| candidate(view, thread, next, chosen))
            .collect(),
        more,
    }
}

fn is_running(view: View, thread: &Thread) -> bool {
    thread.state == ThreadState::Running || view.model.processor.core_of(thread.id).is_some()
}

fn candidate(view: View, thread: &Thread, next: Option<u16>, chosen: Option<u16>) -> Candidate {
    let running = is_running(view, thread);
    let lot = match (chosen, next) {
        (Some(chosen), _) if chosen == thread.id => Lot::Chosen,
        (None, Some(next)) if next == thread.id && running => Lot::GoesOn,
        (None, Some(next)) if next == thread.id => Lot::Next,
        _ => Lot::Waits,
    };
    Candidate {
        thread: thread.id,
        name: short_thread(numbered_thread(&view.thread_name(thread.id))),
        hue: view.thread_hue(thread.id),
        place: match thread.line {
            0 => "at its start".to_owned(),
            line => format!("line {line}"),
        },
        running,
        lot,
    }
}
