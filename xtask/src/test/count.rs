//! How many tests passed and failed, read from what the test programs print.

use std::{
    io::{BufRead, BufReader},
    ops::AddAssign,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::process;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that passed.
    pub passed: usize,
    /// Those that failed.
    pub failed: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs `cargo test`, shows what it prints and counts. A failure that no test explains, such as sources that do not
/// compile or a test program that crashes, counts as one; that no test ran is an error.
pub fn run(command: &mut Command) -> Result<Count> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut count = Count::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        count += result_in(&line).unwrap_or_default();
    }
    let status = child.wait()?;
    if !status.success() && count.failed == 0 {
        println!("`{}` failed ({status})", process::describe(command));
        count.failed = 1;
    }
    ensure!(
        count != Count::default(),
        "`{}` ran no tests",
        process::describe(command)
    );
    Ok(count)
}

/// Reads `test result: ok. 7 passed; 0 failed; …`.
fn result_in(line: &str) -> Option<Count> {
    let (_, numbers) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let number_of = |what: &str| {
        let part = numbers.split("; ").find(|part| part.ends_with(what))?;
        part.split(' ').next()?.parse().ok()
    };
    Some(Count {
        passed: number_of(" passed")?,
        failed: number_of(" failed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Count, result_in};

    #[test]
    fn results_of_both_kinds_of_test_programs_are_counted() {
        let native = "test result: FAILED. 7 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 10.65s";
        assert_eq!(
            result_in(native),
            Some(Count {
                passed: 7,
                failed: 2
            })
        );
        let wasm =
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(
            result_in(wasm),
            Some(Count {
                passed: 1,
                failed: 0
            })
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(result_in("test result_in ... ok"), None);
        assert_eq!(result_in("running 3 tests"), None);
    }
}
