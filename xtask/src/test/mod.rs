//! `cargo xtask test`: everything that continuous integration runs, on a machine that may have nothing yet.

mod count;
mod editor;
mod report;

use std::{process::Command, thread};

use anyhow::{Result, anyhow, ensure};
use xtask::workspace;

use crate::{
    page, process,
    tools::{self, Toolbox},
};
use count::Count;
use report::Report;

const WASM: [&str; 4] = [
    "--package",
    "loopscope",
    "--target",
    "wasm32-unknown-unknown",
];

/// Runs all checks and tests, also after failures, and ends with one line that sums up; whether all passed.
pub fn run() -> Result<bool> {
    tools::require_checkers()?;
    tools::require_browser()?;
    // The tools for the page take minutes to compile once; what needs none of them runs meanwhile.
    let installation = thread::spawn(Toolbox::for_page);
    let mut report = Report::default();
    run_native(&mut report);
    let tools = installation
        .join()
        .map_err(|_| anyhow!("the installation of tools panicked"))??;
    run_in_the_browser(&mut report, &tools);
    Ok(report.finish().failed == 0)
}

fn run_native(report: &mut Report) {
    report.check("rustfmt", || {
        process::run(cargo("fmt").args(["--all", "--check"]))
    });
    report.check("editor bundle", editor::check);
    report.check("clippy", || {
        process::run(deny_warnings(
            cargo("clippy").args(["--workspace", "--all-targets"]),
        ))
    });
    report.tests("native tests", || {
        count::run(cargo("test").args(["--package", "loopscope", "--no-fail-fast"]))
    });
    report.tests("xtask tests", || {
        count::run(cargo("test").args(["--package", "xtask", "--lib", "--bins"]))
    });
}

fn run_in_the_browser(report: &mut Report, tools: &Toolbox) {
    report.check("clippy for wasm32", || {
        process::run(deny_warnings(
            cargo("clippy")
                .args(WASM)
                .args(["--lib", "--bins", "--test", "web"]),
        ))
    });
    report.tests("wasm tests", || wasm_tests(tools));
    let built = report.check("page", || page::build_with(tools));
    report.tests("end-to-end tests", || {
        ensure!(built, "there is no page to test");
        count::run(cargo("test").args(["--package", "xtask", "--test", "e2e", "--no-fail-fast"]))
    });
}

/// All tests in the browser may take so long together.
const SECONDS: &str = "300";

/// In release mode: what is tested is what visitors get, and the page's dependencies are compiled once for both.
fn wasm_tests(tools: &Toolbox) -> Result<Count> {
    let mut command = cargo("test");
    command
        .args(WASM)
        .args(["--release", "--test", "web", "--no-fail-fast"]);
    command.env("WASM_BINDGEN_TEST_TIMEOUT", SECONDS);
    count::run(command.env("PATH", tools.path()?))
}

fn cargo(subcommand: &str) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(workspace::root()).arg(subcommand);
    if subcommand != "fmt" {
        command.arg("--locked");
    }
    command
}

fn deny_warnings(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "--deny", "warnings"])
}
