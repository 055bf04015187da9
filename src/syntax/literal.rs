//! String literals that are valid Python but cannot be represented here.

use super::scan::{Token, TokenKind};
use super::{Diagnostic, DiagnosticKind, LineIndex};

/// The first literal with half of a surrogate pair, which texts cannot hold.
pub(super) fn lone_surrogate(tokens: &[Token], lines: &LineIndex) -> Option<Diagnostic> {
    let token = tokens
        .iter()
        .find(|token| token.kind == TokenKind::String && has_surrogate(token.text))?;
    let kind = DiagnosticKind::Unsupported("lone surrogate");
    let message = "strings with lone surrogates (\\ud800 to \\udfff) are not supported";
    Some(lines.diagnostic(kind, message, token.start as u32, token.end() as u32))
}

fn has_surrogate(literal: &str) -> bool {
    let prefix = literal
        .find(['\'', '"'])
        .and_then(|end| literal.get(..end))
        .unwrap_or("");
    if prefix.contains(['r', 'R', 'b', 'B']) {
        return false;
    }
    // An even number of backslashes before the `u` escapes only themselves.
    let mut parts = literal.split("\\\\");
    parts.any(|part| {
        part.split("\\u").skip(1).any(is_surrogate)
            || part.split("\\U0000").skip(1).any(is_surrogate)
    })
}

fn is_surrogate(digits: &str) -> bool {
    let code = digits
        .get(..4)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    code.is_some_and(|code| (0xd800..=0xdfff).contains(&code))
}
