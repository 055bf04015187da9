//! Real CPython under the recorder: a process that forks for each program.

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use xtask::workspace;

use crate::process;

/// The version that is the reference.
const VERSION: &str = "3.14";
const HOW_TO_GET: &str = "CPython 3.14 is the reference. Install it (python.org, your system's packages, `uv python \
    install 3.14`) and name it with --python PATH or in the environment variable LOOPSCOPE_PYTHON";

/// The executable of CPython 3.14.
pub fn find(given: Option<&Path>) -> Result<PathBuf> {
    let named = given
        .map(Path::to_owned)
        .or_else(|| env::var_os("LOOPSCOPE_PYTHON").map(PathBuf::from));
    let python = named.unwrap_or_else(|| format!("python{VERSION}").into());
    let mut command = Command::new(&python);
    command.args(["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
    let version = process::output_of(&mut command)
        .with_context(|| format!("`{}` does not run. {HOW_TO_GET}", python.display()))?;
    ensure!(
        version == VERSION,
        "`{}` is Python {version}. {HOW_TO_GET}",
        python.display()
    );
    Ok(python)
}

/// What the recorder gives for a program that did not come to an end.
const KILLED: i32 = -9;

/// With which classes asyncio runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classes {
    /// Those in Python, which can be observed.
    Python,
    /// Those in C, which programs normally run with. Their frames are not in tracebacks, and they make no cycles.
    C,
}

/// Runs a program without a recorder, in real time; what it wrote stands in files that begin with the stem. Gives the
/// exit status, as shells tell it; nothing if it does not end.
pub fn run(python: &Path, program: &Path, stem: &Path, patience: Duration) -> Result<Option<i32>> {
    let written = |suffix| File::create(stem.with_extension(suffix));
    let mut child = Command::new(python)
        .arg(program)
        .envs([("PYTHONHASHSEED", "0"), ("PYTHONUNBUFFERED", "1")])
        .stdin(Stdio::null())
        .stdout(written("out")?)
        .stderr(written("err")?)
        .spawn()
        .context("CPython does not start")?;
    let status = process::wait_at_most(&mut child, patience)?;
    Ok(status.map(|status| {
        let by_signal = || 128 + status.signal().unwrap_or_default();
        status.code().unwrap_or_else(by_signal)
    }))
}

/// The process that forks.
pub struct Recorder {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Recorder {
    /// Starts it.
    pub fn start(python: &Path, classes: Classes) -> Result<Self> {
        let script = workspace::root().join("tests/oracle/fork.py");
        let mut command = Command::new(python);
        command
            .arg(script)
            .args(match classes {
                Classes::Python => None,
                Classes::C => Some("--c-classes"),
            })
            .env("PYTHONHASHSEED", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start the recorder")?;
        let questions = process.stdin.take().context("the recorder has no input")?;
        let answers = process
            .stdout
            .take()
            .context("the recorder has no output")?;
        Ok(Self {
            process,
            questions,
            answers: BufReader::new(answers),
        })
    }

    /// Runs a program; what it wrote and did stands in files that begin with the stem. Gives the exit status, as shells
    /// tell it; nothing if it does not end.
    pub fn run(&mut self, program: &Path, stem: &Path) -> Result<Option<i32>> {
        let line = format!("{}\t{}", program.display(), stem.display());
        let answer = self.ask(&line)?;
        let status: i32 = answer.parse().context("the recorder gave no status")?;
        Ok(match status {
            KILLED => None,
            signal if signal < 0 => Some(128 - signal),
            status => Some(status),
        })
    }

    fn ask(&mut self, line: &str) -> Result<String> {
        writeln!(self.questions, "{line}").context("the recorder has ended")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        ensure!(!answer.is_empty(), "the recorder has ended");
        Ok(answer.trim_end().to_owned())
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
