//! The data races of `tests/races`: the default schedule hides them, seeds find them, and a seed makes the same run
//! again. `cargo nextest run races --no-capture` prints the seeds.

use loopscope::sim::event::{Kind, Log};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::jsonl;

/// Seeds that are tried.
const SEEDS: u32 = 60;

fn run(program: &str, schedule: &str) -> Log {
    let options = Options {
        schedule: schedule.parse().expect(schedule),
        ..Options::default()
    };
    let loaded = World::load(program, "program.py", options);
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    log
}

fn goes_wrong(log: &Log) -> bool {
    log.events.iter().any(|event| match event.kind {
        Kind::Print { text, .. } => log.texts.get(text).contains("wrong"),
        _ => false,
    })
}

#[track_caller]
fn is_found_and_replayed(name: &str, program: &str) {
    assert!(!goes_wrong(&run(program, "fifo")), "{name}");
    for spelling in [
        |seed| format!("random:{seed}"),
        |seed| format!("pct:{seed},3"),
    ] {
        let schedules = (0..SEEDS).map(spelling);
        let wrong: Vec<String> = schedules
            .filter(|schedule| goes_wrong(&run(program, schedule)))
            .collect();
        let found = wrong
            .first()
            .unwrap_or_else(|| panic!("{name}: no seed finds it"));
        println!(
            "{name}: {} of {SEEDS} seeds find it, {found} first",
            wrong.len()
        );
        let (first, again) = (run(program, found), run(program, found));
        assert_eq!(jsonl::write(&first), jsonl::write(&again));
    }
}

#[test]
fn a_lost_update() {
    is_found_and_replayed("lost update", include_str!("../races/lost_update.py"));
}

#[test]
fn a_check_that_is_out_of_date() {
    is_found_and_replayed("check then act", include_str!("../races/check_then_act.py"));
}

#[test]
fn a_pair_of_which_half_is_new() {
    is_found_and_replayed("torn pair", include_str!("../races/torn_pair.py"));
}
