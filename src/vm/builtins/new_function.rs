//! `types.FunctionType(code, globals, …)`: a function made of a code object (`Objects/funcobject.c`: func_new_impl).

use crate::vm::class;
use crate::vm::link::LinkedCode;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::{Function, Payload};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// `function.__new__`
pub fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let [_, code, globals, name, defaults, closure, kw_defaults] = *args.fixed else {
        return vm.type_error("function() takes no arguments");
    };
    let Some(Payload::Code(linked)) = vm.heap.content(code) else {
        return wrong_argument(vm, "'code' must be code", code);
    };
    let linked = linked.clone();
    if !is_dict(vm, globals) {
        return wrong_argument(vm, "'globals' must be dict", globals);
    }
    let name = name.or_none();
    if !name.is_none() && vm.as_str(name).is_none() {
        return vm.type_error("arg 3 (name) must be None or string");
    }
    let (defaults, kw_defaults) = (defaults.or_none(), kw_defaults.or_none());
    if !defaults.is_none() && vm.as_tuple(defaults).is_none() {
        return vm.type_error("arg 4 (defaults) must be None or tuple");
    }
    if !kw_defaults.is_none() && !is_dict(vm, kw_defaults) {
        return vm.type_error("arg 6 (kwdefaults) must be None or dict");
    }
    let closure = checked_closure(vm, &linked, closure.or_none())?;
    let absent = |value: Value| {
        if value.is_none() {
            Value::Unbound
        } else {
            value
        }
    };
    let function = Function {
        code,
        globals: globals.id().unwrap_or(Id::NONE),
        name: if name.is_none() { linked.name } else { name },
        qualname: linked.qualname,
        defaults: absent(defaults),
        kw_defaults: absent(kw_defaults),
        closure: absent(closure),
        annotate: Value::Unbound,
        replaced: Value::Unbound,
        linked,
    };
    Ok(vm.object(class::FUNCTION, Payload::Function(Rc::new(function))))
}

/// The cells for the free variables of the code, one for each.
fn checked_closure(vm: &mut Vm, linked: &LinkedCode, closure: Value) -> Outcome {
    let wanted = linked.code.frees.len();
    let name = linked.code.name.clone();
    let Some(cells) = vm.as_tuple(closure).cloned() else {
        return match (closure.is_none(), wanted) {
            (true, 0) => Ok(closure),
            (true, _) => vm.type_error("arg 5 (closure) must be tuple"),
            (false, _) => vm.type_error("arg 5 (closure) must be None or tuple"),
        };
    };
    if cells.len() != wanted {
        return vm.value_error(format!(
            "{name} requires closure of length {wanted}, not {}",
            cells.len()
        ));
    }
    let other = |cell: &&Value| !matches!(vm.heap.content(**cell), Some(Payload::Cell(_)));
    if let Some(&other) = cells.iter().find(other) {
        let class = vm.class_name(other).to_owned();
        return vm.type_error(format!("arg 5 (closure) expected cell, found {class}"));
    }
    Ok(closure)
}

fn is_dict(vm: &Vm, value: Value) -> bool {
    matches!(vm.heap.content(value), Some(Payload::Dict(_)))
}

fn wrong_argument(vm: &mut Vm, rule: &str, given: Value) -> Outcome {
    let class = vm.class_name(given).to_owned();
    vm.type_error(format!("function() argument {rule}, not {class}"))
}
