//! What readers do to a run: choosing who goes next, signals at the cursor, other options; all of it in links.

use serde_json::json;
use xtask::{
    visitor::{Page, visit},
    webdriver::Viewport,
};

use crate::live::{focus_player, position, run};

/// What is printed depends on who comes first.
const RACE: &str = "\
import threading

def say(word):
    print(word)

words = [threading.Thread(target=say, args=(word,), name=word) for word in ('one', 'two')]
for thread in words:
    thread.start()
for thread in words:
    thread.join()
";

const WAITS: &str = "\
import asyncio

async def main():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('cancelled')
        raise

asyncio.run(main())
";

const PHONE: Viewport = Viewport {
    width: 390,
    height: 844,
};

fn output(page: &Page) -> String {
    page.region("Output").text()
}

/// The names on the buttons of the group Who goes next, and who runs.
fn candidates(page: &Page) -> Vec<String> {
    let buttons = "return [...document.querySelectorAll('[aria-label=\"Who goes next\"] button')]
        .map(button => button.querySelector('b').textContent + (button.ariaDisabled ? ' runs' : ''))";
    let names = page.execute(buttons);
    serde_json::from_value(names).unwrap_or_default()
}

/// Chooses who goes next, by keyboard. The button goes away by that; the player's keys go on working, and where there is
/// a choice again the focus is back.
fn choose(page: &Page, name: &str) {
    page.execute(&format!(
        "[...document.querySelectorAll('[aria-label=\"Who goes next\"] button:not([aria-disabled])')]
            .find(button => button.querySelector('b').textContent === '{name}').focus()"
    ));
    page.press("Enter");
}

/// Steps forward to where the first word is about to be said and the main thread could go on too.
fn to_the_first_word(page: &Page) -> u32 {
    page.wait_until("a thread could be pre-empted", || {
        page.press("ArrowRight");
        candidates(page) == ["MainThread", "one runs"]
    });
    position(page).0
}

#[test]
fn the_reader_is_the_scheduler_and_takes_it_back() {
    visit("index.html", |page| {
        run(page, RACE);
        assert!(output(page).find("one") < output(page).find("two"));
        let here = to_the_first_word(page);
        choose(page, "MainThread");
        page.wait_until("the choice is listed", || {
            page.region("Threads")
                .text()
                .contains("MainThread goes next")
        });
        page.wait_until("the chosen thread goes", || position(page).0 > here);
        page.wait_until("it starts the other one", || {
            page.press("ArrowRight");
            candidates(page).contains(&"two".to_owned())
                || candidates(page).contains(&"two runs".to_owned())
        });
        let focused = "return document.activeElement.matches('.turns button')";
        assert_eq!(page.execute(focused), json!(true), "the focus is back");
        page.button("Take back: MainThread goes next").click();
        page.wait_until("the choice is gone", || {
            !page
                .region("Threads")
                .text()
                .contains("MainThread goes next")
        });
    });
}

#[test]
fn a_choice_goes_into_links() {
    visit("index.html#ex=lock&in=T3%40%2357", |page| {
        page.region("Threads").wait_for("Ben goes next");
        page.wait_until("it has run", || position(page).1 > 100);
        page.go_to("index.html");
        page.go_to(
            "index.html#ex=lock&schedule=random%3A7&cpu=100&cores=4&gil=off&in=SIGINT%40%2340",
        );
        page.wait_until("it has run", || position(page).1 > 30);
        page.execute("navigator.clipboard.writeText = () => Promise.reject()");
        page.button("Share").click();
        for part in [
            "schedule=random%3A7",
            "cpu=100",
            "cores=4",
            "gil=off",
            "in=SIGINT%40%2340",
        ] {
            page.wait_until(part, || page.hash().contains(part));
        }
    });
}

#[test]
fn a_signal_is_sent_at_the_cursor() {
    visit("index.html", |page| {
        run(page, WAITS);
        page.wait_until("it sleeps", || {
            page.press("ArrowRight");
            page.region("Scheduled").text().contains("10.000")
        });
        page.button("Send Ctrl-C").click();
        page.region("Threads").wait_for("SIGINT");
        page.wait_until("the task is cancelled", || {
            output(page).contains("cancelled")
        });
        page.button("Take back: SIGINT").click();
        page.wait_until("it is not any more", || !output(page).contains("cancelled"));
    });
}

#[test]
fn ctrl_c_is_a_key_and_as_usual_takes_it_back() {
    visit("index.html", |page| {
        run(page, WAITS);
        page.wait_until("it sleeps", || {
            page.press("ArrowRight");
            page.region("Scheduled").text().contains("10.000")
        });
        page.press("Control+c");
        page.region("Threads").wait_for("SIGINT");
        page.wait_until("the task is cancelled", || {
            output(page).contains("cancelled")
        });
        let here = position(page).0;
        page.button("What if…").click();
        page.button("As usual").click();
        page.wait_until("it is not any more", || !output(page).contains("cancelled"));
        page.wait_until("the cursor stays", || position(page).0 == here);
    });
}

#[test]
fn what_an_address_asks_for_and_cannot_be_read_is_told() {
    visit(
        "index.html#ex=lock&schedule=sometimes&cores=2x&gil=off",
        |page| {
            page.wait_until("it is told", || {
                let text = page.text();
                text.contains("schedule=sometimes") && text.contains("cores=2x")
            });
            assert!(!page.text().contains("gil=off"));
            page.wait_until("the run is there all the same", || position(page).1 > 50);
        },
    );
}

#[test]
fn a_deadlock_is_interrupted_where_it_is_seen() {
    visit("index.html", |page| {
        run(
            page,
            "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n",
        );
        page.press("End");
        page.region("Explanation")
            .wait_for("Nothing can ever go on");
        page.button("Send Ctrl-C").click();
        page.wait_until("it is interrupted", || {
            output(page).contains("KeyboardInterrupt")
        });
    });
}

#[test]
fn without_a_loop_its_boxes_give_way() {
    visit("index.html#ex=lock", |page| {
        page.region("Event loop").wait_for("this program has none");
        for lane in ["Scheduled", "Ready", "Running"] {
            assert!(!page.region(lane).is_there(), "{lane}");
        }
    });
}

#[test]
fn help_and_speed_are_there_on_phones() {
    visit("index.html#ex=lock", |page| {
        page.resize(PHONE);
        page.selector("Speed").choose("4 ×");
        page.button("Help").click();
        page.wait_until("help opens", || {
            page.text().contains("How to look at a run")
        });
    });
}

#[test]
fn options_and_signals_are_reachable_on_phones_by_keyboard() {
    visit("index.html#ex=lock", |page| {
        page.resize(PHONE);
        page.wait_until("the example has run", || position(page).1 > 50);
        page.button("What if…").focus();
        page.press("Enter");
        page.wait_until("the panel opens", || page.button("SIGTERM").is_there());
        page.execute(
            "document.querySelector('[aria-label=\"Options of the run\"] select').focus()",
        );
        page.press("ArrowDown");
        page.wait_until("there is a seed", || page.button("Another").is_there());
        page.press("Escape");
        page.wait_until("the panel closes", || !page.button("SIGTERM").is_there());
        let inside = "const box = document.querySelector('.player').getBoundingClientRect();
            return document.documentElement.scrollWidth <= innerWidth && box.width <= innerWidth";
        assert_eq!(page.execute(inside), json!(true), "nothing sticks out");
    });
}

#[test]
fn ten_thousand_coroutines_are_a_button_away_from_ten_thousand_threads() {
    visit("index.html", |page| {
        page.button("10,000 coroutines").click();
        page.text_box("Program editor")
            .wait_for("coroutines have waited");
        page.wait_until("it has run", || {
            page.button("Run").is_there() && position(page).1 > 100_000
        });
        focus_player(page);
        page.press("End");
        page.button("10,000 threads").click();
        page.wait_until("it has run", || {
            page.text().contains("10,000 threads have waited together")
                && page.button("Run").is_there()
        });
        page.region("Memory").wait_for("1 thread");
        page.button("peak 10,001").click();
        page.region("Memory").wait_for("10,001 threads");
        page.button("3 GiB").click();
        page.region("Output").wait_for("can't start new thread");
    });
}

#[test]
fn a_deadlock_is_drawn_as_a_circle_in_which_nobody_runs() {
    let program = "\
import threading

a, b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)

def take(first, second):
    with first:
        both.wait()
        with second:
            pass

threading.Thread(target=take, args=(a, b), name='left').start()
threading.Thread(target=take, args=(b, a), name='right').start()
";
    visit("index.html", |page| {
        run(page, program);
        page.press("End");
        page.region("Threads").wait_for("for b, which right holds");
        assert!(!page.region("Threads").text().contains("holds the GIL"));
        page.region("Tasks").wait_for("held by left");
        assert_eq!(
            page.execute("return document.querySelectorAll('.edge.circular').length"),
            json!(4)
        );
        assert!(
            page.text()
                .contains("left (line 9) waits for b, which right has")
        );
    });
}
