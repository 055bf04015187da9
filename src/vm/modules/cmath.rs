//! `cmath`: the functions of complex numbers that have a closed form in real ones. The inverse trigonometric and
//! hyperbolic ones are left out.

use super::NativeModule;
use crate::vm::builtins::complex::from_number;
use crate::vm::builtins::function;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::number::complex::{Complex, quotient};
use crate::vm::number::{circular, convert, elementary, float};
use crate::vm::value::{Id, Value};

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "cmath",
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
    for (name, part) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let name = vm.intern(name);
        let value = vm.complex(0.0, part);
        vm.dict_set_name(namespace, name, value);
    }
}

static FUNCTIONS: &[NativeDef] = &[
    function("cos", "z, /", |vm, args| {
        elementary(vm, args, |z| hyperbolic_cosine(turned(z)))
    }),
    function("cosh", "z, /", |vm, args| {
        elementary(vm, args, hyperbolic_cosine)
    }),
    function("exp", "z, /", |vm, args| elementary(vm, args, exponential)),
    function("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", isclose),
    function("isfinite", "z, /", |vm, args| {
        let z = from_number(vm, args[0])?;
        Ok((z.re.is_finite() && z.im.is_finite()).into())
    }),
    function("isinf", "z, /", |vm, args| {
        let z = from_number(vm, args[0])?;
        Ok((z.re.is_infinite() || z.im.is_infinite()).into())
    }),
    function("isnan", "z, /", |vm, args| {
        let z = from_number(vm, args[0])?;
        Ok((z.re.is_nan() || z.im.is_nan()).into())
    }),
    function("log", "z, base=None, /", log),
    function("log10", "z, /", |vm, args| {
        let z = logarithm(vm, args[0])?;
        let scale = std::f64::consts::LN_10;
        Ok(vm.complex(z.re / scale, z.im / scale))
    }),
    function("phase", "z, /", |vm, args| {
        let z = from_number(vm, args[0])?;
        Ok(circular::atan2(z.im, z.re).into())
    }),
    function("polar", "z, /", |vm, args| {
        let z = from_number(vm, args[0])?;
        let modulus = float::norm(&[z.re, z.im]);
        Ok(vm.tuple([modulus.into(), circular::atan2(z.im, z.re).into()]))
    }),
    function("rect", "r, phi, /", |vm, args| {
        let r = convert::float(vm, args[0])?;
        let phi = convert::float(vm, args[1])?;
        Ok(vm.complex(r * circular::cos(phi), r * circular::sin(phi)))
    }),
    function("sin", "z, /", |vm, args| {
        elementary(vm, args, |z| turned_back(hyperbolic_sine(turned(z))))
    }),
    function("sinh", "z, /", |vm, args| {
        elementary(vm, args, hyperbolic_sine)
    }),
    function("sqrt", "z, /", |vm, args| elementary(vm, args, square_root)),
    function("tan", "z, /", |vm, args| {
        elementary(vm, args, |z| turned_back(hyperbolic_tangent(turned(z))))
    }),
    function("tanh", "z, /", |vm, args| {
        elementary(vm, args, hyperbolic_tangent)
    }),
];

/// A function of one complex; an infinite result of a finite argument is an overflow.
fn elementary(vm: &mut Vm, args: &Args, function: fn(Complex) -> Complex) -> Outcome {
    let z = from_number(vm, args[0])?;
    let result = function(z);
    if z.re.is_finite() && z.im.is_finite() && (!result.re.is_finite() || !result.im.is_finite()) {
        return vm.raise(class::OVERFLOW_ERROR, "math range error");
    }
    Ok(vm.complex(result.re, result.im))
}

/// `z * 1j`
fn turned(z: Complex) -> Complex {
    Complex {
        re: -z.im,
        im: z.re,
    }
}

/// `z / 1j`
fn turned_back(z: Complex) -> Complex {
    Complex {
        re: z.im,
        im: -z.re,
    }
}

fn exponential(z: Complex) -> Complex {
    let length = elementary::exp(z.re);
    Complex {
        re: length * circular::cos(z.im),
        im: length * circular::sin(z.im),
    }
}

fn hyperbolic_cosine(z: Complex) -> Complex {
    Complex {
        re: circular::cos(z.im) * libm::cosh(z.re),
        im: circular::sin(z.im) * libm::sinh(z.re),
    }
}

fn hyperbolic_sine(z: Complex) -> Complex {
    Complex {
        re: circular::cos(z.im) * libm::sinh(z.re),
        im: circular::sin(z.im) * libm::cosh(z.re),
    }
}

fn hyperbolic_tangent(z: Complex) -> Complex {
    if z.re.abs() > 300.0 {
        return Complex {
            re: libm::copysign(1.0, z.re),
            im: 4.0
                * circular::sin(z.im)
                * circular::cos(z.im)
                * elementary::exp(-2.0 * z.re.abs()),
        };
    }
    let (real, turn) = (libm::tanh(z.re), circular::tan(z.im));
    let numerator = Complex { re: real, im: turn };
    let denominator = Complex {
        re: 1.0,
        im: real * turn,
    };
    quotient(numerator, denominator).unwrap_or(Complex {
        re: f64::NAN,
        im: f64::NAN,
    })
}

/// The root in the right half-plane; scaled so that no intermediate result overflows.
fn square_root(z: Complex) -> Complex {
    if z.re == 0.0 && z.im == 0.0 {
        return Complex { re: 0.0, im: z.im };
    }
    let (re, im) = (z.re.abs(), z.im.abs());
    let root = match re < f64::MIN_POSITIVE && im < f64::MIN_POSITIVE {
        true => {
            let scaled = libm::ldexp(re, 54);
            libm::ldexp(
                libm::sqrt(scaled + libm::hypot(scaled, libm::ldexp(im, 54))),
                -27,
            ) / std::f64::consts::SQRT_2
        }
        false => 2.0 * libm::sqrt(re / 8.0 + libm::hypot(re / 8.0, im / 8.0)),
    };
    let other = im / (2.0 * root);
    match z.re >= 0.0 {
        true => Complex {
            re: root,
            im: libm::copysign(other, z.im),
        },
        false => Complex {
            re: other,
            im: libm::copysign(root, z.im),
        },
    }
}

fn logarithm(vm: &mut Vm, value: Value) -> Outcome<Complex> {
    let z = from_number(vm, value)?;
    let modulus = float::norm(&[z.re, z.im]);
    if modulus == 0.0 {
        return vm.value_error("math domain error");
    }
    let (small, large) = match z.re.abs() < z.im.abs() {
        true => (z.re.abs(), z.im.abs()),
        false => (z.im.abs(), z.re.abs()),
    };
    // Near the unit circle the logarithm of the rounded modulus would lose digits.
    let re = match (0.71..=1.73).contains(&modulus) {
        true => libm::log1p((large - 1.0) * (large + 1.0) + small * small) / 2.0,
        false if modulus.is_infinite() && z.re.is_finite() && z.im.is_finite() => {
            elementary::log(libm::hypot(z.re / 2.0, z.im / 2.0)) + std::f64::consts::LN_2
        }
        false => elementary::log(modulus),
    };
    Ok(Complex {
        re,
        im: circular::atan2(z.im, z.re),
    })
}

fn log(vm: &mut Vm, args: &Args) -> Outcome {
    let mut z = logarithm(vm, args[0])?;
    if let Some(base) = args.opt(1) {
        let base = logarithm(vm, base)?;
        match quotient(z, base) {
            Some(ratio) => z = ratio,
            None => return crate::vm::number::division_by_zero(vm),
        }
    }
    Ok(vm.complex(z.re, z.im))
}

fn isclose(vm: &mut Vm, args: &Args) -> Outcome {
    let (a, b) = (from_number(vm, args[0])?, from_number(vm, args[1])?);
    let relative = args
        .opt(2)
        .map_or(Ok(1e-9), |value| convert::float(vm, value))?;
    let absolute = args
        .opt(3)
        .map_or(Ok(0.0), |value| convert::float(vm, value))?;
    if relative < 0.0 || absolute < 0.0 {
        return vm.value_error("tolerances must be non-negative");
    }
    let infinite = [a.re, a.im, b.re, b.im]
        .iter()
        .any(|part| part.is_infinite());
    if a == b || infinite {
        return Ok((a == b).into());
    }
    let modulus = |z: Complex| float::norm(&[z.re, z.im]);
    let difference = modulus(Complex {
        re: a.re - b.re,
        im: a.im - b.im,
    });
    let close = difference <= relative * modulus(b)
        || difference <= relative * modulus(a)
        || difference <= absolute;
    Ok(close.into())
}
