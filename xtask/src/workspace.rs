//! Where things are in this repository.

use std::{
    env,
    path::{Path, PathBuf},
};

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

/// Where Cargo and these commands leave what can be made again.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
