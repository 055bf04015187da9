//! `cargo xtask bench-web`: how long the programs of `benches/programs` take in a real browser, beside the time that
//! CPython takes for the same program: in the engine alone, with the events of the whole run recorded, and in the built
//! page, from the click on Run until the run has ended.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::{site, webdriver::Session, workspace};

use crate::{
    process,
    tools::{self, Toolbox},
};

const LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(50);
/// How often a program is run on each side: an odd number.
const RUNS: usize = 11;

/// The page of the engine's module (`benches/web/engine.rs`).
const ENGINE_PAGE: &str = "<!doctype html><script type=module>
    import start from './engine.js';
    start().then(() => { window.ready = true; });
</script>";

/// Clicks Run and promises how long it takes until the button is back: while a program runs there is Stop in its place.
/// Nothing asks meanwhile, which would take time from the page.
const RUN: &str = "
    const begun = performance.now();
    return new Promise(resolve => {
        const watch = new MutationObserver(() => {
            if (!document.querySelector('button.stop') && document.querySelector('button[aria-label=Run]')) {
                watch.disconnect();
                resolve(performance.now() - begun);
            }
        });
        watch.observe(document.body, { subtree: true, childList: true });
        document.querySelector('button[aria-label=Run]').click();
    });
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
    let bench = Bench::start()?;
    let directory = workspace::root().join("benches/programs");
    let nothing = fs::read_to_string(directory.join("nothing.py"))?;
    println!("times in ms, of the engine alone and of the page, without those of our start:");
    println!("{:24} CPython  engine  ratio    page  ratio", "");
    let mut programs: Vec<_> = fs::read_dir(&directory)?.collect::<Result<_, _>>()?;
    programs.sort_by_key(fs::DirEntry::file_name);
    for program in programs {
        let path = program.path();
        let text = fs::read_to_string(&path)?;
        let start = match text.contains("import asyncio") {
            true => &nothing,
            false => "pass",
        };
        let (theirs, ours) = (median(|| in_cpython(&path))?, bench.ours(&text, start)?);
        let beside = |n: usize| format!("{:7.1} {:5.2}x", ours[n], theirs / ours[n]);
        let name = program.file_name();
        println!(
            "{:24} {theirs:7.1} {} {}",
            name.to_string_lossy(),
            beside(0),
            beside(1)
        );
    }
    Ok(())
}

/// What programs run in.
struct Bench {
    engine: Engine,
    /// The address of the page.
    page: String,
}

impl Bench {
    fn start() -> Result<Self> {
        let page = site::serve_page()?;
        tools::require_browser()?;
        let engine = Engine::start()?;
        Ok(Self { engine, page })
    }

    /// Milliseconds that a program takes longer than one that only starts, in the engine alone, and in the page. Each is
    /// run right behind the other, since the machine is not always as fast.
    fn ours(&self, program: &str, start: &str) -> Result<[f64; 2]> {
        // The first runs compile the library's modules.
        self.engine.run(start)?;
        let engine = median(|| Ok(self.engine.run(program)? - self.engine.run(start)?))?;
        let (program, start) = (
            Page::open(&self.page, program)?,
            Page::open(&self.page, start)?,
        );
        start.run()?;
        program.run()?;
        let page = median(|| Ok(program.run()? - start.run()?))?;
        Ok([engine, page])
    }
}

fn in_cpython(path: &Path) -> Result<f64> {
    let output = Command::new("python3")
        .args(["-c", TIMED])
        .arg(path)
        .output()?;
    let printed = String::from_utf8(output.stdout)?;
    printed.trim().parse().context("there is no python3")
}

/// A browser with the engine's module.
struct Engine(Session);

impl Engine {
    fn start() -> Result<Self> {
        let address = site::serve(engine_module()?)?;
        let session = Session::start()?;
        session.open(&address)?;
        wait(&session, "return window.ready === true")?;
        Ok(Self(session))
    }

    fn run(&self, program: &str) -> Result<f64> {
        let took = self
            .0
            .execute("return window.run(arguments[0])", &[json!(program)])?;
        took.as_f64().context("the program fails")
    }
}

/// Builds the engine's module; gives the directory with its page.
fn engine_module() -> Result<PathBuf> {
    let (root, target) = (workspace::root(), tools::WASM_TARGET);
    let mut cargo = Command::new("cargo");
    let arguments = [
        "build",
        "--release",
        "--locked",
        "--example",
        "engine",
        "--target",
    ];
    process::run(cargo.current_dir(root).args(arguments).arg(target))?;
    let directory = root.join("target/bench-web");
    let module = root.join(format!("target/{target}/release/examples/engine.wasm"));
    let mut bindgen = Toolbox::for_page()?.command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]);
    process::run(bindgen.arg(&directory).arg(module))?;
    fs::write(directory.join("index.html"), ENGINE_PAGE)?;
    Ok(directory)
}

/// A browser with the page and a program in it.
struct Page(Session);

impl Page {
    fn open(address: &str, program: &str) -> Result<Self> {
        let session = Session::start()?;
        let code = percent_encoded(program);
        session.open(&format!("{address}index.html#code={code}"))?;
        wait(
            &session,
            "return document.querySelector('button[aria-label=Run]') !== null",
        )?;
        Ok(Self(session))
    }

    fn run(&self) -> Result<f64> {
        let took = self.0.execute(RUN, &[])?;
        took.as_f64().context("the page tells no time")
    }
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
