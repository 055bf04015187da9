//! The commands for working on Loopscope: `cargo xtask --help`.

mod bench_web;
mod counts;
mod embed_page;
mod fuzz;
mod page;
mod process;
mod profiled;
mod serve;
mod shots;
mod stamp;
mod test;
mod tools;

use std::process::ExitCode;

use clap::Parser;

/// Sets up, serves and tests Loopscope.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Command {
    /// Builds the page, serves it on a local port and prints the address
    Serve(serve::Options),
    /// Runs everything that continuous integration runs and ends with one line that sums up
    Test,
    /// Builds the page in release mode, into dist
    Build,
    /// Runs Trunk with all that it needs, for instance `cargo xtask trunk serve`, which rebuilds at each change
    #[command(disable_help_flag = true)]
    Trunk {
        /// What Trunk is to do
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Takes pictures of the built page, into target/shots
    Shots(shots::Options),
    /// Runs random programs on the simulation and on real CPython 3.14, and compares what they do
    FuzzDiff(fuzz::Options),
    /// Times the programs of benches/programs in a real browser, in the engine alone and in the built page, beside CPython
    BenchWeb,
    /// Builds the command line twice, the second time with what the first one counted about its own work
    Release,
    /// Times the programs of benches/programs beside CPython, with a build made as by `release`
    Bench {
        /// Names of programs; all when there is none
        programs: Vec<String>,
    },
    /// Derives embed.html from the page that Trunk has just built (Trunk calls this)
    #[command(hide = true)]
    EmbedPage,
}

fn main() -> ExitCode {
    let ended_well = match Command::parse() {
        Command::Serve(options) => serve::run(&options).map(|()| true),
        Command::Test => test::run(),
        Command::Build => page::build().map(|()| true),
        Command::Trunk { arguments } => page::trunk(&arguments).map(|()| true),
        Command::Shots(options) => shots::run(&options).map(|()| true),
        Command::FuzzDiff(options) => fuzz::run(&options),
        Command::BenchWeb => bench_web::run().map(|()| true),
        Command::Release => profiled::release().map(|()| true),
        Command::Bench { programs } => profiled::bench(&programs).map(|()| true),
        Command::EmbedPage => embed_page::write().map(|()| true),
    };
    match ended_well {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
