//! Diagnoses: small programs with and without each fault, and no false alarm on golden programs.
//!
//! A program in `faults/` marks a line on which there has to be a remark with a comment `# remark: title`, and no other
//! line may have one. What is remarked about golden programs is kept in `programs/remarks.txt`;
//! `UPDATE_EXPECTATIONS=1` writes it anew.

use crate::golden::{self, Run};
use loopscope::scene::diagnose::{Diagnosis, diagnose};
use loopscope::scene::explain::Part;
use loopscope::sim::options::Options;
use loopscope::sim::world::World;
use loopscope::trace::Recording;

/// Remarks about a program, and how many events its run has; none for one that is refused.
fn remarks(text: &str, file: &str) -> Option<(Vec<Diagnosis>, usize)> {
    let world = World::load(text, file, Options::default()).ok()?;
    let recording = Recording::of(Run::of(world).log);
    Some((diagnose(&recording, Some(text)), recording.len()))
}

#[test]
fn each_fault_is_found_where_it_is_and_nowhere_else() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults");
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut programs = 0;
    for path in files.map(|file| file.expect("a file").path()) {
        let text = std::fs::read_to_string(&path).expect("a text");
        let name = path.file_name().expect("a name").to_string_lossy();
        let (found, _) = remarks(&text, &name).expect("a program that is supported");
        let mut found: Vec<(u32, String)> = found
            .iter()
            .map(|remark| (remark.line, remark.fault.title().to_owned()))
            .collect();
        found.sort();
        assert_eq!(found, marks(&text), "{name}");
        programs += 1;
    }
    assert!(programs >= 39);
}

/// The lines that are marked, with what has to be remarked about each.
fn marks(text: &str) -> Vec<(u32, String)> {
    let numbered = (1..).zip(text.lines());
    let marked = numbered.filter_map(|(number, line)| {
        let (_, title) = line.split_once("# remark: ")?;
        Some((number, title.to_owned()))
    });
    marked.collect()
}

#[test]
fn golden_programs_get_the_remarks_that_they_deserve() {
    let mut told = String::new();
    for program in golden::SUITES.into_iter().flat_map(golden::suite) {
        let Some((found, events)) = remarks(&program.read("py"), &program.file()) else {
            continue;
        };
        for remark in found {
            let place = format!("{}:{}", program.id(), remark.line);
            check(&remark, events, &place);
            let (severity, title) = (remark.severity.word(), remark.fault.title());
            let sentence = remark.sentence.plain();
            told += &format!("{place}: {severity}: {title}\n    {sentence}\n");
        }
    }
    let path = golden::path("remarks.txt");
    if std::env::var_os("UPDATE_EXPECTATIONS").is_some() {
        std::fs::write(&path, &told).expect("remarks.txt is written");
    }
    let expected = std::fs::read_to_string(&path).expect("remarks.txt");
    for (told, expected) in told.lines().zip(expected.lines()) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.lines().count(), expected.lines().count());
}

/// A remark points to events that there are, and is a whole sentence.
fn check(remark: &Diagnosis, events: usize, place: &str) {
    let links = remark.sentence.parts.iter().filter_map(|part| match part {
        Part::Cause { event, .. } => Some(*event),
        _ => None,
    });
    let mut pointed = links.chain(remark.related.iter().copied());
    assert!(pointed.all(|event| (event as usize) < events), "{place}");
    assert!((remark.event as usize) < events, "{place}");
    let plain = remark.sentence.plain();
    assert!(
        plain.ends_with('.') && !plain.contains("  "),
        "{place}: {plain}"
    );
}

#[test]
fn a_computation_that_holds_up_the_loop_is_remarked_where_computing_takes_time() {
    let program = "
import asyncio

async def tick():
    for _ in range(3):
        await asyncio.sleep(0.01)

async def main():
    ticking = asyncio.create_task(tick(), name='tick')
    await asyncio.sleep(0)
    for _ in range(100_000): pass
    await ticking

asyncio.run(main())
";
    let found = |cpu_cost| {
        let options = Options {
            cpu_cost,
            ..Options::default()
        };
        let world = World::load(program, "program.py", options).expect("supported");
        let recording = Recording::of(Run::of(world).log);
        let found = diagnose(&recording, Some(program));
        let told = found.iter().map(|remark| {
            check(remark, recording.len(), "program");
            (remark.line, remark.sentence.plain())
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(found(0), []);
    let found = found(1000);
    assert_eq!(found.len(), 1, "{found:?}");
    let (line, told) = &found[0];
    assert_eq!(*line, 11);
    assert!(
        told.contains("Computing holds up the whole event loop for 0."),
        "{told}"
    );
    assert!(
        told.contains(": tick could have gone on meanwhile."),
        "{told}"
    );
}
