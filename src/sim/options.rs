//! What a run is told besides its program: seed, schedule, the simulated computer, and bounds.

use super::cpu::Gil;
use super::input::Input;
use super::schedule::Schedule;
use std::rc::Rc;

/// The largest number of line events without another event between them: a long computation has more lines than anybody
/// looks at.
pub const MAX_LINES_IN_A_ROW: usize = 1000;

/// The options of a run. With the program's text and the input log they determine every event.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Seed of `random`.
    pub seed: u64,
    /// Who goes next among the threads that can run.
    pub schedule: Schedule,
    /// Virtual nanoseconds of an instruction; 0 when computing is free.
    pub cpu_cost: u64,
    /// Number of cores.
    pub cores: u16,
    /// Is there a GIL?
    pub gil: Gil,
    /// Size of the address space of a process, in bytes.
    pub address_space: u64,
    /// Largest number of events, besides the one that says how the run ended.
    pub max_events: usize,
    /// Largest number of instructions.
    pub max_instructions: u64,
    /// The virtual time at which the run is stopped, in nanoseconds.
    pub max_time: u64,
    /// Largest number of bytes written to both streams.
    pub max_output: usize,
    /// Are the lines of user code events?
    pub lines: bool,
    /// What happens to the run from outside.
    pub input: Vec<Input>,
    /// What follows the program's name in `sys.argv`.
    pub arguments: Vec<String>,
    /// What standard input has; without it, a program that calls `input` is refused.
    pub stdin: Option<Stdin>,
}

/// Standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stdin {
    /// What is there to be read.
    pub text: Rc<str>,
    /// Whether more may follow, as at a terminal: where a program wants more, its run stops and says so. Otherwise the
    /// text is all that there is, as in a file.
    pub open: bool,
}

impl Stdin {
    /// A terminal at which so much was typed.
    pub fn typed(text: impl Into<Rc<str>>) -> Self {
        Self {
            text: text.into(),
            open: true,
        }
    }
}

impl From<&str> for Stdin {
    /// A file with this text.
    fn from(text: &str) -> Self {
        Self {
            text: text.into(),
            open: false,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 0,
            schedule: Schedule::Fifo,
            cpu_cost: 0,
            cores: 2,
            gil: Gil::On,
            address_space: 128 << 40,
            max_events: 5_000_000,
            max_instructions: 2_000_000_000,
            max_time: 86_400_000_000_000,
            max_output: 16 << 20,
            lines: true,
            input: Vec::new(),
            arguments: Vec::new(),
            stdin: None,
        }
    }
}
