//! What the reader must know about the run as a whole: why it did not start, or why it ended early.

use yew::prelude::*;

use super::regions::sends;
use super::session::Status;
use super::state::{Action, Dispatch};
use crate::scene::names::grouped;
use crate::sim::event::Ending;

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whether it is about something wrong, rather than about a limit.
    pub wrong: bool,
    /// Its first words.
    pub head: &'static str,
    /// The rest.
    pub text: String,
}

/// What is to be said of a run, if anything. The text behind its ending is the last error that a program wrote before it
/// failed, or why it was ended early.
pub fn message(status: Status, ending: Option<(Ending, &str)>, events: u32) -> Option<Message> {
    let kept = match events {
        0 => ".",
        _ => ". Everything up to there is kept: step through it.",
    };
    let limit = |head, text: &str| Message {
        wrong: false,
        head,
        text: format!("{text}{kept}"),
    };
    match (status, ending) {
        (Status::Stopped, _) => Some(limit("Stopped:", "you ended the run")),
        (_, Some((Ending::Budget, text))) => {
            let text = format!("{}, since it may go on for ever", grouped(text));
            Some(limit("The run was cut short:", &text))
        }
        (_, Some((Ending::Deadlock, text))) => {
            let text = match text.strip_prefix("deadlock, ").unwrap_or(text) {
                "" => "every thread waits, and nothing is left that could wake one",
                text => text,
            };
            Some(limit("Deadlock:", text))
        }
        (_, Some((Ending::Input, _))) => Some(Message {
            wrong: false,
            head: "The program waits for a line of input.",
            text: "Type it under “Standard input”, below the output, and press Enter: the run goes on.".to_owned(),
        }),
        (_, Some((Ending::Unsupported, text))) => Some(Message {
            wrong: true,
            head: "Not supported yet:",
            text: format!("{text}{kept}"),
        }),
        (_, Some((Ending::Finished, error))) if !error.is_empty() => Some(Message {
            wrong: true,
            head: "The program failed:",
            text: error.to_owned(),
        }),
        _ => None,
    }
}

/// What is to be said of an address that asks for regions that there are not.
pub fn unknown_regions(text: String) -> Message {
    Message {
        wrong: false,
        head: "The address asks for what is not there:",
        text,
    }
}

/// What is to be said of an address whose options cannot all be read.
pub fn misread(parts: &[String]) -> Message {
    Message {
        wrong: false,
        head: "Not all of the address can be read:",
        text: format!("{}. The run goes without.", parts.join("; ")),
    }
}

/// What is to be said after the instance before this one died.
pub fn crashed(report: &str) -> Message {
    Message {
        wrong: true,
        head: "Loopscope failed and started again.",
        text: format!("Your program is kept. Please report this: {report}"),
    }
}

/// What the notice shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The message.
    pub message: Message,
    /// Where the reader can go because of it.
    pub way: Option<Way>,
}

/// Where a notice leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the last step, where it happened.
    LastStep,
    /// To the field in which the program's input is typed.
    Input,
}

/// The strip under the head.
#[component]
pub fn Notice(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let tone = if props.message.wrong { "bad" } else { "warn" };
    html! {
        <div class="notice" role="status" data-tone={tone}>
            <p><strong>{ props.message.head }</strong>{ " " }{ &props.message.text }</p>
            if let Some(way) = props.way {
                { link(way, &dispatch) }
            }
        </div>
    }
}

fn link(way: Way, dispatch: &Option<Dispatch>) -> Html {
    let (action, words) = match way {
        Way::LastStep => (Action::Last, "To the last step"),
        Way::Input => (Action::Answer, "Type it"),
    };
    html! { <button class="link" onclick={sends(dispatch, action)}>{ words }</button> }
}
