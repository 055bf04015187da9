//! What lies in a slot of the heap: a class, perhaps an attribute dict, and the content that makes the object what it is.

use super::class::Class;
use super::deque::Deque;
use super::dict::Dict;
use super::fold::Fold;
use super::frame::Frame;
use super::frame_object::FrameObject;
use super::iter::Iter;
use super::link::LinkedCode;
use super::modules::re::program::Program;
use super::nap::Nap;
use super::native::NativeFunction;
use super::set::Set;
use super::text::Text;
use super::value::{Id, Value};
use num_bigint::BigInt;
use std::rc::Rc;

/// A heap object; cloning one (when a page is copied) only touches counters.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// `type(self)`
    pub class: Id,
    /// The dict behind `__dict__`; [`Id::NONE`] while it has no attributes of its own.
    pub dict: Id,
    /// The content.
    pub payload: Payload,
}

// Two lie in a line of a processor's cache.
const _: () = assert!(size_of::<Object>() == 32);

impl Object {
    /// A place where there has been no object yet.
    pub const FREE: Self = Self {
        class: Id::NONE,
        dict: Id::NONE,
        payload: Payload::Free,
    };
}

/// The content of an object. An instance of a subclass of `list` has the payload of a list, and so on.
#[derive(Clone, Debug, Default)]
pub enum Payload {
    /// A free slot, with the next free one.
    #[default]
    Free,
    /// A free slot that is linked into the free list.
    NextFree(Id),
    /// Nothing but attributes.
    Plain,
    /// An `int` beyond 64 bits, or any of a subclass.
    Int(Rc<BigInt>),
    /// A `float` of a subclass.
    Float(f64),
    /// `complex`
    Complex(f64, f64),
    /// `str`
    Str(Rc<Text>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// `bytearray`
    ByteArray(Rc<Vec<u8>>),
    /// `tuple`
    Tuple(Rc<[Value]>),
    /// `list`
    List(Rc<Vec<Value>>),
    /// `dict`
    Dict(Rc<Dict>),
    /// `set` and `frozenset`
    Set(Rc<Set>),
    /// `collections.deque`
    Deque(Rc<Deque>),
    /// `slice`: start, stop, step
    Slice(Rc<[Value; 3]>),
    /// `range`: start, stop, step, each an int
    Range(Rc<[Value; 3]>),
    /// A variable shared by functions.
    Cell(Value),
    /// A Python function.
    Function(Rc<Function>),
    /// A built-in function or method descriptor.
    Native(NativeFunction),
    /// A function bound to an object: (function, self).
    BoundMethod(Rc<[Value; 2]>),
    /// A class.
    Class(Rc<Class>),
    /// `property`: getter, setter, deleter, doc
    Property(Rc<[Value; 4]>),
    /// `classmethod`
    ClassMethod(Value),
    /// `staticmethod`
    StaticMethod(Value),
    /// `super()`: (class, object, class of the object)
    Super(Rc<[Value; 3]>),
    /// A generator, coroutine or asynchronous generator, by its class.
    Generator(Rc<Generator>),
    /// What `asend`, `athrow`, `aclose` and `__anext__` of an asynchronous generator return.
    AsyncGenStep(Rc<AsyncGenStep>),
    /// A value that an asynchronous generator yields, on its way to the consumer.
    AsyncGenValue(Value),
    /// What the `await` of a host's awaitable goes through.
    Wait {
        /// What is awaited; `None` when it has come to its end.
        on: Value,
        /// Was it resumed before?
        resumed: bool,
    },
    /// What stands for two coroutines of the library.
    Nap(Nap),
    /// What stands for a coroutine of the library that waits for a future.
    Fold(Rc<Fold>),
    /// A built-in iterator.
    Iter(Rc<Iter>),
    /// A view of a dict.
    DictView(Id, ViewKind),
    /// `mappingproxy` of a mapping
    MappingProxy(Value),
    /// A code object.
    Code(Rc<LinkedCode>),
    /// A frame object.
    Frame(Rc<FrameObject>),
    /// A traceback entry.
    Traceback(Rc<Traceback>),
    /// An exception.
    Exception(Rc<Exception>),
    /// A weak reference to an object (unset when it is dead) and the callback.
    Weakref(Id, Value),
    /// A module; its namespace is the attribute dict.
    Module,
    /// An object of the host (the kernel) or of a native module, with fields numbered by its class.
    Record(Rc<[Value]>),
    /// The same with a string of plain bytes for state without references.
    Opaque(Rc<[u64]>),
    /// A compiled regular expression.
    Pattern(Rc<Program>),
}

/// Which view of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKind {
    /// `keys()`
    Keys,
    /// `values()`
    Values,
    /// `items()`
    Items,
}

/// A Python function.
#[derive(Clone, Debug)]
pub struct Function {
    /// The code object's number on the heap.
    pub code: Value,
    /// The same, at hand.
    pub linked: Rc<LinkedCode>,
    /// The dict of the module it belongs to.
    pub globals: Id,
    /// `__name__`
    pub name: Value,
    /// `__qualname__`
    pub qualname: Value,
    /// Tuple of defaults, or unbound.
    pub defaults: Value,
    /// Dict of keyword-only defaults, or unbound.
    pub kw_defaults: Value,
    /// Tuple of cells, or unbound.
    pub closure: Value,
    /// `__annotate__`, or unbound.
    pub annotate: Value,
    /// A dict with those of `__doc__`, `__module__`, `__annotations__` and `__type_params__` that were set or made, or
    /// unbound.
    pub replaced: Value,
}

/// Where a generator stands.
#[derive(Clone, Debug)]
pub enum GeneratorState {
    /// It has a frame and does not run. `started` frames are at a `yield` or `await`.
    Suspended(Box<Frame>),
    /// Its frame is on the stack of a thread.
    Running,
    /// It returned, raised, or was closed.
    Finished,
}

/// A generator, coroutine or asynchronous generator.
#[derive(Clone, Debug)]
pub struct Generator {
    /// Its frame.
    pub state: GeneratorState,
    /// Its code.
    pub code: Rc<LinkedCode>,
    /// The code object on the heap, which keeps the constants alive.
    pub code_object: Value,
    /// `__name__` and `__qualname__`, where these are not those of the code.
    pub names: Option<Box<Names>>,
    /// The line of the program from which it was called; 0 when there is none.
    pub made: u32,
    /// `cr_origin`: a tuple, or `None` where origins are not tracked. For asynchronous generators that the hooks have
    /// seen: the hook that finalises them.
    pub origin: Value,
    /// For asynchronous generators: have the hooks seen it?
    pub hooked: bool,
    /// For asynchronous generators: is an `asend` or `athrow` in progress?
    pub step_running: bool,
    /// For asynchronous generators: was it closed?
    pub closed: bool,
}

/// What a generator is called.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// `__name__`
    pub name: Value,
    /// `__qualname__`
    pub qualname: Value,
}

/// What a step of an asynchronous generator does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsyncGenAction {
    /// `asend(value)`, `__anext__()`
    Send,
    /// `athrow(…)`
    Throw,
    /// `aclose()`
    Close,
}

impl AsyncGenAction {
    /// The method that was called.
    pub fn method(self) -> &'static str {
        match self {
            Self::Send => "asend",
            Self::Throw => "athrow",
            Self::Close => "aclose",
        }
    }
}

/// How far a step of an asynchronous generator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepProgress {
    /// Not yet begun.
    New,
    /// Begun.
    Iterating,
    /// Ended.
    Closed,
}

/// One awaitable step of an asynchronous generator.
#[derive(Clone, Debug)]
pub struct AsyncGenStep {
    /// The asynchronous generator.
    pub generator: Value,
    /// What is done.
    pub action: AsyncGenAction,
    /// What is sent or thrown.
    pub argument: Value,
    /// How far it is.
    pub progress: StepProgress,
}

/// One place of a traceback, outermost first along `next`.
#[derive(Clone, Debug)]
pub struct Traceback {
    /// The next entry towards the place where it was raised, or `None`.
    pub next: Value,
    /// The code that ran.
    pub code: Rc<LinkedCode>,
    /// The frame object, which keeps the variables alive.
    pub frame: Id,
    /// The instruction.
    pub at: u32,
}

/// The content of an exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// `args`, a tuple
    pub args: Value,
    /// `__traceback__`
    pub traceback: Value,
    /// `__cause__`
    pub cause: Value,
    /// `__context__`
    pub context: Value,
    /// `__suppress_context__`
    pub suppress_context: bool,
}

impl Exception {
    /// What it refers to, in the order in which it lets go of that.
    pub fn references(&self) -> [Value; 4] {
        [self.args, self.traceback, self.cause, self.context]
    }
}

impl Payload {
    /// Calls `visit` with every value that the content refers to, in the order in which CPython would let go of them.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Free
            | Self::NextFree(_)
            | Self::Plain
            | Self::Int(_)
            | Self::Float(_)
            | Self::Complex(..) => {}
            Self::Str(_)
            | Self::Bytes(_)
            | Self::ByteArray(_)
            | Self::Module
            | Self::Opaque(_)
            | Self::Pattern(_) => {}
            Self::Tuple(items) => items.iter().rev().copied().for_each(visit),
            Self::List(items) => items.iter().rev().copied().for_each(visit),
            Self::Record(items) => items.iter().copied().for_each(visit),
            Self::Dict(dict) => dict.iter().for_each(|entry| {
                visit(entry.key);
                visit(entry.value);
            }),
            Self::Set(set) => set.iter().for_each(visit),
            Self::Deque(deque) => deque.items.iter().copied().for_each(visit),
            Self::Slice(parts) | Self::Range(parts) | Self::Super(parts) => {
                parts.iter().copied().for_each(visit)
            }
            Self::Cell(value) | Self::ClassMethod(value) | Self::StaticMethod(value) => {
                visit(*value)
            }
            Self::AsyncGenValue(value) | Self::MappingProxy(value) | Self::Weakref(_, value) => {
                visit(*value)
            }
            Self::Function(function) => function.each(visit),
            Self::Native(native) => visit(native.module),
            Self::BoundMethod(parts) => parts.iter().copied().for_each(visit),
            Self::Class(class) => class.each(visit),
            Self::Property(parts) => parts.iter().copied().for_each(visit),
            Self::Generator(generator) => generator.each(visit),
            Self::Wait { on, .. } => visit(*on),
            Self::Nap(nap) => [nap.sleep, nap.turn]
                .into_iter()
                .for_each(|id| visit(id.into())),
            Self::Fold(fold) => fold.each(visit),
            Self::AsyncGenStep(step) => [step.generator, step.argument].into_iter().for_each(visit),
            Self::Iter(iter) => iter.each(visit),
            Self::DictView(dict, _) => visit((*dict).into()),
            Self::Code(code) => code.each(visit),
            Self::Frame(object) => object.each(visit),
            Self::Traceback(entry) => [entry.next, entry.frame.into()].into_iter().for_each(visit),
            Self::Exception(exception) => exception.references().into_iter().for_each(visit),
        }
    }
}

impl Payload {
    /// The same, inlined for most of what comes and goes: records of the host, and things without parts.
    #[inline]
    pub(super) fn each_shortly(&self, mut visit: impl FnMut(Value)) {
        match self {
            Self::Str(_) | Self::Plain => {}
            Self::Record(fields) => fields.iter().copied().for_each(visit),
            _ => self.each(&mut visit),
        }
    }

    /// Is it that of an object, rather than a free place?
    #[inline]
    pub fn is_live(&self) -> bool {
        !matches!(self, Self::Free | Self::NextFree(_))
    }

    /// Is it that of an exception?
    #[inline]
    pub fn is_exception(&self) -> bool {
        matches!(self, Self::Exception(_))
    }

    /// The same in the order in which the collector finds it: the variables of frames, which go last first, first first.
    pub fn each_found(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Frame(object) => object.each_found(visit),
            Self::Generator(generator) => {
                generator.each_own(visit);
                if let GeneratorState::Suspended(frame) = &generator.state {
                    frame.each_found(visit);
                }
            }
            _ => self.each(visit),
        }
    }
}

impl Function {
    fn each(&self, visit: &mut impl FnMut(Value)) {
        visit(self.code);
        visit(self.globals.into());
        let parts = [
            self.name,
            self.qualname,
            self.defaults,
            self.kw_defaults,
            self.closure,
            self.annotate,
            self.replaced,
        ];
        parts.into_iter().for_each(visit);
    }
}

impl Generator {
    /// What it is called.
    pub fn names(&self) -> Names {
        self.names.as_deref().copied().unwrap_or(Names {
            name: self.code.name,
            qualname: self.code.qualname,
        })
    }

    /// Calls `visit` with every value that it refers to itself, but for those of its frame.
    #[inline]
    pub(super) fn each_own(&self, visit: &mut impl FnMut(Value)) {
        visit(self.code_object);
        visit(self.origin);
        if let Some(names) = &self.names {
            visit(names.name);
            visit(names.qualname);
        }
    }

    fn each(&self, visit: &mut impl FnMut(Value)) {
        self.each_own(visit);
        if let GeneratorState::Suspended(frame) = &self.state {
            frame.each(visit);
        }
    }
}
