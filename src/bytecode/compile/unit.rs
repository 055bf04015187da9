//! A code object in the making: instructions, labels, protected regions, and the tables they index.

use super::block::Block;
use super::consts::Consts;
use super::effect::{effect, ends_flow, jump_effect, target, with_target};
use super::leaving;
use crate::bytecode::code::{Code, CodeKind, Const, Handler, Parameters, Source, Span};
use crate::bytecode::op::{ConstIndex, Name, Op, Slot, Target};
use crate::bytecode::scope::ScopeId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A place to jump to, known before its instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// Where an instruction comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Its part of the source.
    pub span: Span,
    /// Its line, 0 for none.
    pub line: u32,
    /// What a traceback marks most.
    pub anchor: Option<Span>,
    /// Is it that of the instruction before?
    pub inherited: bool,
}

/// The slots of cells and free variables are numbered from here until the number of locals is known.
const CELLS: Slot = 1 << 30;
const FREES: Slot = 1 << 31;

/// As many statements that need a block (loops, `try`, `with`) may lie within each other.
const MAX_BLOCKS: usize = 21;

/// An instruction, which leads to labels in the place of instructions.
pub(super) struct Instruction {
    pub op: Op,
    pub place: Place,
    handler: Option<HandlerId>,
}

impl Instruction {
    /// Another one at another place, protected by the same handler.
    pub fn with(&self, op: Op, place: Place) -> Self {
        Self {
            op,
            place,
            handler: self.handler,
        }
    }
}

/// A handler of a protected region, as an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HandlerId(usize);

/// What is known of a label.
#[derive(Default)]
pub(super) struct LabelState {
    /// Index of the instruction, once placed.
    pub position: Option<Target>,
    /// Number of operands there, once something leads to it.
    pub depth: Option<i64>,
}

/// A table of names, each once.
#[derive(Default)]
struct Interner {
    names: Vec<Rc<str>>,
    indexes: BTreeMap<Rc<str>, u32>,
}

impl Interner {
    fn index(&mut self, name: &Rc<str>) -> u32 {
        if let Some(&index) = self.indexes.get(name) {
            return index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.clone());
        self.indexes.insert(name.clone(), index);
        index
    }
}

/// What a unit is from the beginning.
pub(super) struct Header {
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    pub kind: CodeKind,
    pub scope: ScopeId,
    /// The class whose name mangles private names.
    pub class: Option<Rc<str>>,
    pub first_line: u32,
    pub parameters: Parameters,
    pub parameter_names: Vec<Rc<str>>,
    pub cells: Vec<Rc<str>>,
    pub frees: Vec<Rc<str>>,
}

/// A code object in the making.
pub(super) struct Unit<'a> {
    pub header: Header,
    pub doc: Option<Rc<str>>,
    /// The scope of the code being compiled: the unit's own, or that of a comprehension inlined into it.
    pub scope: ScopeId,
    locals: Interner,
    names: Interner,
    consts: Consts,
    instructions: Vec<Instruction>,
    labels: Vec<LabelState>,
    handlers: Vec<(Label, i64)>,
    blocks: Vec<Block<'a>>,
    depth: i64,
    max_depth: i64,
    reachable: bool,
    last: Place,
}

impl<'a> Unit<'a> {
    pub fn new(header: Header) -> Self {
        let mut locals = Interner::default();
        for name in &header.parameter_names {
            locals.index(name);
        }
        Self {
            scope: header.scope,
            header,
            doc: None,
            locals,
            names: Interner::default(),
            consts: Consts::default(),
            instructions: Vec::new(),
            labels: Vec::new(),
            handlers: Vec::new(),
            blocks: Vec::new(),
            depth: 0,
            max_depth: 0,
            reachable: true,
            last: Place::default(),
        }
    }

    /// The slot of a local variable.
    pub fn local(&mut self, name: &Rc<str>) -> Slot {
        self.locals.index(name)
    }

    /// The slot of a cell of its own.
    pub fn cell(&self, name: &str) -> Slot {
        let index = self.header.cells.iter().position(|cell| &**cell == name);
        debug_assert!(
            index.is_some(),
            "{name} is no cell of {}",
            self.header.qualname
        );
        CELLS + index.unwrap_or(0) as Slot
    }

    /// The slot of a free variable.
    pub fn free(&self, name: &str) -> Slot {
        let index = self.header.frees.iter().position(|free| &**free == name);
        debug_assert!(
            index.is_some(),
            "{name} is not free in {}",
            self.header.qualname
        );
        FREES + index.unwrap_or(0) as Slot
    }

    /// The index of a name.
    pub fn name(&mut self, name: &Rc<str>) -> Name {
        self.names.index(name)
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: Const) -> ConstIndex {
        self.consts.index(value)
    }

    /// The instruction before this point, by the way on which it is reached, has another place than the one emitted last.
    pub fn come_from(&mut self, place: Place) {
        self.last = place;
    }

    /// The place of the instruction before this point.
    pub fn last_place(&self) -> Place {
        Place {
            inherited: true,
            ..self.last
        }
    }

    /// Number of operands at this point.
    pub fn depth(&self) -> i64 {
        self.depth
    }

    /// Appends an instruction, unless nothing leads to it.
    pub fn emit(&mut self, op: Op, place: Place) {
        if !self.reachable {
            return;
        }
        let handler = self.blocks.iter().rev().find_map(|block| block.handler);
        self.instructions.push(Instruction { op, place, handler });
        self.last = place;
        self.depth += effect(op);
        debug_assert!(
            self.depth >= 0,
            "{}: too few operands for {op:?}",
            self.header.qualname
        );
        self.max_depth = self.max_depth.max(self.depth);
        self.reachable = !ends_flow(op);
    }

    /// Appends an instruction that jumps to the label.
    pub fn jump(&mut self, op: fn(Target) -> Op, label: Label, place: Place) {
        if !self.reachable {
            return;
        }
        let op = op(label.0);
        self.lead_to(label, self.depth + jump_effect(op));
        self.emit(op, place);
    }

    fn lead_to(&mut self, label: Label, depth: i64) {
        let state = &mut self.labels[label.0 as usize];
        debug_assert!(
            state.depth.is_none_or(|known| known == depth),
            "{}: label {label:?} reached with {depth} and {:?} operands",
            self.header.qualname,
            state.depth
        );
        state.depth = Some(depth);
    }

    /// Drops what follows up to the next label.
    pub fn abandon(&mut self) {
        self.reachable = false;
    }

    /// A label, not yet placed.
    pub fn new_label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Puts the label before the next instruction.
    pub fn place_label(&mut self, label: Label) {
        if self.reachable {
            self.lead_to(label, self.depth);
        }
        let position = self.instructions.len() as Target;
        let state = &mut self.labels[label.0 as usize];
        debug_assert!(state.position.is_none(), "label placed twice");
        state.position = Some(position);
        if let Some(depth) = state.depth {
            self.depth = depth;
            self.max_depth = self.max_depth.max(depth);
            self.reachable = true;
        }
    }

    /// A new label, placed here.
    pub fn label_here(&mut self) -> Label {
        let label = self.new_label();
        self.place_label(label);
        label
    }

    /// Instructions of a block with this handler are protected by the code at the label.
    pub fn new_handler(&mut self, label: Label) -> HandlerId {
        self.new_handler_below(label, 0)
    }

    /// As `new_handler`, but an exception also drops this many operands that are on the stack now.
    pub fn new_handler_below(&mut self, label: Label, dropped: i64) -> HandlerId {
        let depth = self.depth - dropped;
        if self.reachable {
            self.lead_to(label, depth + 1);
        }
        self.handlers.push((label, depth));
        HandlerId(self.handlers.len() - 1)
    }

    pub fn push_block(&mut self, block: Block<'a>) {
        self.blocks.push(block);
    }

    /// Are there more blocks around this point than Python allows?
    pub fn has_too_many_blocks(&self) -> bool {
        self.blocks.len() > MAX_BLOCKS
    }

    pub fn pop_block(&mut self) -> Option<Block<'a>> {
        self.blocks.pop()
    }

    /// Makes the code object.
    pub fn assemble(mut self, source: Rc<Source>) -> Code {
        self.instructions = leaving::settle(self.instructions, &mut self.labels);
        let handlers = self.handler_table();
        let anchors = self.anchors();
        let slots = SlotLayout {
            locals: self.locals.names.len() as u32,
            cells: self.header.cells.len() as u32,
        };
        let labels = &self.labels;
        let ops = self
            .instructions
            .iter()
            .map(|it| slots.relocate(resolve(it.op, labels)))
            .collect();
        Code {
            name: self.header.name,
            qualname: self.header.qualname,
            kind: self.header.kind,
            source,
            first_line: self.header.first_line,
            parameters: self.header.parameters,
            locals: self.locals.names,
            cells: self.header.cells,
            frees: self.header.frees,
            names: self.names.names,
            consts: self.consts.into_values(),
            doc: self.doc,
            ops,
            spans: self.instructions.iter().map(|it| it.place.span).collect(),
            lines: self.instructions.iter().map(|it| it.place.line).collect(),
            anchors,
            handlers,
            max_stack: self.max_depth as u32,
            warnings: Vec::new(),
        }
    }

    /// One entry for each run of instructions with the same innermost handler.
    fn handler_table(&self) -> Vec<Handler> {
        let mut table: Vec<Handler> = Vec::new();
        let mut open: Option<HandlerId> = None;
        for (at, instruction) in self.instructions.iter().enumerate() {
            let at = at as Target;
            match (instruction.handler, table.last_mut()) {
                (Some(handler), Some(entry)) if open == Some(handler) => entry.end = at + 1,
                (Some(HandlerId(index)), _) => {
                    let (label, depth) = self.handlers[index];
                    let target = self.labels[label.0 as usize].position.unwrap_or(0);
                    table.push(Handler {
                        start: at,
                        end: at + 1,
                        target,
                        depth: depth as u32,
                    });
                }
                (None, _) => {}
            }
            open = instruction.handler;
        }
        table
    }

    fn anchors(&self) -> BTreeMap<Target, Span> {
        let anchored = self.instructions.iter().enumerate();
        anchored
            .filter_map(|(at, it)| Some((at as Target, it.place.anchor?)))
            .collect()
    }
}

fn resolve(op: Op, labels: &[LabelState]) -> Op {
    match target(op) {
        Some(label) => {
            let position = labels[label as usize].position;
            debug_assert!(position.is_some(), "jump to a label that was never placed");
            with_target(op, position.unwrap_or(0))
        }
        None => op,
    }
}

/// Gives cells and free variables their final slots, behind the locals.
struct SlotLayout {
    locals: u32,
    cells: u32,
}

impl SlotLayout {
    fn slot(&self, slot: Slot) -> Slot {
        match slot {
            FREES.. => slot - FREES + self.locals + self.cells,
            CELLS.. => slot - CELLS + self.locals,
            _ => slot,
        }
    }

    fn relocate(&self, op: Op) -> Op {
        match op {
            Op::MakeCell(slot) => Op::MakeCell(self.slot(slot)),
            Op::LoadClosure(slot) => Op::LoadClosure(self.slot(slot)),
            Op::LoadDeref(slot) => Op::LoadDeref(self.slot(slot)),
            Op::StoreDeref(slot) => Op::StoreDeref(self.slot(slot)),
            Op::DeleteDeref(slot) => Op::DeleteDeref(self.slot(slot)),
            Op::LoadClassDeref(slot) => Op::LoadClassDeref(self.slot(slot)),
            Op::LoadFromDictOrDeref(slot) => Op::LoadFromDictOrDeref(self.slot(slot)),
            other => other,
        }
    }
}
