//! How long what a thread executes takes, counted in instructions: one each, nothing while the library gets itself
//! ready, and more where one instruction does much work.

use super::machine::Vm;

/// The unit of work within an instruction: what a built-in needs for a byte of a text or of a large number.
const BYTE: u64 = 1;

/// What a built-in needs for an item of a container.
const ITEM: u64 = 8;

/// What it takes to pickle and write a byte for another process, or to read and unpickle one. CPython takes some 4 ns
/// for it where the message is a list of ints, and some 30 ns for an instruction.
const MESSAGE_BYTE: u64 = 4;

/// What an instruction takes without any of these.
const INSTRUCTION: u64 = 32;

/// What a thread has done since that was last asked: besides instructions, what has to be added to them, and what does
/// not count among them.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// The number of the instruction at which it was last asked.
    start: u64,
    /// Work beyond one instruction each, in units.
    extra: u64,
    /// Instructions that took no time.
    free: u64,
    /// How many reasons there are at present not to count.
    pauses: u32,
    /// The number of the instruction since which none counts.
    since: u64,
}

impl Meter {
    /// From the instruction of this number on nothing takes time, until [`Meter::resume`] is called as often.
    pub fn pause(&mut self, executed: u64) {
        if self.pauses == 0 {
            self.since = executed;
        }
        self.pauses += 1;
    }

    /// Takes back one [`Meter::pause`].
    pub fn resume(&mut self, executed: u64) {
        if self.pauses == 1 {
            self.free += executed.saturating_sub(self.since);
        }
        self.pauses = self.pauses.saturating_sub(1);
    }

    /// Others have executed what comes before the instruction of this number.
    pub fn go_on(&mut self, executed: u64) {
        (self.start, self.since) = (executed, executed);
    }

    fn work(&mut self, count: u64, each: u64) {
        if self.pauses == 0 {
            self.extra = self.extra.saturating_add(count.saturating_mul(each));
        }
    }

    /// How much was done since it was last taken, when so many instructions are executed.
    pub fn spent(&self, executed: u64) -> u64 {
        let paused = match self.pauses {
            0 => 0,
            _ => executed.saturating_sub(self.since),
        };
        let counted = executed.saturating_sub(self.start + self.free + paused);
        counted.saturating_add(self.extra / INSTRUCTION)
    }

    /// The same; and counting begins anew.
    pub fn take(&mut self, executed: u64) -> u64 {
        let spent = self.spent(executed);
        (self.extra, self.free) = (self.extra % INSTRUCTION, 0);
        self.go_on(executed);
        spent
    }
}

/// The rule for built-ins: what goes through so much, or makes so much, does this much work.
impl Vm {
    /// Items of a container.
    #[inline]
    pub fn work_on_items(&mut self, items: usize) {
        self.meter.work(items as u64, ITEM);
    }

    /// Bytes of a text or of a large number.
    #[inline]
    pub fn work_on_bytes(&mut self, bytes: usize) {
        self.meter.work(bytes as u64, BYTE);
    }

    /// Items that are put in order by comparing them.
    pub fn work_on_order(&mut self, items: usize) {
        let rounds = items.checked_ilog2().unwrap_or(0) as usize;
        self.work_on_items(items.saturating_mul(rounds));
    }

    /// Large numbers of so many bits that are multiplied or divided, digit by digit of 64 bits.
    pub fn work_on_product(&mut self, bits: u64, others: u64) {
        self.meter
            .work((bits / 64).saturating_mul(others / 64), BYTE);
    }

    /// A message between processes, on one of its sides.
    pub fn work_on_message(&mut self, bytes: usize) {
        self.meter.work(bytes as u64, MESSAGE_BYTE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_executed_during_a_pause_does_not_count() {
        let mut meter = Meter::default();
        meter.pause(10);
        meter.pause(12);
        meter.work(1000, ITEM);
        meter.resume(20);
        assert_eq!(meter.take(25), 10);
        meter.resume(30);
        meter.work(5, INSTRUCTION);
        assert_eq!(meter.take(40), 15);
        assert_eq!(meter.take(41), 1);
    }

    #[test]
    fn what_others_execute_does_not_count() {
        let mut meter = Meter::default();
        meter.pause(10);
        assert_eq!(meter.take(20), 10);
        meter.work(7, INSTRUCTION);
        meter.go_on(100);
        meter.resume(110);
        meter.work(7, INSTRUCTION);
        assert_eq!(meter.take(112), 9);
    }
}
