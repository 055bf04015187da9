//! Counting again, for tests: whether each object's reference count is the number of references that there are.

use super::machine::Vm;
use super::value::{Id, Value};

/// An object whose count is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miscount {
    /// The object.
    pub object: Id,
    /// The name of its class, and its text if it is a str.
    pub what: String,
    /// The references that were counted.
    pub counted: u32,
    /// The references that there are.
    pub actual: u32,
}

impl Vm {
    /// The objects whose count is wrong, when `stacks` are the references from outside the machine. To be asked
    /// between two instructions.
    pub fn audit(&self, stacks: impl Iterator<Item = Value>) -> Vec<Miscount> {
        let mut roots: Vec<Value> = stacks.collect();
        self.each_root(&mut |value| roots.push(value));
        let wrong = self.heap.audit(roots.into_iter()).into_iter();
        wrong
            .map(|(object, counted, actual)| Miscount {
                object,
                what: self.described(object),
                counted,
                actual,
            })
            .collect()
    }

    fn described(&self, object: Id) -> String {
        let class = self.class_name(object.into());
        match self.as_str(object.into()) {
            Some(text) => format!("{class} {text:?}"),
            None => class.to_owned(),
        }
    }

    /// Calls `visit` with every value that the machine itself counts as a reference.
    fn each_root(&self, visit: &mut impl FnMut(Value)) {
        self.permanent.iter().copied().for_each(&mut *visit);
        let ids = self.interned.ids().iter();
        ids.for_each(|&id| visit(id.into()));
        self.async_hooks.into_iter().for_each(&mut *visit);
        self.due.iter().for_each(|due| due.each(&mut *visit));
        let answers = self.dialogue.answers.iter();
        answers.for_each(|answer| visit(answer.value()));
    }
}
