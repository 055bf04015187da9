//! What Python warns about in a program that it accepts: escapes that mean nothing, jumps out of `finally`, and
//! expressions that cannot be meant as they are written.

use super::LineIndex;
use ruff_python_ast::visitor::{
    self, Visitor, walk_expr, walk_f_string, walk_interpolated_string_element, walk_stmt,
    walk_t_string,
};
use ruff_python_ast::{
    BytesLiteral, CmpOp, Expr, ExprCompare, ExprContext, ExprSubscript, FString,
    InterpolatedStringElement, ModModule, Stmt, StmtTry, StringLiteral, TString,
};
use ruff_text_size::{Ranged, TextRange};

/// A `SyntaxWarning`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line that it is about, from 1.
    pub line: u32,
    /// Its text.
    pub message: String,
}

/// The warnings about a program, in the order of Python's passes: reading literals, looking for jumps, compiling.
pub fn warnings(text: &str, tree: &ModModule) -> Vec<Warning> {
    let mut finder = Finder {
        text,
        lines: LineIndex::new(text),
        raw: false,
        within: Within::default(),
        escapes: Vec::new(),
        jumps: Vec::new(),
        nonsense: Vec::new(),
    };
    finder.visit_body(&tree.body);
    let Finder {
        mut escapes,
        jumps,
        nonsense,
        ..
    } = finder;
    escapes.extend(jumps);
    escapes.extend(nonsense);
    escapes
}

/// What a jump at some place would leave.
#[derive(Clone, Copy, Default)]
struct Within {
    /// A `finally` block, so that `return` leaves it.
    finally: bool,
    /// A `finally` block with no loop between, so that `break` and `continue` leave it too.
    finally_of_loop: bool,
}

struct Finder<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
    /// Is the f-string or t-string being visited a raw one?
    raw: bool,
    within: Within,
    escapes: Vec<Warning>,
    jumps: Vec<Warning>,
    nonsense: Vec<Warning>,
}

impl<'a> Finder<'a> {
    fn line(&self, node: &impl Ranged) -> u32 {
        self.lines.position(node.start().into()).0
    }

    fn inside(&mut self, within: Within, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.within, within);
        visit(self);
        self.within = outer;
    }

    fn jump(&mut self, keyword: &str, leaves: bool, stmt: &Stmt) {
        if leaves {
            let (line, message) = (self.line(stmt), format!("'{keyword}' in a 'finally' block"));
            self.jumps.push(Warning { line, message });
        }
    }

    fn try_statement(&mut self, node: &'a StmtTry) {
        self.visit_body(&node.body);
        node.handlers
            .iter()
            .for_each(|handler| self.visit_except_handler(handler));
        self.visit_body(&node.orelse);
        let finally = Within {
            finally: true,
            finally_of_loop: true,
        };
        self.inside(finally, |finder| finder.visit_body(&node.finalbody));
    }

    fn doubt(&mut self, node: &impl Ranged, message: String) {
        let line = self.line(node);
        self.nonsense.push(Warning { line, message });
    }

    fn comparison(&mut self, node: &ExprCompare) {
        let operands: Vec<&Expr> = std::iter::once(&*node.left)
            .chain(&node.comparators)
            .collect();
        for (op, pair) in node.ops.iter().zip(operands.windows(2)) {
            let (is, meant) = match op {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => continue,
            };
            if let Some(kind) = pair.iter().find_map(|operand| literal_kind(operand)) {
                let message = format!("\"{is}\" with '{kind}' literal. Did you mean \"{meant}\"?");
                return self.doubt(node, message);
            }
        }
    }

    fn subscript(&mut self, node: &ExprSubscript) {
        if let Some(kind) = unsubscriptable(&node.value) {
            let message =
                format!("'{kind}' object is not subscriptable; perhaps you missed a comma?");
            return self.doubt(node, message);
        }
        let Some(index) = kind(&node.slice).filter(|kind| !["int", "bool"].contains(kind)) else {
            return;
        };
        if let Some(kind) = sequence_kind(&node.value) {
            let message = format!(
                "{kind} indices must be integers or slices, not {index}; perhaps you missed a comma?"
            );
            self.doubt(node, message);
        }
    }

    /// Warns of the first escape in a literal that means nothing. `line` is where the text begins.
    fn escape(&mut self, range: TextRange, line: u32, bytes: bool) {
        let Some(text) = self.text.get(range.start().to_usize()..) else {
            return;
        };
        let Some((at, spelling, kind)) = invalid_escape(text, range.len().to_usize(), bytes) else {
            return;
        };
        let line = line + text[..at].matches('\n').count() as u32;
        let message = format!(
            "\"{spelling}\" is an invalid {kind}. Such sequences will not work in the future. Did you mean \"\\{spelling}\"? A raw string is also an option."
        );
        self.escapes.push(Warning { line, message });
    }

    fn is_raw(&self, literal: &impl Ranged) -> bool {
        let text = self.text.get(literal.start().to_usize()..).unwrap_or("");
        let prefix = text.split(['\'', '"']).next().unwrap_or("");
        prefix.contains(['r', 'R'])
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Return(_) => self.jump("return", self.within.finally, stmt),
            Stmt::Break(_) => self.jump("break", self.within.finally_of_loop, stmt),
            Stmt::Continue(_) => self.jump("continue", self.within.finally_of_loop, stmt),
            Stmt::Assert(node) if is_filled_tuple(&node.test) => self.doubt(
                node,
                "assertion is always true, perhaps remove parentheses?".to_owned(),
            ),
            _ => {}
        }
        match stmt {
            Stmt::Try(node) => self.try_statement(node),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                self.inside(Within::default(), |finder| walk_stmt(finder, stmt));
            }
            Stmt::For(_) | Stmt::While(_) => {
                let within = Within {
                    finally_of_loop: false,
                    ..self.within
                };
                self.inside(within, |finder| walk_stmt(finder, stmt));
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Compare(node) => self.comparison(node),
            Expr::Subscript(node) if node.ctx == ExprContext::Load => self.subscript(node),
            Expr::Call(node) => {
                if let Some(kind) = uncallable(&node.func) {
                    let message =
                        format!("'{kind}' object is not callable; perhaps you missed a comma?");
                    self.doubt(node, message);
                }
            }
            _ => {}
        }
        walk_expr(self, expr);
    }

    fn visit_string_literal(&mut self, literal: &'a StringLiteral) {
        if !self.is_raw(literal) {
            self.escape(literal.range, self.line(literal), false);
        }
    }

    fn visit_bytes_literal(&mut self, literal: &'a BytesLiteral) {
        if !self.is_raw(literal) {
            self.escape(literal.range, self.line(literal), true);
        }
    }

    fn visit_f_string(&mut self, literal: &'a FString) {
        let raw = self.is_raw(literal);
        let outer = std::mem::replace(&mut self.raw, raw);
        walk_f_string(self, literal);
        self.raw = outer;
    }

    fn visit_t_string(&mut self, literal: &'a TString) {
        let raw = self.is_raw(literal);
        let outer = std::mem::replace(&mut self.raw, raw);
        walk_t_string(self, literal);
        self.raw = outer;
    }

    fn visit_interpolated_string_element(&mut self, element: &'a InterpolatedStringElement) {
        match element {
            // Python counts the lines of such a part from its last one.
            InterpolatedStringElement::Literal(part) if !self.raw => {
                let line = self.lines.position(part.range.end().into()).0;
                self.escape(part.range, line, false);
            }
            _ => walk_interpolated_string_element(self, element),
        }
    }

    fn visit_annotation(&mut self, expr: &'a Expr) {
        visitor::walk_annotation(self, expr);
    }
}

/// The first escape in the first `length` bytes of a text that means nothing: its place, spelling and kind.
fn invalid_escape(text: &str, length: usize, bytes: bool) -> Option<(usize, String, &'static str)> {
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next().filter(|&(at, _)| at < length) {
        if char != '\\' {
            continue;
        }
        let (next, escaped) = chars.next()?;
        match escaped {
            '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' | '\n' => {}
            'N' | 'u' | 'U' if !bytes => {}
            '0'..='7' => {
                let digits: String = text[next..]
                    .chars()
                    .take(3)
                    .take_while(|digit| digit.is_digit(8))
                    .collect();
                if u32::from_str_radix(&digits, 8).is_ok_and(|value| value > 0o377) {
                    return Some((at, format!("\\{digits}"), "octal escape sequence"));
                }
            }
            _ => return Some((at, format!("\\{escaped}"), "escape sequence")),
        }
    }
    None
}

/// The type of what an expression surely gives.
fn kind(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        Expr::FString(_) => "str",
        Expr::TString(_) => "string.templatelib.Template",
        _ => return constant_kind(expr),
    })
}

fn constant_kind(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::StringLiteral(_) => "str",
        Expr::BytesLiteral(_) => "bytes",
        Expr::NumberLiteral(number) => match number.value {
            ruff_python_ast::Number::Int(_) => "int",
            ruff_python_ast::Number::Float(_) => "float",
            ruff_python_ast::Number::Complex { .. } => "complex",
        },
        Expr::BooleanLiteral(_) => "bool",
        Expr::NoneLiteral(_) => "NoneType",
        Expr::EllipsisLiteral(_) => "ellipsis",
        _ => return None,
    })
}

/// The type of a literal whose identity says nothing.
fn literal_kind(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) | Expr::EllipsisLiteral(_) => None,
        Expr::Tuple(tuple) if tuple.elts.iter().all(is_constant) => Some("tuple"),
        _ => constant_kind(expr),
    }
}

fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_constant),
        _ => constant_kind(expr).is_some(),
    }
}

fn is_filled_tuple(expr: &Expr) -> bool {
    matches!(expr, Expr::Tuple(tuple) if !tuple.elts.is_empty())
}

fn uncallable(expr: &Expr) -> Option<&'static str> {
    kind(expr).filter(|_| !matches!(expr, Expr::Lambda(_)))
}

fn unsubscriptable(expr: &Expr) -> Option<&'static str> {
    let kind = kind(expr)?;
    let subscriptable = ["str", "bytes", "tuple", "list", "dict"];
    (!subscriptable.contains(&kind)).then_some(kind)
}

fn sequence_kind(expr: &Expr) -> Option<&'static str> {
    kind(expr).filter(|kind| ["str", "bytes", "tuple", "list"].contains(kind))
}
