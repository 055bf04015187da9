//! What is wrong with a program is said where it is, and nothing that a program does makes the page hang.

use xtask::visitor::{Page, visit};

use crate::live::{focus_player, position, run};

fn type_in(page: &Page, program: &str) {
    page.text_box("Program editor").replace_text(program);
}

#[test]
fn a_syntax_error_is_said_while_one_types() {
    visit("index.html", |page| {
        type_in(page, "def f(:\n    pass\n");
        page.region("Program").wait_for("Line 1: SyntaxError");
        let marked = "return document.querySelectorAll('.cm-lintRange-error').length";
        page.wait_until("it is underlined", || page.execute(marked) == 1);
        page.button("Run").click();
        page.region("Explanation").wait_for("did not start");
    });
}

#[test]
fn what_is_not_supported_is_refused_at_its_line() {
    visit("index.html", |page| {
        type_in(page, "import asyncio\nimport socket\n");
        page.region("Program")
            .wait_for("Line 2: The module 'socket'");
    });
}

#[test]
fn a_program_that_fails_says_how() {
    visit("index.html", |page| {
        run(page, "print('before')\n1 / 0\n");
        page.wait_until("the notice tells", || {
            page.text().contains("ZeroDivisionError: division by zero")
        });
        page.region("Output").wait_for("before");
    });
}

#[test]
fn an_endless_loop_ends_in_a_message_and_keeps_its_steps() {
    visit("index.html", |page| {
        type_in(page, "while True:\n    pass\n");
        page.button("Run").click();
        page.wait_until("the budget is used up", || {
            page.text().contains("The run was cut short")
        });
        focus_player(page);
        page.press("End");
        assert!(position(page).0 > 100);
        page.region("Explanation").wait_for("used up");
    });
}

#[test]
fn remarks_lead_to_where_they_show() {
    visit("index.html#ex=blocking", |page| {
        page.region("Remarks").wait_for("blocking call");
        page.execute("document.querySelector('[aria-label=Remarks] button.link').click()");
        page.wait_until("the cursor is there", || position(page).0 > 0);
    });
}
