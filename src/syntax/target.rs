//! Finding expressions by their place in a tree that the parser had to guess in part.

use super::message::expression_name;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ModModule, Stmt, StmtAssign, UnaryOp};
use ruff_text_size::Ranged;

/// An expression's place and what Python calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub start: usize,
    pub end: usize,
    pub name: &'static str,
    /// `a if b else c`
    pub is_conditional: bool,
    /// `a and b`, `not a`
    pub is_boolean: bool,
}

/// The outermost expression that the test accepts.
pub(super) fn placed(tree: &ModModule, test: impl Fn(&Placed) -> bool) -> Option<Placed> {
    let mut finder = Finder { test, found: None };
    finder.visit_body(&tree.body);
    finder.found
}

struct Finder<F> {
    test: F,
    found: Option<Placed>,
}

impl<'a, F: Fn(&Placed) -> bool> Visitor<'a> for Finder<F> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let placed = Placed {
            start: expr.start().to_usize(),
            end: expr.end().to_usize(),
            name: expression_name(expr),
            is_conditional: expr.is_if_expr(),
            is_boolean: match expr {
                Expr::UnaryOp(unary) => unary.op == UnaryOp::Not,
                other => other.is_bool_op_expr(),
            },
        };
        if self.found.is_none() && placed.start < placed.end && (self.test)(&placed) {
            self.found = Some(placed);
        }
        walk_expr(self, expr);
    }
}

/// The assignment with that target, in a statement or those inside it.
pub(super) fn assignment_of(stmt: &Stmt, target: Placed) -> Option<&StmtAssign> {
    let mut finder = AssignmentFinder {
        target,
        found: None,
    };
    finder.visit_stmt(stmt);
    finder.found
}

struct AssignmentFinder<'a> {
    target: Placed,
    found: Option<&'a StmtAssign>,
}

impl<'a> Visitor<'a> for AssignmentFinder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Assign(node) = stmt {
            let is_it = |it: &Expr| {
                (it.start().to_usize(), it.end().to_usize()) == (self.target.start, self.target.end)
            };
            if node.targets.iter().any(is_it) {
                self.found = Some(node);
            }
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}
