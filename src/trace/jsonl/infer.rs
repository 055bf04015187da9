//! What a trace recorded from CPython does not tell but its events imply: loops, executors and hops.
//!
//! The recorder writes neither the loop of a handle, nor the executor of a work item, nor how many waits led to an
//! instant. Traces that have these fields are left as they are.

use std::collections::BTreeMap;

use crate::sim::event::{Event, HandleId, Instant, JobId, Kind, Log, LoopId, PoolId, Text, Texts};
use crate::trace::model::{nanoseconds, pool_name};

/// Fills in what is missing.
pub(super) fn complete(log: &mut Log) {
    let mut events: Vec<Event> = log.events.iter().collect();
    if events
        .iter()
        .all(|event| loop_of(&event.kind).is_none_or(|id| id.0 == 0))
    {
        Loops::default().fill(&mut events);
    }
    fill_pools(&mut events, &log.texts);
    if events.iter().all(|event| event.at.hop == 0) {
        Hops::default().fill(&mut events);
    }
    log.events = events.into_iter().collect();
}

fn loop_of(kind: &Kind) -> Option<LoopId> {
    match *kind {
        Kind::CallSoon { loop_, .. }
        | Kind::CallSoonThreadsafe { loop_, .. }
        | Kind::CallAt { loop_, .. }
        | Kind::Run { loop_, .. }
        | Kind::RunEnd { loop_, .. }
        | Kind::LoopStart { loop_ }
        | Kind::LoopStop { loop_ }
        | Kind::LoopStopped { loop_ }
        | Kind::LoopClose { loop_ }
        | Kind::LoopIteration { loop_, .. }
        | Kind::LoopIdle { loop_, .. } => Some(loop_),
        _ => None,
    }
}

fn loop_mut(kind: &mut Kind) -> Option<&mut LoopId> {
    match kind {
        Kind::CallSoon { loop_, .. }
        | Kind::CallSoonThreadsafe { loop_, .. }
        | Kind::CallAt { loop_, .. }
        | Kind::Run { loop_, .. }
        | Kind::RunEnd { loop_, .. }
        | Kind::LoopStart { loop_ }
        | Kind::LoopStop { loop_ }
        | Kind::LoopStopped { loop_ }
        | Kind::LoopClose { loop_ }
        | Kind::LoopIteration { loop_, .. }
        | Kind::LoopIdle { loop_, .. } => Some(loop_),
        _ => None,
    }
}

/// Loops by the thread that runs them: a thread has one until it closes it.
#[derive(Default)]
struct Loops {
    made: u32,
    open: BTreeMap<u16, LoopId>,
    run_by: BTreeMap<HandleId, LoopId>,
}

impl Loops {
    fn fill(mut self, events: &mut [Event]) {
        for event in &mut *events {
            let Some(id) = loop_mut(&mut event.kind) else {
                continue;
            };
            *id = self.of_thread(event.thread);
            match event.kind {
                Kind::LoopClose { .. } => {
                    self.open.remove(&event.thread);
                }
                Kind::Run { handle, loop_, .. } => {
                    self.run_by.insert(handle, loop_);
                }
                _ => {}
            }
        }
        // A handle belongs to the loop that runs it, whichever thread handed it over.
        for event in events {
            if let Kind::CallSoon { handle, loop_, .. }
            | Kind::CallSoonThreadsafe { handle, loop_, .. }
            | Kind::CallAt { handle, loop_, .. } = &mut event.kind
                && let Some(&run_by) = self.run_by.get(handle)
            {
                *loop_ = run_by;
            }
        }
    }

    fn of_thread(&mut self, thread: u16) -> LoopId {
        *self.open.entry(thread).or_insert_with(|| {
            self.made += 1;
            LoopId(self.made)
        })
    }
}

/// Executors by the names of the workers that run their work items, numbered in the order of their first work item.
fn fill_pools(events: &mut [Event], texts: &Texts) {
    let workers: BTreeMap<JobId, Text> = events
        .iter()
        .filter_map(|event| match event.kind {
            Kind::JobStart { job, worker } => Some((job, worker)),
            _ => None,
        })
        .collect();
    let mut pools = Pools::default();
    for event in events {
        match &mut event.kind {
            Kind::JobStart { worker, .. } => {
                pools.named(texts, *worker);
            }
            Kind::JobSubmit { job, pool, .. } if pool.0 == 0 => {
                *pool = match workers.get(job) {
                    Some(&worker) => pools.named(texts, worker),
                    None => pools.last,
                };
            }
            _ => {}
        }
    }
}

struct Pools {
    names: Vec<String>,
    last: PoolId,
}

impl Default for Pools {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            last: PoolId(1),
        }
    }
}

impl Pools {
    fn named(&mut self, texts: &Texts, worker: Text) -> PoolId {
        let name = pool_name(texts.get(worker));
        let known = self.names.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        self.last = PoolId(index as u32 + 1);
        self.last
    }
}

/// The hops of the instants to which the clock jumps, told from the waits that are known.
#[derive(Default)]
struct Hops {
    now: Instant,
    /// Known waits that have not ended: how many end at each instant.
    waits: BTreeMap<Instant, u32>,
    timers: BTreeMap<HandleId, Instant>,
}

impl Hops {
    fn fill(mut self, events: &mut [Event]) {
        for event in events {
            self.now.ns = self.now.ns.max(event.at.ns);
            event.at.hop = self.now.hop;
            match &mut event.kind {
                Kind::CallAt { handle, when, .. } => {
                    let ns = nanoseconds(*when);
                    let due = self.now.after(ns.saturating_sub(self.now.ns));
                    self.timers.insert(*handle, due);
                    self.wait(due);
                }
                Kind::Sleep { secs } => self.wait(self.now.after(nanoseconds(*secs))),
                Kind::HandleCancel { handle } => {
                    if let Some(due) = self.timers.remove(handle) {
                        self.forget(due);
                    }
                }
                Kind::Clock { to } => {
                    self.jump(to.ns);
                    *to = self.now;
                }
                _ => {}
            }
        }
    }

    fn wait(&mut self, until: Instant) {
        *self.waits.entry(until).or_default() += 1;
    }

    fn forget(&mut self, until: Instant) {
        if let Some(count) = self.waits.get_mut(&until) {
            *count -= 1;
            if *count == 0 {
                self.waits.remove(&until);
            }
        }
    }

    /// To the first wait that ends there, or else one hop on: then it was a wait that the trace does not tell.
    fn jump(&mut self, ns: u64) {
        let from = Instant {
            ns,
            hop: if ns == self.now.ns {
                self.now.hop + 1
            } else {
                0
            },
        };
        let to = Instant { ns, hop: u32::MAX };
        let known = self.waits.range(from..=to).next();
        let hop = known.map_or(self.now.hop + 1, |(until, _)| until.hop);
        self.now = Instant { ns, hop };
        let later = self.waits.split_off(&self.now);
        self.waits = later;
        self.waits.remove(&self.now);
    }
}
