//! Instructions that build and take apart containers, texts and functions.

use super::class;
use super::execute::top;
use super::frame::Fiber;
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::object::{Function, Payload};
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::op::{Conversion, FormatSpec, FunctionParts, TypeParam};
use std::rc::Rc;

impl Vm {
    pub(super) fn build_set(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let items = top(fiber, n).to_vec();
        let set = self.set();
        for item in items {
            self.add_to_set(set.into(), item)?;
        }
        self.finish(fiber, n, set.into())
    }

    pub(super) fn build_map(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let items = top(fiber, n * 2).to_vec();
        let dict = self.dict();
        for pair in items.chunks_exact(2) {
            self.dict_set(dict, pair[0], pair[1])?;
        }
        self.finish(fiber, n * 2, dict.into())
    }

    pub(super) fn list_extend(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let iterable = fiber.peek(0);
        if self.generator(iterable).is_none() && !self.is_iterable(iterable) {
            let class = self.class_name(iterable).to_owned();
            return self.type_error(format!("Value after * must be an iterable, not {class}"));
        }
        let items = self.collect(iterable)?;
        if let Some(list) = fiber.peek(n).id() {
            let end = self.heap.items(list).map_or(0, <[Value]>::len);
            self.heap.list_splice(list, end..end, &items);
        }
        self.done(fiber, 1)
    }

    pub(super) fn set_update(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let items = self.collect(fiber.peek(0))?;
        for item in items {
            self.add_to_set(fiber.peek(n), item)?;
        }
        self.done(fiber, 1)
    }

    /// Adds an item to a set unless it is there.
    pub fn add_to_set(&mut self, set: Value, item: Value) -> Outcome<()> {
        let hash = self.hash_key(item, super::keys::KeyRole::SetElement)?;
        let Some(id) = set.id() else { return Ok(()) };
        if self.set_find(id, hash, item)?.is_none() {
            self.heap.set_push(id, hash, item);
        }
        Ok(())
    }

    pub(super) fn dict_update_op(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let source = fiber.peek(0);
        let Some(pairs) = self.mapping_pairs(source)? else {
            let class = self.class_name(source).to_owned();
            return self.type_error(format!("'{class}' object is not a mapping"));
        };
        let dict = fiber.peek(n).id().unwrap_or(Id::NONE);
        for (key, value) in pairs {
            self.dict_set(dict, key, value)?;
        }
        self.done(fiber, 1)
    }

    pub(super) fn dict_merge(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let source = fiber.peek(0);
        let callable = fiber.peek(n + 2);
        let Some(pairs) = self.mapping_pairs(source)? else {
            let called = self.describe_callable(callable)?;
            let class = self.class_name(source).to_owned();
            return self.type_error(format!(
                "{called} argument after ** must be a mapping, not {class}"
            ));
        };
        let dict = fiber.peek(n).id().unwrap_or(Id::NONE);
        for &(key, _) in &pairs {
            if self.as_str(key).is_none() {
                return self.type_error("keywords must be strings");
            }
            if self.dict_get(dict, key)?.is_some() {
                let called = self.describe_callable(callable)?;
                let name = self.as_str(key).unwrap_or_default().to_owned();
                return self.type_error(format!(
                    "{called} got multiple values for keyword argument '{name}'"
                ));
            }
        }
        for (key, value) in pairs {
            self.dict_set(dict, key, value)?;
        }
        self.done(fiber, 1)
    }

    /// How messages name a callable: `__main__.f()`; by its str when it has no name (`Objects/object.c`:
    /// _PyObject_FunctionStr).
    pub(super) fn describe_callable(&mut self, callable: Value) -> Outcome<String> {
        let Some(qualname) = self.get_attr_opt(callable, names::QUALNAME)? else {
            return self.to_str(callable);
        };
        let qualname = self.to_str(qualname)?;
        let module = self.get_attr_opt(callable, names::MODULE)?;
        Ok(match module.and_then(|module| self.as_str(module)) {
            Some("builtins") | None => format!("{qualname}()"),
            Some(module) => format!("{module}.{qualname}()"),
        })
    }

    /// Keys and values of a mapping; `None` when it is none.
    pub fn mapping_pairs(&mut self, mapping: Value) -> Outcome<Option<Vec<(Value, Value)>>> {
        if self.class_of(mapping) == class::DICT {
            let dict = mapping.id().and_then(|id| self.heap.dict(id));
            return Ok(dict.map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect()));
        }
        if self.get_attr_opt(mapping, super::names::KEYS)?.is_none() {
            return Ok(None);
        }
        let items = self.helper("mapping_items", &[mapping])?;
        let pairs = self.items(items).unwrap_or_default().to_vec();
        Ok(Some(
            pairs
                .iter()
                .filter_map(|&pair| self.items(pair).map(|pair| (pair[0], pair[1])))
                .collect(),
        ))
    }

    pub(super) fn unpack_sequence(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let items = self.unpackable(fiber.peek(0), Some(n + 1))?;
        if items.len() < n {
            let message = format!(
                "not enough values to unpack (expected {n}, got {})",
                items.len()
            );
            return self.value_error(message);
        }
        if items.len() > n {
            let sized = matches!(
                self.heap.content(fiber.peek(0)),
                Some(Payload::List(_) | Payload::Tuple(_) | Payload::Dict(_))
            );
            let got = if sized {
                format!(", got {}", items.len())
            } else {
                String::new()
            };
            return self.value_error(format!("too many values to unpack (expected {n}{got})"));
        }
        self.unpack_onto(fiber, &items)
    }

    pub(super) fn unpack_ex(
        &mut self,
        fiber: &mut Fiber,
        before: usize,
        after: usize,
    ) -> Outcome<Flow> {
        let items = self.unpackable(fiber.peek(0), None)?;
        if items.len() < before + after {
            let (wanted, got) = (before + after, items.len());
            return self.value_error(format!(
                "not enough values to unpack (expected at least {wanted}, got {got})"
            ));
        }
        let end = items.len() - after;
        let middle = self.list(items[before..end].to_vec());
        let mut all = items[..before].to_vec();
        all.push(middle);
        all.extend_from_slice(&items[end..]);
        self.unpack_onto(fiber, &all)
    }

    /// The items of an iterable, at most so many of them.
    fn unpackable(&mut self, value: Value, most: Option<usize>) -> Outcome<Vec<Value>> {
        if self.generator(value).is_none() && !self.is_iterable(value) {
            let class = self.class_name(value).to_owned();
            return self.type_error(format!("cannot unpack non-iterable {class} object"));
        }
        let is_finite = matches!(
            self.heap.content(value),
            Some(
                Payload::List(_)
                    | Payload::Tuple(_)
                    | Payload::Dict(_)
                    | Payload::Str(_)
                    | Payload::Set(_)
            )
        );
        match most {
            Some(most) if !is_finite => {
                let items = self.helper("take", &[value, Value::Int(most as i64)])?;
                Ok(self.items(items).unwrap_or_default().to_vec())
            }
            _ => self.collect(value),
        }
    }

    /// Replaces the operand by items, the first on top.
    fn unpack_onto(&mut self, fiber: &mut Fiber, items: &[Value]) -> Outcome<Flow> {
        let source = fiber.stack.pop().unwrap_or_default();
        for &item in items.iter().rev() {
            fiber.push(&mut self.heap, item);
        }
        self.heap.release(source);
        Ok(Flow::Next)
    }

    pub(super) fn make_function(
        &mut self,
        fiber: &mut Fiber,
        parts: FunctionParts,
    ) -> Outcome<Flow> {
        let code = fiber.peek(0);
        let Some(Payload::Code(linked)) = self.heap.content(code) else {
            return self.type_error("not a code object");
        };
        let linked = linked.clone();
        let mut operand = 0;
        let mut take = |present: bool| {
            operand += usize::from(present);
            if present {
                fiber.peek(operand)
            } else {
                Value::Unbound
            }
        };
        let closure = take(parts.closure);
        let annotate = take(parts.annotate);
        let kw_defaults = take(parts.kw_defaults);
        let defaults = take(parts.defaults);
        let globals = super::execute::current(fiber).map_or(Id::NONE, |frame| frame.globals);
        let (name, qualname) = (linked.name, linked.qualname);
        let function = Function {
            code,
            linked,
            globals,
            name,
            qualname,
            defaults,
            kw_defaults,
            closure,
            annotate,
            replaced: Value::Unbound,
        };
        let function = self.object(class::FUNCTION, Payload::Function(Rc::new(function)));
        self.finish(fiber, operand + 1, function)
    }

    pub(super) fn build_interpolation(
        &mut self,
        fiber: &mut Fiber,
        conversion: Conversion,
        spec: FormatSpec,
    ) -> Outcome<Flow> {
        let (operands, spec) = match spec {
            FormatSpec::Absent => (2, super::names::EMPTY),
            FormatSpec::Present => (3, fiber.peek(0)),
        };
        let (value, text) = (fiber.peek(operands - 1), fiber.peek(operands - 2));
        let conversion = match conversion {
            Conversion::None => Value::None,
            Conversion::Str => self.intern("s"),
            Conversion::Repr => self.intern("r"),
            Conversion::Ascii => self.intern("a"),
        };
        let interpolation = self.helper("make_interpolation", &[value, text, conversion, spec])?;
        self.finish(fiber, operands, interpolation)
    }

    pub(super) fn build_template(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let template = self.helper("make_template", &[fiber.peek(1), fiber.peek(0)])?;
        self.finish(fiber, 2, template)
    }

    pub(super) fn make_type_param(&mut self, fiber: &mut Fiber, kind: TypeParam) -> Outcome<Flow> {
        let (kind, operands) = match kind {
            TypeParam::TypeVar => ("TypeVar", 1),
            TypeParam::TypeVarBound => ("TypeVar", 2),
            TypeParam::TypeVarTuple => ("TypeVarTuple", 1),
            TypeParam::ParamSpec => ("ParamSpec", 1),
        };
        let kind = self.intern(kind);
        let (name, bound) = match operands {
            1 => (fiber.peek(0), Value::None),
            _ => (fiber.peek(1), fiber.peek(0)),
        };
        let param = self.helper("make_type_param", &[kind, name, bound])?;
        self.finish(fiber, operands, param)
    }
}
