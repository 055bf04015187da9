//! How things are called and coloured: one name and one hue for a task, wherever it appears.

use super::library;
use crate::sim::event::{HandleId, Instant, JobId, TaskId, Texts, Waitable};
use crate::trace::model::{Handle, HandleState, Lock, Party, Role, ThreadState};
use crate::trace::{Model, Recording};

/// Number of a hue of the palette; 0 is grey and belongs to the first task and the main thread.
pub type Hue = u8;

/// How many hues there are beside grey.
const HUES: u32 = 7;

/// What a run is drawn from: the state at the cursor, and the texts that it mentions.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The state at the cursor.
    pub model: &'a Model,
    /// The state at the end of what is recorded, which knows what things are called and for what before that is told.
    pub latest: &'a Model,
    /// The texts of the run.
    pub texts: &'a Texts,
}

fn hue_of(number: u32) -> Hue {
    match number {
        0 | 1 => 0,
        _ => (1 + (number - 2) % HUES) as Hue,
    }
}

/// The hue of a task, which it keeps everywhere.
pub fn task_hue(task: TaskId) -> Hue {
    hue_of(task.0)
}

/// Virtual time as people read it: milliseconds, and more digits only where they say something.
pub fn seconds(at: Instant) -> String {
    let (whole, rest) = (at.ns / 1_000_000_000, at.ns % 1_000_000_000);
    let digits = format!("{rest:09}");
    let kept = digits.trim_end_matches('0').len().max(3);
    format!("{whole}.{}", digits.get(..kept).unwrap_or(&digits))
}

/// A number with a comma between its thousands.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A text with the thousands of its numbers set apart.
pub fn grouped(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.parse() {
        Ok(number) => thousands(number),
        Err(_) => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A size as people read it: `12 KiB`, `8 MiB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(&str, u64); 4] = [
        ("TiB", 1 << 40),
        ("GiB", 1 << 30),
        ("MiB", 1 << 20),
        ("KiB", 1 << 10),
    ];
    match UNITS.iter().find(|(_, size)| bytes >= *size) {
        Some((unit, size)) if bytes.is_multiple_of(*size) => format!("{} {unit}", bytes / size),
        Some((unit, size)) => format!("{:.1} {unit}", bytes as f64 / *size as f64),
        None => format!("{bytes} bytes"),
    }
}

/// The time between two instants, if it is any: `0.5 s`.
pub fn elapsed(from: Instant, to: Instant) -> Option<String> {
    let ns = to.ns.checked_sub(from.ns).filter(|&ns| ns > 0)?;
    Some(format!("{} s", ns as f64 / 1e9))
}

impl<'a> View<'a> {
    /// A recording with this state of it at the cursor.
    pub fn of(recording: &'a Recording, model: &'a Model) -> Self {
        Self {
            model,
            latest: recording.head(),
            texts: &recording.log().texts,
        }
    }

    /// The same recording at its end.
    pub fn at_end(self) -> Self {
        Self {
            model: self.latest,
            ..self
        }
    }
}

impl View<'_> {
    /// The name of a task; while its making is not complete, that which it is then given. One without a name is called
    /// after its coroutine.
    pub fn task_name(self, task: TaskId) -> String {
        let known = self.model.task(task);
        let later = || self.latest.task(task)?.first_name;
        let name = known.and_then(|task| task.name).or_else(later);
        let name = name.or_else(|| known.map(|task| task.coro));
        name.map_or_else(|| task.to_string(), |name| self.texts.get(name).to_owned())
    }

    /// The name of a thread; before it tells that itself, the one that it will tell.
    pub fn thread_name(self, thread: u16) -> String {
        let name = |model: &Model| model.thread(thread).and_then(|thread| thread.name);
        let name = name(self.model).or_else(|| name(self.latest));
        match (name, thread) {
            (Some(name), _) => self.texts.get(name).to_owned(),
            (None, 1) => "MainThread".to_owned(),
            (None, number) => format!("Thread-{number}"),
        }
    }

    /// The hue of a thread: that of the task that it works for, or one of its own.
    pub fn thread_hue(self, thread: u16) -> Hue {
        let known = self.model.thread(thread);
        let task = known.and_then(|thread| thread.task());
        let job = known.and_then(|thread| thread.job);
        match (task, job) {
            (Some(task), _) => task_hue(task),
            (None, Some(job)) => self.job_hue(job),
            (None, None) => self.own_hue(thread),
        }
    }

    /// The hue of a thread by itself: grey, unless the program has no tasks and the hues are free.
    pub fn own_hue(self, thread: u16) -> Hue {
        match self.model.tasks.is_empty() {
            true => hue_of(thread.into()),
            false => 0,
        }
    }

    /// The hue of a work item: that of the task that submitted it.
    pub fn job_hue(self, job: JobId) -> Hue {
        match self.model.job(job).and_then(|job| job.by) {
            Some(task) => task_hue(task),
            None => hue_of(job.0 + 1),
        }
    }

    /// What a work item does.
    pub fn job_name(self, job: JobId) -> String {
        let function = self.model.job(job).and_then(|job| job.function);
        function.map_or_else(
            || format!("job {job}"),
            |text| self.texts.get(text).to_owned(),
        )
    }

    /// The hue of a handle: that of the task to which it belongs.
    pub fn handle_hue(self, handle: HandleId) -> Hue {
        let known = self.model.handle(handle);
        let owner = known.and_then(|handle| handle.owner());
        let job = known.and_then(|handle| handle.job);
        match (owner, job) {
            (Some(task), _) => task_hue(task),
            (None, Some(job)) => self.job_hue(job),
            (None, None) => 0,
        }
    }

    /// What a handle does, in a word or two after the task that it is about.
    pub fn handle_name(self, handle: HandleId) -> String {
        let Some(known) = self.model.handle(handle) else {
            return handle.to_string();
        };
        match known.role {
            Role::Step(task) | Role::Wakeup(task) => {
                format!(
                    "{} · {}",
                    self.task_name(task),
                    self.resume_word(known, task)
                )
            }
            Role::Callback => self.callback_name(known),
        }
    }

    fn resume_word(self, handle: &Handle, task: TaskId) -> String {
        let steps = self.model.task(task).map_or(0, |task| task.steps);
        match (handle.state, handle.role) {
            (HandleState::Running | HandleState::Done, _) if steps > 0 => format!("step {steps}"),
            (_, Role::Wakeup(_)) => "wake up".to_owned(),
            _ if steps == 0 => "start".to_owned(),
            _ => "go on".to_owned(),
        }
    }

    fn callback_name(self, handle: &Handle) -> String {
        let name = self.texts.get(handle.callback);
        match (library::callback(name), handle.by) {
            (Some(_), Some(task)) if handle.resolves.is_some() => {
                format!("{} · sleep ends", self.task_name(task))
            }
            (Some(known), Some(task)) if handle.when.is_some() => {
                format!("{} · {}", self.task_name(task), known.word)
            }
            (Some(_), None) if handle.job.is_some() => self.result_name(handle.job),
            (Some(known), _) => known.word.to_owned(),
            (None, _) => short_callback(name).to_owned(),
        }
    }

    /// The outcome of a work item, on its way to the task that waits for it.
    fn result_name(self, job: Option<JobId>) -> String {
        let known = job.and_then(|id| self.model.job(id));
        let what = job.map_or_else(String::new, |id| self.job_name(id));
        match known.and_then(|job| job.by) {
            Some(task) => format!("{} · result of {what}", self.task_name(task)),
            None => format!("result of {what}"),
        }
    }

    /// The variable that holds a lock, or the lock's class and number.
    pub fn lock_name(self, lock: &Lock) -> String {
        match lock.name.map(|name| self.texts.get(name)) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => format!("{} {}", short_class(self.texts.get(lock.class)), lock.id),
        }
    }

    /// Who holds a lock or waits for it.
    pub fn party_name(self, party: Party) -> String {
        match party.task {
            Some(task) => self.task_name(task),
            None => self.thread_name(party.thread),
        }
    }

    /// What is waited for, in a few words.
    pub fn waitable_name(self, on: Waitable) -> String {
        match on {
            Waitable::Task(task) => self.task_name(task),
            Waitable::Future(future) => format!("Future {future}"),
            Waitable::Job(job) => self.job_name(job),
        }
    }

    /// Whether this thread runs: it holds the baton, or has a core.
    pub fn runs(self, thread: u16) -> bool {
        self.holds_baton(thread) || self.model.processor.core_of(thread).is_some()
    }

    /// Whether this thread holds the baton.
    pub fn holds_baton(self, thread: u16) -> bool {
        let state = self.model.thread(thread).map(|thread| thread.state);
        self.model.running == Some(thread) && state == Some(ThreadState::Running)
    }
}

/// The end of a thread's long name: what it begins with is its pool's and the same for all of its workers.
pub fn short_thread(name: &str) -> String {
    const LONG: usize = 14;
    match name.rfind('-').and_then(|dash| name.get(dash..)) {
        Some(end) if name.len() > LONG && !name.ends_with(')') => format!("…{end}"),
        _ => name.to_owned(),
    }
}

/// The name that a thread got by itself, without its function: `Thread-1` of `Thread-1 (work)`.
pub fn numbered_thread(name: &str) -> &str {
    match name.split_once(" (") {
        Some((number, _)) if number.starts_with("Thread-") => number,
        _ => name,
    }
}

/// A class without its module.
fn short_class(class: &str) -> &str {
    class.rsplit('.').next().unwrap_or(class)
}

/// The last part of a callback's qualified name.
pub fn short_callback(name: &str) -> &str {
    name.rsplit(".<locals>.").next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_has_milliseconds_and_more_digits_only_where_needed() {
        let at = |ns| seconds(Instant { ns, hop: 0 });
        assert_eq!(at(0), "0.000");
        assert_eq!(at(1_100_000_000), "1.100");
        assert_eq!(at(300_000_001), "0.300000001");
    }

    #[test]
    fn the_first_task_is_grey_and_neighbours_differ() {
        let hues: Vec<Hue> = (1..10).map(|number| task_hue(TaskId(number))).collect();
        assert_eq!(hues, [0, 1, 2, 3, 4, 5, 6, 7, 1]);
    }
}
