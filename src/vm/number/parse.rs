//! Reading numbers from text, as `int()`, `float()` and `complex()` do.

use super::complex::Complex;
use num_bigint::BigInt;

/// Where the decimal digits of each script begin: ten consecutive code points, zero first.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = c as u32;
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    (code - zero < 10).then_some(code - zero)
}

/// Does Python take the character for white space?
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The text with the digits of all scripts as ASCII and without surrounding white space.
fn normalized(text: &str) -> String {
    if text.is_ascii() {
        return text
            .trim_matches(|c: char| matches!(c, ' ' | '\t'..='\r'))
            .to_owned();
    }
    let ascii = |c: char| decimal_digit(c).and_then(|digit| char::from_digit(digit, 10));
    let trimmed = text.trim_matches(is_space);
    trimmed.chars().map(|c| ascii(c).unwrap_or(c)).collect()
}

/// Why a text is no int.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntError {
    /// It does not have the form of one.
    Malformed,
    /// It has this many decimal digits, which is too many.
    TooLong(usize),
}

/// Reads an int in a base from 2 to 36, or with 0 as a literal with its prefix.
pub fn int(text: &str, base: u32) -> Result<BigInt, IntError> {
    let text = normalized(text);
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (base, digits) = strip_prefix(rest, base)?;
    let digits = strip_underscores(digits).ok_or(IntError::Malformed)?;
    let count = digits.len();
    if !base.is_power_of_two() && count > super::int::MAX_STR_DIGITS {
        let only_digits = digits.chars().all(|c| c.is_digit(base));
        return Err(if only_digits {
            IntError::TooLong(count)
        } else {
            IntError::Malformed
        });
    }
    let valid = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    let value = valid
        .then(|| BigInt::parse_bytes(digits.as_bytes(), base))
        .flatten()
        .ok_or(IntError::Malformed)?;
    Ok(if negative { -value } else { value })
}

fn strip_prefix(text: &str, base: u32) -> Result<(u32, &str), IntError> {
    for (prefix, of) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        let begins = text
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if begins && (base == 0 || base == of) {
            let rest = text.get(2..).unwrap_or_default();
            return Ok((of, rest.strip_prefix('_').unwrap_or(rest)));
        }
    }
    if base != 0 {
        return Ok((base, text));
    }
    // A literal does not begin with a zero, unless it is zero.
    let zero = text.chars().all(|c| c == '0' || c == '_');
    match text.starts_with('0') && !zero {
        true => Err(IntError::Malformed),
        false => Ok((10, text)),
    }
}

/// Drops underscores; each must stand between two digits.
fn strip_underscores(text: &str) -> Option<String> {
    if !text.contains('_') {
        return Some(text.to_owned());
    }
    let misplaced = text.starts_with('_') || text.ends_with('_') || text.contains("__");
    (!misplaced).then(|| text.replace('_', ""))
}

/// Reads a float.
pub fn float(text: &str) -> Option<f64> {
    let text = normalized(text);
    if !text.contains('_') {
        return text.parse().ok();
    }
    let mut previous = ' ';
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '_' if !previous.is_ascii_digit() => return None,
            _ if previous == '_' && !c.is_ascii_digit() => return None,
            '_' => {}
            _ => plain.push(c),
        }
        previous = c;
    }
    (previous != '_').then(|| plain.parse().ok()).flatten()
}

/// Reads a complex: `1`, `2j`, `1+2j`, any of them in parentheses.
pub fn complex(text: &str) -> Option<Complex> {
    let text = normalized(text);
    let inner = match text.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')')?.trim_matches(is_space),
        None => &text,
    };
    let Some(body) = inner.strip_suffix(['j', 'J']) else {
        return Some(Complex {
            re: float_part(inner)?,
            im: 0.0,
        });
    };
    let split = body
        .char_indices()
        .filter(|&(at, c)| at > 0 && (c == '+' || c == '-'))
        .rfind(|&(at, _)| !body[..at].ends_with(['e', 'E']))
        .map_or(0, |(at, _)| at);
    let (real, imaginary) = body.split_at(split);
    let re = if real.is_empty() {
        0.0
    } else {
        float_part(real)?
    };
    let im = match imaginary {
        "" | "+" => 1.0,
        "-" => -1.0,
        digits => float_part(digits)?,
    };
    Some(Complex { re, im })
}

/// A component, which unlike a whole text has no white space around it.
fn float_part(text: &str) -> Option<f64> {
    (!text.contains(is_space)).then(|| float(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_are_read_in_any_base_and_script() {
        let read = |text, base| int(text, base).ok().map(|value| value.to_string());
        let cases = [
            (" 1_000\n", 10, Some("1000")),
            ("-0x1F", 16, Some("-31")),
            ("0b101", 0, Some("5")),
            ("zz", 36, Some("1295")),
            ("١٢٣", 10, Some("123")),
            ("0123", 0, None),
            ("00", 0, Some("0")),
            ("1__0", 10, None),
            ("_1", 10, None),
            ("", 10, None),
            ("0x", 16, None),
        ];
        for (text, base, value) in cases {
            assert_eq!(read(text, base).as_deref(), value, "int({text:?}, {base})");
        }
        assert_eq!(int(&"9".repeat(4301), 10), Err(IntError::TooLong(4301)));
    }

    #[test]
    fn floats_and_complex_numbers_are_read() {
        assert_eq!(float(" -Infinity "), Some(f64::NEG_INFINITY));
        assert_eq!(float("1_0.5e-1"), Some(1.05));
        assert_eq!(float("1_.5"), None);
        assert_eq!(complex("( 1-2e-1j )"), Some(Complex { re: 1.0, im: -0.2 }));
        assert_eq!(complex("-j"), Some(Complex { re: 0.0, im: -1.0 }));
        assert_eq!(complex("1 + 2j"), None);
    }
}
