//! The parser's errors in Python's words.

mod rules;

use super::scan::{Scan, ScanError, Token, TokenKind};
use super::target::{Placed, placed};
use super::{Diagnostic, DiagnosticKind, LineIndex};
use ruff_python_ast::token::TokenKind as Kind;
use ruff_python_ast::{Expr, ModModule};
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType,
};
use ruff_text_size::Ranged;

/// A message with its place in bytes.
struct Message {
    class: &'static str,
    text: String,
    start: usize,
    end: usize,
}

impl Message {
    fn new(text: impl Into<String>, start: usize, end: usize) -> Self {
        Self {
            class: "SyntaxError",
            text: text.into(),
            start,
            end,
        }
    }

    fn indentation(text: impl Into<String>, start: usize, end: usize) -> Self {
        Self {
            class: "IndentationError",
            text: text.into(),
            start,
            end,
        }
    }
}

/// What Python reports for a program that the parser does not accept.
pub(super) fn report(
    text: &str,
    tree: &ModModule,
    errors: &[ParseError],
    scan: &Scan,
    lines: &LineIndex,
) -> Diagnostic {
    let reporter = Reporter {
        text,
        tree,
        scan,
        lines,
    };
    let message = reporter.first(errors);
    lines.diagnostic(
        DiagnosticKind::Syntax(message.class),
        &message.text,
        message.start as u32,
        message.end as u32,
    )
}

struct Reporter<'a> {
    text: &'a str,
    tree: &'a ModModule,
    scan: &'a Scan<'a>,
    lines: &'a LineIndex<'a>,
}

impl Reporter<'_> {
    fn first(&self, errors: &[ParseError]) -> Message {
        let Some(mut error) = errors.iter().min_by_key(|error| error.location.start()) else {
            return Message::new("invalid syntax", 0, 0);
        };
        // What is wrong within a target comes before what is wrong with it.
        if error.error == ParseErrorType::InvalidAssignmentTarget {
            let (start, end) = (error.location.start(), error.location.end());
            let inside = { errors.iter() }.find(|other| {
                let at = other.location.start();
                start < at && at <= end + ruff_text_size::TextSize::from(1)
            });
            error = inside.unwrap_or(error);
        }
        let start = error.location.start().to_usize();
        if let Some(found) = self
            .scan
            .errors
            .first()
            .filter(|found| found.start <= start)
        {
            return from_scan(found);
        }
        self.bad_target_after_as(start)
            .or_else(|| self.open_above(error))
            .or_else(|| self.specific(error))
            .unwrap_or_else(|| self.generic(error))
    }

    /// An error that no rule of the grammar explains; one of the tokenizer further on, or a bracket left open, does.
    fn generic(&self, error: &ParseError) -> Message {
        if let Some(found) = self.scan.errors.first() {
            return from_scan(found);
        }
        let start = error.location.start().to_usize();
        if let Some(&(bracket, at)) = self.scan.unclosed.last() {
            // A line end within brackets is none: what is in the way is the next token.
            let next = self.token_at(start).map_or(start, |token| token.start);
            let same_line = self.line(at) == self.line(next);
            if !same_line || start >= self.text.trim_end().len() {
                return Message::new(format!("'{bracket}' was never closed"), at, at);
            }
        }
        let token = self.behind_operator(start).or_else(|| self.token_at(start));
        let start = token.map_or(start, |token| start.max(token.start));
        let end = token
            .filter(|token| token.kind != TokenKind::Newline)
            .map_or(start, Token::end);
        Message::new("invalid syntax", start, end)
    }

    /// A bracket further up that is never closed explains more than any rule of the grammar.
    fn open_above(&self, error: &ParseError) -> Option<Message> {
        let read = match &error.error {
            ParseErrorType::UnparenthesizedGeneratorExpression => error.location.end(),
            _ => error.location.start(),
        };
        let read = read.to_usize();
        let next = self.token_at(read).map_or(read, |token| token.start);
        let &(bracket, at) = self.scan.unclosed.last()?;
        let explains = self.scan.errors.is_empty() && self.line(at) < self.line(next);
        explains.then(|| Message::new(format!("'{bracket}' was never closed"), at, at))
    }

    fn line(&self, at: usize) -> u32 {
        self.lines.position(at as u32).0
    }

    fn token_at(&self, at: usize) -> Option<&Token<'_>> {
        let index = self.scan.tokens.partition_point(|token| token.end() <= at);
        self.scan.tokens.get(index)
    }

    fn token_before(&self, at: usize) -> Option<&Token<'_>> {
        let index = self.scan.tokens.partition_point(|token| token.end() <= at);
        self.scan
            .tokens
            .get(..index)?
            .iter()
            .rev()
            .find(|token| !token.text.is_empty())
    }

    fn specific(&self, error: &ParseError) -> Option<Message> {
        use ParseErrorType as E;
        let (start, end) = (
            error.location.start().to_usize(),
            error.location.end().to_usize(),
        );
        let here = |text: &str| Some(Message::new(text, start, end));
        match &error.error {
            E::ExpectedToken {
                expected: Kind::Colon,
                found,
            } => {
                let lambda = self.parenthesized_lambda(start);
                lambda.or_else(|| self.expected_colon(*found, start))
            }
            E::ExpectedToken { found, .. } if found.as_augmented_assign_operator().is_some() => {
                self.augmented(start)
            }
            E::ExpectedToken {
                found: Kind::For, ..
            } => self.comprehension_target(start),
            E::ExpectedToken {
                expected: Kind::Rpar | Kind::Rsqb | Kind::Rbrace,
                found: Kind::Equal,
            } => self.assignment_as_condition(start),
            E::ExpectedToken {
                expected: Kind::Comma | Kind::Rpar,
                ..
            } => self.in_brackets(start),
            E::ExpectedToken {
                expected: Kind::Lpar,
                ..
            } if self.in_header_of(start, &["def"]) => here("expected '('"),
            E::ExpectedExpression => self.expected_expression(start, end),
            E::ExpectedToken {
                expected: Kind::Else,
                ..
            } => self.forgotten_else(start),
            E::SimpleStatementsOnSameLine => {
                self.old_print(start).or_else(|| self.import_from(start))
            }
            E::ExpectedToken {
                expected: Kind::Rsqb | Kind::Rbrace,
                ..
            } => self.forgotten_comma(start),
            E::UnexpectedIndentation => {
                let at = start + (end - start).saturating_sub(1);
                Some(Message::indentation("unexpected indent", at, at))
            }
            E::InvalidAssignmentTarget => self.assignment(error),
            E::InvalidDeleteTarget => {
                self.about_target(error, |name| format!("cannot delete {name}"))
            }
            E::InvalidAugmentedAssignmentTarget => self.about_target(error, |name| {
                format!("'{name}' is an illegal expression for augmented assignment")
            }),
            E::InvalidAnnotatedAssignmentTarget => self.annotated(start, end),
            E::InvalidNamedAssignmentTarget => self.about_target(error, |name| {
                format!("cannot use assignment expressions with {name}")
            }),
            E::PositionalAfterKeywordArgument => {
                self.at_closing(start, "positional argument follows keyword argument")
            }
            E::PositionalAfterKeywordUnpacking => self.at_closing(
                start,
                "positional argument follows keyword argument unpacking",
            ),
            E::NonDefaultParamAfterDefaultParam => {
                here("parameter without a default follows parameter with a default")
            }
            E::ParamAfterVarKeywordParam => here("arguments cannot follow var-keyword argument"),
            E::VarParameterWithDefault => here("var-positional argument cannot have default value"),
            E::ExpectedKeywordParam => self.bare_star(start),
            E::InvalidMatchPatternTarget => self.about_target(error, |name| match name {
                "name" => "cannot use '_' as a target".to_owned(),
                name => format!("cannot use {name} as pattern target"),
            }),
            E::ExpectedImaginaryNumber => here("imaginary number required in complex literal"),
            E::InvalidStarredExpressionUsage => {
                match self.token_before(start).map_or("", |token| token.text) {
                    ":" => here("cannot use a starred expression in a dictionary value"),
                    "(" => here("cannot use starred expression here"),
                    _ => None,
                }
            }
            E::EmptyImportNames => {
                let next = self.token_at(start);
                let at_end = next.is_none_or(|token| token.kind == TokenKind::Newline);
                { at_end.then(|| here("Expected one or more names after 'import'")) }.flatten()
            }
            E::UnparenthesizedGeneratorExpression => {
                here("Generator expression must be parenthesized")
            }
            E::IterableUnpackingInComprehension => {
                here("iterable unpacking cannot be used in comprehension")
            }
            E::InvalidArgumentUnpackingOrder => {
                let comma = self.token_before(start)?;
                let text = "iterable argument unpacking follows keyword argument unpacking";
                Some(Message::new(text, comma.start, comma.end()))
            }
            E::UnparenthesizedTupleExpression => self.raised_tuple(start),
            E::FStringError(kind) => self.interpolation("f-string", kind, start, end),
            E::TStringError(kind) => self.interpolation("t-string", kind, start, end),
            E::Lexical(LexicalErrorType::IndentationError) => {
                let line = self.text.get(end..)?.find('\n');
                let at = line.map_or(self.text.len(), |length| end + length);
                let text = "unindent does not match any outer indentation level";
                Some(Message::indentation(text, at, at))
            }
            E::Lexical(kind) => self.lexical(kind, start),
            E::OtherError(text) => self.other(text, start, end),
            _ => None,
        }
    }

    /// Python asks for the colon only where the line ends, or where nothing else could follow.
    fn expected_colon(&self, found: Kind, start: usize) -> Option<Message> {
        let line_end = matches!(found, Kind::Newline | Kind::EndOfFile);
        let keyword = self.token_before(start)?;
        let forced = matches!(keyword.text, "else" | "try" | "finally")
            || self.in_header_of(start, &["def"]);
        if found == Kind::Equal {
            return self.assignment_as_condition(start);
        }
        let ends_item = matches!(found, Kind::Comma | Kind::Rbrace);
        if (ends_item || self.is_behind_pair(start)) && !line_end && !is_keyword(keyword.text) {
            let text = "':' expected after dictionary key";
            let last = keyword.end().saturating_sub(1);
            return Some(Message::new(text, last, last));
        }
        if line_end || forced {
            return Some(Message::new("expected ':'", start, start + 1));
        }
        let in_subscript = self.is_in_subscript(start);
        { in_subscript.then(|| self.forgotten_comma(start)) }.flatten()
    }

    /// Is this place in the braces of a dict, behind the comma of an item?
    fn is_behind_pair(&self, at: usize) -> bool {
        let (mut depth, mut comma) = (0, false);
        let open = self.line_tokens(at).iter().rev().find(|token| {
            match token.kind {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth -= 1,
                _ => comma |= depth == 0 && token.text == ",",
            }
            depth < 0
        });
        comma && open.is_some_and(|token| token.text == "{")
    }

    /// Is the innermost bracket around this place a `[`?
    fn is_in_subscript(&self, at: usize) -> bool {
        let mut depth = 0;
        let open = self.line_tokens(at).iter().rev().find(|token| {
            match token.kind {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth -= 1,
                _ => {}
            }
            depth < 0
        });
        open.is_some_and(|token| token.text == "[")
    }

    /// Does the logical line of this place begin with one of these words?
    fn in_header_of(&self, at: usize, words: &[&str]) -> bool {
        self.line_tokens(at)
            .iter()
            .find(|token| token.text != "async")
            .is_some_and(|token| words.contains(&token.text))
    }

    /// The tokens of the logical line up to this place.
    fn line_tokens(&self, at: usize) -> &[Token<'_>] {
        // The end of the last line may be a token without extent: it is not before itself.
        let is_before = |token: &Token| token.end() <= at && token.start < at;
        let end = self.scan.tokens.partition_point(is_before);
        let before = self.scan.tokens.get(..end).unwrap_or(&[]);
        let is_break = |token: &Token| {
            matches!(
                token.kind,
                TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent
            )
        };
        let start = before
            .iter()
            .rposition(is_break)
            .map_or(0, |index| index + 1);
        before.get(start..).unwrap_or(&[])
    }

    /// `if x = 1:`, `(x = 1)`
    fn assignment_as_condition(&self, equals: usize) -> Option<Message> {
        let left = self.token_before(equals)?;
        let begins = self.token_before(left.start);
        let begins = begins.is_none_or(|token| token.kind == TokenKind::Open);
        let name = placed(self.tree, |place| begins && place.start == left.start);
        let target = match name.filter(|name| name.name == "name") {
            Some(name) => name,
            None => placed(self.tree, |place| place.end == left.end())?,
        };
        if target.name == "name" {
            let right = self.token_at(equals + 1)?;
            let text = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(Message::new(text, target.start, right.end()));
        }
        let text = format!(
            "cannot assign to {} here. Maybe you meant '==' instead of '='?",
            target.name
        );
        Some(Message::new(text, target.start, target.end))
    }

    /// Two expressions side by side within brackets.
    fn forgotten_comma(&self, start: usize) -> Option<Message> {
        let token = self.token_at(start)?;
        let begins = matches!(
            token.kind,
            TokenKind::Name | TokenKind::Number | TokenKind::String | TokenKind::Open
        );
        if !begins || self.in_header_of(start, &["def"]) || is_keyword(token.text) {
            return None;
        }
        let before = self.token_before(start)?;
        // What is still open is not what stands to the left.
        let is_open = |name: &str| before.text != "]" && matches!(name, "subscript" | "slice");
        let left = placed(self.tree, |place| {
            place.end == before.end() && !is_open(place.name)
        })?;
        let right =
            placed(self.tree, |place| place.start == start).map_or(token.end(), |place| place.end);
        let text = "invalid syntax. Perhaps you forgot a comma?";
        Some(Message::new(text, left.start, right))
    }

    /// The tokens from a place on.
    fn tokens_from(&self, start: usize) -> impl Iterator<Item = &Token<'_>> {
        let tokens = self.scan.tokens.iter();
        tokens.skip_while(move |token| token.start < start)
    }

    /// `raise A, B`
    fn raised_tuple(&self, start: usize) -> Option<Message> {
        self.token_before(start)
            .filter(|token| token.text == "raise")?;
        let after = self.tokens_from(start);
        let mut depth = 0;
        let comma = after.into_iter().find(|token| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            depth == 0 && token.text == ","
        })?;
        Some(Message::new("invalid syntax", comma.start, comma.end()))
    }

    /// `a if b else pass`
    fn statement_after_else(&self, start: usize) -> Option<Message> {
        let word = self.token_at(start)?;
        let is_statement = matches!(
            word.text,
            "pass" | "return" | "break" | "continue" | "raise"
        );
        let after_else = self
            .token_before(start)
            .is_some_and(|token| token.text == "else");
        let text = "expected expression after 'else', but statement is given";
        (is_statement && after_else).then(|| Message::new(text, word.start, word.end()))
    }

    /// `a if b` without `else`
    fn forgotten_else(&self, start: usize) -> Option<Message> {
        let end = self.token_before(start)?.end();
        let whole = placed(self.tree, |place| {
            place.end >= end && place.start < end && place.is_conditional
        })?;
        Some(Message::new(
            "expected 'else' after 'if' expression",
            whole.start,
            end,
        ))
    }

    fn at_closing(&self, start: usize, text: &str) -> Option<Message> {
        let after = self.tokens_from(start);
        let mut depth = 0;
        for token in after {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close if depth == 0 => {
                    return Some(Message::new(text, token.start, token.end()));
                }
                TokenKind::Close => depth -= 1,
                _ => {}
            }
        }
        None
    }

    fn about_target(&self, error: &ParseError, text: impl Fn(&str) -> String) -> Option<Message> {
        let target = self.target(error)?;
        Some(Message::new(text(target.name), target.start, target.end))
    }

    fn target(&self, error: &ParseError) -> Option<Placed> {
        let (start, end) = (
            error.location.start().to_usize(),
            error.location.end().to_usize(),
        );
        placed(self.tree, |place| place.start == start && place.end == end)
    }

    fn assignment(&self, error: &ParseError) -> Option<Message> {
        let target = self.target(error)?;
        // Operators of low precedence are no targets for the rule that suggests a comparison.
        let is_loose = match target.name {
            "conditional expression" | "lambda" | "comparison" | "generator expression" => true,
            _ => target.is_boolean,
        };
        let text = match target.name {
            name if is_loose => format!("cannot assign to {name}"),
            "yield expression" if !self.is_in_parentheses(target) => {
                "assignment to yield expression not possible".to_owned()
            }
            "None" | "True" | "False" => format!("cannot assign to {}", target.name),
            name if self.is_sole_target(target) => {
                format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?")
            }
            name => format!("cannot assign to {name}"),
        };
        Some(Message::new(text, target.start, target.end))
    }

    /// Is it all that stands before the only `=` of a statement?
    fn is_sole_target(&self, target: Placed) -> bool {
        let assignment = self
            .tree
            .body
            .iter()
            .find_map(|stmt| super::target::assignment_of(stmt, target));
        let value = assignment.filter(|assignment| assignment.targets.len() == 1);
        let first = value.and_then(|assignment| self.token_at(assignment.value.start().to_usize()));
        first.is_some_and(|first| !matches!(first.text, "not" | "lambda" | "yield" | "*"))
    }

    fn is_in_parentheses(&self, target: Placed) -> bool {
        self.token_before(target.start)
            .is_some_and(|token| token.text == "(")
    }

    fn other(&self, text: &str, start: usize, end: usize) -> Option<Message> {
        if text.starts_with("Expected an identifier, but found a keyword") {
            if let Some(target) = self.bad_target_after_as(start) {
                return Some(target);
            }
            return self.statement_after_else(start);
        }
        if let Some(parent) = text.strip_prefix("Expected an indented block after ") {
            return self.missing_block(parent, start, end);
        }
        let known = match text {
            "Expected `except` or `finally` after `try` block" => {
                return self.try_without_handler(start, end);
            }
            "Only one '/' separator allowed" => "/ may appear only once",
            "Position-only parameter separator not allowed as first parameter" => {
                match self.token_before(start).filter(|token| token.text == ",") {
                    Some(_) => "/ must be ahead of *",
                    None => "at least one argument must precede /",
                }
            }
            "Positional patterns cannot follow keyword patterns" => {
                "positional patterns follow keyword patterns"
            }
            "Bytes literal cannot be mixed with non-bytes literals" => {
                return self.mixed_literals(start);
            }
            "Expected an expression or a ']'" | "Expected an expression or a '}'" => {
                let is_equal = self.token_at(start).is_some_and(|token| token.text == "=");
                return match is_equal {
                    true => self.assignment_as_condition(start),
                    false => self.forgotten_comma(start),
                };
            }
            "Expected one or more exception types" => "expected one or more exception types",
            "Cannot have both 'except' and 'except*' on the same 'try'" => {
                "cannot have both 'except' and 'except*' on the same 'try'"
            }
            "Only single target (not tuple) can be annotated" => {
                "only single target (not tuple) can be annotated"
            }
            "Only single target (not list) can be annotated" => {
                "only single target (not list) can be annotated"
            }
            "Multiple exception types must be parenthesized when using `as`" => {
                "multiple exception types must be parenthesized when using 'as'"
            }
            "Expected a parameter name" => {
                if let Some(word @ ("True" | "False" | "None")) =
                    self.token_at(start).map(|token| token.text)
                {
                    let text = format!("cannot assign to {word}");
                    return Some(Message::new(text, start, end));
                }
                "expression cannot contain assignment, perhaps you meant \"==\"?"
            }
            "Only one '*' parameter allowed" => "* argument may appear only once",
            "Trailing comma not allowed" => return self.trailing_comma(start),
            _ => return None,
        };
        Some(Message::new(known, start, end))
    }

    fn interpolation(
        &self,
        kind: &str,
        error: &InterpolatedStringErrorType,
        start: usize,
        end: usize,
    ) -> Option<Message> {
        use InterpolatedStringErrorType as E;
        let text = match error {
            E::InvalidConversionFlag => return self.conversion(kind, start),
            E::UnclosedLbrace => {
                if let Some(mut comma) = self.forgotten_comma(start) {
                    let brace = self.text.get(..start).and_then(|text| text.rfind('{'));
                    comma.start = comma.start.max(brace.map_or(0, |brace| brace + 1));
                    return Some(comma);
                }
                "expecting '}'"
            }
            E::SingleRbrace => "single '}' is not allowed",
            E::LambdaWithoutParentheses => "lambda expressions are not allowed without parentheses",
            E::NewlineInFormatSpec => {
                "newlines are not allowed in format specifiers when using single quotes"
            }
            _ => return None,
        };
        Some(Message::new(format!("{kind}: {text}"), start, end))
    }

    fn missing_block(&self, parent: &str, start: usize, end: usize) -> Option<Message> {
        let keyword = parent.split('`').nth(1);
        let header = self.scan.tokens.iter().rev().skip_while(|token| {
            token.start > start || token.start == start && token.kind != TokenKind::Newline
        });
        let line_end = header
            .clone()
            .find(|token| token.kind == TokenKind::Newline)?;
        let line = self.line(self.line_tokens(line_end.start).first()?.start);
        let what = match keyword {
            Some("class") => "class definition".to_owned(),
            Some(keyword) => format!("'{keyword}' statement"),
            None => parent.to_owned(),
        };
        let text = format!("expected an indented block after {what} on line {line}");
        let at_end = { self.tokens_from(start) }.all(|token| token.text.trim().is_empty());
        let last = self.last_line_end();
        let (start, end) = if at_end { (last, last) } else { (start, end) };
        Some(Message::indentation(text, start, end))
    }

    /// Where the last line of the text ends: there Python notices that nothing follows.
    fn last_line_end(&self) -> usize {
        self.text.strip_suffix('\n').unwrap_or(self.text).len()
    }
}

fn from_scan(error: &ScanError) -> Message {
    Message {
        class: error.class,
        text: error.message.clone(),
        start: error.start,
        end: error.end,
    }
}

fn is_keyword(text: &str) -> bool {
    matches!(
        text,
        "and"
            | "as"
            | "assert"
            | "async"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "from"
            | "global"
            | "if"
            | "import"
            | "in"
            | "is"
            | "nonlocal"
            | "or"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}

/// What Python calls an expression that cannot be assigned to.
pub(super) fn expression_name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Slice(_) => "slice",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::NoneLiteral(_) => "None",
        Expr::BooleanLiteral(literal) => {
            if literal.value {
                "True"
            } else {
                "False"
            }
        }
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        _ => "literal",
    }
}
