//! Pool: the workers of each executor, and its backlog.

use yew::prelude::*;

use super::threads::{self, list_class};
use crate::scene::pools::{JobCard, PoolPicture};

/// More free slots than this are only counted.
const SLOTS: u32 = 4;

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The pools.
    pub pools: Vec<PoolPicture>,
}

/// The region.
#[component]
pub fn Pool(props: &Props) -> Html {
    html! {
        <section class="region pool" aria-label="Pool">
            if props.pools.is_empty() {
                <h2>{ "Pool" }</h2>
                <p class="empty">{ "No executor." }</p>
            }
            { for props.pools.iter().map(pool) }
        </section>
    }
}

fn pool(pool: &PoolPicture) -> Html {
    html! {
        <div key={pool.id.0} class="pool-of">
            <h2>{ "Pool " }<span class="hint">{ &pool.summary }</span></h2>
            <ol class={list_class(&pool.workers)}>
                { for pool.workers.iter().map(|row| threads::lane(row, pool.workers.len())) }
                { for (0..pool.unstarted.min(SLOTS)).map(|slot| html! {
                    <li key={format!("free{slot}")} class="worker free"><p class="detail">{ format!("free slot, no {} yet", pool.kind) }</p></li>
                }) }
            </ol>
            if pool.unstarted > SLOTS {
                <p class="more">{ format!("and {} more free slots", pool.unstarted - SLOTS) }</p>
            }
            <div class="lane backlog">
                <h3>{ "Backlog " }<span class="hint">{ "FIFO" }</span></h3>
                if pool.backlog.is_empty() {
                    <p class="empty">{ "no work item waits" }</p>
                }
                <ol>{ for pool.backlog.iter().map(waiting) }</ol>
                if pool.more > 0 {
                    <p class="more">{ super::more(pool.more) }</p>
                }
            </div>
        </div>
    }
}

fn waiting(job: &JobCard) -> Html {
    let id = job.id.to_string();
    html! {
        <li key={id.clone()} class={format!("handle hue-{}", job.hue)} data-flip={id}>
            <span class="what">{ &job.label }</span>
            { threads::submitter(job) }
        </li>
    }
}
