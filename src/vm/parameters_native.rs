//! Wrong arguments of built-in functions, with the messages of the C functions that take them (`Python/getargs.c`:
//! _PyArg_CheckPositional, _PyArg_UnpackKeywords; `Objects/methodobject.c`).

use super::class::{self, Class};
use super::machine::Vm;
use super::names;
use super::native::{Native, NativeKind, Outcome};
use super::object::Payload;
use super::value::{Id, Value};

/// What messages say of a built-in.
struct Shape {
    /// The name alone, or the class's for what makes instances.
    name: String,
    /// The name with its class or module in front.
    full: String,
    /// 1 where `self` or the class is passed as the first argument, which is not counted.
    bound: usize,
    /// The fewest and the most positional arguments, and how many of those that must be there have no name.
    least: usize,
    most: usize,
    unnamed: usize,
    /// All parameters, those by keyword only included.
    all: usize,
    /// Are arguments taken as those with names are?
    convention: bool,
}

impl Shape {
    fn takes_names(&self, native: &Native) -> bool {
        native.signature.names.len() > native.signature.positional_only || self.convention
    }

    /// The wrong number of arguments of a function whose parameters have no names.
    fn wrong_count(&self, given: usize, makes_instance: bool) -> String {
        let (name, full) = (&self.name, &self.full);
        let plural = |n: usize| if n == 1 { "argument" } else { "arguments" };
        match (self.least, self.most) {
            (l, m) if l == m && makes_instance => {
                format!("{name} expected {l} {}, got {given}", plural(l))
            }
            (0, 0) => format!("{full}() takes no arguments ({given} given)"),
            (1, 1) => format!("{full}() takes exactly one argument ({given} given)"),
            (l, m) if l == m => format!("{name} expected {l} {}, got {given}", plural(l)),
            (l, _) if given < l => {
                format!("{name} expected at least {l} {}, got {given}", plural(l))
            }
            (_, m) => format!("{name} expected at most {m} {}, got {given}", plural(m)),
        }
    }

    /// More arguments than there are parameters.
    fn too_many(&self, given: usize, by_name: usize) -> String {
        let (name, all) = (&self.name, self.all);
        let bound = match self.least == all {
            _ if all == 0 => "no",
            true if !self.convention => "exactly",
            _ => "at most",
        };
        let keyword = if given == 0 { "keyword " } else { "" };
        let plural = if all == 1 { "" } else { "s" };
        let sum = given + by_name;
        format!("{name}() takes {bound} {all} {keyword}argument{plural} ({sum} given)")
    }

    /// More or fewer arguments by position than the parameters that can or must be given so.
    fn wrong_positional(&self, given: usize) -> String {
        let name = &self.name;
        if self.most == 0 {
            return format!("{name}() takes no positional arguments");
        }
        let (bound, count) = match given > self.most {
            _ if self.unnamed == self.most => ("exactly", self.most),
            true if self.least == self.most => ("exactly", self.most),
            true => ("at most", self.most),
            false => ("at least", self.unnamed),
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{name}() takes {bound} {count} positional argument{plural} ({given} given)")
    }
}

fn makes_instance(native: &Native) -> bool {
    ["__new__", "__init__"].contains(&native.def.name)
}

impl Vm {
    /// The name of a built-in with its class or module in front.
    pub(super) fn native_name(&self, native: &Native) -> String {
        let name = native.def.name;
        match native.owner.is_none() {
            false if makes_instance(native) => self.short_name_of_class(native.owner).to_owned(),
            false => format!("{}.{name}", self.short_name_of_class(native.owner)),
            true => match self.as_str(native.module) {
                Some(module) if module != "builtins" => format!("{module}.{name}"),
                _ => name.to_owned(),
            },
        }
    }

    fn shape(&self, native: &Native) -> Shape {
        let signature = &native.signature;
        let first = signature.names.first().copied().unwrap_or_default();
        let takes_class = makes_instance(native) || native.kind == NativeKind::ClassMethod;
        let takes_self = first == "self" || first == "cls" && takes_class;
        let bound = usize::from(!native.owner.is_none() && takes_self);
        let name = match makes_instance(native) {
            true => self.short_name_of_class(native.owner),
            false => native.def.name,
        };
        Shape {
            name: name.to_owned(),
            full: self.native_name(native),
            bound,
            least: signature.required.saturating_sub(bound),
            most: signature.positional.saturating_sub(bound),
            unnamed: signature
                .positional_only
                .min(signature.required)
                .saturating_sub(bound),
            all: signature.names.len() - bound,
            convention: signature.named_convention,
        }
    }

    /// Raises TypeError when a method of a built-in class is called with something else.
    #[inline]
    pub(super) fn check_receiver(&mut self, native: &Native, arguments: &[Value]) -> Outcome<()> {
        if native.owner.is_none() {
            return Ok(());
        }
        match native.kind {
            NativeKind::Method | NativeKind::SlotWrapper => {}
            NativeKind::StaticMethod if native.def.name == "__new__" => {
                return self.check_class(native, arguments);
            }
            _ => return Ok(()),
        }
        match arguments.first() {
            Some(&receiver) if self.is_instance(receiver, native.owner) => Ok(()),
            receiver => self.wrong_receiver(native, receiver.copied()),
        }
    }

    /// Raises TypeError when `__new__` of a built-in class is to make instances of a class that is none of its own.
    fn check_class(&mut self, native: &Native, arguments: &[Value]) -> Outcome<()> {
        let owner = native.owner;
        let class = arguments.first().map(|&first| (first, first.id()));
        let message = match class {
            Some((_, Some(id))) if id == owner => return Ok(()),
            Some((_, Some(id))) if self.class(id).is_some_and(|c| c.mro.contains(&owner)) => {
                match self.maker(id) {
                    Some(maker) if owner == class::OBJECT => {
                        let (class, maker) = (self.name_of_class(id), self.name_of_class(maker));
                        format!("object.__new__({class}) is not safe, use {maker}.__new__()")
                    }
                    _ => return Ok(()),
                }
            }
            Some((_, Some(id))) if self.class(id).is_some() => {
                let (owner, class) = (self.name_of_class(owner), self.name_of_class(id));
                format!("{owner}.__new__({class}): {class} is not a subtype of {owner}")
            }
            Some((value, _)) => {
                let (owner, given) = (self.name_of_class(owner), self.class_name(value));
                format!("{owner}.__new__(X): X is not a type object ({given})")
            }
            None => format!(
                "{}.__new__(): not enough arguments",
                self.name_of_class(owner)
            ),
        };
        self.type_error(message)
    }

    /// The built-in class, other than `object`, whose `__new__` has to make the instances of a class.
    fn maker(&self, class: Id) -> Option<Id> {
        let bases = self.class(class)?.mro.iter().copied();
        let mut made = bases.filter(|&base| base != class::OBJECT && self.is_builtin(base));
        made.find(|&base| {
            self.class(base)
                .and_then(|c| self.dict_get_name(c.namespace, names::NEW))
                .is_some_and(|new| matches!(self.heap.content(new), Some(Payload::Native(_))))
        })
    }

    #[cold]
    fn wrong_receiver(&mut self, native: &Native, receiver: Option<Value>) -> Outcome<()> {
        let (owner, name) = (self.name_of_class(native.owner), native.def.name);
        let given = receiver.map(|receiver| self.class_name(receiver));
        let message = match (native.kind, given) {
            (NativeKind::SlotWrapper, None) => {
                format!("descriptor '{name}' of '{owner}' object needs an argument")
            }
            (NativeKind::SlotWrapper, Some(class)) => {
                format!("descriptor '{name}' requires a '{owner}' object but received a '{class}'")
            }
            (_, None) => format!("unbound method {owner}.{name}() needs an argument"),
            (_, Some(class)) => format!(
                "descriptor '{name}' for '{owner}' objects doesn't apply to a '{class}' object"
            ),
        };
        self.type_error(message)
    }

    /// Raises the TypeError of a built-in for a wrong number of arguments; `named` are the names of those given by
    /// keyword.
    pub(super) fn wrong_count<T>(
        &mut self,
        native: &Native,
        given: usize,
        named: &[String],
    ) -> Outcome<T> {
        if native.owner == class::TYPE && makes_instance(native) {
            return self.type_error("type() takes 1 or 3 arguments");
        }
        if self.is_python_class(native.owner) {
            let message = self.wrong_count_in_python(native, given, named);
            return self.type_error(message);
        }
        let shape = self.shape(native);
        let given = given.saturating_sub(shape.bound);
        if native.kind == NativeKind::SlotWrapper && !makes_instance(native) {
            let (wanted, plural) = (shape.least, if shape.least == 1 { "" } else { "s" });
            return self.type_error(format!("expected {wanted} argument{plural}, got {given}"));
        }
        // The constructors of these two count what is given by position before they look at names.
        let by_position =
            makes_instance(native) && [class::INT, class::STR].contains(&native.owner);
        let message = match shape.takes_names(native) && !native.signature.var_positional {
            false => shape.wrong_count(given, makes_instance(native)),
            true if by_position && named.is_empty() && given > shape.most => {
                shape.wrong_count(given, true)
            }
            true if given + named.len() > shape.all => shape.too_many(given, named.len()),
            true if given > shape.most || given < shape.unnamed => shape.wrong_positional(given),
            true => {
                let required = &native.signature.names[shape.bound..][..shape.least];
                let is_missing = |(n, name): &(usize, &&str)| {
                    *n >= given && !named.iter().any(|known| known == **name)
                };
                let missing = required.iter().enumerate().find(is_missing);
                let (n, parameter) = missing.map_or((0, ""), |(n, name)| (n, *name));
                let (name, place) = (shape.name, n + 1);
                format!("{name}() missing required argument '{parameter}' (pos {place})")
            }
        };
        self.type_error(message)
    }

    /// Has CPython a class that is native here in Python?
    pub fn is_python_class(&self, class: Id) -> bool {
        let named = |class: &Class| class.type_name.is(class.name);
        !self.is_builtin(class) && self.class(class).is_some_and(named)
    }

    /// What a function in Python says of a wrong number of arguments.
    fn wrong_count_in_python(&self, native: &Native, given: usize, named: &[String]) -> String {
        let (called, signature) = (self.native_name(native), &native.signature);
        let (least, most) = (signature.required, signature.positional);
        if given > most && !signature.var_positional {
            let takes = match least == most {
                true => most.to_string(),
                false => format!("from {least} to {most}"),
            };
            let plural = if takes == "1" { "" } else { "s" };
            return format!(
                "{called}() takes {takes} positional argument{plural} but {given} were given"
            );
        }
        let required = signature.names.iter().take(least).skip(given);
        let missing: Vec<String> = required
            .filter(|name| !named.iter().any(|known| known == **name))
            .map(|name| format!("'{name}'"))
            .collect();
        let (count, plural) = (missing.len(), if missing.len() == 1 { "" } else { "s" });
        let listed = match missing.split_last() {
            Some((last, [first])) => format!("{first} and {last}"),
            Some((last, others @ [_, ..])) => format!("{}, and {last}", others.join(", ")),
            _ => missing.concat(),
        };
        format!("{called}() missing {count} required positional argument{plural}: {listed}")
    }

    /// Raises the TypeError of a built-in for an argument by a name that it does not know.
    pub(super) fn wrong_native_name<T>(
        &mut self,
        native: &Native,
        given: usize,
        by_name: usize,
        name: &str,
    ) -> Outcome<T> {
        let shape = self.shape(native);
        let signature = &native.signature;
        let given = given.saturating_sub(shape.bound);
        let message = match shape.takes_names(native) {
            false => format!("{}() takes no keyword arguments", shape.full),
            true if given + by_name > shape.all && !native.signature.var_positional => {
                shape.too_many(given, by_name)
            }
            true if given < shape.unnamed && !self.is_python_class(native.owner) => {
                shape.wrong_positional(given)
            }
            true => {
                let called = match self.is_python_class(native.owner) {
                    true => shape.full,
                    // It hands on what it gets by name.
                    false if native.owner.is_none() && shape.name == "sorted" => "sort".to_owned(),
                    false => shape.name,
                };
                let first = signature.positional_only.max(shape.bound);
                let known = signature.names.get(first..).unwrap_or_default();
                let hint = super::suggest::hint(name, known);
                format!("{called}() got an unexpected keyword argument '{name}'{hint}")
            }
        };
        self.type_error(message)
    }
}
