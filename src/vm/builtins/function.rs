//! `types.FunctionType`: functions from code objects (`Objects/funcobject.c`: func_new_impl).

use super::Member;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::{Function, Payload};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Members of `function` that need more than its code says.
pub static METHODS: &[Member] = &[
    Member::attribute("__doc__", |vm, args| {
        if let Some(known) = replaced(vm, args, names::DOC) {
            return Ok(known);
        }
        let doc = function(vm, args).and_then(|f| f.linked.code.doc.clone());
        Ok(doc.map_or(Value::None, |doc| vm.str(&*doc)))
    }),
    Member::attribute("__module__", |vm, args| {
        if let Some(known) = replaced(vm, args, names::MODULE) {
            return Ok(known);
        }
        let globals = function(vm, args).map_or(Id::NONE, |f| f.globals);
        let module = vm.dict_get_name(globals, names::NAME);
        Ok(module.unwrap_or(Value::None))
    }),
    Member::attribute("__annotations__", |vm, args| {
        if let Some(known) = replaced(vm, args, names::ANNOTATIONS) {
            return Ok(known);
        }
        let annotate = function(vm, args).map_or(Value::Unbound, |f| f.annotate);
        let made = match annotate.or_none() {
            Value::None => vm.dict().into(),
            annotate => vm.call(annotate, &[])?,
        };
        replace(vm, args[0], names::ANNOTATIONS, made);
        Ok(made)
    }),
    Member::attribute("__type_params__", |vm, args| {
        let known = replaced(vm, args, names::TYPE_PARAMS);
        Ok(known.unwrap_or_else(|| vm.tuple([])))
    }),
    Member::static_method(
        "__new__",
        "cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None",
        new,
    ),
    Member::getter("__builtins__", |vm, _| Ok(vm.builtins.into())),
];

fn function<'a>(vm: &'a Vm, args: &Args) -> Option<&'a Rc<Function>> {
    match vm.heap.content(args[0])? {
        Payload::Function(function) => Some(function),
        _ => None,
    }
}

/// Sets an attribute when a value is given. What it was set to before, if it was.
fn replaced(vm: &mut Vm, args: &Args, name: Value) -> Option<Value> {
    if let Some(value) = args.opt(1) {
        replace(vm, args[0], name, value);
        return Some(Value::None);
    }
    let all = function(vm, args)?.replaced.id()?;
    vm.dict_get_name(all, name)
}

fn replace(vm: &mut Vm, target: Value, name: Value, value: Value) {
    let (Some(id), Some(Payload::Function(content))) = (target.id(), vm.heap.content(target))
    else {
        return;
    };
    let content = content.clone();
    let all = match content.replaced.id() {
        Some(all) => all,
        None => {
            let all = vm.dict();
            let content = Function {
                replaced: all.into(),
                ..(*content).clone()
            };
            vm.heap.set_payload(id, Payload::Function(Rc::new(content)));
            all
        }
    };
    vm.dict_set_name(all, name, value);
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(Payload::Code(linked)) = vm.heap.content(args[1]) else {
        return wrong_type(vm, "code", "code", args[1]);
    };
    let linked = linked.clone();
    let Some(globals) = args[2].id().filter(|&id| vm.heap.dict(id).is_some()) else {
        return wrong_type(vm, "globals", "dict", args[2]);
    };
    let name = match args[3].or_none() {
        Value::None => linked.name,
        name if vm.as_str(name).is_some() => name,
        _ => return vm.type_error("arg 3 (name) must be None or string"),
    };
    let is_tuple = |vm: &Vm, value: Value| value.is_none() || vm.as_tuple(value).is_some();
    if !is_tuple(vm, args[4].or_none()) {
        return vm.type_error("arg 4 (defaults) must be None or tuple");
    }
    let closure = closure(vm, args[5].or_none(), linked.code.frees.len(), name)?;
    let kw_defaults = args[6].or_none();
    if !kw_defaults.is_none() && vm.class_of(kw_defaults) != class::DICT {
        return vm.type_error("arg 6 (kwdefaults) must be None or dict");
    }
    let present = |value: Value| match value.or_none() {
        Value::None => Value::Unbound,
        value => value,
    };
    let function = Function {
        code: args[1],
        qualname: linked.qualname,
        linked,
        globals,
        name,
        defaults: present(args[4]),
        kw_defaults: present(kw_defaults),
        closure,
        annotate: Value::Unbound,
        replaced: Value::Unbound,
    };
    Ok(vm.object(class::FUNCTION, Payload::Function(Rc::new(function))))
}

fn wrong_type(vm: &mut Vm, argument: &str, wanted: &str, given: Value) -> Outcome {
    let class = vm.class_name(given).to_owned();
    vm.type_error(format!(
        "function() argument '{argument}' must be {wanted}, not {class}"
    ))
}

/// Checks a closure: a tuple with a cell for each free variable.
fn closure(vm: &mut Vm, closure: Value, wanted: usize, name: Value) -> Outcome {
    let cells = match vm.as_tuple(closure) {
        Some(cells) => cells.to_vec(),
        None if !closure.is_none() => {
            return vm.type_error("arg 5 (closure) must be None or tuple");
        }
        None if wanted > 0 => return vm.type_error("arg 5 (closure) must be tuple"),
        None => return Ok(Value::Unbound),
    };
    if cells.len() != wanted {
        let name = vm.as_str(name).unwrap_or_default();
        let message = format!(
            "{name} requires closure of length {wanted}, not {}",
            cells.len()
        );
        return vm.value_error(message);
    }
    if let Some(&other) = { cells.iter() }.find(|&&cell| vm.class_of(cell) != class::CELL) {
        let class = vm.class_name(other).to_owned();
        return vm.type_error(format!("arg 5 (closure) expected cell, found {class}"));
    }
    Ok(match cells.is_empty() {
        true => Value::Unbound,
        false => closure,
    })
}
