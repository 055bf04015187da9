//! The page as a whole: one state, its regions, and what it does to the world outside of itself.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::address::{Address, Content, Presentation};
use super::browser;
use super::flip::use_flip;
use super::header::Header;
use super::help::Help;
use super::keys::{self, Wish};
use super::notice::{self, Notice};
use super::picture::Picture;
use super::regions::event_loop::EventLoop;
use super::regions::explanation::Explanation;
use super::regions::memory::Memory;
use super::regions::output::Output;
use super::regions::pool::Pool;
use super::regions::program::Program;
use super::regions::remarks::Remarks;
use super::regions::tasks::Tasks;
use super::regions::threads::Threads;
use super::regions::timeline::Timeline;
use super::runner::use_runner;
use super::state::{Action, Dispatch, Layout, State, Tab};
use super::timer::{Repeat, Timer};
use super::transport::Transport;

/// Whether the system is dark.
const DARK: &str = "(prefers-color-scheme: dark)";
/// Milliseconds that things take to move from place to place.
const MOTION: f64 = 300.0;
/// Milliseconds after which the reader is taken to have stopped typing.
const PAUSE: i32 = 350;
/// Milliseconds for which the page says that the link is copied.
const COPIED: i32 = 2000;

/// Which page this is.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which page this is.
    pub layout: Layout,
    /// What the instance before this one died of, if one did.
    pub crash: Option<AttrValue>,
}

/// The page.
#[component]
pub fn App(props: &Props) -> Html {
    let layout = props.layout;
    let state =
        use_reducer(move || State::open(layout, Address::current(), Presentation::current()));
    let dispatch = state.dispatcher();
    let root = use_node_ref();
    use_runner(state.run, &state.session, dispatch.clone());
    use_clock(&state, dispatch.clone());
    use_address(&state, dispatch.clone());
    use_check(state.source.clone(), dispatch.clone());
    use_keys(&root, dispatch.clone());
    use_listener(|| browser::media_list(DARK).map(Into::into), "change", {
        let dispatch = dispatch.clone();
        move || dispatch.dispatch(Action::SystemTheme)
    });
    let interval = state.playback.interval();
    let motion = match state.playback.playing() {
        true => MOTION.min(interval * 0.8),
        false => MOTION,
    };
    use_flip(root.clone(), (state.run, state.position), motion);

    let picture = Picture::draw(&state);
    let on_change = use_callback(dispatch.clone(), |text: String, dispatch| {
        dispatch.dispatch(Action::Edit(text.into()));
    });
    let on_line = use_callback(dispatch.clone(), |line, dispatch| {
        dispatch.dispatch(Action::SeekLine(line));
    });
    let on_share = use_share(state.address(), dispatch.clone());
    let edited = state.edited();
    let shown = |name: &str| state.shows(name);
    let embedded = layout == Layout::Embed;
    let layout_name = match layout {
        Layout::Page => "page",
        Layout::Embed => "embed",
    };
    let tab_name = TABS
        .iter()
        .find(|(tab, ..)| *tab == state.tab)
        .map(|(_, name, _)| *name);
    let threads = html! {
        <Threads threads={picture.threads.clone()} shared={picture.shared.clone()} turns={picture.turns.clone()}
            inputs={picture.interventions.clone()} loopless={picture.loopless} />
    };
    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            <div class="player" ref={root} tabindex="-1">
                <main class="frame" data-layout={layout_name} data-loopless={picture.loopless.then_some("")} data-tab={tab_name} data-view={state.presentation.view.join(" ")}>
                    if embedded {
                        <h1 class="unseen">{ "Loopscope" }</h1>
                    } else {
                        <Header example={state.example} status={state.status} {edited} dark={state.theme.is_dark()} shared={state.shared} options={state.options.clone()} interventions={picture.interventions.clone()} remarks={state.remarks.len()} {on_share} />
                    }
                    if let Some(message) = picture.message.clone() {
                        <Notice {message} travel={state.position < state.total} />
                    } else if let Some(crash) = &props.crash {
                        <Notice message={notice::crashed(crash)} travel={false} />
                    }
                    <Tabs tab={state.tab} loopless={picture.loopless} />
                    if shown("program") {
                    <Program source={state.source.clone()} faults={picture.faults.clone()} marks={picture.marks.clone()}
                        active={picture.active} editable={state.editable()} {edited} {on_change} {on_line} />
                    }
                    if shown("output") {
                        <Output picture={picture.output.clone()} />
                    }
                    <div class="stage">
                    <div class="centre">
                        if picture.loopless && shown("threads") {
                            { threads.clone() }
                        }
                        if shown("loop") {
                            <EventLoop picture={picture.event_loop.clone()} loopless={picture.loopless} />
                        }
                        if shown("tasks") {
                            <Tasks picture={picture.tasks.clone()} followed={state.followed} />
                        }
                        if shown("remarks") {
                            <Remarks remarks={state.remarks.clone()} />
                        }
                    </div>
                    if SIDE.iter().any(|region| shown(region)) {
                        <div class="side">
                            if !picture.loopless && shown("threads") {
                                { threads }
                            }
                            if shown("pool") {
                                <Pool pools={picture.pools.clone()} />
                            }
                            if shown("memory") {
                                <Memory memory={picture.memory.clone()} options={state.options.clone()} example={state.example_name()} free={!embedded} />
                            }
                        </div>
                    }
                    </div>
                    if shown("timeline") {
                        <Timeline session={state.session.clone()} total={state.total} position={state.position} dark={state.theme.is_dark()} />
                    }
                    <div class="foot">
                        <Transport position={state.position} total={state.total} growing={!state.status.ended()}
                            link={embedded.then(|| state.address().link()).flatten()} playing={state.playback.playing()} stride={state.stride} speed={state.playback.speed()} />
                        <Explanation explanation={picture.explanation.clone()} fast={state.playback.playing() && interval < 400.0} />
                    </div>
                </main>
                <Help open={state.help} />
            </div>
        </ContextProvider<Dispatch>>
    }
}

/// The regions beside the loop.
const SIDE: [&str; 3] = ["threads", "pool", "memory"];

const TABS: [(Tab, &str, &str); 4] = [
    (Tab::Program, "program", "Program"),
    (Tab::Loop, "loop", "Loop"),
    (Tab::Threads, "threads", "Threads"),
    (Tab::Output, "output", "Output"),
];

#[derive(Clone, PartialEq, Properties)]
struct TabsProps {
    tab: Tab,
    /// Without a loop the threads take its place, and need no tab of their own.
    loopless: bool,
}

#[component]
fn Tabs(props: &TabsProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let shown = match (props.tab, props.loopless) {
        (Tab::Loop, true) => Tab::Threads,
        (tab, _) => tab,
    };
    let tabs = TABS
        .iter()
        .filter(|(tab, ..)| *tab != Tab::Loop || !props.loopless);
    html! {
        <nav class="tabs" aria-label="Panels">
            { for tabs.map(|(tab, _, label)| html! {
                <button aria-current={(*tab == shown).then_some("true")}
                    onclick={super::regions::sends(&dispatch, Action::SetTab(*tab))}>{ *label }</button>
            }) }
        </nav>
    }
}

/// While the run plays, tells the state that time goes by.
#[hook]
fn use_clock(state: &UseReducerHandle<State>, dispatch: Dispatch) {
    let interval = state.playback.interval().clamp(16.0, 100.0) as i32;
    let pace = state.playback.playing().then_some(interval);
    use_effect_with(pace, move |pace| {
        let repeat = pace.and_then(|interval| {
            Repeat::every(interval, move || {
                dispatch.dispatch(Action::Tick(browser::now()))
            })
        });
        move || drop(repeat)
    });
}

/// Looks through the program when the reader stops typing.
#[hook]
fn use_check(source: Rc<str>, dispatch: Dispatch) {
    use_effect_with(source, move |_| {
        let timer = Timer::after(PAUSE, move || dispatch.dispatch(Action::Check));
        move || drop(timer)
    });
}

/// Listens for an event as long as the page lives.
#[hook]
fn use_listener(
    target: impl FnOnce() -> Option<EventTarget> + 'static,
    event: &'static str,
    hear: impl FnMut() + 'static,
) {
    use_effect_with((), move |()| {
        let target = target();
        let listener = Closure::<dyn FnMut()>::new(hear);
        if let Some(target) = &target {
            // A target that does not know the event never sends it.
            let function = listener.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback(event, function);
        }
        move || {
            if let Some(target) = target {
                let function = listener.as_ref().unchecked_ref();
                let _ = target.remove_event_listener_with_callback(event, function);
            }
        }
    });
}

/// Follows the location bar, and keeps it in step with the program that is shown: an example has an address; one's own
/// program has none, it is kept in the storage.
#[hook]
fn use_address(state: &UseReducerHandle<State>, dispatch: Dispatch) {
    use_listener(
        || browser::window().map(Into::into),
        "hashchange",
        move || {
            dispatch.dispatch(Action::Visit(Address::current()));
        },
    );
    let content = state.address().content;
    let first = use_mut_ref(|| true);
    use_effect_with(content, move |content| {
        if !first.replace(false) && Address::current().content != *content {
            replace_address(content);
        }
    });
}

fn replace_address(content: &Option<Content>) {
    let address = Address {
        content: content
            .clone()
            .filter(|content| matches!(content, Content::Example(_))),
        ..Address::default()
    };
    if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
        // Browsers refuse when there are too many changes in a short time; the next one will do.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address.hash()));
    }
}

/// Listens for keys on the player, before anything inside of it does.
#[hook]
fn use_keys(root: &NodeRef, dispatch: Dispatch) {
    let root = root.clone();
    use_effect_with((), move |()| {
        let element = root.cast::<HtmlElement>();
        let player = element.clone();
        let listener = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let Some(wish) = keys::wish(&event) else {
                return;
            };
            event.prevent_default();
            event.stop_propagation();
            match wish {
                Wish::Act(action) => dispatch.dispatch(action),
                Wish::FullScreen => toggle_full_screen(player.as_ref().map(AsRef::as_ref)),
            }
        });
        if let Some(element) = &element {
            let function = listener.as_ref().unchecked_ref();
            let _ = element.add_event_listener_with_callback_and_bool("keydown", function, true);
            if browser::is_top() {
                let _ = element.focus();
            }
        }
        move || {
            if let Some(element) = element {
                let function = listener.as_ref().unchecked_ref();
                let _ =
                    element.remove_event_listener_with_callback_and_bool("keydown", function, true);
            }
        }
    });
}

fn toggle_full_screen(player: Option<&Element>) {
    let Some(document) = browser::document() else {
        return;
    };
    if browser::property(&document, "fullscreenElement").is_some() {
        browser::call(&document, "exitFullscreen", &[]);
    } else if let Some(player) = player {
        browser::call(player, "requestFullscreen", &[]);
    }
}

/// Copies the link to what is seen, and says so for a while.
#[hook]
fn use_share(address: Address, dispatch: Dispatch) -> Callback<()> {
    let timer: Rc<RefCell<Option<Timer>>> = use_mut_ref(|| None);
    use_callback((address, dispatch), move |(), (address, dispatch)| {
        let Some(link) = address.link() else { return };
        if !browser::copy(&link) {
            browser::set_hash(&address.hash());
        }
        dispatch.dispatch(Action::Shared(true));
        let dispatch = dispatch.clone();
        *timer.borrow_mut() =
            Timer::after(COPIED, move || dispatch.dispatch(Action::Shared(false)));
    })
}
