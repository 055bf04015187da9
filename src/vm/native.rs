//! Built-in functions: how they are declared, what they are given, and how their arguments are bound.
//!
//! A built-in never calls Python. Where it needs Python code to run (`__eq__`, a key function, the next item of a
//! generator) it *asks* ([`super::machine::Vm::call`] and friends) and returns [`Trap::Ask`] with `?`; the machine runs the
//! code and then executes the whole instruction again, this time with the answer at hand. So a built-in must ask
//! before it changes anything, and must reach the same questions in the same order each time.

use super::frame::Fiber;
use super::machine::Vm;
use super::value::{Id, Value};
use std::rc::Rc;

/// Why an instruction did not complete.
#[derive(Clone, Copy, Debug)]
pub enum Trap {
    /// This exception is raised.
    Raise(Value),
    /// Python code has to run first; see [`super::machine::Question`].
    Ask,
    /// The kernel has to do it: its request of that number.
    Kernel(u16),
    /// The program uses something that is not supported: it ends, with a message.
    Refuse,
}

/// What a built-in gives.
pub type Outcome<T = Value> = Result<T, Trap>;

/// The code of a built-in.
#[derive(Clone, Copy)]
pub enum NativeCode {
    /// Needs only its arguments.
    Plain(fn(&mut Vm, &Args) -> Outcome),
    /// Also reads the frames of the running thread (`locals()`, `super()`, `sys.exc_info()` …).
    Frames(fn(&mut Vm, &mut Fiber, &[Value]) -> Outcome),
    /// A request to the kernel, with the request's number.
    Kernel(u16),
}

/// How a built-in is declared: in a `static` table of its module or class.
pub struct NativeDef {
    /// `__name__`
    pub name: &'static str,
    /// Its parameters as Python writes them, e.g. `iterable, /, *, key=None, reverse=False`; methods begin with
    /// `self`. Absent optional arguments arrive unbound, whatever default is written here.
    pub parameters: &'static str,
    /// The code.
    pub code: NativeCode,
}

impl std::fmt::Debug for NativeDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name, self.parameters)
    }
}

/// What a built-in is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// A function of a module.
    Function,
    /// A method of a class; binds to instances.
    Method,
    /// A special method of a class (`__add__`), shown as a slot wrapper.
    SlotWrapper,
    /// A computed attribute: called with the instance when it is read.
    Getter,
    /// A class method of a built-in class.
    ClassMethod,
    /// A static method (`__new__`, `str.maketrans`).
    StaticMethod,
}

/// A built-in function as it lies on the heap.
#[derive(Clone, Debug)]
pub struct Native {
    /// Its declaration.
    pub def: &'static NativeDef,
    /// Its parsed parameters.
    pub signature: Rc<Signature>,
    /// What it is.
    pub kind: NativeKind,
    /// The class it belongs to, or none.
    pub owner: Id,
    /// The name of its module, a str, or unbound.
    pub module: Value,
}

/// A shared [`Native`].
pub type NativeFunction = Rc<Native>;

/// The arguments of a built-in, bound to its parameters. Index 0 of a method is `self`.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// One value for each named parameter in order of declaration (keyword-only ones last), unbound where absent.
    pub fixed: &'a [Value],
    /// What `*args` takes.
    pub rest: &'a [Value],
    /// What `**kwargs` takes: names (str) and values.
    pub keywords: &'a [(Value, Value)],
}

impl Args<'_> {
    /// The argument of the n-th parameter; unbound when it is absent.
    pub fn get(&self, n: usize) -> Value {
        self.fixed.get(n).copied().unwrap_or_default()
    }

    /// The argument of the n-th parameter, if it was given.
    pub fn opt(&self, n: usize) -> Option<Value> {
        self.get(n).bound()
    }
}

impl std::ops::Index<usize> for Args<'_> {
    type Output = Value;

    fn index(&self, n: usize) -> &Value {
        self.fixed.get(n).unwrap_or(&Value::Unbound)
    }
}

/// Up to so many parameters are bound without asking for memory.
pub const FEW: usize = 8;

/// The parameters of a built-in.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// Names of the parameters that take one value, keyword-only ones last.
    pub names: Vec<&'static str>,
    /// How many of them are positional-only.
    pub positional_only: usize,
    /// How many of them can be given by position.
    pub positional: usize,
    /// How many of the positional ones have no default.
    pub required: usize,
    /// Is there `*args`?
    pub var_positional: bool,
    /// Is there `**kwargs`?
    pub var_keyword: bool,
    /// Is there a bare `*`? Behind the last parameter it says that C's way of taking arguments by name is used,
    /// although none has one.
    pub named_convention: bool,
}

impl Signature {
    /// Reads a parameter list as [`NativeDef::parameters`] has it.
    pub fn parse(parameters: &'static str) -> Self {
        let mut signature = Self::default();
        let mut keyword_only = false;
        for part in parameters
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part {
                "/" => signature.positional_only = signature.names.len(),
                "*" => (signature.named_convention, keyword_only) = (true, true),
                _ if part.starts_with("**") => signature.var_keyword = true,
                _ if part.starts_with('*') => {
                    (signature.var_positional, keyword_only) = (true, true)
                }
                _ => {
                    let (name, default) = part
                        .split_once('=')
                        .map_or((part, None), |(n, d)| (n, Some(d)));
                    signature.names.push(name.trim());
                    if !keyword_only {
                        signature.positional += 1;
                        signature.required += usize::from(default.is_none());
                    }
                }
            }
        }
        signature
    }

    /// Positional arguments apart: those for parameters of their own, and those behind them.
    pub fn split<'a>(&self, arguments: &'a [Value]) -> (&'a [Value], &'a [Value]) {
        arguments.split_at(arguments.len().min(self.positional))
    }

    /// Do so many positional arguments leave only optional parameters of few open?
    pub fn fits(&self, count: usize) -> bool {
        self.required <= count
            && (count <= self.positional || self.var_positional)
            && self.names.len() <= FEW
    }

    /// Do exactly these many positional arguments fill it, so that they can be passed as they lie?
    pub fn is_plain(&self, count: usize) -> bool {
        count == self.names.len()
            && count == self.positional
            && !self.var_positional
            && !self.var_keyword
    }
}
