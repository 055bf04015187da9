//! The end of a program: its main function, what starts it, and what goes on around that.

use super::{Generator, Place, Suite};
use crate::fuzz::tree::{Argument, Colour, Expr, Function, Stmt};

/// How an asyncio program is started: statements, and the manager around them.
struct Start {
    weight: usize,
    within: Option<(&'static str, &'static str)>,
    steps: &'static [&'static str],
}

const STARTS: [Start; 15] = [
    once(3, &["asyncio.run(main(1))"]),
    once(2, &["asyncio.run(main(2), debug=False)"]),
    once(16, &["asyncio.run(asyncio.wait_for(main(5), 5))"]),
    once(
        3,
        &["asyncio.run(asyncio.wait_for(main(3), 5), debug=True)"],
    ),
    once(1, &["asyncio.Runner().run(main(1))"]),
    once(1, &["asyncio.run(main(4), loop_factory=asyncio.EventLoop)"]),
    once(
        1,
        &["asyncio.run(main(4), loop_factory=asyncio.SelectorEventLoop)"],
    ),
    once(2, &["asyncio.run(main(2), loop_factory=OwnLoop)"]),
    // Shared objects meet a second loop.
    once(2, &["asyncio.run(main(1))", "asyncio.run(main(6))"]),
    once(
        2,
        &[
            "loop = asyncio.new_event_loop()",
            "loop.run_until_complete(main(2))",
            "loop.close()",
        ],
    ),
    once(
        2,
        &[
            "loop = asyncio.new_event_loop()",
            "asyncio.set_event_loop(loop)",
            "loop.run_until_complete(asyncio.wait_for(main(2), 5))",
            "loop.run_until_complete(loop.shutdown_asyncgens())",
            "loop.run_until_complete(loop.shutdown_default_executor())",
            "loop.close()",
        ],
    ),
    once(
        1,
        &[
            "loop = asyncio.new_event_loop()",
            "t1 = loop.create_task(main(3))",
            "loop.call_later(3, loop.stop)",
            "loop.run_forever()",
            "loop.run_until_complete(asyncio.sleep(1))",
            "loop.close()",
        ],
    ),
    within(
        2,
        "asyncio.Runner()",
        &["runner.run(main(1))", "runner.run(main(4))"],
    ),
    within(
        1,
        "asyncio.Runner(debug=True)",
        &[
            "loop = runner.get_loop()",
            "runner.run(asyncio.wait_for(main(1), 5))",
        ],
    ),
    within(
        1,
        "asyncio.Runner(loop_factory=asyncio.EventLoop)",
        &[
            "runner.get_loop().set_task_factory(asyncio.eager_task_factory)",
            "runner.run(main(1))",
        ],
    ),
];

const fn once(weight: usize, steps: &'static [&'static str]) -> Start {
    Start {
        weight,
        within: None,
        steps,
    }
}

const fn within(weight: usize, manager: &'static str, steps: &'static [&'static str]) -> Start {
    Start {
        weight,
        within: Some((manager, "runner")),
        steps,
    }
}

/// What a main function does first now and then.
const SETTINGS: [&str; 3] = [
    "loop.set_task_factory(asyncio.eager_task_factory)",
    "loop.set_exception_handler(report)",
    "loop.set_debug(True)",
];

impl Generator<'_> {
    /// The main function, and what starts it.
    pub(super) fn end(&mut self) {
        match self.suite {
            Suite::Asyncio => {
                self.asyncio_main();
                self.around(15);
                self.start();
                self.around(25);
            }
            Suite::Threads => self.threads_main(),
            Suite::Processes => self.processes_main(),
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
        for setting in SETTINGS {
            if self.random.chance(5) {
                body.push(Stmt::Do(Expr::Literal(setting.into())));
            }
        }
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
    }

    fn start(&mut self) {
        let weights: Vec<_> = STARTS.iter().map(|start| (start.weight, start)).collect();
        let Some(start) = self.random.weighted(&weights) else {
            return;
        };
        let steps = start
            .steps
            .iter()
            .map(|step| Stmt::Do(Expr::Literal((*step).into())));
        // So that the next step is taken also when one fails.
        let mut steps: Vec<_> = steps
            .map(|step| match self.random.chance(30) {
                true => self.guarded(vec![step]),
                false => step,
            })
            .collect();
        if let Some((manager, name)) = start.within {
            steps = vec![Stmt::With {
                asynchronous: false,
                manager: Expr::Literal(manager.into()),
                name: Some(name.into()),
                body: steps,
            }];
        }
        self.program.last.extend(steps);
    }

    /// Now and then, something that is done while no loop runs.
    fn around(&mut self, percent: usize) {
        if !self.random.chance(percent) {
            return;
        }
        let mut place = Place::module();
        for _ in 0..self.random.between(1, 3) {
            let body = self.block(&mut place, 1);
            if !body.is_empty() {
                let guarded = self.guarded(body);
                self.program.last.push(guarded);
            }
        }
    }

    /// Only the program's own process does this; others that begin with its text do not.
    fn processes_main(&mut self) {
        self.threads_main();
        let then = std::mem::take(&mut self.program.last);
        self.program.last.push(Stmt::If {
            test: Expr::Literal("__name__ == '__main__'".into()),
            then,
            otherwise: Vec::new(),
        });
    }

    fn threads_main(&mut self) {
        let mut place = Place::module();
        place.has_parameter = true;
        place.is_main = true;
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
