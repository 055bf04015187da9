//! Event loop: its phases, and the lanes Scheduled, Ready and Running.

use yew::prelude::*;

use crate::scene::event_loop::{Card, CardForm, Lane, LoopPicture, PHASES};
use crate::scene::names::thousands;

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The loop, if the program has one by now.
    pub picture: Option<LoopPicture>,
    /// Whether it has none at all.
    pub loopless: bool,
}

/// The region.
#[component]
pub fn EventLoop(props: &Props) -> Html {
    let hint = match &props.picture {
        Some(picture) => hint(picture),
        None if props.loopless => return none(),
        None => "there is none yet".to_owned(),
    };
    let picture = props.picture.clone().unwrap_or_default();
    html! {
        <section class="region loop" aria-label="Event loop">
            <h2>{ "Event loop " }<span class="hint">{ hint }</span></h2>
            <ol class="phases">
                { for PHASES.iter().enumerate().map(|(number, name)| html! {
                    <li aria-current={(picture.phase == Some(number)).then_some("step")}>
                        { number + 1 }{ " " }{ *name }
                    </li>
                }) }
            </ol>
            { lanes(&picture) }
        </section>
    }
}

/// A program without a loop has nothing to show here, and leaves the room to its threads.
fn none() -> Html {
    html! {
        <section class="region loop" aria-label="Event loop">
            <h2>{ "Event loop " }<span class="hint">{ "this program has none" }</span></h2>
        </section>
    }
}

fn hint(picture: &LoopPicture) -> String {
    let phase = match (&picture.phase_hint, picture.phase) {
        (Some(hint), Some(_)) => format!(" · waits {hint}"),
        (Some(hint), None) => format!(" · {hint}"),
        (None, _) => String::new(),
    };
    let LoopPicture {
        thread,
        iteration,
        time,
        ..
    } = picture;
    format!("{thread} · iteration {iteration} · t = {time} s{phase}")
}

fn lanes(picture: &LoopPicture) -> Html {
    let mut cards = picture.running.cards.iter();
    let running = cards.rfind(|card| card.form == CardForm::Solid);
    let maker = running.map(|card| AttrValue::from(card.handle.to_string()));
    let ready = match picture.batch {
        0 => "first in, first out".to_owned(),
        size @ ..1000 => format!("FIFO, batch of {size}"),
        size => format!("batch of {}", thousands(size)),
    };
    html! {
        <div class="lanes">
            <LaneView name="Scheduled" hint="heap by time" empty="no timer is set" class="scheduled" maker={maker.clone()} lane={picture.scheduled.clone()} />
            { arrow() }
            <LaneView name="Ready" hint={ready} empty="no callback waits" class="ready" {maker} lane={picture.ready.clone()} />
            { arrow() }
            <LaneView name="Running" hint="" empty="nothing" class="running" lane={picture.running.clone()} />
        </div>
    }
}

fn arrow() -> Html {
    html! {
        <span class="arrow" aria-hidden="true"><svg viewBox="0 0 16 16"><path d="M2 8h11M9 4l4 4-4 4" /></svg></span>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LaneProps {
    name: AttrValue,
    hint: AttrValue,
    class: AttrValue,
    empty: AttrValue,
    /// The handle that runs, which makes those that no task makes.
    #[prop_or_default]
    maker: Option<AttrValue>,
    lane: Lane,
}

#[component]
fn LaneView(props: &LaneProps) -> Html {
    let cards = &props.lane.cards;
    let live = props.name == "Running" && cards.iter().any(|card| card.form == CardForm::Solid);
    let next = cards.iter().position(|card| card.form == CardForm::Next);
    let (batch, arrivals) = cards.split_at(next.unwrap_or(cards.len()));
    html! {
        <section class={classes!("lane", props.class.to_string())} aria-label={props.name.clone()} data-live={live.then_some("")}>
            <h3>{ &props.name }{ " " }<span class="hint">{ &props.hint }</span></h3>
            if cards.is_empty() {
                <p class="empty">{ &props.empty }</p>
            }
            <ol>
                { for batch.iter().map(|card| chip(card, &props.maker)) }
                if next.is_some() {
                    <li key="edge" class="batch-edge">{ "next iteration" }</li>
                }
                { for arrivals.iter().map(|card| chip(card, &props.maker)) }
            </ol>
            if props.lane.more > 0 {
                <p class="more">{ super::more(props.lane.more) }</p>
            }
        </section>
    }
}

fn chip(card: &Card, maker: &Option<AttrValue>) -> Html {
    let id = card.handle.to_string();
    let (form, word) = match card.form {
        CardForm::Solid => ("solid", ""),
        CardForm::Next => ("next", ""),
        CardForm::Ghost => ("ghost", "was here: "),
        CardForm::Cancelled => ("cancelled", "cancelled: "),
    };
    let flip = (card.form != CardForm::Ghost).then(|| id.clone());
    let task = card.made_by.map(|task| AttrValue::from(task.to_string()));
    let thread = card
        .from
        .as_ref()
        .map(|(thread, _)| AttrValue::from(format!("thread{thread}")));
    let from = thread.or(task).or_else(|| maker.clone());
    html! {
        <li key={format!("{id}{form}")} class={format!("handle hue-{}", card.hue)} data-form={form}
            data-flip={flip} data-from={from} title={format!("{word}{} ({id})", card.label)}>
            if !word.is_empty() {
                <span class="unseen">{ word }</span>
            }
            if let Some(when) = &card.when {
                <span class="when">{ when }</span>
            }
            <span class="what">{ &card.label }</span>
            if let Some((_, thread)) = card.from.as_ref().filter(|_| card.form != CardForm::Ghost) {
                <span class="via" title={format!("Handed over by {thread}, with call_soon_threadsafe")}>
                    <span class="unseen">{ " from " }</span>{ "⇠ " }{ thread }
                </span>
            }
        </li>
    }
}
