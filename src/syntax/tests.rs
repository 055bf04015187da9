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

/// The message of the first error, with its line and column.
fn error(text: &str) -> (String, u32, u32) {
    let errors = parse(text).expect_err("a syntax error");
    (errors[0].message.clone(), errors[0].line, errors[0].column)
}

#[test]
fn messages_are_those_of_python() {
    let cases = [
        ("print('hi'", "'(' was never closed", 1, 6),
        ("if True\n    pass", "expected ':'", 1, 8),
        (
            "x = 'unclosed",
            "unterminated string literal (detected at line 1)",
            1,
            5,
        ),
        (
            "x = (1, 2]",
            "closing parenthesis ']' does not match opening parenthesis '('",
            1,
            10,
        ),
        (
            "x = [1 2]",
            "invalid syntax. Perhaps you forgot a comma?",
            1,
            6,
        ),
        ("None = 1", "cannot assign to None", 1, 1),
        (
            "if x:\npass",
            "expected an indented block after 'if' statement on line 1",
            2,
            1,
        ),
    ];
    for (text, message, line, column) in cases {
        assert_eq!(error(text), (message.to_owned(), line, column), "{text}");
    }
}

#[test]
fn lone_surrogates_are_refused() {
    let errors = parse(r"x = '\ud800'").expect_err("not supported");
    assert_eq!(
        errors[0].kind,
        DiagnosticKind::Unsupported("lone surrogate")
    );
    assert!(parse(r"x = '\\ud800' + r'\ud800' + '\u00e9'").is_ok());
}
