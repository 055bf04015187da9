//! Threads: who holds the baton, what each blocked one waits for, and what runs on it.

use super::{Model, Stack, Stamp, deadline, nanoseconds};
use crate::sim::event::{Event, Instant, JobId, Kind, LockId, LoopId, Seconds, TaskId, Text};
use crate::trace::model::future::Recent;

/// A thread of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// Its number; 1 is the main thread.
    pub id: u16,
    /// Its name, if the trace says one.
    pub name: Option<Text>,
    /// What it is doing.
    pub state: ThreadState,
    /// Since when it is in that state.
    pub since: Stamp,
    /// When it was started.
    pub started: Stamp,
    /// Line of its innermost user frame; 0 when unknown.
    pub line: u32,
    /// The function of that line, where the trace records lines.
    pub function: Option<Text>,
    /// The tasks whose steps run on it, outermost first: more than one when an eager task starts inside a step.
    pub steps: Vec<TaskId>,
    /// The work item that it runs.
    pub job: Option<JobId>,
    /// The event loop that it runs.
    pub running_loop: Option<LoopId>,
    /// The line from which it entered that loop.
    pub loop_line: u32,
    /// Its process; 0 is the program's own.
    pub process: u16,
    /// Its stack; nothing where the trace does not tell it.
    pub stack: Stack,
    /// The lock for which it waits, if the trace tells of it.
    pub waits_for: Option<LockId>,
    waited: Option<(Block, Stamp)>,
    pub(super) recent: Recent,
}

/// What a thread is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThreadState {
    /// It holds the baton.
    Running,
    /// It could go on and waits for its turn.
    Runnable,
    /// It waits for something.
    Blocked(Block),
    /// It is over.
    Ended,
}

/// A wait of a thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// What the thread waits for.
    pub on: Blocker,
    /// When it gives up waiting or is done, if the wait is limited.
    pub until: Option<Instant>,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Blocker {
    /// `time.sleep` of this many seconds.
    Sleep(Seconds),
    /// Its event loop's selector.
    Selector,
    /// What `thread.block` names: a lock, a queue …
    Named(Text),
    /// The end of this thread.
    End(u16),
    /// Something that the trace does not tell.
    Unknown,
}

impl Thread {
    pub(super) fn new(id: u16, name: Option<Text>, started: Stamp) -> Self {
        Self {
            id,
            name,
            state: ThreadState::Running,
            since: started,
            started,
            line: 0,
            function: None,
            steps: Vec::new(),
            job: None,
            running_loop: None,
            loop_line: 0,
            process: 0,
            stack: Stack::default(),
            waits_for: None,
            waited: None,
            recent: Recent::default(),
        }
    }

    /// The task whose step runs on this thread, the innermost one.
    pub fn task(&self) -> Option<TaskId> {
        self.steps.last().copied()
    }

    /// Whether its loop itself is at work: no task, and no line of the program but the one that entered the loop.
    pub fn within_loop(&self) -> bool {
        self.running_loop.is_some() && self.steps.is_empty() && self.line == self.loop_line
    }

    /// Whether a line is that of the loop while a task's step runs: the task's own frames are not entered yet, or left
    /// already, and its place is where it is suspended.
    fn between_frames(&self, line: u32) -> bool {
        self.running_loop.is_some() && !self.steps.is_empty() && line == self.loop_line
    }

    /// Whether an event with this line tells that its frames are at another one.
    fn is_moved_to(&self, line: u32) -> bool {
        line > 0 && line != self.line && !self.between_frames(line)
    }

    /// Whether the thread has ended.
    pub fn ended(&self) -> bool {
        self.state == ThreadState::Ended
    }

    /// What a thread that can go on has waited for, and since when.
    pub fn last_wait(&self) -> Option<(Blocker, Stamp)> {
        self.waited.map(|(block, since)| (block.on, since))
    }

    pub(super) fn enter(&mut self, state: ThreadState, since: Stamp) {
        if self.state != state {
            if let ThreadState::Blocked(block) = self.state {
                self.waited = Some((block, self.since));
            }
            self.state = state;
            self.since = since;
        }
    }
}

impl Model {
    /// The thread with this number, made if a trace mentions it without having started it.
    pub(super) fn thread_mut(&mut self, id: u16, stamp: Stamp) -> Option<&mut Thread> {
        self.threads
            .entry(id.into(), || Thread::new(id, None, stamp))
    }

    /// The thread of an event holds the baton, except that a clock jump, a wake-up and a signal happen to blocked threads.
    pub(super) fn pass_baton(&mut self, event: &Event, stamp: Stamp) {
        if !is_done_by_its_thread(&event.kind) {
            return;
        }
        if self.running != Some(event.thread) {
            self.leave_runnable(stamp);
            self.running = Some(event.thread);
        }
        // Most events change nothing about their thread, and looking takes less than taking it out to be changed.
        let known = self.thread(event.thread);
        let unchanged = known.is_some_and(|thread| {
            thread.state == ThreadState::Running && !thread.is_moved_to(event.line)
        });
        if unchanged {
            return;
        }
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.enter(ThreadState::Running, stamp);
            if thread.is_moved_to(event.line) {
                thread.line = event.line;
            }
        }
    }

    fn leave_runnable(&mut self, stamp: Stamp) {
        let Some(id) = self.running else { return };
        if let Some(thread) = self.threads.get_mut(id.into())
            && thread.state == ThreadState::Running
            && self.processor.core_of(id).is_none()
        {
            thread.enter(ThreadState::Runnable, stamp);
        }
    }

    pub(super) fn apply_thread(&mut self, event: &Event, stamp: Stamp) {
        match event.kind {
            Kind::Line { function } => {
                if let Some(thread) = self.thread_mut(event.thread, stamp) {
                    thread.function = Some(function);
                }
            }
            Kind::ThreadStart { thread, name } => self.start_thread(thread, name, stamp),
            Kind::ThreadPreempt => self.leave_runnable(stamp),
            Kind::ThreadEnd { thread, .. } => self.end_thread(thread, stamp),
            Kind::ThreadBlock { what, until, end } => {
                let until = until.map(|until| deadline(event.at, until));
                let on = end.map_or(Blocker::Named(what), Blocker::End);
                self.block(event.thread, on, until, stamp);
            }
            Kind::ThreadWake { thread } => {
                self.leave_thread_lock(thread);
                if let Some(thread) = self.thread_mut(thread, stamp) {
                    thread.enter(ThreadState::Runnable, stamp);
                }
            }
            Kind::Sleep { secs } => {
                let until = event.at.after(nanoseconds(secs));
                self.block(event.thread, Blocker::Sleep(secs), Some(until), stamp);
            }
            Kind::Clock { to } => self.jump(to, stamp),
            _ => {}
        }
    }

    fn start_thread(&mut self, id: u16, name: Option<Text>, stamp: Stamp) {
        let known = self.thread(id);
        let (stack, process) =
            known.map_or_else(Default::default, |known| (known.stack, known.process));
        let thread = Thread {
            stack,
            process,
            ..Thread::new(id, name, stamp)
        };
        self.threads.insert(id.into(), thread);
    }

    fn end_thread(&mut self, id: u16, stamp: Stamp) {
        if let Some(thread) = self.thread_mut(id, stamp) {
            thread.enter(ThreadState::Ended, stamp);
            thread.steps.clear();
            thread.job = None;
            thread.running_loop = None;
        }
        if self.running == Some(id) {
            self.running = None;
        }
    }

    /// The thread blocks. A `thread.block` that follows the event which says more (`sleep`, `loop.idle`) keeps what
    /// that one said.
    pub(super) fn block(&mut self, id: u16, on: Blocker, until: Option<Instant>, stamp: Stamp) {
        if let Some(thread) = self.thread_mut(id, stamp) {
            let block = match thread.recent.blocker.take() {
                Some((said, event)) if event + 1 == stamp.event => said,
                _ => Block { on, until },
            };
            if !matches!(block.on, Blocker::Named(_) | Blocker::End(_)) {
                thread.recent.blocker = Some((block, stamp.event));
            }
            thread.enter(ThreadState::Blocked(block), stamp);
        }
        if self.running == Some(id) {
            self.running = None;
        }
    }

    /// Every thread was blocked; those whose wait ends at the new instant can go on.
    fn jump(&mut self, to: Instant, stamp: Stamp) {
        self.now = to;
        self.running = None;
        let woken = Stamp::new(stamp.event, to);
        let live: Vec<u32> = self
            .threads
            .iter()
            .filter(|(_, thread)| !thread.ended())
            .map(|(id, _)| id)
            .collect();
        for id in live {
            let Some(thread) = self.threads.get_mut(id) else {
                continue;
            };
            match thread.state {
                ThreadState::Blocked(block) if block.until.is_some_and(|until| until <= to) => {
                    thread.enter(ThreadState::Runnable, woken);
                    let id = thread.id;
                    self.leave_thread_lock(id);
                }
                ThreadState::Running | ThreadState::Runnable => {
                    let block = Block {
                        on: Blocker::Unknown,
                        until: None,
                    };
                    thread.enter(ThreadState::Blocked(block), stamp);
                }
                ThreadState::Blocked(_) | ThreadState::Ended => {}
            }
        }
    }
}

/// Whether an event is something that its thread does, rather than something that happens to it.
fn is_done_by_its_thread(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Clock { .. }
            | Kind::Signal { .. }
            | Kind::ThreadWake { .. }
            | Kind::DeadlockWait { .. }
            | Kind::GilWait
            | Kind::GilTake
            | Kind::GilDrop
            | Kind::CpuOn { .. }
            | Kind::CpuOff { .. }
            | Kind::Status { .. }
    )
}
