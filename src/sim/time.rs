//! The primitives of the `time` module: the virtual clock, and sleeping.

use super::clock::{EPOCH, nanoseconds};
use super::event::{Kind, Seconds};
use super::request::{Number, function};
use super::system::System;
use super::thread::Waiting;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions behind the `time` module.
pub static FUNCTIONS: &[NativeDef] = &[
    function("sleep", "seconds, /", Number::Sleep),
    function("monotonic", "", Number::Monotonic),
    function("perf_counter", "", Number::Monotonic),
    function("monotonic_ns", "", Number::MonotonicNs),
    function("perf_counter_ns", "", Number::MonotonicNs),
    function("time", "", Number::Time),
    function("time_ns", "", Number::TimeNs),
    function("process_time_ns", "", Number::ProcessTimeNs),
    function("thread_time_ns", "", Number::ThreadTimeNs),
];

/// `time.sleep(seconds)`
pub fn sleep(sys: &mut System, request: &Request) -> Outcome {
    let given = sys.argument(request, 0);
    let deadline = match sys.resumption() {
        Some((Waiting::Sleep { deadline }, super::thread::Wake::Timeout)) => {
            let _ = deadline;
            return Ok(Value::None);
        }
        Some((Waiting::Sleep { deadline }, _)) => deadline,
        Some(_) => return Ok(Value::None),
        None => {
            let seconds = sys.duration(given)?;
            if seconds < 0.0 {
                return sys.vm.value_error("sleep length must be non-negative");
            }
            let delay = nanoseconds(seconds);
            if delay == 0 {
                sys.pause()?;
                return Ok(Value::None);
            }
            sys.log(Kind::Sleep {
                secs: Seconds(seconds),
            });
            sys.kernel.scheduler.after(delay)
        }
    };
    if sys.now() >= deadline {
        return Ok(Value::None);
    }
    sys.block(Waiting::Sleep { deadline }, Some(deadline), "time.sleep")
}

fn read(sys: &mut System) -> u64 {
    sys.kernel.scheduler.clock.read()
}

/// `time.monotonic()`, `time.perf_counter()`
pub fn monotonic(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Float(read(sys) as f64 / 1e9))
}

/// `time.monotonic_ns()`, `time.perf_counter_ns()`
pub fn monotonic_ns(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(read(sys) as i64))
}

/// `time.time()`
pub fn time(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Float((EPOCH + read(sys)) as f64 / 1e9))
}

/// `time.time_ns()`
pub fn time_ns(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int((EPOCH + read(sys)) as i64))
}

/// `time.process_time_ns()`: nothing where computing is free.
pub fn process_time_ns(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(sys.kernel.scheduler.process_time() as i64))
}

/// `time.thread_time_ns()`
pub fn thread_time_ns(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(sys.kernel.scheduler.thread_time() as i64))
}
