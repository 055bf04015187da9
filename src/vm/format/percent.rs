//! `%`-formatting of str, bytes and bytearray. Bytes are handled as texts of the characters 0 to 255.

use super::super::class;
use super::super::machine::Vm;
use super::super::names;
use super::super::native::Outcome;
use super::super::number::{Number, convert, float as float_number, int};
use super::super::object::Payload;
use super::super::value::Value;
use super::field::Parts;
use super::float::Style;
use super::spec::{Align, Spec};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use std::rc::Rc;

/// What kind of object the template is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavor {
    Text,
    Bytes,
}

/// `template % args`, of a template that is a str, bytes or bytearray.
pub fn percent(vm: &mut Vm, template: Value, args: Value) -> Outcome {
    if let Some(text) = vm.as_text(template) {
        let text = text.clone();
        let result = Formatter::new(vm, text.as_str(), args, Flavor::Text).run(vm)?;
        return Ok(vm.str(result));
    }
    let text = latin1(vm.as_bytes(template).unwrap_or_default());
    let result = Formatter::new(vm, &text, args, Flavor::Bytes).run(vm)?;
    let bytes: Vec<u8> = result.chars().map(|c| c as u8).collect();
    Ok(match vm.heap.content(template) {
        Some(Payload::ByteArray(_)) => {
            vm.object(class::BYTEARRAY, Payload::ByteArray(Rc::new(bytes)))
        }
        _ => vm.bytes(bytes),
    })
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| byte as char).collect()
}

/// One conversion specifier.
struct Directive {
    spec: Spec,
    kind: char,
    /// Index of the letter, for messages.
    at: usize,
}

impl Directive {
    /// `0` pads numbers only.
    fn zero_padded(&self) -> Spec {
        let align = match (self.spec.fill, self.spec.align) {
            ('0', Align::Right) => Align::AfterSign,
            (_, align) => align,
        };
        let fill = if align == Align::AfterSign { '0' } else { ' ' };
        let spec = self.spec.clone();
        Spec {
            fill,
            align,
            ..spec
        }
    }
}

/// What is to be formatted: the items of a tuple, or one object, which may also be a mapping.
struct Arguments {
    items: Vec<Value>,
    next: usize,
    mapping: Option<Value>,
}

struct Formatter {
    flavor: Flavor,
    template: Vec<char>,
    at: usize,
    arguments: Arguments,
}

impl Formatter {
    fn new(vm: &Vm, template: &str, args: Value, flavor: Flavor) -> Self {
        let content = vm.heap.content(args);
        let plain = match content {
            Some(Payload::Tuple(_) | Payload::Str(_)) => true,
            Some(Payload::Bytes(_) | Payload::ByteArray(_)) => flavor == Flavor::Bytes,
            _ => false,
        };
        let subscriptable = vm.special(vm.class_of(args), names::GETITEM).is_some();
        let items = match content {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => vec![args],
        };
        let arguments = Arguments {
            items,
            next: 0,
            mapping: (!plain && subscriptable).then_some(args),
        };
        let template = template.chars().collect();
        Self {
            flavor,
            template,
            at: 0,
            arguments,
        }
    }

    fn run(mut self, vm: &mut Vm) -> Outcome<String> {
        let mut text = String::new();
        while let Some(c) = self.take() {
            if c != '%' {
                text.push(c);
            } else if self.template.get(self.at) == Some(&'%') {
                self.at += 1;
                text.push('%');
            } else {
                let directive = self.directive(vm)?;
                text += &self.convert(vm, &directive)?;
            }
            if text.len() > vm.limits.bytes {
                return vm.raise_with(class::MEMORY_ERROR, &[]);
            }
        }
        let rest = self.arguments.next < self.arguments.items.len();
        if rest && self.arguments.mapping.is_none() {
            let what = match self.flavor {
                Flavor::Text => "string",
                Flavor::Bytes => "bytes",
            };
            return vm.type_error(format!(
                "not all arguments converted during {what} formatting"
            ));
        }
        Ok(text)
    }

    fn take(&mut self) -> Option<char> {
        let c = self.template.get(self.at).copied();
        self.at += usize::from(c.is_some());
        c
    }

    fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.template.get(self.at).copied().filter(|&c| wanted(c))?;
        self.at += 1;
        Some(c)
    }

    fn argument(&mut self, vm: &mut Vm) -> Outcome {
        match self.arguments.items.get(self.arguments.next) {
            Some(&value) => {
                self.arguments.next += 1;
                Ok(value)
            }
            None => vm.type_error("not enough arguments for format string"),
        }
    }

    /// Reads what stands behind a `%`.
    fn directive(&mut self, vm: &mut Vm) -> Outcome<Directive> {
        if self.take_if(|c| c == '(').is_some() {
            self.select_key(vm)?;
        }
        let mut spec = Spec {
            fill: ' ',
            align: Align::Right,
            sign: None,
            positive_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            fraction_grouping: None,
            kind: None,
        };
        while let Some(flag) = self.take_if(|c| "-+ #0".contains(c)) {
            match flag {
                '-' => spec.align = Align::Left,
                '+' => spec.sign = Some('+'),
                ' ' => spec.sign = spec.sign.or(Some(' ')),
                '#' => spec.alternate = true,
                _ => spec.fill = '0',
            }
        }
        self.width(vm, &mut spec)?;
        if self.take_if(|c| c == '.').is_some() {
            spec.precision = Some(self.precision(vm)?);
        }
        self.take_if(|c| "hlL".contains(c));
        let at = self.at;
        match self.take() {
            Some(kind) => Ok(Directive { spec, kind, at }),
            None => vm.value_error("incomplete format"),
        }
    }

    fn select_key(&mut self, vm: &mut Vm) -> Outcome<()> {
        let Some(mapping) = self.arguments.mapping else {
            return vm.type_error("format requires a mapping");
        };
        let mut open = 1;
        let mut key = String::new();
        while open > 0 {
            match self.take() {
                Some('(') => open += 1,
                Some(')') => open -= 1,
                Some(_) => {}
                None => return vm.value_error("incomplete format key"),
            }
            key.extend(self.template.get(self.at - 1).filter(|_| open > 0));
        }
        let flavor = self.flavor;
        let key = vm.once(|vm| {
            Ok(match flavor {
                Flavor::Text => vm.str(key),
                Flavor::Bytes => vm.bytes(key.chars().map(|c| c as u8).collect::<Vec<_>>()),
            })
        })?;
        let value = vm.get_item(mapping, key)?;
        self.arguments.items = vec![value];
        self.arguments.next = 0;
        Ok(())
    }

    fn width(&mut self, vm: &mut Vm, spec: &mut Spec) -> Outcome<()> {
        if self.take_if(|c| c == '*').is_none() {
            spec.width = self.digits(vm, i64::MAX, "width too big")?;
            return Ok(());
        }
        let width = self.star(vm, convert::CType::Ssize)?;
        if width < 0 {
            spec.align = Align::Left;
        }
        spec.width = width.unsigned_abs() as usize;
        Ok(())
    }

    fn precision(&mut self, vm: &mut Vm) -> Outcome<usize> {
        if self.take_if(|c| c == '*').is_none() {
            return self.digits(vm, i32::MAX.into(), "precision too big");
        }
        let precision = self.star(vm, convert::CType::Int)?;
        Ok(precision.max(0) as usize)
    }

    fn star(&mut self, vm: &mut Vm, c_type: convert::CType) -> Outcome<i64> {
        let value = self.argument(vm)?;
        if vm.as_big(value).is_none() {
            return vm.type_error("* wants int");
        }
        convert::c_integer(vm, value, c_type)
    }

    fn digits(&mut self, vm: &mut Vm, most: i64, message: &str) -> Outcome<usize> {
        let mut value: i64 = 0;
        while let Some(digit) = self
            .take_if(|c| c.is_ascii_digit())
            .and_then(|c| c.to_digit(10))
        {
            let next = value
                .checked_mul(10)
                .and_then(|v| v.checked_add(digit.into()));
            match next.filter(|&next| next <= most) {
                Some(next) => value = next,
                None => return vm.value_error(message),
            }
        }
        Ok(value as usize)
    }

    fn convert(&mut self, vm: &mut Vm, directive: &Directive) -> Outcome<String> {
        if directive
            .spec
            .precision
            .is_some_and(|p| p > vm.limits.bytes / 4)
        {
            return vm.raise_with(class::MEMORY_ERROR, &[]);
        }
        let value = self.argument(vm)?;
        match (directive.kind, self.flavor) {
            ('d' | 'i' | 'u' | 'o' | 'x' | 'X', _) => integer(vm, value, directive),
            ('e' | 'E' | 'f' | 'F' | 'g' | 'G', flavor) => float(vm, value, directive, flavor),
            ('c', Flavor::Text) => {
                let c = character(vm, value)?;
                plain(vm, directive, &c.to_string())
            }
            ('c', Flavor::Bytes) => {
                let c = byte(vm, value)?;
                plain(vm, directive, &c.to_string())
            }
            ('s', Flavor::Text) => {
                let text = vm.to_str(value)?;
                cut(vm, directive, &text)
            }
            ('r', Flavor::Text) => {
                let text = vm.repr(value)?;
                cut(vm, directive, &text)
            }
            ('s' | 'b', Flavor::Bytes) => {
                let bytes = bytes_like(vm, value)?;
                cut(vm, directive, &latin1(&bytes))
            }
            ('a', _) | ('r', Flavor::Bytes) => {
                let text = vm.ascii(value)?;
                cut(vm, directive, &text)
            }
            (kind, _) => {
                let (code, at) = (kind as u32, directive.at);
                let shown = if (32..127).contains(&code) { kind } else { '?' };
                vm.value_error(format!(
                    "unsupported format character '{shown}' (0x{code:x}) at index {at}"
                ))
            }
        }
    }
}

fn plain(vm: &mut Vm, directive: &Directive, text: &str) -> Outcome<String> {
    let spec = Spec {
        fill: ' ',
        ..directive.spec.clone()
    };
    spec.pad(vm, "", text)
}

fn cut(vm: &mut Vm, directive: &Directive, text: &str) -> Outcome<String> {
    match directive.spec.precision {
        None => plain(vm, directive, text),
        Some(most) => plain(vm, directive, &text.chars().take(most).collect::<String>()),
    }
}

fn integer(vm: &mut Vm, value: Value, directive: &Directive) -> Outcome<String> {
    let number = whole_number(vm, value, directive.kind)?;
    let (base, prefix) = match directive.kind {
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut whole = match base {
        10 => int::to_str(vm, &number.abs())?,
        _ => int::digits(&number.abs(), base),
    };
    if directive.kind == 'X' {
        whole.make_ascii_uppercase();
    }
    let least = directive.spec.precision.unwrap_or(0);
    let zeros = "0".repeat(least.saturating_sub(whole.len()));
    let parts = Parts {
        negative: number.is_negative(),
        prefix: if directive.spec.alternate { prefix } else { "" },
        whole: zeros + &whole,
        ..Parts::default()
    };
    parts.fit(vm, &directive.zero_padded())
}

fn whole_number(vm: &mut Vm, value: Value, kind: char) -> Outcome<BigInt> {
    let decimal = matches!(kind, 'd' | 'i' | 'u');
    let number = match Number::of(vm, value) {
        Some(Number::Float(number)) if decimal => Some(float_number::to_int(vm, number)?),
        Some(Number::Small(_) | Number::Big(_)) => Some(value),
        _ => match vm.special(vm.class_of(value), names::INT) {
            Some(method) if decimal && !vm.is_builtin(vm.class_of(value)) => {
                let result = vm.call_special(method, value, &[])?;
                Some(convert::expect_int(vm, result, "__int__")?)
            }
            _ => convert::index_opt(vm, value)?,
        },
    };
    match number.and_then(|number| vm.as_big(number)) {
        Some(number) => Ok(number),
        None => {
            let class = vm.class_name(value).to_owned();
            let wanted = if decimal {
                "a real number"
            } else {
                "an integer"
            };
            vm.type_error(format!("%{kind} format: {wanted} is required, not {class}"))
        }
    }
}

fn float(vm: &mut Vm, value: Value, directive: &Directive, flavor: Flavor) -> Outcome<String> {
    let number = match convert::float_opt(vm, value)? {
        Some(number) => number,
        None => {
            let class = vm.class_name(value).to_owned();
            return vm.type_error(match flavor {
                Flavor::Text => format!("must be real number, not {class}"),
                Flavor::Bytes => format!("float argument required, not {class}"),
            });
        }
    };
    let style = Style::of(directive.kind, directive.spec.precision.unwrap_or(6));
    let mut parts = style.parts(number, directive.spec.alternate);
    if directive.kind.is_ascii_uppercase() {
        parts.whole.make_ascii_uppercase();
        parts.suffix.make_ascii_uppercase();
    }
    parts.fit(vm, &directive.zero_padded())
}

fn character(vm: &mut Vm, value: Value) -> Outcome<char> {
    if let Some(text) = vm.as_text(value) {
        if let (1, Some(c)) = (text.chars(), text.char_at(0)) {
            return Ok(c);
        }
        let length = text.chars();
        return vm.type_error(format!(
            "%c requires an int or a unicode character, not a string of length {length}"
        ));
    }
    let Some(number) = convert::index_opt(vm, value)? else {
        let class = vm.class_name(value).to_owned();
        return vm.type_error(format!(
            "%c requires an int or a unicode character, not {class}"
        ));
    };
    let code = vm.as_big(number).and_then(|number| number.to_u32());
    match code.and_then(char::from_u32) {
        Some(c) => Ok(c),
        None => vm.raise(class::OVERFLOW_ERROR, "%c arg not in range(0x110000)"),
    }
}

fn byte(vm: &mut Vm, value: Value) -> Outcome<char> {
    let message = "%c requires an integer in range(256) or a single byte, not";
    if let Some(bytes) = vm.as_bytes(value) {
        if let &[byte] = bytes {
            return Ok(byte.into());
        }
        let length = bytes.len();
        let class = vm.class_name(value).to_owned();
        return vm.type_error(format!("{message} a {class} object of length {length}"));
    }
    let Some(number) = convert::index_opt(vm, value)? else {
        let class = vm.class_name(value).to_owned();
        return vm.type_error(format!("{message} {class}"));
    };
    match vm
        .as_i64(number)
        .and_then(|number| u8::try_from(number).ok())
    {
        Some(byte) => Ok(byte.into()),
        None => vm.raise(class::OVERFLOW_ERROR, "%c arg not in range(256)"),
    }
}

fn bytes_like(vm: &mut Vm, value: Value) -> Outcome<Vec<u8>> {
    if let Some(bytes) = vm.as_bytes(value) {
        return Ok(bytes.to_vec());
    }
    let class = vm.class_of(value);
    if !vm.is_builtin(class)
        && let Some(method) = vm.special(class, names::BYTES)
    {
        let result = vm.call_special(method, value, &[])?;
        return match vm.as_bytes(result) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => {
                let class = vm.class_name(result).to_owned();
                vm.type_error(format!("__bytes__ returned non-bytes (type {class})"))
            }
        };
    }
    let class = vm.class_name(value).to_owned();
    vm.type_error(format!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'"
    ))
}
