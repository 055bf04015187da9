//! A compiled code object: instructions with their constants, names, places in the source, and handlers.

use super::op::{Op, Slot, Target};
use crate::syntax::Warning;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Who wrote a source text; decides what tracebacks and stepping show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user's program.
    User,
    /// A text that the program compiles: it has no file, so tracebacks show no lines of it.
    Text,
    /// A text like that of which the module `linecache` knows the lines.
    KnownText,
    /// Our Python-level library where CPython's is Python too: tracebacks name it, stepping skips it.
    Library,
    /// Python code that stands for what CPython writes in C: invisible in tracebacks.
    Builtin,
}

/// A source text with its name and the beginnings of its lines.
#[derive(Debug, PartialEq)]
pub struct Source {
    /// The file name that tracebacks show, such as `program.py` or `asyncio/tasks.py`.
    pub name: Rc<str>,
    /// The dotted name of the module, `__main__` for the program.
    pub module: Rc<str>,
    /// The whole text.
    pub text: Rc<str>,
    /// Who wrote it.
    pub origin: Origin,
    /// Is it a module of asyncio? The kernel asks that at each request.
    pub of_asyncio: bool,
    /// Byte offset of the beginning of each line.
    line_starts: Vec<u32>,
}

impl Source {
    /// A source text; computes the beginnings of its lines.
    pub fn new(name: &str, module: &str, text: &str, origin: Origin) -> Rc<Self> {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at as u32 + 1))
            .collect();
        Rc::new(Self {
            name: name.into(),
            module: module.into(),
            text: text.into(),
            origin,
            of_asyncio: module.starts_with("asyncio"),
            line_starts,
        })
    }

    /// Is it part of our library?
    pub fn is_library(&self) -> bool {
        matches!(self.origin, Origin::Library | Origin::Builtin)
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// The byte offset of the beginning of a line (from 1); the end of the text past its last line.
    pub fn line_start(&self, line: u32) -> u32 {
        let start = self.line_starts.get((line as usize).wrapping_sub(1));
        start.copied().unwrap_or(self.text.len() as u32)
    }

    /// The column of a byte offset in characters, from 0.
    pub fn column(&self, offset: u32) -> u32 {
        let start = self
            .line_starts
            .get(self.line(offset).saturating_sub(1) as usize)
            .copied()
            .unwrap_or(0);
        self.text
            .get(start as usize..offset as usize)
            .map_or(0, |part| part.chars().count() as u32)
    }

    /// The text of a line (from 1) without its newline; empty past the end.
    pub fn line_text(&self, line: u32) -> &str {
        let start = self
            .line_starts
            .get((line as usize).wrapping_sub(1))
            .copied()
            .unwrap_or(self.text.len() as u32);
        self.text
            .get(start as usize..)
            .unwrap_or("")
            .lines()
            .next()
            .unwrap_or("")
    }
}

/// A range of the source in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// What kind of frame the code makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A module; its namespace is its globals.
    Module,
    /// The body of a class; has a namespace of its own.
    Class,
    /// A function (also a lambda).
    Function,
    /// A generator function or generator expression.
    Generator,
    /// `async def`
    Coroutine,
    /// `async def` with `yield`, or an asynchronous generator expression.
    AsyncGenerator,
}

/// A constant, before the machine makes a value of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// `...`
    Ellipsis,
    /// An integer that fits 64 bits.
    Int(i64),
    /// A larger one.
    BigInt(Rc<num_bigint::BigInt>),
    /// A float.
    Float(f64),
    /// An imaginary literal.
    Imaginary(f64),
    /// A string.
    Str(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A tuple of constants.
    Tuple(Rc<[Const]>),
    /// A frozenset of constants (for `x in {1, 2}`).
    FrozenSet(Rc<[Const]>),
    /// A nested code object.
    Code(CodeRef),
}

/// A shared code object; two are equal only if they are the same.
#[derive(Clone, Debug)]
pub struct CodeRef(pub Rc<Code>);

impl PartialEq for CodeRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// One entry of the exception table. The innermost handler of a place is the *last* entry that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First protected instruction.
    pub start: Target,
    /// Behind the last one.
    pub end: Target,
    /// Where the handler begins.
    pub target: Target,
    /// Number of operands that stay on the stack (without the frame's slots) before the exception is pushed.
    pub depth: u32,
}

/// The parameters of a function, as numbers of slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Positional parameters, positional-only ones included.
    pub positional: u32,
    /// How many of them are positional-only.
    pub positional_only: u32,
    /// Keyword-only parameters; their slots follow the positional ones.
    pub keyword_only: u32,
    /// `*args`: its slot follows the keyword-only ones.
    pub var_positional: bool,
    /// `**kwargs`: its slot follows that.
    pub var_keyword: bool,
}

/// A compiled code object. Slots: locals, then cells, then free variables.
#[derive(Debug)]
pub struct Code {
    /// `co_name`
    pub name: Rc<str>,
    /// `co_qualname`
    pub qualname: Rc<str>,
    /// What frame it makes.
    pub kind: CodeKind,
    /// The text it was compiled from.
    pub source: Rc<Source>,
    /// The line of `def`, `class` or the first decorator, from 1.
    pub first_line: u32,
    /// Its parameters.
    pub parameters: Parameters,
    /// Names of the local slots, parameters first.
    pub locals: Vec<Rc<str>>,
    /// Names of the cell slots, which follow the locals. A parameter captured by an inner function is a local whose
    /// slot is turned into a cell in place by `MakeCell` at the start; it is *not* listed here.
    pub cells: Vec<Rc<str>>,
    /// Names of the free-variable slots, which follow the cells; filled from the function's closure.
    pub frees: Vec<Rc<str>>,
    /// Names for attributes, globals and imports.
    pub names: Vec<Rc<str>>,
    /// Constants.
    pub consts: Vec<Const>,
    /// The docstring, if there is one.
    pub doc: Option<Rc<str>>,
    /// The instructions.
    pub ops: Vec<Op>,
    /// The place of each instruction in the source.
    pub spans: Vec<Span>,
    /// The line of each instruction, from 1; 0 for instructions that belong to no line.
    pub lines: Vec<u32>,
    /// For instructions of binary operators, subscripts and calls: the part of their span that a traceback marks
    /// with `^` (the rest gets `~`).
    pub anchors: BTreeMap<Target, Span>,
    /// The exception table.
    pub handlers: Vec<Handler>,
    /// The largest number of operands.
    pub max_stack: u32,
    /// What Python warns about in the text; only the code of a whole text has them.
    pub warnings: Vec<Warning>,
}

impl Code {
    /// Number of variable slots of a frame.
    pub fn slots(&self) -> usize {
        self.locals.len() + self.cells.len() + self.frees.len()
    }

    /// `co_cellvars`: names of the variables that inner functions capture, parameters first.
    pub fn captured(&self) -> Vec<Rc<str>> {
        let parameters = self.ops.iter().filter_map(|op| match *op {
            Op::MakeCell(slot) => self.locals.get(slot as usize),
            _ => None,
        });
        parameters.chain(&self.cells).cloned().collect()
    }

    /// The line of an instruction; the first line, where the code begins, for a place outside.
    pub fn line_at(&self, pc: u32) -> u32 {
        let line = self.lines.get(pc as usize).copied();
        line.unwrap_or(self.first_line)
    }

    /// The name of the variable in a slot; empty for a number out of range.
    pub fn slot_name(&self, slot: Slot) -> &str {
        let mut all = self.locals.iter().chain(&self.cells).chain(&self.frees);
        all.nth(slot as usize).map_or("", |name| name)
    }

    /// The innermost handler that protects an instruction.
    pub fn handler(&self, at: Target) -> Option<&Handler> {
        self.handlers
            .iter()
            .rev()
            .find(|handler| (handler.start..handler.end).contains(&at))
    }
}
