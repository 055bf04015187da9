//! Walks the tree once and notes which scope declares and uses which names.

mod bodies;

use super::{Declaration, Scope, ScopeId, ScopeKind, Symbol, SymbolTable, key, mangle};
use crate::syntax::ast::{self, Expr, ExprContext, Stmt};
use crate::syntax::visitor::{self, Visitor};
use crate::syntax::{Diagnostic, LineIndex, Module, Ranged, TextRange};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Collects the scopes of a program, with what is wrong in them.
pub(super) fn collect(module: &Module, lines: &LineIndex) -> (SymbolTable, Vec<Diagnostic>) {
    let table = SymbolTable {
        scopes: Vec::new(),
        keys: BTreeMap::new(),
        globals: BTreeSet::new(),
    };
    let mut collector = Collector {
        table,
        lines,
        errors: Vec::new(),
        current: SymbolTable::MODULE,
        class: None,
        body: module.tree.range,
        comprehension: "",
        iterables: 0,
    };
    collector.enter(ScopeKind::Module, module.tree.range);
    collector.visit_body(&module.tree.body);
    (collector.table, collector.errors)
}

struct Collector<'a> {
    table: SymbolTable,
    lines: &'a LineIndex<'a>,
    errors: Vec<Diagnostic>,
    current: ScopeId,
    /// The class whose name mangles private names.
    class: Option<&'a str>,
    /// The range of the class or module whose variables are being annotated.
    body: TextRange,
    /// What Python calls the comprehension being visited.
    comprehension: &'static str,
    /// Number of iterables of comprehensions around this place.
    iterables: u32,
}

impl<'a> Collector<'a> {
    fn enter(&mut self, kind: ScopeKind, range: TextRange) -> Option<ScopeId> {
        let id = ScopeId(self.table.scopes.len());
        let parent = (kind != ScopeKind::Module).then_some(self.current);
        self.table.scopes.push(Scope {
            kind,
            parent,
            symbols: BTreeMap::new(),
            frees: BTreeSet::new(),
            class_cells: BTreeSet::new(),
            generator: false,
            asynchronous: false,
        });
        self.table.keys.insert(key(kind, range), id);
        self.current = id;
        parent
    }

    fn leave(&mut self, parent: Option<ScopeId>) {
        if let Some(parent) = parent {
            self.hand_names_to_host(parent);
            self.current = parent;
        }
    }

    /// What an inlined comprehension uses without binding it is looked up by its host.
    fn hand_names_to_host(&mut self, host: ScopeId) {
        let scope = self.table.scope(self.current);
        if scope.kind != ScopeKind::Comprehension || self.table.scope(host).kind == ScopeKind::Class
        {
            return;
        }
        let unbound = scope
            .symbols
            .iter()
            .filter(|(_, symbol)| symbol.declaration == Declaration::None);
        let names: Vec<_> = unbound
            .map(|(name, symbol)| (name.clone(), symbol.place))
            .collect();
        for (name, place) in names {
            self.symbol_in(host, name, place);
        }
    }

    fn within(&mut self, kind: ScopeKind, range: TextRange, inside: impl FnOnce(&mut Self)) {
        let parent = self.enter(kind, range);
        inside(self);
        self.leave(parent);
    }

    fn mangled(&self, name: &str) -> Rc<str> {
        mangle(self.class, name)
    }

    fn symbol_in(&mut self, scope: ScopeId, name: Rc<str>, place: TextRange) -> &mut Symbol {
        self.table
            .scope_mut(scope)
            .symbols
            .entry(name)
            .or_insert(Symbol {
                declaration: Declaration::None,
                captured: false,
                used: false,
                annotated: false,
                iteration: false,
                place,
            })
    }

    fn symbol(&mut self, name: &str, place: TextRange) -> &mut Symbol {
        let name = self.mangled(name);
        self.symbol_in(self.current, name, place)
    }

    fn error(&mut self, message: &str, range: TextRange) {
        let error = self
            .lines
            .syntax_error(message, range.start().into(), range.end().into());
        self.errors.push(error);
    }

    fn use_name(&mut self, name: &str, place: TextRange) {
        self.symbol(name, place).used = true;
        // `super()` finds the class through this cell.
        let kind = self.table.scope(self.current).kind;
        if name == "super" && !matches!(kind, ScopeKind::Module | ScopeKind::Class) {
            self.symbol("__class__", place);
        }
    }

    fn bind(&mut self, name: &str, place: TextRange) {
        let symbol = self.symbol(name, place);
        if symbol.declaration == Declaration::None {
            symbol.declaration = Declaration::Assigned;
            symbol.place = place;
        }
    }

    fn bind_identifier(&mut self, name: &ast::Identifier) {
        self.bind(&name.id, name.range);
    }

    fn bind_parameter(&mut self, parameter: &ast::Parameter) {
        let name = &parameter.name;
        let symbol = self.symbol(&name.id, name.range);
        if symbol.declaration == Declaration::Parameter {
            let message = format!("duplicate argument '{}' in function definition", name.id);
            self.error(&message, name.range);
        } else {
            symbol.declaration = Declaration::Parameter;
        }
    }

    /// The target of `:=` belongs to the scope around the comprehensions that it stands in.
    fn bind_walrus(&mut self, target: &ast::ExprName) {
        let name = self.mangled(&target.id);
        let mut scope = self.current;
        while matches!(
            self.table.scope(scope).kind,
            ScopeKind::Comprehension | ScopeKind::Generator
        ) {
            let declared = self.table.scope(scope).symbols.get(&name);
            if declared.is_some_and(|symbol| symbol.iteration) {
                let message = format!(
                    "assignment expression cannot rebind comprehension iteration variable '{}'",
                    target.id
                );
                return self.error(&message, target.range);
            }
            self.symbol_in(scope, name.clone(), target.range);
            let Some(parent) = self.table.scope(scope).parent else {
                return;
            };
            scope = parent;
        }
        if scope != self.current && self.table.scope(scope).kind == ScopeKind::Class {
            let message =
                "assignment expression within a comprehension cannot be used in a class body";
            return self.error(message, target.range);
        }
        let symbol = self.symbol_in(scope, name, target.range);
        if symbol.declaration == Declaration::None {
            symbol.declaration = Declaration::Assigned;
        }
    }

    fn declare(&mut self, name: &ast::Identifier, place: TextRange, declaration: Declaration) {
        let word = match declaration {
            Declaration::Global => "global",
            _ => "nonlocal",
        };
        let symbol = self.symbol(&name.id, place);
        let complaint = match symbol.declaration {
            Declaration::Parameter => Some(format!("name '{}' is parameter and {word}", name.id)),
            Declaration::Assigned if symbol.annotated => {
                Some(format!("annotated name '{}' can't be {word}", name.id))
            }
            Declaration::Assigned => Some(format!(
                "name '{}' is assigned to before {word} declaration",
                name.id
            )),
            Declaration::Global | Declaration::Nonlocal if symbol.declaration != declaration => {
                Some(format!("name '{}' is nonlocal and global", name.id))
            }
            Declaration::None if symbol.used => Some(format!(
                "name '{}' is used prior to {word} declaration",
                name.id
            )),
            _ => None,
        };
        symbol.declaration = declaration;
        symbol.place = place;
        if let Some(message) = complaint {
            self.error(&message, place);
        }
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.visit_function(function),
            Stmt::ClassDef(class) => self.visit_class(class),
            Stmt::AnnAssign(assignment) => self.visit_annotated_assignment(assignment),
            Stmt::TypeAlias(alias) => self.visit_type_alias(alias),
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.bind_alias(alias)),
            Stmt::ImportFrom(import) => self.visit_import_from(import),
            Stmt::Global(global) => {
                for name in &global.names {
                    self.declare(name, global.range, Declaration::Global);
                    self.table.globals.insert(name.id.as_str().into());
                }
            }
            Stmt::Nonlocal(nonlocal) if self.current == SymbolTable::MODULE => {
                self.error(
                    "nonlocal declaration not allowed at module level",
                    nonlocal.range,
                );
            }
            Stmt::Nonlocal(nonlocal) => {
                for name in &nonlocal.names {
                    self.declare(name, nonlocal.range, Declaration::Nonlocal);
                }
            }
            Stmt::Try(node) => {
                // In the order of the text, which the walk of the crate does not keep.
                self.visit_body(&node.body);
                node.handlers
                    .iter()
                    .for_each(|handler| self.visit_except_handler(handler));
                self.visit_body(&node.orelse);
                self.visit_body(&node.finalbody);
            }
            Stmt::For(node) => {
                self.visit_expr(&node.target);
                self.visit_expr(&node.iter);
                self.visit_body(&node.body);
                self.visit_body(&node.orelse);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load => self.use_name(&name.id, name.range),
                _ => self.bind(&name.id, name.range),
            },
            Expr::Named(named) => self.visit_named(named),
            Expr::Lambda(lambda) => self.visit_lambda(lambda),
            Expr::ListComp(node) => {
                self.comprehension = "list comprehension";
                self.visit_comprehension_scope(
                    node.range,
                    ScopeKind::Comprehension,
                    &node.generators,
                    &[&node.elt],
                );
            }
            Expr::SetComp(node) => {
                self.comprehension = "set comprehension";
                self.visit_comprehension_scope(
                    node.range,
                    ScopeKind::Comprehension,
                    &node.generators,
                    &[&node.elt],
                );
            }
            Expr::DictComp(node) => {
                let elements: Vec<&Expr> = node
                    .key
                    .as_deref()
                    .into_iter()
                    .chain([&*node.value])
                    .collect();
                self.comprehension = "dict comprehension";
                self.visit_comprehension_scope(
                    node.range,
                    ScopeKind::Comprehension,
                    &node.generators,
                    &elements,
                );
            }
            Expr::Generator(node) => {
                self.comprehension = "generator expression";
                self.visit_comprehension_scope(
                    node.range,
                    ScopeKind::Generator,
                    &node.generators,
                    &[&node.elt],
                );
            }
            Expr::Yield(_) => self.visit_yield("'yield'", expr),
            Expr::YieldFrom(_) => self.visit_yield("'yield'", expr),
            Expr::Await(_) => {
                self.mark_asynchronous();
                visitor::walk_expr(self, expr);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(handler) = handler;
        if let Some(kind) = &handler.type_ {
            self.visit_expr(kind);
        }
        if let Some(name) = &handler.name {
            self.bind_identifier(name);
        }
        self.visit_body(&handler.body);
    }

    fn visit_pattern(&mut self, pattern: &'a ast::Pattern) {
        let name = match pattern {
            ast::Pattern::MatchAs(pattern) => pattern.name.as_ref(),
            ast::Pattern::MatchStar(pattern) => pattern.name.as_ref(),
            ast::Pattern::MatchMapping(pattern) => pattern.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind_identifier(name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_type_param(&mut self, param: &'a ast::TypeParam) {
        let name = param.name();
        if self
            .table
            .declaration(self.current, &self.mangled(&name.id))
            == Declaration::Assigned
        {
            let message = format!("duplicate type parameter '{}'", name.id);
            self.error(&message, param.range());
        }
        self.bind_identifier(name);
        let (bound, default) = match param {
            ast::TypeParam::TypeVar(param) => (param.bound.as_deref(), param.default.as_deref()),
            ast::TypeParam::TypeVarTuple(param) => (None, param.default.as_deref()),
            ast::TypeParam::ParamSpec(param) => (None, param.default.as_deref()),
        };
        if let Some(bound) = bound {
            self.within(ScopeKind::TypeBound, param.range(), |this| {
                this.visit_expr(bound)
            });
        }
        if let Some(default) = default {
            self.within(ScopeKind::TypeDefault, param.range(), |this| {
                this.visit_expr(default)
            });
        }
    }
}

impl<'a> Collector<'a> {
    fn visit_named(&mut self, named: &'a ast::ExprNamed) {
        if self.iterables > 0 {
            self.error(
                "assignment expression cannot be used in a comprehension iterable expression",
                named.range,
            );
        }
        self.visit_expr(&named.value);
        if let Expr::Name(target) = &*named.target {
            self.bind_walrus(target);
        }
    }
}

/// Has a function any annotation?
pub(crate) fn has_annotations(parameters: &ast::Parameters, returns: Option<&Expr>) -> bool {
    returns.is_some()
        || parameters
            .iter()
            .any(|parameter| parameter.annotation().is_some())
}

/// The names that a target binds.
fn target_names(target: &Expr) -> Vec<&ast::ExprName> {
    match target {
        Expr::Name(name) => vec![name],
        Expr::Tuple(tuple) => tuple.elts.iter().flat_map(target_names).collect(),
        Expr::List(list) => list.elts.iter().flat_map(target_names).collect(),
        Expr::Starred(starred) => target_names(&starred.value),
        _ => Vec::new(),
    }
}
