//! Python source text to syntax tree, and syntax errors as data.
//!
//! The tree is that of the crate `ruff_python_ast`, which is re-exported here: the other layers name its types only
//! through this module.

mod diagnostic;

pub use diagnostic::{Diagnostic, DiagnosticKind, LineIndex};
pub use ruff_python_ast as ast;
pub use ruff_python_ast::visitor;
pub use ruff_text_size::{Ranged, TextRange, TextSize};

use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

/// A parsed program.
#[derive(Debug)]
pub struct Module {
    /// Its tree.
    pub tree: ast::ModModule,
}

/// Parses a program. When it is not valid, the first diagnostic is the one that Python would report.
pub fn parse(text: &str) -> Result<Module, Vec<Diagnostic>> {
    let options = ParseOptions::from(Mode::Module);
    let parsed = parse_unchecked(text, options).try_into_module();
    let lines = LineIndex::new(text);
    let Some(parsed) = parsed else {
        return Err(vec![lines.syntax_error("invalid syntax", 0, 0)]);
    };
    let errors: Vec<_> = parsed
        .errors()
        .iter()
        .map(|error| {
            let range = error.location;
            lines.syntax_error(
                &error.error.to_string(),
                range.start().into(),
                range.end().into(),
            )
        })
        .collect();
    if errors.is_empty() {
        Ok(Module {
            tree: parsed.into_syntax(),
        })
    } else {
        Err(errors)
    }
}
