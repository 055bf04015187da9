//! "What if…": the options of a run that readers can turn, and how links carry them.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, KeyboardEvent, Node};
use yew::prelude::*;

use super::arguments;
use super::browser;
use super::icons::{Icon, icon};
use super::regions::sends;
use super::regions::turns::Inputs;
use super::state::{Action, Dispatch, OutOfReach};
use crate::scene::names::bytes;
use crate::scene::turns::Intervention;
use crate::sim::cpu::Gil;
use crate::sim::input::Stimulus;
use crate::sim::options::Options;
use crate::sim::schedule::Schedule;
use crate::sim::signal::{SIGINT, SIGTERM};

/// Virtual nanoseconds of an instruction that can be chosen.
const COSTS: [u64; 5] = [0, 10, 100, 1_000, 100_000];
const CORES: [u16; 5] = [1, 2, 4, 8, 16];
/// The address spaces of a 64-bit and of a 32-bit process on Linux.
pub const SPACES: [u64; 2] = [128 << 40, 3 << 30];
/// Ordered steps that a PCT schedule looks for, unless told otherwise.
const DEPTH: u32 = 3;

const MOST_DEPTH: usize = 100;

/// Signals that can be sent, as the panel names them.
const SIGNALS: [(i32, &str); 2] = [(SIGINT, "SIGINT (Ctrl-C)"), (SIGTERM, "SIGTERM")];

/// What the panel shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The options of the run.
    pub options: Options,
    /// What the reader did to the run.
    pub interventions: Vec<Intervention>,
    /// Why nothing can interrupt the program at this step, if that is so.
    pub out_of_reach: Option<OutOfReach>,
}

/// The panel, which opens below its button.
#[component]
pub fn Setup(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let options = &props.options;
    let set = |change: fn(&mut Options, usize)| {
        let (dispatch, options) = (dispatch.clone(), options.clone());
        Callback::from(move |chosen: usize| {
            let mut options = options.clone();
            change(&mut options, chosen);
            if let Some(dispatch) = &dispatch {
                dispatch.dispatch(Action::SetOptions(options));
            }
        })
    };
    let usual = as_usual(options);
    let changed = *options != usual;
    let panel = use_node_ref();
    use_dismissal(&panel);
    html! {
        <details class="setup" ref={panel}>
            <summary class={classes!("button", changed.then_some("changed"))} aria-label="What if…" title="Other schedules, seeds, cores, …">
                { icon(Icon::Sliders) }<span class="word">{ "What if…" }</span>
            </summary>
            <div class="panel" role="group" aria-label="Options of the run">
                { choice("Threads take turns", &["first in, first out", "at random", "by priorities (PCT)"], schedule_kind(options.schedule),
                    set(|options, kind| options.schedule = schedule(kind, seed(options.schedule).unwrap_or(1)))) }
                if let Some(seed) = seed(options.schedule) {
                    { seed_field(seed, set(|options, seed| options.schedule = with_seed(options.schedule, seed as u64))) }
                }
                if let Schedule::Pct { depth, .. } = options.schedule {
                    { depth_field(depth, set(|options, depth| options.schedule = with_depth(options.schedule, depth as u32))) }
                }
                { choice("An instruction takes", &COSTS.map(cost), position(&COSTS, options.cpu_cost),
                    set(|options, at| options.cpu_cost = chosen(&COSTS, at))) }
                { choice("Cores", &CORES.map(|cores| cores.to_string()), position(&CORES, options.cores),
                    set(|options, at| options.cores = chosen(&CORES, at))) }
                { choice("GIL", &["on", "off (free-threaded)"], usize::from(options.gil == Gil::Off),
                    set(|options, at| options.gil = if at == 0 { Gil::On } else { Gil::Off })) }
                { choice("Address space", &SPACES.map(bytes), position(&SPACES, options.address_space),
                    set(|options, at| options.address_space = chosen(&SPACES, at))) }
                { arguments_field(&options.arguments, &dispatch) }
                <div class="send" role="group" aria-label="Send at this step">
                    <span>{ "Send at this step" }</span>
                    { for SIGNALS.iter().map(|&(number, name)| html! {
                        <button class="button" title={props.out_of_reach.map(OutOfReach::reason)} aria-disabled={props.out_of_reach.map(|_| "true")}
                            onclick={sends(&dispatch, Action::Intervene(Stimulus::Signal(number)))}>{ name }</button>
                    }) }
                </div>
                <Inputs inputs={props.interventions.clone()} />
                <p class="row">
                    <button class="button" disabled={!changed} onclick={sends(&dispatch, Action::SetOptions(usual))}>
                        { "As usual" }
                    </button>
                </p>
            </div>
        </details>
    }
}

/// The options that nobody turned. What a program reads is not turned here.
fn as_usual(options: &Options) -> Options {
    Options {
        stdin: options.stdin.clone(),
        ..Options::default()
    }
}

/// Closes the panel when something else is clicked, and by Escape.
#[hook]
fn use_dismissal(panel: &NodeRef) {
    let panel = panel.clone();
    use_effect_with((), move |()| {
        let close = move |event: web_sys::Event| {
            let Some(panel) = panel.cast::<Element>() else {
                return;
            };
            let escape = event
                .dyn_ref::<KeyboardEvent>()
                .map(|event| event.key() == "Escape");
            let target = event.target().and_then(|target| target.dyn_into().ok());
            let outside = || !panel.contains(target.as_ref().map(|node: &Node| node));
            if escape.unwrap_or_else(outside) {
                // An attribute that is not there is removed as well.
                let _ = panel.remove_attribute("open");
            }
        };
        let listener = Closure::<dyn FnMut(web_sys::Event)>::new(close);
        let listen = |event| {
            let function = listener.as_ref().unchecked_ref();
            let document = browser::document();
            document.map(|document| document.add_event_listener_with_callback(event, function))
        };
        // Every document knows these events.
        let _ = (listen("pointerdown"), listen("keydown"));
        move || {
            for event in ["pointerdown", "keydown"] {
                let function = listener.as_ref().unchecked_ref();
                let document = browser::document();
                let _ = document
                    .map(|document| document.remove_event_listener_with_callback(event, function));
            }
        }
    });
}

/// The options in a few words.
pub fn summary(options: &Options) -> String {
    let gil = match options.gil {
        Gil::On => "GIL on",
        Gil::Off => "no GIL",
    };
    let plural = if options.cores == 1 { "" } else { "s" };
    let cores = format!("{} core{plural}", options.cores);
    let schedule = match options.schedule {
        Schedule::Fifo => String::new(),
        other => format!(" · {other}"),
    };
    format!("CPython 3.14 · virtual time · {gil} · {cores}{schedule}")
}

fn cost(ns: u64) -> String {
    match ns {
        0 => "no time".to_owned(),
        1_000.. => format!("{} µs", ns / 1_000),
        ns => format!("{ns} ns"),
    }
}

fn position<T: PartialEq>(all: &[T], value: T) -> usize {
    all.iter().position(|each| *each == value).unwrap_or(0)
}

fn chosen<T: Copy + Default>(all: &[T], at: usize) -> T {
    all.get(at).copied().unwrap_or_default()
}

fn schedule_kind(schedule: Schedule) -> usize {
    match schedule {
        Schedule::Fifo => 0,
        Schedule::Random { .. } => 1,
        Schedule::Pct { .. } => 2,
    }
}

fn seed(schedule: Schedule) -> Option<u64> {
    match schedule {
        Schedule::Fifo => None,
        Schedule::Random { seed } | Schedule::Pct { seed, .. } => Some(seed),
    }
}

fn schedule(kind: usize, seed: u64) -> Schedule {
    match kind {
        1 => Schedule::Random { seed },
        2 => Schedule::Pct { seed, depth: DEPTH },
        _ => Schedule::Fifo,
    }
}

fn with_seed(now: Schedule, seed: u64) -> Schedule {
    match now {
        Schedule::Fifo => Schedule::Fifo,
        Schedule::Random { .. } => Schedule::Random { seed },
        Schedule::Pct { depth, .. } => Schedule::Pct { seed, depth },
    }
}

fn with_depth(now: Schedule, depth: u32) -> Schedule {
    match now {
        Schedule::Pct { seed, .. } => Schedule::Pct { seed, depth },
        other => other,
    }
}

fn choice<T: ToString>(
    name: &'static str,
    words: &[T],
    now: usize,
    choose: Callback<usize>,
) -> Html {
    let onchange = choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        usize::try_from(select.selected_index()).unwrap_or_default()
    });
    html! {
        <label>
            <span>{ name }</span>
            <select class="choice" {onchange}>
                { for words.iter().enumerate().map(|(at, word)| html! {
                    <option selected={at == now}>{ word.to_string() }</option>
                }) }
            </select>
        </label>
    }
}

/// What follows the program's name in `sys.argv`.
fn arguments_field(arguments: &[String], dispatch: &Option<Dispatch>) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let Some(dispatch) = &dispatch {
            dispatch.dispatch(Action::SetArguments(arguments::words(&input.value())));
        }
    });
    html! {
        <label>
            <span>{ "Arguments" }</span>
            <input class="choice" type="text" placeholder="sys.argv[1:]" autocomplete="off" spellcheck="false"
                value={arguments::line(arguments)} {onchange} />
        </label>
    }
}

/// How many ordered steps a PCT schedule looks for: a race that needs more of them is not found.
fn depth_field(depth: u32, choose: Callback<usize>) -> Html {
    let onchange = choose.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input
            .value()
            .parse()
            .unwrap_or(DEPTH as usize)
            .clamp(1, MOST_DEPTH)
    });
    html! {
        <label title="So many steps in a certain order make the race that is looked for">
            <span>{ "Depth" }</span>
            <input class="choice" type="number" min="1" max={MOST_DEPTH.to_string()} value={depth.to_string()} {onchange} />
        </label>
    }
}

/// The seed of a schedule, and a button for another one: races are found by trying.
fn seed_field(seed: u64, choose: Callback<usize>) -> Html {
    let onchange = choose.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.value().parse().unwrap_or(1)
    });
    let another = choose.reform(move |_: MouseEvent| seed as usize + 1);
    html! {
        <label>
            <span>{ "Seed" }</span>
            <span class="seed">
                <input class="choice" type="number" min="0" value={seed.to_string()} {onchange} />
                <button class="button" onclick={another}>{ "Another" }</button>
            </span>
        </label>
    }
}
