//! Syntax tree to code objects.
//!
//! One function for each kind of node appends instructions to the [`Unit`] being compiled. What is wrong with a
//! program but not with its grammar (`break` outside a loop …) is collected on the way.

mod annotation_text;
mod assign;
mod block;
mod call;
mod class;
mod comprehension;
mod consts;
pub(super) mod effect;
mod except;
mod expr;
mod fold;
mod function;
mod import;
mod jump;
mod leaving;
mod literal;
mod looping;
mod name;
mod pattern;
mod static_attributes;
mod stmt;
mod string;
mod typing;
mod unit;
mod unwind;
mod with;

use super::code::{Code, CodeKind, Const, Origin, Parameters, Source, Span};
use super::op::Op;
use super::scope::{Presence, ScopeId, SymbolTable};
use crate::syntax::ast::{Expr, ModModule, Stmt};
use crate::syntax::{Diagnostic, LineIndex, Module, Ranged, TextRange, TextSize, warnings};
use std::rc::Rc;
use unit::{Header, Place, Unit};

/// What a text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Statements.
    Module,
    /// One expression; the code returns its value.
    Expression,
    /// Statements; the values of expressions among them go to `sys.displayhook`.
    Interactive,
}

/// Compiles a program; its first diagnostic is the error that Python would report.
pub fn compile(
    module: &Module,
    source: Rc<Source>,
    goal: Goal,
) -> Result<Rc<Code>, Vec<Diagnostic>> {
    let text = source.text.clone();
    let scopes = SymbolTable::new(module, &text)?;
    let mut compiler = Compiler {
        scopes: &scopes,
        lines: LineIndex::new(&text),
        source,
        errors: Vec::new(),
        unit: Unit::new(module_header()),
        outer: Vec::new(),
        future_annotations: has_future_annotations(&module.tree.body),
        future_end: import::end_of_futures(&module.tree.body),
        annotated: Vec::new(),
        interactive: goal == Goal::Interactive,
    };
    match goal {
        Goal::Module => compiler.module(&module.tree),
        Goal::Interactive => {
            compiler.check_single(&module.tree);
            compiler.module(&module.tree);
        }
        Goal::Expression => compiler.only_expression(&module.tree),
    }
    if compiler.errors.is_empty() {
        let warnings = match compiler.source.origin {
            Origin::User | Origin::Text | Origin::KnownText => warnings(&text, &module.tree),
            _ => Vec::new(),
        };
        let code = compiler.unit.assemble(compiler.source);
        Ok(Rc::new(Code { warnings, ..code }))
    } else {
        Err(compiler.errors)
    }
}

fn module_header() -> Header {
    Header {
        name: "<module>".into(),
        qualname: "<module>".into(),
        kind: CodeKind::Module,
        scope: SymbolTable::MODULE,
        class: None,
        first_line: 1,
        parameters: Parameters::default(),
        parameter_names: Vec::new(),
        cells: Vec::new(),
        frees: Vec::new(),
    }
}

/// Does the program ask for annotations as strings (`from __future__ import annotations`)?
fn has_future_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import
                .module
                .as_ref()
                .is_some_and(|module| module.id == "__future__")
                && import
                    .names
                    .iter()
                    .any(|alias| alias.name.id == "annotations")
        }
        _ => false,
    })
}

struct Compiler<'a> {
    scopes: &'a SymbolTable,
    lines: LineIndex<'a>,
    source: Rc<Source>,
    errors: Vec<Diagnostic>,
    /// The code object in the making.
    unit: Unit<'a>,
    /// Those around it, innermost last.
    outer: Vec<Unit<'a>>,
    future_annotations: bool,
    /// Behind this place, nothing is imported from `__future__`.
    future_end: TextSize,
    /// Annotated variables of the module or class bodies being compiled, innermost last.
    annotated: Vec<typing::AnnotatedBody<'a>>,
    /// Are the values of expressions shown?
    interactive: bool,
}

impl<'a> Compiler<'a> {
    fn module(&mut self, tree: &'a ModModule) {
        if !self.interactive {
            self.unit.doc = docstring(&tree.body);
        }
        let start = Place::default();
        self.begin_annotations(&tree.body, Presence::Conditional, start);
        self.body_annotations(tree, "__annotate__", start);
        match self.interactive {
            true => self.statements(&tree.body),
            false => self.body(&tree.body),
        }
        self.finish_unit();
    }

    /// A text for interactive mode is one statement, or several in one line.
    fn check_single(&mut self, tree: &'a ModModule) {
        let line = |at: TextSize| self.lines.position(at.to_u32()).0;
        let apart = |pair: &[Stmt]| line(pair[0].range().end()) != line(pair[1].range().start());
        if let Some(pair) = tree.body.windows(2).find(|pair| apart(pair)) {
            self.error(
                "multiple statements found while compiling a single statement",
                &pair[0],
            );
        }
    }

    /// Compiles a text that has to be one expression.
    fn only_expression(&mut self, tree: &'a ModModule) {
        let (value, rest) = match tree.body.split_first() {
            Some((Stmt::Expr(first), rest)) => (&*first.value, rest.first()),
            Some((other, _)) => {
                let start = match other {
                    Stmt::Assign(assign) => {
                        assign.targets.last().map_or(other.start(), Ranged::end)
                    }
                    Stmt::AugAssign(assign) => assign.target.end(),
                    Stmt::AnnAssign(assign) => assign.target.end(),
                    _ => other.start(),
                };
                let start = self.skip_to_token(start.into(), &[]);
                return self.error_in(
                    "invalid syntax",
                    Span {
                        start,
                        end: start + 1,
                    },
                );
            }
            None => return self.error_in("invalid syntax", Span::default()),
        };
        if let Some(second) = rest {
            return self.error("invalid syntax", second);
        }
        self.expr(value);
        let place = self.place(value);
        self.emit(Op::Return, place);
    }

    /// Compiles a body; its docstring, if any, goes where the namespace of modules and classes has it.
    fn body(&mut self, body: &'a [Stmt]) {
        let mut statements = body;
        if let (Some(doc), Some((first, rest))) = (docstring(body), body.split_first()) {
            let place = self.place(first);
            self.emit_const(Const::Str(doc), place);
            self.store_name("__doc__", place);
            statements = rest;
        }
        self.statements(statements);
    }

    /// Ends the code with `return None`, where its end can be reached.
    fn finish_unit(&mut self) {
        let place = self.unit.last_place();
        self.emit_const(Const::None, place);
        self.emit(Op::Return, place);
    }

    fn enter(&mut self, header: Header) {
        let cells = header.cells.clone();
        let outer = std::mem::replace(&mut self.unit, Unit::new(header));
        self.outer.push(outer);
        for name in self.unit.header.parameter_names.clone() {
            if self.scopes.is_captured(self.unit.scope, &name) {
                let slot = self.unit.local(&name);
                self.emit(Op::MakeCell(slot), Place::default());
            }
        }
        for name in &cells {
            let slot = self.unit.cell(name);
            self.emit(Op::MakeCell(slot), Place::default());
        }
    }

    fn leave(&mut self) -> Rc<Code> {
        let Some(outer) = self.outer.pop() else {
            unreachable!("the module's unit is never left");
        };
        let unit = std::mem::replace(&mut self.unit, outer);
        Rc::new(unit.assemble(self.source.clone()))
    }

    fn emit(&mut self, op: Op, place: Place) {
        self.unit.emit(op, place);
    }

    fn emit_const(&mut self, value: Const, place: Place) {
        let index = self.unit.constant(value);
        self.unit.emit(Op::Const(index), place);
    }

    fn emit_str(&mut self, text: &str, place: Place) {
        self.emit_const(Const::Str(text.into()), place);
    }

    /// The place of a node that is no expression with an anchor of its own.
    fn place(&self, node: &impl Ranged) -> Place {
        self.place_at(node.range())
    }

    fn place_at(&self, range: TextRange) -> Place {
        let span = span(range);
        Place {
            span,
            line: self.source.line(span.start),
            anchor: None,
            inherited: false,
        }
    }

    /// The place of an expression, with the part of it that a traceback marks most.
    fn expr_place(&self, expr: &Expr) -> Place {
        Place {
            anchor: self.anchor(expr),
            ..self.place(expr)
        }
    }

    fn anchor(&self, expr: &Expr) -> Option<Span> {
        let end = u32::from(expr.end());
        match expr {
            Expr::BinOp(node) => {
                let start = self.skip_to_token(node.left.end().into(), &[')']);
                Some(Span {
                    start,
                    end: start + node.op.as_str().len() as u32,
                })
            }
            Expr::Call(node) => Some(Span {
                start: node.arguments.range.start().into(),
                end,
            }),
            Expr::Subscript(node) => {
                let start = self.skip_to_token(node.value.end().into(), &[')']);
                Some(Span { start, end })
            }
            _ => None,
        }
    }

    /// The offset of the next character that is neither blank nor in a comment nor one of `also`.
    fn skip_to_token(&self, from: u32, also: &[char]) -> u32 {
        let mut in_comment = false;
        let rest = self.source.text.get(from as usize..).unwrap_or("");
        let found = rest.char_indices().find(|&(_, char)| {
            in_comment = (in_comment || char == '#') && char != '\n';
            !(in_comment || char.is_whitespace() || char == '\\' || also.contains(&char))
        });
        from + found.map_or(0, |(at, _)| at as u32)
    }

    /// Notes an error. The code is not going to run, so nothing more is emitted until the next label.
    fn error(&mut self, message: &str, node: &impl Ranged) {
        self.error_in(message, span(node.range()));
    }

    fn error_in(&mut self, message: &str, span: Span) {
        self.unit.abandon();
        let error = self.lines.syntax_error(message, span.start, span.end);
        self.errors.push(error);
    }

    /// The qualified name of something defined here.
    fn qualname(&self, name: &str) -> Rc<str> {
        let header = self.defining_header();
        match header.kind {
            CodeKind::Module => name.into(),
            _ if self.scopes.is_explicit_global(header.scope, name) => name.into(),
            CodeKind::Class => format!("{}.{name}", header.qualname).into(),
            _ if &*header.name == comprehension::GENERATOR => {
                format!("{}.{name}", header.qualname).into()
            }
            _ => format!("{}.<locals>.{name}", header.qualname).into(),
        }
    }

    /// The code that a definition is said to be in: not the function that makes its type parameters.
    fn defining_header(&self) -> &Header {
        let units = std::iter::once(&self.unit).chain(self.outer.iter().rev());
        let mut headers = units.map(|unit| &unit.header);
        let found = headers.find(|header| !self.scopes.makes_type_params(header.scope));
        found.unwrap_or(&self.unit.header)
    }

    /// The code kind of the nearest function around this point, `None` in a class body or module.
    fn function_kind(&self) -> Option<CodeKind> {
        match self.unit.header.kind {
            CodeKind::Module | CodeKind::Class => None,
            kind => Some(kind),
        }
    }

    fn mangled(&self, name: &str) -> Rc<str> {
        super::scope::mangle(self.unit.header.class.as_deref(), name)
    }

    /// The cells and free variables of a scope that gets a frame of its own.
    fn variables(&self, scope: ScopeId) -> (Vec<Rc<str>>, Vec<Rc<str>>) {
        (self.scopes.cells(scope), self.scopes.frees(scope))
    }
}

/// The docstring of a body, as it is written.
fn docstring(body: &[Stmt]) -> Option<Rc<str>> {
    match body.first()? {
        Stmt::Expr(stmt) => match &*stmt.value {
            Expr::StringLiteral(literal) => Some(clean_docstring(literal.value.to_str()).into()),
            _ => None,
        },
        _ => None,
    }
}

/// Removes the indentation that all lines but the first share, as Python does since 3.13.
fn clean_docstring(text: &str) -> String {
    let text = text.trim_start_matches(' ');
    let margin = text
        .split('\n')
        .skip(1)
        .filter(|line| !line.trim_start_matches(' ').is_empty());
    let margin = margin
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |mut cleaned, line| {
        cleaned.push('\n');
        cleaned.push_str(
            line.get(margin..)
                .unwrap_or_else(|| line.trim_start_matches(' ')),
        );
        cleaned
    })
}

fn span(range: TextRange) -> Span {
    Span {
        start: range.start().into(),
        end: range.end().into(),
    }
}
