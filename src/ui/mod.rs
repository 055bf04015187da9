//! The page: Yew components, the only code that knows the DOM and the wall clock.

pub mod address;
mod app;
pub mod arguments;
mod browser;
mod editor;
mod examples;
pub mod fetching;
mod flip;
mod focus;
mod header;
mod help;
mod hooks;
pub mod host;
mod icons;
mod keys;
mod listing;
mod notice;
mod paint;
mod picture;
mod regions;
mod runner;
mod session;
mod setup;
mod state;
mod storage;
mod theme;
mod timer;
mod transport;

use yew::AttrValue;

/// Mounts the page in the element `#app`, which `static/boot.js` provides.
pub fn mount() {
    let root = browser::document().and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        let crash = root.get_attribute("data-crash").map(AttrValue::from);
        let embedded = browser::root().and_then(|root| root.get_attribute("data-entry"));
        let layout = match embedded.as_deref() {
            Some("embed") => state::Layout::Embed,
            _ => state::Layout::Page,
        };
        report_panics();
        root.set_text_content(None);
        let props = app::Props { layout, crash };
        yew::Renderer::<app::App>::with_root_and_props(root, props).render();
    }
}

/// Leaves the message of a panic where `static/boot.js` finds it after the trap.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.to_string();
        web_sys::console::error_1(&message.as_str().into());
        if let Some(root) =
            browser::document().and_then(|document| document.get_element_by_id("app"))
        {
            // Nothing can be done about a failure while failing.
            let _ = root.set_attribute("data-panic", &message);
        }
    }));
}
