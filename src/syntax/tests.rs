//! What is wrong with broken programs.

use super::{DiagnosticKind, parse, surrogate};

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
fn lone_surrogates_have_code_points_of_their_own() {
    let module = parse(r"x = '\\ud800\ud800\ufffd' r'\ud800' f'\udfff{x}'").expect("valid");
    let shown = format!("{:?}", module.tree);
    assert!(
        shown.contains(concat!(r"\\ud800\u{dd800}", "\u{fffd}")),
        "{shown}"
    );
    assert!(shown.contains(r"\u{ddfff}"), "{shown}");
    assert_eq!(surrogate::from_code(0xd_d800), None);
}
