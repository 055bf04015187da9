//! Threads and the clock explained.

use super::{Teller, clock};
use crate::sim::event::{Instant, Kind, LockId, Seconds, Text};
use crate::sim::place::{NEW_THREAD, NEXT_WORK_ITEM};
use crate::trace::model::{Blocker, Thread, ThreadState, nanoseconds};

/// What `thread.block` says of a loop that waits.
const SELECTOR: &str = "event loop (select)";
/// What it says of a lock. Those of the program are told before; others belong to queues, events and the like.
const LOCK: &str = "lock";

impl Teller<'_> {
    pub(super) fn tell_thread(&mut self) {
        match self.event.kind {
            Kind::Clock { to } => self.jump(to),
            Kind::ThreadStart { thread, .. } => {
                self.thread(thread)
                    .say(" is started, and it is its turn: its function runs from the top.");
            }
            Kind::ThreadEnd { thread, .. } => {
                self.thread(thread)
                    .say(" has done its work and ends. Whoever joins it can go on.");
            }
            Kind::ThreadBlock { what, until, end } => self.thread_block(what, until, end),
            Kind::ThreadWake { thread } => self.thread_wake(thread),
            Kind::ThreadPreempt => {
                self.thread(self.event.thread).say(
                    " is pre-empted between two instructions, and goes behind those that can run too.",
                );
            }
            Kind::Sleep { secs } => self.sleep(secs),
            _ => {}
        }
    }

    fn thread_wake(&mut self, id: u16) {
        let waker = self.event.thread;
        let waited = self.model().thread(id).and_then(Thread::last_wait);
        if waker == id {
            self.thread(id).say(" has waited as long as it was to");
            return self.turn_comes();
        }
        self.thread(waker).say(" lets ").thread(id).say(" go on");
        match waited {
            Some((Blocker::Named(what), began)) => {
                let what = self.words(what);
                self.say(", which has ")
                    .cause("waited", Some(began))
                    .say(" for ")
                    .awaited_by_thread(what, None);
            }
            Some((Blocker::End(_), began)) => {
                self.say(", which has ")
                    .cause("waited", Some(began))
                    .say(" for its end");
            }
            Some((Blocker::Selector, began)) => {
                self.say(", whose loop has ")
                    .cause("waited in its selector", Some(began));
            }
            _ => {}
        }
        self.turn_comes();
    }

    fn turn_comes(&mut self) {
        self.say(". It runs as soon as it is its turn.");
    }

    /// What a thread waits for, in words; a lock by its name, if it is one of the program's.
    fn awaited_by_thread(&mut self, what: &str, lock: Option<LockId>) -> &mut Self {
        match (what, lock) {
            (_, Some(lock)) => self.lock(lock),
            (LOCK, None) => self.say("a lock"),
            (NEXT_WORK_ITEM | NEW_THREAD, None) => self.say(what),
            (what, None) => self.code(what),
        }
    }

    fn sleep(&mut self, secs: Seconds) {
        let until = self.event.at.after(nanoseconds(secs));
        let blocked_loop = self.model().loop_of_thread(self.event.thread);
        let ready = blocked_loop.map(|event_loop| event_loop.ready.len());
        self.actor()
            .say(" calls ")
            .code(format!("time.sleep({})", secs.0));
        self.say(format!(
            ": {} blocks until {}",
            self.view.thread_name(self.event.thread),
            clock(until)
        ));
        match ready {
            Some(0) => self.say(", and its event loop stands still meanwhile."),
            Some(1) => self.say(", and its event loop stands still meanwhile; 1 handle that is ready has to wait."),
            Some(many) => self.say(format!(
                ", and its event loop stands still meanwhile; {many} handles that are ready have to wait."
            )),
            None => self.say("."),
        };
    }

    fn thread_block(&mut self, what: Text, until: Option<Seconds>, end: Option<u16>) {
        match end {
            Some(other) => {
                self.thread(self.event.thread)
                    .say(" blocks: it waits for the end of ")
                    .thread(other);
            }
            None => {
                let what = self.words(what);
                self.blocks_on(what);
            }
        }
        if let Some(until) = until {
            let until = Instant {
                ns: nanoseconds(until),
                hop: 0,
            };
            self.say(format!(", until {} at the latest", clock(until)));
        }
        self.say(self.others());
    }

    /// What the other threads do when one blocks.
    fn others(&self) -> &'static str {
        let model = self.model();
        let others = || {
            let threads = model.threads.values();
            threads.filter(|other| other.id != self.event.thread)
        };
        let is_on_core = |other: &Thread| model.processor.core_of(other.id).is_some();
        if others().any(is_on_core) {
            ". Another thread runs meanwhile."
        } else if others().any(|other| other.state == ThreadState::Runnable) {
            ". Another thread can run."
        } else {
            ". No thread can run now."
        }
    }

    fn blocks_on(&mut self, what: &str) {
        let thread = self.event.thread;
        if what == SELECTOR {
            self.thread(thread)
                .say(" blocks while its loop waits in the selector");
            return;
        }
        let lock = self
            .model()
            .thread(thread)
            .and_then(|thread| thread.waits_for);
        self.thread(thread).say(" blocks: it waits for ");
        self.awaited_by_thread(what, lock);
        if (what, lock) == (LOCK, None) {
            self.say(" of the library's own");
        }
    }

    fn jump(&mut self, to: Instant) {
        let threads = self.model().threads.values();
        self.say(match threads.filter(|thread| !thread.ended()).count() {
            1 => "The only thread waits",
            _ => "Every thread waits",
        });
        match to.ns == self.event.at.ns {
            true => self.say(format!(
                ", and no virtual time passes: it is still {}",
                clock(to)
            )),
            false => self.say(format!(
                ", so virtual time jumps from {} to {}",
                clock(self.event.at),
                clock(to)
            )),
        };
        let woken = self.model().threads.values().find(|thread| {
            thread.state == ThreadState::Runnable && thread.since.event == self.index()
        });
        if let Some(thread) = woken {
            self.say(", where ").thread(thread.id).say(" goes on");
            self.why_now(thread, to);
        }
        self.say(".");
    }

    /// Why a thread goes on at this instant.
    fn why_now(&mut self, thread: &Thread, to: Instant) {
        if let Some(event_loop) = thread
            .running_loop
            .and_then(|id| self.model().event_loop(id))
        {
            let timer = event_loop
                .scheduled
                .first()
                .filter(|timer| timer.at().ns <= to.ns);
            if let Some(handle) = timer.and_then(|timer| self.model().handle(timer.handle)) {
                let made = handle.made;
                self.say(": ").cause("the timer", Some(made)).say(" of ");
                self.purpose(handle).say(" is due");
            }
        } else if let Some((Blocker::Sleep(_), began)) = thread.last_wait() {
            self.say(": its ")
                .cause("time.sleep", Some(began))
                .say(" is over");
        }
    }
}
