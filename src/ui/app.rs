//! The page as a whole: one state and its regions.

use yew::prelude::*;

use super::address::{Address, Presentation, Region};
use super::browser;
use super::fetching::use_fetching;
use super::flip::use_flip;
use super::focus::{use_kept_focus, use_returning_focus};
use super::header::Header;
use super::help::Help;
use super::hooks::{use_address, use_check, use_clock, use_keys, use_listener, use_share};
use super::host::use_host;
use super::notice::{self, Notice, Way};
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
use super::transport::Transport;

/// Whether the system is dark.
const DARK: &str = "(prefers-color-scheme: dark)";
/// Milliseconds that things take to move from place to place.
const MOTION: f64 = 300.0;

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
    use_host(&state, dispatch.clone());
    use_fetching(state.wanted.clone(), dispatch.clone());
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
    use_kept_focus(&root, (state.run, state.position));
    use_returning_focus(&root, (state.run, state.position));

    let picture = Picture::draw(&state);
    let on_change = use_callback(dispatch.clone(), |text: String, dispatch| {
        dispatch.dispatch(Action::Edit(text.into()));
    });
    let on_line = use_callback(dispatch.clone(), |line, dispatch| {
        dispatch.dispatch(Action::SeekLine(line));
    });
    let on_share = use_share(state.address(), dispatch.clone());
    let edited = state.edited();
    let out_of_reach = state.moment().err();
    let asks = state.asks();
    let way = match asks {
        true => Some(Way::Input),
        false => (state.position < state.total).then_some(Way::LastStep),
    };
    let shown = |region| state.shows(region, &picture);
    let threads_beside = !picture.loopless && shown(Region::Threads);
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
            inputs={picture.interventions.clone()} steady={picture.threaded} />
    };
    let pool = html! { <Pool pools={picture.pools.clone()} /> };
    // Without a loop there is room for it beside the threads that hand it work.
    let pool_in_centre = picture.loopless && picture.pooled;
    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            <div class="player" ref={root} tabindex="-1">
                <main class="frame" data-layout={layout_name} data-loopless={picture.loopless.then_some("")} data-tab={tab_name}>
                    if embedded {
                        <h1 class="unseen">{ "Loopscope" }</h1>
                    } else {
                        <Header example={state.example} status={state.status} {edited} dark={state.theme.is_dark()} shared={state.shared} options={state.options.clone()} interventions={picture.interventions.clone()} {out_of_reach} remarks={state.remarks.len()} {on_share} />
                    }
                    <div class="notices">
                        if let Some(message) = picture.message.clone() {
                            <Notice {message} {way} />
                        } else if let Some(crash) = &props.crash {
                            <Notice message={notice::crashed(crash)} way={None::<Way>} />
                        }
                        if let Some(text) = state.presentation.view.complaint() {
                            <Notice message={notice::unknown_regions(text)} way={None::<Way>} />
                        }
                        if !state.misread.is_empty() {
                            <Notice message={notice::misread(&state.misread)} way={None::<Way>} />
                        }
                    </div>
                    <Tabs tab={state.tab} loopless={picture.loopless} />
                    if shown(Region::Program) {
                    <Program source={state.source.clone()} faults={picture.faults.clone()} marks={picture.marks.clone()}
                        active={picture.active} editable={state.editable()} {edited} {on_change} {on_line} />
                    }
                    if shown(Region::Output) {
                        <Output picture={picture.output.clone()} stdin={state.stdin()} {asks} answers={state.answers}
                            predicts={state.presentation.predict == Some(true)} question={state.question()} score={state.score.clone()} />
                    }
                    <div class="stage">
                    if CENTRE.into_iter().any(shown) || picture.loopless && shown(Region::Threads) {
                    <div class="centre">
                        if picture.loopless && shown(Region::Threads) {
                            { threads.clone() }
                        }
                        if pool_in_centre && shown(Region::Pool) {
                            { pool.clone() }
                        }
                        if shown(Region::Loop) {
                            <EventLoop picture={picture.event_loop.clone()} loopless={picture.loopless} />
                        }
                        if shown(Region::Tasks) {
                            <Tasks picture={picture.tasks.clone()} followed={state.followed} />
                        }
                        if shown(Region::Remarks) {
                            <Remarks remarks={state.remarks.clone()} />
                        }
                    </div>
                    }
                    if threads_beside || SIDE.into_iter().any(shown) {
                        <div class="side">
                            if threads_beside {
                                { threads }
                            }
                            if !pool_in_centre && shown(Region::Pool) {
                                { pool }
                            }
                            if shown(Region::Memory) {
                                <Memory memory={picture.memory.clone()} options={state.options.clone()} example={state.example_name()} free={!embedded} />
                            }
                        </div>
                    }
                    </div>
                    if shown(Region::Timeline) {
                        <Timeline session={state.session.clone()} total={state.total} position={state.position} dark={state.theme.is_dark()} followed={state.followed} sought={state.sought} />
                    }
                    <div class="foot">
                        if state.presentation.controls != Some(false) {
                        <Transport position={state.position} total={state.total} growing={!state.status.ended()}
                            link={embedded.then(|| state.address().link()).flatten()} playing={state.playback.playing()} stride={state.stride} speed={state.playback.speed()} {out_of_reach} />
                        }
                        <Explanation explanation={picture.explanation.clone()} fast={state.playback.playing() && interval < 400.0} />
                    </div>
                </main>
                <Help open={state.help} />
            </div>
        </ContextProvider<Dispatch>>
    }
}

/// The regions in the middle, with the threads where there is no loop.
const CENTRE: [Region; 3] = [Region::Loop, Region::Tasks, Region::Remarks];

/// The regions beside them, with the threads where there is a loop.
const SIDE: [Region; 2] = [Region::Pool, Region::Memory];

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
            { for tabs.map(|(tab, name, label)| html! {
                <button data-tab={*name} aria-current={(*tab == shown).then_some("true")}
                    onclick={super::regions::sends(&dispatch, Action::SetTab(*tab))}>{ *label }</button>
            }) }
        </nav>
    }
}
