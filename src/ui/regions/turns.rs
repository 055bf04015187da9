//! "You are the scheduler", in the region Threads: who of those that can run goes next is the reader's choice. Below it
//! stands whatever readers did to the run, each with a way back.

use yew::prelude::*;

use super::sends;
use crate::scene::turns::{Candidate, Intervention, Lot, Turns as Picture};
use crate::sim::input::{Moment, Stimulus};
use crate::ui::state::{Action, Dispatch};

/// What the block shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Who could go next.
    pub turns: Picture,
    /// What was done to the run from outside.
    pub inputs: Vec<Intervention>,
    /// Whether the block keeps its place where there is no choice.
    pub steady: bool,
}

/// The block. In programs with an event loop it is there only where there is a choice.
#[component]
pub fn Turns(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let turns = &props.turns;
    html! {
        <>
            if turns.candidates.is_empty() && props.steady {
                <div class="turns" role="group" aria-label="Who goes next">
                    <span class="ask">{ "Who goes next? " }<span class="hint">{ "there is no choice at this step" }</span></span>
                </div>
            } else if !turns.candidates.is_empty() {
                <div class="turns" role="group" aria-label="Who goes next">
                    <span class="ask">{ "Who goes next? " }<span class="hint">{ "you are the scheduler" }</span></span>
                    <ul>
                        { for turns.candidates.iter().map(|one| candidate(one, &dispatch)) }
                    </ul>
                    if turns.more > 0 {
                        <span class="more">{ super::more(turns.more) }</span>
                    }
                </div>
            }
            <Inputs inputs={props.inputs.clone()} />
        </>
    }
}

fn candidate(one: &Candidate, dispatch: &Option<Dispatch>) -> Html {
    let note = match one.lot {
        Lot::Chosen => "your choice",
        Lot::GoesOn => "goes on",
        Lot::Next => "next",
        Lot::Waits => one.place.as_str(),
    };
    let title = match one.running {
        true => format!("{} runs already, {}", one.name, one.place),
        false => format!(
            "{} goes next, from {}: the run is made anew from here",
            one.name, one.place
        ),
    };
    // Who runs already cannot be chosen; a button that is not disabled keeps the focus.
    let onclick = match one.running {
        true => Callback::noop(),
        false => sends(dispatch, Action::Intervene(Stimulus::Turn(one.thread))),
    };
    html! {
        <li key={one.thread}>
            <button class={format!("turn hue-{}", one.hue)} aria-pressed={(one.lot != Lot::Waits).to_string()} {title}
                aria-disabled={one.running.then_some("true")} {onclick}>
                <b>{ &one.name }</b>{ " " }
                <span class="note">{ note }</span>
            </button>
        </li>
    }
}

/// What the list of inputs shows.
#[derive(Clone, PartialEq, Properties)]
pub struct InputsProps {
    /// The inputs.
    pub inputs: Vec<Intervention>,
}

/// What readers did to the run, each with a way back.
#[component]
pub fn Inputs(props: &InputsProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    html! {
        if !props.inputs.is_empty() {
            <ul class="inputs" aria-label="What you did to the run">
                { for props.inputs.iter().enumerate().map(|(index, input)| item(index, input, &dispatch)) }
            </ul>
        }
    }
}

fn item(index: usize, input: &Intervention, dispatch: &Option<Dispatch>) -> Html {
    let undo = format!("Take back: {}", input.label);
    html! {
        <li key={index}>
            <span>{ &input.label }</span>{ " " }
            if let Some(reason) = &input.missed {
                <span class="missed">{ format!("had no effect: {reason}") }</span>{ " " }
            }
            {
                match input.at {
                    Moment::Event(events) => html! {
                        <button class="link" onclick={sends(dispatch, Action::Seek(events as u32))}>{ format!("step {events}") }</button>
                    },
                    Moment::Time(at) => html! { format!("at {} s", at.seconds()) },
                }
            }
            <button class="undo" aria-label={undo.clone()} title={undo} onclick={sends(dispatch, Action::TakeBack(index))}>{ "×" }</button>
        </li>
    }
}
