//! Remarks: what a reviewer would say about a run that is over, the worst first, with ways to the lines and steps.

use std::rc::Rc;

use yew::prelude::*;

use super::explanation::piece;
use super::sends;
use crate::scene::diagnose::Diagnosis;
use crate::ui::state::{Action, Dispatch};

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The remarks.
    pub remarks: Rc<[Diagnosis]>,
}

/// The region; it exists only if there is something to say.
#[component]
pub fn Remarks(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    if props.remarks.is_empty() {
        return Html::default();
    }
    html! {
        <section class="region remarks" aria-label="Remarks">
            <h2>{ "Remarks " }<span class="hint">{ "what a reviewer would say about this run" }</span></h2>
            <ol class="plain">
                { for props.remarks.iter().map(|remark| item(remark, &dispatch)) }
            </ol>
        </section>
    }
}

fn item(remark: &Diagnosis, dispatch: &Option<Dispatch>) -> Html {
    let position = remark.event + 1;
    html! {
        <li key={format!("{:?}{}", remark.fault, remark.line)} class="remark" data-severity={remark.severity.word()}>
            <p class="what">
                <span class="chip">{ remark.severity.word() }</span>
                <b>{ remark.fault.title() }</b>
                <span class="ways">
                    if remark.line > 0 {
                        <button class="link" onclick={sends(dispatch, Action::SeekLine(remark.line))}>{ format!("line {}", remark.line) }</button>
                    }
                    <button class="link" onclick={sends(dispatch, Action::Seek(position))}>{ format!("step {position}") }</button>
                </span>
            </p>
            <p>{ for remark.sentence.parts.iter().map(|part| piece(part, dispatch)) }</p>
        </li>
    }
}
