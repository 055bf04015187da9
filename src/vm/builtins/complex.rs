//! `complex`: its special methods, construction and methods.

use super::{Member, numeric};
use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::complex::{self, Complex};
use crate::vm::number::{Number, convert, float, parse};
use crate::vm::object::Payload;
use crate::vm::value::Value;

fn accepts(_: &Number) -> bool {
    true
}

/// Operators with a reflected form.
pub static OPERATORS: &[Member] = numeric::operators! { accepts;
    "__add__" "__radd__" Add
    "__sub__" "__rsub__" Sub
    "__mul__" "__rmul__" Mul
    "__truediv__" "__rtruediv__" Div
};

/// Everything else.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, real=0, imag=0", new),
    Member::slot("__repr__", "self, /", |vm, args| {
        let text = complex::repr(number(vm, args));
        Ok(vm.str(text))
    }),
    Member::slot("__hash__", "self, /", numeric::hash),
    Member::slot("__bool__", "self, /", |vm, args| {
        let z = number(vm, args);
        Ok((z.re != 0.0 || z.im != 0.0).into())
    }),
    Member::slot("__eq__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Eq, args, accepts)
    }),
    Member::slot("__ne__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Ne, args, accepts)
    }),
    Member::slot("__neg__", "self, /", |vm, args| {
        numeric::unary(vm, UnaryOp::Neg, args)
    }),
    Member::slot("__pos__", "self, /", |vm, args| {
        numeric::unary(vm, UnaryOp::Pos, args)
    }),
    Member::slot("__abs__", "self, /", absolute),
    Member::slot("__pow__", "self, value, mod=None, /", |vm, args| {
        numeric::power(vm, args, accepts)
    }),
    Member::slot("__rpow__", "self, value, mod=None, /", |vm, args| {
        numeric::binary(vm, BinaryOp::Pow, args[1], args[0], accepts)
    }),
    Member::method("__complex__", "self, /", |vm, args| {
        numeric::unary(vm, UnaryOp::Pos, args)
    }),
    Member::method("__format__", "self, format_spec, /", numeric::format),
    Member::method("__getnewargs__", "self, /", |vm, args| {
        let z = number(vm, args);
        Ok(vm.tuple([z.re.into(), z.im.into()]))
    }),
    Member::class_method(
        "from_number",
        "cls, number, /",
        |vm, args| match any_number(vm, args[1])? {
            Some(z) => {
                let z = vm.complex(z.re, z.im);
                match args[0].id() {
                    Some(class::COMPLEX) => Ok(z),
                    _ => vm.call(args[0], &[z]),
                }
            }
            None => {
                let class = vm.class_name(args[1]).to_owned();
                vm.type_error(format!("must be real number, not {class}"))
            }
        },
    ),
    Member::method("conjugate", "self, /", |vm, args| {
        let z = number(vm, args);
        Ok(vm.complex(z.re, -z.im))
    }),
    Member::getter("real", |vm, args| Ok(number(vm, args).re.into())),
    Member::getter("imag", |vm, args| Ok(number(vm, args).im.into())),
];

fn number(vm: &Vm, args: &Args) -> Complex {
    match vm.heap.content(args[0]) {
        Some(&Payload::Complex(re, im)) => Complex { re, im },
        _ => Complex { re: 0.0, im: 0.0 },
    }
}

fn absolute(vm: &mut Vm, args: &Args) -> Outcome {
    let z = number(vm, args);
    let modulus = float::norm(&[z.re, z.im]);
    if modulus.is_infinite() && z.re.is_finite() && z.im.is_finite() {
        return vm.raise(class::OVERFLOW_ERROR, "absolute value too large");
    }
    Ok(modulus.into())
}

/// A complex from what has `__complex__`; `None` for others.
fn by_method(vm: &mut Vm, value: Value) -> Outcome<Option<Complex>> {
    let class = vm.class_of(value);
    if vm.is_builtin(class) {
        return Ok(None);
    }
    let Some(method) = vm.special(class, names::COMPLEX) else {
        return Ok(None);
    };
    let result = vm.call_special(method, value, &[])?;
    match Number::of(vm, result) {
        Some(Number::Complex(z)) => Ok(Some(z)),
        _ => {
            let got = vm.class_name(result);
            let message = format!("__complex__ returned non-complex (type {got})");
            vm.type_error(message)
        }
    }
}

/// Any number as a complex; TypeError for others: an argument of the functions of `cmath`.
pub fn from_number(vm: &mut Vm, value: Value) -> Outcome<Complex> {
    if let Some(z) = by_method(vm, value)? {
        return Ok(z);
    }
    match Number::of(vm, value) {
        Some(Number::Complex(z)) => Ok(z),
        _ => Ok(Complex {
            re: convert::float(vm, value)?,
            im: 0.0,
        }),
    }
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(class::COMPLEX);
    let z = match (args.opt(1), args.opt(2)) {
        (None, None) => Complex { re: 0.0, im: 0.0 },
        (Some(value), None) => from_one(vm, value)?,
        (real, imaginary) => {
            let (real, real_is_complex) = part(vm, real, "real")?;
            let (imaginary, imaginary_is_complex) = part(vm, imaginary, "imag")?;
            // Only what is there is added, so that zeros keep their signs.
            let re = if imaginary_is_complex {
                real.re - imaginary.im
            } else {
                real.re
            };
            let im = if real_is_complex {
                real.im + imaginary.re
            } else {
                imaginary.re
            };
            Complex { re, im }
        }
    };
    Ok(vm.object(class, Payload::Complex(z.re, z.im)))
}

fn from_one(vm: &mut Vm, value: Value) -> Outcome<Complex> {
    if let Some(text) = vm.as_text(value).cloned() {
        return match parse::complex(text.as_str()) {
            Some(z) => Ok(z),
            None if text.as_str().contains('_') => {
                let shown = vm.repr(value)?;
                vm.value_error(format!("could not convert string to complex: {shown}"))
            }
            None => vm.value_error("complex() arg is a malformed string"),
        };
    }
    match any_number(vm, value)? {
        Some(z) => Ok(z),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "complex() argument must be a string or a number, not {class}"
            ))
        }
    }
}

fn any_number(vm: &mut Vm, value: Value) -> Outcome<Option<Complex>> {
    if let Some(z) = by_method(vm, value)? {
        return Ok(Some(z));
    }
    if let Some(Number::Complex(z)) = Number::of(vm, value) {
        return Ok(Some(z));
    }
    Ok(convert::float_opt(vm, value)?.map(|re| Complex { re, im: 0.0 }))
}

fn is_real(vm: &Vm, value: Value) -> bool {
    !vm.is_instance(value, class::COMPLEX)
        && vm.special(vm.class_of(value), names::COMPLEX).is_none()
}

/// A part that is given for a complex, and whether it is one itself.
fn part(vm: &mut Vm, value: Option<Value>, name: &str) -> Outcome<(Complex, bool)> {
    let Some(value) = value else {
        return Ok((Complex { re: 0.0, im: 0.0 }, false));
    };
    match any_number(vm, value)? {
        Some(z) => {
            let is_float = is_real(vm, value);
            Ok((z, !is_float))
        }
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "complex() argument '{name}' must be a real number, not {class}"
            ))
        }
    }
}
