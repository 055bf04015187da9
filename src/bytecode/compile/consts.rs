//! The constants of a code object, each once.

use crate::bytecode::code::Const;
use crate::bytecode::op::ConstIndex;
use num_bigint::BigInt;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What makes two constants the same: type and exact value (`1`, `1.0` and `True` are three, `0.0` and `-0.0` two).
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    None,
    Bool(bool),
    Ellipsis,
    Int(i64),
    BigInt(Rc<BigInt>),
    Float(u64),
    Imaginary(u64),
    Str(Rc<str>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Key>),
    FrozenSet(Vec<Key>),
}

impl Key {
    /// Code objects have no key: each is a constant of its own.
    fn new(value: &Const) -> Option<Self> {
        Some(match value {
            Const::None => Self::None,
            Const::Bool(value) => Self::Bool(*value),
            Const::Ellipsis => Self::Ellipsis,
            Const::Int(value) => Self::Int(*value),
            Const::BigInt(value) => Self::BigInt(value.clone()),
            Const::Float(value) => Self::Float(value.to_bits()),
            Const::Imaginary(value) => Self::Imaginary(value.to_bits()),
            Const::Str(value) => Self::Str(value.clone()),
            Const::Bytes(value) => Self::Bytes(value.clone()),
            Const::Tuple(items) => Self::Tuple(items.iter().map(Self::new).collect::<Option<_>>()?),
            Const::FrozenSet(items) => {
                Self::FrozenSet(items.iter().map(Self::new).collect::<Option<_>>()?)
            }
            Const::Code(_) => return None,
        })
    }
}

/// The constants of a code object.
#[derive(Default)]
pub(super) struct Consts {
    values: Vec<Const>,
    indexes: BTreeMap<Key, ConstIndex>,
}

impl Consts {
    /// The index of a constant, which is added if it is new.
    pub fn index(&mut self, value: Const) -> ConstIndex {
        let next = self.values.len() as ConstIndex;
        let index = match Key::new(&value) {
            Some(key) => *self.indexes.entry(key).or_insert(next),
            None => next,
        };
        if index == next {
            self.values.push(value);
        }
        index
    }

    /// All of them, in order.
    pub fn into_values(self) -> Vec<Const> {
        self.values
    }
}
