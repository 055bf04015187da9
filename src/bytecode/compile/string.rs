//! f-strings and t-strings.

use super::Compiler;
use super::unit::Place;
use crate::bytecode::code::Const;
use crate::bytecode::op::{Conversion, FormatSpec, Op};
use crate::syntax::ast::{self, ConversionFlag, FStringPart, InterpolatedStringElement};

/// A part of an f- or t-string, with the literal text between interpolations joined.
enum Piece<'a> {
    Text(String),
    Value(&'a ast::InterpolatedElement),
}

/// The pieces of a string, in order.
#[derive(Default)]
struct Pieces<'a>(Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn elements(&mut self, elements: &'a [InterpolatedStringElement]) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => self.text(&literal.value),
                InterpolatedStringElement::Interpolation(value) => {
                    if let Some(debug) = &value.debug_text {
                        self.text(debug.as_str());
                    }
                    self.0.push(Piece::Value(value));
                }
            }
        }
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn f_string(&mut self, node: &'a ast::ExprFString, place: Place) {
        let mut pieces = Pieces::default();
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => pieces.text(&literal.value),
                FStringPart::FString(string) => pieces.elements(&string.elements),
            }
        }
        self.joined(pieces, place);
    }

    fn joined(&mut self, pieces: Pieces<'a>, place: Place) {
        let count = pieces.0.len() as u32;
        for piece in pieces.0 {
            match piece {
                Piece::Text(text) => self.emit_str(&text, place),
                Piece::Value(value) => self.formatted(value),
            }
        }
        match count {
            0 => self.emit_str("", place),
            1 => {}
            _ => self.emit(Op::BuildString(count), place),
        }
    }

    fn formatted(&mut self, value: &'a ast::InterpolatedElement) {
        self.expr(&value.expression);
        let place = self.place(value);
        let spec = self.format_spec(value, place);
        self.emit(Op::Format(conversion(value), spec), place);
    }

    fn format_spec(&mut self, value: &'a ast::InterpolatedElement, place: Place) -> FormatSpec {
        let Some(spec) = &value.format_spec else {
            return FormatSpec::Absent;
        };
        let mut pieces = Pieces::default();
        pieces.elements(&spec.elements);
        self.joined(pieces, place);
        FormatSpec::Present
    }

    pub(super) fn t_string(&mut self, node: &'a ast::ExprTString, place: Place) {
        let mut pieces = Pieces::default();
        node.value
            .iter()
            .for_each(|string| pieces.elements(&string.elements));
        let mut texts = vec![String::new()];
        let mut values = Vec::new();
        for piece in pieces.0 {
            match (piece, texts.last_mut()) {
                (Piece::Text(text), Some(last)) => last.push_str(&text),
                (Piece::Value(value), _) => {
                    values.push(value);
                    texts.push(String::new());
                }
                (Piece::Text(_), None) => {}
            }
        }
        let texts = texts
            .iter()
            .map(|text| Const::Str(text.as_str().into()))
            .collect();
        self.emit_const(Const::Tuple(texts), place);
        for value in &values {
            self.interpolation(value);
        }
        self.emit(Op::BuildTuple(values.len() as u32), place);
        self.emit(Op::BuildTemplate, place);
    }

    fn interpolation(&mut self, value: &'a ast::InterpolatedElement) {
        let place = self.place(value);
        self.expr(&value.expression);
        let text = self.interpolation_text(value);
        self.emit_str(&text, place);
        let spec = self.format_spec(value, place);
        self.emit(Op::BuildInterpolation(conversion(value), spec), place);
    }

    /// The text of the expression as it is written, without blanks at its end.
    fn interpolation_text(&self, value: &ast::InterpolatedElement) -> String {
        let start = u32::from(value.range.start()) as usize + 1;
        let end = self.skip_to_token(u32::from(ast_end(value)), &[')']) as usize;
        self.source
            .text
            .get(start..end)
            .unwrap_or("")
            .trim_end()
            .to_owned()
    }
}

fn ast_end(value: &ast::InterpolatedElement) -> crate::syntax::TextSize {
    use crate::syntax::Ranged;
    value.expression.end()
}

fn conversion(value: &ast::InterpolatedElement) -> Conversion {
    match value.conversion {
        ConversionFlag::Str => Conversion::Str,
        ConversionFlag::Repr => Conversion::Repr,
        ConversionFlag::Ascii => Conversion::Ascii,
        // `{x=}` shows the repr unless a format is given.
        ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => {
            Conversion::Repr
        }
        ConversionFlag::None => Conversion::None,
    }
}
