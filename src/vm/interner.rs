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
    /// Open addressing: a power of two, at most half full; one more than the number of a text, or 0.
    table: Vec<u32>,
    /// Numbers of shared texts that were asked for, by their addresses.
    recent: [u32; RECENT],
}

impl Interner {
    /// The number of a text, if it was seen.
    pub fn find(&self, text: &str) -> Option<u32> {
        match self.table.is_empty() {
            true => None,
            false => self.search(text).ok(),
        }
    }

    /// The number of a text, which is added if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.texts.len() * 2 >= self.table.len() {
            self.rebuild();
        }
        self.search(text).unwrap_or_else(|place| {
            let number = self.texts.len() as u32;
            self.texts.push(text.into());
            self.table[place] = number + 1;
            number
        })
    }

    /// The number of a text, or the place in the table where it would be.
    fn search(&self, text: &str) -> Result<u32, usize> {
        let mut at = self.home(text);
        while let Some(number) = self.table[at].checked_sub(1) {
            if *self.texts[number as usize] == *text {
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

    fn rebuild(&mut self) {
        let size = (self.texts.len() * 4).next_power_of_two().max(SMALLEST);
        self.table.clear();
        self.table.resize(size, 0);
        (0..self.texts.len()).for_each(|number| self.link(number));
    }

    fn link(&mut self, number: usize) {
        let mut at = self.home(&self.texts[number]);
        while self.table[at] != 0 {
            at = (at + 1) & (self.table.len() - 1);
        }
        self.table[at] = number as u32 + 1;
    }

    fn home(&self, text: &str) -> usize {
        (hash(text) >> 32) as usize & (self.table.len() - 1)
    }
}

/// Mixes eight bytes at a time, and folds both halves of the product: many texts differ in their last digits only. They
/// are our own program's, nobody gains by making them collide.
fn hash(text: &str) -> u64 {
    let mix = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * 0x9e37_79b9_7f4a_7c15;
        product as u64 ^ (product >> 64) as u64
    };
    let (words, rest) = text.as_bytes().as_chunks();
    let hash = { words.iter() }.fold(0, |hash, &word| mix(hash, u64::from_le_bytes(word)));
    let last = { rest.iter() }.fold(0, |last, &byte| last << 8 | u64::from(byte));
    mix(hash, last)
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
