//! Locks of tasks and of threads: who holds each one, since when, and who waits for it.

use super::{Model, Source, Stamp};
use crate::sim::event::{Event, FutureId, Kind, LockId, TaskId, Text, Waitable};

/// A lock that was used at least once.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// Its number.
    pub id: LockId,
    /// Its class, as programs name it.
    pub class: Text,
    /// The variable that holds it, where the trace tells one.
    pub name: Option<Text>,
    /// Who holds it, and since when.
    pub held: Option<(Party, Stamp)>,
    /// Who waits for it, and since when, in the order of coming.
    pub waiters: Vec<(Party, Stamp)>,
}

/// Who holds a lock or waits for it: a task, or a thread outside of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// The thread.
    pub thread: u16,
    /// The task that runs on it.
    pub task: Option<TaskId>,
}

impl Party {
    fn of(event: &Event) -> Self {
        Self {
            thread: event.thread,
            task: event.task,
        }
    }

    /// Tasks are the same on whatever thread.
    fn same(self, other: Self) -> bool {
        match self.task {
            None => self == other,
            task => task == other.task,
        }
    }
}

impl Model {
    /// The lock with this number.
    pub fn lock(&self, id: LockId) -> Option<&Lock> {
        self.locks.get(id.0)
    }

    pub(super) fn apply_lock(&mut self, event: &Event, stamp: Stamp) {
        match event.kind {
            Kind::LockNew { lock, class, name } => {
                if let Some(lock) = self.lock_mut(lock, class) {
                    lock.name = Some(name);
                }
            }
            Kind::LockWait {
                lock,
                class,
                future,
            } => self.wait_for_lock(lock, class, future, event, stamp),
            Kind::LockAcquire { lock, class } => {
                let party = Party::of(event);
                if let Some(lock) = self.lock_mut(lock, class) {
                    lock.waiters.retain(|(waiter, _)| !waiter.same(party));
                    lock.held = Some((party, stamp));
                }
            }
            Kind::LockRelease { lock, class } => {
                if let Some(lock) = self.lock_mut(lock, class) {
                    lock.held = None;
                }
            }
            _ => {}
        }
    }

    fn lock_mut(&mut self, id: LockId, class: Text) -> Option<&mut Lock> {
        self.locks.entry(id.0, || Lock {
            id,
            class,
            name: None,
            held: None,
            waiters: Vec::new(),
        })
    }

    fn wait_for_lock(
        &mut self,
        id: LockId,
        class: Text,
        future: Option<FutureId>,
        event: &Event,
        stamp: Stamp,
    ) {
        if let Some(lock) = self.lock_mut(id, class) {
            lock.waiters.push((Party::of(event), stamp));
        }
        match future {
            Some(_) => self.set_source(future, Source::Lock(id)),
            None => {
                if let Some(thread) = self.thread_mut(event.thread, stamp) {
                    thread.waits_for = Some(id);
                }
            }
        }
    }

    /// A thread that waited can go on: it takes the lock, begins to wait anew, or has given up.
    pub(super) fn leave_thread_lock(&mut self, id: u16) {
        let thread = self.threads.get_mut(id.into());
        let lock = thread.and_then(|thread| thread.waits_for.take());
        if let Some(lock) = lock.and_then(|lock| self.locks.get_mut(lock.0)) {
            lock.waiters.retain(|(party, _)| party.thread != id);
        }
    }

    /// A task that waited goes on: it takes the lock in this step, or has given up.
    pub(super) fn leave_lock(&mut self, id: TaskId) {
        let waited_for = self.task(id).and_then(|task| task.waited_for);
        let Some(Waitable::Future(future)) = waited_for else {
            return;
        };
        if let Some(&Source::Lock(lock)) = self.future(future).map(|future| &future.source)
            && let Some(lock) = self.locks.get_mut(lock.0)
        {
            lock.waiters.retain(|(party, _)| party.task != Some(id));
        }
    }
}
