//! The regions of the page, one component each. Every one gets a picture that `scene` drew and compares it with the
//! last, so that a step renders only what it changed.

pub mod event_loop;
pub mod explanation;
pub mod locks;
pub mod memory;
pub mod output;
pub mod pool;
pub mod prediction;
pub mod program;
pub mod remarks;
pub mod stdin;
pub mod tasks;
pub mod threads;
pub mod timeline;
pub mod turns;
pub mod waits;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::state::{Action, Dispatch};
use crate::scene::names::thousands;

/// A callback that sends one action.
pub fn sends<E: 'static>(dispatch: &Option<Dispatch>, action: Action) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| {
        if let Some(dispatch) = &dispatch {
            dispatch.dispatch(action.clone());
        }
    })
}

/// A list of buttons of which one is reached by Tab; the arrows up and down lead to the others.
pub fn roam(event: KeyboardEvent) {
    let button = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let item = button.and_then(|button| button.closest("li").ok().flatten());
    let Some(item) = item else { return };
    let next = match event.key().as_str() {
        "ArrowUp" => item.previous_element_sibling(),
        "ArrowDown" => item.next_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    let button = next.and_then(|item| item.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // It is on the page, so that this cannot fail.
        let _ = button.focus();
    }
}

/// How many more there are than are shown.
pub fn more(number: usize) -> String {
    format!("and {} more", thousands(number))
}

/// Brings a child of a list into view, unless it is in view already.
pub fn reveal(list: &Element, child: u32) {
    if let Some(child) = list.children().item(child) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        child.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
