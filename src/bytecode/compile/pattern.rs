//! `match`.
//!
//! The code of a pattern takes its subject from the stack. On success, the values that it captured are left, the one
//! captured first on top; names are bound only once the whole pattern matches. On failure, it jumps to a label that
//! drops what lies above the `base` of the pattern.

use super::Compiler;
use super::fold::constant;
use super::unit::{Label, Place};
use crate::bytecode::code::Const;
use crate::bytecode::op::{BinaryOp, CompareOp, Op, Sense, Target};
use crate::syntax::Ranged;
use crate::syntax::ast::{self, Identifier, MatchCase, Pattern, Singleton};
use std::collections::BTreeMap;
use std::rc::Rc;

/// May the pattern match everything? Only the last one, else those behind it would never be tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Irrefutable {
    Allowed,
    Refused,
}

/// A pattern being compiled.
struct Matching {
    /// Number of operands below the pattern's subject.
    base: i64,
    /// Names of the captured values, the one on top of the stack first.
    captured: Vec<Rc<str>>,
    /// Where to go on failure, by the number of operands at that moment.
    failures: BTreeMap<i64, Label>,
    irrefutable: Irrefutable,
}

impl Matching {
    fn new(base: i64, irrefutable: Irrefutable) -> Self {
        Self {
            base,
            captured: Vec::new(),
            failures: BTreeMap::new(),
            irrefutable,
        }
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, node: &'a ast::StmtMatch) {
        self.expr(&node.subject);
        let end = self.unit.new_label();
        let default = node
            .cases
            .split_last()
            .filter(|(last, first)| !first.is_empty() && is_wildcard(&last.pattern));
        let (cases, default) = match default {
            Some((last, first)) => (first, Some(last)),
            None => (&*node.cases, None),
        };
        for (index, case) in cases.iter().enumerate() {
            let is_last = index + 1 == cases.len();
            let irrefutable = if is_last && default.is_none() {
                Irrefutable::Allowed
            } else {
                Irrefutable::Refused
            };
            self.case(case, is_last, irrefutable, end);
        }
        if let Some(case) = default {
            let place = self.place(&case.pattern);
            self.emit(Op::Nop, place);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false);
            }
            self.statements(&case.body);
        }
        self.unit.place_label(end);
    }

    /// The last case that looks at the subject takes it.
    fn case(&mut self, case: &'a MatchCase, is_last: bool, irrefutable: Irrefutable, end: Label) {
        let place = self.place(&case.pattern);
        if !is_last {
            self.emit(Op::Copy(1), place);
        }
        let irrefutable = if case.guard.is_some() {
            Irrefutable::Allowed
        } else {
            irrefutable
        };
        let mut matching = Matching::new(self.unit.depth() - 1, irrefutable);
        self.pattern(&case.pattern, &mut matching);
        for name in std::mem::take(&mut matching.captured) {
            self.store_name(&name, place);
        }
        if let Some(guard) = &case.guard {
            let failed = self.failure(&mut matching, self.unit.depth());
            self.jump_if(guard, failed, false);
        }
        if !is_last {
            self.emit(Op::Pop, place);
        }
        self.statements(&case.body);
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, end, place);
        self.end_of_failures(matching);
    }

    fn failure(&mut self, matching: &mut Matching, depth: i64) -> Label {
        *matching
            .failures
            .entry(depth)
            .or_insert_with(|| self.unit.new_label())
    }

    /// Appends a jump that is taken when the pattern fails; it takes `popped` operands.
    fn fail(&mut self, op: fn(Target) -> Op, popped: i64, matching: &mut Matching, place: Place) {
        let label = self.failure(matching, self.unit.depth() - popped);
        self.unit.jump(op, label, place);
    }

    fn fail_unless(&mut self, matching: &mut Matching, place: Place) {
        self.fail(Op::PopJumpIfFalse, 1, matching, place);
    }

    /// Where failures end up, with nothing left above the base.
    fn end_of_failures(&mut self, mut matching: Matching) {
        let deepest = matching
            .failures
            .last_key_value()
            .map_or(matching.base, |(&depth, _)| depth);
        for depth in (matching.base + 1..=deepest).rev() {
            if let Some(label) = matching.failures.remove(&depth) {
                self.unit.place_label(label);
            }
            self.emit(Op::Pop, Place::default());
        }
        if let Some(label) = matching.failures.remove(&matching.base) {
            self.unit.place_label(label);
        }
    }

    /// `[subject → captured values]`
    fn pattern(&mut self, pattern: &'a Pattern, matching: &mut Matching) {
        let place = self.place(pattern);
        match pattern {
            Pattern::MatchValue(node) => {
                self.expr(&node.value);
                self.emit(Op::Compare(CompareOp::Eq), place);
                self.fail_unless(matching, place);
            }
            Pattern::MatchSingleton(node) => {
                self.emit_const(singleton(node.value), place);
                self.emit(Op::Is(Sense::Plain), place);
                self.fail_unless(matching, place);
            }
            Pattern::MatchSequence(node) => self.sequence(&node.patterns, matching, place),
            Pattern::MatchMapping(node) => self.mapping(node, matching, place),
            Pattern::MatchClass(node) => self.class_pattern(node, matching, place),
            Pattern::MatchStar(node) => self.capture(node.name.as_ref(), matching, place),
            Pattern::MatchAs(node) => self.as_pattern(node, matching, place),
            Pattern::MatchOr(node) => self.or_pattern(node, matching, place),
        }
    }

    /// A pattern inside another one may always match everything.
    fn sub_pattern(&mut self, pattern: &'a Pattern, matching: &mut Matching) {
        let outer = std::mem::replace(&mut matching.irrefutable, Irrefutable::Allowed);
        self.pattern(pattern, matching);
        matching.irrefutable = outer;
    }

    /// `[value → captured value]` puts the value below everything of this pattern, or drops it.
    fn capture(&mut self, name: Option<&Identifier>, matching: &mut Matching, place: Place) {
        let Some(name) = name else {
            return self.emit(Op::Pop, place);
        };
        self.check_assignable(&name.id, name);
        self.rotate(matching.base, place);
        self.add_capture(name.as_str().into(), matching, name);
    }

    fn add_capture(&mut self, name: Rc<str>, matching: &mut Matching, node: &impl Ranged) {
        if matching.captured.contains(&name) {
            self.error(
                &format!("multiple assignments to name '{name}' in pattern"),
                node,
            );
        }
        matching.captured.push(name);
    }

    /// Moves the top below all operands above the base.
    fn rotate(&mut self, base: i64, place: Place) {
        let count = u32::try_from(self.unit.depth() - base).unwrap_or(0);
        for position in (2..=count).rev() {
            self.emit(Op::Swap(position), place);
        }
    }

    fn as_pattern(&mut self, node: &'a ast::PatternMatchAs, matching: &mut Matching, place: Place) {
        let Some(pattern) = &node.pattern else {
            if matching.irrefutable == Irrefutable::Refused {
                let message = match &node.name {
                    Some(name) => {
                        format!("name capture '{name}' makes remaining patterns unreachable")
                    }
                    None => "wildcard makes remaining patterns unreachable".to_owned(),
                };
                self.error(&message, node);
            }
            return self.capture(node.name.as_ref(), matching, place);
        };
        self.emit(Op::Copy(1), place);
        self.pattern(pattern, matching);
        // What the inner pattern captured lies below the subject, at the base.
        self.capture(node.name.as_ref(), matching, place);
    }

    fn sequence(&mut self, patterns: &'a [Pattern], matching: &mut Matching, place: Place) {
        let star = patterns.iter().position(Pattern::is_match_star);
        self.emit(Op::MatchSequence, place);
        self.fail_unless(matching, place);
        match star {
            None => self.length(CompareOp::Eq, patterns.len(), matching, place),
            Some(_) if patterns.len() > 1 => {
                self.length(CompareOp::Ge, patterns.len() - 1, matching, place)
            }
            Some(_) => {}
        }
        let star_is_wildcard = star.is_some_and(|star| is_wildcard(&patterns[star]));
        if patterns.iter().all(is_wildcard) {
            self.emit(Op::Pop, place);
        } else if star_is_wildcard {
            self.subscripted_items(patterns, matching, place);
        } else {
            self.unpacked_items(patterns, star, matching, place);
        }
    }

    /// `[subject → subject]` fails unless its length compares so.
    fn length(&mut self, op: CompareOp, length: usize, matching: &mut Matching, place: Place) {
        self.emit(Op::GetLen, place);
        self.emit_const(Const::Int(length as i64), place);
        self.emit(Op::Compare(op), place);
        self.fail_unless(matching, place);
    }

    fn unpacked_items(
        &mut self,
        patterns: &'a [Pattern],
        star: Option<usize>,
        matching: &mut Matching,
        place: Place,
    ) {
        let op = match star {
            None => Op::UnpackSequence(patterns.len() as u32),
            Some(star) => {
                if patterns.iter().skip(star + 1).any(Pattern::is_match_star) {
                    self.error_in("multiple starred names in sequence pattern", place.span);
                }
                Op::UnpackEx {
                    before: star as u16,
                    after: (patterns.len() - star - 1) as u16,
                }
            }
        };
        self.emit(op, place);
        patterns
            .iter()
            .for_each(|pattern| self.sub_pattern(pattern, matching));
    }

    /// With `*_` the items are taken one by one.
    fn subscripted_items(
        &mut self,
        patterns: &'a [Pattern],
        matching: &mut Matching,
        place: Place,
    ) {
        let mut from_end = false;
        for (index, pattern) in patterns.iter().enumerate() {
            from_end |= pattern.is_match_star();
            if is_wildcard(pattern) {
                continue;
            }
            self.emit(Op::Copy(1), place);
            if from_end {
                self.emit(Op::GetLen, place);
                self.emit_const(Const::Int((patterns.len() - index) as i64), place);
                self.emit(Op::Binary(BinaryOp::Sub), place);
            } else {
                self.emit_const(Const::Int(index as i64), place);
            }
            self.emit(Op::Subscript, place);
            self.sub_pattern(pattern, matching);
        }
        self.emit(Op::Pop, place);
    }

    fn mapping(
        &mut self,
        node: &'a ast::PatternMatchMapping,
        matching: &mut Matching,
        place: Place,
    ) {
        self.check_keys(node);
        self.emit(Op::MatchMapping, place);
        self.fail_unless(matching, place);
        let size = node.keys.len();
        if size == 0 && node.rest.is_none() {
            return self.emit(Op::Pop, place);
        }
        if size > 0 {
            self.length(CompareOp::Ge, size, matching, place);
        }
        node.keys.iter().for_each(|key| self.expr(key));
        self.emit(Op::BuildTuple(size as u32), place);
        self.emit(Op::MatchKeys, place);
        self.emit(Op::Copy(1), place);
        self.fail(Op::PopJumpIfNone, 1, matching, place);
        self.emit(Op::UnpackSequence(size as u32), place);
        node.patterns
            .iter()
            .for_each(|pattern| self.sub_pattern(pattern, matching));
        match &node.rest {
            Some(rest) => self.rest_of_mapping(rest, size as u32, matching, place),
            None => {
                self.emit(Op::Pop, place);
                self.emit(Op::Pop, place);
            }
        }
    }

    /// `[subject, keys → captured copy of the mapping without the keys]`
    fn rest_of_mapping(
        &mut self,
        rest: &Identifier,
        size: u32,
        matching: &mut Matching,
        place: Place,
    ) {
        self.emit(Op::BuildMap(0), place);
        self.emit(Op::Swap(3), place);
        self.emit(Op::DictUpdate(2), place);
        self.emit(Op::UnpackSequence(size), place);
        for left in (1..=size).rev() {
            self.emit(Op::Copy(left + 1), place);
            self.emit(Op::Swap(2), place);
            self.emit(Op::DeleteSubscript, place);
        }
        self.capture(Some(rest), matching, place);
    }

    fn check_keys(&mut self, node: &ast::PatternMatchMapping) {
        let mut seen = Vec::new();
        for key in &node.keys {
            let Some(value) = constant(key) else { continue };
            if seen.contains(&value) {
                let text = match &value {
                    Const::Str(text) if !text.contains(['\'', '\\']) => format!("'{text}'"),
                    _ => self.source.text[key.range()].to_owned(),
                };
                self.error(
                    &format!("mapping pattern checks duplicate key ({text})"),
                    node,
                );
            }
            seen.push(value);
        }
    }

    fn class_pattern(
        &mut self,
        node: &'a ast::PatternMatchClass,
        matching: &mut Matching,
        place: Place,
    ) {
        let arguments = &node.arguments;
        self.check_attributes(&arguments.keywords);
        self.expr(&node.cls);
        let names = arguments
            .keywords
            .iter()
            .map(|keyword| Const::Str(self.mangled(&keyword.attr)))
            .collect();
        self.emit_const(Const::Tuple(names), place);
        // A traceback marks it as it would a call.
        let marked = Place {
            anchor: Some(super::span(arguments.range)),
            ..place
        };
        self.emit(Op::MatchClass(arguments.patterns.len() as u32), marked);
        self.emit(Op::Copy(1), place);
        self.fail(Op::PopJumpIfNone, 1, matching, place);
        let count = arguments.patterns.len() + arguments.keywords.len();
        self.emit(Op::UnpackSequence(count as u32), place);
        let keywords = arguments.keywords.iter().map(|keyword| &keyword.pattern);
        for pattern in arguments.patterns.iter().chain(keywords) {
            self.sub_pattern(pattern, matching);
        }
    }

    fn check_attributes(&mut self, keywords: &[ast::PatternKeyword]) {
        for (index, keyword) in keywords.iter().enumerate() {
            if keywords
                .iter()
                .take(index)
                .any(|other| other.attr.id == keyword.attr.id)
            {
                self.error(
                    &format!("attribute name repeated in class pattern: {}", keyword.attr),
                    &keyword.pattern,
                );
            }
        }
    }

    /// `[subject → captured values]`; all alternatives leave their captures in the order of the first.
    fn or_pattern(&mut self, node: &'a ast::PatternMatchOr, matching: &mut Matching, place: Place) {
        let end = self.unit.new_label();
        let mut order: Option<Vec<Rc<str>>> = None;
        let last = node.patterns.len().saturating_sub(1);
        for (index, pattern) in node.patterns.iter().enumerate() {
            let irrefutable = if index == last {
                matching.irrefutable
            } else {
                Irrefutable::Refused
            };
            let place = self.place(pattern);
            self.emit(Op::Copy(1), place);
            let mut alternative = Matching::new(self.unit.depth() - 1, irrefutable);
            self.pattern(pattern, &mut alternative);
            let captured = std::mem::take(&mut alternative.captured);
            match &order {
                None => order = Some(captured),
                Some(order) => self.reorder(captured, order, node, place),
            }
            self.unit.jump(Op::Jump, end, place);
            self.end_of_failures(alternative);
        }
        self.emit(Op::Pop, place);
        self.fail(Op::Jump, 0, matching, place);
        self.unit.place_label(end);
        for name in order.unwrap_or_default() {
            self.rotate(matching.base, place);
            self.add_capture(name, matching, node);
        }
        self.emit(Op::Pop, place);
    }

    /// Exchanges captured values until they stand in the given order.
    fn reorder(
        &mut self,
        mut captured: Vec<Rc<str>>,
        order: &[Rc<str>],
        node: &ast::PatternMatchOr,
        place: Place,
    ) {
        if captured.len() != order.len() || order.iter().any(|name| !captured.contains(name)) {
            return self.error("alternative patterns bind different names", node);
        }
        for (wanted, name) in order.iter().enumerate().rev() {
            let Some(found) = captured.iter().position(|other| other == name) else {
                return;
            };
            if found == wanted {
                continue;
            }
            for position in [found, wanted].into_iter().filter(|&position| position > 0) {
                self.emit(Op::Swap(position as u32 + 1), place);
                captured.swap(0, position);
            }
        }
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::MatchAs(node) => node.pattern.is_none() && node.name.is_none(),
        Pattern::MatchStar(node) => node.name.is_none(),
        _ => false,
    }
}

fn singleton(value: Singleton) -> Const {
    match value {
        Singleton::None => Const::None,
        Singleton::True => Const::Bool(true),
        Singleton::False => Const::Bool(false),
    }
}
