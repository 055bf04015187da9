//! What the first line of a trace tells about the run: its options, where they are not the usual ones, and its input
//! log. With the program's text they make the run again.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::sim::cpu::Gil;
use crate::sim::options::{Options, Stdin};

/// The options as they are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    seed: Option<u64>,
    schedule: Option<String>,
    cpu_cost: Option<u64>,
    cores: Option<u16>,
    gil: Option<bool>,
    address_space: Option<u64>,
    until: Option<u64>,
    arguments: Vec<String>,
    stdin: Option<String>,
    stdin_open: bool,
}

impl Written {
    /// The options that the header tells, with the usual values of the others; `None` if one makes no sense.
    pub(super) fn options(&self, input: &[String]) -> Option<Options> {
        let usual = Options::default();
        let schedule = self.schedule.as_deref().map(str::parse).transpose().ok()?;
        let input: Result<_, _> = input.iter().map(|text| text.parse()).collect();
        Some(Options {
            seed: self.seed.unwrap_or(usual.seed),
            schedule: schedule.unwrap_or(usual.schedule),
            cpu_cost: self.cpu_cost.unwrap_or(usual.cpu_cost),
            cores: self.cores.unwrap_or(usual.cores),
            gil: match self.gil {
                Some(false) => Gil::Off,
                _ => Gil::On,
            },
            address_space: self.address_space.unwrap_or(usual.address_space),
            max_time: self.until.unwrap_or(usual.max_time),
            input: input.ok()?,
            arguments: self.arguments.clone(),
            stdin: self.stdin.as_deref().map(|text| Stdin {
                open: self.stdin_open,
                ..text.into()
            }),
            ..usual
        })
    }
}

/// The options that are not the usual ones; `None` when all are.
pub(super) fn options(options: &Options) -> Option<Value> {
    let usual = Options::default();
    let mut fields = Map::new();
    let mut field = |name: &str, differs: bool, value: Value| {
        if differs {
            fields.insert(name.to_owned(), value);
        }
    };
    let schedule = options.schedule.to_string();
    field("seed", options.seed != usual.seed, json!(options.seed));
    field(
        "schedule",
        options.schedule != usual.schedule,
        json!(schedule),
    );
    field(
        "cpu_cost",
        options.cpu_cost != usual.cpu_cost,
        json!(options.cpu_cost),
    );
    field("cores", options.cores != usual.cores, json!(options.cores));
    field(
        "gil",
        options.gil != usual.gil,
        json!(options.gil == Gil::On),
    );
    let space = options.address_space;
    field("address_space", space != usual.address_space, json!(space));
    field(
        "until",
        options.max_time != usual.max_time,
        json!(options.max_time),
    );
    let arguments = &options.arguments;
    field("arguments", !arguments.is_empty(), json!(arguments));
    let stdin = options.stdin.as_ref();
    let text = stdin.map(|stdin| &*stdin.text);
    field("stdin", text.is_some(), json!(text));
    let open = stdin.is_some_and(|stdin| stdin.open);
    field("stdin_open", open, json!(open));
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// The input log; `None` when nothing happened from outside.
pub(super) fn input(options: &Options) -> Option<Value> {
    let inputs: Vec<String> = options.input.iter().map(ToString::to_string).collect();
    (!inputs.is_empty()).then(|| json!(inputs))
}
