//! String literals: where they end, and the interpolations of those that have them.

use super::{Around, Scanner, TokenKind};
use crate::syntax::Limits;

/// How a string literal began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote<'a> {
    /// `'`, `"` or three of them.
    pub(super) mark: &'a str,
    /// Offset of the prefix.
    pub(super) start: usize,
    /// `f`, `t` or nothing of importance.
    pub(super) kind: char,
    /// Has its mark been escaped so far?
    pub(super) has_escaped_mark: bool,
}

impl Quote<'_> {
    fn is_triple(&self) -> bool {
        self.mark.len() == 3
    }
}

impl<'a> Scanner<'a> {
    /// A string literal whose prefix has this length.
    pub(super) fn string(&mut self, prefix: usize) {
        let start = self.at;
        let rest = &self.rest()[prefix..];
        let length = if rest.starts_with("'''") || rest.starts_with("\"\"\"") {
            3
        } else {
            1
        };
        let prefix_text = &self.rest()[..prefix];
        let kind = prefix_text
            .chars()
            .map(|char| char.to_ascii_lowercase())
            .find(|char| matches!(char, 'f' | 't'));
        let quote = Quote {
            mark: &rest[..length],
            start,
            kind: kind.unwrap_or(' '),
            has_escaped_mark: false,
        };
        self.at += prefix + length;
        match kind {
            Some(_) => self.begin_template(quote),
            None => self.plain_string(quote),
        }
    }

    fn begin_template(&mut self, quote: Quote<'a>) {
        let around = self.around.iter();
        let templates = around.filter(|around| matches!(around, Around::Template(_)));
        if templates.count() + 1 >= Limits::TEMPLATES {
            let message = "too many nested f-strings or t-strings";
            self.error(message, quote.start, self.at);
            return self.stop();
        }
        self.around.push(Around::Template(quote));
    }

    fn plain_string(&mut self, mut quote: Quote<'a>) {
        loop {
            let rest = self.rest();
            match rest.chars().next() {
                None => return self.unterminated(quote),
                Some('\n') if !quote.is_triple() => return self.unterminated(quote),
                Some('\\') => {
                    quote.has_escaped_mark |= rest[1..].starts_with(quote.mark);
                    self.skip_escape();
                }
                Some(_) if rest.starts_with(quote.mark) => break,
                Some(char) => self.at += char.len_utf8(),
            }
        }
        self.at += quote.mark.len();
        self.push(TokenKind::String, quote.start, self.at);
    }

    fn skip_escape(&mut self) {
        let mut chars = self.rest().chars();
        self.at += chars.by_ref().take(2).map(char::len_utf8).sum::<usize>();
    }

    pub(super) fn unterminated(&mut self, quote: Quote<'a>) {
        // Within an f-string, what looked like the beginning of a string was the end of that one.
        let outer = self.around.iter().rev().find_map(|around| match around {
            Around::Template(outer) => Some(*outer),
            _ => None,
        });
        if let Some(outer) = outer
            && outer.mark == quote.mark
            && outer.start != quote.start
            && quote.kind == ' '
        {
            let kind = if outer.kind == 't' {
                "t-string"
            } else {
                "f-string"
            };
            let message = format!("{kind}: expecting '}}'");
            self.error(message, quote.start, quote.start);
        }
        // A line end that ends the text begins no further line.
        let read = &self.text[..self.at.min(self.text.len())];
        let line = read
            .strip_suffix('\n')
            .unwrap_or(read)
            .matches('\n')
            .count()
            + 1;
        let kind = match quote.kind {
            'f' => "f-string",
            't' => "t-string",
            _ => "string",
        };
        let triple = if quote.is_triple() {
            "triple-quoted "
        } else {
            ""
        };
        let hint = match quote.has_escaped_mark && !quote.is_triple() {
            true => "; perhaps you escaped the end quote?",
            false => "",
        };
        let message =
            format!("unterminated {triple}{kind} literal (detected at line {line}){hint}");
        self.error(message, quote.start, quote.start);
        self.push(TokenKind::String, quote.start, self.at);
    }

    /// The text of an f-string up to its end or the next interpolation.
    pub(super) fn template(&mut self, quote: Quote<'a>) {
        let rest = self.rest();
        match rest.chars().next() {
            None => {}
            Some('\n') if !quote.is_triple() => {
                self.around.pop();
                self.unterminated(quote);
            }
            Some('\\') if !rest[1..].starts_with(['{', '}']) => self.skip_escape(),
            Some(_) if rest.starts_with(quote.mark) => {
                self.around.pop();
                self.at += quote.mark.len();
                self.push(TokenKind::String, quote.start, self.at);
            }
            Some('{') if rest.starts_with("{{") => self.at += 2,
            Some('}') if rest.starts_with("}}") => self.at += 2,
            Some('{') => self.interpolation(),
            Some('}') => {
                self.error("f-string: single '}' is not allowed", self.at, self.at + 1);
                self.at += 1;
            }
            Some(char) => self.at += char.len_utf8(),
        }
    }

    fn interpolation(&mut self) {
        let outwards = self.around.iter().rev();
        let here = outwards.take_while(|around| !matches!(around, Around::Template(_)));
        let specifications = here.filter(|around| matches!(around, Around::Specification));
        if specifications.count() > Limits::SPECIFICATIONS {
            let message = "f-string: expressions nested too deeply";
            self.error(message, self.at, self.at + 1);
            return self.stop();
        }
        self.around.push(Around::Interpolation(self.at));
        self.take(TokenKind::Open, 1);
    }

    pub(super) fn specification(&mut self) {
        let rest = self.rest();
        match rest.chars().next() {
            Some('{') => self.interpolation(),
            Some('}') => {
                self.around.pop();
                self.close('}');
            }
            Some('\\') => self.skip_escape(),
            // The string ends within: its own end will tell.
            Some('\n' | '\'' | '"') if self.ends_template(rest) => {
                self.around.pop();
                self.around.pop();
            }
            Some(char) => self.at += char.len_utf8(),
            None => {}
        }
    }

    fn ends_template(&self, rest: &str) -> bool {
        let template = self.around.iter().rev().find_map(|around| match around {
            Around::Template(quote) => Some(*quote),
            _ => None,
        });
        template.is_some_and(|quote| {
            rest.starts_with(quote.mark) || (!quote.is_triple() && rest.starts_with('\n'))
        })
    }
}

/// Is a name right before a quotation mark part of the literal?
pub(super) fn is_string_prefix(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(
        &*lower,
        "r" | "u" | "b" | "br" | "rb" | "f" | "fr" | "rf" | "t" | "tr" | "rt"
    )
}
