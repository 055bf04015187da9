//! `cargo xtask serve`: the page on a local port, from nothing.

use std::{
    net::{Ipv4Addr, TcpListener},
    process::Command,
};

use anyhow::{Context, Result};
use xtask::{site, workspace};

use crate::{page, process};

const FIRST_PORT: u16 = 8080;

/// The system's own command for opening an address.
const OPENER: &[&str] = if cfg!(target_os = "macos") {
    &["open"]
} else if cfg!(windows) {
    &["cmd", "/c", "start"]
} else {
    &["xdg-open"]
};

/// How to serve.
#[derive(clap::Args)]
pub struct Options {
    /// Open the page in a browser once it is built
    #[arg(long)]
    open: bool,
    /// The port to serve on [default: the first free one from 8080]
    #[arg(long)]
    port: Option<u16>,
}

/// Sets the tools up, builds the page in release mode, serves it and prints its address.
pub fn run(options: &Options) -> Result<()> {
    let listener = listen(options.port)?;
    page::build()?;
    let address = format!("http://{}/", listener.local_addr()?);
    println!("\nLoopscope is at {address} (Ctrl-C ends it)");
    if options.open {
        open(&address)?;
    }
    site::serve_on(&listener, &workspace::dist());
    Ok(())
}

/// The port is taken before the page is built: that it is not free is better known at once.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port).with_context(|| format!("cannot serve on port {port}")),
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find_map(|port| bind(port).ok())
            .context("no free port: choose one with --port"),
    }
}

fn open(address: &str) -> Result<()> {
    let (program, arguments) = OPENER.split_first().context("no command opens addresses")?;
    process::run(Command::new(program).args(arguments).arg(address))
}
