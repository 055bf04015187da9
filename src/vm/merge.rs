//! Bulk changes of lists and dicts: extending, updating, merging. What may ask is found out before anything changes, or
//! left to Python helpers.

use super::class;
use super::keys::KeyRole;
use super::machine::Vm;
use super::names;
use super::native::{Outcome, Trap};
use super::value::{Id, Value};

/// `list.extend(iterable)`
pub fn extend(vm: &mut Vm, list: Id, iterable: Value) -> Outcome<()> {
    if runs_python(vm, iterable) {
        // Item by item, so that those before an exception are there.
        return vm.helper("extend_list", &[list.into(), iterable]).map(drop);
    }
    let items = vm.collect_list(iterable)?;
    let len = vm.heap.items(list).map_or(0, <[Value]>::len);
    vm.check_items(len + items.len())?;
    vm.heap.list_splice(list, len..len, &items);
    Ok(())
}

/// Does going over the iterable run Python code?
pub fn runs_python(vm: &mut Vm, iterable: Value) -> bool {
    let reads_at_once = vm.iterates_natively(iterable)
        && (vm.contents(iterable).is_some() || vm.is_quiet(iterable));
    vm.is_iterable(iterable) && !reads_at_once
}

/// `dict.update(other)` for another dict. Looks all keys up before it changes anything.
pub fn merge_dict(vm: &mut Vm, dict: Id, other: Id) -> Outcome<()> {
    let Some(table) = vm.heap.dict(other) else {
        return Ok(());
    };
    let entries: Vec<_> = table.iter().copied().collect();
    let mut places = Vec::with_capacity(entries.len());
    for entry in &entries {
        places.push(vm.dict_find(dict, entry.hash, entry.key)?);
    }
    for (entry, place) in entries.into_iter().zip(places) {
        match place {
            Some(at) => vm.heap.dict_replace(dict, at, entry.value),
            None => vm.heap.dict_push(dict, entry.hash, entry.key, entry.value),
        }
    }
    Ok(())
}

/// `dict.update(other)` for a mapping or an iterable of pairs.
pub fn update(vm: &mut Vm, dict: Id, other: Value) -> Outcome<()> {
    if let Some(id) = other.id()
        && vm.heap.dict(id).is_some()
        && vm.iterates_natively(other)
    {
        return merge_dict(vm, dict, id);
    }
    if vm.get_attr_opt(other, names::KEYS)?.is_some() {
        return vm
            .helper("update_from_mapping", &[dict.into(), other])
            .map(drop);
    }
    if runs_python(vm, other) {
        return vm
            .helper("update_from_pairs", &[dict.into(), other])
            .map(drop);
    }
    let elements = vm.collect(other)?;
    let mut pairs = Vec::with_capacity(elements.len());
    for (n, element) in elements.into_iter().enumerate() {
        pairs.push(pair(vm, n, element)?);
    }
    set_pairs(vm, dict, &pairs)
}

/// `dict[key] = value` for each pair in order.
pub fn set_pairs(vm: &mut Vm, dict: Id, pairs: &[(Value, Value)]) -> Outcome<()> {
    if pairs.iter().all(|&(key, _)| vm.is_plain_key(key)) {
        for &(key, value) in pairs {
            vm.dict_set(dict, key, value)?;
        }
        return Ok(());
    }
    // Keys may repeat: they are gathered in a dict apart, which this execution alone knows.
    let gathered = vm.dict();
    for &(key, value) in pairs {
        let hash = vm.hash_key(key, KeyRole::DictKey)?;
        vm.dict_set_hashed(gathered, hash, key, value)?;
    }
    merge_dict(vm, dict, gathered)
}

fn pair(vm: &mut Vm, n: usize, element: Value) -> Outcome<(Value, Value)> {
    if !vm.is_iterable(element) {
        let error = vm.exception(class::TYPE_ERROR, "object is not iterable");
        let note = vm.str(format!(
            "Cannot convert dictionary update sequence element #{n} to a sequence"
        ));
        let notes = vm.list(vec![note]);
        if let Some(dict) = vm.own_dict(error) {
            vm.dict_set_name(dict, names::NOTES, notes);
        }
        return Err(Trap::Raise(error));
    }
    match vm.collect(element)?[..] {
        [key, value] => Ok((key, value)),
        ref items => {
            let len = items.len();
            vm.value_error(format!(
                "dictionary update sequence element #{n} has length {len}; 2 is required"
            ))
        }
    }
}
