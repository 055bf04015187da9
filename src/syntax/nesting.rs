//! Refuses programs nested so deeply that parsing or compiling them could exhaust the stack.

use super::Limits;
use super::scan::{Token, TokenKind};

/// How deep the expression being scanned is, within one pair of brackets.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Operators, calls and so on that could lie within each other.
    chain: usize,
    /// Lambdas whose colon has not come yet: a comma does not end them.
    lambdas: usize,
}

/// The token at which an expression becomes too deep, if it does.
///
/// Each operator counts as a level, since `1 + 1 + 1` is a tree as deep as it is long. What separates parts that lie
/// beside each other, such as a comma, sets the count back.
pub(super) fn too_deep<'a>(tokens: &[Token<'a>]) -> Option<Token<'a>> {
    let mut levels = vec![Level::default()];
    let mut depth = 0;
    for token in tokens {
        let top = levels.last_mut()?;
        let before = top.chain;
        match token.kind {
            TokenKind::Open => top.chain += 1,
            TokenKind::Newline => *top = Level::default(),
            TokenKind::Operator => top.operator(token.text),
            TokenKind::Name => top.name(token.text),
            _ => {}
        }
        depth = depth + top.chain - before;
        match token.kind {
            TokenKind::Open => levels.push(Level::default()),
            TokenKind::Close if levels.len() > 1 => {
                depth -= levels.pop().map_or(0, |level| level.chain)
            }
            _ => {}
        }
        if depth > Limits::DEPTH {
            return Some(*token);
        }
    }
    None
}

impl Level {
    fn operator(&mut self, text: &str) {
        match text {
            "," | ";" if self.lambdas == 0 => self.chain = 0,
            ":" => self.lambdas = self.lambdas.saturating_sub(1),
            _ => self.chain += 1,
        }
    }

    fn name(&mut self, text: &str) {
        match text {
            "lambda" => {
                self.chain += 1;
                self.lambdas += 1;
            }
            "not" | "and" | "or" | "in" | "is" | "if" | "else" | "for" | "await" | "yield" => {
                self.chain += 1
            }
            _ => {}
        }
    }
}
