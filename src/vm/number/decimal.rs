//! Floats as decimal digits: the shortest that read back, or correctly rounded to a precision.

/// Beyond this many digits after the first a float has only zeros.
const LAST_DIGIT: usize = 1100;

/// The digits of a finite float without its sign: `0.d₁d₂d₃… × 10^point`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// ASCII digits, the first of them not zero unless the number is.
    pub digits: String,
    /// Where the decimal point is, counted from the first digit.
    pub point: i32,
}

impl Decimal {
    /// The fewest digits that read back as the same number.
    pub fn shortest(value: f64) -> Self {
        let mut buffer = ryu::Buffer::new();
        Self::parse(buffer.format_finite(value.abs()))
    }

    /// Correctly rounded to this many significant digits, at least one.
    pub fn significant(value: f64, digits: usize) -> Self {
        let wanted = digits.max(1);
        let precision = (wanted - 1).min(LAST_DIGIT);
        let text = format!("{:.*e}", precision, value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: String = mantissa.chars().filter(|&c| c != '.').collect();
        digits.extend(std::iter::repeat_n('0', wanted - 1 - precision));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        Self {
            digits,
            point: if value == 0.0 { 1 } else { exponent + 1 },
        }
    }

    /// The integer digits and exactly this many digits after the point, correctly rounded.
    pub fn fixed(value: f64, places: usize) -> (String, String) {
        let precision = places.min(LAST_DIGIT);
        let text = format!("{:.*}", precision, value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut fraction = fraction.to_owned();
        fraction.extend(std::iter::repeat_n('0', places - precision));
        (whole.to_owned(), fraction)
    }

    fn parse(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let leading = (all.len() - digits.len()) as i32;
        let point = whole.len() as i32 - leading + exponent.parse::<i32>().unwrap_or(0);
        let digits = digits.trim_end_matches('0');
        if digits.is_empty() {
            return Self {
                digits: "0".to_owned(),
                point: 1,
            };
        }
        Self {
            digits: digits.to_owned(),
            point,
        }
    }

    /// Digits before and after the point in positional notation.
    pub fn positional(&self) -> (String, String) {
        let count = self.digits.len() as i32;
        if self.point <= 0 {
            let zeros = "0".repeat(self.point.unsigned_abs() as usize);
            return ("0".to_owned(), zeros + &self.digits);
        }
        if self.point >= count {
            let zeros = "0".repeat((self.point - count) as usize);
            return (self.digits.clone() + &zeros, String::new());
        }
        let (whole, fraction) = self.digits.split_at(self.point as usize);
        (whole.to_owned(), fraction.to_owned())
    }

    /// Digits before and after the point in scientific notation, and the exponent.
    pub fn scientific(&self) -> (String, String, i32) {
        let (first, rest) = self.digits.split_at(1.min(self.digits.len()));
        (first.to_owned(), rest.to_owned(), self.point - 1)
    }
}

/// An exponent as Python writes it: signed, with at least two digits.
pub fn exponent(value: i32) -> String {
    let sign = if value < 0 { '-' } else { '+' };
    format!("{sign}{:02}", value.unsigned_abs())
}

/// `repr` of a float: the shortest digits that read back as the same number.
pub fn float_repr(value: f64) -> String {
    if !value.is_finite() {
        return non_finite(value).to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let decimal = Decimal::shortest(value);
    if (-3..=16).contains(&decimal.point) {
        let (whole, fraction) = decimal.positional();
        let fraction = if fraction.is_empty() { "0" } else { &fraction };
        return format!("{sign}{whole}.{fraction}");
    }
    let (first, rest, power) = decimal.scientific();
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{dot}{rest}e{}", exponent(power))
}

/// `inf`, `-inf` or `nan`
pub fn non_finite(value: f64) -> &'static str {
    match value {
        _ if value.is_nan() => "nan",
        _ if value > 0.0 => "inf",
        _ => "-inf",
    }
}

/// `round(value, places)`: rounded half to even in decimal; infinite when the result is too large.
pub fn round(value: f64, places: i32) -> f64 {
    if !value.is_finite() || places > 400 {
        return value;
    }
    if let Ok(places) = usize::try_from(places) {
        let (whole, fraction) = Decimal::fixed(value, places);
        let rounded = format!("{whole}.{fraction}0").parse().unwrap_or(value);
        return libm::copysign(rounded, value);
    }
    // How many digits are left when those below the place are cut off.
    let kept = Decimal::significant(value, LAST_DIGIT)
        .point
        .saturating_add(places);
    let rounded = match kept {
        ..0 => 0.0,
        0 => half_of_unit(value, places),
        _ => {
            let decimal = Decimal::significant(value, kept as usize);
            let text = format!(
                "{}e{}",
                decimal.digits,
                decimal.point - decimal.digits.len() as i32
            );
            text.parse().unwrap_or(value)
        }
    };
    libm::copysign(rounded, value)
}

/// All digits are below the place: more than half a unit of it is one unit.
fn half_of_unit(value: f64, places: i32) -> f64 {
    let digits = Decimal::significant(value, LAST_DIGIT).digits;
    let half = format!("{:0<1$}", "5", LAST_DIGIT);
    match digits > half {
        true => format!("1e{}", -places).parse().unwrap_or(value),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn representations_are_those_of_cpython() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (5e-324, "5e-324"),
            (9007199254740993.0, "9007199254740992.0"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in cases {
            assert_eq!(float_repr(value), text);
        }
    }

    #[test]
    fn rounding_is_half_even_of_the_exact_value() {
        let cases = [
            (2.675, 2, 2.67),
            (0.125, 2, 0.12),
            (2.5, 0, 2.0),
            (-1.5, 0, -2.0),
            (1250.0, -2, 1200.0),
            (50.0, -2, 0.0),
            (50.000001, -2, 100.0),
            (4.0, -1, 0.0),
        ];
        for (value, places, rounded) in cases {
            assert_eq!(round(value, places), rounded, "round({value}, {places})");
        }
    }
}
