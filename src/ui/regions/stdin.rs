//! Standard input, in the region Output: what the program reads, written before it runs. A terminal would ask while the
//! program waits; here the run is made anew with every change.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::ui::state::{Action, Dispatch};

/// So many lines are shown at once.
const LINES: usize = 4;

/// What the field shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The text, as far as there is one.
    pub text: AttrValue,
}

/// The field.
#[component]
pub fn StandardInput(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let send = |action: fn(String) -> Action| {
        let dispatch = dispatch.clone();
        move |field: HtmlTextAreaElement| {
            if let Some(dispatch) = &dispatch {
                dispatch.dispatch(action(field.value()));
            }
        }
    };
    let (typed, given) = (send(Action::TypeInput), send(Action::GiveInput));
    let oninput = Callback::from(move |event: InputEvent| typed(event.target_unchecked_into()));
    let onchange = Callback::from(move |event: Event| given(event.target_unchecked_into()));
    let rows = props.text.lines().count().clamp(1, LINES);
    html! {
        <label class="stdin">
            <span>{ "Standard input " }<span class="hint">{ "a line for each input()" }</span></span>
            <textarea aria-label="Standard input" rows={rows.to_string()} autocomplete="off" autocapitalize="off" spellcheck="false"
                value={props.text.clone()} {oninput} {onchange} />
        </label>
    }
}
