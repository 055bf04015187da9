//! The memory account: stacks of threads in the address space of their process.
//!
//! A stack takes address space as soon as its thread is started, but memory only where it is touched. Python frames do
//! not lie on it (CPython keeps them on its own heap), so what a thread touches depends little on what it runs.

use super::event::Kind;
use super::system::System;
use super::thread::ThreadIndex;
use crate::vm::class;
use crate::vm::native::Outcome;
use std::collections::BTreeMap;

/// What `ulimit -s` says on Linux unless it was changed: the size of a stack, in bytes.
pub const DEFAULT_STACK: u64 = 8 << 20;

/// What the interpreter takes of the address space before any thread is started: its code, its libraries, its heap and
/// the stack of the main thread.
pub const INTERPRETER: u64 = 64 << 20;

/// What a thread touches: the growth of the resident set of CPython 3.14 on 64-bit Linux for each of 1,000 threads that
/// wait for an event was 15,278 bytes; memory comes in pages of 4 KiB.
pub const TOUCHED: u64 = 16 << 10;

/// What a task takes that waits in `asyncio.sleep`, in bytes: the same measured for each of 10,000 tasks, that is the
/// coroutine (192 bytes), task, future, timer handle and context.
pub const TASK: u64 = 1_286;

/// Most threads that may exist at once: the usual `kernel.pid_max` of Linux.
const MAX_THREADS: usize = 32_768;

/// Most threads in a run: their numbers have 16 bits.
const MAX_NUMBER: usize = u16::MAX as usize;

/// What is reserved, by process.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    stacks: BTreeMap<u16, u64>,
    threads: usize,
}

impl Memory {
    /// Reserves a stack of that many bytes, if there is room in the address space.
    fn reserve(&mut self, process: u16, stack: u64, space: u64) -> bool {
        let reserved = self.stacks.entry(process).or_default();
        let after = reserved.saturating_add(stack);
        let fits = after.saturating_add(INTERPRETER) <= space && self.threads + 1 < MAX_THREADS;
        if fits {
            *reserved = after;
            self.threads += 1;
        }
        fits
    }

    /// Gives the stack of a thread back.
    pub fn release(&mut self, process: u16, stack: u64) {
        if let Some(reserved) = self.stacks.get_mut(&process) {
            *reserved = reserved.saturating_sub(stack);
            self.threads = self.threads.saturating_sub(1);
        }
    }
}

impl System<'_> {
    /// Reserves the stack of a thread that is about to start, or raises.
    pub fn reserve_stack(&mut self, process: u16, stack: u64) -> Outcome<()> {
        let space = self.kernel.options.address_space;
        if self.kernel.scheduler.threads.len() >= MAX_NUMBER {
            return self.vm.refuse("more than 65,535 threads in one run");
        }
        if self.kernel.memory.reserve(process, stack, space) {
            return Ok(());
        }
        self.vm
            .raise(class::RUNTIME_ERROR, "can't start new thread")
    }

    /// Tells what the stack of a new thread takes.
    pub fn log_stack(&mut self, thread: ThreadIndex, stack: u64) {
        self.log(Kind::Stack {
            thread: thread as u16 + 1,
            reserved: stack,
            touched: TOUCHED.min(stack),
        });
    }
}
