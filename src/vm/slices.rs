//! Slices and indexes: from the values a program wrote to positions within a sequence (`Objects/sliceobject.c`).

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::number::convert;
use super::object::Payload;
use super::value::Value;

/// A slice fitted to the length of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The first position.
    pub start: i64,
    /// Behind the last position, in the direction of the step.
    pub stop: i64,
    /// The distance between positions, never 0.
    pub step: i64,
    /// How many positions there are.
    pub count: usize,
}

impl Slice {
    /// Fits `start:stop:step` to a sequence of `len` items; absent parts are `None`.
    pub fn fit(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> Self {
        let len = len as i64;
        let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |at: i64| {
            let at = if at < 0 { at.saturating_add(len) } else { at };
            at.clamp(lowest, highest)
        };
        let (first, last) = if step < 0 {
            (highest, lowest)
        } else {
            (lowest, highest)
        };
        let (start, stop) = (start.map_or(first, clamp), stop.map_or(last, clamp));
        let distance = if step < 0 { start - stop } else { stop - start };
        let count = match distance {
            ..=0 => 0,
            _ => (distance - 1) as u64 / step.unsigned_abs() + 1,
        } as usize;
        Self {
            start,
            stop,
            step,
            count,
        }
    }

    /// Its positions in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |n| (self.start + n * self.step) as usize)
    }

    /// The positions as a range, for a step of 1: where it is empty, it lies at `start`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.stop.max(self.start) as usize
    }

    /// The items at its positions.
    pub fn pick<T: Copy>(self, items: &[T]) -> Vec<T> {
        if self.step == 1 {
            return items.get(self.range()).unwrap_or_default().to_vec();
        }
        self.positions()
            .filter_map(|at| items.get(at).copied())
            .collect()
    }
}

/// A number as a count: none below zero, and as many as the platform can count at most.
pub fn count(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}

/// A position that counts from the end where it is negative; it may lie behind the end.
pub fn from_end(position: i64, length: usize) -> usize {
    match position {
        0.. => count(position),
        _ => length.saturating_sub(count(position.saturating_neg())),
    }
}

impl Vm {
    /// The parts of a slice object, if the value is one.
    pub fn as_slice(&self, value: Value) -> Option<[Value; 3]> {
        match self.heap.content(value)? {
            Payload::Slice(parts) => Some(**parts),
            _ => None,
        }
    }

    /// The numbers in a slice's parts; asks for `__index__`.
    pub fn slice_numbers(&mut self, parts: [Value; 3]) -> Outcome<(Option<i64>, Option<i64>, i64)> {
        let step = match convert::slice_position(self, parts[2], 1)? {
            0 => return self.value_error("slice step cannot be zero"),
            step => step.max(-i64::MAX),
        };
        let start = self.slice_part(parts[0])?;
        let stop = self.slice_part(parts[1])?;
        Ok((start, stop, step))
    }

    fn slice_part(&mut self, part: Value) -> Outcome<Option<i64>> {
        match part {
            Value::None | Value::Unbound => Ok(None),
            _ => convert::slice_position(self, part, 0).map(Some),
        }
    }

    /// Fits a slice to a sequence whose length is taken after its parts are evaluated.
    pub fn fit_slice(
        &mut self,
        parts: [Value; 3],
        len: impl FnOnce(&Self) -> usize,
    ) -> Outcome<Slice> {
        let (start, stop, step) = self.slice_numbers(parts)?;
        Ok(Slice::fit(start, stop, step, len(self)))
    }

    /// The position that an index means in a sequence of `len` items; `None` when it is out of range. Asks for
    /// `__index__`; what is no index raises `<what> must be integers or slices, not <class>`.
    pub fn position(
        &mut self,
        index: Value,
        what: &str,
        len: impl FnOnce(&Self) -> usize,
    ) -> Outcome<Option<usize>> {
        let number = match index {
            Value::Int(number) => number,
            _ => self.index_number(index, what)?,
        };
        let len = len(self) as i64;
        let at = if number < 0 { number + len } else { number };
        Ok((0..len).contains(&at).then_some(at as usize))
    }

    fn index_number(&mut self, index: Value, what: &str) -> Outcome<i64> {
        let Some(number) = convert::index_opt(self, index)? else {
            let class = self.class_name(index);
            let message = match what {
                "string indices" => format!("string indices must be integers, not '{class}'"),
                _ => format!("{what} must be integers or slices, not {class}"),
            };
            return self.type_error(message);
        };
        match self.as_i64(number) {
            Some(number) => Ok(number),
            None => {
                let class = self.class_name(index);
                let message = format!("cannot fit '{class}' into an index-sized integer");
                self.raise(class::INDEX_ERROR, message)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> Vec<usize> {
        Slice::fit(start, stop, step, len).positions().collect()
    }

    #[test]
    fn parts_are_fitted_as_in_cpython() {
        assert_eq!(positions(None, None, 1, 3), [0, 1, 2]);
        assert_eq!(positions(None, None, -1, 3), [2, 1, 0]);
        assert_eq!(positions(Some(-2), None, 1, 3), [1, 2]);
        assert_eq!(positions(Some(5), None, -2, 4), [3, 1]);
        assert!(positions(Some(2), Some(1), 1, 4).is_empty());
        assert_eq!(positions(None, Some(-1), 3, 8), [0, 3, 6]);
        assert_eq!(positions(Some(i64::MIN), Some(i64::MAX), i64::MAX, 4), [0]);
        assert_eq!(positions(Some(i64::MAX), Some(i64::MIN), -i64::MAX, 4), [3]);
    }
}
