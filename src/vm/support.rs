//! Refusals before the run: modules and names of CPython that a program imports and that are not here.

use super::compiled;
use super::machine::Library;
use super::modules::{NativeModule, known};
use crate::bytecode::code::{Code, Const};
use crate::bytecode::op::Op;
use crate::syntax::{Diagnostic, DiagnosticKind, LineIndex, STANDARD_INPUT};
use std::collections::BTreeSet;

/// Looks a compiled program over for what the simulation does not have.
pub struct Support<'a> {
    library: Library,
    native: &'a [&'a [NativeModule]],
    /// Built-in functions that are refused.
    refused: &'a [&'a str],
    /// Names that the program gives to something of its own.
    own: BTreeSet<&'a str>,
    text: LineIndex<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Support<'a> {
    /// Everything in the program that is not supported, in the order of the source; `refused` are built-in functions
    /// that it must not name.
    pub fn check(
        code: &'a Code,
        library: Library,
        native: &'a [&'a [NativeModule]],
        refused: &'a [&'a str],
    ) -> Vec<Diagnostic> {
        let mut check = Self {
            library,
            native,
            refused,
            own: own_names(code),
            text: LineIndex::new(&code.source.text),
            found: Vec::new(),
        };
        check.code(code);
        check.found.sort_by_key(|diagnostic| diagnostic.start);
        check.found.dedup();
        check.found
    }

    fn code(&mut self, code: &Code) {
        let mut imported: Option<&str> = None;
        for (at, op) in code.ops.iter().enumerate() {
            match *op {
                Op::ImportName(name) => {
                    let name = &*code.names[name as usize];
                    imported = Some(name);
                    self.module(code, at, name);
                }
                Op::ImportFrom(name) => {
                    let name = &*code.names[name as usize];
                    if let Some(module) = imported {
                        self.name(code, at, module, name);
                    }
                }
                Op::LoadName(name) | Op::LoadGlobal(name) => {
                    self.builtin(code, at, &code.names[name as usize])
                }
                _ => {}
            }
        }
        for constant in &code.consts {
            if let Const::Code(inner) = constant {
                self.code(&inner.0);
            }
        }
    }

    fn module(&mut self, code: &Code, at: usize, name: &str) {
        if self.exists(name) || !known::exists(name) {
            return;
        }
        self.refuse(
            code,
            at,
            "module",
            &format!("the module '{name}' is not supported by the simulation"),
        );
    }

    fn name(&mut self, code: &Code, at: usize, module: &str, name: &str) {
        let missing = known::has_name(module, name) && !self.exists(&format!("{module}.{name}"));
        if !missing || self.is_native(module) || (self.library)(module).is_none() {
            return;
        }
        if !self.defined(module, &mut BTreeSet::new()).contains(name) {
            let message =
                format!("'{name}' of the module '{module}' is not supported by the simulation");
            self.refuse(code, at, "library name", &message);
        }
    }

    fn builtin(&mut self, code: &Code, at: usize, name: &str) {
        if self.refused.contains(&name) && !self.own.contains(name) {
            let (feature, message) = refusal(name);
            self.refuse(code, at, feature, &message);
        }
    }

    fn exists(&self, module: &str) -> bool {
        module == "builtins" || self.is_native(module) || (self.library)(module).is_some()
    }

    fn is_native(&self, module: &str) -> bool {
        self.native
            .iter()
            .copied()
            .flatten()
            .any(|native| native.name == module)
    }

    /// The names that a library module defines, as far as its text shows.
    fn defined(&self, module: &str, visited: &mut BTreeSet<String>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        if !visited.insert(module.to_owned()) {
            return names;
        }
        let Some(source) = (self.library)(module) else {
            return names;
        };
        let Ok(code) = compiled::module(&source) else {
            return names;
        };
        let mut imported = "";
        for op in &code.ops {
            match *op {
                Op::StoreName(name) | Op::StoreGlobal(name) => {
                    names.insert(code.names[name as usize].to_string());
                }
                Op::ImportName(name) => imported = &code.names[name as usize],
                Op::ImportStar => {
                    let full = if self.exists(imported) {
                        imported.to_owned()
                    } else {
                        format!("{module}.{imported}")
                    };
                    names.extend(self.defined(&full, visited));
                }
                _ => {}
            }
        }
        // What is made while the module runs, its text does not show.
        let dynamic = |name: &str| matches!(name, "__getattr__" | "globals");
        if code.names.iter().any(|name| dynamic(name)) {
            names.extend(known::names_of(module));
        }
        names
    }

    fn refuse(&mut self, code: &Code, at: usize, feature: &'static str, message: &str) {
        let span = code.spans[at];
        let diagnostic = self.text.diagnostic(
            DiagnosticKind::Unsupported(feature),
            message,
            span.start,
            span.end,
        );
        self.found.push(diagnostic);
    }
}

/// The names that a program binds in modules and classes, also those that `patch("builtins.name")` replaces.
fn own_names(code: &Code) -> BTreeSet<&str> {
    let stored = |op: &Op| match *op {
        Op::StoreName(name) | Op::StoreGlobal(name) => Some(&*code.names[name as usize]),
        _ => None,
    };
    let mut names: BTreeSet<&str> = code.ops.iter().filter_map(stored).collect();
    for constant in &code.consts {
        match constant {
            Const::Code(inner) => names.extend(own_names(&inner.0)),
            Const::Str(text) => names.extend(patched(text)),
            _ => {}
        }
    }
    names
}

/// The built-in function that a target of `unittest.mock.patch` names.
fn patched(target: &str) -> Option<&str> {
    let (module, name) = target.rsplit_once('.')?;
    matches!(module, "" | "builtins" | "__main__").then_some(name)
}

/// The feature that a built-in function needs, and why it is refused.
fn refusal(name: &str) -> (&'static str, String) {
    match name {
        "input" => (
            STANDARD_INPUT,
            "input() has nothing to read: this run has no standard input (--stdin FILE)".to_owned(),
        ),
        _ => (
            "built-in function",
            format!("{name}() is not supported by the simulation"),
        ),
    }
}
