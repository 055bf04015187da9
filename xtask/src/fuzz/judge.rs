//! One program on both: the simulation and CPython, and where they differ.

use std::{
    fmt::{self, Display, Formatter},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::Value;
use xtask::workspace;

use super::conformance::{CORE, Comparison, Table, difference};
use super::coverage;
use super::cpython::{self, Classes, Recorder};
use crate::process;

/// The events of a full schedule, which have to agree in all the fields below.
const FULL: &Table = &[
    ("task.new", FIELDS),
    ("task.named", FIELDS),
    ("task.done", FIELDS),
    ("task.cancel", FIELDS),
    ("task.uncancel", FIELDS),
    ("eager", FIELDS),
    ("step", FIELDS),
    ("step.end", FIELDS),
    ("await", FIELDS),
    ("wakeup", FIELDS),
    ("fut.new", FIELDS),
    ("fut.result", FIELDS),
    ("fut.exception", FIELDS),
    ("fut.cancel", FIELDS),
    ("fut.add_cb", FIELDS),
    ("call_soon", FIELDS),
    ("call_soon_threadsafe", FIELDS),
    ("call_at", FIELDS),
    ("handle.cancel", FIELDS),
    ("run", FIELDS),
    ("run.end", FIELDS),
    ("loop.start", FIELDS),
    ("loop.iter", FIELDS),
    ("loop.idle", FIELDS),
    ("loop.stop", FIELDS),
    ("loop.stopped", FIELDS),
    ("loop.close", FIELDS),
    ("thread.start", FIELDS),
    ("thread.end", FIELDS),
    ("sleep", FIELDS),
    ("ex.submit", FIELDS),
    ("ex.start", FIELDS),
    ("ex.finish", FIELDS),
    ("print", FIELDS),
    ("signal", FIELDS),
    ("clock", FIELDS),
    ("exit", FIELDS),
];
const FIELDS: &[&str] = &[
    "out", "task", "text", "cb", "h", "ready", "timers", "exc", "on", "by", "fut", "state",
    "value", "when", "to", "until", "coro", "name", "parent", "thread", "secs", "fn", "sig",
    "status",
];

/// Of the core schedule, what can also be observed with CPython's C classes.
const SEEN_IN_C: &Table = &[
    ("task.new", &["task", "coro", "parent"]),
    ("step", &["task"]),
    ("thread.start", &["thread", "name"]),
    ("thread.end", &["thread"]),
    ("sleep", &["secs"]),
    ("print", &["out", "text", "task"]),
    ("signal", &["sig"]),
    ("clock", &["to"]),
    ("exit", &["status"]),
];

/// The name of the file that is run.
const FILE: &str = "program.py";
/// A program that takes longer here, in real time, hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Exit statuses of the simulation: refused, a budget used up, blocked for ever.
const UNSUPPORTED: i32 = 65;
const BUDGET: i32 = 70;
const DEADLOCK: i32 = 71;
/// Exit statuses of the recorder: virtual time used up, blocked for ever.
const LATE: i32 = 96;
const BLOCKED: i32 = 98;
/// How deep the recorder's own calls may nest is no property of the program.
const DEPTH: &str = "maximum recursion depth exceeded";
/// It did not come to an end.
const ENDLESS: i32 = -9;

/// In what a run differs from CPython's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Refused,
    Hang,
    Stdout,
    Exit,
    Stderr,
    Core,
    Full,
}

impl Aspect {
    /// All, the worst first.
    pub const ALL: [Self; 7] = [
        Self::Refused,
        Self::Hang,
        Self::Stdout,
        Self::Exit,
        Self::Stderr,
        Self::Core,
        Self::Full,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Hang => "hang or crash",
            Self::Stdout => "stdout",
            Self::Exit => "exit status",
            Self::Stderr => "stderr",
            Self::Core => "core schedule",
            Self::Full => "full schedule",
        }
    }
}

/// What comparing found.
#[derive(Clone, Debug)]
pub enum Verdict {
    Same,
    /// The same as with CPython's C classes, which the recorder's Python classes differ from.
    AsInC,
    /// It has no end on CPython either, or exhausts the depth of calls.
    Endless,
    Different(Aspect, String),
}

impl Display for Verdict {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Same => f.write_str("the same"),
            Self::AsInC => f.write_str("as with the C classes"),
            Self::Endless => f.write_str("without an end"),
            Self::Different(aspect, why) => write!(f, "differs in {}:{why}", aspect.name()),
        }
    }
}

/// Both sides, and a folder for their files.
pub struct Judge {
    python: PathBuf,
    recorders: Option<Recorders>,
    folder: PathBuf,
    loopscope: PathBuf,
    comparison: Comparison,
}

/// CPython in virtual time.
struct Recorders {
    observed: Recorder,
    /// The same with classes in C, for what depends on the classes.
    in_c: Recorder,
}

/// What one side did.
struct Side {
    status: i32,
    out: String,
    err: String,
    trace: String,
}

impl Side {
    fn is_too_deep(&self) -> bool {
        [&self.out, &self.err]
            .iter()
            .any(|text| text.contains(DEPTH))
    }
}

impl Judge {
    /// A judge whose files stand in this folder. What is not recorded runs on CPython as it is, in real time, and only
    /// what it prints is compared.
    pub fn new(
        python: &Path,
        loopscope: &Path,
        folder: PathBuf,
        is_recorded: bool,
    ) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        let start = |classes| Recorder::start(python, classes);
        let recorders = match is_recorded {
            true => Some(Recorders {
                observed: start(Classes::Python)?,
                in_c: start(Classes::C)?,
            }),
            false => None,
        };
        Ok(Self {
            python: python.into(),
            recorders,
            folder,
            loopscope: loopscope.into(),
            comparison: Comparison::new(FILE),
        })
    }

    /// Runs a program on both and compares.
    pub fn judge(&mut self, source: &str) -> Result<Verdict> {
        let program = self.folder.join(FILE);
        fs::write(&program, source)?;
        let theirs = self.record(&program)?;
        if theirs.is_too_deep() || matches!(theirs.status, LATE | ENDLESS) {
            return Ok(Verdict::Endless);
        }
        let Some(ours) = self.simulate()? else {
            return Ok(Verdict::Different(Aspect::Hang, "no answer".into()));
        };
        let verdict = self.compare(&theirs, &ours);
        match verdict {
            Verdict::Different(
                aspect @ (Aspect::Stdout | Aspect::Exit | Aspect::Stderr | Aspect::Core),
                why,
            ) => self.with_c_classes(&program, &ours, (aspect, why)),
            verdict => Ok(verdict),
        }
    }

    /// The verdict on a program that does not do what it does with the Python classes: it may do what it does with the C
    /// classes. The cycles that the Python classes make keep futures, tasks and generators longer, and there are more
    /// frames in tracebacks.
    fn with_c_classes(
        &mut self,
        program: &Path,
        ours: &Side,
        (aspect, why): (Aspect, String),
    ) -> Result<Verdict> {
        let Some(recorders) = &mut self.recorders else {
            return Ok(Verdict::Different(aspect, why));
        };
        let status = recorders.in_c.run(program, &self.folder.join("in_c"))?;
        let in_c = self.side("in_c", status.unwrap_or(ENDLESS));
        if in_c.is_too_deep() {
            return Ok(Verdict::Endless);
        }
        let printed = self.find_in_output(&in_c, ours);
        let done = || self.find_in_schedule(&in_c, ours, &[(Aspect::Core, SEEN_IN_C)]);
        let Err((in_c, so)) = printed.and_then(|()| done()) else {
            return Ok(Verdict::AsInC);
        };
        let why = format!("{why}\n    with the C classes in {}:{so}", in_c.name());
        Ok(Verdict::Different(aspect, why))
    }

    /// What CPython printed for the program that was judged last.
    pub fn last_output(&self) -> String {
        read(&self.folder.join("cpython.out")) + &read(&self.folder.join("cpython.err"))
    }

    fn record(&mut self, program: &Path) -> Result<Side> {
        let stem = self.folder.join("cpython");
        let status = match &mut self.recorders {
            Some(recorders) => recorders.observed.run(program, &stem)?,
            None => cpython::run(&self.python, program, &stem, PATIENCE)?,
        };
        Ok(self.side("cpython", status.unwrap_or(ENDLESS)))
    }

    /// What stands in the files of a run of CPython.
    fn side(&self, stem: &str, status: i32) -> Side {
        let text = |suffix| read(&self.folder.join(format!("{stem}.{suffix}")));
        Side {
            status,
            out: plain_names(&text("out")),
            err: plain_names(&text("err")),
            trace: plain_names(&own_events(&text("trace.jsonl"))),
        }
    }

    /// Runs the simulation; nothing if it does not end.
    fn simulate(&self) -> Result<Option<Side>> {
        let files = ["here.out", "here.err", "here.trace.jsonl"].map(|name| self.folder.join(name));
        let [out, err, trace] = &files;
        let _ = fs::remove_file(trace);
        let mut child = Command::new(&self.loopscope)
            .args(["run", FILE, "--trace"])
            .arg(trace)
            .env(coverage::FILE_VARIABLE, self.folder.join(coverage::FILE))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(fs::File::create(out)?)
            .stderr(fs::File::create(err)?)
            .spawn()
            .context("cannot start the simulation")?;
        let Some(status) = process::wait_at_most(&mut child, PATIENCE)? else {
            return Ok(None);
        };
        Ok(Some(Side {
            status: status.code().unwrap_or(-1),
            out: plain_names(&read(out)),
            err: plain_names(&read(err)),
            trace: plain_names(&read(trace)),
        }))
    }

    fn compare(&self, theirs: &Side, ours: &Side) -> Verdict {
        let last = || ours.err.lines().last().unwrap_or_default().to_owned();
        if ours.status == UNSUPPORTED && theirs.status != UNSUPPORTED {
            return Verdict::Different(Aspect::Refused, last());
        }
        if matches!(ours.status, BUDGET | 101 | -1) {
            return Verdict::Different(Aspect::Hang, last());
        }
        match self.find(theirs, ours) {
            Err((aspect, why)) => Verdict::Different(aspect, why),
            Ok(()) => Verdict::Same,
        }
    }

    fn find(&self, theirs: &Side, ours: &Side) -> Result<(), (Aspect, String)> {
        self.find_in_output(theirs, ours)?;
        match self.recorders {
            Some(_) => {
                self.find_in_schedule(theirs, ours, &[(Aspect::Core, CORE), (Aspect::Full, FULL)])
            }
            None => Ok(()),
        }
    }

    fn find_in_schedule(
        &self,
        theirs: &Side,
        ours: &Side,
        tables: &[(Aspect, &Table)],
    ) -> Result<(), (Aspect, String)> {
        // What a signal ended wrote none.
        if theirs.trace.is_empty() {
            return Ok(());
        }
        let blocked = are_blocked(theirs, ours);
        let comparison = &self.comparison;
        for &(aspect, table) in tables {
            let events = |side: &Side| {
                let mut events = comparison.schedule(&side.trace, table);
                // Where everything is blocked, each says so in its own words.
                events.retain(|event| !blocked || !is_ending(event));
                events
            };
            same(aspect, &events(theirs), &events(ours))?;
        }
        Ok(())
    }

    fn find_in_output(&self, theirs: &Side, ours: &Side) -> Result<(), (Aspect, String)> {
        let comparison = &self.comparison;
        let plain = |side: &Side| lines(&comparison.plain(&side.out));
        same(Aspect::Stdout, &plain(theirs), &plain(ours))?;
        self.find_on_stderr(theirs, ours)
    }

    /// The exit status, too.
    fn find_on_stderr(&self, theirs: &Side, ours: &Side) -> Result<(), (Aspect, String)> {
        let comparison = &self.comparison;
        if !are_blocked(theirs, ours) {
            same(Aspect::Exit, &[theirs.status], &[ours.status])?;
            let normal = |side: &Side| lines(&comparison.normal(&side.err));
            same(Aspect::Stderr, &normal(theirs), &normal(ours))?;
        }
        Ok(())
    }
}

fn are_blocked(theirs: &Side, ours: &Side) -> bool {
    theirs.status == BLOCKED && ours.status == DEADLOCK
}

/// Whether an event is the end of the program.
fn is_ending(event: &[Value]) -> bool {
    event.get(2).and_then(Value::as_str) == Some("exit")
}

fn same<T: PartialEq + std::fmt::Debug>(
    aspect: Aspect,
    wanted: &[T],
    got: &[T],
) -> Result<(), (Aspect, String)> {
    match wanted == got {
        true => Ok(()),
        false => Err((aspect, difference("", wanted, got))),
    }
}

/// Without the ids of objects that are shown in decimal digits (`Future 139869099087856 in unexpected state`), and
/// without the module of the C classes, which the recorder's do not have in messages.
fn plain_names(text: &str) -> String {
    let text = text.replace("'_asyncio.", "'");
    let mut plain = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        // Times have decimals, too.
        let is_id = digits == 15 && !plain.ends_with('.');
        plain.push_str(if is_id { &part[15..] } else { part });
    }
    plain
}

fn lines(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

/// The events of a trace up to the recorder's word that everything is blocked, and without a line that was cut off when
/// the process that wrote it was ended.
fn own_events(trace: &str) -> String {
    let lines = trace
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    lines
        .take_while(|line| !line.contains("\"text\": \"oracle: blocked"))
        .collect()
}

/// The text of a file; empty if it was not written.
fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The simulation's command line, built now.
pub fn build(release: bool) -> Result<PathBuf> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--package", "loopscope", "--bin", "loopscope"])
        .args(release.then_some("--release"))
        .current_dir(workspace::root());
    crate::process::run(&mut command)?;
    let profile = if release { "release" } else { "debug" };
    Ok(workspace::target().join(profile).join("loopscope"))
}
