//! What a run is told besides its program: seed and bounds.

use super::event::Instant;

/// The options of a run. With the program's text and the input log they determine every event.
#[derive(Clone, Debug)]
pub struct Options {
    /// Seed of `random`.
    pub seed: u64,
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
    /// Largest number of line events without another event between them.
    pub max_lines_in_a_row: usize,
    /// Signals from outside: number and the instant of delivery.
    pub signals: Vec<(i32, Instant)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 0,
            max_events: 5_000_000,
            max_instructions: 2_000_000_000,
            max_time: 86_400_000_000_000,
            max_output: 16 << 20,
            lines: true,
            max_lines_in_a_row: 1000,
            signals: Vec::new(),
        }
    }
}
