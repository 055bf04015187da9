//! How deep built-ins nest within one instruction: bounds the host's stack, and knows what `repr` is in the middle of.

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::value::Id;

/// Levels of nested containers that one instruction may walk down.
const DEEPEST: usize = 400;

/// What the built-ins of the running instruction are in the middle of. Empty between instructions.
#[derive(Clone, Debug, Default)]
pub struct Nesting {
    depth: usize,
    shown: Vec<Id>,
}

impl Vm {
    /// Does `work` one level deeper; RecursionError when that is too deep.
    pub fn nested<T>(&mut self, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        if self.nesting.depth >= DEEPEST {
            return self.raise(class::RECURSION_ERROR, "maximum recursion depth exceeded");
        }
        self.nesting.depth += 1;
        let result = work(self);
        self.nesting.depth -= 1;
        result
    }

    /// Shows an object by `work`, unless it is being shown already further out: then it is shown as `again`.
    pub fn shown_once(
        &mut self,
        id: Id,
        again: &str,
        work: impl FnOnce(&mut Self) -> Outcome<String>,
    ) -> Outcome<String> {
        if self.nesting.shown.contains(&id) {
            return Ok(again.to_owned());
        }
        self.nesting.shown.push(id);
        let result = self.nested(work);
        self.nesting.shown.pop();
        result
    }
}
