//! The library's modules in compiled form, for all machines of a host thread: each run imports the same ones, and
//! compiling them takes longer than most programs run. What a text compiles to never changes, so that nobody can tell
//! whether it was compiled again.

use crate::bytecode::code::{Code, Source};
use crate::bytecode::{self, Goal};
use crate::syntax::{self, Diagnostic};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

thread_local! {
    static MODULES: RefCell<BTreeMap<Rc<str>, Rc<Code>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Compiles a library module, unless that was done before.
pub(super) fn module(source: &Rc<Source>) -> Result<Rc<Code>, Vec<Diagnostic>> {
    let known = MODULES.with_borrow(|modules| modules.get(&source.name).cloned());
    if let Some(code) =
        known.filter(|code| Rc::ptr_eq(&code.source, source) || code.source == *source)
    {
        return Ok(code);
    }
    let code = compile(source, Goal::Module)?;
    MODULES.with_borrow_mut(|modules| modules.insert(source.name.clone(), code.clone()));
    Ok(code)
}

/// Compiles a text.
pub(super) fn compile(source: &Rc<Source>, goal: Goal) -> Result<Rc<Code>, Vec<Diagnostic>> {
    bytecode::compile(&syntax::parse(&source.text)?, source.clone(), goal)
}
