//! `list.sort` and `sorted`: natively where the keys are built-in objects, in Python otherwise.

use super::machine::Vm;
use super::native::{NativeCode, NativeKind, Outcome};
use super::object::Payload;
use super::value::{Id, Value};
use std::cmp::Ordering;

/// Up to this length a run is sorted by insertion.
const SHORT: usize = 64;
/// Levels of nested tuples and lists that native comparison looks into.
const DEEPEST: usize = 8;

/// Sorts a list in place; `key` may be `None`.
pub fn sort(vm: &mut Vm, list: Id, key: Value, reverse: bool) -> Outcome<()> {
    // Keys and comparisons may change the list, which must not be sorted then.
    let held = vm.once(|vm| {
        let items = vm.heap.items(list).unwrap_or_default().to_vec();
        Ok(vm.list(items))
    })?;
    let mut items = vm.items(held).unwrap_or_default().to_vec();
    let keys = keys(vm, held, &items, key)?;
    if !keys.iter().all(|&key| compares_natively(vm, key, 0)) {
        let sorted = vm.once(|vm| {
            let keys = vm.list(keys);
            vm.helper("sort_slow", &[held, keys, reverse.into()])
        })?;
        items = vm.items(sorted).unwrap_or_default().to_vec();
    } else {
        let mut order: Vec<usize> = (0..items.len()).collect();
        if reverse {
            order.reverse();
        }
        sort_positions(vm, &keys, &mut order)?;
        if reverse {
            order.reverse();
        }
        items = order
            .into_iter()
            .filter_map(|at| items.get(at).copied())
            .collect();
    }
    let now = vm.heap.items(list).unwrap_or_default();
    let before = vm.items(held).unwrap_or_default();
    let modified =
        now.len() != before.len() || !now.iter().zip(before).all(|(now, before)| now.is(*before));
    vm.heap.list_splice(list, 0..usize::MAX, &items);
    match modified {
        true => vm.value_error("list modified during sort"),
        false => Ok(()),
    }
}

/// The sort keys of items: themselves, or what a key function makes of them.
pub fn keys(vm: &mut Vm, list: Value, items: &[Value], key: Value) -> Outcome<Vec<Value>> {
    if key.is_none() {
        return Ok(items.to_vec());
    }
    if let Some(Payload::Native(native)) = vm.heap.content(key)
        && let NativeCode::Plain(_) = native.def.code
        && matches!(native.kind, NativeKind::Function)
    {
        let native = native.clone();
        return items
            .iter()
            .map(|&item| vm.call_native(&native, &[item], &[]))
            .collect();
    }
    let keys = vm.helper("map_list", &[key, list])?;
    Ok(vm.items(keys).unwrap_or_default().to_vec())
}

/// Can it be compared with others of its kind without asking Python code?
pub fn compares_natively(vm: &Vm, value: Value, depth: usize) -> bool {
    let class = vm.class_of(value);
    if !vm.is_builtin(class) || depth > DEEPEST {
        return false;
    }
    match vm.heap.content(value) {
        Some(Payload::Tuple(_) | Payload::List(_)) => vm
            .items(value)
            .unwrap_or_default()
            .iter()
            .all(|&item| compares_natively(vm, item, depth + 1)),
        Some(Payload::Str(_) | Payload::Bytes(_) | Payload::Int(_) | Payload::ByteArray(_))
        | None => true,
        _ => false,
    }
}

/// Sorts positions stably by their keys, which compare natively.
fn sort_positions(vm: &mut Vm, keys: &[Value], order: &mut [usize]) -> Outcome<()> {
    vm.work_on_order(keys.len());
    if let Some(ints) = all(keys, |key| match key {
        Value::Int(number) => Some(number),
        _ => None,
    }) {
        order.sort_by_key(|&at| ints[at]);
        return Ok(());
    }
    if let Some(numbers) = all(keys, |key| match key {
        Value::Float(number) if !number.is_nan() => Some(number),
        _ => None,
    }) {
        let by_value = |&a: &usize, &b: &usize| numbers[a].partial_cmp(&numbers[b]);
        order.sort_by(|a, b| by_value(a, b).unwrap_or(Ordering::Equal));
        return Ok(());
    }
    if let Some(texts) = all(keys, |key| vm.as_str(key)) {
        order.sort_by(|&a, &b| texts[a].cmp(texts[b]));
        return Ok(());
    }
    merge_sort(order, &mut |a, b| vm.lt(keys[a], keys[b]))
}

fn all<T>(keys: &[Value], of: impl Fn(Value) -> Option<T>) -> Option<Vec<T>> {
    keys.iter().map(|&key| of(key)).collect()
}

/// A stable sort with a comparison that may fail.
fn merge_sort(
    order: &mut [usize],
    less: &mut impl FnMut(usize, usize) -> Outcome<bool>,
) -> Outcome<()> {
    if order.len() <= SHORT {
        return insertion_sort(order, less);
    }
    let (left, right) = order.split_at_mut(order.len() / 2);
    merge_sort(left, less)?;
    merge_sort(right, less)?;
    let (left, right) = (left.to_vec(), right.to_vec());
    let (mut a, mut b) = (0, 0);
    for slot in order {
        let from_right = match (left.get(a), right.get(b)) {
            (Some(&x), Some(&y)) => less(y, x)?,
            (x, _) => x.is_none(),
        };
        if from_right {
            *slot = right[b];
            b += 1;
        } else {
            *slot = left[a];
            a += 1;
        }
    }
    Ok(())
}

/// Binary insertion behind the run that the items begin with, as CPython sorts short lists.
fn insertion_sort(
    order: &mut [usize],
    less: &mut impl FnMut(usize, usize) -> Outcome<bool>,
) -> Outcome<()> {
    let run = leading_run(order, less)?;
    for at in run..order.len() {
        let pivot = order[at];
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            match less(pivot, order[middle])? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        order[low..=at].rotate_right(1);
    }
    Ok(())
}

/// The length of the run at the beginning, made ascending: a falling one is reversed, equal items in it twice, so that
/// they keep their order (`Objects/listobject.c`: count_run).
fn leading_run(
    order: &mut [usize],
    less: &mut impl FnMut(usize, usize) -> Outcome<bool>,
) -> Outcome<usize> {
    let rising = rising_from(order, order.len().min(1), less)?;
    if rising == order.len() || rising > 1 && less(order[0], order[rising - 1])? {
        return Ok(rising);
    }
    order[..rising].reverse();
    let (mut equal_from, mut end) = (rising, rising + 1);
    while end < order.len() {
        if less(order[end], order[end - 1])? {
            order[equal_from..end].reverse();
            equal_from = end;
        } else if less(order[end - 1], order[end])? {
            break;
        }
        end += 1;
    }
    order[equal_from..end].reverse();
    order[..end].reverse();
    rising_from(order, end, less)
}

/// Where the items from a position on first fall.
fn rising_from(
    order: &[usize],
    from: usize,
    less: &mut impl FnMut(usize, usize) -> Outcome<bool>,
) -> Outcome<usize> {
    let mut end = from;
    while end < order.len() && !less(order[end], order[end - 1])? {
        end += 1;
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[i64]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..keys.len()).collect();
        let result = merge_sort(&mut order, &mut |a, b| Ok(keys[a] < keys[b]));
        assert!(result.is_ok());
        order
    }

    #[test]
    fn equal_keys_keep_their_order() {
        assert_eq!(sorted(&[2, 1, 2, 1, 0]), [4, 1, 3, 0, 2]);
        assert_eq!(sorted(&[3, 2, 1]), [2, 1, 0]);
        assert_eq!(sorted(&[2, 2, 1, 1, 0, 5, 4]), [4, 2, 3, 0, 1, 6, 5]);
        let many: Vec<i64> = (0..500).map(|n| n * 7919 % 10).collect();
        let order = sorted(&many);
        assert!(order.is_sorted_by_key(|&at| (many[at], at)));
    }
}
