//! The page around an embedded player: what the player tells it, and what it may ask for, by `postMessage`.
//!
//! Out: `{type: "loopscope", v: 1, event: "ready" | "resize" | "step" | "answer" | "error", …}`. In: `{type: "loopscope", v: 1,
//! cmd: "ping" | "seek" | "play" | "pause" | "theme", …}`. Only the page around is listened to, and whatever it sends is
//! looked at before it is believed.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};
use yew::prelude::*;

use super::browser;
use super::state::{Action, Dispatch, Layout, State};
use super::theme::Theme;

/// What every message is marked with.
const TYPE: &str = "loopscope";
/// The version of the messages.
const VERSION: f64 = 1.0;

/// What the page around asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Say where the player is.
    Ping,
    /// Go to a step.
    Seek(u32),
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// Look like this.
    Theme(Theme),
}

/// Reads a message. `None` if it is not meant for a player; otherwise the command, or what is wrong with it.
pub fn command(message: &JsValue) -> Option<Result<Command, String>> {
    let text = |name| browser::property(message, name).and_then(|value| value.as_string());
    let number = |name| browser::property(message, name).and_then(|value| value.as_f64());
    if !message.is_object() || text("type").as_deref() != Some(TYPE) {
        return None;
    }
    if number("v") != Some(VERSION) {
        return Some(Err("v has to be 1".to_owned()));
    }
    let name = text("cmd")?;
    Some(match name.as_str() {
        "ping" => Ok(Command::Ping),
        "play" => Ok(Command::Play),
        "pause" => Ok(Command::Pause),
        "seek" => step(number("step")).map(Command::Seek),
        "theme" => {
            let theme = text("theme").and_then(|theme| Theme::named(&theme));
            let theme = theme.map(Command::Theme);
            theme.ok_or_else(|| "theme has to be auto, light or dark".to_owned())
        }
        other => Err(format!("there is no command {other}")),
    })
}

fn step(number: Option<f64>) -> Result<u32, String> {
    let whole = |number: &f64| *number >= 0.0 && number.fract() == 0.0;
    let step = number.filter(whole);
    step.map(|step| step.min(f64::from(u32::MAX)) as u32)
        .ok_or_else(|| "step has to be a whole number from 0".to_owned())
}

/// Tells the page around what happens, and does what it asks for.
#[hook]
pub fn use_host(state: &UseReducerHandle<State>, dispatch: Dispatch) {
    let place = (state.position, state.total);
    let now = use_mut_ref(|| place);
    *now.borrow_mut() = place;
    let embedded = state.layout == Layout::Embed && !browser::is_top();
    use_effect_with(embedded, move |embedded| {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let from_host = event.source().is_some_and(|source| {
                let host = host();
                host.is_some_and(|host| source.loose_eq(&host))
            });
            match command(&event.data()).filter(|_| from_host) {
                Some(Ok(command)) => match action(command) {
                    Some(action) => dispatch.dispatch(action),
                    None => tell("ready", &placed(*now.borrow())),
                },
                Some(Err(message)) => tell("error", &[("message", message.into())]),
                None => {}
            }
        });
        let window = browser::window().filter(|_| *embedded);
        if let Some(window) = &window {
            let function = hear.as_ref().unchecked_ref();
            // Every window knows this event.
            let _ = window.add_event_listener_with_callback("message", function);
        }
        move || {
            if let Some(window) = window {
                let function = hear.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback("message", function);
            }
        }
    });
    let run = (embedded && state.status.ended()).then_some(state.run);
    let (height, total) = (wanted_height(state), state.total);
    use_effect_with(run, move |run| {
        if run.is_some() {
            tell("resize", &[("height", height.into())]);
            tell("ready", &placed(place));
        }
    });
    let answered = (embedded, state.score.asked, state.score.last.clone());
    use_effect_with(answered, move |(embedded, _, answer)| {
        if let Some(answer) = answer.as_ref().filter(|_| *embedded) {
            let step = ("step", answer.step.into());
            tell("answer", &[("correct", answer.is_right().into()), step]);
        }
    });
    use_effect_with((embedded, state.position), move |(embedded, position)| {
        if *embedded {
            tell("step", &placed((*position, total)));
        }
    });
}

/// The height that shows the whole program, within what is usual for a frame.
fn wanted_height(state: &State) -> f64 {
    const LINE: f64 = 20.0;
    const FRAME: f64 = 260.0;
    let lines = state.source.lines().count() as f64;
    (lines * LINE + FRAME).clamp(360.0, 720.0)
}

/// What a command does; a ping is only answered.
fn action(command: Command) -> Option<Action> {
    match command {
        Command::Ping => None,
        Command::Play => Some(Action::Play(true)),
        Command::Pause => Some(Action::Play(false)),
        Command::Seek(step) => Some(Action::Reach(step)),
        Command::Theme(theme) => Some(Action::SetTheme(theme)),
    }
}

fn placed((step, total): (u32, u32)) -> [(&'static str, JsValue); 2] {
    [("step", step.into()), ("total", total.into())]
}

fn host() -> Option<Window> {
    browser::window()?.parent().ok().flatten()
}

/// Sends a message to the page around. It says nothing that a page could not see anyway, so that any may hear it.
fn tell(event: &str, fields: &[(&str, JsValue)]) {
    let message = Object::new();
    let marks = [
        ("type", TYPE.into()),
        ("v", VERSION.into()),
        ("event", event.into()),
    ];
    for (name, value) in marks.iter().chain(fields) {
        // A fresh object takes any property.
        let _ = js_sys::Reflect::set(&message, &(*name).into(), value);
    }
    if let Some(host) = host() {
        // A page that is gone hears nothing.
        let _ = host.post_message(&message, "*");
    }
}
