//! What a program is given from outside: arguments, and a text to read. The program of `tests/input` prints what
//! CPython 3.14 printed for `questions.py -v 3 < questions.in`.

use loopscope::sim::event::{Kind, Log, Stream};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::jsonl;

const PROGRAM: &str = include_str!("../input/questions.py");

fn options() -> Options {
    Options {
        arguments: vec!["-v".to_owned(), "3".to_owned()],
        stdin: Some(include_str!("../input/questions.in").into()),
        ..Options::default()
    }
}

fn run() -> (Log, Option<i32>) {
    let mut world = World::load(PROGRAM, "questions.py", options()).expect("supported");
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    (log, world.exit_status())
}

#[test]
fn a_program_reads_its_arguments_and_its_input() {
    let (log, status) = run();
    let written = log.events.iter().filter_map(|event| match event.kind {
        Kind::Print {
            stream: Stream::Stdout,
            text,
        } => Some(log.texts.get(text)),
        _ => None,
    });
    let written: String = written.collect();
    assert_eq!(written, include_str!("../input/questions.out"));
    assert_eq!(status, Some(3));
}

#[test]
fn a_trace_tells_what_the_program_was_given() {
    let (log, _) = run();
    let read = jsonl::read(&jsonl::write(&log));
    assert_eq!(read.log.options.as_deref(), Some(&options()));
}

#[test]
fn without_an_input_programs_that_read_are_refused() {
    let refused = World::load(PROGRAM, "questions.py", Options::default());
    let findings = refused.expect_err("input() has nothing to read");
    assert!(findings[0].message.contains("input()"), "{findings:?}");
}
