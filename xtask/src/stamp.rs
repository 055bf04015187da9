//! Whether the built page is what the sources give: a hash over what goes into it and what came out.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xtask::workspace;

use crate::tools;

const SOURCES: [&str; 3] = ["Trunk.toml", "index.html", "static"];

/// The state of the sources and of the built page.
pub struct Stamp(String);

impl Stamp {
    /// The present state. The built page itself belongs to it, since Trunk may have been called by hand in between.
    pub fn of_page() -> Result<Self> {
        let module = workspace::target()
            .join(tools::WASM_TARGET)
            .join("release/loopscope.wasm");
        let mut hasher = DefaultHasher::new();
        let sources = SOURCES.map(|name| workspace::root().join(name));
        for path in sources.iter().chain([&module, &workspace::dist()]) {
            add(path, &mut hasher).with_context(|| format!("cannot read {}", path.display()))?;
        }
        Ok(Self(format!("{:016x}", hasher.finish())))
    }

    /// Whether nothing has changed since a stamp was kept.
    pub fn is_last(&self) -> bool {
        fs::read_to_string(file()).is_ok_and(|last| last == self.0)
    }

    /// Remembers this state as the one after a build.
    pub fn keep(self) -> Result<()> {
        fs::write(file(), self.0).context("cannot remember what was built")
    }
}

fn file() -> PathBuf {
    workspace::target().join("page.stamp")
}

/// Adds a file, or all that a directory holds, by name and content; what does not exist adds nothing.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
        let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        paths.iter().try_for_each(|path| add(path, hasher))?;
    } else if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        hash::{DefaultHasher, Hasher},
        path::Path,
    };

    use xtask::workspace;

    use super::add;

    fn hash(path: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        add(path, &mut hasher).expect("the directory can be read");
        hasher.finish()
    }

    #[test]
    fn a_change_anywhere_in_a_directory_changes_its_hash() {
        let directory = workspace::target().join("stamp-test");
        let inner = directory.join("inner");
        fs::create_dir_all(&inner).expect("target can be written");
        fs::write(inner.join("file"), "one").expect("target can be written");
        let before = hash(&directory);
        assert_eq!(hash(&directory), before);
        fs::write(inner.join("file"), "two").expect("target can be written");
        assert_ne!(hash(&directory), before);
    }
}
