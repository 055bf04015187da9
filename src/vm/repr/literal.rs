//! Texts and bytes as Python literals (`Objects/unicodeobject.c`: unicode_repr; `Objects/bytesobject.c`: PyBytes_Repr).

use crate::syntax::surrogate::code_of;
use std::fmt::Write;

/// `repr` of a str.
pub fn str_repr(text: &str) -> String {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(quote);
    for character in text.chars() {
        match character {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if character == quote => literal.extend(['\\', quote]),
            _ if is_printable(character) => literal.push(character),
            _ => literal.push_str(&escape(character)),
        }
    }
    literal.push(quote);
    literal
}

/// `repr` of bytes.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut literal = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => literal.push_str("\\\\"),
            b'\n' => literal.push_str("\\n"),
            b'\r' => literal.push_str("\\r"),
            b'\t' => literal.push_str("\\t"),
            _ if char::from(byte) == quote => literal.extend(['\\', quote]),
            b' '..=b'~' => literal.push(byte.into()),
            _ => literal.push_str(&escape(byte.into())),
        }
    }
    literal.push(quote);
    literal
}

/// Every character beyond ASCII as an escape sequence.
pub fn escape_non_ascii(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_ascii() {
            true => escaped.push(character),
            false => escaped.push_str(&escape(character)),
        }
    }
    escaped
}

/// Is it shown as it is (`str.isprintable`)?
pub fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, ' '..='~');
    }
    // The debug form of a text escapes what is not printable, and combining marks only where the text begins.
    let text = String::from_iter(['a', character]);
    text.escape_debug().nth(1) == Some(character)
}

/// Single quotes, unless the text has some and no double ones.
fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

fn escape(character: char) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match code_of(character) {
        code @ ..0x100 => write!(text, "\\x{code:02x}"),
        code @ ..0x1_0000 => write!(text, "\\u{code:04x}"),
        code => write!(text, "\\U{code:08x}"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_as_in_cpython() {
        assert_eq!(str_repr("a'b"), r#""a'b""#);
        assert_eq!(
            str_repr("a'\"\n\t\0é\u{200b}😀\u{a0}\u{301}"),
            "'a\\'\"\\n\\t\\x00é\\u200b😀\\xa0\u{301}'"
        );
        assert_eq!(bytes_repr(b"a'\x00\xff\""), r#"b'a\'\x00\xff"'"#);
        assert_eq!(escape_non_ascii("é€😀"), "\\xe9\\u20ac\\U0001f600");
    }
}
