//! `list[int]` and `int | str`: parametrised built-in classes and unions of classes.

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::object::Payload;
use super::value::Value;

/// Fields of a generic alias.
pub mod alias {
    /// `__origin__`: the class.
    pub const ORIGIN: usize = 0;
    /// `__args__`: a tuple.
    pub const ARGS: usize = 1;
    /// Is it `*tuple[…]`?
    pub const STARRED: usize = 2;
}

/// Fields of a union.
pub mod union {
    /// `__args__`: a tuple.
    pub const ARGS: usize = 0;
}

impl Vm {
    /// `origin[parameters]` of a built-in class.
    pub fn generic_alias(&mut self, origin: Value, parameters: Value) -> Outcome {
        let args = match self.as_tuple(parameters) {
            Some(_) => parameters,
            None => self.tuple([parameters]),
        };
        let parts = [origin, args, Value::Bool(false)];
        Ok(self.object(class::GENERIC_ALIAS, Payload::Record(parts.into())))
    }

    /// What iterating over a generic alias gives: the same alias with a star.
    pub fn starred_alias(&mut self, alias: Value) -> Value {
        let field = |n| alias.id().map_or(Value::None, |id| self.heap.field(id, n));
        let parts = [field(alias::ORIGIN), field(alias::ARGS), Value::Bool(true)];
        self.object(class::GENERIC_ALIAS, Payload::Record(parts.into()))
    }

    /// `left | right` of classes, `None`, aliases and unions; `None` when either is none of these.
    pub fn union_of(&mut self, left: Value, right: Value) -> Outcome<Option<Value>> {
        if !self.is_type_like(left)
            || !self.is_type_like(right)
            || left.is_none() && right.is_none()
        {
            return Ok(None);
        }
        let mut members: Vec<Value> = Vec::new();
        for member in [left, right].map(|side| self.union_members(side)).concat() {
            let mut known = false;
            for &other in &members {
                known = known || self.eq(other, member)?;
            }
            if !known {
                members.push(member);
            }
        }
        if let [only] = members[..] {
            return Ok(Some(only));
        }
        let args = self.tuple(members);
        Ok(Some(
            self.object(class::UNION_TYPE, Payload::Record([args].into())),
        ))
    }

    /// Can it be a member of a union?
    fn is_type_like(&self, value: Value) -> bool {
        value.is_none()
            || matches!(self.heap.content(value), Some(Payload::Class(_)))
            || [class::GENERIC_ALIAS, class::UNION_TYPE].contains(&self.class_of(value))
    }

    /// The members of a union; anything else is its own only member.
    pub(super) fn union_members(&self, value: Value) -> Vec<Value> {
        match value.id() {
            None => vec![class::NONE_TYPE.into()],
            Some(id) if self.class_of(value) == class::UNION_TYPE => {
                let args = self.heap.field(id, union::ARGS);
                self.items(args).unwrap_or_default().to_vec()
            }
            Some(_) => vec![value],
        }
    }

    /// `repr` of a generic alias.
    pub fn alias_repr(&mut self, value: Value) -> Outcome<String> {
        let (origin, args) = match value.id() {
            Some(id) => (
                self.heap.field(id, alias::ORIGIN),
                self.heap.field(id, alias::ARGS),
            ),
            None => (Value::None, Value::None),
        };
        let origin = self.type_repr(origin)?;
        let items = self.items(args).unwrap_or_default().to_vec();
        let mut shown = Vec::with_capacity(items.len());
        for &item in &items {
            shown.push(self.parameter_repr(item)?);
        }
        let is_starred = |id| matches!(self.heap.field(id, alias::STARRED), Value::Bool(true));
        let star = match value.id().is_some_and(is_starred) {
            true => "*",
            false => "",
        };
        Ok(match shown.is_empty() {
            true => format!("{star}{origin}[()]"),
            false => format!("{star}{origin}[{}]", shown.join(", ")),
        })
    }

    fn parameter_repr(&mut self, value: Value) -> Outcome<String> {
        let Some(Payload::List(items)) = self.heap.content(value) else {
            return self.type_repr(value);
        };
        let items = items.clone();
        let mut shown = Vec::with_capacity(items.len());
        for &item in items.iter() {
            shown.push(self.type_repr(item)?);
        }
        Ok(format!("[{}]", shown.join(", ")))
    }

    /// `repr` of a union.
    pub fn union_repr(&mut self, value: Value) -> Outcome<String> {
        let mut shown = Vec::new();
        for member in self.union_members(value) {
            shown.push(match member.is(class::NONE_TYPE.into()) {
                true => "None".to_owned(),
                false => self.type_repr(member)?,
            });
        }
        Ok(shown.join(" | "))
    }

    /// A class as annotations show it: by its name; anything else by its `repr`.
    fn type_repr(&mut self, value: Value) -> Outcome<String> {
        match value {
            Value::Ellipsis => Ok("...".to_owned()),
            Value::Object(id) if self.class(id).is_some() => Ok(self.qualified_name(id)),
            _ => self.repr(value),
        }
    }
}
