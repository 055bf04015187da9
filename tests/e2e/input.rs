//! What a program is given from outside: lines to read, arguments. Both go into links and survive a reload.

use xtask::visitor::{Page, visit};

use crate::live::{focus_player, position, run};

const ASKS: &str = "\
import sys

name = input('Name? ')
for _ in range(int(input())):
    print('Hello', name)
print(sys.argv[1:])
";

fn field(page: &Page) -> xtask::visitor::Control<'_> {
    page.text_box("Standard input")
}

/// Types the lines that the program reads, by keyboard alone, and runs it with them.
fn answer(page: &Page) {
    field(page).focus();
    for key in ["A", "d", "a", "Enter", "2"] {
        page.press(key);
    }
    page.press("Control+Enter");
    page.region("Output").wait_for("Name? Hello Ada");
}

#[test]
fn a_program_reads_what_is_typed() {
    visit("index.html", |page| {
        assert!(!field(page).is_there(), "the first example reads nothing");
        page.text_box("Program editor").replace_text(ASKS);
        page.button("Run").click();
        page.region("Output").wait_for("Name?");
        page.button("Type it").click();
        for key in ["A", "d", "a", "Enter", "2", "Enter"] {
            page.press(key);
        }
        page.region("Output").wait_for("Name? Hello Ada");
        assert_eq!(field(page).value(), "Ada\n2\n");
    });
}

#[test]
fn what_is_printed_before_is_seen_while_the_program_waits() {
    visit("index.html", |page| {
        page.text_box("Program editor")
            .replace_text("print('before')\nprint(input('Name? '))\n");
        page.button("Run").click();
        page.region("Output").wait_for("before");
        page.region("Output").wait_for("the program waits");
        focus_player(page);
        page.press("End");
        page.region("Explanation")
            .wait_for("waits for a line of input");
        page.button("End of input").click();
        page.region("Output").wait_for("EOFError");
    });
}

#[test]
fn lines_and_arguments_survive_a_reload() {
    visit("index.html", |page| {
        page.text_box("Program editor").replace_text(ASKS);
        answer(page);
        page.button("What if…").click();
        page.text_box("Arguments").type_text("-v 'two words'");
        page.press("Enter");
        page.press("Escape");
        page.region("Output").wait_for("['-v', 'two words']");
        page.wait_until("the address has them", || page.hash().contains("arg=-v"));
        page.reload();
        page.region("Output").wait_for("['-v', 'two words']");
        assert_eq!(field(page).value(), "Ada\n2");
    });
}

#[test]
fn the_step_survives_a_reload() {
    visit("index.html", |page| {
        run(page, "print('one')\nprint('two')\n");
        focus_player(page);
        page.press("ArrowRight");
        page.press("ArrowRight");
        let (here, total) = position(page);
        page.wait_until("the address has it", || {
            page.hash() == format!("step={here}")
        });
        page.reload();
        page.wait_until("it is there again", || position(page) == (here, total));
    });
}
