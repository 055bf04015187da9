//! Calls of Python functions and of built-ins that need only their arguments, in the cases that can neither fail nor need
//! anything to be made first. Whatever is out of the ordinary goes the full way ([`super::call`]).

use super::call::Arguments;
use super::class;
use super::exit::Request;
use super::frame::{Activation, Fiber};
use super::machine::Vm;
use super::nap::Role;
use super::native::{NativeCode, NativeFunction, Outcome, Trap};
use super::object::{Function, Payload};
use super::quick::Quick;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use std::rc::Rc;

/// Up to so many named parameters are bound here.
const MOST: usize = 12;

/// The named parameters of a function with what they are bound to, and how many of them were on the stack.
struct Bound {
    values: [Value; MOST],
    named: usize,
}

impl Vm {
    /// Calls what lies at `floor` with the arguments from `first` on; those at the end are named by `names`.
    pub(super) fn call_quickly(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        first: usize,
        names: &[Value],
    ) -> Quick {
        match self.heap.content(fiber.stack[floor]) {
            Some(Payload::Function(function)) => {
                let function = function.clone();
                if function.linked.role == Role::Sleep
                    && self.begin_nap(fiber, &function, floor, first)
                {
                    return Quick::Yields;
                }
                if function.linked.role.takes().is_some() && names.is_empty() && !is_answered(fiber)
                {
                    let folded = self.begin_fold(fiber, &function, floor, first);
                    if folded != Quick::No {
                        return folded;
                    }
                }
                if matches!(
                    function.linked.code.kind,
                    CodeKind::Module | CodeKind::Class
                ) || fiber.frames.len() >= self.limits.recursion
                    || !self.bind_quickly(fiber, &function, first, names)
                {
                    return Quick::No;
                }
                self.start_function(fiber, &function, floor, first)
            }
            Some(Payload::Native(native)) if names.is_empty() => {
                let native = native.clone();
                match native.def.code {
                    NativeCode::Plain(_) => self.call_plain(fiber, &native, floor, first),
                    NativeCode::Kernel(number) => self.call_kernel(fiber, &native, number, first),
                    NativeCode::Frames(_) => Quick::No,
                }
            }
            Some(Payload::Class(_)) => self.construct_quickly(fiber, floor, first, names),
            _ => Quick::No,
        }
    }

    /// A built-in that needs nothing but its arguments. An instruction that was answered goes on the full way.
    fn call_plain(
        &mut self,
        fiber: &mut Fiber,
        native: &NativeFunction,
        floor: usize,
        first: usize,
    ) -> Quick {
        if is_answered(fiber) {
            return Quick::No;
        }
        let outcome = self.call_native(native, &fiber.stack[first..], &[]);
        self.end_plain_call(fiber, floor, outcome)
    }

    /// The result of a built-in takes the place of what lies on the stack from `floor` on.
    pub(super) fn end_plain_call(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        outcome: Outcome,
    ) -> Quick {
        if !matches!(outcome, Err(Trap::Ask | Trap::Kernel(_))) {
            self.forget_answers();
        }
        match outcome {
            Ok(value) => {
                self.heap.retain(value);
                fiber.truncate(&mut self.heap, floor);
                fiber.stack.push(value);
                Quick::Done
            }
            Err(trap) => {
                self.trap = Some(trap);
                Quick::Trapped
            }
        }
    }

    /// A built-in of the kernel: the request has its arguments as they are.
    fn call_kernel(
        &mut self,
        fiber: &Fiber,
        native: &NativeFunction,
        number: u16,
        first: usize,
    ) -> Quick {
        let arguments = &fiber.stack[first..];
        if is_answered(fiber) || !native.signature.fits(arguments.len()) {
            return Quick::No;
        }
        let (direct, rest) = native.signature.split(arguments);
        let mut request = self.new_request(number, direct.iter().copied());
        let all = native.signature.names.len();
        request.fixed.resize(all, Value::Unbound);
        request.rest.extend_from_slice(rest);
        self.trap_into(request)
    }

    /// A request with these arguments, in the memory of one that was performed.
    pub(super) fn new_request(
        &mut self,
        number: u16,
        arguments: impl IntoIterator<Item = Value>,
    ) -> Box<Request> {
        let mut request = self.spare_requests.pop().unwrap_or_default();
        request.number = number;
        request.fixed.extend(arguments);
        request
    }

    /// The instruction makes a request to the kernel.
    pub(super) fn trap_into(&mut self, request: Box<Request>) -> Quick {
        self.trap = Some(Trap::Kernel(request.number));
        self.request = Some(request);
        Quick::Trapped
    }

    /// Makes the arguments on the stack the first slots of a frame: exactly those that the function takes, defaults
    /// included.
    pub(super) fn bind_quickly(
        &mut self,
        fiber: &mut Fiber,
        function: &Function,
        first: usize,
        names: &[Value],
    ) -> bool {
        let code = &function.linked.code;
        let parameters = &code.parameters;
        let given = fiber.stack.len() - first;
        if parameters.var_positional {
            return false;
        }
        if names.is_empty() && parameters.keyword_only == 0 {
            if !self.push_defaults(fiber, function, given) {
                return false;
            }
        } else {
            let Some(bound) = self.arrange(&fiber.stack[first..], function, names) else {
                return false;
            };
            fiber.stack.truncate(first);
            fiber.stack.extend_from_slice(&bound.values[..bound.named]);
        }
        if parameters.var_keyword {
            let keywords = self.dict();
            fiber.push(&mut self.heap, keywords.into());
        }
        let closure = match self.heap.content(function.closure) {
            Some(Payload::Tuple(cells)) => Some(cells.clone()),
            _ => None,
        };
        let cells = closure.as_deref().unwrap_or_default();
        fiber
            .stack
            .resize(first + code.slots() - cells.len(), Value::Unbound);
        for &cell in cells {
            fiber.push(&mut self.heap, cell);
        }
        true
    }

    /// Pushes the defaults of the last parameters, which may all be given by position, behind the arguments.
    fn push_defaults(&mut self, fiber: &mut Fiber, function: &Function, given: usize) -> bool {
        let positional = function.linked.code.parameters.positional as usize;
        if given == positional {
            return true;
        }
        let defaults = match self.heap.content(function.defaults) {
            Some(Payload::Tuple(defaults)) => defaults.clone(),
            _ => return false,
        };
        let from = (given + defaults.len()).checked_sub(positional);
        let Some(rest) = from
            .and_then(|from| defaults.get(from..))
            .filter(|_| given < positional)
        else {
            return false;
        };
        for &value in rest {
            fiber.push(&mut self.heap, value);
        }
        true
    }

    /// The values of the named parameters, each counted; `None`, with nothing counted, when they are not all there.
    fn arrange(
        &mut self,
        arguments: &[Value],
        function: &Function,
        names: &[Value],
    ) -> Option<Bound> {
        let parameters = &function.linked.code.parameters;
        let positional = parameters.positional as usize;
        let named = positional + parameters.keyword_only as usize;
        let (by_position, by_name) = arguments.split_at(arguments.len() - names.len());
        if by_position.len() > positional || named > MOST {
            return None;
        }
        let mut values = [Value::Unbound; MOST];
        values[..by_position.len()].copy_from_slice(by_position);
        for (&name, &value) in names.iter().zip(by_name) {
            let known = &function.linked.parameters[parameters.positional_only as usize..named];
            let at = known.iter().position(|known| known.is(name))?;
            let slot = &mut values[parameters.positional_only as usize + at];
            if !slot.is_unbound() {
                return None;
            }
            *slot = value;
        }
        let mut defaults = [Value::Unbound; MOST];
        for n in by_position.len()..named {
            if values[n].is_unbound() {
                defaults[n] = self.default_of(function, positional, n)?;
                values[n] = defaults[n];
            }
        }
        for &value in &defaults[by_position.len()..named] {
            self.heap.retain(value);
        }
        Some(Bound { values, named })
    }

    /// The default of the n-th named parameter.
    fn default_of(&self, function: &Function, positional: usize, n: usize) -> Option<Value> {
        if n < positional {
            let defaults = self.as_tuple(function.defaults)?;
            let at = (n + defaults.len()).checked_sub(positional)?;
            return defaults.get(at).copied();
        }
        let name = function.linked.parameters[n];
        self.dict_get_name(function.kw_defaults.id()?, name)
    }

    /// The coroutine that a call makes, which runs nothing yet; `None` where the callable is not just a coroutine function
    /// with as many parameters as are given.
    pub(super) fn coroutine_of(
        &mut self,
        fiber: &Fiber,
        callable: Value,
        arguments: &[Value],
    ) -> Option<Value> {
        let Payload::Function(function) = self.heap.content(callable)? else {
            return None;
        };
        let code = &function.linked.code;
        let parameters = &code.parameters;
        let fits = code.kind == CodeKind::Coroutine
            && parameters.positional as usize == arguments.len()
            && parameters.keyword_only == 0
            && !parameters.var_positional
            && !parameters.var_keyword;
        if !fits || fiber.frames.len() >= self.limits.recursion {
            return None;
        }
        let function = function.clone();
        let arguments = Arguments {
            positional: arguments.to_vec(),
            keywords: Vec::new(),
        };
        let slots = self.bind_parameters(&function, &arguments).ok()?;
        Some(self.new_generator(fiber, callable.id()?, &function, &slots))
    }

    /// The slots are on the stack: a function begins to run there, the others move into their coroutine.
    fn start_function(
        &mut self,
        fiber: &mut Fiber,
        function: &Rc<Function>,
        floor: usize,
        first: usize,
    ) -> Quick {
        let id = fiber.stack[floor].id().unwrap_or(Id::NONE);
        match function.linked.code.kind {
            CodeKind::Module | CodeKind::Class | CodeKind::Function => {
                let mut frame = self.new_frame(&function.linked, id, function.globals);
                (frame.base, frame.floor) = (first as u32, floor as u32);
                self.heap.retain(id.into());
                fiber.frames.push(Activation::Python(frame));
                Quick::Switch
            }
            CodeKind::Generator | CodeKind::Coroutine | CodeKind::AsyncGenerator => {
                let content = self.generator_content(fiber, id, function, &fiber.stack[first..]);
                fiber.stack.truncate(first);
                self.heap.retain(id.into());
                content.each_own(&mut |value| self.heap.retain(value));
                let class = class::of_generator(function.linked.code.kind);
                let payload = Payload::Generator(Rc::new(content));
                let generator = Value::from(self.heap.alloc_counted(class, payload));
                self.heap.retain(generator);
                fiber.truncate(&mut self.heap, floor);
                fiber.stack.push(generator);
                Quick::Done
            }
        }
    }
}

/// Does the instruction go on with answers that it was given?
pub(super) fn is_answered(fiber: &Fiber) -> bool {
    match fiber.frames.last() {
        Some(Activation::Python(frame)) => !frame.answers.is_empty(),
        _ => true,
    }
}
