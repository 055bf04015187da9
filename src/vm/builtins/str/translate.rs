//! `str.maketrans` and `str.translate`.

use super::text;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// `str.maketrans`
pub fn maketrans(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(to) = args.opt(1) else {
        return from_dict(vm, args[0]);
    };
    let Some(from) = vm.as_text(args[0]).cloned() else {
        return vm
            .type_error("first maketrans argument must be a string if there is a second argument");
    };
    let mut others = Vec::new();
    for (n, value) in [(2, Some(to)), (3, args.opt(2))] {
        let Some(value) = value else { continue };
        match vm.as_text(value).cloned() {
            Some(text) => others.push(text),
            None => {
                let class = vm.class_name(value).to_owned();
                return vm.type_error(format!("maketrans() argument {n} must be str, not {class}"));
            }
        }
    }
    let to = others.first().cloned().unwrap_or_else(|| from.clone());
    if from.chars() != to.chars() {
        return vm.value_error("the first two maketrans arguments must have equal length");
    }
    let table = vm.dict();
    for (key, value) in from.as_str().chars().zip(to.as_str().chars()) {
        set(vm, table, key, code(value))?;
    }
    if let Some(dropped) = others.get(1) {
        for key in dropped.as_str().chars() {
            set(vm, table, key, Value::None)?;
        }
    }
    Ok(table.into())
}

fn code(c: char) -> Value {
    Value::Int(u32::from(c).into())
}

fn set(vm: &mut Vm, table: Id, key: char, value: Value) -> Outcome<()> {
    vm.dict_set(table, code(key), value)
}

fn from_dict(vm: &mut Vm, source: Value) -> Outcome {
    let Some(Payload::Dict(entries)) = vm.heap.content(source) else {
        return vm.type_error("if you give only one argument to maketrans it must be a dict");
    };
    let entries = entries.clone();
    let table = vm.dict();
    for entry in entries.iter() {
        let key = match vm.as_text(entry.key) {
            Some(text) => match (text.chars(), text.char_at(0)) {
                (1, Some(c)) => code(c),
                _ => {
                    return vm.value_error("string keys in translatetable must be of length 1");
                }
            },
            None if vm.as_big(entry.key).is_some() => entry.key,
            None => {
                return vm.type_error("keys in translate table mustbe strings or integers");
            }
        };
        vm.dict_set(table, key, entry.value)?;
    }
    Ok(table.into())
}

/// `translate`
pub fn translate(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut translated = String::with_capacity(text.as_str().len());
    for c in text.as_str().chars() {
        match replacement(vm, args[1], c)? {
            None => translated.push(c),
            Some(text) => translated.push_str(&text),
        }
        if translated.len() > vm.limits.bytes {
            return vm.raise_with(class::MEMORY_ERROR, &[]);
        }
    }
    Ok(vm.str(translated))
}

/// What a table has for a character; `None` when it stays.
fn replacement(vm: &mut Vm, table: Value, c: char) -> Outcome<Option<String>> {
    let builtin = vm.is_builtin(vm.class_of(table));
    let found = match table
        .id()
        .filter(|&id| builtin && vm.heap.dict(id).is_some())
    {
        Some(dict) => vm.dict_get(dict, code(c))?,
        None => look_up(vm, table, c)?,
    };
    let Some(value) = found else {
        return Ok(None);
    };
    if value.is_none() {
        return Ok(Some(String::new()));
    }
    if let Some(text) = vm.as_str(value) {
        return Ok(Some(text.to_owned()));
    }
    let Some(number) = vm.as_big(value) else {
        return vm.type_error("character mapping must return integer, None or str");
    };
    match u32::try_from(number).ok().and_then(char::from_u32) {
        Some(c) => Ok(Some(c.to_string())),
        None => vm.value_error("character mapping must be in range(0x110000)"),
    }
}

/// `table[c]` of any other object, where a LookupError means that there is nothing.
fn look_up(vm: &mut Vm, table: Value, c: char) -> Outcome<Option<Value>> {
    let class = vm.class_of(table);
    if !vm.is_builtin(class)
        && let Some(method) = vm.special(class, crate::vm::names::GETITEM)
    {
        let bound = vm.bind(method, table)?;
        return match vm.try_call(bound, &[code(c)])? {
            Ok(value) => Ok(Some(value)),
            Err(error) if vm.is_instance(error, class::LOOKUP_ERROR) => Ok(None),
            Err(error) => Err(Trap::Raise(error)),
        };
    }
    match vm.get_item(table, code(c)) {
        Ok(value) => Ok(Some(value)),
        Err(Trap::Raise(error)) if vm.is_instance(error, class::LOOKUP_ERROR) => Ok(None),
        Err(trap) => Err(trap),
    }
}
