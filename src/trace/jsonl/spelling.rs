//! Strings, floats and values made of them as Python's `json.dumps` spells them.

use serde_json::Value;
use std::fmt::Write as _;

/// A string literal of JSON in ASCII.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(char),
            _ => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// A list, a dict or what is in them.
pub(super) fn value(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                self::value(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (name, field)) in fields.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                quote(name, out);
                out.push_str(": ");
                self::value(field, out);
            }
            out.push('}');
        }
        Value::Number(number) if number.is_f64() => float(number.as_f64().unwrap_or(0.0), out),
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
}

/// A float as Python's `repr` spells it: the shortest digits that read back as the same number.
pub(super) fn float(value: f64, out: &mut String) {
    if !value.is_finite() {
        out.push_str(match value {
            _ if value.is_nan() => "NaN",
            _ if value > 0.0 => "Infinity",
            _ => "-Infinity",
        });
        return;
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format_finite(value);
    let (sign, shortest) = match shortest.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", shortest),
    };
    out.push_str(sign);
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = if fraction == "0" { "" } else { fraction };
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    // Position of the decimal point, counted from the first significant digit.
    let point = exponent.parse::<i32>().unwrap_or(0) + whole.len() as i32
        - (digits.len() - significant.len()) as i32;
    place_point(significant.trim_end_matches('0'), point, out);
}

fn place_point(digits: &str, point: i32, out: &mut String) {
    let zeros = |count: i32| "0".repeat(count.max(0) as usize);
    let count = digits.len() as i32;
    if digits.is_empty() {
        out.push_str("0.0");
    } else if !(-3..=16).contains(&point) {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let _ = write!(out, "{first}{dot}{rest}e{:+03}", point - 1);
    } else if point <= 0 {
        let _ = write!(out, "0.{}{digits}", zeros(-point));
    } else if count <= point {
        let _ = write!(out, "{digits}{}.0", zeros(point - count));
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        let _ = write!(out, "{whole}.{fraction}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_spelt_as_in_python() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (30.0, "30.0"),
            (0.1, "0.1"),
            (0.6000000000000001, "0.6000000000000001"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e-9, "1.5e-09"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.25e100, "1.25e+100"),
            (123456.789, "123456.789"),
            (-2.5, "-2.5"),
            (f64::INFINITY, "Infinity"),
        ];
        for (value, spelt) in cases {
            let mut out = String::new();
            float(value, &mut out);
            assert_eq!(out, spelt);
        }
    }

    #[test]
    fn values_are_spelt_as_in_python() {
        let mut out = String::new();
        value(
            &serde_json::json!({"a": [1, 0.5, null], "é": [true, "x"]}),
            &mut out,
        );
        assert_eq!(out, r#"{"a": [1, 0.5, null], "\u00e9": [true, "x"]}"#);
    }

    #[test]
    fn strings_are_ascii_with_surrogate_pairs() {
        let mut out = String::new();
        quote("a\"b\\ \n\u{1}é𝄞\u{7f}", &mut out);
        assert_eq!(out, "\"a\\\"b\\\\ \\n\\u0001\\u00e9\\ud834\\udd1e\u{7f}\"");
    }
}
