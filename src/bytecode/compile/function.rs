//! Functions and lambdas.

use super::Compiler;
use super::docstring;
use super::fold::constant;
use super::unit::{Header, Place};
use crate::bytecode::code::{Code, CodeKind, CodeRef, Const, Parameters};
use crate::bytecode::op::{FunctionParts, Op};
use crate::bytecode::scope::{ScopeId, ScopeKind, has_annotations};
use crate::syntax::ast::{self, Decorator, Expr};
use crate::syntax::{Ranged, TextRange};
use std::rc::Rc;

/// What a function's code object is from the beginning.
pub(super) struct FunctionShape<'n> {
    pub name: &'n str,
    pub kind: CodeKind,
    pub scope: ScopeId,
    pub first_line: u32,
    pub parameters: Parameters,
    pub parameter_names: Vec<Rc<str>>,
}

impl<'a> Compiler<'a> {
    pub(super) fn enter_function(&mut self, shape: FunctionShape) {
        let (cells, frees) = self.variables(shape.scope);
        let header = Header {
            name: shape.name.into(),
            qualname: self.qualname(shape.name),
            kind: shape.kind,
            scope: shape.scope,
            class: self.unit.header.class.clone(),
            first_line: shape.first_line,
            parameters: shape.parameters,
            parameter_names: shape.parameter_names,
            cells,
            frees,
        };
        self.enter(header);
    }

    /// Ends the function's code with `return None`.
    pub(super) fn leave_function(&mut self) -> Rc<Code> {
        self.finish_unit();
        self.leave()
    }

    /// `[parts but the closure → function]`
    pub(super) fn make_function(&mut self, code: Rc<Code>, parts: FunctionParts, place: Place) {
        let closure = self.closure(&code.frees, place);
        self.emit_const(Const::Code(CodeRef(code)), place);
        self.emit(Op::MakeFunction(FunctionParts { closure, ..parts }), place);
    }

    pub(super) fn function_def(&mut self, node: &'a ast::StmtFunctionDef) {
        self.check_assignable(&node.name.id, node);
        self.decorators(&node.decorator_list);
        let place = self.definition_place(node.range, &node.decorator_list);
        let first_line = self.first_line(&node.decorator_list, place);
        let parts = self.defaults(&node.parameters, place);
        match &node.type_params {
            Some(params) => self.generic_function(node, params, parts, place, first_line),
            None => self.plain_function(node, parts, place, first_line),
        }
        self.apply_decorators(&node.decorator_list);
        self.store_name(&node.name.id, place);
    }

    /// `[defaults → function]`
    pub(super) fn plain_function(
        &mut self,
        node: &'a ast::StmtFunctionDef,
        parts: FunctionParts,
        place: Place,
        first_line: u32,
    ) {
        let annotate = has_annotations(&node.parameters, node.returns.as_deref());
        if annotate {
            self.annotate_function(node, place);
        }
        let Some(scope) = self.scopes.scope_of(ScopeKind::Function, node) else {
            return;
        };
        let (parameters, parameter_names) = self.parameters(&node.parameters);
        let kind = match (node.is_async, self.scopes.is_generator(scope)) {
            (false, false) => CodeKind::Function,
            (false, true) => CodeKind::Generator,
            (true, false) => CodeKind::Coroutine,
            (true, true) => CodeKind::AsyncGenerator,
        };
        let shape = FunctionShape {
            name: &node.name.id,
            kind,
            scope,
            first_line,
            parameters,
            parameter_names,
        };
        self.enter_function(shape);
        self.unit.doc = docstring(&node.body);
        let skipped = usize::from(self.unit.doc.is_some());
        self.statements(node.body.get(skipped..).unwrap_or_default());
        let code = self.leave_function();
        self.make_function(code, FunctionParts { annotate, ..parts }, place);
    }

    pub(super) fn lambda(&mut self, node: &'a ast::ExprLambda, place: Place) {
        let parts = node
            .parameters
            .as_ref()
            .map_or(FunctionParts::default(), |it| self.defaults(it, place));
        let Some(scope) = self.scopes.scope_of(ScopeKind::Lambda, node) else {
            return;
        };
        let (parameters, parameter_names) = match &node.parameters {
            Some(parameters) => self.parameters(parameters),
            None => Default::default(),
        };
        let kind = match self.scopes.is_generator(scope) {
            true => CodeKind::Generator,
            false => CodeKind::Function,
        };
        let shape = FunctionShape {
            name: "<lambda>",
            kind,
            scope,
            first_line: place.line,
            parameters,
            parameter_names,
        };
        self.enter_function(shape);
        let at = self.expr_place(&node.body);
        self.expr(&node.body);
        self.emit(Op::Return, at);
        let code = self.leave();
        self.make_function(code, parts, place);
    }

    fn parameters(&self, parameters: &ast::Parameters) -> (Parameters, Vec<Rc<str>>) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let named = positional
            .chain(&parameters.kwonlyargs)
            .map(|parameter| &parameter.parameter);
        let variadic = parameters
            .vararg
            .iter()
            .chain(&parameters.kwarg)
            .map(|parameter| &**parameter);
        let names = named
            .chain(variadic)
            .map(|parameter| self.mangled(&parameter.name.id))
            .collect();
        let counts = Parameters {
            positional: (parameters.posonlyargs.len() + parameters.args.len()) as u32,
            positional_only: parameters.posonlyargs.len() as u32,
            keyword_only: parameters.kwonlyargs.len() as u32,
            var_positional: parameters.vararg.is_some(),
            var_keyword: parameters.kwarg.is_some(),
        };
        (counts, names)
    }

    /// `[→ defaults, keyword defaults]`, each only if there are any.
    fn defaults(&mut self, parameters: &'a ast::Parameters, place: Place) -> FunctionParts {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults: Vec<&Expr> = positional
            .filter_map(|parameter| parameter.default.as_deref())
            .collect();
        if !defaults.is_empty() {
            self.tuple_of(&defaults, place);
        }
        let mut keyword_defaults = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let name = self.mangled(&parameter.parameter.name.id);
                self.emit_const(Const::Str(name), place);
                self.expr(default);
                keyword_defaults += 1;
            }
        }
        if keyword_defaults > 0 {
            self.emit(Op::BuildMap(keyword_defaults), place);
        }
        FunctionParts {
            defaults: !defaults.is_empty(),
            kw_defaults: keyword_defaults > 0,
            ..FunctionParts::default()
        }
    }

    fn tuple_of(&mut self, items: &[&'a Expr], place: Place) {
        if let Some(values) = items
            .iter()
            .map(|item| constant(item))
            .collect::<Option<Rc<[Const]>>>()
        {
            return self.emit_const(Const::Tuple(values), place);
        }
        items.iter().for_each(|item| self.expr(item));
        self.emit(Op::BuildTuple(items.len() as u32), place);
    }

    pub(super) fn decorators(&mut self, decorators: &'a [Decorator]) {
        decorators
            .iter()
            .for_each(|decorator| self.expr(&decorator.expression));
    }

    /// `[decorators, function or class → decorated]`
    pub(super) fn apply_decorators(&mut self, decorators: &'a [Decorator]) {
        for decorator in decorators.iter().rev() {
            let place = self.expr_place(&decorator.expression);
            self.emit(Op::Call(1), place);
        }
    }

    /// The place of a definition without its decorators.
    pub(super) fn definition_place(&self, range: TextRange, decorators: &[Decorator]) -> Place {
        let start = match decorators.last() {
            Some(decorator) => self.skip_to_token(decorator.end().into(), &[')']),
            None => range.start().into(),
        };
        self.place_at(TextRange::new(start.into(), range.end()))
    }

    /// The line where a definition begins, with its decorators.
    pub(super) fn first_line(&self, decorators: &[Decorator], place: Place) -> u32 {
        decorators.first().map_or(place.line, |decorator| {
            self.place(&decorator.expression).line
        })
    }

    /// Complains about asynchronous statements outside asynchronous functions.
    pub(super) fn check_async(&mut self, what: &str, node: &impl Ranged) {
        let kind = self.function_kind();
        if !matches!(kind, Some(CodeKind::Coroutine | CodeKind::AsyncGenerator)) {
            self.error(&format!("'{what}' outside async function"), node);
        }
    }
}
