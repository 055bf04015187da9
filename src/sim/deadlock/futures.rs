//! Futures that are waited for: who would have to make them done.

use super::{Party, Reason, Wait};
use crate::sim::event::{JobId, Waitable};
use crate::sim::place::entries;
use crate::sim::plain::cell_of;
use crate::sim::record::get;
use crate::sim::system::System;
use crate::sim::thread::ThreadIndex;
use crate::sim::{future, task};
use crate::vm::machine::Vm;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The callback of a future that is to become like another one.
const LINK: &str = "_chain_future.<locals>._call_check_cancel";

impl System<'_> {
    /// The end of a task or of a future of a loop.
    pub(super) fn end_of(&mut self, awaited: Id) -> Wait {
        if task::is_task(self.vm, awaited) {
            return Wait {
                on: self.task_name(awaited),
                of: Some(Waitable::Task(future::task_id(self, awaited))),
                by: self.ends(std::iter::once(awaited.into())),
            };
        }
        let callbacks = get(self.vm, awaited, future::Field::Callbacks);
        let job = linked(self.vm, callbacks).and_then(|source| number(self.vm, source));
        if let Some(job) = job {
            return self.result_of_job(job, self.worker_before(job));
        }
        match attribute(self.vm, awaited, "_children") {
            Some(children) => Wait {
                by: self.ends(self.vm.items(children).unwrap_or_default().iter().copied()),
                ..Wait::on("gather()")
            },
            None => Wait::on(format!("Future {}", future::future_id(self, awaited))),
        }
    }

    /// The result of an executor's future for which a thread waits: of a work item, or of a coroutine that was handed to
    /// a loop. Without words where nothing but the program's own call names it.
    pub(super) fn result_of(&mut self, future: Id, waiter: ThreadIndex) -> Option<Wait> {
        if let Some(job) = number(self.vm, future) {
            let own = self.is_before(waiter, job).then_some(waiter);
            return Some(self.result_of_job(job, own.or(self.worker_before(job))));
        }
        let callbacks = attribute(self.vm, future, "_done_callbacks");
        let source = callbacks.and_then(|callbacks| linked(self.vm, callbacks));
        if let Some(source) = source.filter(|&source| task::is_task(self.vm, source)) {
            return Some(self.end_of(source));
        }
        let event_loop = attribute(self.vm, future, "_loop_id")?;
        let thread = self.thread_of_loop_with(self.vm.as_i64(event_loop)?)?;
        Some(Wait {
            by: vec![(Party::Thread(thread), Reason::Loops)],
            ..Wait::default()
        })
    }

    /// The result of a work item: who runs it stands in the way, or a worker behind whose own it is queued.
    fn result_of_job(&self, job: u32, before: Option<ThreadIndex>) -> Wait {
        let mut running = self.kernel.running_jobs.iter();
        let runner = running.find(|&(_, &item)| item == job);
        let by = match runner {
            Some((&worker, _)) => Some((Party::Thread(worker), Reason::Runs)),
            None => before.map(|worker| (Party::Thread(worker), Reason::Before)),
        };
        Wait {
            on: format!("the result of {}", self.job_name(job)),
            of: Some(Waitable::Job(JobId(job))),
            by: by.into_iter().collect(),
        }
    }

    /// Is a worker busy behind which a work item may be queued?
    fn is_before(&self, worker: ThreadIndex, job: u32) -> bool {
        let pool = |job: &u32| self.kernel.open_jobs.get(job).map(|open| open.pool);
        let own = self.kernel.running_jobs.get(&worker);
        own.is_some_and(|own| pool(own).is_some() && pool(own) == pool(&job))
    }

    fn worker_before(&self, job: u32) -> Option<ThreadIndex> {
        let mut workers = self.kernel.running_jobs.keys().copied();
        workers.find(|&worker| self.is_before(worker, job))
    }

    /// A work item as its submitter calls it.
    pub(super) fn job_name(&self, job: u32) -> String {
        let known = self.kernel.open_jobs.get(&job);
        let call = known.map(|open| self.log.texts.get(open.call));
        call.map_or_else(|| format!("job {}", JobId(job)), str::to_owned)
    }
}

/// The future that one is to become like, by its callbacks.
fn linked(vm: &Vm, callbacks: Value) -> Option<Id> {
    let callbacks = vm.items(callbacks)?.iter();
    let link = callbacks.filter_map(|&callback| match vm.heap.content(callback) {
        Some(Payload::Function(function)) if vm.as_str(function.qualname) == Some(LINK) => {
            Some(function)
        }
        _ => None,
    });
    vm.heap.cell(cell_of(vm, link.last()?, "source")?).id()
}

pub(super) fn attribute(vm: &Vm, object: Id, name: &str) -> Option<Value> {
    let mut attributes = entries(vm, vm.heap.get(object).dict);
    attributes.find_map(|(known, value)| (known == name).then_some(value))
}

/// The number in events of a work item, by its future, or of a lock.
pub(super) fn number(vm: &Vm, future: Id) -> Option<u32> {
    let number = vm.as_i64(attribute(vm, future, "_number")?)?;
    u32::try_from(number).ok().filter(|&number| number > 0)
}
