//! Computations that held up an event loop, in runs where computing takes time.

use super::blocking::{delayed, meanwhile};
use super::{Diagnosis, Fault, Finder, Run, Severity, span};
use crate::sim::event::{Event, Instant, Kind};
use std::collections::BTreeMap;

/// `loop.slow_callback_duration`: of callbacks that take longer, asyncio itself complains in debug mode.
const SLOW: u64 = 100_000_000;
const MILLISECOND: u64 = 1_000_000;

/// A callback of a loop in progress, with the time that its thread spent on a core.
#[derive(Default)]
struct Callback {
    ns: u64,
    /// How much of it at each line, and the first event there.
    lines: BTreeMap<u32, (u64, u32)>,
}

/// A thread, as far as it was followed.
#[derive(Default)]
struct Thread {
    callback: Option<Callback>,
    /// Its last event with its time and line, if it is on a core since.
    on_core: Option<(u32, Instant, u32)>,
}

/// Finds callbacks that computed for long.
#[derive(Default)]
pub(super) struct Computations {
    threads: BTreeMap<u16, Thread>,
    found: Vec<Diagnosis>,
}

impl Finder for Computations {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        let thread = self.threads.entry(event.thread).or_default();
        thread.spend(event.at);
        match event.kind {
            Kind::Run { .. } => thread.callback = Some(Callback::default()),
            Kind::RunEnd { .. } => {
                let slow = thread
                    .callback
                    .take()
                    .filter(|callback| callback.ns >= SLOW);
                let told = slow.and_then(|slow| told(run, &slow, event.thread, index));
                self.found.extend(told);
            }
            _ => {}
        }
        thread.note(index, event);
    }

    fn found(self: Box<Self>, _: &Run) -> Vec<Diagnosis> {
        self.found
    }
}

impl Thread {
    /// The time since its last event was spent where it was then.
    fn spend(&mut self, now: Instant) {
        let (Some(callback), Some((event, since, line))) = (&mut self.callback, self.on_core)
        else {
            return;
        };
        let ns = now.ns.saturating_sub(since.ns);
        callback.ns += ns;
        callback.lines.entry(line).or_insert((0, event)).0 += ns;
    }

    fn note(&mut self, index: u32, event: &Event) {
        let is_on_core = match event.kind {
            Kind::CpuOn { .. } => true,
            Kind::CpuOff { .. } => false,
            _ => self.on_core.is_some(),
        };
        self.on_core = is_on_core.then_some((index, event.at, event.line));
    }
}

fn told(run: &Run, slow: &Callback, thread: u16, ended: u32) -> Option<Diagnosis> {
    let (&line, &(_, began)) = slow.lines.iter().max_by_key(|(_, (ns, _))| *ns)?;
    let tasks = delayed(run, ended, thread);
    let severity = match tasks.is_empty() {
        true => Severity::Risk,
        false => Severity::Error,
    };
    let mut remark = Diagnosis::new(Fault::LoopComputed, severity, line, began);
    let rounded = slow.ns / MILLISECOND * MILLISECOND;
    let sentence = &mut remark.sentence;
    sentence
        .say("Computing ")
        .link("holds up", began)
        .say(format!(" the whole event loop for {}", span(rounded)));
    meanwhile(sentence, &tasks, ended);
    sentence
        .say(" Hand the work to a process, or come back to the loop now and then with ")
        .code("await asyncio.sleep(0)")
        .say(".");
    Some(remark.related([ended]))
}
