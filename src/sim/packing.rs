//! Values as few bytes: numbers take as many as they need, seven bits a byte, and a variant one byte for its position.
//! Only in memory and only within one build: files have the form that `docs/trace-format.md` describes.

use super::event::{
    FutureId, HandleId, Instant, JobId, LockId, LoopId, Outcome, PoolId, Seconds, TaskId, Text,
    Waitable,
};

/// More than one event takes.
const MOST: usize = 96;

/// Memory for one event, which a [`Buffer`] borrows: clearing it for each would be a call of its own in the page.
#[derive(Clone, Debug)]
pub(super) struct Scratch([u8; MOST]);

impl Default for Scratch {
    fn default() -> Self {
        Self([0; MOST])
    }
}

/// As many as most events take, or fewer.
const USUAL: usize = 16;

/// The bytes of one event, before they are appended to those of the others.
pub(super) struct Buffer<'a> {
    bytes: &'a mut [u8; MOST],
    len: usize,
}

impl<'a> Buffer<'a> {
    /// An empty one.
    #[inline]
    pub fn new(scratch: &'a mut Scratch) -> Self {
        Self {
            bytes: &mut scratch.0,
            len: 0,
        }
    }

    /// Appends a byte.
    #[inline(always)]
    pub fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// Keeps the place of a byte, to be filled later.
    #[inline]
    pub fn reserve(&mut self) -> usize {
        self.push(0);
        self.len - 1
    }

    /// Fills such a place.
    #[inline]
    pub fn fill(&mut self, place: usize, byte: u8) {
        self.bytes[place] = byte;
    }

    /// Appends what was appended here to all others. That of most events is copied as a piece of fixed length, which takes
    /// a few instructions, and then cut.
    #[inline]
    pub fn append_to(&self, all: &mut Vec<u8>) {
        let end = all.len() + self.len;
        match self.len <= USUAL {
            true => all.extend_from_slice(&self.bytes[..USUAL]),
            false => all.extend_from_slice(self.bytes),
        }
        all.truncate(end);
    }
}

/// What can be packed.
pub(super) trait Pack: Sized {
    /// Appends the value.
    fn pack(self, bytes: &mut Buffer);

    /// Takes a value off the front; `None` when that is not one.
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

/// Defines an enum without tuple variants that can be packed.
macro_rules! packed {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $(
                $(#[$doc:meta])*
                $variant:ident $({ $($field:ident: $type:ty),* $(,)? })?
            ),* $(,)?
        }
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$doc])* $variant $({ $($field: $type),* })?),*
        }

        const _: () = {
            use $crate::sim::packing::{Buffer, Pack};

            enum Position {
                $($variant),*
            }

            impl Pack for $name {
                #[inline(always)]
                fn pack(self, bytes: &mut Buffer) {
                    match self {
                        $(Self::$variant $({ $($field),* })? => {
                            bytes.push(Position::$variant as u8);
                            $($($field.pack(bytes);)*)?
                        })*
                    }
                }

                #[inline]
                fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                    let (&position, rest) = bytes.split_first()?;
                    *bytes = rest;
                    $(if position == Position::$variant as u8 {
                        return Some(Self::$variant $({ $($field: Pack::unpack(bytes)?),* })?);
                    })*
                    None
                }
            }
        };
    };
}
pub(super) use packed;

impl Pack for u64 {
    #[inline(always)]
    fn pack(mut self, bytes: &mut Buffer) {
        while self >= 0x80 {
            bytes.push(self as u8 | 0x80);
            self >>= 7;
        }
        bytes.push(self as u8);
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        match **bytes {
            [byte @ ..0x80, ref rest @ ..] => {
                *bytes = rest;
                Some(byte.into())
            }
            [low, high @ ..0x80, ref rest @ ..] => {
                *bytes = rest;
                Some(u64::from(low & 0x7f) | u64::from(high) << 7)
            }
            _ => unpack_long(bytes),
        }
    }
}

/// A number of more than two bytes.
fn unpack_long(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// What is packed as a number, and back.
macro_rules! as_number {
    ($($type:ty, $value:ident => $number:expr, $from:ident => $back:expr;)*) => {$(
        impl Pack for $type {
            #[inline]
            fn pack(self, bytes: &mut Buffer) {
                let $value = self;
                u64::pack($number, bytes);
            }

            #[inline]
            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                let $from = u64::unpack(bytes)?;
                Some($back)
            }
        }
    )*};
}

as_number! {
    u32, value => value.into(), number => number as Self;
    u16, value => value.into(), number => number as Self;
    i32, value => u64::from(value as u32), number => number as Self;
    Text, value => value.0.into(), number => Self(number as u32);
    TaskId, value => value.0.into(), number => Self(number as u32);
    FutureId, value => value.0.into(), number => Self(number as u32);
    HandleId, value => value.0.into(), number => Self(number as u32);
    JobId, value => value.0.into(), number => Self(number as u32);
    PoolId, value => value.0.into(), number => Self(number as u32);
    LoopId, value => value.0.into(), number => Self(number as u32);
    LockId, value => value.0.into(), number => Self(number as u32);
}

impl Pack for Seconds {
    #[inline]
    fn pack(self, bytes: &mut Buffer) {
        self.0
            .to_le_bytes()
            .into_iter()
            .for_each(|byte| bytes.push(byte));
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let (first, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(Self(f64::from_le_bytes(*first)))
    }
}

impl Pack for Instant {
    #[inline]
    fn pack(self, bytes: &mut Buffer) {
        self.ns.pack(bytes);
        self.hop.pack(bytes);
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self {
            ns: Pack::unpack(bytes)?,
            hop: Pack::unpack(bytes)?,
        })
    }
}

impl<T: Pack> Pack for Option<T> {
    #[inline]
    fn pack(self, bytes: &mut Buffer) {
        bytes.push(self.is_some().into());
        if let Some(value) = self {
            value.pack(bytes);
        }
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(match u32::unpack(bytes)? {
            0 => None,
            _ => Some(T::unpack(bytes)?),
        })
    }
}

impl Pack for Waitable {
    #[inline]
    fn pack(self, bytes: &mut Buffer) {
        let (position, number) = match self {
            Self::Task(id) => (0, id.0),
            Self::Future(id) => (1, id.0),
            Self::Job(id) => (2, id.0),
        };
        bytes.push(position);
        number.pack(bytes);
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let (position, number) = (u32::unpack(bytes)?, u32::unpack(bytes)?);
        Some(match position {
            0 => Self::Task(TaskId(number)),
            1 => Self::Future(FutureId(number)),
            _ => Self::Job(JobId(number)),
        })
    }
}

impl Pack for Outcome {
    #[inline]
    fn pack(self, bytes: &mut Buffer) {
        match self {
            Self::Cancelled => bytes.push(0),
            Self::Result(text) => {
                bytes.push(1);
                text.pack(bytes);
            }
            Self::Exception(text) => {
                bytes.push(2);
                text.pack(bytes);
            }
        }
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(match u32::unpack(bytes)? {
            0 => Self::Cancelled,
            1 => Self::Result(Pack::unpack(bytes)?),
            _ => Self::Exception(Pack::unpack(bytes)?),
        })
    }
}
