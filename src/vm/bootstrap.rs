//! The start of a world: built-in classes, names and functions, in a fixed order so that their numbers are constants.

use super::builtins;
use super::class::{self, Attributes, BUILTIN, Class, Layout, Traits};
use super::heap::Heap;
use super::machine::{Library, Limits, Vm};
use super::modules::NativeModule;
use super::names;
use super::native::{Native, NativeDef, NativeKind, Signature};
use super::object::Payload;
use super::text::Text;
use super::value::{Id, Value};
use crate::bytecode::code::{Code, CodeKind, Origin, Parameters, Source, Span};
use crate::bytecode::op::{Keywords, Op};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Tables of native modules.
pub type NativeModules = &'static [&'static [NativeModule]];

impl Vm {
    /// A machine with all built-ins and no thread. `library` and `modules` are where imports look.
    pub fn new(library: Library, modules: NativeModules) -> Self {
        let mut vm = Self::bare(library, modules);
        vm.make_classes();
        vm.make_names();
        vm.name_classes();
        vm.add_members();
        vm.make_namespaces();
        vm.make_empty_tuple();
        vm
    }

    fn bare(library: Library, native_modules: NativeModules) -> Self {
        Self {
            heap: Heap::new(),
            builtins: Id::NONE,
            modules: Id::NONE,
            executed: 0,
            stop: 0,
            meter: Default::default(),
            lines: Vec::new(),
            report_lines: false,
            lines_muted: false,
            line_stop: usize::MAX,
            limits: Limits::default(),
            library,
            parts: |_, _| None,
            complete: |_, _| {},
            context_class: Id::NONE,
            ages: super::collect::Ages::default(),
            native_modules,
            seed: 0,
            program: None,
            due: VecDeque::new(),
            weakrefs: Default::default(),
            subclasses: BTreeMap::new(),
            iterable_coroutines: super::marks::Marks::default(),
            helpers: Id::NONE,
            empty_tuple: Id::NONE,
            exceptions_found: Default::default(),
            async_hooks: [Value::Unbound; 2],
            raised_again: Id::NONE,
            origin_depth: 0,
            nans: 0,
            views: Vec::new(),
            finalized: Default::default(),
            watched: Default::default(),
            gone: Vec::new(),
            awaiting: Default::default(),
            folds: false,
            fold_step: Default::default(),
            refuses_fold: false,
            nap: Id::NONE,
            trampoline: Value::Unbound,
            interned: Rc::default(),
            lookups: Default::default(),
            dying: Default::default(),
            spare_frames: Default::default(),
            spare_requests: Default::default(),
            dialogue: super::machine::Dialogue::default(),
            nesting: super::nesting::Nesting::default(),
            trap: None,
            request: None,
            refusal: None,
            permanent: Rc::default(),
        }
    }

    fn make_classes(&mut self) {
        for (n, builtin) in BUILTIN.iter().enumerate() {
            let id = Id(n as u32 + 1);
            let bases = match id {
                // The one built-in class with two bases.
                class::EXCEPTION_GROUP => vec![class::BASE_EXCEPTION_GROUP, class::EXCEPTION],
                _ if builtin.base.is_none() => Vec::new(),
                _ => vec![builtin.base],
            };
            let mro = self.builtin_mro(id, &bases);
            let attributes = match builtin.layout {
                Layout::Exception | Layout::Module => Attributes::Open,
                _ if [class::FUNCTION, class::CLASSMETHOD, class::STATICMETHOD].contains(&id) => {
                    Attributes::Open
                }
                _ => Attributes::Closed,
            };
            let (layout, namespace, unnamed) = (builtin.layout, Id::NONE, Value::Unbound);
            let traits = Traits::default();
            let content = Class {
                name: unnamed,
                qualname: unnamed,
                type_name: unnamed,
                bases,
                mro,
                namespace,
                layout,
                attributes,
                teardown: None,
                traits,
            };
            self.keep_class(content);
        }
    }

    /// The mro of a built-in class: what the bases have, each once and as late as any of them has it.
    fn builtin_mro(&self, id: Id, bases: &[Id]) -> Vec<Id> {
        let mut mro = vec![id];
        for class in bases.iter().filter_map(|&base| self.class(base)) {
            mro.retain(|known| !class.mro.contains(known));
            mro.extend_from_slice(&class.mro);
        }
        mro
    }

    /// Allocates a built-in class. Its references to class `type` are counted by hand, since that may not exist yet.
    fn keep_class(&mut self, content: Class) {
        let id = self
            .heap
            .alloc(class::TYPE, Payload::Class(Rc::new(content)));
        self.keep(id.into());
    }

    /// Keeps a value alive for as long as the machine exists.
    pub fn keep(&mut self, value: Value) {
        self.heap.retain(value);
        Rc::make_mut(&mut self.permanent).push(value);
    }

    /// All empty tuples are one (`Objects/tupleobject.c`: tuple_get_empty).
    fn make_empty_tuple(&mut self) {
        let empty = self.heap.alloc(class::TUPLE, Payload::Tuple([].into()));
        self.keep(empty.into());
        self.empty_tuple = empty;
    }

    fn make_names(&mut self) {
        for text in names::ALL {
            let id = self
                .heap
                .alloc(class::STR, Payload::Str(Text::interned(text)));
            self.heap.retain(id.into());
            Rc::make_mut(&mut self.interned).add(text, id);
        }
    }

    fn name_classes(&mut self) {
        for (n, builtin) in BUILTIN.iter().enumerate() {
            let id = Id(n as u32 + 1);
            let (module, short) = match builtin.name.rsplit_once('.') {
                Some((module, short)) => (Some(module), short),
                None => (None, builtin.name),
            };
            let name = self.intern(short);
            let namespace = self.dict();
            if let Some(module) = module {
                let module = self.intern(module);
                self.dict_set_name(namespace, names::MODULE, module);
            }
            let Some(mut content) = self.class(id).cloned() else {
                continue;
            };
            (content.name, content.qualname, content.namespace) = (name, name, namespace);
            content.type_name = self.intern(builtin.name);
            self.heap.set_payload(id, Payload::Class(Rc::new(content)));
        }
    }

    fn add_members(&mut self) {
        let module = self.intern("builtins");
        for &(class, members) in builtins::CLASSES {
            let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
            for member in members {
                let native = self.native(&member.def, member.kind, class, module);
                let name = self.intern(member.def.name);
                self.dict_set_name(namespace, name, native);
            }
        }
        for class in [
            class::LIST,
            class::DICT,
            class::SET,
            class::BYTEARRAY,
            class::DEQUE,
        ] {
            let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
            self.dict_set_name(namespace, names::HASH, Value::None);
        }
        for id in (1..=BUILTIN.len() as u32).map(Id) {
            self.refresh_traits(id);
        }
    }

    /// A built-in function object.
    pub fn native(
        &mut self,
        def: &'static NativeDef,
        kind: NativeKind,
        owner: Id,
        module: Value,
    ) -> Value {
        let class = match kind {
            NativeKind::Function | NativeKind::StaticMethod => class::BUILTIN_FUNCTION,
            NativeKind::Method | NativeKind::ClassMethod => class::METHOD_DESCRIPTOR,
            NativeKind::SlotWrapper => class::SLOT_WRAPPER,
            NativeKind::Getter => class::GETSET_DESCRIPTOR,
        };
        let signature = Rc::new(Signature::parse(def.parameters));
        self.object(
            class,
            Payload::Native(Rc::new(Native {
                def,
                signature,
                kind,
                owner,
                module,
            })),
        )
    }

    fn make_namespaces(&mut self) {
        self.modules = self.dict();
        self.keep(self.modules.into());
        let name = self.intern("builtins");
        let module = self.new_module(name);
        self.builtins = module.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        self.dict_set_name(self.modules, name, module);
        self.keep(self.builtins.into());
        for table in builtins::FUNCTIONS {
            self.add_functions(self.builtins, table, name);
        }
        for (n, builtin) in BUILTIN.iter().enumerate() {
            if !builtin.name.contains('.') && is_public(builtin) {
                let key = self.intern(builtin.name);
                self.dict_set_name(self.builtins, key, Id(n as u32 + 1).into());
            }
        }
        for (alias, class) in [
            ("IOError", class::OS_ERROR),
            ("EnvironmentError", class::OS_ERROR),
        ] {
            let key = self.intern(alias);
            self.dict_set_name(self.builtins, key, class.into());
        }
        let constants = [
            ("NotImplemented", Value::NotImplemented),
            ("Ellipsis", Value::Ellipsis),
            ("__debug__", Value::Bool(true)),
        ];
        for (constant, value) in constants {
            let key = self.intern(constant);
            self.dict_set_name(self.builtins, key, value);
        }
        let code = trampoline_code();
        self.trampoline = self.module_function(&code, self.builtins);
        self.keep(self.trampoline);
        self.helpers = self.dict();
        self.keep(self.helpers.into());
    }
}

/// Is the class a name of the `builtins` module?
fn is_public(builtin: &class::Builtin) -> bool {
    const HIDDEN_EXCEPT: [&str; 13] = [
        "memoryview",
        "slice",
        "range",
        "bool",
        "super",
        "property",
        "classmethod",
        "staticmethod",
        "enumerate",
        "zip",
        "map",
        "filter",
        "reversed",
    ];
    match builtin.layout {
        Layout::Internal | Layout::Plain => {
            builtin.name == "object" || HIDDEN_EXCEPT.contains(&builtin.name)
        }
        Layout::Module => false,
        _ => true,
    }
}

/// The code that calls something: its operands are put on its stack before it runs.
fn trampoline_code() -> Rc<Code> {
    let source = Source::new("<call>", "builtins", "", Origin::Builtin);
    Rc::new(Code {
        name: "<call>".into(),
        qualname: "<call>".into(),
        kind: CodeKind::Function,
        source,
        first_line: 0,
        parameters: Parameters::default(),
        locals: Vec::new(),
        cells: Vec::new(),
        frees: Vec::new(),
        names: Vec::new(),
        consts: Vec::new(),
        doc: None,
        ops: vec![Op::CallEx(Keywords::Present), Op::Return],
        spans: vec![Span::default(); 2],
        lines: vec![0; 2],
        anchors: BTreeMap::new(),
        handlers: Vec::new(),
        max_stack: 3,
        warnings: Vec::new(),
    })
}
