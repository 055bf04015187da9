//! Finding a task or a thread by its name.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::state::{Action, Dispatch};

/// The field; Enter goes to what is called so.
#[component]
pub fn Search() -> Html {
    let dispatch = use_context::<Dispatch>();
    let onchange = Callback::from(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        if let Some(dispatch) = &dispatch {
            dispatch.dispatch(Action::Find(field.value()));
        }
    });
    html! {
        <input type="search" class="find" aria-label="Find a task or a thread" placeholder="Find…" autocomplete="off"
            spellcheck="false" title="The name of a task or a thread (/)" {onchange} />
    }
}
