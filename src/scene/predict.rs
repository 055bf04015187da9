//! The question that a learner answers before the run goes on: which line is printed next?

use super::names::View;
use crate::trace::model::OutputLine;

/// Answers to choose from.
const CHOICES: usize = 4;
/// How many lines ahead they are looked for.
const AHEAD: u32 = 200;

/// A question about what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The answers, in the order of the alphabet, which gives nothing away.
    pub choices: Vec<String>,
    /// Which one is right.
    pub right: usize,
    /// The position at which it shows.
    pub position: u32,
}

/// The question at the cursor; there is none where nothing different is left to be printed.
pub fn question(view: View) -> Option<Question> {
    let lines = &view.latest.output.lines;
    let here = view.model.position;
    let total = lines.len() as u32;
    // The last line that is there may go on.
    let first = (view.model.output.lines.len() as u32).saturating_sub(1);
    let coming = |line: &&OutputLine| line.ended.event >= here;
    let later =
        (first..total.min(first.saturating_add(AHEAD))).filter_map(|number| lines.get(number));
    let mut later = later.filter(coming);
    let next = later.next()?;
    let mut choices = vec![next.text.to_string()];
    for line in later {
        let known = choices.iter().any(|choice| *choice == **line.text);
        if !known && choices.len() < CHOICES {
            choices.push(line.text.to_string());
        }
    }
    if choices.len() < 2 {
        return None;
    }
    choices.sort();
    let right = choices.iter().position(|choice| *choice == **next.text)?;
    Some(Question {
        choices,
        right,
        position: next.ended.event + 1,
    })
}
