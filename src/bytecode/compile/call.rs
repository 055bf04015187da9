//! Calls.

use super::Compiler;
use super::unit::Place;
use crate::bytecode::code::Const;
use crate::bytecode::op::{ConstIndex, Keywords, Op};
use crate::syntax::ast::{self, Expr};
use std::rc::Rc;

/// What follows the positional arguments of a call without being written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trailing {
    Nothing,
    /// The hidden base of a generic class.
    GenericBase,
}

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, call: &'a ast::ExprCall, place: Place) {
        self.check_keywords(&call.arguments);
        match &*call.func {
            Expr::Attribute(method) if is_simple(&call.arguments) => {
                self.method_call(method, &call.arguments, place)
            }
            callable => {
                self.expr(callable);
                self.call_with(0, &call.arguments, Trailing::Nothing, place);
            }
        }
    }

    fn method_call(
        &mut self,
        method: &'a ast::ExprAttribute,
        arguments: &'a ast::Arguments,
        place: Place,
    ) {
        self.expr(&method.value);
        let name = self.attribute_name(&method.attr);
        let at = self.attribute_place(method);
        self.emit(Op::LoadMethod(name), at);
        let place = self.moved_to_attribute(method, place);
        let count = self.simple_arguments(arguments, Trailing::Nothing, place);
        match self.keyword_names(&arguments.keywords) {
            Some(names) => self.emit(Op::CallMethodKw(count, names), place),
            None => self.emit(Op::CallMethod(count), place),
        }
    }

    /// Calls the callable, which lies below `pushed` arguments, with these and the given ones.
    pub(super) fn call_with(
        &mut self,
        pushed: u32,
        arguments: &'a ast::Arguments,
        trailing: Trailing,
        place: Place,
    ) {
        if !is_simple(arguments) {
            return self.call_unpacking(pushed, arguments, trailing, place);
        }
        let count = pushed + self.simple_arguments(arguments, trailing, place);
        match self.keyword_names(&arguments.keywords) {
            Some(names) => self.emit(Op::CallKw(count, names), place),
            None => self.emit(Op::Call(count), place),
        }
    }

    fn simple_arguments(
        &mut self,
        arguments: &'a ast::Arguments,
        trailing: Trailing,
        place: Place,
    ) -> u32 {
        arguments
            .args
            .iter()
            .for_each(|argument| self.expr(argument));
        let trailing = self.trailing(trailing, place);
        arguments
            .keywords
            .iter()
            .for_each(|keyword| self.expr(&keyword.value));
        (arguments.args.len() + arguments.keywords.len()) as u32 + trailing
    }

    /// Pushes it; gives the number of operands.
    fn trailing(&mut self, trailing: Trailing, place: Place) -> u32 {
        match trailing {
            Trailing::Nothing => 0,
            Trailing::GenericBase => {
                self.generic_base(place);
                1
            }
        }
    }

    fn keyword_names(&mut self, keywords: &[ast::Keyword]) -> Option<ConstIndex> {
        if keywords.is_empty() {
            return None;
        }
        let names: Rc<[Const]> = keywords.iter().filter_map(keyword_name).collect();
        Some(self.unit.constant(Const::Tuple(names)))
    }

    fn call_unpacking(
        &mut self,
        pushed: u32,
        arguments: &'a ast::Arguments,
        trailing: Trailing,
        place: Place,
    ) {
        let plain = arguments
            .args
            .iter()
            .take_while(|argument| !argument.is_starred_expr())
            .count();
        let (plain, rest) = arguments.args.split_at(plain);
        plain.iter().for_each(|argument| self.expr(argument));
        let count = pushed + plain.len() as u32;
        if rest.is_empty() {
            let trailing = self.trailing(trailing, place);
            self.emit(Op::BuildTuple(count + trailing), place);
        } else if let ([Expr::Starred(only)], 0, Trailing::Nothing) = (rest, count, &trailing) {
            self.expr(&only.value);
        } else {
            self.emit(Op::BuildList(count), place);
            self.extend_list(rest, place);
            for _ in 0..self.trailing(trailing, place) {
                self.emit(Op::ListAppend(1), place);
            }
            self.emit(Op::ListToTuple, place);
        }
        if arguments.keywords.is_empty() {
            return self.emit(Op::CallEx(Keywords::Absent), place);
        }
        self.keyword_dict(&arguments.keywords, place);
        self.emit(Op::CallEx(Keywords::Present), place);
    }

    fn extend_list(&mut self, arguments: &'a [Expr], place: Place) {
        for argument in arguments {
            match argument {
                Expr::Starred(starred) => {
                    self.expr(&starred.value);
                    self.emit(Op::ListExtend(1), place);
                }
                _ => {
                    self.expr(argument);
                    self.emit(Op::ListAppend(1), place);
                }
            }
        }
    }

    /// A dict of the keywords, with unpacked mappings merged in.
    fn keyword_dict(&mut self, keywords: &'a [ast::Keyword], place: Place) {
        let (first, rest) = keywords.split_at(named_run(keywords));
        self.keyword_run(first, place);
        let mut rest = rest;
        while let Some((unpacked, after)) = rest.split_first() {
            if unpacked.arg.is_none() {
                self.expr(&unpacked.value);
                rest = after;
            } else {
                let (run, after) = rest.split_at(named_run(rest));
                self.keyword_run(run, place);
                rest = after;
            }
            self.emit(Op::DictMerge(1), place);
        }
    }

    fn keyword_run(&mut self, keywords: &'a [ast::Keyword], place: Place) {
        for keyword in keywords {
            if let Some(name) = keyword_name(keyword) {
                self.emit_const(name, place);
                self.expr(&keyword.value);
            }
        }
        self.emit(Op::BuildMap(keywords.len() as u32), place);
    }

    pub(super) fn check_keywords(&mut self, arguments: &ast::Arguments) {
        for (index, keyword) in arguments.keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            self.check_assignable(&name.id, keyword);
            let mut later = arguments.keywords.iter().skip(index + 1);
            let repeated =
                later.find(|other| other.arg.as_ref().is_some_and(|other| other.id == name.id));
            if let Some(repeated) = repeated {
                self.error(&format!("keyword argument repeated: {}", name.id), repeated);
            }
        }
    }
}

/// Number of keywords at the start that have names, as opposed to `**mapping`.
fn named_run(keywords: &[ast::Keyword]) -> usize {
    keywords
        .iter()
        .take_while(|keyword| keyword.arg.is_some())
        .count()
}

fn keyword_name(keyword: &ast::Keyword) -> Option<Const> {
    keyword
        .arg
        .as_ref()
        .map(|name| Const::Str(name.as_str().into()))
}

/// Has the call neither `*` nor `**`?
fn is_simple(arguments: &ast::Arguments) -> bool {
    !arguments.args.iter().any(Expr::is_starred_expr)
        && arguments
            .keywords
            .iter()
            .all(|keyword| keyword.arg.is_some())
}
