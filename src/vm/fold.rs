//! Coroutines of the library that are awaited where they are made, and do no more than to do something at once or to wait
//! for one future: `await queue.get()`, `async with lock`. The host does what they would do, and the frame that awaits
//! holds a fold in their place. When anybody looks at what it awaits, or throws something in, they are made after all, as
//! they would be by then ([`super::nap`] is the same for a coroutine that waits for nothing).

use super::class;
use super::exit::{Exit, Request};
use super::frame::{Activation, Fiber, Then};
use super::machine::Vm;
use super::names;
use super::nap::{AWAIT, Role, awaits_at_once};
use super::native::Trap;
use super::object::{Function, Payload};
use super::quick::Quick;
use super::value::{Id, Value};
use crate::bytecode::op::Op;

/// So many instructions have to be left to the thread: more than the coroutines have up to where they wait.
const SPAN: u64 = 64;

/// So many frames they have at most.
const FRAMES: usize = 2;

/// A coroutine that the host has taken over.
#[derive(Clone, Copy, Debug)]
pub struct Fold {
    /// Its function.
    pub function: Id,
    /// The function whose coroutine awaits it, or none.
    pub outer: Id,
    /// The object whose method it is, or its first argument.
    pub subject: Value,
    /// The future that it waits for.
    pub future: Value,
    /// What the host keeps with it.
    pub kept: Value,
}

impl Fold {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        let functions = [self.function, self.outer].into_iter();
        functions
            .filter(|id| !id.is_none())
            .for_each(|id| visit(id.into()));
        [self.subject, self.future, self.kept]
            .into_iter()
            .for_each(visit);
    }
}

/// Which instruction made a request on behalf of a coroutine that need not be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folding {
    /// It is an ordinary request.
    #[default]
    No,
    /// A call of a function that is no coroutine function, with so many operands.
    Direct(u32),
    /// A call whose result is awaited, with so many operands.
    Call(u32),
    /// The way into an `async with`.
    Enter,
    /// The way out.
    Exit,
    /// The `await` of a fold goes on.
    Resume,
    /// An exception is thrown into a fold.
    Throw,
}

impl Folding {
    /// How many operands the instruction has.
    fn operands(self) -> usize {
        match self {
            Self::No => 0,
            Self::Direct(operands) | Self::Call(operands) => operands as usize,
            Self::Enter | Self::Exit => 1,
            Self::Resume | Self::Throw => 2,
        }
    }

    /// How far it is from the instruction to the one that awaits, or to itself if nothing is awaited.
    fn to_await(self) -> u32 {
        match self {
            Self::Direct(_) | Self::Resume | Self::Throw => 0,
            _ => AWAIT,
        }
    }
}

/// What the host made of it.
#[derive(Clone, Copy, Debug, Default)]
pub enum Step {
    /// Nothing: the coroutine is to be made.
    #[default]
    Refused,
    /// It came to its end with this result.
    Done(Value),
    /// It waits for a future.
    Waits {
        /// The future.
        future: Id,
        /// What the host wants to have when it is done.
        kept: Value,
    },
    /// It has done what it does on the way out, and passes on the exception that was thrown in.
    Passed,
}

impl Vm {
    /// A call of a function of the library, or of a coroutine function whose result is awaited at once: asks the host to do
    /// what it would.
    pub(super) fn begin_fold(
        &mut self,
        fiber: &Fiber,
        function: &Function,
        floor: usize,
        first: usize,
    ) -> Quick {
        let role = function.linked.role;
        let defaults: &[Value] = self.as_tuple(function.defaults).map_or(&[], |all| all);
        let has_own_defaults = match role {
            Role::Sleep => matches!(defaults, [Value::None]),
            _ => defaults.is_empty(),
        };
        let fits = has_own_defaults && role.takes() == Some(fiber.stack.len() - first);
        let is_awaited = role.is_awaited();
        if !fits || !self.can_fold(fiber) || is_awaited && !awaits_at_once(fiber) {
            return Quick::No;
        }
        let arguments = fiber.stack[first..].iter().copied();
        let parts = [fiber.stack[floor]].into_iter().chain(arguments);
        let operands = (fiber.stack.len() - floor) as u32;
        let folding = match is_awaited {
            true => Folding::Call(operands),
            false => Folding::Direct(operands),
        };
        self.ask_host(folding, self.awaiting.begin, parts)
    }

    /// The same for the way into the `async with` of a lock of the library.
    pub(super) fn enter_folded(&mut self, fiber: &Fiber) -> Quick {
        let manager = fiber.peek(0);
        let class = self.class_of(manager);
        let methods = [names::AENTER, names::AEXIT, names::ACQUIRE];
        let [Some(enter), Some(exit), Some(acquire)] = methods.map(|name| self.lookup(class, name))
        else {
            return Quick::No;
        };
        let roles = [enter, exit, acquire].map(|method| self.role_of(method));
        if roles != [Role::LockEnter, Role::LockExit, Role::LockAcquire]
            || self.own_attribute(manager, names::ACQUIRE).is_some()
            || !self.can_fold(fiber)
            || !awaits_at_once(fiber)
        {
            return Quick::No;
        }
        let parts = [acquire, manager, enter, exit];
        self.ask_host(Folding::Enter, self.awaiting.begin, parts)
    }

    /// The same for the way out.
    pub(super) fn exit_folded(&mut self, fiber: &Fiber) -> Quick {
        let Some(Payload::BoundMethod(parts)) = self.heap.content(fiber.peek(0)) else {
            return Quick::No;
        };
        let [exit, manager] = **parts;
        let release = self.lookup(self.class_of(manager), names::RELEASE);
        let is_own = release.is_some_and(|release| self.role_of(release) == Role::LockRelease);
        if self.role_of(exit) != Role::LockExit
            || !is_own
            || self.own_attribute(manager, names::RELEASE).is_some()
            || !self.can_fold(fiber)
            || !awaits_at_once(fiber)
        {
            return Quick::No;
        }
        self.ask_host(Folding::Exit, self.awaiting.begin, [exit, manager])
    }

    fn role_of(&self, value: Value) -> Role {
        match self.heap.content(value) {
            Some(Payload::Function(function)) => function.linked.role,
            _ => Role::Other,
        }
    }

    /// May the frame on top do without what it calls? Once that was refused, it is called.
    fn can_fold(&mut self, fiber: &Fiber) -> bool {
        let refused = std::mem::take(&mut self.refuses_fold);
        let is_first = matches!(fiber.frames.last(), Some(Activation::Python(frame)) if frame.answers.is_empty());
        self.folds
            && !refused
            && is_first
            && self.origin_depth == 0
            && self.executed + SPAN < self.stop
            && fiber.frames.len() + FRAMES < self.limits.recursion
    }

    /// The frame on top goes on at the `await` of a fold.
    pub(super) fn resume_fold(&mut self, fold: Fold) -> Quick {
        self.ask_about(fold, Folding::Resume, self.awaiting.resume)
    }

    /// Asks the host to go on with a fold, if there is time for all that may come of it.
    fn ask_about(&mut self, fold: Fold, folding: Folding, number: u16) -> Quick {
        if !self.folds || self.executed + SPAN >= self.stop {
            return Quick::No;
        }
        let outer = match fold.outer {
            Id::NONE => Value::Unbound,
            outer => outer.into(),
        };
        let parts = [
            fold.function.into(),
            fold.subject,
            fold.future,
            fold.kept,
            outer,
        ];
        self.ask_host(folding, number, parts)
    }

    /// An exception is thrown into what the frame on top awaits. Where that is a fold, asks the host to do what the coroutine
    /// would do on the way out; nothing if it is none, or has to be made.
    pub(super) fn throw_into_fold(&mut self, fiber: &Fiber, exception: Value) -> Option<Trap> {
        let fold = self.fold_of(fiber.peek(1))?;
        let is_closed = self.is_instance(exception, class::GENERATOR_EXIT);
        if is_closed || !fold.outer.is_none() {
            return None;
        }
        match self.ask_about(fold, Folding::Throw, self.awaiting.throw) {
            Quick::Trapped => self.trap.take(),
            _ => None,
        }
    }

    /// The exception that was thrown into a fold arrives where the frame on top awaits it, with the place in its traceback
    /// where the coroutine would have waited.
    fn pass_on(&mut self, fiber: &mut Fiber) -> Option<Exit> {
        let fold = self.fold_of(fiber.peek(1))?;
        let Some(Activation::Python(frame)) = fiber.frames.last_mut() else {
            return None;
        };
        let exception = std::mem::take(&mut frame.thrown);
        if let Payload::Function(function) = self.heap.payload(fold.function)
            && let Some(at) = at_await(&function.linked.code.ops)
        {
            let (code, at) = (function.linked.clone(), at as u32);
            let values = self.locals_where_it_waits(fold);
            let left = self.object_of_left(fold.function, code.clone(), at, values);
            self.add_entry(exception, code, left, at);
        }
        let exit = self.unwind(fiber, exception, Then::Thrown);
        self.heap.release(exception);
        exit
    }

    fn ask_host(
        &mut self,
        folding: Folding,
        number: u16,
        parts: impl IntoIterator<Item = Value>,
    ) -> Quick {
        let mut request = self.new_request(number, parts);
        request.folding = folding;
        self.trap_into(request)
    }

    /// The host has answered: the frame on top goes on with the result, waits, or makes the coroutine after all.
    pub(super) fn fold_step(&mut self, fiber: &mut Fiber, request: &Request) -> Option<Exit> {
        let folding = request.folding;
        match std::mem::take(&mut self.fold_step) {
            Step::Refused if matches!(folding, Folding::Resume | Folding::Throw) => {
                self.wake_on_stack(fiber);
                None
            }
            Step::Refused => {
                self.refuses_fold = true;
                None
            }
            Step::Passed => self.pass_on(fiber),
            Step::Done(value) => {
                self.heap.retain(value);
                self.replace_operands(fiber, request, &[value]);
                move_on(fiber, folding.to_await() + 1);
                None
            }
            Step::Waits { future, kept } => {
                let fold = Fold {
                    function: request.fixed[0].id()?,
                    outer: outer_of(request),
                    subject: request.fixed[1],
                    future: future.into(),
                    kept,
                };
                let fold = self.object(class::OBJECT, Payload::Fold(fold.into()));
                self.heap.retain(fold);
                self.heap.retain(future.into());
                // What was sent to the coroutine, and what it yields.
                self.replace_operands(fiber, request, &[fold, Value::None, future.into()]);
                move_on(fiber, folding.to_await());
                self.yield_top(fiber)
            }
        }
    }

    /// Puts counted values in the place of the operands. The way out of an `async with` lies below what its way in gives.
    fn replace_operands(&mut self, fiber: &mut Fiber, request: &Request, values: &[Value]) {
        let floor = fiber.stack.len() - request.folding.operands();
        let exit = match request.folding {
            Folding::Enter => Some(self.method(request.fixed[3], request.fixed[1])),
            _ => None,
        };
        // It holds the manager, which is the operand.
        exit.into_iter().for_each(|exit| self.heap.retain(exit));
        fiber.truncate(&mut self.heap, floor);
        fiber.stack.extend(exit);
        fiber.stack.extend_from_slice(values);
    }

    /// What a value is a fold of, if it is one.
    #[inline]
    pub fn fold_of(&self, value: Value) -> Option<Fold> {
        match self.heap.content(value)? {
            Payload::Fold(fold) => Some(**fold),
            _ => None,
        }
    }

    /// The coroutine that a fold stands for, suspended, and as old as that.
    pub(super) fn unfold_waiting(&mut self, id: Id, fold: Fold) -> Option<Value> {
        let wait = Payload::Wait {
            on: fold.future,
            resumed: true,
        };
        let wait = self.object(self.awaiting.class, wait);
        let locals = self.locals_where_it_waits(fold);
        let mut made = self.suspended(fold.function, &locals, at_await, &[wait, Value::None])?;
        self.heap.set_born(made.id()?, self.heap.born(id));
        if !fold.outer.is_none() {
            made = self.suspended(fold.outer, &[fold.subject], at_await, &[made, Value::None])?;
            self.heap.set_born(made.id()?, self.heap.born(id));
        }
        Some(made)
    }

    /// The local variables of its function where it waits.
    fn locals_where_it_waits(&mut self, fold: Fold) -> Vec<Value> {
        match self.role_of(fold.function.into()) {
            Role::Sleep => {
                let begun = self.tuple([fold.future, fold.kept]);
                vec![fold.subject, Value::None, begun, fold.future, fold.kept]
            }
            Role::QueueGet => {
                let globals = match self.heap.payload(fold.function) {
                    Payload::Function(function) => function.globals,
                    _ => Id::NONE,
                };
                let joined = self.lookup_global(globals, names::ITS_JOINED);
                vec![fold.subject, joined.unwrap_or_default(), fold.future]
            }
            _ => vec![fold.subject, fold.future],
        }
    }
}

/// Where such a coroutine waits. Before it comes to that, `sleep` has an `await` for no time at all.
fn at_await(ops: &[Op]) -> Option<usize> {
    ops.iter().rposition(|op| *op == Op::YieldFrom)
}

/// The function whose coroutine awaits the one that a request stands for, or none.
fn outer_of(request: &Request) -> Id {
    let outer = match request.folding {
        Folding::Enter => request.fixed[2].id(),
        Folding::Resume => request.fixed[4].id(),
        _ => None,
    };
    outer.unwrap_or(Id::NONE)
}

/// The frame on top goes on so many instructions further.
fn move_on(fiber: &mut Fiber, distance: u32) {
    if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
        frame.pc += distance;
    }
}
