//! `cargo xtask bench-web`: how long the built page takes to run the programs of `benches/programs` in a real browser,
//! from the click on Run until the run has ended, beside the time that CPython takes for the same program.

use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::{site, webdriver::Session, workspace};

use crate::tools;

const LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(50);
const RUNS: usize = 3;

/// Clicks Run and notes when the button is back: while a program runs there is Stop in its place.
const RUN: &str = "
    const begun = performance.now();
    window.took = null;
    const watch = new MutationObserver(() => {
        if (!document.querySelector('button.stop') && document.querySelector('button[aria-label=Run]')) {
            watch.disconnect();
            window.took = performance.now() - begun;
        }
    });
    watch.observe(document.body, { subtree: true, childList: true });
    document.querySelector('button[aria-label=Run]').click();
";

/// Runs a program in CPython and prints how many milliseconds it took, without the imports.
const TIMED: &str = "
import asyncio, sys, time
code = compile(open(sys.argv[1]).read(), 'program.py', 'exec')
start = time.perf_counter()
exec(code, {'__name__': '__main__'})
print((time.perf_counter() - start) * 1e3)
";

/// Prints a line for each program.
pub fn run() -> Result<()> {
    let address = site::serve_page()?;
    tools::require_browser()?;
    let directory = workspace::root().join("benches/programs");
    let nothing = fs::read_to_string(directory.join("nothing.py"))?;
    let (plain, asyncio) = (
        in_browser(&address, "pass")?,
        in_browser(&address, &nothing)?,
    );
    println!("times in ms without those of our start: {plain:.0}, with asyncio {asyncio:.0}");
    println!("{:24} CPython browser  ratio", "");
    let mut programs: Vec<_> = fs::read_dir(&directory)?.collect::<Result<_, _>>()?;
    programs.sort_by_key(fs::DirEntry::file_name);
    for program in programs {
        let (path, name) = (program.path(), program.file_name());
        let theirs = median(|| {
            let output = Command::new("python3")
                .args(["-c", TIMED])
                .arg(&path)
                .output()?;
            let printed = String::from_utf8(output.stdout)?;
            printed.trim().parse().context("there is no python3")
        })?;
        let text = fs::read_to_string(&path)?;
        let start = if text.contains("import asyncio") {
            asyncio
        } else {
            plain
        };
        let ours = in_browser(&address, &text)? - start;
        let name = name.to_string_lossy();
        println!("{name:24} {theirs:7.1} {ours:7.1} {:5.1}x", theirs / ours);
    }
    Ok(())
}

fn in_browser(address: &str, program: &str) -> Result<f64> {
    let session = Session::start()?;
    session.open(&format!(
        "{address}index.html#code={}",
        percent_encoded(program)
    ))?;
    wait(
        &session,
        "return document.querySelector('button[aria-label=Run]') !== null",
    )?;
    median(|| {
        session.execute(RUN, &[])?;
        wait(&session, "return window.took !== null")?;
        let took = session.execute("return window.took", &[])?;
        took.as_f64().context("the page tells no time")
    })
}

fn wait(session: &Session, condition: &str) -> Result<()> {
    let begun = Instant::now();
    while session.execute(condition, &[])? != json!(true) {
        ensure!(begun.elapsed() < LIMIT, "the page takes too long");
        thread::sleep(POLL);
    }
    Ok(())
}

fn median(mut measure: impl FnMut() -> Result<f64>) -> Result<f64> {
    let mut times = (0..RUNS).map(|_| measure()).collect::<Result<Vec<f64>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times[RUNS / 2])
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
