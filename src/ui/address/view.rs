//! Which regions are shown: what `view=` names.

/// A region that an address can ask for. Explanation and Transport are always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The program's text.
    Program,
    /// What it prints.
    Output,
    /// The event loop with its three lanes.
    Loop,
    /// The tasks.
    Tasks,
    /// What a reviewer would remark.
    Remarks,
    /// The threads and what they share.
    Threads,
    /// The executors.
    Pool,
    /// The memory account.
    Memory,
    /// The timeline.
    Timeline,
}

const NAMES: [(&str, Region); 9] = [
    ("program", Region::Program),
    ("output", Region::Output),
    ("loop", Region::Loop),
    ("tasks", Region::Tasks),
    ("remarks", Region::Remarks),
    ("threads", Region::Threads),
    ("pool", Region::Pool),
    ("memory", Region::Memory),
    ("timeline", Region::Timeline),
];

/// Other names of the loop, and of what is a part of it.
const LOOP: [&str; 5] = ["event loop", "event-loop", "scheduled", "ready", "running"];

/// What is there in any case.
const ALWAYS: [&str; 2] = ["explanation", "transport"];

/// What `view=` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The regions; when there are none, the page shows what it has room for.
    pub regions: Vec<Region>,
    /// Names that mean no region.
    pub unknown: Vec<String>,
}

impl View {
    /// Reads a list with commas.
    pub fn parse(list: &str) -> Self {
        let mut view = Self::default();
        let words = list.split(',').map(|word| word.trim().to_lowercase());
        for word in words.filter(|word| !word.is_empty()) {
            match region(&word) {
                Some(region) if view.regions.contains(&region) => {}
                Some(region) => view.regions.push(region),
                None if ALWAYS.contains(&&*word) => {}
                None => view.unknown.push(word),
            }
        }
        view
    }

    /// What is to be said about names that mean nothing.
    pub fn complaint(&self) -> Option<String> {
        if self.unknown.is_empty() {
            return None;
        }
        let shown = match self.regions.is_empty() {
            true => "so the page shows its usual ones",
            false => "so only the others are shown",
        };
        let names = NAMES.map(|(name, _)| name).join(", ");
        let unknown = self.unknown.join(" or ");
        Some(format!(
            "no region is called {unknown}, {shown}. There are: {names}."
        ))
    }
}

fn region(name: &str) -> Option<Region> {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    let part = LOOP.contains(&name).then_some(Region::Loop);
    known.map(|(_, region)| *region).or(part)
}
