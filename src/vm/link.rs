//! A code object made ready to run: its constants and names are values on the heap.

use super::class;
use super::machine::Vm;
use super::nap::Role;
use super::object::Payload;
use super::value::Value;
use crate::bytecode::code::{Code, Const};
use std::cell::Cell;
use std::rc::Rc;

/// A code object with its constants and names as values.
#[derive(Debug)]
pub struct LinkedCode {
    /// The compiled code.
    pub code: Rc<Code>,
    /// Values of `code.consts`.
    pub consts: Vec<Value>,
    /// Interned strings for `code.names`.
    pub names: Vec<Value>,
    /// Interned strings for the parameters' names.
    pub parameters: Vec<Value>,
    /// For each instruction, the position at which it found its name in a dict the last time. Only hints, checked before
    /// they are used, hence the cells.
    pub hints: Vec<Cell<u32>>,
    /// Its own name, an interned string …
    pub name: Value,
    /// … and the qualified one.
    pub qualname: Value,
    /// What it is to the machine.
    pub role: Role,
}

impl LinkedCode {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        let all = self
            .consts
            .iter()
            .chain(&self.names)
            .chain(&self.parameters)
            .chain([&self.name, &self.qualname]);
        all.copied().for_each(visit);
    }
}

impl Vm {
    /// Makes a code object of compiled code: constants and names become values.
    pub fn link(&mut self, code: &Rc<Code>) -> Value {
        let consts = code
            .consts
            .iter()
            .map(|constant| self.constant(constant))
            .collect();
        let names = code.names.iter().map(|name| self.intern(name)).collect();
        let p = &code.parameters;
        let named = (p.positional + p.keyword_only) as usize;
        let parameters = code
            .locals
            .iter()
            .take(named)
            .map(|name| self.intern(name))
            .collect();
        let linked = LinkedCode {
            code: code.clone(),
            consts,
            names,
            parameters,
            hints: vec![Cell::default(); code.ops.len()],
            name: self.intern(&code.name),
            qualname: self.intern(&code.qualname),
            role: Role::of(code),
        };
        self.object(class::CODE, Payload::Code(Rc::new(linked)))
    }

    fn constant(&mut self, constant: &Const) -> Value {
        match constant {
            Const::None => Value::None,
            Const::Bool(value) => Value::Bool(*value),
            Const::Ellipsis => Value::Ellipsis,
            Const::Int(value) => Value::Int(*value),
            Const::BigInt(value) => self.int(value.as_ref().clone()),
            Const::Float(value) => Value::Float(*value),
            Const::Imaginary(value) => self.complex(0.0, *value),
            Const::Str(text) if is_name(text) => self.intern(text),
            Const::Str(text) => self.str(&**text),
            Const::Bytes(bytes) => self.bytes(bytes.clone()),
            Const::Tuple(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.constant(item)).collect();
                self.tuple(items)
            }
            Const::FrozenSet(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.constant(item)).collect();
                self.constant_set(&items)
            }
            Const::Code(code) => self.link(&code.0),
        }
    }

    /// A frozenset of constants, none of which can ask.
    fn constant_set(&mut self, items: &[Value]) -> Value {
        let set = self.object(class::FROZENSET, Payload::Set(Rc::default()));
        for &item in items {
            if self.add_to_set(set, item).is_err() {
                break;
            }
        }
        set
    }
}

/// Strings that look like names are interned, as CPython does with constants.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
