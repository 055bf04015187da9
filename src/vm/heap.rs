//! The heap: objects in copy-on-write pages, with their reference counts in a list of their own.
//!
//! Who counts: the value stack (through [`super::frame::Fiber`]) and containers (through the methods here). Built-in
//! functions *borrow*: they neither count what they read nor what they return. An object whose count is zero is only
//! a candidate for release; candidates are looked at between two instructions ([`Heap::next_dead`]), so that a new
//! object, or one that was just taken out of a container, lives until the instruction that handles it is complete.

use super::dict::{Dict, Entry, Position};
use super::iter::Iter;
use super::object::{Exception, Object, Payload};
use super::set::Set;
use super::value::{Id, Value};
use crate::shared::{unshared, unshared_items};
use std::ops::Range;
use std::rc::Rc;

const PAGE: usize = 256;

/// Objects that snapshots share until one of them changes.
#[derive(Clone, Debug)]
struct Page {
    objects: [Object; PAGE],
    /// When each was made, as a count of all that were.
    born: [u32; PAGE],
    /// How many of them are live.
    live: u32,
}

/// All objects of a world. Cloning it copies page pointers and the counts.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    pages: Vec<Rc<Page>>,
    /// Number of references to each object. Nearly every instruction changes some, so a flat list that each snapshot
    /// copies is cheaper than pages that ask each time whether a snapshot shares them.
    counts: Vec<u32>,
    /// Grows when a remembered look-up may have become wrong, see [`super::lookup`].
    epoch: u64,
    /// The place that was freed last, if that of no object is yet to be given away again.
    free: Id,
    /// The places of the last page that have not been given away.
    unused: Range<u32>,
    /// Objects whose count was zero when they were made or last released.
    candidates: Vec<Id>,
    /// Number of live objects.
    live: usize,
    /// How many of them are exceptions.
    exceptions: usize,
    /// Number of objects made so far; wraps around.
    made: u32,
}

impl Heap {
    /// An empty heap.
    pub fn new() -> Self {
        let mut heap = Self::default();
        heap.grow();
        heap
    }

    /// Number of live objects.
    pub fn live(&self) -> usize {
        self.live
    }

    /// Grows when a remembered look-up may have become wrong.
    #[inline]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Makes an object and counts what it refers to.
    pub fn alloc(&mut self, class: Id, payload: Payload) -> Id {
        payload.each_shortly(|value| self.retain(value));
        self.alloc_counted(class, payload)
    }

    /// Makes an object; what it refers to, but for its class, is counted already.
    pub fn alloc_counted(&mut self, class: Id, payload: Payload) -> Id {
        self.retain_id(class);
        let id = self.place();
        self.made = self.made.wrapping_add(1);
        self.exceptions += usize::from(payload.is_exception());
        let page = unshared(&mut self.pages[id.0 as usize / PAGE]);
        page.born[id.0 as usize % PAGE] = self.made;
        page.live += 1;
        let next = std::mem::replace(
            &mut page.objects[id.0 as usize % PAGE],
            Object {
                class,
                dict: Id::NONE,
                payload,
            },
        );
        if let Payload::NextFree(next) = next.payload {
            self.free = next;
        }
        self.live += 1;
        self.candidates.push(id);
        id
    }

    /// Where the next object is made: where the last one was freed, or else where there has been none.
    fn place(&mut self) -> Id {
        if !self.free.is_none() {
            return self.free;
        }
        loop {
            match self.unused.next() {
                Some(unused) => return Id(unused),
                None => self.grow(),
            }
        }
    }

    /// The object with this number.
    #[inline]
    pub fn get(&self, id: Id) -> &Object {
        &self.pages[id.0 as usize / PAGE].objects[id.0 as usize % PAGE]
    }

    /// When the object was made: later ones have larger numbers.
    pub fn born(&self, id: Id) -> u32 {
        self.pages[id.0 as usize / PAGE].born[id.0 as usize % PAGE]
    }

    /// Is there any exception?
    pub fn has_exceptions(&self) -> bool {
        self.exceptions > 0
    }

    /// How many objects were made: what is made from now on is born later.
    pub fn made(&self) -> u32 {
        self.made
    }

    /// Makes an object as old as if it had been made then.
    pub fn set_born(&mut self, id: Id, born: u32) {
        let page = unshared(&mut self.pages[id.0 as usize / PAGE]);
        page.born[id.0 as usize % PAGE] = born;
    }

    /// The content of the object with this number.
    #[inline]
    pub fn payload(&self, id: Id) -> &Payload {
        &self.get(id).payload
    }

    /// The content of a value, if it lies on the heap.
    #[inline]
    pub fn content(&self, value: Value) -> Option<&Payload> {
        value.id().map(|id| self.payload(id))
    }

    /// Is there an object with this number?
    pub fn is_live(&self, id: Id) -> bool {
        self.payload(id).is_live()
    }

    /// Counts one more reference.
    #[inline]
    pub fn retain(&mut self, value: Value) {
        if let Value::Object(id) = value {
            self.counts[id.0 as usize] += 1;
        }
    }

    /// Counts one reference less; at zero the object becomes a candidate for release.
    #[inline]
    pub fn release(&mut self, value: Value) {
        if let Value::Object(id) = value {
            let count = &mut self.counts[id.0 as usize];
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.candidates.push(id);
            }
        }
    }

    /// The number of counted references.
    pub fn count(&self, id: Id) -> u32 {
        self.counts[id.0 as usize]
    }

    /// Are there candidates for release that nothing holds? Forgets those that something holds by now.
    #[inline]
    pub fn has_dead(&mut self) -> bool {
        while let Some(&last) = self.candidates.last() {
            if self.counts[last.0 as usize] == 0 {
                return true;
            }
            self.candidates.pop();
        }
        false
    }

    /// Takes the candidate for release, if there is exactly one.
    #[inline]
    pub fn only_candidate(&mut self) -> Option<Id> {
        match self.candidates.len() {
            1 => self.candidates.pop(),
            _ => None,
        }
    }

    /// Moves the candidates to the end of a list, the oldest last.
    #[inline]
    pub fn move_candidates(&mut self, to: &mut Vec<Id>) {
        while let Some(candidate) = self.candidates.pop() {
            to.push(candidate);
        }
    }

    /// Is the object live with no references left?
    pub fn is_dead(&self, id: Id) -> bool {
        self.count(id) == 0 && self.is_live(id)
    }

    /// Frees an object and releases what it refers to.
    pub fn free(&mut self, id: Id) {
        let next = self.free;
        let page = unshared(&mut self.pages[id.0 as usize / PAGE]);
        page.live -= 1;
        let object = std::mem::replace(
            &mut page.objects[id.0 as usize % PAGE],
            Object {
                payload: Payload::NextFree(next),
                ..Object::default()
            },
        );
        self.free = id;
        self.live -= 1;
        self.note_change(&object.payload);
        // Exceptions let go of their attributes first (`Objects/exceptions.c`: BaseException_clear).
        let attributes_first = object.payload.is_exception();
        if attributes_first {
            self.exceptions -= 1;
            self.release_id(object.dict);
        }
        object.payload.each_shortly(|value| self.release(value));
        if !attributes_first {
            self.release_id(object.dict);
        }
        self.release_id(object.class);
    }

    /// Replaces the content of an object; counts the new references and releases the old ones.
    pub fn set_payload(&mut self, id: Id, payload: Payload) {
        payload.each(&mut |value| self.retain(value));
        self.exceptions += usize::from(payload.is_exception());
        let old = std::mem::replace(&mut self.slot_mut(id).payload, payload);
        self.exceptions -= usize::from(old.is_exception());
        self.note_change(&old);
        self.epoch += u64::from(matches!(self.payload(id), Payload::Class(_)));
        old.each(&mut |value| self.release(value));
    }

    /// Replaces the attribute dict of an object.
    pub fn set_dict(&mut self, id: Id, dict: Id) {
        self.retain_id(dict);
        let old = std::mem::replace(&mut self.slot_mut(id).dict, dict);
        let watched = self.dict(old).is_some_and(Dict::is_watched);
        self.epoch += u64::from(watched || matches!(self.payload(id), Payload::Module));
        self.release_id(old);
    }

    /// Replaces the class of an object.
    pub fn set_class(&mut self, id: Id, class: Id) {
        self.retain_id(class);
        let old = std::mem::replace(&mut self.slot_mut(id).class, class);
        // What is found on a class may become a descriptor.
        self.epoch += 1;
        self.release_id(old);
    }

    /// Changes a content in place. Only for changes that neither add nor drop a reference (positions, flags, order).
    pub fn payload_mut(&mut self, id: Id) -> &mut Payload {
        let page = &mut self.pages[id.0 as usize / PAGE];
        let payload = &mut unshared(page).objects[id.0 as usize % PAGE].payload;
        if let Payload::Class(_) = payload {
            self.epoch += 1;
        }
        payload
    }

    /// Changes an exception, if it is one; counts what it refers to then instead of what it referred to.
    pub fn change_exception(&mut self, id: Id, change: impl FnOnce(&mut Exception)) {
        let Payload::Exception(content) = &mut self.slot_mut(id).payload else {
            return;
        };
        let content = unshared(content);
        let before = content.references();
        change(content);
        let after = content.references();
        for (before, after) in before.into_iter().zip(after) {
            if !before.is(after) {
                self.retain(after);
                self.release(before);
            }
        }
    }

    /// The state of a built-in iterator, to move it on without changing what it refers to.
    pub fn iter_mut(&mut self, id: Id) -> Option<&mut Iter> {
        match &mut self.slot_mut(id).payload {
            Payload::Iter(iter) => Some(unshared(iter)),
            _ => None,
        }
    }

    /// A content is about to go or to change: were look-ups in it remembered?
    fn note_change(&mut self, content: &Payload) {
        let remembered = match content {
            Payload::Dict(dict) => dict.is_watched(),
            Payload::Class(_) | Payload::Module => true,
            _ => false,
        };
        self.epoch += u64::from(remembered);
    }

    /// Recounts every reference from `roots` and the heap itself; gives the objects whose count is wrong as
    /// (object, counted, actual).
    pub fn audit(&self, roots: impl Iterator<Item = Value>) -> Vec<(Id, u32, u32)> {
        let mut actual = vec![0u32; self.pages.len() * PAGE];
        let mut count = |value: Value| {
            if let Value::Object(id) = value {
                actual[id.0 as usize] += 1;
            }
        };
        roots.for_each(&mut count);
        for object in self.pages.iter().flat_map(|page| page.objects.iter()) {
            if !object.payload.is_live() {
                continue;
            }
            object.payload.each(&mut count);
            [object.dict, object.class]
                .into_iter()
                .filter(|id| !id.is_none())
                .for_each(|id| count(id.into()));
        }
        let ids = (1..actual.len() as u32).map(Id);
        ids.filter(|&id| self.is_live(id) && self.count(id) != actual[id.0 as usize])
            .map(|id| (id, self.count(id), actual[id.0 as usize]))
            .collect()
    }

    /// Every live object.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        let pages = self.pages.iter().enumerate();
        let used = pages.filter(|(_, page)| page.live > 0);
        used.flat_map(|(at, page)| {
            let objects = page.objects.iter().enumerate();
            let live = objects.filter(|(_, object)| object.payload.is_live());
            live.take(page.live as usize)
                .map(move |(slot, _)| Id((at * PAGE + slot) as u32))
        })
    }

    fn retain_id(&mut self, id: Id) {
        if !id.is_none() {
            self.retain(id.into());
        }
    }

    fn release_id(&mut self, id: Id) {
        if !id.is_none() {
            self.release(id.into());
        }
    }

    fn grow(&mut self) {
        let first = (self.pages.len() * PAGE) as u32;
        // Number 0 is "no object": the first page hands out 1..255.
        let skip = u32::from(first == 0);
        self.pages.push(Rc::new(Page {
            objects: [const { Object::FREE }; PAGE],
            born: [0; PAGE],
            live: 0,
        }));
        self.counts.resize(self.pages.len() * PAGE, 0);
        self.unused = first + skip..first + PAGE as u32;
    }

    #[inline]
    fn slot_mut(&mut self, id: Id) -> &mut Object {
        let page = &mut self.pages[id.0 as usize / PAGE];
        &mut unshared(page).objects[id.0 as usize % PAGE]
    }
}

/// Lists: each method counts what it stores and releases what it drops.
impl Heap {
    /// The items of a list or tuple.
    pub fn items(&self, id: Id) -> Option<&[Value]> {
        match self.payload(id) {
            Payload::List(items) => Some(items),
            Payload::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list, to permute or read them. Adding or dropping items needs the counting methods.
    pub fn list_mut(&mut self, id: Id) -> Option<&mut Vec<Value>> {
        match &mut self.slot_mut(id).payload {
            Payload::List(items) => Some(unshared(items)),
            _ => None,
        }
    }

    /// `append`
    pub fn list_push(&mut self, id: Id, value: Value) {
        self.retain(value);
        if let Some(items) = self.list_mut(id) {
            items.push(value);
        }
    }

    /// Replaces the items in a range by others: insertion, deletion and slice assignment.
    pub fn list_splice(&mut self, id: Id, range: std::ops::Range<usize>, new: &[Value]) {
        new.iter().for_each(|&value| self.retain(value));
        let Some(items) = self.list_mut(id) else {
            return;
        };
        let range = range.start.min(items.len())
            ..range.end.clamp(range.start.min(items.len()), items.len());
        let old: Vec<Value> = items.splice(range, new.iter().copied()).collect();
        old.into_iter().rev().for_each(|value| self.release(value));
    }

    /// Takes all items out of a list, the last one first. It keeps its room.
    pub fn list_clear(&mut self, id: Id) {
        while let Some(item) = self.list_mut(id).and_then(Vec::pop) {
            self.release(item);
        }
    }

    /// Replaces the item at an index that is within the list.
    pub fn list_set(&mut self, id: Id, index: usize, value: Value) {
        self.retain(value);
        let old = self
            .list_mut(id)
            .and_then(|items| items.get_mut(index))
            .map(|slot| std::mem::replace(slot, value));
        self.release(old.unwrap_or_default());
    }
}

/// Dicts and sets: each method counts what it stores and releases what it drops.
impl Heap {
    /// The table of a dict.
    pub fn dict(&self, id: Id) -> Option<&Dict> {
        match self.payload(id) {
            Payload::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    fn dict_mut(&mut self, id: Id) -> Option<&mut Dict> {
        match &mut self.slot_mut(id).payload {
            Payload::Dict(dict) => Some(unshared(dict)),
            _ => None,
        }
    }

    /// Adds an entry whose key is not there yet.
    pub fn dict_push(&mut self, id: Id, hash: i64, key: Value, value: Value) {
        self.retain(key);
        self.retain(value);
        if let Some(dict) = self.dict_mut(id) {
            dict.push(hash, key, value);
            self.epoch += u64::from(dict.is_watched());
        }
    }

    /// Replaces the value at a position.
    pub fn dict_replace(&mut self, id: Id, at: Position, value: Value) {
        self.retain(value);
        let Some(dict) = self.dict_mut(id) else {
            return;
        };
        let (old, watched) = (dict.replace(at, value), dict.has_watched_values());
        let told = watched && (old.id().is_some() || value.id().is_some());
        self.epoch += u64::from(told);
        self.release(old);
    }

    /// Takes an entry out; the references it held are released, so it lives only for the rest of this instruction.
    pub fn dict_remove(&mut self, id: Id, at: Position) -> Option<Entry> {
        let dict = self.dict_mut(id)?;
        let (entry, watched) = (dict.remove(at), dict.is_watched());
        self.epoch += u64::from(watched);
        let entry = entry?;
        self.release(entry.key);
        self.release(entry.value);
        Some(entry)
    }

    /// `clear`
    pub fn dict_clear(&mut self, id: Id) {
        self.set_payload(id, Payload::Dict(Rc::default()));
    }

    /// The table of a set or frozenset.
    pub fn set(&self, id: Id) -> Option<&Set> {
        match self.payload(id) {
            Payload::Set(set) => Some(set),
            _ => None,
        }
    }

    fn set_mut(&mut self, id: Id) -> Option<&mut Set> {
        match &mut self.slot_mut(id).payload {
            Payload::Set(set) => Some(unshared(set)),
            _ => None,
        }
    }

    /// Adds a key that is not in the set yet.
    pub fn set_push(&mut self, id: Id, hash: i64, key: Value) {
        self.retain(key);
        if let Some(set) = self.set_mut(id) {
            set.push(hash, key);
        }
    }

    /// Takes the key at a table position out.
    pub fn set_remove(&mut self, id: Id, at: usize) -> Option<Value> {
        let key = self.set_mut(id)?.remove(at)?;
        self.release(key);
        Some(key)
    }
}

/// Fields of native records and small cells.
impl Heap {
    /// Field `n` of a record; unbound when there is none.
    #[inline]
    pub fn field(&self, id: Id, n: usize) -> Value {
        match self.payload(id) {
            Payload::Record(fields) => fields.get(n).copied().unwrap_or_default(),
            _ => Value::Unbound,
        }
    }

    /// Sets field `n` of a record.
    #[inline]
    pub fn set_field(&mut self, id: Id, n: usize, value: Value) {
        self.retain(value);
        let slot = match &mut self.slot_mut(id).payload {
            Payload::Record(fields) => unshared_items(fields).get_mut(n),
            _ => None,
        };
        let old = slot.map(|slot| std::mem::replace(slot, value));
        self.release(old.unwrap_or(value));
    }

    /// Sets several fields of a record, given by their numbers.
    pub fn set_fields<const N: usize>(&mut self, id: Id, mut fields: [(usize, Value); N]) {
        fields.iter().for_each(|&(_, value)| self.retain(value));
        if let Payload::Record(all) = &mut self.slot_mut(id).payload {
            let all = unshared_items(all);
            for (n, value) in &mut fields {
                if let Some(slot) = all.get_mut(*n) {
                    std::mem::swap(slot, value);
                }
            }
        }
        fields.iter().for_each(|&(_, old)| self.release(old));
    }

    /// The content of a cell; unbound when it is empty.
    pub fn cell(&self, id: Id) -> Value {
        match self.payload(id) {
            Payload::Cell(value) => *value,
            _ => Value::Unbound,
        }
    }
}
