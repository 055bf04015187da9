//! Output: what is printed, and, pale, what will be. A click on a line travels to where it is printed.

use web_sys::Element;
use yew::prelude::*;

use super::prediction::Prediction;
use super::stdin::StandardInput;
use super::{reveal, roam, sends};
use crate::scene::output::{OutputPicture, OutputRow, Tense};
use crate::scene::predict::Question;
use crate::sim::event::Stream;
use crate::sim::options::Stdin;
use crate::ui::state::{Action, Dispatch, Score};

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The lines around the cursor.
    pub picture: OutputPicture,
    /// What the program reads, if it reads.
    pub stdin: Option<Stdin>,
    /// Whether it waits for more.
    pub asks: bool,
    /// How often the reader wanted to type that.
    pub answers: u32,
    /// Whether readers are to predict what comes, so that it is not shown.
    pub predicts: bool,
    /// The question that they are asked.
    pub question: Option<Question>,
    /// What they answered so far.
    pub score: Score,
}

/// The region.
#[component]
pub fn Output(props: &Props) -> Html {
    let picture = &props.picture;
    let shown = |row: &&OutputRow| !props.predicts || row.tense != Tense::Future;
    let list = use_node_ref();
    let printed = |row: &OutputRow| row.tense != Tense::Future;
    let newest = match props.asks {
        // Its question is the last line.
        true => picture.rows.len().saturating_sub(1),
        false => picture.rows.iter().rposition(printed).unwrap_or(0),
    };
    {
        let list = list.clone();
        use_effect_with(newest, move |newest| {
            if let Some(list) = list.cast::<Element>() {
                reveal(&list, *newest as u32);
            }
        });
    }
    html! {
        <section class="region output" aria-label="Output">
            <h2>{ "Output " }<span class="hint">{ "click a line to go to its step" }</span></h2>
            if picture.rows.is_empty() {
                <p class="empty">{ "Nothing is printed." }</p>
            }
            <ol ref={list} onkeydown={Callback::from(roam)}>
                { for picture.rows.iter().filter(shown).enumerate().map(|(nth, row)| html! {
                    <Row key={row.number} row={row.clone()} entry={nth == newest} />
                }) }
            </ol>
            if props.predicts {
                <Prediction question={props.question.clone()} score={props.score.clone()} />
            }
            if let Some(stdin) = &props.stdin {
                <StandardInput stdin={stdin.clone()} asks={props.asks} answers={props.answers} />
            }
            if picture.earlier + picture.later > 0 && !props.predicts {
                <p class="hint">{ format!("{} earlier and {} later lines are not shown", picture.earlier, picture.later) }</p>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    row: OutputRow,
    /// Whether Tab leads here.
    entry: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let dispatch = use_context::<Dispatch>();
    let row = &props.row;
    let tense = match row.tense {
        Tense::Past => "past",
        Tense::Now => "now",
        Tense::Future => "future",
    };
    let stream = match row.stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    };
    html! {
        <li class={format!("hue-{}", row.hue)} data-tense={tense} data-stream={stream}>
            <button tabindex={if props.entry { "0" } else { "-1" }} onclick={sends(&dispatch, Action::Seek(row.position))} title={format!("To step {}", row.position)}>
                <span class="when">{ &row.time }</span>
                <span class="text">{ &row.text }</span>
                if row.tense == Tense::Future {
                    <span class="unseen">{ " (not yet printed)" }</span>
                }
            </button>
        </li>
    }
}
