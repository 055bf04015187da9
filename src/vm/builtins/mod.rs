//! The built-in classes' methods and the functions of the `builtins` module, one file a family.

mod bool;
mod bytearray;
mod bytes;
pub mod complex;
mod float;
mod functions_text;
mod int;
mod numeric;
mod str;

use super::class;
use super::machine::Vm;
use super::native::{Args, NativeCode, NativeDef, NativeKind, Outcome};
use super::value::Id;

/// The code of a built-in that needs only its arguments.
pub type Plain = fn(&mut Vm, &Args) -> Outcome;

/// One method or computed attribute of a built-in class.
#[derive(Debug)]
pub struct Member {
    /// What it is.
    pub kind: NativeKind,
    /// Its declaration.
    pub def: NativeDef,
}

impl Member {
    /// A method.
    pub const fn method(name: &'static str, parameters: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::Method, name, parameters, code)
    }

    /// A special method.
    pub const fn slot(name: &'static str, parameters: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::SlotWrapper, name, parameters, code)
    }

    /// A class method.
    pub const fn class_method(name: &'static str, parameters: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::ClassMethod, name, parameters, code)
    }

    /// A static method; `__new__` is one.
    pub const fn static_method(name: &'static str, parameters: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::StaticMethod, name, parameters, code)
    }

    /// A computed attribute.
    pub const fn getter(name: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::Getter, name, "self, /", code)
    }

    const fn new(
        kind: NativeKind,
        name: &'static str,
        parameters: &'static str,
        code: Plain,
    ) -> Self {
        let code = NativeCode::Plain(code);
        let def = NativeDef {
            name,
            parameters,
            code,
        };
        Self { kind, def }
    }
}

/// A function of a module.
pub const fn function(name: &'static str, parameters: &'static str, code: Plain) -> NativeDef {
    let code = NativeCode::Plain(code);
    NativeDef {
        name,
        parameters,
        code,
    }
}

/// The members of each built-in class.
pub const CLASSES: &[(Id, &[Member])] = &[
    (class::INT, int::OPERATORS),
    (class::INT, int::METHODS),
    (class::BOOL, bool::METHODS),
    (class::FLOAT, float::OPERATORS),
    (class::FLOAT, float::METHODS),
    (class::COMPLEX, complex::OPERATORS),
    (class::COMPLEX, complex::METHODS),
    (class::STR, str::METHODS),
    (class::BYTES, bytes::METHODS),
    (class::BYTES, bytes::COMMON),
    (class::BYTEARRAY, bytearray::METHODS),
    (class::BYTEARRAY, bytes::COMMON),
];

/// The functions of the `builtins` module, a table a family.
pub const FUNCTIONS: &[&[NativeDef]] = &[functions_text::FUNCTIONS];
