//! `hash()` and `id()`, as CPython has them with `PYTHONHASHSEED=0`.

use super::class;
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::number::Number;
use super::object::Payload;
use super::text::hash_bytes;
use super::value::{Id, Value};
use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive};
use std::rc::Rc;

/// Hashes of numbers are residues modulo this prime, so that equal numbers of different types have equal hashes.
const MODULUS: u64 = (1 << 61) - 1;
const INFINITY: i64 = 314_159;
const IMAGINARY: i64 = 1_000_003;
const NONE: i64 = 0xfca8_6420;

impl Vm {
    /// `hash(value)`; TypeError for unhashable ones; asks for `__hash__` written in Python.
    pub fn hash(&mut self, value: Value) -> Outcome<i64> {
        let class = self.class_of(value);
        if self.is_builtin(class) && class != class::MEMORYVIEW {
            return builtin(self, value);
        }
        let Some(method) = self.special(class, names::HASH) else {
            return unhashable(self, value);
        };
        let result = self.call_special(method, value, &[])?;
        match Number::of(self, result) {
            Some(Number::Small(-1)) => Ok(-2),
            Some(Number::Small(hash)) => Ok(hash),
            Some(Number::Big(hash)) => Ok(int(&hash)),
            _ => self.type_error("__hash__ method should return an integer"),
        }
    }
}

/// `hash(value)` of a built-in object, or of an instance of a subclass as its built-in base has it.
pub fn builtin(vm: &mut Vm, value: Value) -> Outcome<i64> {
    let id = match value {
        Value::Unbound | Value::None => return Ok(NONE),
        Value::Bool(value) => return Ok(value.into()),
        Value::Int(value) => return Ok(small(value)),
        Value::Float(value) => return Ok(float(value)),
        Value::NotImplemented | Value::Ellipsis => return Ok(address(value)),
        Value::Object(id) => id,
    };
    match vm.heap.payload(id) {
        Payload::Int(value) => Ok(int(value)),
        Payload::Float(value) => Ok(float(*value)),
        Payload::Complex(re, im) => Ok(complex(*re, *im)),
        Payload::Str(text) => Ok(text.hash()),
        Payload::Bytes(bytes) => Ok(hash_bytes(bytes)),
        Payload::Tuple(items) => {
            let items = items.clone();
            let lanes = vm.nested(|vm| hash_all(vm, &items))?;
            Ok(tuple(&lanes))
        }
        Payload::Slice(parts) => {
            let parts = parts.clone();
            let lanes = vm.nested(|vm| hash_all(vm, parts.as_slice()))?;
            Ok(finish(mix(&lanes)))
        }
        Payload::Range(parts) => {
            let parts = parts.clone();
            range(vm, parts)
        }
        Payload::BoundMethod(parts) => {
            let [function, receiver] = **parts;
            let hash = vm.nested(|vm| vm.hash(function))?;
            Ok(finish((address(receiver) ^ hash) as u64))
        }
        Payload::MappingProxy(mapping) => {
            let mapping = *mapping;
            vm.nested(|vm| vm.hash(mapping))
        }
        Payload::Weakref(target, _) if !target.is_none() => {
            let target = *target;
            vm.nested(|vm| vm.hash(target.into()))
        }
        Payload::Set(set) if vm.is_subclass(vm.heap.get(id).class, class::FROZENSET) => {
            Ok(frozenset(set.entries().map(|(hash, _)| hash)))
        }
        Payload::List(_)
        | Payload::Dict(_)
        | Payload::Set(_)
        | Payload::ByteArray(_)
        | Payload::Deque(_) => unhashable(vm, value),
        Payload::DictView(_, kind) if *kind != super::object::ViewKind::Values => {
            unhashable(vm, value)
        }
        _ => Ok(address(value)),
    }
}

fn unhashable(vm: &mut Vm, value: Value) -> Outcome<i64> {
    let class = vm.class_name(value).to_owned();
    vm.type_error(format!("unhashable type: '{class}'"))
}

fn hash_all(vm: &mut Vm, items: &[Value]) -> Outcome<Vec<i64>> {
    items.iter().map(|&item| vm.hash(item)).collect()
}

/// `id(value)`: an address that stays the same while the object lives, and that `repr` shows.
pub fn identity(value: Value) -> i64 {
    /// Where the heap and the inline values would be.
    const HEAP: i64 = 0x7f00_0000_0000;
    const INLINE: i64 = 0x5500_0000_0000;
    match value {
        Value::Unbound => INLINE,
        Value::None => INLINE + 0x100,
        Value::NotImplemented => INLINE + 0x200,
        Value::Ellipsis => INLINE + 0x300,
        Value::Bool(value) => INLINE + 0x400 + 32 * i64::from(value),
        Value::Int(value) => INLINE + 0x1000 + (value.wrapping_mul(32) & 0xff_ffff_ffff),
        Value::Float(value) => INLINE + 16 + ((value.to_bits() >> 16) as i64 & 0xff_ffff_fff0),
        Value::Object(Id(id)) => HEAP + 16 * i64::from(id),
    }
}

/// `object.__hash__`: the hash of an object that is equal only to itself.
pub fn address(value: Value) -> i64 {
    identity(value).rotate_right(4)
}

/// Of an int of 64 bits.
fn small(value: i64) -> i64 {
    let residue = (value.unsigned_abs() % MODULUS) as i64;
    finish(if value < 0 { -residue } else { residue } as u64)
}

/// Of an int of any size.
pub fn int(value: &BigInt) -> i64 {
    let residue = (value.abs() % MODULUS).to_i64().unwrap_or(0);
    finish(match value.sign() {
        Sign::Minus => -residue,
        _ => residue,
    } as u64)
}

/// Of a float: equal to that of an int or fraction of the same value.
pub fn float(value: f64) -> i64 {
    if value.is_nan() {
        // Each has a payload of its own, which stands for its address.
        return (value.to_bits() & 0xffff_ffff) as i64;
    }
    if value.is_infinite() {
        return if value > 0.0 { INFINITY } else { -INFINITY };
    }
    let (mantissa, exponent) = libm::frexp(value.abs());
    let mantissa = libm::ldexp(mantissa, 53) as u64;
    // Multiplying by a power of two modulo 2^61 - 1 rotates 61 bits.
    let turn = (exponent - 53).rem_euclid(61) as u32;
    let residue = mantissa % MODULUS;
    let rotated = (residue << turn & MODULUS) | residue >> (61 - turn);
    let hash = (rotated % MODULUS) as i64;
    finish(if value < 0.0 { -hash } else { hash } as u64)
}

fn complex(re: f64, im: f64) -> i64 {
    finish(float(re).wrapping_add(float(im).wrapping_mul(IMAGINARY)) as u64)
}

/// -1 means an error in C, so no hash is.
fn finish(hash: u64) -> i64 {
    match hash as i64 {
        -1 => -2,
        hash => hash,
    }
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// The accumulation of xxHash, a lane an item.
fn mix(lanes: &[i64]) -> u64 {
    lanes.iter().fold(PRIME_5, |sum, &lane| {
        let sum = sum.wrapping_add((lane as u64).wrapping_mul(PRIME_2));
        sum.rotate_left(31).wrapping_mul(PRIME_1)
    })
}

/// Of a tuple, from the hashes of its items.
pub fn tuple(lanes: &[i64]) -> i64 {
    let sum = mix(lanes).wrapping_add(lanes.len() as u64 ^ PRIME_5 ^ 3_527_539);
    match sum as i64 {
        -1 => 1_546_275_796,
        hash => hash,
    }
}

/// Of a frozenset, from the hashes of its members in any order.
pub fn frozenset(members: impl Iterator<Item = i64>) -> i64 {
    let mut count = 0u64;
    let spread = |hash: u64| (hash ^ 89_869_747 ^ (hash << 16)).wrapping_mul(3_644_798_167);
    let mut sum = members.fold(0, |sum, hash| {
        count += 1;
        sum ^ spread(hash as u64)
    });
    sum ^= (count + 1).wrapping_mul(1_927_868_237);
    sum ^= (sum >> 11) ^ (sum >> 25);
    match sum.wrapping_mul(69_069).wrapping_add(907_133_923) as i64 {
        -1 => 590_923_713,
        hash => hash,
    }
}

/// Of a range: what makes it equal to others, which is its length, and start and step where they matter.
fn range(vm: &mut Vm, parts: Rc<[Value; 3]>) -> Outcome<i64> {
    let [start, stop, step] = parts.map(|part| vm.as_big(part).unwrap_or_default());
    let (span, stride) = match step.is_negative() {
        true => (&start - &stop, -&step),
        false => (&stop - &start, step.clone()),
    };
    let length = match span.is_positive() {
        true => (span + &stride - 1) / stride,
        false => BigInt::ZERO,
    };
    let start = if length.is_positive() {
        int(&start)
    } else {
        NONE
    };
    let step = if length > BigInt::from(1) {
        int(&step)
    } else {
        NONE
    };
    Ok(tuple(&[int(&length), start, step]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_hash_as_in_cpython() {
        assert_eq!(small(-1), -2);
        assert_eq!(small(i64::MAX), 3);
        assert_eq!(small(1 << 61), 1);
        assert_eq!(int(&BigInt::from(10).pow(30)), 465_258_685_558_744_706);
        assert_eq!(float(1.5), 1_152_921_504_606_846_977);
        assert_eq!(float(0.1), 230_584_300_921_369_408);
        assert_eq!(float(-2.0), -2);
        assert_eq!(float(1e300), 1_224_995_262_755_759_164);
        assert_eq!(float(5e-324), 16_777_216);
        assert_eq!(complex(1.0, 2.0), 2_000_007);
    }

    #[test]
    fn collections_hash_as_in_cpython() {
        assert_eq!(tuple(&[]), 5_740_354_900_026_072_187);
        assert_eq!(tuple(&[1, 2, 3]), 529_344_067_295_497_451);
        assert_eq!(frozenset([].into_iter()), 133_146_708_735_736);
        assert_eq!(frozenset([1, 2, 3].into_iter()), -272_375_401_224_217_160);
    }
}
