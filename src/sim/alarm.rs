//! The timers that alarm processes (`signal.setitimer`): one for each process.

use super::event::Instant;
use std::collections::BTreeMap;

/// The timer of a process.
#[derive(Clone, Copy, Debug)]
struct Alarm {
    /// When it is due.
    at: Instant,
    /// After how many nanoseconds it is due again; 0 for never.
    interval: u64,
    /// The number of its setting.
    setting: u32,
}

/// The timers that are set, by process.
#[derive(Clone, Debug, Default)]
pub struct Alarms {
    set: BTreeMap<u16, Alarm>,
    settings: u32,
}

impl Alarms {
    /// Sets the timer of a process, or none; gives the number of the setting.
    pub fn set(&mut self, process: u16, at: Option<Instant>, interval: u64) -> u32 {
        self.settings += 1;
        let setting = self.settings;
        match at {
            Some(at) => self.set.insert(
                process,
                Alarm {
                    at,
                    interval,
                    setting,
                },
            ),
            None => self.set.remove(&process),
        };
        setting
    }

    /// Is this still the setting of the timer?
    pub fn is_set(&self, process: u16, setting: u32) -> bool {
        let known = self.set.get(&process);
        known.is_some_and(|alarm| alarm.setting == setting)
    }

    /// The interval of a timer that was due.
    pub fn interval(&self, process: u16, setting: u32) -> Option<u64> {
        let known = self.set.get(&process);
        let known = known.filter(|alarm| alarm.setting == setting);
        known.map(|alarm| alarm.interval)
    }

    /// What is left until it is due, and its interval.
    pub fn left(&self, process: u16, now: u64) -> (u64, u64) {
        let known = self.set.get(&process);
        known.map_or((0, 0), |alarm| {
            (alarm.at.ns.saturating_sub(now), alarm.interval)
        })
    }
}
