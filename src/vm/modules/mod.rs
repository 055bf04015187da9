//! Library modules that are native: those that CPython writes in C and that need no kernel (`math`, `_struct` …).

pub mod cmath;
pub mod collections;
pub mod gc;
pub mod hashes;
pub mod known;
pub mod loopscope;
pub mod math;
pub mod random;
pub mod re;
pub mod structs;
pub mod sys;
pub mod unicode;
pub mod weakref;

use super::machine::Vm;
use super::native::NativeDef;
use super::value::Id;

/// A native module.
#[derive(Debug)]
pub struct NativeModule {
    /// Its name as `import` sees it.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [NativeDef],
    /// Puts everything else (constants, classes) into its namespace, which is given as a dict.
    pub fill: fn(&mut Vm, Id),
}

/// The native modules of the machine; the kernel adds its own.
pub const MODULES: &[NativeModule] = &[
    cmath::MODULE,
    collections::MODULE,
    gc::MODULE,
    hashes::MODULE,
    loopscope::MODULE,
    math::MODULE,
    random::MODULE,
    re::MODULE,
    structs::MODULE,
    sys::SYS,
    unicode::MODULE,
    weakref::MODULE,
];
