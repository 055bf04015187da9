//! Taking bytes apart and putting them together.

use super::search::locate;
use super::{buffer, is_space, like, own};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::value::Value;

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Left,
    Right,
}

fn list(vm: &mut Vm, object: Value, parts: Vec<Vec<u8>>) -> Value {
    let items = parts
        .into_iter()
        .map(|part| like(vm, object, part))
        .collect();
    vm.list(items)
}

fn separator(vm: &mut Vm, value: Value) -> Outcome<Vec<u8>> {
    let separator = buffer(vm, value)?;
    match separator.is_empty() {
        true => vm.value_error("empty separator"),
        false => Ok(separator),
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

/// Splitting from the right is splitting from the left of the reversed bytes.
fn split_from(vm: &mut Vm, args: &Args, from: From) -> Outcome {
    let most = match args.opt(2) {
        None => -1,
        Some(most) => convert::c_integer(vm, most, CType::Ssize)?,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut separator = match args.opt(1).filter(|value| !value.is_none()) {
        None => Vec::new(),
        Some(value) => separator(vm, value)?,
    };
    let mut bytes = own(vm, args);
    if from == From::Right {
        bytes.reverse();
        separator.reverse();
    }
    let mut parts = match separator.is_empty() {
        true => words(&bytes, most),
        false => fields(&bytes, &separator, most),
    };
    if from == From::Right {
        parts.reverse();
        parts.iter_mut().for_each(|part| part.reverse());
    }
    Ok(list(vm, args[0], parts))
}

fn fields(bytes: &[u8], separator: &[u8], most: usize) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    let mut from = 0;
    while parts.len() < most
        && let Some(at) = locate(bytes, separator, from)
    {
        parts.push(bytes.get(from..at).unwrap_or_default().to_vec());
        from = at + separator.len();
    }
    parts.push(bytes.get(from..).unwrap_or_default().to_vec());
    parts
}

fn words(bytes: &[u8], most: usize) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    let mut rest = trim_start(bytes, &is_space);
    while !rest.is_empty() {
        let end = match parts.len() < most {
            true => rest
                .iter()
                .position(|&byte| is_space(byte))
                .unwrap_or(rest.len()),
            false => rest.len(),
        };
        let (word, behind) = rest.split_at(end);
        parts.push(word.to_vec());
        rest = trim_start(behind, &is_space);
    }
    parts
}

fn trim_start<'b>(bytes: &'b [u8], drop: &dyn Fn(u8) -> bool) -> &'b [u8] {
    let start = bytes
        .iter()
        .position(|&byte| !drop(byte))
        .unwrap_or(bytes.len());
    bytes.get(start..).unwrap_or_default()
}

fn trim_end<'b>(bytes: &'b [u8], drop: &dyn Fn(u8) -> bool) -> &'b [u8] {
    let end = bytes
        .iter()
        .rposition(|&byte| !drop(byte))
        .map_or(0, |at| at + 1);
    bytes.get(..end).unwrap_or_default()
}

type Trim = for<'b> fn(&'b [u8], &dyn Fn(u8) -> bool) -> &'b [u8];

fn trimmed(vm: &mut Vm, args: &Args, trims: &[Trim]) -> Outcome {
    let dropped = match args.opt(1).filter(|value| !value.is_none()) {
        None => None,
        Some(value) => Some(buffer(vm, value)?),
    };
    let drop = |byte: u8| match &dropped {
        None => is_space(byte),
        Some(dropped) => dropped.contains(&byte),
    };
    let bytes = own(vm, args);
    let rest = trims
        .iter()
        .fold(bytes.as_slice(), |rest, trim| trim(rest, &drop))
        .to_vec();
    Ok(like(vm, args[0], rest))
}

/// `strip`
pub fn strip(vm: &mut Vm, args: &Args) -> Outcome {
    trimmed(vm, args, &[trim_start, trim_end])
}

/// `lstrip`
pub fn lstrip(vm: &mut Vm, args: &Args) -> Outcome {
    trimmed(vm, args, &[trim_start])
}

/// `rstrip`
pub fn rstrip(vm: &mut Vm, args: &Args) -> Outcome {
    trimmed(vm, args, &[trim_end])
}

/// `splitlines`
pub fn splitlines(vm: &mut Vm, args: &Args) -> Outcome {
    let keep = match args.opt(1) {
        None => false,
        Some(keep) => vm.truth(keep)?,
    };
    let bytes = own(vm, args);
    let mut lines = Vec::new();
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let (line, behind) = rest.split_at(end);
        let length = if behind.starts_with(b"\r\n") {
            2
        } else {
            behind.len().min(1)
        };
        let (whole, next) = rest.split_at(end + length);
        lines.push(if keep { whole } else { line }.to_vec());
        rest = next;
    }
    Ok(list(vm, args[0], lines))
}

/// `partition`
pub fn partition(vm: &mut Vm, args: &Args) -> Outcome {
    let separator = separator(vm, args[1])?;
    let bytes = own(vm, args);
    let parts = match locate(&bytes, &separator, 0) {
        Some(at) => cut(&bytes, at, &separator),
        None => [bytes, Vec::new(), Vec::new()],
    };
    let parts = parts.map(|part| like(vm, args[0], part));
    Ok(vm.tuple(parts))
}

/// `rpartition`
pub fn rpartition(vm: &mut Vm, args: &Args) -> Outcome {
    let separator = separator(vm, args[1])?;
    let bytes = own(vm, args);
    let parts = match bytes
        .windows(separator.len())
        .rposition(|part| part == separator)
    {
        Some(at) => cut(&bytes, at, &separator),
        None => [Vec::new(), Vec::new(), bytes],
    };
    let parts = parts.map(|part| like(vm, args[0], part));
    Ok(vm.tuple(parts))
}

fn cut(bytes: &[u8], at: usize, separator: &[u8]) -> [Vec<u8>; 3] {
    let after = bytes.get(at + separator.len()..).unwrap_or_default();
    let before = bytes.get(..at).unwrap_or_default();
    [before.to_vec(), separator.to_vec(), after.to_vec()]
}

/// `join`
pub fn join(vm: &mut Vm, args: &Args) -> Outcome {
    if !vm.is_iterable(args[1]) {
        return vm.type_error("can only join an iterable");
    }
    let items = vm.collect(args[1])?;
    let separator = own(vm, args);
    let mut joined = Vec::new();
    for (n, item) in items.into_iter().enumerate() {
        let Some(part) = vm.as_bytes(item) else {
            let class = vm.class_name(item).to_owned();
            return vm.type_error(format!(
                "sequence item {n}: expected a bytes-like object, {class} found"
            ));
        };
        if n > 0 {
            joined.extend_from_slice(&separator);
        }
        joined.extend_from_slice(part);
        if joined.len() > vm.limits.bytes {
            return vm.raise_with(class::MEMORY_ERROR, &[]);
        }
    }
    Ok(like(vm, args[0], joined))
}
