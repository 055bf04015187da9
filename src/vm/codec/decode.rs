//! `bytes.decode` (`Objects/unicodeobject.c`: the decoders and their error handlers).

use super::{Encoding, Order, backslashed, charmap, raise_unicode, unknown_handler};
use crate::syntax::surrogate;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::value::Value;

/// The text of some bytes; `object` is the bytes object, for messages.
pub fn decode(
    vm: &mut Vm,
    object: Value,
    bytes: &[u8],
    encoding: Encoding,
    errors: &str,
) -> Outcome<String> {
    let mut decoder = Decoder {
        encoding,
        object,
        errors,
        text: String::with_capacity(bytes.len()),
    };
    match encoding {
        Encoding::Latin1 => return Ok(bytes.iter().map(|&byte| byte as char).collect()),
        Encoding::Ascii => decoder.narrow(vm, bytes, "ordinal not in range(128)", |byte| {
            byte.is_ascii().then_some(byte.into())
        })?,
        Encoding::Charmap(table) => {
            decoder.narrow(vm, bytes, "character maps to <undefined>", |byte| {
                charmap::character(table, byte)
            })?;
        }
        Encoding::Utf8 => decoder.utf8(vm, bytes, 0)?,
        Encoding::Utf8Signature => {
            let start = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(0, |_| 3);
            decoder.utf8(vm, bytes, start)?;
        }
        Encoding::Wide {
            bytes: width,
            order,
        } => decoder.wide(vm, bytes, width, order)?,
        Encoding::UnicodeEscape => decoder.escapes(vm, bytes)?,
    }
    Ok(decoder.text)
}

struct Decoder<'a> {
    encoding: Encoding,
    object: Value,
    errors: &'a str,
    text: String,
}

impl Decoder<'_> {
    /// Deals with bytes that mean nothing; gives the place from which to go on.
    fn fault(
        &mut self,
        vm: &mut Vm,
        bytes: &[u8],
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Outcome<usize> {
        let faulty = bytes.get(range.clone()).unwrap_or_default();
        let passed = match self.errors {
            "surrogatepass" => self.passed(bytes.get(range.start..).unwrap_or_default()),
            _ => None,
        };
        if let Some((c, length)) = passed {
            self.text.push(c);
            return Ok(range.start + length);
        }
        let can_escape = !faulty.iter().any(u8::is_ascii);
        match self.errors {
            "surrogateescape" if can_escape => {
                let halves = faulty.iter().map(|&byte| 0xdc00 + u32::from(byte));
                self.text.extend(halves.filter_map(surrogate::from_code));
            }
            "strict" | "surrogatepass" | "surrogateescape" => {
                let class = class::UNICODE_DECODE_ERROR;
                return raise_unicode(vm, class, self.encoding.name(), self.object, range, reason);
            }
            "ignore" => {}
            "replace" => self.text.push('\u{fffd}'),
            "backslashreplace" => {
                self.text
                    .extend(faulty.iter().map(|&byte| backslashed(byte.into())));
            }
            other => return unknown_handler(vm, other),
        }
        Ok(range.end)
    }

    /// Half of a surrogate pair that the bytes begin with in this encoding, and its length.
    fn passed(&self, bytes: &[u8]) -> Option<(char, usize)> {
        let (code, length) = match self.encoding {
            Encoding::Wide {
                bytes: width,
                order,
            } => (unit(bytes, 0, width, order)?, width),
            _ => match *bytes {
                [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
                    let low = u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
                    (0xd000 | low, 3)
                }
                _ => return None,
            },
        };
        let half = surrogate::from_code(code).filter(|&c| surrogate::is_surrogate(c))?;
        Some((half, length))
    }

    /// Encodings of one byte a character.
    fn narrow(
        &mut self,
        vm: &mut Vm,
        bytes: &[u8],
        reason: &str,
        character: impl Fn(u8) -> Option<char>,
    ) -> Outcome<()> {
        for (at, &byte) in bytes.iter().enumerate() {
            match character(byte) {
                Some(c) => self.text.push(c),
                None => drop(self.fault(vm, bytes, at..at + 1, reason)?),
            }
        }
        Ok(())
    }

    /// The encoding `unicode_escape`: escapes as in literals, other bytes as in Latin-1.
    fn escapes(&mut self, vm: &mut Vm, bytes: &[u8]) -> Outcome<()> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            if byte != b'\\' {
                self.text.push(byte.into());
                continue;
            }
            let Some(&kind) = bytes.get(at) else {
                self.fault(vm, bytes, at - 1..at, "\\ at end of string")?;
                continue;
            };
            at += 1;
            let simple = b"\\\\''\"\"a\x07b\x08f\x0cn\nr\rt\tv\x0b".chunks(2);
            match { simple }.find(|pair| pair[0] == kind) {
                _ if kind == b'\n' => {}
                Some(pair) => self.text.push(pair[1].into()),
                None if (b'0'..=b'7').contains(&kind) => {
                    let digits = bytes[at - 1..].iter().take(3);
                    let digits: Vec<u32> = digits
                        .take_while(|digit| (b'0'..=b'7').contains(digit))
                        .map(|digit| u32::from(digit - b'0'))
                        .collect();
                    at += digits.len() - 1;
                    let code = digits.iter().fold(0, |code, digit| code * 8 + digit);
                    self.text.extend(surrogate::from_code(code));
                }
                None => at = self.hex_escape(vm, bytes, at, kind)?,
            }
        }
        Ok(())
    }

    /// `\x41`, `\u20ac`, `\U0001f600`, or a backslash before something else, which stays.
    fn hex_escape(&mut self, vm: &mut Vm, bytes: &[u8], at: usize, kind: u8) -> Outcome<usize> {
        let (length, form) = match kind {
            b'x' => (2, "\\xXX"),
            b'u' => (4, "\\uXXXX"),
            b'U' => (8, "\\UXXXXXXXX"),
            _ => {
                self.text.extend(['\\', kind.into()]);
                return Ok(at);
            }
        };
        let digits = bytes[at..].iter().take(length);
        let digits = digits.take_while(|digit| digit.is_ascii_hexdigit()).count();
        let end = at + digits;
        if digits < length {
            let reason = format!("truncated {form} escape");
            return self.fault(vm, bytes, at - 2..end, &reason);
        }
        let code = bytes[at..end].iter().fold(0, |code, &digit| {
            code << 4 | char::from(digit).to_digit(16).unwrap_or(0)
        });
        match surrogate::from_code(code) {
            Some(c) => self.text.push(c),
            None => return self.fault(vm, bytes, at - 2..end, "illegal Unicode character"),
        }
        Ok(end)
    }

    fn utf8(&mut self, vm: &mut Vm, bytes: &[u8], start: usize) -> Outcome<()> {
        let mut at = start;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let error = match std::str::from_utf8(rest) {
                Ok(valid) => {
                    self.text.push_str(valid);
                    return Ok(());
                }
                Err(error) => error,
            };
            let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
            self.text.push_str(&String::from_utf8_lossy(valid));
            at += valid.len();
            let lead = bytes.get(at).copied().unwrap_or_default();
            let (end, reason) = match error.error_len() {
                None => (bytes.len(), "unexpected end of data"),
                Some(_) if !(0xc2..=0xf4).contains(&lead) => (at + 1, "invalid start byte"),
                Some(length) => (at + length, "invalid continuation byte"),
            };
            at = self.fault(vm, bytes, at..end, reason)?;
        }
        Ok(())
    }

    fn wide(&mut self, vm: &mut Vm, bytes: &[u8], width: usize, order: Order) -> Outcome<()> {
        let (order, start) = match (order, byte_order_mark(bytes, width)) {
            (Order::Marked, Some(order)) => (order, width),
            (order, _) => (order, 0),
        };
        if order == Order::Big {
            self.encoding = Encoding::Wide {
                bytes: width,
                order,
            };
        }
        let mut at = start;
        while at < bytes.len() {
            let Some(unit) = unit(bytes, at, width, order) else {
                return self
                    .fault(vm, bytes, at..bytes.len(), "truncated data")
                    .map(drop);
            };
            let (code, length) = match (width, unit) {
                (2, 0xd800..=0xdbff) => match unit_after(bytes, at, order) {
                    Some(low @ 0xdc00..=0xdfff) => {
                        (0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 4)
                    }
                    Some(_) => (unit, 2),
                    None => {
                        let end = bytes.len();
                        return self
                            .fault(vm, bytes, at..end, "unexpected end of data")
                            .map(drop);
                    }
                },
                _ => (unit, width),
            };
            at = match char::from_u32(code) {
                Some(c) => {
                    self.text.push(c);
                    at + length
                }
                None => {
                    let reason = match (width, code) {
                        (2, 0xdc00..=0xdfff) => "illegal encoding",
                        (2, _) => "illegal UTF-16 surrogate",
                        (_, 0xd800..=0xdfff) => {
                            "code point in surrogate code point range(0xd800, 0xe000)"
                        }
                        _ => "code point not in range(0x110000)",
                    };
                    self.fault(vm, bytes, at..at + width, reason)?
                }
            };
        }
        Ok(())
    }
}

fn byte_order_mark(bytes: &[u8], width: usize) -> Option<Order> {
    [Order::Little, Order::Big]
        .into_iter()
        .find(|&order| unit(bytes, 0, width, order) == Some(0xfeff))
}

fn unit(bytes: &[u8], at: usize, width: usize, order: Order) -> Option<u32> {
    let unit = bytes.get(at..at + width)?;
    let add = |sum: u32, &byte: &u8| sum << 8 | u32::from(byte);
    Some(match order {
        Order::Big => unit.iter().fold(0, add),
        Order::Little | Order::Marked => unit.iter().rev().fold(0, add),
    })
}

fn unit_after(bytes: &[u8], at: usize, order: Order) -> Option<u32> {
    unit(bytes, at + 2, 2, order)
}
