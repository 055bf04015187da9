//! Texts numbered in the order in which they were first seen; equal texts have equal numbers.

use std::rc::Rc;

/// How many of the shared texts that were asked for last are found without looking at them: a power of two.
const RECENT: usize = 16;

/// Size of the first table.
const SMALLEST: usize = 64;

/// A number for each text. Found by hashing, so that a look-up costs the same however many there are; nothing depends
/// on the order of the table.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    texts: Vec<Rc<str>>,
    /// Open addressing: a power of two, at most half full.
    table: Vec<Place>,
    /// Numbers of shared texts that were asked for, by their addresses.
    recent: [u32; RECENT],
}

/// A place of the table, with what is to be known of a text before it is worth being looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    hash: u32,
    /// One more than the number of the text; 0 where there is none.
    after: u32,
}

impl Interner {
    /// The number of a text, if it was seen.
    pub fn find(&self, text: &str) -> Option<u32> {
        match self.table.is_empty() {
            true => None,
            false => self.search(hash(text), text).ok(),
        }
    }

    /// The number of a text, which is added if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.texts.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = hash(text);
        self.search(hash, text).unwrap_or_else(|at| {
            let number = self.texts.len() as u32;
            self.texts.push(text.into());
            let after = number + 1;
            self.table[at] = Place { hash, after };
            number
        })
    }

    /// The number of a text, or where in the table it would be.
    fn search(&self, hash: u32, text: &str) -> Result<u32, usize> {
        let mut at = self.home(hash);
        while let Some(number) = self.table[at].after.checked_sub(1) {
            if self.table[at].hash == hash && *self.texts[number as usize] == *text {
                return Ok(number);
            }
            at = (at + 1) & (self.table.len() - 1);
        }
        Err(at)
    }

    /// The same for a text that others hold as well, and that is asked for time and again.
    pub fn number_of_shared(&mut self, text: &Rc<str>) -> u32 {
        let at = (Rc::as_ptr(text).cast::<u8>() as usize >> 4) % RECENT;
        let recent = self.recent[at];
        if self
            .get(recent)
            .is_some_and(|known| Rc::ptr_eq(known, text))
        {
            return recent;
        }
        let number = self.number(text);
        self.texts[number as usize] = text.clone();
        self.recent[at] = number;
        number
    }

    /// The text with this number, if there is one.
    pub fn get(&self, number: u32) -> Option<&Rc<str>> {
        self.texts.get(number as usize)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    fn grow(&mut self) {
        let size = (self.texts.len() * 4).next_power_of_two().max(SMALLEST);
        let old = std::mem::replace(&mut self.table, vec![Place::default(); size]);
        for place in old.into_iter().filter(|place| place.after != 0) {
            let mut at = self.home(place.hash);
            while self.table[at].after != 0 {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = place;
        }
    }

    fn home(&self, hash: u32) -> usize {
        hash as usize & (self.table.len() - 1)
    }
}

/// Mixes eight bytes at a time, and gives the upper half, in which every bit of them counts: many texts differ in their
/// last digits only. They are our own program's, nobody gains by making them collide. Products of twice the width would
/// mix better, but are a call in the page.
fn hash(text: &str) -> u32 {
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(32) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = text.as_bytes().as_chunks();
    let hash = { words.iter() }.fold(0, |hash, &word| mix(hash, u64::from_le_bytes(word)));
    let last = { rest.iter() }.fold(0, |last, &byte| last << 8 | u64::from(byte));
    // Once more, so that the first of the last bytes count in full.
    (mix(mix(hash, last), 0) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..1000).map(|n| format!("text {n}")).collect();
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(interner.find(text), None);
            assert_eq!(interner.number(text), number as u32);
            let shared: Rc<str> = text.as_str().into();
            assert_eq!(interner.number_of_shared(&shared), number as u32);
            assert_eq!(interner.number_of_shared(&shared), number as u32);
        }
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(interner.number(text), number as u32);
            assert_eq!(
                interner.get(number as u32).map(|text| &**text),
                Some(&**text)
            );
        }
        assert_eq!((interner.len(), interner.find("")), (1000, None));
    }
}
