//! Context variables (PEP 567; `Python/context.c`): the current context is kept per thread, a context holds its values in
//! a dict by variable, and knows which context it replaced while it is entered.

pub mod own;

use super::request::{Number, address_text, function, method};
use super::system::System;
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::iter::Iter;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Fields of a `Context`.
enum Field {
    /// The dict of values by variable; unbound before the first one.
    Values,
    /// While it is entered: the context before it (`None` when there was none); otherwise unbound.
    Previous,
}

/// Fields of a `ContextVar`.
enum VarField {
    /// Its name.
    Name,
    /// Its default, or unbound.
    Default,
}

/// Fields of a `Token`.
enum TokenField {
    /// The variable.
    Var,
    /// Its value before, or unbound.
    Old,
    /// The context in which it was set.
    Context,
    /// Was it used?
    Used,
}

/// Numbers of fields of a context, a variable and a token.
pub const FIELDS: [u8; 3] = [2, 2, 4];

/// Functions of `_contextvars`.
pub static FUNCTIONS: &[NativeDef] = &[function("copy_context", "", Number::ContextCopy)];

/// `_contextvars.Context`
pub static CONTEXT: &[Member] = &[
    Member::static_method("__new__", "cls, *args, **kwargs", new_context),
    method("run", "self, /, *args, **kwargs", Number::ContextRun),
    Member::method("copy", "self, /", copy),
    Member::slot("__getitem__", "self, key, /", get_item),
    Member::slot("__contains__", "self, key, /", contains),
    Member::slot("__len__", "self, /", len),
    Member::slot("__eq__", "self, other, /", equal),
    Member::slot("__iter__", "self, /", keys),
    Member::method("keys", "self, /", keys),
    Member::method("values", "self, /", values),
    Member::method("items", "self, /", items),
    Member::method("get", "self, key, default=None, /", get_or),
];

/// `_contextvars.ContextVar`
pub static VARIABLE: &[Member] = &[
    Member::static_method("__new__", "cls, name, /, *, default=None", new_variable),
    Member::getter("name", variable_name),
    method("get", "self, default=None, /", Number::ContextVarGet),
    method("set", "self, value, /", Number::ContextVarSet),
    method("reset", "self, token, /", Number::ContextVarReset),
    Member::slot("__repr__", "self, /", repr_variable),
];

/// `_contextvars.Token`
pub static TOKEN: &[Member] = &[
    Member::static_method("__new__", "cls, *args, **kwargs", |vm, _| {
        vm.raise(
            class::RUNTIME_ERROR,
            "Tokens can only be created by ContextVars",
        )
    }),
    Member::getter("var", token_var),
    Member::getter("old_value", token_old_value),
    Member::slot("__repr__", "self, /", repr_token),
    Member::method("__enter__", "self, /", token_enter),
    method("__exit__", "self, *exc_info", Number::TokenExit),
];

fn new_context(vm: &mut Vm, args: &Args) -> Outcome {
    if !args.rest.is_empty() || !args.keywords.is_empty() {
        return vm.type_error("Context() does not accept any arguments");
    }
    Ok(empty(vm, args[0].id().unwrap_or(Id::NONE)))
}

fn values_of(vm: &Vm, context: Value) -> Id {
    let values = context
        .id()
        .map(|context| vm.heap.field(context, Field::Values as usize));
    values.and_then(Value::id).unwrap_or(Id::NONE)
}

/// A context with the same values.
fn duplicate(vm: &mut Vm, class: Id, context: Value) -> Value {
    let values = match vm.heap.payload(values_of(vm, context)) {
        Payload::Dict(values) => {
            let values = values.clone();
            vm.object(class::DICT, Payload::Dict(values))
        }
        _ => Value::Unbound,
    };
    vm.object(class, Payload::Record(Rc::new([values, Value::Unbound])))
}

fn copy(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    Ok(duplicate(vm, class, args[0]))
}

/// The value of a variable in a context. Variables are found by identity.
fn find(vm: &Vm, context: Value, variable: Value) -> Option<Value> {
    let hash = variable.id()?.0.into();
    let values = vm.heap.dict(values_of(vm, context))?;
    let at = values.find_identical(hash, variable)?;
    values.entry(at).map(|entry| entry.value)
}

fn store(vm: &mut Vm, context: Value, variable: Value, value: Value) {
    let (dict, hash) = (
        values_of(vm, context),
        variable.id().map_or(0, |id| id.0.into()),
    );
    let known = vm
        .heap
        .dict(dict)
        .and_then(|values| values.find_identical(hash, variable));
    match known {
        Some(at) => vm.heap.dict_replace(dict, at, value),
        None => {
            let dict = match dict.is_none() {
                true => begin_values(vm, context),
                false => dict,
            };
            vm.heap.dict_push(dict, hash, variable, value);
        }
    }
}

/// Most contexts never have a value: only the first one needs a dict.
fn begin_values(vm: &mut Vm, context: Value) -> Id {
    let dict = vm.dict();
    if let Some(context) = context.id() {
        vm.heap
            .set_field(context, Field::Values as usize, dict.into());
    }
    dict
}

fn remove(vm: &mut Vm, context: Value, variable: Value) {
    let (dict, hash) = (
        values_of(vm, context),
        variable.id().map_or(0, |id| id.0.into()),
    );
    if let Some(at) = vm
        .heap
        .dict(dict)
        .and_then(|values| values.find_identical(hash, variable))
    {
        vm.heap.dict_remove(dict, at);
    }
}

/// Only variables are keys of contexts.
fn check_key(vm: &mut Vm, args: &Args) -> Outcome<()> {
    let key = match vm.heap.content(args[1]) {
        Some(Payload::Record(_)) => vm.class_name(args[1]) == "_contextvars.ContextVar",
        _ => false,
    };
    if key {
        return Ok(());
    }
    let text = vm.repr(args[1])?;
    vm.type_error(format!("a ContextVar key was expected, got {text}"))
}

fn get_item(vm: &mut Vm, args: &Args) -> Outcome {
    check_key(vm, args)?;
    match find(vm, args[0], args[1]) {
        Some(value) => Ok(value),
        None => vm.raise_with(class::KEY_ERROR, &[args[1]]),
    }
}

fn contains(vm: &mut Vm, args: &Args) -> Outcome {
    check_key(vm, args)?;
    Ok(find(vm, args[0], args[1]).is_some().into())
}

fn get_or(vm: &mut Vm, args: &Args) -> Outcome {
    check_key(vm, args)?;
    Ok(find(vm, args[0], args[1]).unwrap_or(args[2].or_none()))
}

fn entries(vm: &Vm, context: Value) -> Vec<(Value, Value)> {
    let values = vm.heap.dict(values_of(vm, context));
    values
        .map(|values| {
            values
                .iter()
                .map(|entry| (entry.key, entry.value))
                .collect()
        })
        .unwrap_or_default()
}

fn len(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(Value::Int(entries(vm, args[0]).len() as i64))
}

/// `iter(context)` and `context.keys()`: an iterator, as are the two below (`Python/hamt.c`: PyHamtKeys_Type).
fn keys(vm: &mut Vm, args: &Args) -> Outcome {
    let entries = entries(vm, args[0]).into_iter();
    let keys = entries.map(|(key, _)| key).collect();
    Ok(iterator(vm, class::CONTEXT_KEYS, keys))
}

fn values(vm: &mut Vm, args: &Args) -> Outcome {
    let entries = entries(vm, args[0]).into_iter();
    let values = entries.map(|(_, value)| value).collect();
    Ok(iterator(vm, class::CONTEXT_VALUES, values))
}

fn items(vm: &mut Vm, args: &Args) -> Outcome {
    let entries = entries(vm, args[0]).into_iter();
    let pairs = entries.map(|(key, value)| vm.tuple([key, value]));
    let pairs = pairs.collect();
    Ok(iterator(vm, class::CONTEXT_ITEMS, pairs))
}

fn iterator(vm: &mut Vm, class: Id, items: Vec<Value>) -> Value {
    let of = vm.list(items).id().unwrap_or(Id::NONE);
    vm.new_iter(class, Iter::Sequence { of, at: 0 })
}

fn new_variable(vm: &mut Vm, args: &Args) -> Outcome {
    if vm.as_str(args[1]).is_none() {
        return vm.type_error("context variable name must be a str");
    }
    let class = args[0].id().unwrap_or(Id::NONE);
    Ok(vm.object(class, Payload::Record(Rc::new([args[1], args[2]]))))
}

fn field(vm: &Vm, object: Value, n: usize) -> Value {
    object
        .id()
        .map(|id| vm.heap.field(id, n))
        .unwrap_or_default()
}

fn variable_name(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(field(vm, args[0], VarField::Name as usize))
}

fn repr_variable(vm: &mut Vm, args: &Args) -> Outcome {
    let (name, default) = (
        field(vm, args[0], VarField::Name as usize),
        field(vm, args[0], VarField::Default as usize),
    );
    let name = vm.repr(name)?;
    let default = match default.bound() {
        Some(default) => format!(" default={}", vm.repr(default)?),
        None => String::new(),
    };
    let text = format!(
        "<ContextVar name={name}{default} at {}>",
        address_text(args[0])
    );
    Ok(vm.str(text))
}

fn token_var(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(field(vm, args[0], TokenField::Var as usize))
}

fn token_old_value(vm: &mut Vm, args: &Args) -> Outcome {
    let old = field(vm, args[0], TokenField::Old as usize);
    match old.bound() {
        Some(old) => Ok(old),
        None => vm.helper("token_missing", &[]),
    }
}

fn repr_token(vm: &mut Vm, args: &Args) -> Outcome {
    let used = matches!(
        field(vm, args[0], TokenField::Used as usize),
        Value::Bool(true)
    );
    let variable = field(vm, args[0], TokenField::Var as usize);
    let variable = vm.repr(variable)?;
    let text = format!(
        "<Token{} var={variable} at {}>",
        if used { " used" } else { "" },
        address_text(args[0])
    );
    Ok(vm.str(text))
}

/// Contexts are equal when they hold equal values.
fn equal(vm: &mut Vm, args: &Args) -> Outcome {
    if vm.class_of(args[0]) != vm.class_of(args[1]) {
        return Ok(Value::NotImplemented);
    }
    match [0, 1].map(|n| values_of(vm, args[n])) {
        [a, b] if a.is_none() || b.is_none() => {
            let without = [0, 1].map(|n| entries(vm, args[n]).is_empty());
            Ok(Value::Bool(without == [true, true]))
        }
        [a, b] => vm.eq(a.into(), b.into()).map(Value::Bool),
    }
}

fn token_enter(_: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0])
}

/// The current context of the running thread, made when it is first needed.
pub fn current(sys: &mut System) -> Value {
    own::settle_own(sys);
    let known = sys.thread().context;
    if !known.is_unbound() {
        return known;
    }
    let context = first(sys.vm);
    sys.vm.heap.retain(context);
    sys.thread().context = context;
    context
}

/// The first context of a thread, which is entered and has none before it.
fn first(vm: &mut Vm) -> Value {
    let fields = Rc::new([Value::Unbound, Value::None]);
    vm.object(vm.context_class, Payload::Record(fields))
}

/// `copy_context()`
pub fn copy_current(sys: &mut System) -> Value {
    let (class, current) = (sys.kernel.classes.context, current(sys));
    duplicate(sys.vm, class, current)
}

/// Is nothing set in the current context?
pub fn is_current_empty(sys: &mut System) -> bool {
    if !sys.thread().entered.is_none() {
        return true;
    }
    let current = current(sys);
    match sys.vm.heap.payload(values_of(sys.vm, current)) {
        Payload::Dict(values) => values.is_empty(),
        _ => true,
    }
}

/// A context in which nothing is set, of the class of contexts.
pub fn empty(vm: &mut Vm, class: Id) -> Value {
    vm.object(class, Payload::Record(Rc::new([Value::Unbound; 2])))
}

/// Is nobody in the context, so that it can be entered?
pub fn is_free(sys: &mut System, context: Value) -> bool {
    own::settle_own(sys);
    match record_of(sys, context) {
        Some(id) => {
            let previous = sys.vm.heap.field(id, Field::Previous as usize);
            previous.is_unbound()
        }
        None => context.or_none().is_none(),
    }
}

/// A context, if it is one: handles are given anything.
fn record_of(sys: &System, context: Value) -> Option<Id> {
    let is_context = sys.vm.class_of(context) == sys.kernel.classes.context;
    context.id().filter(|_| is_context)
}

/// Makes a context the current one (`Python/context.c`: _PyContext_Enter).
pub fn enter(sys: &mut System, context: Value) -> Outcome<()> {
    let Some(id) = record_of(sys, context) else {
        return not_a_context(sys.vm, context);
    };
    let previous = current(sys);
    if !sys.vm.heap.field(id, Field::Previous as usize).is_unbound() {
        let text = sys.vm.repr(context)?;
        return sys.vm.raise(
            class::RUNTIME_ERROR,
            format!("cannot enter context: {text} is already entered"),
        );
    }
    sys.vm
        .heap
        .set_field(id, Field::Previous as usize, previous);
    set_current(sys, context);
    Ok(())
}

/// What is said where something else was given as a context (`Lib/asyncio/events.py`: Handle._run calls its `run`).
fn not_a_context(vm: &mut Vm, given: Value) -> Outcome<()> {
    if given.or_none().is_none() {
        return Ok(());
    }
    let name = vm.intern("run");
    let message = format!("'{}' object has no attribute 'run'", vm.class_name(given));
    vm.attribute_error(given, name, &message)
}

/// Makes the context before it current again, if it is the current one.
pub fn leave(sys: &mut System, context: Value) {
    let Some(id) = context.id() else { return };
    let previous = sys.vm.heap.field(id, Field::Previous as usize);
    if sys.thread().context.is(context) && !previous.is_unbound() && !previous.is_none() {
        set_current(sys, previous);
        sys.vm
            .heap
            .set_field(id, Field::Previous as usize, Value::Unbound);
    }
}

fn set_current(sys: &mut System, context: Value) {
    sys.vm.heap.retain(context);
    let old = std::mem::replace(&mut sys.thread().context, context);
    sys.vm.heap.release(old);
}

/// `copy_context()` as a request.
pub fn copy_context(sys: &mut System, _: &Request) -> Outcome {
    Ok(copy_current(sys))
}

/// `Context.run(callable, *args, **kwargs)`
pub fn run(sys: &mut System, request: &Request) -> Outcome {
    let context = sys.argument(request, 0);
    let Some((&callable, arguments)) = request.rest.split_first() else {
        return sys
            .vm
            .type_error("run() missing 1 required positional argument");
    };
    if sys.first()? {
        enter(sys, context)?;
    }
    let result = sys
        .vm
        .try_call_with(callable, arguments, &request.keywords)?;
    leave(sys, context);
    result.map_err(crate::vm::native::Trap::Raise)
}

/// `ContextVar.get([default])`
pub fn get(sys: &mut System, request: &Request) -> Outcome {
    let (variable, default) = (sys.argument(request, 0), sys.argument(request, 1));
    let context = match sys.thread().entered {
        Value::None => sys.thread().context,
        _ => Value::Unbound,
    };
    if let Some(value) = find(sys.vm, context, variable) {
        return Ok(value);
    }
    let own = field(sys.vm, variable, VarField::Default as usize);
    match default.bound().or(own.bound()) {
        Some(default) => Ok(default),
        None => sys.vm.raise_with(class::LOOKUP_ERROR, &[variable]),
    }
}

/// `ContextVar.set(value)`
pub fn set(sys: &mut System, request: &Request) -> Outcome {
    let (variable, value) = (sys.argument(request, 0), sys.argument(request, 1));
    let context = current(sys);
    let old = find(sys.vm, context, variable).unwrap_or_default();
    store(sys.vm, context, variable, value);
    let fields = Rc::new([variable, old, context, Value::Bool(false)]);
    let class = sys.kernel.classes.token;
    Ok(sys.vm.object(class, Payload::Record(fields)))
}

/// `ContextVar.reset(token)`
pub fn reset(sys: &mut System, request: &Request) -> Outcome {
    let (variable, token) = (sys.argument(request, 0), sys.argument(request, 1));
    reset_to(sys, variable, token)
}

fn reset_to(sys: &mut System, variable: Value, token: Value) -> Outcome {
    if sys.vm.class_of(token) != sys.kernel.classes.token {
        let text = sys.vm.repr(token)?;
        return sys
            .vm
            .type_error(format!("expected an instance of Token, got {text}"));
    }
    let part = |sys: &System, n: TokenField| field(sys.vm, token, n as usize);
    let text = sys.vm.repr(token)?;
    if matches!(part(sys, TokenField::Used), Value::Bool(true)) {
        return sys.vm.raise(
            class::RUNTIME_ERROR,
            format!("{text} has already been used once"),
        );
    }
    if !part(sys, TokenField::Var).is(variable) {
        return sys
            .vm
            .value_error(format!("{text} was created by a different ContextVar"));
    }
    let context = current(sys);
    if !part(sys, TokenField::Context).is(context) {
        return sys
            .vm
            .value_error(format!("{text} was created in a different Context"));
    }
    if let Some(id) = token.id() {
        sys.vm
            .heap
            .set_field(id, TokenField::Used as usize, Value::Bool(true));
    }
    match part(sys, TokenField::Old).bound() {
        Some(old) => store(sys.vm, context, variable, old),
        None => remove(sys.vm, context, variable),
    }
    Ok(Value::None)
}

/// `Token.__exit__`: resets the variable.
pub fn token_exit(sys: &mut System, request: &Request) -> Outcome {
    let token = sys.argument(request, 0);
    let variable = field(sys.vm, token, TokenField::Var as usize);
    reset_to(sys, variable, token)
}
