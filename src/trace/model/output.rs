//! What the program wrote, as lines that remember where they come from.

use std::rc::Rc;

use super::Stamp;
use crate::sim::event::{Stream, TaskId};
use crate::trace::Table;

/// A line that grows beyond this many bytes is continued in a new row.
const LINE_LIMIT: usize = 4096;

/// The lines of both streams, in the order in which they were begun.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// The lines by number, from 0.
    pub lines: Table<OutputLine>,
    open: [Option<u32>; 2],
}

/// A line of output.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputLine {
    /// Where it was written to.
    pub stream: Stream,
    /// Its text so far, without the line feed.
    pub text: Rc<String>,
    /// The first write of the line.
    pub began: Stamp,
    /// The write that ended the line; the last one so far while it is open.
    pub ended: Stamp,
    /// The thread that began it.
    pub thread: u16,
    /// The task that began it.
    pub task: Option<TaskId>,
}

impl Output {
    pub(super) fn write(
        &mut self,
        stream: Stream,
        text: &str,
        stamp: Stamp,
        thread: u16,
        task: Option<TaskId>,
    ) {
        for piece in text.split_inclusive('\n') {
            let number = self.line_for(stream, || OutputLine {
                stream,
                text: Rc::default(),
                began: stamp,
                ended: stamp,
                thread,
                task,
            });
            let Some(line) = self.lines.get_mut(number) else {
                return;
            };
            line.ended = stamp;
            let content = piece.strip_suffix('\n');
            if !piece.is_empty() {
                Rc::make_mut(&mut line.text).push_str(content.unwrap_or(piece));
            }
            let full = line.text.len() >= LINE_LIMIT;
            if content.is_some() || full {
                self.open[stream as usize] = None;
            }
        }
    }

    /// Number of the stream's open line, which is begun if there is none.
    fn line_for(&mut self, stream: Stream, begin: impl FnOnce() -> OutputLine) -> u32 {
        if let Some(open) = self.open[stream as usize] {
            return open;
        }
        let number = self.lines.len() as u32;
        self.lines.insert(number, begin());
        self.open[stream as usize] = Some(number);
        number
    }
}
