//! Playing a recording: when the next steps are due. The clock is the caller's.

/// Steps a second at speed 1.
const STEPS_PER_SECOND: f64 = 2.0;

/// The most steps that become due at once, as after a time in which nobody asked.
const MOST_AT_ONCE: f64 = 1000.0;

/// Speeds that make sense, from slowest to fastest.
pub const SPEEDS: [f64; 8] = [0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 50.0, 250.0];

/// Whether a recording plays, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    state: State,
    speed: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Paused,
    Playing {
        /// When the next step is due, in milliseconds of the caller's clock.
        due: f64,
    },
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            state: State::Paused,
            speed: 1.0,
        }
    }
}

impl Playback {
    /// Whether it plays.
    pub fn playing(&self) -> bool {
        self.state != State::Paused
    }

    /// Its speed; 1 is two steps a second.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Milliseconds between two steps.
    pub fn interval(&self) -> f64 {
        1000.0 / (STEPS_PER_SECOND * self.speed)
    }

    /// Starts to play: the first step is due at once.
    pub fn play(&mut self, now: f64) {
        if !self.playing() {
            self.state = State::Playing { due: now };
        }
    }

    /// Stops playing.
    pub fn pause(&mut self) {
        self.state = State::Paused;
    }

    /// Changes the speed; a step that is due later comes accordingly sooner or later.
    pub fn set_speed(&mut self, speed: f64, now: f64) {
        let before = self.interval();
        self.speed = speed.clamp(SPEEDS[0], SPEEDS[SPEEDS.len() - 1]);
        let factor = self.interval() / before;
        if let State::Playing { due } = &mut self.state {
            *due = now + (*due - now).max(0.0) * factor;
        }
    }

    /// How many steps are due by now; they count as taken.
    pub fn take_due(&mut self, now: f64) -> usize {
        let interval = self.interval();
        let State::Playing { due } = &mut self.state else {
            return 0;
        };
        if now < *due {
            return 0;
        }
        let steps = ((now - *due) / interval).floor() + 1.0;
        *due += steps * interval;
        steps.min(MOST_AT_ONCE) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_become_due_at_the_speed() {
        let mut playback = Playback::default();
        assert_eq!(playback.take_due(0.0), 0);
        playback.play(100.0);
        assert_eq!(playback.take_due(100.0), 1);
        assert_eq!(playback.take_due(599.0), 0);
        assert_eq!(playback.take_due(600.0), 1);
        playback.set_speed(10.0, 600.0);
        assert_eq!(playback.take_due(649.0), 0);
        assert_eq!(playback.take_due(750.0), 3);
        playback.pause();
        assert_eq!(playback.take_due(9999.0), 0);
    }

    #[test]
    fn a_long_absence_does_not_make_up_for_everything() {
        let mut playback = Playback::default();
        playback.set_speed(250.0, 0.0);
        playback.play(0.0);
        assert_eq!(playback.take_due(3.6e6), 1000);
        assert_eq!(playback.take_due(3.6e6), 0);
    }
}
