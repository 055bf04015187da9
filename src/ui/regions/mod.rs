//! The regions of the page, one component each. Every one gets a picture that `scene` drew and compares it with the
//! last, so that a step renders only what it changed.

pub mod event_loop;
pub mod explanation;
pub mod locks;
pub mod memory;
pub mod output;
pub mod pool;
pub mod program;
pub mod remarks;
pub mod stdin;
pub mod tasks;
pub mod threads;
pub mod timeline;
pub mod turns;
pub mod waits;

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
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
