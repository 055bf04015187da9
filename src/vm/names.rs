//! Strings that the machine itself looks up, interned at the start of every world right behind the built-in classes,
//! so that their numbers are constants.

use super::class::BUILTIN;
use super::value::{Id, Value};

/// The position of a name in a table, worked out when this is compiled.
pub(super) const fn position(table: &[&str], name: &str) -> u32 {
    let mut at = 0;
    while at < table.len() {
        if is_same(table[at].as_bytes(), name.as_bytes()) {
            return at as u32;
        }
        at += 1;
    }
    panic!("the name is not in the table")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

macro_rules! names {
    ($($constant:ident $text:literal;)*) => {
        const CONSTANTS: &[&str] = &[$(stringify!($constant)),*];

        $(
            #[doc = concat!("`", $text, "`")]
            pub const $constant: Value = Value::Object(Id(BUILTIN.len() as u32 + 1 + position(CONSTANTS, stringify!($constant))));
        )*

        /// All of them in the order of their numbers.
        pub const ALL: &[&str] = &[$($text),*];
    };
}

names! {
    EMPTY ""; ABS "__abs__"; ADD "__add__"; AENTER "__aenter__"; AEXIT "__aexit__"; AITER "__aiter__"; ADD_DONE_CALLBACK "add_done_callback"; ALL_NAMES "__all__"; AND "__and__";
    ANEXT "__anext__"; ANNOTATE "__annotate__"; ANNOTATIONS "__annotations__"; ARGS "args"; AWAIT "__await__"; BOOL "__bool__";
    BUILTINS "__builtins__"; BYTES "__bytes__"; CALL "__call__"; CALL_AT "call_at"; CALL_SOON "call_soon"; RUN_ONCE "_run_once"; RUN_READY "_run_ready";
    CLEAR "clear"; EMPTY_OF "empty"; FULL "full"; GET_ITEM "_get"; GET_NOWAIT "get_nowait"; PUT_ITEM "_put"; PUT_NOWAIT "put_nowait"; QSIZE "qsize"; WAKEUP_NEXT "_wakeup_next"; WAKE_UP_FIRST "_wake_up_first"; ITS_WAITERS "_waiters"; CANCEL "cancel"; CAUSE "__cause__"; CEIL "__ceil__"; CLASS "__class__"; CALL_LATER "call_later"; CREATE_FUTURE "create_future"; CREATE_TASK "create_task";
    CLASSCELL "__classcell__"; CLASS_GETITEM "__class_getitem__"; CLOSE "close"; COMPLEX "__complex__"; CONTAINS "__contains__";
    CONTEXT "__context__"; DEL "__del__"; DELATTR "__delattr__"; DELETE "__delete__"; DELITEM "__delitem__"; DICT "__dict__"; DIR "__dir__";
    DIVMOD "__divmod__"; DOC "__doc__"; ENTER "__enter__"; EQ "__eq__"; EXIT "__exit__"; FILE "__file__"; FLOAT "__float__"; FLOOR "__floor__";
    FLOORDIV "__floordiv__"; FORMAT "__format__"; FUNC "__func__"; GE "__ge__"; GET "__get__"; GETATTR "__getattr__";
    GETATTRIBUTE "__getattribute__"; GETITEM "__getitem__"; GET_LOOP "get_loop"; GET_NAME "get_name"; GT "__gt__"; HASH "__hash__"; IADD "__iadd__"; IAND "__iand__";
    IFLOORDIV "__ifloordiv__"; ILSHIFT "__ilshift__"; IMATMUL "__imatmul__"; IMOD "__imod__"; IMUL "__imul__"; INDEX "__index__"; INIT "__init__";
    INIT_SUBCLASS "__init_subclass__"; INSTANCECHECK "__instancecheck__"; INT "__int__"; INVERT "__invert__"; IOR "__ior__"; IPOW "__ipow__";
    IRSHIFT "__irshift__"; ISUB "__isub__"; ITER "__iter__"; ITRUEDIV "__itruediv__"; IXOR "__ixor__"; KEYS "keys"; LE "__le__"; LEN "__len__";
    LENGTH_HINT "__length_hint__"; LSHIFT "__lshift__"; LT "__lt__"; MAIN "__main__"; MATCH_ARGS "__match_args__"; MATMUL "__matmul__";
    MISSING "__missing__"; MOD "__mod__"; MODULE "__module__"; MRO "__mro__"; MRO_ENTRIES "__mro_entries__"; MUL "__mul__"; NAME "__name__"; NE "__ne__";
    NEG "__neg__"; NEW "__new__"; NEXT "__next__"; NOTES "__notes__"; OR "__or__"; POS "__pos__"; POW "__pow__"; PREPARE "__prepare__";
    QUALNAME "__qualname__"; RADD "__radd__"; RAND "__rand__"; RDIVMOD "__rdivmod__"; REPR "__repr__"; RESULT "result"; REVERSED "__reversed__";
    RFLOORDIV "__rfloordiv__"; RLSHIFT "__rlshift__"; RMATMUL "__rmatmul__"; RMOD "__rmod__"; RMUL "__rmul__"; ROR "__ror__"; ROUND "__round__";
    RPOW "__rpow__"; RRSHIFT "__rrshift__"; RSHIFT "__rshift__"; RSUB "__rsub__"; RTRUEDIV "__rtruediv__"; RXOR "__rxor__"; SELF "__self__";
    SEND "send"; SLEEP0 "__sleep0"; SET "__set__"; SETATTR "__setattr__"; SETITEM "__setitem__"; SET_NAME "__set_name__"; SLOTS "__slots__"; SPEC "__spec__"; STR "__str__";
    SUB "__sub__"; SUBCLASSCHECK "__subclasscheck__"; SUBCLASSES "__subclasses__"; THROW "throw"; TIME "time"; TRACEBACK "__traceback__"; TRUEDIV "__truediv__"; TRUNC "__trunc__";
    ITS_FINISHED "_finished"; ITS_GETTERS "_getters"; ITS_LOOP "_loop"; ASYNCIO_EXCEPTIONS "asyncio.exceptions"; CANCELLED_ERROR "CancelledError"; INVALID_STATE_ERROR "InvalidStateError"; ASYNCIO_FUTURES "asyncio.futures"; RESULT_SETTER "_set_result_unless_cancelled"; ITS_JOINED "_JOINED"; ACQUIRE "acquire"; RELEASE "release"; ITS_CHILDREN "_children"; ITS_CANCEL_REQUESTED "_cancel_requested"; ITS_FUNC "func"; ITS_OPEN "_open"; KEYWORDS "keywords"; SET_RESULT "set_result"; ITS_LOCKED "_locked"; ITS_MAXSIZE "_maxsize"; ITS_NUMBER "_number"; ITS_PUTTERS "_putters"; ITS_QUEUE "_queue";
    ITS_SHUTDOWN "_is_shutdown"; ITS_TASK_FACTORY "_task_factory"; ITS_UNFINISHED "_unfinished_tasks"; ITS_VALUE "_value"; GET_LOOP_OF "_get_loop";
    TYPE_PARAMS "__type_params__"; VALUE "value"; WRAPPED "__wrapped__"; XOR "__xor__"; METACLASS "metaclass"; WRITE "write"; FLUSH "flush";
    PACKAGE "__package__"; PATH "__path__"; LOADER "__loader__"; ABSTRACT_METHODS "__abstractmethods__"; DEFAULTS "__defaults__";
    KWDEFAULTS "__kwdefaults__"; CODE "__code__"; CLOSURE "__closure__"; GLOBALS "__globals__"; FIRSTLINENO "__firstlineno__"; STATIC_ATTRIBUTES "__static_attributes__";
    ORIG_BASES "__orig_bases__"; BASES "__bases__"; ISABSTRACTMETHOD "__isabstractmethod__"; OBJCLASS "__objclass__"; WEAKREF "__weakref__";
}
