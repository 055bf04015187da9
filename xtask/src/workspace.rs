//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Where Trunk leaves the built page.
pub fn dist() -> PathBuf {
    root().join("dist")
}
