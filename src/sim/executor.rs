//! What the executors of `concurrent.futures`, which are library Python, tell the kernel: their events.

use super::call;
use super::event::{JobId, Kind, PoolId};
use super::kernel::OpenJob;
use super::label::label;
use super::request::{Number, function};
use super::system::System;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions for `concurrent.futures`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("pool_new", "name, workers, /", Number::PoolNew),
    function("pool_shutdown", "pool, /", Number::PoolShutdown),
    function("job_number", "", Number::JobNumber),
    function(
        "job_submit",
        "job, function, pool, args, /",
        Number::JobSubmit,
    ),
    function("job_start", "job, worker, /", Number::JobStart),
    function("job_finish", "job, state, /", Number::JobFinish),
];

fn number(sys: &System, value: Value) -> u32 {
    sys.vm
        .as_i64(value)
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(0)
}

fn text(sys: &mut System, value: Value) -> super::event::Text {
    let text = sys.vm.as_str(value).unwrap_or_default().to_owned();
    sys.text(&text)
}

/// An executor is made; gives its number.
pub fn pool_new(sys: &mut System, request: &Request) -> Outcome {
    sys.kernel.pools += 1;
    let pool = PoolId(sys.kernel.pools);
    let (name, workers) = (
        text(sys, sys.argument(request, 0)),
        number(sys, sys.argument(request, 1)),
    );
    sys.log(Kind::PoolNew {
        pool,
        name,
        workers,
    });
    Ok(Value::Int(pool.0.into()))
}

/// `shutdown` of an executor is called.
pub fn pool_shutdown(sys: &mut System, request: &Request) -> Outcome {
    let pool = PoolId(number(sys, sys.argument(request, 0)));
    sys.log(Kind::PoolShutdown { pool });
    Ok(Value::None)
}

/// The next number for a work item.
pub fn job_number(sys: &mut System, _: &Request) -> Outcome {
    sys.kernel.jobs += 1;
    Ok(Value::Int(sys.kernel.jobs.into()))
}

/// `submit` returned.
pub fn job_submit(sys: &mut System, request: &Request) -> Outcome {
    let (called, arguments) = (sys.argument(request, 1), sys.argument(request, 3));
    let function = label(sys, called)?;
    let call = call::text(sys, called, arguments)?;
    let call = sys.text(&call);
    let (job, pool) = (
        JobId(number(sys, sys.argument(request, 0))),
        PoolId(number(sys, sys.argument(request, 2))),
    );
    let open = OpenJob { pool: pool.0, call };
    sys.kernel.open_jobs.insert(job.0, open);
    sys.log(Kind::JobSubmit {
        job,
        function,
        pool,
        call: Some(call),
    });
    Ok(Value::None)
}

/// A worker begins a work item.
pub fn job_start(sys: &mut System, request: &Request) -> Outcome {
    let (job, worker) = (
        JobId(number(sys, sys.argument(request, 0))),
        text(sys, sys.argument(request, 1)),
    );
    let me = sys.kernel.scheduler.current;
    sys.kernel.running_jobs.insert(me, job.0);
    sys.log(Kind::JobStart { job, worker });
    Ok(Value::None)
}

/// A work item is done.
pub fn job_finish(sys: &mut System, request: &Request) -> Outcome {
    let (job, state) = (
        JobId(number(sys, sys.argument(request, 0))),
        text(sys, sys.argument(request, 1)),
    );
    sys.kernel
        .running_jobs
        .retain(|_, running| *running != job.0);
    sys.kernel.open_jobs.remove(&job.0);
    sys.log(Kind::JobFinish { job, state });
    Ok(Value::None)
}
