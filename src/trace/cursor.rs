//! The cursor: a position in a recording, and the model there.

use super::{Granularity, Model, Recording};

/// A position in a recording with the model at that position.
#[derive(Clone, Debug, Default)]
pub struct Cursor {
    model: Model,
    replayed: usize,
}

impl Cursor {
    /// A cursor before the first event.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many events lie before the cursor.
    pub fn position(&self) -> usize {
        self.model.position as usize
    }

    /// The state at the cursor.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How many events the last movement applied.
    pub fn replayed(&self) -> usize {
        self.replayed
    }

    /// Goes to a position, or to the end if the recording is shorter, from wherever it is nearest: the cursor
    /// itself or a snapshot.
    pub fn seek(&mut self, recording: &Recording, position: usize) {
        let position = position.min(recording.len());
        let here = self.position();
        if let Some(keyframe) = recording.keyframe(position) {
            let ahead = (keyframe.position as usize) > here;
            if position < here || ahead {
                self.model = keyframe.clone();
            }
        } else if position < here {
            self.model = Model::new();
        }
        self.replayed = recording.advance(&mut self.model, position);
    }

    /// Goes one step forward; says whether the cursor moved.
    pub fn step(&mut self, recording: &Recording, granularity: Granularity) -> bool {
        let from = self.position();
        self.seek(recording, recording.next(granularity, from));
        self.position() != from
    }

    /// Goes one step back; says whether the cursor moved.
    pub fn step_back(&mut self, recording: &Recording, granularity: Granularity) -> bool {
        let from = self.position();
        self.seek(recording, recording.previous(granularity, from));
        self.position() != from
    }
}
