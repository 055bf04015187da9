//! Sine, cosine, tangent and their inverses to the nearest float in all but the rarest cases.

use super::elementary::Double;

/// Beyond this the quarter turns are too many to be taken off with these digits.
const LARGE: f64 = 1_048_576.0;

/// A quarter turn in three parts.
const QUARTER: [f64; 3] = [
    std::f64::consts::FRAC_PI_2,
    6.123_233_995_736_766e-17,
    -1.497_384_904_859_183_3e-33,
];

/// Sine and cosine.
fn sin_cos(x: f64) -> (Double, Double) {
    let turns = libm::round(x / QUARTER[0]);
    let rest = QUARTER.iter().fold(Double::of(x), |rest, &part| {
        rest.plus(Double::of(part).times(Double::of(-turns)))
    });
    let (sine, cosine) = (series(rest, 1), series(rest, 0));
    match turns.rem_euclid(4.0) as u8 {
        0 => (sine, cosine),
        1 => (cosine, sine.negated()),
        2 => (sine.negated(), cosine.negated()),
        _ => (cosine.negated(), sine),
    }
}

/// The series of the sine (from the first power on) or cosine (from the zeroth), up to an eighth of a turn.
fn series(x: Double, first: u32) -> Double {
    const TERMS: u32 = 14;
    let square = x.times(x).negated();
    let mut sum = Double::of(1.0);
    for n in (1..=TERMS).rev() {
        let power = 2 * n + first;
        let divisor = Double::of(f64::from(power * (power - 1)));
        sum = sum.times(square).over(divisor).plus(Double::of(1.0));
    }
    if first == 1 { sum.times(x) } else { sum }
}

/// Does the library's estimate stay? For zero, tiny, huge and undefined arguments it does.
fn stays(x: f64) -> bool {
    !x.is_finite() || x.abs() > LARGE || x.abs() < 1e-8
}

/// `sin(x)`
pub fn sin(x: f64) -> f64 {
    match stays(x) {
        true => libm::sin(x),
        false => sin_cos(x).0.nearest(),
    }
}

/// `cos(x)`
pub fn cos(x: f64) -> f64 {
    match stays(x) {
        true => libm::cos(x),
        false => sin_cos(x).1.nearest(),
    }
}

/// `tan(x)`
pub fn tan(x: f64) -> f64 {
    if stays(x) {
        return libm::tan(x);
    }
    let (sine, cosine) = sin_cos(x);
    sine.over(cosine).nearest()
}

/// An angle to the nearest float: an estimate, corrected by how far the direction `(x, y)` is turned against it.
fn corrected(estimate: f64, y: Double, x: Double) -> f64 {
    let (sine, cosine) = sin_cos(estimate);
    let across = y.times(cosine).plus(x.times(sine).negated());
    let along = x.times(cosine).plus(y.times(sine));
    Double::of(estimate).plus(across.over(along)).nearest()
}

/// Are the digits of both parts within reach of products and quotients?
fn ordinary(x: f64) -> bool {
    (1e-100..1e100).contains(&x.abs())
}

/// `atan2(y, x)`
pub fn atan2(y: f64, x: f64) -> f64 {
    let estimate = libm::atan2(y, x);
    match ordinary(x) && ordinary(y) && estimate.abs() > 1e-8 {
        true => corrected(estimate, Double::of(y), Double::of(x)),
        false => estimate,
    }
}

/// `atan(x)`
pub fn atan(x: f64) -> f64 {
    match x.abs() > 1e-8 && x.abs() < 1e15 {
        true => atan2(x, 1.0),
        false => libm::atan(x),
    }
}

/// The other leg of a right triangle with hypotenuse 1.
fn leg(x: f64) -> Double {
    let square = Double::of(1.0).plus(Double::of(x).times(Double::of(-x)));
    let root = libm::sqrt(square.nearest());
    let rest = square.plus(Double::of(root).times(Double::of(-root)));
    Double::of(root).plus(rest.over(Double::of(2.0 * root)))
}

/// `asin(x)`
pub fn asin(x: f64) -> f64 {
    match (1e-8..1.0).contains(&x.abs()) {
        true => corrected(libm::asin(x), Double::of(x), leg(x)),
        false => libm::asin(x),
    }
}

/// `acos(x)`
pub fn acos(x: f64) -> f64 {
    match (1e-8..1.0).contains(&x.abs()) {
        true => corrected(libm::acos(x), leg(x), Double::of(x)),
        false => libm::acos(x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_cpython() {
        let pi = std::f64::consts::PI;
        assert_eq!(sin(pi), 1.2246467991473532e-16);
        assert_eq!(cos(pi / 2.0), 6.123233995736766e-17);
        assert_eq!(tan(1.0), 1.5574077246549023);
        assert_eq!(sin(100_000.0), 0.03574879797201651);
        assert_eq!(atan2(1.0, 3.0), 0.3217505543966422);
        assert_eq!(asin(0.3), 0.304_692_654_015_397_5);
        assert_eq!(acos(-0.3), 1.8754889808102941);
    }
}
