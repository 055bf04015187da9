//! The text that an annotation becomes under `from __future__ import annotations` (`Python/ast_unparse.c`:
//! append_ast_expr).

use crate::syntax::ast::{
    self, BoolOp, CmpOp, ConversionFlag, Expr, FStringPart, InterpolatedStringElement, Number,
    Operator, UnaryOp,
};

/// How tightly an expression binds, loosest first; one that binds less than its place asks for is put in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

use Level::{
    And, Arithmetic, Atom, Await, BitAnd, BitOr, BitXor, Compare, Factor, Not, Or, Power, Shift,
    Term, Test, Tuple,
};

impl Level {
    /// The next tighter one.
    fn tighter(self) -> Self {
        const ALL: [Level; 16] = [
            Tuple, Test, Or, And, Not, Compare, BitOr, BitXor, BitAnd, Shift, Arithmetic, Term,
            Factor, Power, Await, Atom,
        ];
        *ALL.get(self as usize + 1).unwrap_or(&Atom)
    }
}

/// The text of an annotation.
pub(super) fn annotation_text(annotation: &Expr) -> String {
    match annotation {
        Expr::Starred(starred) => format!("*{}", text(&starred.value, BitOr)),
        _ => text(annotation, Test),
    }
}

fn text(expr: &Expr, at: Level) -> String {
    match expr {
        Expr::BoolOp(node) => bool_op(node, at),
        Expr::Named(node) => {
            let (target, value) = (text(&node.target, Atom), text(&node.value, Atom));
            enclosed(format!("{target} := {value}"), at > Tuple)
        }
        Expr::BinOp(node) => binary(node, at),
        Expr::UnaryOp(node) => unary(node, at),
        Expr::Lambda(node) => lambda(node, at),
        Expr::If(node) => {
            let [body, test] = [&node.body, &node.test].map(|part| text(part, Or));
            let orelse = text(&node.orelse, Test);
            enclosed(format!("{body} if {test} else {orelse}"), at > Test)
        }
        Expr::Dict(node) => format!("{{{}}}", joined(&node.items, dict_item)),
        Expr::Set(node) => format!("{{{}}}", joined(&node.elts, item)),
        Expr::List(node) => format!("[{}]", joined(&node.elts, item)),
        Expr::Tuple(node) => tuple(&node.elts, at),
        Expr::ListComp(node) => format!("[{}]", comprehension(&node.elt, &node.generators)),
        Expr::SetComp(node) => format!("{{{}}}", comprehension(&node.elt, &node.generators)),
        Expr::Generator(node) => format!("({})", comprehension(&node.elt, &node.generators)),
        Expr::DictComp(node) => {
            let key = node.key.as_ref().map_or(String::new(), |key| item(key));
            let clauses = generators(&node.generators);
            format!("{{{key}: {}{clauses}}}", item(&node.value))
        }
        Expr::Await(node) => enclosed(format!("await {}", text(&node.value, Atom)), at > Await),
        Expr::Compare(node) => compare(node, at),
        Expr::Call(node) => format!("{}({})", text(&node.func, Atom), arguments(&node.arguments)),
        Expr::FString(node) => format!("f{}", quoted(&f_string(node))),
        Expr::Attribute(node) => attribute(node),
        Expr::Subscript(node) => {
            let (value, slice) = (text(&node.value, Atom), text(&node.slice, Tuple));
            format!("{value}[{slice}]")
        }
        Expr::Starred(node) => format!("*{}", text(&node.value, BitOr)),
        Expr::Slice(node) => slice(node),
        _ => atom(expr),
    }
}

fn atom(expr: &Expr) -> String {
    match expr {
        Expr::Name(name) => name.id.to_string(),
        Expr::StringLiteral(literal) => {
            let prefix = match literal.value.is_unicode() {
                true => "u",
                false => "",
            };
            format!("{prefix}{}", quoted(literal.value.to_str()))
        }
        Expr::BytesLiteral(literal) => {
            format!("b{}", quoted_bytes(literal.value.bytes()))
        }
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(int) => int.to_string(),
            Number::Float(value) => float(*value, true),
            Number::Complex { imag, .. } => format!("{}j", float(*imag, false)),
        },
        Expr::BooleanLiteral(literal) if literal.value => "True".to_owned(),
        Expr::BooleanLiteral(_) => "False".to_owned(),
        Expr::EllipsisLiteral(_) => "...".to_owned(),
        _ => "None".to_owned(),
    }
}

fn enclosed(text: String, needed: bool) -> String {
    match needed {
        true => format!("({text})"),
        false => text,
    }
}

fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn item(expr: &Expr) -> String {
    text(expr, Test)
}

fn dict_item(item: &ast::DictItem) -> String {
    match &item.key {
        Some(key) => format!("{}: {}", text(key, Test), text(&item.value, Test)),
        None => format!("**{}", text(&item.value, BitOr)),
    }
}

fn tuple(items: &[Expr], at: Level) -> String {
    match items {
        [] => "()".to_owned(),
        [only] => enclosed(format!("{},", item(only)), at > Tuple),
        _ => enclosed(joined(items, item), at > Tuple),
    }
}

fn bool_op(node: &ast::ExprBoolOp, at: Level) -> String {
    let (word, level) = match node.op {
        BoolOp::And => (" and ", And),
        BoolOp::Or => (" or ", Or),
    };
    let values: Vec<_> = { node.values.iter() }
        .map(|value| text(value, level.tighter()))
        .collect();
    enclosed(values.join(word), at > level)
}

fn binary(node: &ast::ExprBinOp, at: Level) -> String {
    let level = match node.op {
        Operator::Add | Operator::Sub => Arithmetic,
        Operator::Mult | Operator::MatMult | Operator::Div | Operator::Mod | Operator::FloorDiv => {
            Term
        }
        Operator::LShift | Operator::RShift => Shift,
        Operator::BitOr => BitOr,
        Operator::BitXor => BitXor,
        Operator::BitAnd => BitAnd,
        Operator::Pow => Power,
    };
    let (left, right) = match node.op {
        Operator::Pow => (level.tighter(), level),
        _ => (level, level.tighter()),
    };
    let (left, right) = (text(&node.left, left), text(&node.right, right));
    enclosed(format!("{left} {} {right}", node.op.as_str()), at > level)
}

fn unary(node: &ast::ExprUnaryOp, at: Level) -> String {
    let (sign, level) = match node.op {
        UnaryOp::Not => ("not ", Not),
        UnaryOp::Invert => ("~", Factor),
        UnaryOp::UAdd => ("+", Factor),
        UnaryOp::USub => ("-", Factor),
    };
    enclosed(format!("{sign}{}", text(&node.operand, level)), at > level)
}

fn compare(node: &ast::ExprCompare, at: Level) -> String {
    let operand = Compare.tighter();
    let mut result = text(&node.left, operand);
    for (op, right) in node.ops.iter().zip(&node.comparators) {
        let word = match op {
            CmpOp::Eq => "==",
            CmpOp::NotEq => "!=",
            CmpOp::Lt => "<",
            CmpOp::LtE => "<=",
            CmpOp::Gt => ">",
            CmpOp::GtE => ">=",
            CmpOp::Is => "is",
            CmpOp::IsNot => "is not",
            CmpOp::In => "in",
            CmpOp::NotIn => "not in",
        };
        result.push_str(&format!(" {word} {}", text(right, operand)));
    }
    enclosed(result, at > Compare)
}

fn lambda(node: &ast::ExprLambda, at: Level) -> String {
    // The blank is there for positional parameters alone, as in CPython.
    let is_positional =
        |given: &&ast::Parameters| !given.posonlyargs.is_empty() || !given.args.is_empty();
    let given = node.parameters.as_deref();
    let blank = if given.filter(is_positional).is_some() {
        " "
    } else {
        ""
    };
    let parameters = given.map_or(String::new(), parameters);
    let body = text(&node.body, Test);
    enclosed(format!("lambda{blank}{parameters}: {body}"), at > Test)
}

fn parameters(parameters: &ast::Parameters) -> String {
    let plain = |parameter: &ast::ParameterWithDefault| match &parameter.default {
        Some(default) => format!("{}={}", parameter.parameter.name.id, text(default, Test)),
        None => parameter.parameter.name.id.to_string(),
    };
    let mut parts: Vec<String> = parameters.posonlyargs.iter().map(plain).collect();
    if !parts.is_empty() {
        parts.push("/".to_owned());
    }
    parts.extend(parameters.args.iter().map(plain));
    match &parameters.vararg {
        Some(rest) => parts.push(format!("*{}", rest.name.id)),
        None if !parameters.kwonlyargs.is_empty() => parts.push("*".to_owned()),
        None => {}
    }
    parts.extend(parameters.kwonlyargs.iter().map(plain));
    if let Some(rest) = &parameters.kwarg {
        parts.push(format!("**{}", rest.name.id));
    }
    parts.join(", ")
}

fn comprehension(element: &Expr, clauses: &[ast::Comprehension]) -> String {
    format!("{}{}", item(element), generators(clauses))
}

fn generators(clauses: &[ast::Comprehension]) -> String {
    let clause = |clause: &ast::Comprehension| {
        let word = if clause.is_async { "async for" } else { "for" };
        let (target, iter) = (text(&clause.target, Tuple), text(&clause.iter, Or));
        let conditions: String = { clause.ifs.iter() }
            .map(|condition| format!(" if {}", text(condition, Or)))
            .collect();
        format!(" {word} {target} in {iter}{conditions}")
    };
    clauses.iter().map(clause).collect()
}

fn arguments(arguments: &ast::Arguments) -> String {
    if let ([Expr::Generator(only)], []) = (&*arguments.args, &*arguments.keywords) {
        return comprehension(&only.elt, &only.generators);
    }
    let mut parts: Vec<String> = arguments.args.iter().map(item).collect();
    for keyword in &*arguments.keywords {
        let value = text(&keyword.value, Test);
        parts.push(match &keyword.arg {
            Some(name) => format!("{}={value}", name.id),
            None => format!("**{value}"),
        });
    }
    parts.join(", ")
}

fn attribute(node: &ast::ExprAttribute) -> String {
    let is_integer = matches!(&*node.value, Expr::NumberLiteral(literal) if matches!(literal.value, Number::Int(_)));
    let blank = if is_integer { " " } else { "" };
    format!("{}{blank}.{}", text(&node.value, Atom), node.attr.id)
}

fn slice(node: &ast::ExprSlice) -> String {
    let part = |part: &Option<Box<Expr>>| part.as_ref().map_or(String::new(), |part| item(part));
    let step = { node.step.as_ref() }.map_or(String::new(), |step| format!(":{}", item(step)));
    format!("{}:{}{step}", part(&node.lower), part(&node.upper))
}

/// What is between the quotes of an f-string, before they are put around it.
fn f_string(node: &ast::ExprFString) -> String {
    let part = |part: &FStringPart| match part {
        FStringPart::Literal(literal) => braces_doubled(&literal.value),
        FStringPart::FString(string) => elements(&string.elements),
    };
    node.value.iter().map(part).collect()
}

fn elements(parts: &[InterpolatedStringElement]) -> String {
    let element = |element: &InterpolatedStringElement| match element {
        InterpolatedStringElement::Literal(literal) => braces_doubled(&literal.value),
        InterpolatedStringElement::Interpolation(value) => interpolated(value),
    };
    parts.iter().map(element).collect()
}

fn braces_doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn interpolated(value: &ast::InterpolatedElement) -> String {
    let debug =
        { value.debug_text.as_ref() }.map_or(String::new(), |it| braces_doubled(it.as_str()));
    let expression = text(&value.expression, Or);
    let blank = if expression.starts_with('{') { " " } else { "" };
    let conversion = match value.conversion {
        ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => "!r",
        ConversionFlag::None => "",
        ConversionFlag::Str => "!s",
        ConversionFlag::Ascii => "!a",
        ConversionFlag::Repr => "!r",
    };
    let spec = { value.format_spec.as_ref() }.map_or(String::new(), |spec| {
        format!(":{}", elements(&spec.elements))
    });
    format!("{debug}{{{blank}{expression}{conversion}{spec}}}")
}

/// The repr of a float; what is too large is written so that it is read as infinite again.
fn float(value: f64, with_point: bool) -> String {
    if value.is_infinite() {
        return "1e309".to_owned();
    }
    let text = format!("{value:?}");
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, number) = match exponent.strip_prefix('-') {
                Some(number) => ('-', number),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{number:0>2}")
        }
        None if with_point => text,
        None => text.strip_suffix(".0").unwrap_or(&text).to_owned(),
    }
}

fn quote_for(has_single: bool, has_double: bool) -> char {
    match has_single && !has_double {
        true => '"',
        false => '\'',
    }
}

/// The repr of a text.
fn quoted(text: &str) -> String {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    let mut result = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            _ if c == quote => result.extend(['\\', c]),
            _ if c.is_control() => result.push_str(&format!("\\x{:02x}", u32::from(c))),
            _ => result.push(c),
        }
    }
    result.push(quote);
    result
}

fn quoted_bytes(bytes: impl Iterator<Item = u8>) -> String {
    let bytes: Vec<u8> = bytes.collect();
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut result = String::from(quote);
    for byte in bytes {
        match char::from(byte) {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c == quote => result.extend(['\\', c]),
            c @ ' '..='~' => result.push(c),
            _ => result.push_str(&format!("\\x{byte:02x}")),
        }
    }
    result.push(quote);
    result
}
