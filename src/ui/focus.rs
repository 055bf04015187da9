//! The focus stays with the player, although its buttons come and go from step to step.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::prelude::*;

use super::browser;

/// The buttons of those who could go next.
const TURNS: &str = ".turns button";

/// Gives the player the focus when what had it is gone after a step, so that its keys go on working.
#[hook]
pub fn use_kept_focus(root: &NodeRef, step: (u32, u32)) {
    let root = root.clone();
    use_effect_with(step, move |_| {
        let lost = browser::document().is_some_and(|document| {
            let focused = document.active_element();
            let nothing = focused.is_none_or(|element| element.tag_name() == "BODY");
            nothing && document.has_focus().unwrap_or(false)
        });
        if let Some(player) = root.cast::<HtmlElement>().filter(|_| lost) {
            // It is in the document, so that this cannot fail.
            let _ = player.focus();
        }
    });
}

/// By a choice of who goes next the run begins anew, and the buttons come and go from step to step. Whoever chose by
/// keyboard has the focus back wherever there is a choice, until they go elsewhere.
#[hook]
pub fn use_returning_focus(root: &NodeRef, step: (u32, u32)) {
    let chosen = use_memo((), |()| Cell::new(false));
    use_choice_by_keyboard(root, chosen.clone());
    let root = root.clone();
    use_effect_with(step, move |_| {
        let Some(player) = root.cast::<Element>().filter(|_| chosen.get()) else {
            return;
        };
        let focused = browser::document().and_then(|document| document.active_element());
        let is_at_turns = |focused: &Element| focused.matches(TURNS).unwrap_or(false);
        match focused {
            Some(focused) if is_at_turns(&focused) => {}
            Some(focused) if focused == player => focus_turns(&player),
            _ => chosen.set(false),
        }
    });
}

fn focus_turns(player: &Element) {
    let button = player.query_selector(TURNS).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // It is on the page, so that this cannot fail.
        let _ = button.focus();
    }
}

/// Takes note of it when somebody chooses who goes next, and not with a mouse.
#[hook]
fn use_choice_by_keyboard(root: &NodeRef, chosen: Rc<Cell<bool>>) {
    let root = root.clone();
    use_effect_with((), move |()| {
        let hear = move |event: MouseEvent| {
            let target = event.target().and_then(|target| target.dyn_into().ok());
            let button = target.and_then(|target: Element| target.closest(TURNS).ok().flatten());
            if button.is_some() {
                // No button of a mouse was clicked.
                chosen.set(event.detail() == 0);
            }
        };
        let listener = Closure::<dyn FnMut(MouseEvent)>::new(hear);
        let element = root.cast::<HtmlElement>();
        if let Some(element) = &element {
            let function = listener.as_ref().unchecked_ref();
            // Every element knows this event.
            let _ = element.add_event_listener_with_callback_and_bool("click", function, true);
        }
        move || {
            if let Some(element) = element {
                let function = listener.as_ref().unchecked_ref();
                let _ =
                    element.remove_event_listener_with_callback_and_bool("click", function, true);
            }
        }
    });
}
