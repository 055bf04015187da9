//! `import`: finding, making and running modules (`Lib/importlib/_bootstrap.py`: _find_and_load).

use super::call::Arguments;
use super::class;
use super::compiled;
use super::execute::current;
use super::frame::{Fiber, Frame, Then};
use super::link::LinkedCode;
use super::machine::Vm;
use super::names;
use super::native::{NativeDef, NativeKind, Outcome, Trap};
use super::object::{Function, Payload};
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::Goal;
use crate::bytecode::code::{Code, Origin, Source};
use crate::syntax::{Diagnostic, DiagnosticKind};
use std::rc::Rc;

/// The modules of Python functions that stand in for built-ins.
pub const HELPERS: [&str; 2] = ["_builtins", "_objects"];

impl Vm {
    /// `Op::ImportName`: the module, or with `fromlist` the innermost one of a dotted name.
    pub(super) fn import_name(
        &mut self,
        fiber: &Fiber,
        name: Value,
        level: Value,
        fromlist: Value,
    ) -> Outcome {
        let wanted = self.absolute_name(fiber, name, level)?;
        if self.has_no_modules() && current(fiber).is_some_and(is_of_program) {
            let message = "sys.meta_path is None, Python is likely shutting down";
            return self.raise(class::IMPORT_ERROR, message);
        }
        let mut module = Value::None;
        let mut first = Value::None;
        for (at, _) in wanted.match_indices('.').chain([(wanted.len(), "")]) {
            let parent = module;
            module = self.load_module(&wanted[..at], parent)?;
            first = if first.is_none() { module } else { first };
        }
        if fromlist.is_none() {
            return Ok(first);
        }
        for item in self.items(fromlist).unwrap_or_default().to_vec() {
            let Some(item) = self.as_str(item).map(str::to_owned) else {
                continue;
            };
            let full = format!("{wanted}.{item}");
            let key = self.intern(&item);
            if (self.library)(&full).is_none() {
                continue;
            }
            let known = self.once(|vm| Ok(vm.own_attribute(module, key).is_some().into()))?;
            if !matches!(known, Value::Bool(true)) {
                self.load_module(&full, module)?;
            }
        }
        Ok(module)
    }

    /// Has the program let go of its modules, since it ends? The library here still needs some.
    pub(super) fn has_no_modules(&self) -> bool {
        self.dict_get_name(self.modules, names::MAIN)
            .is_some_and(Value::is_none)
    }

    fn absolute_name(&mut self, fiber: &Fiber, name: Value, level: Value) -> Outcome<String> {
        let name = self.as_str(name).unwrap_or_default().to_owned();
        let level = self.as_i64(level).unwrap_or(0);
        if level == 0 {
            return Ok(name);
        }
        let globals = current(fiber).map_or(Id::NONE, |frame| frame.globals);
        let package = self
            .dict_get_name(globals, names::PACKAGE)
            .and_then(|name| self.as_str(name))
            .map(str::to_owned);
        let Some(mut package) = package.filter(|package| !package.is_empty()) else {
            return self.raise(
                class::IMPORT_ERROR,
                "attempted relative import with no known parent package",
            );
        };
        for _ in 1..level {
            match package.rfind('.') {
                Some(dot) => package.truncate(dot),
                None => {
                    return self.raise(
                        class::IMPORT_ERROR,
                        "attempted relative import beyond top-level package",
                    );
                }
            }
        }
        Ok(if name.is_empty() {
            package
        } else {
            format!("{package}.{name}")
        })
    }

    /// A module by its full name, run if it is new.
    pub fn load_module(&mut self, name: &str, parent: Value) -> Outcome {
        let key = self.intern(name);
        let known = self.once(|vm| Ok(vm.dict_get_name(vm.modules, key).unwrap_or_default()))?;
        if !known.is_unbound() {
            return Ok(known);
        }
        if let Some(native) = self.native_module(name) {
            return Ok(self.make_native_module(native, key));
        }
        let Some(source) = (self.library)(name) else {
            return self.no_module(name, key);
        };
        // Where computing takes time, loading the library does not: CPython has it compiled and at hand.
        let module = self.once(|vm| {
            vm.meter.pause(vm.executed);
            let module = vm.new_module(key);
            vm.describe_module(module, name, &source);
            vm.dict_set_name(vm.modules, key, module);
            Ok(module)
        })?;
        let function = self.once(|vm| {
            let code = vm.compile_library(&source)?;
            let globals = module.id().map_or(Id::NONE, |id| vm.heap.get(id).dict);
            Ok(vm.module_function(&code, globals))
        })?;
        let ran = self.try_call(function, &[])?;
        self.once(|vm| {
            vm.meter.resume(vm.executed);
            Ok(Value::None)
        })?;
        if let Err(error) = ran {
            self.dict_delete_name(self.modules, key);
            return Err(Trap::Raise(error));
        }
        self.publish(parent, name, module);
        Ok(self.dict_get_name(self.modules, key).unwrap_or(module))
    }

    /// Makes a submodule an attribute of its package.
    fn publish(&mut self, parent: Value, name: &str, module: Value) {
        let Some(id) = parent.id() else { return };
        let short = self.intern(name.rsplit('.').next().unwrap_or(name));
        let namespace = self.heap.get(id).dict;
        self.dict_set_name(namespace, short, module);
    }

    /// A new empty module with its name.
    pub fn new_module(&mut self, name: Value) -> Value {
        let module = self.heap.alloc(class::MODULE, Payload::Module);
        let namespace = self.dict();
        self.heap.set_dict(module, namespace);
        self.dict_set_name(namespace, names::NAME, name);
        for attribute in [names::DOC, names::PACKAGE, names::LOADER, names::SPEC] {
            self.dict_set_name(namespace, attribute, Value::None);
        }
        module.into()
    }

    fn describe_module(&mut self, module: Value, name: &str, source: &Source) {
        let namespace = module.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        let is_package = source.name.ends_with("__init__.py");
        let package = if is_package {
            name
        } else {
            name.rsplit_once('.').map_or("", |(parent, _)| parent)
        };
        self.dict_set_name(namespace, names::BUILTINS, self.builtins.into());
        let package = self.intern(package);
        self.dict_set_name(namespace, names::PACKAGE, package);
        if source.origin != Origin::Builtin {
            let file = self.str(&*source.name);
            self.dict_set_name(namespace, names::FILE, file);
        }
        if is_package {
            let path = self.list(Vec::new());
            self.dict_set_name(namespace, names::PATH, path);
        }
    }

    fn native_module(&self, name: &str) -> Option<&'static super::modules::NativeModule> {
        self.native_modules
            .iter()
            .copied()
            .flatten()
            .find(|module| module.name == name)
    }

    fn make_native_module(
        &mut self,
        native: &'static super::modules::NativeModule,
        key: Value,
    ) -> Value {
        let module = self.new_module(key);
        self.dict_set_name(self.modules, key, module);
        let namespace = module.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        self.add_functions(namespace, native.functions, key);
        (native.fill)(self, namespace);
        module
    }

    /// Puts built-in functions into a namespace.
    pub fn add_functions(&mut self, namespace: Id, functions: &'static [NativeDef], module: Value) {
        for def in functions {
            let function = self.native(def, NativeKind::Function, Id::NONE, module);
            let name = self.intern(def.name);
            self.dict_set_name(namespace, name, function);
        }
    }

    fn no_module<T>(&mut self, name: &str, key: Value) -> Outcome<T> {
        let parent = name.rsplit_once('.').map(|(parent, _)| parent);
        let is_package = parent
            .and_then(self.library)
            .is_some_and(|s| s.name.ends_with("__init__.py"));
        if super::modules::known::exists(name) && (parent.is_none() || is_package) {
            return self.refuse(format!("the module '{name}'"));
        }
        let message = match parent {
            Some(parent) if !is_package => {
                format!("No module named '{name}'; '{parent}' is not a package")
            }
            _ => format!("No module named '{name}'"),
        };
        let exception = self.exception(class::MODULE_NOT_FOUND_ERROR, &message);
        let attribute = self.intern("\0name");
        if let Some(dict) = self.writable_dict(exception) {
            self.dict_set_name(dict, attribute, key);
        }
        Err(Trap::Raise(exception))
    }

    /// Starts one of [`HELPERS`], which have to run before anything else.
    pub fn start_helpers(&mut self, fiber: &mut Fiber, module: &str) -> Outcome<()> {
        let Some(source) = (self.library)(module) else {
            return Ok(());
        };
        let code = self.compile_library(&source)?;
        let name = self.intern("builtins");
        self.dict_set_name(self.helpers, names::NAME, name);
        let function = self.module_function(&code, self.helpers);
        self.start_call(fiber, function, Arguments::default(), Then::Push)
    }

    /// Starts a program as `__main__`; gives its namespace.
    pub fn start_program(&mut self, fiber: &mut Fiber, code: &Rc<Code>) -> Outcome<Id> {
        let (function, namespace) = self.program_function(code, names::MAIN);
        self.start_call(fiber, function, Arguments::default(), Then::Push)?;
        Ok(namespace)
    }

    /// The function that runs a program as the module of that name, and its namespace.
    pub fn program_function(&mut self, code: &Rc<Code>, name: Value) -> (Value, Id) {
        let module = self.new_module(name);
        self.dict_set_name(self.modules, name, module);
        let namespace = module.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        let builtins = self.intern("builtins");
        let builtins = self
            .dict_get_name(self.modules, builtins)
            .unwrap_or(Value::None);
        self.dict_set_name(namespace, names::BUILTINS, builtins);
        let file = self.str(&*code.source.name);
        self.dict_set_name(namespace, names::FILE, file);
        (self.module_function(code, namespace), namespace)
    }

    /// Compiles a source text; syntax errors become SyntaxError.
    pub fn compile_source(&mut self, source: &Rc<Source>, goal: Goal) -> Outcome<Rc<Code>> {
        let compiled = compiled::compile(source, goal);
        self.check_compiled(compiled, source)
    }

    fn compile_library(&mut self, source: &Rc<Source>) -> Outcome<Rc<Code>> {
        let compiled = compiled::module(source);
        self.check_compiled(compiled, source)
    }

    fn check_compiled(
        &mut self,
        compiled: Result<Rc<Code>, Vec<Diagnostic>>,
        source: &Source,
    ) -> Outcome<Rc<Code>> {
        match compiled {
            Ok(code) => Ok(code),
            Err(diagnostics) => match diagnostics.first() {
                Some(first) => self.raise_syntax_error(first, source),
                None => self.raise(class::SYNTAX_ERROR, "invalid syntax"),
            },
        }
    }

    fn raise_syntax_error<T>(&mut self, error: &Diagnostic, source: &Source) -> Outcome<T> {
        let class = match error.kind {
            DiagnosticKind::Syntax("IndentationError") => class::INDENTATION_ERROR,
            DiagnosticKind::Syntax("TabError") => class::TAB_ERROR,
            DiagnosticKind::Syntax(_) => class::SYNTAX_ERROR,
            DiagnosticKind::Unsupported(_) => return self.refuse(error.message.clone()),
        };
        let number = |n: u32| Value::Int(n.into());
        let (message, file) = (self.str(&*error.message), self.str(&*source.name));
        let text = self.str(source.line_text(error.line));
        let details = [
            file,
            number(error.line),
            number(error.column),
            text,
            number(error.end_line),
            number(error.end_column),
        ];
        let exception = {
            let details = self.tuple(details);
            self.exception_with(class, &[message, details])
        };
        let parts = [
            "\0filename",
            "\0lineno",
            "\0offset",
            "\0text",
            "\0end_lineno",
            "\0end_offset",
        ];
        for (name, value) in parts.into_iter().zip(details) {
            let name = self.intern(name);
            if let Some(dict) = self.own_dict(exception) {
                self.dict_set_name(dict, name, value);
            }
        }
        Err(Trap::Raise(exception))
    }

    /// A function without parameters that runs a module's code in a namespace.
    pub fn module_function(&mut self, code: &Rc<Code>, globals: Id) -> Value {
        let code = self.link(code);
        let Some(Payload::Code(linked)) = self.heap.content(code) else {
            return Value::None;
        };
        let linked: Rc<LinkedCode> = linked.clone();
        let name = self.intern("<module>");
        let unbound = Value::Unbound;
        let function = Function {
            code,
            linked,
            globals,
            name,
            qualname: name,
            defaults: unbound,
            kw_defaults: unbound,
            closure: unbound,
            annotate: unbound,
            replaced: unbound,
        };
        self.object(class::FUNCTION, Payload::Function(Rc::new(function)))
    }

    /// `Op::ImportFrom`: an attribute of the module, or a submodule.
    pub(super) fn import_from(&mut self, module: Value, name: Value) -> Outcome {
        if let Some(value) = self.get_attr_opt(module, name)? {
            return Ok(value);
        }
        let wanted = self.as_str(name).unwrap_or_default().to_owned();
        let package = self
            .own_attribute(module, names::NAME)
            .and_then(|name| self.as_str(name))
            .unwrap_or("?")
            .to_owned();
        // A submodule that is still being imported is not an attribute of its package yet.
        let full = self.intern(&format!("{package}.{wanted}"));
        if let Some(module) = self.dict_get_name(self.modules, full) {
            return Ok(module);
        }
        if super::modules::known::has_name(&package, &wanted) {
            return self.refuse(format!("'{wanted}' of the module '{package}'"));
        }
        let file = self
            .own_attribute(module, names::FILE)
            .and_then(|file| self.as_str(file))
            .map(str::to_owned);
        let place = file.unwrap_or_else(|| "unknown location".to_owned());
        let message = format!("cannot import name '{wanted}' from '{package}' ({place})");
        let exception = self.exception(class::IMPORT_ERROR, &message);
        let (package, wanted) = (self.intern(&package), self.intern(&wanted));
        for (key, value) in [("\0name", package), ("\0name_from", wanted)] {
            let key = self.intern(key);
            if let Some(dict) = self.writable_dict(exception) {
                self.dict_set_name(dict, key, value);
            }
        }
        Err(Trap::Raise(exception))
    }

    pub(super) fn import_star(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let module = fiber.peek(0);
        let source = module.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        let Some(frame) = current(fiber) else {
            return Ok(Flow::Next);
        };
        let target = frame.binds_in();
        let listed = self.get_attr_opt(module, names::ALL_NAMES)?;
        let wanted: Vec<Value> = match listed {
            Some(listed) => self.items(listed).unwrap_or_default().to_vec(),
            None => {
                let keys = self
                    .heap
                    .dict(source)
                    .map(|dict| dict.iter().map(|entry| entry.key).collect::<Vec<_>>());
                let public =
                    |&key: &Value| self.as_str(key).is_some_and(|name| !name.starts_with('_'));
                keys.unwrap_or_default()
                    .into_iter()
                    .filter(public)
                    .collect()
            }
        };
        let mut values = Vec::with_capacity(wanted.len());
        for &name in &wanted {
            // A module that computes what it lacks may keep it then.
            let has = |vm: &mut Self| Ok(vm.dict_get_name(source, name).is_some().into());
            values.push(match self.once(has)? {
                Value::Bool(true) => self.dict_get_name(source, name).unwrap_or_default(),
                _ => self.get_attr(module, name)?,
            });
        }
        for (name, value) in wanted.into_iter().zip(values) {
            self.dict_set_name(target, name, value);
        }
        self.done(fiber, 1)
    }

    /// Runs the body of a class in a namespace.
    pub(super) fn start_body(
        &mut self,
        fiber: &mut Fiber,
        function: Value,
        namespace: Value,
    ) -> Outcome<()> {
        let Some(Payload::Function(content)) = self.heap.content(function) else {
            return self.type_error("not a class body");
        };
        let content = content.clone();
        let slots = self.bind_parameters(&content, &Arguments::default())?;
        let (id, namespace) = (
            function.id().unwrap_or(Id::NONE),
            namespace.id().unwrap_or(Id::NONE),
        );
        let floor = fiber.stack.len();
        self.push_frame(fiber, id, &content, slots, (floor, Then::Answer), namespace)
    }
}

fn is_of_program(frame: &Frame) -> bool {
    frame.code.code.source.origin == Origin::User
}
