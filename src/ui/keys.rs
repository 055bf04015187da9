//! Keys, which count only while the player has the focus, and only where they mean nothing else already.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::browser;
use super::state::{Action, Direction, Stride};
use crate::sim::input::Stimulus;
use crate::sim::signal::SIGINT;

/// What a key asks for.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A change of the page's state.
    Act(Action),
    /// The field in which one looks for a task or a thread.
    Find,
    /// Full screen, or back from it.
    FullScreen,
}

/// What a key press means for the player, if it is for the player.
pub fn wish(event: &KeyboardEvent) -> Option<Wish> {
    let at = Place::of(event);
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if command && !event.alt_key() && key == "Enter" {
        return Some(Wish::Act(Action::Run));
    }
    // On many keyboards brackets need AltGr, which also counts as Ctrl and Alt.
    if is_interrupt(event, at) {
        return Some(Wish::Act(Action::Intervene(Stimulus::Signal(SIGINT))));
    }
    let chord = (command || event.alt_key()) && !event.get_modifier_state("AltGraph");
    if chord || matches!(at, Place::Text | Place::Choice) {
        return None;
    }
    let stride = event.shift_key().then_some(Stride::Iteration);
    let step = |direction| match stride {
        Some(stride) => Action::StepOver(direction, stride),
        None => Action::Step(direction),
    };
    let action = match key.as_str() {
        "ArrowLeft" => step(Direction::Back),
        "ArrowRight" => step(Direction::Forward),
        "Home" => Action::First,
        "End" => Action::Last,
        " " if at != Place::Button => Action::TogglePlay,
        "[" => Action::StepToRemark(Direction::Back),
        "]" => Action::StepToRemark(Direction::Forward),
        "?" => Action::ShowHelp(true),
        "/" => return Some(Wish::Find),
        "f" => return Some(Wish::FullScreen),
        _ => return None,
    };
    Some(Wish::Act(action))
}

/// Whether it is Ctrl-C as a terminal takes it: where there is text to copy, it copies that.
fn is_interrupt(event: &KeyboardEvent, at: Place) -> bool {
    let chord = event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.shift_key();
    chord && event.key() == "c" && at != Place::Text && !browser::has_selection()
}

/// On what the focus is, as far as keys go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where one types, or a dialog, which has keys of its own.
    Text,
    /// A list that one chooses from.
    Choice,
    /// A button, which the space bar presses.
    Button,
    /// Anything else.
    Elsewhere,
}

impl Place {
    fn of(event: &KeyboardEvent) -> Self {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let within = |selector: &str| {
            let found = target.as_ref().map(|target| target.closest(selector));
            matches!(found, Some(Ok(Some(_))))
        };
        if within("[contenteditable=true], textarea, input:not([type=range]), dialog[open]") {
            Self::Text
        } else if within("select") {
            Self::Choice
        } else if within("button, a") {
            Self::Button
        } else {
            Self::Elsewhere
        }
    }
}
