//! `object[index]`, assignment and deletion of items.

use super::class;
use super::deque;
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::number::convert;
use super::object::Payload;
use super::slices::Slice;
use super::value::{Id, Value};
use std::rc::Rc;

impl Vm {
    /// `object[index]`
    pub fn get_item(&mut self, object: Value, index: Value) -> Outcome {
        let class = self.class_of(object);
        if self.is_builtin(class)
            && let Some(value) = get(self, object, index)?
        {
            return Ok(value);
        }
        if let Some(method) = self.special(class, names::GETITEM) {
            return self.call_special(method, object, &[index]);
        }
        if let Some(Payload::Class(_)) = self.heap.content(object) {
            return self.get_class_item(object, index);
        }
        let class = self.class_name(object);
        self.type_error(format!("'{class}' object is not subscriptable"))
    }

    /// `cls[parameters]`
    fn get_class_item(&mut self, class: Value, parameters: Value) -> Outcome {
        if class.is(class::TYPE.into()) {
            return self.generic_alias(class, parameters);
        }
        match self.get_attr_opt(class, names::CLASS_GETITEM)? {
            Some(method) => self.call(method, &[parameters]),
            None => {
                let name = class.id().map_or("?", |id| self.name_of_class(id));
                self.type_error(format!("type '{name}' is not subscriptable"))
            }
        }
    }

    /// `object[index] = value`
    pub fn set_item(&mut self, object: Value, index: Value, value: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if self.is_builtin(class) && set(self, object, index, value)?.is_some() {
            return Ok(());
        }
        if let Some(method) = self.special(class, names::SETITEM) {
            return self.call_special(method, object, &[index, value]).map(drop);
        }
        if self.special(class, names::DELITEM).is_some() && !self.is_builtin(class) {
            return self.raise(class::ATTRIBUTE_ERROR, "__setitem__");
        }
        let class = self.class_name(object);
        self.type_error(format!("'{class}' object does not support item assignment"))
    }

    /// `del object[index]`
    pub fn delete_item(&mut self, object: Value, index: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if self.is_builtin(class) && delete(self, object, index)?.is_some() {
            return Ok(());
        }
        if let Some(method) = self.special(class, names::DELITEM) {
            return self.call_special(method, object, &[index]).map(drop);
        }
        if self.special(class, names::SETITEM).is_some() && !self.is_builtin(class) {
            return self.raise(class::ATTRIBUTE_ERROR, "__delitem__");
        }
        let is_sequence = !self.is_builtin(class)
            || matches!(
                self.heap.content(object),
                Some(
                    Payload::Tuple(_)
                        | Payload::Str(_)
                        | Payload::Bytes(_)
                        | Payload::Range(_)
                        | Payload::Set(_)
                )
            );
        let does_not =
            match is_sequence && self.special(self.class_of(index), names::INDEX).is_some() {
                true => "doesn't",
                false => "does not",
            };
        let class = self.class_name(object);
        self.type_error(format!("'{class}' object {does_not} support item deletion"))
    }
}

/// `object[index]` of a built-in container (or of a subclass, taken as its built-in base); `None` when it has no items.
pub fn get(vm: &mut Vm, object: Value, index: Value) -> Outcome<Option<Value>> {
    let Some(id) = object.id() else {
        return Ok(None);
    };
    match vm.heap.payload(id) {
        Payload::List(_) => get_from_items(vm, id, index, "list").map(Some),
        Payload::Tuple(_) => get_from_items(vm, id, index, "tuple").map(Some),
        Payload::Dict(_) => get_from_dict(vm, id, index).map(Some),
        Payload::Str(_) => get_from_str(vm, id, index).map(Some),
        Payload::Bytes(_) => get_from_bytes(vm, id, index, class::BYTES).map(Some),
        Payload::ByteArray(_) => get_from_bytes(vm, id, index, class::BYTEARRAY).map(Some),
        Payload::Deque(_) => {
            let at = deque_position(vm, id, index)?;
            Ok(deque::of(vm, id).and_then(|deque| deque.items.get(at).copied()))
        }
        Payload::Range(_) => super::ranges::get(vm, object, index).map(Some),
        Payload::MappingProxy(mapping) => {
            let mapping = *mapping;
            vm.get_item(mapping, index).map(Some)
        }
        _ => Ok(None),
    }
}

fn deque_position(vm: &mut Vm, id: Id, index: Value) -> Outcome<usize> {
    let Some(number) = convert::index_opt(vm, index)? else {
        let class = vm.class_name(index);
        return vm.type_error(format!("sequence index must be integer, not '{class}'"));
    };
    let at = vm.position(number, "deque indices", |vm| {
        deque::of(vm, id).map_or(0, |deque| deque.items.len())
    })?;
    match at {
        Some(at) => Ok(at),
        None => vm.raise(class::INDEX_ERROR, "deque index out of range"),
    }
}

fn get_from_items(vm: &mut Vm, id: Id, index: Value, kind: &str) -> Outcome {
    let len = move |vm: &Vm| vm.heap.items(id).map_or(0, <[Value]>::len);
    if let Some(parts) = vm.as_slice(index) {
        let slice = vm.fit_slice(parts, len)?;
        let picked = slice.pick(vm.heap.items(id).unwrap_or_default());
        return Ok(match kind {
            "list" => vm.list(picked),
            _ if picked.len() == len(vm)
                && vm.heap.get(id).class == class::TUPLE
                && slice.step == 1 =>
            {
                id.into()
            }
            _ => vm.tuple(picked),
        });
    }
    let what = if kind == "list" {
        "list indices"
    } else {
        "tuple indices"
    };
    let at = vm.position(index, what, len)?;
    match at.and_then(|at| vm.heap.items(id)?.get(at).copied()) {
        Some(item) => Ok(item),
        None => vm.raise(class::INDEX_ERROR, format!("{kind} index out of range")),
    }
}

fn get_from_dict(vm: &mut Vm, id: Id, key: Value) -> Outcome {
    if let Some(value) = vm.dict_get(id, key)? {
        return Ok(value);
    }
    let class = vm.heap.get(id).class;
    if class != class::DICT
        && let Some(method) = vm.special(class, names::MISSING)
    {
        return vm.call_special(method, id.into(), &[key]);
    }
    vm.raise_with(class::KEY_ERROR, &[key])
}

fn get_from_str(vm: &mut Vm, id: Id, index: Value) -> Outcome {
    let Some(text) = vm.as_text(id.into()).cloned() else {
        return Ok(Value::None);
    };
    if let Some(parts) = vm.as_slice(index) {
        let slice = vm.fit_slice(parts, |_| text.chars())?;
        if slice.count == text.chars() && slice.step == 1 && vm.heap.get(id).class == class::STR {
            return Ok(id.into());
        }
        return Ok(vm.str(slice_text(&text, slice)));
    }
    let at = vm.position(index, "string indices", |_| text.chars())?;
    match at.and_then(|at| text.char_at(at)) {
        Some(character) => Ok(vm.character(character)),
        None => vm.raise(class::INDEX_ERROR, "string index out of range"),
    }
}

fn slice_text(text: &super::text::Text, slice: Slice) -> String {
    if slice.step == 1 {
        let range = slice.range();
        let bytes = text.offset(range.start)..text.offset(range.end);
        return text.as_str().get(bytes).unwrap_or_default().to_owned();
    }
    let characters: Vec<char> = text.as_str().chars().collect();
    slice.pick(&characters).into_iter().collect()
}

fn get_from_bytes(vm: &mut Vm, id: Id, index: Value, class: Id) -> Outcome {
    let len = move |vm: &Vm| vm.as_bytes(id.into()).map_or(0, <[u8]>::len);
    if let Some(parts) = vm.as_slice(index) {
        let slice = vm.fit_slice(parts, len)?;
        let picked = slice.pick(vm.as_bytes(id.into()).unwrap_or_default());
        return Ok(match class {
            class::BYTES => vm.bytes(picked),
            _ => vm.object(class, Payload::ByteArray(Rc::new(picked))),
        });
    }
    let (what, message) = match class {
        class::BYTES => ("byte indices", "index out of range"),
        _ => ("bytearray indices", "bytearray index out of range"),
    };
    let at = vm.position(index, what, len)?;
    match at.and_then(|at| vm.as_bytes(id.into())?.get(at).copied()) {
        Some(byte) => Ok(Value::Int(byte.into())),
        None => vm.raise(class::INDEX_ERROR, message),
    }
}

/// `object[index] = value` of a built-in container; `None` when its items cannot be assigned.
pub fn set(vm: &mut Vm, object: Value, index: Value, value: Value) -> Outcome<Option<()>> {
    let Some(id) = object.id() else {
        return Ok(None);
    };
    match vm.heap.payload(id) {
        Payload::List(_) => set_in_list(vm, id, index, value).map(Some),
        Payload::Dict(_) => vm.dict_set(id, index, value).map(Some),
        Payload::ByteArray(_) => set_in_bytearray(vm, id, index, value).map(Some),
        Payload::Deque(_) => {
            let at = deque_position(vm, id, index)?;
            deque::set(vm, id, at, value);
            Ok(Some(()))
        }
        _ => Ok(None),
    }
}

fn list_len(id: Id) -> impl FnOnce(&Vm) -> usize {
    move |vm| vm.heap.items(id).map_or(0, <[Value]>::len)
}

fn set_in_list(vm: &mut Vm, id: Id, index: Value, value: Value) -> Outcome<()> {
    if let Some(parts) = vm.as_slice(index) {
        return set_list_slice(vm, id, parts, value);
    }
    match vm.position(index, "list indices", list_len(id))? {
        Some(at) => {
            vm.heap.list_set(id, at, value);
            Ok(())
        }
        None => vm.raise(class::INDEX_ERROR, "list assignment index out of range"),
    }
}

fn set_list_slice(vm: &mut Vm, id: Id, parts: [Value; 3], value: Value) -> Outcome<()> {
    if !vm.is_iterable(value) {
        return vm.type_error("must assign iterable to extended slice");
    }
    let (start, stop, step) = vm.slice_numbers(parts)?;
    let items = vm.collect(value)?;
    let slice = Slice::fit(start, stop, step, list_len(id)(vm));
    if slice.step == 1 {
        vm.heap.list_splice(id, slice.range(), &items);
        return Ok(());
    }
    if items.len() != slice.count {
        return wrong_size(vm, "sequence", items.len(), slice.count);
    }
    for (at, item) in slice.positions().zip(items) {
        vm.heap.list_set(id, at, item);
    }
    Ok(())
}

fn wrong_size(vm: &mut Vm, what: &str, given: usize, wanted: usize) -> Outcome<()> {
    vm.value_error(format!(
        "attempt to assign {what} of size {given} to extended slice of size {wanted}"
    ))
}

fn set_in_bytearray(vm: &mut Vm, id: Id, index: Value, value: Value) -> Outcome<()> {
    let len = move |vm: &Vm| vm.as_bytes(id.into()).map_or(0, <[u8]>::len);
    if let Some(parts) = vm.as_slice(index) {
        let new = bytes_to_assign(vm, value)?;
        let slice = vm.fit_slice(parts, len)?;
        if slice.step != 1 && new.len() != slice.count {
            return wrong_size(vm, "bytes", new.len(), slice.count);
        }
        if new.len() != slice.count {
            vm.check_resizable(id.into())?;
        }
        change_bytes(vm, id, |bytes| {
            if slice.step == 1 {
                bytes.splice(slice.range(), new);
            } else {
                slice
                    .positions()
                    .zip(new)
                    .for_each(|(at, byte)| bytes[at] = byte);
            }
        });
        return Ok(());
    }
    let at = vm.position(index, "bytearray indices", len)?;
    let byte = convert::size(vm, value)?;
    match (at, u8::try_from(byte)) {
        (None, _) => vm.raise(class::INDEX_ERROR, "bytearray index out of range"),
        (_, Err(_)) => vm.value_error("byte must be in range(0, 256)"),
        (Some(at), Ok(byte)) => {
            change_bytes(vm, id, |bytes| bytes[at] = byte);
            Ok(())
        }
    }
}

fn bytes_to_assign(vm: &mut Vm, value: Value) -> Outcome<Vec<u8>> {
    if let Some(bytes) = vm.as_bytes(value) {
        return Ok(bytes.to_vec());
    }
    if vm.as_str(value).is_some() || !vm.is_iterable(value) {
        return vm
            .type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    }
    let items = vm.collect(value)?;
    let mut bytes = Vec::with_capacity(items.len());
    for item in items {
        match u8::try_from(convert::size(vm, item)?) {
            Ok(byte) => bytes.push(byte),
            Err(_) => return vm.value_error("byte must be in range(0, 256)"),
        }
    }
    Ok(bytes)
}

/// Changes the bytes of a bytearray in place.
fn change_bytes(vm: &mut Vm, id: Id, change: impl FnOnce(&mut Vec<u8>)) {
    if let Payload::ByteArray(bytes) = vm.heap.payload_mut(id) {
        change(Rc::make_mut(bytes));
    }
}

/// `del object[index]` of a built-in container; `None` when its items cannot be deleted.
pub fn delete(vm: &mut Vm, object: Value, index: Value) -> Outcome<Option<()>> {
    let Some(id) = object.id() else {
        return Ok(None);
    };
    match vm.heap.payload(id) {
        Payload::List(_) => delete_from_list(vm, id, index).map(Some),
        Payload::Dict(_) => match vm.dict_delete(id, index)? {
            Some(_) => Ok(Some(())),
            None => vm.raise_with(class::KEY_ERROR, &[index]),
        },
        Payload::ByteArray(_) => delete_from_bytearray(vm, id, index).map(Some),
        Payload::Deque(_) => {
            let at = deque_position(vm, id, index)?;
            deque::remove(vm, id, at);
            Ok(Some(()))
        }
        _ => Ok(None),
    }
}

fn delete_from_list(vm: &mut Vm, id: Id, index: Value) -> Outcome<()> {
    if let Some(parts) = vm.as_slice(index) {
        let slice = vm.fit_slice(parts, list_len(id))?;
        if slice.step == 1 {
            vm.heap.list_splice(id, slice.range(), &[]);
            return Ok(());
        }
        for at in descending(slice) {
            vm.heap.list_splice(id, at..at + 1, &[]);
        }
        return Ok(());
    }
    match vm.position(index, "list indices", list_len(id))? {
        Some(at) => {
            vm.heap.list_splice(id, at..at + 1, &[]);
            Ok(())
        }
        None => vm.raise(class::INDEX_ERROR, "list assignment index out of range"),
    }
}

/// The positions of a slice from the highest to the lowest, so that deleting one leaves the rest in place.
fn descending(slice: Slice) -> Vec<usize> {
    let mut positions: Vec<usize> = slice.positions().collect();
    if slice.step > 0 {
        positions.reverse();
    }
    positions
}

fn delete_from_bytearray(vm: &mut Vm, id: Id, index: Value) -> Outcome<()> {
    let len = move |vm: &Vm| vm.as_bytes(id.into()).map_or(0, <[u8]>::len);
    let positions = match vm.as_slice(index) {
        Some(parts) => descending(vm.fit_slice(parts, len)?),
        None => match vm.position(index, "bytearray indices", len)? {
            Some(at) => vec![at],
            None => return vm.raise(class::INDEX_ERROR, "bytearray index out of range"),
        },
    };
    if !positions.is_empty() {
        vm.check_resizable(id.into())?;
    }
    change_bytes(vm, id, |bytes| {
        for at in positions {
            bytes.remove(at);
        }
    });
    Ok(())
}
