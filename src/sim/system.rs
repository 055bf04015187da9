//! What a request sees while it is performed: the machine, the kernel and the log; and how it writes events, blocks,
//! and yields.

use super::clock::nanoseconds;
use super::cpu::CpuChange;
use super::event::{Ending, HandleId, Instant, Kind, Log, LoopId, Seconds, TaskId, Text};
use super::events::Head;
use super::kernel::{Blocking, Entry, Kernel};
use super::options::MAX_LINES_IN_A_ROW;
use super::thread::{Limit, Thread, ThreadIndex, Waiting, Wake};
use super::{future, handle};
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// How a request is performed. As with built-ins, what asks is performed again with the answers; and what blocks is
/// performed again when the thread goes on.
pub type Handler = fn(&mut System, &Request) -> Outcome;

/// The machine, the kernel and the log, while the running thread's request is performed.
pub struct System<'a> {
    /// The machine.
    pub vm: &'a mut Vm,
    /// The kernel's own state.
    pub kernel: &'a mut Kernel,
    /// The events so far.
    pub log: &'a mut Log,
}

/// Events.
impl System<'_> {
    /// Writes an event of the running thread, and before it the lines that were reached since the last one. Inlined, so
    /// that each place packs the one kind of event that it writes.
    #[inline(always)]
    pub fn log(&mut self, kind: Kind) {
        self.log_lines();
        (self.kernel.lines_in_a_row, self.vm.lines_muted) = (0, false);
        if self.has_room() {
            let head = self.head(self.now(), self.kernel.scheduler.current, self.kernel.line);
            self.log.events.append(head, kind);
        }
    }

    /// Writes what happened to a thread between run queue and cores.
    pub fn log_cpu(&mut self, thread: ThreadIndex, change: CpuChange) {
        self.log_lines();
        let kind = match change {
            CpuChange::GilWait => Kind::GilWait,
            CpuChange::GilTake => Kind::GilTake,
            CpuChange::GilDrop => Kind::GilDrop,
            CpuChange::On(core) => Kind::CpuOn { core },
            CpuChange::Off(core) => Kind::CpuOff { core },
        };
        self.write(kind, self.now(), thread, 0);
    }

    /// Writes the lines that user code reached. After very many without any other event the rest is left out.
    #[inline]
    pub fn log_lines(&mut self) {
        if !self.vm.lines.is_empty() {
            self.log_reached_lines();
        }
    }

    fn log_reached_lines(&mut self) {
        let mut marks = std::mem::take(&mut self.vm.lines);
        for mark in &marks {
            if self.kernel.lines_in_a_row < MAX_LINES_IN_A_ROW {
                self.kernel.lines_in_a_row += 1;
                let function = self.log.texts.intern_shared(&mark.function);
                let at = self.kernel.instant_of(mark.done);
                let current = self.kernel.scheduler.current;
                self.write(Kind::Line { function }, at, current, mark.line);
            }
        }
        marks.clear();
        self.vm.lines = marks;
        self.vm.lines_muted = self.kernel.lines_in_a_row >= MAX_LINES_IN_A_ROW;
    }

    /// Appends an event, unless there are as many as there may be: then the run ends instead. Inlined as [`Self::log`] is.
    #[inline(always)]
    fn write(&mut self, kind: Kind, at: Instant, thread: ThreadIndex, line: u32) {
        if self.has_room() {
            let head = self.head(at, thread, line);
            self.log.events.append(head, kind);
        }
    }

    /// Counts an event that is about to be written; false when there are as many as there may be.
    #[inline]
    fn has_room(&mut self) -> bool {
        let room = self.kernel.events < self.kernel.options.max_events;
        if room {
            self.kernel.events += 1;
        } else {
            let message = format!("stopped after {} events", self.kernel.events);
            self.kernel.end(Ending::Budget, message);
        }
        room
    }

    fn head(&self, at: Instant, thread: ThreadIndex, line: u32) -> Head {
        let task = self.running_number(thread);
        Head {
            at,
            thread: thread as u16 + 1,
            line,
            task: Head::number_of((task > 0).then_some(TaskId(task))),
        }
    }

    /// The number in events of the task that a thread runs; 0 when there is none, or none that was mentioned.
    #[inline]
    fn running_number(&self, thread: ThreadIndex) -> u32 {
        match self.kernel.scheduler.threads.get(thread) {
            Some(running) if running.running_number > 0 => running.running_number,
            Some(running) => running.running_task.id().map_or(0, |task| {
                let vm = self.kernel.processes.machine(self.vm, running.process);
                future::trace_number(vm, task)
            }),
            None => 0,
        }
    }

    /// Writes how the run ended, for which there is always room.
    pub fn log_status(&mut self, ending: Ending, message: Option<Text>) {
        self.log_lines();
        let (now, current) = (self.now(), self.kernel.scheduler.current);
        let head = self.head(now, current, self.kernel.line);
        self.log
            .events
            .append(head, Kind::Status { ending, message });
    }

    /// The number of a text in the log.
    pub fn text(&mut self, text: &str) -> Text {
        self.log.texts.intern(text)
    }

    /// The number in the log of a str; that of the empty text for anything else.
    pub fn text_of(&mut self, text: Value) -> Text {
        self.log
            .texts
            .intern(self.vm.as_str(text).unwrap_or_default())
    }

    /// The number of a handle, which it gets when it is first mentioned.
    pub fn handle_id(&mut self, handle: Id) -> HandleId {
        let known = handle::number(self.vm, handle);
        if known > 0 {
            return HandleId(known);
        }
        self.kernel.handles += 1;
        handle::set_number(self.vm, handle, self.kernel.handles);
        HandleId(self.kernel.handles)
    }

    /// The number of a loop that is one of ours; 0 for a program's own.
    pub fn loop_id(&self, event_loop: Value) -> LoopId {
        LoopId(super::event_loop::number(self.vm, event_loop))
    }
}

/// The running thread.
impl System<'_> {
    /// The running thread.
    pub fn thread(&mut self) -> &mut Thread {
        self.kernel.scheduler.thread_mut()
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.kernel.scheduler.clock.now
    }

    /// The task that runs on the loop of the running thread.
    pub fn running_task(&self) -> Option<Id> {
        self.kernel.scheduler.thread().running_task.id()
    }

    /// Sets the task that runs on the loop of the running thread; gives the one before.
    pub fn swap_running_task(&mut self, task: Value) -> Value {
        self.vm.heap.retain(task);
        let number = task.id().map(|task| future::trace_number(self.vm, task));
        let thread = self.thread();
        thread.running_number = number.unwrap_or(0);
        let old = std::mem::replace(&mut thread.running_task, task);
        self.vm.heap.release(old);
        old
    }

    /// What the request was waiting for and why it goes on, if it had blocked.
    pub fn resumption(&mut self) -> Option<(Waiting, Wake)> {
        let thread = self.thread();
        Some((thread.waiting.take()?, thread.woken.take()?))
    }

    /// Blocks the running thread: `return sys.block(…)`. The request is performed again when the thread goes on. The
    /// event follows at the end of the request, when it shows what the program was about to do.
    pub fn block<T>(
        &mut self,
        waiting: Waiting,
        deadline: Option<Instant>,
        what: &'static str,
    ) -> Outcome<T> {
        self.block_until_end(waiting, deadline, what, None)
    }

    /// The same for the end of a thread, by its index.
    pub fn block_until_end<T>(
        &mut self,
        waiting: Waiting,
        deadline: Option<Instant>,
        what: &'static str,
        end: Option<ThreadIndex>,
    ) -> Outcome<T> {
        let until = deadline.map(|at| Seconds(at.seconds()));
        self.kernel.blocking = Some(Blocking { what, until, end });
        self.kernel.scheduler.block(deadline, what);
        self.thread().waiting = Some(waiting);
        self.switch()
    }

    /// Lets every other runnable thread go first; true when this thread keeps the baton because there is none.
    pub fn pause(&mut self) -> Outcome<()> {
        self.kernel.scheduler.clock.charge();
        self.kernel.fire_due(self.vm, self.log);
        if !self.kernel.scheduler.yield_turn() {
            return Ok(());
        }
        self.thread().waiting = Some(Waiting::Turn);
        self.switch()
    }

    /// A request of many parts has done one of them: whatever that asked for is forgotten, and what nothing holds any
    /// more is let go. False when something has to happen before the next part: `return sys.again()`.
    pub fn next_part(&mut self) -> bool {
        self.vm.forget_answers();
        self.vm.free_dead();
        !self.vm.has_due() && !self.kernel.signals.is_pending() && self.kernel.ending.is_none()
    }

    /// What only the frame of a coroutine that has come back held goes while its task still runs.
    pub fn let_go_in_step(&mut self) -> Outcome<()> {
        self.vm.free_dead();
        match self.vm.has_due() {
            true => self.again(),
            false => Ok(()),
        }
    }

    /// Has the request performed again from its beginning, after what is to be run before the next instruction.
    pub fn again<T>(&mut self) -> Outcome<T> {
        Err(Trap::Kernel(0))
    }

    /// Has a coroutine resumed above the running request: `return sys.enter(…)`. What it does is the first answer that
    /// the request is given when it is performed again, and [`Thread::returned`] then has what it was resumed for.
    pub fn enter<T>(&mut self, entry: Entry) -> Outcome<T> {
        self.kernel.entering = Some(entry);
        Err(Trap::Kernel(0))
    }

    fn switch<T>(&mut self) -> Outcome<T> {
        self.kernel.switching = true;
        Err(Trap::Kernel(0))
    }
}

/// Arguments of requests.
impl System<'_> {
    /// `self` of a method.
    pub fn receiver(&self, request: &Request) -> Id {
        self.argument(request, 0).id().unwrap_or(Id::NONE)
    }

    /// The argument of the n-th parameter; unbound when it is absent.
    pub fn argument(&self, request: &Request, n: usize) -> Value {
        request.fixed.get(n).copied().unwrap_or_default()
    }

    /// The number of the running thread, as programs see it.
    pub fn ident(&self) -> i64 {
        self.kernel.scheduler.current as i64 + 1
    }

    /// A duration or time in seconds, from an int or float.
    pub fn seconds(&mut self, value: Value) -> Outcome<f64> {
        if let Some(seconds) = self.vm.as_float(value) {
            return Ok(seconds);
        }
        if let Some(seconds) = self.vm.as_i64(value) {
            return Ok(seconds as f64);
        }
        if let Some(method) = self.vm.special(self.vm.class_of(value), names::FLOAT) {
            let converted = self.vm.call_special(method, value, &[])?;
            return Ok(self.vm.as_float(converted).unwrap_or(0.0));
        }
        let class = self.vm.class_name(value).to_owned();
        self.vm.type_error(format!(
            "'{class}' object cannot be interpreted as an integer or float"
        ))
    }

    /// How long something takes, in seconds, as C's functions that wait read it.
    pub fn duration(&mut self, value: Value) -> Outcome<f64> {
        let seconds = self.seconds(value)?;
        if seconds.is_nan() {
            return self.vm.value_error("Invalid value NaN (not a number)");
        }
        if seconds > super::threading::TIMEOUT_MAX {
            let message = "timestamp out of range for C PyTime_t";
            return self.vm.raise(class::OVERFLOW_ERROR, message);
        }
        Ok(seconds)
    }

    /// How long a wait may take, from a number of seconds or `None` for ever.
    pub fn limit(&mut self, timeout: Value) -> Outcome<Limit> {
        if timeout.or_none().is_none() {
            return Ok(Limit::Never);
        }
        let seconds = self.seconds(timeout)?;
        Ok(match seconds <= 0.0 {
            true => Limit::Now,
            false => Limit::After(nanoseconds(seconds)),
        })
    }

    /// Makes a blocked thread runnable.
    pub fn wake(&mut self, thread: usize, why: Wake) {
        if self.kernel.scheduler.wake(thread, why) {
            self.log(Kind::ThreadWake {
                thread: thread as u16 + 1,
            });
        }
    }

    /// Is this the first execution up to this point of the request, so that effects that must happen once are due?
    pub fn first(&mut self) -> Outcome<bool> {
        Ok(self.vm.passes_first())
    }
}

/// Python code of the library that the kernel asks for.
impl System<'_> {
    /// A global of a library module that has been imported.
    pub fn library(&mut self, module: &str, name: &str) -> Outcome {
        let (module_name, attribute) = (self.vm.intern(module), self.vm.intern(name));
        match self.find_in_library(module_name, attribute) {
            Some(value) => Ok(value),
            None => self.vm.raise(
                class::SYSTEM_ERROR,
                format!("the library lacks {module}.{name}"),
            ),
        }
    }

    /// The same by interned names.
    pub fn find_in_library(&self, module: Value, name: Value) -> Option<Value> {
        let module = self.vm.dict_get_name(self.vm.modules, module)?.id()?;
        let namespace = self.vm.heap.get(module).dict;
        self.vm.dict_get_name(namespace, name)
    }

    /// `object.name(*arguments)`
    pub fn call_method(
        &mut self,
        object: Value,
        name: &str,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let name = self.vm.intern(name);
        let method = self.vm.get_attr(object, name)?;
        self.vm.call_with(method, arguments, keywords)
    }

    /// The repr of a value as events show it: without addresses, and cut when it is long.
    pub fn short_repr(&mut self, value: Value) -> Outcome<Text> {
        match value {
            Value::None => return Ok(self.text("None")),
            Value::Bool(true) => return Ok(self.text("True")),
            Value::Bool(false) => return Ok(self.text("False")),
            Value::Int(number) => return Ok(self.log.texts.intern_number(number)),
            Value::Object(_) if self.is_bare_exception(value) => {
                let parts = [self.vm.short_class_name(value), "()"];
                return Ok(self.log.texts.intern_joined(&parts));
            }
            _ => {}
        }
        let text = if self.has_plain_repr(value, 3) {
            self.vm.repr(value)?
        } else if let Some(items) = self.many_plain_items(value) {
            self.begin_of_list(&items)?
        } else {
            let name = self.vm.intern("repr");
            let function = self
                .vm
                .dict_get_name(self.vm.builtins, name)
                .unwrap_or_default();
            match self.vm.try_call(function, &[value])? {
                Ok(text) => self.vm.as_str(text).unwrap_or_default().to_owned(),
                Err(error) => {
                    let (class, error) = (self.vm.class_name(value), self.vm.class_name(error));
                    format!("<unrepresentable {class}: {error}>")
                }
            }
        };
        let text = cut(&without_addresses(&text));
        Ok(self.text(&text))
    }

    /// The items of a list of very many, if the repr of each can neither fail nor need Python code.
    fn many_plain_items(&self, value: Value) -> Option<Vec<Value>> {
        let Payload::List(items) = self.vm.heap.content(value)? else {
            return None;
        };
        let are_plain = self.vm.class_of(value) == class::LIST
            && items.iter().all(|&item| self.has_plain_repr(item, 2));
        are_plain.then(|| items.to_vec())
    }

    /// The repr of a list of plain items, as far as events show it and a little further.
    fn begin_of_list(&mut self, items: &[Value]) -> Outcome<String> {
        let mut text = "[".to_owned();
        for (at, &item) in items.iter().enumerate() {
            if text.chars().count() > SHOWN {
                return Ok(text);
            }
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(&without_addresses(&self.vm.repr(item)?));
        }
        text.push(']');
        Ok(text)
    }

    /// Is it an exception without arguments, whose repr is that of `BaseException`?
    fn is_bare_exception(&self, value: Value) -> bool {
        match self.vm.heap.content(value) {
            Some(Payload::Exception(content)) => {
                let is_bare = self.vm.items(content.args).is_some_and(<[Value]>::is_empty);
                is_bare && self.has_own_repr(self.vm.class_of(value))
            }
            _ => false,
        }
    }

    /// Can the repr of an exception, or of none, be made at once?
    pub fn can_show(&self, exception: Value) -> bool {
        self.has_plain_repr(exception, 3)
    }

    /// Is the repr of a class's instances that of a built-in class?
    fn has_own_repr(&self, class: Id) -> bool {
        let found = self.vm.lookup(class, names::REPR);
        matches!(
            found.and_then(|found| self.vm.heap.content(found)),
            Some(Payload::Native(_))
        )
    }

    /// Can the repr of a value neither fail nor need Python code?
    fn has_plain_repr(&self, value: Value, depth: usize) -> bool {
        let Some(id) = value.id() else { return true };
        let class = self.vm.class_of(value);
        match self.vm.heap.payload(id) {
            Payload::Str(_) | Payload::Bytes(_) | Payload::Int(_) => self.vm.is_builtin(class),
            Payload::Exception(content) if depth > 0 && self.has_own_repr(class) => {
                self.has_plain_repr(content.args, depth - 1)
            }
            Payload::Tuple(items) if depth > 0 && class == class::TUPLE => items
                .iter()
                .all(|&item| self.has_plain_repr(item, depth - 1)),
            Payload::List(items) if depth > 0 && class == class::LIST && items.len() < 100 => items
                .iter()
                .all(|&item| self.has_plain_repr(item, depth - 1)),
            _ => false,
        }
    }
}

/// Leaves out ` at 0x…`.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    kept
}

/// So many characters of a repr are shown.
const SHOWN: usize = 200;

fn cut(text: &str) -> String {
    match text.chars().count() {
        0..=SHOWN => text.to_owned(),
        _ => text.chars().take(SHOWN - 3).chain("...".chars()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reprs_lose_their_addresses() {
        assert_eq!(
            without_addresses("<a at 0x7f00> <b at 0xff c>"),
            "<a> <b c>"
        );
        assert_eq!(cut(&"x".repeat(201)).len(), 200);
    }
}
