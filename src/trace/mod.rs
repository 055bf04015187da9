//! Runs as data: events, the model folded from them, keyframes and the cursor.

pub mod jsonl;
pub mod model;

mod cursor;
mod keyframe;
mod playback;
mod recorder;
mod recording;
mod stops;
mod table;

pub use cursor::Cursor;
pub use keyframe::Keyframes;
pub use model::Model;
pub use playback::{Playback, SPEEDS};
pub use recorder::{Machine, Progress, Recorder, Restored};
pub use recording::Recording;
pub use stops::{Granularity, Stops};
pub use table::{NUMBER_LIMIT, Table};
