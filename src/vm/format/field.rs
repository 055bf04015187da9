//! A formatted number: sign, prefix, grouped digits and the rest, fitted into a field.

use super::super::machine::Vm;
use super::super::native::Outcome;
use super::spec::{Align, Spec};

/// The parts of a number's text.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Is it below zero (or a negative zero)?
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'static str,
    /// Digits before the point, which are grouped; or a text without digits, which is not.
    pub whole: String,
    /// Digits behind the point.
    pub fraction: String,
    /// The point, if it is shown.
    pub point: &'static str,
    /// Exponent or per cent sign.
    pub suffix: String,
    /// How many digits of `whole` make a group; 0 for a text without digits.
    pub group: usize,
}

impl Parts {
    /// The sign that a specification wants.
    pub fn sign(&self, wanted: Option<char>) -> &'static str {
        match (self.negative, wanted) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            (false, _) => "",
        }
    }

    /// The whole text in its field.
    pub fn fit(&self, vm: &mut Vm, spec: &Spec) -> Outcome<String> {
        let (head, body) = self.render(vm, spec)?;
        spec.pad(vm, &head, &body)
    }

    /// Sign with prefix, and digits: zero padding that takes part in the grouping is done already.
    pub fn render(&self, vm: &mut Vm, spec: &Spec) -> Outcome<(String, String)> {
        let head = format!("{}{}", self.sign(spec.sign), self.prefix);
        let fraction = match spec.fraction_grouping {
            Some(separator) => group_from_left(&self.fraction, separator),
            None => self.fraction.clone(),
        };
        let tail = format!("{}{fraction}{}", self.point, self.suffix);
        let zero_padded = spec.fill == '0' && spec.align == Align::AfterSign;
        let whole = match spec.grouping {
            Some(separator) if self.group > 0 => {
                let width = match zero_padded {
                    true => spec.width.saturating_sub(head.len() + tail.len()),
                    false => 0,
                };
                if width > vm.limits.bytes / 4 {
                    return vm.raise_with(super::super::class::MEMORY_ERROR, &[]);
                }
                group_from_right(&self.whole, self.group, separator, width)
            }
            _ => self.whole.clone(),
        };
        Ok((head, whole + &tail))
    }
}

/// Groups counted from the point leftwards, with leading zeros up to a width.
fn group_from_right(digits: &str, size: usize, separator: char, width: usize) -> String {
    let mut remaining = digits.len();
    let mut width = width as i64;
    let mut groups = Vec::new();
    loop {
        let wanted = (remaining as i64).max(width).max(1);
        let length = (size as i64).min(wanted) as usize;
        let taken = length.min(remaining);
        let part = digits.get(remaining - taken..remaining).unwrap_or_default();
        groups.push(format!("{part:0>length$}"));
        remaining -= taken;
        width -= length as i64;
        if remaining == 0 && width <= 0 {
            break;
        }
        width -= 1;
    }
    groups.reverse();
    groups.join(&separator.to_string())
}

fn group_from_left(digits: &str, separator: char) -> String {
    let mut text = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && n % 3 == 0 {
            text.push(separator);
        }
        text.push(c);
    }
    text
}
