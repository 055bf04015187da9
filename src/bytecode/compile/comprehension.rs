//! Comprehensions, inlined into their host, and generator expressions, which are functions.

use super::Compiler;
use super::block::{Block, BlockKind};
use super::function::FunctionShape;
use super::unit::{Label, Place};
use crate::bytecode::code::{CodeKind, Parameters};
use crate::bytecode::op::{FunctionParts, Op, Slot};
use crate::bytecode::scope::{ScopeId, ScopeKind};
use crate::syntax::ast::{self, Comprehension, Expr};

/// The name of the function that a generator expression is. What is defined in it is not said to be local to it.
pub(super) const GENERATOR: &str = "<genexpr>";

/// What becomes of each element.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Entry { key: &'a Expr, value: &'a Expr },
    Yield(&'a Expr),
}

const UNPACKING: &str = "iterable unpacking cannot be used in comprehension";

impl<'a> Compiler<'a> {
    /// `[→ list, set or dict]`
    pub(super) fn comprehension(&mut self, expr: &'a Expr, place: Place) {
        let (build, element, generators) = match expr {
            Expr::ListComp(node) => (Op::BuildList(0), Element::List(&node.elt), &node.generators),
            Expr::SetComp(node) => (Op::BuildSet(0), Element::Set(&node.elt), &node.generators),
            Expr::DictComp(ast::ExprDictComp {
                key: Some(key),
                value,
                generators,
                ..
            }) => (Op::BuildMap(0), Element::Entry { key, value }, generators),
            _ => return self.error("dict unpacking cannot be used in dict comprehension", expr),
        };
        if let Element::List(unpacked @ Expr::Starred(_))
        | Element::Set(unpacked @ Expr::Starred(_)) = element
        {
            return self.error(UNPACKING, unpacked);
        }
        let (Some(scope), Some(first)) = (
            self.scopes.scope_of(ScopeKind::Comprehension, expr),
            generators.first(),
        ) else {
            return;
        };
        if self.scopes.is_asynchronous(scope) {
            self.check_async_comprehension(expr);
        }
        self.iterator(first);
        let outer = std::mem::replace(&mut self.unit.scope, scope);
        let saved = self.save_variables(scope, place);
        self.emit(build, place);
        self.emit(Op::Swap(2), place);
        self.protected_loops(generators, element, &saved, place);
        self.unit.scope = outer;
    }

    /// `[iterator → saved variables, iterator]` makes room for the variables of the comprehension.
    fn save_variables(&mut self, scope: ScopeId, place: Place) -> Vec<Slot> {
        let mut slots = Vec::new();
        for name in self.scopes.bound_names(scope) {
            let slot = self.unit.local(&name);
            self.emit(Op::TakeLocal(slot), place);
            if self.scopes.is_captured(scope, &name) {
                self.emit(Op::MakeCell(slot), place);
            }
            slots.push(slot);
        }
        if !slots.is_empty() {
            self.emit(Op::Swap(slots.len() as u32 + 1), place);
        }
        slots
    }

    /// `[saved variables, result → result]` the reverse.
    fn restore_variables(&mut self, slots: &[Slot], place: Place) {
        if !slots.is_empty() {
            self.emit(Op::Swap(slots.len() as u32 + 1), place);
        }
        for &slot in slots.iter().rev() {
            self.emit(Op::RestoreLocal(slot), place);
        }
    }

    /// `[saved variables, collection, iterator → collection]`
    fn protected_loops(
        &mut self,
        generators: &'a [Comprehension],
        element: Element<'a>,
        saved: &[Slot],
        place: Place,
    ) {
        if saved.is_empty() {
            return self.loops(generators, element, 1, place);
        }
        let (cleanup, end) = (self.unit.new_label(), self.unit.new_label());
        let id = self.unit.new_handler_below(cleanup, 2);
        self.unit
            .push_block(Block::protected(BlockKind::Protected, id));
        self.loops(generators, element, 1, place);
        self.unit.pop_block();
        self.restore_variables(saved, place);
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(cleanup);
        self.restore_variables(saved, place);
        self.emit(Op::Reraise, place);
        self.unit.place_label(end);
    }

    /// `[→ iterator]` of a `for` clause.
    fn iterator(&mut self, generator: &'a Comprehension) {
        let place = self.expr_place(&generator.iter);
        self.expr(&generator.iter);
        self.emit(
            if generator.is_async {
                Op::GetAiter
            } else {
                Op::GetIter
            },
            place,
        );
    }

    /// `[collection, …, iterator → collection, …]` the loop of the first clause around those of the others.
    fn loops(
        &mut self,
        generators: &'a [Comprehension],
        element: Element<'a>,
        depth: u32,
        place: Place,
    ) {
        let Some((generator, rest)) = generators.split_first() else {
            return;
        };
        let (next, exit) = (self.unit.new_label(), self.unit.new_label());
        let at = self.expr_place(&generator.iter);
        self.unit.place_label(next);
        if generator.is_async {
            self.next_item(exit, place);
        } else {
            self.unit.jump(Op::ForIter, exit, at);
        }
        self.store(&generator.target);
        for condition in &generator.ifs {
            self.jump_if(condition, next, false);
        }
        self.inner(rest, element, depth, next, place);
        self.unit.place_label(exit);
        if generator.is_async {
            self.emit(Op::EndAsyncFor, at);
        }
    }

    fn inner(
        &mut self,
        rest: &'a [Comprehension],
        element: Element<'a>,
        depth: u32,
        next: Label,
        place: Place,
    ) {
        match rest.first() {
            Some(generator) => {
                self.iterator(generator);
                self.loops(rest, element, depth + 1, place);
            }
            None => self.element(element, depth),
        }
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, next, place);
    }

    /// `depth` iterators lie above the collection.
    fn element(&mut self, element: Element<'a>, depth: u32) {
        match element {
            Element::List(item) => {
                let place = self.place(item);
                self.expr(item);
                self.emit(Op::ListAppend(depth + 1), place);
            }
            Element::Set(item) => {
                let place = self.place(item);
                self.expr(item);
                self.emit(Op::SetAdd(depth + 1), place);
            }
            Element::Entry { key, value } => {
                self.expr(key);
                self.expr(value);
                let place = self.unit.last_place();
                self.emit(Op::MapAdd(depth + 1), place);
            }
            Element::Yield(item) => {
                let place = self.place(item);
                self.expr(item);
                self.emit(Op::Yield, place);
                self.emit(Op::Pop, place);
            }
        }
    }

    /// `[→ generator]`
    pub(super) fn generator(&mut self, node: &'a ast::ExprGenerator, place: Place) {
        let (Some(scope), Some(first)) = (
            self.scopes.scope_of(ScopeKind::Generator, node),
            node.generators.first(),
        ) else {
            return;
        };
        let kind = match self.scopes.is_asynchronous(scope) {
            true => CodeKind::AsyncGenerator,
            false => CodeKind::Generator,
        };
        let shape = FunctionShape {
            name: GENERATOR,
            kind,
            scope,
            first_line: place.line,
            parameters: Parameters {
                positional: 1,
                positional_only: 0,
                ..Parameters::default()
            },
            parameter_names: vec![".0".into()],
        };
        self.enter_function(shape);
        let slot = self.unit.local(&".0".into());
        self.emit(Op::LoadLocal(slot), place);
        self.loops(&node.generators, Element::Yield(&node.elt), 0, place);
        let code = self.leave_function();
        self.make_function(code, FunctionParts::default(), place);
        self.iterator(first);
        self.emit(Op::Call(1), place);
    }

    fn check_async_comprehension(&mut self, expr: &Expr) {
        let allowed = matches!(
            self.function_kind(),
            Some(CodeKind::Coroutine | CodeKind::AsyncGenerator)
        );
        if !allowed {
            self.error(
                "asynchronous comprehension outside of an asynchronous function",
                expr,
            );
        }
    }
}
