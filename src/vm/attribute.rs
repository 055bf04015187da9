//! Attribute access: the mro, descriptors, instance dicts (`Objects/object.c`: PyObject_GenericGetAttr;
//! `Objects/typeobject.c`: type_getattro, super_getattro).

use super::class::{self, Attributes};
use super::dict::Position;
use super::machine::Vm;
use super::names;
use super::native::{NativeCode, NativeKind, Outcome, Trap};
use super::object::Payload;
use super::value::{Id, Value};

/// What binding an attribute to an instance takes.
enum Binding {
    /// The attribute is the value.
    Plain(Value),
    /// It becomes a method: (function, self).
    Method(Value),
    /// It is computed by a built-in.
    Getter(super::native::NativeFunction),
    /// It is a property with this getter.
    Property(Value),
    /// Its class defines `__get__`.
    Descriptor(Value),
    /// It becomes a method of the class.
    ClassMethod(Value),
}

impl Vm {
    /// Binds what was found on a class to an instance, as attribute access does.
    pub fn bind(&mut self, found: Value, receiver: Value) -> Outcome {
        let owner = self.class_of(receiver);
        self.bind_to(found, receiver, owner)
    }

    /// Binds what was found to an instance (unbound for access on the class itself) of a class.
    pub fn bind_to(&mut self, found: Value, receiver: Value, owner: Id) -> Outcome {
        match self.binding(found) {
            Binding::Plain(value) => Ok(value),
            Binding::Method(function) if receiver.is_unbound() => Ok(function),
            Binding::Method(function) => Ok(self.method(function, receiver)),
            Binding::Getter(_) | Binding::Property(_) if receiver.is_unbound() => Ok(found),
            Binding::Getter(native) => match native.def.code {
                NativeCode::Plain(_) => self.call_native(&native, &[receiver], &[]),
                // It looks at the frames of the thread: called as functions are, it is given them.
                NativeCode::Frames(_) | NativeCode::Kernel(_) => self.call(found, &[receiver]),
            },
            Binding::Property(Value::None) => {
                let which = match self.name_in_class(owner, found) {
                    Some(name) => format!("property '{name}'"),
                    None => "property".to_owned(),
                };
                let class = self.class_qualname(owner);
                self.raise(
                    class::ATTRIBUTE_ERROR,
                    format!("{which} of '{class}' object has no getter"),
                )
            }
            Binding::Property(getter) => match self.plain_function(getter) {
                Some(getter) => self.call_native(&getter, &[receiver], &[]),
                None => self.call(getter, &[receiver]),
            },
            Binding::ClassMethod(function) => Ok(self.method(function, owner.into())),
            Binding::Descriptor(get) => {
                let get = self.bind(get, found)?;
                self.call(get, &[receiver.or_none(), owner.into()])
            }
        }
    }

    /// A method object.
    pub fn method(&mut self, function: Value, receiver: Value) -> Value {
        let class = match self.heap.content(function) {
            Some(Payload::Native(native)) if native.kind == NativeKind::SlotWrapper => {
                class::METHOD_WRAPPER
            }
            Some(Payload::Native(_)) => class::BUILTIN_FUNCTION,
            _ => class::METHOD,
        };
        self.object(class, Payload::BoundMethod([function, receiver].into()))
    }

    fn binding(&self, found: Value) -> Binding {
        match self.heap.content(found) {
            Some(Payload::Function(_)) => Binding::Method(found),
            Some(Payload::Native(native)) => match native.kind {
                NativeKind::Function | NativeKind::StaticMethod => Binding::Plain(found),
                NativeKind::Method | NativeKind::SlotWrapper => Binding::Method(found),
                NativeKind::Getter => Binding::Getter(native.clone()),
                NativeKind::ClassMethod => Binding::ClassMethod(found),
            },
            Some(Payload::ClassMethod(function)) => Binding::ClassMethod(*function),
            Some(Payload::StaticMethod(function)) => Binding::Plain(*function),
            Some(Payload::Property(parts)) => Binding::Property(parts[0]),
            Some(_) => self.user_binding(found),
            None => Binding::Plain(found),
        }
    }

    fn user_binding(&self, found: Value) -> Binding {
        let class = self.class_of(found);
        let get = self
            .class(class)
            .filter(|content| content.traits.get && class != class::MEMBER_DESCRIPTOR)
            .and_then(|_| self.lookup(class, names::GET));
        get.map_or(Binding::Plain(found), Binding::Descriptor)
    }

    pub(super) fn is_data_descriptor(&self, found: Value) -> bool {
        match self.heap.content(found) {
            Some(Payload::Property(_)) => true,
            Some(Payload::Native(native)) => native.kind == NativeKind::Getter,
            // Slots are looked for where the instance keeps them.
            Some(Payload::Record(_)) if self.is_member(found) => false,
            Some(_) => self
                .class(self.class_of(found))
                .is_some_and(|class| class.traits.set),
            None => false,
        }
    }

    /// `object.name`
    pub fn get_attr(&mut self, object: Value, name: Value) -> Outcome {
        match self.find_attr(object, name)? {
            Some(value) => Ok(value),
            None => self.no_attribute(object, name),
        }
    }

    /// `object.name`, or `None` when there is no such attribute (AttributeError is swallowed).
    pub fn get_attr_opt(&mut self, object: Value, name: Value) -> Outcome<Option<Value>> {
        let class = self.class_of(object);
        let traits = self
            .class(class)
            .map(|class| class.traits)
            .unwrap_or_default();
        let runs_python = traits.getattribute
            || traits.getattr
            || self.is_computed(object, class, name)
            || self.has_module_getattr(object, name);
        if !runs_python {
            return match self.find_attr(object, name) {
                Err(Trap::Raise(error)) if self.is_instance(error, class::ATTRIBUTE_ERROR) => {
                    Ok(None)
                }
                found => found,
            };
        }
        // Python code may raise AttributeError: a helper catches it.
        let marker = self.intern("\u{0}missing");
        let found = self.helper("get_attribute_or", &[object, name, marker])?;
        Ok((!found.is(marker)).then_some(found))
    }

    fn is_computed(&self, object: Value, class: Id, name: Value) -> bool {
        let on_class = object
            .id()
            .filter(|&id| self.class(id).is_some())
            .unwrap_or(class);
        let found = self
            .lookup(class, name)
            .or_else(|| self.lookup(on_class, name));
        found.is_some_and(|found| {
            matches!(
                self.binding(found),
                Binding::Property(_) | Binding::Descriptor(_)
            )
        })
    }

    /// `object.name` without the final AttributeError.
    fn find_attr(&mut self, object: Value, name: Value) -> Outcome<Option<Value>> {
        let class = self.class_of(object);
        let traits = self
            .class(class)
            .map(|class| class.traits)
            .unwrap_or_default();
        // What computes an attribute may raise AttributeError: that too is for `__getattr__` to answer.
        if traits.getattribute || traits.getattr && self.is_computed(object, class, name) {
            return self.overridden_getattribute(object, class, name).map(Some);
        }
        if let Some(value) = self.generic_find(object, class, name)? {
            return Ok(Some(value));
        }
        if !traits.getattr {
            return self.module_getattr(object, name);
        }
        match self.lookup(class, names::GETATTR) {
            Some(method) => self.call_special(method, object, &[name]).map(Some),
            None => Ok(None),
        }
    }

    fn overridden_getattribute(&mut self, object: Value, class: Id, name: Value) -> Outcome {
        let Some(method) = self.lookup(class, names::GETATTRIBUTE) else {
            return self.no_attribute(object, name);
        };
        let bound = self.bind(method, object)?;
        match self.try_call(bound, &[name])? {
            Ok(value) => Ok(value),
            Err(error) => match self.lookup(class, names::GETATTR) {
                Some(fallback) if self.is_instance(error, class::ATTRIBUTE_ERROR) => {
                    self.call_special(fallback, object, &[name])
                }
                _ => Err(Trap::Raise(error)),
            },
        }
    }

    /// Does the module lack the name, and compute the names that it lacks?
    fn has_module_getattr(&self, object: Value, name: Value) -> bool {
        matches!(self.heap.content(object), Some(Payload::Module))
            && self.own_attribute(object, name).is_none()
            && self.own_attribute(object, names::GETATTR).is_some()
    }

    fn module_getattr(&mut self, object: Value, name: Value) -> Outcome<Option<Value>> {
        let Some(Payload::Module) = self.heap.content(object) else {
            return Ok(None);
        };
        let namespace = object.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        let Some(function) = self.dict_get_name(namespace, names::GETATTR) else {
            return Ok(None);
        };
        let is_library = match self.heap.content(function) {
            Some(Payload::Function(function)) => function.linked.code.source.is_library(),
            _ => false,
        };
        if !is_library {
            return self.call(function, &[name]).map(Some);
        }
        // A module of the library that lacks a name says so as any module does.
        match self.try_call(function, &[name])? {
            Ok(value) => Ok(Some(value)),
            Err(error) if self.is_instance(error, class::ATTRIBUTE_ERROR) => Ok(None),
            Err(error) => Err(Trap::Raise(error)),
        }
    }

    /// `object.__getattribute__(name)` as `object`, `type` and `super` define it; `None` when there is none.
    pub fn generic_find(
        &mut self,
        object: Value,
        class: Id,
        name: Value,
    ) -> Outcome<Option<Value>> {
        match self.heap.content(object) {
            Some(Payload::Class(_)) => return self.find_on_class(object, class, name),
            Some(Payload::Super(_)) => {
                if let Some(value) = self.find_on_super(object, name)? {
                    return Ok(Some(value));
                }
            }
            _ => {}
        }
        let on_class = self.lookup(class, name);
        if let Some(found) = on_class
            && self.is_data_descriptor(found)
        {
            return self.bind_to(found, object, class).map(Some);
        }
        let hidden = on_class.is_some_and(|found| self.hides_slot(class, found));
        if let Some(value) = self.own_attribute(object, name).filter(|_| !hidden) {
            return Ok(Some(value));
        }
        match on_class {
            Some(found) if self.is_member(found) => Ok(None),
            Some(found) => self.bind_to(found, object, class).map(Some),
            None => Ok(None),
        }
    }

    /// Is it the descriptor of a name in `__slots__`? The value itself lies in the instance's hidden dict.
    fn is_member(&self, found: Value) -> bool {
        self.class_of(found) == class::MEMBER_DESCRIPTOR
    }

    /// Is what a class has now in the place of a slot's descriptor all that its instances have of it? They have no dict but
    /// the one where slots are kept.
    pub(super) fn hides_slot(&self, class: Id, found: Value) -> bool {
        !self.is_builtin(class)
            && !self.is_member(found)
            && self
                .class(class)
                .is_some_and(|class| class.attributes != Attributes::Open)
    }

    /// What the instance's own dict has under a name.
    pub fn own_attribute(&self, object: Value, name: Value) -> Option<Value> {
        let dict = self.heap.get(object.id()?).dict;
        if dict.is_none() {
            None
        } else {
            self.dict_get_name(dict, name)
        }
    }

    /// The same for one that usually lies at this position of the dict.
    pub fn own_attribute_at(&self, object: Value, name: Value, usual: Position) -> Option<Value> {
        let dict = self.heap.get(object.id()?).dict;
        let at = self.usual_place(dict, name, usual)?;
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    /// Sets an attribute of an object in its own dict, where it usually lies at this position.
    pub fn set_own_attribute_at(
        &mut self,
        object: Value,
        name: Value,
        usual: Position,
        value: Value,
    ) {
        let dict = object.id().map_or(Id::NONE, |id| self.heap.get(id).dict);
        match self.usual_place(dict, name, usual) {
            Some(at) => self.heap.dict_replace(dict, at, value),
            None => self.dict_set_name(dict, name, value),
        }
    }

    fn usual_place(&self, dict: Id, name: Value, usual: Position) -> Option<Position> {
        if dict.is_none() {
            return None;
        }
        match self.heap.dict(dict)?.entry_of(usual, name.id()?).is_some() {
            true => Some(usual),
            false => self.dict_find_name(dict, name),
        }
    }

    fn find_on_class(
        &mut self,
        object: Value,
        metaclass: Id,
        name: Value,
    ) -> Outcome<Option<Value>> {
        let Some(id) = object.id() else {
            return Ok(None);
        };
        let on_meta = self.lookup(metaclass, name);
        if let Some(found) = on_meta
            && self.is_data_descriptor(found)
        {
            return self.bind_to(found, object, metaclass).map(Some);
        }
        if let Some(found) = self.lookup(id, name) {
            return self.bind_to(found, Value::Unbound, id).map(Some);
        }
        match on_meta {
            Some(found) => self.bind_to(found, object, metaclass).map(Some),
            None => Ok(None),
        }
    }

    fn find_on_super(&mut self, object: Value, name: Value) -> Outcome<Option<Value>> {
        let Some(Payload::Super(parts)) = self.heap.content(object) else {
            return Ok(None);
        };
        let [after, receiver, start] = **parts;
        let (Some(after), Some(start)) = (after.id(), start.id()) else {
            return Ok(None);
        };
        if name.is(names::CLASS) {
            return Ok(None);
        }
        let Some(class) = self.class(start) else {
            return Ok(None);
        };
        let rest = class.mro.iter().skip_while(|&&base| base != after).skip(1);
        let found =
            { rest }.find_map(|&base| self.dict_get_name(self.class(base)?.namespace, name));
        let Some(found) = found else { return Ok(None) };
        let is_class = receiver.is(start.into());
        self.bind_to(
            found,
            if is_class { Value::Unbound } else { receiver },
            start,
        )
        .map(Some)
    }

    /// `object.name = value`
    pub fn set_attr(&mut self, object: Value, name: Value, value: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if self.class(class).is_some_and(|class| class.traits.setattr)
            && let Some(method) = self.lookup(class, names::SETATTR)
        {
            return self.call_special(method, object, &[name, value]).map(drop);
        }
        self.generic_set(object, name, value)
    }

    /// `object.__setattr__`: data descriptors first, then the instance's dict.
    pub fn generic_set(&mut self, object: Value, name: Value, value: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if let Some(found) = self.lookup(class, name)
            && self.is_data_descriptor(found)
        {
            return self.set_descriptor(found, object, name, value);
        }
        let member = self
            .lookup(class, name)
            .is_some_and(|found| self.is_member(found));
        let dict = if member {
            self.own_dict(object)
        } else {
            self.writable_dict(object)
        };
        match dict {
            Some(dict) => {
                self.dict_set_name(dict, name, value);
                self.attribute_changed(object, name);
                Ok(())
            }
            None => self.read_only(object, name),
        }
    }

    /// A function of a module that is written in C and needs nothing but its arguments.
    fn plain_function(&self, function: Value) -> Option<super::native::NativeFunction> {
        match self.heap.content(function)? {
            Payload::Native(native)
                if native.kind == NativeKind::Function
                    && matches!(native.def.code, NativeCode::Plain(_)) =>
            {
                Some(native.clone())
            }
            _ => None,
        }
    }

    fn set_descriptor(
        &mut self,
        found: Value,
        object: Value,
        name: Value,
        value: Value,
    ) -> Outcome<()> {
        match self.heap.content(found) {
            Some(Payload::Property(parts)) => match parts[1] {
                Value::None | Value::Unbound => self.property_lacks(object, name, "setter"),
                setter => match self.plain_function(setter) {
                    Some(setter) => self.call_native(&setter, &[object, value], &[]).map(drop),
                    None => self.call(setter, &[object, value]).map(drop),
                },
            },
            Some(Payload::Native(native)) => {
                let native = native.clone();
                if native.signature.names.len() < 2 {
                    return self.read_only(object, name);
                }
                self.call_native(&native, &[object, value], &[]).map(drop)
            }
            _ => match self.lookup(self.class_of(found), names::SET) {
                Some(set) => self.call_special(set, found, &[object, value]).map(drop),
                None => self.raise(class::ATTRIBUTE_ERROR, "__set__"),
            },
        }
    }

    /// `del object.name`
    pub fn delete_attr(&mut self, object: Value, name: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if self.class(class).is_some_and(|class| class.traits.setattr)
            && let Some(method) = self.lookup(class, names::DELATTR)
        {
            return self.call_special(method, object, &[name]).map(drop);
        }
        self.generic_delete(object, name)
    }

    /// `object.__delattr__`
    pub fn generic_delete(&mut self, object: Value, name: Value) -> Outcome<()> {
        let class = self.class_of(object);
        if let Some(found) = self.lookup(class, name)
            && self.is_data_descriptor(found)
        {
            return self.delete_descriptor(found, object, name);
        }
        let member = self
            .lookup(class, name)
            .is_some_and(|found| self.is_member(found));
        let dict = if member {
            self.own_dict(object)
        } else {
            self.writable_dict(object)
        };
        if dict.is_some_and(|dict| self.dict_delete_name(dict, name)) {
            self.attribute_changed(object, name);
            return Ok(());
        }
        self.nothing_to_delete(object, name, member)
    }

    /// The error for an attribute that is not there to be deleted: only of some objects does it tell which one.
    fn nothing_to_delete(&mut self, object: Value, name: Value, is_slot: bool) -> Outcome<()> {
        let attribute = self.as_str(name).unwrap_or_default().to_owned();
        if is_slot {
            return self.raise(class::ATTRIBUTE_ERROR, attribute);
        }
        if self.writable_dict(object).is_none() {
            return self.read_only(object, name);
        }
        let text = format!(
            "'{}' object has no attribute '{attribute}'",
            self.class_name(object)
        );
        match self.heap.content(object) {
            Some(Payload::Module) => self.attribute_error(object, name, &text),
            // Instances whose attributes CPython keeps inside of them.
            Some(Payload::Plain | Payload::List(_) | Payload::Dict(_) | Payload::Set(_)) => {
                self.raise(class::ATTRIBUTE_ERROR, text)
            }
            _ => self.no_attribute(object, name),
        }
    }

    fn delete_descriptor(&mut self, found: Value, object: Value, name: Value) -> Outcome<()> {
        match self.heap.content(found) {
            Some(Payload::Property(parts)) => match parts[2] {
                Value::None | Value::Unbound => self.property_lacks(object, name, "deleter"),
                deleter => self.call(deleter, &[object]).map(drop),
            },
            Some(Payload::Native(native)) => {
                let native = native.clone();
                match native.signature.names.len() {
                    0 | 1 => self.read_only(object, name),
                    _ => self
                        .call_native(&native, &[object, Value::Unbound], &[])
                        .map(drop),
                }
            }
            _ => match self.lookup(self.class_of(found), names::DELETE) {
                Some(delete) => self.call_special(delete, found, &[object]).map(drop),
                None => self.raise(class::ATTRIBUTE_ERROR, "__delete__"),
            },
        }
    }

    /// The dict that attributes of an object are stored in, made if needed; `None` when it takes none, as classes do that
    /// CPython has in C (`Objects/typeobject.c`: type_setattro).
    pub fn writable_dict(&mut self, object: Value) -> Option<Id> {
        let id = object.id()?;
        if let Some(class) = self.class(id) {
            return self.is_python_class(id).then_some(class.namespace);
        }
        let class = self.class(self.heap.get(id).class)?;
        if class.attributes != Attributes::Open {
            return None;
        }
        self.own_dict(object)
    }

    /// The dict of an instance, made if needed, whether programs may add attributes or not.
    pub fn own_dict(&mut self, object: Value) -> Option<Id> {
        let id = object.id()?;
        let dict = self.heap.get(id).dict;
        if !dict.is_none() {
            return Some(dict);
        }
        let dict = self.dict();
        self.heap.set_dict(id, dict);
        Some(dict)
    }

    /// Keeps what classes cache true after an attribute of a class changed.
    fn attribute_changed(&mut self, object: Value, name: Value) {
        let special = self.as_str(name).is_some_and(|name| name.starts_with("__"));
        if let Some(id) = object.id()
            && special
            && self.class(id).is_some()
        {
            self.refresh_traits(id);
        }
    }

    /// Raises AttributeError for a missing attribute.
    pub fn no_attribute<T>(&mut self, object: Value, name: Value) -> Outcome<T> {
        let attribute = self.as_str(name).unwrap_or_default().to_owned();
        let message = match self.heap.content(object) {
            Some(Payload::Class(class)) => {
                format!(
                    "type object '{}' has no attribute '{attribute}'",
                    self.as_str(class.type_name).unwrap_or("?")
                )
            }
            Some(Payload::Module) => {
                let module = self
                    .own_attribute(object, names::NAME)
                    .and_then(|name| self.as_str(name))
                    .unwrap_or("?");
                format!("module '{module}' has no attribute '{attribute}'")
            }
            Some(Payload::Super(_)) => format!("'super' object has no attribute '{attribute}'"),
            _ => {
                let class = self.class_of(object);
                let found = self.lookup(class, name);
                let class = match found.is_some_and(|found| self.is_member(found)) {
                    true => self.class_qualname(class),
                    false => self.class_name(object).to_owned(),
                };
                format!("'{class}' object has no attribute '{attribute}'")
            }
        };
        self.attribute_error(object, name, &message)
    }

    /// Raises AttributeError with its `name` and `obj`.
    pub fn attribute_error<T>(&mut self, object: Value, name: Value, message: &str) -> Outcome<T> {
        let exception = self.exception(class::ATTRIBUTE_ERROR, message);
        self.tell_missing(exception, object, name);
        Err(Trap::Raise(exception))
    }

    /// Gives an AttributeError its `name` and `obj` where it has none yet.
    pub(super) fn tell_missing(&mut self, exception: Value, object: Value, name: Value) {
        let keys = ["\0name", "\0obj"].map(|key| self.intern(key));
        let Some(dict) = self.own_dict(exception) else {
            return;
        };
        if keys
            .iter()
            .any(|&key| self.dict_get_name(dict, key).is_some())
        {
            return;
        }
        for (key, value) in keys.into_iter().zip([name, object]) {
            self.dict_set_name(dict, key, value);
        }
    }

    fn read_only<T>(&mut self, object: Value, name: Value) -> Outcome<T> {
        let attribute = self.as_str(name).unwrap_or_default().to_owned();
        if let Some(id) = object.id()
            && self.class(id).is_some()
        {
            let class = self.name_of_class(id).to_owned();
            return self.type_error(format!(
                "cannot set '{attribute}' attribute of immutable type '{class}'"
            ));
        }
        let class = self.class_name(object).to_owned();
        let exists = self.lookup(self.class_of(object), name).is_some();
        let message = match exists {
            true => format!("'{class}' object attribute '{attribute}' is read-only"),
            false => format!(
                "'{class}' object has no attribute '{attribute}' and no __dict__ for setting new attributes"
            ),
        };
        self.attribute_error(object, name, &message)
    }

    fn property_lacks<T>(&mut self, object: Value, name: Value, part: &str) -> Outcome<T> {
        let attribute = self.as_str(name).unwrap_or_default().to_owned();
        let class = self.class_qualname(self.class_of(object));
        let message = format!("property '{attribute}' of '{class}' object has no {part}");
        self.raise(class::ATTRIBUTE_ERROR, message)
    }

    /// `__qualname__` of a class.
    fn class_qualname(&self, class: Id) -> String {
        let qualname = self.class(class).map(|content| content.qualname);
        let qualname = qualname.and_then(|qualname| self.as_str(qualname));
        qualname
            .unwrap_or_else(|| self.name_of_class(class))
            .to_owned()
    }

    /// The name under which a class or one of its bases has a value.
    fn name_in_class(&self, class: Id, value: Value) -> Option<&str> {
        let bases = self.class(class)?.mro.iter();
        let namespaces = bases.filter_map(|&base| self.class(base).map(|base| base.namespace));
        let mut entries = namespaces
            .filter_map(|namespace| self.heap.dict(namespace))
            .flat_map(|dict| dict.iter());
        let entry = entries.find(|entry| entry.value.is(value))?;
        self.as_str(entry.key)
    }
}
