//! Classes.

use super::Compiler;
use super::call::Trailing;
use super::docstring;
use super::static_attributes::static_attributes;
use super::unit::{Header, Place};
use crate::bytecode::code::{Code, CodeKind, Const, Parameters};
use crate::bytecode::op::{Common, FunctionParts, Op};
use crate::bytecode::scope::{Presence, ScopeKind};
use crate::syntax::ast;
use std::rc::Rc;

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, node: &'a ast::StmtClassDef) {
        self.check_assignable(&node.name.id, node);
        if let Some(arguments) = &node.arguments {
            self.check_keywords(arguments);
        }
        self.decorators(&node.decorator_list);
        let place = self.definition_place(node.range, &node.decorator_list);
        let first_line = self.first_line(&node.decorator_list, place);
        match &node.type_params {
            Some(params) => self.generic_class(node, params, place, first_line),
            None => {
                self.build_class(node, place, first_line);
                match &node.arguments {
                    Some(arguments) => self.call_with(2, arguments, Trailing::Nothing, place),
                    None => self.emit(Op::Call(2), place),
                }
            }
        }
        self.apply_decorators(&node.decorator_list);
        self.store_name(&node.name.id, place);
    }

    /// `[→ build_class, function of the body, name]`
    pub(super) fn build_class(
        &mut self,
        node: &'a ast::StmtClassDef,
        place: Place,
        first_line: u32,
    ) {
        self.emit(Op::Common(Common::BuildClass), place);
        if let Some(code) = self.class_body(node, first_line) {
            self.make_function(code, FunctionParts::default(), place);
        }
        self.emit_str(&node.name.id, place);
    }

    fn class_body(&mut self, node: &'a ast::StmtClassDef, first_line: u32) -> Option<Rc<Code>> {
        let scope = self.scopes.scope_of(ScopeKind::Class, node)?;
        let (cells, frees) = self.variables(scope);
        let qualname = self.qualname(&node.name.id);
        self.enter(Header {
            name: node.name.as_str().into(),
            qualname: qualname.clone(),
            kind: CodeKind::Class,
            scope,
            class: Some(node.name.as_str().into()),
            first_line,
            parameters: Parameters::default(),
            parameter_names: Vec::new(),
            cells,
            frees,
        });
        self.unit.doc = docstring(&node.body);
        let start = self.start_of_line(first_line);
        self.class_prologue(node, &qualname, start);
        self.begin_annotations(&node.body, Presence::Always, start);
        self.body(&node.body);
        self.body_annotations(node, "__annotate_func__", start);
        self.class_epilogue(node, start);
        self.annotated.pop();
        Some(self.leave())
    }

    /// A place without extent on a line.
    fn start_of_line(&self, line: u32) -> Place {
        let start = self.source.line_start(line);
        Place {
            span: crate::bytecode::code::Span { start, end: start },
            line,
            anchor: None,
            inherited: false,
        }
    }

    fn class_prologue(&mut self, node: &'a ast::StmtClassDef, qualname: &Rc<str>, place: Place) {
        self.load_name("__name__", place);
        self.store_name("__module__", place);
        self.emit_const(Const::Str(qualname.clone()), place);
        self.store_name("__qualname__", place);
        self.emit_const(Const::Int(place.line.into()), place);
        self.store_name("__firstlineno__", place);
        if node.type_params.is_some() {
            self.load_name(".type_params", place);
            self.store_name("__type_params__", place);
        }
        if self.owns_cell("__classdict__") {
            let slot = self.unit.cell("__classdict__");
            self.emit(Op::LoadNamespace, place);
            self.emit(Op::StoreDeref(slot), place);
        }
    }

    fn class_epilogue(&mut self, node: &ast::StmtClassDef, place: Place) {
        let attributes = static_attributes(node).into_iter().map(Const::Str);
        self.emit_const(Const::Tuple(attributes.collect()), place);
        self.store_name("__static_attributes__", place);
        if self.owns_cell("__class__") {
            let slot = self.unit.cell("__class__");
            self.emit(Op::LoadClosure(slot), place);
            self.store_name("__classcell__", place);
        }
        self.emit_const(Const::None, place);
        self.emit(Op::Return, place);
    }

    fn owns_cell(&self, name: &str) -> bool {
        self.unit.header.cells.iter().any(|cell| &**cell == name)
    }
}
