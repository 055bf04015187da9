//! `int`: its special methods, conversions and methods.

use super::{Member, numeric};
use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::number::parse::{self, IntError};
use crate::vm::number::{Number, float, int};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use num_bigint::{BigInt, Sign};
use num_traits::Signed;
use std::rc::Rc;

fn accepts(number: &Number) -> bool {
    matches!(number, Number::Small(_) | Number::Big(_))
}

/// Operators with a reflected form.
pub static OPERATORS: &[Member] = numeric::operators! { accepts;
    "__add__" "__radd__" Add
    "__sub__" "__rsub__" Sub
    "__mul__" "__rmul__" Mul
    "__truediv__" "__rtruediv__" Div
    "__floordiv__" "__rfloordiv__" FloorDiv
    "__mod__" "__rmod__" Mod
    "__and__" "__rand__" And
    "__or__" "__ror__" Or
    "__xor__" "__rxor__" Xor
    "__lshift__" "__rlshift__" LShift
    "__rshift__" "__rrshift__" RShift
};

/// Everything else.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, x=0, /, base=10", new),
    Member::slot("__repr__", "self, /", repr),
    Member::slot("__hash__", "self, /", numeric::hash),
    Member::slot("__bool__", "self, /", |vm, args| {
        Ok((big(vm, args) != BigInt::ZERO).into())
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
    Member::slot("__invert__", "self, /", |vm, args| {
        numeric::unary(vm, UnaryOp::Invert, args)
    }),
    Member::slot("__abs__", "self, /", |vm, args| {
        let magnitude = big(vm, args).abs();
        Ok(vm.int(magnitude))
    }),
    Member::slot("__divmod__", "self, value, /", |vm, args| {
        divmod(vm, args[0], args[1])
    }),
    Member::slot("__rdivmod__", "self, value, /", |vm, args| {
        divmod(vm, args[1], args[0])
    }),
    Member::slot("__pow__", "self, value, mod=None, /", |vm, args| {
        numeric::power(vm, args, accepts)
    }),
    Member::slot("__rpow__", "self, value, mod=None, /", |vm, args| {
        numeric::binary(vm, BinaryOp::Pow, args[1], args[0], accepts)
    }),
    Member::slot("__int__", "self, /", plain),
    Member::slot("__index__", "self, /", plain),
    Member::slot("__float__", "self, /", |vm, args| {
        let number = big(vm, args);
        Ok(int::to_float(vm, &number)?.into())
    }),
    Member::method("__trunc__", "self, /", plain),
    Member::method("__floor__", "self, /", plain),
    Member::method("__ceil__", "self, /", plain),
    Member::method("__round__", "self, ndigits=None, /", round),
    Member::method("__format__", "self, format_spec, /", numeric::format),
    Member::method("__getnewargs__", "self, /", |vm, args| {
        let value = plain(vm, args)?;
        Ok(vm.tuple([value]))
    }),
    Member::method("conjugate", "self, /", plain),
    Member::method("bit_length", "self, /", |vm, args| {
        Ok((big(vm, args).bits() as i64).into())
    }),
    Member::method("bit_count", "self, /", |vm, args| {
        let ones: u64 = big(vm, args)
            .iter_u64_digits()
            .map(|word| u64::from(word.count_ones()))
            .sum();
        Ok((ones as i64).into())
    }),
    Member::method(
        "to_bytes",
        "self, /, length=1, byteorder='big', *, signed=False",
        to_bytes,
    ),
    Member::class_method(
        "from_bytes",
        "cls, /, bytes, byteorder='big', *, signed=False",
        from_bytes,
    ),
    Member::method("as_integer_ratio", "self, /", |vm, args| {
        let value = plain(vm, args)?;
        Ok(vm.tuple([value, Value::Int(1)]))
    }),
    Member::method("is_integer", "self, /", |_, _| Ok(Value::Bool(true))),
    Member::getter("real", plain),
    Member::getter("imag", |_, _| Ok(Value::Int(0))),
    Member::getter("numerator", plain),
    Member::getter("denominator", |_, _| Ok(Value::Int(1))),
];

fn big(vm: &Vm, args: &Args) -> BigInt {
    vm.as_big(args[0]).unwrap_or_default()
}

/// The same number as a plain int.
fn plain(vm: &mut Vm, args: &Args) -> Outcome {
    let value = big(vm, args);
    Ok(vm.int(value))
}

fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let number = big(vm, args);
    let text = int::to_str(vm, &number)?;
    Ok(vm.str(text))
}

fn divmod(vm: &mut Vm, left: Value, right: Value) -> Outcome {
    let whole = |value| Number::of(vm, value).is_some_and(|number| accepts(&number));
    match whole(left) && whole(right) {
        true => numeric::divmod(vm, left, right),
        false => Ok(Value::NotImplemented),
    }
}

/// Makes an int of a class that is `int` or derives from it.
pub fn construct(vm: &mut Vm, class: Id, number: BigInt) -> Value {
    match class {
        class::INT => vm.int(number),
        _ => vm.object(class, Payload::Int(Rc::new(number))),
    }
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(class::INT);
    let number = match (args.opt(1), args.opt(2)) {
        (None, None) => BigInt::ZERO,
        (None, Some(_)) => return vm.type_error("int() missing string argument"),
        (Some(value), None) => from_value(vm, value)?,
        (Some(text), Some(base)) => {
            let base = convert::size(vm, base)?;
            match u32::try_from(base) {
                Ok(base @ (0 | 2..=36)) => from_text(vm, text, base)?,
                _ => return vm.value_error("int() base must be >= 2 and <= 36, or 0"),
            }
        }
    };
    Ok(construct(vm, class, number))
}

fn from_value(vm: &mut Vm, value: Value) -> Outcome<BigInt> {
    let class = vm.class_of(value);
    let builtin = vm.is_builtin(class);
    if let (false, Some(method)) = (builtin, vm.special(class, names::INT)) {
        let result = vm.call_special(method, value, &[])?;
        let result = convert::expect_int(vm, result, "__int__")?;
        return Ok(vm.as_big(result).unwrap_or_default());
    }
    if let Some(Number::Float(number)) = Number::of(vm, value) {
        let whole = float::to_int(vm, number)?;
        return Ok(vm.as_big(whole).unwrap_or_default());
    }
    if let Some(number) = convert::index_opt(vm, value)? {
        return Ok(vm.as_big(number).unwrap_or_default());
    }
    if vm.as_text(value).is_some() || vm.as_bytes(value).is_some() {
        return from_text(vm, value, 10);
    }
    let class = vm.class_name(value).to_owned();
    vm.type_error(format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{class}'"
    ))
}

fn from_text(vm: &mut Vm, value: Value, base: u32) -> Outcome<BigInt> {
    let text = match (vm.as_text(value), vm.as_bytes(value)) {
        (Some(text), _) => text.as_str().to_owned(),
        (None, Some(bytes)) => bytes.iter().map(|&byte| byte as char).collect(),
        (None, None) => return vm.type_error("int() can't convert non-string with explicit base"),
    };
    match parse::int(&text, base) {
        Ok(number) => Ok(number),
        Err(IntError::TooLong(digits)) => vm.value_error(format!(
            "Exceeds the limit ({} digits) for integer string conversion: value has {digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit",
            int::MAX_STR_DIGITS
        )),
        Err(IntError::Malformed) => {
            let shown: String = vm.repr(value)?.chars().take(200).collect();
            vm.value_error(format!("invalid literal for int() with base {base}: {shown}"))
        }
    }
}

fn round(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(digits) = args.opt(1).filter(|digits| !digits.is_none()) else {
        return plain(vm, args);
    };
    let digits = convert::big(vm, digits)?;
    let number = big(vm, args);
    if !digits.is_negative() {
        return Ok(vm.int(number));
    }
    // Beyond twice the number of its bits, every digit is rounded away.
    let places = u32::try_from(-digits).unwrap_or(u32::MAX);
    if u64::from(places) > number.bits() + 1 {
        return Ok(Value::Int(0));
    }
    let rounded = int::round_to(&number, &BigInt::from(10).pow(places));
    Ok(vm.int(rounded))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteOrder {
    Big,
    Little,
}

fn byte_order(vm: &mut Vm, function: &str, value: Value) -> Outcome<ByteOrder> {
    let Some(value) = value.bound() else {
        return Ok(ByteOrder::Big);
    };
    match vm.as_str(value) {
        Some("big") => Ok(ByteOrder::Big),
        Some("little") => Ok(ByteOrder::Little),
        Some(_) => vm.value_error("byteorder must be either 'little' or 'big'"),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "{function}() argument 'byteorder' must be str, not {class}"
            ))
        }
    }
}

fn signed(vm: &mut Vm, value: Value) -> Outcome<bool> {
    value.bound().map_or(Ok(false), |value| vm.truth(value))
}

fn to_bytes(vm: &mut Vm, args: &Args) -> Outcome {
    let length = match args.opt(1) {
        None => 1,
        Some(length) => convert::c_integer(vm, length, CType::Ssize)?,
    };
    let order = byte_order(vm, "to_bytes", args[2])?;
    let signed = signed(vm, args[3])?;
    let Ok(length) = usize::try_from(length) else {
        return vm.value_error("length argument must be non-negative");
    };
    if length > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    let number = big(vm, args);
    if number.is_negative() && !signed {
        return vm.raise(
            class::OVERFLOW_ERROR,
            "can't convert negative int to unsigned",
        );
    }
    let mut bytes = match signed {
        true if number != BigInt::ZERO => number.to_signed_bytes_le(),
        _ if number == BigInt::ZERO => Vec::new(),
        _ => number.to_bytes_le().1,
    };
    if bytes.len() > length {
        return vm.raise(class::OVERFLOW_ERROR, "int too big to convert");
    }
    bytes.resize(length, if number.is_negative() { 0xff } else { 0 });
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    Ok(vm.bytes(bytes))
}

fn from_bytes(vm: &mut Vm, args: &Args) -> Outcome {
    let order = byte_order(vm, "from_bytes", args[2])?;
    let signed = signed(vm, args[3])?;
    let mut bytes = super::bytes::from_object(vm, args[1])?;
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    let number = match signed {
        true => BigInt::from_signed_bytes_le(&bytes),
        false => BigInt::from_bytes_le(Sign::Plus, &bytes),
    };
    match args[0].id() {
        Some(class) if class != class::INT => {
            let number = vm.once(|vm| Ok(vm.int(number)))?;
            vm.call(class.into(), &[number])
        }
        _ => Ok(vm.int(number)),
    }
}
