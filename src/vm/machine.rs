//! The machine's state, and what built-ins use to make objects, to raise, and to ask for Python code to be run.

use super::class::{self, Class, Layout};
use super::due::Due;
use super::frame::{Answer, Catching};
use super::heap::Heap;
use super::interner::Interner;
use super::meter::Meter;
use super::native::{Outcome, Trap};
use super::object::{Exception, Payload};
use super::text::Text;
use super::value::{Id, Value};
use crate::bytecode::code::Source;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// What an instruction wants to have run before it goes on.
#[derive(Clone, Debug)]
pub enum Question {
    /// `callable(*arguments, **keywords)`
    Call {
        /// What is called.
        callable: Value,
        /// Positional arguments.
        arguments: Vec<Value>,
        /// Keyword arguments: names (str) and values.
        keywords: Vec<(Value, Value)>,
    },
    /// The body of a class runs in a namespace.
    Body {
        /// The function made of the body.
        function: Value,
        /// The mapping that takes its names.
        namespace: Value,
    },
    /// A generator or coroutine goes on.
    Resume {
        /// The generator.
        generator: Value,
        /// With what.
        input: Input,
    },
}

impl Question {
    /// What is thrown into a generator; unbound where nothing is.
    pub(super) fn thrown(&self) -> Value {
        match self {
            Self::Resume {
                input: Input::Throw(exception),
                ..
            } => *exception,
            _ => Value::default(),
        }
    }
}

/// What a suspended generator is resumed with.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// The result of its `yield`.
    Send(Value),
    /// An exception raised at its `yield`.
    Throw(Value),
}

/// What a resumed generator did.
#[derive(Clone, Copy, Debug)]
pub enum Resumed {
    /// It yielded.
    Yielded(Value),
    /// It returned.
    Returned(Value),
}

/// The answers to the questions of the instruction in progress.
#[derive(Clone, Debug, Default)]
pub(super) struct Dialogue {
    /// Answers so far, each a counted reference.
    pub answers: Vec<Answer>,
    /// How many of them this execution has used.
    pub used: usize,
    /// How many [`Vm::once`] it is inside of.
    pub making: u32,
    /// The question that interrupted it.
    pub question: Option<Question>,
    /// Does the question want to see exceptions?
    pub catching: Catching,
}

/// A line that user code reached, for stepping by line.
#[derive(Clone, Debug)]
pub struct LineMark {
    /// The line, from 1.
    pub line: u32,
    /// The qualified name of the function.
    pub function: Rc<str>,
    /// How much the thread had done before, since it was given the machine ([`Meter::spent`]).
    pub done: u64,
}

/// Bounds that keep a run finite.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Number of nested Python calls: `sys.getrecursionlimit()` and the one that starts a thread, which does not count.
    pub recursion: usize,
    /// Number of live heap objects.
    pub objects: usize,
    /// Largest size in bytes of a single string, bytes, list or int that an operation may make.
    pub bytes: usize,
    /// `sys.getswitchinterval()` in seconds.
    pub switch_interval: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            recursion: 1001,
            objects: 8_000_000,
            bytes: 1 << 28,
            switch_interval: 0.005,
        }
    }
}

/// Things that are kept for their memory alone: no part of the machine's state, so a clone has none.
#[derive(Debug)]
pub(super) struct Spare<T>(Vec<T>);

impl<T> Default for Spare<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Clone for Spare<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> Deref for Spare<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Spare<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

/// The strs that names are compared with, by their texts.
#[derive(Clone, Debug, Default)]
pub(super) struct InternedStrs {
    texts: Interner,
    /// By the number of the text.
    ids: Vec<Id>,
}

impl InternedStrs {
    /// The str with a text, if there is one.
    pub fn get(&self, text: &str) -> Option<Id> {
        let number = self.texts.find(text)?;
        self.ids.get(number as usize).copied()
    }

    /// Adds the str with a new text.
    pub fn add(&mut self, text: &str, id: Id) {
        self.texts.number(text);
        self.ids.push(id);
    }

    /// All of them.
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }
}

/// Where imports find the Python-level library.
pub type Library = fn(&str) -> Option<Rc<Source>>;

/// The machine: everything that Python code can refer to, except the threads' stacks. A plain value; cloning it is a
/// snapshot.
#[derive(Clone, Debug)]
pub struct Vm {
    /// The objects.
    pub heap: Heap,
    /// The dict of built-in names.
    pub builtins: Id,
    /// `sys.modules`
    pub modules: Id,
    /// Instructions executed so far.
    pub executed: u64,
    /// At how many of them the run loop comes back.
    pub(super) stop: u64,
    /// What of that takes time, and what takes more.
    pub meter: Meter,
    /// Lines reached since the kernel last looked.
    pub lines: Vec<LineMark>,
    /// Are lines reported?
    pub report_lines: bool,
    /// Were so many lines reported that the kernel leaves out further ones for now?
    pub lines_muted: bool,
    /// At how many reported lines the run loop comes back at once.
    pub line_stop: usize,
    /// Bounds.
    pub limits: Limits,
    /// Where imports look.
    pub library: Library,
    /// How the collector looks through the kernel's objects.
    pub parts: super::collect::PartsOf,
    /// Makes what the kernel has not made of one of its objects, as nobody has looked at it.
    pub complete: fn(&mut Vm, Id),
    /// The kernel's class of contexts.
    pub context_class: Id,
    /// What it knows of what is no object here.
    pub(super) ages: super::collect::Ages,
    /// The seed that `random` begins with.
    pub seed: u64,
    /// The text of the running program.
    pub program: Option<Rc<Source>>,
    /// What has to be run before the next instruction, on behalf of objects that died.
    pub(super) due: VecDeque<Due>,
    /// Weak references.
    pub weakrefs: super::weak_references::WeakReferences,
    /// Classes derived from each class, dead ones included.
    pub subclasses: BTreeMap<Id, Vec<Id>>,
    /// Code objects of generator functions that `types.coroutine` made awaitable.
    pub iterable_coroutines: super::marks::Marks,
    /// Where imports look for native modules.
    pub native_modules: super::bootstrap::NativeModules,
    /// Python functions that stand in where a built-in needs Python code, by name; see `stdlib/_builtins.py`.
    pub helpers: Id,
    /// `()`
    pub(super) empty_tuple: Id,
    /// Where the library's module of asyncio's exceptions was found the last time, and an exception in it.
    pub exceptions_found: [Cell<u32>; 2],
    /// `sys.set_asyncgen_hooks`: firstiter and finalizer.
    pub async_hooks: [Value; 2],
    /// An exception that was raised before and that a built-in raises again, as its own: it gets a new context.
    pub raised_again: Id,
    /// `sys.set_coroutine_origin_tracking_depth`
    pub origin_depth: u32,
    /// How many objects that are not a number were made from other things than numbers.
    pub(super) nans: u32,
    /// The memoryviews of bytearrays, dead ones included.
    pub(super) views: Vec<Id>,
    /// Objects that live although their finaliser has run.
    pub(super) finalized: super::marks::Marks,
    /// Objects of which the host wants to know when they are freed …
    pub watched: super::marks::Marks,
    /// … and those that were.
    pub gone: Vec<Id>,
    /// What the host's awaitables are awaited with.
    pub awaiting: super::wait::Awaiting,
    /// May the host do what coroutines of the library would do ([`super::fold`])?
    pub folds: bool,
    /// What the host made of the last one.
    pub fold_step: super::fold::Step,
    /// Did it leave the last one to be made?
    pub(super) refuses_fold: bool,
    /// The nap that those share who have one, or any other object.
    pub(super) nap: Id,
    /// The function that calls something for [`Vm::start_call`].
    pub(super) trampoline: Value,
    pub(super) interned: Rc<InternedStrs>,
    pub(super) lookups: super::lookup::Lookups,
    /// What is being let go of; empty between instructions, kept for its memory.
    pub(super) dying: Spare<Id>,
    /// Frames that are gone, kept for their memory.
    pub(super) spare_frames: Spare<Box<super::frame::Frame>>,
    /// Requests that were performed, kept for their memory.
    pub(super) spare_requests: Spare<Box<super::exit::Request>>,
    pub(super) dialogue: Dialogue,
    pub(super) nesting: super::nesting::Nesting,
    /// Why an instruction that was tried the quick way did not come to its end.
    pub(super) trap: Option<super::native::Trap>,
    /// The request to the kernel that a built-in just made.
    pub(super) request: Option<Box<super::exit::Request>>,
    /// Why the program is refused, once it is.
    pub(super) refusal: Option<String>,
    /// Values kept alive by the machine itself (the built-in classes and names).
    pub(super) permanent: Rc<Vec<Value>>,
}

/// Making objects. None of them counts a reference to the new object: it lives until the instruction ends, or as
/// long as something holds it.
impl Vm {
    /// A new str.
    pub fn str(&mut self, text: impl Into<Box<str>>) -> Value {
        let text = text.into();
        if text.is_empty() {
            return super::names::EMPTY;
        }
        self.work_on_bytes(text.len());
        self.heap
            .alloc(class::STR, Payload::Str(Text::new(text)))
            .into()
    }

    /// The one str with this text that names are compared with.
    pub fn intern(&mut self, text: &str) -> Value {
        if let Some(known) = self.interned.get(text) {
            return known.into();
        }
        let id = self
            .heap
            .alloc(class::STR, Payload::Str(Text::interned(text)));
        self.heap.retain(id.into());
        Rc::make_mut(&mut self.interned).add(text, id);
        id.into()
    }

    /// A new int, inline if it fits.
    pub fn int(&mut self, value: impl Into<BigInt>) -> Value {
        let value = value.into();
        match value.to_i64() {
            Some(small) => Value::Int(small),
            None => {
                self.work_on_bytes((value.bits() / 8) as usize);
                self.object(class::INT, Payload::Int(Rc::new(value)))
            }
        }
    }

    /// A new bytes.
    pub fn bytes(&mut self, bytes: impl Into<Rc<[u8]>>) -> Value {
        let bytes = bytes.into();
        self.work_on_bytes(bytes.len());
        self.object(class::BYTES, Payload::Bytes(bytes))
    }

    /// A new complex.
    pub fn complex(&mut self, real: f64, imaginary: f64) -> Value {
        self.heap
            .alloc(class::COMPLEX, Payload::Complex(real, imaginary))
            .into()
    }

    /// A new list.
    pub fn list(&mut self, items: Vec<Value>) -> Value {
        self.work_on_items(items.len());
        self.heap
            .alloc(class::LIST, Payload::List(Rc::new(items)))
            .into()
    }

    /// A new tuple.
    pub fn tuple(&mut self, items: impl Into<Rc<[Value]>>) -> Value {
        let items = items.into();
        if items.is_empty() {
            return self.empty_tuple.into();
        }
        self.work_on_items(items.len());
        self.object(class::TUPLE, Payload::Tuple(items))
    }

    /// A new empty dict.
    pub fn dict(&mut self) -> Id {
        self.heap.alloc(class::DICT, Payload::Dict(Rc::default()))
    }

    /// A new empty set.
    pub fn set(&mut self) -> Id {
        self.heap.alloc(class::SET, Payload::Set(Rc::default()))
    }

    /// A new object of a class with a content.
    pub fn object(&mut self, class: Id, payload: Payload) -> Value {
        self.heap.alloc(class, payload).into()
    }
}

/// Looking at values without running code. Subclasses count as their built-in base.
impl Vm {
    /// `type(value)`
    pub fn class_of(&self, value: Value) -> Id {
        match value {
            Value::Unbound | Value::None => class::NONE_TYPE,
            Value::NotImplemented => class::NOT_IMPLEMENTED_TYPE,
            Value::Ellipsis => class::ELLIPSIS,
            Value::Bool(_) => class::BOOL,
            Value::Int(_) => class::INT,
            Value::Float(_) => class::FLOAT,
            Value::Object(id) => self.heap.get(id).class,
        }
    }

    /// The content of a class object.
    pub fn class(&self, id: Id) -> Option<&Class> {
        match self.heap.payload(id) {
            Payload::Class(class) => Some(class),
            _ => None,
        }
    }

    /// What messages call the class of a value: CPython's `tp_name`.
    pub fn class_name(&self, value: Value) -> &str {
        self.name_of_class(self.class_of(value))
    }

    /// What messages call a class: CPython's `tp_name`.
    pub fn name_of_class(&self, id: Id) -> &str {
        self.class(id)
            .and_then(|class| self.as_str(class.type_name))
            .unwrap_or("?")
    }

    /// `type(value).__name__`
    pub fn short_class_name(&self, value: Value) -> &str {
        self.short_name_of_class(self.class_of(value))
    }

    /// `cls.__name__`
    pub fn short_name_of_class(&self, id: Id) -> &str {
        self.class(id)
            .and_then(|class| self.as_str(class.name))
            .unwrap_or("?")
    }

    /// Is `derived` the class `base` or derived from it (by its mro alone)?
    pub fn is_subclass(&self, derived: Id, base: Id) -> bool {
        derived == base
            || self
                .class(derived)
                .is_some_and(|class| class.mro.contains(&base))
    }

    /// Is the value an instance of the class (by its class's mro alone)?
    pub fn is_instance(&self, value: Value, class: Id) -> bool {
        self.is_subclass(self.class_of(value), class)
    }

    /// What the instances of the value's class hold.
    pub fn layout(&self, value: Value) -> Layout {
        self.class(self.class_of(value))
            .map_or(Layout::Plain, |class| class.layout)
    }

    /// The text of a str.
    pub fn as_str(&self, value: Value) -> Option<&str> {
        self.as_text(value).map(|text| text.as_str())
    }

    /// The text of a str with its length and hash.
    pub fn as_text(&self, value: Value) -> Option<&Rc<Text>> {
        match self.heap.content(value)? {
            Payload::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an int (or bool) that fits 64 bits.
    #[inline]
    pub fn as_i64(&self, value: Value) -> Option<i64> {
        match value {
            Value::Int(value) => Some(value),
            Value::Bool(value) => Some(value.into()),
            _ => match self.heap.content(value)? {
                Payload::Int(value) => value.to_i64(),
                _ => None,
            },
        }
    }

    /// The value of an int (or bool) of any size.
    pub fn as_big(&self, value: Value) -> Option<BigInt> {
        match value {
            Value::Int(value) => Some(value.into()),
            Value::Bool(value) => Some(i64::from(value).into()),
            _ => match self.heap.content(value)? {
                Payload::Int(value) => Some(value.as_ref().clone()),
                _ => None,
            },
        }
    }

    /// The value of a float (not of an int).
    pub fn as_float(&self, value: Value) -> Option<f64> {
        match value {
            Value::Float(value) => Some(value),
            _ => match self.heap.content(value)? {
                Payload::Float(value) => Some(*value),
                _ => None,
            },
        }
    }

    /// The items of a list or tuple.
    pub fn items(&self, value: Value) -> Option<&[Value]> {
        value.id().and_then(|id| self.heap.items(id))
    }

    /// The items of a tuple.
    pub fn as_tuple(&self, value: Value) -> Option<&Rc<[Value]>> {
        match self.heap.content(value)? {
            Payload::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The content of bytes or bytearray, or what a memoryview shows of it.
    pub fn as_bytes(&self, value: Value) -> Option<&[u8]> {
        match self.heap.content(value)? {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::ByteArray(bytes) => Some(bytes),
            Payload::Record(_) => {
                let view = value
                    .id()
                    .filter(|&id| self.heap.get(id).class == class::MEMORYVIEW)?;
                self.bytes_of_view(view)
            }
            _ => None,
        }
    }
}

/// Raising.
impl Vm {
    /// A new exception of a built-in class with one message.
    pub fn exception(&mut self, class: Id, message: &str) -> Value {
        let message = self.str(message);
        self.exception_with(class, &[message])
    }

    /// A new exception of a built-in class with these arguments.
    pub fn exception_with(&mut self, class: Id, arguments: &[Value]) -> Value {
        let args = self.tuple(arguments);
        let (traceback, cause, context) = (Value::None, Value::None, Value::None);
        let content = Exception {
            args,
            traceback,
            cause,
            context,
            suppress_context: false,
        };
        self.object(class, Payload::Exception(Rc::new(content)))
    }

    /// Raises an exception of a built-in class with a message.
    pub fn raise<T>(&mut self, class: Id, message: impl AsRef<str>) -> Outcome<T> {
        Err(Trap::Raise(self.exception(class, message.as_ref())))
    }

    /// Raises an exception of a built-in class with these arguments.
    pub fn raise_with<T>(&mut self, class: Id, arguments: &[Value]) -> Outcome<T> {
        Err(Trap::Raise(self.exception_with(class, arguments)))
    }

    /// `raise TypeError(message)`
    pub fn type_error<T>(&mut self, message: impl AsRef<str>) -> Outcome<T> {
        self.raise(class::TYPE_ERROR, message)
    }

    /// `raise ValueError(message)`
    pub fn value_error<T>(&mut self, message: impl AsRef<str>) -> Outcome<T> {
        self.raise(class::VALUE_ERROR, message)
    }
}

/// Asking for Python code to be run. Each of these returns at once when the answer is at hand, and otherwise traps so
/// that the machine can run the code and then execute the instruction again.
impl Vm {
    /// `callable(*arguments)`
    pub fn call(&mut self, callable: Value, arguments: &[Value]) -> Outcome {
        self.call_with(callable, arguments, &[])
    }

    /// `callable(*arguments, **keywords)`
    pub fn call_with(
        &mut self,
        callable: Value,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        if let Some(answer) = self.next_answer() {
            return Ok(answer.value());
        }
        self.ask(callable, arguments, keywords, Catching::Nothing)
    }

    /// `callable(*arguments)`, with an exception as a value: `Ok(Err(exception))`.
    pub fn try_call(
        &mut self,
        callable: Value,
        arguments: &[Value],
    ) -> Outcome<Result<Value, Value>> {
        self.try_call_with(callable, arguments, &[])
    }

    /// `callable(*arguments, **keywords)`, with an exception as a value.
    pub fn try_call_with(
        &mut self,
        callable: Value,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome<Result<Value, Value>> {
        match self.next_answer() {
            Some(Answer::Raised(exception)) => Ok(Err(exception)),
            Some(answer) => Ok(Ok(answer.value())),
            None => self.ask(callable, arguments, keywords, Catching::All),
        }
    }

    /// Resumes a generator or coroutine.
    pub fn resume(&mut self, generator: Value, input: Input) -> Outcome<Resumed> {
        match self.next_answer() {
            Some(Answer::Finished(value)) => Ok(Resumed::Returned(value)),
            Some(answer) => Ok(Resumed::Yielded(answer.value())),
            None => self.pose(Question::Resume { generator, input }, Catching::Nothing),
        }
    }

    /// The same, with an exception as a value.
    pub fn try_resume(
        &mut self,
        generator: Value,
        input: Input,
    ) -> Outcome<Result<Resumed, Value>> {
        match self.next_answer() {
            Some(Answer::Finished(value)) => Ok(Ok(Resumed::Returned(value))),
            Some(Answer::Raised(exception)) => Ok(Err(exception)),
            Some(answer) => Ok(Ok(Resumed::Yielded(answer.value()))),
            None => self.pose(Question::Resume { generator, input }, Catching::All),
        }
    }

    /// Makes something once, however often the instruction is executed again: for objects that a later question of
    /// the same instruction hands to Python code, and for changes that must not be repeated.
    /// `make` may ask, too: then it is executed again until it is complete, and its questions are forgotten.
    pub fn once(&mut self, make: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let (start, depth) = (self.dialogue.used, self.dialogue.making);
        if let Some(&Answer::Made(value, by)) = self.dialogue.answers.get(start)
            && by == depth
        {
            self.dialogue.used += 1;
            return Ok(value);
        }
        self.dialogue.making += 1;
        let made = make(self);
        self.dialogue.making -= 1;
        let made = made?;
        self.heap.retain(made);
        self.drop_answers_from(start);
        self.dialogue.answers.push(Answer::Made(made, depth));
        self.dialogue.used = start + 1;
        Ok(made)
    }

    /// Is this point of the instruction passed for the first time? What must happen once before a later question
    /// happens then.
    pub fn passes_first(&mut self) -> bool {
        let (at, depth) = (self.dialogue.used, self.dialogue.making);
        self.dialogue.used += 1;
        match self.dialogue.answers.get(at) {
            Some(&Answer::Made(_, by)) if by == depth => false,
            _ => {
                self.drop_answers_from(at);
                self.dialogue.answers.push(Answer::Made(Value::None, depth));
                true
            }
        }
    }

    #[inline]
    fn drop_answers_from(&mut self, at: usize) {
        if at >= self.dialogue.answers.len() {
            return;
        }
        for answer in self.dialogue.answers.drain(at..) {
            self.heap.release(answer.value());
        }
    }

    /// Forgets the answers so far: an instruction is complete, or a request of many parts begins with the next one.
    #[inline]
    pub fn forget_answers(&mut self) {
        self.dialogue.used = 0;
        self.drop_answers_from(0);
    }

    /// Calls one of the Python functions that stand in for built-ins (`stdlib/_builtins.py`).
    pub fn helper(&mut self, name: &str, arguments: &[Value]) -> Outcome {
        let key = self.intern(name);
        match self.dict_get_name(self.helpers, key) {
            Some(function) => self.call(function, arguments),
            None => self.raise(class::SYSTEM_ERROR, format!("the library lacks {name}")),
        }
    }

    /// Runs the body of a class.
    pub fn run_body(&mut self, function: Value, namespace: Value) -> Outcome {
        match self.next_answer() {
            Some(answer) => Ok(answer.value()),
            None => self.pose(
                Question::Body {
                    function,
                    namespace,
                },
                Catching::Nothing,
            ),
        }
    }

    /// Ends the program: it uses something that is not supported.
    pub fn refuse<T>(&mut self, feature: impl Into<String>) -> Outcome<T> {
        self.refusal = Some(feature.into());
        Err(Trap::Refuse)
    }

    /// Is this instruction being executed again, with an answer that is still to be used?
    pub fn in_dialogue(&self) -> bool {
        self.dialogue.used < self.dialogue.answers.len()
    }

    /// The answer that the next question of this instruction gets, if it was answered already.
    pub(super) fn waiting_answer(&self) -> Option<Answer> {
        self.dialogue.answers.get(self.dialogue.used).copied()
    }

    fn next_answer(&mut self) -> Option<Answer> {
        let answer = self.dialogue.answers.get(self.dialogue.used).copied()?;
        self.dialogue.used += 1;
        Some(answer)
    }

    fn ask<T>(
        &mut self,
        callable: Value,
        arguments: &[Value],
        keywords: &[(Value, Value)],
        catching: Catching,
    ) -> Outcome<T> {
        let (arguments, keywords) = (arguments.to_vec(), keywords.to_vec());
        self.pose(
            Question::Call {
                callable,
                arguments,
                keywords,
            },
            catching,
        )
    }

    fn pose<T>(&mut self, question: Question, catching: Catching) -> Outcome<T> {
        self.dialogue.question = Some(question);
        self.dialogue.catching = catching;
        Err(Trap::Ask)
    }
}
