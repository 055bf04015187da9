//! The commands for working on Loopscope: `cargo xtask --help`.

mod embed_page;

use anyhow::Result;
use clap::Parser;

/// Sets up, serves and tests Loopscope.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Command {
    /// Derives embed.html from the page that Trunk has just built (Trunk calls this)
    #[command(hide = true)]
    EmbedPage,
}

fn main() -> Result<()> {
    match Command::parse() {
        Command::EmbedPage => embed_page::write(),
    }
}
