//! Expressions: calls from the table, and arguments of each kind.

use super::{Generator, Place};
use crate::fuzz::api::{Count, How, Parameter, Signature};
use crate::fuzz::tree::{Argument, Colour, Expr};

const DELAYS: [&str; 9] = ["0", "0", "0.1", "0.1", "0.2", "0.3", "0.5", "1", "2"];
const ERRORS: [&str; 6] = [
    "ValueError('bad')",
    "KeyError('key')",
    "RuntimeError('broken')",
    "TimeoutError('late')",
    "ZeroDivisionError('zero')",
    "ExceptionGroup('several', [ValueError('one'), TypeError('two')])",
];
const TEXTS: [&str; 4] = ["'red'", "'green'", "'blue'", "'grey'"];

/// Shared objects by the short names that tables use for their classes.
const CLASSES: [(&str, &str); 14] = [
    ("task", "asyncio.Task"),
    ("future", "asyncio.Future"),
    ("loop", "asyncio.EventLoop"),
    ("cfuture", "concurrent.futures.Future"),
    ("pool", "concurrent.futures.ThreadPoolExecutor"),
    ("token", "contextvars.Token"),
    ("contextvar", "contextvars.ContextVar"),
    ("lock", "threading.Lock"),
    ("thread", "threading.Thread"),
    ("barrier", "threading.Barrier"),
    ("policy", "asyncio.DefaultEventLoopPolicy"),
    ("coroutine", "types.CoroutineType"),
    ("gen", "types.GeneratorType"),
    ("asyncgen", "types.AsyncGeneratorType"),
];

impl Generator<'_> {
    /// A random signature that may stand here, with a call of it.
    pub(super) fn random_call(
        &mut self,
        place: &mut Place,
        fits: impl Fn(&Signature) -> bool,
    ) -> Option<(usize, Expr)> {
        let awaits = place.colour.awaits();
        let signatures = self.api.signatures.iter().enumerate();
        let weights: Vec<_> = signatures
            .filter(|(_, s)| fits(s) && (awaits || !s.how.awaits()))
            .map(|(index, s)| (s.weight, index))
            .collect();
        // Many methods have no object to call them on; so try several times.
        for _ in 0..8 {
            let index = self.random.weighted(&weights)?;
            if let Some(expression) = self.call(place, index) {
                return Some((index, expression));
            }
        }
        None
    }

    /// A call of a signature, if its object and arguments can be had.
    pub(super) fn call(&mut self, place: &mut Place, index: usize) -> Option<Expr> {
        let signature = &self.api.signatures[index];
        let (target, class) = match signature.receiver {
            None => (Expr::Path(signature.name), None),
            Some(class) => {
                let (object, class) = self.object(place, class)?;
                let target = match signature.is_receiver_itself() {
                    true => object,
                    false => Expr::Attribute(Box::new(object), signature.method()),
                };
                (target, Some(class))
            }
        };
        let call = match &signature.parameters {
            None => target,
            Some(parameters) => Expr::Call(Box::new(target), self.arguments(place, parameters)?),
        };
        self.note(signature, class);
        place.pay(1);
        Some(call)
    }

    /// Notes the names that a call uses, for each class that has them.
    fn note(&mut self, signature: &Signature, class: Option<&'static str>) {
        self.used.insert(signature.name.into());
        for class in class.into_iter().flat_map(|class| self.api.ancestry(class)) {
            let methods = signature.methods();
            let names = methods.iter().map(|method| format!("{class}.{method}"));
            self.used.extend(names);
        }
    }

    fn arguments(&mut self, place: &mut Place, parameters: &[Parameter]) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        for parameter in parameters {
            let kind = parameter.kind;
            let count = match parameter.count {
                Count::One => 1,
                Count::Perhaps => usize::from(self.random.chance(30)),
                Count::Many => self.random.between(0, 3),
                Count::List => {
                    let value = self.list(place, kind)?;
                    arguments.push(Argument::plain(value));
                    continue;
                }
            };
            for _ in 0..count {
                match self.argument(place, kind) {
                    Some(value) => arguments.push(Argument {
                        keyword: parameter.keyword,
                        value,
                        optional: parameter.count != Count::One,
                    }),
                    None if parameter.count == Count::One => return None,
                    None => {}
                }
            }
        }
        Some(arguments)
    }

    fn list(&mut self, place: &mut Place, kind: &str) -> Option<Expr> {
        let items: Vec<_> = (0..self.random.between(1, 3))
            .filter_map(|_| self.argument(place, kind))
            .collect();
        (!items.is_empty()).then_some(Expr::List(items))
    }

    /// An expression of a kind.
    pub(super) fn argument(&mut self, place: &mut Place, kind: &str) -> Option<Expr> {
        let literal = |text: &str| Some(Expr::Literal(text.into()));
        match kind {
            "int" => match place.has_parameter && self.random.chance(25) {
                true => Some(Expr::Name("n".into())),
                false => Some(Expr::Literal(self.random.below(10).to_string())),
            },
            "small" => Some(Expr::Literal(self.random.below(4).to_string())),
            "positive" => Some(Expr::Literal(self.random.between(1, 3).to_string())),
            "bool" => literal(["True", "False"][self.random.below(2)]),
            "float" => literal(["0.0", "0.1", "0.5", "1.0", "2.0"][self.random.below(5)]),
            "delay" => literal(self.random.pick(&DELAYS)?),
            "text" => literal(self.random.pick(&TEXTS)?),
            "error" => literal(self.random.pick(&ERRORS)?),
            "callable" => self.callable(place),
            "function" => self.callee(place, Colour::Plain).map(Expr::Name),
            // Only the program itself starts processes, not its functions, which run in others, too.
            "main" | "pools" if !place.is_main => None,
            "main" => literal("None"),
            "coroutine_function" => self.callee(place, Colour::Coroutine).map(Expr::Name),
            "generator" => self.started(place, Colour::Generator),
            "agen" => self.started(place, Colour::AsyncGenerator),
            "coro" => match self.started(place, Colour::Coroutine) {
                Some(call) if self.random.chance(85) => Some(call),
                _ => self.sleep(),
            },
            "awaitable" => self.awaitable(place),
            "executor" if self.random.chance(60) => literal("None"),
            "executor" => self.known(place, "concurrent.futures.ThreadPoolExecutor"),
            _ => self.chosen(kind).or_else(|| {
                let class = CLASSES.iter().find(|(short, _)| *short == kind);
                self.known(place, class.map_or(kind, |(_, class)| class))
            }),
        }
    }

    fn chosen(&mut self, kind: &str) -> Option<Expr> {
        let options = self.api.choices(kind);
        let option = self.random.pick(options)?;
        Some(Expr::Path(option))
    }

    /// A call of a function of the program.
    fn started(&mut self, place: &mut Place, colour: Colour) -> Option<Expr> {
        let name = self.callee(place, colour)?;
        let argument = self.argument(place, "int")?;
        Some(Expr::call(&name, [argument]))
    }

    fn sleep(&mut self) -> Option<Expr> {
        let delay = Expr::Literal((*self.random.pick(&DELAYS)?).into());
        let value = Expr::Literal(self.random.below(10).to_string());
        let arguments = [delay, value].map(Argument::plain).to_vec();
        Some(Expr::Call(Box::new(Expr::Path("asyncio.sleep")), arguments))
    }

    /// The same awaitable for a time.
    pub(super) fn limited(&mut self, awaitable: Expr) -> Expr {
        let delay = self.random.pick(&DELAYS).copied().unwrap_or("1");
        let arguments = [awaitable, Expr::Literal(delay.into())].map(Argument::plain);
        Expr::Call(Box::new(Expr::Path("asyncio.wait_for")), arguments.to_vec())
    }

    /// A coroutine, a task, a future or a library coroutine.
    fn awaitable(&mut self, place: &mut Place) -> Option<Expr> {
        match self.random.below(10) {
            0..5 => self.argument(place, "coro"),
            5..7 => self.known(place, "asyncio.Task"),
            7 => self.known(place, "asyncio.Future"),
            _ if place.depth > 4 => self.sleep(),
            _ => {
                place.depth += 2;
                let call = self.random_call(place, |s| s.how == How::Await);
                place.depth -= 2;
                call.map(|(_, call)| call)
            }
        }
    }

    /// A function to be called with a number; now and then one that does not suit.
    fn callable(&mut self, place: &mut Place) -> Option<Expr> {
        if self.random.chance(10)
            && let Some(method) = self.bound_method(place)
        {
            return Some(method);
        }
        let function = self.callee(place, Colour::Plain).map(Expr::Name)?;
        match self.random.chance(5) {
            true => Some(Expr::call("functools.partial", [function])),
            false => Some(function),
        }
    }

    /// A method of some object that can be called with a number.
    fn bound_method(&mut self, place: &mut Place) -> Option<Expr> {
        let takes_number = |s: &Signature| match s.parameters.as_deref() {
            Some([first, ..]) => ["int", "small", "positive", "bool", "text"].contains(&first.kind),
            _ => false,
        };
        let signatures = self.api.signatures.iter();
        let methods: Vec<_> = signatures
            .filter(|s| s.receiver.is_some() && s.how == How::Value && takes_number(s))
            .collect();
        let method = self.random.pick(&methods)?;
        let object = self.known(place, method.receiver?)?;
        Some(Expr::Attribute(Box::new(object), method.method()))
    }

    fn known(&mut self, place: &mut Place, class: &str) -> Option<Expr> {
        self.object(place, class).map(|(object, _)| object)
    }

    /// An object of a class, mostly what a name stands for, and its own class.
    fn object(&mut self, place: &mut Place, class: &str) -> Option<(Expr, &'static str)> {
        let known = place.locals.iter().chain(&self.shared);
        let fitting: Vec<_> = known
            .filter(|variable| self.api.is_a(variable.kind, class))
            .collect();
        if let Some(variable) = self.random.pick(&fitting) {
            return Some((Expr::Name(variable.name.clone()), variable.kind));
        }
        if place.depth > 3 || !self.random.chance(20) {
            return None;
        }
        place.depth += 2;
        let made = self.random_call(place, |s| s.how == How::Value && s.result == class);
        place.depth -= 2;
        made.map(|(index, call)| (call, self.api.signatures[index].result))
    }
}
