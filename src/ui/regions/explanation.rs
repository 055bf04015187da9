//! Explanation: what the last step was, in one sentence, with a link to its cause. It is the live region that screen
//! readers follow.

use yew::prelude::*;

use super::sends;
use crate::scene::explain::{self, Part};
use crate::ui::state::{Action, Dispatch};

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The explanation of the last event.
    pub explanation: explain::Explanation,
    /// Whether steps follow each other too fast to be spoken.
    pub fast: bool,
}

/// The region.
#[component]
pub fn Explanation(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let live = if props.fast { "off" } else { "polite" };
    html! {
        <section class="explanation" aria-label="Explanation">
            <p aria-live={live} aria-atomic="true">
                { for props.explanation.parts.iter().map(|part| piece(part, &dispatch)) }
            </p>
        </section>
    }
}

/// A piece of a sentence, with its colour or its way.
pub fn piece(part: &Part, dispatch: &Option<Dispatch>) -> Html {
    match part {
        Part::Text(text) => html! { text },
        Part::Task { name, hue, .. } => html! { <b class={format!("hue-{hue}")}>{ name }</b> },
        Part::Code(text) => html! { <code>{ text }</code> },
        Part::Cause { text, event } => {
            let position = event + 1;
            html! {
                <button class="link" title={format!("To step {position}")} onclick={sends(dispatch, Action::Seek(position))}>{ text }</button>
            }
        }
    }
}
