//! The live engine on the full page: a program is typed, runs, and is travelled through both ways.

use xtask::visitor::{Page, visit};

const TWO_WAITS: &str = "\
import asyncio

async def wait(name, seconds):
    await asyncio.sleep(seconds)
    print(name, 'is over')

async def main():
    await asyncio.gather(wait('long', 2), wait('short', 1))

asyncio.run(main())
";

const FOR_EVER: &str = "\
import asyncio

async def main():
    while True:
        await asyncio.sleep(0)

asyncio.run(main())
";

/// The numbers in "step N of M".
pub fn position(page: &Page) -> (u32, u32) {
    let text = page.region("Transport").text();
    let numbers = text.split("step ").nth(1).and_then(|rest| {
        let (here, rest) = rest.split_once(" of ")?;
        let total = rest.split_whitespace().next()?;
        Some((here.trim().parse().ok()?, total.parse().ok()?))
    });
    numbers.unwrap_or_else(|| panic!("no position in {text:?}"))
}

/// Puts the focus on the player itself, where its keys count.
pub fn focus_player(page: &Page) {
    page.execute("document.querySelector('.player').focus()");
}

/// Puts a program into the editor and runs it to its end.
pub fn run(page: &Page, program: &str) {
    page.text_box("Program editor").replace_text(program);
    page.button("Run").click();
    page.wait_until("the run is over", || {
        page.button("Run").is_there() && position(page).1 > 0
    });
    focus_player(page);
}

/// Steps forward until something holds.
fn step_until(page: &Page, what: &str, holds: impl Fn() -> bool) {
    page.wait_until(what, || {
        page.press("ArrowRight");
        holds()
    });
}

#[test]
fn a_program_is_typed_and_stepped_both_ways() {
    visit("index.html", |page| {
        run(page, TWO_WAITS);
        let (start, total) = position(page);
        assert_eq!(start, 0);
        page.press("ArrowRight");
        page.press("ArrowRight");
        let (second, _) = position(page);
        assert!(second > 0, "two steps lead away from the start");
        page.press("ArrowLeft");
        assert!(position(page).0 < second);
        page.press("End");
        assert_eq!(position(page), (total, total));
        page.region("Output").wait_for("short is over");
        page.press("Home");
        assert_eq!(position(page).0, 0);
    });
}

#[test]
fn every_step_length_goes_there_and_back() {
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        for stride in [
            "event",
            "handle",
            "iteration",
            "line",
            "output",
            "follow task",
        ] {
            page.selector("Step by").choose(stride);
            focus_player(page);
            page.press("Home");
            page.press("ArrowRight");
            let first = position(page).0;
            page.press("ArrowRight");
            let second = position(page).0;
            assert!(0 < first && first < second, "{stride}: {first}, {second}");
            page.press("ArrowLeft");
            assert_eq!(position(page).0, first, "{stride}");
        }
    });
}

#[test]
fn regions_show_what_happens() {
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        focus_player(page);
        page.selector("Step by").choose("handle");
        focus_player(page);
        let shows = |region: &'static str, text: &'static str| {
            move || page.region(region).text().contains(text)
        };
        step_until(page, "tasks are ready", shows("Ready", "fetch-1"));
        step_until(page, "a task runs", shows("Running", "fetch-0"));
        step_until(page, "a timer is set", shows("Scheduled", "1.100"));
        page.region("Tasks").wait_for("waiting");
        step_until(page, "a worker is busy", shows("Pool", "resize"));
        step_until(page, "a work item queues", || {
            page.region("Pool").text().contains("1 queued")
        });
        page.press("End");
        page.region("Output").wait_for("img3");
        page.region("Explanation").wait_for("The run is over");
    });
}

#[test]
fn a_line_of_output_and_the_scrubber_lead_to_steps() {
    visit("index.html#ex=sleeps", |page| {
        page.wait_until("the example has run", || position(page).1 > 50);
        page.execute("document.querySelectorAll('[aria-label=Output] li button')[1].click()");
        page.region("Explanation").wait_for("start the toast");
        let printed = position(page).0;
        page.slider("Position").focus();
        page.press("End");
        assert!(position(page).0 > printed);
    });
}

#[test]
fn keys_are_the_players_only_where_it_has_the_focus() {
    visit("index.html#ex=sleeps", |page| {
        page.wait_until("the example has run", || position(page).1 > 50);
        focus_player(page);
        page.press("Shift+ArrowRight");
        let (here, _) = position(page);
        assert!(here > 0, "Shift and the arrow go one iteration forward");
        page.text_box("Program editor").focus();
        page.press("ArrowRight");
        page.press("End");
        assert_eq!(position(page).0, here, "in the editor they move its cursor");
        focus_player(page);
        page.press("?");
        page.wait_until("help opens", || {
            page.text().contains("How to look at a run")
        });
        page.press("Escape");
        page.press("Space");
        page.wait_until("it plays", || position(page).0 > here);
        page.press("Space");
        page.wait_until("it pauses", || page.button("Play").is_there());
    });
}

#[test]
fn the_program_survives_a_reload() {
    visit("index.html", |page| {
        run(page, TWO_WAITS);
        page.reload();
        page.text_box("Program editor").wait_for("is over");
        page.wait_until("it has run again", || position(page).1 > 50);
    });
}

#[test]
fn a_long_run_is_stepped_through_and_stopped() {
    visit("index.html", |page| {
        page.text_box("Program editor").replace_text(FOR_EVER);
        page.button("Run").click();
        page.wait_until("events come", || position(page).1 > 1000);
        focus_player(page);
        page.press("ArrowRight");
        assert!(position(page).0 > 0, "one steps while it runs");
        if page.button("Stop").is_there() {
            page.button("Stop").click();
            page.wait_until("it says so", || page.text().contains("you ended the run"));
        }
        page.press("ArrowRight");
        assert!(position(page).0 > 1, "what is recorded stays");
    });
}

#[test]
fn waits_are_drawn_as_a_graph() {
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        page.button("Graph").click();
        focus_player(page);
        page.selector("Step by").choose("iteration");
        focus_player(page);
        step_until(page, "the group waits for its tasks", || {
            page.region("Tasks").text().contains("TaskGroup")
        });
        page.region("Tasks").wait_for("fetch-3");
    });
}

/// A pointer event on the timeline's canvas, at a share of its width.
fn point(page: &Page, kind: &str, share: f64) {
    page.execute(&format!(
        "const canvas = document.querySelector('[aria-label=Timeline] canvas');
         const box = canvas.getBoundingClientRect();
         const at = {{ clientX: box.x + box.width * {share}, clientY: box.y + 10, buttons: 1, bubbles: true, cancelable: true }};
         canvas.dispatchEvent('{kind}' === 'wheel'
             ? new WheelEvent('wheel', {{ ...at, deltaY: -480 }})
             : new PointerEvent('{kind}', {{ ...at, pointerId: 1 }}))"
    ));
}

#[test]
fn the_timeline_is_dragged_and_zoomed() {
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        point(page, "pointerdown", 0.3);
        page.wait_until("it travels", || position(page).0 > 0);
        let first = position(page).0;
        point(page, "pointermove", 0.7);
        page.wait_until("it travels further", || position(page).0 > first);
        let far = position(page).0;
        point(page, "wheel", 0.7);
        page.wait_until("a step to the left is a small one now", || {
            point(page, "pointermove", 0.7);
            point(page, "pointermove", 0.69);
            position(page).0 <= far && far - position(page).0 < 8
        });
        page.button("All").click();
        point(page, "pointermove", 0.3);
        page.wait_until("the whole run is there again", || {
            point(page, "pointermove", 0.3);
            position(page).0 == first
        });
        page.button("Zoom in").click();
        page.button("Zoom out").click();
    });
}

#[test]
fn a_remark_leads_to_its_line() {
    visit("index.html#ex=blocking", |page| {
        page.region("Remarks").wait_for("line 18");
        page.button("line 18").click();
        page.region("Explanation").wait_for("line 18");
    });
}

#[test]
fn nothing_moves_for_those_who_asked_for_less_motion() {
    let moving = "return document.getAnimations().length";
    visit("index.html#ex=pool", |page| {
        page.wait_until("the example has run", || position(page).1 > 100);
        let play = |page: &Page| {
            page.execute("window.most = 0; const look = () => { most = Math.max(most, document.getAnimations().length);
                window.frame = requestAnimationFrame(look) }; look()");
            focus_player(page);
            page.selector("Step by").choose("handle");
            focus_player(page);
            (0..12).for_each(|_| page.press("ArrowRight"));
            page.execute("cancelAnimationFrame(frame); return most")
                .as_u64()
        };
        assert!(play(page) > Some(0), "handles are seen to move");
        page.prefer_less_motion();
        page.wait_until("all is at rest", || page.execute(moving) == 0);
        assert_eq!(play(page), Some(0));
    });
}
