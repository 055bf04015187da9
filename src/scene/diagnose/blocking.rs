//! Blocking calls that held up an event loop, and whom they delayed.

use super::{Diagnosis, Fault, Finder, Run, Severity, listed, span};
use crate::scene::explain::Explanation;
use crate::sim::event::{Event, HandleId, Instant, Kind, TaskId};
use crate::trace::model::{Handle, HandleState};
use std::collections::{BTreeMap, BTreeSet};

/// For so many blocked loops it is told whom they delayed.
const LOOKED_AT: usize = 50;

/// A thread that blocked while its loop ran a callback.
struct Block {
    /// The event that says so.
    began: u32,
    /// The thread's next event.
    ended: u32,
    thread: u16,
    /// How long it took, in nanoseconds.
    ns: u64,
}

/// Finds threads that blocked while their loop ran a callback.
#[derive(Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    running: BTreeMap<u16, HandleId>,
    blocked: BTreeMap<u16, (u32, Instant)>,
}

impl Finder for Blocks {
    fn take(&mut self, _: &Run, index: u32, event: &Event) {
        let thread = event.thread;
        match event.kind {
            // These are told while the thread is still blocked.
            Kind::Clock { .. } | Kind::ThreadWake { .. } => return,
            Kind::Sleep { .. } | Kind::ThreadBlock { .. } if self.running.contains_key(&thread) => {
                self.blocked.entry(thread).or_insert((index, event.at));
                return;
            }
            Kind::Run { handle, .. } => {
                self.running.insert(thread, handle);
            }
            // A callback whose exception handler fails has no end.
            Kind::RunEnd { .. }
            | Kind::LoopIteration { .. }
            | Kind::LoopIdle { .. }
            | Kind::LoopStopped { .. }
            | Kind::ThreadEnd { .. } => {
                self.running.remove(&thread);
            }
            _ => {}
        }
        if let Some((began, since)) = self.blocked.remove(&thread) {
            let ns = event.at.ns.saturating_sub(since.ns);
            self.blocks.extend((ns > 0).then_some(Block {
                began,
                ended: index,
                thread,
                ns,
            }));
        }
    }

    fn found(self: Box<Self>, run: &Run) -> Vec<Diagnosis> {
        let mut lines = BTreeSet::new();
        let mut found = Vec::new();
        for block in &self.blocks {
            let line = run.line(block.began);
            if lines.insert(line) && lines.len() <= LOOKED_AT {
                found.push(told(run, block, line));
            } else {
                let fault = Fault::LoopBlocked;
                found.push(Diagnosis::new(fault, Severity::Risk, line, block.began));
            }
        }
        found
    }
}

fn told(run: &Run, block: &Block, line: u32) -> Diagnosis {
    let delayed = delayed(run, block.ended, block.thread);
    let severity = if delayed.is_empty() {
        Severity::Risk
    } else {
        Severity::Error
    };
    let mut remark = Diagnosis::new(Fault::LoopBlocked, severity, line, block.began);
    let sentence = &mut remark.sentence;
    let call = run.recording.log().events.get(block.began as usize);
    match call.map(|event| event.kind) {
        Some(Kind::Sleep { secs }) => sentence.code(format!("time.sleep({})", secs.0)),
        Some(Kind::ThreadBlock { what, .. }) => match run.view.texts.get(what) {
            "lock" => sentence.say("Waiting for another thread"),
            what => sentence.say("Waiting for ").code(what),
        },
        _ => sentence.say("A call"),
    };
    sentence
        .say(" ")
        .link("blocks", block.began)
        .say(format!(" the whole event loop for {}", span(block.ns)));
    meanwhile(sentence, &delayed, block.ended);
    sentence
        .say(" Await something that does not block, or hand the call to ")
        .code("asyncio.to_thread")
        .say(".");
    remark.related([block.ended])
}

/// Whom the loop kept waiting, as the end of a sentence.
pub(super) fn meanwhile(sentence: &mut Explanation, tasks: &[(TaskId, String)], ended: u32) {
    if tasks.is_empty() {
        sentence.say("; nobody else was due meanwhile, this time.");
        return;
    }
    sentence.say(": ");
    listed(sentence, tasks);
    sentence
        .say(" could have gone on ")
        .link("meanwhile", ended)
        .say(".");
}

/// The tasks that had something ready or due on a thread's loop at an event, other than the one that held it up.
pub(super) fn delayed(run: &Run, ended: u32, thread: u16) -> Vec<(TaskId, String)> {
    let model = run.recording.model_at(ended as usize);
    let Some(event_loop) = model.loop_of_thread(thread) else {
        return Vec::new();
    };
    let now = run.recording.log().events.get(ended as usize);
    let now = now.map_or(model.now, |event| event.at);
    let due = event_loop
        .scheduled
        .iter()
        .take_while(|timer| timer.at() <= now);
    let late = event_loop
        .ready
        .iter()
        .copied()
        .chain(due.map(|timer| timer.handle));
    let waits = |handle: &&Handle| handle.state != HandleState::Cancelled;
    let blocker = event_loop
        .running
        .and_then(|running| model.handle(running)?.owner());
    let mut owners: Vec<TaskId> = late
        .filter_map(|handle| model.handle(handle).filter(waits)?.owner())
        .filter(|&owner| Some(owner) != blocker)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
        .into_iter()
        .map(|task| (task, run.task_name(task)))
        .collect()
}
