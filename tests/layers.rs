//! The rules of the architecture that the compiler does not know, checked by reading the sources.

use std::path::{Path, PathBuf};

/// The layers in the order of the data path, each with the layers that it may use.
const LAYERS: [(&str, &[&str]); 11] = [
    // No part of the data path: what all of it allocates with.
    ("allocator", &[]),
    // Nor is this: how snapshots share what did not change.
    ("shared", &[]),
    ("syntax", &[]),
    ("bytecode", &["syntax"]),
    // Python text of our own, and where it comes from; it is data for the machine.
    ("stdlib", &["bytecode"]),
    ("vm", &["shared", "syntax", "bytecode"]),
    ("sim", &["syntax", "bytecode", "vm", "stdlib"]),
    ("trace", &["shared", "sim"]),
    ("scene", &["syntax", "sim", "trace"]),
    // The page sees to it that there is memory before a program needs it.
    ("ui", &["allocator", "syntax", "sim", "trace", "scene"]),
    // The other way in, beside the page.
    ("cli", &["syntax", "sim", "trace", "scene"]),
];

/// What would make runs differ, which clippy has to find.
const BANNED: [&str; 7] = [
    "std::collections::HashMap",
    "std::collections::HashSet",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::thread::spawn",
    "std::thread::sleep",
    "f64::powf",
];

/// A source file, by its path from the root of the repository.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The modules that lead to it, its layer first. None for the roots of the two crates.
    fn modules(&self) -> Vec<String> {
        let inside = self.path.strip_prefix("src").expect("a file of the engine");
        let names = inside
            .with_extension("")
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect::<Vec<_>>();
        let names = names
            .into_iter()
            .filter(|name| !["mod", "lib", "main"].contains(&name.as_str()));
        names.collect()
    }

    /// Its lines of code with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate();
        let code = numbered.filter(|(_, line)| !line.trim_start().starts_with("//"));
        code.map(|(index, line)| (index + 1, line))
    }

    /// `file:line: what is wrong`
    fn complaint(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path.display())
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust sources in a folder of the repository.
fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no sources");
    let source = |path: PathBuf| Source {
        text: std::fs::read_to_string(&path).expect("a text"),
        path: path.strip_prefix(root()).expect("inside").to_owned(),
    };
    paths.into_iter().map(source).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|suffix| suffix == "rs") {
            paths.push(path);
        }
    }
}

/// The names that follow each `crate::` in a line.
fn crate_names(line: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| !c.is_alphanumeric() && c != '_';
    let after = line.split("crate::").skip(1);
    after.map(move |rest| rest.split(ends).next().unwrap_or_default())
}

/// The longest chain of `super::` in a line.
fn supers(line: &str) -> usize {
    let length = |mut from: &str| {
        let mut steps = 0;
        while let Some(rest) = from.strip_prefix("super::") {
            (from, steps) = (rest, steps + 1);
        }
        steps
    };
    let starts = line.match_indices("super::").map(|(at, _)| &line[at..]);
    starts.map(length).max().unwrap_or(0)
}

/// What is wrong with the paths of one file.
fn complaints(source: &Source) -> Vec<String> {
    let modules = source.modules();
    let Some(layer) = modules.first() else {
        return Vec::new();
    };
    let Some((_, uses)) = LAYERS.iter().find(|(name, _)| name == layer) else {
        return vec![source.complaint(1, &format!("{layer} is no layer of the table"))];
    };
    let mut found = Vec::new();
    let mut depth = modules.len();
    for (number, line) in source.lines() {
        // A module inside the file is one step more; it is the last thing in the file.
        depth += usize::from(line.starts_with("mod ") && line.ends_with('{'));
        for name in crate_names(line) {
            if name != layer && !uses.contains(&name) {
                let what = format!("{layer} must not use `crate::{name}`");
                found.push(source.complaint(number, &what));
            }
        }
        if supers(line) >= depth {
            found.push(source.complaint(number, "`super` leads out of the layer"));
        }
    }
    found
}

fn demand_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn layers_use_only_what_the_table_allows() {
    let found: Vec<String> = sources("src").iter().flat_map(complaints).collect();
    demand_none(&found);
}

#[test]
fn an_offending_line_is_found() {
    let source = |path: &str, text: &str| Source {
        path: path.into(),
        text: text.into(),
    };
    let wrong = |path, text| complaints(&source(path, text));
    let upwards = wrong("src/vm/heap.rs", "\nuse crate::sim::world::World;");
    assert_eq!(upwards, ["src/vm/heap.rs:2: vm must not use `crate::sim`"]);
    let grouped = wrong("src/vm/heap.rs", "use crate::{sim, vm};");
    assert_eq!(grouped.len(), 1);
    let out = ["src/vm/heap.rs:1: `super` leads out of the layer"];
    assert_eq!(wrong("src/vm/heap.rs", "use super::super::sim;"), out);
    assert!(wrong("src/vm/format/int.rs", "use super::super::number;").is_empty());
    assert!(wrong("src/sim/mod.rs", "/// [`crate::trace`]").is_empty());
}

#[test]
fn every_file_says_what_it_is_for() {
    let folders = ["src", "tests", "benches", "xtask"];
    let files = folders.into_iter().flat_map(sources);
    let silent = files.filter(|source| !source.text.starts_with("//!"));
    let found: Vec<String> = silent
        .map(|source| source.complaint(1, "does not begin with `//!`"))
        .collect();
    demand_none(&found);
}

#[test]
fn clippy_bans_what_would_make_runs_differ() {
    let rules = std::fs::read_to_string(root().join("clippy.toml")).expect("clippy.toml");
    let bans = |path: &str| rules.contains(&format!("{{ path = \"{path}\", reason = "));
    let missing: Vec<&str> = BANNED.into_iter().filter(|path| !bans(path)).collect();
    assert!(missing.is_empty(), "clippy.toml allows {missing:?}");
}
