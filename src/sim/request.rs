//! The requests that Python code can make to the kernel, and how built-ins of the kernel are declared.

use super::system::Handler;
use super::{
    computer, console, context, event_loop, executor, fold, frames, future, gather, handle, lock,
    lost, pipe, process, program, signal, task, task_lock, task_queue, threading, time,
};
use crate::vm::builtins::{Member, Plain};
use crate::vm::hash::address;
use crate::vm::native::{NativeCode, NativeDef, NativeKind};
use crate::vm::value::Value;

macro_rules! requests {
    ($($name:ident $handler:path;)*) => {
        /// The number of a request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Number {
            $(
                #[doc = concat!("Performed by `", stringify!($handler), "`.")]
                $name,
            )*
        }

        /// How each request is performed, by its number.
        pub static HANDLERS: &[Handler] = &[$($handler),*];
    };
}

requests! {
    ExecuteProgram program::execute;
    ProgramWarnings program::warnings;
    ProgramArguments program::arguments;
    ProgramInput program::input;
    AwaitInput program::await_input;
    Exiting program::exiting;
    FindProgram program::find;
    ForgetProgram program::forget;
    Sleep time::sleep;
    Monotonic time::monotonic;
    MonotonicNs time::monotonic_ns;
    Time time::time;
    TimeNs time::time_ns;
    ProcessTimeNs time::process_time_ns;
    ThreadTimeNs time::thread_time_ns;
    Write console::write;
    LockAcquire lock::acquire;
    LockRelease lock::release;
    RLockAcquire lock::rlock_acquire;
    RLockRelease lock::rlock_release;
    RLockIsOwned lock::rlock_is_owned;
    RLockRecursionCount lock::rlock_recursion_count;
    RLockReleaseSave lock::rlock_release_save;
    RLockAcquireRestore lock::rlock_acquire_restore;
    Spawn threading::spawn;
    ThreadStarted threading::started;
    GetIdent threading::get_ident;
    GetNativeId threading::get_native_id;
    ThreadHandleNew threading::new_handle;
    ThreadHandleOf threading::make_handle;
    HandleSetDone threading::set_done_method;
    HandleJoin threading::join;
    ContextRun context::run;
    ContextCopy context::copy_context;
    ContextVarGet context::get;
    ContextVarSet context::set;
    ContextVarReset context::reset;
    TokenExit context::token_exit;
    FutureNew future::new;
    FutureInit future::init;
    FutureSetResult future::set_result;
    FutureSetException future::set_exception;
    FutureAddDoneCallback future::add_done_callback;
    GatherPlainly gather::gather_plainly;
    FoldBegin fold::begin;
    FoldResume fold::resume;
    FoldThrow fold::throw;
    Cancel task::cancel;
    TaskInit task::init;
    TaskStep task::step_method;
    TaskWakeup task::wakeup_method;
    TaskUncancel task::uncancel;
    TaskSetName task::set_name;
    TaskGetContext task::get_context;
    TaskForget task::forget;
    CoroutineLost lost::coroutine;
    TaskLost lost::task;
    ExceptionLost lost::exception;
    TaskLockJoin task_lock::join;
    TaskLockWait task_lock::wait;
    TaskLockAcquire task_lock::acquire;
    TaskLockRelease task_lock::release;
    TaskLockWake task_lock::wake_first;
    AllCancelled task_lock::all_cancelled;
    TaskQueuePut task_queue::put;
    TaskQueueGet task_queue::get;
    FrameElsewhere frames::of_generator;
    CallerElsewhere frames::caller;
    LineElsewhere frames::line;
    LocalsElsewhere frames::locals;
    AllTasks task::all_tasks;
    CurrentTask task::current_task;
    GetRunningLoop task::get_running_loop;
    PeekRunningLoop task::peek_running_loop;
    SetRunningLoop task::set_running_loop;
    SwapCurrentTask task::swap_current_task;
    LoopReady event_loop::ready_list;
    HandleNew handle::new;
    HandleInit handle::init;
    HandleCancel handle::cancel;
    HandleGetContext handle::get_context;
    TimerInit handle::timer_init;
    LoopNew event_loop::new;
    LoopCallSoon event_loop::call_soon_method;
    LoopCallSoonThreadsafe event_loop::call_soon_threadsafe;
    LoopCallAt event_loop::call_at;
    LoopCallLater event_loop::call_later;
    StartTask task::start_task;
    JoinWaiters future::join_waiters;
    SleepBegin task::begin_sleep;
    LoopTime event_loop::time;
    LoopNote event_loop::note;
    LoopClear event_loop::clear;
    LoopSelect event_loop::select;
    LoopBeginBatch event_loop::begin_own_batch;
    LoopRunNext event_loop::run_next;
    LoopRunBatch event_loop::run_batch;
    LoopEndBatch event_loop::end_batch;
    LoopPoke event_loop::poke_method;
    LoopFound event_loop::found_method;
    PoolNew executor::pool_new;
    PoolShutdown executor::pool_shutdown;
    JobNumber executor::job_number;
    JobSubmit executor::job_submit;
    JobStart executor::job_start;
    JobFinish executor::job_finish;
    ProcessStart process::start;
    ProcessNumber process::current;
    ProcessIds process::ids;
    ProcessStatus process::status;
    ProcessJoin process::join;
    ProcessExit process::exit;
    ProcessKill process::kill;
    ProcessMainThread process::main_thread;
    PipeNew pipe::new;
    PipeSend pipe::send;
    PipeReceive pipe::receive;
    PipeSize pipe::size;
    CpuCount computer::cpu_count;
    HasGil computer::has_gil;
    SetSwitchInterval computer::set_switch_interval;
    ComputeOutside computer::compute_outside;
    SignalRaise signal::raise;
    SignalSet signal::set_handler;
    SignalGet signal::get_handler;
    SignalWakeup signal::set_wakeup;
    SignalSetAlarm signal::set_alarm;
    SignalGetAlarm signal::get_alarm;
    SignalPause signal::pause;
    SignalKillThread signal::kill_thread;
    SignalSetMask signal::set_mask;
    SignalHeld signal::held;
    SignalWait signal::wait;
}

/// A function that is a request.
pub const fn function(name: &'static str, parameters: &'static str, number: Number) -> NativeDef {
    let code = NativeCode::Kernel(number as u16);
    NativeDef {
        name,
        parameters,
        code,
    }
}

/// A function that needs no kernel.
pub const fn plain(name: &'static str, parameters: &'static str, code: Plain) -> NativeDef {
    let code = NativeCode::Plain(code);
    NativeDef {
        name,
        parameters,
        code,
    }
}

/// A method that is a request.
pub const fn method(name: &'static str, parameters: &'static str, number: Number) -> Member {
    Member {
        kind: NativeKind::Method,
        def: function(name, parameters, number),
    }
}

/// A computed attribute that is a request.
pub const fn getter(name: &'static str, number: Number) -> Member {
    Member {
        kind: NativeKind::Getter,
        def: function(name, "self, /", number),
    }
}

/// `__new__` that is a request.
pub const fn constructor(parameters: &'static str, number: Number) -> Member {
    Member {
        kind: NativeKind::StaticMethod,
        def: function("__new__", parameters, number),
    }
}

/// How events and reprs write the address of an object.
pub fn address_text(value: Value) -> String {
    format!("{:#x}", address(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_found_by_number() {
        assert_eq!(HANDLERS.len(), Number::SignalWait as usize + 1);
    }
}
