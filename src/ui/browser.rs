//! Short ways to the browser's own objects. Everything here answers `None` or does nothing where a browser refuses.

use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, MediaQueryList, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The document's root element.
pub fn root() -> Option<Element> {
    document()?.document_element()
}

/// A media query, which can be asked and listened to.
pub fn media_list(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    media_list(query).is_some_and(|list| list.matches())
}

/// Whether the reader asked for less motion.
pub fn reduced_motion() -> bool {
    media("(prefers-reduced-motion: reduce)")
}

/// Whether text is selected, which Ctrl-C copies.
pub fn has_selection() -> bool {
    let selection = window().and_then(|window| call(&window, "getSelection", &[]));
    let collapsed = selection.and_then(|selection| property(&selection, "isCollapsed"));
    collapsed.and_then(|collapsed| collapsed.as_bool()) == Some(false)
}

/// Milliseconds on the browser's monotonic clock.
pub fn now() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Whether the page stands by itself, not in a frame.
pub fn is_top() -> bool {
    window().is_some_and(|window| property(&window, "top").is_some_and(|top| window.loose_eq(&top)))
}

/// Puts a text into the clipboard; says whether the browser has let us.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().and_then(|window| property(&window.navigator(), "clipboard"));
    let promise = clipboard.and_then(|clipboard| call(&clipboard, "writeText", &[text.into()]));
    match promise.and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok()) {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Changes the hash in the location bar.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        // A hash is always accepted.
        let _ = window.location().set_hash(hash);
    }
}

/// The value of `object[name]`.
pub fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = js_sys::Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Calls the method `name` of an object whose interface the bindings do not have.
pub fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: js_sys::Function = property(object, name)?.dyn_into().ok()?;
    method.apply(object, &arguments.iter().collect()).ok()
}

/// A plain object with these properties.
pub fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in entries {
        // A fresh plain object takes any property.
        let _ = js_sys::Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
