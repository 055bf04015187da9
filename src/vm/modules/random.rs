//! `_random`: the Mersenne Twister MT19937 as CPython seeds and reads it. `random.Random` is library Python over these
//! functions, which work on a state object.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::value::Value;
use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive};
use std::rc::Rc;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_random",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    function("new", "", |vm, _| {
        Ok(vm.object(
            class::OBJECT,
            Payload::Opaque(Twister::seeded(&[0]).0.into()),
        ))
    }),
    function("seed", "state, number, /", seed),
    function("random", "state, /", random),
    function("getrandbits", "state, k, /", getrandbits),
    function("getstate", "state, /", getstate),
    function("setstate", "state, vector, /", setstate),
];

/// Words of the state.
const SIZE: usize = 624;
const SHIFT: usize = 397;
const UPPER: u32 = 0x8000_0000;
const LOWER: u32 = 0x7fff_ffff;
const TWIST: u32 = 0x9908_b0df;

/// The state: its words, then the position of the next one.
#[derive(Clone, Debug)]
struct Twister(Vec<u64>);

impl Twister {
    fn from_number(seed: u32) -> Self {
        let mut words = vec![u64::from(seed)];
        let mut word = seed;
        for n in 1..SIZE as u32 {
            word = (word ^ word >> 30)
                .wrapping_mul(1_812_433_253)
                .wrapping_add(n);
            words.push(word.into());
        }
        words.push(SIZE as u64);
        Self(words)
    }

    /// The state for a key of at least one word.
    fn seeded(key: &[u32]) -> Self {
        let mut state = Self::from_number(19_650_218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..SIZE.max(key.len()) {
            let mixed = state.mixed(i, 1_664_525);
            let word = key.get(j).copied().unwrap_or_default();
            state.set(i, mixed.wrapping_add(word).wrapping_add(j as u32));
            i = state.next_index(i);
            j = (j + 1) % key.len().max(1);
        }
        for _ in 1..SIZE {
            let mixed = state.mixed(i, 1_566_083_941);
            state.set(i, mixed.wrapping_sub(i as u32));
            i = state.next_index(i);
        }
        state.set(0, UPPER);
        state
    }

    fn word(&self, at: usize) -> u32 {
        self.0.get(at).copied().unwrap_or_default() as u32
    }

    fn set(&mut self, at: usize, word: u32) {
        if let Some(slot) = self.0.get_mut(at) {
            *slot = word.into();
        }
    }

    fn mixed(&self, at: usize, factor: u32) -> u32 {
        let before = self.word(at.saturating_sub(1));
        self.word(at) ^ (before ^ before >> 30).wrapping_mul(factor)
    }

    fn next_index(&mut self, at: usize) -> usize {
        if at + 1 < SIZE {
            return at + 1;
        }
        self.set(0, self.word(SIZE - 1));
        1
    }
}

/// The next 32 bits of a state.
fn next_word(state: &mut [u64]) -> u32 {
    let at = state.get(SIZE).copied().unwrap_or_default() as usize;
    if at >= SIZE {
        twist(state);
    }
    let at = if at >= SIZE { 0 } else { at };
    if let Some(position) = state.get_mut(SIZE) {
        *position = at as u64 + 1;
    }
    let mut word = state.get(at).copied().unwrap_or_default() as u32;
    word ^= word >> 11;
    word ^= word << 7 & 0x9d2c_5680;
    word ^= word << 15 & 0xefc6_0000;
    word ^ word >> 18
}

fn twist(state: &mut [u64]) {
    for at in 0..SIZE {
        let word = |at: usize| state.get(at % SIZE).copied().unwrap_or_default() as u32;
        let joined = word(at) & UPPER | word(at + 1) & LOWER;
        let twisted = if joined & 1 == 1 { TWIST } else { 0 };
        let new = word(at + SHIFT) ^ joined >> 1 ^ twisted;
        if let Some(slot) = state.get_mut(at) {
            *slot = new.into();
        }
    }
}

/// Works on the words of a state object.
fn with<T>(vm: &mut Vm, state: Value, work: impl FnOnce(&mut [u64]) -> T) -> Outcome<T> {
    let words = state.id().and_then(|id| match vm.heap.payload_mut(id) {
        Payload::Opaque(words) if words.len() == SIZE + 1 => Some(words),
        _ => None,
    });
    match words {
        Some(words) => Ok(work(Rc::make_mut(words))),
        None => vm.type_error("a state of the random number generator is required"),
    }
}

/// Seeds by the absolute value of an int, or by the hash of any other object.
fn seed(vm: &mut Vm, args: &Args) -> Outcome {
    let number = match vm.as_big(args[1]) {
        Some(number) => number.abs(),
        // The hash counts as an unsigned word.
        None => BigInt::from(vm.hash(args[1])? as u64),
    };
    let mut key = number.to_u32_digits().1;
    if key.is_empty() {
        key.push(0);
    }
    let seeded = Twister::seeded(&key);
    with(vm, args[0], |state| state.copy_from_slice(&seeded.0))?;
    Ok(Value::None)
}

fn random(vm: &mut Vm, args: &Args) -> Outcome {
    let (high, low) = with(vm, args[0], |state| {
        (next_word(state) >> 5, next_word(state) >> 6)
    })?;
    let bits = f64::from(high) * 67_108_864.0 + f64::from(low);
    Ok((bits / 9_007_199_254_740_992.0).into())
}

fn getrandbits(vm: &mut Vm, args: &Args) -> Outcome {
    let count = convert::big(vm, args[1])?;
    if count.is_negative() {
        return vm.value_error("Cannot convert negative int");
    }
    let count = count.to_u64().unwrap_or(u64::MAX);
    crate::vm::number::int::check_bits(vm, count)?;
    let words = with(vm, args[0], |state| {
        let mut left = count;
        let mut words = Vec::new();
        while left > 0 {
            let word = next_word(state);
            words.push(if left < 32 { word >> (32 - left) } else { word });
            left = left.saturating_sub(32);
        }
        words
    })?;
    Ok(vm.int(BigInt::from_slice(Sign::Plus, &words)))
}

fn getstate(vm: &mut Vm, args: &Args) -> Outcome {
    let words = with(vm, args[0], |state| state.to_vec())?;
    let items: Vec<Value> = words
        .into_iter()
        .map(|word| Value::Int(word as i64))
        .collect();
    Ok(vm.tuple(items))
}

fn setstate(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(vector) = vm.as_tuple(args[1]).cloned() else {
        return vm.type_error("state vector must be a tuple");
    };
    if vector.len() != SIZE + 1 {
        return vm.value_error("state vector is the wrong size");
    }
    let mut words = Vec::with_capacity(vector.len());
    for (n, &item) in vector.iter().enumerate() {
        let most = if n == SIZE {
            SIZE as i64
        } else {
            u32::MAX.into()
        };
        match vm.as_i64(item).filter(|word| (0..=most).contains(word)) {
            Some(word) => words.push(word as u64),
            None => return vm.value_error("invalid state"),
        }
    }
    with(vm, args[0], |state| state.copy_from_slice(&words))?;
    Ok(Value::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequence_is_that_of_cpython() {
        let mut state = Twister::seeded(&[5]).0;
        let mut random = || {
            let (high, low) = (next_word(&mut state) >> 5, next_word(&mut state) >> 6);
            (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
        };
        assert_eq!(random(), 0.6229016948897019);
    }
}
