//! How long what a thread executes takes, counted in instructions: one each, nothing while the library gets itself
//! ready, and more where one instruction does much work.

use super::machine::Vm;
use super::object::Payload;
use super::value::Value;

/// Items that a built-in deals with in the time of an instruction, when it goes through a container.
pub const ITEMS: u64 = 4;

/// Bytes that a built-in deals with in the time of an instruction, when it goes through a text or a large number.
pub const BYTES: u64 = 32;

/// Bytes of a message between processes that are pickled and written, or read and unpickled, in the time of an
/// instruction. CPython takes some 4 ns a byte for a list of ints on each side, and some 30 ns for an instruction.
pub const MESSAGE_BYTES: u64 = 8;

/// What a thread has done since that was last asked: besides instructions, what has to be added to them, and what does
/// not count among them.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// The number of the instruction at which it was last asked.
    start: u64,
    /// Work beyond one instruction each.
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

    /// An instruction does as much as so many.
    pub fn work(&mut self, instructions: u64) {
        if self.pauses == 0 {
            self.extra = self.extra.saturating_add(instructions);
        }
    }

    /// How much was done since it was last taken, when so many instructions are executed.
    pub fn spent(&self, executed: u64) -> u64 {
        let paused = match self.pauses {
            0 => 0,
            _ => executed.saturating_sub(self.since),
        };
        let counted = executed.saturating_sub(self.start + self.free + paused);
        counted.saturating_add(self.extra)
    }

    /// The same; and counting begins anew.
    pub fn take(&mut self, executed: u64) -> u64 {
        let spent = self.spent(executed);
        (self.extra, self.free) = (0, 0);
        self.go_on(executed);
        spent
    }
}

impl Vm {
    /// A built-in goes through so many items.
    pub fn work_on_items(&mut self, items: usize) {
        self.meter.work(items as u64 / ITEMS);
    }

    /// A built-in goes through so many bytes.
    pub fn work_on_bytes(&mut self, bytes: usize) {
        self.meter.work(bytes as u64 / BYTES);
    }

    /// A message of so many bytes is sent or received.
    pub fn work_on_message(&mut self, bytes: usize) {
        self.meter.work(bytes as u64 / MESSAGE_BYTES);
    }

    /// A built-in goes through a value, or has made it.
    pub fn work_on(&mut self, value: Value) {
        let work = match self.heap.content(value) {
            Some(Payload::Str(text)) => text.as_str().len() as u64 / BYTES,
            Some(Payload::Bytes(bytes)) => bytes.len() as u64 / BYTES,
            Some(Payload::ByteArray(bytes)) => bytes.len() as u64 / BYTES,
            Some(Payload::Int(number)) => number.bits() / 8 / BYTES,
            Some(Payload::Tuple(items)) => items.len() as u64 / ITEMS,
            Some(Payload::List(items)) => items.len() as u64 / ITEMS,
            Some(Payload::Dict(entries)) => entries.len() as u64 / ITEMS,
            Some(Payload::Set(entries)) => entries.len() as u64 / ITEMS,
            _ => 0,
        };
        self.meter.work(work);
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
        meter.work(1000);
        meter.resume(20);
        assert_eq!(meter.take(25), 10);
        meter.resume(30);
        meter.work(5);
        assert_eq!(meter.take(40), 15);
        assert_eq!(meter.take(41), 1);
    }

    #[test]
    fn what_others_execute_does_not_count() {
        let mut meter = Meter::default();
        meter.pause(10);
        assert_eq!(meter.take(20), 10);
        meter.work(7);
        meter.go_on(100);
        meter.resume(110);
        meter.work(7);
        assert_eq!(meter.take(112), 9);
    }
}
