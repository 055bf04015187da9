//! Which tasks there are, and which task and loop run in a thread (`Modules/_asynciomodule.c`: all_tasks, current_task,
//! get_running_loop and their like).

use crate::sim::future::{self, is_pending};
use crate::sim::kernel::Kernel;
use crate::sim::system::System;
use crate::sim::thread::ThreadIndex;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::value::{Id, Value};

/// A task that is not done. It stays until it is freed, in finalisers, too.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// The task.
    pub task: Id,
    /// The thread that made it.
    pub thread: ThreadIndex,
}

/// Tasks by their creation numbers, in that order. Most are added at the end, and gaps stay until they are more than half.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    entries: Vec<(u32, Option<Registered>)>,
    gaps: usize,
}

impl Tasks {
    /// The task with this number.
    pub fn get(&self, number: u32) -> Option<Registered> {
        self.entries[self.place(number).ok()?].1
    }

    /// Adds a task, in the place of one with the same number.
    fn insert(&mut self, number: u32, task: Registered) {
        let is_last = self.entries.last().is_none_or(|&(last, _)| last < number);
        match self.place(number) {
            _ if is_last => self.entries.push((number, Some(task))),
            Ok(at) => {
                let was_gap = self.entries[at].1.replace(task).is_none();
                self.gaps -= usize::from(was_gap);
            }
            Err(at) => self.entries.insert(at, (number, Some(task))),
        }
    }

    fn remove(&mut self, number: u32) -> Option<Registered> {
        let at = self.place(number).ok()?;
        let removed = self.entries[at].1.take()?;
        self.gaps += 1;
        if self.gaps * 2 > self.entries.len() {
            self.retain(|_| true);
        }
        Some(removed)
    }

    /// Keeps only some of them.
    fn retain(&mut self, keeps: impl Fn(Registered) -> bool) {
        self.entries.retain(|&(_, task)| task.is_some_and(&keeps));
        self.gaps = 0;
    }

    fn iter(&self) -> impl Iterator<Item = Registered> {
        self.entries.iter().filter_map(|&(_, task)| task)
    }

    fn place(&self, number: u32) -> Result<usize, usize> {
        self.entries
            .binary_search_by_key(&number, |&(known, _)| known)
    }
}

/// The task is among all tasks from now on.
pub fn register(sys: &mut System, task: Id) {
    let gone = std::mem::take(&mut sys.vm.gone);
    if !gone.is_empty() {
        sys.kernel.tasks.retain(|known| !gone.contains(&known.task));
    }
    sys.vm.watched.insert(task);
    let number = future::creation_number(sys.vm, task);
    let thread = sys.kernel.scheduler.current;
    sys.kernel.tasks.insert(number, Registered { task, thread });
}

/// The task with this number is no longer among them.
pub fn unregister(vm: &mut Vm, kernel: &mut Kernel, number: u32) {
    if let Some(known) = kernel.tasks.remove(number) {
        vm.watched.remove(known.task);
    }
}

/// Those that are there, in the order of their creation.
pub fn registered(vm: &Vm, kernel: &Kernel) -> Vec<Registered> {
    let all = kernel.tasks.iter();
    all.filter(|known| vm.watched.contains(known.task))
        .collect()
}

/// `_asyncio.all_tasks`: the tasks of a loop that are not done, in the order of their creation. Each thread has a list of
/// those that it made; where the loop runs in this one, only that is looked through.
pub fn all_tasks(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = match sys.argument(request, 0).or_none() {
        Value::None => running_loop(sys)?,
        event_loop => event_loop,
    };
    let me = sys.kernel.scheduler.current;
    let is_own = sys.thread().running_loop.is(event_loop);
    let all = registered(sys.vm, sys.kernel);
    let looked_at = all.iter().filter(|known| !is_own || known.thread == me);
    let set = sys.vm.set();
    for task in looked_at.map(|known| known.task) {
        if is_pending(sys.vm, task) && future::get(sys.vm, task, future::Field::Loop).is(event_loop)
        {
            sys.vm.set_add(set, task.into())?;
        }
    }
    Ok(set.into())
}

/// `_asyncio.current_task`
pub fn current_task(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = match sys.argument(request, 0).or_none() {
        Value::None => running_loop(sys)?,
        event_loop => event_loop,
    };
    let threads = &sys.kernel.scheduler.threads;
    let found = threads
        .iter()
        .find(|thread| thread.running_loop.is(event_loop));
    Ok(found.map_or(Value::None, |thread| thread.running_task))
}

/// The loop that runs in this thread; RuntimeError when there is none.
pub fn running_loop(sys: &mut System) -> Outcome {
    match sys.thread().running_loop {
        Value::None => sys.vm.raise(class::RUNTIME_ERROR, "no running event loop"),
        event_loop => Ok(event_loop),
    }
}

/// `_asyncio.get_running_loop()`
pub fn get_running_loop(sys: &mut System, _: &Request) -> Outcome {
    running_loop(sys)
}

/// `_asyncio._get_running_loop()`
pub fn peek_running_loop(sys: &mut System, _: &Request) -> Outcome {
    Ok(sys.thread().running_loop)
}

/// `_asyncio._set_running_loop(loop)`
pub fn set_running_loop(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.argument(request, 0);
    sys.vm.heap.retain(event_loop);
    let old = std::mem::replace(&mut sys.thread().running_loop, event_loop);
    sys.vm.heap.release(old);
    Ok(Value::None)
}

/// `_asyncio._swap_current_task(loop, task)`, also behind `_enter_task` and `_leave_task`.
pub fn swap_current_task(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.argument(request, 1);
    Ok(sys.swap_running_task(task))
}

/// `_asyncio._unregister_task(task)`
pub fn forget(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    let number = future::creation_number(sys.vm, task);
    unregister(sys.vm, sys.kernel, number);
    Ok(Value::None)
}
