//! The golden programs, and what the library makes of them.

use std::path::PathBuf;

use loopscope::sim::event::{Ending, Kind, Log, Stream};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::syntax::Diagnostic;

/// The suites, each a folder in `tests/programs`.
pub const SUITES: [&str; 3] = ["asyncio", "threads", "language"];

/// A program that was recorded from CPython.
#[derive(Clone, Debug)]
pub struct Program {
    /// The folder.
    pub suite: &'static str,
    /// The file's stem.
    pub name: String,
    /// The status with which it exits.
    pub status: i32,
}

/// The folder of a suite, or a file beside the suites.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs")).join(name)
}

/// All programs of a suite, in the order of its index.
pub fn suite(suite: &'static str) -> Vec<Program> {
    let index = path(suite).join("index.tsv");
    let index = std::fs::read_to_string(&index).unwrap_or_else(|e| panic!("{index:?}: {e}"));
    let program = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        Program {
            suite,
            name: columns[0].into(),
            status: columns[3].parse().expect("a status"),
        }
    };
    index.lines().skip(1).map(program).collect()
}

impl Program {
    /// Suite and name.
    pub fn id(&self) -> String {
        format!("{}/{}", self.suite, self.name)
    }

    /// Its file's name, as tracebacks show it.
    pub fn file(&self) -> String {
        format!("{}.py", self.name)
    }

    /// One of its files: the path without the suffix is the program's.
    pub fn beside(&self, suffix: &str) -> PathBuf {
        path(self.suite).join(format!("{}.{suffix}", self.name))
    }

    /// The text of one of its files.
    pub fn read(&self, suffix: &str) -> String {
        let path = self.beside(suffix);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"))
    }

    /// A world that is about to run it.
    pub fn world(&self) -> Result<World, Vec<Diagnostic>> {
        World::load(&self.read("py"), &self.file(), Options::default())
    }
}

/// A run that is over.
pub struct Run {
    /// The world at its end.
    pub world: World,
    /// What happened.
    pub log: Log,
    /// How it ended.
    pub ending: Ending,
}

impl Run {
    /// Runs a world to its end.
    pub fn of(mut world: World) -> Self {
        let mut log = Log::default();
        loop {
            if let Progress::Ended(ending) = world.step(&mut log) {
                return Self { world, log, ending };
            }
        }
    }

    /// What the program wrote to a stream.
    pub fn written(&self, to: Stream) -> String {
        let texts = self.log.events.iter().filter_map(|event| match event.kind {
            Kind::Print { stream, text } if stream == to => Some(self.log.texts.get(text)),
            _ => None,
        });
        texts.collect()
    }

    /// Why the run ended before the program did; empty if it did not.
    pub fn message(&self) -> &str {
        match self.log.events.last().map(|event| event.kind) {
            Some(Kind::Status {
                message: Some(text),
                ..
            }) => self.log.texts.get(text),
            _ => "",
        }
    }
}
