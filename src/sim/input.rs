//! The input log: what happens to a run from outside, and when. With the program and the options it determines every
//! event, so a link or a lesson stores all three.

use super::event::Instant;
use super::signal;
use std::fmt;
use std::str::FromStr;

/// Something that happens to a run from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Stimulus,
}

/// When an input takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// As soon as that many events are written.
    Event(usize),
    /// At that instant of the virtual clock, or the first one after it.
    Time(Instant),
}

/// What an input does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stimulus {
    /// A signal is sent to the program.
    Signal(i32),
    /// The thread with this number goes next. Without effect if it cannot run then.
    Turn(u16),
}

/// Adds what a reader does to a run after so many events. What they did later to that run is gone: it belongs to a future
/// that does not come. Another choice of who goes next takes the place of the one before.
pub fn intervene(inputs: &mut Vec<Input>, events: usize, what: Stimulus) {
    let turn = |what| matches!(what, Stimulus::Turn(_));
    inputs.retain(|input| match input.at {
        Moment::Time(_) => true,
        Moment::Event(at) if at == events => !(turn(what) && turn(input.what)),
        Moment::Event(at) => at < events,
    });
    inputs.push(Input {
        at: Moment::Event(events),
        what,
    });
}

/// Takes one of the inputs back, and with it those at later events, which belonged to its consequences.
pub fn take_back(inputs: &mut Vec<Input>, index: usize) {
    if index >= inputs.len() {
        return;
    }
    if let Moment::Event(gone) = inputs.remove(index).at {
        inputs.retain(|input| !matches!(input.at, Moment::Event(at) if at > gone));
    }
}

impl fmt::Display for Input {
    /// `SIGINT@1.5` at a time, `SIGINT@#120` after so many events, `T2@#120` for a choice of thread 2.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Stimulus::Signal(number) => write!(f, "{}", signal::name(number))?,
            Stimulus::Turn(thread) => write!(f, "T{thread}")?,
        }
        match self.at {
            Moment::Event(events) => write!(f, "@#{events}"),
            Moment::Time(at) => write!(f, "@{}", at.seconds()),
        }
    }
}

impl FromStr for Input {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((what, at)) = text.split_once('@') else {
            return Err(format!(
                "'{text}' names no moment: write {text}@SECONDS or {text}@#EVENTS"
            ));
        };
        Ok(Self {
            at: moment(at)?,
            what: stimulus(what)?,
        })
    }
}

fn moment(text: &str) -> Result<Moment, String> {
    if let Some(events) = text.strip_prefix('#') {
        let events = events.parse().map(Moment::Event);
        return events.map_err(|_| format!("'{text}' is not a number of events"));
    }
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..1e9).contains(&seconds) => Ok(Moment::Time(Instant {
            ns: (seconds * 1e9).round_ties_even() as u64,
            hop: 0,
        })),
        _ => Err(format!("'{text}' is not a time in seconds")),
    }
}

fn stimulus(text: &str) -> Result<Stimulus, String> {
    if let Some(number) = signal::number_of(text) {
        return Ok(Stimulus::Signal(number));
    }
    let thread = text
        .strip_prefix('T')
        .and_then(|number| number.parse().ok());
    thread.map(Stimulus::Turn).ok_or_else(|| {
        format!("'{text}' is neither a signal that the simulation knows nor a thread such as T2")
    })
}

/// The inputs of a run that are still to come.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// Those at a number of events, soonest first.
    by_event: Vec<(usize, Stimulus)>,
}

impl Pending {
    /// All inputs that are identified by a number of events.
    pub fn new(inputs: &[Input]) -> Self {
        let mut pending = Self::default();
        inputs.iter().for_each(|&input| pending.add(input));
        pending
    }

    /// One more input. Those that are identified by a time are timers, and the scheduler's.
    pub fn add(&mut self, input: Input) {
        if let Moment::Event(events) = input.at {
            let behind = self.by_event.partition_point(|&(at, _)| at <= events);
            self.by_event.insert(behind, (events, input.what));
        }
    }

    /// Takes the next input that is due when so many events are written.
    pub fn take_due(&mut self, events: usize) -> Option<Stimulus> {
        let due = self.by_event.first().is_some_and(|&(at, _)| at <= events);
        due.then(|| self.by_event.remove(0).1)
    }

    /// The number of events at which the next input is due.
    pub fn next(&self) -> Option<usize> {
        self.by_event.first().map(|&(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_read_as_they_are_written() {
        for text in ["SIGINT@1.5", "SIGTERM@#120", "T2@#0"] {
            let input: Input = text.parse().expect(text);
            assert_eq!(input.to_string(), text);
        }
        for text in ["SIGINT", "SIGFOO@1", "T2@x", "SIGINT@-1", "@#1"] {
            assert!(text.parse::<Input>().is_err(), "{text}");
        }
    }

    fn inputs(texts: &[&str]) -> Vec<Input> {
        texts.iter().map(|text| text.parse().expect(text)).collect()
    }

    #[test]
    fn a_new_choice_ends_the_future_of_later_ones() {
        let mut all = inputs(&["SIGINT@1.5", "T2@#5", "SIGINT@#9", "T3@#9", "T2@#12"]);
        intervene(&mut all, 9, Stimulus::Turn(4));
        assert_eq!(all, inputs(&["SIGINT@1.5", "T2@#5", "SIGINT@#9", "T4@#9"]));
        take_back(&mut all, 1);
        assert_eq!(all, inputs(&["SIGINT@1.5"]));
    }

    #[test]
    fn inputs_come_in_order() {
        let inputs = ["T3@#9", "T1@#2", "T2@#9"].map(|text| text.parse().expect(text));
        let mut pending = Pending::new(&inputs);
        assert_eq!(pending.take_due(1), None);
        assert_eq!(pending.next(), Some(2));
        let all: Vec<_> = std::iter::from_fn(|| pending.take_due(9)).collect();
        assert_eq!(all, [1, 3, 2].map(Stimulus::Turn));
    }
}
