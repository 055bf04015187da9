//! Finding, counting and replacing within bytes.

use super::construct::byte;
use super::{buffer, like, own};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::slices;
use crate::vm::value::Value;

/// The position of the first occurrence at or after an offset.
pub fn locate(text: &[u8], sub: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    if sub.is_empty() {
        return Some(from);
    }
    rest.windows(sub.len())
        .position(|part| part == sub)
        .map(|at| from + at)
}

fn locate_last(text: &[u8], sub: &[u8]) -> Option<usize> {
    if sub.is_empty() {
        return Some(text.len());
    }
    text.windows(sub.len()).rposition(|part| part == sub)
}

fn needle(vm: &mut Vm, value: Value) -> Outcome<Vec<u8>> {
    if let Some(bytes) = vm.as_bytes(value) {
        return Ok(bytes.to_vec());
    }
    if convert::index_opt(vm, value)?.is_some() {
        return Ok(vec![byte(vm, value, "byte must be in range(0, 256)")?]);
    }
    let class = vm.class_name(value).to_owned();
    vm.type_error(format!(
        "argument should be integer or bytes-like object, not '{class}'"
    ))
}

/// The part that the arguments `start` and `end` (numbers 2 and 3) select with its position; `None` when it begins behind
/// its end.
fn window(vm: &mut Vm, args: &Args) -> Outcome<Option<(usize, Vec<u8>)>> {
    let start = convert::slice_position(vm, args[2], 0)?;
    let end = convert::slice_position(vm, args[3], i64::MAX)?;
    let bytes = own(vm, args);
    let first = slices::from_end(start, bytes.len());
    let last = slices::from_end(end, bytes.len()).min(bytes.len());
    Ok(bytes.get(first..last).map(|part| (first, part.to_vec())))
}

fn position(
    vm: &mut Vm,
    args: &Args,
    find: fn(&[u8], &[u8]) -> Option<usize>,
) -> Outcome<Option<i64>> {
    let sub = needle(vm, args[1])?;
    let window = window(vm, args)?;
    Ok(window.and_then(|(first, part)| find(&part, &sub).map(|at| (first + at) as i64)))
}

/// `find`
pub fn find(vm: &mut Vm, args: &Args) -> Outcome {
    let found = position(vm, args, |text, sub| locate(text, sub, 0))?;
    Ok(found.unwrap_or(-1).into())
}

/// `rfind`
pub fn rfind(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(position(vm, args, locate_last)?.unwrap_or(-1).into())
}

/// `index`
pub fn index(vm: &mut Vm, args: &Args) -> Outcome {
    match position(vm, args, |text, sub| locate(text, sub, 0))? {
        Some(at) => Ok(at.into()),
        None => vm.value_error("subsection not found"),
    }
}

/// `rindex`
pub fn rindex(vm: &mut Vm, args: &Args) -> Outcome {
    match position(vm, args, locate_last)? {
        Some(at) => Ok(at.into()),
        None => vm.value_error("subsection not found"),
    }
}

/// Positions of all occurrences that do not overlap.
fn hits(text: &[u8], sub: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = locate(text, sub, from) {
        found.push(at);
        from = at + sub.len().max(1);
    }
    found
}

/// `count`
pub fn count(vm: &mut Vm, args: &Args) -> Outcome {
    let sub = needle(vm, args[1])?;
    let count = window(vm, args)?.map_or(0, |(_, part)| hits(&part, &sub).len());
    Ok((count as i64).into())
}

/// `startswith`
pub fn startswith(vm: &mut Vm, args: &Args) -> Outcome {
    affix(vm, args, "startswith", |text, prefix| {
        text.starts_with(prefix)
    })
}

/// `endswith`
pub fn endswith(vm: &mut Vm, args: &Args) -> Outcome {
    affix(vm, args, "endswith", |text, suffix| text.ends_with(suffix))
}

fn affix(vm: &mut Vm, args: &Args, function: &str, has: fn(&[u8], &[u8]) -> bool) -> Outcome {
    let part = window(vm, args)?.map(|(_, part)| part);
    let has = |candidate: &[u8]| part.as_ref().is_some_and(|part| has(part, candidate));
    if let Some(candidates) = vm.as_tuple(args[1]).cloned() {
        for &candidate in candidates.iter() {
            let candidate = buffer(vm, candidate)?;
            if has(&candidate) {
                return Ok(true.into());
            }
        }
        return Ok(false.into());
    }
    match vm.as_bytes(args[1]) {
        Some(candidate) => Ok(has(candidate).into()),
        None => {
            let class = vm.class_name(args[1]).to_owned();
            vm.type_error(format!(
                "{function} first arg must be bytes or a tuple of bytes, not {class}"
            ))
        }
    }
}

/// `removeprefix`
pub fn removeprefix(vm: &mut Vm, args: &Args) -> Outcome {
    let (bytes, affix) = (own(vm, args), buffer(vm, args[1])?);
    let rest = bytes
        .strip_prefix(affix.as_slice())
        .unwrap_or(&bytes)
        .to_vec();
    Ok(like(vm, args[0], rest))
}

/// `removesuffix`
pub fn removesuffix(vm: &mut Vm, args: &Args) -> Outcome {
    let (bytes, affix) = (own(vm, args), buffer(vm, args[1])?);
    let rest = bytes
        .strip_suffix(affix.as_slice())
        .unwrap_or(&bytes)
        .to_vec();
    Ok(like(vm, args[0], rest))
}

/// `replace`
pub fn replace(vm: &mut Vm, args: &Args) -> Outcome {
    let (old, new) = (buffer(vm, args[1])?, buffer(vm, args[2])?);
    let count = match args.opt(3) {
        None => -1,
        Some(count) => convert::c_integer(vm, count, CType::Ssize)?,
    };
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let text = own(vm, args);
    let mut places = hits(&text, &old);
    places.truncate(most);
    if places.len().saturating_mul(new.len()) > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    let mut replaced = Vec::with_capacity(text.len());
    let mut from = 0;
    for at in places {
        replaced.extend_from_slice(text.get(from..at).unwrap_or_default());
        replaced.extend_from_slice(&new);
        from = at + old.len();
    }
    replaced.extend_from_slice(text.get(from..).unwrap_or_default());
    Ok(like(vm, args[0], replaced))
}

/// `bytes.maketrans`
pub fn maketrans(vm: &mut Vm, args: &Args) -> Outcome {
    let (from, to) = (buffer(vm, args[0])?, buffer(vm, args[1])?);
    if from.len() != to.len() {
        return vm.value_error("maketrans arguments must have same length");
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (&from, &to) in from.iter().zip(&to) {
        if let Some(entry) = table.get_mut(usize::from(from)) {
            *entry = to;
        }
    }
    Ok(vm.bytes(table))
}

/// `translate`
pub fn translate(vm: &mut Vm, args: &Args) -> Outcome {
    let table = match args[1] {
        Value::None => None,
        table => Some(buffer(vm, table)?),
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return vm.value_error("translation table must be 256 characters long");
    }
    let deleted = match args.opt(2) {
        None => Vec::new(),
        Some(deleted) => buffer(vm, deleted)?,
    };
    let kept = own(vm, args)
        .into_iter()
        .filter(|byte| !deleted.contains(byte));
    let translated = kept
        .map(|byte| match &table {
            Some(table) => table.get(usize::from(byte)).copied().unwrap_or(byte),
            None => byte,
        })
        .collect();
    Ok(like(vm, args[0], translated))
}
