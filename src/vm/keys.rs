//! Keys of dicts and sets: hashed, then looked for among the keys of equal hash, identical or equal.

use super::class;
use super::machine::Vm;
use super::native::{Outcome, Trap};
use super::object::Payload;
use super::value::{Id, Value};
use std::cell::Cell;

/// What a hashed value is to become; errors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRole {
    /// A key of a dict.
    DictKey,
    /// An element of a set.
    SetElement,
}

/// Hashing and comparing.
impl Vm {
    /// `hash(key)`, with the wording that dicts and sets give the TypeError of an unhashable one.
    pub fn hash_key(&mut self, key: Value, role: KeyRole) -> Outcome<i64> {
        match self.hash(key) {
            Err(Trap::Raise(error)) if self.class_of(error) == class::TYPE_ERROR => {
                let reason = self.to_str(error)?;
                let class = self.class_name(key);
                let role = match role {
                    KeyRole::DictKey => "dict key",
                    KeyRole::SetElement => "set element",
                };
                self.type_error(format!("cannot use '{class}' as a {role} ({reason})"))
            }
            result => result,
        }
    }

    /// Can the key be hashed and compared with others of its kind without asking Python code?
    pub fn is_plain_key(&self, key: Value) -> bool {
        let Some(id) = key.id() else { return true };
        let object = self.heap.get(id);
        let overridden =
            !self.is_builtin(object.class) && self.class(object.class).is_none_or(|c| c.traits.eq);
        if overridden {
            return false;
        }
        match &object.payload {
            Payload::Tuple(items) => items.iter().all(|&item| self.is_flat_key(item)),
            Payload::Set(set) => set.iter().all(|item| self.is_flat_key(item)),
            Payload::BoundMethod(parts) => self.is_flat_key(parts[1]),
            Payload::Record(_) | Payload::Slice(_) => false,
            _ => true,
        }
    }

    /// The same one level down; what nests deeper counts as not plain.
    fn is_flat_key(&self, key: Value) -> bool {
        match self.heap.content(key) {
            Some(Payload::Tuple(_) | Payload::Set(_) | Payload::BoundMethod(_)) => false,
            _ => self.is_plain_key(key),
        }
    }

    /// Is a stored key the one that is looked for?
    pub(super) fn same_key(&mut self, stored: Value, key: Value) -> Outcome<bool> {
        if stored.is(key) {
            return Ok(true);
        }
        if let (Some(Payload::Str(a)), Some(Payload::Str(b))) =
            (self.heap.content(stored), self.heap.content(key))
            && self.class_of(stored) == class::STR
            && self.class_of(key) == class::STR
        {
            return Ok(a.as_str() == b.as_str());
        }
        self.eq(stored, key)
    }
}

/// Dicts.
impl Vm {
    /// The position of a key in a dict; asks for `__eq__` written in Python.
    pub fn dict_find(&mut self, dict: Id, hash: i64, key: Value) -> Outcome<Option<usize>> {
        let Some(mut probe) = self.heap.dict(dict).map(|table| table.probe(hash)) else {
            return Ok(None);
        };
        while let Some((at, stored)) = self.heap.dict(dict).and_then(|table| {
            let at = table.candidate(&mut probe)?;
            Some((at, table.entry(at)?.key))
        }) {
            if self.same_key(stored, key)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// `dict.get(key)` of a dict; hashes the key.
    pub fn dict_get(&mut self, dict: Id, key: Value) -> Outcome<Option<Value>> {
        let hash = self.hash_key(key, KeyRole::DictKey)?;
        let at = self.dict_find(dict, hash, key)?;
        Ok(at.and_then(|at| Some(self.heap.dict(dict)?.entry(at)?.value)))
    }

    /// `dict[key] = value` of a dict.
    pub fn dict_set(&mut self, dict: Id, key: Value, value: Value) -> Outcome<()> {
        let hash = self.hash_key(key, KeyRole::DictKey)?;
        self.dict_set_hashed(dict, hash, key, value)
    }

    /// The same with the hash at hand.
    pub fn dict_set_hashed(
        &mut self,
        dict: Id,
        hash: i64,
        key: Value,
        value: Value,
    ) -> Outcome<()> {
        match self.dict_find(dict, hash, key)? {
            Some(at) => self.heap.dict_replace(dict, at, value),
            None => self.heap.dict_push(dict, hash, key, value),
        }
        Ok(())
    }

    /// Takes a key out of a dict; gives its value if it was there.
    pub fn dict_delete(&mut self, dict: Id, key: Value) -> Outcome<Option<Value>> {
        let hash = self.hash_key(key, KeyRole::DictKey)?;
        let at = self.dict_find(dict, hash, key)?;
        let entry = at.and_then(|at| self.heap.dict_remove(dict, at));
        Ok(entry.map(|entry| entry.value))
    }

    /// Looks an interned str up in a dict whose keys are names. Never asks.
    pub fn dict_get_name(&self, dict: Id, name: Value) -> Option<Value> {
        let at = self.dict_find_name(dict, name)?;
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    /// Sets an interned str in a dict whose keys are names. Never asks.
    pub fn dict_set_name(&mut self, dict: Id, name: Value, value: Value) {
        match self.dict_find_name(dict, name) {
            Some(at) => self.heap.dict_replace(dict, at, value),
            None => {
                let hash = self.as_text(name).map_or(0, |text| text.hash());
                self.heap.dict_push(dict, hash, name, value);
            }
        }
    }

    /// Takes an interned str out of a dict whose keys are names; false when it was not there.
    pub fn dict_delete_name(&mut self, dict: Id, name: Value) -> bool {
        self.dict_find_name(dict, name)
            .and_then(|at| self.heap.dict_remove(dict, at))
            .is_some()
    }

    /// The position of a name in a dict whose keys are names, looked for first where the same instruction found it the
    /// last time.
    #[inline]
    pub(super) fn dict_find_again(&self, dict: Id, name: Value, hint: &Cell<u32>) -> Option<usize> {
        let table = self.heap.dict(dict)?;
        let last = hint.get() as usize;
        if table.entry_of(last, name.id()?).is_some() {
            return Some(last);
        }
        let at = self.dict_find_name(dict, name)?;
        hint.set(at as u32);
        Some(at)
    }

    /// The same with the value.
    pub fn dict_get_again(&self, dict: Id, name: Value, hint: &Cell<u32>) -> Option<Value> {
        let at = self.dict_find_again(dict, name, hint)?;
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    /// The position of a name in a dict whose keys are names.
    pub(super) fn dict_find_name(&self, dict: Id, name: Value) -> Option<usize> {
        let table = self.heap.dict(dict)?;
        let text = self.as_text(name)?;
        let mut probe = table.probe(text.hash());
        while let Some(at) = table.candidate(&mut probe) {
            let key = table.entry(at)?.key;
            if key.is(name) || self.as_str(key) == Some(text.as_str()) {
                return Some(at);
            }
        }
        None
    }
}

/// Sets.
impl Vm {
    /// The table position of a key in a set; asks for `__eq__` written in Python.
    pub fn set_find(&mut self, set: Id, hash: i64, key: Value) -> Outcome<Option<usize>> {
        let Some(mut probe) = self.heap.set(set).map(|table| table.probe(hash)) else {
            return Ok(None);
        };
        while let Some((at, stored)) = self
            .heap
            .set(set)
            .and_then(|table| table.candidate(&mut probe))
        {
            if self.same_key(stored, key)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// `set.add(key)`
    pub fn set_add(&mut self, set: Id, key: Value) -> Outcome<()> {
        let hash = self.hash_key(key, KeyRole::SetElement)?;
        self.set_add_hashed(set, hash, key)
    }

    /// The same with the hash at hand.
    pub fn set_add_hashed(&mut self, set: Id, hash: i64, key: Value) -> Outcome<()> {
        if self.set_find(set, hash, key)?.is_none() {
            self.heap.set_push(set, hash, key);
        }
        Ok(())
    }

    /// The table position of a key that a program looks for; a set counts as the frozenset with its elements.
    pub fn set_locate(&mut self, set: Id, key: Value) -> Outcome<Option<usize>> {
        let key = match self.heap.content(key) {
            Some(Payload::Set(elements)) if self.is_instance(key, class::SET) => {
                let elements = elements.clone();
                self.object(class::FROZENSET, Payload::Set(elements))
            }
            _ => key,
        };
        let hash = self.hash_key(key, KeyRole::SetElement)?;
        self.set_find(set, hash, key)
    }
}
