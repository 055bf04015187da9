//! The instructions of the machine.
//!
//! The operand stack is written `[below, top → below', top']`. Instructions are *restartable*: the machine leaves the
//! operands in place until the instruction completes, so that it can be suspended in the middle, call Python code,
//! and be executed again. Slots number a frame's variables: locals first, then cells, then free variables.

/// A variable of the frame: locals first (arguments before others), then cells, then free variables.
pub type Slot = u32;
/// Index into [`super::code::Code::names`].
pub type Name = u32;
/// Index into [`super::code::Code::consts`].
pub type ConstIndex = u32;
/// Index of an instruction in the same code object.
pub type Target = u32;

/// An arithmetic or bitwise operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `@`
    MatMul,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-x`
    Neg,
    /// `+x`
    Pos,
    /// `~x`
    Invert,
    /// `not x`
    Not,
}

/// A rich comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// Whether a test is taken as it is or negated (`is not`, `not in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// `is`, `in`
    Plain,
    /// `is not`, `not in`
    Negated,
}

/// The conversion of a replacement field in an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// none
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// What a special-method protocol of `with` needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithKind {
    /// `with`
    Sync,
    /// `async with`
    Async,
}

/// Why a value is awaited, which decides the message when it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwaitFrom {
    /// an `await` expression, or `async for`
    Await,
    /// the result of `__aenter__`
    AEnter,
    /// the result of `__aexit__`
    AExit,
}

/// A value that the machine has ready beside the constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Common {
    /// the class `AssertionError`
    AssertionError,
    /// the class `NotImplementedError`
    NotImplementedError,
    /// the function behind the `class` statement: `build_class(function, name, *bases, **keywords)`
    BuildClass,
}

/// Which parts a new function takes from the stack, below its code object, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FunctionParts {
    /// a tuple of the defaults of positional parameters
    pub defaults: bool,
    /// a dict of the defaults of keyword-only parameters
    pub kw_defaults: bool,
    /// a function without parameters that returns the annotations as a dict, when asked (PEP 649)
    pub annotate: bool,
    /// a tuple of cells, one for each free variable of the code
    pub closure: bool,
}

/// One instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `[→]` nothing; carries a line (for `pass`, `try:` and the like).
    Nop,
    /// `[x →]`
    Pop,
    /// `[→ x]` a copy of the n-th item from the top; 1 is the top.
    Copy(u32),
    /// exchanges the top with the n-th item from the top; 2 is the one below it.
    Swap(u32),
    /// `[→ unbound]` a marker for "nothing here", where a protocol needs a placeholder.
    PushNull,

    /// `[→ const]`
    Const(ConstIndex),
    /// `[→ value]`
    Common(Common),
    /// `[→ value]` UnboundLocalError when unset.
    LoadLocal(Slot),
    /// `[value →]`
    StoreLocal(Slot),
    /// `[→]` UnboundLocalError when unset.
    DeleteLocal(Slot),
    /// `[→ value]` and leaves the slot unset, also when it is unset (for inlined comprehensions: saves an outer variable).
    TakeLocal(Slot),
    /// `[value →]` sets the slot, or unsets it for the placeholder (restores what `TakeLocal` saved).
    RestoreLocal(Slot),
    /// `[→]` makes a new cell in the slot, holding what the slot held (an argument or unset).
    MakeCell(Slot),
    /// `[→ cell]` the cell itself, for a closure.
    LoadClosure(Slot),
    /// `[→ value]` the content of the cell in the slot; NameError or UnboundLocalError when unset.
    LoadDeref(Slot),
    /// `[value →]`
    StoreDeref(Slot),
    /// `[→]`
    DeleteDeref(Slot),
    /// `[→ value]` first the class namespace, then the cell (free variable of a class body).
    LoadClassDeref(Slot),
    /// `[→ mapping]` the namespace of the class body itself (kept in the cell `__classdict__` for annotations).
    LoadNamespace,
    /// `[mapping → value]` first that mapping, then the cell (annotation in a class body).
    LoadFromDictOrDeref(Slot),
    /// `[mapping → value]` first that mapping, then globals, then builtins (annotation in a class body).
    LoadFromDictOrGlobal(Name),
    /// `[→ value]` namespace of a module or class body, then globals, then builtins.
    LoadName(Name),
    /// `[value →]`
    StoreName(Name),
    /// `[→]`
    DeleteName(Name),
    /// `[→ value]` globals, then builtins.
    LoadGlobal(Name),
    /// `[value →]`
    StoreGlobal(Name),
    /// `[→]`
    DeleteGlobal(Name),

    /// `[object → value]`
    LoadAttr(Name),
    /// `[value, object →]`
    StoreAttr(Name),
    /// `[object →]`
    DeleteAttr(Name),
    /// `[object → callable, self]` for a method call; when the attribute is not a plain method,
    /// `[object → callable, unbound]`. Followed by arguments and `CallMethod`.
    LoadMethod(Name),
    /// `[object, index → value]`
    Subscript,
    /// `[value, object, index →]`
    StoreSubscript,
    /// `[object, index →]`
    DeleteSubscript,
    /// `[start, stop → slice]` or, with 3, `[start, stop, step → slice]`.
    BuildSlice(u32),

    /// `[left, right → value]`
    Binary(BinaryOp),
    /// `[left, right → value]` as an augmented assignment does it.
    InPlace(BinaryOp),
    /// `[x → value]`
    Unary(UnaryOp),
    /// `[left, right → value]`
    Compare(CompareOp),
    /// `[left, right → bool]`
    Is(Sense),
    /// `[item, container → bool]`
    Contains(Sense),

    /// `[n items → tuple]`
    BuildTuple(u32),
    /// `[n items → list]`
    BuildList(u32),
    /// `[n items → set]`
    BuildSet(u32),
    /// `[n keys and values alternately → dict]`
    BuildMap(u32),
    /// `[n strings → string]`
    BuildString(u32),
    /// `[… list …, item → … list …]`; the list is the n-th from the top once the item is gone.
    ListAppend(u32),
    /// as `ListAppend`, for a set.
    SetAdd(u32),
    /// `[… dict …, key, value → … dict …]`
    MapAdd(u32),
    /// `[… list …, iterable → … list …]` (`[*a]`); "Value after * must be an iterable" when it is none.
    ListExtend(u32),
    /// as `ListExtend`, for a set.
    SetUpdate(u32),
    /// `[… dict …, mapping → … dict …]` (`{**a}`)
    DictUpdate(u32),
    /// as `DictUpdate`, for `f(**a)`: TypeError for a repeated keyword; the callable is `n + 2` below the dict.
    DictMerge(u32),
    /// `[list → tuple]`
    ListToTuple,
    /// `[value → string]`, or with a format spec `[value, spec → string]`.
    Format(Conversion, FormatSpec),
    /// `[value, expression text → interpolation]`, with a spec `[value, text, spec → interpolation]` (t-strings).
    BuildInterpolation(Conversion, FormatSpec),
    /// `[strings tuple, interpolations tuple → template]`
    BuildTemplate,

    /// `[sequence → item n, …, item 1]` (item 1 on top).
    UnpackSequence(u32),
    /// `[iterable → last …, list, … first]` (first on top): `before` items, a list, `after` items.
    UnpackEx {
        /// number of targets before the starred one
        before: u16,
        /// number of targets after it
        after: u16,
    },

    /// jumps
    Jump(Target),
    /// `[x →]`
    PopJumpIfFalse(Target),
    /// `[x →]`
    PopJumpIfTrue(Target),
    /// `[x →]`
    PopJumpIfNone(Target),
    /// `[x →]`
    PopJumpIfNotNone(Target),
    /// `[x → x]` and jumps, or `[x →]` and goes on (`and`).
    JumpIfFalseOrPop(Target),
    /// `[x → x]` and jumps, or `[x →]` and goes on (`or`).
    JumpIfTrueOrPop(Target),

    /// `[iterable → iterator]`
    GetIter,
    /// `[iterator → iterator, item]`, or at its end `[iterator →]` and jumps.
    ForIter(Target),

    /// `[callable, n arguments → result]`
    Call(u32),
    /// `[callable, n arguments → result]`, the last of them by keyword; the constant is the tuple of their names.
    CallKw(u32, ConstIndex),
    /// `[callable, tuple → result]`, or with keywords `[callable, tuple, dict → result]`.
    CallEx(Keywords),
    /// `[callable, self or unbound, n arguments → result]`, after `LoadMethod`.
    CallMethod(u32),
    /// as `CallMethod` with keywords, as `CallKw`.
    CallMethodKw(u32, ConstIndex),

    /// `[parts, code → function]`, see [`FunctionParts`].
    MakeFunction(FunctionParts),
    /// `[value →]` ends the frame.
    Return,
    /// `[value → sent]` suspends a generator; on an async generator the value is wrapped.
    Yield,
    /// `[iterable → iterator]` of a `yield from`: a generator stays itself.
    GetYieldFromIter,
    /// `[awaitable → iterator]`
    GetAwaitable(AwaitFrom),
    /// `[iterator, sent → result]` `yield from` or `await`: runs the iterator to its end; each value that it yields
    /// suspends this frame at this same instruction. Before the first execution the compiler pushes None as `sent`.
    YieldFrom,
    /// `[async iterable → async iterator]`
    GetAiter,
    /// `[async iterator → async iterator, awaitable's iterator]` the result of `__anext__`, made awaitable.
    GetAnext,
    /// `[async iterator, exception →]` at the handler of an `async for`: StopAsyncIteration ends the loop (falls through with both popped), anything
    /// else is raised again.
    EndAsyncFor,

    /// `raise` [→], `raise x` [x →], `raise x from y` [x, y →], by the number of operands.
    Raise(u32),
    /// `[exception →]` raises again, without a new place in the traceback for this frame (end of `finally` and of unmatched `except`).
    Reraise,
    /// `[exception →]` the same at the end of `except*`, where several ways meet, so that the frame is at no line.
    ReraiseGroup,
    /// `[line, previous, exception →]` the same at the end of `with`, where the frame is at that line again.
    ReraiseAtLine,
    /// `[exception → line, exception]` at the start of the handler of `with`: where the frame was.
    KeepLine,
    /// `[exception → previous, exception]` at the start of every handler: makes it the one being handled.
    PushExcInfo,
    /// `[previous →]` at the end of a handler: what was handled before is again.
    PopExcept,
    /// `[exception, class or tuple → exception, bool]`
    MatchException,
    /// `[exception, class or tuple → rest or None, match or None]` (`except*`); a match becomes the one being handled.
    MatchExceptionGroup,
    /// `[original, list of raised and unmatched → exception or None]` end of `try … except*`.
    PrepReraiseStar,

    /// `[manager → exit, result of enter]` for `with`; the result of `__aenter__` is not yet awaited.
    EnterWith(WithKind),
    /// `[exit → result]` calls `exit(None, None, None)`: the block ended without exception.
    ExitWithNone,
    /// `[exit, previous, exception → exit, previous, exception, result]` calls exit with the exception
    /// (inside a handler, after `PushExcInfo`).
    ExitWithException,

    /// `[level, fromlist → module]` imports the named module.
    ImportName(Name),
    /// `[module → module, value]`
    ImportFrom(Name),
    /// `[module →]` into the current namespace.
    ImportStar,

    /// `[subject → subject, bool]` is it a sequence, as `match` sees it?
    MatchSequence,
    /// `[subject → subject, bool]`
    MatchMapping,
    /// `[subject, keys tuple → subject, keys, values tuple or None]`
    MatchKeys,
    /// `[subject, class, names tuple → values tuple or None]` with n positional patterns.
    MatchClass(u32),
    /// `[subject → subject, length]`
    GetLen,

    /// `[name, type parameters or None, function that computes the value → type alias]`
    MakeTypeAlias,
    /// `[name → TypeVar]`, with a bound or constraints `[name, function → TypeVar]`.
    MakeTypeParam(TypeParam),
    /// `[type parameter, function that computes the default → type parameter]`
    SetTypeParamDefault,
    /// `[tuple of type parameters → typing.Generic[…]]` the hidden base of a generic class.
    SubscriptGeneric,
}

/// Whether a format specification lies on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatSpec {
    /// no
    Absent,
    /// yes, on top
    Present,
}

/// Whether a call with unpacking also has a dict of keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keywords {
    /// no
    Absent,
    /// yes, on top
    Present,
}

/// A kind of type parameter (PEP 695).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParam {
    /// `T`
    TypeVar,
    /// `T: bound` or `T: (a, b)`
    TypeVarBound,
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}
