//! The output as it is drawn: what is printed up to the cursor, and, pale, what will be.

use super::names::{Hue, View, seconds, task_hue};
use crate::sim::event::Stream;
use crate::trace::model::OutputLine;

/// Lines shown before the newest one, and after it.
const BEFORE: u32 = 200;
const AFTER: u32 = 60;

/// A part of the output around the cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutputPicture {
    /// How many lines are left out before.
    pub earlier: u32,
    /// The lines.
    pub rows: Vec<OutputRow>,
    /// How many lines are left out after.
    pub later: u32,
}

/// A line of output, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputRow {
    /// Its number, from 0.
    pub number: u32,
    /// When it was printed; all are equally wide, so that the texts are in line.
    pub time: String,
    /// Its text, as far as it is written.
    pub text: String,
    /// Where it was written to.
    pub stream: Stream,
    /// The hue of the task that printed it.
    pub hue: Hue,
    /// Where it stands in time.
    pub tense: Tense,
    /// The position just after it was printed.
    pub position: u32,
}

/// Where a line stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It is printed.
    Past,
    /// It is the newest one, being written or just written.
    Now,
    /// It will be printed.
    Future,
}

/// Draws the output.
pub fn picture(view: View) -> OutputPicture {
    let total = view.latest.output.lines.len() as u32;
    let printed = view.model.output.lines.len() as u32;
    let first = printed.saturating_sub(BEFORE);
    let end = total.min(printed.saturating_add(AFTER));
    let rows = (first..end).filter_map(|number| {
        let final_line = view.latest.output.lines.get(number)?;
        Some(row(view, number, printed, final_line))
    });
    let mut rows: Vec<OutputRow> = rows.collect();
    let widest = rows.iter().map(|row| row.time.len()).max().unwrap_or(0);
    for row in &mut rows {
        row.time = format!("{:widest$}", row.time);
    }
    OutputPicture {
        earlier: first,
        rows,
        later: total - end,
    }
}

fn row(view: View, number: u32, printed: u32, final_line: &OutputLine) -> OutputRow {
    let here = view.model.output.lines.get(number);
    let line = here.unwrap_or(final_line);
    OutputRow {
        number,
        time: seconds(line.began.at()),
        text: line.text.to_string(),
        stream: line.stream,
        hue: line
            .task
            .map_or_else(|| view.thread_hue(line.thread), task_hue),
        tense: match here {
            None => Tense::Future,
            Some(line) if number + 1 == printed && line.ended.event + 1 == view.model.position => {
                Tense::Now
            }
            Some(_) => Tense::Past,
        },
        position: final_line.ended.event + 1,
    }
}
