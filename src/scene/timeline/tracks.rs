//! What lasted from when to when, gathered from the events once, in a form in which any part is quick to find.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::sim::event::{Event, HandleId, JobId, Kind, TaskId};
use crate::trace::model::Role;
use crate::trace::{Model, NUMBER_LIMIT, Recording, Table};

/// Whose lane it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneId {
    /// A thread's.
    Thread(u16),
    /// A task's.
    Task(TaskId),
}

/// How something that lasts is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Solid: it runs.
    Run,
    /// A thread blocks inside a call: it is occupied, and does nothing.
    Held,
    /// Hatched: a task is suspended.
    Wait,
}

/// Whose hue it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's.
    Nobody,
    /// A task's.
    Task(TaskId),
    /// That of the task that submitted the work item.
    Job(JobId),
}

/// A moment: how many events lie before it, and what the clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) event: u32,
    pub(super) ns: u64,
}

/// From here on a lane shows something else. What it shows lasts until the next change. Lanes have millions of these, so one
/// takes 16 bytes: with a [`Moment`] it would take more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) ns: u64,
    pub(super) event: u32,
    shown: Shown,
}

const _: () = assert!(size_of::<Change>() == 16);

impl Change {
    /// Nothing, or what is drawn.
    pub(super) fn to(self) -> Option<(Form, Owner)> {
        self.shown.get()
    }
}

/// What a lane shows, packed: the form, one more than its place in [`FORMS`], or 0 for nothing; whose it is; and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown(u32);

const FORMS: [Form; 3] = [Form::Run, Form::Held, Form::Wait];

/// Bits of the form, and of whose it is.
const FORM_BITS: u32 = 2;
const OWNER_BITS: u32 = 2;

// Objects with larger numbers have no lanes.
const _: () = assert!(NUMBER_LIMIT <= 1 << (u32::BITS - FORM_BITS - OWNER_BITS));

impl Shown {
    fn new(to: Option<(Form, Owner)>) -> Self {
        let Some((form, owner)) = to else {
            return Self(0);
        };
        let (kind, number) = match owner {
            Owner::Nobody => (0, 0),
            Owner::Task(task) => (1, task.0),
            Owner::Job(job) => (2, job.0),
        };
        let number = number.min(NUMBER_LIMIT - 1);
        let owner = kind | (number << OWNER_BITS);
        Self((form as u32 + 1) | (owner << FORM_BITS))
    }

    fn get(self) -> Option<(Form, Owner)> {
        let form = (self.0 % (1 << FORM_BITS)).checked_sub(1)?;
        let number = self.0 >> (FORM_BITS + OWNER_BITS);
        let owner = match (self.0 >> FORM_BITS) % (1 << OWNER_BITS) {
            0 => Owner::Nobody,
            1 => Owner::Task(TaskId(number)),
            _ => Owner::Job(JobId(number)),
        };
        Some((FORMS[form as usize], owner))
    }
}

/// A task goes on because of something that somebody else did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wake {
    pub(super) from: Moment,
    pub(super) by: LaneId,
    pub(super) to: Moment,
    pub(super) task: TaskId,
}

/// The changes in every lane, and who made whom go on.
#[derive(Clone, Debug, Default)]
pub struct Tracks {
    taken: u32,
    threads: BTreeMap<u16, ThreadTrack>,
    tasks: Table<TaskTrack>,
    running: Option<u16>,
    wakes: Vec<Wake>,
    /// Who handed over a callback that has not run yet.
    handed: BTreeMap<HandleId, (Moment, LaneId)>,
}

#[derive(Clone, Debug, Default)]
struct Track {
    changes: Vec<Change>,
}

#[derive(Clone, Debug, Default)]
struct TaskTrack {
    track: Track,
    done: bool,
    /// Who queued the handle that will resume it.
    resumed: Option<(Moment, LaneId)>,
}

#[derive(Clone, Debug, Default)]
struct ThreadTrack {
    track: Track,
    steps: Vec<TaskId>,
    job: Option<JobId>,
    /// Whether it has ever run a work item.
    worker: bool,
    /// Who handed over the callback that runs.
    cause: Option<(Moment, LaneId)>,
    /// Whether it has a core: where computing takes time, that is when it runs.
    on_core: bool,
}

/// Why a thread does not hold the baton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pause {
    /// It is another one's turn.
    Turn,
    /// Its loop waits in its selector.
    Selector,
    /// It sleeps.
    Sleep,
    /// It is blocked.
    Block,
}

impl Track {
    /// What lasts.
    fn now(&self) -> Option<Form> {
        let (form, _) = self.changes.last()?.to()?;
        Some(form)
    }

    /// Ends what lasts so far, and begins something else. What lasts for no event is not kept.
    fn switch(&mut self, at: Moment, next: Option<(Form, Owner)>) {
        let is_now = |last: &mut Change| (last.event, last.ns) == (at.event, at.ns);
        self.changes.pop_if(is_now);
        if next.is_some() || self.now().is_some() {
            self.changes.push(Change {
                ns: at.ns,
                event: at.event,
                shown: Shown::new(next),
            });
        }
    }
}

impl ThreadTrack {
    fn owner(&self) -> Owner {
        match (self.steps.last(), self.job) {
            (Some(&task), _) => Owner::Task(task),
            (None, Some(job)) => Owner::Job(job),
            (None, None) => Owner::Nobody,
        }
    }

    fn run(&mut self, at: Moment) {
        let owner = self.owner();
        self.track.switch(at, Some((Form::Run, owner)));
    }

    /// The thread has a core, or none any more; what it does without one was told before.
    fn set_core(&mut self, at: Moment, on_core: bool) {
        let runs = matches!(self.track.now(), Some(Form::Run));
        self.on_core = on_core;
        match (on_core, runs) {
            (true, false) => self.run(at),
            (false, true) => self.rest(at, Pause::Turn),
            _ => {}
        }
    }

    /// The thread could go on and waits for the GIL.
    fn wait_for_gil(&mut self, at: Moment) {
        let owner = self.owner();
        self.track.switch(at, Some((Form::Wait, owner)));
    }

    /// The thread gives up the baton. A worker that waits for work is not shown as occupied.
    fn rest(&mut self, at: Moment, pause: Pause) {
        let owner = self.owner();
        let held = match pause {
            Pause::Turn | Pause::Selector => false,
            Pause::Sleep => true,
            Pause::Block => owner != Owner::Nobody || !self.worker,
        };
        self.track.switch(at, held.then_some((Form::Held, owner)));
    }
}

impl Tracks {
    /// Takes in what was appended to a recording since the last time.
    pub fn extend(&mut self, recording: &Recording) {
        for event in recording.log().events.from(self.taken as usize) {
            self.take_in(&event, recording.head());
        }
    }

    /// Takes in the next event; the model has the state after it, or a later one.
    pub fn take_in(&mut self, event: &Event, model: &Model) {
        let handle = match event.kind {
            Kind::CallSoon { handle, .. } => model.handle(handle),
            _ => None,
        };
        self.take(event, handle.map_or(Role::Callback, |handle| handle.role));
        self.taken += 1;
    }

    /// How many lanes there are.
    pub fn len(&self) -> usize {
        self.threads.len() + self.tasks.len()
    }

    /// Whether there is no lane.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lanes from the top: the main thread, the tasks, the other threads.
    pub fn lanes(&self, range: Range<usize>) -> Vec<LaneId> {
        let main = self.threads.keys().filter(|&&id| id == 1);
        let others = self.threads.keys().filter(|&&id| id != 1);
        main.map(|&id| LaneId::Thread(id))
            .chain(self.tasks.iter().map(|(id, _)| LaneId::Task(TaskId(id))))
            .chain(others.map(|&id| LaneId::Thread(id)))
            .skip(range.start)
            .take(range.len())
            .collect()
    }

    /// How many lanes lie above this one.
    pub fn above(&self, id: LaneId) -> usize {
        let main = usize::from(self.threads.contains_key(&1));
        match id {
            LaneId::Thread(1) => 0,
            LaneId::Task(task) => {
                main + self.tasks.iter().take_while(|&(id, _)| id < task.0).count()
            }
            LaneId::Thread(thread) => self.tasks.len() + self.threads.range(..thread).count(),
        }
    }

    /// The changes of a lane in order; what the last one begins lasts to the end.
    pub(super) fn changes(&self, id: LaneId) -> &[Change] {
        let track = match id {
            LaneId::Thread(id) => self.threads.get(&id).map(|thread| &thread.track),
            LaneId::Task(id) => self.tasks.get(id.0).map(|task| &task.track),
        };
        track.map_or(&[], |track| &track.changes)
    }

    /// Every wake-up, in the order of the steps that they lead to.
    pub(super) fn wakes(&self) -> &[Wake] {
        &self.wakes
    }

    fn take(&mut self, event: &Event, role: Role) {
        let at = Moment {
            event: self.taken,
            ns: event.at.ns,
        };
        let rests = self.running != Some(event.thread);
        match event.kind {
            Kind::Clock { .. }
            | Kind::ThreadWake { .. }
            | Kind::DeadlockWait { .. }
            | Kind::Status { .. }
            | Kind::GilTake
            | Kind::GilDrop => return,
            Kind::GilWait => return self.thread(event.thread).wait_for_gil(at),
            Kind::CpuOn { .. } => return self.thread(event.thread).set_core(at, true),
            Kind::CpuOff { .. } => return self.thread(event.thread).set_core(at, false),
            // The event before has told more of the same.
            Kind::ThreadBlock { .. } if rests => return,
            _ => {}
        }
        self.pass_baton(event.thread, at);
        let by = match event.task {
            Some(task) => LaneId::Task(task),
            None => LaneId::Thread(event.thread),
        };
        match event.kind {
            Kind::TaskNew { task, .. } => {
                if let Some(made) = self.task(task) {
                    made.track.switch(at, Some((Form::Wait, Owner::Task(task))));
                }
            }
            Kind::Step { task, .. } => self.begin_step(task, event.thread, at),
            Kind::StepEnd { task } => self.end_step(task, event.thread, at),
            Kind::TaskDone { task, .. } => {
                if let Some(task) = self.task(task) {
                    task.done = true;
                }
            }
            Kind::CallSoon { handle, .. } => {
                let cause = match event.task {
                    Some(_) => None,
                    None => self.thread(event.thread).cause,
                };
                self.hand_over(handle, role, cause.unwrap_or((at, by)));
            }
            Kind::CallSoonThreadsafe { handle, .. } => self.hand_over(handle, role, (at, by)),
            Kind::Run { handle, .. } => {
                self.thread(event.thread).cause = self.handed.remove(&handle);
            }
            Kind::RunEnd { .. } => self.thread(event.thread).cause = None,
            _ => self.take_thread(event, at),
        }
    }

    fn take_thread(&mut self, event: &Event, at: Moment) {
        match event.kind {
            Kind::JobStart { job, .. } => {
                let thread = self.thread(event.thread);
                thread.job = Some(job);
                thread.worker = true;
                thread.run(at);
            }
            Kind::JobFinish { .. } => {
                let thread = self.thread(event.thread);
                thread.job = None;
                thread.run(at);
            }
            Kind::LoopIdle { .. } => self.rest(event.thread, at, Pause::Selector),
            Kind::Sleep { .. } => self.rest(event.thread, at, Pause::Sleep),
            Kind::ThreadBlock { .. } => self.rest(event.thread, at, Pause::Block),
            Kind::ThreadEnd { .. } => {
                self.thread(event.thread).track.switch(at, None);
                self.running = None;
            }
            _ => {}
        }
    }

    fn thread(&mut self, id: u16) -> &mut ThreadTrack {
        self.threads.entry(id).or_default()
    }

    fn pass_baton(&mut self, to: u16, at: Moment) {
        if self.running == Some(to) {
            return;
        }
        if let Some(from) = self.running
            && !self.thread(from).on_core
        {
            self.thread(from).rest(at, Pause::Turn);
        }
        self.running = Some(to);
        if !self.thread(to).on_core {
            self.thread(to).run(at);
        }
    }

    fn rest(&mut self, thread: u16, at: Moment, pause: Pause) {
        self.running = None;
        self.thread(thread).rest(at, pause);
    }

    fn task(&mut self, id: TaskId) -> Option<&mut TaskTrack> {
        self.tasks.entry(id.0, TaskTrack::default)
    }

    fn begin_step(&mut self, id: TaskId, thread: u16, at: Moment) {
        let resumed = self.task(id).and_then(|task| {
            task.track.switch(at, Some((Form::Run, Owner::Task(id))));
            task.resumed.take()
        });
        if let Some((from, by)) = resumed.filter(|&(_, by)| by != LaneId::Task(id)) {
            self.wakes.push(Wake {
                from,
                by,
                to: at,
                task: id,
            });
        }
        let thread = self.thread(thread);
        thread.steps.push(id);
        thread.run(at);
    }

    fn end_step(&mut self, id: TaskId, thread: u16, at: Moment) {
        if let Some(task) = self.task(id) {
            let next = (!task.done).then_some((Form::Wait, Owner::Task(id)));
            task.track.switch(at, next);
        }
        let thread = self.thread(thread);
        if let Some(depth) = thread.steps.iter().rposition(|&running| running == id) {
            thread.steps.truncate(depth);
        }
        thread.run(at);
    }

    fn hand_over(&mut self, handle: HandleId, role: Role, cause: (Moment, LaneId)) {
        match role {
            Role::Step(task) | Role::Wakeup(task) => {
                if let Some(task) = self.task(task) {
                    task.resumed = Some(cause);
                }
            }
            Role::Callback => {
                self.handed.insert(handle, cause);
            }
        }
    }
}
