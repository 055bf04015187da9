//! `math`. Elementary functions come from one library on all targets, so that traces agree to the bit.

mod integer;
mod real;
mod sum;

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::machine::Vm;
use crate::vm::native::NativeDef;
use crate::vm::number::{circular, elementary};
use crate::vm::value::{Id, Value};
use real::Domain;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "math",
    functions: FUNCTIONS,
    fill,
};

fn fill(vm: &mut Vm, namespace: Id) {
    let constants = [
        ("e", std::f64::consts::E),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
        ("pi", std::f64::consts::PI),
        ("tau", std::f64::consts::TAU),
    ];
    for (name, value) in constants {
        let name = vm.intern(name);
        vm.dict_set_name(namespace, name, Value::Float(value));
    }
}

/// One line a function of one float: its name, the function, and what it refuses.
macro_rules! elementary {
    ($name:literal, $function:path, $domain:expr) => {
        function($name, "x, /", |vm, args| {
            real::elementary(vm, args[0], $function, $domain)
        })
    };
}

static FUNCTIONS: &[NativeDef] = &[
    elementary!("acos", circular::acos, Domain::UpToOne),
    elementary!("acosh", libm::acosh, Domain::FromOne),
    elementary!("asin", circular::asin, Domain::UpToOne),
    elementary!("asinh", libm::asinh, Domain::All),
    elementary!("atan", circular::atan, Domain::All),
    elementary!("atanh", libm::atanh, Domain::BelowOne),
    elementary!("cbrt", elementary::cbrt, Domain::All),
    elementary!("cos", circular::cos, Domain::Finite),
    elementary!("cosh", libm::cosh, Domain::All),
    elementary!("erf", libm::erf, Domain::All),
    elementary!("erfc", libm::erfc, Domain::All),
    elementary!("exp", elementary::exp, Domain::All),
    elementary!("exp2", libm::exp2, Domain::All),
    elementary!("expm1", libm::expm1, Domain::All),
    elementary!("fabs", libm::fabs, Domain::All),
    elementary!("gamma", real::gamma, Domain::Gamma),
    elementary!("lgamma", real::lgamma, Domain::Gamma),
    elementary!("log1p", libm::log1p, Domain::AboveMinusOne),
    elementary!("sin", circular::sin, Domain::Finite),
    elementary!("sinh", libm::sinh, Domain::All),
    elementary!("sqrt", libm::sqrt, Domain::NonNegative),
    elementary!("tan", circular::tan, Domain::Finite),
    elementary!("tanh", libm::tanh, Domain::All),
    function("atan2", "y, x, /", |vm, args| {
        real::binary(vm, args, circular::atan2)
    }),
    function("copysign", "x, y, /", |vm, args| {
        real::binary(vm, args, libm::copysign)
    }),
    function("degrees", "x, /", |vm, args| {
        real::scale(vm, args, 180.0 / std::f64::consts::PI)
    }),
    function("radians", "x, /", |vm, args| {
        real::scale(vm, args, std::f64::consts::PI / 180.0)
    }),
    function("fmod", "x, y, /", |vm, args| {
        real::restricted(vm, args, libm::fmod)
    }),
    function("remainder", "x, y, /", |vm, args| {
        real::restricted(vm, args, libm::remainder)
    }),
    function("pow", "x, y, /", real::pow),
    function("fma", "x, y, z, /", real::fma),
    function("frexp", "x, /", real::frexp),
    function("ldexp", "x, i, /", real::ldexp),
    function("modf", "x, /", real::modf),
    function(
        "isclose",
        "a, b, *, rel_tol=1e-09, abs_tol=0.0",
        real::isclose,
    ),
    function("isfinite", "x, /", |vm, args| {
        real::test(vm, args, f64::is_finite)
    }),
    function("isinf", "x, /", |vm, args| {
        real::test(vm, args, f64::is_infinite)
    }),
    function("isnan", "x, /", |vm, args| {
        real::test(vm, args, f64::is_nan)
    }),
    function("log", "x, base=None, /", real::log),
    function("log2", "x, /", |vm, args| {
        real::logarithm(vm, args[0], elementary::log2)
    }),
    function("log10", "x, /", |vm, args| {
        real::logarithm(vm, args[0], elementary::log10)
    }),
    function("nextafter", "x, y, /, *, steps=None", real::nextafter),
    function("ulp", "x, /", real::ulp),
    function("ceil", "x, /", integer::ceil),
    function("comb", "n, k, /", integer::comb),
    function("factorial", "n, /", integer::factorial),
    function("floor", "x, /", integer::floor),
    function("gcd", "*integers", integer::gcd),
    function("isqrt", "n, /", integer::isqrt),
    function("lcm", "*integers", integer::lcm),
    function("perm", "n, k=None, /", integer::perm),
    function("trunc", "x, /", integer::trunc),
    function("dist", "p, q, /", sum::dist),
    function("fsum", "seq, /", sum::fsum),
    function("hypot", "*coordinates", sum::hypot),
    function("prod", "iterable, /, *, start=1", sum::prod),
    function("sumprod", "p, q, /", sum::sumprod),
];
