//! Built-in iterators as plain data: what they go over and how far they are.

use super::value::{Id, Value};

/// A built-in iterator. An exhausted one is [`Iter::Done`].
#[derive(Clone, Copy, Debug)]
pub enum Iter {
    /// Exhausted.
    Done,
    /// Items of a list or tuple by index.
    Sequence { of: Id, at: usize },
    /// Items of a list backwards; `left` items remain.
    ReverseList { of: Id, left: usize },
    /// Characters of a str by byte offset.
    Str { of: Id, at: usize },
    /// Bytes of a bytes or bytearray.
    Bytes { of: Id, at: usize },
    /// Machine-sized range: next value, step and how many are left.
    Range { next: i64, step: i64, left: u64 },
    /// A range beyond that: next value, step and how many are left, as ints.
    BigRange {
        next: Value,
        step: Value,
        left: Value,
    },
    /// Entries of a dict by position, with the size it had.
    Dict {
        of: Id,
        at: usize,
        size: usize,
        view: super::object::ViewKind,
    },
    /// Entries of a dict backwards: those before a position, with the size it had.
    ReverseDict {
        of: Id,
        before: usize,
        size: usize,
        view: super::object::ViewKind,
    },
    /// Keys of a set by table position, with the size it had.
    Set { of: Id, at: usize, size: usize },
    /// Items of a deque by index, with the count of changes it had.
    Deque { of: Id, at: usize, changes: u64 },
    /// The same backwards; `left` items remain.
    ReverseDeque { of: Id, left: usize, changes: u64 },
    /// `__getitem__` with 0, 1, 2 … until IndexError.
    GetItem { of: Value, at: i64 },
    /// The same backwards (`reversed`).
    ReverseGetItem { of: Value, left: i64 },
    /// `iter(callable, sentinel)`
    Callable { call: Value, sentinel: Value },
    /// `enumerate`; `next` is an int.
    Enumerate { of: Value, next: Value },
    /// `zip` over a tuple of iterators; `strict` raises on different lengths.
    Zip { of: Value, strict: bool },
    /// `map` over a tuple of iterators.
    Map {
        function: Value,
        of: Value,
        strict: bool,
    },
    /// `filter`
    Filter { function: Value, of: Value },
}

impl Iter {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        match *self {
            Self::Done | Self::Range { .. } => {}
            Self::Sequence { of, .. }
            | Self::ReverseList { of, .. }
            | Self::Str { of, .. }
            | Self::Bytes { of, .. } => {
                visit(of.into());
            }
            Self::Deque { of, .. } | Self::ReverseDeque { of, .. } => visit(of.into()),
            Self::Dict { of, .. } | Self::ReverseDict { of, .. } | Self::Set { of, .. } => {
                visit(of.into())
            }
            Self::BigRange { next, step, left } => [next, step, left].into_iter().for_each(visit),
            Self::GetItem { of, .. } | Self::ReverseGetItem { of, .. } | Self::Zip { of, .. } => {
                visit(of)
            }
            Self::Enumerate { of: a, next: b }
            | Self::Callable {
                call: a,
                sentinel: b,
            }
            | Self::Map {
                function: a, of: b, ..
            }
            | Self::Filter { function: a, of: b } => {
                visit(a);
                visit(b);
            }
        }
    }
}
