//! Schedules: who goes next among the threads that can run, and when the running one is pre-empted.

use super::thread::ThreadIndex;
use crate::vm::frame::Fiber;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A way to choose among runnable threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Schedule {
    /// First in, first out; threads keep the baton until they block or yield.
    #[default]
    Fifo,
    /// Pre-emption after random numbers of instructions, and a random choice of who goes next.
    Random {
        /// Seed of the choices.
        seed: u64,
    },
    /// Probabilistic concurrency testing (Burckhardt and others, 2010): threads have random priorities, the highest
    /// runs, and at `depth - 1` random places the running thread becomes the lowest. A bug that takes `depth` ordered
    /// steps is found with a probability that does not depend on how many threads there are.
    Pct {
        /// Seed of priorities and places.
        seed: u64,
        /// Number of steps that have to come in a certain order.
        depth: u32,
    },
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fifo => f.write_str("fifo"),
            Self::Random { seed } => write!(f, "random:{seed}"),
            Self::Pct { seed, depth } => write!(f, "pct:{seed},{depth}"),
        }
    }
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not a schedule: fifo, random:SEED or pct:SEED,DEPTH");
        let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
        match text.split_once(':') {
            None if text == "fifo" => Ok(Self::Fifo),
            Some(("random", seed)) => Ok(Self::Random {
                seed: number(seed)?,
            }),
            Some(("pct", rest)) => {
                let (seed, depth) = rest.split_once(',').ok_or_else(wrong)?;
                let depth = u32::try_from(number(depth)?).map_err(|_| wrong())?;
                match depth {
                    1..=100 => Ok(Self::Pct {
                        seed: number(seed)?,
                        depth,
                    }),
                    _ => Err("the depth of a schedule is from 1 to 100".to_owned()),
                }
            }
            _ => Err(wrong()),
        }
    }
}

/// A random schedule pre-empts before one in so many instructions: of the program's own code, where its races are, and
/// of the library's.
const RARITY: [u64; 2] = [6, 200];

/// Places where priorities change are drawn from the first 2^3 to 2^12 instructions of the program's own code that are
/// executed while several threads can run: nobody knows beforehand how many there are, so each number is as likely as
/// its double.
const SCALES: std::ops::Range<u64> = 3..13;

/// Whose code the running thread executes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The program's.
    Program,
    /// The library's.
    Library,
}

impl Place {
    /// Whose code a thread executes.
    pub fn of(fiber: &Fiber) -> Self {
        match fiber.is_in_program() {
            true => Self::Program,
            false => Self::Library,
        }
    }
}

/// A schedule at work.
#[derive(Clone, Debug)]
pub enum Policy {
    /// [`Schedule::Fifo`]
    Fifo,
    /// [`Schedule::Random`]
    Random(Dice),
    /// [`Schedule::Pct`]
    Pct(Priorities),
}

/// The state of [`Schedule::Pct`].
#[derive(Clone, Debug)]
pub struct Priorities {
    dice: Dice,
    /// Priority of each thread that was seen.
    of: BTreeMap<ThreadIndex, u64>,
    /// Where priorities change, in instructions of the program from the first choice on; soonest first.
    changes: Vec<u64>,
    /// Instructions since then.
    passed: u64,
    /// The priority that the next change gives.
    lowest: u64,
}

impl Policy {
    /// The beginning of a schedule.
    pub fn new(schedule: Schedule) -> Self {
        match schedule {
            Schedule::Fifo => Self::Fifo,
            Schedule::Random { seed } => Self::Random(Dice::new(seed)),
            Schedule::Pct { seed, depth } => Self::Pct(Priorities::new(seed, depth)),
        }
    }

    /// Does the policy want to be asked before each instruction?
    pub fn is_curious(&self) -> bool {
        !matches!(self, Self::Fifo)
    }

    /// The running thread has executed that many instructions while others could run too.
    pub fn passed(&mut self, running: ThreadIndex, place: Place, instructions: u64) {
        if let (Self::Pct(priorities), Place::Program) = (self, place) {
            priorities.pass(running, instructions);
        }
    }

    /// Should the running thread make room for one of those that wait?
    pub fn preempts(
        &mut self,
        running: ThreadIndex,
        place: Place,
        mut waiting: impl Iterator<Item = ThreadIndex>,
    ) -> bool {
        match self {
            Self::Fifo => false,
            Self::Random(dice) => dice.below(RARITY[place as usize]) == 0,
            Self::Pct(priorities) => {
                let mine = priorities.of(running);
                waiting.any(|other| priorities.of(other) > mine)
            }
        }
    }

    /// Which of those that wait goes next, by position.
    pub fn choose(&mut self, waiting: impl Iterator<Item = ThreadIndex>) -> usize {
        match self {
            Self::Fifo => 0,
            Self::Random(dice) => dice.below(waiting.count() as u64) as usize,
            Self::Pct(priorities) => {
                let ranked = waiting.map(|thread| priorities.of(thread)).enumerate();
                ranked
                    .max_by_key(|&(_, priority)| priority)
                    .map_or(0, |(position, _)| position)
            }
        }
    }
}

impl Priorities {
    fn new(seed: u64, depth: u32) -> Self {
        let mut dice = Dice::new(seed);
        let mut place = || {
            let scale = SCALES.start + dice.below(SCALES.end - SCALES.start);
            dice.below(1 << scale)
        };
        let mut changes: Vec<u64> = (1..depth).map(|_| place()).collect();
        changes.sort_unstable();
        Self {
            dice,
            of: BTreeMap::new(),
            lowest: changes.len() as u64,
            changes,
            passed: 0,
        }
    }

    /// The priority of a thread, drawn when it is first asked for: above all that changes give.
    fn of(&mut self, thread: ThreadIndex) -> u64 {
        let dice = &mut self.dice;
        *self
            .of
            .entry(thread)
            .or_insert_with(|| dice.next() | 1 << 63)
    }

    fn pass(&mut self, running: ThreadIndex, instructions: u64) {
        self.passed += instructions;
        while self.changes.first().is_some_and(|&at| at <= self.passed) {
            self.changes.remove(0);
            self.of.insert(running, self.lowest);
            self.lowest = self.lowest.saturating_sub(1);
        }
    }
}

/// Reproducible random numbers (SplitMix64), apart from the program's own.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below a bound; 0 for the bound 0.
    fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_read_as_they_are_written() {
        for text in ["fifo", "random:7", "pct:1,3"] {
            assert_eq!(text.parse::<Schedule>().expect(text).to_string(), text);
        }
        for text in ["", "random", "random:x", "pct:1", "pct:1,0", "lifo"] {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_highest_priority_runs_until_a_change_makes_it_the_lowest() {
        let mut policy = Policy::new(Schedule::Pct { seed: 3, depth: 2 });
        let first = policy.choose(0..4);
        assert_eq!(policy.choose(0..4), first);
        assert!(!policy.preempts(first, Place::Program, 0..4));
        policy.passed(first, Place::Program, 1 << 20);
        assert_ne!(policy.choose(0..4), first);
        assert!(policy.preempts(first, Place::Program, 0..4));
    }
}
