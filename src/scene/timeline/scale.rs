//! The horizontal axis: from events and virtual time to places in the window, and back.

use super::Window;
use crate::sim::event::Log;
use crate::trace::Recording;

/// The share of the time axis that virtual time gets. The rest goes to the events, because computing takes no virtual
/// time: without it everything that happens at one instant would have no width.
const TIME_SHARE: f64 = 0.8;

/// About as many marks stand on the axis.
const TICKS: f64 = 8.0;

/// What the horizontal axis measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axis {
    /// Virtual time, with a little room for what happens at one instant.
    #[default]
    Time,
    /// Events.
    Step,
}

/// A mark on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Its place.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// Places in a window: a place is `origin + position × per_event + ns × per_ns`.
#[derive(Clone, Debug)]
pub struct Scale<'a> {
    log: &'a Log,
    events: usize,
    ns: u64,
    origin: f64,
    per_event: f64,
    per_ns: f64,
}

impl<'a> Scale<'a> {
    /// The scale of a window on a recording.
    pub fn new(recording: &'a Recording, window: &Window) -> Self {
        let (events, ns) = (recording.len().max(1), recording.head().now.ns);
        let share = match window.axis {
            Axis::Time if ns > 0 => TIME_SHARE,
            Axis::Time | Axis::Step => 0.0,
        };
        let width = (window.to - window.from).max(1e-9);
        Self {
            log: recording.log(),
            events,
            ns,
            origin: -window.from / width,
            per_event: (1.0 - share) / width / events as f64,
            per_ns: share / width / ns.max(1) as f64,
        }
    }

    /// The place of a position, at which the clock shows `ns`: 0 at the left edge of the window, 1 at the right.
    pub fn place(&self, position: u32, ns: u64) -> f64 {
        self.origin + f64::from(position) * self.per_event + ns as f64 * self.per_ns
    }

    /// The place of the end of what is recorded.
    pub fn end(&self) -> f64 {
        self.place(self.events as u32, self.ns)
    }

    /// The position that is nearest to a place, for dragging: the last one that is not behind it.
    pub fn position(&self, place: f64) -> usize {
        let events = &self.log.events;
        let (mut low, mut high) = (0, events.len());
        while low < high {
            let middle = (low + high).div_ceil(2);
            let at = self
                .log
                .events
                .get(middle - 1)
                .map_or(0, |event| event.at.ns);
            match self.place(middle as u32, at) <= place {
                true => low = middle,
                false => high = middle - 1,
            }
        }
        low
    }

    /// Marks at round numbers.
    pub fn ticks(&self) -> Vec<Tick> {
        match self.per_ns > 0.0 {
            true => self.time_ticks(),
            false => self.step_ticks(),
        }
    }

    fn time_ticks(&self) -> Vec<Tick> {
        let (first, last) = (self.time_at(0.0), self.time_at(1.0));
        let step = round_step((last - first) / TICKS).max(1.0);
        let mut ticks = Vec::new();
        let mut ns = (first / step).ceil() * step;
        while ns <= last && ticks.len() < 100 {
            ticks.push(Tick {
                at: self.place_of_time(ns),
                label: format!("{} s", shortest(ns / 1e9)),
            });
            ns += step;
        }
        ticks
    }

    fn step_ticks(&self) -> Vec<Tick> {
        let first = (-self.origin / self.per_event).max(0.0);
        let last = ((1.0 - self.origin) / self.per_event).min(self.events as f64);
        let step = round_step((last - first) / TICKS).max(1.0);
        let mut ticks = Vec::new();
        let mut position = (first / step).ceil() * step;
        while position <= last && ticks.len() < 100 {
            ticks.push(Tick {
                at: self.place(position as u32, 0),
                label: format!("{position}"),
            });
            position += step;
        }
        ticks
    }

    /// The virtual time at a place of the window.
    fn time_at(&self, place: f64) -> f64 {
        let position = self.position(place);
        let at = |index: usize| self.log.events.get(index).map(|event| event.at.ns as f64);
        let before = position.checked_sub(1).and_then(at).unwrap_or(0.0);
        let after = at(position).unwrap_or(self.ns as f64);
        let rest = place - self.place(position as u32, before as u64);
        (before + rest.max(0.0) / self.per_ns).clamp(before, after.max(before))
    }

    /// The place at which the clock comes to show a time.
    fn place_of_time(&self, ns: f64) -> f64 {
        let events = &self.log.events;
        let position = events.partition_point(|event| event.at.ns < ns as u64);
        self.place(position as u32, ns as u64)
    }
}

/// The next larger one of 1, 2, 5, 10, 20, 50 …
fn round_step(step: f64) -> f64 {
    if step <= 0.0 {
        return 0.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(step)));
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= step);
    factor.unwrap_or(10.0) * power
}

/// A number of seconds without noise in its last digits.
fn shortest(seconds: f64) -> f64 {
    (seconds * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_between_ticks_are_round() {
        let steps = [0.3, 1.0, 1.1, 4.0, 7.0, 1300.0].map(round_step);
        assert_eq!(steps, [0.5, 1.0, 2.0, 5.0, 10.0, 2000.0]);
    }
}
