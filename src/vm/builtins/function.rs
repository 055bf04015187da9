//! Attributes of functions that their code knows until a program replaces them (`Objects/funcobject.c`:
//! func_memberlist, func_getsetlist).

use super::Member;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::Args;
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
