//! Frames of threads that are not running: the machine sees the stack of the running one only.

use super::request::{Number, function};
use super::system::System;
use crate::vm::exit::Request;
use crate::vm::frame::{Activation, Fiber};
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};

/// Functions for the frames of other threads.
pub static FUNCTIONS: &[NativeDef] = &[
    function("frame_elsewhere", "generator", Number::FrameElsewhere),
    function("caller_elsewhere", "frame", Number::CallerElsewhere),
    function("line_elsewhere", "frame", Number::LineElsewhere),
    function("locals_elsewhere", "frame", Number::LocalsElsewhere),
];

/// The frame of a generator that runs in another thread, or `None`.
pub fn of_generator(sys: &mut System, request: &Request) -> Outcome {
    let generator = sys.receiver(request);
    let found = find(
        sys,
        |entry| matches!(entry, Activation::Python(frame) if frame.generator == generator),
    );
    Ok(found.map_or(Value::None, |(thread, at)| object(sys, thread, at)))
}

/// The caller of a frame in another thread, or `None`.
pub fn caller(sys: &mut System, request: &Request) -> Outcome {
    let found = find_object(sys, request);
    let caller = found.and_then(|(thread, at)| {
        let fiber = &sys.kernel.scheduler.threads[thread].fiber;
        Some((thread, sys.vm.caller_of(fiber, at)?))
    });
    Ok(caller.map_or(Value::None, |(thread, at)| object(sys, thread, at)))
}

/// The line of a frame in another thread, or that at which it was last seen.
pub fn line(sys: &mut System, request: &Request) -> Outcome {
    if let Some((thread, at)) = find_object(sys, request) {
        object(sys, thread, at);
    }
    let known = sys.vm.frame_object(sys.argument(request, 0));
    let line = known.and_then(|known| known.line);
    Ok(line.map_or(Value::None, |line| Value::Int(line.into())))
}

/// The variables of a function's frame in another thread.
pub fn locals(sys: &mut System, request: &Request) -> Outcome {
    let (mut code, mut values) = (None, Vec::new());
    if let Some((thread, at)) = find_object(sys, request) {
        let fiber = &sys.kernel.scheduler.threads[thread].fiber;
        if let Some(Activation::Python(frame)) = fiber.frames.get(at) {
            code = Some(frame.code.clone());
            values = fiber.stack[frame.base as usize..].to_vec();
        }
    }
    match code {
        Some(code) => Ok(sys.vm.locals_dict(&code, &values)),
        None => Ok(sys.vm.dict().into()),
    }
}

fn find_object(sys: &System, request: &Request) -> Option<(usize, usize)> {
    let object = sys.receiver(request);
    find(
        sys,
        |entry| matches!(entry, Activation::Python(frame) if frame.object == object),
    )
}

/// The thread of this process and the place on its stack where such a frame is.
fn find(sys: &System, is_it: impl Fn(&Activation) -> bool) -> Option<(usize, usize)> {
    let process = sys.kernel.scheduler.thread().process;
    let threads = sys.kernel.scheduler.threads.iter().enumerate();
    let mut here = threads.filter(|(_, thread)| thread.process == process);
    here.find_map(|(number, thread)| Some((number, thread.fiber.frames.iter().rposition(&is_it)?)))
}

fn object(sys: &mut System, thread: usize, at: usize) -> Value {
    let mut fiber: Fiber = std::mem::take(&mut sys.kernel.scheduler.threads[thread].fiber);
    let object: Id = sys.vm.object_of_activation(&mut fiber, at);
    sys.vm.note_place(&fiber, at);
    sys.kernel.scheduler.threads[thread].fiber = fiber;
    object.into()
}
