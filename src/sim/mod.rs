//! The simulated kernel: clock, threads, event loops, executors, and the world that holds them.

pub mod event;
