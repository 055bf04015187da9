//! The kinds of programs: what they import, share and begin with.

use clap::ValueEnum;

use super::{Generator, Place, Variable};
use crate::fuzz::random::Random;
use crate::fuzz::tree::{Argument, Colour, Expr, Function, Stmt};

/// A kind of programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Event loops, tasks, and threads below them
    Asyncio,
    /// Threads, locks, queues and thread pools
    Threads,
}

/// How an asyncio program is started.
const STARTS: [(usize, &str); 5] = [
    (3, "asyncio.run(main(1))"),
    (2, "asyncio.run(main(2), debug=False)"),
    (9, "asyncio.run(asyncio.wait_for(main(5), 5))"),
    (1, "asyncio.Runner().run(main(1))"),
    (1, "asyncio.run(main(4), loop_factory=asyncio.EventLoop)"),
];

impl Suite {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asyncio => "asyncio",
            Self::Threads => "threads",
        }
    }

    /// The table of what its programs call.
    pub fn table(self) -> &'static str {
        match self {
            Self::Asyncio => include_str!("../api/asyncio.api"),
            Self::Threads => include_str!("../api/threads.api"),
        }
    }

    pub(super) fn imports(self) -> &'static [&'static str] {
        match self {
            // The recorder has imported the pools' module before the program begins.
            Self::Asyncio => &[
                "asyncio",
                "concurrent.futures.thread",
                "contextvars",
                "time",
            ],
            Self::Threads => &[
                "asyncio",
                "atexit",
                "concurrent.futures.thread",
                "queue",
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
                "concurrent.futures.CancelledError",
                "concurrent.futures.InvalidStateError",
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
        }
    }
}

impl Generator<'_> {
    /// Makes the names that all functions share.
    pub(super) fn share(&mut self) {
        for _ in 0..self.random.between(2, 5) {
            let classes = self.sharable();
            let Some(&index) = self.random.pick(&classes) else {
                return;
            };
            // On module level there are no functions yet, so arguments are literals.
            let mut place = Place::new(Colour::Plain);
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

    /// The classes whose objects can be made before any loop runs.
    fn sharable(&self) -> Vec<usize> {
        let outside = ["asyncio.Future", "asyncio.TaskGroup", "asyncio.EventLoop"];
        let signatures = self.api.signatures.iter().enumerate();
        let made = signatures.filter(|(_, s)| {
            let class = s.name == s.result && s.receiver.is_none() && s.parameters.is_some();
            class && !outside.contains(&s.name)
        });
        made.map(|(index, _)| index).collect()
    }

    /// The main function, and what starts it.
    pub(super) fn end(&mut self) {
        match self.suite {
            Suite::Asyncio => self.asyncio_main(),
            Suite::Threads => self.threads_main(),
        }
    }

    fn asyncio_main(&mut self) {
        let mut place = Place::new(Colour::Coroutine);
        let running = Expr::Literal("asyncio.get_running_loop()".into());
        let future = Expr::Literal("loop.create_future()".into());
        let mut body = vec![
            Stmt::Let("loop".into(), running),
            Stmt::Let("fut1".into(), future),
        ];
        if let Some(coroutine) = self.argument(&mut place, "coro") {
            let create = Expr::Path("asyncio.create_task");
            let task = Expr::Call(Box::new(create), vec![Argument::plain(coroutine)]);
            body.push(Stmt::Let("t1".into(), task));
        }
        let length = self.random.between(3, 8);
        body.extend(self.block(&mut place, length));
        self.program.functions.push(Function {
            name: "main".into(),
            colour: Colour::Coroutine,
            globals: ["loop", "fut1", "t1"].map(str::to_owned).to_vec(),
            body,
        });
        let start = self
            .random
            .weighted(&STARTS)
            .unwrap_or("asyncio.run(main(1))");
        self.program
            .last
            .push(Stmt::Do(Expr::Literal(start.into())));
    }

    fn threads_main(&mut self) {
        let mut place = Place::new(Colour::Plain);
        place.may_leave = false;
        self.program.last.push(Stmt::Let(
            "n".into(),
            Expr::Literal(self.random.below(5).to_string()),
        ));
        let length = self.random.between(4, 10);
        let body = self.block(&mut place, length);
        self.program.last.extend(body);
        self.program
            .last
            .push(Stmt::Show(0, vec![Expr::Literal("'end'".into())]));
    }
}
