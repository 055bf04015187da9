//! `str(object)` and `str(bytes, encoding, errors)`.

use super::codec_name;
use crate::vm::class;
use crate::vm::codec;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::text::Text;

/// `str.__new__`
pub fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(class::STR);
    let Some(object) = args.opt(1) else {
        return Ok(make(vm, class, String::new()));
    };
    if args.opt(2).is_none() && args.opt(3).is_none() {
        if class == class::STR && vm.class_of(object) == class::STR {
            return Ok(object);
        }
        let text = vm.to_str(object)?;
        return Ok(make(vm, class, text));
    }
    let encoding = codec_name(vm, "str", "encoding", args[2])?;
    let errors = codec_name(vm, "str", "errors", args[3])?;
    if vm.as_text(object).is_some() {
        return vm.type_error("decoding str is not supported");
    }
    if vm.as_bytes(object).is_none() {
        let class = vm.class_name(object).to_owned();
        return vm.type_error(format!(
            "decoding to str: need a bytes-like object, {class} found"
        ));
    }
    let text = codec::decode(vm, object, encoding.as_deref(), errors.as_deref())?;
    Ok(make(vm, class, text))
}

fn make(vm: &mut Vm, class: crate::vm::value::Id, text: String) -> crate::vm::value::Value {
    match class {
        class::STR => vm.str(text),
        _ => vm.object(class, Payload::Str(Text::new(text))),
    }
}
