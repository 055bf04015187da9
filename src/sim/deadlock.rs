//! Everything is blocked for ever: who holds what and who waits for whom, as a sentence and as events.

use super::event::{Ending, Kind, Waitable};
use super::place::{self, Call, entries, is_users};
use super::system::System;
use super::thread::{State, ThreadIndex, Waiting};
use super::{future, label, lock, task};
use crate::vm::frame::{Fiber, Frame};
use crate::vm::machine::Vm;
use crate::vm::value::Id;

/// Threads that are told one by one; of further ones only the number.
const MOST: usize = 12;

/// The same for the tasks of a loop.
const MOST_TASKS: usize = 3;

/// A thread that waits for ever.
struct Stuck {
    thread: ThreadIndex,
    /// Its line in the program.
    line: u32,
    /// What it waits for, in words.
    on: String,
    /// The thread that alone could end that.
    holder: Option<ThreadIndex>,
    /// The work item whose end it waits for.
    job: Option<u32>,
    /// Of a thread that runs an event loop: what the loop's tasks wait for, each in words.
    tasks: Vec<String>,
}

impl System<'_> {
    /// Ends the run: nobody can ever go on.
    pub fn deadlock(&mut self) {
        let threads = self.kernel.scheduler.threads.iter().enumerate();
        let blocked = threads.filter(|(_, thread)| thread.state == State::Blocked);
        let blocked: Vec<ThreadIndex> = blocked.map(|(thread, _)| thread).collect();
        let stuck: Vec<Stuck> = blocked.iter().map(|&thread| self.stuck(thread)).collect();
        for one in &stuck {
            let on = self.text(&one.on);
            self.log(Kind::DeadlockWait {
                thread: one.thread as u16 + 1,
                on,
                holder: one.holder.map(|holder| holder as u16 + 1),
            });
        }
        let message = self.tell(&stuck);
        self.kernel.end(Ending::Deadlock, message);
    }

    /// What a blocked thread waits for, and who could end that.
    fn stuck(&mut self, thread: ThreadIndex) -> Stuck {
        let tasks = match self.kernel.scheduler.threads[thread].waiting {
            Some(Waiting::Select) => self.stuck_tasks(thread),
            _ => Vec::new(),
        };
        let known = &self.kernel.scheduler.threads[thread];
        let vm = self.kernel.processes.machine(self.vm, known.process);
        let place = Place::of(vm, &known.fiber);
        let job = place.job(vm);
        let (on, holder) = match known.waiting {
            // What the kernel knows of locks and joins is that of the running process.
            _ if known.process != self.kernel.processes.current() => (known.what.to_owned(), None),
            Some(Waiting::Select) => ("its event loop".to_owned(), None),
            Some(Waiting::Join { .. }) => self.join(thread),
            Some(Waiting::Lock { .. }) => match job {
                None if place.idle => (place::NEXT_WORK_ITEM.to_owned(), None),
                Some(job) => (format!("the result of job X{job}"), self.runner(job)),
                None => self.locked(thread, &place),
            },
            _ => (known.what.to_owned(), None),
        };
        Stuck {
            thread,
            line: place.line,
            on,
            holder,
            job,
            tasks,
        }
    }

    /// What the tasks wait for whose loop a thread runs, each in words.
    fn stuck_tasks(&mut self, thread: ThreadIndex) -> Vec<String> {
        let known = &self.kernel.scheduler.threads[thread];
        if known.process != self.kernel.processes.current() {
            return Vec::new();
        }
        let event_loop = known.running_loop;
        let mut tasks: Vec<Id> = self.kernel.tasks.values().copied().collect();
        tasks.retain(|&task| future::get(self.vm, task, future::Field::Loop).is(event_loop));
        tasks
            .into_iter()
            .filter_map(|task| self.stuck_task(task))
            .collect()
    }

    fn stuck_task(&mut self, task: Id) -> Option<String> {
        let on = label::waitable(self, task::waiter(self.vm, task))?;
        let name = task::name_text(self, task).ok()?;
        let name = self.log.texts.get(name).to_owned();
        let (places, call) = task::suspended_at(self, task);
        let place = match places.rsplit_once(':') {
            Some((_, line)) => format!(" (line {line})"),
            None => String::new(),
        };
        let on = match call {
            Some(call) => format!("{call}()"),
            None => match on {
                Waitable::Task(id) => format!("the end of task {id}"),
                Waitable::Future(id) => format!("future {id}"),
                Waitable::Job(id) => format!("the result of job {id}"),
            },
        };
        Some(format!("{name}{place} waits for {on}"))
    }

    fn join(&self, thread: ThreadIndex) -> (String, Option<ThreadIndex>) {
        let mut joiners = self.kernel.joiners.iter();
        let handle = joiners.find(|(_, waiting)| waiting.contains(&thread));
        let holder = handle.and_then(|(&handle, _)| self.kernel.thread_of(handle));
        match holder {
            Some(holder) => (
                format!("the end of {}", self.thread_name(holder)),
                Some(holder),
            ),
            None => ("the end of a thread".to_owned(), None),
        }
    }

    /// A thread that waits for a lock: its own, or one inside a condition, a queue, an event …
    fn locked(&self, thread: ThreadIndex, place: &Place) -> (String, Option<ThreadIndex>) {
        let mut locks = self.kernel.lock_waiters.iter();
        let lock = locks.find(|(_, waiting)| waiting.iter().any(|waiter| waiter.thread == thread));
        let Some((&lock, _)) = lock else {
            return ("a lock".to_owned(), None);
        };
        match &place.call {
            None => (
                self.variable_of(lock).unwrap_or("a lock".to_owned()),
                lock::holder(self.vm, lock),
            ),
            Some(call) => {
                let on = call.written(call.receiver.and_then(|object| self.variable_of(object)));
                let holder = lock::holder(self.vm, lock).filter(|&holder| holder != thread);
                (on, holder)
            }
        }
    }

    /// Who runs a work item; while it is queued, a worker of its pool that is busy.
    fn runner(&self, job: u32) -> Option<ThreadIndex> {
        let running = &self.kernel.running_jobs;
        let known = running.iter().find(|&(_, &item)| item == job);
        let pool = self.kernel.job_pools.get(&job);
        let pool_of = |item: &u32| self.kernel.job_pools.get(item);
        let busy = || running.iter().rev().find(|(_, item)| pool_of(item) == pool);
        known.or_else(busy).map(|(&thread, _)| thread)
    }

    /// The name of a variable that holds an object, or of an attribute of one that does.
    pub fn variable_of(&self, object: Id) -> Option<String> {
        let process = self.kernel.processes.current();
        let threads = self.kernel.scheduler.threads.iter();
        let ours = threads.filter(|thread| thread.process == process);
        place::variable_of(self.vm, ours.map(|thread| &thread.fiber), object)
    }

    fn thread_name(&self, thread: ThreadIndex) -> String {
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

    /// The whole as a sentence: a starved pool, a circle, or everybody.
    fn tell(&self, stuck: &[Stuck]) -> String {
        if let Some(text) = self.tell_starvation(stuck) {
            return text;
        }
        let circle = circle(stuck);
        let (told, begin) = match circle.is_empty() {
            true => (stuck.iter().collect(), "everything is blocked for ever"),
            false => (circle, "deadlock, threads wait for each other in a circle"),
        };
        let parts = told.iter().map(|one| self.tell_one(one)).collect();
        format!("{begin}: {}", first_of(parts, MOST, "threads").join("; "))
    }

    fn tell_one(&self, one: &Stuck) -> String {
        let name = self.thread_name(one.thread);
        let place = match one.line {
            0 => String::new(),
            line => format!(" (line {line})"),
        };
        let by = match one.holder {
            Some(holder) if holder == one.thread => ", which it holds itself".to_owned(),
            Some(holder) if !one.on.starts_with("the end") => {
                format!(", which {} has", self.thread_name(holder))
            }
            _ => String::new(),
        };
        if one.tasks.is_empty() {
            return format!("{name}{place} waits for {}{by}", one.on);
        }
        let tasks = first_of(one.tasks.clone(), MOST_TASKS, "tasks wait").join(", ");
        format!("{name}{place} runs an event loop that nothing is left to wake: {tasks}")
    }

    /// A pool whose workers all wait for jobs behind them in its own queue.
    fn tell_starvation(&self, stuck: &[Stuck]) -> Option<String> {
        let waits_for_queued = |one: &&Stuck| {
            let job = one.job?;
            let mine = self.kernel.running_jobs.get(&one.thread)?;
            let queued = !self.kernel.running_jobs.values().any(|&item| item == job);
            let pool = self.kernel.job_pools.get(&job)?;
            (queued && self.kernel.job_pools.get(mine) == Some(pool)).then_some((*pool, job))
        };
        let starved: Vec<(u32, u32)> = stuck
            .iter()
            .filter_map(|one| waits_for_queued(&one))
            .collect();
        let &(pool, _) = starved.first()?;
        let jobs: Vec<String> = starved.iter().map(|(_, job)| format!("X{job}")).collect();
        let workers = match jobs.len() {
            1 => "its only free worker waits for a job that is".to_owned(),
            many => format!("all {many} workers wait for jobs that are"),
        };
        Some(format!(
            "pool P{pool} starves itself: {workers} behind them in its own queue ({})",
            jobs.join(", ")
        ))
    }
}

/// The first so many of these, and how many more there are.
fn first_of(mut parts: Vec<String>, most: usize, what: &str) -> Vec<String> {
    let more = parts.len().saturating_sub(most);
    parts.truncate(most);
    if more > 0 {
        parts.push(format!("and {more} more {what}"));
    }
    parts
}

/// The threads that wait for each other in a circle; none if there is no circle.
fn circle(stuck: &[Stuck]) -> Vec<&Stuck> {
    let find = |thread| stuck.iter().find(|one| one.thread == thread);
    for start in stuck {
        let mut path = vec![start];
        while let Some(next) = path.last().and_then(|last| last.holder).and_then(find) {
            if let Some(begin) = path.iter().position(|one| one.thread == next.thread) {
                return path.split_off(begin);
            }
            path.push(next);
        }
    }
    Vec::new()
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

    /// The number of the work item whose end the thread waits for.
    fn job(&self, vm: &Vm) -> Option<u32> {
        let dict = vm.heap.get(self.future?).dict;
        let number = entries(vm, dict).find(|(name, _)| *name == "_number");
        number
            .and_then(|(_, value)| vm.as_i64(value))
            .and_then(|number| u32::try_from(number).ok())
    }
}
