//! The timeline as it is drawn: a lane for each thread and task, of which only the visible part is laid out.

mod scale;
mod tracks;

use std::ops::Range;

pub use scale::{Axis, Scale, Tick};
use tracks::{Change, Wake};
pub use tracks::{Form, LaneId, Owner, Tracks};

use super::names::{Hue, View, numbered_thread, task_hue};
use crate::trace::Recording;

/// With more arrows than this in sight, none is drawn.
const ARROW_LIMIT: usize = 150;

/// The part of the timeline that is in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// What the horizontal axis measures.
    pub axis: Axis,
    /// The visible part of the axis, within 0 (start of the run) and 1 (end of what is recorded).
    pub from: f64,
    /// Its end.
    pub to: f64,
    /// How many columns of pixels it has: what falls into one column is drawn as one bar.
    pub columns: usize,
    /// The visible lanes, counted from the top.
    pub lanes: Range<usize>,
}

/// The timeline, drawn. Horizontal places are from 0 (left edge of the window) to 1 (right edge).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelinePicture {
    /// The visible lanes from the top.
    pub lanes: Vec<LanePicture>,
    /// How many lanes there are altogether.
    pub total: usize,
    /// Marks on the axis.
    pub ticks: Vec<Tick>,
    /// Where the cursor is; outside of 0 to 1 if it is out of sight.
    pub cursor: f64,
    /// Who made whom go on, between visible lanes.
    pub arrows: Vec<Arrow>,
}

/// A lane, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LanePicture {
    /// Whose lane it is.
    pub id: LaneId,
    /// Its name.
    pub label: String,
    /// Its hue.
    pub hue: Hue,
    /// Its bars from left to right.
    pub bars: Vec<Bar>,
}

/// A bar: something that lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub from: f64,
    /// Right edge.
    pub to: f64,
    /// How it is drawn.
    pub form: Form,
    /// Its hue.
    pub hue: Hue,
    /// Index of the event with which it begins.
    pub event: u32,
}

/// An arrow from who caused a task to go on, to that task's next step.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub from: f64,
    /// In which of the visible lanes, counted from the first visible one.
    pub from_lane: usize,
    /// Where it ends.
    pub to: f64,
    /// In which of the visible lanes.
    pub to_lane: usize,
    /// Its hue.
    pub hue: Hue,
    /// Whether it leads to what runs at the cursor.
    pub current: bool,
}

/// Draws the visible part of a timeline. The view is at the cursor.
pub fn picture(
    tracks: &Tracks,
    recording: &Recording,
    view: View,
    window: &Window,
) -> TimelinePicture {
    let scale = Scale::new(recording, window);
    let lanes: Vec<LaneId> = tracks.lanes(window.lanes.clone());
    let latest = view.at_end();
    TimelinePicture {
        total: tracks.len(),
        ticks: scale.ticks(),
        cursor: scale.place(view.model.position, view.model.now.ns),
        arrows: arrows(tracks, &scale, &lanes, view),
        lanes: lanes
            .into_iter()
            .map(|id| lane(tracks, &scale, window.columns, latest, id))
            .collect(),
    }
}

fn lane(tracks: &Tracks, scale: &Scale, columns: usize, latest: View, id: LaneId) -> LanePicture {
    let (label, hue) = match id {
        LaneId::Thread(thread) => {
            let name = latest.thread_name(thread);
            (numbered_thread(&name).to_owned(), latest.own_hue(thread))
        }
        LaneId::Task(task) => (latest.task_name(task), task_hue(task)),
    };
    LanePicture {
        id,
        label,
        hue,
        bars: bars(tracks.changes(id), scale, columns, latest, hue),
    }
}

/// The bars of what is in sight; whatever lies within one column becomes one bar, and the changes within it are skipped
/// without a look.
fn bars(changes: &[Change], scale: &Scale, columns: usize, latest: View, own: Hue) -> Vec<Bar> {
    let columns = columns.max(1) as f64;
    let place = |change: &Change| scale.place(change.event, change.ns);
    let ends = changes.get(1..).unwrap_or_default();
    let end_of = |index: usize| ends.get(index).map_or(scale.end(), place);
    let mut bars = Vec::new();
    let mut next = ends.partition_point(|change| place(change) < 0.0);
    while let Some(change) = changes.get(next) {
        let Some((form, owner)) = change.to() else {
            next += 1;
            continue;
        };
        let from = place(change);
        if from > 1.0 {
            break;
        }
        let column_end = ((from * columns).floor() + 1.0) / columns;
        let later = ends.get(next..).unwrap_or_default();
        let last = next + leading(later, |change| place(change) < column_end).max(1) - 1;
        // Nothing is shown behind the last bar of the column.
        let shown = last - usize::from(changes[last].to().is_none());
        bars.push(Bar {
            from,
            to: end_of(shown),
            form: if shown == next { form } else { Form::Run },
            hue: owner_hue(owner, latest, own),
            event: change.event,
        });
        next = last + 1;
    }
    bars
}

/// How many of the first items, of which some hold and all others do not: the border is near the beginning mostly, so that
/// it is looked for in steps that double.
fn leading<T>(items: &[T], holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while items.get(step - 1).is_some_and(&holds) {
        step *= 2;
    }
    let (known, end) = (step / 2, items.len().min(step));
    let unknown = items.get(known..end).unwrap_or_default();
    known + unknown.partition_point(holds)
}

fn owner_hue(owner: Owner, latest: View, own: Hue) -> Hue {
    match owner {
        Owner::Nobody => own,
        Owner::Task(task) => task_hue(task),
        Owner::Job(job) => latest.job_hue(job),
    }
}

fn arrows(tracks: &Tracks, scale: &Scale, lanes: &[LaneId], view: View) -> Vec<Arrow> {
    let wakes = tracks.wakes();
    let position = view.model.position;
    let visible = |wake: &Wake| scale.place(wake.to.event, wake.to.ns);
    let first = wakes.partition_point(|wake| visible(wake) < 0.0);
    let last = wakes.partition_point(|wake| visible(wake) <= 1.0);
    let past = wakes.partition_point(|wake| wake.to.event < position);
    let current = past
        .checked_sub(1)
        .filter(|_| view.model.running_task().is_some());
    let many = last - first > ARROW_LIMIT * 4;
    let shown = (first..last).filter(|&index| !many || Some(index) == current);
    let arrow = |index: usize| {
        let wake = wakes.get(index)?;
        Some(Arrow {
            from: scale.place(wake.from.event, wake.from.ns),
            from_lane: lanes.iter().position(|&lane| lane == wake.by)?,
            to: scale.place(wake.to.event, wake.to.ns),
            to_lane: lanes
                .iter()
                .position(|&lane| lane == LaneId::Task(wake.task))?,
            hue: task_hue(wake.task),
            current: Some(index) == current,
        })
    };
    let arrows: Vec<Arrow> = shown.filter_map(arrow).collect();
    match arrows.len() > ARROW_LIMIT {
        true => arrows.into_iter().filter(|arrow| arrow.current).collect(),
        false => arrows,
    }
}
