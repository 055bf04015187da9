//! `float`: its special methods, conversions and methods.

use super::object::no_keywords;
use super::{Member, numeric};
use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::{Number, convert, decimal, float, float_repr, parse};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use num_traits::ToPrimitive;

fn accepts(number: &Number) -> bool {
    !matches!(number, Number::Complex(_))
}

/// Operators with a reflected form.
pub static OPERATORS: &[Member] = numeric::operators! { accepts;
    "__add__" "__radd__" Add
    "__sub__" "__rsub__" Sub
    "__mul__" "__rmul__" Mul
    "__truediv__" "__rtruediv__" Div
    "__floordiv__" "__rfloordiv__" FloorDiv
    "__mod__" "__rmod__" Mod
};

/// Everything else.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, x=0.0, /, **kwargs", new),
    Member::slot("__repr__", "self, /", |vm, args| {
        let text = float_repr(number(vm, args));
        Ok(vm.str(text))
    }),
    Member::slot("__hash__", "self, /", numeric::hash),
    Member::slot("__bool__", "self, /", |vm, args| {
        Ok((number(vm, args) != 0.0).into())
    }),
    Member::slot("__eq__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Eq, args, accepts)
    }),
    Member::slot("__ne__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Ne, args, accepts)
    }),
    Member::slot("__lt__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Lt, args, accepts)
    }),
    Member::slot("__le__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Le, args, accepts)
    }),
    Member::slot("__gt__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Gt, args, accepts)
    }),
    Member::slot("__ge__", "self, value, /", |vm, args| {
        numeric::compare(vm, CompareOp::Ge, args, accepts)
    }),
    Member::slot("__neg__", "self, /", |vm, args| {
        numeric::unary(vm, UnaryOp::Neg, args)
    }),
    Member::slot("__pos__", "self, /", plain),
    Member::slot("__abs__", "self, /", |vm, args| {
        Ok(number(vm, args).abs().into())
    }),
    Member::slot("__divmod__", "self, value, /", |vm, args| {
        numeric::divmod(vm, args[0], args[1])
    }),
    Member::slot("__rdivmod__", "self, value, /", |vm, args| {
        numeric::divmod(vm, args[1], args[0])
    }),
    Member::slot("__pow__", "self, value, mod=None, /", |vm, args| {
        numeric::power(vm, args, accepts)
    }),
    Member::slot("__rpow__", "self, value, mod=None, /", |vm, args| {
        numeric::binary(vm, BinaryOp::Pow, args[1], args[0], accepts)
    }),
    Member::slot("__int__", "self, /", |vm, args| {
        to_int(vm, number(vm, args))
    }),
    Member::slot("__float__", "self, /", plain),
    Member::method("__trunc__", "self, /", |vm, args| {
        to_int(vm, number(vm, args))
    }),
    Member::method("__floor__", "self, /", |vm, args| {
        to_int(vm, libm::floor(number(vm, args)))
    }),
    Member::method("__ceil__", "self, /", |vm, args| {
        to_int(vm, libm::ceil(number(vm, args)))
    }),
    Member::method("__round__", "self, ndigits=None, /", round),
    Member::method("__format__", "self, format_spec, /", numeric::format),
    Member::method("__getnewargs__", "self, /", |vm, args| {
        let value = plain(vm, args)?;
        Ok(vm.tuple([value]))
    }),
    Member::method("conjugate", "self, /", plain),
    Member::method("as_integer_ratio", "self, /", ratio),
    Member::method("is_integer", "self, /", |vm, args| {
        let value = number(vm, args);
        Ok((value.is_finite() && libm::floor(value) == value).into())
    }),
    Member::method("hex", "self, /", |vm, args| {
        let text = to_hex(number(vm, args));
        Ok(vm.str(text))
    }),
    Member::class_method("fromhex", "cls, string, /", from_hex),
    Member::class_method("from_number", "cls, number, /", from_number),
    Member::getter("real", plain),
    Member::getter("imag", |_, _| Ok(Value::Float(0.0))),
];

fn number(vm: &Vm, args: &Args) -> f64 {
    vm.as_float(args[0]).unwrap_or_default()
}

/// The same number as a plain float.
fn plain(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(number(vm, args).into())
}

fn to_int(vm: &mut Vm, value: f64) -> Outcome {
    float::to_int(vm, value)
}

fn construct(vm: &mut Vm, class: Id, number: f64) -> Value {
    match class {
        class::FLOAT => number.into(),
        _ => vm.object(class, Payload::Float(number)),
    }
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(class::FLOAT);
    no_keywords(vm, args, class, names::INIT, "float")?;
    let number = match args.opt(1) {
        None => 0.0,
        Some(value) => from_value(vm, value)?,
    };
    Ok(construct(vm, class, number))
}

fn from_value(vm: &mut Vm, value: Value) -> Outcome<f64> {
    let text = match (vm.as_text(value), vm.as_bytes(value)) {
        (Some(text), _) => text.as_str().to_owned(),
        (None, Some(bytes)) => bytes.iter().map(|&byte| byte as char).collect(),
        (None, None) => {
            return match convert::float_opt(vm, value)? {
                Some(number) => Ok(number),
                None => {
                    let class = vm.class_name(value).to_owned();
                    vm.type_error(format!(
                        "float() argument must be a string or a real number, not '{class}'"
                    ))
                }
            };
        }
    };
    match parse::float(&text) {
        Some(number) if number.is_nan() => Ok(new_nan(vm, number)),
        Some(number) => Ok(number),
        None => {
            let shown = vm.repr(value)?;
            vm.value_error(format!("could not convert string to float: {shown}"))
        }
    }
}

/// Not a number, with a payload of its own: in CPython each is an object of its own, and containers look at identity first.
fn new_nan(vm: &mut Vm, like: f64) -> f64 {
    vm.nans = vm.nans.wrapping_add(1);
    f64::from_bits(like.to_bits() | u64::from(vm.nans))
}

fn from_number(vm: &mut Vm, args: &Args) -> Outcome {
    let number = convert::float(vm, args[1])?;
    Ok(construct(vm, args[0].id().unwrap_or(class::FLOAT), number))
}

fn round(vm: &mut Vm, args: &Args) -> Outcome {
    let value = number(vm, args);
    let Some(digits) = args.opt(1).filter(|digits| !digits.is_none()) else {
        return to_int(vm, float::round_half_even(value));
    };
    let digits = convert::big(vm, digits)?;
    let digits = digits.to_i32().unwrap_or(match digits.sign() {
        num_bigint::Sign::Minus => -1000,
        _ => 1000,
    });
    let rounded = decimal::round(value, digits);
    if rounded.is_infinite() && value.is_finite() {
        return vm.raise(
            class::OVERFLOW_ERROR,
            "rounded value too large to represent",
        );
    }
    Ok(rounded.into())
}

fn ratio(vm: &mut Vm, args: &Args) -> Outcome {
    let value = number(vm, args);
    if value.is_nan() {
        return vm.value_error("cannot convert NaN to integer ratio");
    }
    if value.is_infinite() {
        return vm.raise(
            class::OVERFLOW_ERROR,
            "cannot convert Infinity to integer ratio",
        );
    }
    let (numerator, denominator) = float::ratio(value);
    let parts = [vm.int(numerator), vm.int(denominator)];
    Ok(vm.tuple(parts))
}

/// `hex()`: the significand in base 16 with an exponent of two.
fn to_hex(value: f64) -> String {
    if !value.is_finite() {
        return float_repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = match (bits >> 52 & 0x7ff) as i32 {
        0 if fraction == 0 => return format!("{sign}0x0.0p+0"),
        0 => (0, -1022),
        biased => (1, biased - 1023),
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

fn from_hex(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(text) = vm.as_text(args[1]).cloned() else {
        return vm.type_error("fromhex() argument must be a string");
    };
    let class = args[0].id().unwrap_or(class::FLOAT);
    match read_hex(text.as_str()) {
        None => vm.value_error("invalid hexadecimal floating-point string"),
        Some(value) if value.is_infinite() && !text.as_str().to_lowercase().contains("inf") => vm
            .raise(
                class::OVERFLOW_ERROR,
                "hexadecimal value too large to represent as a float",
            ),
        Some(value) => Ok(construct(vm, class, value)),
    }
}

fn read_hex(text: &str) -> Option<f64> {
    let text = text.trim_matches(parse::is_space).to_ascii_lowercase();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let magnitude = match rest {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => read_hex_digits(rest.strip_prefix("0x").unwrap_or(rest))?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

fn read_hex_digits(text: &str) -> Option<f64> {
    let (digits, exponent) = match text.split_once('p') {
        Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut mantissa: u128 = 0;
    let mut scale = exponent.clamp(-1 << 40, 1 << 40) - 4 * fraction.len() as i64;
    for c in whole.chars().chain(fraction.chars()) {
        let digit = u128::from(c.to_digit(16)?);
        match mantissa >> 120 {
            0 => mantissa = mantissa << 4 | digit,
            // No room left: only whether there is anything at all still matters for rounding.
            _ => {
                mantissa |= u128::from(digit != 0);
                scale += 4;
            }
        }
    }
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if mantissa == 0 {
        return Some(0.0);
    }
    let scale = scale.clamp(-100_000, 100_000) as i32;
    Some(float::from_scaled(mantissa, scale))
}
