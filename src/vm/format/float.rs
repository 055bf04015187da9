//! Formatting of floats and complex numbers.

use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::number::complex::Complex;
use super::super::number::decimal::{Decimal, exponent, non_finite};
use super::super::value::Value;
use super::field::Parts;
use super::spec::{Align, Spec};

/// A notation for floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Shortest digits that read back.
    Repr,
    /// `e`, with digits behind the point
    Scientific(usize),
    /// `f`, with digits behind the point
    Fixed(usize),
    /// `g`, with significant digits
    General(usize),
    /// As `g`, but a finite number never looks like an int.
    GeneralFloat(usize),
}

impl Style {
    /// The notation of a type letter with a precision.
    pub fn of(kind: char, precision: usize) -> Self {
        match kind.to_ascii_lowercase() {
            'e' => Self::Scientific(precision),
            'f' => Self::Fixed(precision),
            _ => Self::General(precision),
        }
    }

    /// The text of a number in parts; `alternate` keeps the point and trailing zeros.
    pub fn parts(self, value: f64, alternate: bool) -> Parts {
        let negative = value.is_sign_negative() && !value.is_nan();
        if !value.is_finite() {
            return Parts {
                negative,
                whole: non_finite(value.abs()).to_owned(),
                ..Parts::default()
            };
        }
        let (whole, fraction, suffix) = self.digits(value, alternate);
        let point = if alternate || !fraction.is_empty() {
            "."
        } else {
            ""
        };
        Parts {
            negative,
            whole,
            fraction,
            point,
            suffix,
            group: 3,
            ..Parts::default()
        }
    }

    /// Digits before and behind the point, and the exponent's text.
    fn digits(self, value: f64, alternate: bool) -> (String, String, String) {
        match self {
            Self::Fixed(places) => {
                let (whole, fraction) = Decimal::fixed(value, places);
                (whole, fraction, String::new())
            }
            Self::Scientific(places) => {
                let decimal = Decimal::significant(value, places.saturating_add(1));
                let (whole, fraction, power) = decimal.scientific();
                (whole, fraction, format!("e{}", exponent(power)))
            }
            Self::Repr => general(&Decimal::shortest(value), 16, true),
            Self::General(precision) => {
                let decimal = rounded(value, precision, alternate);
                general(&decimal, precision.max(1) as i32, false)
            }
            Self::GeneralFloat(precision) => {
                let decimal = rounded(value, precision, alternate);
                general(&decimal, precision.max(1) as i32 - 1, true)
            }
        }
    }
}

fn rounded(value: f64, precision: usize, alternate: bool) -> Decimal {
    let mut decimal = Decimal::significant(value, precision);
    if !alternate {
        let kept = decimal.digits.trim_end_matches('0').len().max(1);
        decimal.digits.truncate(kept);
    }
    decimal
}

/// Positional notation up to a number of integer digits, scientific beyond and for small fractions.
fn general(decimal: &Decimal, most: i32, as_float: bool) -> (String, String, String) {
    if decimal.point <= -4 || decimal.point > most {
        let (whole, fraction, power) = decimal.scientific();
        return (whole, fraction, format!("e{}", exponent(power)));
    }
    let (whole, mut fraction) = decimal.positional();
    if as_float && fraction.is_empty() {
        fraction.push('0');
    }
    (whole, fraction, String::new())
}

/// Largest precision; CPython takes a C int, but no float has more digits than this.
const MAX_PRECISION: usize = i32::MAX as usize;

fn check_precision(vm: &mut Vm, spec: &Spec) -> Outcome<()> {
    match spec.precision {
        Some(precision) if precision > MAX_PRECISION => vm.value_error("precision too big"),
        Some(precision) if precision > vm.limits.bytes / 4 => {
            vm.raise_with(super::super::class::MEMORY_ERROR, &[])
        }
        _ => Ok(()),
    }
}

/// `format(number, spec)`; `value` is the object, for messages.
pub fn format(vm: &mut Vm, number: f64, spec: &Spec, value: Value) -> Outcome {
    check_precision(vm, spec)?;
    let style = match (spec.kind, spec.precision) {
        (None, None) => Style::Repr,
        (None, Some(precision)) => Style::GeneralFloat(precision),
        (Some('%'), precision) => Style::Fixed(precision.unwrap_or(6)),
        (Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')), precision) => {
            Style::of(kind, precision.unwrap_or(6))
        }
        (Some(_), _) => return spec.unknown_kind(vm, value),
    };
    let scaled = if spec.kind == Some('%') {
        number * 100.0
    } else {
        number
    };
    let mut parts = styled(style, scaled, spec);
    if spec.kind == Some('%') {
        parts.suffix.push('%');
    }
    let text = parts.fit(vm, spec)?;
    Ok(vm.str(text))
}

fn styled(style: Style, value: f64, spec: &Spec) -> Parts {
    let mut parts = style.parts(value, spec.alternate);
    if spec.kind.is_some_and(|kind| kind.is_ascii_uppercase()) {
        parts.whole.make_ascii_uppercase();
        parts.suffix.make_ascii_uppercase();
    }
    let zero = |digits: &str| digits.bytes().all(|digit| digit == b'0');
    if spec.positive_zero && zero(&parts.whole) && zero(&parts.fraction) {
        parts.negative = false;
    }
    parts
}

/// `format(number, spec)` of a complex.
pub fn format_complex(vm: &mut Vm, number: Complex, spec: &Spec, value: Value) -> Outcome {
    check_precision(vm, spec)?;
    if spec.kind.is_some_and(|kind| !"eEfFgGn".contains(kind)) {
        return spec.unknown_kind(vm, value);
    }
    if spec.fill == '0' {
        return vm.value_error("Zero padding is not allowed in complex format specifier");
    }
    if spec.align == Align::AfterSign {
        return vm.value_error("'=' alignment flag is not allowed in complex format specifier");
    }
    let style = match (spec.kind, spec.precision) {
        (None, None) => Style::Repr,
        (None, Some(precision)) => Style::General(precision),
        (Some(kind), precision) => Style::of(kind, precision.unwrap_or(6)),
    };
    let imaginary_only = spec.kind.is_none() && number.re == 0.0 && number.re.is_sign_positive();
    let parts = [number.re, number.im].map(|part| {
        let mut parts = styled(style, part, spec);
        if style == Style::Repr && parts.fraction == "0" {
            parts.fraction.clear();
            parts.point = if spec.alternate { "." } else { "" };
        }
        parts
    });
    let [real, imaginary] = parts;
    let mut text = String::new();
    if !imaginary_only {
        let (sign, digits) = real.render(vm, spec)?;
        text = sign + &digits;
    }
    let signed = Spec {
        sign: if imaginary_only { spec.sign } else { Some('+') },
        ..spec.clone()
    };
    let (sign, digits) = imaginary.render(vm, &signed)?;
    text += &format!("{sign}{digits}j");
    if spec.kind.is_none() && !imaginary_only {
        text = format!("({text})");
    }
    let padded = spec.pad(vm, "", &text)?;
    Ok(vm.str(padded))
}
