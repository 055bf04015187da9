//! The Python machine: values, heap, frames, and one instruction at a time. It knows neither asyncio nor threads nor
//! time: whatever needs them leaves it as a request to the kernel.

pub mod attribute;
pub mod builtins;
pub mod call;
pub mod class;
pub mod compare;
pub mod dict;
pub mod format;
pub mod frame;
pub mod hash;
pub mod heap;
pub mod iter;
pub mod iterate;
pub mod link;
pub mod machine;
pub mod modules;
pub mod names;
pub mod native;
pub mod number;
pub mod object;
pub mod operator;
pub mod repr;
pub mod sequence;
pub mod set;
pub mod subscript;
pub mod text;
pub mod value;
