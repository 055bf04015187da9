//! Loading, storing and deleting variables.

use super::Compiler;
use super::unit::Place;
use crate::bytecode::op::{Op, Slot};
use crate::bytecode::scope::Access;
use std::rc::Rc;

impl Compiler<'_> {
    pub(super) fn load_name(&mut self, name: &str, place: Place) {
        let name = self.mangled(name);
        let op = match self.access(&name) {
            Access::Local => Op::LoadLocal(self.unit.local(&name)),
            Access::CellInLocal => Op::LoadDeref(self.unit.local(&name)),
            Access::Cell => Op::LoadDeref(self.unit.cell(&name)),
            Access::Free => Op::LoadDeref(self.unit.free(&name)),
            Access::ClassFree => Op::LoadClassDeref(self.unit.free(&name)),
            Access::ClassDictFree => {
                self.load_class_dict(place);
                Op::LoadFromDictOrDeref(self.unit.free(&name))
            }
            Access::ClassDictGlobal => {
                self.load_class_dict(place);
                Op::LoadFromDictOrGlobal(self.unit.name(&name))
            }
            Access::Name => Op::LoadName(self.unit.name(&name)),
            Access::Global => Op::LoadGlobal(self.unit.name(&name)),
        };
        self.emit(op, place);
    }

    pub(super) fn store_name(&mut self, name: &str, place: Place) {
        let name = self.mangled(name);
        let op = match self.access(&name) {
            Access::Name => Op::StoreName(self.unit.name(&name)),
            Access::Local => Op::StoreLocal(self.unit.local(&name)),
            Access::Global | Access::ClassDictGlobal => Op::StoreGlobal(self.unit.name(&name)),
            cell => Op::StoreDeref(self.deref_slot(cell, &name)),
        };
        self.emit(op, place);
    }

    pub(super) fn delete_name(&mut self, name: &str, place: Place) {
        let name = self.mangled(name);
        let op = match self.access(&name) {
            Access::Name => Op::DeleteName(self.unit.name(&name)),
            Access::Local => Op::DeleteLocal(self.unit.local(&name)),
            Access::Global | Access::ClassDictGlobal => Op::DeleteGlobal(self.unit.name(&name)),
            cell => Op::DeleteDeref(self.deref_slot(cell, &name)),
        };
        self.emit(op, place);
    }

    /// Pushes the tuple of cells for an inner function with these free variables; does nothing if there are none.
    pub(super) fn closure(&mut self, frees: &[Rc<str>], place: Place) -> bool {
        for name in frees {
            let access = self.closure_access(name);
            let slot = self.deref_slot(access, name);
            self.emit(Op::LoadClosure(slot), place);
        }
        if !frees.is_empty() {
            self.emit(Op::BuildTuple(frees.len() as u32), place);
        }
        !frees.is_empty()
    }

    /// How this code reaches a variable that an inner function uses: a class body has it only to hand it on.
    fn closure_access(&self, name: &str) -> Access {
        match self.access(name) {
            Access::Name | Access::Global | Access::ClassDictGlobal => {
                let own = self.unit.header.cells.iter().any(|cell| &**cell == name);
                if own { Access::Cell } else { Access::Free }
            }
            access => access,
        }
    }

    fn deref_slot(&mut self, access: Access, name: &Rc<str>) -> Slot {
        match access {
            Access::CellInLocal => self.unit.local(name),
            Access::Cell => self.unit.cell(name),
            _ => self.unit.free(name),
        }
    }

    fn load_class_dict(&mut self, place: Place) {
        let slot = self.unit.free("__classdict__");
        self.emit(Op::LoadDeref(slot), place);
    }

    fn access(&self, name: &str) -> Access {
        self.scopes.access(self.unit.scope, name)
    }
}
