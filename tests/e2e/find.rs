//! Finding one among many by its name, and following it, by keyboard alone.

use serde_json::json;
use xtask::visitor::{Page, visit};

use crate::live::{focus_player, position, run};

const MANY: &str = "\
import asyncio

async def work(n):
    await asyncio.sleep(n)

async def main():
    async with asyncio.TaskGroup() as group:
        for n in range(300):
            group.create_task(work(n), name=f'work-{n}')

asyncio.run(main())
";

/// Types a name into the field that `/` leads to.
fn find(page: &Page, name: &str) {
    focus_player(page);
    page.press("/");
    page.text_box("Find a task or a thread").type_text(name);
    page.press("Enter");
}

#[test]
fn a_task_is_found_by_its_name_and_followed() {
    visit("index.html", |page| {
        run(page, MANY);
        find(page, "work-250");
        page.wait_until("it is there", || position(page).0 > 0);
        page.region("Tasks").wait_for("work-250");
        page.region("Explanation").wait_for("work-250");
        assert_eq!(page.selector("Step by").value(), "follow task");
        page.wait_until("its lane is in sight", || {
            page.execute("return document.querySelector('.strip').scrollTop > 1000") == json!(true)
        });
        focus_player(page);
        let first = position(page).0;
        page.press("ArrowRight");
        assert!(position(page).0 > first);
        page.region("Explanation").wait_for("work-250");
    });
}

#[test]
fn what_is_typed_into_a_field_is_no_key_of_the_player() {
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        let there = position(page);
        find(page, "? [f");
        assert_eq!(position(page), there);
        assert_eq!(
            page.execute("return document.fullscreenElement"),
            json!(null)
        );
        assert!(!page.text().contains("How to look at a run"));
    });
}

#[test]
fn a_line_that_never_runs_leads_to_the_next_one_that_does() {
    visit("index.html", |page| {
        run(page, "print('one')\n\n# a comment\nprint('two')\n");
        page.execute(
            "const numbers = [...document.querySelectorAll('.cm-lineNumbers .cm-gutterElement')];
             const third = numbers.find((number) => number.textContent === '3');
             third.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, clientY: third.getBoundingClientRect().y + 2 }))",
        );
        page.region("Explanation").wait_for("line 4");
    });
}

#[test]
fn the_arrows_lead_from_line_to_line_of_the_output() {
    visit("index.html#ex=sleeps", |page| {
        page.wait_until("the example has run", || position(page).1 > 50);
        let stops = "return document.querySelectorAll('[aria-label=Output] li button[tabindex=\"0\"]').length";
        assert_eq!(page.execute(stops), json!(1), "Tab leads to one of them");
        page.execute(
            "document.querySelector('[aria-label=Output] li button[tabindex=\"0\"]').focus()",
        );
        page.press("ArrowDown");
        page.press("Enter");
        page.region("Explanation").wait_for("start the toast");
    });
}
