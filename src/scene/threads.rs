//! Threads as they are drawn: one lane each.

use std::collections::BTreeSet;

use super::names::{Hue, View, seconds};
use super::pools::{JobCard, job_card};
use crate::sim::event::Ending;
use crate::trace::Model;
use crate::trace::model::{Block, Blocker, Lock, Thread, ThreadState};

/// Rows and cards beyond this number are only counted.
pub(super) const LIMIT: usize = 240;

/// Threads, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadList {
    /// One row for each.
    pub rows: Vec<ThreadRow>,
    /// How many are left out.
    pub more: usize,
    /// How many threads do what, in words.
    pub summary: String,
}

/// A thread, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadRow {
    /// Its number.
    pub id: u16,
    /// Its name.
    pub name: String,
    /// Its hue.
    pub hue: Hue,
    /// What it is doing.
    pub activity: Activity,
    /// What it is doing, in a word.
    pub word: &'static str,
    /// What it has of the computer: the GIL, a core.
    pub badge: Option<String>,
    /// What it is doing, in words.
    pub detail: String,
    /// Its line, while it is in the program.
    pub line: Option<u32>,
    /// How far it is through a wait of known length, in per mille.
    pub done: Option<u32>,
    /// The locks that it holds.
    pub holds: Vec<String>,
    /// What it runs, if it is the worker of a pool.
    pub job: Option<JobCard>,
    /// How often it was used, if it is one.
    pub reuse: Option<String>,
}

/// What a thread is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It holds the GIL.
    Running,
    /// It waits for the GIL.
    Runnable,
    /// It waits for something else.
    Blocked,
    /// It is over.
    Ended,
}

impl ThreadRow {
    /// A thread of which nothing is known yet.
    pub(super) fn starting(id: u16) -> Self {
        Self {
            id,
            name: String::new(),
            hue: 0,
            activity: Activity::Runnable,
            word: "starting",
            badge: None,
            detail: String::new(),
            line: None,
            done: None,
            holds: Vec::new(),
            job: None,
            reuse: None,
        }
    }
}

/// Draws the threads that are not workers of a pool. Ended ones stay, unless there are too many.
pub fn threads(view: View) -> ThreadList {
    let others = || others(view.model);
    let total = others().count();
    let rows: Vec<ThreadRow> = others()
        .filter(|thread| total <= LIMIT || !thread.ended())
        .take(LIMIT)
        .map(|thread| row(view, thread))
        .collect();
    ThreadList {
        more: total - rows.len(),
        rows,
        summary: summary(view, others()),
    }
}

/// The threads that are not workers of a pool.
pub fn others(model: &Model) -> impl Iterator<Item = &Thread> {
    let pools = model.pools.values();
    let workers: BTreeSet<u16> = pools
        .flat_map(|pool| pool.workers.iter().map(|worker| worker.thread))
        .collect();
    let threads = model.threads.values();
    threads.filter(move |thread| !workers.contains(&thread.id))
}

/// How many of many threads do what.
fn summary<'a>(view: View, threads: impl Iterator<Item = &'a Thread>) -> String {
    let mut counts = [0_usize; 4];
    for thread in threads {
        let place = activity(view, thread) as usize;
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let words = ["running", "ready", "blocked", "ended"];
    let told = counts.iter().zip(words).filter(|&(&count, _)| count > 0);
    let told: Vec<String> = told
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    told.join(" · ")
}

/// Draws a thread.
pub(super) fn row(view: View, thread: &Thread) -> ThreadRow {
    let activity = activity(view, thread);
    ThreadRow {
        id: thread.id,
        name: view.thread_name(thread.id),
        hue: view.thread_hue(thread.id),
        activity,
        word: word(thread, activity),
        badge: badge(view, thread).filter(|_| activity != Activity::Ended),
        detail: detail(view, thread, activity),
        line: (thread.line > 0 && activity != Activity::Ended && !thread.within_loop())
            .then_some(thread.line),
        done: progress(view, thread),
        holds: holds(view, thread),
        job: thread.job.map(|job| job_card(view, job)),
        reuse: None,
    }
}

/// Where computing takes time, who holds a GIL and who runs on which core is told; else the baton is the GIL.
fn badge(view: View, thread: &Thread) -> Option<String> {
    let processor = &view.model.processor;
    let core = processor.core_of(thread.id);
    let told = !processor.cores.is_empty();
    let holds = match told {
        true => processor.holders.contains(&thread.id),
        false => view.holds_baton(thread.id),
    };
    match (holds, core) {
        (true, None) => Some("holds the GIL".to_owned()),
        (true, Some(core)) => Some(format!("GIL · core {}", core + 1)),
        (false, Some(core)) => Some(format!("core {}", core + 1)),
        (false, None) => None,
    }
}

/// What a thread is doing.
pub(super) fn activity(view: View, thread: &Thread) -> Activity {
    let over = matches!(view.model.ending, Some((Ending::Finished, _)));
    match thread.state {
        ThreadState::Running if over => Activity::Ended,
        ThreadState::Running if view.model.processor.core_of(thread.id).is_some() => {
            Activity::Running
        }
        ThreadState::Running if view.holds_baton(thread.id) => Activity::Running,
        ThreadState::Running | ThreadState::Runnable => Activity::Runnable,
        ThreadState::Blocked(_) => Activity::Blocked,
        ThreadState::Ended => Activity::Ended,
    }
}

fn word(thread: &Thread, activity: Activity) -> &'static str {
    match (activity, thread.state) {
        (Activity::Running, _) => "running",
        (Activity::Runnable, _) => "ready",
        (Activity::Ended, _) => "ended",
        (Activity::Blocked, ThreadState::Blocked(block)) => match block.on {
            Blocker::Sleep(_) => "sleeping",
            Blocker::Selector => "in select",
            Blocker::Named(_) | Blocker::End(_) | Blocker::Unknown => "waiting",
        },
        (Activity::Blocked, _) => "waiting",
    }
}

fn detail(view: View, thread: &Thread, activity: Activity) -> String {
    match (activity, thread.state) {
        (Activity::Ended, _) => String::new(),
        (_, ThreadState::Blocked(block)) => blocked(view, thread, block),
        (_, ThreadState::Running) => running(view, thread),
        _ => "could go on, waits for its turn".to_owned(),
    }
}

fn running(view: View, thread: &Thread) -> String {
    match (thread.task(), thread.running_loop) {
        (Some(task), _) => format!("runs {}", view.task_name(task)),
        (None, Some(_)) => "runs the event loop".to_owned(),
        (None, None) => match thread.function.map(|name| view.texts.get(name)) {
            Some(name) if !name.is_empty() && name != "<module>" => format!("in {name}()"),
            _ => String::new(),
        },
    }
}

fn blocked(view: View, thread: &Thread, block: Block) -> String {
    let lock = thread.waits_for.and_then(|lock| view.model.lock(lock));
    let what = match (block.on, lock) {
        (_, Some(lock)) => format!("for {}{}", view.lock_name(lock), held_by(view, lock)),
        (Blocker::Sleep(secs), _) => format!("time.sleep({})", secs.0),
        (Blocker::Selector, _) => "for its event loop".to_owned(),
        // A lock that was not told before belongs to a queue, an event or the like.
        (Blocker::Named(text), _) if view.texts.get(text) == "lock" => {
            "for a lock of the library's own".to_owned()
        }
        (Blocker::Named(text), _) => match view.texts.get(text) {
            call if call.ends_with("()") => format!("in {call}"),
            thing => format!("for {thing}"),
        },
        (Blocker::End(thread), _) => format!("for the end of {}", view.thread_name(thread)),
        (Blocker::Unknown, _) => String::new(),
    };
    match block.until {
        Some(until) => format!("{what} until {}", seconds(until)),
        None => what,
    }
}

fn held_by(view: View, lock: &Lock) -> String {
    match lock.held {
        Some((party, _)) => format!(", which {} holds", view.party_name(party)),
        None => String::new(),
    }
}

fn holds(view: View, thread: &Thread) -> Vec<String> {
    let locks = view.model.locks.values().filter(|lock| {
        lock.held
            .is_some_and(|(party, _)| party.thread == thread.id && party.task.is_none())
    });
    locks.map(|lock| view.lock_name(lock)).collect()
}

/// How far a thread is through a wait of known length, in per mille.
pub(super) fn progress(view: View, thread: &Thread) -> Option<u32> {
    let ThreadState::Blocked(Block {
        until: Some(until),
        on,
    }) = thread.state
    else {
        return None;
    };
    if on == Blocker::Selector {
        return None;
    }
    let from = thread.since.at().ns;
    let whole = until.ns.saturating_sub(from).max(1);
    let past = view.model.now.ns.saturating_sub(from);
    Some((past.saturating_mul(1000) / whole).min(1000) as u32)
}
