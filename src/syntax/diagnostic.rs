//! What is wrong with a program, as plain data with its place.

/// What a diagnostic says about the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// Not valid Python; the name is the exception's class (`SyntaxError`, `IndentationError` or `TabError`).
    Syntax(&'static str),
    /// Valid Python that this program cannot run; the name is the feature's.
    Unsupported(&'static str),
}

/// The feature that `input` needs: a run has it if it is given a text to read.
pub const STANDARD_INPUT: &str = "standard input";

/// A message about a place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it says about the program.
    pub kind: DiagnosticKind,
    /// The message, worded as Python words it where Python has one.
    pub message: String,
    /// Byte offset of the first byte concerned.
    pub start: u32,
    /// Byte offset behind the last one.
    pub end: u32,
    /// Line of the start, from 1.
    pub line: u32,
    /// Column of the start in characters, from 1.
    pub column: u32,
    /// Line of the end, from 1.
    pub end_line: u32,
    /// Column behind the end in characters, from 1.
    pub end_column: u32,
}

/// Where the lines of a text begin, to make diagnostics.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// The index of a text.
    pub fn new(text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at as u32 + 1))
            .collect();
        Self { text, starts }
    }

    /// A `SyntaxError` about the bytes from `start` to `end`.
    pub fn syntax_error(&self, message: &str, start: u32, end: u32) -> Diagnostic {
        self.diagnostic(DiagnosticKind::Syntax("SyntaxError"), message, start, end)
    }

    /// A diagnostic about the bytes from `start` to `end`.
    pub fn diagnostic(
        &self,
        kind: DiagnosticKind,
        message: &str,
        start: u32,
        end: u32,
    ) -> Diagnostic {
        let (line, column) = self.position(start);
        let (end_line, end_column) = self.position(end.max(start));
        Diagnostic {
            kind,
            message: message.to_owned(),
            start,
            end,
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// Line and column, both from 1, of a byte offset.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self
            .text
            .get(start..end)
            .map_or(0, |part| part.chars().count());
        (line as u32, column as u32 + 1)
    }
}
