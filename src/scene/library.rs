//! What the library's own callbacks are for, since their names tell learners nothing.

/// A callback of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LibraryCallback {
    /// In a word or two, for a chip.
    pub word: &'static str,
    /// What it does, as the end of "the callback that".
    pub deed: &'static str,
}

/// What the callback with this qualified name is for, if it is one of the library's.
pub fn callback(name: &str) -> Option<LibraryCallback> {
    let (word, deed) = match name {
        "_set_result_unless_cancelled" => ("resolve", "makes a future done"),
        "_run_until_complete_cb" => ("stop the loop", "stops the loop"),
        "gather.<locals>._done_callback" => (
            "gather: one is done",
            "lets gather take note of the outcome",
        ),
        "_wait.<locals>._on_completion" => ("wait: one is done", "lets wait take note"),
        "_release_waiter" => ("wait: time is up", "ends a wait"),
        "_AsCompletedIterator._handle_completion" => {
            ("as_completed: one is done", "lets as_completed hand it out")
        }
        "_AsCompletedIterator._handle_timeout" => (
            "as_completed: time is up",
            "ends as_completed when time is up",
        ),
        "TaskGroup._on_task_done" => ("group: one is done", "lets the task group take note"),
        "Timeout._on_timeout" => ("time limit", "cancels a task when time is up"),
        "_chain_future.<locals>._set_state" => (
            "result of a thread",
            "takes over the outcome from a worker thread",
        ),
        "_chain_future.<locals>._call_set_state" => (
            "result to a thread",
            "hands the outcome on to the other future",
        ),
        "_chain_future.<locals>._call_check_cancel" => (
            "cancelled?",
            "looks for a cancellation to pass on to the worker",
        ),
        "_discard_awaited_by" | "shield.<locals>._clear_awaited_by_callback" => {
            ("tidy up", "clears the record of who waits for whom")
        }
        "_log_on_exception" => ("report", "would report an exception that nobody else sees"),
        "shield.<locals>._inner_done_callback" => (
            "shield: inner is done",
            "lets the shield pass the outcome on",
        ),
        "shield.<locals>._outer_done_callback" => ("shield: outer is done", "lets the shield go"),
        "run_coroutine_threadsafe.<locals>.callback" => {
            ("make a task", "makes a task for another thread")
        }
        "BaseSelectorEventLoop._read_from_self" => {
            ("wake-up byte", "reads the byte that woke the selector")
        }
        _ => return None,
    };
    Some(LibraryCallback { word, deed })
}
