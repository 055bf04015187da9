//! A table by creation number whose clones share their pages until one of them is written.

use crate::shared::unshared;
use std::rc::Rc;

/// Entries of one page. Small, because writing to a shared page copies it.
const PAGE: usize = 32;

/// Numbers from here on are ignored: no run makes so many objects, and an imported trace must not be able to ask
/// for memory by naming a huge number.
pub const NUMBER_LIMIT: u32 = 1 << 24;

type Page<T> = Rc<[Option<T>; PAGE]>;

/// Entries by number. A clone costs one pointer per page; after it, the first write to a page copies that page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    pages: Vec<Option<Page<T>>>,
    len: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            pages: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone> Table<T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The entry with this number.
    #[inline]
    pub fn get(&self, number: u32) -> Option<&T> {
        let (page, slot) = place(number);
        self.pages.get(page)?.as_ref()?.get(slot)?.as_ref()
    }

    /// The entry with this number, to be changed.
    #[inline]
    pub fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        let (page, slot) = place(number);
        let page = self.pages.get_mut(page)?.as_mut()?;
        // Looked at first: a page is not copied for an entry that is missing.
        page[slot].as_ref()?;
        unshared(page)[slot].as_mut()
    }

    /// The entry with this number, made by `make` if it is missing; `None` beyond [`NUMBER_LIMIT`].
    #[inline]
    pub fn entry(&mut self, number: u32, make: impl FnOnce() -> T) -> Option<&mut T> {
        if self.get(number).is_none() {
            self.insert(number, make());
        }
        self.get_mut(number)
    }

    /// Sets the entry with this number; does nothing beyond [`NUMBER_LIMIT`].
    pub fn insert(&mut self, number: u32, value: T) {
        if number >= NUMBER_LIMIT {
            return;
        }
        let (page, slot) = place(number);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let entries =
            self.pages[page].get_or_insert_with(|| Rc::new(std::array::from_fn(|_| None)));
        let before = unshared(entries)[slot].replace(value);
        self.len += usize::from(before.is_none());
    }

    /// Every entry with its number, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.pages.iter().enumerate().flat_map(|(page, entries)| {
            let entries = entries.iter().flat_map(|entries| entries.iter());
            entries.enumerate().filter_map(move |(slot, entry)| {
                let number = (page * PAGE + slot) as u32;
                entry.as_ref().map(|entry| (number, entry))
            })
        })
    }

    /// The entries in order of their numbers.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, entry)| entry)
    }
}

fn place(number: u32) -> (usize, usize) {
    (number as usize / PAGE, number as usize % PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_do_not_see_later_writes() {
        let mut table = Table::default();
        table.insert(1, "a");
        let before = table.clone();
        table.insert(1, "b");
        table.insert(100, "c");
        assert_eq!(before.iter().collect::<Vec<_>>(), [(1, &"a")]);
        assert_eq!(table.iter().collect::<Vec<_>>(), [(1, &"b"), (100, &"c")]);
        assert_eq!((before.len(), table.len()), (1, 2));
    }

    #[test]
    fn huge_numbers_are_ignored() {
        let mut table = Table::default();
        table.insert(u32::MAX, 1);
        assert!(table.entry(NUMBER_LIMIT, || 1).is_none());
        assert!(table.is_empty() && table.get(u32::MAX).is_none());
    }
}
