//! Which weak references there are to which objects.

use super::marks::Marks;
use super::value::Id;
use std::collections::BTreeMap;

/// The weak references by the object they refer to. Each object that is freed is looked up here, and hardly any has one:
/// a bit for each object tells most of them apart without a search.
#[derive(Clone, Debug, Default)]
pub struct WeakReferences {
    of: BTreeMap<Id, Vec<Id>>,
    /// Those that may have one.
    marks: Marks,
}

impl WeakReferences {
    /// Those that refer to an object.
    pub fn of(&self, object: Id) -> &[Id] {
        match self.marks.contains(object) {
            true => self.of.get(&object).map_or(&[], Vec::as_slice),
            false => &[],
        }
    }

    /// Adds one.
    pub fn add(&mut self, object: Id, reference: Id) {
        self.marks.insert(object);
        self.of.entry(object).or_default().push(reference);
    }

    /// One of them is gone.
    pub fn forget(&mut self, object: Id, reference: Id) {
        if let Some(references) = self.of.get_mut(&object) {
            references.retain(|&known| known != reference);
        }
    }

    /// Takes those that refer to an object, which is about to be freed.
    pub fn take(&mut self, object: Id) -> Vec<Id> {
        if !self.marks.contains(object) {
            return Vec::new();
        }
        self.marks.remove(object);
        self.of.remove(&object).unwrap_or_default()
    }
}
