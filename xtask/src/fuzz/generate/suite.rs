//! The kinds of programs: what they import, share, raise and catch.

use std::collections::BTreeSet;

use clap::ValueEnum;

use super::{Generator, Place, Variable};
use crate::fuzz::random::Random;
use crate::fuzz::tree::{Colour, Expr, Stmt};

/// A kind of programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Event loops, tasks, and threads below them
    Asyncio,
    /// Threads, locks, queues and thread pools
    Threads,
    /// Processes and their pools; only what they print is compared
    Processes,
}

impl Suite {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asyncio => "asyncio",
            Self::Threads => "threads",
            Self::Processes => "processes",
        }
    }

    /// Whether its programs run in virtual time on CPython, under the recorder.
    pub fn is_recorded(self) -> bool {
        self != Self::Processes
    }

    /// The table of what its programs call.
    pub fn table(self) -> &'static str {
        match self {
            Self::Asyncio => include_str!("../api/asyncio.api"),
            Self::Threads => include_str!("../api/threads.api"),
            Self::Processes => include_str!("../api/processes.api"),
        }
    }

    /// The table of public names that its programs have to reach.
    pub fn names(self) -> BTreeSet<String> {
        let (table, module) = match self {
            Self::Asyncio => (
                include_str!("../../../../tests/engine/asyncio_names.tsv"),
                Some("asyncio"),
            ),
            Self::Threads => (include_str!("../../../../tests/names/threads.txt"), None),
            Self::Processes => ("", None),
        };
        let rows = table.lines().filter(|row| *row != "name\tkind");
        let names = rows.filter_map(|row| match module {
            Some(module) => Some(format!("{module}.{}", row.split('\t').next()?)),
            None => Some(row.replace(' ', ".")),
        });
        names.collect()
    }

    pub(super) fn imports(self) -> &'static [&'static str] {
        match self {
            // The recorder has imported the pools' module before the program begins.
            Self::Asyncio => &[
                "asyncio",
                "concurrent.futures.thread",
                "contextlib",
                "contextvars",
                "functools",
                "gc",
                "inspect",
                "io",
                "operator",
                "signal",
                "threading",
                "time",
            ],
            Self::Threads => &[
                "asyncio",
                "atexit",
                "concurrent.futures.thread",
                "functools",
                "queue",
                "signal",
                "sys",
                "threading",
                "time",
            ],
            Self::Processes => &[
                "concurrent.futures",
                "contextlib",
                "io",
                "multiprocessing",
                "os",
                "signal",
                "sys",
                "threading",
                "time",
            ],
        }
    }

    /// The colour of a function.
    pub(super) fn colour(self, random: &mut Random) -> Colour {
        let weights = match self {
            Self::Asyncio => [
                (30, Colour::Plain),
                (5, Colour::Generator),
                (70, Colour::Coroutine),
                (12, Colour::AsyncGenerator),
            ],
            Self::Threads => [
                (80, Colour::Plain),
                (8, Colour::Generator),
                (12, Colour::Coroutine),
                (0, Colour::AsyncGenerator),
            ],
            Self::Processes => [
                (90, Colour::Plain),
                (10, Colour::Generator),
                (0, Colour::Coroutine),
                (0, Colour::AsyncGenerator),
            ],
        };
        random.weighted(&weights).unwrap_or(Colour::Plain)
    }

    /// The classes of exceptions that handlers catch.
    pub(super) fn caught(self) -> &'static [&'static str] {
        match self {
            Self::Asyncio => &[
                "Exception",
                "BaseException",
                "asyncio.CancelledError",
                "TimeoutError",
                "ValueError",
                "(KeyError, RuntimeError)",
                "asyncio.InvalidStateError",
                "asyncio.QueueEmpty",
                "asyncio.QueueFull",
                "asyncio.QueueShutDown",
                "asyncio.BrokenBarrierError",
                "asyncio.TimeoutError",
            ],
            Self::Threads => &[
                "Exception",
                "BaseException",
                "TimeoutError",
                "ValueError",
                "(KeyError, RuntimeError)",
                "queue.Empty",
                "queue.Full",
                "queue.ShutDown",
                "threading.BrokenBarrierError",
                "threading.ThreadError",
                "concurrent.futures.CancelledError",
                "concurrent.futures.InvalidStateError",
                "concurrent.futures.BrokenExecutor",
                "concurrent.futures.TimeoutError",
                "signal.ItimerError",
            ],
            Self::Processes => &[
                "Exception",
                "BaseException",
                "ValueError",
                "(KeyError, RuntimeError)",
                "TypeError",
                "SystemExit",
                "concurrent.futures.process.BrokenProcessPool",
            ],
        }
    }

    /// What is raised now and then.
    pub(super) fn rare_errors(self) -> &'static [&'static str] {
        match self {
            Self::Asyncio => &[
                "asyncio.CancelledError('by hand')",
                "StopIteration(1)",
                "SystemExit(3)",
                "KeyboardInterrupt()",
                "GeneratorExit()",
                "BaseExceptionGroup('all', [asyncio.CancelledError(), ValueError('in group')])",
            ],
            Self::Threads => &[
                "SystemExit(3)",
                "StopIteration(1)",
                "KeyboardInterrupt()",
                "concurrent.futures.CancelledError()",
            ],
            Self::Processes => &["SystemExit(3)", "SystemExit('text')", "StopIteration(1)"],
        }
    }
}

impl Generator<'_> {
    /// Makes the names that all functions share.
    pub(super) fn share(&mut self) {
        if self.suite == Suite::Processes {
            // The text of the program runs in other processes, too.
            return;
        }
        for _ in 0..self.random.between(2, 5) {
            let classes = self.sharable();
            let Some(&index) = self.random.pick(&classes) else {
                return;
            };
            // On module level there are no functions yet, so arguments are literals.
            let mut place = Place::module();
            if let Some(value) = self.call(&mut place, index) {
                let kind = self.api.signatures[index].result;
                let name = self.name("s");
                self.program.shared.push(Stmt::Let(name.clone(), value));
                self.shared.push(Variable { name, kind });
            }
        }
        if self.suite == Suite::Asyncio {
            for (name, kind) in [
                ("loop", "asyncio.EventLoop"),
                ("t1", "asyncio.Task"),
                ("fut1", "asyncio.Future"),
            ] {
                let none = Expr::Literal("None".into());
                self.program.shared.push(Stmt::Let(name.into(), none));
                self.shared.push(Variable {
                    name: name.into(),
                    kind,
                });
            }
        }
    }

    /// The classes whose objects can be made before any loop runs and are of use to several functions.
    fn sharable(&self) -> Vec<usize> {
        let outside = [
            "asyncio.AbstractEventLoop",
            "asyncio.AbstractEventLoopPolicy",
            "asyncio.AbstractServer",
            "signal.struct_siginfo",
            "asyncio.BaseProtocol",
            "asyncio.BaseTransport",
            "asyncio.FrameCallGraphEntry",
            "asyncio.Future",
            "asyncio.FutureCallGraph",
            "asyncio.Handle",
            "asyncio.TaskGroup",
            "asyncio.Timeout",
            "asyncio.TimeoutError",
            "concurrent.futures.TimeoutError",
            "signal.ItimerError",
        ];
        let is_outside = |class| outside.iter().any(|outer| self.api.is_a(class, outer));
        let signatures = self.api.signatures.iter().enumerate();
        let made = signatures.filter(|(_, s)| {
            let class = s.name == s.result && s.receiver.is_none() && s.parameters.is_some();
            class && !is_outside(s.name)
        });
        made.map(|(index, _)| index).collect()
    }
}
