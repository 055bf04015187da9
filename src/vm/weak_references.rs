//! Which weak references there are to which objects.

use super::value::Id;
use std::collections::BTreeMap;

/// The weak references by the object they refer to. Each object that is freed is looked up here, and hardly any has one:
/// a bit for each object tells most of them apart without a search.
#[derive(Clone, Debug, Default)]
pub struct WeakReferences {
    of: BTreeMap<Id, Vec<Id>>,
    /// Whether an object may have one, by its number; 64 to a word.
    marks: Vec<u64>,
}

impl WeakReferences {
    /// Those that refer to an object.
    pub fn of(&self, object: Id) -> &[Id] {
        match self.is_marked(object) {
            true => self.of.get(&object).map_or(&[], Vec::as_slice),
            false => &[],
        }
    }

    /// Adds one.
    pub fn add(&mut self, object: Id, reference: Id) {
        let (word, bit) = place(object);
        if self.marks.len() <= word {
            self.marks.resize(word + 1, 0);
        }
        self.marks[word] |= bit;
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
        if !self.is_marked(object) {
            return Vec::new();
        }
        let (word, bit) = place(object);
        self.marks[word] &= !bit;
        self.of.remove(&object).unwrap_or_default()
    }

    #[inline]
    fn is_marked(&self, object: Id) -> bool {
        let (word, bit) = place(object);
        self.marks.get(word).is_some_and(|marks| marks & bit != 0)
    }
}

fn place(object: Id) -> (usize, u64) {
    (object.0 as usize / 64, 1 << (object.0 % 64))
}
