//! The fields of the kernel's own objects. These lie on the heap as records, and an enum for each class says which
//! field is where.

use crate::vm::machine::Vm;
use crate::vm::native::Args;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Which field of a record.
pub trait Field: Copy {
    /// Where it is, from 0.
    fn position(self) -> usize;
}

/// All fields, to read several of them; none when the object has no fields.
#[inline]
pub fn fields(vm: &Vm, object: Id) -> &[Value] {
    match vm.heap.payload(object) {
        Payload::Record(fields) => fields,
        _ => &[],
    }
}

/// A field; unbound when it is not set, or when the object has no such field.
#[inline]
pub fn get(vm: &Vm, object: Id, field: impl Field) -> Value {
    vm.heap.field(object, field.position())
}

/// Sets a field.
#[inline]
pub fn set(vm: &mut Vm, object: Id, field: impl Field, value: impl Into<Value>) {
    vm.heap.set_field(object, field.position(), value.into());
}

/// Sets several fields, which takes hardly longer than one.
#[inline]
pub fn set_all<F: Field, const N: usize>(vm: &mut Vm, object: Id, fields: [(F, Value); N]) {
    let fields = fields.map(|(field, value)| (field.position(), value));
    vm.heap.set_fields(object, fields);
}

/// Unsets a field, which most of the time is not set.
#[inline]
pub fn clear(vm: &mut Vm, object: Id, field: impl Field) {
    if !get(vm, object, field).is_none() {
        set(vm, object, field, Value::None);
    }
}

/// A field of `self`, as a getter gives it: `None` when it is not set.
pub fn read(vm: &Vm, args: &Args, field: impl Field) -> Value {
    let object = args[0].id();
    let value = object.map(|object| get(vm, object, field));
    value.unwrap_or_default().or_none()
}

/// Is the field `True`?
pub fn is_set(vm: &Vm, object: Id, field: impl Field) -> bool {
    matches!(get(vm, object, field), Value::Bool(true))
}

/// A field that holds a number; 0 when it does not.
pub fn int(vm: &Vm, object: Id, field: impl Field) -> i64 {
    int_of(fields(vm, object), field)
}

/// The same among the fields of a record.
#[inline]
pub fn int_of(fields: &[Value], field: impl Field) -> i64 {
    match fields.get(field.position()) {
        Some(&Value::Int(number)) => number,
        _ => 0,
    }
}
