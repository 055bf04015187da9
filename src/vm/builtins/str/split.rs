//! Taking a str apart and putting it together.

use super::text;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::number::parse::is_space;
use crate::vm::text::Text;
use crate::vm::value::Value;
use std::rc::Rc;

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Left,
    Right,
}

fn strings(vm: &mut Vm, parts: &[&str]) -> Value {
    let items = parts.iter().map(|&part| vm.str(part)).collect();
    vm.list(items)
}

/// A separator argument; `None` means white space.
fn separator(vm: &mut Vm, value: Value) -> Outcome<Option<Rc<Text>>> {
    if value.is_unbound() || value.is_none() {
        return Ok(None);
    }
    match vm.as_text(value).cloned() {
        Some(text) if text.chars() == 0 => vm.value_error("empty separator"),
        Some(text) => Ok(Some(text)),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!("must be str or None, not {class}"))
        }
    }
}

/// `split`
pub fn split(vm: &mut Vm, args: &Args) -> Outcome {
    split_from(vm, args, From::Left)
}

/// `rsplit`
pub fn rsplit(vm: &mut Vm, args: &Args) -> Outcome {
    split_from(vm, args, From::Right)
}

fn split_from(vm: &mut Vm, args: &Args, from: From) -> Outcome {
    let most = match args.opt(2) {
        None => -1,
        Some(most) => convert::c_integer(vm, most, CType::Ssize)?,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let separator = separator(vm, args[1])?;
    let text = text(vm, args[0]);
    let limit = most.saturating_add(1);
    let mut parts: Vec<&str> = match (&separator, from) {
        (Some(separator), From::Left) => text.as_str().splitn(limit, separator.as_str()).collect(),
        (Some(separator), From::Right) => {
            text.as_str().rsplitn(limit, separator.as_str()).collect()
        }
        (None, From::Left) => words(text.as_str(), most),
        (None, From::Right) => words_from_right(text.as_str(), most),
    };
    if from == From::Right {
        parts.reverse();
    }
    Ok(strings(vm, &parts))
}

fn words(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let end = match parts.len() < most {
            true => rest.find(is_space).unwrap_or(rest.len()),
            false => rest.len(),
        };
        let (word, behind) = rest.split_at(end);
        parts.push(word);
        rest = behind.trim_start_matches(is_space);
    }
    parts
}

/// The same from the right, last word first.
fn words_from_right(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        let start = match parts.len() < most {
            true => rest.rfind(is_space).map_or(0, |at| {
                at + rest
                    .get(at..)
                    .and_then(|s| s.chars().next())
                    .map_or(0, char::len_utf8)
            }),
            false => 0,
        };
        let (before, word) = rest.split_at(start);
        parts.push(word);
        rest = before.trim_end_matches(is_space);
    }
    parts
}

/// `splitlines`
pub fn splitlines(vm: &mut Vm, args: &Args) -> Outcome {
    let keep = match args.opt(1) {
        None => false,
        Some(keep) => vm.truth(keep)?,
    };
    let text = text(vm, args[0]);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let at = rest.find(is_line_end).unwrap_or(rest.len());
        let (line, behind) = rest.split_at(at);
        let length = match behind.starts_with("\r\n") {
            true => 2,
            false => behind.chars().next().map_or(0, char::len_utf8),
        };
        let (whole, next) = rest.split_at(at + length);
        parts.push(if keep { whole } else { line });
        rest = next;
    }
    Ok(strings(vm, &parts))
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `partition`
pub fn partition(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let separator = partition_separator(vm, args[1])?;
    let (before, found, after) = match text.as_str().split_once(separator.as_str()) {
        Some((before, after)) => (before, separator.as_str(), after),
        None => (text.as_str(), "", ""),
    };
    let parts = [before, found, after].map(|part| vm.str(part));
    Ok(vm.tuple(parts))
}

/// `rpartition`
pub fn rpartition(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let separator = partition_separator(vm, args[1])?;
    let (before, found, after) = match text.as_str().rsplit_once(separator.as_str()) {
        Some((before, after)) => (before, separator.as_str(), after),
        None => ("", "", text.as_str()),
    };
    let parts = [before, found, after].map(|part| vm.str(part));
    Ok(vm.tuple(parts))
}

fn partition_separator(vm: &mut Vm, value: Value) -> Outcome<Rc<Text>> {
    match vm.as_text(value).cloned() {
        Some(text) if text.chars() == 0 => vm.value_error("empty separator"),
        Some(text) => Ok(text),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!("must be str, not {class}"))
        }
    }
}

/// What `strip` and its kin take away.
enum Trimmed {
    Space,
    Any(Rc<Text>),
}

impl Trimmed {
    fn of(vm: &mut Vm, value: Value, function: &str) -> Outcome<Self> {
        if value.is_unbound() || value.is_none() {
            return Ok(Self::Space);
        }
        match vm.as_text(value).cloned() {
            Some(text) => Ok(Self::Any(text)),
            None => vm.type_error(format!("{function} arg must be None or str")),
        }
    }

    fn takes(&self, c: char) -> bool {
        match self {
            Self::Space => is_space(c),
            Self::Any(text) => text.as_str().contains(c),
        }
    }
}

/// `strip`
pub fn strip(vm: &mut Vm, args: &Args) -> Outcome {
    let trimmed = Trimmed::of(vm, args[1], "strip")?;
    let text = text(vm, args[0]);
    Ok(vm.str(text.as_str().trim_matches(|c| trimmed.takes(c))))
}

/// `lstrip`
pub fn lstrip(vm: &mut Vm, args: &Args) -> Outcome {
    let trimmed = Trimmed::of(vm, args[1], "lstrip")?;
    let text = text(vm, args[0]);
    Ok(vm.str(text.as_str().trim_start_matches(|c| trimmed.takes(c))))
}

/// `rstrip`
pub fn rstrip(vm: &mut Vm, args: &Args) -> Outcome {
    let trimmed = Trimmed::of(vm, args[1], "rstrip")?;
    let text = text(vm, args[0]);
    Ok(vm.str(text.as_str().trim_end_matches(|c| trimmed.takes(c))))
}

/// `join`
pub fn join(vm: &mut Vm, args: &Args) -> Outcome {
    let separator = text(vm, args[0]);
    let items = match vm.items(args[1]) {
        Some(items) => items.to_vec(),
        None if !vm.is_iterable(args[1]) => {
            return vm.type_error("can only join an iterable");
        }
        None => vm.collect(args[1])?,
    };
    let mut joined = String::new();
    for (n, &item) in items.iter().enumerate() {
        let Some(part) = vm.as_text(item) else {
            let class = vm.class_name(item).to_owned();
            return vm.type_error(format!(
                "sequence item {n}: expected str instance, {class} found"
            ));
        };
        if n > 0 {
            joined.push_str(separator.as_str());
        }
        joined.push_str(part.as_str());
        if joined.len() > vm.limits.bytes {
            return vm.raise_with(class::MEMORY_ERROR, &[]);
        }
    }
    match items.as_slice() {
        &[only] if vm.class_of(only) == class::STR => Ok(only),
        _ => Ok(vm.str(joined)),
    }
}
