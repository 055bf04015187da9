//! The tree flattened to instructions for the matcher.

use super::ast::{Anchor, Greed, Node, Single, UNLIMITED};
use super::chars::Folding;

/// Number of an instruction.
pub type Label = usize;

/// One instruction of the matcher.
#[derive(Clone, Debug)]
pub enum Inst {
    /// Take one character.
    Single(Single),
    /// Take one character several times.
    Run {
        /// Which.
        item: Single,
        /// How often at least.
        min: u32,
        /// How often at most.
        max: u32,
        /// Which count is tried first.
        greed: Greed,
    },
    /// Be at such a place.
    At(Anchor),
    /// Go on at the first label; if that fails, at the second.
    Split(Label, Label),
    /// Go on there.
    Jump(Label),
    /// Note the position: the beginning (even) or end (odd) of a group.
    Mark(usize),
    /// Begin a loop.
    Enter(usize),
    /// Decide whether the loop goes on.
    Loop {
        /// Number of the loop.
        number: usize,
        /// How often at least.
        min: u32,
        /// How often at most.
        max: u32,
        /// Does it prefer to leave?
        lazy: bool,
        /// Its body.
        body: Label,
    },
    /// The text of a group again.
    Backreference(u32, Option<Folding>),
    /// Try what follows up to `end` on its own; afterwards go on at the same position.
    Look {
        /// Go on if it failed.
        negative: bool,
        /// Try so many characters before.
        behind: u32,
        /// Behind its `Done`.
        end: Label,
    },
    /// Try what follows up to `end` on its own and keep the first way that fits.
    Atomic(Label),
    /// Go on there unless the group has matched.
    UnlessGroup(u32, Label),
    /// Fail.
    Fail,
    /// The end of the whole, of a look-around or of an atomic group.
    Done,
}

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub struct Program {
    /// The instructions.
    pub code: Vec<Inst>,
    /// Number of groups, the whole included.
    pub groups: usize,
    /// Number of loops.
    pub loops: usize,
    /// A character with which every match begins.
    pub first: Option<u32>,
}

impl Program {
    /// Compiles a tree with that many groups (the whole included).
    pub fn new(tree: &Node, groups: usize) -> Self {
        let mut program = Self {
            code: Vec::new(),
            groups,
            loops: 0,
            first: first_char(tree),
        };
        program.emit(tree);
        program.code.push(Inst::Done);
        program
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Fail => self.code.push(Inst::Fail),
            Node::Single(single) => self.code.push(Inst::Single(single.clone())),
            Node::At(anchor) => self.code.push(Inst::At(*anchor)),
            Node::Sequence(parts) => parts.iter().for_each(|part| self.emit(part)),
            Node::Alternatives(parts) => self.alternatives(parts),
            Node::Group(None, body) => self.emit(body),
            Node::Group(Some(number), body) => {
                let mark = *number as usize * 2;
                self.code.push(Inst::Mark(mark));
                self.emit(body);
                self.code.push(Inst::Mark(mark + 1));
            }
            Node::Repeat {
                body,
                min,
                max,
                greed,
            } => self.repeat(body, *min, *max, *greed),
            Node::Backreference(group, folding) => {
                self.code.push(Inst::Backreference(*group, *folding))
            }
            Node::Look {
                body,
                negative,
                behind,
            } => {
                let (negative, behind) = (*negative, behind.unwrap_or(0));
                self.enclosed(body, |end| Inst::Look {
                    negative,
                    behind,
                    end,
                });
            }
            Node::Atomic(body) => self.enclosed(body, Inst::Atomic),
            Node::Conditional { group, yes, no } => self.conditional(*group, yes, no),
        }
    }

    fn alternatives(&mut self, parts: &[Node]) {
        let Some((last, others)) = parts.split_last() else {
            return;
        };
        let mut jumps = Vec::new();
        for part in others {
            let split = self.reserve();
            self.emit(part);
            jumps.push(self.reserve());
            self.set(split, Inst::Split(split + 1, self.code.len()));
        }
        self.emit(last);
        for jump in jumps {
            self.set(jump, Inst::Jump(self.code.len()));
        }
    }

    fn repeat(&mut self, body: &Node, min: u32, max: u32, greed: Greed) {
        if let Some(item) = single(body) {
            let item = item.clone();
            self.code.push(Inst::Run {
                item,
                min,
                max,
                greed,
            });
        } else if greed == Greed::Possessive {
            let atomic = self.reserve();
            self.repeat(body, min, max, Greed::Greedy);
            self.code.push(Inst::Done);
            self.set(atomic, Inst::Atomic(self.code.len()));
        } else if (min, max) == (0, 1) {
            self.optional(body, greed);
        } else {
            self.looped(body, min, max, greed);
        }
    }

    fn optional(&mut self, body: &Node, greed: Greed) {
        let split = self.reserve();
        self.emit(body);
        let (inside, behind) = (split + 1, self.code.len());
        let order = match greed {
            Greed::Lazy => Inst::Split(behind, inside),
            _ => Inst::Split(inside, behind),
        };
        self.set(split, order);
    }

    fn looped(&mut self, body: &Node, min: u32, max: u32, greed: Greed) {
        let number = self.loops;
        self.loops += 1;
        self.code.push(Inst::Enter(number));
        let jump = self.reserve();
        let start = self.code.len();
        self.emit(body);
        self.set(jump, Inst::Jump(self.code.len()));
        let lazy = greed == Greed::Lazy;
        self.code.push(Inst::Loop {
            number,
            min,
            max,
            lazy,
            body: start,
        });
    }

    fn enclosed(&mut self, body: &Node, head: impl FnOnce(Label) -> Inst) {
        let at = self.reserve();
        self.emit(body);
        self.code.push(Inst::Done);
        self.set(at, head(self.code.len()));
    }

    fn conditional(&mut self, group: u32, yes: &Node, no: &Node) {
        let test = self.reserve();
        self.emit(yes);
        let jump = self.reserve();
        self.set(test, Inst::UnlessGroup(group, self.code.len()));
        self.emit(no);
        self.set(jump, Inst::Jump(self.code.len()));
    }

    /// A place for an instruction whose labels are not known yet.
    fn reserve(&mut self) -> Label {
        self.code.push(Inst::Fail);
        self.code.len() - 1
    }

    fn set(&mut self, at: Label, inst: Inst) {
        if let Some(slot) = self.code.get_mut(at) {
            *slot = inst;
        }
    }
}

/// The single character that a node stands for, if it is one.
fn single(node: &Node) -> Option<&Single> {
    match node {
        Node::Single(single) => Some(single),
        Node::Group(None, body) => single(body),
        Node::Sequence(parts) => match parts.as_slice() {
            [part] => single(part),
            _ => None,
        },
        _ => None,
    }
}

fn first_char(node: &Node) -> Option<u32> {
    match node {
        Node::Single(Single::Char(c)) => Some(*c),
        Node::Sequence(parts) => parts.first().and_then(first_char),
        Node::Group(_, body) | Node::Atomic(body) => first_char(body),
        Node::Repeat { body, min, .. } if *min > 0 => first_char(body),
        _ => None,
    }
}

/// Is this many, given a maximum, allowed once more?
pub fn below(count: u32, max: u32) -> bool {
    max == UNLIMITED || count < max
}
