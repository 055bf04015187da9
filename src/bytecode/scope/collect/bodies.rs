//! What has a scope of its own, or names that are looked up in one: functions, classes, lambdas, comprehensions, type
//! parameters and annotations.

use super::{Collector, has_annotations, target_names};
use crate::bytecode::scope::annotated::{Presence, annotated_variables};
use crate::bytecode::scope::{Declaration, ScopeKind, key};
use crate::syntax::ast::{self, Expr, Stmt};
use crate::syntax::visitor::{self, Visitor};
use crate::syntax::{Ranged, TextRange};

impl<'a> Collector<'a> {
    pub(super) fn visit_function(&mut self, function: &'a ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_decorator(decorator);
        }
        self.visit_defaults(&function.parameters);
        self.bind_identifier(&function.name);
        self.with_type_params(function.type_params.as_deref(), function.range, |this| {
            if has_annotations(&function.parameters, function.returns.as_deref()) {
                this.within(ScopeKind::FunctionAnnotations, function.range, |this| {
                    this.visit_signature(function)
                });
            }
            this.within(ScopeKind::Function, function.range, |this| {
                this.bind_parameters(&function.parameters);
                this.visit_body(&function.body);
            });
        });
    }

    fn visit_defaults(&mut self, parameters: &'a ast::Parameters) {
        for default in parameters
            .iter_non_variadic_params()
            .filter_map(|parameter| parameter.default.as_deref())
        {
            self.visit_expr(default);
        }
    }

    fn visit_signature(&mut self, function: &'a ast::StmtFunctionDef) {
        for annotation in function
            .parameters
            .iter()
            .filter_map(|parameter| parameter.annotation())
        {
            self.visit_expr(annotation);
        }
        if let Some(returns) = &function.returns {
            self.visit_expr(returns);
        }
    }

    fn bind_parameters(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            self.bind_parameter(&parameter.parameter);
        }
        for parameter in parameters.vararg.iter().chain(&parameters.kwarg) {
            self.bind_parameter(parameter);
        }
    }

    fn with_type_params(
        &mut self,
        params: Option<&'a ast::TypeParams>,
        range: TextRange,
        inside: impl FnOnce(&mut Self),
    ) {
        let Some(params) = params else {
            return inside(self);
        };
        self.within(ScopeKind::TypeParams, range, |this| {
            this.check_defaults(params);
            this.visit_type_params(params);
            inside(this);
        });
    }

    /// Behind a type parameter that has a default, all have one.
    fn check_defaults(&mut self, params: &'a ast::TypeParams) {
        let has_default = |param: &ast::TypeParam| match param {
            ast::TypeParam::TypeVar(param) => param.default.is_some(),
            ast::TypeParam::TypeVarTuple(param) => param.default.is_some(),
            ast::TypeParam::ParamSpec(param) => param.default.is_some(),
        };
        let mut params = params.type_params.iter().skip_while(|it| !has_default(it));
        if let Some(param) = params.find(|it| !has_default(it)) {
            let name = &param.name().id;
            let message =
                format!("non-default type parameter '{name}' follows default type parameter");
            self.error(&message, param.range());
        }
    }

    pub(super) fn visit_class(&mut self, class: &'a ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_decorator(decorator);
        }
        self.bind_identifier(&class.name);
        self.with_type_params(class.type_params.as_deref(), class.range, |this| {
            if class.type_params.is_some() {
                // The class body and the base `Generic[…]` read it.
                this.bind(".type_params", class.name.range);
            }
            if let Some(arguments) = &class.arguments {
                this.visit_arguments(arguments);
            }
            let outer = (
                this.class.replace(&class.name.id),
                std::mem::replace(&mut this.body, class.range),
            );
            this.within(ScopeKind::Class, class.range, |this| {
                if class.type_params.is_some() {
                    this.use_name(".type_params", class.name.range);
                }
                this.visit_body(&class.body);
                this.use_reached_annotations(&class.body);
            });
            (this.class, this.body) = outer;
        });
    }

    pub(super) fn visit_annotated_assignment(&mut self, assignment: &'a ast::StmtAnnAssign) {
        if let Expr::Name(name) = &*assignment.target {
            self.annotate(name, assignment.simple);
        } else {
            self.visit_expr(&assignment.target);
        }
        let in_body = matches!(
            self.table.scope(self.current).kind,
            ScopeKind::Module | ScopeKind::Class
        );
        if in_body && assignment.simple {
            self.in_body_annotations(|this| this.visit_expr(&assignment.annotation));
        }
        if let Some(value) = &assignment.value {
            self.visit_expr(value);
        }
    }

    fn annotate(&mut self, name: &ast::ExprName, simple: bool) {
        let kind = self.table.scope(self.current).kind;
        let symbol = self.symbol(&name.id, name.range);
        let word = match symbol.declaration {
            Declaration::Global if kind != ScopeKind::Module => Some("global"),
            Declaration::Nonlocal => Some("nonlocal"),
            _ => None,
        };
        symbol.annotated = simple;
        if let Some(word) = word.filter(|_| simple) {
            let message = format!("annotated name '{}' can't be {word}", name.id);
            self.error(&message, name.range);
        }
        self.bind(&name.id, name.range);
    }

    /// Annotations that are there only if their statement has run are looked up in a set of those.
    fn use_reached_annotations(&mut self, body: &'a [Stmt]) {
        let variables = annotated_variables(body, Presence::Always);
        let conditional = variables
            .iter()
            .find(|variable| variable.presence == Presence::Conditional);
        if let Some(variable) = conditional {
            self.in_body_annotations(|this| {
                this.use_name("__conditional_annotations__", variable.node.range)
            });
        }
    }

    /// All annotations of a body share one scope.
    fn in_body_annotations(&mut self, inside: impl FnOnce(&mut Self)) {
        let existing = self
            .table
            .keys
            .get(&key(ScopeKind::BodyAnnotations, self.body))
            .copied();
        let Some(existing) = existing else {
            return self.within(ScopeKind::BodyAnnotations, self.body, inside);
        };
        let outer = std::mem::replace(&mut self.current, existing);
        inside(self);
        self.current = outer;
    }

    pub(super) fn visit_comprehension_scope(
        &mut self,
        node: TextRange,
        kind: ScopeKind,
        generators: &'a [ast::Comprehension],
        elements: &[&'a Expr],
    ) {
        let Some((first, rest)) = generators.split_first() else {
            return;
        };
        self.visit_iterable(&first.iter);
        self.within(kind, node, |this| {
            if generators.iter().any(|generator| generator.is_async) {
                this.mark_asynchronous();
            }
            this.visit_comprehension_target(first);
            for generator in rest {
                this.visit_iterable(&generator.iter);
                this.visit_comprehension_target(generator);
            }
            for element in elements {
                this.visit_expr(element);
            }
        });
    }

    fn visit_iterable(&mut self, iterable: &'a Expr) {
        self.iterables += 1;
        self.visit_expr(iterable);
        self.iterables -= 1;
    }

    fn visit_comprehension_target(&mut self, generator: &'a ast::Comprehension) {
        self.visit_expr(&generator.target);
        for name in target_names(&generator.target) {
            self.symbol(&name.id, name.range).iteration = true;
        }
        for condition in &generator.ifs {
            self.visit_expr(condition);
        }
    }

    /// An inlined comprehension makes its host asynchronous.
    pub(super) fn mark_asynchronous(&mut self) {
        let mut id = self.current;
        loop {
            let scope = self.table.scope_mut(id);
            scope.asynchronous = true;
            match (scope.kind, scope.parent) {
                (ScopeKind::Comprehension, Some(parent)) => id = parent,
                _ => return,
            }
        }
    }

    pub(super) fn visit_lambda(&mut self, lambda: &'a ast::ExprLambda) {
        if let Some(parameters) = &lambda.parameters {
            self.visit_defaults(parameters);
        }
        self.within(ScopeKind::Lambda, lambda.range, |this| {
            if let Some(parameters) = &lambda.parameters {
                this.bind_parameters(parameters);
            }
            this.visit_expr(&lambda.body);
        });
    }

    pub(super) fn visit_yield(&mut self, word: &str, expr: &'a Expr) {
        let kind = self.table.scope(self.current).kind;
        match kind {
            ScopeKind::Comprehension | ScopeKind::Generator => {
                let message = format!("{word} inside {}", self.comprehension);
                self.error(&message, expr.range());
            }
            _ => self.table.scope_mut(self.current).generator = true,
        }
        visitor::walk_expr(self, expr);
    }

    pub(super) fn bind_alias(&mut self, alias: &ast::Alias) {
        match &alias.asname {
            Some(name) => self.bind_identifier(name),
            None => {
                let first = alias.name.id.split('.').next().unwrap_or_default();
                self.bind(first, alias.name.range);
            }
        }
    }

    pub(super) fn visit_import_from(&mut self, import: &ast::StmtImportFrom) {
        for alias in &import.names {
            if alias.name.id != "*" {
                self.bind_alias(alias);
            } else if self.table.scope(self.current).kind != ScopeKind::Module {
                self.error("import * only allowed at module level", alias.range);
            }
        }
    }

    pub(super) fn visit_type_alias(&mut self, alias: &'a ast::StmtTypeAlias) {
        self.visit_expr(&alias.name);
        self.with_type_params(alias.type_params.as_deref(), alias.range, |this| {
            this.within(ScopeKind::TypeAlias, alias.range, |this| {
                this.visit_expr(&alias.value)
            });
        });
    }
}
