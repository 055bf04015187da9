//! `object[index]`, assignment and deletion of items, `in`, and `len()`.

use super::machine::Vm;
use super::native::Outcome;
use super::value::{Id, Value};

impl Vm {
    /// `object[index]`
    pub fn get_item(&mut self, object: Value, index: Value) -> Outcome {
        todo!("{object:?} {index:?}")
    }

    /// `object[index] = value`
    pub fn set_item(&mut self, object: Value, index: Value, value: Value) -> Outcome<()> {
        todo!("{object:?} {index:?} {value:?}")
    }

    /// `del object[index]`
    pub fn delete_item(&mut self, object: Value, index: Value) -> Outcome<()> {
        todo!("{object:?} {index:?}")
    }

    /// `item in container`
    pub fn contains(&mut self, container: Value, item: Value) -> Outcome<bool> {
        todo!("{container:?} {item:?}")
    }

    /// `len(value)`
    pub fn len(&mut self, value: Value) -> Outcome<usize> {
        todo!("{value:?}")
    }

    /// `bool(value)`
    pub fn truth(&mut self, value: Value) -> Outcome<bool> {
        todo!("{value:?}")
    }

    /// The position of a key in a dict; asks for `__eq__` written in Python.
    pub fn dict_find(&mut self, dict: Id, hash: i64, key: Value) -> Outcome<Option<usize>> {
        todo!("{dict:?} {hash} {key:?}")
    }

    /// `dict.get(key)` of a dict; hashes the key.
    pub fn dict_get(&mut self, dict: Id, key: Value) -> Outcome<Option<Value>> {
        todo!("{dict:?} {key:?}")
    }

    /// `dict[key] = value` of a dict.
    pub fn dict_set(&mut self, dict: Id, key: Value, value: Value) -> Outcome<()> {
        todo!("{dict:?} {key:?} {value:?}")
    }

    /// Takes a key out of a dict; gives its value if it was there.
    pub fn dict_delete(&mut self, dict: Id, key: Value) -> Outcome<Option<Value>> {
        todo!("{dict:?} {key:?}")
    }

    /// Looks an interned str up in a dict whose keys are names. Never asks.
    pub fn dict_get_name(&self, dict: Id, name: Value) -> Option<Value> {
        let table = self.heap.dict(dict)?;
        let text = self.as_text(name)?;
        let mut probe = table.probe(text.hash());
        while let Some(at) = table.candidate(&mut probe) {
            let entry = table.entry(at)?;
            if entry.key.is(name) || self.as_str(entry.key) == Some(text.as_str()) {
                return Some(entry.value);
            }
        }
        None
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

    fn dict_find_name(&self, dict: Id, name: Value) -> Option<usize> {
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
