//! `gc.collect()`: finds objects that only refer to each other. What no reference from outside reaches is garbage; its
//! finalisers run first, and what is still garbage afterwards is freed (`Python/gc.c`: deduce_unreachable).

mod ages;

pub use ages::Ages;

use super::machine::Vm;
use super::object::{GeneratorState, Payload};
use super::value::{Id, Value};
use std::collections::BTreeSet;

/// Modules with functions that are called at a fork (`os.register_at_fork`): the interpreter holds those, and with them
/// what their modules hold, for longer than the modules.
const CALLED_AT_FORKS: [&str; 5] = [
    "asyncio.events",
    "concurrent.futures.thread",
    "logging",
    "random",
    "threading",
];

/// An object to which another one leads.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The object.
    pub id: Id,
    /// How many objects CPython has in between.
    pub behind: u8,
    /// The handle that is one of them, where the object stands in a queue for it.
    pub handle: Option<Handle>,
}

/// A handle that is no object here, and what it calls.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    /// Its number.
    pub number: u32,
    /// Was it made together with the object that stands for it?
    pub is_first: bool,
}

impl Part {
    /// An object that is referred to as such.
    pub fn near(id: Id) -> Self {
        Self {
            id,
            behind: 0,
            handle: None,
        }
    }
}

/// What an object of the kernel refers to itself, in CPython's order; nothing for other objects.
pub type PartsOf = fn(&Vm, Id) -> Option<Vec<Part>>;

/// From where objects are reached, besides from outside the heap.
struct Roots<'a> {
    /// What this object refers to does not count …
    left_out: Id,
    /// … but for these.
    kept: &'a [Id],
    /// Objects that are younger than so many others count.
    made: u32,
}

impl Default for Roots<'_> {
    fn default() -> Self {
        Self {
            left_out: Id::NONE,
            kept: &[],
            made: u32::MAX,
        }
    }
}

/// An object that is garbage as long as it is the one that was made then.
pub type Lost = (Id, u32);

impl Vm {
    /// The garbage that has finalisers, in the order in which they run, and the number of garbage objects as
    /// `gc.collect()` counts them.
    pub fn lost_cycles(&self) -> (Vec<Lost>, usize) {
        let garbage = self.unreachable(Roots::default());
        let lost = self.to_finalize(&garbage);
        let attributes: BTreeSet<Id> = garbage.iter().map(|&id| self.heap.get(id).dict).collect();
        let counted = |id: &&Id| self.is_container(**id) && !attributes.contains(id);
        (lost, garbage.iter().filter(counted).count())
    }

    /// What has finalisers of all that goes with the modules, in the order in which they run. Modules of the library stay,
    /// since what runs needs them, but hold nothing any more, except for some.
    pub fn lost_with_modules(&mut self) -> Vec<Lost> {
        let kept = CALLED_AT_FORKS.iter().filter_map(|module| {
            let name = self.intern(module);
            self.dict_get_name(self.modules, name)?.id()
        });
        let kept: Vec<Id> = kept.collect();
        self.to_finalize(&self.unreachable(Roots {
            left_out: self.modules,
            kept: &kept,
            ..Roots::default()
        }))
    }

    fn to_finalize(&self, garbage: &[Id]) -> Vec<Lost> {
        let lost = garbage
            .iter()
            .filter(|&&id| self.finalizer(id).is_some() || self.is_halfway(id));
        lost.map(|&id| (id, self.heap.born(id))).collect()
    }

    /// Queues the finaliser of an object, unless an earlier one has freed it.
    pub fn finalize_lost(&mut self, (id, born): Lost) {
        if !self.heap.is_live(id) || self.heap.born(id) != born {
            return;
        }
        if self.finalizer(id).is_some() {
            self.doom(id);
        } else if self.is_halfway(id) {
            self.abandon(id);
        }
    }

    /// Is it a generator that stands at a `yield`? Where nothing has to run when it is closed, it lets go of its variables;
    /// not if it was to be closed before, and went on.
    fn is_halfway(&self, id: Id) -> bool {
        if self.was_finalized(id) {
            return false;
        }
        let Payload::Generator(generator) = self.heap.payload(id) else {
            return false;
        };
        matches!(&generator.state, GeneratorState::Suspended(frame) if frame.started)
    }

    /// Frees the garbage whose finalisers have run. What was made since then is for the next collection, with all that it
    /// leads to.
    pub fn free_cycles(&mut self, made: u32) {
        let garbage = self.unreachable(Roots {
            made,
            ..Roots::default()
        });
        // Weak references that are garbage themselves go first: their callbacks do not run.
        let (weak, other): (Vec<Id>, Vec<Id>) = garbage
            .iter()
            .partition(|&&id| matches!(self.heap.payload(id), Payload::Weakref(..)));
        for id in weak.into_iter().chain(other) {
            self.let_go(id);
        }
        for id in garbage {
            self.heap.free(id);
        }
    }

    /// Objects that no counted reference from outside the heap reaches, though others of them refer to them; the oldest
    /// first, as they stand in the lists of CPython's collector.
    fn unreachable(&self, roots: Roots) -> Vec<Id> {
        let ids: Vec<Id> = self.heap.ids().collect();
        let outside = self.references_from_outside(&ids);
        let size = outside.len();
        // An object without any reference is not garbage of a cycle: the running instruction holds it.
        let is_root = |id: &Id| {
            let is_held = outside[id.0 as usize] > 0 || self.heap.count(*id) == 0;
            is_held || self.heap.born(*id) > roots.made
        };
        let mut pending: Vec<Id> = ids.iter().copied().filter(is_root).collect();
        let mut reached = vec![false; size];
        if !roots.left_out.is_none() {
            reached[roots.left_out.0 as usize] = true;
        }
        pending.extend(roots.kept);
        while let Some(id) = pending.pop() {
            if !std::mem::replace(&mut reached[id.0 as usize], true) {
                self.each_child(id, &mut |child| pending.push(child));
            }
        }
        let unreached = ids.into_iter().filter(|id| !reached[id.0 as usize]);
        let mut garbage: Vec<Id> = unreached.collect();
        garbage.sort_unstable_by_key(|&id| self.heap.born(id));
        garbage
    }

    /// For each object, by its number, how many references do not come from others of them.
    fn references_from_outside(&self, ids: &[Id]) -> Vec<u32> {
        let size = ids.iter().map(|id| id.0 as usize + 1).max().unwrap_or(0);
        let mut outside = vec![0u32; size];
        for &id in ids {
            outside[id.0 as usize] = self.heap.count(id);
        }
        for &id in ids {
            self.each_child(id, &mut |child| {
                if let Some(count) = outside.get_mut(child.0 as usize) {
                    *count = count.saturating_sub(1);
                }
            });
        }
        outside
    }

    /// What refers to one of the targets, the oldest first (`gc.get_referrers`). An attribute counts as a reference of
    /// the instance that has it.
    pub fn referrers(&self, targets: &[Value]) -> Vec<Value> {
        let refers = |id: Id| {
            let mut found = false;
            self.heap.payload(id).each(&mut |value| {
                found |= targets.iter().any(|target| target.is(value));
            });
            found
        };
        let mut ids: Vec<Id> = self
            .heap
            .ids()
            .filter(|&id| self.is_container(id))
            .collect();
        ids.sort_unstable_by_key(|&id| self.heap.born(id));
        let is_module = |id: &Id| matches!(self.heap.payload(*id), Payload::Module);
        let attributes: BTreeSet<Id> = ids
            .iter()
            .filter(|id| !is_module(id))
            .map(|&id| self.heap.get(id).dict)
            .collect();
        let has_one = |&id: &Id| {
            let dict = self.heap.get(id).dict;
            let own = !attributes.contains(&id) && refers(id);
            own || (attributes.contains(&dict) && !dict.is_none() && refers(dict))
        };
        ids.into_iter().filter(has_one).map(Value::from).collect()
    }

    fn each_child(&self, id: Id, visit: &mut dyn FnMut(Id)) {
        let object = self.heap.get(id);
        self.each_own(id, visit);
        visit_some(object.dict, visit);
        visit_some(object.class, visit);
    }

    fn each_own(&self, id: Id, visit: &mut dyn FnMut(Id)) {
        self.heap.payload(id).each_found(&mut |value| {
            if let Value::Object(child) = value {
                visit(child);
            }
        });
    }

    /// Is it an object that CPython's collector would know of?
    fn is_container(&self, id: Id) -> bool {
        !matches!(
            self.heap.payload(id),
            Payload::Int(_)
                | Payload::Float(_)
                | Payload::Complex(..)
                | Payload::Str(_)
                | Payload::Bytes(_)
                | Payload::ByteArray(_)
                | Payload::Range(_)
                | Payload::Code(_)
        )
    }
}

fn visit_some(id: Id, visit: &mut dyn FnMut(Id)) {
    if !id.is_none() {
        visit(id);
    }
}
