//! Everything that the regions show, drawn from one state in one go.

use std::rc::Rc;

use super::notice::{self, Message};
use super::regions::program::sentence;
use super::session::Status;
use super::state::{State, TasksView};
use crate::scene::event_loop::{self, LoopPicture};
use crate::scene::explain::{self, Explanation, Part};
use crate::scene::locks::{self, Shared};
use crate::scene::memory::{self, MemoryPicture};
use crate::scene::names::{Hue, View};
use crate::scene::output::{self, OutputPicture};
use crate::scene::places::{self, PlaceMark};
use crate::scene::pools::{self, PoolPicture};
use crate::scene::tasks::{self, TaskList};
use crate::scene::threads::{self, ThreadList};
use crate::scene::turns::{self, Intervention, Turns};
use crate::scene::waits::{self, WaitGraph};
use crate::sim::event::Stream;
use crate::syntax::Diagnostic;
use crate::trace::{Model, Recording};

/// How far back in the output the error is looked for with which a program failed.
const ERROR_LINES: usize = 100;

/// The pictures of all regions but the timeline, which draws itself.
pub struct Picture {
    /// Errors and refusals.
    pub faults: Rc<[Diagnostic]>,
    /// Where tasks and threads stand.
    pub marks: Rc<[PlaceMark]>,
    /// The line that runs.
    pub active: Option<(u32, Hue)>,
    /// The output.
    pub output: OutputPicture,
    /// The event loop.
    pub event_loop: Option<LoopPicture>,
    /// Whether the program never runs an event loop, as far as is known.
    pub loopless: bool,
    /// Whether threads are all that it has.
    pub threaded: bool,
    /// Whether it hands work to executors.
    pub pooled: bool,
    /// Whether it has threads besides the first one and those of executors.
    pub helped: bool,
    /// The tasks, as they are to be shown.
    pub tasks: TasksPicture,
    /// The threads.
    pub threads: ThreadList,
    /// The pools.
    pub pools: Vec<PoolPicture>,
    /// What they share: locks, the GIL, cores.
    pub shared: Shared,
    /// Who could go next.
    pub turns: Turns,
    /// What the reader did to the run.
    pub interventions: Vec<Intervention>,
    /// The memory account.
    pub memory: MemoryPicture,
    /// What the last step was.
    pub explanation: Explanation,
    /// What is to be said of the run as a whole.
    pub message: Option<Message>,
}

/// The tasks in one form or the other.
#[derive(Clone, PartialEq)]
pub enum TasksPicture {
    /// One below the other.
    List(TaskList),
    /// Who waits for whom.
    Graph(WaitGraph),
}

impl Picture {
    /// Draws a state.
    pub fn draw(state: &State) -> Self {
        let session = state.session.borrow();
        let recording = session.recording();
        let model = session.cursor().model();
        let latest = recording.head();
        let view = View::of(recording, model);
        let over = matches!(state.status, Status::Ended | Status::Stopped);
        let threaded = latest.loops.is_empty() && latest.threads.len() > 1;
        let loopless = threaded || over && latest.loops.is_empty();
        let edited = *session.source() != state.source;
        let ending = latest.ending.map(|(ending, message)| {
            let told = message.map(|text| recording.log().texts.get(text));
            (ending, told.unwrap_or_else(|| last_error(latest)))
        });
        let faults = if edited {
            state.faults.clone()
        } else {
            session.faults()
        };
        Self {
            marks: if edited {
                Rc::default()
            } else {
                places::marks(view).into()
            },
            active: places::active(view).filter(|_| !edited),
            output: output::picture(view),
            event_loop: event_loop::shown(view).and_then(|id| event_loop::picture(view, id)),
            loopless,
            threaded,
            pooled: !latest.pools.is_empty(),
            helped: threads::others(latest).count() > 1,
            tasks: match tasks_view(state, view, threaded) {
                TasksView::List => TasksPicture::List(tasks::list(view, state.followed)),
                TasksView::Graph => TasksPicture::Graph(waits::graph(view)),
            },
            threads: threads::threads(view),
            pools: pools::pools(view),
            shared: locks::shared(view, state.options.cores),
            turns: turns::turns(
                view,
                next_thread(state, recording),
                turns::chosen(&state.options.input, state.position as usize),
            ),
            interventions: turns::interventions(view.at_end(), &state.options.input),
            memory: memory::memory(view, state.options.address_space),
            explanation: explanation(state, view, &faults),
            message: notice::message(state.status, ending, state.total),
            faults,
        }
    }
}

/// Where there are no tasks, or nobody can ever go on, who waits for whom says more than a list of tasks.
fn tasks_view(state: &State, view: View, threaded: bool) -> TasksView {
    let stuck = !view.model.deadlock.is_empty();
    let telling = match threaded || stuck {
        true => TasksView::Graph,
        false => TasksView::List,
    };
    state.tasks_view.unwrap_or(telling)
}

/// The thread that goes next in this run.
fn next_thread(state: &State, recording: &Recording) -> Option<u16> {
    let next = recording.log().events.get(state.position as usize)?;
    Some(next.thread)
}

/// The last exception in the error output of a program that failed; those of a group stand in a frame of lines.
fn last_error(latest: &Model) -> &str {
    let failed = latest.exit.is_some_and(|status| status != 0);
    let lines = &latest.output.lines;
    let newest_first = (0..lines.len() as u32).rev().take(ERROR_LINES);
    let error = newest_first
        .filter_map(|number| lines.get(number))
        .filter(|line| line.stream == Stream::Stderr)
        .map(|line| line.text.trim_start_matches([' ', '|', '+', '-']))
        .find(|text| text.starts_with(char::is_alphabetic));
    error.filter(|_| failed).unwrap_or_default()
}

fn explanation(state: &State, view: View, faults: &[Diagnostic]) -> Explanation {
    if let (Status::Refused, Some(fault)) = (state.status, faults.first()) {
        let text = format!(
            "The program did not start. Line {}: {}.",
            fault.line,
            sentence(fault).trim_end_matches('.')
        );
        return Explanation {
            parts: vec![Part::Text(text)],
        };
    }
    let session = state.session.borrow();
    let recording = session.recording();
    let last = state.position.checked_sub(1);
    match last.and_then(|last| recording.log().events.get(last as usize)) {
        Some(event) => explain::explain(view, &event),
        None => explain::beginning(),
    }
}
