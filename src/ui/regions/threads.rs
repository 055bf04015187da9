//! Threads, Pool and Memory.

use yew::prelude::*;

use crate::scene::threads::{Activity, JobCard, MemoryPicture, PoolPicture, ThreadList, ThreadRow};

/// More threads than this are drawn small.
const MANY: usize = 16;

/// What the region Threads shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ThreadsProps {
    /// The threads that are not workers.
    pub threads: ThreadList,
}

/// The region Threads.
#[component]
pub fn Threads(props: &ThreadsProps) -> Html {
    html! {
        <section class="region threads" aria-label="Threads">
            <h2>{ "Threads " }<span class="hint">{ counted(&props.threads) }</span></h2>
            <ol class={list_class(&props.threads.rows)}>{ for props.threads.rows.iter().map(thread) }</ol>
            if props.threads.more > 0 {
                <p class="more">{ format!("and {} more", props.threads.more) }</p>
            }
        </section>
    }
}

/// How many threads there are and what they do, where that is more than one sees at a glance.
fn counted(threads: &ThreadList) -> String {
    let doing = |activity| {
        threads
            .rows
            .iter()
            .filter(|row| row.activity == activity)
            .count()
    };
    match threads.rows.len() {
        0..=MANY => String::new(),
        many => format!(
            "{} · {} blocked · {} ended",
            many + threads.more,
            doing(Activity::Blocked),
            doing(Activity::Ended)
        ),
    }
}

/// Many threads are drawn small.
fn list_class(rows: &[ThreadRow]) -> Classes {
    classes!("plain", (rows.len() > MANY).then_some("dense"))
}

/// What the region Pool shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PoolProps {
    /// The pools.
    pub pools: Vec<PoolPicture>,
}

/// The region Pool.
#[component]
pub fn Pool(props: &PoolProps) -> Html {
    html! {
        <section class="region pool" aria-label="Pool">
            if props.pools.is_empty() {
                <h2>{ "Pool" }</h2>
                <p class="empty">{ "No executor yet." }</p>
            }
            { for props.pools.iter().map(pool) }
        </section>
    }
}

/// What the region Memory shows.
#[derive(Clone, PartialEq, Properties)]
pub struct MemoryProps {
    /// The account.
    pub memory: MemoryPicture,
}

/// The region Memory.
#[component]
pub fn Memory(props: &MemoryProps) -> Html {
    html! {
        <section class="region memory" aria-label="Memory">
            <h2>{ "Memory " }<span class="hint">{ format!("stacks, of {}", props.memory.space) }</span></h2>
            { bar(props.memory.share) }
            <p class="figures">{ &props.memory.threads }<br />{ &props.memory.coroutines }</p>
        </section>
    }
}

fn thread(row: &ThreadRow) -> Html {
    let form = match row.activity {
        Activity::Running => "solid",
        Activity::Runnable => "plain",
        Activity::Blocked => "hatched",
        Activity::Ended => "ghost",
    };
    html! {
        <li key={row.id} class={format!("worker hue-{}", row.hue)} data-form={form} title={format!("{}: {}", row.name, row.detail)}>
            <p>
                <b>{ &row.name }</b>
                if let Some(job) = &row.job {
                    <span class="detail job" data-flip={job.id.to_string()}>{ &job.label }</span>
                }
                if let Some(badge) = &row.badge {
                    <span class="chip gil" data-state="running">{ badge }</span>
                }
            </p>
            if let Some(done) = row.job.as_ref().and_then(|job| job.done) {
                { bar(done) }
            }
            <p class="detail">{ &row.detail }</p>
        </li>
    }
}

fn pool(pool: &PoolPicture) -> Html {
    html! {
        <div key={pool.id.0} class="pool-of">
            <h2>{ "Pool " }<span class="hint">{ &pool.summary }</span></h2>
            <ol class={list_class(&pool.workers)}>
                { for pool.workers.iter().map(thread) }
                { for (0..pool.unstarted).map(|slot| html! {
                    <li key={format!("free{slot}")} class="worker free"><p class="detail">{ "free slot, no thread yet" }</p></li>
                }) }
            </ol>
            <div class="lane backlog">
                <h3>{ "Backlog " }<span class="hint">{ "FIFO" }</span></h3>
                if pool.backlog.is_empty() {
                    <p class="empty">{ "no work item waits" }</p>
                }
                <ol>{ for pool.backlog.iter().map(waiting) }</ol>
                if pool.more > 0 {
                    <p class="more">{ format!("and {} more", pool.more) }</p>
                }
            </div>
        </div>
    }
}

fn waiting(job: &JobCard) -> Html {
    let id = job.id.to_string();
    html! {
        <li key={id.clone()} class={format!("handle hue-{}", job.hue)} data-flip={id}><span class="what">{ &job.label }</span></li>
    }
}

/// A bar that is filled to so many per mille, and never quite empty.
fn bar(share: u32) -> Html {
    let width = format!("{}%", f64::from(share.max(4)) / 10.0);
    html! {
        <svg class="bar" aria-hidden="true"><rect {width} height="100%" /></svg>
    }
}
