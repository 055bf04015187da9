//! Random programs: well formed, without recursion and without endless loops.

mod expression;
mod start;
mod statement;
mod suite;

use std::collections::BTreeSet;

use super::api::Api;
use super::random::Random;
use super::tree::{Colour, Function, Program};
pub use suite::Suite;

/// How many calls a program may make altogether, counted roughly.
const BUDGET: usize = 300;

/// A program and the names of the table that it uses, each of a method for the object's own class, too.
pub struct Generated {
    pub program: Program,
    pub used: BTreeSet<String>,
}

/// Makes the program of a seed and a number.
pub fn generate(suite: Suite, api: &Api, seed: u64, number: u64) -> Generated {
    let mut generator = Generator {
        suite,
        api,
        random: Random::new(seed, number),
        used: BTreeSet::new(),
        program: Program::default(),
        shared: Vec::new(),
        costs: Vec::new(),
        labels: 0,
        names: 0,
    };
    generator.make();
    Generated {
        program: generator.program,
        used: generator.used,
    }
}

/// A name and the kind of the object that it stands for.
#[derive(Clone, Debug)]
struct Variable {
    name: String,
    kind: &'static str,
}

/// The program that is being made.
struct Generator<'a> {
    suite: Suite,
    api: &'a Api,
    random: Random,
    used: BTreeSet<String>,
    program: Program,
    /// What all functions can use.
    shared: Vec<Variable>,
    /// What a call of each function costs.
    costs: Vec<usize>,
    labels: u32,
    names: u32,
}

/// Where in a function the next statement comes to stand.
#[derive(Clone, Debug)]
struct Place {
    colour: Colour,
    /// Whether the parameter `n` is there.
    has_parameter: bool,
    /// Whether it is what the program itself does, outside of functions.
    is_main: bool,
    /// The local names.
    locals: Vec<Variable>,
    /// How many blocks are around it.
    depth: usize,
    /// How often it is executed by one call.
    times: usize,
    /// Whether `break` may stand here.
    in_loop: bool,
    /// Whether `return` may stand here: not in `finally` and `except*`.
    may_leave: bool,
    /// What one call of the function costs so far.
    cost: usize,
}

impl Place {
    fn new(colour: Colour) -> Self {
        Self {
            colour,
            has_parameter: true,
            is_main: false,
            locals: Vec::new(),
            depth: 0,
            times: 1,
            in_loop: false,
            may_leave: true,
            cost: 1,
        }
    }

    /// Outside of functions.
    fn module() -> Self {
        Self {
            has_parameter: false,
            may_leave: false,
            ..Self::new(Colour::Plain)
        }
    }

    /// Notes that something is done here that costs this much.
    fn pay(&mut self, cost: usize) {
        self.cost += cost * self.times;
    }
}

impl Generator<'_> {
    fn make(&mut self) {
        self.program.imports = self.suite.imports().to_vec();
        self.share();
        for index in 0..self.random.between(2, 6) {
            let colour = self.suite.colour(&mut self.random);
            self.function(colour, index);
        }
        self.end();
    }

    fn function(&mut self, colour: Colour, index: usize) {
        let letter = match colour {
            Colour::Plain => 'f',
            Colour::Generator => 'g',
            Colour::Coroutine => 'c',
            Colour::AsyncGenerator => 'a',
        };
        let mut place = Place::new(colour);
        let length = self.random.between(1, 6);
        let body = self.block(&mut place, length);
        self.program.functions.push(Function {
            name: format!("{letter}{}", index + 1),
            colour,
            globals: Vec::new(),
            body,
        });
        self.costs.push(place.cost);
    }

    /// The next label for something that is printed.
    fn label(&mut self) -> u32 {
        self.labels += 1;
        self.labels
    }

    /// A name that does not occur yet.
    fn name(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// A function of a colour that may be called here.
    fn callee(&mut self, place: &mut Place, colour: Colour) -> Option<String> {
        let budget = BUDGET.saturating_sub(place.cost) / place.times.max(1);
        let functions = self.program.functions.iter().zip(&self.costs);
        let fitting: Vec<_> = functions
            .filter(|(function, cost)| function.colour == colour && **cost <= budget)
            .collect();
        let (function, cost) = self.random.pick(&fitting)?;
        place.pay(**cost);
        Some(function.name.clone())
    }
}
