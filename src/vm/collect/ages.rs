//! In which order objects stand in the list of CPython's collector: as they were made, until a collection moves some. In
//! that order finalisers run where the objects go together (`Python/gc.c`: move_unreachable).

use super::{Handle, Part, visit_some};
use crate::vm::machine::Vm;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::collections::BTreeMap;

/// A place in the list: the age of the object that stands there or before it, and how many of those that are no objects
/// here stand in between.
type Place = (u32, u32);

/// What is known since the last collection that the program asked for.
#[derive(Clone, Debug, Default)]
pub struct Ages {
    /// How many objects had been made.
    made: u32,
    /// The places of handles that are no objects, by their numbers, and of what those call.
    handles: BTreeMap<u32, [Place; 2]>,
}

/// Behind the whole list.
const END: Place = (u32::MAX, u32::MAX);

/// How many of the objects in between have places of their own: what a handle calls, and the handle.
const KEPT: u8 = 2;

/// A way through the list, which finds what is alive.
struct Walk<'a> {
    vm: &'a Vm,
    list: Vec<Id>,
    /// What comes to the end of the list.
    moved: Vec<Part>,
    /// What was found before its place, and is no object here.
    awaited: BTreeMap<Place, Part>,
    /// The place that has been reached.
    here: Place,
    found: Vec<bool>,
    passed: Vec<bool>,
    order: Vec<Part>,
}

impl Walk<'_> {
    /// Goes through the list, and then through what came to its end.
    fn go(&mut self) {
        let mut at = 0;
        while at < self.list.len() || !self.awaited.is_empty() {
            let next = self.list.get(at).copied();
            let place = next.map(|id| (self.vm.heap.born(id), 0));
            let first = self.awaited.first_entry();
            match first.filter(|first| place.is_none_or(|place| *first.key() < place)) {
                Some(first) => {
                    let (place, part) = first.remove_entry();
                    self.here = place;
                    self.pass(part);
                }
                None => {
                    self.here = place.unwrap_or_default();
                    next.into_iter().for_each(|id| self.pass(Part::near(id)));
                    at += 1;
                }
            }
        }
        self.here = END;
        let mut at = 0;
        while let Some(&part) = self.moved.get(at) {
            self.pass(part);
            at += 1;
        }
    }

    /// Finds what lies behind something that stands in the list, if that has been found.
    fn pass(&mut self, part: Part) {
        if let Some(behind) = part.behind.checked_sub(1) {
            self.order.push(part);
            return self.find(Part { behind, ..part });
        }
        let number = part.id.0 as usize;
        self.passed[number] = true;
        if self.found[number] {
            self.order.push(part);
            let vm = self.vm;
            vm.each_part(part.id, &mut |part| self.find(part));
        }
    }

    fn find(&mut self, part: Part) {
        // What is found from the end of the list is found one after the other, with all that is in between.
        if self.here == END && part.behind > 0 {
            return self.moved.push(part);
        }
        let kept = part.handle.map(|handle| (handle, part.behind.min(KEPT)));
        if let Some((handle, behind @ 1..)) = kept {
            let place = self.vm.place_between(part.id, handle, behind);
            let part = Part { behind, ..part };
            match place > self.here {
                true => drop(self.awaited.insert(place, part)),
                false => self.moved.push(part),
            }
            return;
        }
        let number = part.id.0 as usize;
        if !std::mem::replace(&mut self.found[number], true) && self.passed[number] {
            self.moved.push(Part::near(part.id));
        }
    }
}

impl Vm {
    /// Puts what outlived a collection in the order in which it stands in the collector's list from then on: what only
    /// others of the list refer to comes to its end, as it is found, unless one of them stands before it.
    pub fn renew_ages(&mut self) {
        self.wake_all();
        let mut list: Vec<Id> = self.heap.ids().collect();
        list.sort_unstable_by_key(|&id| self.heap.born(id));
        let outside = self.references_from_outside(&list);
        let mut walk = Walk {
            vm: self,
            found: outside.iter().map(|&count| count > 0).collect(),
            passed: vec![false; outside.len()],
            order: Vec::with_capacity(list.len()),
            moved: Vec::new(),
            awaited: BTreeMap::new(),
            here: (0, 0),
            list,
        };
        walk.go();
        let Walk {
            list,
            found,
            mut order,
            ..
        } = walk;
        // What is no object in CPython, such as the table of an instance's attributes, is not found.
        let others = list.iter().filter(|id| !found[id.0 as usize]);
        order.extend(others.copied().map(Part::near));
        let ages = list.iter().map(|&id| self.heap.born(id)).collect();
        self.set_ages(&order, ages);
    }

    /// Gives what stands in this order these ages.
    fn set_ages(&mut self, order: &[Part], ages: Vec<u32>) {
        let (mut handles, mut place) = (BTreeMap::<u32, [Place; 2]>::new(), (0, 0));
        let mut ages = ages.into_iter();
        for part in order {
            if let (Some(handle), Some(level)) = (part.handle, part.behind.checked_sub(1)) {
                place.1 += 1;
                if let Some(known) = handles
                    .entry(handle.number)
                    .or_default()
                    .get_mut(usize::from(level))
                {
                    *known = place;
                }
                continue;
            }
            if part.behind > 0 {
                continue;
            }
            place = (ages.next().unwrap_or_default(), 0);
            if self.heap.born(part.id) != place.0 {
                self.heap.set_born(part.id, place.0);
            }
        }
        let made = self.heap.made();
        self.ages = Ages { made, handles };
    }

    /// The place of the handle for which an object stands, or of what that calls, which are this far from the object.
    fn place_between(&self, id: Id, handle: Handle, behind: u8) -> Place {
        if let Some(places) = self.ages.handles.get(&handle.number) {
            return places[usize::from(behind - 1)];
        }
        let age = self.heap.born(id);
        match handle.is_first && age > self.ages.made {
            true => (age, behind.into()),
            // Somewhere behind all that there was at the last collection.
            false => (
                u32::MAX,
                handle.number.saturating_mul(2) + u32::from(behind) - 1,
            ),
        }
    }

    /// Puts what the program leads to in the order in which the collector finds it before the program's module goes
    /// (`Python/gc.c`: move_unreachable). What the library's modules hold has been found by then: `held` with all that it
    /// leads to, and the exception that ended the program. The module stands behind its global variables, which therefore
    /// come to the end of the list, and all that only they lead to behind them.
    pub fn renew_ages_of_program(&mut self, held: Option<Id>, globals: Id, last: Value) {
        self.wake_all();
        let mut list: Vec<Id> = self.heap.ids().collect();
        list.sort_unstable_by_key(|&id| self.heap.born(id));
        let size = list.iter().map(|id| id.0 as usize + 1).max().unwrap_or(0);
        let mut found = vec![false; size];
        self.namespaces().for_each(|id| found[id.0 as usize] = true);
        let mut first = Vec::new();
        if let Some(held) = held {
            self.find_from(held, &mut found, &mut first);
        }
        list.retain(|id| !found[id.0 as usize]);
        if let Some(last) = last.id() {
            found[last.0 as usize] = true;
        }
        let mut walk = Walk {
            vm: self,
            found,
            passed: vec![false; size],
            order: Vec::new(),
            moved: vec![Part::near(globals)],
            awaited: BTreeMap::new(),
            here: (0, 0),
            list,
        };
        walk.go();
        let found = walk.order.iter().filter(|part| part.behind == 0);
        let order: Vec<Id> = first.into_iter().chain(found.map(|part| part.id)).collect();
        let mut ages: Vec<u32> = order.iter().map(|&id| self.heap.born(id)).collect();
        ages.sort_unstable();
        for (id, age) in order.into_iter().zip(ages) {
            self.heap.set_born(id, age);
        }
    }

    /// The global variables of all modules.
    fn namespaces(&self) -> impl Iterator<Item = Id> {
        let modules = self.heap.dict(self.modules).into_iter();
        let modules = modules.flat_map(|modules| modules.iter());
        let modules = modules.filter_map(|entry| entry.value.id());
        let modules = modules.filter(|&id| matches!(self.heap.payload(id), Payload::Module));
        modules.map(|id| self.heap.get(id).dict)
    }

    /// Adds to `order` what an object leads to, the nearest first.
    fn find_from(&self, root: Id, found: &mut [bool], order: &mut Vec<Id>) {
        let mut pending = vec![Part::near(root)];
        let mut at = 0;
        while let Some(&Part { id, behind, .. }) = pending.get(at) {
            at += 1;
            if let Some(behind) = behind.checked_sub(1) {
                pending.push(Part {
                    behind,
                    ..Part::near(id)
                });
            } else if !std::mem::replace(&mut found[id.0 as usize], true) {
                order.push(id);
                self.each_part(id, &mut |part| pending.push(part));
            }
        }
    }

    /// Calls `visit` with all that an object leads to, in CPython's order. Attributes lie in an instance itself, unless its
    /// class gives it a size of its own.
    fn each_part(&self, id: Id, visit: &mut dyn FnMut(Part)) {
        let object = self.heap.get(id);
        let parts = (self.parts)(self, id);
        let is_of_kernel = parts.is_some();
        parts.into_iter().flatten().for_each(&mut *visit);
        let mut near = |id| visit(Part::near(id));
        match object.payload {
            Payload::Function(_) | Payload::Module | Payload::Class(_) => {
                return self.each_child(id, &mut near);
            }
            Payload::Tuple(_) | Payload::Int(_) => visit_some(object.dict, &mut near),
            Payload::Exception(_) => {
                self.each_built_in_attribute(object.dict, &mut near);
                visit_some(object.dict, &mut near);
            }
            _ => self.each_attribute(id, &mut near),
        }
        visit_some(object.class, &mut near);
        if !is_of_kernel {
            self.each_own(id, &mut near);
        }
    }

    /// What exceptions have besides their arguments lies in themselves: the parts of a group, the object without an attribute.
    fn each_built_in_attribute(&self, dict: Id, visit: &mut dyn FnMut(Id)) {
        let entries = self
            .heap
            .dict(dict)
            .into_iter()
            .flat_map(|dict| dict.iter());
        let own = entries.filter(|entry| self.is_built_in_attribute(entry.key));
        own.filter_map(|entry| entry.value.id()).for_each(visit);
    }

    /// Calls `visit` with the attributes of an instance, in the order in which its table has room for them.
    fn each_attribute(&self, id: Id, visit: &mut dyn FnMut(Id)) {
        let object = self.heap.get(id);
        let Some(dict) = self.heap.dict(object.dict) else {
            return;
        };
        let order = self
            .class(object.class)
            .and_then(|class| class.teardown.as_deref());
        let order = order.unwrap_or_default();
        let first = order
            .iter()
            .filter_map(|&name| self.dict_get_name(object.dict, name));
        let is_other = |name: Value| !order.iter().any(|known| known.is(name));
        let others = dict
            .iter()
            .filter(|entry| is_other(entry.key))
            .map(|entry| entry.value);
        first.chain(others).filter_map(Value::id).for_each(visit);
    }
}
