//! The page: Yew components, the only code that knows the DOM and the wall clock.

use yew::prelude::*;

/// Mounts the page in the element `#app`, which `static/boot.js` provides.
pub fn mount() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<App>::with_root(root).render();
    }
}

#[component]
fn App() -> Html {
    html! { <main><h1>{ "Loopscope" }</h1></main> }
}
