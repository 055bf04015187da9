//! A regular expression as a tree, with the flags already applied to its parts.

use super::chars::{Category, Folding, Set};

/// Flags by their values in `re`.
pub mod flags {
    /// `re.I`
    pub const IGNORECASE: u32 = 2;
    /// `re.L`
    pub const LOCALE: u32 = 4;
    /// `re.M`
    pub const MULTILINE: u32 = 8;
    /// `re.S`
    pub const DOTALL: u32 = 16;
    /// `re.U`
    pub const UNICODE: u32 = 32;
    /// `re.X`
    pub const VERBOSE: u32 = 64;
    /// `re.A`
    pub const ASCII: u32 = 256;
    /// Those that say what letters are; they exclude each other.
    pub const TYPES: u32 = ASCII | LOCALE | UNICODE;
}

/// "Any number of times."
pub const UNLIMITED: u32 = u32::MAX;

/// A place between characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// `^`, `\A`: at the beginning.
    Start,
    /// `^` with `re.M`: at the beginning of a line.
    LineStart,
    /// `$`: at the end or before the newline at the end.
    End,
    /// `$` with `re.M`: at the end of a line.
    LineEnd,
    /// `\Z`, `\z`: at the very end.
    VeryEnd,
    /// `\b`: between a word character and another.
    Boundary(Category),
    /// `\B`: not there.
    NoBoundary(Category),
}

/// How a repetition chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greed {
    /// As often as possible, giving back when the rest fails.
    Greedy,
    /// As rarely as possible.
    Lazy,
    /// As often as possible, giving nothing back.
    Possessive,
}

/// What stands for exactly one character.
#[derive(Clone, Debug, PartialEq)]
pub enum Single {
    /// This character.
    Char(u32),
    /// This character in any case.
    Folded(u32, Folding),
    /// `.`
    NotNewline,
    /// `.` with `re.S`
    Any,
    /// `[…]`, `\d` and the like.
    Set(Box<Set>),
}

/// A part of a regular expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Matches nowhere: `(?!)`.
    Fail,
    /// One character.
    Single(Single),
    /// A place.
    At(Anchor),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first that fits.
    Alternatives(Vec<Node>),
    /// `(…)` with its number, or `(?:…)`.
    Group(Option<u32>, Box<Node>),
    /// `*`, `+`, `?`, `{m,n}`
    Repeat {
        /// What is repeated.
        body: Box<Node>,
        /// How often at least.
        min: u32,
        /// How often at most; [`UNLIMITED`].
        max: u32,
        /// Which count is tried first.
        greed: Greed,
    },
    /// `\1`, `(?P=name)`
    Backreference(u32, Option<Folding>),
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    Look {
        /// What has to match there.
        body: Box<Node>,
        /// Or has not to match.
        negative: bool,
        /// The width of the text before, for look-behind.
        behind: Option<u32>,
    },
    /// `(?>…)`
    Atomic(Box<Node>),
    /// `(?(1)yes|no)`
    Conditional {
        /// The number of the group that is asked for.
        group: u32,
        /// If it has matched.
        yes: Box<Node>,
        /// If not.
        no: Box<Node>,
    },
}

impl Node {
    /// The least and the largest number of characters that it matches.
    pub fn width(&self, groups: &[Option<(u32, u32)>]) -> (u32, u32) {
        match self {
            Self::Fail | Self::At(_) | Self::Look { .. } => (0, 0),
            Self::Single(_) => (1, 1),
            Self::Sequence(parts) => parts.iter().fold((0, 0), |(low, high), part| {
                let (l, h) = part.width(groups);
                (low.saturating_add(l), high.saturating_add(h))
            }),
            Self::Alternatives(parts) => widest(parts.iter().map(|part| part.width(groups))),
            Self::Group(_, body) | Self::Atomic(body) => body.width(groups),
            Self::Repeat { body, min, max, .. } => {
                let (low, high) = body.width(groups);
                (low.saturating_mul(*min), high.saturating_mul(*max))
            }
            Self::Backreference(group, _) => groups
                .get(*group as usize)
                .copied()
                .flatten()
                .unwrap_or((0, UNLIMITED)),
            Self::Conditional { yes, no, .. } => {
                widest([yes.width(groups), no.width(groups)].into_iter())
            }
        }
    }
}

fn widest(widths: impl Iterator<Item = (u32, u32)>) -> (u32, u32) {
    widths
        .reduce(|(low, high), (l, h)| (low.min(l), high.max(h)))
        .unwrap_or((0, 0))
}
