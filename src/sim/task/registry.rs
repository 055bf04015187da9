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

/// The task is among all tasks from now on.
pub fn register(sys: &mut System, task: Id) {
    let gone = std::mem::take(&mut sys.vm.gone);
    if !gone.is_empty() {
        let is_there = |known: &Registered| !gone.contains(&known.task);
        sys.kernel.tasks.retain(|_, known| is_there(known));
    }
    sys.vm.watched.insert(task);
    let number = future::creation_number(sys.vm, task);
    let thread = sys.kernel.scheduler.current;
    sys.kernel.tasks.insert(number, Registered { task, thread });
}

/// The task with this number is no longer among them.
pub fn unregister(vm: &mut Vm, kernel: &mut Kernel, number: u32) {
    if let Some(known) = kernel.tasks.remove(&number) {
        vm.watched.remove(known.task);
    }
}

/// Those that are there, in the order of their creation.
pub fn registered(vm: &Vm, kernel: &Kernel) -> Vec<Registered> {
    let all = kernel.tasks.iter();
    let mut there: Vec<_> = all
        .filter(|(_, known)| vm.watched.contains(known.task))
        .collect();
    there.sort_unstable_by_key(|&(&number, _)| number);
    there.into_iter().map(|(_, &known)| known).collect()
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
