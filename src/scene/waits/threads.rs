//! Blocked threads in the graph of waits: for which lock, which other thread, or what else each one waits.

use super::build::{Builder, node};
use super::{Node, NodeKind};
use crate::scene::names::short_thread;
use crate::scene::threads::activity;
use crate::sim::event::{JobId, LockId, Text, Waitable};
use crate::trace::model::{Block, Blocker, JobState, Stuck, Thread, ThreadState};

/// What a blocked thread waits for.
#[derive(Clone, Copy)]
enum Wait {
    /// A lock of which the trace tells.
    Lock(LockId),
    /// Something that has a name; in a deadlock it is told who alone could end the wait.
    Named(Text, Option<u16>),
    /// The end of a task or of a work item.
    Of(Waitable),
    /// The end of another thread.
    End(u16),
}

impl Builder<'_> {
    /// Threads that are blocked on something that has a name. A loop's wait in its selector is not of that kind.
    pub(super) fn add_threads(&mut self) {
        for thread in self.view.model.threads.values() {
            if let Some(wait) = self.wait_of(thread) {
                self.add_wait(thread, wait);
            }
        }
    }

    fn wait_of(&self, thread: &Thread) -> Option<Wait> {
        let ThreadState::Blocked(Block { on, .. }) = thread.state else {
            return None;
        };
        let mut deadlock = self.view.model.deadlock.iter();
        let stuck = deadlock.find(|stuck| stuck.thread == thread.id);
        match (thread.waits_for, stuck, on) {
            (Some(lock), ..) => Some(Wait::Lock(lock)),
            (None, _, Blocker::Selector) => None,
            (None, Some(Stuck { of: Some(of), .. }), _) => Some(Wait::Of(*of)),
            (None, Some(stuck), _) => Some(Wait::Named(stuck.on, stuck.holder)),
            (None, None, Blocker::Named(what)) => Some(Wait::Named(what, None)),
            (None, None, Blocker::End(thread)) => Some(Wait::End(thread)),
            _ => None,
        }
    }

    fn add_wait(&mut self, thread: &Thread, wait: Wait) {
        let Some(from) = self.thread(thread) else {
            self.graph.more += 1;
            return;
        };
        let (thing, holder) = match wait {
            Wait::Lock(lock) => (self.lock(lock), self.holder(lock)),
            Wait::Of(of) => (self.waitable(of), None),
            // A thread's end is the thread's own.
            Wait::Named(what, Some(holder)) if self.is_end(what) => (Some(from), Some(holder)),
            Wait::End(thread) => (Some(from), Some(thread)),
            Wait::Named(what, holder) => (self.named(what, holder), holder),
        };
        self.link(from, thing);
        let holder = holder.and_then(|holder| self.view.model.thread(holder));
        let holder = holder.and_then(|holder| self.thread(holder));
        if let Some(thing) = thing {
            self.link(thing, holder);
        }
    }

    fn is_end(&self, what: Text) -> bool {
        self.view.texts.get(what).starts_with("the end of ")
    }

    /// The thread that holds a lock, if it is not a task that does.
    fn holder(&self, lock: LockId) -> Option<u16> {
        let (party, _) = self.view.model.lock(lock)?.held?;
        party.task.is_none().then_some(party.thread)
    }

    /// The thread that has a work item or is busy before it, if it waits for something itself.
    pub(super) fn worker_in_the_way(&mut self, job: JobId) -> Option<usize> {
        let model = self.view.model;
        let known = model.job(job)?;
        let told = || {
            let of = Some(Waitable::Job(job));
            let stuck = model.deadlock.iter().find(|stuck| stuck.of == of);
            stuck.and_then(|stuck| stuck.holder)
        };
        let busy = || {
            let mut workers = model.pool(known.pool)?.workers.iter();
            Some(workers.find(|worker| worker.job.is_some())?.thread)
        };
        let worker = match known.state {
            JobState::Running { thread } => Some(thread),
            JobState::Queued if !model.deadlock.is_empty() => told().or_else(busy),
            _ => None,
        };
        let thread = model.thread(worker?)?;
        self.wait_of(thread)?;
        self.thread(thread)
    }

    fn thread(&mut self, thread: &Thread) -> Option<usize> {
        self.node(format!("thread{}", thread.id), |builder, id| Node {
            kind: NodeKind::Thread(activity(builder.view, thread)),
            label: short_thread(&builder.view.thread_name(thread.id)),
            detail: match thread.line {
                0 => String::new(),
                line => format!("line {line}"),
            },
            ..node(id, builder.view.thread_hue(thread.id))
        })
    }

    fn named(&mut self, what: Text, holder: Option<u16>) -> Option<usize> {
        let what = self.view.texts.get(what);
        self.node(format!("{what} {holder:?}"), |builder, id| Node {
            label: what.to_owned(),
            detail: holder.map_or_else(String::new, |holder| {
                format!("up to {}", short_thread(&builder.view.thread_name(holder)))
            }),
            ..node(id, 0)
        })
    }
}
