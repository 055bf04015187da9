//! `len()`, `bool()` and `in`.

use super::deque;
use super::lookup::OnClass;
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::number::convert;
use super::object::{Payload, ViewKind};
use super::value::{Id, Value};

impl Vm {
    /// `len(value)`, which for ranges and classes of the program's own has 64 bits on every platform.
    pub fn len(&mut self, value: Value) -> Outcome<i64> {
        let class = self.class_of(value);
        if self.is_builtin(class)
            && let Some(len) = len(self, value)?
        {
            return Ok(len);
        }
        match self.special(class, names::LEN) {
            Some(method) => self.special_len(method, value),
            None => {
                let class = self.class_name(value);
                self.type_error(format!("object of type '{class}' has no len()"))
            }
        }
    }

    fn special_len(&mut self, method: Value, value: Value) -> Outcome<i64> {
        let result = self.call_special(method, value, &[])?;
        let result = convert::index(self, result)?;
        let negative = self
            .as_big(result)
            .is_some_and(|n| n.sign() == num_bigint::Sign::Minus);
        if negative {
            return self.value_error("__len__() should return >= 0");
        }
        convert::size(self, result)
    }

    /// `bool(value)`
    pub fn truth(&mut self, value: Value) -> Outcome<bool> {
        if let Some(truth) = self.plain_truth(value) {
            return Ok(truth);
        }
        if matches!(value, Value::NotImplemented) {
            return self.type_error("NotImplemented should not be used in a boolean context");
        }
        let class = self.class_of(value);
        if let Some(method) = self.special(class, names::BOOL) {
            let result = self.call_special(method, value, &[])?;
            return match result {
                Value::Bool(truth) => Ok(truth),
                _ => {
                    let class = self.class_name(result);
                    self.type_error(format!("__bool__ should return bool, returned {class}"))
                }
            };
        }
        match self.special(class, names::LEN) {
            Some(method) => Ok(self.special_len(method, value)? != 0),
            None => Ok(true),
        }
    }

    /// The truth of a value where nothing has to be called for it.
    pub(super) fn plain_truth(&self, value: Value) -> Option<bool> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::None | Value::Unbound => Some(false),
            Value::Ellipsis => Some(true),
            Value::Int(number) => Some(number != 0),
            Value::Float(number) => Some(number != 0.0),
            Value::NotImplemented => None,
            Value::Object(id) => {
                let class = self.heap.get(id).class;
                match self.is_builtin(class) {
                    true => truth(self, value),
                    false => self.is_plainly_true(class).then_some(true),
                }
            }
        }
    }

    /// Are all objects of a class true, as none of its methods is asked?
    fn is_plainly_true(&self, class: Id) -> bool {
        let lacks = |name| matches!(self.on_class(class, name), Some((OnClass::Nothing, _)));
        lacks(names::BOOL) && lacks(names::LEN)
    }

    /// `item in container`
    pub fn contains(&mut self, container: Value, item: Value) -> Outcome<bool> {
        let class = self.class_of(container);
        if self.is_builtin(class)
            && let Some(found) = contains(self, container, item)?
        {
            return Ok(found);
        }
        match self.lookup(class, names::CONTAINS) {
            Some(Value::None) => {
                let class = self.class_name(container);
                self.type_error(format!("'{class}' object is not a container"))
            }
            Some(method) => {
                let result = self.call_special(method, container, &[item])?;
                self.truth(result)
            }
            None => self.contains_by_iteration(container, item),
        }
    }

    fn contains_by_iteration(&mut self, container: Value, item: Value) -> Outcome<bool> {
        if !self.is_iterable(container) {
            let class = self.class_name(container);
            return self.type_error(format!(
                "argument of type '{class}' is not a container or iterable"
            ));
        }
        let found = self.helper("contains", &[container, item])?;
        self.truth(found)
    }
}

/// `len(value)` of a built-in container (or of a subclass, taken as its built-in base); `None` when it has none.
pub fn len(vm: &mut Vm, value: Value) -> Outcome<Option<i64>> {
    let Some(content) = vm.heap.content(value) else {
        return Ok(None);
    };
    let len = match content {
        Payload::List(items) => items.len(),
        Payload::Tuple(items) => items.len(),
        Payload::Str(text) => text.chars(),
        Payload::Bytes(bytes) => bytes.len(),
        Payload::ByteArray(bytes) => bytes.len(),
        Payload::Dict(dict) => dict.len(),
        Payload::Set(set) => set.len(),
        Payload::Deque(deque) => deque.items.len(),
        Payload::DictView(dict, _) => vm.heap.dict(*dict).map_or(0, |dict| dict.len()),
        Payload::Range(_) => return super::ranges::len(vm, value).map(Some),
        Payload::MappingProxy(mapping) => {
            let mapping = *mapping;
            return vm.len(mapping).map(Some);
        }
        _ => return Ok(None),
    };
    Ok(Some(len as i64))
}

/// `bool(value)` of a built-in object, where that is known without asking.
fn truth(vm: &Vm, value: Value) -> Option<bool> {
    Some(match vm.heap.content(value)? {
        Payload::Int(value) => value.sign() != num_bigint::Sign::NoSign,
        Payload::Float(value) => *value != 0.0,
        Payload::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Payload::List(items) => !items.is_empty(),
        Payload::Tuple(items) => !items.is_empty(),
        Payload::Str(text) => text.chars() != 0,
        Payload::Bytes(bytes) => !bytes.is_empty(),
        Payload::ByteArray(bytes) => !bytes.is_empty(),
        Payload::Dict(dict) => !dict.is_empty(),
        Payload::Set(set) => !set.is_empty(),
        Payload::Deque(deque) => !deque.items.is_empty(),
        Payload::DictView(dict, _) => vm.heap.dict(*dict).is_some_and(|dict| !dict.is_empty()),
        Payload::Range(_) => !super::ranges::is_empty(vm, value),
        Payload::MappingProxy(_) | Payload::Record(_) | Payload::Opaque(_) | Payload::Class(_) => {
            return None;
        }
        _ => true,
    })
}

/// `item in container` of a built-in container (or of a subclass, taken as its built-in base); `None` when it has no
/// way of its own to tell.
pub fn contains(vm: &mut Vm, container: Value, item: Value) -> Outcome<Option<bool>> {
    let Some(id) = container.id() else {
        return Ok(None);
    };
    match vm.heap.payload(id) {
        Payload::List(_) | Payload::Tuple(_) => contains_item(vm, id, item).map(Some),
        Payload::Deque(_) => {
            for other in deque::items(vm, id) {
                if vm.eq(other, item)? {
                    return Ok(Some(true));
                }
            }
            Ok(Some(false))
        }
        Payload::Dict(_) => Ok(Some(vm.dict_get(id, item)?.is_some())),
        Payload::Set(_) => Ok(Some(vm.set_locate(id, item)?.is_some())),
        Payload::Str(_) => contains_text(vm, container, item).map(Some),
        Payload::Bytes(_) | Payload::ByteArray(_) => contains_bytes(vm, container, item).map(Some),
        Payload::Range(_) => super::ranges::contains(vm, container, item),
        &Payload::MappingProxy(mapping) => vm.contains(mapping, item).map(Some),
        &Payload::DictView(dict, kind) => view_contains(vm, dict, kind, item),
        _ => Ok(None),
    }
}

/// The items are looked at one by one, since a comparison may change the list.
fn contains_item(vm: &mut Vm, id: Id, item: Value) -> Outcome<bool> {
    let mut at = 0;
    while let Some(other) = vm.heap.items(id).and_then(|items| items.get(at)).copied() {
        if vm.eq(other, item)? {
            vm.work_on_items(at);
            return Ok(true);
        }
        at += 1;
    }
    vm.work_on_items(at);
    Ok(false)
}

fn contains_text(vm: &mut Vm, container: Value, item: Value) -> Outcome<bool> {
    match (vm.as_str(container), vm.as_str(item)) {
        (Some(text), Some(part)) => {
            let (found, bytes) = (text.contains(part), text.len());
            vm.work_on_bytes(bytes);
            Ok(found)
        }
        _ => {
            let class = vm.class_name(item);
            vm.type_error(format!(
                "'in <string>' requires string as left operand, not {class}"
            ))
        }
    }
}

fn contains_bytes(vm: &mut Vm, container: Value, item: Value) -> Outcome<bool> {
    if let (Some(bytes), Some(part)) = (vm.as_bytes(container), vm.as_bytes(item)) {
        return Ok(part.is_empty() || bytes.windows(part.len()).any(|window| window == part));
    }
    let Some(number) = convert::index_opt(vm, item)? else {
        let class = vm.class_name(item);
        return vm.type_error(format!("a bytes-like object is required, not '{class}'"));
    };
    match vm.as_i64(number).map(u8::try_from) {
        Some(Ok(byte)) => Ok(vm
            .as_bytes(container)
            .is_some_and(|bytes| bytes.contains(&byte))),
        _ => vm.value_error("byte must be in range(0, 256)"),
    }
}

fn view_contains(vm: &mut Vm, dict: Id, kind: ViewKind, item: Value) -> Outcome<Option<bool>> {
    match kind {
        ViewKind::Keys => Ok(Some(vm.dict_get(dict, item)?.is_some())),
        ViewKind::Values => Ok(None),
        ViewKind::Items => {
            let Some(&[key, value]) = vm.as_tuple(item).map(|pair| &pair[..]) else {
                return Ok(Some(false));
            };
            match vm.dict_get(dict, key)? {
                Some(found) => vm.eq(found, value).map(Some),
                None => Ok(Some(false)),
            }
        }
    }
}
