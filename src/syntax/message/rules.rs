//! Rules of Python's grammar that exist to explain an error: what stands around the place tells which applies.

use super::{Message, Reporter};
use crate::syntax::scan::{Token, TokenKind};
use ruff_python_parser::LexicalErrorType;

impl Reporter<'_> {
    /// `a, b += 1`
    pub(super) fn augmented(&self, operator: usize) -> Option<Message> {
        // The operator came where the tuple before it could go on.
        let first = self.line_tokens(operator).first()?;
        let end = self.token_before(operator)?.end();
        let text = "'tuple' is an illegal expression for augmented assignment";
        Some(Message::new(text, first.start, end))
    }

    /// `lambda (a, b): a`
    pub(super) fn parenthesized_lambda(&self, start: usize) -> Option<Message> {
        { self.token_before(start) }.filter(|token| token.text == "lambda")?;
        { self.token_at(start) }.filter(|token| token.text == "(")?;
        let close = self.tokens_from(start).find(|token| token.text == ")")?;
        let text = "Lambda expression parameters cannot be parenthesized";
        Some(Message::new(text, start, close.end()))
    }

    /// `print x`
    pub(super) fn old_print(&self, start: usize) -> Option<Message> {
        let word = self
            .token_before(start)
            .filter(|token| matches!(token.text, "print" | "exec"))?;
        let last = self.tokens_from(start);
        let end = last
            .take_while(|token| token.kind != TokenKind::Newline && token.text != ";")
            .last()?
            .end();
        let text = format!(
            "Missing parentheses in call to '{0}'. Did you mean {0}(...)?",
            word.text
        );
        Some(Message::new(text, word.start, end))
    }

    /// `[x, y for x in z]`
    pub(super) fn comprehension_target(&self, word: usize) -> Option<Message> {
        let line = self.line_tokens(word);
        let mut depth = 0;
        let open = line.iter().rposition(|token| {
            match token.kind {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth -= 1,
                _ => {}
            }
            depth < 0
        })?;
        let bracket = line.get(open)?;
        let first = line.get(open + 1)?;
        let last = self.token_before(word)?;
        let text = "did you forget parentheses around the comprehension target?";
        let is_display = matches!(bracket.text, "[" | "{");
        let has_comma = line.get(open..)?.iter().any(|token| token.text == ",");
        (is_display && has_comma).then(|| Message::new(text, first.start, last.end()))
    }

    /// Something that neither goes on with the expression before nor ends the brackets.
    pub(super) fn in_brackets(&self, start: usize) -> Option<Message> {
        if self.in_header_of(start, &["def"]) {
            let is_nested = self.token_at(start).is_some_and(|token| token.text == "(");
            let close = self.tokens_from(start).find(|token| token.text == ")")?;
            let text = "Function parameters cannot be parenthesized";
            return is_nested.then(|| Message::new(text, start, close.end()));
        }
        self.forgotten_comma(start)
    }

    /// `f'{}'`, `{1: }`, `f(a=)`, `f(*)`
    pub(super) fn expected_expression(&self, start: usize, end: usize) -> Option<Message> {
        let (before, here) = (self.token_before(start)?, self.token_at(start));
        let at_line_end = here.is_none_or(|token| token.kind == TokenKind::Newline);
        if before.text == "else" && at_line_end {
            let text = "expected expression after 'else', but statement is given";
            return Some(Message::new(text, start, end));
        }
        let here = here?;
        // Elsewhere, nothing between braces is an empty dict.
        let in_template = self.text.get(..start)?.trim_end().ends_with('{');
        match (before.text, here.text) {
            (_, sign @ ("}" | "!" | ":" | "=")) if in_template => {
                let text = format!("f-string: valid expression required before '{sign}'");
                Some(Message::new(text, start, end))
            }
            ("->", ":") => Some(Message::new("expected ':'", before.start, before.end())),
            (":", "}" | ",") => {
                let text = "expression expected after dictionary key and ':'";
                Some(Message::new(text, before.start, before.end()))
            }
            ("=", ")" | ",") => {
                let at = self.token_before(before.start)?;
                let text = "expected argument value expression";
                Some(Message::new(text, at.start, before.end()))
            }
            ("*", ")") => Some(Message::new("Invalid star expression", start, end)),
            (_, "<>") => {
                let text = "invalid syntax.  Maybe you meant '!=' instead of '<>'?";
                Some(Message::new(text, here.start, here.end()))
            }
            _ => None,
        }
    }

    /// `import a as b.c`, `except A as 1`, `case 1 as f()`
    pub(super) fn bad_target_after_as(&self, start: usize) -> Option<Message> {
        let line = self.line_tokens(start);
        let here = self.token_at(start)?;
        let word = { line.iter().rev() }.find(|token| token.text == "as")?;
        let first = self.tokens_from(word.end()).next()?;
        // What is in the way stands at the target's first token or right behind it.
        if start != first.start && here.start != first.end() {
            return None;
        }
        let end = self.end_of_target(first);
        let last = { self.tokens_from(first.start) }
            .take_while(|token| token.end() <= end && !token.text.is_empty());
        let name = match (first.kind, last.last()?.text) {
            (TokenKind::Name, ")") => "function call",
            (TokenKind::Name, "]") => "subscript",
            (TokenKind::Name, text @ ("None" | "True" | "False")) => text,
            (TokenKind::Name, _) if end > first.end() => "attribute",
            (TokenKind::Name, "_") => "_",
            (TokenKind::Number | TokenKind::String, _) => "literal",
            _ => return None,
        };
        let text = match (line.first()?.text, name) {
            ("import" | "from", name) => format!("cannot use {name} as import target"),
            ("except", name) => {
                let star = line.get(1).map_or("", |token| token.text);
                let star = if star == "*" { star } else { "" };
                format!("cannot use except{star} statement with {name}")
            }
            ("case", "_") => "cannot use '_' as a target".to_owned(),
            ("case", name) => format!("cannot use {name} as pattern target"),
            _ => return None,
        };
        Some(Message::new(text, first.start, end))
    }

    /// Where a name with its attributes, subscripts and calls ends.
    fn end_of_target(&self, first: &Token<'_>) -> usize {
        let mut depth = 0;
        let mut end = first.end();
        for token in self.tokens_from(first.end()) {
            let goes_on = depth > 0
                || matches!(token.text, "." | "(" | "[")
                || self
                    .text
                    .get(..token.start)
                    .is_some_and(|it| it.ends_with('.'));
            if !goes_on || first.kind != TokenKind::Name {
                break;
            }
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            end = token.end();
        }
        end
    }

    /// `from a import b,` and `import a,`
    pub(super) fn trailing_comma(&self, start: usize) -> Option<Message> {
        let line_end = { self.tokens_from(start) }.find(|it| it.kind == TokenKind::Newline)?;
        let is_from = self.in_header_of(start, &["from"]);
        let (text, end) = match is_from {
            true => (
                "trailing comma not allowed without surrounding parentheses",
                line_end.end(),
            ),
            false => ("invalid syntax", line_end.start),
        };
        Some(Message::new(text, line_end.start, end))
    }

    /// `lambda None: 1` looks like an annotation of a lambda.
    pub(super) fn annotated(&self, start: usize, end: usize) -> Option<Message> {
        let first = self.token_at(start)?;
        let keyword = { self.tokens_from(first.end()) }
            .next()
            .filter(|_| first.text == "lambda");
        let (text, start, end) = match keyword {
            Some(keyword) => ("invalid syntax", keyword.start, keyword.end()),
            None => ("illegal target for annotation", start, end),
        };
        Some(Message::new(text, start, end))
    }

    /// An operator that could go on stands there: what follows it is in the way.
    pub(super) fn behind_operator(&self, start: usize) -> Option<&Token<'_>> {
        let here = self.token_at(start)?;
        let goes_on = match here.text {
            "not" => self
                .token_before(start)
                .is_some_and(|before| matches!(before.kind, TokenKind::Name | TokenKind::Number)),
            "-" => self.in_header_of(start, &["case"]),
            "*" => self.in_header_of(start, &["from"]),
            _ => false,
        };
        self.tokens_from(here.end()).next().filter(|_| goes_on)
    }

    /// `import a from b`
    pub(super) fn import_from(&self, start: usize) -> Option<Message> {
        let line = self.line_tokens(start);
        let first = line.first().filter(|token| token.text == "import")?;
        let word = self.token_at(start).filter(|token| token.text == "from")?;
        let end = { self.tokens_from(word.start) }
            .take_while(|token| token.kind != TokenKind::Newline)
            .last()?
            .end();
        let text = "Did you mean to use 'from ... import ...' instead?";
        Some(Message::new(text, first.start, end))
    }

    /// `def f(*, **k)`, `lambda *: 1`
    pub(super) fn bare_star(&self, start: usize) -> Option<Message> {
        let here = self.token_at(start)?;
        let after = self.tokens_from(here.end()).next()?;
        let at = match here.text {
            "*" if after.text == ":" => after,
            "*" => here,
            _ => { self.line_tokens(start).iter().rev() }.find(|token| token.text == "*")?,
        };
        let text = "named arguments must follow bare *";
        Some(Message::new(text, at.start, at.end()))
    }

    /// `try:` without what it is for. Where `else` follows, that word is in the way.
    pub(super) fn try_without_handler(&self, start: usize, end: usize) -> Option<Message> {
        let text = "expected 'except' or 'finally' block";
        let other = { self.scan.tokens.iter().rev() }
            .skip_while(|token| token.start >= start)
            .take_while(|token| token.text != "try")
            .filter(|token| token.text == "else")
            .last();
        let (start, end) = other.map_or((start, end), |token| (token.start, token.end()));
        Some(Message::new(text, start, end))
    }

    /// `'a' b'b'`: the last one is marked.
    pub(super) fn mixed_literals(&self, start: usize) -> Option<Message> {
        let strings =
            { self.tokens_from(start) }.take_while(|token| token.kind == TokenKind::String);
        let last = strings.last()?;
        let text = "cannot mix bytes and nonbytes literals";
        Some(Message::new(text, last.end(), last.end()))
    }

    /// `f'{a!x}'`
    pub(super) fn conversion(&self, kind: &str, start: usize) -> Option<Message> {
        let rest = self.text.get(start..)?;
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        let text = match length {
            0 => format!("{kind}: missing conversion character"),
            _ => format!(
                "{kind}: invalid conversion character '{}': expected 's', 'r', or 'a'",
                &rest[..length]
            ),
        };
        Some(Message::new(text, start, start + length.max(1)))
    }

    /// What is wrong within a string literal.
    pub(super) fn lexical(&self, error: &LexicalErrorType, start: usize) -> Option<Message> {
        let token = { self.scan.tokens.iter() }
            .find(|token| token.start <= start && start <= token.end())
            .filter(|token| token.kind == TokenKind::String)?;
        let text = match error {
            LexicalErrorType::InvalidByteLiteral => {
                "bytes can only contain ASCII literal characters".to_owned()
            }
            LexicalErrorType::UnicodeError => escape_fault(token.text)?,
            _ => return None,
        };
        Some(Message::new(text, token.start, token.end()))
    }
}

/// The message for the first escape sequence of a literal that means nothing.
fn escape_fault(literal: &str) -> Option<String> {
    let quote = literal.find(['\'', '"'])?;
    let is_bytes = literal.get(..quote)?.contains(['b', 'B']);
    let body = literal.get(quote..)?;
    let mark = match body.get(..3) {
        Some(three @ ("'''" | "\"\"\"")) => three.len(),
        _ => 1,
    };
    let body = body.get(mark..)?;
    // Positions are those of the decoded text, in which other characters are escapes themselves.
    let mut position = 0;
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..)?;
        if c != '\\' {
            position += if c.is_ascii() { 1 } else { 10 };
            continue;
        }
        let kind = rest.chars().next()?;
        let (length, form) = match kind {
            'x' => (2, "\\xXX"),
            'u' if !is_bytes => (4, "\\uXXXX"),
            'U' if !is_bytes => (8, "\\UXXXXXXXX"),
            _ => (0, ""),
        };
        let digits = { rest.chars().skip(1).take(length) }
            .take_while(char::is_ascii_hexdigit)
            .count();
        if digits < length && is_bytes {
            return Some(format!(
                "(value error) invalid \\x escape at position {position}"
            ));
        }
        let code = rest
            .get(1..1 + digits)
            .and_then(|it| u32::from_str_radix(it, 16).ok());
        let reason = match digits < length {
            true => format!("truncated {form} escape"),
            false if code.is_some_and(|code| code > 0x10_ffff) => {
                "illegal Unicode character".to_owned()
            }
            false => {
                position += 1 + kind.len_utf8() + digits;
                rest = rest.get(kind.len_utf8() + digits..)?;
                continue;
            }
        };
        let last = position + 1 + digits;
        return Some(format!(
            "(unicode error) 'unicodeescape' codec can't decode bytes in position {position}-{last}: {reason}"
        ));
    }
    None
}
