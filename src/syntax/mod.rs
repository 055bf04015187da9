//! Python source text to syntax tree, and syntax errors as data.
//!
//! The tree is that of the crate `ruff_python_ast`, which is re-exported here: the other layers name its types only
//! through this module.

mod diagnostic;
mod message;
mod nesting;
mod number;
mod scan;
pub mod surrogate;
mod target;
mod warning;

pub use diagnostic::{Diagnostic, DiagnosticKind, LineIndex, STANDARD_INPUT};
pub use ruff_python_ast as ast;
pub use ruff_python_ast::visitor;
pub use ruff_text_size::{Ranged, TextRange, TextSize};
pub use warning::{Warning, warnings};

use ruff_python_parser::{
    LexicalErrorType, Mode, ParseError, ParseErrorType, ParseOptions, parse_unchecked,
};
use scan::{Scan, scan};

/// How deep programs may be nested. The first two are Python's own.
struct Limits;

impl Limits {
    const INDENTATIONS: usize = 100;
    const BRACKETS: usize = 200;
    /// From so many f-strings within each other on, and beyond so many format specifications: Python's own as well.
    const TEMPLATES: usize = 150;
    const SPECIFICATIONS: usize = 2;
    /// Operators, calls and brackets within each other.
    const DEPTH: usize = 1000;
}

/// A parsed program.
#[derive(Debug)]
pub struct Module {
    /// Its tree.
    pub tree: ast::ModModule,
}

/// Parses a program. When it is not valid, the first diagnostic is the one that Python would report.
pub fn parse(text: &str) -> Result<Module, Vec<Diagnostic>> {
    let lines = LineIndex::new(text);
    let scan = scan(text);
    if let Some(refused) = nested_too_deeply(&scan, &lines) {
        return Err(vec![refused]);
    }
    let options = ParseOptions::from(Mode::Module);
    let Some(parsed) = parse_unchecked(text, options).try_into_module() else {
        return Err(vec![lines.syntax_error("invalid syntax", 0, 0)]);
    };
    if parsed.errors().is_empty() {
        let mut tree = parsed.into_syntax();
        if surrogate::may_occur(text) {
            surrogate::restore(&mut tree, text);
        }
        return Ok(Module { tree });
    }
    if let Some(refused) = parsed
        .errors()
        .iter()
        .find_map(|error| unknown_character_name(error, text, &lines))
    {
        return Err(vec![refused]);
    }
    let first = message::report(text, parsed.syntax(), parsed.errors(), &scan, &lines);
    let others = parsed.errors().iter().map(|error| plainly(error, &lines));
    let elsewhere: Vec<_> = others.filter(|other| other.line != first.line).collect();
    Err(std::iter::once(first).chain(elsewhere).collect())
}

/// `\N{NAME}` with a name that is not in our table: only Python knows whether it exists.
fn unknown_character_name(error: &ParseError, text: &str, lines: &LineIndex) -> Option<Diagnostic> {
    let (start, end) = (error.location.start(), error.location.end());
    let is_name = text
        .get(..start.to_usize())
        .is_some_and(|before| before.ends_with("\\N{"));
    let unicode = error.error == ParseErrorType::Lexical(LexicalErrorType::UnicodeError);
    let kind = DiagnosticKind::Unsupported("character name");
    let message =
        "this character's name is not in the table: write it by its number, as in '\\u2603'";
    (is_name && unicode).then(|| lines.diagnostic(kind, message, start.into(), end.into()))
}

/// An error behind the first, in the parser's words: Python reports only one.
fn plainly(error: &ParseError, lines: &LineIndex) -> Diagnostic {
    let (start, end) = (error.location.start(), error.location.end());
    lines.syntax_error(&error.error.to_string(), start.into(), end.into())
}

/// What must not be given to the parser, because its stack might not suffice.
fn nested_too_deeply(scan: &Scan, lines: &LineIndex) -> Option<Diagnostic> {
    const MESSAGES: [&str; 4] = [
        "f-string: expressions nested too deeply",
        "too many nested f-strings or t-strings",
        "too many nested parentheses",
        "too many levels of indentation",
    ];
    if let Some(error) = scan
        .errors
        .iter()
        .find(|error| MESSAGES.contains(&&*error.message))
    {
        let kind = DiagnosticKind::Syntax(error.class);
        return Some(lines.diagnostic(kind, &error.message, error.start as u32, error.end as u32));
    }
    let token = nesting::too_deep(&scan.tokens)?;
    let kind = DiagnosticKind::Unsupported("deeply nested expression");
    let message = format!(
        "expressions nested more than {} levels deep are not supported",
        Limits::DEPTH
    );
    Some(lines.diagnostic(kind, &message, token.start as u32, token.end() as u32))
}

#[cfg(test)]
mod tests;
