//! Halves of surrogate pairs that stand alone: `"\ud800"`.
//!
//! A str of Python may hold them, texts of Rust may not. Here they are code points of a plane to which Unicode has
//! assigned nothing: U+D800 to U+DFFF become U+DD800 to U+DDFFF, which programs therefore cannot use themselves.

use super::ast::visitor::transformer::{Transformer, walk_expr};
use super::ast::{Expr, FStringPart, InterpolatedStringElement, ModModule, StringLiteral};
use super::{Ranged, TextRange};

const PLANE: u32 = 0xd_0000;
/// What the parser puts in the place of a surrogate.
const REPLACEMENT: char = '\u{fffd}';

/// The character of our texts for a code point of Python's; `None` when there is none.
pub fn from_code(code: u32) -> Option<char> {
    match code {
        0xd800..=0xdfff => char::from_u32(PLANE + code),
        _ => char::from_u32(code).filter(|&c| !is_surrogate(c)),
    }
}

/// Python's code point for a character of our texts.
pub fn code_of(c: char) -> u32 {
    match is_surrogate(c) {
        true => c as u32 - PLANE,
        false => c as u32,
    }
}

/// Does the character stand for half of a surrogate pair?
pub fn is_surrogate(c: char) -> bool {
    matches!(c, '\u{dd800}'..='\u{ddfff}')
}

/// May the text of a program have surrogates in its literals?
pub(super) fn may_occur(text: &str) -> bool {
    let mut escapes = text.match_indices("\\u").chain(text.match_indices("\\U"));
    escapes.any(|(at, _)| matches!(escaped(&text[at + 1..]), Some((0xd800..=0xdfff, _))))
}

/// Puts the surrogates that literals have into their values.
pub(super) fn restore(tree: &mut ModModule, text: &str) {
    Restorer { text }.visit_body(&mut tree.body);
}

struct Restorer<'a> {
    text: &'a str,
}

impl Restorer<'_> {
    fn restore(&self, value: &mut Box<str>, range: TextRange, is_raw: bool) {
        if is_raw || !value.contains(REPLACEMENT) {
            return;
        }
        let source = self
            .text
            .get(range.start().to_usize()..range.end().to_usize());
        let mut replaced = replaced(source.unwrap_or("")).into_iter();
        let restored: String = { value.chars() }
            .map(|c| match c {
                REPLACEMENT => replaced.next().unwrap_or(c),
                _ => c,
            })
            .collect();
        *value = restored.into();
    }

    fn literal(&self, literal: &mut StringLiteral) {
        let (range, is_raw) = (literal.range(), literal.flags.prefix().is_raw());
        self.restore(&mut literal.value, range, is_raw);
    }

    fn elements<'e>(
        &self,
        elements: impl Iterator<Item = &'e mut InterpolatedStringElement>,
        is_raw: bool,
    ) {
        for element in elements {
            if let InterpolatedStringElement::Literal(literal) = element {
                let range = literal.range();
                self.restore(&mut literal.value, range, is_raw);
            }
        }
    }
}

impl Transformer for Restorer<'_> {
    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::StringLiteral(node) => {
                node.value
                    .iter_mut()
                    .for_each(|literal| self.literal(literal));
            }
            Expr::FString(node) => {
                for part in node.value.iter_mut() {
                    match part {
                        FStringPart::Literal(literal) => self.literal(literal),
                        FStringPart::FString(string) => {
                            let is_raw = string.flags.prefix().is_raw();
                            self.elements(string.elements.iter_mut(), is_raw);
                        }
                    }
                }
            }
            Expr::TString(node) => {
                for string in node.value.iter_mut() {
                    let is_raw = string.flags.prefix().is_raw();
                    self.elements(string.elements.iter_mut(), is_raw);
                }
            }
            _ => {}
        }
        walk_expr(self, expr);
    }
}

/// What each replacement character in the value of a literal stands for, in order.
fn replaced(source: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            REPLACEMENT => found.push(c),
            '\\' => {
                let (code, length) = escaped(rest).unwrap_or_else(|| {
                    let next = rest.chars().next().map_or(0, char::len_utf8);
                    (0, next)
                });
                match code {
                    0xd800..=0xdfff => found.extend(from_code(code)),
                    0xfffd => found.push(REPLACEMENT),
                    _ => {}
                }
                rest = &rest[length..];
            }
            _ => {}
        }
    }
    found
}

/// The code point that `u` or `U` and digits behind a backslash mean, and their length.
fn escaped(text: &str) -> Option<(u32, usize)> {
    let digits = match text.as_bytes().first()? {
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = u32::from_str_radix(text.get(1..1 + digits)?, 16).ok()?;
    Some((code, 1 + digits))
}
