//! Statements: what is done with a call, and control flow around it.

use super::{Generator, Place, Variable};
use crate::fuzz::api::How;
use crate::fuzz::tree::{Colour, Expr, Handler, Stmt};

/// What a statement is.
#[derive(Clone, Copy)]
enum Form {
    Call,
    Forget,
    With,
    For,
    Iterate,
    Repeat,
    If,
    Try,
    Raise,
    Return,
    Yield,
    Break,
}

impl Generator<'_> {
    /// Statements in a place, of which later ones see the names that earlier ones bind.
    pub(super) fn block(&mut self, place: &mut Place, length: usize) -> Vec<Stmt> {
        let bound = place.locals.len();
        let mut body = Vec::new();
        for _ in 0..length {
            body.extend(self.statement(place));
            if body.last().is_some_and(Stmt::leaves) {
                break;
            }
        }
        if place.depth > 0 {
            place.locals.truncate(bound);
        }
        body
    }

    fn statement(&mut self, place: &mut Place) -> Vec<Stmt> {
        let form = self.form(place);
        match form {
            Form::Call => self.call_statement(place),
            Form::Forget => self.forget(place).into_iter().collect(),
            Form::With => self.with(place).into_iter().collect(),
            Form::For => self.for_call(place).into_iter().collect(),
            Form::Iterate => self.iterate(place).into_iter().collect(),
            Form::Repeat => vec![self.repeat(place)],
            Form::If => vec![self.condition(place)],
            Form::Try => vec![self.attempt(place)],
            Form::Raise => self.raise(place).into_iter().collect(),
            Form::Return => self.returned(place).into_iter().collect(),
            Form::Yield => self
                .argument(place, "int")
                .map(Stmt::Yield)
                .into_iter()
                .collect(),
            Form::Break => vec![Stmt::Break],
        }
    }

    fn form(&mut self, place: &Place) -> Form {
        let nested = usize::from(place.depth < 3);
        // What ends a function on its outermost level makes the rest of it idle.
        let inside = usize::from(place.depth > 0);
        let weights = [
            (60, Form::Call),
            (3, Form::Forget),
            (14 * nested, Form::With),
            (4 * nested, Form::For),
            (4 * nested, Form::Iterate),
            (4 * nested, Form::Repeat),
            (5 * nested, Form::If),
            (10 * nested, Form::Try),
            (1 + 4 * inside, Form::Raise),
            (3 * inside * usize::from(place.may_leave), Form::Return),
            (20 * usize::from(place.colour.yields()), Form::Yield),
            (
                6 * usize::from(place.in_loop && place.may_leave),
                Form::Break,
            ),
        ];
        self.random.weighted(&weights).unwrap_or(Form::Call)
    }

    /// A block within; it is executed `times` as often.
    fn inner(&mut self, place: &mut Place, times: usize, most: usize) -> Vec<Stmt> {
        place.depth += 1;
        place.times *= times;
        let length = self.random.between(1, most);
        let body = self.block(place, length);
        place.times /= times;
        place.depth -= 1;
        body
    }

    /// A call whose result is shown or kept.
    fn call_statement(&mut self, place: &mut Place) -> Vec<Stmt> {
        if place.colour.awaits() && self.random.chance(15) {
            return self.awaited_coroutine(place).into_iter().collect();
        }
        let plain = |how| matches!(how, How::Value | How::Inside | How::Await);
        let Some((index, call)) = self.random_call(place, |s| plain(s.how)) else {
            return Vec::new();
        };
        let signature = &self.api.signatures[index];
        let value = match signature.how {
            How::Await => Expr::Await(Box::new(self.perhaps_limited(call))),
            _ => call,
        };
        let statement = match signature.result {
            "none" => Stmt::Do(value),
            kind if kind.contains('.') => self.kept(place, kind, value),
            "graph" => Stmt::Show(self.label(), vec![Expr::call("outline", [value])]),
            _ => self.shown(value),
        };
        match self.random.chance(35) {
            true => vec![self.guarded(vec![statement])],
            false => vec![statement],
        }
    }

    /// What may wait for ever, mostly with a limit.
    fn perhaps_limited(&mut self, call: Expr) -> Expr {
        match self.random.chance(50) {
            true => self.limited(call),
            false => call,
        }
    }

    fn awaited_coroutine(&mut self, place: &mut Place) -> Option<Stmt> {
        let call = self.argument(place, "coro")?;
        Some(self.shown(Expr::Await(Box::new(call))))
    }

    fn kept(&mut self, place: &mut Place, kind: &'static str, value: Expr) -> Stmt {
        let name = self.name("v");
        place.locals.push(Variable {
            name: name.clone(),
            kind,
        });
        Stmt::Let(name, value)
    }

    /// A local name no longer stands for its object, which may be lost with that.
    fn forget(&mut self, place: &mut Place) -> Option<Stmt> {
        let index = self.random.below(place.locals.len());
        let variable = place.locals.get_mut(index)?;
        variable.kind = "none";
        let none = Expr::Literal("None".into());
        Some(Stmt::Let(variable.name.clone(), none))
    }

    fn shown(&mut self, value: Expr) -> Stmt {
        Stmt::Show(self.label(), vec![Expr::call("brief", [value])])
    }

    /// The statements in a `try` that tells what they raise.
    pub(super) fn guarded(&mut self, body: Vec<Stmt>) -> Stmt {
        let classes: &[&str] = &["Exception", "Exception", "BaseException"];
        let class = self.random.pick(classes).copied().unwrap_or("Exception");
        Stmt::Try {
            body,
            handlers: vec![self.telling(class)],
            otherwise: Vec::new(),
            finally: Vec::new(),
        }
    }

    /// A handler that prints the exception.
    fn telling(&mut self, class: &str) -> Handler {
        Handler {
            class: class.into(),
            group: false,
            body: vec![self.told()],
        }
    }

    fn told(&mut self) -> Stmt {
        let kind = Expr::Literal("type(e).__name__".into());
        Stmt::Show(self.label(), vec![kind, Expr::Name("e".into())])
    }

    fn with(&mut self, place: &mut Place) -> Option<Stmt> {
        let is_with = |how| matches!(how, How::With | How::AsyncWith);
        let (index, manager) = self.random_call(place, |s| is_with(s.how))?;
        let signature = &self.api.signatures[index];
        let bound = place.locals.len();
        let name = signature.result.contains('.').then(|| {
            let name = self.name("w");
            place.locals.push(Variable {
                name: name.clone(),
                kind: signature.result,
            });
            name
        });
        let body = self.inner(place, 1, 4);
        // The manager remains in scope now and then, to be used when it is closed.
        if place.depth > 0 || self.random.chance(70) {
            place.locals.truncate(bound);
        }
        let statement = Stmt::With {
            asynchronous: signature.how == How::AsyncWith,
            manager,
            name,
            body,
        };
        Some(match self.random.chance(50) {
            true => self.guarded(vec![statement]),
            false => statement,
        })
    }

    /// A loop over what a call gives: `for future in asyncio.as_completed(…)`.
    fn for_call(&mut self, place: &mut Place) -> Option<Stmt> {
        let is_for = |how| matches!(how, How::For | How::AsyncFor);
        let (index, over) = self.random_call(place, |s| is_for(s.how))?;
        let signature = &self.api.signatures[index];
        let asynchronous = signature.how == How::AsyncFor;
        let name = self.name("x");
        let item = Expr::Name(name.clone());
        let item = match signature.result {
            "awaited" if place.colour.awaits() => Expr::Await(Box::new(item)),
            "finished" => Expr::Literal(format!("{name}.result()")),
            _ => item,
        };
        let shown = self.shown(item);
        let mut body = vec![self.guarded(vec![shown])];
        body.extend(self.loop_body(place, 3));
        Some(Stmt::For {
            asynchronous,
            name,
            over,
            body,
        })
    }

    fn loop_body(&mut self, place: &mut Place, times: usize) -> Vec<Stmt> {
        let outer = std::mem::replace(&mut place.in_loop, true);
        let body = self.inner(place, times, 3);
        place.in_loop = outer;
        body
    }

    /// A loop over a generator of the program.
    fn iterate(&mut self, place: &mut Place) -> Option<Stmt> {
        let asynchronous = place.colour.awaits() && self.random.chance(70);
        let kind = if asynchronous { "agen" } else { "generator" };
        let over = self.argument(place, kind)?;
        let name = self.name("x");
        let mut body = vec![self.shown(Expr::Name(name.clone()))];
        body.extend(self.loop_body(place, 3));
        Some(Stmt::For {
            asynchronous,
            name,
            over,
            body,
        })
    }

    fn repeat(&mut self, place: &mut Place) -> Stmt {
        let times = self.random.between(2, 3);
        let name = self.name("i");
        let body = self.loop_body(place, times);
        Stmt::For {
            asynchronous: false,
            name,
            over: Expr::Literal(format!("range({times})")),
            body,
        }
    }

    fn condition(&mut self, place: &mut Place) -> Stmt {
        let tests = ["n > 3", "n % 2", "n == 0", "n < 7"];
        let test = self.random.pick(&tests).copied().unwrap_or("n");
        let then = self.inner(place, 1, 3);
        let otherwise = match self.random.chance(40) {
            true => self.inner(place, 1, 2),
            false => Vec::new(),
        };
        Stmt::If {
            test: Expr::Literal(test.into()),
            then,
            otherwise,
        }
    }

    fn attempt(&mut self, place: &mut Place) -> Stmt {
        let group = self.random.chance(15);
        let body = self.inner(place, 1, 4);
        let handlers = match self.random.chance(75) {
            true => self.handlers(place, group),
            false => Vec::new(),
        };
        let may_leave = std::mem::replace(&mut place.may_leave, false);
        let finally = match self.random.chance(40) {
            true => {
                let mut body = vec![Stmt::Show(self.label(), Vec::new())];
                body.extend(self.inner(place, 1, 2));
                body
            }
            false => Vec::new(),
        };
        place.may_leave = may_leave;
        let otherwise = match self.random.chance(20) {
            true => self.inner(place, 1, 2),
            false => Vec::new(),
        };
        Stmt::Try {
            body,
            handlers,
            otherwise,
            finally,
        }
    }

    fn handlers(&mut self, place: &mut Place, group: bool) -> Vec<Handler> {
        let classes = match group {
            true => &[
                "Exception",
                "ValueError",
                "BaseException",
                "(KeyError, RuntimeError)",
            ],
            false => self.suite.caught(),
        };
        let mut handlers = Vec::new();
        for _ in 0..self.random.between(1, 2) {
            let class = self.random.pick(classes).copied().unwrap_or("Exception");
            let may_leave = place.may_leave;
            place.may_leave &= !group;
            let mut body = vec![self.told()];
            body.extend(self.inner(place, 1, 2));
            if self.random.chance(30) {
                body.push(Stmt::Raise(Expr::Literal(String::new())));
            }
            place.may_leave = may_leave;
            handlers.push(Handler {
                class: class.into(),
                group,
                body,
            });
        }
        handlers
    }

    fn raise(&mut self, place: &mut Place) -> Option<Stmt> {
        let rare = self.random.chance(10);
        let error = match rare {
            true => Expr::Literal((*self.random.pick(self.suite.rare_errors())?).into()),
            false => self.argument(place, "error")?,
        };
        Some(Stmt::Raise(error))
    }

    fn returned(&mut self, place: &mut Place) -> Option<Stmt> {
        let value = match place.colour {
            Colour::AsyncGenerator => Expr::Literal(String::new()),
            _ => self.argument(place, "int")?,
        };
        Some(Stmt::Return(value))
    }
}
