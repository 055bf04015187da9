//! One turn of a loop (`Lib/asyncio/base_events.py`: BaseEventLoop._run_once): waiting in the selector, making what is ready
//! the batch of the iteration, and running that. Most turns are those of tasks, see [`super::turn`].

use super::queue::object;
use super::schedule::label_of;
use super::timers::{drop_cancelled, pop_timer};
use super::turn::{self, Begun};
use super::{Field, items, list};
use crate::sim::context::own;
use crate::sim::event::{Kind, Seconds};
use crate::sim::handle::{self, Calls};
use crate::sim::plain::{Ability, has_own_methods};
use crate::sim::record::{clear, fields, get, int, is_set, set, set_all};
use crate::sim::system::System;
use crate::sim::thread::Waiting;
use crate::sim::{future, gather, task};
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The first half of `_run_once`: sweeps cancelled timers, waits in the selector, moves due timers to the ready queue
/// and makes what is ready then the batch of this iteration.
pub fn select(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    if !selected(sys, event_loop) {
        check_not_within(sys, event_loop)?;
        begin(sys, event_loop)?;
    }
    Ok(Value::None)
}

/// Asks the selector, and begins the iteration where that does not wait.
fn begin(sys: &mut System, event_loop: Id) -> Outcome<()> {
    drop_cancelled(sys.vm, event_loop);
    wait(sys, event_loop)?;
    begin_batch(sys, event_loop, None);
    Ok(())
}

/// Has the thread come back from the selector, in which it waited or let others go first? The iteration begins then.
fn selected(sys: &mut System, event_loop: Id) -> bool {
    let Some((waiting, _)) = sys.resumption() else {
        return false;
    };
    if waiting == Waiting::Select {
        set(sys.vm, event_loop, Field::Selecting, Value::None);
        set(sys.vm, event_loop, Field::Poked, false);
    }
    begin_batch(sys, event_loop, None);
    true
}

/// The same for a loop with a clock of its own: the timers due before a time are moved. Its selector has been asked.
pub fn begin_own_batch(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    check_not_within(sys, event_loop)?;
    let end = sys.argument(request, 1);
    let end = sys.seconds(end)?;
    begin_batch(sys, event_loop, Some(end));
    Ok(Value::None)
}

/// Programs that run an iteration from within another one of the same loop are refused: the batch that is left of the
/// outer one has no place.
fn check_not_within(sys: &mut System, event_loop: Id) -> Outcome<()> {
    let batch = items(sys.vm, list(sys.vm, event_loop, Field::Batch)).len();
    match (int(sys.vm, event_loop, Field::Taken) as usize) < batch {
        true => sys
            .vm
            .refuse("an iteration of an event loop within another one"),
        false => Ok(()),
    }
}

/// The selector: goes on at once when something is ready, otherwise blocks until the next timer or a poke.
fn wait(sys: &mut System, event_loop: Id) -> Outcome<()> {
    let heap = list(sys.vm, event_loop, Field::Scheduled);
    let first = items(sys.vm, heap)
        .first()
        .copied()
        .and_then(Value::id)
        .map(|handle| handle::instant(sys.vm, handle));
    let ready = items(sys.vm, list(sys.vm, event_loop, Field::Ready)).len();
    let busy = ready > 0
        || is_set(sys.vm, event_loop, Field::Stopping)
        || is_set(sys.vm, event_loop, Field::Poked)
        || first.is_some_and(|at| at <= sys.now());
    if busy {
        if is_set(sys.vm, event_loop, Field::Poked) {
            set(sys.vm, event_loop, Field::Poked, false);
        }
        return sys.pause();
    }
    let me = sys.ident();
    set(sys.vm, event_loop, Field::Selecting, me);
    let loop_ = sys.loop_id(event_loop.into());
    sys.log(Kind::LoopIdle {
        loop_,
        until: first.map(|at| Seconds(at.seconds())),
    });
    sys.block(Waiting::Select, first, "event loop (select)")
}

/// Begins an iteration with what is due now, or before a time of the loop's own clock.
fn begin_batch(sys: &mut System, event_loop: Id, end: Option<f64>) {
    let (ready, heap) = (
        list(sys.vm, event_loop, Field::Ready),
        list(sys.vm, event_loop, Field::Scheduled),
    );
    let found_list = list(sys.vm, event_loop, Field::Found);
    if !items(sys.vm, found_list).is_empty() {
        let found = items(sys.vm, found_list).to_vec();
        let at = items(sys.vm, ready).len();
        sys.vm.heap.list_splice(ready, at..at, &found);
        sys.vm.heap.list_splice(found_list, 0..found.len(), &[]);
    }
    let now = sys.now();
    while let Some(first) = items(sys.vm, heap).first().copied().and_then(Value::id)
        && end.map_or_else(
            || handle::instant(sys.vm, first) <= now,
            |end| handle::when(sys.vm, first) < end,
        )
    {
        let timer = pop_timer(sys.vm, heap);
        sys.vm.heap.list_push(ready, timer);
    }
    let (due, timers) = (items(sys.vm, ready).len(), items(sys.vm, heap).len());
    let loop_ = sys.loop_id(event_loop.into());
    sys.log(Kind::LoopIteration {
        loop_,
        ready: due as u32,
        timers: timers as u32,
    });
    let empty = emptied_batch(sys.vm, event_loop);
    let queues = [
        (Field::Ready, empty),
        (Field::Batch, ready.into()),
        (Field::Taken, Value::Int(0)),
    ];
    set_all(sys.vm, event_loop, queues);
}

/// An empty list: that of the batch before, whose handles were all taken, if nobody else has it.
fn emptied_batch(vm: &mut Vm, event_loop: Id) -> Value {
    let batch = list(vm, event_loop, Field::Batch);
    if vm.heap.count(batch) > 1 {
        return vm.list(Vec::new());
    }
    vm.heap.list_clear(batch);
    batch.into()
}

/// The iteration was left by an exception: what it has not run goes back to the front of the ready queue. Gives what the
/// handle that it left holds, the task and what that waited for.
pub fn end_batch(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let last =
        [Field::Last, Field::LastAwaited].map(|field| get(sys.vm, event_loop, field).or_none());
    let entered = turn::returned(sys, event_loop);
    let task = entered.map_or(Value::None, |entered| entered.about.into());
    let mut held = vec![last[0], task, last[1]];
    if let Some(handle) = last[0].id() {
        held.extend(next_to(sys.vm, handle));
    }
    let left = sys.vm.tuple(held);
    // The turn of a task that was left has no end.
    if let Some(entered) = entered {
        sys.thread().returned.pop();
        task::drop_made(sys.vm, entered.about);
        own::leave(sys, entered.about);
        entered.each(&mut |about| sys.vm.heap.release(about));
    }
    return_rest(sys.vm, event_loop);
    forget_last(sys.vm, event_loop);
    Ok(left)
}

/// What a handle is about. In CPython it is a variable of a frame nearer to the exception, so the collector finds this as
/// soon as what stands next to the handle here.
fn next_to(vm: &Vm, handle: Id) -> Vec<Value> {
    if task::is_task(vm, handle) {
        return Vec::new();
    }
    let [arguments, callback] = [handle::Field::Arguments, handle::Field::Callback]
        .map(|field| handle::get(vm, handle, field));
    let mut found = vm.items(arguments).unwrap_or_default().to_vec();
    match vm.heap.content(callback) {
        Some(Payload::BoundMethod(parts)) => found.push(parts[1]),
        _ if handle::calls(vm, handle) == Calls::Step => found.push(callback),
        _ => {}
    }
    found
}

/// What was not taken of the batch goes back to the front of the ready queue.
fn return_rest(vm: &mut Vm, event_loop: Id) {
    let [batch, ready] = [Field::Batch, Field::Ready].map(|field| list(vm, event_loop, field));
    let taken = int(vm, event_loop, Field::Taken) as usize;
    let rest = items(vm, batch).get(taken..).unwrap_or_default();
    let rest: Vec<Value> = rest
        .iter()
        .copied()
        .filter(|entry| !entry.is_none())
        .collect();
    vm.heap.list_splice(ready, 0..0, &rest);
    let empty = vm.list(Vec::new());
    set(vm, event_loop, Field::Batch, empty);
    set(vm, event_loop, Field::Taken, 0);
}

/// The iteration no longer holds what it took last.
fn forget_last(vm: &mut Vm, event_loop: Id) {
    for field in [
        Field::Last,
        Field::LastAwaited,
        Field::LastThrown,
        Field::Current,
    ] {
        clear(vm, event_loop, field);
    }
}

/// The next handle of the batch that is not cancelled, or `None`.
fn take_next(sys: &mut System, event_loop: Id) -> Value {
    loop {
        let Some(next) = next_of(sys.vm, event_loop) else {
            return Value::None;
        };
        let next = object(sys, next);
        set(sys.vm, event_loop, Field::Last, next);
        Front::of(sys.vm, event_loop).claim(sys.vm);
        pass(sys.vm, event_loop);
        if !handle::is_cancelled(sys.vm, next) {
            return next.into();
        }
    }
}

/// The front of a batch.
#[derive(Clone, Copy)]
pub(super) struct Front {
    batch: Id,
    taken: usize,
}

impl Front {
    /// That of the running iteration.
    pub fn of(vm: &Vm, event_loop: Id) -> Self {
        match fields(vm, event_loop).get(Field::Batch as usize..=Field::Taken as usize) {
            Some(&[Value::Object(batch), Value::Int(taken)]) => Self {
                batch,
                taken: taken as usize,
            },
            _ => Self {
                batch: Id::NONE,
                taken: 0,
            },
        }
    }

    /// What stands there.
    pub fn next(self, vm: &Vm) -> Option<Id> {
        items(vm, self.batch).get(self.taken)?.id()
    }

    /// Takes it from there; its place stays, until [`pass`].
    pub fn claim(self, vm: &mut Vm) {
        vm.heap.list_set(self.batch, self.taken, Value::None);
    }
}

/// What stands at the front of the batch.
fn next_of(vm: &Vm, event_loop: Id) -> Option<Id> {
    Front::of(vm, event_loop).next(vm)
}

/// Goes on to the next place of the batch.
pub(super) fn pass(vm: &mut Vm, event_loop: Id) {
    let taken = int(vm, event_loop, Field::Taken);
    set(vm, event_loop, Field::Taken, taken + 1);
}

/// The second half of `_run_once`: runs one handle of the batch after the other. True when the library has to go on
/// with the rest: there is something to be run before, or the loop is in debug mode from now on. If a callback failed,
/// what the exception handler was told.
pub fn run_batch(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    selected(sys, event_loop);
    clear(sys.vm, event_loop, Field::HasRun);
    loop {
        if !get(sys.vm, event_loop, Field::Failure).is_none() {
            return Ok(rest(sys.vm, event_loop));
        }
        let more = match turn::returned(sys, event_loop) {
            Some(entered) => turn::leave(sys, event_loop, entered).map(|()| true),
            None if sys.vm.in_dialogue() => run_one(sys, event_loop),
            None => match turn::begin(sys, event_loop)? {
                Begun::Entered(entry) => return sys.enter(entry),
                Begun::Not if turn::count_child(sys, event_loop) => Ok(true),
                Begun::Not => run_one(sys, event_loop),
            },
        };
        if !more? && !go_on(sys, event_loop)? {
            return Ok(false.into());
        }
        // What went with the handle is told of at another place than what went while it ran.
        if !sys.next_part() || is_set(sys.vm, event_loop, Field::Debug) {
            return Ok(rest(sys.vm, event_loop));
        }
    }
}

/// What tells the library to go on with the rest of the batch.
fn rest(vm: &Vm, event_loop: Id) -> Value {
    match get(vm, event_loop, Field::Failure) {
        Value::None => true.into(),
        failure => failure,
    }
}

/// The batch is done: begins the next iteration at once, unless the library is to do it.
fn go_on(sys: &mut System, event_loop: Id) -> Outcome<bool> {
    if !goes_on(sys, event_loop) {
        return Ok(false);
    }
    forget_last(sys.vm, event_loop);
    if !sys.next_part() {
        return Ok(false);
    }
    begin(sys, event_loop).map(|()| true)
}

/// May the native part go on with the next iteration: would the library do no more than to come back for it?
fn goes_on(sys: &mut System, event_loop: Id) -> bool {
    let is_set = |field| is_set(sys.vm, event_loop, field);
    let undisturbed = is_set(Field::Forever)
        && !is_set(Field::Stopping)
        && !is_set(Field::Debug)
        && sys.kernel.input.next().is_none();
    undisturbed
        && !ends_with_last(sys, event_loop)
        && has_own_methods(sys, event_loop.into(), Ability::RunOnce)
}

/// Would more end with what the iteration still holds than that itself? It may be missed, at the place where the library
/// lets go of the last handle.
fn ends_with_last(sys: &System, event_loop: Id) -> bool {
    let vm = &*sys.vm;
    let held = [Field::Last, Field::LastAwaited].map(|field| get(vm, event_loop, field));
    let alone = held.into_iter().filter(|&held| is_held_once(vm, held));
    let mut alone = alone.filter_map(Value::id);
    alone.any(|id| {
        if vm.is_instance(id.into(), sys.kernel.classes.future) {
            let outcome = [
                future::Field::Exception,
                future::Field::CancelledError,
                future::Field::Result,
            ];
            return outcome.map(|field| future::get(vm, id, field).id()) != [None; 3];
        }
        let [callback, arguments] = [handle::Field::Callback, handle::Field::Arguments]
            .map(|field| handle::get(vm, id, field));
        let callback = match vm.heap.content(callback) {
            Some(Payload::BoundMethod(parts)) => parts[1],
            _ => callback,
        };
        let arguments = vm.items(arguments).unwrap_or_default();
        is_held_once(vm, callback) || arguments.iter().any(|&value| is_held_once(vm, value))
    })
}

fn is_held_once(vm: &Vm, value: Value) -> bool {
    value.id().is_some_and(|id| vm.heap.count(id) == 1)
}

/// The same for one handle at a time: runs the next one; false when the batch is done.
pub fn run_next(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let ran = match is_set(sys.vm, event_loop, Field::HasRun) {
        true => end_turn(sys, event_loop)?,
        false => run_one(sys, event_loop)?,
    };
    Ok(match ran {
        true => rest(sys.vm, event_loop),
        false => false.into(),
    })
}

fn run_one(sys: &mut System, event_loop: Id) -> Outcome<bool> {
    let first = sys.first()?;
    let next = match first {
        true => take_next(sys, event_loop),
        false => get(sys.vm, event_loop, Field::Last),
    };
    let Some(handle) = next.id() else {
        return Ok(false);
    };
    let (callback, label) = (
        handle::get(sys.vm, handle, handle::Field::Callback),
        label_of(sys, handle)?,
    );
    let (id, loop_) = (sys.handle_id(handle), sys.loop_id(event_loop.into()));
    if first {
        sys.log(Kind::Run {
            handle: id,
            callback: label,
            loop_,
        });
        if is_set(sys.vm, event_loop, Field::Debug) {
            set(sys.vm, event_loop, Field::Current, handle);
        }
    }
    let result = match entered(sys, handle)? {
        Ok(()) => {
            let result = match invoke(sys, handle, callback) {
                Ok(result) => result,
                Err(Trap::Raise(exception)) => Err(exception),
                Err(trap) => return Err(trap),
            };
            own::leave(sys, handle);
            result
        }
        Err(exception) => Err(exception),
    };
    if let Err(exception) = result {
        report(sys, event_loop, handle, exception)?;
    }
    sys.log(Kind::RunEnd { handle: id, loop_ });
    // Its turn is over: the request begins anew if it is performed again. In debug mode the library is told of each.
    sys.vm.forget_answers();
    if is_set(sys.vm, event_loop, Field::Debug) {
        set(sys.vm, event_loop, Field::HasRun, true);
    }
    end_turn(sys, event_loop)
}

/// What only the callback held, such as an exception that it dealt with, goes while the handle still runs.
fn end_turn(sys: &mut System, event_loop: Id) -> Outcome<bool> {
    sys.let_go_in_step()?;
    clear(sys.vm, event_loop, Field::HasRun);
    let_go(sys.vm, event_loop);
    Ok(true)
}

/// Enters the context of a callback once. That may fail as the callback may, with an exception.
fn entered(sys: &mut System, handle: Id) -> Outcome<Result<(), Value>> {
    let is_free = !sys.vm.in_dialogue() && own::can_be_entered(sys, handle);
    let is_free = sys.vm.once(|_| Ok(is_free.into()))?;
    if is_free.is(Value::Bool(false)) {
        let error = match own::enter(sys, handle) {
            Err(Trap::Raise(error)) => error,
            other => return other.map(Ok),
        };
        return sys.vm.once(|_| Ok(error)).map(Err);
    }
    match sys.first()? {
        true => own::enter(sys, handle).map(Ok),
        false => Ok(Ok(())),
    }
}

/// What was taken last has run: what only it held goes before anything else runs, as where `_run_once` takes the next.
/// The last one of all goes at the end of the iteration.
pub(super) fn let_go(vm: &mut Vm, event_loop: Id) {
    clear(vm, event_loop, Field::LastThrown);
    if next_of(vm, event_loop).is_some() {
        clear(vm, event_loop, Field::Last);
        clear(vm, event_loop, Field::LastAwaited);
    }
}

/// The same for a task that has run for its handle.
pub(super) fn let_go_of_task(vm: &mut Vm, event_loop: Id, task: Id) {
    match next_of(vm, event_loop) {
        None => set(vm, event_loop, Field::Last, task),
        Some(_) if get(vm, event_loop, Field::LastAwaited).is_none() => return,
        Some(_) => set(vm, event_loop, Field::LastAwaited, Value::None),
    }
    clear(vm, event_loop, Field::LastThrown);
}

/// Calls the callback of a handle. Steps and wake-ups of tasks need no Python frame between the loop and the coroutine.
fn invoke(sys: &mut System, handle: Id, callback: Value) -> Outcome<Result<Value, Value>> {
    let arguments = handle::get(sys.vm, handle, handle::Field::Arguments);
    let argument = sys.vm.items(arguments).and_then(|items| items.first());
    let argument = argument.copied().unwrap_or(Value::None);
    if handle::calls(sys.vm, handle) == Calls::Step {
        return task::step(sys, callback.id().unwrap_or(Id::NONE), argument).map(Ok);
    }
    if future::is_result_setter(sys.vm, callback)
        && let Some(future) = future::plain_record(sys.vm, argument)
        && let Some(&[_, result]) = sys.vm.items(arguments)
    {
        let set = future::set_result_plainly(sys, future, result);
        return set.map(|()| Ok(Value::None));
    }
    if !sys.vm.in_dialogue() && gather::count_child(sys, callback, argument) {
        return Ok(Ok(Value::None));
    }
    if gather::end(sys, callback, argument)? || gather::leave(sys.vm, callback) {
        return Ok(Ok(Value::None));
    }
    let wakes = match sys.vm.heap.content(callback) {
        Some(Payload::BoundMethod(parts)) if parts[0].is(sys.kernel.classes.wakeup) => {
            parts[1].id()
        }
        _ => None,
    };
    match wakes {
        Some(task) => task::wakeup(sys, task, argument).map(Ok),
        None => {
            let mut arguments = sys.vm.items(arguments).unwrap_or_default().to_vec();
            let mut callback = callback;
            if is_in_two_calls(sys, handle) {
                arguments.insert(0, callback);
                callback = sys.library("asyncio.events", "_run_thread_safe")?;
            }
            sys.vm.try_call(callback, &arguments)
        }
    }
}

/// In CPython the handles of `call_soon_threadsafe` have a `_run` around that of others. The stacks that debug mode keeps
/// show that; it is a frame here as well.
fn is_in_two_calls(sys: &mut System, handle: Id) -> bool {
    let event_loop = handle::get(sys.vm, handle, handle::Field::Loop).id();
    sys.vm.class_of(handle.into()) == sys.kernel.classes.thread_safe_handle
        && event_loop.is_some_and(|id| is_set(sys.vm, id, Field::Debug))
}

/// `Handle._run`'s care for exceptions: the two that end programs pass, others go to the exception handler.
pub(super) fn report(
    sys: &mut System,
    event_loop: Id,
    handle: Id,
    exception: Value,
) -> Outcome<()> {
    let failed = sys.library("asyncio.events", "_run")?;
    let told = sys.vm.call(failed, &[handle.into(), exception])?;
    set(sys.vm, event_loop, Field::Failure, told);
    Ok(())
}
