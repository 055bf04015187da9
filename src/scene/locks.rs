//! Locks as they are drawn: who holds each one, and the queue of those who wait for it. Where computing takes time, the
//! GIL is one of them, and the cores are shown.

use super::names::{Hue, View};
use crate::trace::model::{Lock, Party};

/// Locks beyond this number, and waiters of one lock, are only counted.
const LIMIT: usize = 12;

/// What threads and tasks have to share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// The GIL of each process first, then the locks that are held or waited for, and free ones.
    pub locks: Vec<LockPicture>,
    /// How many locks are left out.
    pub more: usize,
    /// Who runs on each core; nothing where computing is free.
    pub cores: Vec<Option<Holder>>,
}

/// A lock, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LockPicture {
    /// Stable from step to step.
    pub id: String,
    /// The variable that holds it, or its class and number.
    pub label: String,
    /// Who has it.
    pub holder: Option<Holder>,
    /// Who waits for it, longest first.
    pub waiters: Vec<Holder>,
    /// How many more wait.
    pub more: usize,
}

/// A thread or a task that has something or waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Stable from step to step.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its hue.
    pub hue: Hue,
}

/// Draws the locks, and so many cores.
pub fn shared(view: View, cores: u16) -> Shared {
    let locks: Vec<&Lock> = view.model.locks.values().collect();
    let busy = |lock: &&Lock| lock.held.is_some() || !lock.waiters.is_empty();
    // Of many locks only those show at which something goes on: the picture would jump if it were so with few.
    let chosen: Vec<&Lock> = match locks.len() > LIMIT {
        true => locks.iter().copied().filter(busy).take(LIMIT).collect(),
        false => locks.clone(),
    };
    let more = locks.len() - chosen.len();
    let drawn = chosen.into_iter().map(|lock| lock_picture(view, lock));
    Shared {
        locks: gil(view).into_iter().chain(drawn).collect(),
        more,
        cores: on_cores(view, cores.into()),
    }
}

fn lock_picture(view: View, lock: &Lock) -> LockPicture {
    let waiters = lock.waiters.iter().take(LIMIT);
    LockPicture {
        id: lock.id.to_string(),
        label: view.lock_name(lock),
        holder: lock.held.map(|(party, _)| holder(view, party)),
        waiters: waiters.map(|&(party, _)| holder(view, party)).collect(),
        more: lock.waiters.len().saturating_sub(LIMIT),
    }
}

fn gil(view: View) -> Option<LockPicture> {
    let processor = &view.model.processor;
    let told = !processor.holders.is_empty() || !processor.waiters.is_empty();
    told.then(|| LockPicture {
        id: "gil".to_owned(),
        label: "GIL".to_owned(),
        holder: processor.holders.first().map(|&id| thread(view, id)),
        waiters: processor
            .waiters
            .iter()
            .take(LIMIT)
            .map(|&id| thread(view, id))
            .collect(),
        more: processor.waiters.len().saturating_sub(LIMIT),
    })
}

/// Who is on each core, where computing takes time: of those that nobody ever used only so many are shown.
fn on_cores(view: View, cores: usize) -> Vec<Option<Holder>> {
    let used = &view.model.processor.cores;
    let on = used.iter().map(|on| on.map(|id| thread(view, id)));
    let mut all: Vec<Option<Holder>> = on.collect();
    if !all.is_empty() {
        all.resize(all.len().max(cores.min(LIMIT)), None);
    }
    all
}

fn holder(view: View, party: Party) -> Holder {
    match party.task {
        Some(task) => Holder {
            id: task.to_string(),
            name: view.task_name(task),
            hue: super::names::task_hue(task),
        },
        None => thread(view, party.thread),
    }
}

fn thread(view: View, id: u16) -> Holder {
    Holder {
        id: format!("thread{id}"),
        name: view.thread_name(id),
        hue: view.thread_hue(id),
    }
}
