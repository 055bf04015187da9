//! What the tasks of a loop wait for that nothing is left to wake.

use super::futures::{attribute, number};
use super::{Party, Reason, Stuck, Wait};
use crate::sim::chain::{self, Chain, Method};
use crate::sim::event::LockId;
use crate::sim::system::System;
use crate::sim::{future, task};
use crate::vm::value::{Id, Value};

impl System<'_> {
    /// The tasks that wait, of all loops of the running process.
    pub(super) fn stuck_tasks(&mut self) -> Vec<Stuck> {
        let tasks = task::registered(self.vm, self.kernel).into_iter();
        let stuck = tasks.filter_map(|known| self.stuck_task(known.task));
        stuck.collect()
    }

    fn stuck_task(&mut self, task: Id) -> Option<Stuck> {
        let awaited = task::waiter(self.vm, task).id()?;
        self.thread_of_loop(self.loop_of(task))?;
        let Chain { places, method } = chain::of(self.vm, task::coroutine(self.vm, task));
        let line = places
            .rsplit_once(':')
            .and_then(|(_, line)| line.parse().ok());
        let wait = match method {
            Some(method) => self.wait_within(&method),
            None => self.end_of(awaited),
        };
        Some(Stuck {
            party: Party::Task(task),
            line: line.unwrap_or(0),
            wait,
        })
    }

    /// The wait of a task inside of a method of the library.
    fn wait_within(&mut self, method: &Method) -> Wait {
        let class = self.vm.class_name(method.object.into());
        match (class, &*method.name) {
            ("Lock", "acquire") => self.wait_for_lock(method.object),
            ("TaskGroup", _) => self.wait_for_group(method.object),
            _ => {
                let call = self.kernel.object_names.call(self.vm, method);
                Wait::on(format!("{call}()"))
            }
        }
    }

    fn wait_for_lock(&self, lock: Id) -> Wait {
        let Some(number) = number(self.vm, lock) else {
            return Wait::on("a lock");
        };
        let holder = self.kernel.task_locks.get(&number);
        let holder = holder.and_then(|&task| self.kernel.tasks.get(task));
        let holder = holder.filter(|known| self.vm.watched.contains(known.task));
        Wait {
            by: holder
                .map(|known| (Party::Task(known.task), Reason::Holds))
                .into_iter()
                .collect(),
            ..Wait::on(format!("Lock {}", LockId(number)))
        }
    }

    fn wait_for_group(&self, group: Id) -> Wait {
        let members = attribute(self.vm, group, "_tasks").and_then(Value::id);
        let members = members.and_then(|tasks| self.vm.heap.set(tasks));
        let members = members.into_iter().flat_map(|tasks| tasks.iter());
        Wait {
            by: self.ends(members),
            ..Wait::on("the tasks of its group")
        }
    }

    /// The ends of those that are tasks.
    pub(super) fn ends(&self, of: impl Iterator<Item = Value>) -> Vec<(Party, Reason)> {
        of.filter_map(Value::id)
            .filter(|&id| task::is_task(self.vm, id))
            .map(|id| (self.party_of_task(id), Reason::Ends))
            .collect()
    }

    /// A task, or the thread that it runs on while it runs.
    pub(super) fn party_of_task(&self, task: Id) -> Party {
        let mut threads = self.kernel.scheduler.threads.iter();
        let on = threads.position(|thread| thread.running_task.id() == Some(task));
        on.map_or(Party::Task(task), Party::Thread)
    }

    pub(super) fn loop_of(&self, task: Id) -> Value {
        future::get(self.vm, task, future::Field::Loop)
    }

    /// The name of a task, as `get_name()` gives it.
    pub(super) fn task_name(&mut self, task: Id) -> String {
        let name = task::name_text(self, task).ok();
        let name = name.map(|name| self.log.texts.get(name).to_owned());
        name.unwrap_or_else(|| future::task_id(self, task).to_string())
    }
}
