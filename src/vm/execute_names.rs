//! The instructions that read and bind names: slots, cells, namespaces, globals.

use super::class;
use super::execute::current;
use super::frame::Fiber;
use super::link::LinkedCode;
use super::machine::Vm;
use super::native::{Outcome, Trap};
use super::object::Payload;
use super::run::Flow;
use super::value::{Id, Value};

impl Vm {
    pub(super) fn load_slot(
        &mut self,
        fiber: &mut Fiber,
        code: &LinkedCode,
        slot: u32,
        value: Value,
    ) -> Outcome<Flow> {
        match value {
            Value::Unbound => self.unbound_variable(code, slot),
            value => self.push_next(fiber, value),
        }
    }

    pub(super) fn replace_slot(
        &mut self,
        fiber: &mut Fiber,
        at: usize,
        value: Value,
    ) -> Outcome<Flow> {
        let old = std::mem::replace(&mut fiber.stack[at], value);
        self.heap.release(old);
        Ok(Flow::Next)
    }

    pub(super) fn unbound_variable<T>(&mut self, code: &LinkedCode, slot: u32) -> Outcome<T> {
        let name = code.code.slot_name(slot).to_owned();
        let free = slot as usize >= code.code.locals.len() + code.code.cells.len();
        if free {
            let message = format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            );
            return self.name_error(class::NAME_ERROR, &name, message);
        }
        // It does not say which name, so that none is suggested.
        let message = format!(
            "cannot access local variable '{name}' where it is not associated with a value"
        );
        self.raise(class::UNBOUND_LOCAL_ERROR, message)
    }

    pub(super) fn make_cell(&mut self, fiber: &mut Fiber, at: usize) -> Outcome<Flow> {
        let held = fiber.stack[at];
        let cell = self.object(class::CELL, Payload::Cell(held));
        self.heap.retain(cell);
        self.replace_slot(fiber, at, cell)
    }

    pub(super) fn cell_value(&self, cell: Value) -> Value {
        cell.id().map_or(Value::Unbound, |id| self.heap.cell(id))
    }

    pub(super) fn set_cell(&mut self, cell: Value, value: Value) {
        if let Some(id) = cell.id() {
            self.heap.set_payload(id, Payload::Cell(value));
        }
    }

    pub(super) fn load_class_deref(
        &mut self,
        fiber: &mut Fiber,
        code: &LinkedCode,
        base: usize,
        slot: u32,
        namespace: Value,
        operands: usize,
    ) -> Outcome<Flow> {
        let name = self.intern(code.code.slot_name(slot));
        if let Some(value) = self.mapping_name(namespace, name)? {
            return self.finish(fiber, operands, value);
        }
        match self.cell_value(fiber.stack[base + slot as usize]) {
            Value::Unbound => self.unbound_variable(code, slot),
            value => self.finish(fiber, operands, value),
        }
    }

    /// A name in a namespace that may be any mapping.
    pub(super) fn mapping_name(&mut self, namespace: Value, name: Value) -> Outcome<Option<Value>> {
        let Some(id) = namespace.id() else {
            return Ok(None);
        };
        if self.class_of(namespace) == class::DICT {
            return Ok(self.dict_get_name(id, name));
        }
        let marker = self.intern("\u{0}missing");
        let found = self.helper("get_item_or", &[namespace, name, marker])?;
        Ok((!found.is(marker)).then_some(found))
    }

    pub(super) fn load_name(&mut self, fiber: &mut Fiber, name: Value) -> Outcome<Flow> {
        let namespace = current(fiber).map_or(Id::NONE, |frame| frame.namespace);
        if !namespace.is_none()
            && let Some(value) = self.mapping_name(namespace.into(), name)?
        {
            return self.push_next(fiber, value);
        }
        let value = self.global(fiber, name)?;
        self.push_next(fiber, value)
    }

    pub(super) fn store_name(&mut self, fiber: &mut Fiber, name: Value) -> Outcome<Flow> {
        let Some(frame) = current(fiber) else {
            return Ok(Flow::Next);
        };
        let namespace = frame.binds_in();
        match self.class_of(namespace.into()) == class::DICT {
            true => self.dict_set_name(namespace, name, fiber.peek(0)),
            false => self.set_item(namespace.into(), name, fiber.peek(0))?,
        }
        self.done(fiber, 1)
    }

    pub(super) fn delete_name(&mut self, fiber: &mut Fiber, name: Value) -> Outcome<Flow> {
        let Some(frame) = current(fiber) else {
            return Ok(Flow::Next);
        };
        let namespace = frame.binds_in();
        if self.class_of(namespace.into()) != class::DICT {
            self.delete_item(namespace.into(), name)?;
            return Ok(Flow::Next);
        }
        match self.dict_delete_name(namespace, name) {
            true => Ok(Flow::Next),
            false => self.undefined_name(name),
        }
    }

    /// A name in the globals of the frame on top, or in the builtins.
    pub(super) fn global(&mut self, fiber: &Fiber, name: Value) -> Outcome {
        let globals = current(fiber).map_or(Id::NONE, |frame| frame.globals);
        match self.lookup_global(globals, name) {
            Some(value) => Ok(value),
            None => self.undefined_name(name),
        }
    }

    pub(super) fn undefined_name<T>(&mut self, name: Value) -> Outcome<T> {
        let text = self.as_str(name).unwrap_or_default().to_owned();
        let message = format!("name '{text}' is not defined");
        self.name_error(class::NAME_ERROR, &text, message)
    }

    fn name_error<T>(&mut self, class: Id, name: &str, message: String) -> Outcome<T> {
        let exception = self.exception(class, &message);
        let (key, name) = (self.intern("\0name"), self.intern(name));
        if let Some(dict) = self.writable_dict(exception) {
            self.dict_set_name(dict, key, name);
        }
        Err(Trap::Raise(exception))
    }
}
