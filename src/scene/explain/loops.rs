//! Event loops explained: what an iteration consists of.

use super::{Teller, clock, counted};
use crate::sim::event::{Instant, Kind, LoopId};
use crate::trace::model::{EventLoop, nanoseconds};

impl Teller<'_> {
    pub(super) fn tell_loop(&mut self) {
        match self.event.kind {
            Kind::LoopStart { loop_ } => self.loop_start(loop_),
            Kind::LoopStop { loop_ } => self.loop_stop(loop_),
            Kind::LoopStopped { loop_ } => self.loop_stopped(loop_),
            Kind::LoopClose { .. } => {
                self.say("The loop is closed. It cannot run again.");
            }
            Kind::LoopIteration { loop_, .. } => self.iteration(loop_),
            Kind::LoopIdle { loop_, until } => {
                let until = until.map(|until| Instant {
                    ns: nanoseconds(until),
                    hop: 0,
                });
                self.idle(loop_, until);
            }
            _ => {}
        }
    }

    fn loop_start(&mut self, id: LoopId) {
        let ready = self
            .model()
            .event_loop(id)
            .map_or(0, |event_loop| event_loop.ready.len());
        self.thread(self.event.thread)
            .say(" starts its event loop, with ");
        self.say(counted(ready, "handle"))
            .say(" in the ready queue.");
    }

    fn loop_stop(&mut self, id: LoopId) {
        let event_loop = self.model().event_loop(id);
        let running = event_loop.and_then(|event_loop| self.model().handle(event_loop.running?));
        match running.map(|handle| (self.words(handle.callback), handle.made)) {
            Some(("_run_until_complete_cb", queued)) => self
                .say("The loop is told to stop, because the task for which it runs ")
                .cause("is done", Some(queued)),
            _ => self.say("The loop is told to stop"),
        };
        self.say(". It still finishes the batch that it runs.");
    }

    fn loop_stopped(&mut self, id: LoopId) {
        let iterations = self
            .model()
            .event_loop(id)
            .map_or(0, |event_loop| event_loop.iteration);
        self.say(format!(
            "The event loop stops, in its {} iteration",
            ordinal(iterations)
        ));
        let thread = self.event.thread;
        self.say(", and gives the thread back: ");
        self.thread(thread)
            .say(" goes on with what the program does next.");
    }

    fn iteration(&mut self, id: LoopId) {
        let Some(event_loop) = self.model().event_loop(id) else {
            return;
        };
        let (number, due, batch) = (event_loop.iteration, event_loop.due, event_loop.batch_size);
        self.say(format!("Iteration {number} of the loop: "));
        let first = self.model().moved.first().map(|(handle, _)| *handle);
        match (due, first.and_then(|handle| self.model().handle(handle))) {
            (1, Some(timer)) => {
                let made = timer.made;
                self.cause("the timer", Some(made)).say(" of ");
                self.purpose(timer)
                    .say(" is due and moves from the heap to the ready queue; ");
            }
            (0, _) | (_, None) => {}
            (many, _) => {
                self.say(format!(
                    "{many} timers are due and move from the heap to the ready queue; "
                ));
            }
        }
        match batch {
            0 => self.say("there is nothing to run."),
            1 => self.batch_of_one(event_loop),
            many => self.say(format!("the {} that are ready are the batch that it runs now. What comes meanwhile will wait for the next.", counted(many, "handle"))),
        };
    }

    fn batch_of_one(&mut self, event_loop: &EventLoop) -> &mut Self {
        let only = event_loop.batch().next();
        match only.and_then(|only| self.model().handle(only)) {
            Some(_) if event_loop.due == 1 => {
                self.say("it is the one handle that is ready, and runs now.")
            }
            Some(handle) => self
                .say("one handle is ready, ")
                .purpose(handle)
                .say(", ")
                .queued_when(handle)
                .say(". It runs now."),
            None => self.say("the one handle that is ready runs now."),
        }
    }

    fn idle(&mut self, id: LoopId, until: Option<Instant>) {
        self.say("Nothing is ready. ");
        match until {
            Some(until) => {
                self.say(format!(
                    "The loop waits in its selector until {}, when ",
                    clock(until)
                ));
                let timer = self
                    .model()
                    .event_loop(id)
                    .and_then(|event_loop| event_loop.scheduled.first());
                match timer.and_then(|timer| self.model().handle(timer.handle)) {
                    Some(handle) => {
                        let made = handle.made;
                        self.cause("the first timer", Some(made))
                            .say(" is due, that of ");
                        self.purpose(handle).say(".");
                    }
                    None => {
                        self.say("its first timer is due.");
                    }
                }
            }
            None => {
                self.say("The loop waits in its selector without a time limit: only another thread or a signal can wake it.");
            }
        }
    }
}

/// `1st`, `2nd`, `11th`.
fn ordinal(number: u32) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}
