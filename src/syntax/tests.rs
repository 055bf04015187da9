//! What is wrong with broken programs.

use super::{DiagnosticKind, parse};

#[test]
fn deep_indentation_is_an_indentation_error() {
    let text: String = (0..300)
        .map(|depth| format!("{}if x:\n", " ".repeat(depth)))
        .collect();
    let errors = parse(&text).expect_err("too deep");
    assert_eq!(errors[0].kind, DiagnosticKind::Syntax("IndentationError"));
    assert_eq!(errors[0].message, "too many levels of indentation");
}
