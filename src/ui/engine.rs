//! The engine as the page drives it. The simulated world is not there yet: until it is, every program is refused.

use crate::sim::event::{Ending, Log};
use crate::syntax::{Diagnostic, DiagnosticKind, LineIndex};
use crate::trace::{Machine, Progress};

/// A program that could run.
#[derive(Clone)]
pub struct World;

impl World {
    /// Refuses the program.
    pub fn new(source: &str) -> Result<Self, Vec<Diagnostic>> {
        let kind = DiagnosticKind::Unsupported("running programs");
        let message = "This page has no engine yet.";
        Err(vec![LineIndex::new(source).diagnostic(kind, message, 0, 0)])
    }
}

impl Machine for World {
    fn step(&mut self, _: &mut Log) -> Progress {
        Progress::Ended(Ending::Unsupported)
    }

    fn instructions(&self) -> u64 {
        0
    }
}
