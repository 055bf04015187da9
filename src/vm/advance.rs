//! Moving built-in iterators on: one step of each kind of [`Iter`].

use super::class;
use super::deque;
use super::iter::Iter;
use super::iterate::Take;
use super::machine::Vm;
use super::names;
use super::native::{NativeCode, NativeKind, Outcome, Trap};
use super::object::{Payload, ViewKind};
use super::value::{Id, Value};
use std::rc::Rc;

/// An item, and how the iterator stands behind it.
type Step = Option<(Value, Iter)>;

impl Vm {
    /// The next item of a built-in iterator.
    pub(super) fn advance_iter(&mut self, id: Id, take: Take) -> Outcome<Option<Value>> {
        let Some(iter) = self.iter_state(id) else {
            return Ok(None);
        };
        match iter {
            Iter::Done => self.commit(take, |_| Ok(None)),
            Iter::Enumerate { of, .. } => self.nested(|vm| vm.enumerate_step(id, of, take)),
            Iter::Zip { of, strict } => self.nested(|vm| vm.zip_step(of, strict, take)),
            Iter::Map {
                function,
                of,
                strict,
            } => self.nested(|vm| vm.map_step(function, of, strict)),
            Iter::Filter { function, of } => self.nested(|vm| vm.filter_step(function, of, take)),
            Iter::Callable { call, sentinel } => self.callable_step(id, call, sentinel, take),
            Iter::GetItem { of, at } => self.get_item_step(id, of, at, take),
            Iter::ReverseGetItem { of, left } => self.reverse_get_item_step(id, of, left, take),
            _ => self.commit(take, |vm| vm.plain_step(id)),
        }
    }

    pub(super) fn iter_state(&self, id: Id) -> Option<Iter> {
        match self.heap.payload(id) {
            Payload::Iter(iter) => Some(**iter),
            _ => None,
        }
    }

    /// Makes the move of an iterator; once only where questions may follow.
    fn commit(
        &mut self,
        take: Take,
        step: impl FnOnce(&mut Self) -> Outcome<Option<Value>>,
    ) -> Outcome<Option<Value>> {
        match take {
            Take::Last => step(self),
            Take::Early => {
                let item = self.once(|vm| Ok(step(vm)?.unwrap_or_default()))?;
                Ok(item.bound())
            }
        }
    }

    /// One step of an iterator that never asks.
    fn plain_step(&mut self, id: Id) -> Outcome<Option<Value>> {
        let Some(iter) = self.iter_state(id) else {
            return Ok(None);
        };
        match self.read(iter)? {
            Some((item, behind)) => {
                self.set_iter(id, behind);
                Ok(Some(item))
            }
            None => {
                self.heap
                    .set_payload(id, Payload::Iter(Rc::new(Iter::Done)));
                Ok(None)
            }
        }
    }

    /// Moves an iterator on; whatever it refers to stays the same unless it is counting with large ints.
    fn set_iter(&mut self, id: Id, behind: Iter) {
        if matches!(behind, Iter::BigRange { .. } | Iter::Enumerate { .. }) {
            self.heap.set_payload(id, Payload::Iter(Rc::new(behind)));
        } else if let Payload::Iter(iter) = self.heap.payload_mut(id) {
            *Rc::make_mut(iter) = behind;
        }
    }

    fn read(&mut self, iter: Iter) -> Outcome<Step> {
        Ok(match iter {
            Iter::Sequence { of, at } => {
                let item = self.heap.items(of).and_then(|items| items.get(at).copied());
                item.map(|item| (item, Iter::Sequence { of, at: at + 1 }))
            }
            Iter::ReverseList { of, left } => self.read_reverse_list(of, left),
            Iter::Str { of, at } => self.read_str(of, at),
            Iter::Bytes { of, at } => {
                let byte = self.as_bytes(of.into()).and_then(|b| b.get(at).copied());
                byte.map(|byte| (Value::Int(byte.into()), Iter::Bytes { of, at: at + 1 }))
            }
            Iter::Range { next, step, left } => left.checked_sub(1).map(|left| {
                let behind = next.wrapping_add(step);
                let behind = Iter::Range {
                    next: behind,
                    step,
                    left,
                };
                (Value::Int(next), behind)
            }),
            Iter::BigRange { next, step, left } => self.read_big_range(next, step, left),
            Iter::Dict { of, at, size, view } => self.read_dict(of, at, size, view)?,
            Iter::ReverseDict {
                of,
                before,
                size,
                view,
            } => self.read_dict_backwards(of, before, size, view)?,
            Iter::Set { of, at, size } => self.read_set(of, at, size)?,
            Iter::Deque { of, at, changes } => self.read_deque(of, at, changes)?,
            Iter::ReverseDeque { of, left, changes } => {
                self.read_deque_backwards(of, left, changes)?
            }
            _ => None,
        })
    }

    fn read_reverse_list(&self, of: Id, left: usize) -> Step {
        let left = left.checked_sub(1)?;
        let item = self.heap.items(of)?.get(left).copied()?;
        Some((item, Iter::ReverseList { of, left }))
    }

    fn read_str(&mut self, of: Id, at: usize) -> Step {
        let rest = self.as_str(of.into())?.get(at..)?;
        let character = rest.chars().next()?;
        let at = at + character.len_utf8();
        Some((self.character(character), Iter::Str { of, at }))
    }

    fn read_big_range(&mut self, next: Value, step: Value, left: Value) -> Step {
        let count = self.as_big(left)?;
        if count.sign() != num_bigint::Sign::Plus {
            return None;
        }
        let behind = self.as_big(next)? + self.as_big(step)?;
        let behind = Iter::BigRange {
            next: self.int(behind),
            step,
            left: self.int(count - 1),
        };
        Some((next, behind))
    }

    fn read_dict(&mut self, of: Id, at: usize, size: usize, view: ViewKind) -> Outcome<Step> {
        let Some(dict) = self.heap.dict(of) else {
            return Ok(None);
        };
        if dict.len() != size {
            return self.raise(
                class::RUNTIME_ERROR,
                "dictionary changed size during iteration",
            );
        }
        Ok(dict.next(at).map(|(at, entry)| {
            let item = self.view_item(entry, view);
            let at = at + 1;
            (item, Iter::Dict { of, at, size, view })
        }))
    }

    fn read_dict_backwards(
        &mut self,
        of: Id,
        before: usize,
        size: usize,
        view: ViewKind,
    ) -> Outcome<Step> {
        let Some(dict) = self.heap.dict(of) else {
            return Ok(None);
        };
        if dict.len() != size {
            return self.raise(
                class::RUNTIME_ERROR,
                "dictionary changed size during iteration",
            );
        }
        Ok(dict.previous(before).map(|(before, entry)| {
            let behind = Iter::ReverseDict {
                of,
                before,
                size,
                view,
            };
            (self.view_item(entry, view), behind)
        }))
    }

    fn read_deque(&mut self, of: Id, at: usize, changes: u64) -> Outcome<Step> {
        let item = self.deque_item(of, at, changes)?;
        let at = at + 1;
        Ok(item.map(|item| (item, Iter::Deque { of, at, changes })))
    }

    fn read_deque_backwards(&mut self, of: Id, left: usize, changes: u64) -> Outcome<Step> {
        let Some(left) = left.checked_sub(1) else {
            return Ok(None);
        };
        let item = self.deque_item(of, left, changes)?;
        Ok(item.map(|item| (item, Iter::ReverseDeque { of, left, changes })))
    }

    fn deque_item(&mut self, of: Id, at: usize, changes: u64) -> Outcome<Option<Value>> {
        match deque::of(self, of) {
            Some(deque) if deque.changes != changes => {
                self.raise(class::RUNTIME_ERROR, "deque mutated during iteration")
            }
            deque => Ok(deque.and_then(|deque| deque.items.get(at).copied())),
        }
    }

    fn view_item(&mut self, entry: super::dict::Entry, view: ViewKind) -> Value {
        match view {
            ViewKind::Keys => entry.key,
            ViewKind::Values => entry.value,
            ViewKind::Items => self.tuple([entry.key, entry.value]),
        }
    }

    fn read_set(&mut self, of: Id, at: usize, size: usize) -> Outcome<Step> {
        let Some(set) = self.heap.set(of) else {
            return Ok(None);
        };
        if set.len() != size {
            return self.raise(class::RUNTIME_ERROR, "Set changed size during iteration");
        }
        Ok(set.next(at).map(|(at, key)| {
            let at = at + 1;
            (key, Iter::Set { of, at, size })
        }))
    }
}

/// Iterators over iterators, and those that ask.
impl Vm {
    /// Does an iterator give its items without asking Python code? Exhausted ones do not count: when an instruction is
    /// executed again, they must go the way they went while they had items.
    pub fn is_quiet(&self, iterator: Value) -> bool {
        let mut pending = vec![iterator];
        while let Some(iterator) = pending.pop() {
            if !self.iterates_natively(iterator) {
                return false;
            }
            let Some(iter) = iterator.id().and_then(|id| self.iter_state(id)) else {
                return false;
            };
            match iter {
                Iter::Enumerate { of, .. } => pending.push(of),
                Iter::Zip { of, .. } => pending.extend(self.items(of).unwrap_or_default()),
                Iter::Done | Iter::Map { .. } | Iter::Filter { .. } | Iter::Callable { .. } => {
                    return false;
                }
                Iter::GetItem { .. } | Iter::ReverseGetItem { .. } => return false,
                _ => {}
            }
        }
        true
    }

    fn enumerate_step(&mut self, id: Id, of: Value, take: Take) -> Outcome<Option<Value>> {
        let item = match take {
            Take::Last => self.next(of)?,
            Take::Early => self.take(of)?,
        };
        let Some(item) = item else { return Ok(None) };
        self.commit(take, |vm| {
            let Some(Iter::Enumerate { of, next: number }) = vm.iter_state(id) else {
                return Ok(None);
            };
            let next = match number {
                Value::Int(small) if small < i64::MAX => Value::Int(small + 1),
                _ => {
                    let big = vm.as_big(number).unwrap_or_default();
                    vm.int(big + 1)
                }
            };
            vm.set_iter(id, Iter::Enumerate { of, next });
            Ok(Some(vm.tuple([number, item])))
        })
    }

    fn zip_step(&mut self, of: Value, strict: bool, take: Take) -> Outcome<Option<Value>> {
        let iterators = self.items(of).unwrap_or_default().to_vec();
        let all_quiet = take == Take::Last && iterators.iter().all(|&i| self.is_quiet(i));
        let inner = if all_quiet { Take::Last } else { Take::Early };
        match self.take_each(&iterators, strict, "zip", inner)? {
            Some(items) => self.commit(take, |vm| Ok(Some(vm.tuple(items)))),
            None => Ok(None),
        }
    }

    /// One item of each iterator; `None` when one of them is at its end.
    fn take_each(
        &mut self,
        iterators: &[Value],
        strict: bool,
        name: &str,
        take: Take,
    ) -> Outcome<Option<Vec<Value>>> {
        let mut items = Vec::with_capacity(iterators.len());
        for (n, &iterator) in iterators.iter().enumerate() {
            let item = match take {
                Take::Last => self.next(iterator)?,
                Take::Early => self.take(iterator)?,
            };
            match item {
                Some(item) => items.push(item),
                None if strict && n > 0 => return self.uneven(name, n, "shorter"),
                None if strict => return self.expect_all_ended(iterators, name),
                None => return Ok(None),
            }
        }
        Ok((!iterators.is_empty()).then_some(items))
    }

    fn expect_all_ended<T>(&mut self, iterators: &[Value], name: &str) -> Outcome<Option<T>> {
        for (n, &iterator) in iterators.iter().enumerate().skip(1) {
            if self.take(iterator)?.is_some() {
                return self.uneven(name, n, "longer");
            }
        }
        Ok(None)
    }

    fn uneven<T>(&mut self, name: &str, n: usize, how: &str) -> Outcome<T> {
        let others = match n {
            1 => "argument 1".to_owned(),
            _ => format!("arguments 1-{n}"),
        };
        let number = n + 1;
        self.value_error(format!("{name}() argument {number} is {how} than {others}"))
    }

    fn map_step(&mut self, function: Value, of: Value, strict: bool) -> Outcome<Option<Value>> {
        let iterators = self.items(of).unwrap_or_default().to_vec();
        match self.take_each(&iterators, strict, "map", Take::Early)? {
            Some(items) => self.call_in_iterator(function, &items),
            None => Ok(None),
        }
    }

    /// Calls a function whose StopIteration ends the iteration; built-in functions are called at once.
    fn call_in_iterator(&mut self, function: Value, arguments: &[Value]) -> Outcome<Option<Value>> {
        if let Some(Payload::Native(native)) = self.heap.content(function)
            && native.kind == NativeKind::Function
            && let NativeCode::Plain(_) = native.def.code
        {
            let native = native.clone();
            return self.call_native(&native, arguments, &[]).map(Some);
        }
        let result = self.try_call(function, arguments)?;
        self.unless_stopped(result)
    }

    fn filter_step(&mut self, function: Value, of: Value, take: Take) -> Outcome<Option<Value>> {
        if function.is_none() && self.is_quiet(of) {
            return self.commit(take, |vm| vm.first_true(of));
        }
        let found = self.helper("filter_next", &[function, of])?;
        Ok(self.items(found).and_then(|found| found.first().copied()))
    }

    fn first_true(&mut self, iterator: Value) -> Outcome<Option<Value>> {
        while let Some(item) = self.next(iterator)? {
            if self.truth(item)? {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    fn callable_step(
        &mut self,
        id: Id,
        call: Value,
        sentinel: Value,
        take: Take,
    ) -> Outcome<Option<Value>> {
        let result = self.try_call(call, &[])?;
        if let Some(item) = self.unless_stopped(result)?
            && !self.eq(sentinel, item)?
        {
            return Ok(Some(item));
        }
        self.finish_iter(id, take);
        Ok(None)
    }

    /// Marks an iterator that asks as exhausted, unless the instruction may be executed again: then its questions have
    /// to come again.
    fn finish_iter(&mut self, id: Id, take: Take) {
        if take == Take::Last {
            self.heap
                .set_payload(id, Payload::Iter(Rc::new(Iter::Done)));
        }
    }

    fn get_item_step(&mut self, id: Id, of: Value, at: i64, take: Take) -> Outcome<Option<Value>> {
        // The answers so far are the reason to be here again: the position that counts is the one before the move.
        match self.item_or_end(of, at)? {
            Some(item) => self.commit(take, |vm| {
                vm.set_iter(id, Iter::GetItem { of, at: at + 1 });
                Ok(Some(item))
            }),
            None => {
                self.finish_iter(id, take);
                Ok(None)
            }
        }
    }

    fn reverse_get_item_step(
        &mut self,
        id: Id,
        of: Value,
        left: i64,
        take: Take,
    ) -> Outcome<Option<Value>> {
        let item = match left {
            1.. => self.item_or_end(of, left - 1)?,
            _ => None,
        };
        match item {
            Some(item) => self.commit(take, |vm| {
                let left = left - 1;
                vm.set_iter(id, Iter::ReverseGetItem { of, left });
                Ok(Some(item))
            }),
            None => {
                self.finish_iter(id, take);
                Ok(None)
            }
        }
    }

    /// `of[at]`, or `None` where IndexError or StopIteration says that there are no more.
    fn item_or_end(&mut self, of: Value, at: i64) -> Outcome<Option<Value>> {
        let class = self.class_of(of);
        let result = match self.special(class, names::GETITEM) {
            Some(method) if !self.is_builtin(class) => {
                self.try_special(method, of, &[Value::Int(at)])?
            }
            _ => match self.get_item(of, Value::Int(at)) {
                Ok(item) => Ok(item),
                Err(Trap::Raise(error)) => Err(error),
                Err(trap) => return Err(trap),
            },
        };
        match result {
            Err(error) if self.is_instance(error, class::INDEX_ERROR) => Ok(None),
            result => self.unless_stopped(result),
        }
    }
}
