//! Lines, output, signals and the end explained.

use super::{Teller, shortened};
use crate::scene::names::grouped;
use crate::sim::event::{Ending, Kind, Stream, Text};
use crate::sim::options::MAX_LINES_IN_A_ROW;

impl Teller<'_> {
    pub(super) fn tell_program(&mut self) {
        match self.event.kind {
            Kind::Line { function } => self.line(function),
            Kind::Signal { name } => {
                let name = self.words(name);
                self.say("The signal ")
                    .code(name)
                    .say(" arrives; the main thread will deal with it.");
            }
            Kind::Print { stream, text } => self.print(stream, text),
            Kind::Exit { status } => {
                self.say(match status {
                    0 => "The program has ended without an error: its exit status is 0.".to_owned(),
                    status => format!("The program has ended; its exit status is {status}."),
                });
            }
            Kind::Status { ending, message } => self.status(ending, message),
            _ => {}
        }
    }

    fn line(&mut self, function: Text) {
        let (name, line) = (self.words(function), self.event.line);
        match name {
            "" | "<module>" => self.actor().say(format!(" comes to line {line}.")),
            _ => {
                let called = self.called(function);
                self.actor()
                    .say(format!(" comes to line {line}, in "))
                    .code(called)
                    .say(".")
            }
        };
        if self.model().lines_in_a_row == MAX_LINES_IN_A_ROW {
            self.say(
                " It goes on computing: further lines are left out until something else happens.",
            );
        }
    }

    fn print(&mut self, stream: Stream, text: Text) {
        let text = self.words(text);
        let ended = self.ended_line();
        self.actor();
        match (stream, text) {
            (_, "\n") if ended.is_empty() => self.say(" prints an empty line"),
            (_, "\n") => self.say(" prints the line ").code(ended),
            (_, " ") => self
                .say(" prints a space, as ")
                .code("print()")
                .say(" does between two values"),
            (Stream::Stdout, text) if ended == visible(text) || text.ends_with('\n') => {
                self.say(" prints ").code(visible(text))
            }
            (Stream::Stdout, text) => self
                .say(" prints ")
                .code(visible(text))
                .say(", so that the line so far is ")
                .code(ended),
            (Stream::Stderr, text) => self
                .say(" writes to the error output: ")
                .code(visible(text)),
        };
        match self.event.line {
            0 => self.say("."),
            line => self.say(format!(", in line {line}.")),
        };
    }

    /// The line of output that the event ended.
    fn ended_line(&self) -> String {
        let index = self.index();
        let lines = &self.model().output.lines;
        let ended = (0..lines.len() as u32)
            .rev()
            .filter_map(|number| lines.get(number))
            .find(|line| line.ended.event == index);
        ended.map_or_else(String::new, |line| visible(&line.text))
    }

    fn status(&mut self, ending: Ending, message: Option<Text>) {
        let message = message.map_or("", |message| self.words(message));
        match (ending, message.trim_start_matches("deadlock, ")) {
            (Ending::Finished, _) => match self.model().exit {
                Some(status) => self.say(format!("The run is over, with exit status {status}.")),
                None => self.say("The run is over."),
            },
            (Ending::Budget, "") => {
                self.say("The run was stopped: it used up what it was allowed.")
            }
            (Ending::Budget, limit) => self.say(format!(
                "The run was {}: it used up what it was allowed, and may go on for ever.",
                grouped(limit)
            )),
            (Ending::Unsupported, what) => self.say(format!(
                "The run ends at something that is not supported here: {what}."
            )),
            (Ending::Input, _) => self.say("The program waits for a line of input. Type it below the output: the run then goes on."),
            (Ending::Deadlock, "") => {
                self.say("Nothing can ever go on: nothing is left that could wake a thread.")
            }
            (Ending::Deadlock, who) => self.say(format!("Nothing can ever go on: {who}.")),
        };
    }
}

/// Text in which spaces at the ends and line feeds show.
fn visible(text: &str) -> String {
    match text.strip_suffix('\n').unwrap_or(text) {
        line if line.trim() != line || line.contains('\n') => shortened(&format!("{line:?}")),
        line => shortened(line),
    }
}
