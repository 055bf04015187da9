//! What is to be drawn, as pure functions of a model at a cursor.

pub mod diagnose;
pub mod event_loop;
pub mod explain;
pub mod find;
pub mod highlight;
pub mod library;
pub mod locks;
pub mod memory;
pub mod names;
pub mod output;
pub mod places;
pub mod pools;
pub mod predict;
pub mod tasks;
pub mod threads;
pub mod timeline;
pub mod turns;
pub mod waits;
