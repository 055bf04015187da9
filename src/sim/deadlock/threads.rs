//! What blocked threads wait for.

use super::{Party, Reason, Stuck, Wait};
use crate::sim::lock;
use crate::sim::place::{self, Call, is_users};
use crate::sim::system::System;
use crate::sim::thread::{State, ThreadIndex, Waiting};
use crate::vm::frame::{Fiber, Frame};
use crate::vm::hash;
use crate::vm::machine::Vm;
use crate::vm::value::{Id, Value};

impl System<'_> {
    /// A blocked thread, with what it waits for.
    pub(super) fn stuck_thread(&mut self, thread: ThreadIndex) -> Stuck {
        let known = &self.kernel.scheduler.threads[thread];
        let vm = self.kernel.processes.machine(self.vm, known.process);
        let place = Place::of(vm, &known.fiber);
        let wait = match known.waiting {
            Some(Waiting::Join { .. }) => self.join_of(thread),
            // What the kernel knows of locks is that of the running process.
            _ if known.process != self.kernel.processes.current() => Wait::on(known.what),
            Some(Waiting::Select) => Wait::on("its event loop"),
            Some(Waiting::Lock { .. }) if place.idle => Wait::on(place::NEXT_WORK_ITEM),
            Some(Waiting::Lock { .. }) => self.locked(thread, &place),
            _ => Wait::on(known.what),
        };
        Stuck {
            party: Party::Thread(thread),
            line: place.line,
            wait,
        }
    }

    fn join_of(&self, thread: ThreadIndex) -> Wait {
        let mut joiners = self.kernel.joiners.iter();
        let handle = joiners.find(|(_, waiting)| waiting.contains(&thread));
        let joined = handle.and_then(|(&handle, _)| self.kernel.thread_of(handle));
        let joined = joined.or_else(|| self.kernel.processes.joined_by(thread));
        let Some(joined) = joined else {
            return Wait::on("the end of a thread");
        };
        Wait {
            by: vec![(Party::Thread(joined), Reason::Ends)],
            ..Wait::on(format!("the end of {}", self.thread_name(joined)))
        }
    }

    /// A thread that waits for a lock: its own, or one inside a condition, a queue, a future …
    fn locked(&mut self, thread: ThreadIndex, place: &Place) -> Wait {
        let mut locks = self.kernel.lock_waiters.iter();
        let lock = locks.find(|(_, waiting)| waiting.iter().any(|waiter| waiter.thread == thread));
        let lock = lock.map(|(&lock, _)| lock);
        let holder = lock.and_then(|lock| lock::holder(self.vm, lock));
        let held = |holder: ThreadIndex| (Party::Thread(holder), Reason::Holds);
        let Some(call) = &place.call else {
            return Wait {
                by: holder.map(held).into_iter().collect(),
                ..Wait::on(lock.map_or("a lock".to_owned(), |lock| self.name_of_lock(lock)))
            };
        };
        let result = place
            .future
            .and_then(|future| self.result_of(future, thread));
        let on = || call.written(call.receiver.and_then(|object| self.variable_of(object)));
        match result {
            Some(wait) if wait.on.is_empty() => Wait { on: on(), ..wait },
            Some(wait) => wait,
            // A lock that who waits holds itself is only what it sleeps on.
            None => Wait {
                by: holder
                    .filter(|&holder| holder != thread)
                    .map(held)
                    .into_iter()
                    .collect(),
                ..Wait::on(on())
            },
        }
    }

    /// The variable that holds a lock, or the lock's class and number.
    fn name_of_lock(&self, lock: Id) -> String {
        let numbered = || {
            let number = lock::event_number(self.vm, lock)?;
            let class = self.vm.class_name(lock.into());
            Some(format!("{class} K{number}"))
        };
        let name = self.variable_of(lock).or_else(numbered);
        name.unwrap_or("a lock".to_owned())
    }

    /// The thread that runs an event loop.
    pub(super) fn thread_of_loop(&self, event_loop: Value) -> Option<ThreadIndex> {
        let mut threads = self.kernel.scheduler.threads.iter();
        threads
            .position(|thread| thread.state != State::Ended && thread.running_loop.is(event_loop))
            .filter(|_| event_loop.id().is_some())
    }

    /// The thread that runs the loop with this identity.
    pub(super) fn thread_of_loop_with(&self, identity: i64) -> Option<ThreadIndex> {
        let threads = &self.kernel.scheduler.threads;
        let known = threads.iter().map(|thread| thread.running_loop);
        let event_loop = known.filter(|known| known.id().is_some());
        let mut found = event_loop.filter(|&known| hash::identity(known) == identity);
        self.thread_of_loop(found.next()?)
    }

    pub(super) fn thread_name(&self, thread: ThreadIndex) -> String {
        let threads = &self.kernel.scheduler.threads;
        match threads
            .get(thread)
            .and_then(|thread| thread.name.as_deref())
        {
            _ if thread == 0 => "the main thread".to_owned(),
            Some(name) => name.to_owned(),
            None => format!("thread {}", thread + 1),
        }
    }
}

/// Where a thread is blocked.
struct Place {
    /// The line of the innermost frame of the program.
    line: u32,
    /// The function of the library that the program called there.
    call: Option<Call>,
    /// The future of an executor whose end it waits for.
    future: Option<Id>,
    /// Is it a worker of an executor that has nothing to do?
    idle: bool,
}

impl Place {
    fn of(vm: &Vm, fiber: &Fiber) -> Self {
        let inside = fiber.python_frames().take_while(|frame| !is_users(frame));
        let waits = |frame: &&Frame| {
            let code = &frame.code.code;
            &*code.source.module == "concurrent.futures._base"
                && matches!(&*code.qualname, "Future.result" | "Future.exception")
        };
        let future = inside.filter(waits).last();
        let future = future.and_then(|frame| place::receiver(fiber, frame));
        Self {
            line: fiber.user_line(),
            call: Call::of(fiber),
            future: future.filter(|&id| vm.heap.is_live(id)),
            idle: place::is_idle_worker(fiber),
        }
    }
}
