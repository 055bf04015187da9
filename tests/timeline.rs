//! Timelines of recorded runs: lanes without overlap, no more bars than columns, and places that lead back to positions.

mod common;

use loopscope::scene::names::View;
use loopscope::scene::timeline::{Axis, Scale, TimelinePicture, Tracks, Window, picture};
use loopscope::sim::event::Log;
use loopscope::trace::{Recording, jsonl};

fn recordings() -> Vec<(Recording, Tracks)> {
    let read = |(_, text): (String, String)| {
        let recording = Recording::of(jsonl::read(&text).log);
        let mut tracks = Tracks::default();
        tracks.extend(&recording);
        (recording, tracks)
    };
    common::traces().into_iter().map(read).collect()
}

fn window(axis: Axis, from: f64, to: f64, columns: usize) -> Window {
    Window {
        axis,
        from,
        to,
        columns,
        lanes: 0..1000,
    }
}

fn draw(recording: &Recording, tracks: &Tracks, window: &Window) -> TimelinePicture {
    let view = View::of(recording, recording.head());
    picture(tracks, recording, view, window)
}

#[test]
fn bars_follow_each_other_and_fit_the_columns() {
    for (recording, tracks) in recordings() {
        for axis in [Axis::Time, Axis::Step] {
            for (from, to, columns) in [(0.0, 1.0, 100_000), (0.0, 1.0, 20), (0.4, 0.5, 50)] {
                let picture = draw(&recording, &tracks, &window(axis, from, to, columns));
                assert_eq!(picture.lanes.len(), tracks.len());
                for lane in &picture.lanes {
                    assert!(lane.bars.len() <= 2 * columns + 2);
                    assert!(lane.bars.iter().all(|bar| bar.from <= bar.to));
                    let ordered = |pair: &[loopscope::scene::timeline::Bar]| {
                        pair[0].to <= pair[1].from + 1e-9
                    };
                    assert!(lane.bars.windows(2).all(ordered), "{lane:#?}");
                }
            }
        }
    }
}

#[test]
fn every_place_leads_back_to_its_position() {
    for (recording, _) in recordings() {
        for axis in [Axis::Time, Axis::Step] {
            let window = window(axis, 0.2, 0.7, 100);
            let scale = Scale::new(&recording, &window);
            let events = &recording.log().events;
            for position in 1..=recording.len() {
                let place = scale.place(position as u32, events.get(position - 1).unwrap().at.ns);
                assert_eq!(scale.position(place), position);
            }
        }
    }
}

#[test]
fn taking_in_piece_by_piece_gives_the_same() {
    for (recording, tracks) in recordings() {
        let mut slowly = Tracks::default();
        let mut growing = Recording::of(Log {
            texts: recording.log().texts.clone(),
            ..Log::default()
        });
        for event in &recording.log().events {
            growing.extend(|log| log.events.push(event));
            slowly.extend(&growing);
        }
        let window = window(Axis::Time, 0.0, 1.0, 1000);
        assert_eq!(
            draw(&recording, &slowly, &window),
            draw(&recording, &tracks, &window)
        );
    }
}
