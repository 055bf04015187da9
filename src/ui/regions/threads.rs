//! Threads: a lane for each, with the choice of who goes next and what they share.

use yew::prelude::*;

use super::locks::Locks;
use super::sends;
use super::turns::Turns;
use crate::scene::locks::Shared;
use crate::scene::names::{numbered_thread, short_thread, thousands};
use crate::scene::pools::JobCard;
use crate::scene::threads::{Activity, ThreadList, ThreadRow};
use crate::scene::turns::{Intervention, Turns as TurnsPicture};
use crate::ui::state::{Action, Dispatch};

/// More threads than this are drawn small.
const MANY: usize = 16;

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The threads that are not workers.
    pub threads: ThreadList,
    /// What they share.
    pub shared: Shared,
    /// Who could go next.
    pub turns: TurnsPicture,
    /// What was done to the run from outside.
    pub inputs: Vec<Intervention>,
    /// Whether who goes next has a place of its own where there is no choice.
    pub steady: bool,
}

/// The region.
#[component]
pub fn Threads(props: &Props) -> Html {
    let rows = &props.threads.rows;
    html! {
        <section class="region threads" aria-label="Threads">
            <h2>{ "Threads " }<span class="hint">{ counted(&props.threads) }</span></h2>
            <Turns turns={props.turns.clone()} inputs={props.inputs.clone()} steady={props.steady} />
            <Locks shared={props.shared.clone()} />
            <ol class={list_class(rows)}>{ for rows.iter().map(|row| lane(row, rows.len())) }</ol>
            if props.threads.more > 0 {
                <p class="more">{ super::more(props.threads.more) }</p>
            }
        </section>
    }
}

/// How many threads there are and what they do, where that is more than one sees at a glance.
fn counted(threads: &ThreadList) -> String {
    match threads.rows.len() {
        0..=MANY => String::new(),
        many => format!("{} · {}", thousands(many + threads.more), threads.summary),
    }
}

/// Many threads are drawn small.
pub fn list_class(rows: &[ThreadRow]) -> Classes {
    classes!("plain", (rows.len() > MANY).then_some("dense"))
}

/// The lane of one of so many threads.
pub fn lane(row: &ThreadRow, of: usize) -> Html {
    html! { <Lane key={row.id} row={row.clone()} small={of > MANY} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct LaneProps {
    row: ThreadRow,
    small: bool,
}

#[component]
fn Lane(props: &LaneProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let row = &props.row;
    let form = match row.activity {
        Activity::Running => "solid",
        Activity::Runnable => "plain",
        Activity::Blocked => "hatched",
        Activity::Ended => "ghost",
    };
    let class = format!("worker hue-{}", row.hue);
    let title = format!("{}: {} {}", row.name, row.word, row.detail);
    if props.small {
        let name = short_thread(numbered_thread(&row.name));
        return html! { <li {class} data-form={form} {title}><b>{ name }</b></li> };
    }
    html! {
        <li {class} data-form={form} {title} data-flip={format!("thread{}", row.id)}>
            <p>
                <b>{ &row.name }</b>
                <span class="chips">
                    { for row.holds.iter().map(|lock| html! { <span class="chip lock-held" title={format!("It holds {lock}")}>{ format!("holds {lock}") }</span> }) }
                    if let Some(badge) = &row.badge {
                        <span class="chip gil" data-state="running">{ badge }</span>
                    } else {
                        <span class="chip" data-state={row.word}>{ row.word }</span>
                    }
                </span>
            </p>
            if let Some(job) = &row.job {
                <p class="detail job"><span data-flip={job.id.to_string()}>{ &job.label }{ submitter(job) }</span></p>
            }
            if let Some(done) = row.done {
                { bar(done) }
            }
            <p class="detail">
                { &row.detail }
                if let Some(line) = row.line {
                    <button class="link" title="Go to where this line runs next" onclick={sends(&dispatch, Action::SeekLine(line))}>{ format!("line {line}") }</button>
                }
                if let Some(reuse) = &row.reuse {
                    <span class="reuse">{ reuse }</span>
                }
            </p>
        </li>
    }
}

/// For whom a work item is.
pub fn submitter(job: &JobCard) -> Html {
    match &job.of {
        Some(task) => html! { <span class="of">{ " for " }{ task }</span> },
        None => Html::default(),
    }
}

/// A bar that is filled to so many per mille, and never quite empty.
pub fn bar(share: u32) -> Html {
    let width = format!("{}%", f64::from(share.max(4)) / 10.0);
    html! {
        <svg class="bar" aria-hidden="true"><rect {width} height="100%" /></svg>
    }
}
