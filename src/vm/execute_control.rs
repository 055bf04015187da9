//! Instructions for exceptions, `with`, `await`, and pattern matching.

use super::class;
use super::frame::{Activation, Fiber};
use super::machine::Vm;
use super::names;
use super::native::{Outcome, Trap};
use super::object::{AsyncGenAction, Payload};
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::{AwaitFrom, WithKind};

impl Vm {
    pub(super) fn push_exc_info(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let exception = fiber.stack.pop().unwrap_or_default();
        let previous = self.swap_handled(fiber, exception);
        fiber.stack.push(previous);
        self.push_next(fiber, exception)
    }

    pub(super) fn pop_except(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let previous = fiber.stack.pop().unwrap_or_default();
        let handled = self.swap_handled(fiber, previous);
        self.heap.release(handled);
        Ok(Flow::Next)
    }

    /// Exchanges the exception that the frame on top handles; references move, nothing is counted.
    fn swap_handled(&mut self, fiber: &mut Fiber, value: Value) -> Value {
        match fiber.frames.last_mut() {
            Some(Activation::Python(frame)) => std::mem::replace(&mut frame.handled, value),
            _ => value,
        }
    }

    pub(super) fn execute_raise(&mut self, fiber: &mut Fiber, operands: u32) -> Outcome<Flow> {
        if operands == 0 {
            return match self.handled(fiber) {
                Value::Unbound => {
                    self.raise(class::RUNTIME_ERROR, "No active exception to reraise")
                }
                exception => Err(Trap::Raise(exception)),
            };
        }
        let raised = fiber.peek(operands as usize - 1);
        let exception = self.exception_from(raised, "exceptions must derive from BaseException")?;
        if operands == 2 {
            let cause = match fiber.peek(0) {
                Value::None => Value::None,
                cause => {
                    self.exception_from(cause, "exception causes must derive from BaseException")?
                }
            };
            self.update_exception(exception, |content| {
                (content.cause, content.suppress_context) = (cause, true)
            });
        }
        self.set_context(fiber, exception);
        Err(Trap::Raise(exception))
    }

    /// The exception that `raise value` raises: a class is called.
    pub fn exception_from(&mut self, value: Value, otherwise: &str) -> Outcome {
        if self.exception_content(value).is_some() {
            return Ok(value);
        }
        match value.id() {
            Some(id) if self.is_subclass(id, class::BASE_EXCEPTION) => {
                let instance = self.instance_of(id)?;
                match self.exception_content(instance) {
                    Some(_) => Ok(instance),
                    None => self.type_error(format!(
                        "calling {} should have returned an instance of BaseException, not {}",
                        self.name_of_class(id),
                        self.class_name(instance)
                    )),
                }
            }
            _ => self.type_error(otherwise),
        }
    }

    /// Does an `except` clause for a class or tuple of classes apply?
    pub fn matches_exception(&mut self, exception: Value, wanted: Value) -> Outcome<bool> {
        let classes = match self.as_tuple(wanted) {
            Some(items) => items.to_vec(),
            None => vec![wanted],
        };
        for &class in &classes {
            if !class
                .id()
                .is_some_and(|id| self.is_subclass(id, class::BASE_EXCEPTION))
            {
                return self.type_error(
                    "catching classes that do not inherit from BaseException is not allowed",
                );
            }
        }
        Ok(classes
            .iter()
            .filter_map(|class| class.id())
            .any(|class| self.is_instance(exception, class)))
    }

    pub(super) fn match_exception_group(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let (exception, wanted) = (fiber.peek(1), fiber.peek(0));
        let pair = self.helper("split_exception_group", &[exception, wanted])?;
        let Some(&[matched, rest]) = self.items(pair) else {
            return self.type_error("split must return a pair");
        };
        if !matched.is_none() {
            if !self.is_instance(exception, class::BASE_EXCEPTION_GROUP) {
                // The group that was made for it begins its traceback here.
                let (at, pc) = (
                    fiber.frames.len().saturating_sub(1),
                    fiber.frame().map_or(0, |frame| frame.pc),
                );
                self.add_traceback(fiber, at, pc, matched);
            }
            self.heap.retain(matched);
            let old = self.swap_handled(fiber, matched);
            self.heap.release(old);
        }
        self.heap.retain(matched);
        self.heap.retain(rest);
        self.done(fiber, 2)?;
        fiber.stack.extend([rest, matched]);
        Ok(Flow::Next)
    }

    pub(super) fn enter_with(&mut self, fiber: &mut Fiber, kind: WithKind) -> Outcome<Flow> {
        let manager = fiber.peek(0);
        let class = self.class_of(manager);
        let (enter_name, exit_name, protocol) = match kind {
            WithKind::Sync => (names::ENTER, names::EXIT, "the context manager protocol"),
            WithKind::Async => (
                names::AENTER,
                names::AEXIT,
                "the asynchronous context manager protocol",
            ),
        };
        // The way out is looked up first.
        let (exit, enter) = (
            self.special(class, exit_name),
            self.special(class, enter_name),
        );
        let (Some(exit), Some(enter)) = (exit, enter) else {
            let missing = if exit.is_none() {
                exit_name
            } else {
                enter_name
            };
            let missing = self.as_str(missing).unwrap_or_default().to_owned();
            let missed = format!(" (missed {missing} method)");
            return self.no_manager(manager, class, kind, protocol, &missed);
        };
        let exit = self.once(|vm| vm.bind(exit, manager))?;
        let entered = match self.coroutine_of(fiber, enter, &[manager]) {
            Some(coroutine) => coroutine,
            None => {
                let enter = self.bind(enter, manager)?;
                self.call(enter, &[])?
            }
        };
        self.finish(fiber, 1, exit)?;
        self.push_next(fiber, entered)
    }

    /// The way out of a `with` that nothing was raised in.
    pub(super) fn exit_with_none(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let (exit, none) = (fiber.peek(0), Value::None);
        let coroutine = match self.heap.content(exit) {
            Some(Payload::BoundMethod(parts)) => {
                let [function, receiver] = **parts;
                self.coroutine_of(fiber, function, &[receiver, none, none, none])
            }
            _ => None,
        };
        let result = match coroutine {
            Some(coroutine) => coroutine,
            None => self.call(exit, &[none; 3])?,
        };
        self.finish(fiber, 1, result)
    }

    fn no_manager<T>(
        &mut self,
        manager: Value,
        class: Id,
        kind: WithKind,
        protocol: &str,
        missed: &str,
    ) -> Outcome<T> {
        let name = self.full_name(self.class_of(manager));
        let name = name.strip_prefix("__main__.").unwrap_or(&name);
        let (other_enter, other_exit, hint) = match kind {
            WithKind::Sync => (names::AENTER, names::AEXIT, "'async with'"),
            WithKind::Async => (names::ENTER, names::EXIT, "'with'"),
        };
        let other =
            self.special(class, other_enter).is_some() && self.special(class, other_exit).is_some();
        let hint = if other {
            let also = if kind == WithKind::Sync {
                "the asynchronous context manager protocol"
            } else {
                "the context manager protocol"
            };
            format!(" but it supports {also}. Did you mean to use {hint}?")
        } else {
            String::new()
        };
        self.type_error(format!(
            "'{name}' object does not support {protocol}{missed}{hint}"
        ))
    }

    /// The iterator that `await value` runs.
    pub fn awaitable(&mut self, value: Value, from: AwaitFrom) -> Outcome {
        if let Some(generator) = self.generator(value) {
            match generator.code.code.kind {
                CodeKind::Coroutine => return self.check_not_awaited(value),
                CodeKind::Generator if self.is_iterable_coroutine(value) => return Ok(value),
                _ => {}
            }
        }
        let class = self.class_of(value);
        let Some(method) = self.special(class, names::AWAIT) else {
            let name = self.class_name(value).to_owned();
            return match from {
                AwaitFrom::Await => self.type_error(format!("'{name}' object can't be awaited")),
                AwaitFrom::AEnter => self.type_error(format!(
                    "'async with' received an object from __aenter__ that does not implement __await__: {name}"
                )),
                AwaitFrom::AExit => self.type_error(format!(
                    "'async with' received an object from __aexit__ that does not implement __await__: {name}"
                )),
            };
        };
        let iterator = self.call_special(method, value, &[])?;
        self.check_await_result(iterator)
    }

    fn check_not_awaited(&mut self, coroutine: Value) -> Outcome {
        let running = self
            .generator(coroutine)
            .is_some_and(|generator| match &generator.state {
                super::object::GeneratorState::Suspended(frame) => {
                    let op = frame.code.code.ops.get(frame.pc as usize);
                    frame.started && matches!(op, Some(crate::bytecode::op::Op::YieldFrom))
                }
                _ => false,
            });
        if running {
            return self.raise(class::RUNTIME_ERROR, "coroutine is being awaited already");
        }
        Ok(coroutine)
    }

    fn check_await_result(&mut self, iterator: Value) -> Outcome {
        if self
            .generator(iterator)
            .is_some_and(|generator| generator.code.code.kind == CodeKind::Coroutine)
        {
            return self.type_error("__await__() returned a coroutine");
        }
        if self.special(self.class_of(iterator), names::NEXT).is_none() {
            let name = self.class_name(iterator).to_owned();
            return self.type_error(format!(
                "__await__() returned non-iterator of type '{name}'"
            ));
        }
        Ok(iterator)
    }

    /// Was the generator function marked by `types.coroutine`?
    pub fn is_iterable_coroutine(&self, generator: Value) -> bool {
        let Some(content) = self.generator(generator) else {
            return false;
        };
        self.iterable_coroutines
            .contains(content.code_object.id().unwrap_or(Id::NONE))
    }

    /// `yield from coroutine`: for generators that stand for coroutines only.
    pub(super) fn delegate_to_coroutine(&mut self, fiber: &Fiber) -> Outcome<Flow> {
        let generator = super::execute::current(fiber).map_or(Id::NONE, |frame| frame.generator);
        match self.is_iterable_coroutine(generator.into()) {
            true => Ok(Flow::Next),
            false => self
                .type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"),
        }
    }

    pub(super) fn async_iter(&mut self, value: Value) -> Outcome {
        let class = self.class_of(value);
        if self
            .generator(value)
            .is_some_and(|generator| generator.code.code.kind == CodeKind::AsyncGenerator)
        {
            return Ok(value);
        }
        let Some(method) = self.special(class, names::AITER) else {
            let name = self.class_name(value).to_owned();
            return self.type_error(format!(
                "'async for' requires an object with __aiter__ method, got {name}"
            ));
        };
        let iterator = self.call_special(method, value, &[])?;
        if self
            .special(self.class_of(iterator), names::ANEXT)
            .is_none()
        {
            let name = self.class_name(iterator).to_owned();
            return self.type_error(format!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
            ));
        }
        Ok(iterator)
    }

    pub(super) fn async_next(&mut self, iterator: Value) -> Outcome {
        if self
            .generator(iterator)
            .is_some_and(|generator| generator.code.code.kind == CodeKind::AsyncGenerator)
        {
            return self.new_async_step(iterator, AsyncGenAction::Send, Value::None);
        }
        let Some(method) = self.special(self.class_of(iterator), names::ANEXT) else {
            let name = self.class_name(iterator).to_owned();
            return self.type_error(format!(
                "'async for' requires an iterator with __anext__ method, got {name}"
            ));
        };
        let awaitable = self.call_special(method, iterator, &[])?;
        if self.generator(awaitable).is_none()
            && self
                .special(self.class_of(awaitable), names::AWAIT)
                .is_none()
        {
            let name = self.class_name(awaitable).to_owned();
            return self.type_error(format!(
                "'async for' received an invalid object from __anext__: {name}"
            ));
        }
        self.awaitable(awaitable, AwaitFrom::Await)
    }

    pub(super) fn end_async_for(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let exception = fiber.peek(0);
        if self.is_instance(exception, class::STOP_ASYNC_ITERATION) {
            return self.done(fiber, 2);
        }
        Err(Trap::Raise(exception))
    }

    pub(super) fn is_match_sequence(&mut self, value: Value) -> Outcome<bool> {
        match self.heap.content(value) {
            Some(Payload::List(_) | Payload::Tuple(_) | Payload::Range(_) | Payload::Deque(_)) => {
                Ok(true)
            }
            Some(Payload::Plain | Payload::Record(_)) => {
                self.registered(value, "is_match_sequence")
            }
            _ => Ok(false),
        }
    }

    pub(super) fn is_match_mapping(&mut self, value: Value) -> Outcome<bool> {
        match self.heap.content(value) {
            Some(Payload::Dict(_) | Payload::MappingProxy(_)) => Ok(true),
            Some(Payload::Plain | Payload::Record(_)) => self.registered(value, "is_match_mapping"),
            _ => Ok(false),
        }
    }

    /// Objects of user classes match by `collections.abc`.
    fn registered(&mut self, value: Value, helper: &str) -> Outcome<bool> {
        let result = self.helper(helper, &[value])?;
        self.truth(result)
    }

    pub(super) fn match_keys(&mut self, subject: Value, keys: Value) -> Outcome {
        if self.class_of(subject) != class::DICT {
            return self.helper("match_keys", &[subject, keys]);
        }
        let (keys, dict) = (
            self.items(keys).unwrap_or_default().to_vec(),
            subject.id().unwrap_or(Id::NONE),
        );
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            match self.dict_get(dict, key)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(self.tuple(values))
    }

    /// Classes whose single positional pattern is the subject itself.
    const SELF_MATCHING: [Id; 11] = [
        class::BOOL,
        class::BYTEARRAY,
        class::BYTES,
        class::DICT,
        class::FLOAT,
        class::FROZENSET,
        class::INT,
        class::LIST,
        class::SET,
        class::STR,
        class::TUPLE,
    ];

    pub(super) fn match_class(
        &mut self,
        subject: Value,
        class: Value,
        names: Value,
        positional: usize,
    ) -> Outcome {
        let Some(id) = class.id().filter(|&id| self.class(id).is_some()) else {
            return self.type_error("called match pattern must be a class");
        };
        if !self.is_instance_of(subject, class)? {
            return Ok(Value::None);
        }
        let matches_self = Self::SELF_MATCHING
            .iter()
            .any(|&base| self.is_subclass(id, base));
        let mut names_wanted: Vec<Value> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        match self.lookup(id, names::MATCH_ARGS) {
            None if positional == 1 && matches_self => values.push(subject),
            found if positional > 0 => {
                let allowed = self.match_args(id, found)?;
                if allowed.len() < positional {
                    let most = match found {
                        None if matches_self => 1,
                        _ => allowed.len(),
                    };
                    let name = self.name_of_class(id).to_owned();
                    let plural = if most == 1 { "" } else { "s" };
                    let message = format!(
                        "{name}() accepts {most} positional sub-pattern{plural} ({positional} given)"
                    );
                    return self.type_error(message);
                }
                names_wanted.extend_from_slice(&allowed[..positional]);
            }
            _ => {}
        }
        names_wanted.extend_from_slice(self.items(names).unwrap_or_default());
        for (n, &name) in names_wanted.iter().enumerate() {
            let text = self.as_str(name).map(str::to_owned);
            let is_repeated = names_wanted[..n]
                .iter()
                .any(|&known| self.as_str(known) == text.as_deref());
            if is_repeated {
                let (class, text) = (self.name_of_class(id), text.unwrap_or_default());
                let message = format!("{class}() got multiple sub-patterns for attribute '{text}'");
                return self.type_error(message);
            }
            let name = self
                .as_str(name)
                .map(str::to_owned)
                .map_or(name, |text| self.intern(&text));
            match self.get_attr_opt(subject, name)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(self.tuple(values))
    }

    /// The names in `__match_args__`; none if there is none.
    fn match_args(&mut self, class: Id, found: Option<Value>) -> Outcome<Vec<Value>> {
        let Some(found) = found else {
            return Ok(Vec::new());
        };
        let Some(names) = self.as_tuple(found).map(|names| names.to_vec()) else {
            let (class, given) = (self.name_of_class(class), self.class_name(found));
            let message = format!("{class}.__match_args__ must be a tuple (got {given})");
            return self.type_error(message);
        };
        match names.iter().find(|&&name| self.as_str(name).is_none()) {
            Some(&other) => {
                let given = self.class_name(other).to_owned();
                self.type_error(format!(
                    "__match_args__ elements must be strings (got {given})"
                ))
            }
            None => Ok(names),
        }
    }
}
