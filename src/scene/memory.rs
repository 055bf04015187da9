//! The memory account as it is drawn: what threads take, beside what coroutines take.

use super::names::{View, bytes, thousands};
use crate::sim::memory::{DEFAULT_STACK, TASK, TOUCHED};
use crate::trace::model::{Most, Stack};

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
    /// The most threads that there are at once: the first one is always there.
    pub most_threads: Option<Peak>,
    /// The most coroutines that there are at once, if there are any.
    pub most_coroutines: Option<Peak>,
}

/// The most of a kind in the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peak {
    /// How many, and what they take.
    pub figures: Figures,
    /// The step at which there were so many for the first time.
    pub position: u32,
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
        let stack = thread.stack.or_usual();
        let sum = Stack {
            reserved: sum.reserved.saturating_add(stack.reserved),
            touched: sum.touched.saturating_add(stack.touched),
        };
        (count + 1, sum)
    });
    let tasks = view.model.tasks.values().filter(|task| !task.done());
    let tasks = tasks.count();
    let usage = &view.latest.usage;
    let share = u128::from(stacks.reserved) * 1000 / u128::from(space.max(1));
    MemoryPicture {
        share: share.min(1000) as u32,
        space: bytes(space),
        threads: of_threads(counted(count, "thread"), stacks),
        coroutines: of_tasks(counted(tasks, "coroutine"), tasks),
        most_threads: peak(usage.threads, |count| {
            of_threads(count, usage.threads.stacks)
        }),
        most_coroutines: peak(usage.tasks, |count| of_tasks(count, usage.tasks.count)),
    }
}

fn peak(most: Most, figures: impl FnOnce(String) -> Figures) -> Option<Peak> {
    (most.count > 0).then(|| Peak {
        figures: figures(format!("peak {}", thousands(most.count))),
        position: most.position,
    })
}

fn of_threads(count: String, stacks: Stack) -> Figures {
    Figures {
        count,
        reserved: bytes(stacks.reserved),
        touched: bytes(stacks.touched),
    }
}

fn of_tasks(count: String, tasks: usize) -> Figures {
    let taken = bytes(tasks as u64 * TASK);
    Figures {
        count,
        reserved: taken.clone(),
        touched: taken,
    }
}

fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}
