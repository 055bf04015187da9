//! What programs see of the simulated computer: its cores, the switch interval of the GIL, and computing that needs
//! neither.

use super::clock::nanoseconds;
use super::request::{Number, function, plain};
use super::system::System;
use super::thread::{Waiting, Wake};
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions of the kernel's module.
pub static FUNCTIONS: &[NativeDef] = &[
    function("cpu_count", "", Number::CpuCount),
    function("has_gil", "", Number::HasGil),
    function(
        "set_switch_interval",
        "seconds, /",
        Number::SetSwitchInterval,
    ),
    function("compute_outside", "instructions, /", Number::ComputeOutside),
    plain("pause_meter", "", |vm, _| {
        vm.meter.pause(vm.executed);
        Ok(Value::None)
    }),
    plain("resume_meter", "", |vm, _| {
        vm.meter.resume(vm.executed);
        Ok(Value::None)
    }),
];

/// `os.cpu_count()`
pub fn cpu_count(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(sys.kernel.options.cores.into()))
}

/// `sys._is_gil_enabled()`
pub fn has_gil(sys: &mut System, _: &Request) -> Outcome {
    Ok((sys.kernel.options.gil == super::cpu::Gil::On).into())
}

/// `sys.setswitchinterval(seconds)`, once the library has checked it.
pub fn set_switch_interval(sys: &mut System, request: &Request) -> Outcome {
    let seconds = sys.seconds(sys.argument(request, 0))?;
    if let Some(cpu) = &mut sys.kernel.scheduler.cpu {
        cpu.set_switch_interval(nanoseconds(seconds));
    }
    Ok(Value::None)
}

/// Computes without the GIL, as long as so many instructions would take. Free where computing is free.
pub fn compute_outside(sys: &mut System, request: &Request) -> Outcome {
    if let Some((Waiting::Sleep { deadline }, wake)) = sys.resumption() {
        return match wake {
            Wake::Signal if sys.now() < deadline => outside(sys, deadline),
            _ => Ok(Value::None),
        };
    }
    let instructions = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(0);
    let cost = sys
        .kernel
        .scheduler
        .cpu
        .as_ref()
        .map_or(0, |cpu| cpu.cost());
    match u64::try_from(instructions)
        .unwrap_or(0)
        .saturating_mul(cost)
    {
        0 => Ok(Value::None),
        duration => {
            let deadline = sys.kernel.scheduler.after(duration);
            sys.kernel.scheduler.count_computing(duration);
            outside(sys, deadline)
        }
    }
}

fn outside(sys: &mut System, deadline: super::event::Instant) -> Outcome {
    sys.kernel.scheduler.step_outside();
    sys.block(
        Waiting::Sleep { deadline },
        Some(deadline),
        "computing without the GIL",
    )
}
