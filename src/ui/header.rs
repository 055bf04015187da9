//! The head of the full page: which program, run it, share it, and how the page looks.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::browser;
use super::examples::EXAMPLES;
use super::icons::{Icon, icon, mark};
use super::regions::sends;
use super::session::Status;
use super::setup::{self, Setup};
use super::state::{Action, Dispatch, OutOfReach};
use crate::scene::names::thousands;
use crate::scene::turns::Intervention;
use crate::sim::options::Options;

/// What the head shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Position of the shown example in the list, if it is one.
    pub example: Option<usize>,
    /// How far the run is.
    pub status: Status,
    /// Whether the program was changed since it ran.
    pub edited: bool,
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether the link was just copied.
    pub shared: bool,
    /// The options of the run.
    pub options: Options,
    /// What the reader did to the run.
    pub interventions: Vec<Intervention>,
    /// Why nothing can interrupt the program at this step, if that is so.
    pub out_of_reach: Option<OutOfReach>,
    /// How many remarks there are about the run.
    pub remarks: usize,
    /// Called when the link is to be copied.
    pub on_share: Callback<()>,
}

/// The head.
#[component]
pub fn Header(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let act = |action| sends(&dispatch, action);
    let look = if props.dark { Icon::Sun } else { Icon::Moon };
    let (share, share_icon) = match props.shared {
        true => ("Link copied", Icon::Done),
        false => ("Share", Icon::Share),
    };
    html! {
        <header class="head">
            <h1 class="brand">{ mark() }<span>{ "Loopscope" }</span></h1>
            <ExampleChoice example={props.example} />
            <RunControl status={props.status} edited={props.edited} />
            <Setup options={props.options.clone()} interventions={props.interventions.clone()} out_of_reach={props.out_of_reach} />
            <RemarkCount count={props.remarks} />
            <Progress status={props.status} />
            <span class="spring" />
            <span class="facts">{ setup::summary(&props.options) }</span>
            <button class="button" aria-label={share} title="Copy a link to this program and step" onclick={props.on_share.reform(|_: MouseEvent| ())}>{ icon(share_icon) }<span class="word">{ share }</span></button>
            <button class="button square" aria-label="Dark theme" aria-pressed={props.dark.to_string()} title="Dark or light" onclick={act(Action::ToggleTheme)}>{ icon(look) }</button>
            <button class="button square" aria-label="Help" title="Help (?)" onclick={act(Action::ShowHelp(true))}>{ "?" }</button>
        </header>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RunProps {
    status: Status,
    edited: bool,
}

#[component]
fn RunControl(props: &RunProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let act = |action| sends(&dispatch, action);
    if let Status::Running { .. } = props.status {
        return html! { <button class="button run stop" onclick={act(Action::Stop)}>{ "Stop" }</button> };
    }
    let class = classes!("button", "run", props.edited.then_some("main"));
    html! {
        <button {class} aria-label="Run" title="Run the program from its beginning (Ctrl+Enter)" onclick={act(Action::Run)}>{ icon(Icon::Play) }<span class="word">{ "Run" }</span></button>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ProgressProps {
    status: Status,
}

/// How far the run is. It stands behind the buttons, which keep their places.
#[component]
fn Progress(props: &ProgressProps) -> Html {
    let Status::Running { events, millions } = props.status else {
        return Html::default();
    };
    let steps = format!("{} steps", thousands(events as usize));
    // Not a status, which would be read aloud again and again.
    html! {
        <span class="progress" role="progressbar" aria-label="The program runs" aria-valuetext={steps.clone()}><i class="spinner" />{ steps }
            if millions > 0 {
                <span class="wordy">{ format!("· {} M instructions", thousands(millions as usize)) }</span>
            }
        </span>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RemarkProps {
    count: usize,
}

/// How many remarks there are, and the way to them: they stand below what is in sight.
#[component]
fn RemarkCount(props: &RemarkProps) -> Html {
    let onclick = Callback::from(|_: MouseEvent| {
        let region = browser::document().and_then(|document| {
            document
                .query_selector("[aria-label=Remarks]")
                .ok()
                .flatten()
        });
        if let Some(region) = region {
            region.scroll_into_view();
        }
    });
    let plural = if props.count == 1 { "" } else { "s" };
    html! {
        if props.count > 0 {
            <button class="button count wordy" title="What a reviewer would say about this run" {onclick}>
                { format!("{} remark{plural}", props.count) }
            </button>
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ExampleProps {
    example: Option<usize>,
}

#[component]
fn ExampleChoice(props: &ExampleProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let onchange = Callback::from(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let chosen = select.value().parse().ok();
        if let (Some(dispatch), Some(index)) = (&dispatch, chosen) {
            dispatch.dispatch(Action::ShowExample(index));
        }
    });
    html! {
        <select class="choice" aria-label="Example" {onchange}>
            if props.example.is_none() {
                <option value="" selected=true>{ "Your program" }</option>
            }
            { for EXAMPLES.iter().enumerate().map(|(index, example)| html! {
                <option key={example.name} value={index.to_string()} selected={props.example == Some(index)}>
                    { format!("{} · {}", index + 1, example.title) }
                </option>
            }) }
        </select>
    }
}
