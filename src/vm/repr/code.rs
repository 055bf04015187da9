//! Functions, methods, classes, modules, generators and their like as text.

use super::address;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Native, NativeKind, Outcome};
use crate::vm::object::Payload;
use crate::vm::parameters_c::stands_for_c;
use crate::vm::value::{Id, Value};

/// `repr` of an object that stands for code or belongs to it; `None` when it has none of its own.
pub fn repr(vm: &mut Vm, id: Id) -> Outcome<Option<String>> {
    let value = Value::Object(id);
    let at = address(value);
    Ok(Some(match vm.heap.payload(id) {
        Payload::Class(_) => format!("<class '{}'>", vm.qualified_name(id)),
        Payload::Function(function) => {
            let name = text(vm, function.qualname);
            match stands_for_c(&function.linked.code) && !name.contains('.') {
                true => format!("<built-in function {name}>"),
                false => format!("<function {name} at {at}>"),
            }
        }
        Payload::Native(native) => native_repr(vm, native),
        Payload::BoundMethod(parts) => {
            let [function, receiver] = **parts;
            bound_method(vm, function, receiver)?
        }
        Payload::Generator(generator) => {
            let name = text(vm, generator.names().qualname);
            format!("<{} object {name} at {at}>", vm.class_name(value))
        }
        Payload::Module => module(vm, id)?,
        Payload::Cell(content) => match content {
            Value::Unbound => format!("<cell at {at}: empty>"),
            _ => {
                let class = vm.class_name(*content);
                format!("<cell at {at}: {class} object at {}>", address(*content))
            }
        },
        Payload::Code(linked) => {
            let code = &linked.code;
            let (name, file, line) = (&code.name, &code.source.name, code.first_line);
            format!("<code object {name} at {at}, file \"{file}\", line {line}>")
        }
        &Payload::ClassMethod(function) => format!("<classmethod({})>", vm.repr(function)?),
        &Payload::StaticMethod(function) => format!("<staticmethod({})>", vm.repr(function)?),
        Payload::Super(parts) => {
            let [class, receiver, _] = **parts;
            super_repr(vm, class, receiver)?
        }
        &Payload::Weakref(target, _) => match target.is_none() {
            true => format!("<weakref at {at}; dead>"),
            false => {
                let class = vm.class_name(target.into());
                format!(
                    "<weakref at {at}; to '{class}' at {}>",
                    address(target.into())
                )
            }
        },
        _ => return Ok(None),
    }))
}

fn text(vm: &Vm, value: Value) -> &str {
    vm.as_str(value).unwrap_or("?")
}

fn native_repr(vm: &Vm, native: &Native) -> String {
    let (name, owner) = (native.def.name, vm.name_of_class(native.owner));
    match native.kind {
        NativeKind::Function => format!("<built-in function {name}>"),
        NativeKind::Method | NativeKind::ClassMethod => {
            format!("<method '{name}' of '{owner}' objects>")
        }
        NativeKind::SlotWrapper => format!("<slot wrapper '{name}' of '{owner}' objects>"),
        NativeKind::Getter => format!("<attribute '{name}' of '{owner}' objects>"),
        NativeKind::StaticMethod => {
            let at = address(native.owner.into());
            format!("<built-in method {name} of type object at {at}>")
        }
    }
}

fn bound_method(vm: &mut Vm, function: Value, receiver: Value) -> Outcome<String> {
    if let Some(Payload::Native(native)) = vm.heap.content(function) {
        let kind = match native.kind {
            NativeKind::SlotWrapper => format!("<method-wrapper '{}'", native.def.name),
            _ => format!("<built-in method {}", native.def.name),
        };
        let class = vm.class_name(receiver);
        return Ok(format!(
            "{kind} of {class} object at {}>",
            address(receiver)
        ));
    }
    let name = match vm.heap.content(function) {
        Some(Payload::Function(function)) => text(vm, function.qualname).to_owned(),
        _ => match vm.get_attr_opt(function, names::QUALNAME)? {
            Some(name) => vm.as_str(name).unwrap_or("?").to_owned(),
            None => "?".to_owned(),
        },
    };
    Ok(format!("<bound method {name} of {}>", vm.repr(receiver)?))
}

fn module(vm: &mut Vm, id: Id) -> Outcome<String> {
    let namespace = vm.heap.get(id).dict;
    let name = match vm.dict_get_name(namespace, names::NAME) {
        Some(name) => vm.repr(name)?,
        None => "'?'".to_owned(),
    };
    match vm.dict_get_name(namespace, names::FILE) {
        Some(file) => Ok(format!("<module {name} from {}>", vm.repr(file)?)),
        // One that the program made has no loader.
        None if vm.dict_get_name(namespace, names::SPEC).is_none() => {
            Ok(format!("<module {name}>"))
        }
        None => Ok(format!("<module {name} (built-in)>")),
    }
}

fn super_repr(vm: &mut Vm, class: Value, receiver: Value) -> Outcome<String> {
    let class = class.id().map_or("?", |class| vm.name_of_class(class));
    if receiver.is_none() || receiver.is_unbound() {
        return Ok(format!("<super: <class '{class}'>, NULL>"));
    }
    let receiver = match receiver.id().filter(|&id| vm.class(id).is_some()) {
        Some(id) => vm.name_of_class(id),
        None => vm.class_name(receiver),
    };
    Ok(format!("<super: <class '{class}'>, <{receiver} object>>"))
}
