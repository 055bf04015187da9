//! From a program's text to a world that can run it, or to the reasons why not.

use super::install::KERNEL;
use super::options::Options;
use super::world::World;
use crate::bytecode::Goal;
use crate::bytecode::code::{Code, Origin, Source};
use crate::stdlib;
use crate::syntax::{self, Diagnostic};
use crate::vm::modules::MODULES;
use crate::vm::support::Support;
use std::rc::Rc;

/// Built-in functions that are refused wherever they are named …
const REFUSED: [&str; 3] = ["open", "breakpoint", "help"];
/// … and those where there is no standard input.
const REFUSED_WITHOUT_INPUT: [&str; 4] = ["open", "breakpoint", "help", "input"];

impl World {
    /// A run of a program that has not begun. `name` is the file name that tracebacks show.
    ///
    /// # Errors
    /// Syntax errors, or everything that the program uses and that is not supported.
    pub fn load(text: &str, name: &str, options: Options) -> Result<Self, Vec<Diagnostic>> {
        let code = compile(text, name)?;
        match supported(&code, &options) {
            refused if refused.is_empty() => Ok(Self::new(code, options)),
            refused => Err(refused),
        }
    }
}

/// What is wrong with a program, as far as that shows without running it with these options.
pub fn check(text: &str, name: &str, options: &Options) -> Vec<Diagnostic> {
    match compile(text, name) {
        Ok(code) => supported(&code, options),
        Err(errors) => errors,
    }
}

fn compile(text: &str, name: &str) -> Result<Rc<Code>, Vec<Diagnostic>> {
    let text = text.replace("\r\n", "\n");
    let module = syntax::parse(&text)?;
    let source = Source::new(name, "__main__", &text, Origin::User);
    crate::bytecode::compile(&module, source, Goal::Module)
}

/// What of a program is not supported.
fn supported(code: &Code, options: &Options) -> Vec<Diagnostic> {
    let refused: &[&str] = match options.stdin {
        Some(_) => &REFUSED,
        None => &REFUSED_WITHOUT_INPUT,
    };
    Support::check(code, stdlib::source, &[MODULES, KERNEL], refused)
}
