//! A set of objects as a bit for each: cheap to ask for every object that is freed.

use super::value::Id;

/// Objects by their numbers, 64 to a word.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    words: Vec<u64>,
}

impl Marks {
    /// Adds an object.
    pub fn insert(&mut self, object: Id) {
        let (word, bit) = place(object);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= bit;
    }

    /// Takes an object out.
    #[inline]
    pub fn remove(&mut self, object: Id) {
        let (word, bit) = place(object);
        if let Some(marks) = self.words.get_mut(word) {
            *marks &= !bit;
        }
    }

    /// Is an object in it?
    #[inline]
    pub fn contains(&self, object: Id) -> bool {
        let (word, bit) = place(object);
        self.words.get(word).is_some_and(|marks| marks & bit != 0)
    }
}

fn place(object: Id) -> (usize, u64) {
    (object.0 as usize / 64, 1 << (object.0 % 64))
}
