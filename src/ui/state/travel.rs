//! Travelling through a run: where the cursor goes.

use super::{Answer, Awaited, Direction, State, Stride};
use crate::scene::diagnose::Diagnosis;
use crate::scene::find;
use crate::scene::names::View;
use crate::scene::predict::{self, Question};
use crate::scene::timeline::LaneId;
use crate::sim::event::{Event, Kind, TaskId};
use crate::trace::Granularity;
use crate::ui::browser;

impl State {
    /// What a step goes over, in the terms of the recording.
    fn granularity(&self, stride: Stride) -> Granularity {
        match stride {
            Stride::Event => Granularity::Event,
            Stride::Handle => Granularity::Handle,
            Stride::Iteration => Granularity::Iteration,
            Stride::Line => Granularity::Line,
            Stride::Output => Granularity::Output,
            Stride::FollowTask => self
                .task_to_follow()
                .map_or(Granularity::Event, Granularity::FollowTask),
        }
    }

    /// The followed task, or else the one that runs, or else the first one.
    fn task_to_follow(&self) -> Option<TaskId> {
        let running = || self.session.borrow().cursor().model().running_task();
        let first = || {
            let session = self.session.borrow();
            let first = session.recording().head().tasks.values().next();
            first.map(|task| task.id)
        };
        self.followed.or_else(running).or_else(first)
    }

    /// Where the awaited position is, if the run has come there, or does not come there any more.
    pub(super) fn destination(&self) -> Option<u32> {
        if self.wanted.is_some() {
            return None;
        }
        let session = self.session.borrow();
        let events = &session.recording().log().events;
        let (found, otherwise) = match self.awaited? {
            Awaited::Step(step) => ((step <= self.total).then_some(step), step),
            // An operation of the thread before may have to end first.
            Awaited::Turn(thread, from) => {
                let mut later = from as usize..events.len();
                let first =
                    later.find(|&at| events.get(at).is_some_and(|event| event.thread == thread));
                (first.map(|at| at as u32 + 1), from)
            }
        };
        found.or_else(|| self.status.ended().then_some(otherwise))
    }

    pub(super) fn seek(&mut self, position: u32) {
        self.position = self.session.borrow_mut().seek(position as usize) as u32;
    }

    pub(super) fn step(&mut self, direction: Direction, stride: Stride) {
        if stride == Stride::FollowTask && self.followed.is_none() {
            self.followed = self.task_to_follow();
        }
        let granularity = self.granularity(stride);
        let mut session = self.session.borrow_mut();
        self.position = session.step(direction, granularity) as u32;
    }

    pub(super) fn step_to_remark(&mut self, direction: Direction) {
        let shown = |remark: &Diagnosis| {
            let events = std::iter::once(remark.event).chain(remark.related.iter().copied());
            events.map(|event| event + 1).collect::<Vec<_>>()
        };
        let positions = self.remarks.iter().flat_map(shown);
        let found = match direction {
            Direction::Forward => positions.filter(|&at| at > self.position).min(),
            Direction::Back => positions.filter(|&at| at < self.position).max(),
        };
        if let Some(position) = found {
            self.seek(position);
        }
    }

    /// Goes to where a line runs next, from the beginning if it does not run any more; of a line that never runs, such as
    /// a comment, to the next one that does.
    pub(super) fn seek_line(&mut self, line: u32) {
        let session = self.session.borrow();
        let events = &session.recording().log().events;
        let is_line = |event: &Event| matches!(event.kind, Kind::Line { .. });
        let by_lines = events.iter().any(|event| is_line(&event));
        let runs = |event: &Event| !by_lines || is_line(event);
        let lines = events.iter().filter(runs).map(|event| event.line);
        let nearest = lines.filter(|&found| found >= line).min();
        let here = self.position as usize;
        let at_line = |at: &usize| {
            let event = events.get(*at);
            event.is_some_and(|event| runs(&event) && Some(event.line) == nearest)
        };
        let found = (here..events.len()).find(at_line);
        let found = found.or_else(|| (0..here).find(at_line));
        drop(session);
        if let Some(at) = found {
            self.seek(at as u32 + 1);
        }
    }

    pub(super) fn tick(&mut self, now: f64) {
        // First the run has to come to where it is to be shown from.
        if self.awaited.is_some() || self.wanted.is_some() {
            return;
        }
        for _ in 0..self.playback.take_due(now) {
            self.step(Direction::Forward, self.stride);
        }
        if self.position == self.total && self.status.ended() {
            self.playback.pause();
        }
    }

    pub(super) fn play(&mut self, on: bool) {
        if !on {
            self.playback.pause();
        } else if !self.playback.playing() {
            if self.position == self.total {
                self.seek(0);
            }
            self.playback.play(browser::now());
        }
    }

    /// The question that is asked at the cursor, if questions are asked.
    pub fn question(&self) -> Option<Question> {
        if self.presentation.predict != Some(true) || !self.status.ended() {
            return None;
        }
        let session = self.session.borrow();
        let (recording, cursor) = (session.recording(), session.cursor());
        predict::question(View::of(recording, cursor.model()))
    }

    /// Goes on to the line about which the reader was asked.
    pub(super) fn predict(&mut self, chosen: String) {
        let Some(question) = self.question() else {
            return;
        };
        let answer = Answer {
            chosen,
            line: question.choices[question.right].clone(),
            step: question.position,
        };
        self.score.asked += 1;
        self.score.right += u32::from(answer.is_right());
        self.score.last = Some(answer);
        self.playback.pause();
        self.seek(question.position);
    }

    /// Goes to what is called so: a task is followed from here on, a thread is brought into sight.
    pub(super) fn find(&mut self, name: &str) {
        let found = {
            let session = self.session.borrow();
            let recording = session.recording();
            let view = View::of(recording, recording.head());
            find::lane(view, name)
        };
        self.sought = found;
        if let Some(LaneId::Task(task)) = found {
            self.followed = Some(task);
            self.stride = Stride::FollowTask;
            let stop = self
                .session
                .borrow()
                .recording()
                .nearest(task, self.position as usize);
            self.seek(stop as u32);
        }
    }

    pub(super) fn follow(&mut self, task: TaskId) {
        let already = self.followed == Some(task);
        self.followed = (!already).then_some(task);
        self.sought = self.followed.map(LaneId::Task);
        self.stride = match (already, self.stride) {
            (false, _) => Stride::FollowTask,
            (true, Stride::FollowTask) => Stride::Event,
            (true, other) => other,
        };
    }
}
