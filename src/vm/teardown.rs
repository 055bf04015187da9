//! In which order the attributes of an object go that nobody refers to any more. Slots go first, those of a class before
//! those of its base, each by name (`Objects/typeobject.c`: type_new_slots sorts them, subtype_dealloc clears them); then
//! what the methods of the class assign to, by name too, since the table of an instance has room for these first
//! (`Objects/dictobject.c`: _PyDict_NewKeysForClass, clear_inline_values); then others as they were set. Exceptions and
//! modules have no such table: their attributes are in a dict from the start.

use super::class::{self, Layout};
use super::machine::Vm;
use super::names;
use super::object::Payload;
use super::value::{Id, Value};
use std::rc::Rc;

impl Vm {
    /// Works out for a new class in which order attributes of its instances go.
    pub(super) fn find_teardown(&mut self, class: Id) {
        let mut order = self.all_slots(class);
        let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
        let layout = self.class(class).map(|class| class.layout);
        let assigned = match layout {
            Some(Layout::Exception | Layout::Module) => None,
            _ => self.dict_get_name(namespace, names::STATIC_ATTRIBUTES),
        };
        order.extend(assigned.and_then(|names| self.items(names)).unwrap_or(&[]));
        if order.is_empty() {
            return;
        }
        order.iter().for_each(|&name| self.heap.retain(name));
        self.update_class(class, |class| class.teardown = Some(Rc::from(order)));
    }

    /// The names of the slots of a class and its bases.
    fn all_slots(&self, class: Id) -> Vec<Value> {
        let mut all = Vec::new();
        let mro = self.class(class).map_or(&[][..], |class| &class.mro);
        for &base in mro.iter().filter(|&&base| !self.is_builtin(base)) {
            let namespace = self.class(base).map_or(Id::NONE, |class| class.namespace);
            let entries = self
                .heap
                .dict(namespace)
                .into_iter()
                .flat_map(|it| it.iter());
            let slots = entries.filter(|entry| {
                let kind = entry.value.id().map(|id| self.heap.get(id).class);
                kind == Some(class::MEMBER_DESCRIPTOR)
            });
            let mut own: Vec<Value> = slots.map(|entry| entry.key).collect();
            own.sort_by_key(|&name| self.as_str(name));
            all.append(&mut own);
        }
        all
    }

    /// A native record that goes lets go of its exception first, if that goes with it; the rest follows when all that the
    /// exception holds has gone. A future keeps the traceback for itself as well, which therefore goes behind the context
    /// of the exception (`Modules/_asynciomodule.c`: FutureObj_clear).
    pub(super) fn release_exception(&mut self, id: Id) -> bool {
        let fields = match self.heap.payload(id) {
            Payload::Record(fields) if self.heap.has_exceptions() => fields,
            _ => return false,
        };
        let goes = |&value: &Value| {
            let id = value.id().filter(|&id| self.heap.count(id) == 1);
            id.is_some_and(|id| self.heap.payload(id).is_exception())
        };
        let Some(at) = fields.iter().position(goes) else {
            return false;
        };
        self.heap.retain(id.into());
        self.heap.set_field(id, at, Value::None);
        self.heap.release(id.into());
        true
    }

    /// Lets go of the attributes of an object that goes, where their order can matter.
    pub(super) fn release_attributes(&mut self, id: Id) {
        let object = self.heap.get(id);
        let (dict, class) = (object.dict, object.class);
        if dict.is_none() || !self.goes_in_parts(dict) {
            return;
        }
        let Some(order) = self.class(class).and_then(|class| class.teardown.clone()) else {
            return;
        };
        for &name in order.iter() {
            if let Some(at) = self.dict_find_name(dict, name) {
                self.heap.dict_replace(dict, at, Value::None);
            }
        }
    }

    /// Does more than one thing that holds others go with a dict?
    fn goes_in_parts(&self, dict: Id) -> bool {
        let goes = |value: Value| {
            let id = value.id().filter(|&id| self.heap.count(id) == 1);
            id.is_some_and(|id| !matches!(self.heap.payload(id), Payload::Str(_) | Payload::Int(_)))
        };
        let entries = self.heap.dict(dict).into_iter().flat_map(|it| it.iter());
        let parts = entries.filter(|entry| goes(entry.value));
        self.heap.count(dict) == 1 && parts.take(2).count() == 2
    }
}
