//! Chromium and the driver that tests steer it with.

use std::process::Command;

use anyhow::{Result, ensure};

use super::debian;
use crate::process;

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Makes sure that a Chromium and its driver are there.
pub fn require() -> Result<()> {
    if is_complete() {
        return Ok(());
    }
    debian::install(
        &["chromium", "chromium-driver"],
        "the tests run the page in a real browser; some 100 MB",
    )?;
    ensure!(
        is_complete(),
        "Chromium is installed, but it or chromedriver does not run"
    );
    Ok(())
}

fn is_complete() -> bool {
    BROWSERS.iter().any(|browser| runs(browser)) && runs("chromedriver")
}

fn runs(program: &str) -> bool {
    process::output_of(Command::new(program).arg("--version")).is_some()
}
