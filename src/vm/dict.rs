//! The table behind `dict`, module namespaces and attributes: entries in insertion order, found through an index.
//!
//! The table knows nothing of Python equality: a look-up yields candidates with an equal hash, and the caller decides.
//! It does not count references either; [`super::heap::Heap`] wraps each change that does.

use super::value::{Id, Value};
use std::cell::Cell;

/// One entry; deleted ones have an unbound key.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `hash(key)`
    pub hash: i64,
    /// The key.
    pub key: Value,
    /// The value.
    pub value: Value,
}

/// Position of an entry in insertion order, deleted ones included.
pub type Position = usize;

const EMPTY: u32 = u32::MAX;
/// Below this many entries a scan beats an index.
const SMALL: usize = 8;

/// Keys and values in insertion order.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    entries: Vec<Entry>,
    /// Open addressing, a power of two, at most two thirds full; empty for small tables.
    index: Vec<u32>,
    live: usize,
    /// A bit for each hash that is or was there. Most attributes that are looked for in an instance are those of its
    /// class, and one look tells that they are not here.
    hashes: u64,
    /// What of it is remembered outside. A hint that only costs time when it is wrong, hence the cell.
    watch: Cell<Watch>,
}

/// What of a table is remembered outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Watch {
    /// Nothing.
    #[default]
    Nothing,
    /// Positions of its keys, and that it lacks some.
    Keys,
    /// Its values as well, as far as they lie on the heap.
    Values,
}

/// An ongoing look-up: yields positions of entries whose hash is equal.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    hash: i64,
    at: usize,
}

impl Dict {
    /// Number of live entries.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Has it no entries?
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// From now on, such changes have to be told; see [`super::lookup`].
    pub fn watch(&self, watch: Watch) {
        self.watch.set(self.watch.get().max(watch));
    }

    /// Do changes of its keys have to be told?
    pub fn is_watched(&self) -> bool {
        self.watch.get() >= Watch::Keys
    }

    /// Do changes of its values have to be told as well?
    pub fn has_watched_values(&self) -> bool {
        self.watch.get() == Watch::Values
    }

    /// May it have a key with this hash?
    #[inline]
    pub fn may_have(&self, hash: i64) -> bool {
        self.hashes & bit_of(hash) != 0
    }

    /// Number of positions, deleted ones included: iteration goes from 0 up to here.
    pub fn positions(&self) -> Position {
        self.entries.len()
    }

    /// The live entry at a position.
    pub fn entry(&self, at: Position) -> Option<&Entry> {
        self.entries.get(at).filter(|entry| !entry.key.is_unbound())
    }

    /// The entry at a position, if it is that of this very str.
    #[inline]
    pub fn entry_of(&self, at: Position, name: Id) -> Option<&Entry> {
        let entry = self.entries.get(at)?;
        matches!(entry.key, Value::Object(key) if key == name).then_some(entry)
    }

    /// The first live entry at or after a position, with its position.
    pub fn next(&self, from: Position) -> Option<(Position, Entry)> {
        (from..self.entries.len()).find_map(|at| self.entry(at).map(|entry| (at, *entry)))
    }

    /// The last live entry before a position, with its position.
    pub fn previous(&self, before: Position) -> Option<(Position, Entry)> {
        (0..before.min(self.entries.len()))
            .rev()
            .find_map(|at| self.entry(at).map(|entry| (at, *entry)))
    }

    /// Live entries in insertion order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.key.is_unbound())
    }

    /// Begins a look-up.
    pub fn probe(&self, hash: i64) -> Probe {
        Probe {
            hash,
            at: if self.index.is_empty() {
                0
            } else {
                self.home(hash)
            },
        }
    }

    /// The next candidate of a look-up; `None` when there is none left.
    #[inline]
    pub fn candidate(&self, probe: &mut Probe) -> Option<Position> {
        match self.may_have(probe.hash) {
            true => self.search(probe),
            false => None,
        }
    }

    fn search(&self, probe: &mut Probe) -> Option<Position> {
        if self.index.is_empty() {
            let rest = self.entries.iter().enumerate().skip(probe.at);
            let found = rest
                .filter(|(_, e)| !e.key.is_unbound())
                .find(|(_, e)| e.hash == probe.hash)?
                .0;
            probe.at = found + 1;
            return Some(found);
        }
        loop {
            let found = self.index[probe.at];
            if found == EMPTY {
                return None;
            }
            probe.at = (probe.at + 1) & (self.index.len() - 1);
            let entry = &self.entries[found as usize];
            if entry.hash == probe.hash && !entry.key.is_unbound() {
                return Some(found as usize);
            }
        }
    }

    /// Looks a key up by identity: enough for interned strings.
    pub fn find_identical(&self, hash: i64, key: Value) -> Option<Position> {
        let mut probe = self.probe(hash);
        while let Some(at) = self.candidate(&mut probe) {
            if self.entries[at].key.is(key) {
                return Some(at);
            }
        }
        None
    }

    /// Appends an entry that is not there yet.
    pub fn push(&mut self, hash: i64, key: Value, value: Value) {
        if self.entries.len() == self.entries.capacity() && self.live < self.entries.len() / 2 {
            self.compact();
        }
        self.entries.push(Entry { hash, key, value });
        self.hashes |= bit_of(hash);
        self.live += 1;
        if self.entries.len() > SMALL {
            if (self.entries.len() + 1) * 3 > self.index.len() * 2 {
                self.rebuild();
            } else {
                self.link(self.entries.len() - 1);
            }
        }
    }

    /// Replaces the value at a position; gives the old one.
    pub fn replace(&mut self, at: Position, value: Value) -> Value {
        self.entries.get_mut(at).map_or(Value::Unbound, |entry| {
            std::mem::replace(&mut entry.value, value)
        })
    }

    /// Takes the entry at a position out.
    pub fn remove(&mut self, at: Position) -> Option<Entry> {
        let entry = self
            .entries
            .get_mut(at)
            .filter(|entry| !entry.key.is_unbound())?;
        let removed = *entry;
        (entry.key, entry.value) = (Value::Unbound, Value::Unbound);
        self.live -= 1;
        if self.live == 0 {
            self.clear();
        } else if at + 1 == self.entries.len() && self.index.is_empty() {
            self.entries.pop();
        }
        Some(removed)
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self {
            watch: self.watch.clone(),
            ..Self::default()
        };
    }

    fn home(&self, hash: i64) -> usize {
        (mixed(hash) >> 32) as usize & (self.index.len() - 1)
    }

    fn link(&mut self, at: Position) {
        let mut slot = self.home(self.entries[at].hash);
        while self.index[slot] != EMPTY {
            slot = (slot + 1) & (self.index.len() - 1);
        }
        self.index[slot] = at as u32;
    }

    fn compact(&mut self) {
        self.entries.retain(|entry| !entry.key.is_unbound());
        if self.entries.len() > SMALL {
            self.rebuild();
        } else {
            // Few entries are looked through, and new ones are not linked.
            self.index.clear();
        }
    }

    fn rebuild(&mut self) {
        let size = (self.entries.len() * 3).next_power_of_two();
        self.index.clear();
        self.index.resize(size, EMPTY);
        for at in 0..self.entries.len() {
            self.link(at);
        }
    }
}

/// Spreads a hash: those of ints are the ints themselves.
fn mixed(hash: i64) -> u64 {
    (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// One of 64 bits for a hash.
#[inline]
fn bit_of(hash: i64) -> u64 {
    1 << (mixed(hash) >> 58)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_after_many_have_come_and_gone() {
        let mut dict = Dict::default();
        for n in 0..1000 {
            dict.push(n, Value::Int(n), Value::None);
            if n >= 4
                && let Some(at) = dict.find_identical(n - 4, Value::Int(n - 4))
            {
                dict.remove(at);
            }
            for live in (n - 3).max(0)..=n {
                assert!(
                    dict.find_identical(live, Value::Int(live)).is_some(),
                    "{n} {live}"
                );
            }
        }
    }
}
