//! The simulated computer explained: cores, the GIL, stacks, deadlocks.

use super::Teller;
use crate::scene::names::bytes;
use crate::sim::event::{Kind, Text};
use crate::trace::model::Thread;

impl Teller<'_> {
    pub(super) fn tell_machine(&mut self) {
        let thread = self.event.thread;
        match self.event.kind {
            Kind::GilWait => self.gil_wait(thread),
            Kind::GilTake => self.thread(thread).say(
                " takes the GIL: of the threads of its process, only it runs Python code now.",
            ),
            Kind::GilDrop => self.gil_drop(thread),
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
            Kind::ProcessStart { thread, name, .. } => self.process_start(thread, name),
            Kind::ProcessEnd { process, status } => self.process_end(process, status),
            _ => self.stuck(),
        };
    }

    fn gil_wait(&mut self, thread: u16) -> &mut Self {
        let process = |id: u16| self.model().thread(id).map(|thread| thread.process);
        let own = process(thread);
        let mut holders = self.model().processor.holders.iter().copied();
        let holder = holders.find(|&holder| process(holder) == own);
        self.thread(thread).say(" could go on, but ");
        match holder {
            Some(holder) => self.thread(holder).say(" holds the GIL: it waits."),
            None => self.say("no core is free for it: it waits."),
        }
    }

    fn gil_drop(&mut self, thread: u16) -> &mut Self {
        let first = self.model().processor.waiters.first().copied();
        self.thread(thread).say(" lets go of the GIL");
        match first {
            Some(first) => self
                .say("; ")
                .thread(first)
                .say(" has waited for it the longest."),
            None => self.say(". Nobody waits for it."),
        }
    }

    fn process_start(&mut self, thread: u16, name: Text) -> &mut Self {
        let name = self.words(name);
        self.say("The process ").code(name).say(" is started: ").thread(thread).say(
            " is its main thread. It has a memory and a GIL of its own; what it is to know is sent to it as bytes.",
        )
    }

    fn process_end(&mut self, process: u16, status: i32) -> &mut Self {
        let name = self.model().process_name(process);
        match name.map(|name| self.words(name)) {
            Some(name) => self.say("The process ").code(name),
            None => self.say(format!("Process {process}")),
        };
        match status {
            0 => self.say(" ends; its threads and its memory are gone."),
            1.. => self.say(format!(
                " ends with status {status}; its threads and its memory are gone."
            )),
            _ => self.say(format!(" is ended by signal {}.", status.unsigned_abs())),
        }
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
        let Kind::DeadlockWait {
            thread, on, holder, ..
        } = self.event.kind
        else {
            return self;
        };
        let on = self.words(on);
        self.thread(thread).say(format!(" waits for {on} for ever"));
        match holder {
            Some(holder) if holder == thread => self.say(": only it itself could end that."),
            Some(holder) if self.model().thread(holder).is_some_and(Thread::ended) => {
                self.say(": ").thread(holder).say(" has it and has ended.")
            }
            Some(holder) => self.say(": only ").thread(holder).say(" could end that."),
            None => self.say(": nobody is left who could end that."),
        }
    }
}
