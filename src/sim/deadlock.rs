//! Everything is blocked for ever: who holds what and who waits for whom, as a sentence and as events.

mod futures;
mod tasks;
mod tell;
mod threads;

use std::collections::BTreeMap;

use super::event::{Ending, Kind, Waitable};
use super::system::System;
use super::thread::{State, ThreadIndex};
use crate::vm::value::Id;

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Party {
    Thread(ThreadIndex),
    Task(Id),
}

/// How somebody stands in the way of who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// Its end is what is waited for.
    Ends,
    /// It holds what is waited for.
    Holds,
    /// It runs the work item that is waited for.
    Runs,
    /// It is busy, and the work item that is waited for is queued behind its own.
    Before,
    /// It runs the event loop that would have to bring what is waited for.
    Loops,
}

/// What somebody waits for, and who stands in the way.
#[derive(Clone, Debug, Default)]
struct Wait {
    /// In words.
    on: String,
    /// The task or the work item, where it is one.
    of: Option<Waitable>,
    /// As long as one of these cannot go on, nor can who waits.
    by: Vec<(Party, Reason)>,
}

/// A thread or a task that waits for ever.
#[derive(Clone, Debug)]
struct Stuck {
    party: Party,
    /// Its line in the program.
    line: u32,
    wait: Wait,
}

impl Wait {
    /// A wait of which nobody is known who could end it.
    fn on(words: impl Into<String>) -> Self {
        Self {
            on: words.into(),
            ..Self::default()
        }
    }
}

impl System<'_> {
    /// Ends the run: nobody can ever go on.
    pub fn deadlock(&mut self) {
        let threads = self.kernel.scheduler.threads.iter().enumerate();
        let blocked = threads.filter(|(_, thread)| thread.state == State::Blocked);
        let blocked: Vec<ThreadIndex> = blocked.map(|(thread, _)| thread).collect();
        let threads: Vec<Stuck> = blocked
            .iter()
            .map(|&thread| self.stuck_thread(thread))
            .collect();
        for (&thread, one) in blocked.iter().zip(&threads) {
            let on = self.text(&one.wait.on);
            let holder = one.wait.by.first();
            let holder = holder.and_then(|&(party, _)| self.thread_of_party(party));
            self.log(Kind::DeadlockWait {
                thread: thread as u16 + 1,
                on,
                holder: holder.map(|holder| holder as u16 + 1),
                of: one.wait.of,
            });
        }
        let tasks = self.stuck_tasks();
        let message = self.tell(&threads, &tasks);
        self.kernel.end(Ending::Deadlock, message);
    }

    /// The thread itself, or the one that runs the task's loop.
    fn thread_of_party(&self, party: Party) -> Option<ThreadIndex> {
        match party {
            Party::Thread(thread) => Some(thread),
            Party::Task(task) => self.thread_of_loop(self.loop_of(task)),
        }
    }
}

/// Those who wait for each other in a circle, in its order; nobody if there is no circle.
fn circle<'a>(stuck: &[&'a Stuck]) -> Vec<&'a Stuck> {
    let places: BTreeMap<Party, usize> = stuck
        .iter()
        .enumerate()
        .map(|(at, one)| (one.party, at))
        .collect();
    let next = |at: usize, edge: usize| {
        let (party, _) = stuck[at].wait.by.get(edge)?;
        Some(places.get(party).copied())
    };
    let mut seen = vec![false; stuck.len()];
    for start in 0..stuck.len() {
        // Those on the way from the start, each with the edge that is to be followed next.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, edge)) = way.pop() {
            if edge == 0 && std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let Some(to) = next(at, edge) else { continue };
            way.push((at, edge + 1));
            let Some(to) = to else { continue };
            if let Some(begin) = way.iter().position(|&(on_way, _)| on_way == to) {
                return way[begin..].iter().map(|&(at, _)| stuck[at]).collect();
            }
            way.push((to, 0));
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuck(thread: ThreadIndex, by: &[ThreadIndex]) -> Stuck {
        let by = by.iter().map(|&by| (Party::Thread(by), Reason::Holds));
        Stuck {
            party: Party::Thread(thread),
            line: 0,
            wait: Wait {
                by: by.collect(),
                ..Wait::default()
            },
        }
    }

    fn found(stuck: &[Stuck]) -> Vec<Party> {
        let all: Vec<&Stuck> = stuck.iter().collect();
        circle(&all).into_iter().map(|one| one.party).collect()
    }

    #[test]
    fn a_circle_is_found_behind_those_who_are_not_part_of_it() {
        let all = [stuck(0, &[9, 1]), stuck(1, &[2]), stuck(2, &[3, 1])];
        assert_eq!(found(&all), [Party::Thread(1), Party::Thread(2)]);
    }

    #[test]
    fn who_waits_for_itself_is_a_circle_and_a_way_is_none() {
        assert_eq!(found(&[stuck(4, &[4])]), [Party::Thread(4)]);
        assert!(found(&[stuck(0, &[1, 2]), stuck(1, &[2]), stuck(2, &[])]).is_empty());
    }
}
