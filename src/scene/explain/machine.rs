//! The simulated computer explained: cores, the GIL, stacks, deadlocks.

use super::Teller;
use crate::scene::names::bytes;
use crate::sim::event::Kind;

impl Teller<'_> {
    pub(super) fn tell_machine(&mut self) {
        let thread = self.event.thread;
        match self.event.kind {
            Kind::GilWait => self
                .thread(thread)
                .say(" could go on, but another thread holds the GIL: it waits."),
            Kind::GilTake => self
                .thread(thread)
                .say(" takes the GIL: only it runs Python code now."),
            Kind::GilDrop => self
                .thread(thread)
                .say(" lets go of the GIL, so that another thread can take it."),
            Kind::CpuOn { core } => self
                .thread(thread)
                .say(format!(" begins to run on core {}.", core + 1)),
            Kind::CpuOff { core } => self
                .thread(thread)
                .say(format!(" leaves core {}.", core + 1)),
            Kind::Stack {
                thread,
                reserved,
                touched,
            } => self.stack(thread, reserved, touched),
            _ => self.stuck(),
        };
    }

    fn stack(&mut self, thread: u16, reserved: u64, touched: u64) -> &mut Self {
        self.say("A stack is reserved for ")
            .thread(thread)
            .say(format!(
                ": {} of address space, of which it touches {} for now.",
                bytes(reserved),
                bytes(touched)
            ))
    }

    fn stuck(&mut self) -> &mut Self {
        let Kind::DeadlockWait { thread, on, holder } = self.event.kind else {
            return self;
        };
        let on = self.words(on);
        self.thread(thread).say(format!(" waits for {on} for ever"));
        match holder {
            Some(holder) if holder == thread => self.say(", which it holds itself."),
            Some(holder) => self.say(": only ").thread(holder).say(" could end that."),
            None => self.say(": nobody is left who could end that."),
        }
    }
}
