//! The event loop as it is drawn: phases, and the lanes through which handles go.

use super::names::{Hue, View, seconds, short_thread};
use crate::sim::event::{HandleId, LoopId, TaskId};
use crate::trace::model::{EventLoop, Handle, HandleState, Phase, Place};

/// A lane shows at most this many handles; of the others it tells the number.
const LANE_LIMIT: usize = 10;

/// The phases of an iteration, in order, as [`LoopPicture::phase`] counts them.
pub const PHASES: [&str; 4] = [
    "choose timeout",
    "wait (select)",
    "move due timers",
    "run the batch",
];

/// An event loop, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopPicture {
    /// The name of its thread.
    pub thread: String,
    /// How many iterations it has begun.
    pub iteration: u32,
    /// The virtual time.
    pub time: String,
    /// Which of [`PHASES`] it is in, if it runs.
    pub phase: Option<usize>,
    /// What else is to be said of its phase.
    pub phase_hint: Option<String>,
    /// The heap of timers.
    pub scheduled: Lane,
    /// The ready queue.
    pub ready: Lane,
    /// What is being run.
    pub running: Lane,
    /// How many handles the running batch has.
    pub batch: usize,
}

/// Handles at one place, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// The first of them.
    pub cards: Vec<Card>,
    /// How many more there are.
    pub more: usize,
}

/// A handle, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The handle.
    pub handle: HandleId,
    /// What it does.
    pub label: String,
    /// When it is due, if it is a timer.
    pub when: Option<String>,
    /// Its hue.
    pub hue: Hue,
    /// The task that made it.
    pub made_by: Option<TaskId>,
    /// The other thread that handed it over, by number and name.
    pub from: Option<(u16, String)>,
    /// Its form.
    pub form: CardForm,
}

/// The form of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardForm {
    /// It is here.
    Solid,
    /// It is here, and waits for the next iteration.
    Next,
    /// It was here before the last event.
    Ghost,
    /// It is here and will be passed over.
    Cancelled,
}

/// The loop to show: the one of the running thread, or the one that was made last.
pub fn shown(view: View) -> Option<LoopId> {
    let model = view.model;
    let running = model
        .running
        .and_then(|thread| model.loop_of_thread(thread));
    let open = || {
        model
            .loops
            .values()
            .filter(|event_loop| event_loop.phase != Phase::Closed)
            .last()
    };
    let newest = || model.loops.values().last();
    running
        .or_else(open)
        .or_else(newest)
        .map(|event_loop| event_loop.id)
}

/// Draws a loop.
pub fn picture(view: View, id: LoopId) -> Option<LoopPicture> {
    let event_loop = view.model.event_loop(id)?;
    let (phase, phase_hint) = phase(event_loop);
    Some(LoopPicture {
        thread: view.thread_name(event_loop.thread),
        iteration: event_loop.iteration,
        time: seconds(view.model.now),
        phase,
        phase_hint,
        scheduled: scheduled(view, event_loop),
        ready: ready(view, event_loop),
        running: running(view, event_loop),
        batch: event_loop.batch_size,
    })
}

fn phase(event_loop: &EventLoop) -> (Option<usize>, Option<String>) {
    match event_loop.phase {
        Phase::Stopped => (None, Some("not running".to_owned())),
        Phase::Closed => (None, Some("closed".to_owned())),
        Phase::ChooseTimeout => (Some(0), None),
        Phase::Select { until: Some(until) } => (Some(1), Some(format!("until {:.3}", until.0))),
        Phase::Select { until: None } => (Some(1), Some("without limit".to_owned())),
        Phase::MoveTimers => (Some(2), None),
        Phase::RunBatch => (Some(3), None),
    }
}

fn scheduled(view: View, event_loop: &EventLoop) -> Lane {
    let timers = event_loop.scheduled.iter().map(|timer| Card {
        when: Some(seconds(timer.at())),
        label: timer_label(view, timer.handle),
        ..card(view, timer.handle, CardForm::Solid)
    });
    let ghosts = ghosts(view, event_loop.id, Place::Scheduled);
    lane(ghosts, timers, event_loop.scheduled.len())
}

/// Who sleeps is all that has to be said of a sleep among timers.
fn timer_label(view: View, handle: HandleId) -> String {
    let known = view.model.handle(handle);
    let sleeper = known.filter(|handle| handle.resolves.is_some());
    match sleeper.and_then(|handle| handle.by) {
        Some(task) => view.task_name(task),
        None => view.handle_name(handle),
    }
}

fn ready(view: View, event_loop: &EventLoop) -> Lane {
    let batch = event_loop
        .batch()
        .map(|handle| card(view, handle, CardForm::Solid));
    let arrivals = event_loop
        .arrivals()
        .map(|handle| card(view, handle, CardForm::Next));
    let ghosts = ghosts(view, event_loop.id, Place::Ready);
    lane(ghosts, batch.chain(arrivals), event_loop.ready.len())
}

fn running(view: View, event_loop: &EventLoop) -> Lane {
    let running = event_loop.running;
    let cards = running.map(|handle| card(view, handle, CardForm::Solid));
    let ghosts = ghosts(view, event_loop.id, Place::Running);
    lane(ghosts, cards.into_iter(), usize::from(running.is_some()))
}

/// A lane of so many handles, of which only the first are drawn.
fn lane(mut cards: Vec<Card>, present: impl Iterator<Item = Card>, number: usize) -> Lane {
    cards.extend(present.take(LANE_LIMIT));
    Lane {
        cards,
        more: number.saturating_sub(LANE_LIMIT),
    }
}

/// The handles that the last event took away from a place.
fn ghosts(view: View, id: LoopId, place: Place) -> Vec<Card> {
    let left_from = |&&(handle, from): &&(HandleId, Place)| {
        let known = view.model.handle(handle);
        from == place && known.is_some_and(|handle| handle.event_loop == id)
    };
    let moved = view.model.moved.iter().filter(left_from);
    moved
        .take(LANE_LIMIT)
        .map(|&(handle, _)| card(view, handle, CardForm::Ghost))
        .collect()
}

/// The thread that made a handle, if the loop runs in another one: the handle has crossed over by
/// `call_soon_threadsafe`.
fn crossed(view: View, handle: &Handle) -> Option<(u16, String)> {
    let home = view.model.event_loop(handle.event_loop)?.thread;
    (handle.thread != home).then(|| {
        let name = view.thread_name(handle.thread);
        (handle.thread, short_thread(&name))
    })
}

fn card(view: View, handle: HandleId, form: CardForm) -> Card {
    let known = view.model.handle(handle);
    let cancelled = known.is_some_and(|handle| handle.state == HandleState::Cancelled);
    Card {
        handle,
        label: view.handle_name(handle),
        when: None,
        hue: view.handle_hue(handle),
        made_by: known.and_then(|handle| handle.by),
        from: known.and_then(|handle| crossed(view, handle)),
        form: if cancelled && form != CardForm::Ghost {
            CardForm::Cancelled
        } else {
            form
        },
    }
}
