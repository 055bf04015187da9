//! What a program is given from outside: arguments, and a text to read. The program of `tests/input` prints what
//! CPython 3.14 printed for `questions.py -v 3 < questions.in`.

use loopscope::sim::event::{Ending, Kind, Log, Stream};
use loopscope::sim::options::{Options, Stdin};
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

fn typed(text: &str) -> (Log, Ending) {
    let options = Options {
        stdin: Some(Stdin::typed(text)),
        ..Options::default()
    };
    let mut world = World::load(ASKS, "asks.py", options).expect("supported");
    let mut log = Log::default();
    loop {
        if let Progress::Ended(ending) = world.step(&mut log) {
            return (log, ending);
        }
    }
}

const ASKS: &str = "print('Hello')\nname = input('Name? ')\nprint(name, input() == '')\n";

#[test]
fn at_a_terminal_a_run_stops_where_more_has_to_be_typed() {
    let (first, ending) = typed("");
    assert_eq!(ending, Ending::Input);
    let (second, ending) = typed("Ada\n");
    assert_eq!(ending, Ending::Input);
    let (third, ending) = typed("Ada\n\n");
    assert_eq!(ending, Ending::Finished);
    for (shorter, longer) in [(&first, &second), (&second, &third)] {
        let same = shorter.events.len() - 1;
        let events = |log: &Log| log.events.iter().take(same).collect::<Vec<_>>();
        assert_eq!(events(shorter), events(longer), "a longer run goes on");
        assert!(longer.events.len() > shorter.events.len());
    }
    let read = jsonl::read(&jsonl::write(&second));
    let stdin = read.log.options.and_then(|options| options.stdin.clone());
    assert_eq!(stdin, Some(Stdin::typed("Ada\n")));
}

#[test]
fn without_an_input_programs_that_read_are_refused() {
    let refused = World::load(PROGRAM, "questions.py", Options::default());
    let findings = refused.expect_err("input() has nothing to read");
    assert!(findings[0].message.contains("input()"), "{findings:?}");
}
