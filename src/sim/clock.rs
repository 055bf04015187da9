//! The virtual clock: integer nanoseconds that move only when every thread is blocked.

use super::event::Instant;

/// Nanoseconds from the Unix epoch to the start of every run: 2025-01-01T00:00:00Z.
pub const EPOCH: u64 = 1_735_689_600_000_000_000;

/// From this many clock reads, thread switches or busy loop iterations at one instant on, each costs [`BUSY_COST`].
const BUSY_LIMIT: u32 = 10_000;
const BUSY_COST: u64 = 1_000_000;

/// The clock of a world.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The present instant.
    pub now: Instant,
    /// Is computing free, so that very many operations have to be charged?
    charges: bool,
    /// Charged operations since the clock last jumped.
    busy: u32,
}

impl Clock {
    /// A clock at the start; `charges` where computing is free.
    pub fn new(charges: bool) -> Self {
        Self {
            now: Instant::default(),
            charges,
            busy: 0,
        }
    }

    /// Charges one clock read, thread switch or busy iteration. Computing is free until there are very many of them at
    /// one instant, so that busy-wait loops and unbounded producers end.
    pub fn charge(&mut self) {
        self.busy = self.busy.saturating_add(1);
        if self.charges && self.busy > BUSY_LIMIT {
            self.now.ns += BUSY_COST;
        }
    }

    /// The time as programs read it: a charged operation.
    pub fn read(&mut self) -> u64 {
        self.charge();
        self.now.ns
    }

    /// Jumps to an instant; never backwards.
    pub fn jump(&mut self, to: Instant) {
        self.now = self.now.max(to);
        self.busy = 0;
    }
}

/// Nanoseconds of a duration in seconds, rounded half to even; never 0 for a positive one, or time could not pass.
pub fn nanoseconds(seconds: f64) -> u64 {
    let exact = (seconds * 1e9).round_ties_even();
    if exact >= 1.0 {
        exact as u64
    } else {
        u64::from(seconds > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_positive_duration_is_never_nothing() {
        assert_eq!(
            [
                nanoseconds(5e-17),
                nanoseconds(0.0),
                nanoseconds(-1.0),
                nanoseconds(0.1)
            ],
            [1, 0, 0, 100_000_000]
        );
    }

    #[test]
    fn computing_is_free_up_to_a_limit() {
        let mut clock = Clock::new(true);
        (0..BUSY_LIMIT).for_each(|_| clock.charge());
        assert_eq!(clock.now.ns, 0);
        clock.charge();
        assert_eq!(clock.now.ns, BUSY_COST);
        clock.jump(Instant { ns: 5, hop: 9 });
        assert_eq!(clock.now.ns, BUSY_COST);
        assert_eq!(clock.read(), BUSY_COST);
    }
}
