//! Classes: the content of a class object, and the numbers of the built-in ones.

use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use std::rc::Rc;

/// What the instances of a class hold besides attributes; a class inherits it from its built-in base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Attributes only.
    Plain,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `complex`
    Complex,
    /// `str`
    Str,
    /// `bytes`
    Bytes,
    /// `bytearray`
    ByteArray,
    /// `tuple`
    Tuple,
    /// `list`
    List,
    /// `dict`
    Dict,
    /// `set` and `frozenset`
    Set,
    /// `collections.deque`
    Deque,
    /// `type`
    Class,
    /// `BaseException`
    Exception,
    /// `property`
    Property,
    /// `types.ModuleType`
    Module,
    /// A native record with that many fields (objects of the kernel).
    Record(u8),
    /// Made only by the machine itself; programs can neither call nor subclass it.
    Internal,
}

/// Do instances have a `__dict__`?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// Any attribute can be set.
    Open,
    /// Only those that `__slots__` names, or none.
    Closed,
    /// None, and no class can be derived.
    Sealed,
}

/// The content of a class.
#[derive(Clone, Debug)]
pub struct Class {
    /// `__name__`, a str
    pub name: Value,
    /// `__qualname__`, a str
    pub qualname: Value,
    /// What messages call it, a str: the name, with the module in front if CPython has the class in C.
    pub type_name: Value,
    /// `__bases__`
    pub bases: Vec<Id>,
    /// `__mro__`, this class first
    pub mro: Vec<Id>,
    /// The dict of its attributes.
    pub namespace: Id,
    /// What its instances hold.
    pub layout: Layout,
    /// Do its instances have a `__dict__`?
    pub attributes: Attributes,
    /// The names of attributes in the order in which they go with an instance, where there are several; see
    /// [`super::teardown`]. Counted.
    pub teardown: Option<Rc<[Value]>>,
    /// Special traits found along the mro when it was made or changed.
    pub traits: Traits,
}

/// What the machine wants to know of a class without looking names up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// `__del__` is defined.
    pub finalizer: bool,
    /// `__getattribute__` is overridden in Python.
    pub getattribute: bool,
    /// `__getattr__` is defined.
    pub getattr: bool,
    /// `__setattr__` or `__delattr__` is overridden in Python.
    pub setattr: bool,
    /// Instances are descriptors: `__get__` is defined.
    pub get: bool,
    /// Instances are data descriptors: `__set__` or `__delete__` is defined.
    pub set: bool,
    /// `__eq__` or `__hash__` is overridden in Python.
    pub eq: bool,
}

impl Class {
    /// Calls `visit` with every value that it refers to. The mro is not counted: its members are reachable by the bases, and
    /// the class itself is its first member.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        visit(self.name);
        visit(self.qualname);
        visit(self.type_name);
        visit(self.namespace.into());
        self.bases.iter().for_each(|&base| visit(base.into()));
        let teardown = self.teardown.iter().flat_map(|names| names.iter());
        teardown.copied().for_each(visit);
    }
}

/// How a built-in class is made at the start of a world.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its name, with the module in front unless that is `builtins`.
    pub name: &'static str,
    /// Its base.
    pub base: Id,
    /// What its instances hold.
    pub layout: Layout,
}

macro_rules! builtin_classes {
    ($($constant:ident $name:literal $base:ident $layout:expr;)*) => {
        const CONSTANTS: &[&str] = &[$(stringify!($constant)),*];

        $(
            #[doc = concat!("`", $name, "`")]
            pub const $constant: Id = Id(super::names::position(CONSTANTS, stringify!($constant)) + 1);
        )*

        /// The built-in classes in the order of their numbers, the first with number 1.
        pub const BUILTIN: &[Builtin] = &[$(Builtin { name: $name, base: $base, layout: $layout }),*];
    };
}

const NONE: Id = Id::NONE;

use Layout::{Exception as Exc, Internal as Own, Plain as Obj};

builtin_classes! {
    OBJECT "object" NONE Obj;
    TYPE "type" OBJECT Layout::Class;
    NONE_TYPE "NoneType" OBJECT Own;
    NOT_IMPLEMENTED_TYPE "NotImplementedType" OBJECT Own;
    ELLIPSIS "ellipsis" OBJECT Own;
    INT "int" OBJECT Layout::Int;
    BOOL "bool" INT Layout::Int;
    FLOAT "float" OBJECT Layout::Float;
    COMPLEX "complex" OBJECT Layout::Complex;
    STR "str" OBJECT Layout::Str;
    BYTES "bytes" OBJECT Layout::Bytes;
    BYTEARRAY "bytearray" OBJECT Layout::ByteArray;
    MEMORYVIEW "memoryview" OBJECT Own;
    TUPLE "tuple" OBJECT Layout::Tuple;
    LIST "list" OBJECT Layout::List;
    DICT "dict" OBJECT Layout::Dict;
    SET "set" OBJECT Layout::Set;
    FROZENSET "frozenset" OBJECT Layout::Set;
    DEQUE "collections.deque" OBJECT Layout::Deque;
    DEQUE_ITERATOR "collections._deque_iterator" OBJECT Own;
    DEQUE_REVERSE_ITERATOR "collections._deque_reverse_iterator" OBJECT Own;
    SLICE "slice" OBJECT Own;
    RANGE "range" OBJECT Own;
    CELL "cell" OBJECT Own;
    FUNCTION "function" OBJECT Own;
    BUILTIN_FUNCTION "builtin_function_or_method" OBJECT Own;
    METHOD_DESCRIPTOR "method_descriptor" OBJECT Own;
    SLOT_WRAPPER "wrapper_descriptor" OBJECT Own;
    GETSET_DESCRIPTOR "getset_descriptor" OBJECT Own;
    MEMBER_DESCRIPTOR "member_descriptor" OBJECT Own;
    METHOD "method" OBJECT Own;
    METHOD_WRAPPER "method-wrapper" OBJECT Own;
    MODULE "module" OBJECT Layout::Module;
    PROPERTY "property" OBJECT Layout::Property;
    CLASSMETHOD "classmethod" OBJECT Obj;
    STATICMETHOD "staticmethod" OBJECT Obj;
    SUPER "super" OBJECT Obj;
    GENERATOR "generator" OBJECT Own;
    COROUTINE "coroutine" OBJECT Own;
    ASYNC_GENERATOR "async_generator" OBJECT Own;
    ASYNC_GENERATOR_ASEND "async_generator_asend" OBJECT Own;
    ASYNC_GENERATOR_ATHROW "async_generator_athrow" OBJECT Own;
    ASYNC_GENERATOR_VALUE "async_generator_wrapped_value" OBJECT Own;
    COROUTINE_WRAPPER "coroutine_wrapper" OBJECT Own;
    ANEXT_AWAITABLE "anext_awaitable" OBJECT Own;
    CODE "code" OBJECT Own;
    FRAME "frame" OBJECT Own;
    TRACEBACK "traceback" OBJECT Own;
    MAPPINGPROXY "mappingproxy" OBJECT Own;
    DICT_KEYS "dict_keys" OBJECT Own;
    DICT_VALUES "dict_values" OBJECT Own;
    DICT_ITEMS "dict_items" OBJECT Own;
    DICT_KEYITERATOR "dict_keyiterator" OBJECT Own;
    DICT_VALUEITERATOR "dict_valueiterator" OBJECT Own;
    DICT_ITEMITERATOR "dict_itemiterator" OBJECT Own;
    DICT_REVERSEKEYITERATOR "dict_reversekeyiterator" OBJECT Own;
    DICT_REVERSEVALUEITERATOR "dict_reversevalueiterator" OBJECT Own;
    DICT_REVERSEITEMITERATOR "dict_reverseitemiterator" OBJECT Own;
    LIST_ITERATOR "list_iterator" OBJECT Own;
    CONTEXT_KEYS "keys" OBJECT Own;
    CONTEXT_VALUES "values" OBJECT Own;
    CONTEXT_ITEMS "items" OBJECT Own;
    LIST_REVERSEITERATOR "list_reverseiterator" OBJECT Own;
    TUPLE_ITERATOR "tuple_iterator" OBJECT Own;
    STR_ASCII_ITERATOR "str_ascii_iterator" OBJECT Own;
    STR_ITERATOR "str_iterator" OBJECT Own;
    BYTES_ITERATOR "bytes_iterator" OBJECT Own;
    BYTEARRAY_ITERATOR "bytearray_iterator" OBJECT Own;
    RANGE_ITERATOR "range_iterator" OBJECT Own;
    LONGRANGE_ITERATOR "longrange_iterator" OBJECT Own;
    SET_ITERATOR "set_iterator" OBJECT Own;
    ITERATOR "iterator" OBJECT Own;
    CALLABLE_ITERATOR "callable_iterator" OBJECT Own;
    ENUMERATE "enumerate" OBJECT Obj;
    ZIP "zip" OBJECT Obj;
    MAP "map" OBJECT Obj;
    FILTER "filter" OBJECT Obj;
    REVERSED "reversed" OBJECT Obj;
    WEAKREF "weakref.ReferenceType" OBJECT Obj;
    GENERIC_ALIAS "types.GenericAlias" OBJECT Own;
    UNION_TYPE "typing.Union" OBJECT Own;
    TEMPLATE "string.templatelib.Template" OBJECT Own;
    INTERPOLATION "string.templatelib.Interpolation" OBJECT Own;

    BASE_EXCEPTION "BaseException" OBJECT Exc;
    EXCEPTION "Exception" BASE_EXCEPTION Exc;
    BASE_EXCEPTION_GROUP "BaseExceptionGroup" BASE_EXCEPTION Exc;
    EXCEPTION_GROUP "ExceptionGroup" BASE_EXCEPTION_GROUP Exc;
    GENERATOR_EXIT "GeneratorExit" BASE_EXCEPTION Exc;
    KEYBOARD_INTERRUPT "KeyboardInterrupt" BASE_EXCEPTION Exc;
    SYSTEM_EXIT "SystemExit" BASE_EXCEPTION Exc;
    ARITHMETIC_ERROR "ArithmeticError" EXCEPTION Exc;
    FLOATING_POINT_ERROR "FloatingPointError" ARITHMETIC_ERROR Exc;
    OVERFLOW_ERROR "OverflowError" ARITHMETIC_ERROR Exc;
    ZERO_DIVISION_ERROR "ZeroDivisionError" ARITHMETIC_ERROR Exc;
    ASSERTION_ERROR "AssertionError" EXCEPTION Exc;
    ATTRIBUTE_ERROR "AttributeError" EXCEPTION Exc;
    BUFFER_ERROR "BufferError" EXCEPTION Exc;
    EOF_ERROR "EOFError" EXCEPTION Exc;
    IMPORT_ERROR "ImportError" EXCEPTION Exc;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" IMPORT_ERROR Exc;
    LOOKUP_ERROR "LookupError" EXCEPTION Exc;
    INDEX_ERROR "IndexError" LOOKUP_ERROR Exc;
    KEY_ERROR "KeyError" LOOKUP_ERROR Exc;
    MEMORY_ERROR "MemoryError" EXCEPTION Exc;
    NAME_ERROR "NameError" EXCEPTION Exc;
    UNBOUND_LOCAL_ERROR "UnboundLocalError" NAME_ERROR Exc;
    OS_ERROR "OSError" EXCEPTION Exc;
    BLOCKING_IO_ERROR "BlockingIOError" OS_ERROR Exc;
    CHILD_PROCESS_ERROR "ChildProcessError" OS_ERROR Exc;
    CONNECTION_ERROR "ConnectionError" OS_ERROR Exc;
    BROKEN_PIPE_ERROR "BrokenPipeError" CONNECTION_ERROR Exc;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" CONNECTION_ERROR Exc;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" CONNECTION_ERROR Exc;
    CONNECTION_RESET_ERROR "ConnectionResetError" CONNECTION_ERROR Exc;
    FILE_EXISTS_ERROR "FileExistsError" OS_ERROR Exc;
    FILE_NOT_FOUND_ERROR "FileNotFoundError" OS_ERROR Exc;
    INTERRUPTED_ERROR "InterruptedError" OS_ERROR Exc;
    IS_A_DIRECTORY_ERROR "IsADirectoryError" OS_ERROR Exc;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" OS_ERROR Exc;
    PERMISSION_ERROR "PermissionError" OS_ERROR Exc;
    PROCESS_LOOKUP_ERROR "ProcessLookupError" OS_ERROR Exc;
    TIMEOUT_ERROR "TimeoutError" OS_ERROR Exc;
    REFERENCE_ERROR "ReferenceError" EXCEPTION Exc;
    RUNTIME_ERROR "RuntimeError" EXCEPTION Exc;
    NOT_IMPLEMENTED_ERROR "NotImplementedError" RUNTIME_ERROR Exc;
    PYTHON_FINALIZATION_ERROR "PythonFinalizationError" RUNTIME_ERROR Exc;
    RECURSION_ERROR "RecursionError" RUNTIME_ERROR Exc;
    STOP_ASYNC_ITERATION "StopAsyncIteration" EXCEPTION Exc;
    STOP_ITERATION "StopIteration" EXCEPTION Exc;
    SYNTAX_ERROR "SyntaxError" EXCEPTION Exc;
    INDENTATION_ERROR "IndentationError" SYNTAX_ERROR Exc;
    TAB_ERROR "TabError" INDENTATION_ERROR Exc;
    SYSTEM_ERROR "SystemError" EXCEPTION Exc;
    TYPE_ERROR "TypeError" EXCEPTION Exc;
    VALUE_ERROR "ValueError" EXCEPTION Exc;
    UNICODE_ERROR "UnicodeError" VALUE_ERROR Exc;
    UNICODE_DECODE_ERROR "UnicodeDecodeError" UNICODE_ERROR Exc;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" UNICODE_ERROR Exc;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" UNICODE_ERROR Exc;
    WARNING "Warning" EXCEPTION Exc;
    BYTES_WARNING "BytesWarning" WARNING Exc;
    DEPRECATION_WARNING "DeprecationWarning" WARNING Exc;
    ENCODING_WARNING "EncodingWarning" WARNING Exc;
    FUTURE_WARNING "FutureWarning" WARNING Exc;
    IMPORT_WARNING "ImportWarning" WARNING Exc;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" WARNING Exc;
    RESOURCE_WARNING "ResourceWarning" WARNING Exc;
    RUNTIME_WARNING "RuntimeWarning" WARNING Exc;
    SYNTAX_WARNING "SyntaxWarning" WARNING Exc;
    UNICODE_WARNING "UnicodeWarning" WARNING Exc;
    USER_WARNING "UserWarning" WARNING Exc;
}

/// The class of what calling a generator function, or one defined by `async def`, gives.
pub fn of_generator(kind: CodeKind) -> Id {
    match kind {
        CodeKind::Coroutine => COROUTINE,
        CodeKind::AsyncGenerator => ASYNC_GENERATOR,
        _ => GENERATOR,
    }
}
