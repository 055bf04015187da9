//! Making classes: the `class` statement, `type()`, the mro (`Python/bltinmodule.c`: builtin___build_class__;
//! `Objects/typeobject.c`: type_new, mro_implementation, best_base).

use super::builtins::descriptor::member;
use super::builtins::metaclass::METACLASS_CONFLICT;
use super::class::{self, Attributes, Class, Layout, Traits};
use super::machine::Vm;
use super::names;
use super::native::{Args, NativeCode, NativeDef, Outcome};
use super::object::Payload;
use super::value::{Id, Value};
use std::rc::Rc;

/// The function behind the `class` statement.
pub static FUNCTIONS: &[NativeDef] = &[NativeDef {
    name: "__build_class__",
    parameters: "func, name, /, *bases, **kwds",
    code: NativeCode::Plain(build_class),
}];

fn build_class(vm: &mut Vm, args: &Args) -> Outcome {
    let (body, name) = (args[0], args[1]);
    let bases = vm.resolve_bases(args.rest)?;
    let (metaclass, keywords) = vm.metaclass_of(&bases, args.keywords)?;
    let base_tuple = vm.once(|vm| Ok(vm.tuple(bases.clone())))?;
    let namespace = vm.prepare(metaclass, name, base_tuple, &keywords)?;
    if bases.len() != args.rest.len() || bases.iter().zip(args.rest).any(|(a, b)| !a.is(*b)) {
        let original = vm.tuple(args.rest.to_vec());
        vm.set_namespace_item(namespace, names::ORIG_BASES, original)?;
    }
    vm.run_body(body, namespace)?;
    let made = vm.call_with(metaclass, &[name, base_tuple, namespace], &keywords)?;
    vm.fill_class_cell(namespace, made)?;
    Ok(made)
}

impl Vm {
    /// Replaces bases that are no classes by what their `__mro_entries__` says.
    fn resolve_bases(&mut self, bases: &[Value]) -> Outcome<Vec<Value>> {
        let mut resolved = Vec::with_capacity(bases.len());
        for &base in bases {
            if base.id().is_some_and(|id| self.class(id).is_some()) {
                resolved.push(base);
                continue;
            }
            let Some(entries) = self.get_attr_opt(base, names::MRO_ENTRIES)? else {
                resolved.push(base);
                continue;
            };
            let original = self.once(|vm| Ok(vm.tuple(bases.to_vec())))?;
            let entries = self.call(entries, &[original])?;
            match self.as_tuple(entries) {
                Some(entries) => resolved.extend_from_slice(entries),
                None => return self.type_error("__mro_entries__ must return a tuple"),
            }
        }
        Ok(resolved)
    }

    /// The metaclass of a class statement, and its other keywords.
    fn metaclass_of(
        &mut self,
        bases: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome<(Value, Vec<(Value, Value)>)> {
        let given = keywords
            .iter()
            .find(|(name, _)| self.as_str(*name) == Some("metaclass"));
        let start = match (given, bases.first()) {
            (Some(&(_, metaclass)), _) => metaclass,
            (None, Some(&base)) => self.class_of(base).into(),
            (None, None) => class::TYPE.into(),
        };
        let rest = keywords
            .iter()
            .filter(|(name, _)| self.as_str(*name) != Some("metaclass"))
            .copied()
            .collect();
        let Some(start) = start.id().filter(|&id| self.class(id).is_some()) else {
            return Ok((start, rest));
        };
        Ok((self.most_derived(start, bases)?.into(), rest))
    }

    fn most_derived(&mut self, start: Id, bases: &[Value]) -> Outcome<Id> {
        let mut winner = start;
        for &base in bases {
            let candidate = self.class_of(base);
            if self.is_subclass(winner, candidate) {
                continue;
            }
            if !self.is_subclass(candidate, winner) {
                return self.type_error(METACLASS_CONFLICT);
            }
            winner = candidate;
        }
        Ok(winner)
    }

    fn prepare(
        &mut self,
        metaclass: Value,
        name: Value,
        bases: Value,
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let prepare = match metaclass.is(class::TYPE.into()) {
            true => None,
            false => self.get_attr_opt(metaclass, names::PREPARE)?,
        };
        match prepare {
            Some(prepare) => self.call_with(prepare, &[name, bases], keywords),
            None => self.once(|vm| Ok(vm.dict().into())),
        }
    }

    fn set_namespace_item(&mut self, namespace: Value, name: Value, value: Value) -> Outcome<()> {
        match namespace.id() {
            Some(id) if self.class_of(namespace) == class::DICT => {
                self.dict_set_name(id, name, value);
                Ok(())
            }
            _ => self.set_item(namespace, name, value),
        }
    }

    /// Lets `super()` and `__class__` in methods find the finished class.
    fn fill_class_cell(&mut self, namespace: Value, made: Value) -> Outcome<()> {
        let Some(id) = namespace.id() else {
            return Ok(());
        };
        if let Some(cell) = self.dict_get_name(id, names::CLASSCELL) {
            self.set_cell(cell, made);
        }
        Ok(())
    }

    /// `type(name, bases, namespace, **keywords)` for a metaclass.
    pub fn new_class(
        &mut self,
        metaclass: Id,
        name: Value,
        bases: &[Value],
        namespace: Id,
        keywords: &[(Value, Value)],
    ) -> Outcome {
        let made = self.once(|vm| vm.assemble_class(metaclass, name, bases, namespace))?;
        let id = made.id().unwrap_or(Id::NONE);
        let cell = self.dict_get_name(namespace, names::CLASSCELL);
        match cell.map(|cell| (cell, self.heap.content(cell))) {
            None => {}
            Some((cell, Some(Payload::Cell(_)))) => self.set_cell(cell, made),
            Some((other, _)) => {
                let class = self.repr(self.class_of(other).into())?;
                return self.type_error(format!(
                    "__classcell__ must be a nonlocal cell, not {class}"
                ));
            }
        }
        self.set_names(id, made)?;
        let parent = self.object(class::SUPER, Payload::Super([made, made, made].into()));
        let hook = self.get_attr(parent, names::INIT_SUBCLASS)?;
        let plain = matches!(self.heap.content(hook), Some(Payload::BoundMethod(parts)) if matches!(self.heap.content(parts[0]), Some(Payload::Native(_))));
        match plain && keywords.is_empty() {
            true => {}
            false => drop(self.call_with(hook, &[], keywords)?),
        }
        Ok(made)
    }

    fn set_names(&mut self, id: Id, made: Value) -> Outcome<()> {
        let namespace = self.class(id).map_or(Id::NONE, |class| class.namespace);
        // The hooks may change the namespace: what is gone through is fixed before the first of them runs.
        let entries = self.once(|vm| {
            let entries = vm
                .heap
                .dict(namespace)
                .into_iter()
                .flat_map(|dict| dict.iter());
            let flat: Vec<Value> = entries.flat_map(|entry| [entry.key, entry.value]).collect();
            Ok(vm.tuple(flat))
        })?;
        let entries = self.as_tuple(entries).cloned().unwrap_or_default();
        for pair in entries.chunks_exact(2) {
            let (name, value) = (pair[0], pair[1]);
            if value.id().is_none() || self.is_builtin(self.class_of(value)) {
                continue;
            }
            if self
                .special(self.class_of(value), names::SET_NAME)
                .is_some()
            {
                self.helper("set_name", &[value, made, name])?;
            }
        }
        Ok(())
    }

    fn assemble_class(&mut self, metaclass: Id, name: Value, bases: &[Value], body: Id) -> Outcome {
        if self.as_str(name).is_none() {
            let given = self.class_name(name).to_owned();
            return self.type_error(format!(
                "type.__new__() argument 1 must be str, not {given}"
            ));
        }
        let bases = if bases.is_empty() {
            vec![class::OBJECT]
        } else {
            self.checked_bases(bases)?
        };
        let layout = self.best_layout(&bases)?;
        let namespace = self.dict();
        let entries: Vec<_> = self
            .heap
            .dict(body)
            .map_or(Vec::new(), |dict| dict.iter().copied().collect());
        for entry in entries
            .iter()
            .filter(|entry| !entry.key.is(names::CLASSCELL) && !entry.key.is(names::QUALNAME))
        {
            self.heap
                .dict_push(namespace, entry.hash, entry.key, entry.value);
        }
        self.implicit_methods(namespace);
        let qualname = self.dict_get_name(body, names::QUALNAME).unwrap_or(name);
        let slots = self.slots(name, namespace, &bases, layout)?;
        let content = Class {
            name,
            qualname,
            type_name: name,
            mro: Vec::new(),
            layout,
            attributes: slots.attributes,
            namespace,
            teardown: None,
            traits: Traits::default(),
            bases,
        };
        let id = self.heap.alloc(metaclass, Payload::Class(Rc::new(content)));
        self.instance_entries(id, slots);
        self.default_entries(namespace);
        let mro = self.linearize(id)?;
        self.update_class(id, |class| class.mro = mro);
        self.refresh_traits(id);
        self.register_subclass(id);
        self.give_members(id, namespace);
        self.find_teardown(id);
        Ok(id.into())
    }

    /// Tells the descriptors of a class's slots which class is theirs.
    fn give_members(&mut self, class: Id, namespace: Id) {
        let entries = { self.heap.dict(namespace) }.map_or(Vec::new(), |dict| {
            dict.iter().map(|entry| entry.value).collect()
        });
        for id in entries.into_iter().filter_map(Value::id) {
            let is_new = self.heap.get(id).class == class::MEMBER_DESCRIPTOR
                && self.heap.field(id, member::OWNER).is_unbound();
            if is_new {
                self.heap.set_field(id, member::OWNER, class.into());
            }
        }
    }

    pub(super) fn checked_bases(&mut self, bases: &[Value]) -> Outcome<Vec<Id>> {
        let mut ids = Vec::with_capacity(bases.len());
        for &base in bases {
            let Some(id) = base.id().filter(|&id| self.class(id).is_some()) else {
                return self.type_error("bases must be types");
            };
            let closed = self.class(id).is_some_and(|class| {
                class.layout == Layout::Internal || class.attributes == Attributes::Sealed
            }) || [class::BOOL, class::SLICE, class::RANGE].contains(&id);
            if closed {
                let name = self.name_of_class(id).to_owned();
                return self.type_error(format!("type '{name}' is not an acceptable base type"));
            }
            if ids.contains(&id) {
                let name = self.name_of_class(id).to_owned();
                return self.type_error(format!("duplicate base class {name}"));
            }
            ids.push(id);
        }
        Ok(ids)
    }

    pub(super) fn best_layout(&mut self, bases: &[Id]) -> Outcome<Layout> {
        let mut best = Layout::Plain;
        for &base in bases {
            let layout = self.class(base).map_or(Layout::Plain, |class| class.layout);
            match (best, layout) {
                (_, Layout::Plain) => {}
                (Layout::Plain, _) => best = layout,
                (Layout::Record(a), Layout::Record(b)) => best = Layout::Record(a.max(b)),
                (a, b) if a == b => {}
                _ => return self.type_error("multiple bases have instance lay-out conflict"),
            }
        }
        let slotted: Vec<Id> = { bases.iter() }
            .filter_map(|&base| self.slotted_base(base))
            .collect();
        let conflict = slotted
            .windows(2)
            .any(|pair| !self.is_subclass(pair[0], pair[1]) && !self.is_subclass(pair[1], pair[0]));
        let foreign = !matches!(best, Layout::Plain)
            && slotted.iter().any(|&base| {
                let layout = self.class(base).map_or(Layout::Plain, |class| class.layout);
                layout == Layout::Plain
            });
        match conflict || foreign {
            true => self.type_error("multiple bases have instance lay-out conflict"),
            false => Ok(best),
        }
    }

    /// The class, a base or one of its own, whose slots are the last that instances have.
    fn slotted_base(&self, base: Id) -> Option<Id> {
        let has_slots = |&class: &Id| {
            let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
            self.dict_get_name(namespace, names::SLOTS).is_some()
                && self.heap.dict(namespace).is_some_and(|dict| {
                    dict.iter().any(|entry| {
                        self.class_of(entry.value) == class::MEMBER_DESCRIPTOR
                            && !entry.key.is(names::WEAKREF)
                    })
                })
        };
        let mut all = self.class(base)?.mro.iter().copied();
        all.find(has_slots)
    }

    /// The method resolution order by C3.
    pub(super) fn linearize(&mut self, id: Id) -> Outcome<Vec<Id>> {
        let bases = self
            .class(id)
            .map(|class| class.bases.clone())
            .unwrap_or_default();
        let mut lists: Vec<Vec<Id>> = bases
            .iter()
            .filter_map(|&base| self.class(base).map(|class| class.mro.clone()))
            .collect();
        lists.push(bases.clone());
        let mut mro = vec![id];
        while lists.iter().any(|list| !list.is_empty()) {
            let heads = lists.iter().filter_map(|list| list.first().copied());
            let next = { heads }.find(|head| {
                lists
                    .iter()
                    .all(|list| !list.iter().skip(1).any(|other| other == head))
            });
            let Some(next) = next else {
                let listed: Vec<&str> =
                    bases.iter().map(|&base| self.name_of_class(base)).collect();
                let message = format!(
                    "Cannot create a consistent method resolution order (MRO) for bases {}",
                    listed.join(", ")
                );
                return self.type_error(message);
            };
            mro.push(next);
            lists
                .iter_mut()
                .for_each(|list| list.retain(|&other| other != next));
        }
        Ok(mro)
    }

    /// Changes the content of a class in ways that keep its references.
    pub(super) fn update_class(&mut self, id: Id, change: impl FnOnce(&mut Class)) {
        if let Payload::Class(class) = self.heap.payload_mut(id) {
            change(Rc::make_mut(class));
        }
    }

    /// Works out again what a class caches about its special methods, and so do its subclasses.
    pub fn refresh_traits(&mut self, id: Id) {
        let python = |name: Value| {
            self.lookup(id, name)
                .is_some_and(|found| match self.heap.content(found) {
                    Some(Payload::Native(native)) => {
                        ![class::OBJECT, class::TYPE].contains(&native.owner)
                    }
                    _ => true,
                })
        };
        let traits = Traits {
            finalizer: self.lookup(id, names::DEL).is_some(),
            getattribute: python(names::GETATTRIBUTE),
            getattr: self.lookup(id, names::GETATTR).is_some(),
            setattr: python(names::SETATTR) || python(names::DELATTR),
            get: self.lookup(id, names::GET).is_some(),
            set: self.lookup(id, names::SET).is_some() || self.lookup(id, names::DELETE).is_some(),
            eq: python(names::EQ) || python(names::HASH),
        };
        self.update_class(id, |class| class.traits = traits);
        for subclass in self.subclasses.get(&id).cloned().unwrap_or_default() {
            if self.heap.is_live(subclass) && self.class(subclass).is_some() {
                self.refresh_traits(subclass);
            }
        }
    }

    pub(super) fn register_subclass(&mut self, id: Id) {
        for base in self
            .class(id)
            .map(|class| class.bases.clone())
            .unwrap_or_default()
        {
            self.subclasses.entry(base).or_default().push(id);
        }
    }
}
