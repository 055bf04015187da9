//! Running other programs: a failure names the command line that failed.

use std::{
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

const POLL: Duration = Duration::from_millis(200);
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// Runs a command to its end; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    succeed(command, status)
}

/// Runs a command that takes minutes and says so now and then.
pub fn run_patiently(command: &mut Command, what: &str) -> Result<()> {
    let mut child = command.spawn().with_context(|| cannot_start(command))?;
    let status = wait_patiently(&mut child, what)?;
    succeed(command, status)
}

/// What a command prints, or `None` when it cannot be run or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A command line as one would type it.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A duration for people: `4 min 5 s`.
pub fn for_people(duration: Duration) -> String {
    match (duration.as_secs() / 60, duration.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

fn wait_patiently(child: &mut Child, what: &str) -> Result<ExitStatus> {
    let start = Instant::now();
    let mut next_sign = SIGN_OF_LIFE;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() >= next_sign {
            println!("  … {what}: {}", for_people(next_sign));
            next_sign += SIGN_OF_LIFE;
        }
        thread::sleep(POLL);
    }
}

fn succeed(command: &Command, status: ExitStatus) -> Result<()> {
    ensure!(
        status.success(),
        "`{}` failed ({status})",
        describe(command)
    );
    Ok(())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", describe(command))
}

/// Waits for a process to end; one that takes longer is ended, and gives nothing.
pub fn wait_at_most(child: &mut Child, patience: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
