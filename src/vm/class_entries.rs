//! What `type.__new__` adds to a class's namespace (`Objects/typeobject.c`: type_new_slots, type_new_set_attrs,
//! type_add_getset, type_ready_set_hash).

use super::builtins::object::{DICT, WEAKREF};
use super::builtins::str::is_identifier;
use super::class::{self, Attributes, Layout};
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::object::Payload;
use super::value::{Id, Value};
use crate::bytecode::scope::mangle;

/// What a class adds to its instances, by its `__slots__` or the lack of them.
#[derive(Clone, Copy, Debug)]
pub struct Slots {
    /// Do the instances have a `__dict__`?
    pub attributes: Attributes,
    /// Does this class, and none of its bases, bring the `__dict__`?
    dict: bool,
    /// Does this class, and none of its bases, let instances be referred to weakly?
    weakref: bool,
}

impl Vm {
    /// Implicit class and static methods.
    pub(super) fn implicit_methods(&mut self, namespace: Id) {
        for name in [names::INIT_SUBCLASS, names::CLASS_GETITEM] {
            if let Some(function) = self.dict_get_name(namespace, name)
                && matches!(self.heap.content(function), Some(Payload::Function(_)))
            {
                let wrapped = self.object(class::CLASSMETHOD, Payload::ClassMethod(function));
                self.dict_set_name(namespace, name, wrapped);
            }
        }
        if let Some(function) = self.dict_get_name(namespace, names::NEW)
            && matches!(self.heap.content(function), Some(Payload::Function(_)))
        {
            let wrapped = self.object(class::STATICMETHOD, Payload::StaticMethod(function));
            self.dict_set_name(namespace, names::NEW, wrapped);
        }
    }

    /// `__dict__` and `__weakref__`, where no base has them yet.
    pub(super) fn instance_entries(&mut self, class: Id, slots: Slots) {
        let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
        for (wanted, member) in [(slots.dict, &DICT), (slots.weakref, &WEAKREF)] {
            let name = self.intern(member.def.name);
            if wanted && self.dict_get_name(namespace, name).is_none() {
                let entry = self.native(&member.def, member.kind, class, Value::Unbound);
                self.dict_set_name(namespace, name, entry);
            }
        }
    }

    /// `__doc__` and `__hash__`, unless the class's body has them.
    pub(super) fn default_entries(&mut self, namespace: Id) {
        if self.dict_get_name(namespace, names::DOC).is_none() {
            self.dict_set_name(namespace, names::DOC, Value::None);
        }
        let has_eq = self.dict_get_name(namespace, names::EQ).is_some();
        if has_eq && self.dict_get_name(namespace, names::HASH).is_none() {
            self.dict_set_name(namespace, names::HASH, Value::None);
        }
    }

    /// What a class without `__slots__` adds.
    fn slots_by_default(&self, bases: &[Id], layout: Layout) -> Slots {
        let inherited = |name| bases.iter().any(|&base| self.lookup(base, name).is_some());
        let is_sized = matches!(layout, Layout::Int | Layout::Bytes | Layout::Tuple);
        let has_own = matches!(
            layout,
            Layout::Set | Layout::Deque | Layout::Class | Layout::Module
        );
        Slots {
            attributes: Attributes::Open,
            dict: !inherited(names::DICT),
            weakref: !is_sized && !has_own && !inherited(names::WEAKREF),
        }
    }

    /// Takes `__slots__` into account: makes a member descriptor for each.
    pub(super) fn slots(
        &mut self,
        class_name: Value,
        namespace: Id,
        bases: &[Id],
        layout: Layout,
    ) -> Outcome<Slots> {
        let inherits_open = bases.iter().any(|&base| {
            self.is_subclass(base, class::BASE_EXCEPTION)
                || self
                    .class(base)
                    .is_some_and(|c| c.attributes == Attributes::Open && !self.is_builtin(base))
        });
        let Some(listed) = self.dict_get_name(namespace, names::SLOTS) else {
            return Ok(self.slots_by_default(bases, layout));
        };
        let mut slots = match self.as_str(listed) {
            Some(_) => vec![listed],
            None => self.collect(listed)?,
        };
        slots.sort_by_key(|&slot| self.as_str(slot).map(str::to_owned));
        let mut found = Slots {
            attributes: if inherits_open {
                Attributes::Open
            } else {
                Attributes::Closed
            },
            dict: false,
            weakref: false,
        };
        if let Some(base) = { bases.iter() }.find(|base| {
            matches!(layout, Layout::Int | Layout::Bytes | Layout::Tuple) && **base != class::OBJECT
        }) && !slots.is_empty()
        {
            let base = self.name_of_class(*base);
            return self.type_error(format!(
                "nonempty __slots__ not supported for subtype of '{base}'"
            ));
        }
        for slot in slots {
            let Some(text) = self.as_str(slot).map(str::to_owned) else {
                let class = self.class_name(slot).to_owned();
                return self.type_error(format!("__slots__ items must be strings, not '{class}'"));
            };
            if text == "__dict__" {
                if found.attributes == Attributes::Open {
                    return self.type_error("__dict__ slot disallowed: we already got one");
                }
                (found.attributes, found.dict) = (Attributes::Open, true);
                continue;
            }
            if text == "__weakref__" {
                found.weakref = true;
                continue;
            }
            if !is_identifier(&text) {
                return self.type_error("__slots__ must be identifiers");
            }
            let private = mangle(self.as_str(class_name), &text);
            let name = self.intern(&private);
            let known = self.dict_get_name(namespace, name);
            if known.is_some_and(|known| self.class_of(known) != class::MEMBER_DESCRIPTOR) {
                return self.value_error(format!(
                    "'{text}' in __slots__ conflicts with class variable"
                ));
            }
            let parts = [name, Value::Unbound];
            let member = self.object(class::MEMBER_DESCRIPTOR, Payload::Record(parts.into()));
            self.dict_set_name(namespace, name, member);
        }
        Ok(found)
    }
}
