//! Explanations of recorded runs: every event has one, and what they say for one run is kept beside this file.
//!
//! `UPDATE_EXPECTATIONS=1` writes the kept text anew.

mod common;

use loopscope::scene::explain::{Explanation, Part, explain};
use loopscope::scene::names::View;
use loopscope::sim::event::Event;
use loopscope::trace::{Model, Recording, jsonl};

/// Every event with its explanation.
fn explanations(recording: &Recording) -> Vec<(Event, Explanation)> {
    let log = recording.log();
    let mut model = Model::new();
    let mut explained = Vec::new();
    for event in &log.events {
        model.apply(&event, &log.texts);
        let view = View::of(recording, &model);
        explained.push((event, explain(view, &event)));
    }
    explained
}

#[test]
fn every_event_is_explained_in_whole_sentences() {
    for (name, text) in common::traces() {
        let recording = Recording::of(jsonl::read(&text).log);
        for (index, (event, explanation)) in explanations(&recording).into_iter().enumerate() {
            let plain = explanation.plain();
            let place = format!("{name}, event {index} {event:?}: {plain}");
            assert!(plain.ends_with('.'), "{place}");
            assert!(plain.starts_with(|c: char| !c.is_whitespace()), "{place}");
            assert!(
                explanation
                    .parts
                    .iter()
                    .all(|part| !part.as_str().is_empty()),
                "{place}"
            );
            for part in &explanation.parts {
                if let Part::Cause { event, .. } = part {
                    assert!((*event as usize) < index, "{place}");
                }
                if let Part::Text(text) = part {
                    assert!(!text.contains("  ") && !text.contains(" ."), "{place}");
                }
            }
        }
    }
}

/// An explanation in which code, tasks and causes can be told apart.
fn marked(explanation: &Explanation) -> String {
    let mark = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Task { name, .. } => format!("*{name}*"),
        Part::Code(code) => format!("`{code}`"),
        Part::Cause { text, event } => format!("[{text}]({event})"),
    };
    explanation.parts.iter().map(mark).collect()
}

#[test]
fn runs_are_told_as_expected() {
    for name in [
        "bridge_run_in_executor_basic",
        "eager_basic",
        "taskgroup_nested",
        "timeout_nested",
    ] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");
        let text = std::fs::read_to_string(format!("{folder}/{name}.jsonl")).unwrap();
        let recording = Recording::of(jsonl::read(&text).log);
        let mut told = String::new();
        for (index, (_, explanation)) in explanations(&recording).iter().enumerate() {
            told += &format!("{index}: {}\n", marked(explanation));
        }
        let path = format!("{folder}/{name}.txt");
        if std::env::var_os("UPDATE_EXPECTATIONS").is_some() {
            std::fs::write(&path, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap();
        for (told, expected) in told.lines().zip(expected.lines()) {
            assert_eq!(told, expected, "{name}");
        }
        assert_eq!(told.lines().count(), expected.lines().count(), "{name}");
    }
}
