//! Memory: what threads take, beside what coroutines take, and the way to ten thousand of each.

use yew::prelude::*;

use super::sends;
use super::threads::bar;
use crate::scene::memory::{Figures, MemoryPicture, Peak, sources};
use crate::scene::names::bytes;
use crate::sim::options::Options;
use crate::ui::examples;
use crate::ui::setup::SPACES;
use crate::ui::state::{Action, Dispatch};

/// Two programs that do the same ten thousand times over, each in its way.
const MANY: [(&str, &str); 2] = [
    ("many-coroutines", "10,000 coroutines"),
    ("many-threads", "10,000 threads"),
];

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The account.
    pub memory: MemoryPicture,
    /// The options of the run, one of which is the address space.
    pub options: Options,
    /// The name of the example that is shown.
    pub example: Option<&'static str>,
    /// Whether other programs may be shown here.
    pub free: bool,
}

/// The region.
#[component]
pub fn Memory(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let memory = &props.memory;
    html! {
        <section class="region memory" aria-label="Memory">
            <div class="title">
                <h2>{ "Memory" }</h2>
                { spaces(&props.options, &dispatch) }
            </div>
            { bar(memory.share) }
            <p class="unseen">{ format!("{} per mille of {} are reserved for stacks", memory.share, memory.space) }</p>
            <table class="figures">
                <thead><tr><td /><th scope="col">{ "reserved" }</th><th scope="col">{ "touched" }</th></tr></thead>
                <tbody>
                    { row(&memory.threads, "") }
                    { for memory.most_threads.iter().map(|peak| most(peak, "", &dispatch)) }
                    { row(&memory.coroutines, "≈ ") }
                    { for memory.most_coroutines.iter().map(|peak| most(peak, "≈ ", &dispatch)) }
                </tbody>
            </table>
            if props.free {
                <div class="many" role="group" aria-label="Compare">
                    { for MANY.iter().map(|(name, label)| many(name, label, props.example, &dispatch)) }
                </div>
            }
            <details class="sources">
                <summary>{ "Where the figures come from" }</summary>
                <p>{ sources() }</p>
            </details>
        </section>
    }
}

fn row(figures: &Figures, about: &str) -> Html {
    html! {
        <tr>
            <th scope="row">{ &figures.count }</th>
            <td>{ about }{ &figures.reserved }</td>
            <td>{ about }{ &figures.touched }</td>
        </tr>
    }
}

/// The most of a kind in the whole run, with the way to where that was.
fn most(peak: &Peak, about: &str, dispatch: &Option<Dispatch>) -> Html {
    let seek = sends(dispatch, Action::Seek(peak.position));
    let figures = &peak.figures;
    html! {
        <tr class="most">
            <th scope="row">
                <button class="link" onclick={seek} title="Go to the step with the most of them">{ &figures.count }</button>
            </th>
            <td>{ about }{ &figures.reserved }</td>
            <td>{ about }{ &figures.touched }</td>
        </tr>
    }
}

/// The choice of the address space: that of a 64-bit or of a 32-bit process.
fn spaces(options: &Options, dispatch: &Option<Dispatch>) -> Html {
    let choice = |space: u64| {
        let chosen = Options {
            address_space: space,
            ..options.clone()
        };
        html! {
            <button aria-pressed={(options.address_space == space).to_string()}
                onclick={sends(dispatch, Action::SetOptions(chosen))}>{ bytes(space) }</button>
        }
    };
    html! {
        <span class="switch" role="group" aria-label="Address space">{ for SPACES.into_iter().map(choice) }</span>
    }
}

fn many(name: &str, label: &str, shown: Option<&str>, dispatch: &Option<Dispatch>) -> Html {
    let action = examples::position(name).map(Action::ShowExample);
    html! {
        if let Some(action) = action {
            <button class="button" aria-pressed={(shown == Some(name)).to_string()} title="Load and run this program"
                onclick={sends(dispatch, action)}>{ label }</button>
        }
    }
}
