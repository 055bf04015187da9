//! What CPython's standard library has and this one does not: naming it is "not supported", not "no such module".

/// Top-level modules of CPython 3.14 (`sys.stdlib_module_names`, public ones).
const MODULES: &str = include_str!("known_modules.txt");

/// Does CPython have a module of this name?
pub fn exists(name: &str) -> bool {
    let top = name.split('.').next().unwrap_or(name);
    modules().any(|module| module == top)
}

/// The names of CPython's public top-level modules.
pub fn modules() -> impl Iterator<Item = &'static str> {
    MODULES.lines()
}

/// Public names of CPython's modules that a program could import from one that is here: `module name` a line.
const NAMES: &str = include_str!("known_names.txt");

/// Does CPython's module have this public name?
pub fn has_name(module: &str, name: &str) -> bool {
    NAMES
        .lines()
        .any(|line| line.split_once(' ') == Some((module, name)))
}

/// The public names of CPython's module.
pub fn names_of(module: &str) -> impl Iterator<Item = String> + use<'_> {
    let of = NAMES.lines().filter_map(|line| line.split_once(' '));
    of.filter(move |(owner, _)| *owner == module)
        .map(|(_, name)| name.to_owned())
}
