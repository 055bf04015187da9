//! What is there for typing: annotations, type parameters, type aliases. All of it is evaluated lazily, in functions.

use super::Compiler;
use super::annotation_text::annotation_text;
use super::call::Trailing;
use super::function::FunctionShape;
use super::unit::Place;
use crate::bytecode::code::{Code, CodeKind, Const, Parameters};
use crate::bytecode::op::{FunctionParts, Op, Sense, TypeParam};
use crate::bytecode::scope::{
    AnnotatedVariable, Presence, ScopeId, ScopeKind, annotated_variables,
};
use crate::syntax::Ranged;
use crate::syntax::ast::{self, Expr, Stmt};
use std::rc::Rc;

/// Holds which of the conditional annotations have been reached.
const REACHED: &str = "__conditional_annotations__";

/// The annotated variables of a body being compiled.
pub(super) struct AnnotatedBody<'a> {
    variables: Vec<AnnotatedVariable<'a>>,
}

impl<'a> AnnotatedBody<'a> {
    pub fn new(body: &'a [Stmt], presence: Presence) -> Self {
        Self {
            variables: annotated_variables(body, presence),
        }
    }

    fn is_conditional(&self) -> bool {
        self.variables
            .iter()
            .any(|variable| variable.presence == Presence::Conditional)
    }

    /// The number of a conditional annotation.
    fn conditional_number(&self, node: &ast::StmtAnnAssign) -> Option<usize> {
        let is_it = |it: &AnnotatedVariable| {
            it.node.range == node.range && it.presence == Presence::Conditional
        };
        self.variables.iter().position(is_it)
    }
}

impl<'a> Compiler<'a> {
    /// At the beginning of a module or class body: where its annotations go.
    pub(super) fn begin_annotations(&mut self, body: &'a [Stmt], presence: Presence, place: Place) {
        let annotated = AnnotatedBody::new(body, presence);
        if self.future_annotations && !annotated.variables.is_empty() {
            self.emit(Op::BuildMap(0), place);
            self.store_name("__annotations__", place);
        } else if annotated.is_conditional() {
            self.emit(Op::BuildSet(0), place);
            self.store_reached(place);
        }
        self.annotated.push(annotated);
    }

    fn store_reached(&mut self, place: Place) {
        match self.unit.header.kind {
            CodeKind::Class => {
                let slot = self.unit.cell(REACHED);
                self.emit(Op::StoreDeref(slot), place);
            }
            _ => self.store_name(REACHED, place),
        }
    }

    fn load_reached(&mut self, place: Place) {
        match self.unit.header.kind {
            CodeKind::Class => {
                let slot = self.unit.cell(REACHED);
                self.emit(Op::LoadDeref(slot), place);
            }
            _ => self.load_name(REACHED, place),
        }
    }

    /// Stores the function that evaluates the annotations of the body, if it has any.
    pub(super) fn body_annotations(&mut self, node: &impl Ranged, stored_as: &str, place: Place) {
        let variables = self
            .annotated
            .last()
            .map_or(Vec::new(), |body| body.variables.clone());
        if variables.is_empty() || self.future_annotations {
            return;
        }
        let Some(scope) = self.scopes.scope_of(ScopeKind::BodyAnnotations, node) else {
            return;
        };
        self.enter_lazy("__annotate__", scope, place);
        self.emit(Op::BuildMap(0), place);
        for (number, variable) in variables.iter().enumerate() {
            self.body_annotation(number, variable);
        }
        self.emit(Op::Return, place);
        let code = self.leave();
        self.make_function(code, FunctionParts::default(), place);
        self.store_name(stored_as, place);
    }

    /// `[annotations → annotations]`
    fn body_annotation(&mut self, number: usize, variable: &AnnotatedVariable<'a>) {
        let place = self.place(variable.node);
        let skip = self.unit.new_label();
        if variable.presence == Presence::Conditional {
            self.emit_const(Const::Int(number as i64), place);
            self.load_name(REACHED, place);
            self.emit(Op::Contains(Sense::Plain), place);
            self.unit.jump(Op::PopJumpIfFalse, skip, place);
        }
        self.expr(&variable.node.annotation);
        self.emit(Op::Copy(2), place);
        let name = self.mangled(variable.name);
        self.emit_const(Const::Str(name), place);
        self.emit(Op::StoreSubscript, place);
        self.unit.place_label(skip);
    }

    pub(super) fn annotated_assignment(&mut self, node: &'a ast::StmtAnnAssign) {
        match &node.value {
            Some(value) => {
                self.expr(value);
                self.store(&node.target);
            }
            None => self.evaluate_target(&node.target),
        }
        if self.function_kind().is_some() {
            return;
        }
        match &*node.target {
            Expr::Name(name) if node.simple => self.annotate_variable(node, &name.id),
            _ => {}
        }
    }

    /// `a.b: int` and `a[b]: int` evaluate their parts.
    fn evaluate_target(&mut self, target: &'a Expr) {
        let place = self.place(target);
        let parts = match target {
            Expr::Attribute(node) => vec![&*node.value],
            Expr::Subscript(node) => vec![&*node.value, &*node.slice],
            _ => Vec::new(),
        };
        for part in parts {
            self.index(part);
            self.emit(Op::Pop, place);
        }
    }

    fn annotate_variable(&mut self, node: &'a ast::StmtAnnAssign, name: &str) {
        let place = self.place(node);
        if self.future_annotations {
            self.emit_annotation_text(&node.annotation, place);
            self.load_name("__annotations__", place);
            let name = self.mangled(name);
            self.emit_const(Const::Str(name), place);
            return self.emit(Op::StoreSubscript, place);
        }
        let number = self
            .annotated
            .last()
            .and_then(|body| body.conditional_number(node));
        if let Some(number) = number {
            self.load_reached(place);
            self.emit_const(Const::Int(number as i64), place);
            self.emit(Op::SetAdd(1), place);
            self.emit(Op::Pop, place);
        }
    }

    fn emit_annotation_text(&mut self, annotation: &Expr, place: Place) {
        let text = annotation_text(annotation);
        self.emit_const(Const::Str(text.into()), place);
    }

    /// Enters the code of a function without parameters that is called when someone asks.
    fn enter_lazy(&mut self, name: &str, scope: ScopeId, place: Place) {
        self.enter_function(FunctionShape {
            name,
            kind: CodeKind::Function,
            scope,
            first_line: place.line,
            // The format of annotations, which callers may name; the value is the same for each that is supported.
            parameters: Parameters {
                var_positional: true,
                ..Parameters::default()
            },
            parameter_names: vec![".format".into()],
        });
    }

    /// `[→ function]` that evaluates the expression.
    fn lazy(&mut self, name: &str, kind: ScopeKind, node: &impl Ranged, value: &'a Expr) {
        let place = self.expr_place(value);
        let Some(scope) = self.scopes.scope_of(kind, node) else {
            return;
        };
        self.enter_lazy(name, scope, place);
        self.index(value);
        self.emit(Op::Return, place);
        let code = self.leave();
        self.make_function(code, FunctionParts::default(), place);
    }

    /// `[→ function]` that evaluates the annotations of a function.
    pub(super) fn annotate_function(&mut self, node: &'a ast::StmtFunctionDef, place: Place) {
        let Some(scope) = self.scopes.scope_of(ScopeKind::FunctionAnnotations, node) else {
            return;
        };
        self.enter_lazy("__annotate__", scope, place);
        let parameters = &node.parameters;
        // CPython's order: those that can be given by name come before those that cannot.
        let positional = parameters
            .args
            .iter()
            .chain(&parameters.posonlyargs)
            .map(|it| &it.parameter);
        let keyword_only = parameters.kwonlyargs.iter().map(|it| &it.parameter);
        let vararg = parameters.vararg.iter().map(|it| &**it);
        let kwarg = parameters.kwarg.iter().map(|it| &**it);
        let all = positional.chain(vararg).chain(keyword_only).chain(kwarg);
        let annotated = all.filter_map(|it| Some((it.name.as_str(), it.annotation.as_deref()?)));
        let returned = node.returns.iter().map(|returns| ("return", &**returns));
        let mut count = 0;
        for (name, annotation) in annotated.chain(returned) {
            let name = self.mangled(name);
            self.emit_const(Const::Str(name), place);
            self.annotation(annotation, place);
            count += 1;
        }
        self.emit(Op::BuildMap(count), place);
        self.emit(Op::Return, place);
        let code = self.leave();
        self.make_function(code, FunctionParts::default(), place);
    }

    fn annotation(&mut self, annotation: &'a Expr, place: Place) {
        match annotation {
            _ if self.future_annotations => self.emit_annotation_text(annotation, place),
            Expr::Starred(starred) => {
                self.expr(&starred.value);
                self.emit(Op::UnpackSequence(1), place);
            }
            _ => self.expr(annotation),
        }
    }

    /// Enters the function that makes the type parameters of something and then the thing itself.
    fn enter_type_params(
        &mut self,
        name: &str,
        scope: ScopeId,
        parameters: Vec<Rc<str>>,
        place: Place,
    ) {
        let name = format!("<generic parameters of {name}>");
        let positional = parameters.len() as u32;
        self.enter_function(FunctionShape {
            name: &name,
            kind: CodeKind::Function,
            scope,
            first_line: place.line,
            parameters: Parameters {
                positional,
                ..Parameters::default()
            },
            parameter_names: parameters,
        });
    }

    /// `[arguments → result]` calls that function at once.
    fn call_type_params(&mut self, code: Rc<Code>, arguments: u32, place: Place) {
        self.make_function(code, FunctionParts::default(), place);
        for position in (2..=arguments + 1).rev() {
            self.emit(Op::Swap(position), place);
        }
        self.emit(Op::Call(arguments), place);
    }

    /// `[→ tuple of type parameters]`, which are also bound to their names.
    fn type_params(&mut self, params: &'a ast::TypeParams, place: Place) {
        for param in &params.type_params {
            self.type_param(param);
        }
        self.emit(Op::BuildTuple(params.type_params.len() as u32), place);
    }

    fn type_param(&mut self, param: &'a ast::TypeParam) {
        let place = self.place(param);
        let name = param.name();
        self.emit_str(&name.id, place);
        let (kind, default) = match param {
            ast::TypeParam::TypeVar(node) => {
                let kind = match &node.bound {
                    Some(bound) => {
                        self.lazy(&name.id, ScopeKind::TypeBound, param, bound);
                        TypeParam::TypeVarBound
                    }
                    None => TypeParam::TypeVar,
                };
                (kind, &node.default)
            }
            ast::TypeParam::TypeVarTuple(node) => (TypeParam::TypeVarTuple, &node.default),
            ast::TypeParam::ParamSpec(node) => (TypeParam::ParamSpec, &node.default),
        };
        self.emit(Op::MakeTypeParam(kind), place);
        if let Some(default) = default {
            self.lazy(&name.id, ScopeKind::TypeDefault, param, default);
            self.emit(Op::SetTypeParamDefault, place);
        }
        self.emit(Op::Copy(1), place);
        self.store_name(&name.id, place);
    }

    /// `[defaults → function]`
    pub(super) fn generic_function(
        &mut self,
        node: &'a ast::StmtFunctionDef,
        params: &'a ast::TypeParams,
        parts: FunctionParts,
        place: Place,
        first_line: u32,
    ) {
        let Some(scope) = self.scopes.scope_of(ScopeKind::TypeParams, node) else {
            return;
        };
        let passed = [
            (parts.defaults, ".defaults"),
            (parts.kw_defaults, ".kwdefaults"),
        ];
        let names: Vec<Rc<str>> = passed
            .iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, name)| (*name).into())
            .collect();
        let arguments = names.len() as u32;
        self.enter_type_params(&node.name.id, scope, names.clone(), place);
        self.type_params(params, place);
        for name in &names {
            let slot = self.unit.local(name);
            self.emit(Op::LoadLocal(slot), place);
        }
        self.plain_function(node, parts, place, first_line);
        self.attach_type_params(place);
        self.emit(Op::Return, place);
        let code = self.leave();
        self.call_type_params(code, arguments, place);
    }

    /// `[tuple, function → function]`
    fn attach_type_params(&mut self, place: Place) {
        self.emit(Op::Copy(1), place);
        self.emit(Op::Swap(3), place);
        self.emit(Op::Swap(2), place);
        let name = self.attribute_name("__type_params__");
        self.emit(Op::StoreAttr(name), place);
    }

    /// `[→ class]`
    pub(super) fn generic_class(
        &mut self,
        node: &'a ast::StmtClassDef,
        params: &'a ast::TypeParams,
        place: Place,
        first_line: u32,
    ) {
        let Some(scope) = self.scopes.scope_of(ScopeKind::TypeParams, node) else {
            return;
        };
        self.enter_type_params(&node.name.id, scope, Vec::new(), place);
        self.type_params(params, place);
        self.store_name(".type_params", place);
        self.build_class(node, place, first_line);
        match &node.arguments {
            Some(arguments) => self.call_with(2, arguments, Trailing::GenericBase, place),
            None => {
                self.generic_base(place);
                self.emit(Op::Call(3), place);
            }
        }
        self.emit(Op::Return, place);
        let code = self.leave();
        self.call_type_params(code, 0, place);
    }

    /// `[→ Generic[type parameters]]`
    pub(super) fn generic_base(&mut self, place: Place) {
        self.load_name(".type_params", place);
        self.emit(Op::SubscriptGeneric, place);
    }

    pub(super) fn type_alias(&mut self, node: &'a ast::StmtTypeAlias, place: Place) {
        let Expr::Name(name) = &*node.name else {
            return;
        };
        match &node.type_params {
            None => {
                self.emit_str(&name.id, place);
                self.emit_const(Const::None, place);
                self.alias_value(node, &name.id, place);
            }
            Some(params) => {
                let Some(scope) = self.scopes.scope_of(ScopeKind::TypeParams, node) else {
                    return;
                };
                self.enter_type_params(&name.id, scope, Vec::new(), place);
                self.emit_str(&name.id, place);
                self.type_params(params, place);
                self.alias_value(node, &name.id, place);
                self.emit(Op::Return, place);
                let code = self.leave();
                self.call_type_params(code, 0, place);
            }
        }
        self.store_name(&name.id, place);
    }

    /// `[name, type parameters → type alias]`
    fn alias_value(&mut self, node: &'a ast::StmtTypeAlias, name: &str, place: Place) {
        self.lazy(name, ScopeKind::TypeAlias, node, &node.value);
        self.emit(Op::MakeTypeAlias, place);
    }
}
