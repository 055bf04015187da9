//! The lines of what leaves `except` clauses, and of the `return None` at the end of code. It belongs to no line of its own,
//! but to that of the instruction from which it is reached: so each way that jumps there gets it for itself. Where ways
//! meet that are not told apart, there is no line (`Python/flowgraph.c`: basicblock_inline_small_or_no_lineno_blocks,
//! duplicate_exits_without_lineno, propagate_line_numbers).

use super::effect::{ends_flow, target, with_target};
use super::unit::{Instruction, LabelState, Place};
use crate::bytecode::op::{Op, Target};
use std::collections::BTreeMap;

/// So many clauses are left with one jump at most.
const MOST: usize = 20;

/// Gives the ends of clauses and code their lines.
pub(super) fn settle(old: Vec<Instruction>, labels: &mut Vec<LabelState>) -> Vec<Instruction> {
    let code = Code {
        old: &old,
        positions: labels.iter().map(|label| label.position).collect(),
        ends: ends(&old),
    };
    match code.ends.keys().any(|&end| code.has_ways(end)) {
        true => code.settled(labels),
        false => old,
    }
}

/// Where clauses and code end: the first and the last instruction of each end, which is a jump or returns.
fn ends(code: &[Instruction]) -> BTreeMap<usize, usize> {
    let inherits = |at: &usize| code.get(*at).is_some_and(|it| it.place.inherited);
    let returns = |at: usize| code.get(at).is_some_and(|it| it.op == Op::Return);
    let first = |at: &usize| match code[*at].op {
        Op::PopExcept => inherits(at),
        Op::Const(_) => inherits(at) && returns(at + 1),
        _ => false,
    };
    let last = |&at: &usize| {
        let mut run = (at..code.len()).take_while(inherits);
        run.find(|&at| matches!(code[at].op, Op::Jump(_) | Op::Return))
    };
    let starts = (0..code.len()).filter(first);
    starts.filter_map(|at| Some((at, last(&at)?))).collect()
}

/// Instructions before their ends are settled, with the places of labels among them.
struct Code<'a> {
    old: &'a [Instruction],
    positions: Vec<Option<Target>>,
    ends: BTreeMap<usize, usize>,
}

impl Code<'_> {
    fn settled(&self, labels: &mut Vec<LabelState>) -> Vec<Instruction> {
        let (mut new, mut moved) = (Vec::with_capacity(self.old.len()), Vec::new());
        let mut within: Option<(usize, Place)> = None;
        for at in 0..self.old.len() {
            moved.push(new.len() as Target);
            if let Some(&last) = self.ends.get(&at) {
                within = Some((last, self.place_at(at, new.last())));
            }
            let place = within.map_or_else(|| self.own_place(at), |(_, place)| place);
            self.append(&mut new, at, place, MOST);
            within = within.filter(|&(last, _)| at < last);
        }
        moved.push(new.len() as Target);
        for label in labels.iter_mut() {
            label.position = label.position.map(|old| moved[old as usize]);
        }
        self.part(&mut new, &moved, labels);
        new
    }

    /// Appends an instruction; for a jump to where a clause ends, that end, also by way of jumps without lines of their own.
    fn append(&self, new: &mut Vec<Instruction>, at: usize, place: Place, most: usize) {
        let instruction = &self.old[at];
        let to = self.target(at).filter(|_| most > 0);
        match (instruction.op, to) {
            (Op::Jump(_), Some(to)) if self.ends.contains_key(&to) => {
                new.push(instruction.with(Op::Nop, place));
                self.append_end(new, to, place, most - 1);
            }
            (Op::Jump(_), Some(to)) if self.leads_on(to) => {
                new.push(instruction.with(Op::Nop, place));
                self.append(new, to, place, most - 1);
            }
            (op, _) => new.push(instruction.with(op, place)),
        }
    }

    fn append_end(&self, new: &mut Vec<Instruction>, end: usize, place: Place, most: usize) {
        let last = self.ends.get(&end).copied().unwrap_or(end);
        (end..=last).for_each(|at| self.append(new, at, place, most));
    }

    /// Is there a jump without a line of its own?
    fn leads_on(&self, at: usize) -> bool {
        let found = self.old.get(at);
        found.is_some_and(|it| it.place.inherited && matches!(it.op, Op::Jump(_)))
    }

    /// Where an instruction jumps to.
    fn target(&self, at: usize) -> Option<usize> {
        let label = target(self.old[at].op)?;
        self.positions[label as usize].map(|position| position as usize)
    }

    /// Is there more than the way behind the instruction before it? Clauses have that.
    fn has_ways(&self, end: usize) -> bool {
        let is_clause = self.old[end].op == Op::PopExcept;
        is_clause || (0..self.old.len()).any(|at| self.target(at) == Some(end))
    }

    /// The instructions that may jump to an end; those that always do have it for themselves.
    fn forks(&self, end: usize) -> Vec<usize> {
        let jumps = (0..self.old.len()).filter(|&at| self.target(at) == Some(end));
        jumps
            .filter(|&at| !matches!(self.old[at].op, Op::Jump(_)))
            .collect()
    }

    fn is_fallen_into(&self, end: usize) -> bool {
        end > 0 && !ends_flow(self.old[end - 1].op)
    }

    /// The place of an instruction that is no part of an end: a jump to which only one other leads has that one's.
    fn own_place(&self, at: usize) -> Place {
        let Instruction { op, place, .. } = self.old[at];
        let inherits = matches!(op, Op::Jump(_)) && place.inherited;
        match inherits && !self.is_fallen_into(at) {
            true => match self.forks(at)[..] {
                [fork] => self.old[fork].place,
                _ => place,
            },
            false => place,
        }
    }

    /// The place of an end, behind the instruction before it.
    fn place_at(&self, end: usize, before: Option<&Instruction>) -> Place {
        let (forks, falls) = (self.forks(end), self.is_fallen_into(end));
        let is_told = forks.len() + usize::from(falls) < 2 || self.leads_out(end, MOST);
        match (before, forks.first()) {
            _ if !is_told => Place::default(),
            (Some(before), _) if falls => before.place,
            (_, Some(&fork)) => self.old[fork].place,
            _ => self.old[end].place,
        }
    }

    /// Does the code end with this end, or behind it with nothing else to be done?
    fn leads_out(&self, end: usize, most: usize) -> bool {
        let Some(&last) = self.ends.get(&end).filter(|_| most > 0) else {
            return false;
        };
        match self.target(last) {
            Some(next) => self.leads_out(next, most - 1),
            None => true,
        }
    }

    /// Where the code ends then, each way that may jump to an end has it for itself, too, but for one that has it anyway.
    fn part(&self, new: &mut Vec<Instruction>, moved: &[Target], labels: &mut Vec<LabelState>) {
        let ends = self.ends.keys().filter(|&&end| self.leads_out(end, MOST));
        for &end in ends {
            let kept = usize::from(!self.is_fallen_into(end));
            for fork in self.forks(end).into_iter().skip(kept) {
                let known = target(self.old[fork].op).and_then(|label| labels.get(label as usize));
                let depth = known.and_then(|label| label.depth);
                labels.push(LabelState {
                    position: Some(new.len() as Target),
                    depth,
                });
                let jump = &mut new[moved[fork] as usize];
                jump.op = with_target(jump.op, labels.len() as Target - 1);
                self.append_end(new, end, self.old[fork].place, MOST);
            }
        }
    }
}
