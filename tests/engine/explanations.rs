//! Explanations of golden programs as they run here, which has kinds of events that recordings of CPython lack.

use crate::golden::{self, Run};
use loopscope::scene::explain::{Explanation, Part, explain};
use loopscope::scene::names::View;
use loopscope::trace::{Model, Recording};

#[test]
fn every_event_of_golden_programs_is_explained() {
    let mut kinds = Vec::new();
    for program in golden::SUITES.into_iter().flat_map(golden::suite) {
        let Ok(world) = program.world() else { continue };
        let recording = Recording::of(Run::of(world).log);
        let log = recording.log();
        let mut model = Model::new();
        for (index, event) in log.events.iter().enumerate() {
            model.apply(&event, &log.texts);
            let view = View::of(&recording, &model);
            let explanation = explain(view, &event);
            let place = || format!("{}, event {index} {event:?}", program.id());
            check(&explanation, index, &place);
            let kind = std::mem::discriminant(&event.kind);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    assert!(kinds.len() >= 40, "{}", kinds.len());
}

/// A whole sentence without holes, whose links lead back.
fn check(explanation: &Explanation, index: usize, place: &dyn Fn() -> String) {
    let plain = explanation.plain();
    let whole = plain.ends_with('.') && plain.starts_with(|first: char| !first.is_whitespace());
    // What is said when a trace does not tell enough: our own always do.
    let told = !plain.starts_with("Something happens");
    assert!(whole && told, "{}: {plain}", place());
    for part in &explanation.parts {
        let filled = match part {
            Part::Text(text) => !text.contains("  ") && !text.contains(" ."),
            Part::Cause { event, .. } => (*event as usize) < index,
            Part::Task { .. } | Part::Code(_) => true,
        };
        let empty = part.as_str().is_empty();
        assert!(filled && !empty, "{}: {plain}", place());
    }
}
