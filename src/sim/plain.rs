//! Which objects of the library have the library's own methods, so that the kernel may do at once what these would do.
//! Looking that up takes longer than doing it: what was found is remembered until a class or an object gets other methods.

use super::system::System;
use crate::vm::dict::Watch;
use crate::vm::machine::Vm;
use crate::vm::marks::Marks;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// What an object does by the library's own methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// A loop takes callbacks.
    CallSoon,
    /// A loop makes futures.
    CreateFuture,
    /// A loop makes tasks, unless it has a factory.
    CreateTask,
    /// A loop takes timers.
    CallLater,
    /// A queue takes and gives items.
    Queue,
    /// Number of abilities.
    End,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// The epoch of the heap for which it holds, see [`crate::vm::heap::Heap::epoch`].
    epoch: u64,
    objects: [Marks; Ability::End as usize],
}

impl Plain {
    fn marks(&mut self, ability: Ability, epoch: u64) -> &mut Marks {
        if self.epoch != epoch {
            *self = Self {
                epoch,
                ..Self::default()
            };
        }
        &mut self.objects[ability as usize]
    }
}

impl System<'_> {
    /// Does an object do something by the library's own methods? `find` looks that up where it is not known.
    #[inline]
    pub fn is_plain_object(
        &mut self,
        ability: Ability,
        object: Value,
        find: impl FnOnce(&Vm, Value) -> bool,
    ) -> bool {
        let Some(id) = object.id() else { return false };
        let epoch = self.vm.heap.epoch();
        self.kernel.plain.marks(ability, epoch).contains(id)
            || (find(self.vm, object) && self.remember_plain(ability, id))
    }

    /// A method that the object is given of its own, or its class, begins a new epoch.
    #[cold]
    fn remember_plain(&mut self, ability: Ability, object: Id) -> bool {
        let attributes = self.vm.heap.get(object).dict;
        if let Some(attributes) = self.vm.heap.dict(attributes) {
            attributes.watch(Watch::Keys);
            let epoch = self.vm.heap.epoch();
            self.kernel.plain.marks(ability, epoch).insert(object);
        }
        true
    }
}

/// Is a method of an object's class our native one, and not that of a single object?
pub fn has_native(vm: &Vm, object: Value, name: Value) -> bool {
    is_native(vm, vm.class_of(object), name) && vm.own_attribute(object, name).is_none()
}

/// Is a method of a class our native one?
pub fn is_native(vm: &Vm, class: Id, name: Value) -> bool {
    let found = vm.lookup(class, name);
    let found = found.and_then(|found| vm.heap.content(found));
    matches!(found, Some(Payload::Native(_)))
}
