//! What ran, how it went and how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::count::Count;
use crate::process::for_people;

/// The parts that have run so far.
#[derive(Default)]
pub struct Report {
    parts: Vec<Part>,
}

struct Part {
    name: &'static str,
    outcome: Outcome,
    duration: Duration,
}

enum Outcome {
    /// A check found nothing.
    Clean,
    /// Tests ran, and some may have failed.
    Tested(Count),
    /// A check found something, or tests could not run to their end.
    Failed(String),
}

impl Report {
    /// Runs a check, which passes or fails as a whole; whether it passed.
    pub fn check(&mut self, name: &'static str, check: impl FnOnce() -> Result<()>) -> bool {
        self.part(name, || check().map(|()| Outcome::Clean))
    }

    /// Runs tests.
    pub fn tests(&mut self, name: &'static str, tests: impl FnOnce() -> Result<Count>) {
        self.part(name, || tests().map(Outcome::Tested));
    }

    /// Prints what ran and, as the last line, the numbers of tests. A part that failed as a whole counts as one.
    pub fn finish(self) -> Count {
        let mut total = Count::default();
        println!();
        for part in &self.parts {
            println!(
                "{:<20} {:>10}   {}",
                part.name,
                for_people(part.duration),
                part.outcome.describe()
            );
            total += part.outcome.count();
        }
        println!("\n{} passed, {} failed", total.passed, total.failed);
        total
    }

    fn part(&mut self, name: &'static str, run: impl FnOnce() -> Result<Outcome>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = run().unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")));
        let passed = outcome.count().failed == 0;
        if let Outcome::Failed(reason) = &outcome {
            println!("{name}: {reason}");
        }
        self.parts.push(Part {
            name,
            outcome,
            duration: start.elapsed(),
        });
        passed
    }
}

impl Outcome {
    fn count(&self) -> Count {
        match self {
            Self::Clean => Count::default(),
            Self::Tested(count) => *count,
            Self::Failed(_) => Count {
                passed: 0,
                failed: 1,
            },
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Clean => "ok".to_owned(),
            Self::Tested(Count { passed, failed: 0 }) => format!("{passed} tests passed"),
            Self::Tested(Count { passed, failed }) => {
                format!("{passed} tests passed, {failed} FAILED")
            }
            Self::Failed(reason) => format!("FAILED: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::{Count, Report};

    #[test]
    fn checks_count_only_when_they_fail() {
        let mut report = Report::default();
        assert!(report.check("clean", || Ok(())));
        assert!(!report.check("dirty", || bail!("no")));
        report.tests("tests", || {
            Ok(Count {
                passed: 5,
                failed: 2,
            })
        });
        assert_eq!(
            report.finish(),
            Count {
                passed: 5,
                failed: 3
            }
        );
    }
}
