//! The table behind `set` and `frozenset`, with CPython's probing and resizing, since programs see the order
//! (`Objects/setobject.c`: set_add_entry, set_table_resize, set_merge_lock_held, set_pop_impl).

use super::value::Value;

const SMALLEST: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Above this many keys the table doubles instead of quadrupling.
const LARGE: usize = 50_000;

#[derive(Clone, Copy, Debug)]
enum Slot {
    Empty,
    Deleted,
    Used { hash: i64, key: Value },
}

/// A set of keys in CPython's table order.
#[derive(Clone, Debug)]
pub struct Set {
    table: Vec<Slot>,
    /// Used and deleted slots.
    filled: usize,
    used: usize,
    /// Where the next `pop` begins to search.
    finger: usize,
}

impl Default for Set {
    fn default() -> Self {
        Self {
            table: vec![Slot::Empty; SMALLEST],
            filled: 0,
            used: 0,
            finger: 0,
        }
    }
}

/// The sequence of table positions that a hash visits.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    hash: i64,
    base: usize,
    perturb: u64,
    step: usize,
}

impl Set {
    /// `len()`
    pub fn len(&self) -> usize {
        self.used
    }

    /// Has it no keys?
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Keys in table order.
    pub fn iter(&self) -> impl Iterator<Item = Value> + '_ {
        self.entries().map(|(_, key)| key)
    }

    /// Keys with their hashes in table order.
    pub fn entries(&self) -> impl Iterator<Item = (i64, Value)> + '_ {
        self.table.iter().filter_map(|slot| match slot {
            Slot::Used { hash, key } => Some((*hash, *key)),
            _ => None,
        })
    }

    /// The first key at or after a table position, with its position.
    pub fn next(&self, from: usize) -> Option<(usize, Value)> {
        let rest = self.table.iter().enumerate().skip(from);
        rest.filter_map(|(at, slot)| {
            if let Slot::Used { key, .. } = slot {
                Some((at, *key))
            } else {
                None
            }
        })
        .next()
    }

    /// Begins a look-up.
    pub fn probe(&self, hash: i64) -> Probe {
        Probe {
            hash,
            base: hash as usize & self.mask(),
            perturb: hash as u64,
            step: 0,
        }
    }

    /// The next key with an equal hash, with its table position.
    pub fn candidate(&self, probe: &mut Probe) -> Option<(usize, Value)> {
        loop {
            let at = self.advance(probe);
            match self.table[at] {
                Slot::Empty => return None,
                Slot::Used { hash, key } if hash == probe.hash => return Some((at, key)),
                _ => {}
            }
        }
    }

    /// Adds a key that is not there yet.
    pub fn push(&mut self, hash: i64, key: Value) {
        self.insert_clean(hash, key);
        if self.filled * 5 >= self.mask() * 3 {
            self.resize(if self.used > LARGE {
                self.used * 2
            } else {
                self.used * 4
            });
        }
    }

    /// Makes room as CPython does before it merges `more` keys of another set or dict.
    pub fn reserve(&mut self, more: usize) {
        if (self.filled + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Has it never held a key, so that another set can be merged without comparing?
    pub fn is_unused(&self) -> bool {
        self.filled == 0
    }

    /// The same keys in the table that CPython's copy of this set has.
    pub fn copied(&self) -> Self {
        Self::default().merged_empty(self)
    }

    /// What merging another set into this one, which is unused, gives.
    pub fn merged_empty(&self, other: &Self) -> Self {
        let mut copy = Self {
            finger: 0,
            ..self.clone()
        };
        copy.reserve(other.used);
        if copy.table.len() == other.table.len() && other.filled == other.used {
            return Self {
                finger: 0,
                ..other.clone()
            };
        }
        other
            .entries()
            .for_each(|(hash, key)| copy.insert_clean(hash, key));
        copy
    }

    /// Takes the key at a table position out.
    pub fn remove(&mut self, at: usize) -> Option<Value> {
        let slot = self.table.get_mut(at)?;
        let Slot::Used { key, .. } = *slot else {
            return None;
        };
        *slot = Slot::Deleted;
        self.used -= 1;
        Some(key)
    }

    /// The table position of the key that `pop` takes, and moves the finger behind it.
    pub fn pop_position(&mut self) -> Option<usize> {
        let size = self.table.len();
        let order = (0..size).map(|n| (self.finger + n) & (size - 1));
        let at = { order }.find(|&at| matches!(self.table[at], Slot::Used { .. }))?;
        self.finger = at + 1;
        Some(at)
    }

    fn mask(&self) -> usize {
        self.table.len() - 1
    }

    /// The position that a probe looks at now; moves the probe on.
    fn advance(&self, probe: &mut Probe) -> usize {
        let mask = self.mask();
        let at = probe.base + probe.step;
        let last = if probe.base + LINEAR_PROBES <= mask {
            LINEAR_PROBES
        } else {
            0
        };
        if probe.step < last {
            probe.step += 1;
        } else {
            probe.perturb >>= PERTURB_SHIFT;
            let next = (probe.base as u64)
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(probe.perturb);
            probe.base = next as usize & mask;
            probe.step = 0;
        }
        at
    }

    fn insert_clean(&mut self, hash: i64, key: Value) {
        let mut probe = self.probe(hash);
        loop {
            let at = self.advance(&mut probe);
            if matches!(self.table[at], Slot::Empty) {
                self.table[at] = Slot::Used { hash, key };
                self.filled += 1;
                self.used += 1;
                return;
            }
        }
    }

    fn resize(&mut self, at_least: usize) {
        let mut size = SMALLEST;
        while size <= at_least {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.table, vec![Slot::Empty; size]);
        (self.filled, self.used) = (0, 0);
        for slot in old {
            if let Slot::Used { hash, key } = slot {
                self.insert_clean(hash, key);
            }
        }
    }
}
