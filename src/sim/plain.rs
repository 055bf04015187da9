//! Which objects of the library have the library's own methods, so that the kernel may do at once what these would do.
//! Looking that up takes longer than doing it: what was found is remembered until a class or an object gets other methods.

use super::system::System;
use crate::vm::dict::Watch;
use crate::vm::machine::Vm;
use crate::vm::marks::Marks;
use crate::vm::names;
use crate::vm::object::{Function, Payload};
use crate::vm::value::{Id, Value};

/// What an object does by the library's own methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// A loop takes callbacks.
    CallSoon,
    /// A loop takes timers at a time of its clock, which may be the program's …
    CallAtAny,
    /// … or is the kernel's …
    CallAt,
    /// … and after a delay.
    CallLater,
    /// A loop makes futures.
    CreateFuture,
    /// A loop makes tasks, unless it has a factory.
    CreateTask,
    /// A loop runs one iteration.
    RunOnce,
    /// A queue takes and gives items.
    Queue,
    /// A lock wakes who waits first.
    WakeFirst,
    /// An event is cleared.
    Clear,
    /// Something is bound to the loop that first uses it.
    Bind,
    /// Number of abilities.
    End,
}

/// Where the library has a method.
#[derive(Clone, Copy)]
enum Home {
    /// In the kernel.
    Kernel,
    /// In this module, under this qualified name.
    Library(&'static str, &'static str),
}

use Home::{Kernel, Library};

const BASE: &str = "asyncio.base_events";
const QUEUES: &str = "asyncio.queues";

impl Ability {
    /// The methods that it takes.
    fn methods(self) -> &'static [(Value, Home)] {
        match self {
            Self::CallSoon => &[(names::CALL_SOON, Kernel)],
            Self::CallAtAny => &[(names::CALL_AT, Kernel)],
            Self::CallAt => &[(names::CALL_AT, Kernel), (names::TIME, Kernel)],
            Self::CallLater => &[
                (names::CALL_LATER, Kernel),
                (names::CALL_AT, Kernel),
                (names::TIME, Kernel),
            ],
            Self::CreateFuture => &[(
                names::CREATE_FUTURE,
                Library(BASE, "BaseEventLoop.create_future"),
            )],
            Self::CreateTask => &[(
                names::CREATE_TASK,
                Library(BASE, "BaseEventLoop.create_task"),
            )],
            Self::RunOnce => &[
                (
                    names::RUN_ONCE,
                    Library("asyncio.selector_events", "BaseSelectorEventLoop._run_once"),
                ),
                (names::RUN_READY, Library(BASE, "BaseEventLoop._run_ready")),
            ],
            Self::Queue => &[
                (names::FULL, Library(QUEUES, "Queue.full")),
                (names::QSIZE, Library(QUEUES, "Queue.qsize")),
                (names::EMPTY_OF, Library(QUEUES, "Queue.empty")),
                (names::PUT_ITEM, Library(QUEUES, "Queue._put")),
                (names::GET_ITEM, Library(QUEUES, "Queue._get")),
                (names::PUT_NOWAIT, Library(QUEUES, "Queue.put_nowait")),
                (names::GET_NOWAIT, Library(QUEUES, "Queue.get_nowait")),
                (names::WAKEUP_NEXT, Library(QUEUES, "Queue._wakeup_next")),
            ],
            Self::WakeFirst => &[(
                names::WAKE_UP_FIRST,
                Library("asyncio.locks", "Lock._wake_up_first"),
            )],
            Self::Clear => &[(names::CLEAR, Library("asyncio.locks", "Event.clear"))],
            Self::Bind => &[(
                names::GET_LOOP_OF,
                Library("asyncio.mixins", "_LoopBoundMixin._get_loop"),
            )],
            Self::End => &[],
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// The epoch of the heap for which it holds, see [`crate::vm::heap::Heap::epoch`].
    epoch: u64,
    objects: [Marks; Ability::End as usize],
}

impl Plain {
    fn marks(&mut self, ability: Ability, epoch: u64) -> &mut Marks {
        if self.epoch != epoch {
            *self = Self {
                epoch,
                ..Self::default()
            };
        }
        &mut self.objects[ability as usize]
    }
}

/// Does an object do something by the library's own methods?
#[inline]
pub fn has_own_methods(sys: &mut System, object: Value, ability: Ability) -> bool {
    let Some(id) = object.id() else { return false };
    let epoch = sys.vm.heap.epoch();
    sys.kernel.plain.marks(ability, epoch).contains(id) || find(sys, id, ability)
}

#[cold]
fn find(sys: &mut System, object: Id, ability: Ability) -> bool {
    let own = look(sys.vm, object, ability);
    if own {
        remember(sys, object, ability);
    }
    own
}

/// The same without remembering it, for objects that are asked once.
pub fn look(vm: &Vm, object: Id, ability: Ability) -> bool {
    let class = vm.class(vm.heap.get(object).class);
    let assigns = class.is_none_or(|class| class.traits.setattr);
    let mut methods = ability.methods().iter();
    !assigns && methods.all(|&(name, home)| is_own(vm, object, name, home))
}

/// Is a method of an object the library's, and not one that the object was given?
fn is_own(vm: &Vm, object: Id, name: Value, home: Home) -> bool {
    let found = vm.lookup(vm.heap.get(object).class, name);
    let at_home = found.is_some_and(|found| match home {
        Kernel => matches!(vm.heap.content(found), Some(Payload::Native(_))),
        Library(module, qualname) => library_function(vm, found, module, qualname).is_some(),
    });
    at_home && vm.own_attribute(object.into(), name).is_none()
}

/// The content of a value, if it is the function that the library has in this module, under this qualified name.
pub fn library_function<'a>(
    vm: &'a Vm,
    value: Value,
    module: &str,
    qualname: &str,
) -> Option<&'a Function> {
    let Payload::Function(function) = vm.heap.content(value)? else {
        return None;
    };
    let code = &function.linked.code;
    let found = *code.qualname == *qualname && *code.source.module == *module;
    found.then_some(&**function)
}

/// A method that the object is given of its own, or its class, begins a new epoch.
fn remember(sys: &mut System, object: Id, ability: Ability) {
    let attributes = sys.vm.heap.get(object).dict;
    if let Some(attributes) = sys.vm.heap.dict(attributes) {
        attributes.watch(Watch::Keys);
        let epoch = sys.vm.heap.epoch();
        sys.kernel.plain.marks(ability, epoch).insert(object);
    }
}

/// The cell of a variable that a function has from the one around it.
pub fn cell_of(vm: &Vm, function: &Function, name: &str) -> Option<Id> {
    let frees = &function.linked.code.frees;
    let at = frees.iter().position(|free| **free == *name)?;
    vm.items(function.closure)?.get(at)?.id()
}
