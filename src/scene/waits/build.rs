//! Nodes and edges of the graph of waits, from a model.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edge, NODE_LIMIT, Node, NodeKind, WaitGraph};
use crate::scene::names::{Hue, View, seconds, short_callback, short_thread, task_hue};
use crate::scene::tasks::{library_call, running_line, source, stage};
use crate::sim::event::{FutureId, HandleId, JobId, LockId, TaskId, Text, Waitable};
use crate::trace::model::{JobState, Source, Task, TaskState};

/// With more tasks than this, those that do the same are drawn as one.
const FEW: usize = 12;
/// As many that do the same are still drawn one by one.
const SAME: usize = 3;

/// The callback by which a task group takes note of its tasks.
const GROUP_CALLBACK: &str = "TaskGroup._on_task_done";

/// What tasks have in common that are drawn as one: coroutine, place, stage, and what they wait for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    coro: Text,
    chain: Option<Text>,
    call: Option<Text>,
    stage: &'static str,
    target: Target,
}

/// What a task waits for, as far as it matters for likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Nothing,
    /// The same task or future.
    This(Waitable),
    /// A future of its own: a sleep, a place in a queue.
    Own,
}

/// The graph without places. Nodes stand in the order in which they are to be looked at.
pub fn graph(view: View) -> WaitGraph {
    let mut builder = Builder {
        view,
        graph: WaitGraph::default(),
        known: BTreeMap::new(),
        edges: BTreeSet::new(),
        tasks: BTreeMap::new(),
    };
    builder.add_tasks();
    builder.add_threads();
    let Builder {
        mut graph, edges, ..
    } = builder;
    let edge = |(from, to)| Edge {
        from,
        to,
        circular: false,
    };
    graph.edges = edges.into_iter().map(edge).collect();
    graph
}

pub(super) struct Builder<'a> {
    pub(super) view: View<'a>,
    pub(super) graph: WaitGraph,
    /// Nodes by their ids.
    known: BTreeMap<String, usize>,
    edges: BTreeSet<(usize, usize)>,
    /// The node of each task that is not done.
    tasks: BTreeMap<TaskId, usize>,
}

impl Builder<'_> {
    fn add_tasks(&mut self) {
        let live: Vec<&Task> = self
            .view
            .model
            .tasks
            .values()
            .filter(|task| !task.done())
            .collect();
        let mut alike: BTreeMap<Likeness, Vec<&Task>> = BTreeMap::new();
        if live.len() > FEW {
            for task in &live {
                alike.entry(self.likeness(task)).or_default().push(task);
            }
            alike.retain(|_, tasks| tasks.len() > SAME);
        }
        let mut waiting: Vec<(usize, &Task)> = Vec::new();
        for task in &live {
            let group = alike
                .get(&self.likeness(task))
                .map_or(&[][..], Vec::as_slice);
            let node = match group.first() {
                Some(first) => self.group(first, group.len()),
                None => self.task(task),
            };
            match node {
                Some(node) => {
                    self.tasks.insert(task.id, node);
                    waiting.push((node, task));
                }
                None => self.graph.more += 1,
            }
        }
        for (node, task) in waiting {
            self.link_task(node, task);
        }
    }

    fn likeness(&self, task: &Task) -> Likeness {
        Likeness {
            coro: task.coro,
            chain: task.chain,
            call: task.call,
            stage: stage(task).word(),
            target: match task.state {
                TaskState::Waiting { on } if self.is_shared(on) => Target::This(on),
                TaskState::Waiting { .. } => Target::Own,
                _ => Target::Nothing,
            },
        }
    }

    /// Whether what is waited for is more than the waiter's own.
    fn is_shared(&self, on: Waitable) -> bool {
        match on {
            Waitable::Task(_) => true,
            Waitable::Job(_) => false,
            Waitable::Future(id) => {
                let waiters = self
                    .view
                    .model
                    .future(id)
                    .map_or(0, |future| future.waiters.len());
                waiters > 1
            }
        }
    }

    /// The node with this id, which is made if there is room for it.
    pub(super) fn node(
        &mut self,
        id: String,
        make: impl FnOnce(&Self, String) -> Node,
    ) -> Option<usize> {
        if let Some(&known) = self.known.get(&id) {
            return Some(known);
        }
        if self.graph.nodes.len() >= NODE_LIMIT {
            return None;
        }
        let node = make(self, id.clone());
        self.graph.nodes.push(node);
        let index = self.graph.nodes.len() - 1;
        self.known.insert(id, index);
        Some(index)
    }

    fn task(&mut self, task: &Task) -> Option<usize> {
        self.node(task.id.to_string(), |builder, id| Node {
            kind: NodeKind::Task(task.id, stage(task)),
            label: builder.view.task_name(task.id),
            detail: builder.place(task),
            ..node(id, task_hue(task.id))
        })
    }

    fn group(&mut self, first: &Task, size: usize) -> Option<usize> {
        self.node(format!("{}+", first.id), |builder, id| Node {
            kind: NodeKind::Tasks(stage(first)),
            label: format!("{size} tasks"),
            detail: builder.place(first),
            ..node(id, 0)
        })
    }

    /// Where a task stands: the innermost of its frames.
    fn place(&self, task: &Task) -> String {
        let coro = self.view.texts.get(task.coro);
        let chain = task.chain.map_or("", |chain| self.view.texts.get(chain));
        match (task.state, chain) {
            (TaskState::Running, _) if task.line > 0 => {
                format!("{}:{}", short_callback(coro), running_line(self.view, task))
            }
            (_, "") => short_callback(coro).to_owned(),
            (_, chain) => {
                let innermost = chain.rsplit(" > ").next().unwrap_or(chain);
                short_callback(innermost).to_owned()
            }
        }
    }

    /// The edge from a task, or from the group that it belongs to, to what it waits for.
    fn link_task(&mut self, from: usize, task: &Task) {
        let TaskState::Waiting { on } = task.state else {
            return;
        };
        let to = match on {
            Waitable::Future(future) => self.awaited(future, task, from),
            on => self.waitable(on),
        };
        self.link(from, to);
    }

    pub(super) fn link(&mut self, from: usize, to: Option<usize>) {
        if let Some(to) = to.filter(|&to| to != from) {
            self.edges.insert((from, to));
        }
    }

    /// The future that a task waits for. What is each task's own is one node for a whole group.
    fn awaited(&mut self, id: FutureId, task: &Task, from: usize) -> Option<usize> {
        let call = library_call(self.view, task);
        let object = call.split('.').next().unwrap_or_default();
        let own = self.graph.nodes.get(from);
        let group = own
            .filter(|node| matches!(node.kind, NodeKind::Tasks(_)))
            .map(|node| node.id.clone());
        let source = source(self.view, id);
        match (source, group) {
            (Some(Source::TaskGroup), _) => self.task_group(id.to_string(), task),
            (_, _) if object.starts_with("TaskGroup-") => self.task_group(object.to_owned(), task),
            (Some(Source::Sleep(_)), Some(group)) => self.thing(format!("{group}sleep"), "sleeps"),
            (Some(Source::Job(_)), Some(group)) => self.thing(format!("{group}job"), "work items"),
            (None, _) if !object.is_empty() => self.thing(object.to_owned(), object),
            (None, Some(group)) if !self.is_shared(Waitable::Future(id)) => {
                self.thing(format!("{group}future"), "futures")
            }
            _ => self.future(id),
        }
    }

    pub(super) fn waitable(&mut self, on: Waitable) -> Option<usize> {
        match on {
            Waitable::Task(task) => self.tasks.get(&task).copied(),
            Waitable::Job(job) => self.job(job),
            Waitable::Future(future) => self.future(future),
        }
    }

    fn thing(&mut self, id: String, label: &str) -> Option<usize> {
        self.node(id, |_, id| Node {
            label: label.to_owned(),
            ..node(id, 0)
        })
    }

    /// A future, with those that it waits for in its turn.
    fn future(&mut self, id: FutureId) -> Option<usize> {
        if self.view.model.outcome(Waitable::Future(id)).is_some() {
            return None;
        }
        let (label, on): (String, &[Waitable]) = match source(self.view, id) {
            Some(Source::Sleep(handle)) => return self.timer(*handle),
            Some(Source::Job(job)) => return self.job(*job),
            Some(Source::Lock(lock)) => return self.lock(*lock),
            Some(Source::Gather(of)) => (format!("gather of {}", of.len()), of),
            Some(Source::Wait(on)) => (format!("wait for {}", on.len()), on),
            Some(Source::Shield(of)) => ("shield".to_owned(), std::slice::from_ref(of)),
            Some(Source::TaskGroup | Source::Unknown) | None => (format!("Future {id}"), &[]),
        };
        let (new, on) = (!self.known.contains_key(&id.to_string()), on.to_vec());
        let node = self.thing(id.to_string(), &label)?;
        // A future that is known already has its edges, also where waits form a circle.
        for on in on.into_iter().filter(|_| new) {
            let to = self.waitable(on);
            self.link(node, to);
        }
        Some(node)
    }

    fn timer(&mut self, handle: HandleId) -> Option<usize> {
        self.node(handle.to_string(), |builder, id| {
            let when = builder
                .view
                .model
                .handle(handle)
                .and_then(|handle| handle.when);
            Node {
                label: "sleep".to_owned(),
                detail: when.map_or_else(String::new, |when| format!("until {}", seconds(when))),
                ..node(id, builder.view.handle_hue(handle))
            }
        })
    }

    /// A lock, which in a way waits for who holds it.
    pub(super) fn lock(&mut self, id: LockId) -> Option<usize> {
        let lock = self.view.model.lock(id)?;
        let holder = lock.held.map(|(party, _)| party);
        let new = !self.known.contains_key(&id.to_string());
        let node = self.node(id.to_string(), |builder, id| Node {
            label: builder.view.lock_name(lock),
            detail: match holder {
                None => "free".to_owned(),
                Some(party) => format!("held by {}", builder.view.party_name(party)),
            },
            ..node(id, 0)
        })?;
        let task = holder.filter(|_| new).and_then(|party| party.task);
        let to = task.and_then(|task| self.tasks.get(&task).copied());
        self.link(node, to);
        Some(node)
    }

    /// A work item, which in a way waits for the worker that has it or is busy before it.
    fn job(&mut self, job: JobId) -> Option<usize> {
        let new = !self.known.contains_key(&job.to_string());
        let node = self.node(job.to_string(), |builder, id| {
            let view = builder.view;
            let detail = match view.model.job(job).map(|job| job.state) {
                Some(JobState::Running { thread }) => {
                    format!("in {}", short_thread(&view.thread_name(thread)))
                }
                _ => "queued".to_owned(),
            };
            Node {
                label: view.job_name(job),
                detail,
                ..node(id, view.job_hue(job))
            }
        })?;
        if new {
            let worker = self.worker_in_the_way(job);
            self.link(node, worker);
        }
        Some(node)
    }

    /// The end of a task group's block: its tasks.
    fn task_group(&mut self, id: String, parent: &Task) -> Option<usize> {
        let members: BTreeSet<usize> = self
            .tasks
            .iter()
            .filter(|(id, _)| self.is_member(**id, parent.id))
            .map(|(_, &node)| node)
            .collect();
        let node = self.thing(id, "TaskGroup")?;
        for member in members {
            self.link(node, Some(member));
        }
        Some(node)
    }

    fn is_member(&self, task: TaskId, parent: TaskId) -> bool {
        let noted = |text: &Text| self.view.texts.get(*text) == GROUP_CALLBACK;
        let task = self.view.model.task(task);
        task.is_some_and(|task| task.parent == Some(parent) && task.callbacks.iter().any(noted))
    }
}

pub(super) fn node(id: String, hue: Hue) -> Node {
    Node {
        id,
        kind: NodeKind::Thing,
        label: String::new(),
        detail: String::new(),
        hue,
        column: 0,
        row: 0,
    }
}
