//! Where tasks and threads stand in the program's text.

use std::collections::BTreeMap;

use super::names::{Hue, View, task_hue};
use crate::trace::model::{TaskState, Thread, ThreadState};

/// As many marks fit beside a line; where more stand, the last one stands for the rest.
const MARKS: usize = 3;

/// Somebody's place in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMark {
    /// Line, from 1.
    pub line: u32,
    /// The hue of who stands there.
    pub hue: Hue,
    /// Its form.
    pub form: MarkForm,
    /// Whether it is a thread by itself rather than a task.
    pub thread: bool,
    /// Who stands there, in words.
    pub title: String,
}

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkForm {
    /// The line runs.
    Running,
    /// It is suspended there.
    Suspended,
    /// Several more stand there.
    More,
}

/// The places of all that live, tasks first; at each line as many as fit.
pub fn marks(view: View) -> Vec<PlaceMark> {
    let mut lines: BTreeMap<u32, (Vec<PlaceMark>, usize)> = BTreeMap::new();
    for mark in threads(view).chain(tasks(view)) {
        let (marks, more) = lines.entry(mark.line).or_default();
        match marks.len() < MARKS {
            true => marks.push(mark),
            false => *more += 1,
        }
    }
    lines
        .into_values()
        .flat_map(|(marks, more)| fitting(marks, more))
        .collect()
}

fn fitting(mut marks: Vec<PlaceMark>, more: usize) -> Vec<PlaceMark> {
    if more > 0
        && let Some(last) = marks.last_mut()
    {
        last.form = MarkForm::More;
        last.hue = 0;
        last.title = format!("{} more stand here", more + 1);
    }
    marks
}

/// The line that runs now, with the hue of who runs it; none while a loop itself is at work.
pub fn active(view: View) -> Option<(u32, Hue)> {
    let thread = view.model.thread(view.model.running?)?;
    let shown = view.model.ending.is_none() && thread.line > 0 && !thread.within_loop();
    shown.then(|| (thread.line, view.thread_hue(thread.id)))
}

fn tasks(view: View) -> impl Iterator<Item = PlaceMark> {
    view.model.tasks.values().filter_map(move |task| {
        let suspended = matches!(task.state, TaskState::Waiting { .. } | TaskState::Ready);
        let chain = task.chain.filter(|_| suspended)?;
        let line = innermost_line(view.texts.get(chain))?;
        Some(PlaceMark {
            line,
            hue: task_hue(task.id),
            form: MarkForm::Suspended,
            thread: false,
            title: format!("{} is suspended here", view.task_name(task.id)),
        })
    })
}

fn threads(view: View) -> impl Iterator<Item = PlaceMark> {
    let placed = move |thread: &&Thread| {
        let over = thread.state == ThreadState::Running && view.model.ending.is_some();
        let live = !over && thread.state != ThreadState::Ended;
        thread.line > 0 && live && !thread.within_loop()
    };
    view.model
        .threads
        .values()
        .filter(placed)
        .map(move |thread| {
            let (who, is_thread) = match thread.task() {
                Some(task) => (view.task_name(task), false),
                None => (view.thread_name(thread.id), true),
            };
            let (form, verb) = match view.runs(thread.id) {
                true => (MarkForm::Running, "runs"),
                false => (MarkForm::Suspended, "is blocked"),
            };
            PlaceMark {
                line: thread.line,
                hue: view.thread_hue(thread.id),
                form,
                thread: is_thread,
                title: format!("{who} {verb} here"),
            }
        })
}

/// The line of the last frame of `function:line > function:line`.
fn innermost_line(chain: &str) -> Option<u32> {
    chain.rsplit(':').next()?.parse().ok()
}
