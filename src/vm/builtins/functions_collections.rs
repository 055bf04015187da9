//! Functions of `builtins` that go over iterables (`Python/bltinmodule.c`).

use super::function;
use crate::bytecode::op::{BinaryOp, CompareOp};
use crate::vm::class;
use crate::vm::iter::Iter;
use crate::vm::machine::{Input, Resumed, Vm};
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome, Trap};
use crate::vm::number::Number;
use crate::vm::object::Payload;
use crate::vm::sort;
use crate::vm::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    function("all", "iterable, /", |vm, args| until(vm, args[0], false)),
    function("any", "iterable, /", |vm, args| until(vm, args[0], true)),
    function("iter", "object, sentinel=None, /", iter),
    function("len", "obj, /", |vm, args| vm.len(args[0]).map(Value::Int)),
    function("max", "*args, key=None, default=None", |vm, args| {
        extreme(vm, args, CompareOp::Gt)
    }),
    function("min", "*args, key=None, default=None", |vm, args| {
        extreme(vm, args, CompareOp::Lt)
    }),
    function("next", "iterator, default=None, /", next),
    function("sorted", "iterable, /, *, key=None, reverse=False", sorted),
    function("sum", "iterable, /, start=0", sum),
];

fn iter(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(sentinel) = args.opt(1) else {
        return vm.iter(args[0]);
    };
    let call = args[0];
    let callable = vm.special(vm.class_of(call), names::CALL).is_some()
        || matches!(
            vm.heap.content(call),
            Some(
                Payload::Function(_)
                    | Payload::Native(_)
                    | Payload::BoundMethod(_)
                    | Payload::Class(_)
            )
        );
    if !callable {
        return vm.type_error("iter(v, w): v must be callable");
    }
    Ok(vm.new_iter(class::CALLABLE_ITERATOR, Iter::Callable { call, sentinel }))
}

fn next(vm: &mut Vm, args: &Args) -> Outcome {
    let stopped = match next_or_stop(vm, args[0])? {
        Ok(item) => return Ok(item),
        Err(stopped) => stopped,
    };
    match args.opt(1) {
        Some(default) if vm.is_instance(stopped, class::STOP_ITERATION) => Ok(default),
        _ => Err(Trap::Raise(stopped)),
    }
}

/// The next item, or the exception that `__next__` raised.
fn next_or_stop(vm: &mut Vm, iterator: Value) -> Outcome<Result<Value, Value>> {
    let class = vm.class_of(iterator);
    let stop = |vm: &mut Vm, args: &[Value]| vm.exception_with(class::STOP_ITERATION, args);
    match vm.heap.content(iterator) {
        Some(Payload::Generator(_)) if class == class::GENERATOR => {
            return Ok(match vm.try_resume(iterator, Input::Send(Value::None))? {
                Ok(Resumed::Yielded(item)) => Ok(item),
                Ok(Resumed::Returned(Value::None)) => Err(stop(vm, &[])),
                Ok(Resumed::Returned(value)) => Err(stop(vm, &[value])),
                Err(error) => Err(error),
            });
        }
        Some(Payload::Iter(_)) => {
            let item = vm.next(iterator)?;
            return Ok(item.ok_or_else(|| stop(vm, &[])));
        }
        _ => {}
    }
    match vm.special(class, names::NEXT) {
        Some(method) => vm.try_special(method, iterator, &[]),
        None => {
            let class = vm.class_name(iterator);
            vm.type_error(format!("'{class}' object is not an iterator"))
        }
    }
}

/// `any` (is an item true?) and `all` (is none false?).
fn until(vm: &mut Vm, iterable: Value, wanted: bool) -> Outcome {
    let items = match vm.iterates_natively(iterable) {
        true => vm.contents(iterable),
        false => None,
    };
    let Some(items) = items else {
        let name = if wanted { "any" } else { "all" };
        return vm.helper(name, &[iterable]);
    };
    for item in items {
        if vm.truth(item)? == wanted {
            return Ok(wanted.into());
        }
    }
    Ok((!wanted).into())
}

fn extreme(vm: &mut Vm, args: &Args, op: CompareOp) -> Outcome {
    let name = if op == CompareOp::Gt { "max" } else { "min" };
    let (key, default) = (args[0].or_none(), args.opt(1));
    let items = match *args.rest {
        [] => return vm.type_error(format!("{name} expected at least 1 argument, got 0")),
        [iterable] => vm.collect(iterable)?,
        ref several if default.is_none() => several.to_vec(),
        _ => {
            return vm.type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            ));
        }
    };
    if items.is_empty() {
        return match default {
            Some(default) => Ok(default),
            None => vm.value_error(format!("{name}() iterable argument is empty")),
        };
    }
    let keys = match key {
        Value::None => items.clone(),
        _ => {
            let list = vm.list(items.clone());
            sort::keys(vm, list, &items, key)?
        }
    };
    let at = match keys.iter().all(|&key| sort::compares_natively(vm, key, 0)) {
        true => best(vm, op, &keys)?,
        false => {
            let keys = vm.list(keys);
            let at = vm.helper(&format!("{name}_position"), &[keys])?;
            vm.as_i64(at).map_or(0, |at| at as usize)
        }
    };
    Ok(items.get(at).copied().unwrap_or(Value::None))
}

/// The position of the first key that no other one beats.
fn best(vm: &mut Vm, op: CompareOp, keys: &[Value]) -> Outcome<usize> {
    let mut best = 0;
    for at in 1..keys.len() {
        let beats = vm.compare(op, keys[at], keys[best])?;
        if vm.truth(beats)? {
            best = at;
        }
    }
    Ok(best)
}

fn sorted(vm: &mut Vm, args: &Args) -> Outcome {
    let (iterable, key) = (args[0], args[1].or_none());
    let reverse = match args.opt(2) {
        Some(reverse) => vm.truth(reverse)?,
        None => false,
    };
    let list = vm.once(|vm| {
        let items = vm.collect_list(iterable)?;
        Ok(vm.list(items))
    })?;
    if let Some(id) = list.id() {
        sort::sort(vm, id, key, reverse)?;
    }
    Ok(list)
}

fn sum(vm: &mut Vm, args: &Args) -> Outcome {
    let start = args.opt(1).unwrap_or(Value::Int(0));
    let refusal = match vm.heap.content(start) {
        Some(Payload::Str(_)) => Some("strings [use ''.join(seq) instead]"),
        Some(Payload::Bytes(_)) => Some("bytes [use b''.join(seq) instead]"),
        Some(Payload::ByteArray(_)) => Some("bytearray [use b''.join(seq) instead]"),
        _ => None,
    };
    if let Some(refusal) = refusal {
        return vm.type_error(format!("sum() can't sum {refusal}"));
    }
    let items = vm.collect(args[0])?;
    let plain = |vm: &Vm, item: Value| vm.is_builtin(vm.class_of(item));
    if !plain(vm, start) || !items.iter().all(|&item| plain(vm, item)) {
        let list = vm.list(items);
        return vm.helper("sum_slow", &[list, start]);
    }
    let mut total = start;
    let mut rest = items.as_slice();
    while let [item, behind @ ..] = rest {
        if let Value::Float(float) = total {
            let (sum, behind) = sum_floats(vm, float, rest);
            if behind.len() < rest.len() {
                (total, rest) = (Value::Float(sum), behind);
                continue;
            }
        }
        total = vm.binary(BinaryOp::Add, total, *item)?;
        rest = behind;
    }
    Ok(total)
}

/// Adds the floats and ints at the beginning with Neumaier's compensation; gives what is behind them.
fn sum_floats<'a>(vm: &Vm, start: f64, items: &'a [Value]) -> (f64, &'a [Value]) {
    let (mut sum, mut lost) = (start, 0.0);
    let mut rest = items;
    while let [item, behind @ ..] = rest {
        let number = match Number::of(vm, *item) {
            Some(Number::Float(number)) => number,
            Some(Number::Small(number)) => number as f64,
            _ => break,
        };
        let total = sum + number;
        lost += match sum.abs() >= number.abs() {
            true => (sum - total) + number,
            false => (number - total) + sum,
        };
        (sum, rest) = (total, behind);
    }
    let exact = lost != 0.0 && lost.is_finite();
    (if exact { sum + lost } else { sum }, rest)
}
