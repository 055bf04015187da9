//! Tasks: one row each, with the chain of coroutines and what its end waits for.

use yew::prelude::*;

use super::sends;
use crate::scene::names::task_hue;
use crate::scene::tasks::{Link, Stage, TaskList, TaskRow};
use crate::sim::event::TaskId;
use crate::ui::state::{Action, Dispatch};

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The tasks.
    pub list: TaskList,
    /// The one that is followed.
    pub followed: Option<TaskId>,
}

/// The region.
#[component]
pub fn Tasks(props: &Props) -> Html {
    html! {
        <section class="region tasks" aria-label="Tasks">
            <h2>{ "Tasks " }<span class="hint">{ "coroutine chain, and what each waits for" }</span></h2>
            if props.list.rows.is_empty() {
                <p class="empty">{ "No task yet." }</p>
            }
            <ol>
                { for props.list.rows.iter().map(|row| html! {
                    <Row key={row.id.0} row={row.clone()} followed={props.followed == Some(row.id)} />
                }) }
            </ol>
            if props.list.more > 0 {
                <p class="more">{ format!("and {} more", props.list.more) }</p>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    row: TaskRow,
    followed: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let row = &props.row;
    let form = match row.stage {
        Stage::Running => "solid",
        Stage::Waiting => "hatched",
        Stage::New | Stage::Ready => "plain",
        Stage::Finished | Stage::Failed | Stage::Cancelled => "ghost",
    };
    let follow = match props.followed {
        true => "Stop following",
        false => "Follow",
    };
    html! {
        <li class={format!("task hue-{}", row.hue)} data-form={form} data-followed={props.followed.then_some("")}
            data-flip={row.id.to_string()}>
            <button class="name" title={format!("{follow} {}", row.name)} aria-pressed={props.followed.to_string()}
                onclick={sends(&dispatch, Action::Follow(row.id))}>{ &row.name }</button>
            <span class="chip" data-state={row.stage.word()}>{ row.stage.word() }</span>
            <span class="chain">{ for row.chain.iter().enumerate().map(|(nth, part)| link(nth, part)) }</span>
        </li>
    }
}

fn link(nth: usize, link: &Link) -> Html {
    let arrow = match (nth, link) {
        (0, _) => "",
        (_, Link::Comes(_)) => " ⇠ ",
        _ => " → ",
    };
    let text = match link {
        Link::Frame(text) => html! { <span class="frame-name">{ text }</span> },
        Link::Task(id, name) => html! { <b class={format!("hue-{}", task_hue(*id))}>{ name }</b> },
        Link::Awaits(text) | Link::Comes(text) | Link::Ended(text) => html! { text },
    };
    html! { <>{ arrow }{ text }</> }
}
