//! The question before the run goes on, in the region Output: which line is printed next? With `predict=1`, which also
//! hides what is not printed yet.

use yew::prelude::*;

use super::sends;
use crate::scene::predict::Question;
use crate::ui::state::{Action, Dispatch, Score};

/// What the block shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The question, if there is one.
    pub question: Option<Question>,
    /// What was answered so far.
    pub score: Score,
}

/// The block.
#[component]
pub fn Prediction(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let Score { right, asked, last } = &props.score;
    let verdict = last.as_ref().map(|answer| match answer.is_right() {
        true => format!("Right: {} came next.", answer.line),
        false => format!("No: {} came next, not {}.", answer.line, answer.chosen),
    });
    html! {
        <div class="prediction" role="group" aria-label="Prediction">
            if let Some(verdict) = verdict {
                <p role="status" data-right={last.as_ref().is_some_and(|answer| answer.is_right()).to_string()}>
                    { verdict }<span class="hint">{ format!("{right} of {asked} right") }</span>
                </p>
            }
            if let Some(question) = &props.question {
                <p class="ask">{ "Which line is printed next?" }</p>
                <ul>
                    { for question.choices.iter().enumerate().map(|(number, choice)| html! {
                        <li key={number}><button class="button" onclick={sends(&dispatch, Action::Predict(choice.clone()))}>{ choice }</button></li>
                    }) }
                </ul>
            }
        </div>
    }
}
