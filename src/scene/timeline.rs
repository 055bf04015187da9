//! The timeline: a lane for each thread and task, with what it did between which positions of the run.
//!
//! Lanes are gathered once, event by event, and then only looked up, so that drawing costs what is visible.

use std::collections::BTreeMap;

use super::names::{Hue, View, task_hue};
use crate::sim::event::{Event, JobId, Kind, TaskId};
use crate::trace::Recording;
use crate::trace::model::Role;

/// Where a span ends that still goes on.
pub const OPEN: u32 = u32::MAX;

/// Whose lane it is; the order is that of the lanes from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The main thread.
    Main,
    /// A task.
    Task(TaskId),
    /// Another thread.
    Thread(u16),
}

/// A part of a lane, from one position of the run to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: u32,
    /// Where it ends, or [`OPEN`].
    pub to: u32,
    /// Its hue.
    pub hue: Hue,
}

/// Spans in order and without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

/// The life of a thread or task.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Whose it is.
    pub who: Who,
    /// Its hue.
    pub hue: Hue,
    /// From when to when it lives.
    pub life: Span,
    /// When it runs.
    pub runs: Spans,
    /// When it is taken up by a step or a work item, be it running or blocked; tasks have none of these.
    pub busy: Spans,
    /// What takes it up now, innermost last.
    work: Vec<Hue>,
}

/// Something that leads from one lane to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The position right behind the event.
    pub at: u32,
    /// Who does it.
    pub from: Who,
    /// To whom it is done.
    pub to: Who,
}

/// All lanes of a recording so far.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    taken: u32,
    lanes: BTreeMap<Who, Lane>,
    arrows: Vec<Arrow>,
    baton: Option<u16>,
}

impl Spans {
    fn begin(&mut self, from: u32, hue: Hue) {
        self.end(from);
        self.0.push(Span {
            from,
            to: OPEN,
            hue,
        });
    }

    fn end(&mut self, to: u32) {
        let Some(last) = self.0.last_mut().filter(|last| last.to == OPEN) else {
            return;
        };
        last.to = to;
        if last.from >= to {
            self.0.pop();
        }
    }

    /// Those that touch `from..=to`.
    pub fn between(&self, from: u32, to: u32) -> &[Span] {
        let first = self.0.partition_point(|span| span.to < from);
        let end = self.0.partition_point(|span| span.from <= to);
        self.0.get(first..end).unwrap_or_default()
    }
}

impl Lane {
    fn new(who: Who, hue: Hue, from: u32) -> Self {
        let life = Span {
            from,
            to: OPEN,
            hue,
        };
        Self {
            who,
            hue,
            life,
            runs: Spans::default(),
            busy: Spans::default(),
            work: Vec::new(),
        }
    }

    fn run(&mut self, from: u32) {
        self.runs
            .begin(from, self.work.last().copied().unwrap_or(self.hue));
    }

    fn take_up(&mut self, from: u32, hue: Hue) {
        self.work.push(hue);
        self.busy.begin(from, hue);
        self.run(from);
    }

    fn put_down(&mut self, at: u32) {
        self.work.pop();
        self.busy.end(at);
        if let Some(&hue) = self.work.last() {
            self.busy.begin(at, hue);
        }
        self.run(at);
    }

    fn die(&mut self, at: u32) {
        self.runs.end(at);
        self.busy.end(at);
        self.life.to = at;
    }
}

impl Timeline {
    /// Takes in what was recorded since the last time.
    pub fn extend(&mut self, recording: &Recording) {
        let log = recording.log();
        let view = View {
            model: recording.head(),
            texts: &log.texts,
        };
        for event in log.events.iter().skip(self.taken as usize) {
            self.taken += 1;
            self.pass_baton(view, event, self.taken);
            self.take(view, event, self.taken);
        }
    }

    /// The lanes from top to bottom.
    pub fn lanes(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.values()
    }

    /// How many lanes there are.
    pub fn len(&self) -> usize {
        self.lanes.len()
    }

    /// Whether there is no lane yet.
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// The lane of somebody, counted from the top.
    pub fn row(&self, who: Who) -> Option<usize> {
        self.lanes
            .contains_key(&who)
            .then(|| self.lanes.range(..who).count())
    }

    /// The arrows between two positions.
    pub fn arrows_between(&self, from: u32, to: u32) -> &[Arrow] {
        let first = self.arrows.partition_point(|arrow| arrow.at < from);
        let end = self.arrows.partition_point(|arrow| arrow.at <= to);
        self.arrows.get(first..end).unwrap_or_default()
    }

    /// The thread of an event runs, until another one does or all are blocked.
    fn pass_baton(&mut self, view: View, event: &Event, here: u32) {
        let next = match event.kind {
            Kind::ThreadWake { .. } => return,
            Kind::Clock { .. } => None,
            _ => Some(event.thread),
        };
        if self.baton == next {
            return;
        }
        if let Some(before) = self.baton {
            self.thread(view, before, here).runs.end(here - 1);
        }
        if let Some(next) = next {
            self.thread(view, next, here).run(here - 1);
        }
        self.baton = next;
    }

    fn take(&mut self, view: View, event: &Event, here: u32) {
        match event.kind {
            Kind::TaskNew { task, .. } => {
                self.task(task, here);
                self.point(event, Who::Task(task), here);
            }
            Kind::Eager { task } | Kind::Step { task, .. } => {
                self.task(task, here).run(here - 1);
                self.thread(view, event.thread, here)
                    .take_up(here - 1, task_hue(task));
            }
            Kind::StepEnd { task } => {
                self.task(task, here).runs.end(here);
                self.thread(view, event.thread, here).put_down(here);
            }
            Kind::TaskDone { task, .. } => self.task(task, here).life.to = here,
            Kind::CallSoon { callback, .. } | Kind::CallSoonThreadsafe { callback, .. } => {
                if let Role::Wakeup(task) = Role::of(view.texts.get(callback)) {
                    self.point(event, Who::Task(task), here);
                }
            }
            Kind::JobStart { job, .. } => self.start_job(view, event, job, here),
            Kind::JobFinish { .. } => self.thread(view, event.thread, here).put_down(here),
            Kind::LoopIdle { .. } | Kind::Sleep { .. } | Kind::ThreadBlock { .. } => {
                self.thread(view, event.thread, here).runs.end(here);
                self.baton = None;
            }
            Kind::ThreadEnd { thread, .. } => {
                self.thread(view, thread, here).die(here);
                self.baton = None;
            }
            _ => {}
        }
    }

    fn start_job(&mut self, view: View, event: &Event, job: JobId, here: u32) {
        let hue = view.job_hue(job);
        self.thread(view, event.thread, here).take_up(here - 1, hue);
        if let Some(task) = view.model.job(job).and_then(|job| job.by) {
            self.arrows.push(Arrow {
                at: here,
                from: Who::Task(task),
                to: who(event.thread),
            });
        }
    }

    /// An arrow from whoever causes the event.
    fn point(&mut self, event: &Event, to: Who, here: u32) {
        let from = event.task.map_or(who(event.thread), Who::Task);
        if from != to {
            self.arrows.push(Arrow { at: here, from, to });
        }
    }

    fn task(&mut self, task: TaskId, here: u32) -> &mut Lane {
        let who = Who::Task(task);
        let make = || Lane::new(who, task_hue(task), here - 1);
        self.lanes.entry(who).or_insert_with(make)
    }

    fn thread(&mut self, view: View, thread: u16, here: u32) -> &mut Lane {
        let who = who(thread);
        let make = || Lane::new(who, view.own_hue(thread), here - 1);
        self.lanes.entry(who).or_insert_with(make)
    }
}

fn who(thread: u16) -> Who {
    match thread {
        1 => Who::Main,
        other => Who::Thread(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::jsonl;

    fn timeline(trace: &str) -> Timeline {
        let recording = Recording::of(jsonl::read(trace).log);
        let mut timeline = Timeline::default();
        timeline.extend(&recording);
        timeline
    }

    fn spans(timeline: &Timeline, who: Who) -> Vec<(u32, u32)> {
        let runs = timeline
            .lanes
            .get(&who)
            .map(|lane| lane.runs.between(0, OPEN));
        let runs = runs.unwrap_or_default();
        runs.iter().map(|span| (span.from, span.to)).collect()
    }

    const TRACE: &str = r#"{"i":0,"t":0,"thr":1,"ev":"task.new","task":"T1","coro":"main"}
{"i":1,"t":0,"thr":1,"ev":"step","task":"T1"}
{"i":2,"t":0,"thr":1,"ev":"print","out":"stdout","text":"a\n","task":"T1"}
{"i":3,"t":0,"thr":1,"ev":"step.end","task":"T1"}
{"i":4,"t":0,"thr":1,"ev":"loop.idle","until":1}
{"i":5,"t":0,"thr":1,"ev":"clock","to":1}
{"i":6,"t":1,"thr":1,"ev":"step","task":"T1"}
"#;

    #[test]
    fn a_task_runs_during_its_steps_only() {
        let timeline = timeline(TRACE);
        assert_eq!(spans(&timeline, Who::Task(TaskId(1))), [(1, 4), (6, OPEN)]);
    }

    #[test]
    fn a_thread_runs_until_it_blocks() {
        let timeline = timeline(TRACE);
        let main = spans(&timeline, Who::Main);
        assert_eq!(main, [(0, 1), (1, 4), (4, 5), (6, OPEN)]);
    }

    #[test]
    fn only_what_is_asked_for_is_found() {
        let timeline = timeline(TRACE);
        let lane = timeline.lanes.get(&Who::Main);
        let found = lane.map(|lane| lane.runs.between(2, 3).len());
        assert_eq!(found, Some(1));
    }
}
