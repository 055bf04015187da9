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
    /// Whether there is a step to go to.
    pub travel: bool,
}

/// The strip under the head.
#[component]
pub fn Notice(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let tone = if props.message.wrong { "bad" } else { "warn" };
    html! {
        <div class="notice" role="status" data-tone={tone}>
            <p><strong>{ props.message.head }</strong>{ " " }{ &props.message.text }</p>
            if props.travel {
                <button class="link" onclick={sends(&dispatch, Action::Last)}>{ "To the last step" }</button>
            }
        </div>
    }
}
