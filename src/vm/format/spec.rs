//! The format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;
use std::iter::Peekable;
use std::str::Chars;

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`
    AfterSign,
}

impl Align {
    fn of(c: char) -> Option<Self> {
        match c {
            '<' => Some(Self::Left),
            '>' => Some(Self::Right),
            '^' => Some(Self::Center),
            '=' => Some(Self::AfterSign),
            _ => None,
        }
    }
}

/// A parsed format specification.
#[derive(Clone, Debug)]
pub struct Spec {
    /// What pads.
    pub fill: char,
    /// Where the padding goes.
    pub align: Align,
    /// `+`, `-` or space.
    pub sign: Option<char>,
    /// `z`: no minus sign before zero.
    pub positive_zero: bool,
    /// `#`
    pub alternate: bool,
    /// Least number of characters.
    pub width: usize,
    /// `,` or `_` between groups of integer digits.
    pub grouping: Option<char>,
    /// Digits behind the point, or characters.
    pub precision: Option<usize>,
    /// `,` or `_` between groups of digits behind the point.
    pub fraction_grouping: Option<char>,
    /// The letter at the end.
    pub kind: Option<char>,
}

impl Spec {
    /// Reads a specification for formatting `value`.
    pub fn parse(vm: &mut Vm, text: &str, value: Value, default: Align) -> Outcome<Self> {
        let mut spec = Self {
            fill: ' ',
            align: default,
            sign: None,
            positive_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            fraction_grouping: None,
            kind: None,
        };
        let mut rest = text.chars().peekable();
        let placed = spec.read_alignment(&mut rest);
        spec.sign = rest.next_if(|c| matches!(c, ' ' | '+' | '-'));
        spec.positive_zero = rest.next_if_eq(&'z').is_some();
        spec.alternate = rest.next_if_eq(&'#').is_some();
        if !placed.filled && rest.next_if_eq(&'0').is_some() {
            spec.fill = '0';
            if !placed.aligned && default == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = integer(vm, &mut rest)?.unwrap_or(0);
        spec.grouping = grouping(vm, &mut rest)?;
        if rest.next_if_eq(&'.').is_some() {
            spec.precision = integer(vm, &mut rest)?;
            spec.fraction_grouping = grouping(vm, &mut rest)?;
            if spec.precision.is_none() && spec.fraction_grouping.is_none() {
                return vm.value_error("Format specifier missing precision");
            }
        }
        spec.kind = rest.next();
        if rest.next().is_some() {
            let class = vm.class_name(value).to_owned();
            return vm.value_error(format!(
                "Invalid format specifier '{text}' for object of type '{class}'"
            ));
        }
        spec.check_grouping(vm, default)?;
        Ok(spec)
    }

    fn read_alignment(&mut self, rest: &mut Peekable<Chars>) -> Placed {
        let mut ahead = rest.clone();
        let first = ahead.next();
        if let (Some(fill), Some(align)) = (first, ahead.next().and_then(Align::of)) {
            (self.fill, self.align) = (fill, align);
            *rest = ahead;
            return Placed {
                filled: true,
                aligned: true,
            };
        }
        let aligned = first.and_then(Align::of);
        if let Some(align) = aligned {
            self.align = align;
            rest.next();
        }
        Placed {
            filled: false,
            aligned: aligned.is_some(),
        }
    }

    /// Grouping goes with decimal digits, and `_` also with those of other bases.
    fn check_grouping(&self, vm: &mut Vm, default: Align) -> Outcome<()> {
        let absent = if default == Align::Left { 's' } else { 'd' };
        let kind = self.kind.unwrap_or(absent);
        let based = |separator: &char| *separator == '_' && "boxX".contains(kind);
        let whole = self
            .grouping
            .filter(|separator| !"defgEG%F".contains(kind) && !based(separator));
        let fraction = self.fraction_grouping.filter(|_| kind == 'n');
        match whole.or(fraction) {
            None => Ok(()),
            Some(separator) if (33..128).contains(&(kind as u32)) => {
                vm.value_error(format!("Cannot specify '{separator}' with '{kind}'."))
            }
            Some(separator) => {
                let code = kind as u32;
                vm.value_error(format!("Cannot specify '{separator}' with '\\x{code:x}'."))
            }
        }
    }

    /// Raises for a type letter that does not suit the value.
    pub fn unknown_kind<T>(&self, vm: &mut Vm, value: Value) -> Outcome<T> {
        let class = vm.class_name(value).to_owned();
        let kind = self.kind.unwrap_or(' ');
        let shown = match kind as u32 {
            33..128 => kind.to_string(),
            code => format!("\\x{code:x}"),
        };
        vm.value_error(format!(
            "Unknown format code '{shown}' for object of type '{class}'"
        ))
    }

    /// Sign and body, padded to the width.
    pub fn pad(&self, vm: &mut Vm, sign: &str, body: &str) -> Outcome<String> {
        let length = sign.chars().count() + body.chars().count();
        let padding = self.width.saturating_sub(length);
        if padding > vm.limits.bytes / 4 {
            return vm.raise_with(class::MEMORY_ERROR, &[]);
        }
        let fill = |count: usize| self.fill.to_string().repeat(count);
        Ok(match self.align {
            Align::Left => format!("{sign}{body}{}", fill(padding)),
            Align::Right => format!("{}{sign}{body}", fill(padding)),
            Align::AfterSign => format!("{sign}{}{body}", fill(padding)),
            Align::Center => {
                let left = padding / 2;
                format!("{}{sign}{body}{}", fill(left), fill(padding - left))
            }
        })
    }
}

/// What an alignment said explicitly.
struct Placed {
    filled: bool,
    aligned: bool,
}

fn integer(vm: &mut Vm, rest: &mut Peekable<Chars>) -> Outcome<Option<usize>> {
    let mut value: Option<i64> = None;
    while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
        rest.next();
        let next = value.unwrap_or(0).checked_mul(10);
        value = next.and_then(|next| next.checked_add(digit.into()));
        if value.is_none() {
            return vm.value_error("Too many decimal digits in format string");
        }
    }
    Ok(value.map(|value| value as usize))
}

fn grouping(vm: &mut Vm, rest: &mut Peekable<Chars>) -> Outcome<Option<char>> {
    let first = rest.next_if(|c| matches!(c, ',' | '_'));
    match first.and_then(|_| rest.next_if(|c| matches!(c, ',' | '_') && first != Some(*c))) {
        Some(_) => vm.value_error("Cannot specify both ',' and '_'."),
        None => Ok(first),
    }
}
