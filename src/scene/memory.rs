//! The memory account as it is drawn: what threads take, beside what coroutines take.

use super::names::{View, bytes, thousands};
use crate::sim::memory::{DEFAULT_STACK, TASK, TOUCHED};
use crate::trace::model::Stack;

/// The stack of a thread where nothing else is known.
const USUAL_STACK: Stack = Stack {
    reserved: DEFAULT_STACK,
    touched: TOUCHED,
};

/// What threads and coroutines cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryPicture {
    /// The stacks' share of the address space, in per mille.
    pub share: u32,
    /// The size of that space.
    pub space: String,
    /// The threads.
    pub threads: Figures,
    /// The coroutines.
    pub coroutines: Figures,
}

/// What so many of a kind take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many, in words.
    pub count: String,
    /// What they take of the address space.
    pub reserved: String,
    /// What they take of the memory.
    pub touched: String,
}

/// Where the figures come from.
pub fn sources() -> String {
    format!(
        "A thread: {} of address space, Linux's usual stack, of which it touches {} at once. \
         A coroutine with its task and its sleep: {TASK} bytes. Both measured with CPython 3.14 on 64-bit Linux.",
        bytes(DEFAULT_STACK),
        bytes(TOUCHED)
    )
}

/// Draws the memory account in an address space of so many bytes.
pub fn memory(view: View, space: u64) -> MemoryPicture {
    let threads = view.model.threads.values().filter(|thread| !thread.ended());
    let (count, stacks) = threads.fold((0, Stack::default()), |(count, sum), thread| {
        let stack = match thread.stack.reserved {
            // The main thread's, and those of traces that do not tell them.
            0 => USUAL_STACK,
            _ => thread.stack,
        };
        let sum = Stack {
            reserved: sum.reserved.saturating_add(stack.reserved),
            touched: sum.touched.saturating_add(stack.touched),
        };
        (count + 1, sum)
    });
    let tasks = view.model.tasks.values().filter(|task| !task.done());
    let tasks = tasks.count();
    let taken = bytes(tasks as u64 * TASK);
    let share = u128::from(stacks.reserved) * 1000 / u128::from(space.max(1));
    MemoryPicture {
        share: share.min(1000) as u32,
        space: bytes(space),
        threads: Figures {
            count: counted(count, "thread"),
            reserved: bytes(stacks.reserved),
            touched: bytes(stacks.touched),
        },
        coroutines: Figures {
            count: counted(tasks, "coroutine"),
            reserved: taken.clone(),
            touched: taken,
        },
    }
}

fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}
