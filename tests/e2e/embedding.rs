//! What addresses and the page around ask of a player: presentation by the query, commands by messages.

use serde_json::json;
use xtask::visitor::{Page, visit, visit_embedded, visit_host};

use crate::live::{focus_player, position, run};

#[test]
fn a_small_frame_shows_the_output() {
    visit_embedded("embed.html#ex=sleeps&step=60", "", |page| {
        page.region("Output").wait_for("start the toast");
        assert!(page.region("Explanation").is_there());
    });
}

#[test]
fn names_of_regions_that_there_are_not_are_told() {
    visit("index.html?view=foo,bar#ex=sleeps", |page| {
        page.wait_until("it says so", || page.text().contains("foo or bar"));
        for region in ["Program", "Event loop", "Timeline"] {
            assert!(page.region(region).is_there(), "{region}");
        }
        page.go_to("index.html?view=foo,output#ex=sleeps");
        page.region("Output").wait_for("start the toast");
        assert!(!page.region("Program").is_there());
    });
}

#[test]
fn a_frame_plays_by_itself_without_controls() {
    visit_embedded(
        "embed.html?autoplay&speed=50&controls=0#ex=sleeps",
        "",
        |page| {
            page.region("Explanation").wait_for("The run is over");
            assert!(!page.region("Transport").is_there());
        },
    );
}

#[test]
fn speed_and_theme_come_from_the_query() {
    visit("index.html?speed=4&theme=dark#ex=sleeps", |page| {
        assert_eq!(page.selector("Speed").value(), "4");
        let theme = "return document.documentElement.dataset.theme";
        assert_eq!(page.execute(theme), json!("dark"));
    });
}

/// Sends a command to the player, with these further fields.
fn send(page: &Page, command: &str, fields: &str) {
    page.execute(&format!(
        "document.querySelector('iframe').contentWindow.postMessage(
            {{ type: 'loopscope', v: 1, cmd: '{command}', {fields} }}, '*')"
    ));
}

/// What the player has told of this kind, as JSON, the newest first.
fn heard(page: &Page, event: &str) -> String {
    page.execute(&format!(
        "return JSON.stringify(heard.filter((it) => it.event === '{event}').reverse())"
    ))
    .to_string()
}

#[test]
fn the_page_around_is_told_and_obeyed() {
    visit_host("embed.html#ex=sleeps&step=20", |page| {
        page.execute("window.heard = []; addEventListener('message', (it) => heard.push(it.data))");
        page.wait_until("a ping is answered", || {
            send(page, "ping", "");
            heard(page, "ready").contains(r#"\"step\":20"#)
        });
        send(page, "seek", "step: 30");
        page.wait_until("it goes there and says so", || {
            heard(page, "step")
                .starts_with(r#""[{\"type\":\"loopscope\",\"v\":1,\"event\":\"step\",\"step\":30"#)
        });
        send(page, "seek", "step: -1");
        page.wait_until("nonsense is refused", || {
            heard(page, "error").contains("whole number")
        });
        send(page, "dance", "");
        page.wait_until("so is the unknown", || {
            heard(page, "error").contains("there is no command dance")
        });
        send(page, "theme", "theme: 'dark'");
        send(page, "play", "");
        page.frame("Loopscope").inside(|page| {
            page.wait_until("it plays", || position(page).0 > 31);
            let theme = "return document.documentElement.dataset.theme";
            assert_eq!(page.execute(theme), json!("dark"));
        });
    });
}

#[test]
fn a_program_comes_from_another_file() {
    visit("index.html#src=editor.LICENSES.txt&step=1", |page| {
        page.text_box("Program editor").wait_for("MIT License");
        page.wait_until("the address keeps it", || page.hash().contains("src="));
    });
}

#[test]
fn a_long_program_is_packed_into_its_link() {
    visit("index.html", |page| {
        run(page, &"print('Grüße, größer als zuvor')\n".repeat(40));
        page.execute("navigator.clipboard.writeText = () => Promise.reject()");
        page.button("Share").click();
        page.wait_until("it is packed", || page.hash().contains("z=1:"));
        let hash = page.hash();
        assert!(hash.len() < 200, "{hash}");
        page.execute("localStorage.clear()");
        page.go_to("embed.html");
        page.go_to(&format!("embed.html#{hash}"));
        page.region("Output").wait_for("Grüße");
    });
}

#[test]
fn readers_predict_what_is_printed() {
    visit("index.html?predict=1#ex=sleeps", |page| {
        page.region("Output")
            .wait_for("Which line is printed next?");
        assert!(
            !page.region("Output").text().contains("0.000"),
            "nothing is given away"
        );
        page.button("start the tea").click();
        page.region("Output").wait_for("1 of 1 right");
        page.region("Explanation").wait_for("start the tea");
        page.button("the tea is ready").click();
        page.region("Output").wait_for("1 of 2 right");
    });
}

#[test]
fn a_signal_that_cannot_arrive_says_why() {
    visit("index.html#ex=sleeps", |page| {
        page.wait_until("it has run", || position(page).1 > 50);
        focus_player(page);
        page.press("End");
        let signal = || page.button("Send Ctrl-C");
        page.wait_until("it is over", || {
            signal().attribute("aria-disabled").is_some()
        });
        let reason = signal().attribute("title").unwrap_or_default();
        assert!(reason.contains("over at this step"), "{reason}");
        page.press("Home");
        page.wait_until("it can be sent", || {
            signal().attribute("aria-disabled").is_none()
        });
    });
}
