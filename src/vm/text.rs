//! The content of a `str`: UTF-8 with the number of code points and the cached hash beside it.

use crate::syntax::surrogate::code_of;
use siphasher::sip::SipHasher13;
use std::cell::Cell;
use std::hash::Hasher;
use std::rc::Rc;

/// An immutable text. The cached hash is a function of the text, so sharing it between snapshots is harmless.
#[derive(Debug)]
pub struct Text {
    text: Box<str>,
    chars: usize,
    hash: Cell<Option<i64>>,
    interned: bool,
}

impl Text {
    /// A text; counts its code points.
    pub fn new(text: impl Into<Box<str>>) -> Rc<Self> {
        Rc::new(Self::of(text.into(), false))
    }

    /// The text of the one str that names with this text are compared with.
    pub fn interned(text: &str) -> Rc<Self> {
        Rc::new(Self::of(text.into(), true))
    }

    fn of(text: Box<str>, interned: bool) -> Self {
        Self {
            chars: text.chars().count(),
            text,
            hash: Cell::new(None),
            interned,
        }
    }

    /// Is it the text of an interned str? Those stay for ever.
    pub fn is_interned(&self) -> bool {
        self.interned
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `len()`: the number of code points.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Are all code points ASCII (so that byte offsets are indexes)?
    pub fn is_ascii(&self) -> bool {
        self.chars == self.text.len()
    }

    /// The byte offset of the code point at an index, which may be the length.
    pub fn offset(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index.min(self.text.len());
        }
        self.text
            .char_indices()
            .nth(index)
            .map_or(self.text.len(), |(at, _)| at)
    }

    /// The code point at an index.
    pub fn char_at(&self, index: usize) -> Option<char> {
        if self.is_ascii() {
            return self.text.as_bytes().get(index).map(|&byte| byte as char);
        }
        self.text.chars().nth(index)
    }

    /// `hash()` as CPython has it with `PYTHONHASHSEED=0`: SipHash-1-3 over the 1-, 2- or 4-byte storage.
    pub fn hash(&self) -> i64 {
        if let Some(known) = self.hash.get() {
            return known;
        }
        let hash = hash_str(&self.text);
        self.hash.set(Some(hash));
        hash
    }
}

fn hash_str(text: &str) -> i64 {
    let widest = text.chars().map(code_of).max().unwrap_or(0);
    if widest < 0x80 {
        return hash_bytes(text.as_bytes());
    }
    let stored: Vec<u8> = match widest {
        0..=0xff => text.chars().map(|c| c as u8).collect(),
        0x100..=0xffff => text
            .chars()
            .flat_map(|c| (code_of(c) as u16).to_le_bytes())
            .collect(),
        _ => text
            .chars()
            .flat_map(|c| code_of(c).to_le_bytes())
            .collect(),
    };
    hash_bytes(&stored)
}

/// The hash of a `bytes` object.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    hasher.write(bytes);
    match hasher.finish() as i64 {
        -1 => -2,
        hash => hash,
    }
}
