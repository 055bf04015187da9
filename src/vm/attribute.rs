//! Attribute access: the mro, descriptors, instance dicts.

use super::machine::Vm;
use super::native::Outcome;
use super::value::{Id, Value};

impl Vm {
    /// What the mro of a class has under a name, without binding.
    pub fn lookup(&self, class: Id, name: Value) -> Option<Value> {
        todo!("{class:?} {name:?}")
    }

    /// Binds what was found on a class to an instance, as attribute access does (functions become methods, `__get__` is called).
    pub fn bind(&mut self, found: Value, receiver: Value) -> Outcome {
        todo!("{found:?} {receiver:?}")
    }

    /// `object.name`
    pub fn get_attr(&mut self, object: Value, name: Value) -> Outcome {
        todo!("{object:?} {name:?}")
    }

    /// `object.name`, or `None` when there is no such attribute (AttributeError is swallowed).
    pub fn get_attr_opt(&mut self, object: Value, name: Value) -> Outcome<Option<Value>> {
        todo!("{object:?} {name:?}")
    }

    /// `object.name = value`
    pub fn set_attr(&mut self, object: Value, name: Value, value: Value) -> Outcome<()> {
        todo!("{object:?} {name:?} {value:?}")
    }

    /// `del object.name`
    pub fn delete_attr(&mut self, object: Value, name: Value) -> Outcome<()> {
        todo!("{object:?} {name:?}")
    }
}
