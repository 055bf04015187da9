//! The matcher: tries a program at a position of a text, backtracking on a stack of its own, within a budget of steps.

use super::ast::{Anchor, Greed, Single};
use super::chars::{self, Folding};
use super::program::{Inst, Label, Program, below};

/// A text as numbered characters.
pub trait Text {
    /// Number of characters.
    fn len(&self) -> usize;
    /// The character at an index that is smaller than that.
    fn at(&self, index: usize) -> u32;
}

impl Text for &[u8] {
    fn len(&self) -> usize {
        <[u8]>::len(self)
    }

    fn at(&self, index: usize) -> u32 {
        self[index].into()
    }
}

impl Text for &[char] {
    fn len(&self) -> usize {
        <[char]>::len(self)
    }

    fn at(&self, index: usize) -> u32 {
        self[index].into()
    }
}

/// The budget of steps is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfSteps;

/// How a match has to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Begin where the search begins.
    Match,
    /// And end where the text ends.
    FullMatch,
    /// Begin there or anywhere behind.
    Search,
}

/// Where a match lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Beginning and end of each group, the whole first.
    pub spans: Vec<Option<(usize, usize)>>,
    /// The number of the group that was closed last.
    pub last: Option<usize>,
}

/// How far a loop is.
#[derive(Clone, Copy, Debug, Default)]
struct Turn {
    count: u32,
    /// Where the last turn began that was not required.
    began: Option<usize>,
}

/// What is done when the way taken fails, latest first.
enum Undo {
    /// Go on there.
    Branch(Label, usize),
    /// A run of single characters from `from` to `to` gives one back.
    Shorter {
        next: Label,
        from: usize,
        to: usize,
    },
    /// A run of single characters takes one more, up to `left`.
    Longer {
        run: Label,
        at: usize,
        left: u32,
    },
    /// A lazy loop takes another turn.
    Again {
        at: Label,
        position: usize,
    },
    Mark(usize, Option<usize>),
    Last(Option<usize>),
    Turn(usize, Turn),
}

/// A search in progress.
pub struct Matcher<'a, T> {
    program: &'a Program,
    text: T,
    /// The match must not begin here if it is empty.
    not_empty_at: Option<usize>,
    full: bool,
    end: usize,
    marks: Vec<Option<usize>>,
    last: Option<usize>,
    turns: Vec<Turn>,
    undo: Vec<Undo>,
    steps: u64,
}

impl<'a, T: Text> Matcher<'a, T> {
    /// A matcher for a text that ends at `end`, with a budget of steps.
    pub fn new(program: &'a Program, text: T, end: usize, steps: u64) -> Self {
        Self {
            program,
            end: end.min(text.len()),
            text,
            not_empty_at: None,
            full: false,
            marks: vec![None; program.groups * 2],
            last: None,
            turns: vec![Turn::default(); program.loops],
            undo: Vec::new(),
            steps,
        }
    }

    /// The first match at or behind a position.
    pub fn find(&mut self, start: usize, mode: Mode) -> Result<Option<Found>, OutOfSteps> {
        self.full = mode == Mode::FullMatch;
        let mut at = start;
        while at <= self.end {
            if mode == Mode::Search {
                match self.candidate(at) {
                    Some(next) => at = next,
                    None => return Ok(None),
                }
            }
            if let Some(end) = self.attempt(at)? {
                return Ok(Some(self.found(at, end)));
            }
            if mode != Mode::Search {
                break;
            }
            at += 1;
        }
        Ok(None)
    }

    /// All matches that do not overlap, as `findall` has them.
    pub fn find_all(&mut self, start: usize, limit: usize) -> Result<Vec<Found>, OutOfSteps> {
        let mut all = Vec::new();
        let mut at = start;
        self.not_empty_at = None;
        while all.len() < limit {
            let Some(found) = self.find(at, Mode::Search)? else {
                break;
            };
            let (start, end) = found.spans.first().copied().flatten().unwrap_or((at, at));
            at = end;
            // Behind an empty match the next one at the same place has to take something.
            self.not_empty_at = (start == end).then_some(end);
            all.push(found);
        }
        Ok(all)
    }

    /// The next position where a match can begin.
    fn candidate(&self, at: usize) -> Option<usize> {
        match self.program.first {
            Some(first) => (at..self.end).find(|&i| self.text.at(i) == first),
            None => Some(at),
        }
    }

    fn found(&self, start: usize, end: usize) -> Found {
        let pairs = self.marks.chunks(2).map(|pair| match pair {
            [Some(from), Some(to)] => Some((*from, *to)),
            _ => None,
        });
        let mut spans: Vec<_> = pairs.collect();
        if let Some(whole) = spans.first_mut() {
            *whole = Some((start, end));
        }
        let last = self.last;
        Found { spans, last }
    }

    fn attempt(&mut self, start: usize) -> Result<Option<usize>, OutOfSteps> {
        self.marks.fill(None);
        self.last = None;
        self.undo.clear();
        self.run(0, start, Some(start))
    }

    /// Runs from an instruction to its `Done`. `whole` is the beginning of the match unless this is an inner part.
    fn run(
        &mut self,
        label: Label,
        position: usize,
        whole: Option<usize>,
    ) -> Result<Option<usize>, OutOfSteps> {
        let base = self.undo.len();
        let (mut pc, mut at) = (label, position);
        loop {
            self.steps = self.steps.checked_sub(1).ok_or(OutOfSteps)?;
            let program = self.program;
            let next = match program.code.get(pc) {
                None | Some(Inst::Fail) => None,
                Some(Inst::Done) => match whole {
                    Some(start) if !self.acceptable(start, at) => None,
                    _ => return Ok(Some(at)),
                },
                Some(inst) => self.step(inst, pc, at)?,
            };
            match next.or_else(|| self.backtrack(base)) {
                Some(place) => (pc, at) = place,
                None => return Ok(None),
            }
        }
    }

    fn acceptable(&self, start: usize, end: usize) -> bool {
        let forbidden = start == end && self.not_empty_at == Some(end);
        !forbidden && (!self.full || end == self.end)
    }

    /// Carries one instruction out; gives where to go on, or nothing if it fails.
    fn step(
        &mut self,
        inst: &Inst,
        pc: Label,
        at: usize,
    ) -> Result<Option<(Label, usize)>, OutOfSteps> {
        let next = pc + 1;
        Ok(match inst {
            Inst::Single(single) => self.fits(single, at).then_some((next, at + 1)),
            Inst::Run {
                item,
                min,
                max,
                greed,
            } => self.start_run(item, (*min, *max), *greed, pc, at)?,
            Inst::At(anchor) => self.is_at(*anchor, at).then_some((next, at)),
            Inst::Split(first, second) => {
                self.undo.push(Undo::Branch(*second, at));
                Some((*first, at))
            }
            Inst::Jump(label) => Some((*label, at)),
            Inst::Mark(number) => {
                self.mark(*number, at);
                Some((next, at))
            }
            Inst::Enter(number) => {
                self.set_turn(*number, Turn::default());
                Some((next, at))
            }
            Inst::Loop {
                number,
                min,
                max,
                lazy,
                body,
            } => self.turn(*number, (*min, *max), *lazy, *body, pc, at),
            Inst::Backreference(group, folding) => {
                self.again(*group, *folding, at).map(|end| (next, end))
            }
            Inst::Look {
                negative,
                behind,
                end,
            } => {
                let found = self.look(pc, at.checked_sub(*behind as usize), *negative)?;
                (found != *negative).then_some((*end, at))
            }
            Inst::Atomic(end) => {
                let base = self.undo.len();
                let reached = self.run(next, at, None)?;
                self.commit(base);
                reached.map(|at| (*end, at))
            }
            Inst::UnlessGroup(group, label) => match self.span(*group) {
                Some(_) => Some((next, at)),
                None => Some((*label, at)),
            },
            Inst::Fail | Inst::Done => None,
        })
    }

    fn fits(&self, single: &Single, at: usize) -> bool {
        at < self.end && accepts(single, self.text.at(at))
    }

    fn start_run(
        &mut self,
        item: &Single,
        (min, max): (u32, u32),
        greed: Greed,
        pc: Label,
        at: usize,
    ) -> Result<Option<(Label, usize)>, OutOfSteps> {
        let wanted = if greed == Greed::Lazy { min } else { max };
        let room = (self.end.saturating_sub(at)).min(wanted as usize);
        let taken = (0..room)
            .find(|i| !accepts(item, self.text.at(at + i)))
            .unwrap_or(room);
        self.steps = self.steps.checked_sub(taken as u64 / 8).ok_or(OutOfSteps)?;
        if taken < min as usize {
            return Ok(None);
        }
        let (next, from, to) = (pc + 1, at + min as usize, at + taken);
        match greed {
            Greed::Greedy if to > from => self.undo.push(Undo::Shorter { next, from, to }),
            Greed::Lazy if below(min, max) => {
                let (run, left) = (pc, max - min);
                self.undo.push(Undo::Longer { run, at: to, left });
            }
            _ => {}
        }
        Ok(Some((next, to)))
    }

    fn turn(
        &mut self,
        number: usize,
        (min, max): (u32, u32),
        lazy: bool,
        body: Label,
        pc: Label,
        at: usize,
    ) -> Option<(Label, usize)> {
        let Turn { count, began } = self.turns.get(number).copied().unwrap_or_default();
        if count < min {
            let count = count + 1;
            self.set_turn(number, Turn { count, began });
            return Some((body, at));
        }
        let further = below(count, max) && began != Some(at);
        if lazy {
            if further {
                self.undo.push(Undo::Again {
                    at: pc,
                    position: at,
                });
            }
            return Some((pc + 1, at));
        }
        if !further {
            return Some((pc + 1, at));
        }
        self.undo.push(Undo::Branch(pc + 1, at));
        Some(self.take_turn(number, body, at))
    }

    fn take_turn(&mut self, number: usize, body: Label, at: usize) -> (Label, usize) {
        let count = self.turns.get(number).map_or(0, |turn| turn.count);
        let (count, began) = (count.saturating_add(1), Some(at));
        self.set_turn(number, Turn { count, began });
        (body, at)
    }

    /// Takes changes back up to the last choice and makes it differently.
    fn backtrack(&mut self, base: usize) -> Option<(Label, usize)> {
        while self.undo.len() > base {
            match self.undo.pop()? {
                Undo::Branch(label, at) => return Some((label, at)),
                Undo::Shorter { next, from, to } => {
                    let to = to - 1;
                    if to > from {
                        self.undo.push(Undo::Shorter { next, from, to });
                    }
                    return Some((next, to));
                }
                Undo::Longer { run, at, left } => {
                    if let Some(place) = self.lengthen(run, at, left) {
                        return Some(place);
                    }
                }
                Undo::Again { at, position } => {
                    if let Some(&Inst::Loop { number, body, .. }) = self.program.code.get(at) {
                        return Some(self.take_turn(number, body, position));
                    }
                }
                Undo::Mark(number, old) => {
                    if let Some(mark) = self.marks.get_mut(number) {
                        *mark = old;
                    }
                }
                Undo::Last(old) => self.last = old,
                Undo::Turn(number, old) => {
                    if let Some(turn) = self.turns.get_mut(number) {
                        *turn = old;
                    }
                }
            }
        }
        None
    }

    fn lengthen(&mut self, run: Label, at: usize, left: u32) -> Option<(Label, usize)> {
        let Some(Inst::Run { item, .. }) = self.program.code.get(run) else {
            return None;
        };
        if !self.fits(item, at) {
            return None;
        }
        let (at, left) = (at + 1, left - 1);
        if left > 0 {
            self.undo.push(Undo::Longer { run, at, left });
        }
        Some((run + 1, at))
    }

    /// Does the part behind a `Look` match from there? A failed or negative one leaves no trace.
    fn look(&mut self, pc: Label, from: Option<usize>, negative: bool) -> Result<bool, OutOfSteps> {
        let Some(from) = from else {
            return Ok(false);
        };
        let base = self.undo.len();
        let found = self.run(pc + 1, from, None)?.is_some();
        if negative {
            self.commit(base);
            self.backtrack(base);
        } else {
            self.commit(base);
        }
        Ok(found)
    }

    /// Keeps the way taken since `base`: drops its choices, but not how to restore marks.
    fn commit(&mut self, base: usize) {
        let tail = self.undo.split_off(base.min(self.undo.len()));
        self.undo.extend(
            tail.into_iter()
                .filter(|undo| matches!(undo, Undo::Mark(..) | Undo::Last(_) | Undo::Turn(..))),
        );
    }

    fn mark(&mut self, number: usize, at: usize) {
        if let Some(mark) = self.marks.get_mut(number) {
            self.undo.push(Undo::Mark(number, mark.replace(at)));
        }
        if number % 2 == 1 {
            self.undo.push(Undo::Last(self.last.replace(number / 2)));
        }
    }

    fn set_turn(&mut self, number: usize, new: Turn) {
        if let Some(turn) = self.turns.get_mut(number) {
            let old = std::mem::replace(turn, new);
            self.undo.push(Undo::Turn(number, old));
        }
    }

    fn span(&self, group: u32) -> Option<(usize, usize)> {
        let at = group as usize * 2;
        let from = self.marks.get(at).copied().flatten()?;
        let to = self.marks.get(at + 1).copied().flatten()?;
        (from <= to).then_some((from, to))
    }

    /// Where the text of a group ends that stands here again.
    fn again(&self, group: u32, folding: Option<Folding>, at: usize) -> Option<usize> {
        let (from, to) = self.span(group)?;
        let end = at + (to - from);
        let same = |a, b| a == b || folding.is_some_and(|f| chars::fold(a, f) == chars::fold(b, f));
        let fits = end <= self.end
            && (from..to)
                .zip(at..end)
                .all(|(i, j)| same(self.text.at(i), self.text.at(j)));
        fits.then_some(end)
    }

    fn is_at(&self, anchor: Anchor, at: usize) -> bool {
        let newline = |index: usize| index < self.end && self.text.at(index) == 10;
        match anchor {
            Anchor::Start => at == 0,
            Anchor::LineStart => at == 0 || newline(at - 1),
            Anchor::End => at == self.end || at + 1 == self.end && newline(at),
            Anchor::LineEnd => at == self.end || newline(at),
            Anchor::VeryEnd => at == self.end,
            Anchor::Boundary(word) => self.at_boundary(word, at),
            Anchor::NoBoundary(word) => !self.at_boundary(word, at),
        }
    }

    fn at_boundary(&self, word: chars::Category, at: usize) -> bool {
        let before = at > 0 && word.contains(self.text.at(at - 1));
        let after = at < self.end && word.contains(self.text.at(at));
        before != after
    }
}

fn accepts(single: &Single, c: u32) -> bool {
    match single {
        Single::Char(wanted) => *wanted == c,
        Single::Folded(wanted, folding) => chars::fold(c, *folding) == *wanted,
        Single::NotNewline => c != 10,
        Single::Any => true,
        Single::Set(set) => set.contains(c),
    }
}
