//! Turns of tasks, of which loops run most: the coroutine is entered directly, above a host frame, and the request that
//! runs the batch is performed again when it comes back. Turns that are out of the ordinary are left to
//! [`super::iteration`].

use super::iteration::{Front, let_go, let_go_of_task, pass, report};
use super::queue::{handle_of_turn, number_of};
use super::{Field, number};
use crate::sim::context::own;
use crate::sim::event::{HandleId, Kind, LoopId, Text};
use crate::sim::kernel::Entry;
use crate::sim::label::waitable;
use crate::sim::record::{fields, get, set};
use crate::sim::system::System;
use crate::sim::{future, gather, task};
use crate::vm::frame::HostFrame;
use crate::vm::machine::Input;
use crate::vm::names;
use crate::vm::native::{Outcome, Trap};
use crate::vm::object::GeneratorState;
use crate::vm::value::{Id, Value};

/// Whether a turn was begun.
pub(super) enum Begun {
    /// The coroutine is to be entered.
    Entered(Entry),
    /// Nothing has happened: the next turn is no ordinary one, or there is none.
    Not,
}

/// What wakes the task at the front of the batch, if it waited.
enum Awakening {
    /// It did not wait: it takes its next step.
    Step,
    /// This future is done.
    By(Id),
}

/// Begins the turn of the task at the front of the batch (`Lib/asyncio/tasks.py`: Task.__wakeup, __step).
pub(super) fn begin(sys: &mut System, event_loop: Id) -> Outcome<Begun> {
    let front = Front::of(sys.vm, event_loop);
    let Some(task) = front.next(sys.vm).filter(|&next| is_ordinary(sys, next)) else {
        return Ok(Begun::Not);
    };
    let Some(awakening) = awakening(sys, task) else {
        return Ok(Begun::Not);
    };
    let (id, loop_) = (
        HandleId(number_of(sys.vm, task)),
        LoopId(number(sys.vm, event_loop.into())),
    );
    front.claim(sys.vm);
    let callback = match awakening {
        Awakening::Step => task::step_label(sys, task),
        Awakening::By(_) => task::wakeup_label(sys, task),
    };
    sys.log(Kind::Run {
        handle: id,
        callback,
        loop_,
    });
    own::enter(sys, task)?;
    let (thrown, exc) = match awakening {
        Awakening::Step => (Value::None, None),
        Awakening::By(awaited) => {
            set(sys.vm, event_loop, Field::LastAwaited, awaited);
            wake(sys, task, awaited)?
        }
    };
    task::begin_step(sys, task, exc);
    if !thrown.is_none() {
        set(sys.vm, event_loop, Field::LastThrown, thrown);
    }
    let input = match task::what_to_throw(sys.vm, task, thrown)? {
        Value::None => Input::Send(Value::None),
        thrown => Input::Throw(thrown),
    };
    Ok(Begun::Entered(Entry {
        coroutine: get(sys.vm, task, task::Field::Coroutine),
        input,
        about: task,
        number: id.0,
    }))
}

/// What the handle would do for which a task stands at the front of the batch that is done: its gathering counts it. False,
/// with nothing done, if something else is there, or has to be done.
pub(super) fn count_child(sys: &mut System, event_loop: Id) -> bool {
    let front = Front::of(sys.vm, event_loop);
    let done = |&next: &Id| task::is_task(sys.vm, next) && !future::is_pending(sys.vm, next);
    let Some(task) = front.next(sys.vm).filter(done) else {
        return false;
    };
    let kept = get(sys.vm, task, future::Field::Callbacks);
    let callback = future::only_callback(sys.vm, kept);
    if !callback.is_some_and(|callback| gather::count_child(sys, callback, task.into())) {
        return false;
    }
    let (handle, loop_) = (
        HandleId(number_of(sys.vm, task)),
        LoopId(number(sys.vm, event_loop.into())),
    );
    let callback = gather::callback_label(sys);
    sys.log(Kind::Run {
        handle,
        callback,
        loop_,
    });
    sys.log(Kind::RunEnd { handle, loop_ });
    set(sys.vm, task, future::Field::Callbacks, Value::Unbound);
    front.claim(sys.vm);
    pass(sys.vm, event_loop);
    let_go_of_task(sys.vm, event_loop, task);
    true
}

/// Can the task's turn be begun without anything that could fail or ask?
fn is_ordinary(sys: &mut System, task: Id) -> bool {
    let fields = fields(sys.vm, task);
    if fields.len() != task::FIELDS as usize || sys.running_task().is_some() {
        return false;
    }
    let suspended = sys.vm.generator(fields[task::Field::Coroutine as usize]);
    suspended.is_some_and(|content| matches!(content.state, GeneratorState::Suspended(_)))
        && future::is_pending(sys.vm, task)
        && own::can_be_entered(sys, task)
}

/// What wakes the task; `None` where that takes more than reading fields.
fn awakening(sys: &mut System, task: Id) -> Option<Awakening> {
    let awaited = task::waiter(sys.vm, task);
    let Some(id) = awaited.id() else {
        return Some(Awakening::Step);
    };
    let native = sys.vm.is_instance(awaited, sys.kernel.classes.future)
        && task::is_native(sys, awaited, names::RESULT);
    if !native || future::is_pending(sys.vm, id) {
        return None;
    }
    let field = |field| future::get(sys.vm, id, field).or_none();
    let shown = [
        field(future::Field::Exception),
        field(future::Field::CancelledError),
        field(future::Field::CancelMessage),
    ];
    let plain = shown.into_iter().all(|value| sys.can_show(value));
    // What goes with the context of an exception that is thrown in goes before the coroutine is entered.
    let coroutine = get(sys.vm, task, task::Field::Coroutine);
    let keeps = !sys.vm.loses_context(coroutine, shown[0]);
    (plain && keeps).then_some(Awakening::By(id))
}

/// The task is told what it waited for: the exception that is thrown in, and how events show it.
fn wake(sys: &mut System, task: Id, awaited: Id) -> Outcome<(Value, Option<Text>)> {
    let id = future::task_id(sys, task);
    if let Some(by) = waitable(sys, awaited.into()) {
        sys.log(Kind::Wakeup { task: id, by });
    }
    future::discard_awaited_by(sys.vm, awaited, task);
    let thrown = task::thrown_by(sys.vm, sys.kernel.classes, awaited)?;
    let exc = match thrown {
        Value::None => None,
        thrown => Some(sys.short_repr(thrown)?),
    };
    Ok((thrown, exc))
}

/// The turn of this loop's in which the coroutine has come back. Finalisers that run in the meantime may run other loops.
pub(super) fn returned(sys: &mut System, event_loop: Id) -> Option<HostFrame> {
    let last = sys.thread().returned.last().copied();
    last.filter(|entered| get(sys.vm, entered.about, future::Field::Loop).is(event_loop.into()))
}

/// The coroutine that was entered has come back: ends the turn of its task.
pub(super) fn leave(sys: &mut System, event_loop: Id, entered: HostFrame) -> Outcome<()> {
    task::drop_made(sys.vm, entered.about);
    sys.let_go_in_step()?;
    let result = end(sys, event_loop, entered);
    if !matches!(result, Err(Trap::Ask | Trap::Kernel(_))) {
        sys.thread().returned.pop();
        pass(sys.vm, event_loop);
        let thrown = !get(sys.vm, event_loop, Field::LastThrown).is_none();
        match result.is_ok() && !thrown {
            true => let_go_of_task(sys.vm, event_loop, entered.about),
            false => set(sys.vm, event_loop, Field::Last, entered.about),
        }
        sys.vm.heap.release(entered.about.into());
        if result.is_ok() && thrown {
            // What only the exception held goes while the handle still runs, though the task no longer does.
            // The turn is over: the request begins anew if it is performed again.
            set(sys.vm, event_loop, Field::LastThrown, Value::None);
            sys.vm.forget_answers();
            sys.let_go_in_step()?;
            let_go(sys.vm, event_loop);
        }
    }
    result
}

fn end(sys: &mut System, event_loop: Id, entered: HostFrame) -> Outcome<()> {
    let task = entered.about;
    let did = task::driven(sys, task)?;
    let result = match task::conclude(sys, task, did) {
        Ok(()) => Ok(()),
        Err(Trap::Raise(exception)) => Err(exception),
        Err(trap) => return Err(trap),
    };
    let handle = HandleId(entered.number);
    let loop_ = LoopId(number(sys.vm, event_loop.into()));
    if result.is_ok() || sys.first()? {
        task::end_step(sys, task);
        own::leave(sys, task);
    }
    if let Err(exception) = result {
        let object = handle_of_turn(sys, task);
        report(sys, event_loop, object, exception)?;
    }
    sys.log(Kind::RunEnd { handle, loop_ });
    Ok(())
}
