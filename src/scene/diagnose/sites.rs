//! What the source text says about places in a program: results that are thrown away, awaits that do not need each
//! other.

use crate::syntax::ast::{self, Comprehension, Expr, ExprAwait, ExprCall, Stmt, StmtFor};
use crate::syntax::visitor::{self, Visitor};
use crate::syntax::{self, LineIndex, Ranged};
use std::collections::BTreeSet;

/// Places of a program.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    /// Statements that make a task and drop it.
    dropped_tasks: Vec<Lines>,
    /// Statements that gather with `return_exceptions=True` and drop the results.
    dropped_results: Vec<Lines>,
    /// Awaits that could run together.
    pub(super) sequences: Vec<Sequence>,
}

/// The first and the last line of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Awaited calls that follow each other though none needs the result of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// Statements in a row.
    Row(Vec<Lines>),
    /// One call, for each turn of a loop.
    Loop(Lines),
}

impl Lines {
    pub(super) fn contain(self, line: u32) -> bool {
        (self.first..=self.last).contains(&line)
    }
}

impl Sites {
    /// The places of a program; none of one that cannot be parsed.
    pub(super) fn of(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let Ok(module) = syntax::parse(&text) else {
            return Self::default();
        };
        let mut coroutines = Coroutines::default();
        coroutines.visit_body(&module.tree.body);
        let mut finder = Finder {
            lines: LineIndex::new(&text),
            coroutines: coroutines.0,
            sites: Self::default(),
        };
        finder.visit_body(&module.tree.body);
        finder.sites
    }

    /// Does a statement at this line make a task and drop it?
    pub(super) fn drops_task(&self, line: u32) -> bool {
        self.dropped_tasks.iter().any(|site| site.contain(line))
    }

    /// Does a statement at this line gather results, errors among them, and drop them?
    pub(super) fn drops_results(&self, line: u32) -> bool {
        self.dropped_results.iter().any(|site| site.contain(line))
    }
}

/// The names of all functions of the program whose calls make coroutines.
#[derive(Default)]
struct Coroutines<'a>(BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Coroutines<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::FunctionDef(function) = stmt
            && function.is_async
        {
            self.0.insert(&function.name);
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

/// Goes through a program.
struct Finder<'a> {
    lines: LineIndex<'a>,
    coroutines: BTreeSet<&'a str>,
    sites: Sites,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        self.rows(body);
        visitor::walk_body(self, body);
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Expr(dropped) => self.dropped(&dropped.value),
            Stmt::For(each) if !each.is_async => self.loop_statement(each),
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::ListComp(list) = expr {
            self.comprehension(&list.elt, &list.generators);
        }
        visitor::walk_expr(self, expr);
    }
}

impl<'a> Finder<'a> {
    fn lines(&self, node: &impl Ranged) -> Lines {
        let (first, _) = self.lines.position(node.start().into());
        let (last, _) = self.lines.position(node.end().into());
        Lines { first, last }
    }

    /// A statement whose value is dropped.
    fn dropped(&mut self, value: &Expr) {
        let lines = self.lines(value);
        match value {
            Expr::Call(call) if ["create_task", "ensure_future"].contains(&name(&call.func)) => {
                self.sites.dropped_tasks.push(lines);
            }
            Expr::Await(awaited) => {
                if let Expr::Call(call) = &*awaited.value
                    && name(&call.func) == "gather"
                    && returns_exceptions(call)
                {
                    self.sites.dropped_results.push(lines);
                }
            }
            _ => {}
        }
    }

    /// Rows of statements `name = await f(…)` that do not need the names before them.
    fn rows(&mut self, body: &'a [Stmt]) {
        let mut row: Vec<Lines> = Vec::new();
        let mut assigned: Vec<&str> = Vec::new();
        for stmt in body {
            let fetched = fetched(stmt).filter(|(_, call)| self.calls_coroutine(call));
            let needed = fetched.is_some_and(|(_, call)| mentions(call, &assigned));
            if fetched.is_none() || needed {
                self.end_row(&mut row);
                assigned.clear();
            }
            if let Some((target, _)) = fetched {
                row.push(self.lines(stmt));
                assigned.push(target);
            }
        }
        self.end_row(&mut row);
    }

    fn end_row(&mut self, row: &mut Vec<Lines>) {
        let row = std::mem::take(row);
        if row.len() > 1 {
            self.sites.sequences.push(Sequence::Row(row));
        }
    }

    /// `for x in …: results.append(await f(x))` and its like.
    fn loop_statement(&mut self, each: &'a StmtFor) {
        let [only] = each.body.as_slice() else { return };
        if let Some(awaited) = accumulated(only) {
            self.loop_over(&each.target, awaited);
        }
    }

    /// `[await f(x) for x in …]`
    fn comprehension(&mut self, element: &Expr, generators: &[Comprehension]) {
        if let ([each], Expr::Await(awaited)) = (generators, element)
            && !each.is_async
        {
            self.loop_over(&each.target, awaited);
        }
    }

    fn loop_over(&mut self, target: &Expr, awaited: &ExprAwait) {
        let Expr::Call(call) = &*awaited.value else {
            return;
        };
        let mut bound = Names::default();
        bound.visit_expr(target);
        if self.calls_coroutine(call) && mentions(call, &bound.0) {
            let lines = self.lines(awaited);
            self.sites.sequences.push(Sequence::Loop(lines));
        }
    }

    /// Does it call a coroutine function of the program by its name?
    fn calls_coroutine(&self, call: &ExprCall) -> bool {
        matches!(&*call.func, Expr::Name(name) if self.coroutines.contains(name.id.as_str()))
    }
}

/// `name = await call`
fn fetched(stmt: &Stmt) -> Option<(&str, &ExprCall)> {
    let (target, value) = match stmt {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [target] => (target, &*assign.value),
            _ => return None,
        },
        Stmt::AnnAssign(assign) => (&*assign.target, assign.value.as_deref()?),
        _ => return None,
    };
    match (target, value) {
        (Expr::Name(name), Expr::Await(awaited)) => match &*awaited.value {
            Expr::Call(call) => Some((&name.id, call)),
            _ => None,
        },
        _ => None,
    }
}

/// The await of a statement that does nothing but add its value to something.
fn accumulated(stmt: &Stmt) -> Option<&ExprAwait> {
    let value = match stmt {
        Stmt::AugAssign(added) => &*added.value,
        Stmt::Assign(assign) if matches!(assign.targets.as_slice(), [Expr::Subscript(_)]) => {
            &*assign.value
        }
        Stmt::Expr(statement) => match &*statement.value {
            Expr::Call(call) if ["append", "add"].contains(&name(&call.func)) => {
                call.arguments.args.first()?
            }
            _ => return None,
        },
        _ => return None,
    };
    match value {
        Expr::Await(awaited) => Some(awaited),
        _ => None,
    }
}

/// The last part of a dotted name.
fn name(function: &Expr) -> &str {
    match function {
        Expr::Name(name) => &name.id,
        Expr::Attribute(attribute) => &attribute.attr,
        _ => "",
    }
}

fn returns_exceptions(call: &ExprCall) -> bool {
    let keywords = &call.arguments.keywords;
    keywords.iter().any(|keyword| {
        let named = keyword.arg.as_ref().map(ast::Identifier::as_str);
        let is_true = matches!(&keyword.value, Expr::BooleanLiteral(literal) if literal.value);
        named == Some("return_exceptions") && is_true
    })
}

/// The names in an expression.
#[derive(Default)]
struct Names<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr {
            self.0.push(&name.id);
        }
        visitor::walk_expr(self, expr);
    }
}

/// Does a call mention one of these names?
fn mentions(call: &ExprCall, names: &[&str]) -> bool {
    let mut found = Names::default();
    visitor::walk_arguments(&mut found, &call.arguments);
    found.0.iter().any(|name| names.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(body: &str) -> Vec<Sequence> {
        let text = format!("async def f(x): return x\nasync def main(xs):\n{body}\n");
        Sites::of(&text).sequences
    }

    fn line(line: u32) -> Lines {
        Lines {
            first: line,
            last: line,
        }
    }

    #[test]
    fn a_row_ends_where_a_result_is_needed() {
        let row = Sequence::Row(vec![line(3), line(4)]);
        assert_eq!(
            sequences("    a = await f(1)\n    b = await f(2)\n    c = await f(a)"),
            [row]
        );
        assert_eq!(sequences("    a = await f(1)\n    b = await f(a)"), []);
        assert_eq!(
            sequences("    a = await f(1)\n    print(a)\n    b = await f(2)"),
            []
        );
    }

    #[test]
    fn loops_that_only_add_up_are_sequences() {
        let found = [Sequence::Loop(line(4))];
        for body in [
            "    r = []\n    for x in xs: r.append(await f(x))",
            "    r = 0\n    for x in xs: r += await f(x)",
            "    r = {}\n    for x in xs: r[x] = await f(x)",
            "    r = 0\n    r = [await f(x) for x in xs]",
        ] {
            assert_eq!(sequences(body), found, "{body}");
        }
        assert_eq!(sequences("    r = 0\n    while not r: r += await f(r)"), []);
        assert_eq!(sequences("    r = 0\n    for x in xs: r = await f(r)"), []);
        assert_eq!(sequences("    r = 0\n    for x in xs: r += await f(1)"), []);
    }

    #[test]
    fn statements_that_drop_tasks_and_results() {
        let sites = Sites::of(
            "loop.create_task(f())\nt = create_task(f())\nawait gather(t, return_exceptions=True)\nawait gather(t)\n",
        );
        let dropped: Vec<bool> = (1..=4).map(|line| sites.drops_task(line)).collect();
        assert_eq!(dropped, [true, false, false, false]);
        let dropped: Vec<bool> = (1..=4).map(|line| sites.drops_results(line)).collect();
        assert_eq!(dropped, [false, false, true, false]);
    }
}
