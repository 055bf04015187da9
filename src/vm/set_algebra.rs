//! Union, intersection and differences of sets, step by step as CPython does them, so that the elements of the results
//! come in the same order (`Objects/setobject.c`). Results are built apart and stored at the end, since every
//! comparison may ask.

use super::keys::KeyRole;
use super::machine::Vm;
use super::native::Outcome;
use super::object::{Payload, ViewKind};
use super::set::Set;
use super::value::{Id, Value};
use std::rc::Rc;

/// Elements with their hashes, in the order in which they are added.
pub type Hashed = Vec<(i64, Value)>;

/// The other operand of a set operation.
pub enum Operand {
    /// A set or frozenset: its table.
    Set(Rc<Set>),
    /// The keys of a dict.
    Dict(Hashed),
    /// The items of any other iterable.
    Items(Hashed),
}

impl Operand {
    /// Reads the operand; hashes what is not hashed yet.
    pub fn read(vm: &mut Vm, value: Value) -> Outcome<Self> {
        if vm.iterates_natively(value) {
            match vm.heap.content(value) {
                Some(Payload::Set(set)) => return Ok(Self::Set(set.clone())),
                Some(Payload::Dict(_)) => return Ok(Self::Dict(dict_keys(vm, value.id()))),
                Some(&Payload::DictView(dict, ViewKind::Keys)) => {
                    return Ok(Self::Items(dict_keys(vm, Some(dict))));
                }
                _ => {}
            }
        }
        let items = vm.collect(value)?;
        let mut hashed = Vec::with_capacity(items.len());
        for item in items {
            hashed.push((vm.hash_key(item, KeyRole::SetElement)?, item));
        }
        Ok(Self::Items(hashed))
    }

    /// Its elements in order; those of an iterable may repeat.
    pub fn entries(&self) -> Hashed {
        match self {
            Self::Set(set) => set.entries().collect(),
            Self::Dict(items) | Self::Items(items) => items.clone(),
        }
    }
}

fn dict_keys(vm: &Vm, dict: Option<Id>) -> Hashed {
    let dict = dict.and_then(|dict| vm.heap.dict(dict));
    dict.map_or_else(Vec::new, |dict| {
        dict.iter().map(|entry| (entry.hash, entry.key)).collect()
    })
}

/// The table position of a key.
pub fn find(vm: &mut Vm, set: &Set, hash: i64, key: Value) -> Outcome<Option<usize>> {
    let mut probe = set.probe(hash);
    while let Some((at, stored)) = set.candidate(&mut probe) {
        if vm.same_key(stored, key)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn add(vm: &mut Vm, set: &mut Set, hash: i64, key: Value) -> Outcome<()> {
    if find(vm, set, hash, key)?.is_none() {
        set.push(hash, key);
    }
    Ok(())
}

/// `set.update(other)`
pub fn update(vm: &mut Vm, set: &mut Set, other: &Operand) -> Outcome<()> {
    match other {
        Operand::Set(other) if other.is_empty() => return Ok(()),
        Operand::Set(other) if set.is_unused() => {
            *set = set.merged_empty(other);
            return Ok(());
        }
        Operand::Set(other) => set.reserve(other.len()),
        Operand::Dict(keys) => set.reserve(keys.len()),
        Operand::Items(_) => {}
    }
    for (hash, key) in other.entries() {
        add(vm, set, hash, key)?;
    }
    Ok(())
}

/// `set.intersection(other)`
pub fn intersection(vm: &mut Vm, set: &Rc<Set>, other: &Operand) -> Outcome<Set> {
    let mut result = Set::default();
    let (within, candidates) = match other {
        Operand::Set(other) if Rc::ptr_eq(set, other) => return Ok(set.copied()),
        Operand::Set(other) if other.len() > set.len() => (other, set.entries().collect()),
        _ => (set, other.entries()),
    };
    for (hash, key) in candidates {
        if find(vm, within, hash, key)?.is_some() {
            add(vm, &mut result, hash, key)?;
        }
    }
    Ok(result)
}

/// `set.difference_update(other)`
pub fn difference_update(vm: &mut Vm, set: &mut Set, other: &Operand) -> Outcome<()> {
    let dropped = match other {
        // A much larger set: only what both have matters.
        Operand::Set(other) if other.len() >> 3 > set.len() => {
            let other = Operand::Set(other.clone());
            let mine = Rc::new(set.clone());
            intersection(vm, &mine, &other)?.entries().collect()
        }
        _ => other.entries(),
    };
    for (hash, key) in dropped {
        if let Some(at) = find(vm, set, hash, key)? {
            set.remove(at);
        }
    }
    Ok(())
}

/// `set.difference(other)`
pub fn difference(vm: &mut Vm, set: &Set, other: &Operand) -> Outcome<Set> {
    let (others, len) = match other {
        Operand::Set(other) => (other.clone(), other.len()),
        Operand::Dict(keys) => (Rc::new(table(vm, keys)?), keys.len()),
        Operand::Items(_) => {
            let mut result = set.copied();
            difference_update(vm, &mut result, other)?;
            return Ok(result);
        }
    };
    if set.len() >> 2 > len {
        let mut result = set.copied();
        difference_update(vm, &mut result, other)?;
        return Ok(result);
    }
    let mut result = Set::default();
    for (hash, key) in set.entries() {
        if find(vm, &others, hash, key)?.is_none() {
            add(vm, &mut result, hash, key)?;
        }
    }
    Ok(result)
}

fn table(vm: &mut Vm, keys: &Hashed) -> Outcome<Set> {
    let mut set = Set::default();
    for &(hash, key) in keys {
        add(vm, &mut set, hash, key)?;
    }
    Ok(set)
}

/// `set.symmetric_difference_update(other)`
pub fn symmetric_difference_update(vm: &mut Vm, set: &mut Set, other: &Operand) -> Outcome<()> {
    let entries = match other {
        Operand::Items(items) => table(vm, items)?.entries().collect(),
        _ => other.entries(),
    };
    for (hash, key) in entries {
        match find(vm, set, hash, key)? {
            Some(at) => {
                set.remove(at);
            }
            None => set.push(hash, key),
        }
    }
    Ok(())
}

/// `set.symmetric_difference(other)`
pub fn symmetric_difference(vm: &mut Vm, set: &Rc<Set>, other: &Operand) -> Outcome<Set> {
    let mut result = Set::default();
    update(vm, &mut result, other)?;
    symmetric_difference_update(vm, &mut result, &Operand::Set(set.clone()))?;
    Ok(result)
}

/// Is no element of the other operand in the set?
pub fn is_disjoint(vm: &mut Vm, set: &Rc<Set>, other: &Operand) -> Outcome<bool> {
    let (within, candidates) = match other {
        Operand::Set(other) if other.len() > set.len() => (other, set.entries().collect()),
        _ => (set, other.entries()),
    };
    for (hash, key) in candidates {
        if find(vm, within, hash, key)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The elements of a set or of a view that acts as one, as a table of its own: `set(value)`.
pub fn as_set(vm: &mut Vm, value: Value) -> Outcome<Option<Rc<Set>>> {
    match vm.heap.content(value) {
        Some(Payload::Set(set)) => Ok(Some(set.clone())),
        Some(Payload::DictView(_, ViewKind::Keys | ViewKind::Items)) => {
            let other = Operand::read(vm, value)?;
            let mut set = Set::default();
            update(vm, &mut set, &other)?;
            Ok(Some(Rc::new(set)))
        }
        _ => Ok(None),
    }
}
