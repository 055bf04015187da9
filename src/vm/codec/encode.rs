//! `str.encode` (`Objects/unicodeobject.c`: the encoders and their error handlers).

use super::{Encoding, Order, backslashed, charmap, raise_unicode, unknown_handler};
use crate::syntax::surrogate::{code_of, is_surrogate};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::value::Value;

/// The bytes of a text; `object` is the str, for messages.
pub fn encode(
    vm: &mut Vm,
    object: Value,
    text: &str,
    encoding: Encoding,
    errors: &str,
) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    match encoding {
        Encoding::Utf8Signature => bytes.extend(b"\xef\xbb\xbf"),
        Encoding::Wide {
            order: Order::Marked,
            ..
        } => put(encoding, '\u{feff}', &mut bytes),
        Encoding::UnicodeEscape => return Ok(escaped(text)),
        _ => {}
    }
    if encoding.is_utf8() && !text.chars().any(is_surrogate) {
        bytes.extend(text.bytes());
        return Ok(bytes);
    }
    let fits = |c: char| can_encode(encoding, c);
    for (at, c) in text.chars().enumerate() {
        match errors {
            _ if fits(c) => put(encoding, c, &mut bytes),
            "strict" => {
                let run = text.chars().skip(at).take_while(|&c| !fits(c));
                let range = at..at + run.count();
                let reason = encoding.unencodable();
                let class = class::UNICODE_ENCODE_ERROR;
                return raise_unicode(vm, class, encoding.name_for_texts(), object, range, &reason);
            }
            _ => match substitute(encoding, c, errors) {
                Some(Substitute::Text(text)) => {
                    text.chars().for_each(|c| put(encoding, c, &mut bytes));
                }
                Some(Substitute::Bytes(raw)) => bytes.extend(raw),
                None if matches!(errors, "surrogateescape" | "surrogatepass") => {
                    let reason = encoding.unencodable();
                    let class = class::UNICODE_ENCODE_ERROR;
                    return raise_unicode(
                        vm,
                        class,
                        encoding.name_for_texts(),
                        object,
                        at..at + 1,
                        &reason,
                    );
                }
                None => return unknown_handler(vm, errors),
            },
        }
    }
    Ok(bytes)
}

fn can_encode(encoding: Encoding, c: char) -> bool {
    match encoding {
        Encoding::Ascii => c.is_ascii(),
        Encoding::Latin1 => u32::from(c) < 0x100,
        Encoding::Charmap(table) => charmap::byte(table, c).is_some(),
        _ => !is_surrogate(c),
    }
}

/// Appends a character that the encoding has.
fn put(encoding: Encoding, c: char, bytes: &mut Vec<u8>) {
    match encoding {
        Encoding::Ascii | Encoding::Latin1 => bytes.push(c as u8),
        Encoding::Charmap(table) => bytes.extend(charmap::byte(table, c)),
        Encoding::Wide {
            bytes: width,
            order,
        } => {
            let mut pair = [0; 2];
            match width {
                2 => { c.encode_utf16(&mut pair).iter() }
                    .for_each(|&unit| put_unit(unit.into(), width, order, bytes)),
                _ => put_unit(c.into(), width, order, bytes),
            }
        }
        _ => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
    }
}

fn put_unit(unit: u32, width: usize, order: Order, bytes: &mut Vec<u8>) {
    let little = unit.to_le_bytes().into_iter().take(width);
    match order {
        Order::Big => bytes.extend(little.rev()),
        Order::Little | Order::Marked => bytes.extend(little),
    }
}

/// What an error handler puts in the place of a character.
enum Substitute {
    /// A text, to be encoded.
    Text(String),
    Bytes(Vec<u8>),
}

/// `None` when the handler is not known, or does not deal with this character.
fn substitute(encoding: Encoding, c: char, errors: &str) -> Option<Substitute> {
    let code = code_of(c);
    Some(match errors {
        "ignore" => Substitute::Bytes(Vec::new()),
        "replace" => Substitute::Text("?".to_owned()),
        "backslashreplace" => Substitute::Text(backslashed(code)),
        "namereplace" => match unicode_names2::name(c) {
            Some(name) => Substitute::Text(format!("\\N{{{name}}}")),
            // Without a name there, CPython escapes it; whose name is not in our table is not supported.
            None if crate::vm::repr::is_printable(c) => return None,
            None => Substitute::Text(backslashed(code)),
        },
        "xmlcharrefreplace" => Substitute::Text(format!("&#{code};")),
        "surrogateescape" if (0xdc80..=0xdcff).contains(&code) => {
            Substitute::Bytes(vec![(code - 0xdc00) as u8])
        }
        "surrogatepass" if is_surrogate(c) => match encoding {
            Encoding::Wide { bytes, order } => {
                let mut raw = Vec::new();
                put_unit(code, bytes, order, &mut raw);
                Substitute::Bytes(raw)
            }
            _ if encoding.is_utf8() => {
                let tail = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
                Substitute::Bytes(vec![0xe0 | (code >> 12) as u8, tail(6), tail(0)])
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The encoding `unicode_escape`.
fn escaped(text: &str) -> Vec<u8> {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            ' '..='~' => escaped.push(c),
            _ => escaped.push_str(&backslashed(code_of(c))),
        }
    }
    escaped.into_bytes()
}
