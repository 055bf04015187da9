//! `str.format`: replacement fields with attribute and index access, conversions and nested specifications.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;

/// Where replacement fields find their values.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// `format(*positional, **named)`
    Arguments {
        /// Positional arguments.
        positional: &'a [Value],
        /// Keyword arguments.
        named: &'a [(Value, Value)],
    },
    /// `format_map(mapping)`
    Mapping(Value),
}

/// How fields without a name are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Undecided,
    Automatic(usize),
    Manual,
}

/// Fields in a specification are replaced; fields in theirs are not.
const MAX_DEPTH: u32 = 2;

/// `template.format(…)`
pub fn format(vm: &mut Vm, template: &str, source: Source) -> Outcome {
    let mut formatter = Formatter {
        source,
        numbering: Numbering::Undecided,
    };
    let text = formatter.render(vm, template, MAX_DEPTH)?;
    Ok(vm.str(text))
}

struct Formatter<'a> {
    source: Source<'a>,
    numbering: Numbering,
}

/// A replacement field as it is written.
struct Field<'t> {
    name: &'t str,
    conversion: Option<char>,
    spec: &'t str,
}

impl Formatter<'_> {
    fn render(&mut self, vm: &mut Vm, template: &str, depth: u32) -> Outcome<String> {
        if depth == 0 {
            return vm.value_error("Max string recursion exceeded");
        }
        let mut text = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (literal, markup) = rest.split_at(at);
            text.push_str(literal);
            let brace = if markup.starts_with('{') { '{' } else { '}' };
            let after = markup.get(1..).unwrap_or_default();
            if let Some(escaped) = after.strip_prefix(brace) {
                text.push(brace);
                rest = escaped;
                continue;
            }
            if brace == '}' || after.is_empty() {
                return vm.value_error(format!("Single '{brace}' encountered in format string"));
            }
            let (field, behind) = read_field(vm, after)?;
            text += &self.replace(vm, &field, depth)?;
            rest = behind;
            if text.len() > vm.limits.bytes {
                return vm.raise_with(class::MEMORY_ERROR, &[]);
            }
        }
        text.push_str(rest);
        Ok(text)
    }

    fn replace(&mut self, vm: &mut Vm, field: &Field, depth: u32) -> Outcome<String> {
        let value = self.value(vm, field.name)?;
        let value = match field.conversion {
            None => value,
            Some(conversion) => {
                let text = match conversion {
                    'r' => vm.repr(value)?,
                    's' => vm.to_str(value)?,
                    'a' => vm.ascii(value)?,
                    other => return unknown_conversion(vm, other),
                };
                vm.str(text)
            }
        };
        let spec = match field.spec.contains('{') {
            true => self.render(vm, field.spec, depth - 1)?,
            false => field.spec.to_owned(),
        };
        let formatted = vm.format(value, &spec)?;
        Ok(vm.as_str(formatted).unwrap_or_default().to_owned())
    }

    /// The value that a field's name denotes.
    fn value(&mut self, vm: &mut Vm, name: &str) -> Outcome {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = self.first(vm, first)?;
        while !rest.is_empty() {
            if let Some(attribute) = rest.strip_prefix('.') {
                let end = attribute.find(['.', '[']).unwrap_or(attribute.len());
                let (attribute, behind) = attribute.split_at(end);
                if attribute.is_empty() {
                    return vm.value_error("Empty attribute in format string");
                }
                let attribute = vm.intern(attribute);
                value = vm.get_attr(value, attribute)?;
                rest = behind;
                continue;
            }
            let Some(index) = rest.strip_prefix('[') else {
                return vm.value_error("Only '.' or '[' may follow ']' in format field specifier");
            };
            let Some((index, behind)) = index.split_once(']') else {
                return vm.value_error("Missing ']' in format string");
            };
            if index.is_empty() {
                return vm.value_error("Empty attribute in format string");
            }
            let index = match number(vm, index)? {
                Some(index) => Value::Int(index),
                None => vm.once(|vm| Ok(vm.str(index)))?,
            };
            value = vm.get_item(value, index)?;
            rest = behind;
        }
        Ok(value)
    }

    fn first(&mut self, vm: &mut Vm, name: &str) -> Outcome {
        let given = number(vm, name)?;
        let index = match (given, name.is_empty()) {
            (None, false) => return self.named(vm, name),
            (None, true) => self.next_automatic(vm)?,
            (Some(index), _) => {
                if matches!(self.numbering, Numbering::Automatic(_)) {
                    return vm.value_error(
                        "cannot switch from automatic field numbering to manual field specification",
                    );
                }
                self.numbering = Numbering::Manual;
                index as usize
            }
        };
        let Source::Arguments { positional, .. } = self.source else {
            return vm.value_error("Format string contains positional fields");
        };
        match positional.get(index) {
            Some(&value) => Ok(value),
            None => vm.raise(
                class::INDEX_ERROR,
                format!("Replacement index {index} out of range for positional args tuple"),
            ),
        }
    }

    fn next_automatic(&mut self, vm: &mut Vm) -> Outcome<usize> {
        let index = match self.numbering {
            Numbering::Undecided => 0,
            Numbering::Automatic(next) => next,
            Numbering::Manual => {
                return vm.value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                );
            }
        };
        self.numbering = Numbering::Automatic(index + 1);
        Ok(index)
    }

    fn named(&mut self, vm: &mut Vm, name: &str) -> Outcome {
        match self.source {
            Source::Mapping(mapping) => {
                let key = vm.once(|vm| Ok(vm.str(name)))?;
                vm.get_item(mapping, key)
            }
            Source::Arguments { named, .. } => {
                let found = named.iter().find(|(key, _)| vm.as_str(*key) == Some(name));
                match found {
                    Some(&(_, value)) => Ok(value),
                    None => {
                        let key = vm.str(name);
                        vm.raise_with(class::KEY_ERROR, &[key])
                    }
                }
            }
        }
    }
}

fn unknown_conversion<T>(vm: &mut Vm, conversion: char) -> Outcome<T> {
    let shown = match conversion as u32 {
        33..127 => conversion.to_string(),
        code => format!("\\x{code:x}"),
    };
    vm.value_error(format!("Unknown conversion specifier {shown}"))
}

/// A text of decimal digits as a number; `None` when it is something else.
fn number(vm: &mut Vm, text: &str) -> Outcome<Option<i64>> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    match text.parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => vm.value_error("Too many decimal digits in format string"),
    }
}

/// Reads a field, behind its opening brace; gives what follows its closing one.
fn read_field<'t>(vm: &mut Vm, text: &'t str) -> Outcome<(Field<'t>, &'t str)> {
    let mut bracketed = false;
    let mut end = None;
    for (at, c) in text.char_indices() {
        match c {
            ']' if bracketed => bracketed = false,
            _ if bracketed => {}
            '[' => bracketed = true,
            '{' => return vm.value_error("unexpected '{' in field name"),
            '}' | ':' | '!' => {
                end = Some(at);
                break;
            }
            _ => {}
        }
    }
    let Some((name, behind)) = end.map(|at| text.split_at(at)) else {
        return vm.value_error("expected '}' before end of string");
    };
    if let Some(rest) = behind.strip_prefix('}') {
        let (conversion, spec) = (None, "");
        return Ok((
            Field {
                name,
                conversion,
                spec,
            },
            rest,
        ));
    }
    let (conversion, rest) = match behind.strip_prefix('!') {
        None => (None, behind.get(1..).unwrap_or_default()),
        Some(after) => {
            let mut chars = after.chars();
            let conversion = chars.next();
            if conversion.is_none() {
                return vm.value_error("end of string while looking for conversion specifier");
            }
            match chars.next() {
                Some('}') => {
                    let spec = "";
                    return Ok((
                        Field {
                            name,
                            conversion,
                            spec,
                        },
                        chars.as_str(),
                    ));
                }
                None | Some(':') => (conversion, chars.as_str()),
                Some(_) => return vm.value_error("expected ':' after conversion specifier"),
            }
        }
    };
    match matching_brace(rest) {
        Some(at) => {
            let (spec, rest) = rest.split_at(at);
            let rest = rest.get(1..).unwrap_or_default();
            Ok((
                Field {
                    name,
                    conversion,
                    spec,
                },
                rest,
            ))
        }
        None => vm.value_error("unmatched '{' in format spec"),
    }
}

fn matching_brace(text: &str) -> Option<usize> {
    let mut open = 1;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}
