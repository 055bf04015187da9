//! `property`, `classmethod`, `staticmethod`, functions, methods, modules, cells and `super`
//! (`Objects/descrobject.c`, `Objects/funcobject.c`, `Objects/classobject.c`; `Objects/typeobject.c`: super_init).

use super::{Member, new_function};
use crate::vm::class;
use crate::vm::frame::Fiber;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeKind, Outcome};
use crate::vm::object::{Function, Payload};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Members of `property`.
pub static PROPERTY: &[Member] = &[
    Member::slot(
        "__init__",
        "self, fget=None, fset=None, fdel=None, doc=None",
        init_property,
    ),
    Member::slot(
        "__get__",
        "self, instance, owner=None, /",
        |vm, args| match args[1] {
            Value::None => Ok(args[0]),
            instance => vm.bind(args[0], instance),
        },
    ),
    Member::slot("__set__", "self, instance, value, /", |vm, args| {
        let setter = part(vm, args[0], 1);
        vm.call(setter, &[args[1], args[2]]).map(|_| Value::None)
    }),
    Member::method("getter", "self, fget, /", |vm, args| replaced(vm, args, 0)),
    Member::method("setter", "self, fset, /", |vm, args| replaced(vm, args, 1)),
    Member::method("deleter", "self, fdel, /", |vm, args| replaced(vm, args, 2)),
    Member::getter("fget", |vm, args| Ok(part(vm, args[0], 0))),
    Member::getter("fset", |vm, args| Ok(part(vm, args[0], 1))),
    Member::getter("fdel", |vm, args| Ok(part(vm, args[0], 2))),
    Member::getter("__name__", |vm, args| {
        let name = match part(vm, args[0], 0) {
            Value::None => None,
            getter => vm.get_attr_opt(getter, names::NAME)?,
        };
        match name {
            Some(name) => Ok(name),
            None => vm.no_attribute(args[0], names::NAME),
        }
    }),
    Member::attribute("__doc__", |vm, args| match args.opt(1) {
        Some(doc) => set_part(vm, args[0], 3, doc),
        None => Ok(part(vm, args[0], 3)),
    }),
    Member::getter("__isabstractmethod__", |vm, args| {
        for n in 0..3 {
            let function = part(vm, args[0], n);
            if is_abstract(vm, function)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }),
];

/// Members of `classmethod`.
pub static CLASSMETHOD: &[Member] = &[
    Member::static_method("__new__", "cls, function, /", |vm, args| {
        wrap(vm, args, Payload::ClassMethod(args[1]))
    }),
    Member::slot("__get__", "self, instance, owner=None, /", |vm, args| {
        let owner = args
            .opt(2)
            .filter(|owner| !owner.is_none())
            .and_then(Value::id);
        let owner = owner.unwrap_or_else(|| vm.class_of(args[1]));
        vm.bind_to(args[0], args[1], owner)
    }),
    Member::getter("__func__", wrapped),
    Member::getter("__wrapped__", wrapped),
    Member::getter("__isabstractmethod__", wrapped_is_abstract),
];

/// Members of `staticmethod`.
pub static STATICMETHOD: &[Member] = &[
    Member::static_method("__new__", "cls, function, /", |vm, args| {
        wrap(vm, args, Payload::StaticMethod(args[1]))
    }),
    Member::slot("__get__", "self, instance, owner=None, /", wrapped),
    Member::getter("__func__", wrapped),
    Member::getter("__wrapped__", wrapped),
    Member::getter("__isabstractmethod__", wrapped_is_abstract),
];

/// Members of `function`.
pub static FUNCTION: &[Member] = &[
    Member::static_method(
        "__new__",
        "cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None",
        new_function::new,
    ),
    Member::slot(
        "__get__",
        "self, instance, owner=None, /",
        |vm, args| match args[1] {
            Value::None => Ok(args[0]),
            instance => Ok(vm.method(args[0], instance)),
        },
    ),
    Member::slot("__call__", "self, /, *args, **kwargs", |vm, args| {
        vm.call_with(args[0], args.rest, args.keywords)
    }),
    Member::attribute("__name__", |vm, args| field(vm, args, |f| &mut f.name)),
    Member::attribute("__qualname__", |vm, args| {
        field(vm, args, |f| &mut f.qualname)
    }),
    Member::attribute("__defaults__", |vm, args| {
        field(vm, args, |f| &mut f.defaults)
    }),
    Member::attribute("__kwdefaults__", |vm, args| {
        field(vm, args, |f| &mut f.kw_defaults)
    }),
    Member::attribute("__annotate__", |vm, args| {
        field(vm, args, |f| &mut f.annotate)
    }),
    Member::getter("__closure__", |vm, args| {
        field(vm, args, |f| &mut f.closure)
    }),
    Member::getter("__code__", |vm, args| field(vm, args, |f| &mut f.code)),
    Member::getter("__globals__", |vm, args| {
        Ok(function(vm, args).map_or(Value::None, |f| f.globals.into()))
    }),
];

/// Members of `method`.
pub static METHOD: &[Member] = &[
    Member::static_method("__new__", "cls, function, instance, /", |vm, args| {
        Ok(vm.method(args[1], args[2]))
    }),
    Member::slot("__call__", "self, /, *args, **kwargs", |vm, args| {
        vm.call_with(args[0], args.rest, args.keywords)
    }),
    Member::slot("__getattribute__", "self, name, /", method_attribute),
    Member::getter("__func__", |vm, args| Ok(bound(vm, args[0])[0])),
    Member::getter("__self__", |vm, args| Ok(bound(vm, args[0])[1])),
];

/// Members of built-in functions, bound and unbound.
pub static BUILTIN_FUNCTION: &[Member] = &[
    Member::slot("__call__", "self, /, *args, **kwargs", |vm, args| {
        vm.call_with(args[0], args.rest, args.keywords)
    }),
    Member::getter("__name__", |vm, args| {
        let name = native(vm, args[0]).map(|native| native.def.name);
        Ok(vm.intern(name.unwrap_or("?")))
    }),
    Member::getter("__qualname__", |vm, args| {
        // A method in C goes by the class of the object that it is bound to.
        let bound = match vm.heap.content(args[0]) {
            Some(Payload::BoundMethod(parts)) => Some(vm.class_of(parts[1])),
            _ => None,
        };
        let name = native(vm, args[0]).map(|native| {
            let method = |class| format!("{}.{}", vm.short_name_of_class(class), native.def.name);
            match bound.filter(|_| native.kind == NativeKind::Method) {
                _ if native.owner.is_none() => native.def.name.to_owned(),
                Some(class) if !vm.is_python_class(native.owner) => method(class),
                _ => method(native.owner),
            }
        });
        Ok(vm.str(name.unwrap_or_default()))
    }),
    Member::getter("__module__", |vm, args| {
        Ok(native(vm, args[0]).map_or(Value::None, |native| native.module.or_none()))
    }),
    Member::getter("__self__", |vm, args| match vm.heap.content(args[0]) {
        Some(Payload::BoundMethod(parts)) => Ok(parts[1]),
        _ => Ok(Value::None),
    }),
    Member::getter("__doc__", |_, _| Ok(Value::None)),
    Member::getter("__text_signature__", |vm, args| {
        let parameters = native(vm, args[0]).map(|native| native.def.parameters);
        Ok(parameters.map_or(Value::None, |parameters| vm.str(format!("({parameters})"))))
    }),
];

/// Members of `method_descriptor` and `wrapper_descriptor`.
pub static DESCRIPTOR: &[Member] = &[
    Member::slot(
        "__get__",
        "self, instance, owner=None, /",
        |vm, args| match args[1] {
            Value::None => Ok(args[0]),
            instance => vm.bind(args[0], instance),
        },
    ),
    Member::getter("__objclass__", |vm, args| {
        Ok(native(vm, args[0]).map_or(Value::None, |native| native.owner.into()))
    }),
];

/// Members of `member_descriptor`, the descriptor of a name in `__slots__`.
pub static MEMBER: &[Member] = &[
    Member::getter("__name__", |vm, args| {
        Ok(member_part(vm, args, member::NAME))
    }),
    Member::getter("__objclass__", |vm, args| {
        Ok(member_part(vm, args, member::OWNER))
    }),
    Member::slot("__repr__", "self, /", |vm, args| {
        let name = member_part(vm, args, member::NAME);
        let owner = member_part(vm, args, member::OWNER)
            .id()
            .unwrap_or(Id::NONE);
        let (name, owner) = (vm.as_str(name).unwrap_or("?"), vm.name_of_class(owner));
        let text = format!("<member '{name}' of '{owner}' objects>");
        Ok(vm.str(text))
    }),
    Member::slot("__get__", "self, instance, owner=None, /", |vm, args| {
        if args[1].is_none() {
            return Ok(args[0]);
        }
        let name = check_member(vm, args)?;
        match vm.own_attribute(args[1], name) {
            Some(value) => Ok(value),
            None => vm.no_attribute(args[1], name),
        }
    }),
    Member::slot("__set__", "self, instance, value, /", |vm, args| {
        let name = check_member(vm, args)?;
        if let Some(dict) = vm.own_dict(args[1]) {
            vm.dict_set_name(dict, name, args[2]);
        }
        Ok(Value::None)
    }),
    Member::slot("__delete__", "self, instance, /", |vm, args| {
        let name = check_member(vm, args)?;
        vm.generic_delete(args[1], name).map(|()| Value::None)
    }),
];

/// The parts of a `member_descriptor`.
pub mod member {
    /// The name of the slot.
    pub const NAME: usize = 0;
    /// The class that has it.
    pub const OWNER: usize = 1;
}

fn member_part(vm: &Vm, args: &Args, part: usize) -> Value {
    let part = args[0].id().map(|id| vm.heap.field(id, part));
    part.unwrap_or_default().or_none()
}

/// The name of the slot, of an object that has it.
fn check_member(vm: &mut Vm, args: &Args) -> Outcome {
    let name = member_part(vm, args, member::NAME);
    let owner = member_part(vm, args, member::OWNER)
        .id()
        .unwrap_or(Id::NONE);
    if vm.is_instance(args[1], owner) {
        return Ok(name);
    }
    let (name, owner) = (vm.as_str(name).unwrap_or("?"), vm.name_of_class(owner));
    let given = vm.class_name(args[1]);
    let message =
        format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object");
    vm.type_error(message)
}

/// Members of `cell`.
pub static CELL: &[Member] = &[
    Member::static_method("__new__", "cls, contents=None, /", |vm, args| {
        Ok(vm.object(class::CELL, Payload::Cell(args[1])))
    }),
    Member::attribute("cell_contents", cell_contents),
];

fn cell_contents(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(id) = args[0].id() else {
        return Ok(Value::None);
    };
    match (args.opt(1), vm.heap.cell(id)) {
        (Some(value), _) => {
            vm.heap.set_payload(id, Payload::Cell(value));
            Ok(Value::None)
        }
        (None, Value::Unbound) => vm.value_error("cell is empty"),
        (None, value) => Ok(value),
    }
}

/// Members of `module`.
pub static MODULE: &[Member] = &[
    Member::slot("__init__", "self, name, doc=None", |vm, args| {
        set_own(vm, args[0], names::NAME, args[1])?;
        set_own(vm, args[0], names::DOC, args[2].or_none())
    }),
    Member::method("__dir__", "self, /", |vm, args| {
        vm.helper("module_dir", &[args[0]])
    }),
    Member::attribute("__annotations__", module_annotations),
];

/// `__annotations__` of a module, made by its `__annotate__` when first asked for (PEP 649).
fn module_annotations(vm: &mut Vm, args: &Args) -> Outcome {
    let known = args
        .opt(1)
        .or_else(|| vm.own_attribute(args[0], names::ANNOTATIONS));
    let annotations = match (known, vm.own_attribute(args[0], names::ANNOTATE)) {
        (Some(known), _) => known,
        (None, Some(function)) if !function.is_none() => vm.call(function, &[Value::Int(1)])?,
        (None, _) => vm.dict().into(),
    };
    set_own(vm, args[0], names::ANNOTATIONS, annotations)?;
    Ok(annotations)
}

/// Members of `super`.
pub static SUPER: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args", |vm, args| {
        let class = args[0].id().unwrap_or(class::SUPER);
        Ok(vm.object(class, Payload::Super([Value::None; 3].into())))
    }),
    Member::with_frames(
        NativeKind::SlotWrapper,
        "__init__",
        "self, type=None, object=None, /",
        init_super,
    ),
    Member::getter("__thisclass__", |vm, args| Ok(super_part(vm, args[0], 0))),
    Member::getter("__self__", |vm, args| Ok(super_part(vm, args[0], 1))),
    Member::getter("__self_class__", |vm, args| Ok(super_part(vm, args[0], 2))),
];

fn part(vm: &Vm, property: Value, n: usize) -> Value {
    match vm.heap.content(property) {
        Some(Payload::Property(parts)) => parts[n],
        _ => Value::None,
    }
}

fn set_part(vm: &mut Vm, property: Value, n: usize, value: Value) -> Outcome {
    if let (Some(id), Some(Payload::Property(parts))) = (property.id(), vm.heap.content(property)) {
        let mut parts = **parts;
        parts[n] = value;
        vm.heap.set_payload(id, Payload::Property(parts.into()));
    }
    Ok(Value::None)
}

fn init_property(vm: &mut Vm, args: &Args) -> Outcome {
    let doc = match args.opt(4) {
        Some(doc) => doc,
        None => match args.opt(1).filter(|getter| !getter.is_none()) {
            Some(getter) => vm.get_attr_opt(getter, names::DOC)?.unwrap_or(Value::None),
            None => Value::None,
        },
    };
    let parts = [args[1].or_none(), args[2].or_none(), args[3].or_none(), doc];
    if let Some(id) = args[0].id() {
        vm.heap.set_payload(id, Payload::Property(parts.into()));
    }
    // The text of a subclass would hide that of the property.
    if vm.class_of(args[0]) != class::PROPERTY && vm.writable_dict(args[0]).is_some() {
        set_own(vm, args[0], names::DOC, doc)?;
    }
    Ok(Value::None)
}

/// A copy of a property with one function replaced.
fn replaced(vm: &mut Vm, args: &Args, n: usize) -> Outcome {
    let Some(Payload::Property(parts)) = vm.heap.content(args[0]) else {
        return Ok(Value::None);
    };
    let mut parts = **parts;
    let class = vm.class_of(args[0]);
    if n == 0 && !args[1].is_none() {
        let before = match parts[0] {
            Value::None => None,
            getter => vm.get_attr_opt(getter, names::DOC)?,
        };
        let text = |doc: Value| vm.as_str(doc).map(str::to_owned);
        if parts[3].is_none() || before.and_then(text) == text(parts[3]) {
            parts[3] = vm.get_attr_opt(args[1], names::DOC)?.unwrap_or(Value::None);
        }
    }
    parts[n] = args[1];
    let made = vm.object(class, Payload::Property(parts.into()));
    if class != class::PROPERTY && vm.writable_dict(made).is_some() {
        set_own(vm, made, names::DOC, parts[3])?;
    }
    Ok(made)
}

fn wrap(vm: &mut Vm, args: &Args, payload: Payload) -> Outcome {
    let object = vm.object(args[0].id().unwrap_or(Id::NONE), payload);
    if let Some(Payload::Function(_)) = vm.heap.content(args[1]) {
        for name in [names::NAME, names::QUALNAME, names::MODULE, names::DOC] {
            let value = vm.get_attr(args[1], name)?;
            set_own(vm, object, name, value)?;
        }
    }
    Ok(object)
}

fn wrapped(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.heap.content(args[0]) {
        Some(Payload::ClassMethod(function) | Payload::StaticMethod(function)) => Ok(*function),
        _ => Ok(Value::None),
    }
}

fn wrapped_is_abstract(vm: &mut Vm, args: &Args) -> Outcome {
    let function = wrapped(vm, args)?;
    is_abstract(vm, function).map(Value::Bool)
}

fn is_abstract(vm: &mut Vm, function: Value) -> Outcome<bool> {
    match vm.get_attr_opt(function, names::ISABSTRACTMETHOD)? {
        Some(value) => vm.truth(value),
        None => Ok(false),
    }
}

fn set_own(vm: &mut Vm, object: Value, name: Value, value: Value) -> Outcome {
    if let Some(dict) = vm.own_dict(object) {
        vm.dict_set_name(dict, name, value);
    }
    Ok(Value::None)
}

fn function<'a>(vm: &'a Vm, args: &Args) -> Option<&'a Rc<Function>> {
    match vm.heap.content(args[0])? {
        Payload::Function(function) => Some(function),
        _ => None,
    }
}

/// Reads or replaces a field of a function.
fn field(vm: &mut Vm, args: &Args, which: fn(&mut Function) -> &mut Value) -> Outcome {
    let (Some(id), Some(mut content)) =
        (args[0].id(), function(vm, args).map(|f| f.as_ref().clone()))
    else {
        return Ok(Value::None);
    };
    let slot = which(&mut content);
    match args.opt(1) {
        None => Ok(slot.or_none()),
        Some(value) => {
            *slot = value;
            vm.heap.set_payload(id, Payload::Function(Rc::new(content)));
            Ok(Value::None)
        }
    }
}

fn bound(vm: &Vm, method: Value) -> [Value; 2] {
    match vm.heap.content(method) {
        Some(Payload::BoundMethod(parts)) => **parts,
        _ => [Value::None; 2],
    }
}

/// Attributes of a method are those of its function.
fn method_attribute(vm: &mut Vm, args: &Args) -> Outcome {
    let name = vm.attribute_name(args[1])?;
    let class = vm.class_of(args[0]);
    match vm.generic_find(args[0], class, name)? {
        Some(value) => Ok(value),
        None => {
            let function = bound(vm, args[0])[0];
            vm.get_attr(function, name)
        }
    }
}

fn native(vm: &Vm, value: Value) -> Option<&crate::vm::native::NativeFunction> {
    let function = match vm.heap.content(value)? {
        Payload::BoundMethod(parts) => parts[0],
        _ => value,
    };
    match vm.heap.content(function)? {
        Payload::Native(native) => Some(native),
        _ => None,
    }
}

fn super_part(vm: &Vm, object: Value, n: usize) -> Value {
    match vm.heap.content(object) {
        Some(Payload::Super(parts)) => parts[n],
        _ => Value::None,
    }
}

fn init_super(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let (class, receiver) = match args[1] {
        Value::Unbound => implicit_super(vm, fiber)?,
        class => (class, args[2].or_none()),
    };
    let Some(class_id) = class.id().filter(|&id| vm.class(id).is_some()) else {
        let given = vm.class_name(class).to_owned();
        return vm.type_error(format!("super() argument 1 must be a type, not {given}"));
    };
    let start = match receiver
        .id()
        .filter(|&id| vm.class(id).is_some() && vm.is_subclass(id, class_id))
    {
        Some(id) => id,
        None => vm.class_of(receiver),
    };
    if !receiver.is_none() && !vm.is_subclass(start, class_id) {
        let given = match receiver.id().filter(|&id| vm.class(id).is_some()) {
            Some(id) => format!("type {}", vm.name_of_class(id)),
            None => format!("instance of {}", vm.class_name(receiver)),
        };
        let class = vm.name_of_class(class_id);
        let message = format!(
            "super(type, obj): obj ({given}) is not an instance or subtype of type ({class})."
        );
        return vm.type_error(message);
    }
    if let Some(id) = args[0].id() {
        vm.heap
            .set_payload(id, Payload::Super([class, receiver, start.into()].into()));
    }
    Ok(Value::None)
}

/// `super()` without arguments: the class in the `__class__` cell and the first argument of the calling frame.
fn implicit_super(vm: &mut Vm, fiber: &Fiber) -> Outcome<(Value, Value)> {
    let Some(frame) = fiber.frame() else {
        return vm.raise(class::RUNTIME_ERROR, "super(): no current frame");
    };
    let code = &frame.code.code;
    if code.parameters.positional == 0 && !code.parameters.var_positional {
        return vm.raise(class::RUNTIME_ERROR, "super(): no arguments");
    }
    let base = frame.base as usize;
    let mut receiver = fiber.stack.get(base).copied().unwrap_or_default();
    if let Some(Payload::Cell(content)) = vm.heap.content(receiver) {
        receiver = *content;
    }
    if code.parameters.positional == 0 {
        receiver = vm
            .items(receiver)
            .and_then(|items| items.first().copied())
            .unwrap_or_default();
    }
    let slot = code.frees.iter().position(|name| &**name == "__class__");
    let Some(slot) = slot else {
        return vm.raise(class::RUNTIME_ERROR, "super(): __class__ cell not found");
    };
    let cell = fiber
        .stack
        .get(base + code.locals.len() + code.cells.len() + slot)
        .copied()
        .unwrap_or_default();
    match cell.id().map(|id| vm.heap.cell(id)) {
        Some(class) if !class.is_unbound() => Ok((class, receiver)),
        _ => vm.raise(class::RUNTIME_ERROR, "super(): empty __class__ cell"),
    }
}
