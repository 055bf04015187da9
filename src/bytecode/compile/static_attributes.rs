//! What a class's methods assign to: `__static_attributes__`.

use crate::syntax::ast::{self, Expr, ExprContext, Stmt};
use crate::syntax::visitor::{Visitor, walk_expr, walk_stmt};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The attributes of a variable called `self` that are assigned within a class, in order. Classes within it have their
/// own.
pub(super) fn static_attributes(class: &ast::StmtClassDef) -> Vec<Rc<str>> {
    let mut finder = Finder::default();
    finder.visit_body(&class.body);
    finder.names.into_iter().map(Rc::from).collect()
}

#[derive(Default)]
struct Finder<'a> {
    names: BTreeSet<&'a str>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !stmt.is_class_def_stmt() {
            walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Attribute(node) = expr
            && node.ctx == ExprContext::Store
            && node.value.as_name_expr().is_some_and(|it| it.id == "self")
        {
            self.names.insert(&node.attr.id);
        }
        walk_expr(self, expr);
    }
}
