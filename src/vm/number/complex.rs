//! Complex arithmetic, component by component where one operand is real (`Objects/complexobject.c`).

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;
use super::{Number, circular, convert, division_by_zero, elementary, float_repr};
use crate::bytecode::op::{BinaryOp, CompareOp};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// `real`
    pub re: f64,
    /// `imag`
    pub im: f64,
}

impl Complex {
    const ONE: Self = Self { re: 1.0, im: 0.0 };

    fn is_zero(self) -> bool {
        self.re == 0.0 && self.im == 0.0
    }
}

impl std::ops::Mul for Complex {
    type Output = Self;

    /// The product; infinite operands stay infinite, as Annex G of the C standard has it.
    fn mul(self, other: Self) -> Self {
        let (a, b, c, d) = (self.re, self.im, other.re, other.im);
        let plain = Self {
            re: a * c - b * d,
            im: a * d + b * c,
        };
        if plain.re.is_nan() && plain.im.is_nan() {
            return infinite_product(self, other).unwrap_or(plain);
        }
        plain
    }
}

fn infinite_product(x: Complex, y: Complex) -> Option<Complex> {
    let unit = |part: f64| libm::copysign(f64::from(u8::from(part.is_infinite())), part);
    let no_nan = |part: f64| {
        if part.is_nan() {
            libm::copysign(0.0, part)
        } else {
            part
        }
    };
    let (mut x, mut y) = (x, y);
    let mut infinite = false;
    if x.re.is_infinite() || x.im.is_infinite() {
        x = Complex {
            re: unit(x.re),
            im: unit(x.im),
        };
        y = Complex {
            re: no_nan(y.re),
            im: no_nan(y.im),
        };
        infinite = true;
    }
    if y.re.is_infinite() || y.im.is_infinite() {
        y = Complex {
            re: unit(y.re),
            im: unit(y.im),
        };
        x = Complex {
            re: no_nan(x.re),
            im: no_nan(x.im),
        };
        infinite = true;
    }
    let overflowed = [x.re * y.re, x.im * y.im, x.re * y.im, x.im * y.re];
    if !infinite && overflowed.iter().any(|part| part.is_infinite()) {
        x = Complex {
            re: no_nan(x.re),
            im: no_nan(x.im),
        };
        y = Complex {
            re: no_nan(y.re),
            im: no_nan(y.im),
        };
        infinite = true;
    }
    infinite.then_some(Complex {
        re: f64::INFINITY * (x.re * y.re - x.im * y.im),
        im: f64::INFINITY * (x.re * y.im + x.im * y.re),
    })
}

/// `a / b` by Smith's method; `None` for a zero divisor.
pub fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    if b.is_zero() {
        return None;
    }
    if b.re.abs() >= b.im.abs() {
        let ratio = b.im / b.re;
        let scale = b.re + b.im * ratio;
        return Some(Complex {
            re: (a.re + a.im * ratio) / scale,
            im: (a.im - a.re * ratio) / scale,
        });
    }
    if b.im.abs() >= b.re.abs() {
        let ratio = b.re / b.im;
        let scale = b.re * ratio + b.im;
        return Some(Complex {
            re: (a.re * ratio + a.im) / scale,
            im: (a.im * ratio - a.re) / scale,
        });
    }
    Some(Complex {
        re: f64::NAN,
        im: f64::NAN,
    })
}

/// The same of a real number, which has no imaginary zero whose sign could matter.
fn real_quotient(a: f64, b: Complex) -> Option<Complex> {
    if b.is_zero() {
        return None;
    }
    if b.re.abs() >= b.im.abs() {
        let ratio = b.im / b.re;
        let scale = b.re + b.im * ratio;
        return Some(Complex {
            re: a / scale,
            im: (-a * ratio) / scale,
        });
    }
    if b.im.abs() >= b.re.abs() {
        let ratio = b.re / b.im;
        let scale = b.re * ratio + b.im;
        return Some(Complex {
            re: (a * ratio) / scale,
            im: -a / scale,
        });
    }
    Some(Complex {
        re: f64::NAN,
        im: f64::NAN,
    })
}

/// An operand: real numbers take part without an imaginary zero.
#[derive(Clone, Copy)]
enum Operand {
    Real(f64),
    Full(Complex),
}

impl Operand {
    fn of(vm: &mut Vm, number: &Number) -> Outcome<Self> {
        Ok(match number {
            Number::Complex(z) => Self::Full(*z),
            real => Self::Real(convert::real(vm, real)?),
        })
    }

    fn widen(self) -> Complex {
        match self {
            Self::Real(re) => Complex { re, im: 0.0 },
            Self::Full(z) => z,
        }
    }
}

/// `left op right`, of which at least one is complex.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: &Number, right: &Number) -> Outcome<Option<Value>> {
    use BinaryOp::{Add, Div, Mul, Pow, Sub};
    if !matches!(op, Add | Sub | Mul | Div | Pow) {
        return Ok(None);
    }
    let (a, b) = (Operand::of(vm, left)?, Operand::of(vm, right)?);
    let z = match op {
        Add => sum(a, b),
        Sub => difference(a, b),
        Mul => product(a, b),
        Pow => return power(vm, a.widen(), b.widen()).map(Some),
        _ => match division(a, b) {
            Some(z) => z,
            None => return division_by_zero(vm),
        },
    };
    Ok(Some(vm.complex(z.re, z.im)))
}

fn sum(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Full(z), Operand::Real(x)) | (Operand::Real(x), Operand::Full(z)) => Complex {
            re: z.re + x,
            im: z.im,
        },
        _ => {
            let (a, b) = (a.widen(), b.widen());
            Complex {
                re: a.re + b.re,
                im: a.im + b.im,
            }
        }
    }
}

fn difference(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Full(z), Operand::Real(x)) => Complex {
            re: z.re - x,
            im: z.im,
        },
        (Operand::Real(x), Operand::Full(z)) => Complex {
            re: x - z.re,
            im: -z.im,
        },
        _ => {
            let (a, b) = (a.widen(), b.widen());
            Complex {
                re: a.re - b.re,
                im: a.im - b.im,
            }
        }
    }
}

fn product(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Full(z), Operand::Real(x)) | (Operand::Real(x), Operand::Full(z)) => Complex {
            re: z.re * x,
            im: z.im * x,
        },
        _ => a.widen() * b.widen(),
    }
}

fn division(a: Operand, b: Operand) -> Option<Complex> {
    match b {
        Operand::Real(0.0) => None,
        Operand::Real(x) => {
            let z = a.widen();
            Some(Complex {
                re: z.re / x,
                im: z.im / x,
            })
        }
        Operand::Full(z) => match a {
            Operand::Real(x) => real_quotient(x, z),
            Operand::Full(a) => quotient(a, z),
        },
    }
}

/// `a ** b`
pub fn power(vm: &mut Vm, a: Complex, b: Complex) -> Outcome {
    let whole = b.im == 0.0 && b.re == libm::floor(b.re) && b.re.abs() <= 100.0;
    let z = match whole {
        true => whole_power(a, b.re as i32),
        false => general_power(a, b),
    };
    match z {
        None => vm.raise(
            class::ZERO_DIVISION_ERROR,
            "zero to a negative or complex power",
        ),
        Some(z) if z.re.is_infinite() || z.im.is_infinite() => {
            vm.raise(class::OVERFLOW_ERROR, "complex exponentiation")
        }
        Some(z) => Ok(vm.complex(z.re, z.im)),
    }
}

fn whole_power(base: Complex, exponent: i32) -> Option<Complex> {
    let mut result = Complex::ONE;
    let mut square = base;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = result * square;
        }
        rest >>= 1;
        square = square * square;
    }
    match exponent > 0 {
        true => Some(result),
        false => quotient(Complex::ONE, result),
    }
}

fn general_power(a: Complex, b: Complex) -> Option<Complex> {
    if b.is_zero() {
        return Some(Complex::ONE);
    }
    if a.is_zero() {
        let zero = Complex { re: 0.0, im: 0.0 };
        return (b.im == 0.0 && b.re >= 0.0).then_some(zero);
    }
    let modulus = libm::hypot(a.re, a.im);
    let angle = circular::atan2(a.im, a.re);
    let mut length = elementary::pow(modulus, b.re);
    let mut phase = angle * b.re;
    if b.im != 0.0 {
        length *= elementary::exp(-angle * b.im);
        phase += b.im * elementary::log(modulus);
    }
    Some(Complex {
        re: length * circular::cos(phase),
        im: length * circular::sin(phase),
    })
}

/// `==` and `!=` of numbers of which at least one is complex; other comparisons have no meaning.
pub fn equal(a: &Number, b: &Number, op: CompareOp) -> Option<bool> {
    let parts = |number: &Number| match number {
        Number::Complex(z) => (Number::Float(z.re), z.im),
        real => (real.clone(), 0.0),
    };
    let ((re_a, im_a), (re_b, im_b)) = (parts(a), parts(b));
    let same = im_a == im_b && super::order(&re_a, &re_b) == Some(std::cmp::Ordering::Equal);
    match op {
        CompareOp::Eq => Some(same),
        CompareOp::Ne => Some(!same),
        _ => None,
    }
}

/// `repr(z)`
pub fn repr(z: Complex) -> String {
    let imaginary = part_repr(z.im);
    if z.re == 0.0 && z.re.is_sign_positive() {
        return format!("{imaginary}j");
    }
    let sign = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imaginary}j)", part_repr(z.re))
}

/// A component: as the `repr` of a float, without `.0`.
fn part_repr(value: f64) -> String {
    let text = float_repr(value);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
