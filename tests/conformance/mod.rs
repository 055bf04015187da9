//! When a run counts as the same as CPython's: what both printed and scheduled, without what legitimately differs
//! (object addresses, and where the library's own code lies).

use regex_lite::{Captures, Regex};
use serde_json::{Map, Value};

/// Kinds of events that have to agree, and which of their fields.
pub type Table = [(&'static str, &'static [&'static str])];

/// What is to be the same in any case: tasks, threads, the clock, and what is printed.
pub const CORE: &Table = &[
    ("task.new", &["task", "coro", "parent"]),
    ("task.done", &["task", "name", "state", "value", "exc"]),
    ("task.cancel", &["task", "by"]),
    ("step", &["task", "exc"]),
    ("step.end", &["task"]),
    ("wakeup", &["task"]),
    ("thread.start", &["thread", "name"]),
    ("thread.end", &["thread"]),
    ("sleep", &["secs"]),
    ("ex.submit", &["fn"]),
    ("ex.start", &["thread"]),
    ("ex.finish", &["state"]),
    ("print", &["out", "text", "task"]),
    ("signal", &["sig"]),
    ("clock", &["to"]),
    ("exit", &["status"]),
];

/// Longer reprs were cut when they were recorded.
const REPR: usize = 60;

/// What debug mode adds to a warning, before the line that the warning is about.
const ORIGIN: &str = r"\nCoroutine created at [^\n]*(?:\n  File [^\n]*|\n    [^\n]*)+";

type Event = Map<String, Value>;

/// Compares the texts and traces of one program.
pub struct Comparison {
    program: String,
    address: Regex,
    place: Regex,
    cut_place: Regex,
    warning: Regex,
    frame: Regex,
    folder: Regex,
    summary: Regex,
}

impl Comparison {
    /// For the program in this file.
    pub fn new(file: &str) -> Self {
        let regex = |pattern: &str| Regex::new(pattern).expect("a pattern");
        Self {
            program: file.into(),
            address: regex("0x[0-9a-fA-F]+"),
            // `reprlib` cuts reprs in the middle.
            cut_place: regex(r"\.\.\.(?:[^\s<>]*\.py:\d+|:?\d+>|x[0-9a-f]+>)"),
            place: regex(r" at (?:[^\s<>\[\]]*/)?([^\s/<>\[\]]+\.py):\d+"),
            // What comes after the program's last line is in no file, and the recorder is still at work there.
            warning: regex(&format!(
                r"(?m)^(?:[^\s<>]*/)?([^\s/<>]+\.py|<sys>):\d+: (\w*Warning: .*(?:{ORIGIN})?)(?:\n  \S.*)?$"
            )),
            frame: regex(r#"^([ |+-]*)File "(?:[^"<>]*/)?([^"/]+)", line \d+"#),
            folder: regex(r#"File "[^"<>]*/([^"/]+)""#),
            summary: regex(r"<FrameSummary file ([^\s,<>]+), line \d+ in (?:<\w+>|\w+)>(?:, )?"),
        }
    }

    /// Text without object addresses and without the places of library code in reprs, kept stacks and warnings.
    pub fn plain(&self, text: &str) -> String {
        let text = self.address.replace_all(text, "0x…");
        let text = self.cut_place.replace_all(&text, "...");
        let own = |found: &Captures| match found[1] == self.program {
            true => found[0].to_owned(),
            false => String::new(),
        };
        let text = self.place.replace_all(&text, own);
        let text = self.summary.replace_all(&text, own);
        let warned = |found: &Captures| match found[1] == self.program {
            true => found[0].to_owned(),
            false => found[2].to_owned(),
        };
        self.warning.replace_all(&text, warned).into_owned()
    }

    /// What was written to stderr: also without folders and the traceback frames of library files.
    pub fn normal(&self, text: &str) -> String {
        let mut kept = String::new();
        // The indentation of the library's frame that is being left out.
        let mut skipping = None;
        for line in self.plain(text).lines() {
            let mut shown = line.to_owned();
            if let Some(frame) = self.frame.captures(line) {
                skipping = (frame[2] != self.program).then(|| frame[1].chars().count());
                shown = self.folder.replace_all(line, r#"File "${1}""#).into_owned();
            } else if skipping.is_some_and(|outer| indentation(line) <= outer) {
                skipping = None;
            }
            if skipping.is_none() {
                kept.push_str(shown.trim_end());
                kept.push('\n');
            }
        }
        kept.trim().to_owned()
    }

    /// The events of a trace that have to agree, each with its time, thread, kind and those fields.
    pub fn schedule(&self, trace: &str, table: &Table) -> Vec<Vec<Value>> {
        let events = trace
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"));
        let demanded = events.filter(|event: &Event| fields(event, table).is_some());
        let joined = joined(demanded);
        joined.iter().map(|event| self.row(event, table)).collect()
    }

    fn row(&self, event: &Event, table: &Table) -> Vec<Value> {
        let fields = fields(event, table).unwrap_or_default();
        let names = ["t", "thr", "ev"].iter().chain(fields);
        names.map(|name| self.field(event, name)).collect()
    }

    fn field(&self, event: &Event, name: &str) -> Value {
        match (name, get(event, name)) {
            ("text", Value::String(text)) if get(event, "out") == "stderr" => {
                self.normal(&text).into()
            }
            ("text", Value::String(text)) => self.plain(&text).into(),
            ("exc" | "value", Value::String(repr)) => {
                let cut: String = self.plain(&repr).chars().take(REPR).collect();
                cut.into()
            }
            (_, Value::Number(number)) => number.as_f64().into(),
            (_, value) => value,
        }
    }
}

/// The first difference between two sequences, in words.
pub fn difference<T: PartialEq + std::fmt::Debug>(what: &str, wanted: &[T], got: &[T]) -> String {
    let same = wanted.iter().zip(got).take_while(|(a, b)| a == b).count();
    let at = |side: &[T]| match side.get(same) {
        Some(item) => format!("{item:?}").chars().take(150).collect(),
        None => "nothing more".to_owned(),
    };
    let (wanted, got) = (at(wanted), at(got));
    format!("{what} {}: CPython {wanted} / here {got}", same + 1)
}

fn indentation(line: &str) -> usize {
    let rest = line.trim_start_matches([' ', '|', '+', '-']);
    line.chars().count() - rest.chars().count()
}

fn get(event: &Event, field: &str) -> Value {
    event.get(field).cloned().unwrap_or_default()
}

fn fields(event: &Event, table: &Table) -> Option<&'static [&'static str]> {
    let kind = get(event, "ev");
    let entry = table.iter().find(|(name, _)| kind == *name);
    entry.map(|(_, fields)| *fields)
}

/// The events with neighbouring writes of one thread and task to one stream made one `print`.
fn joined(events: impl Iterator<Item = Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::new();
    for event in events {
        match kept.last_mut() {
            Some(last) if continues(last, &event) => {
                let text = [&*last, &event].map(|e| get(e, "text"));
                let text = text.iter().filter_map(Value::as_str).collect();
                last.insert("text".into(), Value::String(text));
            }
            _ => kept.push(event),
        }
    }
    kept
}

fn continues(last: &Event, next: &Event) -> bool {
    let same = |field: &&str| get(last, field) == get(next, field);
    get(next, "ev") == "print" && ["ev", "t", "thr", "out", "task"].iter().all(same)
}
