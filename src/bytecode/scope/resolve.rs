//! Finds the variable behind each name that a scope uses without binding it.

use super::{Declaration, ScopeId, ScopeKind, SymbolTable};
use crate::syntax::{Diagnostic, LineIndex, TextRange};
use std::rc::Rc;

/// The variables that a class body provides to the functions in it.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

/// Where a search through the scopes further out ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Variable,
    Global,
}

/// Resolves all names of all scopes.
pub(super) fn resolve(table: &mut SymbolTable, lines: &LineIndex, errors: &mut Vec<Diagnostic>) {
    for index in 0..table.scopes.len() {
        let id = ScopeId(index);
        let names: Vec<_> = table
            .scope(id)
            .symbols
            .iter()
            .map(|(name, symbol)| (name.clone(), symbol.clone()))
            .collect();
        for (name, symbol) in names {
            match symbol.declaration {
                Declaration::None => resolve_use(table, id, &name),
                Declaration::Nonlocal if capture(table, id, &name) == Found::Global => {
                    errors.push(missing_binding(lines, &name, symbol.place));
                }
                _ => {}
            }
        }
    }
}

fn missing_binding(lines: &LineIndex, name: &str, place: TextRange) -> Diagnostic {
    let message = format!("no binding for nonlocal '{name}' found");
    lines.syntax_error(&message, place.start().into(), place.end().into())
}

fn resolve_use(table: &mut SymbolTable, id: ScopeId, name: &Rc<str>) {
    let scope = table.scope(id);
    let parent_is_class = scope
        .parent
        .is_some_and(|parent| table.scope(parent).kind == ScopeKind::Class);
    // The host of an inlined comprehension resolves the name itself, except that a class body hides its own names.
    if scope.kind == ScopeKind::Comprehension && !parent_is_class {
        return;
    }
    if table.sees_class(id) {
        capture(table, id, &"__classdict__".into());
    }
    capture(table, id, name);
}

/// Looks for the variable in the scopes around `from`, and makes it reachable in all of them in between.
fn capture(table: &mut SymbolTable, from: ScopeId, name: &Rc<str>) -> Found {
    let mut path = Vec::new();
    let mut at = from;
    loop {
        if table.scope(at).kind != ScopeKind::Comprehension {
            path.push(at);
        }
        let Some(parent) = table.scope(at).parent else {
            return Found::Global;
        };
        match table.scope(parent).kind {
            ScopeKind::Module => return Found::Global,
            ScopeKind::Class if CLASS_CELLS.contains(&&**name) => {
                table.scope_mut(parent).class_cells.insert(name.clone());
                make_free(table, &path, name);
                return Found::Variable;
            }
            ScopeKind::Class => {}
            _ => match table.declaration(parent, name) {
                Declaration::Global => return Found::Global,
                Declaration::Assigned | Declaration::Parameter => {
                    mark_captured(table, parent, &path, name);
                    make_free(table, &path, name);
                    return Found::Variable;
                }
                Declaration::None | Declaration::Nonlocal => {}
            },
        }
        at = parent;
    }
}

fn mark_captured(table: &mut SymbolTable, owner: ScopeId, path: &[ScopeId], name: &str) {
    if path.is_empty() {
        return;
    }
    if let Some(symbol) = table.scope_mut(owner).symbols.get_mut(name) {
        symbol.captured = true;
    }
}

fn make_free(table: &mut SymbolTable, path: &[ScopeId], name: &Rc<str>) {
    for &id in path {
        table.scope_mut(id).frees.insert(name.clone());
    }
}
