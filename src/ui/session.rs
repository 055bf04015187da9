//! One run of one program: what is recorded of it so far, and the cursor that travels through it.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use super::browser;
use super::runner::{self, Run};
use super::state::Direction;
use crate::allocator;
use crate::scene::timeline::Tracks;
use crate::sim::event::{Ending, Event};
use crate::sim::options::{Options, Stdin};
use crate::syntax::Diagnostic;
use crate::trace::{Cursor, Granularity, Model, Progress, Recording};

/// Slices of the engine between two looks at the clock.
const SLICES: usize = 16;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It goes on.
    Running {
        /// Events so far.
        events: u32,
        /// Instructions so far, in millions: a loop that computes makes no events.
        millions: u32,
    },
    /// It is over, one way or another; the last event tells how.
    Ended,
    /// The reader stopped it.
    Stopped,
    /// The program cannot be run.
    Refused,
}

impl Status {
    /// Whether nothing more will be recorded.
    pub fn ended(self) -> bool {
        !matches!(self, Self::Running { .. })
    }
}

/// A run and a cursor in it.
pub struct Session {
    source: Rc<str>,
    /// Nothing if the program cannot run.
    run: Option<Run>,
    /// What is recorded of a program that cannot run.
    nothing: Recording,
    tracks: Tracks,
    cursor: Cursor,
    faults: Rc<[Diagnostic]>,
    stdin: Option<Stdin>,
    stopped: bool,
}

/// A session that is shared by all who draw it; equal only to itself.
#[derive(Clone, Default)]
pub struct SharedSession(Rc<RefCell<Session>>);

impl PartialEq for SharedSession {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl SharedSession {
    /// Shares a session.
    pub fn new(session: Session) -> Self {
        Self(Rc::new(RefCell::new(session)))
    }

    /// The session, to be looked at.
    pub fn borrow(&self) -> Ref<'_, Session> {
        self.0.borrow()
    }

    /// The session, to be changed.
    pub fn borrow_mut(&self) -> RefMut<'_, Session> {
        self.0.borrow_mut()
    }
}

impl Default for Session {
    fn default() -> Self {
        Self {
            source: "".into(),
            run: None,
            nothing: Recording::default(),
            tracks: Tracks::default(),
            cursor: Cursor::new(),
            faults: Rc::default(),
            stdin: None,
            stopped: false,
        }
    }
}

impl Session {
    /// Prepares a run.
    pub fn start(source: Rc<str>, options: &Options) -> Self {
        let (run, faults) = match runner::start(&source, options) {
            Ok(run) => (Some(run), Rc::default()),
            Err(faults) => (None, faults.into()),
        };
        Self {
            source,
            run,
            faults,
            stdin: options.stdin.clone(),
            ..Self::default()
        }
    }

    /// What its program was given to read.
    pub fn stdin(&self) -> Option<&Stdin> {
        self.stdin.as_ref()
    }

    /// Whether the run ended where its program waits for something to be typed.
    pub fn asks(&self) -> bool {
        matches!(self.recording().head().ending, Some((Ending::Input, _)))
    }

    /// The program that runs.
    pub fn source(&self) -> &Rc<str> {
        &self.source
    }

    /// Why it cannot run.
    pub fn faults(&self) -> Rc<[Diagnostic]> {
        self.faults.clone()
    }

    /// What is recorded so far.
    pub fn recording(&self) -> &Recording {
        self.run.as_ref().map_or(&self.nothing, Run::recording)
    }

    /// What lasted from when to when in it.
    pub fn tracks(&self) -> &Tracks {
        &self.tracks
    }

    /// The cursor.
    pub fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// How far the run is.
    pub fn status(&self) -> Status {
        let Some(run) = &self.run else {
            return Status::Refused;
        };
        match run.progress() {
            Progress::Ended(_) => Status::Ended,
            Progress::Running if self.stopped => Status::Stopped,
            Progress::Running => Status::Running {
                events: self.recording().len() as u32,
                millions: (run.machine().instructions() / 1_000_000) as u32,
            },
        }
    }

    /// Runs on for a turn; says whether nothing more will come.
    pub fn advance(&mut self, turn: f64) -> bool {
        let until = browser::now() + turn;
        allocator::reserve();
        let tracks = &mut self.tracks;
        let mut note = |event: &Event, model: &Model| tracks.take_in(event, model);
        if let Some(run) = &mut self.run {
            while !self.stopped
                && run.run_watched(SLICES, &mut note) == Progress::Running
                && browser::now() < until
            {}
        }
        self.status().ended()
    }

    /// Ends the run where it is; what is recorded stays.
    pub fn stop(&mut self) {
        self.stopped = true;
    }

    /// Goes to a position; answers where the cursor is then.
    pub fn seek(&mut self, position: usize) -> usize {
        let recording = self.run.as_ref().map_or(&self.nothing, Run::recording);
        self.cursor.seek(recording, position);
        self.cursor.position()
    }

    /// Goes one step forward or back; answers where the cursor is then.
    pub fn step(&mut self, direction: Direction, granularity: Granularity) -> usize {
        let here = self.cursor.position();
        let there = match direction {
            Direction::Forward => self.recording().next(granularity, here),
            Direction::Back => self.recording().previous(granularity, here),
        };
        self.seek(there)
    }
}
