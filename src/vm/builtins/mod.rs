//! The built-in classes' methods and the functions of the `builtins` module, one file a family.

use super::native::{NativeDef, NativeKind};
use super::value::Id;

/// One method or computed attribute of a built-in class.
#[derive(Debug)]
pub struct Member {
    /// What it is.
    pub kind: NativeKind,
    /// Its declaration.
    pub def: NativeDef,
}

/// The members of each built-in class.
pub const CLASSES: &[(Id, &[Member])] = &[];

/// The functions of the `builtins` module, a table a family.
pub const FUNCTIONS: &[&[NativeDef]] = &[];
