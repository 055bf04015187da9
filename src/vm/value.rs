//! A Python value: small ones inline, everything else by its number on the heap.

/// Number of an object on the heap. 0 is never an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

impl Id {
    /// No object, where one may be absent.
    pub const NONE: Self = Self(0);

    /// Is this no object?
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// A Python value, at most 16 bytes, copied freely. Copying does not count as a reference: see [`super::heap`].
#[derive(Clone, Copy, Debug, Default)]
pub enum Value {
    /// An unset variable or an absent argument; programs never see it.
    #[default]
    Unbound,
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `True` or `False`
    Bool(bool),
    /// An `int` that fits 64 bits; every such plain int is inline.
    Int(i64),
    /// A plain `float`.
    Float(f64),
    /// Anything else.
    Object(Id),
}

impl Value {
    /// The number of the heap object, if it is one.
    pub fn id(self) -> Option<Id> {
        match self {
            Self::Object(id) => Some(id),
            _ => None,
        }
    }

    /// Is it the placeholder for "nothing here"?
    pub fn is_unbound(self) -> bool {
        matches!(self, Self::Unbound)
    }

    /// Is it `None`?
    pub fn is_none(self) -> bool {
        matches!(self, Self::None)
    }

    /// `self is other`. Equal inline numbers are identical, as CPython's small and constant ones are.
    pub fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unbound, Self::Unbound)
            | (Self::None, Self::None)
            | (Self::NotImplemented, Self::NotImplemented)
            | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }

    /// The value, or `None` when it is unbound: for optional arguments that default to `None`.
    pub fn or_none(self) -> Self {
        if self.is_unbound() { Self::None } else { self }
    }

    /// The value unless it is unbound.
    pub fn bound(self) -> Option<Self> {
        (!self.is_unbound()).then_some(self)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Object(id)
    }
}
