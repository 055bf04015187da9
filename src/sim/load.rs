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

impl World {
    /// A run of a program that has not begun. `name` is the file name that tracebacks show.
    ///
    /// # Errors
    /// Syntax errors, or everything that the program uses and that is not supported.
    pub fn load(text: &str, name: &str, options: Options) -> Result<Self, Vec<Diagnostic>> {
        let code = compile(text, name)?;
        match supported(&code) {
            refused if refused.is_empty() => Ok(Self::new(code, options)),
            refused => Err(refused),
        }
    }
}

/// What is wrong with a program, as far as that shows without running it.
pub fn check(text: &str, name: &str) -> Vec<Diagnostic> {
    match compile(text, name) {
        Ok(code) => supported(&code),
        Err(errors) => errors,
    }
}

fn compile(text: &str, name: &str) -> Result<Rc<Code>, Vec<Diagnostic>> {
    let text = text.replace("\r\n", "\n");
    let module = syntax::parse(&text)?;
    let source = Source::new(name, "__main__", &text, Origin::User);
    crate::bytecode::compile(&module, source, Goal::Module)
}

fn supported(code: &Code) -> Vec<Diagnostic> {
    Support::check(code, stdlib::source, &[MODULES, KERNEL])
}
