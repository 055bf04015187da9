//! Tasks: one row each, with the chain of coroutines and what its end waits for.

use yew::prelude::*;

use super::waits::Waits;
use super::{roam, sends};
use crate::scene::names::task_hue;
use crate::scene::tasks::{Link, Stage, TaskList, TaskRow};
use crate::sim::event::TaskId;
use crate::ui::picture::TasksPicture;
use crate::ui::state::{Action, Dispatch, TasksView};

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The tasks.
    pub picture: TasksPicture,
    /// The one that is followed.
    pub followed: Option<TaskId>,
}

/// The region.
#[component]
pub fn Tasks(props: &Props) -> Html {
    let (now, hint) = match &props.picture {
        TasksPicture::List(_) => (TasksView::List, "coroutine chain, and what each waits for"),
        TasksPicture::Graph(_) => (TasksView::Graph, "who waits for whom"),
    };
    html! {
        <section class="region tasks" aria-label="Tasks">
            <div class="title">
                <h2>{ "Tasks " }<span class="hint">{ hint }</span></h2>
                <Views {now} />
            </div>
            {
                match &props.picture {
                    TasksPicture::List(list) => rows(list, props.followed),
                    TasksPicture::Graph(graph) => html! { <Waits graph={graph.clone()} followed={props.followed} /> },
                }
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ViewsProps {
    now: TasksView,
}

/// The choice between the two forms.
#[component]
fn Views(props: &ViewsProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let views = [(TasksView::List, "List"), (TasksView::Graph, "Graph")];
    html! {
        <span class="switch" role="group" aria-label="Show tasks as">
            { for views.into_iter().map(|(view, name)| html! {
                <button aria-pressed={(view == props.now).to_string()} onclick={sends(&dispatch, Action::ShowTasks(view))}>{ name }</button>
            }) }
        </span>
    }
}

fn rows(list: &TaskList, followed: Option<TaskId>) -> Html {
    let entry = list.rows.iter().position(|row| Some(row.id) == followed);
    let entry = entry.unwrap_or(0);
    html! {
        <>
            if list.rows.is_empty() {
                <p class="empty">{ "No tasks." }</p>
            }
            <ol onkeydown={Callback::from(roam)}>
                { for list.rows.iter().enumerate().map(|(nth, row)| html! {
                    <Row key={row.id.0} row={row.clone()} followed={followed == Some(row.id)} entry={nth == entry} />
                }) }
            </ol>
            if list.more > 0 {
                <p class="more">{ super::more(list.more) }</p>
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    row: TaskRow,
    followed: bool,
    /// Whether Tab leads here.
    entry: bool,
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
            <button class="name" tabindex={if props.entry { "0" } else { "-1" }} title={format!("{follow} {}", row.name)} aria-pressed={props.followed.to_string()}
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
