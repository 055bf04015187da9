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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::native::Trap;

    fn shown(vm: &mut Vm, result: Outcome) -> String {
        match result {
            Ok(value) | Err(Trap::Raise(value)) => vm.to_str(value).unwrap_or_default(),
            Err(trap) => format!("{trap:?}"),
        }
    }

    #[test]
    fn specifications_are_followed_as_in_cpython() {
        let mut vm = Vm::new(|_| None, &[]);
        let cases: &[(Value, &str, &str)] = &[
            (Value::Int(1234567), "*=+15,", "+*****1,234,567"),
            (Value::Int(1234), "06,", "01,234"),
            (Value::Int(255), "#_b", "0b1111_1111"),
            (Value::Int(-5), "08b", "-0000101"),
            (Value::Int(97), "05c", "0000a"),
            (Value::Float(99.99), ".2", "1e+02"),
            (Value::Float(-0.001), "z.1f", "0.0"),
            (Value::Float(5.123456), ".10,e", "5.123,456,000,0e+00"),
            (Value::Float(0.5), ".0%", "50%"),
            (Value::Float(f64::INFINITY), "010", "0000000inf"),
            (Value::Bool(true), "5", "    1"),
            (Value::Int(1), ",n", "Cannot specify ',' with 'n'."),
            (
                Value::Int(1),
                "q",
                "Unknown format code 'q' for object of type 'int'",
            ),
            (
                Value::None,
                "5",
                "unsupported format string passed to NoneType.__format__",
            ),
        ];
        for &(value, spec, text) in cases {
            let result = vm.format(value, spec);
            assert_eq!(shown(&mut vm, result), text, "format({value:?}, {spec:?})");
        }
    }

    #[test]
    fn percent_directives_are_followed_as_in_cpython() {
        let mut vm = Vm::new(|_| None, &[]);
        let cases: &[(&str, Value, &str)] = &[
            ("%05d|%%", Value::Int(-3), "-0003|%"),
            ("%#x", Value::Int(-255), "-0xff"),
            ("%-8.3f|", Value::Float(-2.71359), "-2.714  |"),
            ("%c", Value::Int(233), "é"),
            ("%d", Value::Float(3.99), "3"),
            (
                "%x",
                Value::Float(1.5),
                "%x format: an integer is required, not float",
            ),
            (
                "%q",
                Value::Int(1),
                "unsupported format character 'q' (0x71) at index 1",
            ),
            (
                "%d %d",
                Value::Int(1),
                "not enough arguments for format string",
            ),
            (
                "-",
                Value::Int(1),
                "not all arguments converted during string formatting",
            ),
        ];
        for &(template, argument, text) in cases {
            let object = vm.str(template);
            let result = percent(&mut vm, object, argument);
            assert_eq!(shown(&mut vm, result), text, "{template:?} % {argument:?}");
        }
    }
}
