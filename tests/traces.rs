//! Traces recorded from real CPython runs: reading and writing them, and the model that they fold into.

mod common;

use common::traces;
use loopscope::sim::event::Kind;
use loopscope::trace::model::{HandleState, TaskState};
use loopscope::trace::{Model, jsonl};

#[test]
fn a_trace_survives_reading_and_writing() {
    for (name, text) in traces() {
        let import = jsonl::read(&text);
        assert_eq!(import.notes, [], "{name}");
        let written = jsonl::write(&import.log);
        assert_eq!(written.lines().count(), text.lines().count(), "{name}");
        for (recorded, ours) in text.lines().zip(written.lines()) {
            let fields = recorded.strip_suffix('}').unwrap();
            assert!(ours.starts_with(fields), "{name}:\n{recorded}\n{ours}");
        }
        let again = jsonl::read(&written);
        assert_eq!(again.log.events, import.log.events, "{name}");
    }
}

#[test]
fn the_queues_of_the_model_are_those_of_the_loop() {
    for (name, text) in traces() {
        let log = jsonl::read(&text).log;
        let mut model = Model::new();
        for (index, event) in log.events.iter().enumerate() {
            model.apply(&event, &log.texts);
            let place = || format!("{name}, event {index}: {event:?}");
            match event.kind {
                Kind::LoopIteration {
                    loop_,
                    ready,
                    timers,
                } => {
                    let event_loop = model.event_loop(loop_).unwrap();
                    assert_eq!(event_loop.batch_size, ready as usize, "{}", place());
                    assert_eq!(event_loop.scheduled.len(), timers as usize, "{}", place());
                }
                Kind::Run { handle, .. } => {
                    let state = model.handle(handle).unwrap().state;
                    assert_eq!(state, HandleState::Running, "{}", place());
                    assert_eq!(model.moved.len(), 1, "{}", place());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_task_waits_or_is_queued_but_never_both() {
    for (name, text) in traces() {
        let log = jsonl::read(&text).log;
        let mut model = Model::new();
        for (index, event) in log.events.iter().enumerate() {
            model.apply(&event, &log.texts);
            for task in model.tasks.values() {
                let queued = task.resume.is_some();
                let right = match task.state {
                    TaskState::Ready => queued,
                    TaskState::Waiting { .. } | TaskState::Done { .. } => !queued,
                    TaskState::New | TaskState::Running => true,
                };
                assert!(right, "{name}, after event {index} {event:?}: {task:?}");
            }
        }
    }
}
