//! `cargo xtask build`: the page in `dist`.

use anyhow::Result;
use xtask::workspace;

use crate::{process, tools::Toolbox};

/// Builds the page in release mode.
pub fn build() -> Result<()> {
    build_with(&Toolbox::for_page()?)
}

/// The same with tools that are set up already.
pub fn build_with(tools: &Toolbox) -> Result<()> {
    let mut trunk = tools.command("trunk")?;
    process::run(
        trunk
            .current_dir(workspace::root())
            .args(["build", "--release"]),
    )
}
