//! Format specifications (`format(value, spec)`), `str.format` and `%`-formatting.

mod field;
pub mod float;
mod int;
mod percent;
pub mod spec;
pub mod str_format;

pub use percent::percent;

use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::number::Number;
use super::object::Payload;
use super::value::Value;
use spec::{Align, Spec};

impl Vm {
    /// `format(value, spec)`; asks for `__format__` written in Python.
    pub fn format(&mut self, value: Value, spec: &str) -> Outcome {
        let class = self.class_of(value);
        if self.is_builtin(class) {
            return builtin(self, value, spec);
        }
        let Some(method) = self.special(class, names::FORMAT) else {
            return builtin(self, value, spec);
        };
        let spec = self.once(|vm| Ok(vm.str(spec)))?;
        let result = self.call_special(method, value, &[spec])?;
        if self.as_text(result).is_none() {
            let class = self.class_name(result).to_owned();
            return self.type_error(format!("__format__ must return a str, not {class}"));
        }
        Ok(result)
    }
}

/// `format(value, spec)` of a built-in object, or of an instance of a subclass as its built-in base has it.
pub fn builtin(vm: &mut Vm, value: Value, spec: &str) -> Outcome {
    if spec.is_empty() {
        return match vm.heap.content(value) {
            Some(Payload::Str(_)) if vm.is_builtin(vm.class_of(value)) => Ok(value),
            _ => {
                let text = vm.to_str(value)?;
                Ok(vm.str(text))
            }
        };
    }
    if let Some(text) = vm.as_text(value) {
        let text = text.clone();
        return string(vm, text.as_str(), value, spec);
    }
    match Number::of(vm, value) {
        Some(Number::Float(number)) => {
            let spec = Spec::parse(vm, spec, value, Align::Right)?;
            float::format(vm, number, &spec, value)
        }
        Some(Number::Complex(number)) => {
            let spec = Spec::parse(vm, spec, value, Align::Right)?;
            float::format_complex(vm, number, &spec, value)
        }
        Some(number) => {
            let spec = Spec::parse(vm, spec, value, Align::Right)?;
            int::format(vm, &number, &spec, value)
        }
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "unsupported format string passed to {class}.__format__"
            ))
        }
    }
}

fn string(vm: &mut Vm, text: &str, value: Value, spec: &str) -> Outcome {
    let spec = Spec::parse(vm, spec, value, Align::Left)?;
    if spec.kind.is_some_and(|kind| kind != 's') {
        return spec.unknown_kind(vm, value);
    }
    let refused = match spec {
        Spec {
            sign: Some(' '), ..
        } => Some("Space not allowed in string format specifier"),
        Spec { sign: Some(_), .. } => Some("Sign not allowed in string format specifier"),
        Spec {
            positive_zero: true,
            ..
        } => Some("Negative zero coercion (z) not allowed in string format specifier"),
        Spec {
            alternate: true, ..
        } => Some("Alternate form (#) not allowed in string format specifier"),
        Spec {
            align: Align::AfterSign,
            ..
        } => Some("'=' alignment not allowed in string format specifier"),
        _ => None,
    };
    if let Some(message) = refused {
        return vm.value_error(message);
    }
    let text: String = text
        .chars()
        .take(spec.precision.unwrap_or(usize::MAX))
        .collect();
    let padded = spec.pad(vm, "", &text)?;
    Ok(vm.str(padded))
}
