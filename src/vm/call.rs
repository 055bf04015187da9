//! Calling: what a callable is, how arguments meet parameters, and how a frame for Python code is made
//! (`Python/ceval.c`: initialize_locals; `Objects/typeobject.c`: type_call).

use super::class;
use super::exit::{Instance, Request};
use super::frame::{Activation, Fiber, Frame, Then};
use super::frame_object::stands_for_c;
use super::machine::Vm;
use super::names;
use super::native::{Args, FEW, Native, NativeCode, NativeFunction, Outcome, Trap};
use super::object::{Function, Generator, GeneratorState, Names, Payload};
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use std::rc::Rc;

/// How many frames are kept for their memory.
const SPARE: usize = 32;

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// By position.
    pub positional: Vec<Value>,
    /// By keyword: names (str) and values.
    pub keywords: Vec<(Value, Value)>,
}

/// How a call went on.
pub enum Called {
    /// A built-in did it: the result.
    Value(Value),
    /// A frame was pushed.
    Frame,
}

impl Vm {
    /// Calls anything. A new frame leaves the stack at length `floor` when it is done and then does `then`. On
    /// `Then::Push` with a new instance, the instance is put at `floor` by the frame's end.
    pub fn invoke(
        &mut self,
        fiber: &mut Fiber,
        callable: Value,
        mut args: Arguments,
        floor: usize,
        then: Then,
    ) -> Outcome<Called> {
        let mut callable = callable;
        loop {
            match self.heap.content(callable) {
                Some(Payload::Function(function)) => {
                    let function = function.clone();
                    let id = callable.id().unwrap_or(Id::NONE);
                    return self.enter(fiber, id, &function, &args, floor, then);
                }
                Some(Payload::Native(native)) => {
                    let native = native.clone();
                    return self.invoke_native(fiber, &native, &args).map(Called::Value);
                }
                Some(Payload::BoundMethod(parts)) => {
                    let [function, receiver] = **parts;
                    args.positional.insert(0, receiver);
                    callable = function;
                }
                Some(Payload::Class(_)) => {
                    return self.invoke_class(fiber, callable, args, floor, then);
                }
                Some(Payload::StaticMethod(function)) => callable = *function,
                _ => match self.special(self.class_of(callable), names::CALL) {
                    Some(method) => {
                        let bound = self.bind(method, callable)?;
                        callable = bound;
                    }
                    None => {
                        let class = self.class_name(callable).to_owned();
                        return self.type_error(format!("'{class}' object is not callable"));
                    }
                },
            }
        }
    }

    fn invoke_native(
        &mut self,
        fiber: &mut Fiber,
        native: &NativeFunction,
        args: &Arguments,
    ) -> Outcome {
        match native.def.code {
            NativeCode::Plain(_) => self.call_native(native, &args.positional, &args.keywords),
            NativeCode::Frames(run) => {
                let bound = self.bind_native(native, &args.positional, &args.keywords)?;
                let mut all = bound.fixed;
                all.extend(bound.rest);
                run(self, fiber, &all)
            }
            NativeCode::Kernel(number) => {
                let bound = self.bind_native(native, &args.positional, &args.keywords)?;
                self.request = Some(Box::new(Request { number, ..bound }));
                Err(Trap::Kernel(number))
            }
        }
    }

    /// `cls(...)`: `__new__`, then `__init__`.
    fn invoke_class(
        &mut self,
        fiber: &mut Fiber,
        callable: Value,
        args: Arguments,
        floor: usize,
        then: Then,
    ) -> Outcome<Called> {
        let class = callable.id().unwrap_or(Id::NONE);
        let metaclass = self.class_of(callable);
        if metaclass != class::TYPE
            && let Some(method) = self.special(metaclass, names::CALL)
            && !matches!(self.heap.content(method), Some(Payload::Native(_)))
        {
            let mut args = args;
            args.positional.insert(0, callable);
            return self.invoke(fiber, method, args, floor, then);
        }
        if class == class::TYPE && args.positional.len() == 1 && args.keywords.is_empty() {
            return Ok(Called::Value(self.class_of(args.positional[0]).into()));
        }
        if let Some(request) = self.construction(class, callable, &args)? {
            self.request = Some(request);
            return Err(Trap::Kernel(0));
        }
        let instance = self.construct(fiber, class, &args)?;
        if !self.is_instance(instance, class) {
            return Ok(Called::Value(instance));
        }
        self.initialize(fiber, class, instance, args, (floor, then))
    }

    /// Where both `__new__` and `__init__` of a class are the kernel's: the one request that does what they do.
    fn construction(
        &mut self,
        class: Id,
        callable: Value,
        args: &Arguments,
    ) -> Outcome<Option<Box<Request>>> {
        let (Some(new), Some((init, native))) = (
            self.kernel_method(class, names::NEW),
            self.kernel_method(class, names::INIT),
        ) else {
            return Ok(None);
        };
        let mut positional = vec![callable];
        positional.extend_from_slice(&args.positional);
        let bound = self.bind_native(&native, &positional, &args.keywords)?;
        let instance = Instance::New {
            class: callable,
            number: new.0,
        };
        Ok(Some(Box::new(Request {
            number: init,
            instance,
            ..bound
        })))
    }

    /// A method of a class that is a request, with the number of that.
    fn kernel_method(&self, class: Id, name: Value) -> Option<(u16, NativeFunction)> {
        let native = self.native_method(class, name)?;
        match native.def.code {
            NativeCode::Kernel(number) => Some((number, native.clone())),
            _ => None,
        }
    }

    /// A method of a class that is a built-in.
    pub(super) fn native_method(&self, class: Id, name: Value) -> Option<&NativeFunction> {
        let found = self.lookup(class, name)?;
        let function = match self.heap.content(found)? {
            Payload::StaticMethod(function) => self.heap.content(*function)?,
            function => function,
        };
        match function {
            Payload::Native(native) => Some(native),
            _ => None,
        }
    }

    /// The instance for whose sake a request was made is there: it takes the place of its class on the stack, where
    /// operands are kept, and is initialised.
    pub fn begin_instance(&mut self, fiber: &mut Fiber, request: &mut Request, made: Value) {
        let operands = self.operands_of_call(fiber);
        let floor = fiber.stack.len().saturating_sub(operands);
        self.heap.retain(made);
        if let Some(slot) = fiber.stack.get_mut(floor) {
            let class = std::mem::replace(slot, made);
            self.heap.release(class);
        }
        if let Some(receiver) = request.fixed.first_mut() {
            *receiver = made;
        }
        request.instance = Instance::Made(made);
    }

    /// `cls.__new__(cls, ...)`
    fn construct(&mut self, fiber: &mut Fiber, class: Id, args: &Arguments) -> Outcome {
        let Some(new) = self.lookup(class, names::NEW) else {
            let name = self.name_of_class(class).to_owned();
            return self.type_error(format!("cannot create '{name}' instances"));
        };
        let new = match self.heap.content(new) {
            Some(Payload::StaticMethod(function)) => *function,
            _ => new,
        };
        let mut with_class = vec![Value::from(class)];
        with_class.extend_from_slice(&args.positional);
        if let Some(Payload::Native(native)) = self.heap.content(new)
            && !is_request(native)
        {
            let native = native.clone();
            let args = Arguments {
                positional: with_class,
                keywords: args.keywords.clone(),
            };
            let made = self.once(|vm| vm.invoke_native(fiber, &native, &args))?;
            if native.owner == class::TYPE {
                self.name_module(fiber, made);
            }
            return Ok(made);
        }
        self.call_with(new, &with_class, &args.keywords)
    }

    /// A class that was made by a call belongs to the module that made it.
    fn name_module(&mut self, fiber: &Fiber, class: Value) {
        let namespace = { class.id() }
            .and_then(|id| self.class(id))
            .map(|class| class.namespace);
        let globals = fiber.frame().map(|frame| frame.globals);
        let (Some(namespace), Some(globals)) = (namespace, globals) else {
            return;
        };
        let module = self.dict_get_name(globals, names::NAME);
        if let Some(module) = module
            && self.dict_get_name(namespace, names::MODULE).is_none()
        {
            self.dict_set_name(namespace, names::MODULE, module);
        }
    }

    /// `type.__call__(cls, ...)`, for a built-in: `__new__`, then `__init__`.
    pub fn call_class(
        &mut self,
        callable: Value,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let class = callable.id().unwrap_or(Id::NONE);
        let Some(new) = self.lookup(class, names::NEW) else {
            let name = self.name_of_class(class).to_owned();
            return self.type_error(format!("cannot create '{name}' instances"));
        };
        let new = match self.heap.content(new) {
            Some(Payload::StaticMethod(function)) => *function,
            _ => new,
        };
        let instance = self.call_part(new, callable, arguments, keywords)?;
        if !self.is_instance(instance, class) {
            return Ok(instance);
        }
        let Some(init) = self.lookup(self.class_of(instance), names::INIT) else {
            return Ok(instance);
        };
        let result = self.call_part(init, instance, arguments, keywords)?;
        self.check_init_result(result)?;
        Ok(instance)
    }

    /// Calls `__new__` or `__init__` of a class with its first argument.
    fn call_part(
        &mut self,
        function: Value,
        first: Value,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let mut all = vec![first];
        all.extend_from_slice(arguments);
        match self.heap.content(function) {
            Some(Payload::Native(native)) if matches!(native.def.code, NativeCode::Plain(_)) => {
                let native = native.clone();
                self.once(|vm| vm.call_native(&native, &all, keywords))
            }
            _ => self.call_with(function, &all, keywords),
        }
    }

    fn initialize(
        &mut self,
        fiber: &mut Fiber,
        class: Id,
        instance: Value,
        mut args: Arguments,
        (floor, then): (usize, Then),
    ) -> Outcome<Called> {
        let init = self
            .lookup(self.class_of(instance), names::INIT)
            .or_else(|| self.lookup(class, names::INIT));
        let Some(init) = init else {
            return Ok(Called::Value(instance));
        };
        match self.heap.content(init) {
            Some(Payload::Native(native)) if native.owner == class::OBJECT => {
                return Ok(Called::Value(instance));
            }
            Some(Payload::Native(native)) if !is_request(native) => {
                let native = native.clone();
                args.positional.insert(0, instance);
                self.invoke_native(fiber, &native, &args)?;
                return Ok(Called::Value(instance));
            }
            Some(Payload::Function(function)) if then == Then::Push => {
                let function = function.clone();
                args.positional.insert(0, instance);
                let id = init.id().unwrap_or(Id::NONE);
                self.enter(fiber, id, &function, &args, floor + 1, Then::Init)?;
                self.heap.retain(instance);
                let old = fiber
                    .stack
                    .get_mut(floor)
                    .map(|slot| std::mem::replace(slot, instance));
                self.heap.release(old.unwrap_or_default());
                return Ok(Called::Frame);
            }
            _ => {}
        }
        let bound = self.bind(init, instance)?;
        let result = self.call_with(bound, &args.positional, &args.keywords)?;
        self.check_init_result(result)?;
        Ok(Called::Value(instance))
    }

    /// `__init__` must return None.
    pub(super) fn check_init_result(&mut self, result: Value) -> Outcome<()> {
        if result.is_none() {
            return Ok(());
        }
        let class = self.class_name(result).to_owned();
        self.type_error(format!("__init__() should return None, not '{class}'"))
    }

    /// Makes a frame for a Python function, or its generator.
    fn enter(
        &mut self,
        fiber: &mut Fiber,
        id: Id,
        function: &Rc<Function>,
        args: &Arguments,
        floor: usize,
        then: Then,
    ) -> Outcome<Called> {
        let slots = self.bind_parameters(function, args)?;
        if !matches!(
            function.linked.code.kind,
            CodeKind::Function | CodeKind::Module | CodeKind::Class
        ) {
            return Ok(Called::Value(
                self.new_generator(fiber, id, function, &slots),
            ));
        }
        let namespace = if function.linked.code.kind == CodeKind::Module {
            function.globals
        } else {
            Id::NONE
        };
        self.push_frame(fiber, id, function, slots, (floor, then), namespace)?;
        Ok(Called::Frame)
    }

    /// Pushes a frame whose slots are given.
    pub(super) fn push_frame(
        &mut self,
        fiber: &mut Fiber,
        id: Id,
        function: &Rc<Function>,
        slots: Vec<Value>,
        (floor, then): (usize, Then),
        namespace: Id,
    ) -> Outcome<()> {
        self.check_depth(fiber)?;
        let base = fiber.stack.len() as u32;
        for value in slots {
            fiber.push(&mut self.heap, value);
        }
        let mut frame = self.new_frame(&function.linked, id, function.globals);
        (frame.base, frame.floor, frame.then, frame.namespace) =
            (base, floor as u32, then, namespace);
        self.heap.retain(id.into());
        if !namespace.is_none() {
            self.heap.retain(namespace.into());
        }
        fiber.frames.push(Activation::Python(frame));
        Ok(())
    }

    /// Raises RecursionError when the stack of calls is too deep.
    pub(super) fn check_depth(&mut self, fiber: &Fiber) -> Outcome<()> {
        if fiber.frames.len() < self.limits.recursion {
            return Ok(());
        }
        self.raise(class::RECURSION_ERROR, "maximum recursion depth exceeded")
    }

    pub(super) fn new_generator(
        &mut self,
        fiber: &Fiber,
        id: Id,
        function: &Rc<Function>,
        slots: &[Value],
    ) -> Value {
        let content = self.generator_content(fiber, id, function, slots);
        let class = class::of_generator(function.linked.code.kind);
        self.object(class, Payload::Generator(Rc::new(content)))
    }

    /// A generator that has not begun.
    pub(super) fn generator_content(
        &mut self,
        fiber: &Fiber,
        id: Id,
        function: &Rc<Function>,
        slots: &[Value],
    ) -> Generator {
        let class = class::of_generator(function.linked.code.kind);
        let mut frame = self.new_frame(&function.linked, id, function.globals);
        let room = function.linked.code.slots() + AT_AWAIT;
        frame.values.reserve_exact(room);
        frame.values.extend_from_slice(slots);
        Generator {
            state: GeneratorState::Suspended(frame),
            code: function.linked.clone(),
            code_object: function.code,
            names: names_of(function),
            made: fiber.user_line(),
            origin: self.coroutine_origin(fiber, class),
            hooked: false,
            step_running: false,
            closed: false,
        }
    }

    /// `cr_origin` of a coroutine that is made now: its callers, the innermost first, as far as they are tracked.
    fn coroutine_origin(&mut self, fiber: &Fiber, class: Id) -> Value {
        if self.origin_depth == 0 || class != class::COROUTINE {
            return Value::None;
        }
        let depth = self.origin_depth as usize;
        let visible = fiber.frames.iter().rev().filter_map(|entry| match entry {
            Activation::Python(frame) if !stands_for_c(frame) => Some(frame),
            _ => None,
        });
        let places: Vec<Value> = visible
            .take(depth)
            .map(|frame| {
                let code = &frame.code.code;
                let file = self.str(code.source.name.as_ref());
                let line = frame.current_line().map_or(-1, i64::from);
                let name = self.str(code.name.as_ref());
                self.tuple([file, Value::Int(line), name])
            })
            .collect();
        self.tuple(places)
    }

    /// Runs a built-in whose code needs neither frames nor the kernel.
    pub fn call_native(
        &mut self,
        native: &NativeFunction,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let NativeCode::Plain(run) = native.def.code else {
            return self.raise(
                class::SYSTEM_ERROR,
                format!("{} cannot be called here", native.def.name),
            );
        };
        self.check_receiver(native, arguments)?;
        if keywords.is_empty() && native.signature.is_plain(arguments.len()) {
            return run(
                self,
                &Args {
                    fixed: arguments,
                    rest: &[],
                    keywords: &[],
                },
            );
        }
        if keywords.is_empty() && native.signature.fits(arguments.len()) {
            let (direct, rest) = native.signature.split(arguments);
            let mut fixed = [Value::Unbound; FEW];
            fixed[..direct.len()].copy_from_slice(direct);
            let args = Args {
                fixed: &fixed[..native.signature.names.len()],
                rest,
                keywords: &[],
            };
            return run(self, &args);
        }
        let bound = self.bind_native(native, arguments, keywords)?;
        run(
            self,
            &Args {
                fixed: &bound.fixed,
                rest: &bound.rest,
                keywords: &bound.keywords,
            },
        )
    }

    /// Binds arguments to the parameters of a built-in.
    fn bind_native(
        &mut self,
        native: &Native,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome<Request> {
        let signature = native.signature.clone();
        let mut bound = Request::new(0, vec![Value::Unbound; signature.names.len()]);
        let (direct, rest) = signature.split(arguments);
        bound.fixed[..direct.len()].copy_from_slice(direct);
        if !rest.is_empty() && !signature.var_positional {
            return self.wrong_count(native, arguments.len(), &self.names_of(keywords));
        }
        bound.rest = rest.to_vec();
        for &(name, value) in keywords {
            let counts = (arguments.len(), keywords.len());
            self.bind_keyword(native, &mut bound, name, value, counts)?;
        }
        if bound
            .fixed
            .iter()
            .take(signature.required)
            .any(|value| value.is_unbound())
        {
            return self.wrong_count(native, arguments.len(), &self.names_of(keywords));
        }
        Ok(bound)
    }

    fn names_of(&self, keywords: &[(Value, Value)]) -> Vec<String> {
        let name = |&(name, _): &(Value, Value)| self.as_str(name).unwrap_or_default().to_owned();
        keywords.iter().map(name).collect()
    }

    /// `counts` are the numbers of arguments by position and by name.
    fn bind_keyword(
        &mut self,
        native: &Native,
        bound: &mut Request,
        name: Value,
        value: Value,
        counts: (usize, usize),
    ) -> Outcome<()> {
        let signature = &native.signature;
        let text = self.as_str(name).unwrap_or_default();
        let known = signature
            .names
            .iter()
            .position(|known| *known == text)
            .filter(|&n| n >= signature.positional_only);
        match known {
            Some(n) if bound.fixed[n].is_unbound() => bound.fixed[n] = value,
            Some(n) => {
                let message = format!(
                    "argument for {}() given by name ('{text}') and position ({})",
                    native.def.name,
                    n + 1
                );
                return self.type_error(message);
            }
            None if signature.var_keyword => bound.keywords.push((name, value)),
            None => {
                let name = text.to_owned();
                return self.wrong_native_name(native, counts.0, counts.1, &name);
            }
        }
        Ok(())
    }
}

/// Is it for the kernel? As part of a longer instruction such a built-in is called by a frame of its own.
fn is_request(native: &Native) -> bool {
    matches!(native.def.code, NativeCode::Kernel(_))
}

impl Vm {
    /// A frame at the beginning of its code; where it lies on a stack is for the caller to say.
    pub(super) fn new_frame(
        &mut self,
        code: &Rc<super::link::LinkedCode>,
        function: Id,
        globals: Id,
    ) -> Box<Frame> {
        let Some(mut spare) = self.spare_frames.pop() else {
            return Box::new(Frame::new(code.clone(), function, globals));
        };
        spare.renew(code.clone(), function, globals);
        spare
    }

    /// Keeps the memory of a frame that is gone for the next one.
    pub(super) fn recycle_frame(&mut self, frame: Box<Frame>) {
        if self.spare_frames.len() < SPARE {
            self.spare_frames.push(frame);
        }
    }
}

/// How many operands most frames have where they are suspended: what they await, what is sent to that, and one more.
const AT_AWAIT: usize = 3;

/// What a function's generators are called, where that is not what the code says.
fn names_of(function: &Function) -> Option<Box<Names>> {
    let linked = &function.linked;
    let same = function.name.is(linked.name) && function.qualname.is(linked.qualname);
    (!same).then(|| {
        Box::new(Names {
            name: function.name,
            qualname: function.qualname,
        })
    })
}

impl Frame {
    fn new(code: Rc<super::link::LinkedCode>, function: Id, globals: Id) -> Self {
        Self {
            code,
            pc: 0,
            base: 0,
            floor: 0,
            function,
            globals,
            namespace: Id::NONE,
            generator: Id::NONE,
            object: Id::NONE,
            then: Then::Push,
            handled: Value::Unbound,
            thrown: Value::Unbound,
            closing: false,
            answers: Vec::new(),
            catching: super::frame::Catching::Nothing,
            request: None,
            line: 0,
            values: Vec::new(),
            started: false,
        }
    }

    /// Makes a frame that is gone into a new one; only its memory is the same.
    fn renew(&mut self, code: Rc<super::link::LinkedCode>, function: Id, globals: Id) {
        (self.code, self.function, self.globals) = (code, function, globals);
        (self.pc, self.base, self.floor, self.line) = (0, 0, 0, 0);
        (self.namespace, self.generator, self.object) = (Id::NONE, Id::NONE, Id::NONE);
        (self.handled, self.thrown) = (Value::Unbound, Value::Unbound);
        (self.then, self.catching) = (Then::Push, super::frame::Catching::Nothing);
        self.answers.clear();
        self.request = None;
        self.values.clear();
        (self.started, self.closing) = (false, false);
    }
}
