//! The iterator protocol: `iter()`, `next()`, and collecting what an iterable yields.

use super::class;
use super::frame::Answer;
use super::iter::Iter;
use super::machine::{Input, Resumed, Vm};
use super::names;
use super::native::{NativeCode, Outcome, Trap};
use super::object::{Payload, ViewKind};
use super::ranges;
use super::value::{Id, Value};
use num_traits::ToPrimitive;
use std::rc::Rc;

/// What follows when an item was taken from an iterator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// Nothing that asks: the iterator moves on at once.
    Last,
    /// Perhaps questions, after which the instruction is executed again: the iterator moves on once only.
    Early,
}

/// `iter()`
impl Vm {
    /// `iter(value)`; TypeError when it is not iterable.
    pub fn iter(&mut self, value: Value) -> Outcome {
        let class = self.class_of(value);
        if self.is_builtin(class)
            && let Some(iterator) = self.builtin_iter(value)?
        {
            return Ok(iterator);
        }
        match self.lookup(class, names::ITER) {
            Some(Value::None) => self.not_iterable(value),
            Some(method) => {
                let iterator = self.call_special(method, value, &[])?;
                self.check_iterator(iterator)
            }
            None if self.special(class, names::GETITEM).is_some() => {
                Ok(self.new_iter(class::ITERATOR, Iter::GetItem { of: value, at: 0 }))
            }
            None => self.not_iterable(value),
        }
    }

    fn check_iterator(&mut self, iterator: Value) -> Outcome {
        if self.is_iterator(iterator) {
            return Ok(iterator);
        }
        let class = self.class_name(iterator);
        self.type_error(format!("iter() returned non-iterator of type '{class}'"))
    }

    fn not_iterable<T>(&mut self, value: Value) -> Outcome<T> {
        let class = self.class_name(value);
        self.type_error(format!("'{class}' object is not iterable"))
    }

    /// Would `iter(value)` find something to call?
    pub fn is_iterable(&self, value: Value) -> bool {
        let class = self.class_of(value);
        if self.is_builtin(class) && self.iter_over(value).is_some() {
            return true;
        }
        match self.lookup(class, names::ITER) {
            Some(found) => !found.is_none(),
            None => self.is_iterator(value) || self.special(class, names::GETITEM).is_some(),
        }
    }

    /// Does it have `__next__`?
    pub fn is_iterator(&self, value: Value) -> bool {
        match self.heap.content(value) {
            Some(Payload::Iter(_)) => true,
            Some(Payload::Generator(_)) if self.class_of(value) == class::GENERATOR => true,
            _ => self.special(self.class_of(value), names::NEXT).is_some(),
        }
    }

    /// `iter(value)` of a built-in iterable (or of a subclass, taken as its built-in base).
    pub fn builtin_iter(&mut self, value: Value) -> Outcome<Option<Value>> {
        match self.heap.content(value) {
            Some(Payload::Iter(_)) => return Ok(Some(value)),
            Some(Payload::Generator(_)) if self.class_of(value) == class::GENERATOR => {
                return Ok(Some(value));
            }
            Some(&Payload::MappingProxy(mapping)) => return self.iter(mapping).map(Some),
            Some(Payload::Range(_)) => return Ok(Some(self.range_iter(value))),
            _ => {}
        }
        let iter = self.iter_over(value);
        Ok(iter.map(|(class, iter)| self.new_iter(class, iter)))
    }

    /// A new built-in iterator.
    pub fn new_iter(&mut self, class: Id, iter: Iter) -> Value {
        self.object(class, Payload::Iter(Rc::new(iter)))
    }

    /// The iterator over a built-in container, with its class.
    fn iter_over(&self, value: Value) -> Option<(Id, Iter)> {
        let of = value.id()?;
        let at = 0;
        Some(match self.heap.payload(of) {
            Payload::List(_) => (class::LIST_ITERATOR, Iter::Sequence { of, at }),
            Payload::Tuple(_) => (class::TUPLE_ITERATOR, Iter::Sequence { of, at }),
            Payload::Str(text) if text.is_ascii() => {
                (class::STR_ASCII_ITERATOR, Iter::Str { of, at })
            }
            Payload::Str(_) => (class::STR_ITERATOR, Iter::Str { of, at }),
            Payload::Bytes(_) => (class::BYTES_ITERATOR, Iter::Bytes { of, at }),
            Payload::ByteArray(_) => (class::BYTEARRAY_ITERATOR, Iter::Bytes { of, at }),
            Payload::Dict(_) => self.view_iter(of, ViewKind::Keys),
            Payload::DictView(dict, view) => self.view_iter(*dict, *view),
            Payload::Set(set) => {
                let size = set.len();
                (class::SET_ITERATOR, Iter::Set { of, at, size })
            }
            Payload::Deque(deque) => {
                let changes = deque.changes;
                (class::DEQUE_ITERATOR, Iter::Deque { of, at, changes })
            }
            Payload::Range(_) | Payload::MappingProxy(_) => (class::RANGE_ITERATOR, Iter::Done),
            _ => return None,
        })
    }

    fn view_iter(&self, of: Id, view: ViewKind) -> (Id, Iter) {
        let (at, size) = (0, self.heap.dict(of).map_or(0, |dict| dict.len()));
        let class = match view {
            ViewKind::Keys => class::DICT_KEYITERATOR,
            ViewKind::Values => class::DICT_VALUEITERATOR,
            ViewKind::Items => class::DICT_ITEMITERATOR,
        };
        (class, Iter::Dict { of, at, size, view })
    }

    fn range_iter(&mut self, range: Value) -> Value {
        if let Some(range) = ranges::small(self, range) {
            let (next, step, left) = (range.start, range.step, range.len);
            return self.new_iter(class::RANGE_ITERATOR, Iter::Range { next, step, left });
        }
        let numbers = ranges::big(self, range).map(|r| [r.start, r.step, r.len]);
        let [next, step, left] = numbers.unwrap_or_default().map(|number| self.int(number));
        self.new_iter(
            class::LONGRANGE_ITERATOR,
            Iter::BigRange { next, step, left },
        )
    }

    /// `reversed(value)` of a built-in sequence, dict or view; `None` when it has no way of its own.
    pub fn builtin_reversed(&mut self, value: Value) -> Option<Value> {
        let of = value.id()?;
        let (class, iter) = match self.heap.payload(of) {
            Payload::List(items) => {
                let left = items.len();
                (class::LIST_REVERSEITERATOR, Iter::ReverseList { of, left })
            }
            Payload::Deque(deque) => {
                let (left, changes) = (deque.items.len(), deque.changes);
                (
                    class::DEQUE_REVERSE_ITERATOR,
                    Iter::ReverseDeque { of, left, changes },
                )
            }
            Payload::Dict(_) => self.reverse_view_iter(of, ViewKind::Keys),
            &Payload::DictView(dict, view) => self.reverse_view_iter(dict, view),
            Payload::Range(_) => return self.reversed_range(value),
            _ => return None,
        };
        Some(self.new_iter(class, iter))
    }

    fn reverse_view_iter(&self, of: Id, view: ViewKind) -> (Id, Iter) {
        let (before, size) = self
            .heap
            .dict(of)
            .map_or((0, 0), |dict| (dict.positions(), dict.len()));
        let class = match view {
            ViewKind::Keys => class::DICT_REVERSEKEYITERATOR,
            ViewKind::Values => class::DICT_REVERSEVALUEITERATOR,
            ViewKind::Items => class::DICT_REVERSEITEMITERATOR,
        };
        let iter = Iter::ReverseDict {
            of,
            before,
            size,
            view,
        };
        (class, iter)
    }

    fn reversed_range(&mut self, range: Value) -> Option<Value> {
        if let Some(range) = ranges::small(self, range)
            && let Some(step) = range.step.checked_neg()
        {
            let next = range.item(range.len.saturating_sub(1));
            let left = range.len;
            return Some(self.new_iter(class::RANGE_ITERATOR, Iter::Range { next, step, left }));
        }
        let range = ranges::big(self, range)?;
        let last = range.item(&(&range.len - 1));
        let [next, step, left] = [last, -range.step, range.len].map(|number| self.int(number));
        let iter = Iter::BigRange { next, step, left };
        Some(self.new_iter(class::LONGRANGE_ITERATOR, iter))
    }
}

/// `next()`
impl Vm {
    /// The next item of an iterator, or `None` at its end. Resumes generators and asks `__next__` written in Python.
    /// Built-in iterators move on when this returns an item: so an instruction calls it as its last step, or takes
    /// the item by [`Vm::take`].
    pub fn next(&mut self, iterator: Value) -> Outcome<Option<Value>> {
        self.advance(iterator, Take::Last)
    }

    /// The same where questions may follow: the item is taken once, however often the instruction is executed.
    pub fn take(&mut self, iterator: Value) -> Outcome<Option<Value>> {
        self.advance(iterator, Take::Early)
    }

    fn advance(&mut self, iterator: Value, take: Take) -> Outcome<Option<Value>> {
        let class = self.class_of(iterator);
        if let Some(id) = iterator.id() {
            match self.heap.payload(id) {
                Payload::Iter(_) if self.is_builtin(class) => return self.advance_iter(id, take),
                Payload::Generator(_) if class == class::GENERATOR => {
                    return self.advance_generator(iterator);
                }
                _ => {}
            }
        }
        let Some(method) = self.special(class, names::NEXT) else {
            let class = self.class_name(iterator);
            return self.type_error(format!("'{class}' object is not an iterator"));
        };
        match (iterator.id(), self.heap.content(method)) {
            (Some(id), Some(Payload::Native(_)))
                if matches!(self.heap.payload(id), Payload::Iter(_)) =>
            {
                self.advance_iter(id, take)
            }
            _ => {
                let result = self.try_special(method, iterator, &[])?;
                self.unless_stopped(result)
            }
        }
    }

    fn advance_generator(&mut self, generator: Value) -> Outcome<Option<Value>> {
        match self.resume(generator, Input::Send(Value::None))? {
            Resumed::Yielded(item) => Ok(Some(item)),
            Resumed::Returned(_) => Ok(None),
        }
    }

    /// Calls a special method, with an exception as a value.
    pub(super) fn try_special(
        &mut self,
        method: Value,
        receiver: Value,
        arguments: &[Value],
    ) -> Outcome<Result<Value, Value>> {
        if let Some(Payload::Native(native)) = self.heap.content(method)
            && let NativeCode::Plain(_) = native.def.code
        {
            return match self.call_special(method, receiver, arguments) {
                Ok(value) => Ok(Ok(value)),
                Err(Trap::Raise(error)) => Ok(Err(error)),
                Err(trap) => Err(trap),
            };
        }
        let bound = self.bind(method, receiver)?;
        self.try_call(bound, arguments)
    }

    /// StopIteration is the end, any other exception is raised.
    pub(super) fn unless_stopped(
        &mut self,
        result: Result<Value, Value>,
    ) -> Outcome<Option<Value>> {
        match result {
            Ok(item) => Ok(Some(item)),
            Err(error) if self.is_instance(error, class::STOP_ITERATION) => Ok(None),
            Err(error) => Err(Trap::Raise(error)),
        }
    }
}

/// Collecting.
impl Vm {
    /// All items of an iterable. Built-in containers and iterators are read at once; for others one question makes
    /// a list of them.
    pub fn collect(&mut self, iterable: Value) -> Outcome<Vec<Value>> {
        if self.iterates_natively(iterable) {
            self.check_room(iterable)?;
            if let Some(items) = self.contents(iterable) {
                return Ok(items);
            }
            // A question that exhausts the iterator must be the same one when the instruction is executed again.
            let quiet = match self.waiting_answer() {
                Some(answer) => matches!(answer, Answer::Made(..)),
                None => self.is_quiet(iterable),
            };
            if quiet {
                let list = self.once(|vm| vm.drain(iterable))?;
                return Ok(self.items(list).unwrap_or_default().to_vec());
            }
        }
        if !self.is_iterable(iterable) {
            return self.not_iterable(iterable);
        }
        let list = self.helper("collect", &[iterable])?;
        Ok(self.items(list).unwrap_or_default().to_vec())
    }

    /// The same for a list, which asks for the length first where the program's own code tells it.
    pub fn collect_list(&mut self, iterable: Value) -> Outcome<Vec<Value>> {
        if !self.has_own_length(iterable) {
            return self.collect(iterable);
        }
        let list = self.helper("collect_list", &[iterable])?;
        Ok(self.items(list).unwrap_or_default().to_vec())
    }

    fn has_own_length(&self, value: Value) -> bool {
        let class = self.class_of(value);
        let own = |name| {
            let method = self.special(class, name);
            method.is_some_and(|method| self.is_written_in_python(method))
        };
        !self.is_builtin(class) && (own(names::LEN) || own(names::LENGTH_HINT))
    }

    /// Are its items those that its built-in base has, without Python code of its own?
    pub fn iterates_natively(&self, iterable: Value) -> bool {
        let class = self.class_of(iterable);
        let method = match self.is_builtin(class) {
            true => return true,
            false => self.special(class, names::ITER),
        };
        let native = |method| matches!(self.heap.content(method), Some(Payload::Native(_)));
        method.is_some_and(native) && self.special(class, names::NEXT).is_none_or(native)
    }

    /// The items of a built-in container (or of a subclass, taken as its built-in base) as they are now.
    pub fn contents(&mut self, container: Value) -> Option<Vec<Value>> {
        let items = self.contents_of(container);
        self.work_on_items(items.as_ref().map_or(0, Vec::len));
        items
    }

    fn contents_of(&mut self, container: Value) -> Option<Vec<Value>> {
        let id = container.id()?;
        match self.heap.payload(id) {
            Payload::List(items) => Some(items.to_vec()),
            Payload::Tuple(items) => Some(items.to_vec()),
            Payload::Deque(deque) => Some(deque.items.iter().copied().collect()),
            Payload::Set(set) => Some(set.iter().collect()),
            Payload::Dict(dict) => Some(dict.iter().map(|entry| entry.key).collect()),
            Payload::Bytes(_) | Payload::ByteArray(_) => {
                let bytes = self.as_bytes(container)?;
                Some(bytes.iter().map(|&byte| Value::Int(byte.into())).collect())
            }
            Payload::Str(text) => {
                let text = text.clone();
                let characters = text.as_str().chars();
                Some(characters.map(|c| self.character(c)).collect())
            }
            &Payload::DictView(dict, kind) => Some(self.view_contents(dict, kind)),
            Payload::Range(_) => {
                let range = ranges::small(self, container)?;
                Some((0..range.len).map(|n| range.item(n).into()).collect())
            }
            _ => None,
        }
    }

    fn view_contents(&mut self, dict: Id, kind: ViewKind) -> Vec<Value> {
        let Some(Payload::Dict(dict)) = self.heap.content(dict.into()) else {
            return Vec::new();
        };
        let dict = dict.clone();
        dict.iter()
            .map(|entry| match kind {
                ViewKind::Keys => entry.key,
                ViewKind::Values => entry.value,
                ViewKind::Items => self.tuple([entry.key, entry.value]),
            })
            .collect()
    }

    /// MemoryError for a range with more items than a list may have.
    fn check_room(&mut self, iterable: Value) -> Outcome<()> {
        let left = match self.heap.content(iterable) {
            Some(Payload::Range(_)) => match ranges::small(self, iterable) {
                Some(range) => range.len,
                None => ranges::big(self, iterable)
                    .map_or(0, |range| range.len.to_u64().unwrap_or(u64::MAX)),
            },
            Some(Payload::Iter(iter)) => match **iter {
                Iter::Range { left, .. } => left,
                Iter::BigRange { left, .. } => {
                    let left = self.as_big(left).unwrap_or_default();
                    left.to_u64().unwrap_or(u64::MAX)
                }
                _ => 0,
            },
            _ => 0,
        };
        self.check_items(usize::try_from(left).unwrap_or(usize::MAX))
    }

    /// MemoryError for more items than a list or tuple may have.
    pub fn check_items(&mut self, count: usize) -> Outcome<()> {
        match count > self.limits.bytes / size_of::<Value>() {
            true => self.raise_with(class::MEMORY_ERROR, &[]),
            false => Ok(()),
        }
    }

    fn drain(&mut self, iterator: Value) -> Outcome {
        let mut items = Vec::new();
        while let Some(item) = self.next(iterator)? {
            items.push(item);
        }
        Ok(self.list(items))
    }

    /// A str of one character; those of Latin-1 exist once, as in CPython.
    pub fn character(&mut self, character: char) -> Value {
        let text = character.encode_utf8(&mut [0; 4]).to_owned();
        match character as u32 {
            ..0x100 => self.intern(&text),
            _ => self.str(text),
        }
    }
}
