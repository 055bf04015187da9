//! Assigning to `__bases__` (`Objects/typeobject.c`: type_set_bases).

use super::class::{self, Class, Layout};
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::object::Payload;
use super::value::{Id, Value};
use std::rc::Rc;

impl Vm {
    /// `class.__bases__ = value`
    pub fn set_bases(&mut self, id: Id, value: Value) -> Outcome {
        let bases = self.new_bases(id, value)?;
        self.check_compatible(id, &bases)?;
        self.once(|vm| vm.replace_bases(id, bases).map(|()| Value::None))
    }

    fn new_bases(&mut self, id: Id, value: Value) -> Outcome<Vec<Id>> {
        let name = self.name_of_class(id).to_owned();
        if self.is_builtin(id) {
            let message = format!("cannot set '__bases__' attribute of immutable type '{name}'");
            return self.type_error(message);
        }
        let Some(items) = self.as_tuple(value).cloned() else {
            let given = self.class_name(value);
            let message = format!("can only assign tuple to {name}.__bases__, not {given}");
            return self.type_error(message);
        };
        if items.is_empty() {
            let message = format!("can only assign non-empty tuple to {name}.__bases__, not ()");
            return self.type_error(message);
        }
        for &item in items.iter() {
            let Some(base) = item.id().filter(|&base| self.class(base).is_some()) else {
                let given = self.class_name(item);
                let message = format!("{name}.__bases__ must be tuple of classes, not '{given}'");
                return self.type_error(message);
            };
            if self.is_subclass(base, id) {
                return self.type_error("a __bases__ item causes an inheritance cycle");
            }
        }
        self.checked_bases(&items)
    }

    /// Instances keep their form: they have an attribute dict and may be referred to weakly as before.
    fn check_compatible(&mut self, id: Id, bases: &[Id]) -> Outcome<()> {
        let layout = self.best_layout(bases)?;
        let content = self.class(id);
        let old = content.and_then(|class| class.bases.first().copied());
        let (Some(old), Some(&new)) = (old, bases.first()) else {
            return Ok(());
        };
        let brings = |vm: &Vm, base| {
            [names::DICT, names::WEAKREF].map(|name| vm.lookup(base, name).is_some())
        };
        let old_layout = content.map_or(Layout::Plain, |class| class.layout);
        if layout == old_layout && brings(self, old) == brings(self, new) {
            return Ok(());
        }
        let is_c =
            |&base: &Id| self.is_builtin(base) && !self.is_subclass(base, class::BASE_EXCEPTION);
        let what = match [old, new].iter().any(is_c) {
            true => "deallocator",
            false => "object layout",
        };
        let [old, new] = [old, new].map(|base| self.name_of_class(base));
        let message = format!("__bases__ assignment: '{new}' {what} differs from '{old}'");
        self.type_error(message)
    }

    fn replace_bases(&mut self, id: Id, bases: Vec<Id>) -> Outcome<()> {
        let Some(old) = self.class(id).cloned() else {
            return Ok(());
        };
        self.put_bases(id, bases);
        if let Err(trap) = self.linearize_below(id) {
            self.put_bases(id, old.bases);
            self.linearize_below(id)?;
            return Err(trap);
        }
        self.refresh_traits(id);
        self.find_teardown(id);
        Ok(())
    }

    fn put_bases(&mut self, id: Id, bases: Vec<Id>) {
        let Some(old) = self.class(id).cloned() else {
            return;
        };
        for base in &old.bases {
            if let Some(known) = self.subclasses.get_mut(base) {
                known.retain(|&subclass| subclass != id);
            }
        }
        let content = Class { bases, ..old };
        self.heap.set_payload(id, Payload::Class(Rc::new(content)));
        self.register_subclass(id);
    }

    /// Works out the mro of a class and of those below it again.
    fn linearize_below(&mut self, id: Id) -> Outcome<()> {
        let mro = self.linearize(id)?;
        self.update_class(id, |class| class.mro = mro);
        for subclass in self.subclasses.get(&id).cloned().unwrap_or_default() {
            if self.heap.is_live(subclass) && self.class(subclass).is_some() {
                self.linearize_below(subclass)?;
            }
        }
        Ok(())
    }
}
