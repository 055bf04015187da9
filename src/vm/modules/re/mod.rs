//! The native module `_re`: compiling and matching regular expressions for the Python module `re`.

mod ast;
mod chars;
mod matcher;
mod parse;
pub mod program;
mod source;

use super::NativeModule;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeCode, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::slices;
use crate::vm::value::Value;
use matcher::{Found, Matcher, Mode, OutOfSteps, Text};
use program::Program;
use source::Error;
use std::rc::Rc;

/// How many steps one call may take: enough for long texts, and a fraction of a second for a hopeless pattern.
const BUDGET: u64 = 20_000_000;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_re",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    NativeDef {
        name: "compile",
        parameters: "pattern, flags, /",
        code: NativeCode::Plain(compile),
    },
    NativeDef {
        name: "find",
        parameters: "program, text, pos, endpos, mode, /",
        code: NativeCode::Plain(find),
    },
    NativeDef {
        name: "find_all",
        parameters: "program, text, pos, endpos, limit, /",
        code: NativeCode::Plain(find_all),
    },
];

/// `compile(pattern, flags)` → `(program, flags, groups, ((name, number), …))`, or `(message, position)` of what is
/// wrong with the pattern.
fn compile(vm: &mut Vm, args: &Args) -> Outcome {
    let flags = vm.as_i64(args[1]).unwrap_or(0) as u32;
    let (text, bytes): (Vec<u32>, bool) = match (vm.as_str(args[0]), vm.as_bytes(args[0])) {
        (Some(text), _) => (text.chars().map(u32::from).collect(), false),
        (None, Some(bytes)) => (bytes.iter().map(|&byte| byte.into()).collect(), true),
        (None, None) => {
            return vm.type_error("first argument must be string or compiled pattern");
        }
    };
    let parsed = match parse::parse(&text, flags, bytes) {
        Ok(parsed) => parsed,
        Err(Error::Overflow(message)) => return vm.raise(class::OVERFLOW_ERROR, message),
        Err(Error::Pattern(message, place)) => {
            let place = place.map_or(Value::None, |place| Value::Int(place as i64));
            let message = vm.str(message);
            return Ok(vm.tuple([message, place]));
        }
    };
    let program = Program::new(&parsed.tree, parsed.groups);
    let program = vm.object(class::OBJECT, Payload::Pattern(Rc::new(program)));
    let mut names = Vec::new();
    for (name, number) in parsed.names {
        let name = vm.str(name);
        names.push(vm.tuple([name, Value::Int(number.into())]));
    }
    let names = vm.tuple(names);
    let groups = Value::Int(parsed.groups as i64 - 1);
    Ok(vm.tuple([program, Value::Int(parsed.flags.into()), groups, names]))
}

/// `find(program, text, pos, endpos, mode)` → a match or None. A match is `(lastindex, start, end, start1, end1, …)`;
/// mode 0 is match, 1 fullmatch, 2 search.
fn find(vm: &mut Vm, args: &Args) -> Outcome {
    let mode = match vm.as_i64(args[4]) {
        Some(0) => Mode::Match,
        Some(1) => Mode::FullMatch,
        _ => Mode::Search,
    };
    let found = with_matcher(vm, args, Task::First(mode))?;
    Ok(match found.first() {
        Some(found) => found_tuple(vm, found),
        None => Value::None,
    })
}

/// `find_all(program, text, pos, endpos, limit)` → a list of matches that do not overlap.
fn find_all(vm: &mut Vm, args: &Args) -> Outcome {
    let limit = vm
        .as_i64(args[4])
        .and_then(|limit| usize::try_from(limit).ok());
    let all = with_matcher(vm, args, Task::All(limit.unwrap_or(usize::MAX)))?;
    let all = all.iter().map(|found| found_tuple(vm, found)).collect();
    Ok(vm.list(all))
}

fn found_tuple(vm: &mut Vm, found: &Found) -> Value {
    let last = found
        .last
        .map_or(Value::None, |last| Value::Int(last as i64));
    let ends = found.spans.iter().flat_map(|span| match span {
        Some((start, end)) => [*start as i64, *end as i64],
        None => [-1, -1],
    });
    let fields: Vec<Value> = std::iter::once(last).chain(ends.map(Value::Int)).collect();
    vm.tuple(fields)
}

/// What is searched for.
enum Task {
    First(Mode),
    All(usize),
}

fn with_matcher(vm: &mut Vm, args: &Args, task: Task) -> Outcome<Vec<Found>> {
    let Some(Payload::Pattern(program)) = vm.heap.content(args[0]) else {
        return vm.type_error("expected a compiled pattern");
    };
    let position = |n| slices::count(vm.as_i64(args[n]).unwrap_or(0));
    let (start, end) = (position(2), position(3));
    let found = if let Some(text) = vm.as_text(args[1]) {
        match text.is_ascii() {
            true => search(program, text.as_str().as_bytes(), start, end, &task),
            false => {
                let chars: Vec<char> = text.as_str().chars().collect();
                search(program, chars.as_slice(), start, end, &task)
            }
        }
    } else if let Some(bytes) = vm.as_bytes(args[1]) {
        search(program, bytes, start, end, &task)
    } else {
        return vm.type_error("expected string or bytes-like object");
    };
    match found {
        Ok(found) => Ok(found),
        Err(OutOfSteps) => vm.raise(
            class::RUNTIME_ERROR,
            format!("the regular expression takes more than {BUDGET} steps on this text"),
        ),
    }
}

fn search<T: Text>(
    program: &Program,
    text: T,
    start: usize,
    end: usize,
    task: &Task,
) -> Result<Vec<Found>, OutOfSteps> {
    let mut matcher = Matcher::new(program, text, end, BUDGET);
    match *task {
        Task::First(mode) => Ok(matcher.find(start, mode)?.into_iter().collect()),
        Task::All(limit) => matcher.find_all(start, limit),
    }
}
