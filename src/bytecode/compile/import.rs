//! Imports.

use super::Compiler;
use super::unit::Place;
use crate::bytecode::code::Const;
use crate::bytecode::op::Op;
use crate::syntax::ast::{self, Alias, Stmt};
use crate::syntax::{Ranged, TextSize};

/// Where the imports from `__future__` end that a module begins with, behind its text of documentation.
pub(super) fn end_of_futures(body: &[Stmt]) -> TextSize {
    let is_text =
        |stmt: &&Stmt| matches!(stmt, Stmt::Expr(it) if it.value.is_string_literal_expr());
    let first = usize::from(body.first().is_some_and(|stmt| is_text(&stmt)));
    let is_future = |stmt: &&Stmt| match stmt {
        Stmt::ImportFrom(it) => it.module.as_ref().is_some_and(|it| it.id == "__future__"),
        _ => false,
    };
    let leading = body.iter().skip(first).take_while(is_future);
    leading.last().map_or(TextSize::default(), Ranged::end)
}

/// The features that `from __future__ import` knows.
const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, node: &'a ast::StmtImport, place: Place) {
        for alias in &node.names {
            self.import_module(Const::Int(0), Const::None, &alias.name.id, place);
            match &alias.asname {
                Some(name) => {
                    self.descend(&alias.name.id, place);
                    self.store_name(&name.id, place);
                }
                None => {
                    let top = alias.name.id.split('.').next().unwrap_or_default();
                    self.store_name(top, place);
                }
            }
        }
    }

    /// `[→ module]`
    pub(super) fn import_module(&mut self, level: Const, names: Const, module: &str, place: Place) {
        self.emit_const(level, place);
        self.emit_const(names, place);
        let name = self.unit.name(&module.into());
        self.emit(Op::ImportName(name), place);
    }

    /// `[package → module]` for `import package.module as name`.
    fn descend(&mut self, dotted: &str, place: Place) {
        for part in dotted.split('.').skip(1) {
            let name = self.unit.name(&part.into());
            self.emit(Op::ImportFrom(name), place);
            self.emit(Op::Swap(2), place);
            self.emit(Op::Pop, place);
        }
    }

    pub(super) fn import_from(&mut self, node: &'a ast::StmtImportFrom, place: Place) {
        let module = node.module.as_ref().map_or("", |module| module.as_str());
        if module == "__future__" && node.level == 0 {
            if node.end() > self.future_end {
                let message = "from __future__ imports must occur at the beginning of the file";
                self.error(message, node);
            }
            self.check_future(node);
        }
        let names = node
            .names
            .iter()
            .map(|alias| Const::Str(alias.name.as_str().into()))
            .collect();
        self.import_module(
            Const::Int(node.level.into()),
            Const::Tuple(names),
            module,
            place,
        );
        if node.names.iter().any(|alias| alias.name.id == "*") {
            return self.emit(Op::ImportStar, place);
        }
        for alias in &node.names {
            self.import_member(alias, place);
        }
        self.emit(Op::Pop, place);
    }

    fn import_member(&mut self, alias: &Alias, place: Place) {
        let name = self.unit.name(&alias.name.as_str().into());
        self.emit(Op::ImportFrom(name), place);
        let target = alias.asname.as_ref().unwrap_or(&alias.name);
        self.store_name(&target.id, place);
    }

    fn check_future(&mut self, node: &ast::StmtImportFrom) {
        for alias in &node.names {
            match alias.name.as_str() {
                "braces" => self.error("not a chance", alias),
                name if !FEATURES.contains(&name) => {
                    self.error(&format!("future feature {name} is not defined"), alias);
                }
                _ => {}
            }
        }
    }
}
