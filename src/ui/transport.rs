//! The Transport: to and fro through the run.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::icons::{Icon, icon};
use super::regions::sends;
use super::state::{Action, Direction, Dispatch, OutOfReach, Stride};
use crate::sim::input::Stimulus;
use crate::sim::signal::SIGINT;
use crate::trace::SPEEDS;

/// What the transport shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// How many events are behind the cursor.
    pub position: u32,
    /// How many events there are so far.
    pub total: u32,
    /// Whether the run still goes on, so that the total grows.
    pub growing: bool,
    /// Whether time passes by itself.
    pub playing: bool,
    /// How long a step is.
    pub stride: Stride,
    /// How fast playing goes.
    pub speed: f64,
    /// Why nothing can interrupt the program at this step, if that is so.
    pub out_of_reach: Option<OutOfReach>,
    /// Where the full page shows the same, if this is an embedded player.
    pub link: Option<AttrValue>,
}

/// The buttons, the scrubber, the selectors and the position.
#[component]
pub fn Transport(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let act = |action| sends(&dispatch, action);
    let at_start = props.position == 0;
    let at_end = props.position >= props.total;
    let (play_name, play_icon) = match props.playing {
        true => ("Pause", Icon::Pause),
        false => ("Play", Icon::Play),
    };
    html! {
        <section class="transport" aria-label="Transport">
            <Scrubber position={props.position} total={props.total} />
            <div class="group">
                <button class="button square wordy" aria-label="First" title="First (Home)" aria-disabled={spent(at_start)} onclick={act(Action::First)}>{ icon(Icon::First) }</button>
                <button class="button" aria-label="Step back" title="Step back (←)" aria-disabled={spent(at_start)} onclick={act(Action::Step(Direction::Back))}>{ icon(Icon::Back) }<span class="word">{ "Back" }</span></button>
                <button class="button main" aria-label="Step forward" title="Step forward (→)" aria-disabled={spent(at_end)} onclick={act(Action::Step(Direction::Forward))}><span class="word">{ "Step" }</span>{ icon(Icon::Forward) }</button>
                <button class="button play" aria-label={play_name} title={format!("{play_name} (space)")} aria-disabled={spent(at_end && !props.playing)} onclick={act(Action::TogglePlay)}>{ icon(play_icon) }<span class="word">{ play_name }</span></button>
                <button class="button square wordy" aria-label="Last" title="Last (End)" aria-disabled={spent(at_end)} onclick={act(Action::Last)}>{ icon(Icon::Last) }</button>
                <button class="button square wordy" aria-label="Send Ctrl-C" title={props.out_of_reach.map_or(INTERRUPT, OutOfReach::reason)}
                    aria-disabled={spent(props.out_of_reach.is_some())} onclick={act(Action::Intervene(Stimulus::Signal(SIGINT)))}>{ "^C" }</button>
            </div>
            <StrideChoice stride={props.stride} />
            <SpeedChoice speed={props.speed} />
            <span class="position" title={POSITION}>
                { "step " }<b>{ props.position }</b>{ " of " }{ props.total }{ if props.growing { " …" } else { "" } }
            </span>
            if let Some(link) = &props.link {
                <a class="button open" href={link} target="_blank" rel="noopener" title="Open this program and step on a page of its own">{ "Open ↗" }</a>
            }
        </section>
    }
}

/// What the button for a signal does.
const INTERRUPT: &str =
    "Send SIGINT here, as Ctrl-C does: the program runs anew, and at this step it is interrupted";

/// A button that has nothing to do says so, but keeps the focus: the keys go on working.
fn spent(nothing_to_do: bool) -> Option<&'static str> {
    nothing_to_do.then_some("true")
}

#[derive(Clone, PartialEq, Properties)]
struct ScrubberProps {
    position: u32,
    total: u32,
}

#[component]
fn Scrubber(props: &ScrubberProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let oninput = Callback::from(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let (Some(dispatch), Ok(position)) = (&dispatch, input.value().parse()) {
            dispatch.dispatch(Action::Seek(position));
        }
    });
    let share = 100.0 * f64::from(props.position) / f64::from(props.total.max(1));
    html! {
        <div class="scrubber">
            <svg class="done" aria-hidden="true"><rect width={format!("{share:.3}%")} height="3" /></svg>
            <input type="range" aria-label="Position" min="0" max={props.total.to_string()} step="1"
                value={props.position.to_string()} {oninput}
                aria-valuetext={format!("step {} of {}", props.position, props.total)} />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StrideProps {
    stride: Stride,
}

/// The lengths of a step: how the selector has them, and how far each goes.
pub const STRIDES: [(Stride, &str, &str); 6] = [
    (
        Stride::Event,
        "event",
        "to whatever happens next; it passes over lines of the program, and what one print() writes is one step",
    ),
    (
        Stride::Handle,
        "handle",
        "to the next callback that the loop runs",
    ),
    (
        Stride::Iteration,
        "iteration",
        "to the next iteration of the loop",
    ),
    (
        Stride::Line,
        "line",
        "to the next line of the program, in whichever task or thread",
    ),
    (
        Stride::Output,
        "output",
        "to the end of the next line of output",
    ),
    (
        Stride::FollowTask,
        "follow task",
        "to what the followed task does next, or what happens to it",
    ),
];

/// What the position counts.
const POSITION: &str = "How many events of the run lie behind: every line that the program comes to, every write, whatever happens in the loop. A step goes over one or several of them.";

#[component]
fn StrideChoice(props: &StrideProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let onchange = Callback::from(move |event: Event| {
        let chosen = STRIDES.get(selected(&event));
        if let (Some(dispatch), Some((stride, ..))) = (&dispatch, chosen) {
            dispatch.dispatch(Action::SetStride(*stride));
        }
    });
    let shown = STRIDES.iter().find(|(stride, ..)| *stride == props.stride);
    let about = shown.map_or("", |(_, _, about)| about);
    html! {
        <span class="stride">
            <span class="by" aria-hidden="true">{ "by" }</span>
            <select class="choice" aria-label="Step by" title={format!("A step goes {about}")} {onchange}>
                { for STRIDES.iter().map(|(stride, name, about)| html! {
                    <option value={*name} title={*about} selected={*stride == props.stride}>{ *name }</option>
                }) }
            </select>
        </span>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SpeedProps {
    speed: f64,
}

#[component]
fn SpeedChoice(props: &SpeedProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let onchange = Callback::from(move |event: Event| {
        let chosen = SPEEDS.get(selected(&event));
        if let (Some(dispatch), Some(speed)) = (&dispatch, chosen) {
            dispatch.dispatch(Action::SetSpeed(*speed));
        }
    });
    html! {
        <select class="choice wordy" aria-label="Speed" title="How fast Play goes" {onchange}>
            { for SPEEDS.iter().map(|speed| html! {
                <option value={speed.to_string()} selected={*speed == props.speed}>{ format!("{speed} ×") }</option>
            }) }
        </select>
    }
}

/// Index of the option that was chosen.
fn selected(event: &Event) -> usize {
    let select: HtmlSelectElement = event.target_unchecked_into();
    usize::try_from(select.selected_index()).unwrap_or_default()
}
