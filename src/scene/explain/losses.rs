//! What went away before it was of use, explained.

use super::Teller;
use crate::sim::event::{Kind, TaskId, Waitable};

impl Teller<'_> {
    pub(super) fn tell_loss(&mut self) {
        match self.event.kind {
            Kind::CoroutineLost { coro, made } => {
                let coro = format!("{}()", self.words(coro));
                self.say("The coroutine ").code(coro);
                match made {
                    0 => self.say(" goes away"),
                    line => self.say(format!(", made in line {line}, goes away")),
                };
                self.say(": nothing refers to it any more, and nobody has awaited it, so none of it ever ran.");
            }
            Kind::TaskLost { task } => self.task_lost(task),
            Kind::ExceptionLost { of } => self.exception_lost(of),
            _ => {}
        }
    }

    fn task_lost(&mut self, id: TaskId) {
        let made = self.model().task(id).map(|task| task.made);
        self.task(id)
            .say(" goes away before it is done: nothing refers to it any more since it ")
            .cause("was made", made)
            .say(", so nothing could ever wake it.");
    }

    fn exception_lost(&mut self, of: Waitable) {
        let raised = self.done_stamp(of);
        self.waitable(of).say(" goes away, and with it ");
        self.cause("its exception", raised)
            .say(", which nobody has looked at.");
    }
}
