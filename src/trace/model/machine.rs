//! The simulated computer: who runs on which core and who holds the GIL, where computing takes time; stacks; and who
//! waits for whom once everything is blocked for ever.

use super::{Model, Stamp, ThreadState};
use crate::sim::event::{Event, Kind, Text, Waitable};

/// Cores and the GIL. Empty where computing is free: there one thread runs, [`Model::running`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processor {
    /// The thread on each core that was ever used.
    pub cores: Vec<Option<u16>>,
    /// Threads that hold a GIL, each that of its process.
    pub holders: Vec<u16>,
    /// Threads that wait for a GIL, longest first.
    pub waiters: Vec<u16>,
}

impl Processor {
    /// The core that a thread runs on.
    pub fn core_of(&self, thread: u16) -> Option<usize> {
        self.cores.iter().position(|&on| on == Some(thread))
    }
}

/// The stack of a thread, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Address space that it takes.
    pub reserved: u64,
    /// What of it is memory.
    pub touched: u64,
}

/// What all live threads take together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// How many threads.
    pub threads: usize,
    /// Their stacks.
    pub stacks: Stack,
}

/// A thread of a deadlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Its number.
    pub thread: u16,
    /// What it waits for, in words.
    pub on: Text,
    /// The only thread that could end that.
    pub holder: Option<u16>,
    /// The task or the work item for whose end it waits, if it does.
    pub of: Option<Waitable>,
}

impl Model {
    /// What the live threads take. Threads whose stacks the trace does not tell take nothing.
    pub fn memory(&self) -> Memory {
        let live = self.threads.values().filter(|thread| !thread.ended());
        live.fold(Memory::default(), |sum, thread| Memory {
            threads: sum.threads + 1,
            stacks: Stack {
                reserved: sum.stacks.reserved.saturating_add(thread.stack.reserved),
                touched: sum.stacks.touched.saturating_add(thread.stack.touched),
            },
        })
    }

    /// The threads that wait for each other in a circle, once everything is blocked for ever.
    pub fn deadlock_cycle(&self) -> Vec<u16> {
        let next = |thread: u16| {
            let stuck = self.deadlock.iter().find(|stuck| stuck.thread == thread);
            stuck.and_then(|stuck| stuck.holder)
        };
        for start in &self.deadlock {
            let mut path = vec![start.thread];
            while let Some(holder) = path.last().and_then(|&last| next(last)) {
                if let Some(begin) = path.iter().position(|&thread| thread == holder) {
                    return path.split_off(begin);
                }
                path.push(holder);
            }
        }
        Vec::new()
    }

    pub(super) fn apply_machine(&mut self, event: &Event, stamp: Stamp) {
        let thread = event.thread;
        match event.kind {
            Kind::GilWait => self.processor.waiters.push(thread),
            Kind::GilTake => {
                self.processor.waiters.retain(|&waiter| waiter != thread);
                self.processor.holders.push(thread);
            }
            Kind::GilDrop => self.processor.holders.retain(|&holder| holder != thread),
            Kind::CpuOn { core } => {
                self.set_core(core, Some(thread));
                if let Some(known) = self.thread_mut(thread, stamp) {
                    known.enter(ThreadState::Running, stamp);
                }
            }
            Kind::CpuOff { core } => {
                self.set_core(core, None);
                if let Some(known) = self.thread_mut(thread, stamp)
                    && known.state == ThreadState::Running
                {
                    known.enter(ThreadState::Runnable, stamp);
                }
            }
            Kind::ProcessStart {
                process,
                thread,
                name,
            } => {
                self.processes.insert(process, name);
                if let Some(known) = self.thread_mut(thread, stamp) {
                    known.process = process;
                    known.enter(ThreadState::Runnable, stamp);
                }
            }
            Kind::Stack {
                thread,
                reserved,
                touched,
            } => {
                let is_new = self.thread(thread).is_none();
                let process = self
                    .thread(event.thread)
                    .map_or(0, |starter| starter.process);
                if let Some(known) = self.thread_mut(thread, stamp) {
                    known.stack = Stack { reserved, touched };
                    // A thread belongs to the process of the thread that starts it, unless it begins one.
                    known.process = known.process.max(process);
                    if is_new {
                        known.enter(ThreadState::Runnable, stamp);
                    }
                }
            }
            Kind::DeadlockWait {
                thread,
                on,
                holder,
                of,
            } => self.deadlock.push(Stuck {
                thread,
                on,
                holder,
                of,
            }),
            _ => {}
        }
    }

    fn set_core(&mut self, core: u16, thread: Option<u16>) {
        let core = usize::from(core);
        if self.processor.cores.len() <= core {
            self.processor.cores.resize(core + 1, None);
        }
        self.processor.cores[core] = thread;
    }
}
