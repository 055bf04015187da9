//! Fitting a str into a width.

use super::text;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::slices;
use crate::vm::value::Value;

/// How much padding is needed, and with what.
fn padding(vm: &mut Vm, args: &Args) -> Outcome<(usize, String)> {
    let width = convert::c_integer(vm, args[1], CType::Ssize)?;
    let fill = fill(vm, args[2])?;
    let length = text(vm, args[0]).chars();
    let missing = slices::count(width).saturating_sub(length);
    if missing.saturating_mul(fill.len()) > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    Ok((missing, fill))
}

fn fill(vm: &mut Vm, value: Value) -> Outcome<String> {
    if value.is_unbound() {
        return Ok(" ".to_owned());
    }
    match vm.as_text(value) {
        Some(text) if text.chars() == 1 => Ok(text.as_str().to_owned()),
        Some(_) => vm.type_error("The fill character must be exactly one character long"),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "The fill character must be a unicode character, not {class}"
            ))
        }
    }
}

fn padded(vm: &mut Vm, args: &Args, left: usize, right: usize, fill: &str) -> Outcome {
    let text = text(vm, args[0]);
    let padded = [&fill.repeat(left), text.as_str(), &fill.repeat(right)].concat();
    Ok(vm.str(padded))
}

/// `center`: an odd space goes to the left if the width is odd.
pub fn center(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args)?;
    let width = text(vm, args[0]).chars() + missing;
    let left = missing / 2 + (missing & width & 1);
    padded(vm, args, left, missing - left, &fill)
}

/// `ljust`
pub fn ljust(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args)?;
    padded(vm, args, 0, missing, &fill)
}

/// `rjust`
pub fn rjust(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args)?;
    padded(vm, args, missing, 0, &fill)
}

/// `zfill`: zeros behind the sign.
pub fn zfill(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, _) = padding(vm, args)?;
    let text = text(vm, args[0]);
    let body = text
        .as_str()
        .strip_prefix(['+', '-'])
        .unwrap_or(text.as_str());
    let (sign, _) = text.as_str().split_at(text.as_str().len() - body.len());
    let filled = [sign, &"0".repeat(missing), body].concat();
    Ok(vm.str(filled))
}

/// `expandtabs`
pub fn expandtabs(vm: &mut Vm, args: &Args) -> Outcome {
    let size = match args.opt(1) {
        None => 8,
        Some(size) => convert::c_integer(vm, size, CType::Int)?,
    };
    let size = usize::try_from(size).unwrap_or(0);
    let source = text(vm, args[0]);
    let tabs = source.as_str().matches('\t').count();
    if tabs.saturating_mul(size) > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    let mut column = 0;
    let mut expanded = String::with_capacity(source.as_str().len());
    for c in source.as_str().chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                expanded.push_str(&" ".repeat(spaces));
                column += spaces;
            }
            '\t' => {}
            '\n' | '\r' => {
                expanded.push(c);
                column = 0;
            }
            _ => {
                expanded.push(c);
                column += 1;
            }
        }
    }
    Ok(vm.str(expanded))
}
