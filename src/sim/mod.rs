//! The simulated kernel: clock, threads, event loops, executors, and the world that holds them.

pub mod chain;
pub mod clock;
pub mod console;
pub mod context;
pub mod event;
pub mod event_loop;
pub mod executor;
pub mod future;
pub mod handle;
pub mod install;
pub mod kernel;
pub mod label;
pub mod load;
pub mod lock;
pub mod options;
pub mod program;
pub mod request;
pub mod scheduler;
pub mod signal;
pub mod system;
pub mod task;
pub mod thread;
pub mod threading;
pub mod time;
pub mod world;
