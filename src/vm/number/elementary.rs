//! `exp`, logarithms and `pow` to the nearest float in all but the rarest cases: computed with twice the digits, as CPython's
//! C library comes within a hundredth of half a unit, and programs print the last digit.

/// Twice the digits of a float: an unevaluated sum whose second part is below half a unit of the first.
#[derive(Clone, Copy, Debug)]
pub struct Double {
    high: f64,
    low: f64,
}

const ONE: Double = Double {
    high: 1.0,
    low: 0.0,
};
const LN_2: Double = Double {
    high: std::f64::consts::LN_2,
    low: 2.319_046_813_846_299_6e-17,
};
/// The exact sum.
fn sum(a: f64, b: f64) -> Double {
    let high = a + b;
    let other = high - a;
    Double {
        high,
        low: (a - (high - other)) + (b - other),
    }
}

/// The two halves of a float's digits.
fn halves(a: f64) -> (f64, f64) {
    let scaled = 134_217_729.0 * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

/// The exact product.
fn product(a: f64, b: f64) -> Double {
    let high = a * b;
    let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
    let low = ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2;
    Double { high, low }
}

impl Double {
    /// A float.
    pub fn of(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    /// The nearest float.
    pub fn nearest(self) -> f64 {
        self.high + self.low
    }

    /// The opposite.
    pub fn negated(self) -> Self {
        Self {
            high: -self.high,
            low: -self.low,
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        let high = sum(self.high, other.high);
        let low = sum(self.low, other.low);
        let once = sum(high.high, high.low + low.high);
        sum(once.high, once.low + low.low)
    }

    /// The product.
    pub fn times(self, other: Self) -> Self {
        let exact = product(self.high, other.high);
        let cross = self.high * other.low + self.low * other.high;
        sum(exact.high, exact.low + cross)
    }

    /// The quotient.
    pub fn over(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.plus(other.times(Self::of(-first)));
        let second = rest.high / other.high;
        let rest = rest.plus(other.times(Self::of(-second)));
        let digits = sum(first, second);
        digits.plus(Self::of(rest.high / other.high))
    }

    /// `e ** self` as a number near 1 and a power of two.
    fn exponential(self) -> (Self, i32) {
        /// The argument of the series is that many times halved.
        const HALVINGS: i32 = 9;
        const TERMS: u32 = 9;
        let power = libm::round(self.high / LN_2.high);
        let rest = self.plus(LN_2.times(Self::of(-power)));
        let small = Self {
            high: libm::ldexp(rest.high, -HALVINGS),
            low: libm::ldexp(rest.low, -HALVINGS),
        };
        // e^x - 1 by Horner's rule, so that nothing is lost against the 1.
        let mut series = Self::of(0.0);
        for n in (1..=TERMS).rev() {
            let term = small.over(Self::of(f64::from(n)));
            series = term.times(series.plus(ONE));
        }
        for _ in 0..HALVINGS {
            series = series.plus(series).plus(series.times(series));
        }
        (series.plus(ONE), power as i32)
    }
}

/// The natural logarithm of a positive finite float.
fn logarithm(x: f64) -> Double {
    let (mut fraction, mut power) = libm::frexp(x);
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        power -= 1;
    }
    let whole = LN_2.times(Double::of(f64::from(power)));
    let distance = fraction - 1.0;
    if distance.abs() < 1.0 / 1024.0 {
        return whole.plus(near_one(distance));
    }
    // One step of Newton's method doubles the digits of the library's logarithm.
    let guess = libm::log(fraction);
    let (inverse, scale) = Double::of(-guess).exponential();
    let inverse = Double {
        high: libm::ldexp(inverse.high, scale),
        low: libm::ldexp(inverse.low, scale),
    };
    let error = inverse.times(Double::of(fraction)).plus(Double::of(-1.0));
    whole.plus(sum(guess, error.high))
}

/// `log(1 + x)` by its series.
fn near_one(x: f64) -> Double {
    const TERMS: u32 = 12;
    let x = Double::of(x);
    let mut series = Double::of(0.0);
    for n in (1..=TERMS).rev() {
        let sign = if n % 2 == 1 { 1.0 } else { -1.0 };
        series = x.times(series.plus(Double::of(sign).over(Double::of(f64::from(n)))));
    }
    series
}

/// The nearest float, where an estimate says that it is one of the usual ones.
fn scaled((value, power): (Double, i32), estimate: f64) -> f64 {
    match estimate.is_normal() {
        true => libm::ldexp(value.nearest(), power),
        false => estimate,
    }
}

/// `e ** x`
pub fn exp(x: f64) -> f64 {
    let estimate = libm::exp(x);
    match x == 0.0 || !x.is_finite() {
        true => estimate,
        false => scaled(Double::of(x).exponential(), estimate),
    }
}

/// A logarithm, given the divisor that makes it one of its base.
fn based(x: f64, estimate: f64, base: Option<Double>) -> f64 {
    if x <= 0.0 || !x.is_finite() || x == 1.0 {
        return estimate;
    }
    let natural = logarithm(x);
    base.map_or(natural, |base| natural.over(base)).nearest()
}

/// The natural logarithm.
pub fn log(x: f64) -> f64 {
    based(x, libm::log(x), None)
}

/// The logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    based(x, libm::log2(x), Some(LN_2))
}

/// The logarithm to base 10, put together as the C library does it, whose result is not always the nearest float.
pub fn log10(x: f64) -> f64 {
    /// `log10(2)` with so few digits that multiples of it are exact, and the rest.
    const LOG10_2: (f64, f64) = (3.010_299_956_636_117_7e-1, 3.694_239_077_158_931e-13);
    if !x.is_normal() || x <= 0.0 {
        return libm::log10(x);
    }
    let (fraction, power) = libm::frexp(x);
    let (fraction, power) = match power > 0 {
        true => (fraction * 2.0, f64::from(power - 1)),
        false => (fraction, f64::from(power)),
    };
    let small = power * LOG10_2.1 + std::f64::consts::LOG10_E * log(fraction);
    small + power * LOG10_2.0
}

/// The cube root as the C library has it: a polynomial's estimate for a fraction, made better once by Halley's method,
/// times what the power of two contributes. Its last digit is often not the nearest, and programs print it.
pub fn cbrt(x: f64) -> f64 {
    const ESTIMATE: [f64; 7] = [
        -0.145_263_899_385_486_37,
        0.784_932_344_976_639_2,
        -1.834_692_774_836_130_8,
        2.446_931_225_635_344_4,
        -2.114_994_941_673_713,
        1.508_191_937_815_849,
        0.354_895_765_043_919_84,
    ];
    /// The cube roots of 1/4, 1/2, 1, 2 and 4.
    const POWERS: [f64; 5] = [
        0.629_960_524_947_436_5,
        0.793_700_525_984_099_7,
        1.0,
        1.259_921_049_894_873_2,
        1.587_401_051_968_199_6,
    ];
    if x == 0.0 || !x.is_finite() {
        return x + x;
    }
    let (fraction, power) = libm::frexp(x.abs());
    let estimate = { ESTIMATE.iter() }.fold(0.0, |sum, part| sum * fraction + part);
    let cube = estimate * estimate * estimate;
    let better = estimate * (cube + 2.0 * fraction) / (2.0 * cube + fraction);
    let root = better * POWERS[(power % 3 + 2) as usize];
    libm::copysign(libm::ldexp(root, power / 3), x)
}

/// `x ** y`
pub fn pow(x: f64, y: f64) -> f64 {
    let estimate = libm::pow(x, y);
    let ordinary = x.is_normal() && y.is_normal() && estimate.is_normal() && x.abs() != 1.0;
    if !ordinary || y == 1.0 || y == 2.0 {
        return estimate;
    }
    let exponent = logarithm(x.abs()).times(Double::of(y));
    libm::copysign(scaled(exponent.exponential(), estimate), estimate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_cpython() {
        assert_eq!(exp(1.0), std::f64::consts::E);
        assert_eq!(exp(-10.5), 2.7536449349747158e-05);
        assert_eq!(log(10.0), std::f64::consts::LN_10);
        assert_eq!(log(1.0000001), 9.999999505838704e-08);
        assert_eq!(log2(8.0), 3.0);
        assert_eq!(log10(1000.0), 3.0);
        assert_eq!(pow(1.05, 10.0), 1.628894626777442);
        assert_eq!(pow(1e16, -2.0), 1e-32);
        assert_eq!(pow(2.0, 0.5), std::f64::consts::SQRT_2);
        assert_eq!(pow(-2.0, 3.0), -8.0);
        assert_eq!(cbrt(27.0), 3.000_000_000_000_000_4);
        assert_eq!(cbrt(-64.0), -4.0);
    }
}
