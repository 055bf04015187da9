//! `types.GenericAlias` and `typing.Union` (`Objects/genericaliasobject.c`, `Objects/unionobject.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::generic::{alias, union};
use crate::vm::hash;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::value::Value;

/// Methods of generic aliases.
pub static ALIAS: &[Member] = &[
    Member::static_method("__new__", "cls, origin, args, /", |vm, args| {
        vm.generic_alias(args[1], args[2])
    }),
    Member::slot("__repr__", "self, /", |vm, args| {
        let text = vm.alias_repr(args[0])?;
        Ok(vm.str(text))
    }),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__hash__", "self, /", |vm, args| {
        let parts = [
            field(vm, args[0], alias::ORIGIN),
            field(vm, args[0], alias::ARGS),
        ];
        Ok(Value::Int(vm.hash(parts[0])? ^ vm.hash(parts[1])?))
    }),
    Member::slot("__call__", "self, /, *args, **kwargs", call),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::method("__mro_entries__", "self, bases, /", |vm, args| {
        let origin = field(vm, args[0], alias::ORIGIN);
        Ok(vm.tuple([origin]))
    }),
    Member::slot("__iter__", "self, /", |vm, args| {
        let starred = vm.once(|vm| Ok(vm.starred_alias(args[0])))?;
        vm.helper("alias_iter", &[starred])
    }),
    Member::getter("__unpacked__", |vm, args| {
        Ok(field(vm, args[0], alias::STARRED))
    }),
    Member::getter("__origin__", |vm, args| {
        Ok(field(vm, args[0], alias::ORIGIN))
    }),
    Member::getter("__args__", |vm, args| Ok(field(vm, args[0], alias::ARGS))),
    Member::getter("__parameters__", |vm, args| {
        vm.helper("alias_parameters", &[args[0]])
    }),
    Member::slot("__getitem__", "self, key, /", |vm, args| {
        vm.helper("alias_subscript", &[args[0], args[1]])
    }),
];

/// Methods of unions.
pub static UNION: &[Member] = &[
    Member::slot("__repr__", "self, /", |vm, args| {
        let text = vm.union_repr(args[0])?;
        Ok(vm.str(text))
    }),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__hash__", "self, /", hash_of_union),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::getter("__args__", |vm, args| Ok(field(vm, args[0], union::ARGS))),
    Member::getter("__origin__", |_, _| Ok(class::UNION_TYPE.into())),
    Member::getter("__parameters__", |vm, args| {
        vm.helper("alias_parameters", &[args[0]])
    }),
    Member::slot("__getitem__", "self, key, /", |vm, args| {
        vm.helper("alias_subscript", &[args[0], args[1]])
    }),
];

fn field(vm: &Vm, value: Value, n: usize) -> Value {
    value.id().map_or(Value::None, |id| vm.heap.field(id, n))
}

/// `list[int](...)`: an instance of the class.
fn call(vm: &mut Vm, args: &Args) -> Outcome {
    let origin = field(vm, args[0], alias::ORIGIN);
    vm.call_with(origin, args.rest, args.keywords)
}

/// As that of the frozenset of the members.
fn hash_of_union(vm: &mut Vm, args: &Args) -> Outcome {
    let members = field(vm, args[0], union::ARGS);
    let mut hashes = Vec::new();
    for member in vm.items(members).unwrap_or_default().to_vec() {
        hashes.push(vm.hash(member)?);
    }
    Ok(Value::Int(hash::frozenset(hashes.into_iter())))
}
