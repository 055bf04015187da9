//! What the page does to the world outside of itself and hears from it: the clock, keys, the address, the clipboard.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::address::{Address, Content};
use super::browser;
use super::fetching;
use super::keys::{self, Wish};
use super::state::{Action, Dispatch, Layout, State};
use super::timer::{Repeat, Timer};

/// Milliseconds after which the reader is taken to have stopped typing.
const PAUSE: i32 = 350;
/// Milliseconds for which the page says that the link is copied.
const COPIED: i32 = 2000;
/// Milliseconds after which the reader is taken to have come to rest at a step.
const SETTLED: i32 = 400;

/// While the run plays, tells the state that time goes by.
#[hook]
pub fn use_clock(state: &UseReducerHandle<State>, dispatch: Dispatch) {
    let interval = state.playback.interval().clamp(16.0, 100.0) as i32;
    let pace = state.playback.playing().then_some(interval);
    use_effect_with(pace, move |pace| {
        let repeat = pace.and_then(|interval| {
            Repeat::every(interval, move || {
                dispatch.dispatch(Action::Tick(browser::now()))
            })
        });
        move || drop(repeat)
    });
}

/// Looks through the program when the reader stops typing.
#[hook]
pub fn use_check(source: Rc<str>, dispatch: Dispatch) {
    use_effect_with(source, move |_| {
        let timer = Timer::after(PAUSE, move || dispatch.dispatch(Action::Check));
        move || drop(timer)
    });
}

/// Listens for an event as long as the page lives.
#[hook]
pub fn use_listener(
    target: impl FnOnce() -> Option<EventTarget> + 'static,
    event: &'static str,
    hear: impl FnMut() + 'static,
) {
    use_effect_with((), move |()| {
        let target = target();
        let listener = Closure::<dyn FnMut()>::new(hear);
        if let Some(target) = &target {
            // A target that does not know the event never sends it.
            let function = listener.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback(event, function);
        }
        move || {
            if let Some(target) = target {
                let function = listener.as_ref().unchecked_ref();
                let _ = target.remove_event_listener_with_callback(event, function);
            }
        }
    });
}

/// Follows the location bar, and keeps the page's in step with what is shown, so that it survives a reload. What a host
/// page gave to a frame stays.
#[hook]
pub fn use_address(state: &UseReducerHandle<State>, dispatch: Dispatch) {
    use_listener(
        || browser::window().map(Into::into),
        "hashchange",
        move || {
            dispatch.dispatch(Action::Visit(Address::current()));
        },
    );
    let shown = (state.layout == Layout::Page).then(|| state.address());
    let first = use_mut_ref(|| true);
    use_effect_with(shown, move |shown| {
        let shown = shown.clone().filter(|_| !first.replace(false));
        let timer = shown.and_then(|shown| {
            let kept = Address::current().content;
            // A program that is no longer shown must not come back with a reload.
            if kept.is_some() && kept != shown.content {
                replace_address(shown);
                return None;
            }
            Timer::after(SETTLED, move || replace_address(shown))
        });
        move || drop(timer)
    });
}

/// One's own program is kept in the storage and has no place in the address, unless it came with it.
fn replace_address(shown: Address) {
    let kept = Address::current().content;
    let named = |content: &Content| matches!(content, Content::Example(_));
    let content = shown
        .content
        .filter(|content| named(content) || kept.as_ref() == Some(content));
    let address = Address { content, ..shown };
    if address == Address::current() {
        return;
    }
    if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
        // Browsers refuse when there are too many changes in a short time; the next one will do.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address.hash()));
    }
}

/// Listens for keys on the player, before anything inside of it does.
#[hook]
pub fn use_keys(root: &NodeRef, dispatch: Dispatch) {
    let root = root.clone();
    use_effect_with((), move |()| {
        let element = root.cast::<HtmlElement>();
        let player = element.clone();
        let listener = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let Some(wish) = keys::wish(&event) else {
                return;
            };
            event.prevent_default();
            event.stop_propagation();
            match wish {
                Wish::Act(action) => dispatch.dispatch(action),
                Wish::Find => focus_within(player.as_ref().map(AsRef::as_ref), "[type=search]"),
                Wish::FullScreen => toggle_full_screen(player.as_ref().map(AsRef::as_ref)),
            }
        });
        if let Some(element) = &element {
            let function = listener.as_ref().unchecked_ref();
            let _ = element.add_event_listener_with_callback_and_bool("keydown", function, true);
            if browser::is_top() {
                let _ = element.focus();
            }
        }
        move || {
            if let Some(element) = element {
                let function = listener.as_ref().unchecked_ref();
                let _ =
                    element.remove_event_listener_with_callback_and_bool("keydown", function, true);
            }
        }
    });
}

fn focus_within(player: Option<&Element>, selector: &str) {
    let found = player.and_then(|player| player.query_selector(selector).ok().flatten());
    if let Some(field) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // What is not displayed does not take the focus, and that is right.
        let _ = field.focus();
    }
}

fn toggle_full_screen(player: Option<&Element>) {
    let Some(document) = browser::document() else {
        return;
    };
    if browser::property(&document, "fullscreenElement").is_some() {
        browser::call(&document, "exitFullscreen", &[]);
    } else if let Some(player) = player {
        browser::call(player, "requestFullscreen", &[]);
    }
}

/// The same address with the program packed, where that is shorter.
async fn shortened(address: Address) -> Address {
    let Some(Content::Code(text)) = &address.content else {
        return address;
    };
    let packed = fetching::pack(text).await.map(|packed| Address {
        content: Some(Content::Packed(packed)),
        ..address.clone()
    });
    let shorter = packed.filter(|packed| packed.hash().len() < address.hash().len());
    shorter.unwrap_or(address)
}

/// Copies the link to what is seen, and says so for a while.
#[hook]
pub fn use_share(address: Address, dispatch: Dispatch) -> Callback<()> {
    let timer: Rc<RefCell<Option<Timer>>> = use_mut_ref(|| None);
    use_callback((address, dispatch), move |(), (address, dispatch)| {
        let (address, dispatch, timer) = (address.clone(), dispatch.clone(), timer.clone());
        spawn_local(async move {
            let address = shortened(address).await;
            let Some(link) = address.link() else { return };
            if !browser::copy(&link).await {
                browser::set_hash(&address.hash());
            }
            dispatch.dispatch(Action::Shared(true));
            let hide = move || dispatch.dispatch(Action::Shared(false));
            *timer.borrow_mut() = Timer::after(COPIED, hide);
        });
    })
}
