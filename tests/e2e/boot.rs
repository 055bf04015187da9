//! The page starts under its strict policy, as a page of its own and as an embedded one, and survives traps.

use serde_json::json;

use xtask::visitor::{Page, visit, visit_embedded};

const TRAP: &str = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }))";

fn entry(page: &Page) -> String {
    page.execute("return document.documentElement.dataset.entry ?? 'page'")
        .to_string()
}

#[test]
fn the_page_starts_without_errors() {
    visit("index.html", |page| assert_eq!(entry(page), "\"page\""));
}

#[test]
fn the_embedded_page_is_marked_and_loads_the_same_module() {
    let module = "return document.querySelector('meta[name=loopscope-module]').outerHTML";
    visit("index.html", |page| {
        let of_the_page = page.execute(module);
        page.go_to("embed.html");
        assert_eq!(entry(page), "\"embed\"");
        assert_eq!(page.execute(module), of_the_page);
    });
}

#[test]
fn the_embedded_page_starts_in_a_frame_of_another_origin() {
    visit_embedded("embed.html", "", |page| {
        assert_eq!(entry(page), "\"embed\"");
    });
}

#[test]
fn the_embedded_page_starts_in_a_sandbox_without_an_origin() {
    visit_embedded("embed.html", r#"sandbox="allow-scripts""#, |page| {
        assert_eq!(page.execute("return origin"), json!("null"));
        page.wait_until("its style sheets are there", || {
            page.execute("return getComputedStyle(document.querySelector('.frame')).display")
                == json!("grid")
        });
    });
}

#[test]
fn a_trap_brings_a_fresh_page_that_knows_why() {
    visit("index.html", |page| {
        page.execute(&format!(
            "document.getElementById('app').dataset.panic = 'index out of bounds'; {TRAP}"
        ));
        page.wait_until("the fresh page has the report", || {
            page.execute("return document.getElementById('app').dataset.crash ?? null")
                == json!("index out of bounds")
        });
        page.wait_until("the fresh page has started", || {
            page.execute("return document.querySelector('#app > :not(.boot)') !== null")
                == json!(true)
        });
    });
}

#[test]
fn a_page_that_traps_again_and_again_stops_with_a_message() {
    visit("index.html", |page| {
        page.wait_until("the page gives up", || {
            page.execute(TRAP);
            page.text()
                .contains("Loopscope failed several times in a row")
        });
        assert_eq!(
            page.execute("return document.querySelector('[role=alert]') !== null"),
            json!(true)
        );
    });
}
