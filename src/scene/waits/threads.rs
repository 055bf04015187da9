//! Blocked threads in the graph of waits: for which lock, which other thread, or what else each one waits.

use super::build::{Builder, node};
use super::{Node, NodeKind};
use crate::scene::threads::activity;
use crate::sim::event::{LockId, Text};
use crate::trace::model::{Block, Blocker, Thread, ThreadState};

/// What a blocked thread waits for.
#[derive(Clone, Copy)]
enum Wait {
    /// A lock of which the trace tells.
    Lock(LockId),
    /// Something that has a name; in a deadlock it is told who alone could end the wait.
    Named(Text, Option<u16>),
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

    fn thread(&mut self, thread: &Thread) -> Option<usize> {
        self.node(format!("thread{}", thread.id), |builder, id| Node {
            kind: NodeKind::Thread(activity(builder.view, thread)),
            label: builder.view.thread_name(thread.id),
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
                format!("up to {}", builder.view.thread_name(holder))
            }),
            ..node(id, 0)
        })
    }
}
