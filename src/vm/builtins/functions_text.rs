//! Functions of `builtins` for numbers and texts.

use super::function;
use crate::bytecode::op::BinaryOp;
use crate::syntax::surrogate;
use crate::vm::hash;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::number::{self, convert, int};
use crate::vm::value::Value;
use num_traits::Signed;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    function("abs", "number, /", abs),
    function("ascii", "obj, /", |vm, args| {
        let text = vm.ascii(args[0])?;
        Ok(vm.str(text))
    }),
    function("bin", "number, /", |vm, args| based(vm, args[0], 2, "0b")),
    function("chr", "i, /", chr),
    function("divmod", "x, y, /", divmod),
    function("format", "value, format_spec='', /", format),
    function("hash", "obj, /", |vm, args| Ok(vm.hash(args[0])?.into())),
    function("hex", "number, /", |vm, args| based(vm, args[0], 16, "0x")),
    function("id", "obj, /", |_, args| Ok(hash::identity(args[0]).into())),
    function("oct", "number, /", |vm, args| based(vm, args[0], 8, "0o")),
    function("ord", "c, /", ord),
    function("pow", "base, exp, mod=None", pow),
    function("repr", "obj, /", |vm, args| {
        let text = vm.repr(args[0])?;
        Ok(vm.str(text))
    }),
    function("round", "number, ndigits=None", round),
];

fn abs(vm: &mut Vm, args: &Args) -> Outcome {
    match args[0] {
        Value::Int(value) if value != i64::MIN => return Ok(value.abs().into()),
        Value::Float(value) => return Ok(value.abs().into()),
        _ => {}
    }
    match vm.special(vm.class_of(args[0]), names::ABS) {
        Some(method) => vm.call_special(method, args[0], &[]),
        None => {
            let class = vm.class_name(args[0]).to_owned();
            vm.type_error(format!("bad operand type for abs(): '{class}'"))
        }
    }
}

fn based(vm: &mut Vm, value: Value, base: u32, prefix: &str) -> Outcome {
    let number = convert::big(vm, value)?;
    let sign = if number.is_negative() { "-" } else { "" };
    let digits = int::digits(&number.abs(), base);
    Ok(vm.str(format!("{sign}{prefix}{digits}")))
}

fn chr(vm: &mut Vm, args: &Args) -> Outcome {
    let code = convert::big(vm, args[0])?;
    let code = u32::try_from(code).ok();
    match code.and_then(surrogate::from_code) {
        Some(c) => Ok(vm.str(c.to_string())),
        None => vm.value_error("chr() arg not in range(0x110000)"),
    }
}

fn ord(vm: &mut Vm, args: &Args) -> Outcome {
    let length = if let Some(text) = vm.as_text(args[0]) {
        if let (1, Some(c)) = (text.chars(), text.char_at(0)) {
            return Ok(i64::from(surrogate::code_of(c)).into());
        }
        text.chars()
    } else if let Some(bytes) = vm.as_bytes(args[0]) {
        if let &[byte] = bytes {
            return Ok(i64::from(byte).into());
        }
        bytes.len()
    } else {
        let class = vm.class_name(args[0]).to_owned();
        return vm.type_error(format!(
            "ord() expected string of length 1, but {class} found"
        ));
    };
    vm.type_error(format!(
        "ord() expected a character, but string of length {length} found"
    ))
}

fn format(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(spec) = args.opt(1) else {
        return vm.format(args[0], "");
    };
    match vm.as_text(spec).cloned() {
        Some(spec) => vm.format(args[0], spec.as_str()),
        None => {
            let class = vm.class_name(spec).to_owned();
            vm.type_error(format!("format() argument 2 must be str, not {class}"))
        }
    }
}

/// Calls the first of these methods that exists and does not answer NotImplemented.
fn first_answer(vm: &mut Vm, attempts: &[(Value, Value, &[Value])]) -> Outcome<Option<Value>> {
    for &(name, receiver, arguments) in attempts {
        if let Some(method) = vm.special(vm.class_of(receiver), name) {
            let result = vm.call_special(method, receiver, arguments)?;
            if !matches!(result, Value::NotImplemented) {
                return Ok(Some(result));
            }
        }
    }
    Ok(None)
}

fn divmod(vm: &mut Vm, args: &Args) -> Outcome {
    let (left, right) = (args[0], args[1]);
    let (a, b) = (vm.class_of(left), vm.class_of(right));
    if vm.is_builtin(a)
        && vm.is_builtin(b)
        && let Some(pair) = number::divmod(vm, left, right)?
    {
        return Ok(pair);
    }
    let forward = (names::DIVMOD, left, &[right] as &[Value]);
    let backward = (names::RDIVMOD, right, &[left] as &[Value]);
    let right_first = a != b && vm.is_subclass(b, a);
    let attempts = match (right_first, a == b) {
        (true, _) => vec![backward, forward],
        (false, true) => vec![forward],
        (false, false) => vec![forward, backward],
    };
    match first_answer(vm, &attempts)? {
        Some(pair) => Ok(pair),
        None => {
            let (l, r) = (vm.class_name(left), vm.class_name(right));
            let message = format!("unsupported operand type(s) for divmod(): '{l}' and '{r}'");
            vm.type_error(message)
        }
    }
}

fn pow(vm: &mut Vm, args: &Args) -> Outcome {
    let (base, exponent) = (args[0], args[1]);
    let Some(modulus) = args.opt(2).filter(|modulus| !modulus.is_none()) else {
        return vm.binary(BinaryOp::Pow, base, exponent);
    };
    let result = match vm.is_builtin(vm.class_of(base)) {
        true => number::power_modulo(vm, base, exponent, modulus)?,
        false => first_answer(vm, &[(names::POW, base, &[exponent, modulus])])?,
    };
    match result {
        Some(result) => Ok(result),
        None => {
            let [a, b, c] = [base, exponent, modulus].map(|value| vm.class_name(value));
            let message =
                format!("unsupported operand type(s) for ** or pow(): '{a}', '{b}', '{c}'");
            vm.type_error(message)
        }
    }
}

fn round(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    match vm.special(class, names::ROUND) {
        Some(method) => match args.opt(1).filter(|digits| !digits.is_none()) {
            Some(digits) => vm.call_special(method, args[0], &[digits]),
            None => vm.call_special(method, args[0], &[]),
        },
        None => {
            let class = vm.name_of_class(class).to_owned();
            vm.type_error(format!("type {class} doesn't define __round__ method"))
        }
    }
}
