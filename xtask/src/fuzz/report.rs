//! What a run of the fuzzer found, for people.

use std::{collections::BTreeMap, collections::BTreeSet, time::Duration};

use super::api::Api;
use super::judge::{Aspect, Verdict};
use super::{Found, Options};
use crate::process::for_people;

/// What generated programs do not use, and why.
const OUTSIDE: &str = include_str!("api/outside.txt");
/// After so many programs it says that it goes on.
const SIGN_OF_LIFE: u64 = 500;

/// A program that differs.
pub struct Difference {
    pub number: u64,
    pub aspect: Aspect,
    pub why: String,
    /// The program made small, if it was.
    pub source: Option<String>,
}

/// Counts.
#[derive(Default)]
pub struct Report {
    programs: u64,
    endless: u64,
    as_in_c: u64,
    different: BTreeMap<Aspect, u64>,
    used: BTreeSet<String>,
}

impl Report {
    /// Counts a program, and prints its difference.
    pub fn add(&mut self, found: Found, of: u64) {
        self.programs += 1;
        self.used.extend(found.used);
        match found.verdict {
            Verdict::Same => {}
            Verdict::AsInC => self.as_in_c += 1,
            Verdict::Endless => self.endless += 1,
            Verdict::Different(aspect, _) => *self.different.entry(aspect).or_default() += 1,
        }
        if let Some(difference) = found.difference {
            print_difference(&difference);
        }
        if self.programs.is_multiple_of(SIGN_OF_LIFE) {
            println!("  … {} of {of} programs", self.programs);
        }
    }

    /// Whether all programs did the same, but for the full schedule.
    pub fn nothing_differs(&self) -> bool {
        self.different.keys().all(|aspect| *aspect == Aspect::Full)
    }

    /// Prints all figures.
    pub fn print(&self, options: &Options, api: &Api, time: Duration) {
        println!(
            "{} programs of kind {}, seed {}, in {}",
            self.programs,
            options.kind.name(),
            options.seed,
            for_people(time)
        );
        for aspect in Aspect::ALL {
            let count = self.different.get(&aspect).copied().unwrap_or(0);
            println!("  {count:>6} differ in: {}", aspect.name());
        }
        println!(
            "  {:>6} print what they do with CPython's C classes, not with its Python classes",
            self.as_in_c
        );
        println!(
            "  {:>6} without an end on CPython, or too deep",
            self.endless
        );
        self.print_names(options, api);
    }

    fn print_names(&self, options: &Options, api: &Api) {
        let table = api.names().into_iter().map(str::to_owned).collect();
        self.print_used("names of the signatures", &table);
        let public = options.kind.names();
        let usable: BTreeSet<String> = public.iter().filter(|n| !is_outside(n)).cloned().collect();
        let left_out = public.len() - usable.len();
        let what = format!("public names ({left_out} more are left out)");
        self.print_used(&what, &usable);
    }

    fn print_used(&self, what: &str, all: &BTreeSet<String>) {
        let never: Vec<&str> = all.difference(&self.used).map(String::as_str).collect();
        println!("Used: {} of {} {what}", all.len() - never.len(), all.len());
        if !never.is_empty() {
            println!("  never: {}", never.join(" "));
        }
    }
}

/// Whether a name is in the list of those that need the operating system.
fn is_outside(name: &str) -> bool {
    let listed = OUTSIDE.lines().filter(|line| !line.starts_with('#'));
    listed
        .filter_map(|line| line.split_whitespace().next())
        .any(|outside| matches(outside, name))
}

/// Whether a pattern, in which a star stands for anything, is a name's.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(behind) = name.strip_prefix(start) else {
        return false;
    };
    let mut ends = behind
        .char_indices()
        .map(|(at, _)| at)
        .chain([behind.len()]);
    ends.any(|at| matches(rest, &behind[at..]))
}

fn print_difference(difference: &Difference) {
    let Difference {
        number,
        aspect,
        why,
        source,
    } = difference;
    println!("program {number} differs in {}:{why}", aspect.name());
    for line in source.iter().flat_map(|source| source.lines()) {
        println!("    {line}");
    }
}
