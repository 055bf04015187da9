//! Locks, the GIL and cores, in the region Threads: who has each, and the queue of those who wait.

use yew::prelude::*;

use crate::scene::locks::{Holder, LockPicture, Shared};

/// What the block shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is shared.
    pub shared: Shared,
}

/// The block; it exists only if there is something to share.
#[component]
pub fn Locks(props: &Props) -> Html {
    let shared = &props.shared;
    html! {
        <>
            if !shared.cores.is_empty() {
                <ol class="cores" aria-label="Cores">
                    { for shared.cores.iter().enumerate().map(|(number, on)| core(number, on.as_ref())) }
                </ol>
            }
            if !shared.locks.is_empty() {
                <ul class="locks" aria-label="Locks">
                    { for shared.locks.iter().map(lock) }
                </ul>
            }
            if shared.more > 0 {
                <p class="more">{ format!("and {} more locks", shared.more) }</p>
            }
        </>
    }
}

fn core(number: usize, on: Option<&Holder>) -> Html {
    let hue = on.map(|holder| format!("hue-{}", holder.hue));
    html! {
        <li key={number} class={classes!("core", hue)} data-busy={on.map(|_| "")}>
            <span class="what">{ format!("core {}", number + 1) }</span>
            { on.map_or("idle", |holder| &holder.name) }
        </li>
    }
}

fn lock(lock: &LockPicture) -> Html {
    html! {
        <li key={lock.id.clone()} class="lock" data-held={lock.holder.as_ref().map(|_| "")}>
            <b>{ &lock.label }</b>
            if let Some(holder) = &lock.holder {
                <span class="unseen">{ " held by " }</span>
                { tag(lock, holder, "holds") }
            } else {
                <span class="free">{ "free" }</span>
            }
            if !lock.waiters.is_empty() {
                <span class="queue" aria-hidden="true">{ "⇠" }</span>
                <span class="unseen">{ " waited for by " }</span>
            }
            { for lock.waiters.iter().map(|waiter| tag(lock, waiter, "waits")) }
            if lock.more > 0 {
                <span class="more">{ super::more(lock.more) }</span>
            }
        </li>
    }
}

/// Who holds a lock or waits for it. Being handed the lock, they are seen to move to its head.
fn tag(lock: &LockPicture, holder: &Holder, form: &'static str) -> Html {
    let id = format!("{}-{}", lock.id, holder.id);
    html! {
        <span key={id.clone()} class={format!("party hue-{}", holder.hue)} data-form={form} data-flip={id}>{ &holder.name }{ " " }</span>
    }
}
