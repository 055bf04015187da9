//! Locks explained: who has one, and who waits for it.

use super::{Teller, counted};
use crate::sim::event::{Kind, LockId};
use crate::trace::model::{Lock, Party, Stamp};

impl Teller<'_> {
    pub(super) fn tell_lock(&mut self) {
        match self.event.kind {
            Kind::LockNew { lock, .. } => {
                self.actor().say(" uses ");
                self.lock(lock).say(" for the first time.");
            }
            Kind::LockWait { lock, .. } => self.lock_wait(lock),
            Kind::LockAcquire { lock, .. } => self.lock_acquire(lock),
            Kind::LockRelease { lock, .. } => self.lock_release(lock),
            _ => {}
        }
    }

    fn lock_wait(&mut self, id: LockId) {
        self.actor().say(" has to wait for ");
        self.lock(id);
        match self.model().lock(id).and_then(|lock| lock.held) {
            Some((holder, since)) => {
                self.say(", which ");
                self.party(holder).say(" ").cause("has", Some(since))
            }
            None => self.say(", for which others wait already"),
        };
        self.say(".");
    }

    fn lock_acquire(&mut self, id: LockId) {
        self.actor().say(" takes ");
        self.lock(id);
        match self.model().lock(id).map(|lock| lock.waiters.len()) {
            None | Some(0) => {
                self.say(": until it lets go of it, whoever else wants it has to wait.")
            }
            Some(1) => self.say("; 1 other goes on waiting for it."),
            Some(others) => self.say(format!("; {others} others go on waiting for it.")),
        };
    }

    fn lock_release(&mut self, id: LockId) {
        self.actor().say(" lets go of ");
        self.lock(id);
        let first = self.model().lock(id).and_then(first_waiter);
        match first {
            Some((waiter, since, others)) => {
                self.say(". ");
                self.party(waiter)
                    .say(" has ")
                    .cause("waited", Some(since))
                    .say(" for it the longest");
                match others {
                    0 => self.say("."),
                    others => self.say(format!("; {} behind it.", waits(others))),
                }
            }
            None => self.say(". Nobody waits for it."),
        };
    }

    /// A lock by the name of its variable, or by its class and number: `asyncio.Lock K1`.
    pub(super) fn lock(&mut self, id: LockId) -> &mut Self {
        let lock = self.model().lock(id);
        let name = lock.and_then(|lock| lock.name).map(|name| self.words(name));
        match (name, lock) {
            (Some(name), _) if !name.is_empty() => self.say("the lock ").code(name),
            (_, Some(lock)) => {
                let class = self.words(lock.class);
                self.code(class).say(format!(" {id}"))
            }
            (_, None) => self.say(format!("lock {id}")),
        }
    }

    pub(super) fn party(&mut self, party: Party) -> &mut Self {
        match party.task {
            Some(task) => self.task(task),
            None => self.thread(party.thread),
        }
    }
}

/// Who has waited longest, since when, and how many others wait.
fn first_waiter(lock: &Lock) -> Option<(Party, Stamp, usize)> {
    let &(waiter, since) = lock.waiters.first()?;
    Some((waiter, since, lock.waiters.len() - 1))
}

fn waits(others: usize) -> String {
    let verb = if others == 1 { "waits" } else { "wait" };
    format!("{} {verb}", counted(others, "other"))
}
