//! The annotated variables of a class body or module.

use crate::syntax::ast::{Expr, Stmt, StmtAnnAssign};
use crate::syntax::visitor::{self, Visitor};

/// Is the annotation there in any case, or only if its statement has run?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Directly in a class body.
    Always,
    /// In a module, or inside an `if`, a loop and so on.
    Conditional,
}

/// An annotated variable.
#[derive(Clone, Copy, Debug)]
pub struct AnnotatedVariable<'a> {
    /// The statement.
    pub node: &'a StmtAnnAssign,
    /// Its name.
    pub name: &'a str,
    /// Whether it is there in any case.
    pub presence: Presence,
}

/// The annotated variables of a body in the order of the text, without those of functions and classes inside it.
pub fn annotated_variables(body: &[Stmt], presence: Presence) -> Vec<AnnotatedVariable<'_>> {
    let mut finder = Finder {
        presence,
        found: Vec::new(),
    };
    finder.visit_body(body);
    finder.found
}

struct Finder<'a> {
    presence: Presence,
    found: Vec<AnnotatedVariable<'a>>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::AnnAssign(node) => {
                if let (Expr::Name(name), true) = (&*node.target, node.simple) {
                    self.found.push(AnnotatedVariable {
                        node,
                        name: &name.id,
                        presence: self.presence,
                    });
                }
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => {
                let outer = std::mem::replace(&mut self.presence, Presence::Conditional);
                visitor::walk_stmt(self, stmt);
                self.presence = outer;
            }
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}
