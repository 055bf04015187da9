//! The Python machine: values, heap, frames, and one instruction at a time.
