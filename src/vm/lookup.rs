//! Remembered look-ups: where the classes along an mro, or globals and builtins, have a name. Nearly every instruction
//! that names something finds it where it was the last time.
//!
//! What is remembered is a *position* in a dict, so a new value under an old name needs no care. Whatever else could
//! make it wrong (a key added to or taken out of a dict that was searched, a class changed, either of them gone) begins
//! a new epoch of the heap, and nothing that was remembered before counts any more.
//!
//! Of attributes it is remembered as well what their class says to them, see [`OnClass`]. That depends on values, and
//! new objects under old names of a class that was asked begin a new epoch too.

use super::dict::Watch;
use super::machine::Vm;
use super::native::NativeKind;
use super::object::Payload;
use super::value::{Id, Value};
use std::cell::{Cell, OnceCell};

/// A power of two; a look-up that maps to an occupied place takes it over.
const PLACES: usize = 1024;

/// Where a name was found.
#[derive(Clone, Copy, Debug, Default)]
struct Remembered {
    epoch: u64,
    /// The class, the module, or the dict of globals.
    owner: Id,
    name: Id,
    /// The dict that has the name; none when there is no such name.
    dict: Id,
    at: u32,
}

/// What the class of an object says to reading an attribute of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum OnClass {
    /// Nothing: there is none but the object's own.
    #[default]
    Nothing,
    /// This function or method of a built-in is bound, where the object has none of its own.
    Method(Id),
    /// Something else, where the object has none of its own.
    Other,
    /// A data descriptor or a method that computes attributes decides.
    Computed,
}

/// What a class says to an attribute.
#[derive(Clone, Copy, Debug, Default)]
struct Decided {
    epoch: u64,
    class: Id,
    name: Id,
    /// The hash of the name.
    hash: i64,
    on_class: OnClass,
}

/// The look-ups that a machine remembers. They are no part of its state: a clone begins with none.
#[derive(Debug, Default)]
pub struct Lookups {
    found: Places<Remembered>,
    decided: Places<Decided>,
}

/// A place for each look-up of a name in what belongs to an owner, made when the first one is asked for.
#[derive(Debug, Default)]
struct Places<T: Copy>(OnceCell<Box<[Cell<T>]>>);

/// Searches what belongs to an owner for a name: the dict that has it, and where. The outer `None`: there is no such
/// owner.
type Search = fn(&Vm, Id, Value) -> Option<Option<(Id, usize)>>;

impl Clone for Lookups {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T: Copy + Default> Places<T> {
    #[inline]
    fn of(&self, owner: Id, name: Id) -> &Cell<T> {
        let places = self.0.get_or_init(|| vec![Cell::default(); PLACES].into());
        let mixed = owner.0.wrapping_mul(0x9e37_79b9) ^ name.0.wrapping_mul(0x85eb_ca6b);
        &places[(mixed >> 16) as usize % PLACES]
    }
}

impl Vm {
    /// What the mro of a class has under a name, without binding.
    #[inline]
    pub fn lookup(&self, class: Id, name: Value) -> Option<Value> {
        self.remembered(class, name, Self::search_mro)
    }

    /// A name among globals, or else among builtins.
    #[inline]
    pub fn lookup_global(&self, globals: Id, name: Value) -> Option<Value> {
        self.remembered(globals, name, Self::search_globals)
    }

    /// The same, looked for first where the same instruction found it among the globals the last time.
    #[inline]
    pub(super) fn lookup_global_again(
        &self,
        globals: Id,
        name: Value,
        hint: &Cell<u32>,
    ) -> Option<Value> {
        let table = self.heap.dict(globals)?;
        if let Some(entry) = table.entry_of(hint.get() as usize, name.id()?) {
            return Some(entry.value);
        }
        let (dict, at) = self.place_of(globals, name, Self::search_globals)?;
        if dict == globals {
            hint.set(at as u32);
        }
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    #[inline]
    fn remembered(&self, owner: Id, name: Value, search: Search) -> Option<Value> {
        let (dict, at) = self.place_of(owner, name, search)?;
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    /// The dict that has the name, and where.
    #[inline]
    fn place_of(&self, owner: Id, name: Value, search: Search) -> Option<(Id, usize)> {
        let key = name.id()?;
        let known = self.lookups.found.of(owner, key).get();
        match known.name == key && known.owner == owner && known.epoch == self.heap.epoch() {
            true if known.dict.is_none() => None,
            true => Some((known.dict, known.at as usize)),
            false => self.search_and_remember(owner, name, search),
        }
    }

    fn search_and_remember(&self, owner: Id, name: Value, search: Search) -> Option<(Id, usize)> {
        let found = search(self, owner, name)?;
        // A str that is not interned may go, and its number may become that of another one.
        if let Some(key) = name.id()
            && self.as_text(name).is_some_and(|text| text.is_interned())
        {
            let (dict, at) = found.unwrap_or_default();
            self.lookups.found.of(owner, key).set(Remembered {
                epoch: self.heap.epoch(),
                owner,
                name: key,
                dict,
                at: at as u32,
            });
        }
        found
    }

    /// What a class says to an attribute of its objects, and the hash of the name.
    #[inline]
    pub(super) fn on_class(&self, class: Id, name: Value) -> Option<(OnClass, i64)> {
        let key = name.id()?;
        let known = self.lookups.decided.of(class, key).get();
        match known.name == key && known.class == class && known.epoch == self.heap.epoch() {
            true => Some((known.on_class, known.hash)),
            false => self.decide(class, name),
        }
    }

    fn decide(&self, class: Id, name: Value) -> Option<(OnClass, i64)> {
        let text = self.as_text(name)?;
        let (hash, key) = (text.hash(), name.id()?);
        let on_class = self.ask_class(class, name)?;
        if text.is_interned() {
            self.lookups.decided.of(class, key).set(Decided {
                epoch: self.heap.epoch(),
                class,
                name: key,
                hash,
                on_class,
            });
        }
        Some((on_class, hash))
    }

    fn ask_class(&self, class: Id, name: Value) -> Option<OnClass> {
        if self.class(class)?.traits.getattribute {
            return Some(OnClass::Computed);
        }
        let Some((dict, at)) = self.search_mro(class, name)? else {
            return Some(OnClass::Nothing);
        };
        let namespace = self.heap.dict(dict)?;
        namespace.watch(Watch::Values);
        let found = namespace.entry(at)?.value;
        let method = match self.heap.content(found) {
            Some(Payload::Function(_)) => true,
            Some(Payload::Native(native)) => {
                matches!(native.kind, NativeKind::Method | NativeKind::SlotWrapper)
            }
            _ => false,
        };
        let hides = self.is_data_descriptor(found) || self.hides_slot(class, found);
        Some(match found.id() {
            Some(found) if method => OnClass::Method(found),
            _ if hides => OnClass::Computed,
            _ => OnClass::Other,
        })
    }

    /// Has the object an attribute of its own under a name with this hash?
    #[inline]
    pub(super) fn has_own_attribute(&self, object: Value, name: Value, hash: i64) -> bool {
        let Some(dict) = object.id().map(|id| self.heap.get(id).dict) else {
            return false;
        };
        !dict.is_none()
            && self.heap.dict(dict).is_some_and(|dict| dict.may_have(hash))
            && self.dict_find_name(dict, name).is_some()
    }

    fn search_mro(&self, class: Id, name: Value) -> Option<Option<(Id, usize)>> {
        let mut mro = self.class(class)?.mro.iter();
        Some(mro.find_map(|&base| {
            let namespace = self.class(base)?.namespace;
            Some((namespace, self.find_watched(namespace, name)?))
        }))
    }

    fn search_globals(&self, globals: Id, name: Value) -> Option<Option<(Id, usize)>> {
        self.heap.dict(globals)?;
        let mut dicts = [globals, self.builtins].into_iter();
        Some(dicts.find_map(|dict| Some((dict, self.find_watched(dict, name)?))))
    }

    /// Looks a name up and has changes of the dict's keys told from now on.
    fn find_watched(&self, dict: Id, name: Value) -> Option<usize> {
        self.heap.dict(dict)?.watch(Watch::Keys);
        self.dict_find_name(dict, name)
    }
}
