//! A light scan over the tokens of a text, before it is parsed.
//!
//! It finds what Python's tokenizer complains about, which the parser reports in other words, and what could exhaust
//! the stack of the parser and the compiler. It never fails: behind an error it goes on as well as it can.

mod strings;

use super::Limits;
use strings::{Quote, is_string_prefix};

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or keyword.
    Name,
    /// A number.
    Number,
    /// A string without interpolations, or a part of one with them.
    String,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// Any other operator or delimiter.
    Operator,
    /// The end of a logical line.
    Newline,
    /// One indentation more at the beginning of a line.
    Indent,
    /// One indentation less.
    Dedent,
}

/// A token with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    pub start: usize,
}

impl Token<'_> {
    /// Offset behind the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// What the tokenizer complains about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ScanError {
    /// The class of the exception.
    pub class: &'static str,
    pub message: String,
    pub start: usize,
    pub end: usize,
}

/// The tokens of a text and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    pub tokens: Vec<Token<'a>>,
    /// In the order of the text.
    pub errors: Vec<ScanError>,
    /// Brackets that are never closed: the bracket and its offset, outermost first.
    pub unclosed: Vec<(char, usize)>,
}

/// What surrounds a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around<'a> {
    /// A bracket, with its offset.
    Bracket(char, usize),
    /// The `{…}` of an f-string.
    Interpolation(usize),
    /// The format specification of an interpolation.
    Specification,
    /// The text of an f-string.
    Template(Quote<'a>),
}

/// Scans a text.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let start = text
        .strip_prefix('\u{feff}')
        .map_or(0, |_| '\u{feff}'.len_utf8());
    let mut scanner = Scanner {
        text,
        at: start,
        around: Vec::new(),
        indents: vec![(0, 0)],
        scan: Scan::default(),
    };
    scanner.run();
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    around: Vec<Around<'a>>,
    /// The columns of the indentations around the place, the first 0: with tabs of eight columns, and of one.
    indents: Vec<(usize, usize)>,
    scan: Scan<'a>,
}

/// The operators of more than one character, the longest first.
const OPERATORS: [&str; 25] = [
    "**=", "//=", ">>=", "<<=", "...", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
    ":=", "==", "!=", "<=", ">=", "<<", ">>", "**", "//", "<>",
];

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        self.line_start();
        while self.at < self.text.len() {
            let before = self.at;
            match self.around.last().copied() {
                Some(Around::Template(quote)) => self.template(quote),
                Some(Around::Specification) => self.specification(),
                _ => self.code(),
            }
            // Whatever happens, the scan gets on.
            if self.at == before {
                self.at += self.rest().chars().next().map_or(1, char::len_utf8);
            }
        }
        self.finish();
    }

    fn finish(&mut self) {
        let template = self.around.iter().find_map(|around| match around {
            Around::Template(quote) => Some(*quote),
            _ => None,
        });
        if let Some(quote) = template {
            self.unterminated(quote);
        }
        let brackets = self.around.iter().filter_map(|around| match around {
            Around::Bracket(bracket, at) => Some((*bracket, *at)),
            _ => None,
        });
        self.scan.unclosed = brackets.collect();
        if self.scan.unclosed.is_empty()
            && self
                .scan
                .tokens
                .last()
                .is_some_and(|last| last.kind != TokenKind::Newline)
        {
            self.push(TokenKind::Newline, self.text.len(), self.text.len());
        }
    }

    /// Reads no further.
    fn stop(&mut self) {
        self.at = self.text.len();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or("");
        self.scan.tokens.push(Token { kind, text, start });
    }

    fn take(&mut self, kind: TokenKind, length: usize) {
        self.push(kind, self.at, self.at + length);
        self.at += length;
    }

    fn error(&mut self, message: impl Into<String>, start: usize, end: usize) {
        self.error_of("SyntaxError", message, start, end);
    }

    fn error_of(
        &mut self,
        class: &'static str,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) {
        self.scan.errors.push(ScanError {
            class,
            message: message.into(),
            start,
            end,
        });
    }

    /// Indentation at the beginning of a logical line.
    fn line_start(&mut self) {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\x0c']).len();
        let columns = (column(&rest[..blanks], 8), column(&rest[..blanks], 1));
        let start = self.at;
        self.at += blanks;
        if self.rest().starts_with(['\n', '\r', '#', '\\']) || self.rest().is_empty() {
            return;
        }
        let current = self.indents.last().copied().unwrap_or_default();
        if columns.0 > current.0 {
            if columns.1 <= current.1 {
                return self.inconsistent_tabs(start);
            }
            self.indents.push(columns);
            if self.indents.len() > Limits::INDENTATIONS {
                self.error_of(
                    "IndentationError",
                    "too many levels of indentation",
                    start,
                    self.at,
                );
                return self.stop();
            }
            self.push(TokenKind::Indent, start, self.at);
        }
        self.dedent(columns, start);
    }

    /// Whether the line is indented as the others depends on how wide a tab is.
    fn inconsistent_tabs(&mut self, start: usize) {
        let message = "inconsistent use of tabs and spaces in indentation";
        self.error_of("TabError", message, start, start);
    }

    fn dedent(&mut self, columns: (usize, usize), start: usize) {
        while self.indents.len() > 1 && self.indents.last().is_some_and(|it| it.0 > columns.0) {
            self.indents.pop();
            self.push(TokenKind::Dedent, self.at, self.at);
        }
        let current = self.indents.last().copied().unwrap_or_default();
        if current.0 == columns.0 && current.1 != columns.1 {
            self.inconsistent_tabs(start);
        }
        if current.0 != columns.0 {
            let message = "unindent does not match any outer indentation level";
            let line = self.rest().find('\n').unwrap_or(self.rest().len());
            let end = self.at + line;
            self.error_of("IndentationError", message, end, end);
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return;
        };
        match first {
            ' ' | '\t' | '\x0c' => self.at += 1,
            '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
            '\n' | '\r' => self.newline(),
            '\\' => self.continuation(),
            '0'..='9' => self.number(),
            '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => self.number(),
            '(' | '[' | '{' => self.open(first),
            ')' | ']' | '}' => self.close(first),
            '\'' | '"' => self.string(0),
            _ if first.is_alphabetic() || first == '_' || !first.is_ascii() => self.name(),
            _ => self.operator(),
        }
    }

    fn newline(&mut self) {
        if self.around.is_empty() {
            let blank = self.scan.tokens.last().is_none_or(|last| {
                matches!(
                    last.kind,
                    TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent
                )
            });
            if !blank {
                self.push(TokenKind::Newline, self.at, self.at + 1);
            }
            self.at += 1;
            self.line_start();
        } else {
            self.at += 1;
        }
    }

    fn continuation(&mut self) {
        let after = self.rest().get(1..).unwrap_or("");
        let newline = after.strip_prefix('\r').unwrap_or(after);
        let behind = self.at + 1;
        if after.is_empty() || newline == "\n" {
            self.error("unexpected EOF while parsing", behind, behind + 1);
        } else if !newline.starts_with('\n') {
            let message = "unexpected character after line continuation character";
            self.error(message, behind, behind + 1);
        }
        self.at = match newline.starts_with('\n') {
            true => self.text.len() - newline.len() + 1,
            false => behind,
        };
    }

    fn number(&mut self) {
        let rest = self.rest();
        let mut previous = ' ';
        let length = rest.find(|next: char| {
            let sign = matches!(next, '+' | '-')
                && matches!(previous, 'e' | 'E')
                && !rest.starts_with("0x");
            let goes_on = next.is_ascii_alphanumeric() || matches!(next, '.' | '_') || sign;
            previous = next;
            !goes_on
        });
        let length = length.unwrap_or(rest.len());
        if let Some((message, at)) = super::number::fault(&rest[..length]) {
            let at = self.at + at;
            self.error(&message, at, at + 1);
        }
        self.take(TokenKind::Number, length);
    }

    fn name(&mut self) {
        let rest = self.rest();
        let length =
            rest.find(|next: char| !(next.is_alphanumeric() || next == '_' || !next.is_ascii()));
        let length = length.unwrap_or(rest.len());
        let after = rest[length..].chars().next();
        if matches!(after, Some('\'' | '"')) && is_string_prefix(&rest[..length]) {
            return self.string(length);
        }
        if let Some(odd) = rest[..length]
            .chars()
            .find(|char| !(char.is_alphanumeric() || *char == '_' || is_mark(*char)))
        {
            self.odd_character(odd);
        }
        self.take(TokenKind::Name, length);
    }

    fn odd_character(&mut self, odd: char) {
        let at = self.at + self.rest().find(odd).unwrap_or(0);
        let code = odd as u32;
        let printable = !(odd.is_control()
            || odd.is_whitespace()
            || ('\u{200b}'..='\u{200f}').contains(&odd)
            || odd == '\u{feff}');
        let message = match printable {
            true => format!("invalid character '{odd}' (U+{code:04X})"),
            false => format!("invalid non-printable character U+{code:04X}"),
        };
        self.error(message, at, at + odd.len_utf8());
    }

    fn operator(&mut self) {
        let rest = self.rest();
        // In an interpolation, a colon begins the format specification.
        if rest.starts_with(':') && matches!(self.around.last(), Some(Around::Interpolation(_))) {
            self.take(TokenKind::Operator, 1);
            self.around.push(Around::Specification);
            return;
        }
        if let Some(odd @ ('$' | '?' | '`')) = rest.chars().next() {
            self.odd_operator(odd);
        }
        let longest = OPERATORS
            .iter()
            .find(|operator| rest.starts_with(**operator));
        self.take(
            TokenKind::Operator,
            longest.map_or(1, |operator| operator.len()),
        );
    }

    fn odd_operator(&mut self, _: char) {
        self.error("invalid syntax", self.at, self.at + 1);
    }

    fn open(&mut self, bracket: char) {
        if self.around.len() >= Limits::BRACKETS {
            self.error("too many nested parentheses", self.at, self.at + 1);
            return self.stop();
        }
        self.around.push(Around::Bracket(bracket, self.at));
        self.take(TokenKind::Open, 1);
    }

    fn close(&mut self, bracket: char) {
        let start = self.at;
        self.take(TokenKind::Close, 1);
        match self.around.last().copied() {
            Some(Around::Interpolation(_)) if bracket == '}' => {
                self.around.pop();
            }
            Some(Around::Bracket(opened, at)) => {
                self.around.pop();
                if closing(opened) != bracket {
                    let message = self.mismatch(bracket, opened, at);
                    self.error(message, start, start + 1);
                }
            }
            Some(Around::Interpolation(_)) => {
                self.error(format!("f-string: closing parenthesis '{bracket}' does not match opening parenthesis '{{'"), start, start + 1);
            }
            _ => self.error(format!("unmatched '{bracket}'"), start, start + 1),
        }
    }

    fn mismatch(&self, bracket: char, opened: char, at: usize) -> String {
        let lines = |end: usize| self.text[..end].matches('\n').count() + 1;
        let message = format!(
            "closing parenthesis '{bracket}' does not match opening parenthesis '{opened}'"
        );
        match (lines(at), lines(self.at - 1)) {
            (opened_on, closed_on) if opened_on != closed_on => {
                format!("{message} on line {opened_on}")
            }
            _ => message,
        }
    }
}

/// The column behind blanks; a tab goes on to the next multiple of its width.
fn column(blanks: &str, tab: usize) -> usize {
    blanks.chars().fold(0, |column, blank| match blank {
        '\t' => (column / tab + 1) * tab,
        '\x0c' => 0,
        _ => column + 1,
    })
}

fn closing(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// A combining mark may stand in a name behind its first character.
fn is_mark(char: char) -> bool {
    matches!(
        char,
        '\u{300}'..='\u{36f}' | '\u{b7}' | '\u{203f}' | '\u{2040}'
    )
}
