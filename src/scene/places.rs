//! Where tasks and threads stand in the program's text.

use super::names::{Hue, View, task_hue};
use crate::trace::model::{TaskState, ThreadState};

/// With more places than this the gutter would say nothing any more.
const LIMIT: usize = 400;

/// Somebody's place in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMark {
    /// Line, from 1.
    pub line: u32,
    /// The hue of who stands there.
    pub hue: Hue,
    /// Whether the line runs; else it is suspended there.
    pub running: bool,
    /// Whether it is a thread by itself rather than a task.
    pub thread: bool,
    /// Who stands there, in words.
    pub title: String,
}

/// The places of all that live, tasks first.
pub fn marks(view: View) -> Vec<PlaceMark> {
    tasks(view).chain(threads(view)).take(LIMIT).collect()
}

/// The line that runs now, with the hue of who runs it.
pub fn active(view: View) -> Option<(u32, Hue)> {
    let running = view.model.running?;
    let line = view.model.thread(running)?.line;
    (line > 0).then(|| (line, view.thread_hue(running)))
}

fn tasks(view: View) -> impl Iterator<Item = PlaceMark> {
    view.model.tasks.values().filter_map(move |task| {
        let suspended = matches!(task.state, TaskState::Waiting { .. } | TaskState::Ready);
        let chain = task.chain.filter(|_| suspended)?;
        let line = innermost_line(view.texts.get(chain))?;
        Some(PlaceMark {
            line,
            hue: task_hue(task.id),
            running: false,
            thread: false,
            title: format!("{} is suspended here", view.task_name(task.id)),
        })
    })
}

fn threads(view: View) -> impl Iterator<Item = PlaceMark> {
    view.model.threads.iter().filter_map(move |(_, thread)| {
        let running = view.holds_baton(thread.id);
        let in_loop = thread.running_loop.is_some() && thread.task().is_none();
        if thread.line == 0 || thread.state == ThreadState::Ended || in_loop {
            return None;
        }
        let (who, is_thread) = match thread.task() {
            Some(task) => (view.task_name(task), false),
            None => (view.thread_name(thread.id), true),
        };
        let verb = if running { "runs" } else { "is blocked" };
        Some(PlaceMark {
            line: thread.line,
            hue: view.thread_hue(thread.id),
            running,
            thread: is_thread,
            title: format!("{who} {verb} here"),
        })
    })
}

/// The line of the last frame of `function:line > function:line`.
fn innermost_line(chain: &str) -> Option<u32> {
    chain.rsplit(':').next()?.parse().ok()
}
