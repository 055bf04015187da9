//! The built-in classes' methods and the functions of the `builtins` module, one file a family.

mod bool;
mod bytearray;
mod bytes;
pub mod complex;
mod deque;
pub mod descriptor;
mod dict;
pub mod exception;
mod float;
mod frame;
mod function;
mod functions_code;
mod functions_collections;
pub mod functions_core;
mod functions_text;
pub mod generator;
mod generic;
mod int;
mod iterators;
mod list;
pub mod memoryview;
pub mod metaclass;
mod new_function;
mod numeric;
pub mod object;
mod range;
mod set;
pub mod slots;
pub mod str;
mod tuple;
mod views;
mod weakref;

use super::class;
use super::frame::Fiber;
use super::machine::Vm;
use super::native::{Args, NativeCode, NativeDef, NativeKind, Outcome};
use super::value::{Id, Value};

/// The code of a built-in that needs only its arguments.
pub type Plain = fn(&mut Vm, &Args) -> Outcome;

/// The code of a built-in that also reads the frames of the running thread.
pub type WithFrames = fn(&mut Vm, &mut Fiber, &[Value]) -> Outcome;

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

    /// A computed attribute that can be set (called with the value, or unbound for `del`).
    pub const fn attribute(name: &'static str, code: Plain) -> Self {
        Self::new(NativeKind::Getter, name, "self, value=None, /", code)
    }

    /// A special method that also reads the frames of the running thread.
    pub const fn with_frames(
        kind: NativeKind,
        name: &'static str,
        parameters: &'static str,
        code: WithFrames,
    ) -> Self {
        let def = NativeDef {
            name,
            parameters,
            code: NativeCode::Frames(code),
        };
        Self { kind, def }
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
    (class::STR, bytes::SEQUENCE),
    (class::STR, str::METHODS),
    (class::BYTES, bytes::SEQUENCE),
    (class::BYTES, bytes::METHODS),
    (class::BYTES, bytes::COMMON),
    (class::BYTEARRAY, bytes::SEQUENCE),
    (class::BYTEARRAY, bytearray::METHODS),
    (class::BYTEARRAY, bytes::COMMON),
    (class::MEMORYVIEW, memoryview::METHODS),
    (class::LIST, list::SLOTS),
    (class::LIST, list::METHODS),
    (class::TUPLE, tuple::METHODS),
    (class::DICT, dict::SLOTS),
    (class::DICT, dict::METHODS),
    (class::SET, set::SHARED),
    (class::SET, set::SET),
    (class::FROZENSET, set::SHARED),
    (class::FROZENSET, set::FROZENSET),
    (class::DEQUE, deque::SLOTS),
    (class::DEQUE, deque::METHODS),
    (class::RANGE, range::RANGE),
    (class::SLICE, range::SLICE),
    (class::DICT_KEYS, views::VIEW),
    (class::DICT_KEYS, views::SET_VIEW),
    (class::DICT_VALUES, views::VIEW),
    (class::DICT_ITEMS, views::VIEW),
    (class::DICT_ITEMS, views::SET_VIEW),
    (class::MAPPINGPROXY, views::MAPPINGPROXY),
    (class::ENUMERATE, iterators::ENUMERATE),
    (class::ZIP, iterators::ZIP),
    (class::MAP, iterators::MAP),
    (class::FILTER, iterators::FILTER),
    (class::REVERSED, iterators::REVERSED),
    (class::LIST_ITERATOR, iterators::ITERATOR),
    (class::CONTEXT_KEYS, iterators::CONTEXT_ITERATOR),
    (class::CONTEXT_VALUES, iterators::CONTEXT_ITERATOR),
    (class::CONTEXT_ITEMS, iterators::CONTEXT_ITERATOR),
    (class::LIST_REVERSEITERATOR, iterators::ITERATOR),
    (class::TUPLE_ITERATOR, iterators::ITERATOR),
    (class::STR_ASCII_ITERATOR, iterators::ITERATOR),
    (class::STR_ITERATOR, iterators::ITERATOR),
    (class::BYTES_ITERATOR, iterators::ITERATOR),
    (class::BYTEARRAY_ITERATOR, iterators::ITERATOR),
    (class::RANGE_ITERATOR, iterators::ITERATOR),
    (class::LONGRANGE_ITERATOR, iterators::ITERATOR),
    (class::SET_ITERATOR, iterators::ITERATOR),
    (class::DICT_KEYITERATOR, iterators::ITERATOR),
    (class::DICT_VALUEITERATOR, iterators::ITERATOR),
    (class::DICT_ITEMITERATOR, iterators::ITERATOR),
    (class::DICT_REVERSEKEYITERATOR, iterators::ITERATOR),
    (class::DICT_REVERSEVALUEITERATOR, iterators::ITERATOR),
    (class::DICT_REVERSEITEMITERATOR, iterators::ITERATOR),
    (class::DEQUE_ITERATOR, iterators::ITERATOR),
    (class::DEQUE_REVERSE_ITERATOR, iterators::ITERATOR),
    (class::ITERATOR, iterators::ITERATOR),
    (class::CALLABLE_ITERATOR, iterators::ITERATOR),
    (class::GENERIC_ALIAS, generic::ALIAS),
    (class::UNION_TYPE, generic::UNION),
    (class::WEAKREF, weakref::METHODS),
    (class::OBJECT, object::METHODS),
    (class::TYPE, metaclass::METHODS),
    (class::CLASSMETHOD, object::WITH_DICT),
    (class::STATICMETHOD, object::WITH_DICT),
    (class::FUNCTION, object::WITH_DICT),
    (class::FUNCTION, function::METHODS),
    (class::MODULE, object::WITH_DICT),
    (class::BASE_EXCEPTION, object::WITH_DICT),
    (class::PROPERTY, descriptor::PROPERTY),
    (class::CLASSMETHOD, descriptor::CLASSMETHOD),
    (class::STATICMETHOD, descriptor::STATICMETHOD),
    (class::FUNCTION, descriptor::FUNCTION),
    (class::METHOD, descriptor::METHOD),
    (class::BUILTIN_FUNCTION, descriptor::BUILTIN_FUNCTION),
    (class::METHOD_WRAPPER, descriptor::BUILTIN_FUNCTION),
    (class::METHOD_DESCRIPTOR, descriptor::BUILTIN_FUNCTION),
    (class::METHOD_DESCRIPTOR, descriptor::DESCRIPTOR),
    (class::SLOT_WRAPPER, descriptor::BUILTIN_FUNCTION),
    (class::SLOT_WRAPPER, descriptor::DESCRIPTOR),
    (class::GETSET_DESCRIPTOR, descriptor::DESCRIPTOR),
    (class::MEMBER_DESCRIPTOR, descriptor::MEMBER),
    (class::CELL, descriptor::CELL),
    (class::MODULE, descriptor::MODULE),
    (class::SUPER, descriptor::SUPER),
    (class::GENERATOR, generator::GENERATOR),
    (class::GENERATOR, generator::GENERATOR_MORE),
    (class::COROUTINE, generator::COROUTINE),
    (class::COROUTINE, generator::COROUTINE_MORE),
    (class::COROUTINE_WRAPPER, generator::COROUTINE_WRAPPER),
    (class::ASYNC_GENERATOR, generator::ASYNC_GENERATOR),
    (class::ASYNC_GENERATOR_ASEND, generator::ASYNC_STEP),
    (class::ASYNC_GENERATOR_ATHROW, generator::ASYNC_STEP),
    (class::CODE, generator::CODE),
    (class::TRACEBACK, frame::TRACEBACK),
    (class::FRAME, frame::FRAME),
    (class::BASE_EXCEPTION, exception::BASE),
    (class::STOP_ITERATION, exception::STOP_ITERATION),
    (class::SYSTEM_EXIT, exception::SYSTEM_EXIT),
    (class::KEY_ERROR, exception::KEY_ERROR),
    (class::OS_ERROR, exception::OS_ERROR),
    (class::IMPORT_ERROR, exception::IMPORT_ERROR),
    (class::NAME_ERROR, exception::NAME_ERROR),
    (class::ATTRIBUTE_ERROR, exception::ATTRIBUTE_ERROR),
    (class::SYNTAX_ERROR, exception::SYNTAX_ERROR),
    (class::UNICODE_ENCODE_ERROR, exception::UNICODE_ERROR),
    (class::UNICODE_DECODE_ERROR, exception::UNICODE_ERROR),
    (class::BASE_EXCEPTION_GROUP, exception::GROUP),
];

/// The functions of the `builtins` module, a table a family.
pub const FUNCTIONS: &[&[NativeDef]] = &[
    functions_core::FUNCTIONS,
    functions_code::FUNCTIONS,
    functions_collections::FUNCTIONS,
    functions_text::FUNCTIONS,
    super::class_build::FUNCTIONS,
];
