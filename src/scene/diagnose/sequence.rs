//! Calls that were awaited one after the other though they could run together.

use super::sites::{Lines, Sequence};
use super::{Diagnosis, Fault, Finder, Run, Severity, span};
use crate::sim::event::{Event, Instant, Kind, TaskId};
use std::collections::BTreeMap;

/// How a task waited at a place of the program.
#[derive(Clone, Copy, Debug)]
struct Waits {
    ns: u64,
    first: u32,
    /// How often it waited there, as far as that took time.
    count: u32,
}

/// The waits of each task, by the lines of interest.
type Waited = BTreeMap<(TaskId, u32), Waits>;

/// Finds calls that waited in sequence.
#[derive(Default)]
pub(super) struct Sequences {
    waited: Waited,
    /// Since when, by which event and at which lines a task waits.
    open: BTreeMap<TaskId, (Instant, u32, Vec<u32>)>,
}

impl Finder for Sequences {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        if run.sites.sequences.is_empty() {
            return;
        }
        match event.kind {
            Kind::Await { task, chain, .. } => {
                let lines = interesting(run, run.view.texts.get(chain));
                if !lines.is_empty() {
                    self.open.insert(task, (event.at, index, lines));
                }
            }
            Kind::Step { task, .. } => self.resume(task, event.at),
            _ => {}
        }
    }

    fn found(self: Box<Self>, run: &Run) -> Vec<Diagnosis> {
        let told = |sequence: &Sequence| match sequence {
            Sequence::Row(row) => row_told(run, &self.waited, row),
            Sequence::Loop(lines) => loop_told(run, &self.waited, *lines),
        };
        run.sites.sequences.iter().filter_map(told).collect()
    }
}

impl Sequences {
    fn resume(&mut self, task: TaskId, now: Instant) {
        let Some((since, first, lines)) = self.open.remove(&task) else {
            return;
        };
        let ns = now.ns.saturating_sub(since.ns);
        for line in lines.into_iter().filter(|_| ns > 0) {
            let none = Waits {
                ns: 0,
                first,
                count: 0,
            };
            let waits = self.waited.entry((task, line)).or_insert(none);
            waits.ns += ns;
            waits.count += 1;
        }
    }
}

/// The first lines of the sites that a chain of suspended frames goes through.
fn interesting(run: &Run, chain: &str) -> Vec<u32> {
    let places = chain.split(" > ");
    let lines = places.filter_map(|place| place.rsplit_once(':')?.1.parse().ok());
    let site = |line: u32| {
        let mut sites = run.sites.sequences.iter().flat_map(Sequence::lines);
        sites.find(|site| site.contain(line)).map(|site| site.first)
    };
    lines.filter_map(site).collect()
}

impl Sequence {
    fn lines(&self) -> &[Lines] {
        match self {
            Self::Row(row) => row,
            Self::Loop(lines) => std::slice::from_ref(lines),
        }
    }
}

/// The statements of a row took time one after the other, in the same task.
fn row_told(run: &Run, waited: &Waited, row: &[Lines]) -> Option<Diagnosis> {
    let (task, waits) = waited.keys().find_map(|&(task, _)| {
        let at = |lines: &Lines| waited.get(&(task, lines.first)).copied();
        let waits: Option<Vec<Waits>> = row.iter().map(at).collect();
        Some((task, waits?))
    })?;
    let (first, last) = (row.first()?, row.last()?);
    let event = waits.first()?.first;
    let turns = waits.iter().map(|waits| waits.count).min()?.max(1);
    let sum: u64 = waits.iter().map(|waits| waits.ns).sum();
    let longest = waits.iter().map(|waits| waits.ns).max()?;
    let fault = Fault::AwaitsInSequence;
    let mut remark = Diagnosis::new(fault, Severity::Hint, first.first, event);
    let sentence = &mut remark.sentence;
    sentence
        .task(task, run.task_name(task))
        .say(" ")
        .link(format!("waits {}", span(sum / u64::from(turns))), event);
    sentence
        .say(format!(
            " in lines {} to {}, one call after the other, though none needs what another gives. Together, with ",
            first.first, last.last
        ))
        .code("gather")
        .say(" or a ")
        .code("TaskGroup")
        .say(format!(", they take {}.", span(longest / u64::from(turns))));
    let related = waits.iter().map(|waits| waits.first);
    Some(remark.related(related.skip(1)))
}

/// A loop waited in at least two of its turns.
fn loop_told(run: &Run, waited: &Waited, lines: Lines) -> Option<Diagnosis> {
    let mut at_line = waited.iter().filter(|((_, line), _)| *line == lines.first);
    let (&(task, line), waits) = at_line.find(|(_, waits)| waits.count > 1)?;
    let fault = Fault::AwaitsInSequence;
    let mut remark = Diagnosis::new(fault, Severity::Hint, line, waits.first);
    remark
        .sentence
        .task(task, run.task_name(task))
        .say(" ")
        .link(format!("waits {}", span(waits.ns)), waits.first)
        .say(" in this line, in each turn of the loop anew, though no turn needs what another gives. With ")
        .code("gather")
        .say(" or a ")
        .code("TaskGroup")
        .say(" the turns wait together.");
    Some(remark)
}
