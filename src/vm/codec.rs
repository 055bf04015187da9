//! Text encodings: `str.encode` and `bytes.decode` with their error handlers.

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Ascii,
    Latin1,
    Utf8,
    Utf8Signature,
    /// Units of two or four bytes.
    Wide {
        bytes: usize,
        order: Order,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
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
            _ => None,
        }
    }

    /// The name in error messages.
    fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Utf8 | Self::Utf8Signature => "utf-8",
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

    /// The first code point that cannot be encoded.
    fn limit(self) -> u32 {
        match self {
            Self::Ascii => 0x80,
            Self::Latin1 => 0x100,
            _ => 0x11_0000,
        }
    }
}

fn encoding(vm: &mut Vm, name: Option<&str>) -> Outcome<Encoding> {
    let name = name.unwrap_or("utf-8");
    match Encoding::named(name) {
        Some(encoding) => Ok(encoding),
        None => vm.raise(class::LOOKUP_ERROR, format!("unknown encoding: {name}")),
    }
}

fn unknown_handler<T>(vm: &mut Vm, name: &str) -> Outcome<T> {
    match name {
        "surrogateescape" | "surrogatepass" | "namereplace" => vm.raise(
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
    match encoding {
        Encoding::Utf8 => Ok(content.as_str().as_bytes().to_vec()),
        Encoding::Utf8Signature => Ok(["\u{feff}", content.as_str()].concat().into_bytes()),
        Encoding::Wide { bytes, order } => Ok(encode_wide(content.as_str(), bytes, order)),
        Encoding::Ascii | Encoding::Latin1 => encode_narrow(
            vm,
            text,
            content.as_str(),
            encoding,
            errors.unwrap_or("strict"),
        ),
    }
}

fn encode_narrow(
    vm: &mut Vm,
    object: Value,
    text: &str,
    encoding: Encoding,
    errors: &str,
) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let code = c as u32;
        match errors {
            _ if code < encoding.limit() => bytes.push(code as u8),
            "strict" => {
                let run = text
                    .chars()
                    .skip(at)
                    .take_while(|&c| c as u32 >= encoding.limit());
                let end = at + run.count();
                let reason = format!("ordinal not in range({})", encoding.limit());
                let range = at..end;
                return raise_unicode(
                    vm,
                    class::UNICODE_ENCODE_ERROR,
                    encoding,
                    object,
                    range,
                    &reason,
                );
            }
            "ignore" => {}
            "replace" => bytes.push(b'?'),
            "backslashreplace" => bytes.extend(backslashed(code).bytes()),
            "xmlcharrefreplace" => bytes.extend(format!("&#{code};").bytes()),
            _ => return unknown_handler(vm, errors),
        }
    }
    Ok(bytes)
}

/// `\x41`, `\u20ac` or `\U0001f600`
pub fn backslashed(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

fn encode_wide(text: &str, bytes: usize, order: Order) -> Vec<u8> {
    let mark = (order == Order::Marked).then_some('\u{feff}');
    let units: Vec<u32> = match bytes {
        2 => {
            let mut pair = [0; 2];
            let all = mark.into_iter().chain(text.chars());
            all.flat_map(|c| {
                c.encode_utf16(&mut pair)
                    .iter()
                    .map(|&unit| unit.into())
                    .collect::<Vec<u32>>()
            })
            .collect()
        }
        _ => mark
            .into_iter()
            .chain(text.chars())
            .map(u32::from)
            .collect(),
    };
    let little = |unit: u32| unit.to_le_bytes().into_iter().take(bytes);
    match order {
        Order::Big => units
            .into_iter()
            .flat_map(|unit| little(unit).collect::<Vec<_>>().into_iter().rev())
            .collect(),
        Order::Little | Order::Marked => units.into_iter().flat_map(little).collect(),
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
    let mut decoder = Decoder {
        encoding,
        object,
        errors: errors.unwrap_or("strict"),
        text: String::with_capacity(bytes.len()),
    };
    match encoding {
        Encoding::Latin1 => return Ok(bytes.iter().map(|&byte| byte as char).collect()),
        Encoding::Ascii => decoder.ascii(vm, &bytes)?,
        Encoding::Utf8 => decoder.utf8(vm, &bytes, 0)?,
        Encoding::Utf8Signature => {
            let start = if bytes.starts_with(b"\xef\xbb\xbf") {
                3
            } else {
                0
            };
            decoder.utf8(vm, &bytes, start)?;
        }
        Encoding::Wide {
            bytes: width,
            order,
        } => decoder.wide(vm, &bytes, width, order)?,
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
    /// Deals with bytes that mean nothing.
    fn fault(
        &mut self,
        vm: &mut Vm,
        bytes: &[u8],
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Outcome<()> {
        match self.errors {
            "strict" => {
                let class = class::UNICODE_DECODE_ERROR;
                return raise_unicode(vm, class, self.encoding, self.object, range, reason);
            }
            "ignore" => {}
            "replace" => self.text.push('\u{fffd}'),
            "backslashreplace" => {
                let faulty = bytes.get(range).unwrap_or_default();
                self.text
                    .extend(faulty.iter().map(|&byte| backslashed(byte.into())));
            }
            other => return unknown_handler(vm, other),
        }
        Ok(())
    }

    fn ascii(&mut self, vm: &mut Vm, bytes: &[u8]) -> Outcome<()> {
        for (at, &byte) in bytes.iter().enumerate() {
            match byte.is_ascii() {
                true => self.text.push(byte as char),
                false => self.fault(vm, bytes, at..at + 1, "ordinal not in range(128)")?,
            }
        }
        Ok(())
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
            self.fault(vm, bytes, at..end, reason)?;
            at = end;
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
                return self.fault(vm, bytes, at..bytes.len(), "truncated data");
            };
            let (code, length) = match (width, unit) {
                (2, 0xd800..=0xdbff) => match unit_after(bytes, at, order) {
                    Some(low @ 0xdc00..=0xdfff) => {
                        (0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 4)
                    }
                    Some(_) => (unit, 2),
                    None => {
                        return self.fault(vm, bytes, at..bytes.len(), "unexpected end of data");
                    }
                },
                _ => (unit, width),
            };
            match char::from_u32(code) {
                Some(c) => self.text.push(c),
                None => {
                    let reason = match (width, code) {
                        (2, 0xdc00..=0xdfff) => "illegal encoding",
                        (2, _) => "illegal UTF-16 surrogate",
                        (_, 0xd800..=0xdfff) => {
                            "code point in surrogate code point range(0xd800, 0xe000)"
                        }
                        _ => "code point not in range(0x110000)",
                    };
                    self.fault(vm, bytes, at..at + width, reason)?;
                }
            }
            at += length;
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
                c.map(|c| format!("'{}'", backslashed(c.into()))),
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
    encoding: Encoding,
    object: Value,
    range: std::ops::Range<usize>,
    reason: &str,
) -> Outcome<T> {
    let name = vm.str(encoding.name());
    let reason = vm.str(reason);
    let (start, end) = (Value::Int(range.start as i64), Value::Int(range.end as i64));
    vm.raise_with(class, &[name, object, start, end, reason])
}
