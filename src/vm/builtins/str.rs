//! `str`: the table of its members; what they do is in the files below, by family.

mod case;
pub use case::is_identifier;
mod construct;
mod layout;
mod search;
mod split;
mod translate;

use super::{Member, slots};
use crate::vm::codec;
use crate::vm::format;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::text::Text;
use crate::vm::value::Value;
use std::rc::Rc;

/// Methods.
pub static METHODS: &[Member] = &[
    Member::static_method(
        "__new__",
        "cls, object='', encoding='utf-8', errors='strict'",
        construct::new,
    ),
    Member::slot("__str__", "self, /", |vm, args| Ok(plain(vm, args[0]))),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__mod__", "self, value, /", |vm, args| {
        format::percent(vm, args[0], args[1])
    }),
    Member::slot("__rmod__", "self, value, /", |vm, args| {
        match vm.as_text(args[1]) {
            Some(_) => format::percent(vm, args[1], args[0]),
            None => Ok(Value::NotImplemented),
        }
    }),
    Member::method("__format__", "self, format_spec, /", super::numeric::format),
    Member::method("__getnewargs__", "self, /", |vm, args| {
        let text = plain(vm, args[0]);
        Ok(vm.tuple([text]))
    }),
    Member::method("capitalize", "self, /", case::capitalize),
    Member::method("casefold", "self, /", case::casefold),
    Member::method("center", "self, width, fillchar=' ', /", layout::center),
    Member::method("count", "self, sub, start=None, end=None, /", search::count),
    Member::method(
        "encode",
        "self, /, encoding='utf-8', errors='strict'",
        encode,
    ),
    Member::method(
        "endswith",
        "self, suffix, start=None, end=None, /",
        search::endswith,
    ),
    Member::method("expandtabs", "self, /, tabsize=8", layout::expandtabs),
    Member::method("find", "self, sub, start=None, end=None, /", search::find),
    Member::method("format", "self, /, *args, **kwargs", |vm, args| {
        let template = text(vm, args[0]);
        let source = format::str_format::Source::Arguments {
            positional: args.rest,
            named: args.keywords,
        };
        format::str_format::format(vm, template.as_str(), source)
    }),
    Member::method("format_map", "self, mapping, /", |vm, args| {
        let template = text(vm, args[0]);
        let source = format::str_format::Source::Mapping(args[1]);
        format::str_format::format(vm, template.as_str(), source)
    }),
    Member::method("index", "self, sub, start=None, end=None, /", search::index),
    Member::method("isalnum", "self, /", case::isalnum),
    Member::method("isalpha", "self, /", case::isalpha),
    Member::method("isascii", "self, /", |vm, args| {
        Ok(text(vm, args[0]).is_ascii().into())
    }),
    Member::method("isdecimal", "self, /", case::isdecimal),
    Member::method("isdigit", "self, /", case::isdigit),
    Member::method("isidentifier", "self, /", case::isidentifier),
    Member::method("islower", "self, /", case::islower),
    Member::method("isnumeric", "self, /", case::isnumeric),
    Member::method("isprintable", "self, /", case::isprintable),
    Member::method("isspace", "self, /", case::isspace),
    Member::method("istitle", "self, /", case::istitle),
    Member::method("isupper", "self, /", case::isupper),
    Member::method("join", "self, iterable, /", split::join),
    Member::method("ljust", "self, width, fillchar=' ', /", layout::ljust),
    Member::method("lower", "self, /", case::lower),
    Member::method("lstrip", "self, chars=None, /", split::lstrip),
    Member::static_method("maketrans", "x, y=None, z=None, /", translate::maketrans),
    Member::method("partition", "self, sep, /", split::partition),
    Member::method("removeprefix", "self, prefix, /", search::removeprefix),
    Member::method("removesuffix", "self, suffix, /", search::removesuffix),
    Member::method("replace", "self, old, new, /, count=-1", search::replace),
    Member::method("rfind", "self, sub, start=None, end=None, /", search::rfind),
    Member::method(
        "rindex",
        "self, sub, start=None, end=None, /",
        search::rindex,
    ),
    Member::method("rjust", "self, width, fillchar=' ', /", layout::rjust),
    Member::method("rpartition", "self, sep, /", split::rpartition),
    Member::method("rsplit", "self, /, sep=None, maxsplit=-1", split::rsplit),
    Member::method("rstrip", "self, chars=None, /", split::rstrip),
    Member::method("split", "self, /, sep=None, maxsplit=-1", split::split),
    Member::method("splitlines", "self, /, keepends=False", split::splitlines),
    Member::method(
        "startswith",
        "self, prefix, start=None, end=None, /",
        search::startswith,
    ),
    Member::method("strip", "self, chars=None, /", split::strip),
    Member::method("swapcase", "self, /", case::swapcase),
    Member::method("title", "self, /", case::title),
    Member::method("translate", "self, table, /", translate::translate),
    Member::method("upper", "self, /", case::upper),
    Member::method("zfill", "self, width, /", layout::zfill),
];

/// The text of `self`.
fn text(vm: &Vm, value: Value) -> Rc<Text> {
    vm.as_text(value).cloned().unwrap_or_else(|| Text::new(""))
}

/// The same text as a plain str.
fn plain(vm: &mut Vm, value: Value) -> Value {
    if vm.is_builtin(vm.class_of(value)) {
        return value;
    }
    let text = text(vm, value);
    vm.str(text.as_str())
}

fn encode(vm: &mut Vm, args: &Args) -> Outcome {
    let encoding = codec_name(vm, "encode", "encoding", args[1])?;
    let errors = codec_name(vm, "encode", "errors", args[2])?;
    let bytes = codec::encode(vm, args[0], encoding.as_deref(), errors.as_deref())?;
    Ok(vm.bytes(bytes))
}

/// The name of an encoding or error handler, given as an argument.
pub fn codec_name(
    vm: &mut Vm,
    function: &str,
    parameter: &str,
    value: Value,
) -> Outcome<Option<String>> {
    if value.is_unbound() {
        return Ok(None);
    }
    match vm.as_str(value) {
        Some(name) => Ok(Some(name.to_owned())),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "{function}() argument '{parameter}' must be str, not {class}"
            ))
        }
    }
}
