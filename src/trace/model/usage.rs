//! How many threads and tasks there are at once, and the most of each so far.

use super::{Model, Stack};
use crate::sim::event::{Event, Kind};
use crate::sim::memory::{DEFAULT_STACK, TOUCHED};

/// The stack of a thread where the trace tells none: the main thread's is not told.
pub const USUAL_STACK: Stack = Stack {
    reserved: DEFAULT_STACK,
    touched: TOUCHED,
};

/// So many things, and the position at which there were so many for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Most {
    /// How many.
    pub count: usize,
    /// What the stacks of them take, if they are threads.
    pub stacks: Stack,
    /// The position.
    pub position: u32,
}

/// Live threads and tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    now: Load,
    /// The most threads at once.
    pub threads: Most,
    /// The most tasks at once.
    pub tasks: Most,
}

/// What something takes, or all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Load {
    threads: usize,
    stacks: Stack,
    tasks: usize,
}

impl Default for Usage {
    /// The main thread is there from the beginning.
    fn default() -> Self {
        Self {
            now: Load::of_thread(Stack::default()),
            threads: Most {
                count: 1,
                stacks: USUAL_STACK,
                position: 0,
            },
            tasks: Most::default(),
        }
    }
}

impl Load {
    fn of_thread(stack: Stack) -> Self {
        Self {
            threads: 1,
            stacks: stack.or_usual(),
            tasks: 0,
        }
    }

    /// The same when something that took `before` takes `after`.
    fn exchange(self, before: Self, after: Self) -> Self {
        let count = |all: usize, before: usize, after: usize| (all + after).saturating_sub(before);
        let size =
            |all: u64, before: u64, after: u64| all.saturating_add(after).saturating_sub(before);
        Self {
            threads: count(self.threads, before.threads, after.threads),
            tasks: count(self.tasks, before.tasks, after.tasks),
            stacks: Stack {
                reserved: size(
                    self.stacks.reserved,
                    before.stacks.reserved,
                    after.stacks.reserved,
                ),
                touched: size(
                    self.stacks.touched,
                    before.stacks.touched,
                    after.stacks.touched,
                ),
            },
        }
    }
}

impl Stack {
    /// The usual one where the trace tells none.
    pub fn or_usual(self) -> Self {
        match self.reserved {
            0 => USUAL_STACK,
            _ => self,
        }
    }
}

/// What an event is about, as far as it may begin or end there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share(Load);

impl Model {
    /// What the thread or the task takes that an event is about.
    pub(super) fn share_of(&self, event: &Event) -> Option<Share> {
        let load = match event.kind {
            Kind::Stack { thread, .. }
            | Kind::ThreadStart { thread, .. }
            | Kind::ThreadEnd { thread, .. }
            | Kind::ProcessStart { thread, .. } => {
                let live = self.thread(thread).filter(|thread| !thread.ended());
                live.map(|thread| Load::of_thread(thread.stack))
            }
            Kind::TaskNew { task, .. } | Kind::TaskDone { task, .. } => {
                let live = self.task(task).filter(|task| !task.done());
                live.map(|_| Load {
                    tasks: 1,
                    ..Load::default()
                })
            }
            _ => return None,
        };
        Some(Share(load.unwrap_or_default()))
    }

    /// Takes note of what the event changed.
    pub(super) fn account(&mut self, before: Share, after: Share) {
        let usage = &mut self.usage;
        let now = usage.now.exchange(before.0, after.0);
        usage.now = now;
        if now.threads > usage.threads.count {
            usage.threads = Most {
                count: now.threads,
                stacks: now.stacks,
                position: self.position,
            };
        }
        if now.tasks > usage.tasks.count {
            usage.tasks = Most {
                count: now.tasks,
                position: self.position,
                ..Most::default()
            };
        }
    }
}
