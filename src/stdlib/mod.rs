//! The Python-level standard library: our own Python files beside this one, embedded by `build.rs`.

use crate::bytecode::code::{Origin, Source};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// Modules without a leading underscore that CPython writes in C: their frames are invisible.
const WRITTEN_IN_C: &[&str] = &["itertools", "time", "atexit", "array", "gc"];

thread_local! {
    /// Those that were asked for: each run asks for the same ones.
    static SOURCES: RefCell<BTreeMap<&'static str, Rc<Source>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The source of a library module by its dotted name, unless there is none.
pub fn source(module: &str) -> Option<Rc<Source>> {
    let path = module.replace('.', "/");
    let (file, text) =
        file(&format!("{path}.py")).or_else(|| file(&format!("{path}/__init__.py")))?;
    let make = || Source::new(file, module, text, origin(module));
    SOURCES.with_borrow_mut(|sources| Some(sources.entry(file).or_insert_with(make).clone()))
}

/// Is the module a package, so that it can have submodules?
pub fn is_package(module: &str) -> bool {
    file(&format!("{}/__init__.py", module.replace('.', "/"))).is_some()
}

/// The names of all library modules, in the order of their files.
pub fn modules() -> impl Iterator<Item = String> {
    FILES.iter().map(|(path, _)| module_name(path))
}

fn file(path: &str) -> Option<(&'static str, &'static str)> {
    let at = FILES.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
    FILES.get(at).copied()
}

fn module_name(path: &str) -> String {
    let path = path.strip_suffix(".py").unwrap_or(path);
    path.strip_suffix("/__init__")
        .unwrap_or(path)
        .replace('/', ".")
}

/// Modules with a leading underscore that are Python in CPython too.
const WRITTEN_IN_PYTHON: &[&str] = &["concurrent.futures._base"];

/// A module named with a leading underscore stands for C code, as in CPython, except `__future__` and its like.
fn origin(module: &str) -> Origin {
    let name = module.rsplit('.').next().unwrap_or(module);
    let private = name.starts_with('_') && !name.starts_with("__");
    let private = private && !WRITTEN_IN_PYTHON.contains(&module);
    match private || WRITTEN_IN_C.contains(&module) {
        true => Origin::Builtin,
        false => Origin::Library,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_found_by_their_module() {
        assert!(FILES.is_sorted_by(|a, b| a.0 < b.0));
        for module in modules() {
            assert!(source(&module).is_some(), "{module}");
        }
    }

    #[test]
    fn what_is_missing_is_missing() {
        assert!(source("tomllib_not_real").is_none());
        assert!(!is_package("keyword"));
    }
}
