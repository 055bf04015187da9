//! `repr()`, `str()` and `ascii()` of built-in objects; asks for `__repr__` and `__str__` written in Python.

mod code;
pub mod exception;
mod literal;

pub use exception::exception_str;
pub use literal::{bytes_repr, is_printable, str_repr};

use super::class::{self, BUILTIN};
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::number::{self, Number, complex::Complex};
use super::object::{Payload, ViewKind};
use super::value::{Id, Value};
use super::{hash, ranges};

impl Vm {
    /// `repr(value)`
    pub fn repr(&mut self, value: Value) -> Outcome<String> {
        let class = self.class_of(value);
        if self.is_builtin(class)
            && let Some(text) = builtin(self, value)?
        {
            return Ok(text);
        }
        let Some(method) = self.special(class, names::REPR) else {
            return Ok(default(self, value));
        };
        let text = self.nested(|vm| vm.call_special(method, value, &[]))?;
        self.text_of(text, "__repr__")
    }

    /// `str(value)`
    pub fn to_str(&mut self, value: Value) -> Outcome<String> {
        let class = self.class_of(value);
        if self.is_builtin(class) {
            return match self.heap.content(value) {
                Some(Payload::Str(text)) => Ok(text.as_str().to_owned()),
                Some(Payload::Exception(_)) => self.nested(|vm| exception_str(vm, value)),
                Some(&Payload::MappingProxy(mapping)) => self.nested(|vm| vm.to_str(mapping)),
                _ => self.repr(value),
            };
        }
        match self.special(class, names::STR) {
            Some(method) => {
                let text = self.nested(|vm| vm.call_special(method, value, &[]))?;
                self.text_of(text, "__str__")
            }
            None => self.repr(value),
        }
    }

    /// `ascii(value)`
    pub fn ascii(&mut self, value: Value) -> Outcome<String> {
        Ok(literal::escape_non_ascii(&self.repr(value)?))
    }

    fn text_of(&mut self, value: Value, method: &str) -> Outcome<String> {
        match self.as_str(value) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let class = self.class_name(value);
                self.type_error(format!("{method} returned non-string (type {class})"))
            }
        }
    }

    /// The name of a class with its module in front unless that is `builtins`.
    pub fn qualified_name(&self, class: Id) -> String {
        if self.is_builtin(class) {
            let builtin = BUILTIN.get((class.0 as usize).wrapping_sub(1));
            return builtin.map_or("?", |builtin| builtin.name).to_owned();
        }
        let Some(content) = self.class(class) else {
            return "?".to_owned();
        };
        let name = self.as_str(content.qualname).unwrap_or("?");
        match self
            .dict_get_name(content.namespace, names::MODULE)
            .and_then(|module| self.as_str(module))
        {
            Some("builtins") | None => name.to_owned(),
            Some(module) => format!("{module}.{name}"),
        }
    }
}

/// `object.__repr__(value)`
pub fn default(vm: &Vm, value: Value) -> String {
    let class = vm.qualified_name(vm.class_of(value));
    format!("<{class} object at {}>", address(value))
}

/// `id(value)` as representations show it.
pub fn address(value: Value) -> String {
    format!("{:#x}", hash::identity(value))
}

/// `repr(value)` of a built-in object (or of an instance of a subclass, taken as its built-in base); `None` when it
/// has none of its own.
pub fn builtin(vm: &mut Vm, value: Value) -> Outcome<Option<String>> {
    let id = match value {
        Value::Unbound => return Ok(Some("<NULL>".to_owned())),
        Value::None => return Ok(Some("None".to_owned())),
        Value::NotImplemented => return Ok(Some("NotImplemented".to_owned())),
        Value::Ellipsis => return Ok(Some("Ellipsis".to_owned())),
        Value::Bool(true) => return Ok(Some("True".to_owned())),
        Value::Bool(false) => return Ok(Some("False".to_owned())),
        Value::Int(value) => return Ok(Some(value.to_string())),
        Value::Float(value) => return Ok(Some(number::float_repr(value))),
        Value::Object(id) => id,
    };
    if let Some(number) = Number::of(vm, value) {
        return number_repr(vm, number).map(Some);
    }
    Ok(Some(match vm.heap.payload(id) {
        Payload::Str(text) => str_repr(text.as_str()),
        Payload::Bytes(bytes) => bytes_repr(bytes),
        Payload::ByteArray(bytes) => {
            let mut bytes = bytes_repr(bytes);
            if bytes.starts_with("b\"") {
                // Apostrophes are escaped here even where they need not be.
                bytes = bytes.replace('\'', "\\'");
            }
            format!("{}({bytes})", vm.short_class_name(value))
        }
        Payload::List(_) => vm.shown_once(id, "[...]", |vm| list(vm, id))?,
        Payload::Tuple(_) => vm.shown_once(id, "(...)", |vm| tuple(vm, id))?,
        Payload::Dict(_) => vm.shown_once(id, "{...}", |vm| dict(vm, id))?,
        Payload::Set(_) => set(vm, id)?,
        Payload::Deque(_) => vm.shown_once(id, "[...]", |vm| deque(vm, id))?,
        &Payload::DictView(_, kind) => vm.shown_once(id, "...", |vm| view(vm, value, kind))?,
        &Payload::MappingProxy(mapping) => {
            let mapping = vm.nested(|vm| vm.repr(mapping))?;
            format!("mappingproxy({mapping})")
        }
        Payload::Slice(parts) => {
            let parts = **parts;
            let [start, stop, step] = vm.nested(|vm| three(vm, parts))?;
            format!("slice({start}, {stop}, {step})")
        }
        Payload::Range(_) => range(vm, value)?,
        Payload::Exception(_) => vm.shown_once(id, "...", |vm| exception::repr(vm, value))?,
        Payload::Record(_) => match vm.class_of(value) {
            class::GENERIC_ALIAS => vm.shown_once(id, "...", |vm| vm.alias_repr(value))?,
            class::UNION_TYPE => vm.shown_once(id, "...", |vm| vm.union_repr(value))?,
            _ => return Ok(None),
        },
        _ => return vm.nested(|vm| code::repr(vm, id)),
    }))
}

fn number_repr(vm: &mut Vm, number: Number) -> Outcome<String> {
    match number {
        Number::Small(value) => Ok(value.to_string()),
        Number::Big(value) => number::int::to_str(vm, &value),
        Number::Float(value) => Ok(number::float_repr(value)),
        Number::Complex(Complex { re, im }) => Ok(number::complex::repr(Complex { re, im })),
    }
}

/// The items' representations with commas between.
fn items(vm: &mut Vm, items: &[Value]) -> Outcome<String> {
    let mut text = String::new();
    for (n, &item) in items.iter().enumerate() {
        if n > 0 {
            text.push_str(", ");
        }
        text.push_str(&vm.repr(item)?);
        vm.check_bytes(text.len())?;
    }
    Ok(text)
}

fn list(vm: &mut Vm, id: Id) -> Outcome<String> {
    let content = vm.heap.items(id).unwrap_or_default().to_vec();
    Ok(format!("[{}]", items(vm, &content)?))
}

fn tuple(vm: &mut Vm, id: Id) -> Outcome<String> {
    let content = vm.heap.items(id).unwrap_or_default().to_vec();
    let text = items(vm, &content)?;
    Ok(match content.len() {
        1 => format!("({text},)"),
        _ => format!("({text})"),
    })
}

fn dict(vm: &mut Vm, id: Id) -> Outcome<String> {
    let entries: Vec<_> = match vm.heap.dict(id) {
        Some(dict) => dict.iter().copied().collect(),
        None => Vec::new(),
    };
    let mut text = String::from("{");
    for (n, entry) in entries.into_iter().enumerate() {
        if n > 0 {
            text.push_str(", ");
        }
        text.push_str(&vm.repr(entry.key)?);
        text.push_str(": ");
        text.push_str(&vm.repr(entry.value)?);
        vm.check_bytes(text.len())?;
    }
    text.push('}');
    Ok(text)
}

fn set(vm: &mut Vm, id: Id) -> Outcome<String> {
    let name = vm.short_class_name(id.into()).to_owned();
    let content = vm.contents(id.into()).unwrap_or_default();
    if content.is_empty() {
        return Ok(format!("{name}()"));
    }
    vm.shown_once(id, &format!("{name}(...)"), |vm| {
        let text = items(vm, &content)?;
        Ok(match vm.heap.get(id).class {
            class::SET => format!("{{{text}}}"),
            _ => format!("{name}({{{text}}})"),
        })
    })
}

fn deque(vm: &mut Vm, id: Id) -> Outcome<String> {
    let content = vm.contents(id.into()).unwrap_or_default();
    let text = items(vm, &content)?;
    let name = vm.short_class_name(id.into()).to_owned();
    Ok(match super::deque::maxlen(vm, id) {
        Some(maxlen) => format!("{name}([{text}], maxlen={maxlen})"),
        None => format!("{name}([{text}])"),
    })
}

fn view(vm: &mut Vm, value: Value, kind: ViewKind) -> Outcome<String> {
    let content = vm.contents(value).unwrap_or_default();
    let text = items(vm, &content)?;
    Ok(match kind {
        ViewKind::Keys => format!("dict_keys([{text}])"),
        ViewKind::Values => format!("dict_values([{text}])"),
        ViewKind::Items => format!("dict_items([{text}])"),
    })
}

fn three(vm: &mut Vm, parts: [Value; 3]) -> Outcome<[String; 3]> {
    Ok([vm.repr(parts[0])?, vm.repr(parts[1])?, vm.repr(parts[2])?])
}

fn range(vm: &mut Vm, value: Value) -> Outcome<String> {
    let [start, stop, step] = three(vm, ranges::parts(vm, value).unwrap_or_default())?;
    Ok(match step.as_str() {
        "1" => format!("range({start}, {stop})"),
        _ => format!("range({start}, {stop}, {step})"),
    })
}
