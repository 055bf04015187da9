//! Case and width of bytes, taken as ASCII.

use super::{like, own};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::slices;

/// `capitalize`
pub fn capitalize(vm: &mut Vm, args: &Args) -> Outcome {
    let mut bytes = own(vm, args).to_ascii_lowercase();
    if let Some(first) = bytes.first_mut() {
        first.make_ascii_uppercase();
    }
    Ok(like(vm, args[0], bytes))
}

/// `title`
pub fn title(vm: &mut Vm, args: &Args) -> Outcome {
    let mut inside = false;
    let mut bytes = own(vm, args);
    for byte in &mut bytes {
        match inside {
            true => byte.make_ascii_lowercase(),
            false => byte.make_ascii_uppercase(),
        }
        inside = byte.is_ascii_alphabetic();
    }
    Ok(like(vm, args[0], bytes))
}

/// `islower`
pub fn islower(vm: &mut Vm, args: &Args) -> Outcome {
    let bytes = own(vm, args);
    let any = bytes.iter().any(u8::is_ascii_lowercase);
    Ok((any && !bytes.iter().any(u8::is_ascii_uppercase)).into())
}

/// `isupper`
pub fn isupper(vm: &mut Vm, args: &Args) -> Outcome {
    let bytes = own(vm, args);
    let any = bytes.iter().any(u8::is_ascii_uppercase);
    Ok((any && !bytes.iter().any(u8::is_ascii_lowercase)).into())
}

/// `istitle`
pub fn istitle(vm: &mut Vm, args: &Args) -> Outcome {
    let (mut inside, mut any) = (false, false);
    for byte in own(vm, args) {
        if byte.is_ascii_uppercase() && inside || byte.is_ascii_lowercase() && !inside {
            return Ok(false.into());
        }
        inside = byte.is_ascii_alphabetic();
        any |= inside;
    }
    Ok(any.into())
}

/// How much padding is needed, and with what.
fn padding(vm: &mut Vm, args: &Args, function: &str) -> Outcome<(usize, u8)> {
    let width = convert::c_integer(vm, args[1], CType::Ssize)?;
    let fill = match args.opt(2) {
        None => b' ',
        Some(value) => match vm.as_bytes(value) {
            Some(&[byte]) => byte,
            Some(bytes) => {
                let length = bytes.len();
                let class = vm.class_name(value).to_owned();
                return vm.type_error(format!(
                    "{function}(): argument 2 must be a byte string of length 1, \
                     not a {class} object of length {length}"
                ));
            }
            None => {
                let class = vm.class_name(value).to_owned();
                return vm.type_error(format!(
                    "{function}() argument 2 must be a byte string of length 1, not {class}"
                ));
            }
        },
    };
    let length = own(vm, args).len();
    let missing = slices::count(width).saturating_sub(length);
    if missing > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    Ok((missing, fill))
}

fn padded(vm: &mut Vm, args: &Args, left: usize, right: usize, fill: u8) -> Outcome {
    let bytes = [vec![fill; left], own(vm, args), vec![fill; right]].concat();
    Ok(like(vm, args[0], bytes))
}

/// `center`
pub fn center(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args, "center")?;
    let width = own(vm, args).len() + missing;
    let left = missing / 2 + (missing & width & 1);
    padded(vm, args, left, missing - left, fill)
}

/// `ljust`
pub fn ljust(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args, "ljust")?;
    padded(vm, args, 0, missing, fill)
}

/// `rjust`
pub fn rjust(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, fill) = padding(vm, args, "rjust")?;
    padded(vm, args, missing, 0, fill)
}

/// `zfill`
pub fn zfill(vm: &mut Vm, args: &Args) -> Outcome {
    let (missing, _) = padding(vm, args, "zfill")?;
    let bytes = own(vm, args);
    let signed = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let (sign, digits) = bytes.split_at(signed);
    let filled = [sign, &vec![b'0'; missing], digits].concat();
    Ok(like(vm, args[0], filled))
}

/// `expandtabs`
pub fn expandtabs(vm: &mut Vm, args: &Args) -> Outcome {
    let size = match args.opt(1) {
        None => 8,
        Some(size) => convert::c_integer(vm, size, CType::Int)?,
    };
    let size = usize::try_from(size).unwrap_or(0);
    let source = own(vm, args);
    let tabs = source.iter().filter(|&&byte| byte == b'\t').count();
    if tabs.saturating_mul(size) > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    let mut column = 0;
    let mut expanded = Vec::with_capacity(source.len());
    for byte in source {
        match byte {
            b'\t' if size > 0 => {
                let spaces = size - column % size;
                expanded.resize(expanded.len() + spaces, b' ');
                column += spaces;
            }
            b'\t' => {}
            _ => {
                expanded.push(byte);
                column = if matches!(byte, b'\n' | b'\r') {
                    0
                } else {
                    column + 1
                };
            }
        }
    }
    Ok(like(vm, args[0], expanded))
}
