//! Sets of signals: what a thread holds back, and what arrived meanwhile (`sigset_t`).

/// A set of signals, by their numbers from 1 to 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignalSet(u64);

/// The place of a signal; none for a number that is not one.
fn bit(number: i32) -> u64 {
    match number {
        1..=64 => 1 << (number - 1),
        _ => 0,
    }
}

impl SignalSet {
    /// Is the signal one of them?
    pub fn contains(self, number: i32) -> bool {
        self.0 & bit(number) != 0
    }

    /// Adds a signal.
    pub fn insert(&mut self, number: i32) {
        self.0 |= bit(number);
    }

    /// Takes a signal out.
    pub fn remove(&mut self, number: i32) {
        self.0 &= !bit(number);
    }

    /// Adds those of another set.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Those that are in both sets.
    pub fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Takes out those that are not in another set.
    pub fn take_outside(&mut self, other: Self) -> Self {
        let taken = Self(self.0 & !other.0);
        self.0 &= other.0;
        taken
    }

    /// Takes out the first that is also in another set.
    pub fn take_first(&mut self, other: Self) -> Option<i32> {
        let number = self.within(other).iter().next()?;
        self.remove(number);
        Some(number)
    }

    /// Their numbers, in order.
    pub fn iter(self) -> impl Iterator<Item = i32> {
        (1..=64).filter(move |&number| self.contains(number))
    }
}

impl FromIterator<i32> for SignalSet {
    fn from_iter<I: IntoIterator<Item = i32>>(numbers: I) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}
