//! `memoryview` (`Objects/memoryobject.c`): views of the bytes of other objects. What they do is written in Python
//! (`stdlib/_memoryview.py`); the parts of a view lie here, so that everything that takes bytes can read them.

use super::Member;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The fields of a view.
mod part {
    /// The object whose bytes are seen; unset when the view was released.
    pub const OBJECT: usize = 0;
    /// The offset of the first item there.
    pub const START: usize = 1;
    /// The number of bytes, or -1 where they do not lie side by side.
    pub const LENGTH: usize = 2;
    /// The rest of the description, an object of the library.
    pub const LAYOUT: usize = 3;
}

/// Members of `memoryview`.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, object", |vm, args| {
        vm.helper("memoryview_new", &[args[0], args[1]])
    }),
    Member::slot("__repr__", "self, /", |vm, args| ask(vm, "show", args)),
    Member::slot("__len__", "self, /", |vm, args| ask(vm, "length", args)),
    Member::slot("__getitem__", "self, key, /", |vm, args| {
        ask(vm, "get_item", args)
    }),
    Member::slot("__setitem__", "self, key, value, /", |vm, args| {
        ask(vm, "set_item", args)
    }),
    Member::slot("__delitem__", "self, key, /", |vm, _| {
        vm.type_error("cannot delete memory")
    }),
    Member::slot("__eq__", "self, value, /", |vm, args| {
        ask(vm, "equal", args)
    }),
    Member::slot("__hash__", "self, /", |vm, args| ask(vm, "hash_of", args)),
    Member::slot("__iter__", "self, /", |vm, args| ask(vm, "items", args)),
    Member::method("__enter__", "self, /", |_, args| Ok(args[0])),
    Member::method("__exit__", "self, /, *exc_info", |vm, args| {
        release(vm, args)
    }),
    Member::method("release", "self, /", release),
    Member::method("tobytes", "self, /, order='C'", |vm, args| {
        ask(vm, "to_bytes", args)
    }),
    Member::method("tolist", "self, /", |vm, args| ask(vm, "to_list", args)),
    Member::method("cast", "self, /, format, shape=None", |vm, args| {
        ask(vm, "cast", args)
    }),
    Member::method("toreadonly", "self, /", |vm, args| {
        ask(vm, "to_readonly", args)
    }),
    Member::method("hex", "self, /, sep=None, bytes_per_sep=1", |vm, args| {
        ask(vm, "hex", args)
    }),
    Member::method("count", "self, value, /", |vm, args| ask(vm, "count", args)),
    Member::method("index", "self, value, start=0, stop=None, /", |vm, args| {
        ask(vm, "index", args)
    }),
    Member::class_method("__class_getitem__", "cls, item, /", |vm, args| {
        vm.generic_alias(args[0], args[1])
    }),
    Member::getter("obj", |vm, args| attribute(vm, args, "obj")),
    Member::getter("nbytes", |vm, args| attribute(vm, args, "nbytes")),
    Member::getter("readonly", |vm, args| attribute(vm, args, "readonly")),
    Member::getter("itemsize", |vm, args| attribute(vm, args, "itemsize")),
    Member::getter("format", |vm, args| attribute(vm, args, "format")),
    Member::getter("ndim", |vm, args| attribute(vm, args, "ndim")),
    Member::getter("shape", |vm, args| attribute(vm, args, "shape")),
    Member::getter("strides", |vm, args| attribute(vm, args, "strides")),
    Member::getter("suboffsets", |vm, args| attribute(vm, args, "suboffsets")),
    Member::getter("c_contiguous", |vm, args| {
        attribute(vm, args, "c_contiguous")
    }),
    Member::getter("f_contiguous", |vm, args| {
        attribute(vm, args, "f_contiguous")
    }),
    Member::getter("contiguous", |vm, args| attribute(vm, args, "contiguous")),
];

/// Hands a method to the library, with the arguments that were given.
fn ask(vm: &mut Vm, method: &str, args: &Args) -> Outcome {
    let given = args.fixed.iter().copied().filter_map(Value::bound);
    let given: Vec<Value> = given.collect();
    let (name, given) = (vm.intern(method), vm.tuple(given));
    vm.helper("memoryview_method", &[name, given])
}

fn attribute(vm: &mut Vm, args: &Args, name: &str) -> Outcome {
    let name = vm.intern(name);
    vm.helper("memoryview_attribute", &[args[0], name])
}

fn release(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(id) = args[0].id() {
        vm.heap.set_field(id, part::OBJECT, Value::None);
        vm.heap.set_field(id, part::LAYOUT, Value::None);
    }
    Ok(Value::None)
}

/// A new view of these parts.
pub fn make(vm: &mut Vm, args: &Args) -> Outcome {
    let parts = [args[0], args[1], args[2], args[3]];
    let view = vm.object(class::MEMORYVIEW, Payload::Record(parts.into()));
    if let Some(id) = view.id()
        && matches!(vm.heap.content(args[0]), Some(Payload::ByteArray(_)))
    {
        vm.views.push(id);
    }
    Ok(view)
}

/// Object, start and layout of a view.
pub fn parts(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(id) = args[0].id() else {
        return Ok(Value::None);
    };
    let parts = [part::OBJECT, part::START, part::LAYOUT].map(|n| vm.heap.field(id, n));
    Ok(vm.tuple(parts))
}

impl Vm {
    /// The bytes that a view shows, if they lie side by side.
    pub(in crate::vm) fn bytes_of_view(&self, id: Id) -> Option<&[u8]> {
        let number = |n| match self.heap.field(id, n) {
            Value::Int(number) => usize::try_from(number).ok(),
            _ => None,
        };
        let (start, length) = (number(part::START)?, number(part::LENGTH)?);
        let seen = match self.heap.content(self.heap.field(id, part::OBJECT))? {
            Payload::Bytes(bytes) => &**bytes,
            Payload::ByteArray(bytes) => &***bytes,
            _ => return None,
        };
        seen.get(start..start.checked_add(length)?)
    }

    /// Raises BufferError if the length of a bytearray must not change, since views of it exist.
    pub fn check_resizable(&mut self, bytearray: Value) -> Outcome<()> {
        if self.views.is_empty() {
            return Ok(());
        }
        let views = std::mem::take(&mut self.views);
        let alive = views.into_iter().filter(|&view| {
            self.heap.get(view).class == class::MEMORYVIEW
                && !self.heap.field(view, part::OBJECT).is_none()
        });
        self.views = alive.collect();
        let mut seen = self
            .views
            .iter()
            .map(|&view| self.heap.field(view, part::OBJECT));
        match seen.any(|object| object.is(bytearray)) {
            true => self.raise(
                class::BUFFER_ERROR,
                "Existing exports of data: object cannot be re-sized",
            ),
            false => Ok(()),
        }
    }
}
