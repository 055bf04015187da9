//! Finding, counting and replacing within a str.

use super::{plain, text};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::slices;
use crate::vm::text::Text;
use crate::vm::value::Value;
use std::rc::Rc;

/// The part of a text that a search looks at, and the index where it begins.
struct Window {
    text: Rc<Text>,
    from: usize,
    to: usize,
    first: usize,
}

impl Window {
    /// The window that the arguments `start` and `end` (numbers 2 and 3) select; `None` when it begins behind its end.
    fn select(vm: &mut Vm, args: &Args) -> Outcome<Option<Self>> {
        let start = convert::slice_position(vm, args[2], 0)?;
        let end = convert::slice_position(vm, args[3], i64::MAX)?;
        let text = text(vm, args[0]);
        let length = text.chars();
        let first = slices::from_end(start, length);
        let last = slices::from_end(end, length).min(length);
        if first > last {
            return Ok(None);
        }
        let (from, to) = (text.offset(first), text.offset(last));
        Ok(Some(Self {
            text,
            from,
            to,
            first,
        }))
    }

    fn part(&self) -> &str {
        self.text
            .as_str()
            .get(self.from..self.to)
            .unwrap_or_default()
    }

    /// The index in the whole text of a byte offset in the window.
    fn index(&self, at: usize) -> i64 {
        let chars = match self.text.is_ascii() {
            true => at,
            false => self
                .part()
                .get(..at)
                .map_or(0, |before| before.chars().count()),
        };
        (self.first + chars) as i64
    }
}

/// An index from the end if it is negative; may lie behind the end.
fn needle(vm: &mut Vm, function: &str, value: Value) -> Outcome<Rc<Text>> {
    match vm.as_text(value).cloned() {
        Some(text) => Ok(text),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!("{function}() argument 1 must be str, not {class}"))
        }
    }
}

fn position(
    vm: &mut Vm,
    args: &Args,
    function: &str,
    locate: fn(&str, &str) -> Option<usize>,
) -> Outcome<Option<i64>> {
    let sub = needle(vm, function, args[1])?;
    let Some(window) = Window::select(vm, args)? else {
        return Ok(None);
    };
    vm.work_on_bytes(window.part().len());
    Ok(locate(window.part(), sub.as_str()).map(|at| window.index(at)))
}

fn first(text: &str, sub: &str) -> Option<usize> {
    text.find(sub)
}

fn last(text: &str, sub: &str) -> Option<usize> {
    text.rfind(sub)
}

/// `find`
pub fn find(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(position(vm, args, "find", first)?.unwrap_or(-1).into())
}

/// `rfind`
pub fn rfind(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(position(vm, args, "rfind", last)?.unwrap_or(-1).into())
}

/// `index`
pub fn index(vm: &mut Vm, args: &Args) -> Outcome {
    match position(vm, args, "index", first)? {
        Some(at) => Ok(at.into()),
        None => vm.value_error("substring not found"),
    }
}

/// `rindex`
pub fn rindex(vm: &mut Vm, args: &Args) -> Outcome {
    match position(vm, args, "rindex", last)? {
        Some(at) => Ok(at.into()),
        None => vm.value_error("substring not found"),
    }
}

/// `count`
pub fn count(vm: &mut Vm, args: &Args) -> Outcome {
    let sub = needle(vm, "count", args[1])?;
    let Some(window) = Window::select(vm, args)? else {
        return Ok(Value::Int(0));
    };
    let count = match sub.chars() {
        0 => window.part().chars().count() + 1,
        _ => window.part().matches(sub.as_str()).count(),
    };
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

fn affix(vm: &mut Vm, args: &Args, function: &str, has: fn(&str, &str) -> bool) -> Outcome {
    let window = Window::select(vm, args)?;
    let part = window.as_ref().map(Window::part);
    if let Some(candidates) = vm.as_tuple(args[1]).cloned() {
        for &candidate in candidates.iter() {
            let Some(candidate) = vm.as_str(candidate) else {
                let class = vm.class_name(candidate).to_owned();
                return vm.type_error(format!(
                    "tuple for {function} must only contain str, not {class}"
                ));
            };
            if part.is_some_and(|part| has(part, candidate)) {
                return Ok(true.into());
            }
        }
        return Ok(false.into());
    }
    match vm.as_str(args[1]) {
        Some(candidate) => Ok(part.is_some_and(|part| has(part, candidate)).into()),
        None => {
            let class = vm.class_name(args[1]).to_owned();
            vm.type_error(format!(
                "{function} first arg must be str or a tuple of str, not {class}"
            ))
        }
    }
}

/// `removeprefix`
pub fn removeprefix(vm: &mut Vm, args: &Args) -> Outcome {
    remove(vm, args, "removeprefix", |text, prefix| {
        text.strip_prefix(prefix)
    })
}

/// `removesuffix`
pub fn removesuffix(vm: &mut Vm, args: &Args) -> Outcome {
    remove(vm, args, "removesuffix", |text, suffix| {
        text.strip_suffix(suffix)
    })
}

fn remove(
    vm: &mut Vm,
    args: &Args,
    function: &str,
    strip: for<'t> fn(&'t str, &str) -> Option<&'t str>,
) -> Outcome {
    let text = text(vm, args[0]);
    let Some(affix) = vm.as_str(args[1]) else {
        let class = vm.class_name(args[1]).to_owned();
        return vm.type_error(format!("{function}() argument must be str, not {class}"));
    };
    match strip(text.as_str(), affix).map(str::to_owned) {
        Some(rest) => Ok(vm.str(rest)),
        None => Ok(plain(vm, args[0])),
    }
}

/// `replace`
pub fn replace(vm: &mut Vm, args: &Args) -> Outcome {
    let mut texts = Vec::new();
    for n in [1, 2] {
        match vm.as_text(args[n]).cloned() {
            Some(text) => texts.push(text),
            None => {
                let class = vm.class_name(args[n]).to_owned();
                return vm.type_error(format!("replace() argument {n} must be str, not {class}"));
            }
        }
    }
    let [old, new] = texts.as_slice() else {
        return Ok(args[0]);
    };
    let count = match args.opt(3) {
        None => -1,
        Some(count) => convert::c_integer(vm, count, CType::Ssize)?,
    };
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let text = text(vm, args[0]);
    let hits = match old.chars() {
        0 => text.chars() + 1,
        _ => text.as_str().matches(old.as_str()).count(),
    };
    let growth = hits.min(most).saturating_mul(new.as_str().len());
    if growth.saturating_add(text.as_str().len()) > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    if hits.min(most) == 0 {
        return Ok(plain(vm, args[0]));
    }
    let replaced = text.as_str().replacen(old.as_str(), new.as_str(), most);
    Ok(vm.str(replaced))
}
