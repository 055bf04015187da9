//! Reading a trace. What cannot be understood is skipped and noted; nothing makes reading fail as a whole.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::header::Written;
use super::record::Record;
use super::{VERSION, infer};
use crate::sim::event::Log;

/// A trace that was read.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The events, with what the trace left out filled in where the other events tell it.
    pub log: Log,
    /// What was skipped, and why.
    pub notes: Vec<Note>,
}

/// A line that was skipped or taken with care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is the matter with it.
    pub problem: Problem,
}

/// What can be the matter with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not a JSON object with fields of the right types.
    NotARecord {
        /// What the JSON parser says.
        message: String,
    },
    /// The kind is not one of ours.
    UnknownKind {
        /// Its name.
        kind: String,
    },
    /// A field that the kind needs is missing.
    Missing {
        /// The kind.
        kind: String,
        /// The field.
        field: &'static str,
    },
    /// A field has a value that makes no sense there.
    BadValue {
        /// The kind.
        kind: String,
        /// The field.
        field: &'static str,
    },
    /// The trace says that it has a later version of the form; it was read as far as possible.
    LaterVersion {
        /// The version.
        version: u32,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::NotARecord { message } => write!(f, "skipped, not an event: {message}"),
            Problem::UnknownKind { kind } => write!(f, "skipped, unknown kind of event '{kind}'"),
            Problem::Missing { kind, field } => {
                write!(f, "skipped, '{kind}' needs a field '{field}'")
            }
            Problem::BadValue { kind, field } => {
                write!(f, "skipped, '{kind}' cannot have this value of '{field}'")
            }
            Problem::LaterVersion { version } => write!(
                f,
                "the trace has version {version} of the form, known here is {VERSION}"
            ),
        }
    }
}

/// Reads a trace.
pub fn read(text: &str) -> Import {
    let mut import = Import::default();
    for (number, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            import.take(number + 1, line);
        }
    }
    infer::complete(&mut import.log);
    import
}

impl Import {
    fn take(&mut self, number: usize, line: &str) {
        let mut note = |problem| {
            self.notes.push(Note {
                line: number,
                problem,
            });
        };
        let record: Record = match serde_json::from_str(&whole_characters(line)) {
            Ok(record) => record,
            Err(error) => {
                let message = error.to_string();
                return note(Problem::NotARecord { message });
            }
        };
        if let Some(version) = record.v.filter(|&version| version > VERSION) {
            note(Problem::LaterVersion { version });
        }
        if record.options.is_some() || !record.input.is_empty() {
            let written = record.options.as_ref();
            let options = written.map_or_else(
                || Written::default().options(&record.input),
                |written| written.options(&record.input),
            );
            match options {
                Some(options) => self.log.options = Some(Rc::new(options)),
                None => note(Problem::BadValue {
                    kind: record.ev.clone(),
                    field: "options",
                }),
            }
        }
        match record.event(&mut self.log.texts) {
            Ok(event) => self.log.events.push(event),
            Err(problem) => note(problem),
        }
    }
}

/// The line with each half of a surrogate pair that stands alone, which Python strings may hold and ours may not,
/// replaced by the replacement character.
fn whole_characters(line: &str) -> Cow<'_, str> {
    if !line.contains("\\ud") && !line.contains("\\uD") {
        return line.into();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (kept, taken) = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (&escape[..12], 12),
            (Some(_), _) => ("\\ufffd", 6),
            (None, _) => {
                let length = 1 + escape[1..].chars().next().map_or(0, char::len_utf8);
                (&escape[..length], length)
            }
        };
        out.push_str(kept);
        rest = &escape[taken..];
    }
    out.push_str(rest);
    out.into()
}

/// The surrogate that the text begins with as `\udddd`.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let unit = u32::from_str_radix(digits, 16).ok()?;
    (0xd800..0xe000).contains(&unit).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_understood_is_noted_and_skipped() {
        let import = read(concat!(
            "{\"i\": 0, \"t\": 0.0, \"thr\": 1, \"ev\": \"loop.start\", \"v\": 9}\n",
            "\n",
            "not json\n",
            "{\"ev\": \"task.frobnicate\", \"task\": \"T1\"}\n",
            "{\"ev\": \"step\"}\n",
            "{\"ev\": \"step\", \"task\": \"H1\"}\n",
            "{\"ev\": \"exit\", \"status\": 0}\n",
        ));
        let lines: Vec<_> = import.notes.iter().map(|note| note.line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6]);
        assert_eq!(import.log.events.len(), 2);
        assert_eq!(
            import.notes[2].to_string(),
            "line 4: skipped, unknown kind of event 'task.frobnicate'"
        );
    }

    #[test]
    fn lone_surrogates_become_replacement_characters() {
        let line = r#"{"a": "\udc80 \ud834\udd1e \\ud834 \ud834"}"#;
        assert_eq!(
            whole_characters(line),
            r#"{"a": "\ufffd \ud834\udd1e \\ud834 \ufffd"}"#
        );
    }
}
