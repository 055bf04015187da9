//! Awaiting what the host provides, such as the kernel's futures: `__await__` gives an iterator over which the host
//! decides (`Modules/_asynciomodule.c`: FutureIter_am_send).

use super::machine::{Resumed, Vm};
use super::native::Outcome;
use super::object::Payload;
use super::value::{Id, Value};

/// The content of such an iterator.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// What is awaited; `None` when it has come to its end.
    pub on: Value,
    /// Was it resumed before?
    pub resumed: bool,
}

/// What the host makes of one step of an `await`.
pub type Advance = fn(&mut Vm, Wait) -> Outcome<Resumed>;

/// How the host's awaitables are awaited.
#[derive(Clone, Copy, Debug)]
pub struct Awaiting {
    /// The class of the iterators.
    pub class: Id,
    /// The classes whose objects are awaited so; those of programs may be derived from them.
    pub awaitables: [Id; 2],
    /// One step. It may be taken again with the answers that it asked for.
    pub advance: Advance,
    /// The number of the request that does what a coroutine of the library would ([`super::fold`]) …
    pub begin: u16,
    /// … of the one that goes on with it …
    pub resume: u16,
    /// … and of the one that throws an exception into it.
    pub throw: u16,
}

impl Default for Awaiting {
    /// That of a host without awaitables.
    fn default() -> Self {
        Self {
            class: Id::NONE,
            awaitables: [Id::NONE; 2],
            advance: |_, _| Ok(Resumed::Returned(Value::None)),
            begin: 0,
            resume: 0,
            throw: 0,
        }
    }
}

impl Vm {
    /// The iterator with which an awaitable of the host is awaited.
    pub fn new_wait(&mut self, on: Value) -> Value {
        let resumed = false;
        self.object(self.awaiting.class, Payload::Wait { on, resumed })
    }

    /// What such an iterator is about, if it is one.
    #[inline]
    pub fn wait_of(&self, iterator: Value) -> Option<Wait> {
        match *self.heap.content(iterator)? {
            Payload::Wait { on, resumed } => Some(Wait { on, resumed }),
            _ => None,
        }
    }

    /// One step of it.
    pub fn advance_wait(&mut self, iterator: Value, wait: Wait) -> Outcome<Resumed> {
        let resumed = (self.awaiting.advance)(self, wait)?;
        if let (Resumed::Yielded(_), Some(id)) = (&resumed, iterator.id())
            && let Payload::Wait { resumed, .. } = self.heap.payload_mut(id)
        {
            *resumed = true;
        }
        Ok(resumed)
    }

    /// It has come to its end, and holds nothing from now on.
    pub fn end_wait(&mut self, iterator: Value) {
        if let Some(id) = iterator.id() {
            let ended = Payload::Wait {
                on: Value::None,
                resumed: true,
            };
            self.heap.set_payload(id, ended);
        }
    }
}
