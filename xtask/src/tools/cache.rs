//! The directory that holds installed tools.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, Result};

/// The directory of an installed tool. When it is missing `install` fills a fresh one, which gets its name only when
/// it is complete: an interrupted installation is not mistaken for a tool.
pub fn directory(name: &str, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let home = home()?;
    let finished = home.join(name);
    if !finished.exists() {
        let unfinished = home.join(format!("{name}.part-{}", process::id()));
        fs::create_dir_all(&unfinished)
            .with_context(|| format!("cannot create {}", unfinished.display()))?;
        let installed = install(&unfinished).and_then(|()| publish(&unfinished, &finished));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        installed?;
    }
    Ok(finished)
}

/// Another process may have been faster with the same tool, which is as good.
fn publish(unfinished: &Path, finished: &Path) -> Result<()> {
    match fs::rename(unfinished, finished) {
        Err(_) if finished.exists() => Ok(()),
        renamed => renamed.with_context(|| format!("cannot create {}", finished.display())),
    }
}

fn home() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("LOOPSCOPE_TOOLS") {
        return Ok(chosen.into());
    }
    let cache = ["XDG_CACHE_HOME", "LOCALAPPDATA"]
        .into_iter()
        .find_map(env::var_os);
    let cache = cache
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cache")));
    let cache = cache.context(
        "there is no home directory to keep tools in: set LOOPSCOPE_TOOLS to a directory",
    )?;
    Ok(cache.join("loopscope"))
}
