//! Pipes between processes: messages of bytes, first in, first out. Writing never blocks; reading waits for a message.

use super::request::{Number, function};
use super::system::System;
use super::thread::{Limit, ThreadIndex, Waiting, Wake};
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::Value;
use std::collections::VecDeque;
use std::rc::Rc;

/// Functions for `multiprocessing`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("pipe_new", "", Number::PipeNew),
    function("pipe_send", "pipe, message, /", Number::PipeSend),
    function("pipe_receive", "pipe, timeout=None, /", Number::PipeReceive),
    function("pipe_size", "pipe, /", Number::PipeSize),
];

/// What lies in a pipe, and who waits for more.
#[derive(Clone, Debug, Default)]
pub struct Pipe {
    messages: VecDeque<Rc<[u8]>>,
    readers: VecDeque<ThreadIndex>,
}

impl System<'_> {
    fn pipe(&mut self, number: u32) -> Option<&mut Pipe> {
        self.kernel.pipes.get_mut(number as usize)
    }

    /// Puts a message into a pipe and wakes the first thread that waits for one.
    pub fn post(&mut self, number: u32, message: Rc<[u8]>) {
        let Some(pipe) = self.pipe(number) else {
            return;
        };
        pipe.messages.push_back(message);
        let readers = std::mem::take(&mut pipe.readers);
        // All of them look again: some may be gone, with their process.
        for reader in readers {
            self.wake(reader, Wake::Woken);
        }
    }

    /// What has to be pickled, written, read and unpickled takes time by its size.
    fn pay_for(&mut self, message: &[u8]) {
        self.vm.work_on_message(message.len());
    }
}

fn number(sys: &System, request: &Request) -> u32 {
    let number = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(-1);
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A new pipe; gives its number.
pub fn new(sys: &mut System, _: &Request) -> Outcome {
    sys.kernel.pipes.push(Pipe::default());
    Ok(Value::Int(sys.kernel.pipes.len() as i64 - 1))
}

/// Sends bytes.
pub fn send(sys: &mut System, request: &Request) -> Outcome {
    let message = sys
        .vm
        .as_bytes(sys.argument(request, 1))
        .unwrap_or_default();
    let message: Rc<[u8]> = message.into();
    if sys.first()? {
        // The message is there when the time for it has passed.
        sys.pay_for(&message);
        return sys.again();
    }
    sys.post(number(sys, request), message);
    Ok(Value::None)
}

/// The next message; `None` when time is up. An empty one tells of the end of a process.
pub fn receive(sys: &mut System, request: &Request) -> Outcome {
    let number = number(sys, request);
    let resumption = sys.resumption();
    let Some(pipe) = sys.pipe(number) else {
        return Ok(Value::None);
    };
    if let Some(message) = pipe.messages.pop_front() {
        sys.pay_for(&message);
        return Ok(sys.vm.object(class::BYTES, Payload::Bytes(message)));
    }
    let me = sys.kernel.scheduler.current;
    let deadline = match resumption {
        Some((_, Wake::Timeout)) => {
            if let Some(pipe) = sys.pipe(number) {
                pipe.readers.retain(|&reader| reader != me);
            }
            return Ok(Value::None);
        }
        Some((Waiting::Pipe { deadline }, _)) => deadline,
        _ => match sys.limit(sys.argument(request, 1))? {
            Limit::Now => return Ok(Value::None),
            Limit::Never => None,
            Limit::After(delay) => Some(sys.kernel.scheduler.after(delay)),
        },
    };
    if let Some(pipe) = sys.pipe(number) {
        pipe.readers.retain(|&reader| reader != me);
        pipe.readers.push_back(me);
    }
    sys.block(
        Waiting::Pipe { deadline },
        deadline,
        "a message from another process",
    )
}

/// How many messages lie in a pipe.
pub fn size(sys: &mut System, request: &Request) -> Outcome {
    let number = number(sys, request);
    let size = sys.pipe(number).map_or(0, |pipe| pipe.messages.len());
    Ok(Value::Int(size as i64))
}
