//! Text encodings: `str.encode` and `bytes.decode` with their error handlers.

mod charmap;
mod decode;
mod encode;

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;
use crate::syntax::surrogate::code_of;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Ascii,
    Latin1,
    Utf8,
    Utf8Signature,
    /// The table of the characters from 0x80 on.
    Charmap(&'static str),
    /// As in literals.
    UnicodeEscape,
    /// Units of two or four bytes.
    Wide {
        bytes: usize,
        order: Order,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Little,
    Big,
    /// By the byte order mark; little in its absence.
    Marked,
}

impl Encoding {
    fn named(name: &str) -> Option<Self> {
        let wide = |bytes, order| Some(Self::Wide { bytes, order });
        let name = name.to_ascii_lowercase().replace(['-', ' '], "_");
        match name.as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Some(Self::Utf8),
            "utf_8_sig" | "utf8_sig" => Some(Self::Utf8Signature),
            "ascii" | "us_ascii" | "646" | "iso646_us" => Some(Self::Ascii),
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859"
            | "8859" | "cp819" => Some(Self::Latin1),
            "utf_16" | "utf16" | "u16" => wide(2, Order::Marked),
            "utf_16_le" | "utf_16le" => wide(2, Order::Little),
            "utf_16_be" | "utf_16be" => wide(2, Order::Big),
            "utf_32" | "utf32" | "u32" => wide(4, Order::Marked),
            "utf_32_le" | "utf_32le" => wide(4, Order::Little),
            "utf_32_be" | "utf_32be" => wide(4, Order::Big),
            "unicode_escape" | "unicodeescape" => Some(Self::UnicodeEscape),
            _ => charmap::table(&name).map(Self::Charmap),
        }
    }

    /// The name in error messages.
    fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Utf8 | Self::Utf8Signature => "utf-8",
            Self::Charmap(_) => "charmap",
            Self::UnicodeEscape => "unicodeescape",
            Self::Wide {
                bytes: 2,
                order: Order::Big,
            } => "utf-16-be",
            Self::Wide { bytes: 2, .. } => "utf-16-le",
            Self::Wide {
                order: Order::Big, ..
            } => "utf-32-be",
            Self::Wide { .. } => "utf-32-le",
        }
    }

    /// The name in error messages about texts: there the byte order is not told when it was not asked for.
    fn name_for_texts(self) -> &'static str {
        match self {
            Self::Wide {
                bytes,
                order: Order::Marked,
            } => match bytes {
                2 => "utf-16",
                _ => "utf-32",
            },
            _ => self.name(),
        }
    }

    fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8Signature)
    }

    /// Why a character cannot be encoded.
    fn unencodable(self) -> String {
        match self {
            Self::Ascii => "ordinal not in range(128)".to_owned(),
            Self::Latin1 => "ordinal not in range(256)".to_owned(),
            Self::Charmap(_) => "character maps to <undefined>".to_owned(),
            _ => "surrogates not allowed".to_owned(),
        }
    }
}

fn encoding(vm: &mut Vm, name: Option<&str>) -> Outcome<Encoding> {
    let name = name.unwrap_or("utf-8");
    match Encoding::named(name) {
        Some(encoding) => Ok(encoding),
        None => {
            // It may be one that CPython has: then the run is refused.
            let name = vm.str(name);
            vm.helper("unknown_encoding", &[name])?;
            vm.raise(class::LOOKUP_ERROR, "unknown encoding")
        }
    }
}

fn unknown_handler<T>(vm: &mut Vm, name: &str) -> Outcome<T> {
    match name {
        "namereplace" => vm.raise(
            class::NOT_IMPLEMENTED_ERROR,
            format!("the error handler '{name}' is not supported"),
        ),
        _ => vm.raise(
            class::LOOKUP_ERROR,
            format!("unknown error handler name '{name}'"),
        ),
    }
}

/// `text.encode(encoding, errors)`
pub fn encode(
    vm: &mut Vm,
    text: Value,
    encoding_name: Option<&str>,
    errors: Option<&str>,
) -> Outcome<Vec<u8>> {
    let encoding = encoding(vm, encoding_name)?;
    let Some(content) = vm.as_text(text).cloned() else {
        return Ok(Vec::new());
    };
    encode::encode(
        vm,
        text,
        content.as_str(),
        encoding,
        errors.unwrap_or("strict"),
    )
}

/// `\x41`, `\u20ac` or `\U0001f600`
pub fn backslashed(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// `bytes.decode(encoding, errors)`; `object` is the bytes object, for messages.
pub fn decode(
    vm: &mut Vm,
    object: Value,
    encoding_name: Option<&str>,
    errors: Option<&str>,
) -> Outcome<String> {
    let encoding = encoding(vm, encoding_name)?;
    let bytes = vm.as_bytes(object).unwrap_or_default().to_vec();
    decode::decode(vm, object, &bytes, encoding, errors.unwrap_or("strict"))
}

/// `str()` of a UnicodeEncodeError or UnicodeDecodeError with these arguments; `None` when they have another form.
pub fn describe(vm: &Vm, arguments: &[Value]) -> Option<String> {
    let &[name, object, start, end, reason] = arguments else {
        return None;
    };
    let (name, reason) = (vm.as_str(name)?, vm.as_str(reason)?);
    let (start, end) = (vm.as_i64(start)?, vm.as_i64(end)?);
    let single = usize::try_from(start).ok().filter(|_| end == start + 1);
    let (action, unit, shown) = match (vm.as_text(object), vm.as_bytes(object)) {
        (Some(text), _) => {
            let c = single.and_then(|at| text.char_at(at));
            (
                "encode",
                "character",
                c.map(|c| format!("'{}'", backslashed(code_of(c)))),
            )
        }
        (None, Some(bytes)) => {
            let byte = single.and_then(|at| bytes.get(at));
            ("decode", "byte", byte.map(|byte| format!("0x{byte:02x}")))
        }
        (None, None) => return None,
    };
    let place = match shown {
        Some(shown) => format!("{unit} {shown} in position {start}"),
        None => format!("{unit}s in position {start}-{}", end - 1),
    };
    Some(format!("'{name}' codec can't {action} {place}: {reason}"))
}

fn raise_unicode<T>(
    vm: &mut Vm,
    class: super::value::Id,
    name: &str,
    object: Value,
    range: std::ops::Range<usize>,
    reason: &str,
) -> Outcome<T> {
    let name = vm.str(name);
    let reason = vm.str(reason);
    let (start, end) = (Value::Int(range.start as i64), Value::Int(range.end as i64));
    vm.raise_with(class, &[name, object, start, end, reason])
}
