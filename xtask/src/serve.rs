//! `cargo xtask serve`: the page on a local port, from nothing.

use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use xtask::workspace;

use crate::{page, process};

const FIRST_PORT: u16 = 8080;
const POLL: Duration = Duration::from_millis(100);

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
    let port = options.port.map_or_else(free_port, Ok)?;
    let tools = page::prepare()?;
    let mut trunk = tools.command("trunk")?;
    trunk
        .current_dir(workspace::root())
        .args(["serve", "--release", "--port", &port.to_string()]);
    trunk.args(options.open.then_some("--open"));
    serve(&mut trunk, port)
}

fn serve(trunk: &mut Command, port: u16) -> Result<()> {
    let mut child = trunk
        .spawn()
        .with_context(|| format!("cannot start `{}`", process::describe(trunk)))?;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Some(status) = child.try_wait()? {
            anyhow::bail!("Trunk ended before it served anything ({status})");
        }
        thread::sleep(POLL);
    }
    println!("\nLoopscope is at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n");
    let status = child.wait()?;
    ensure!(status.success(), "Trunk ended ({status})");
    Ok(())
}

fn free_port() -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (FIRST_PORT..FIRST_PORT + 100)
        .find(is_free)
        .context("no free port: choose one with --port")
}
