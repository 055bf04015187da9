//! `cargo xtask serve`: the page on a local port, from nothing.

use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

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

/// Trunk goes on until somebody ends this command, and ends with it, however that is done.
fn serve(trunk: &mut Command, port: u16) -> Result<()> {
    let stopped = Arc::new(AtomicBool::new(false));
    let signal = Arc::clone(&stopped);
    ctrlc::set_handler(move || signal.store(true, Ordering::Relaxed))?;
    let is_stopped = || stopped.load(Ordering::Relaxed);
    let mut server = Server::start(trunk)?;
    server.wait_until(|| is_listening(port) || is_stopped())?;
    println!("\nLoopscope is at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n");
    server.wait_until(is_stopped)
}

/// A running Trunk.
struct Server(Child);

impl Server {
    fn start(trunk: &mut Command) -> Result<Self> {
        let child = trunk.spawn();
        Ok(Self(child.with_context(|| {
            format!("cannot start `{}`", process::describe(trunk))
        })?))
    }

    fn wait_until(&mut self, condition: impl Fn() -> bool) -> Result<()> {
        loop {
            let ended = self.0.try_wait()?;
            if condition() {
                return Ok(());
            }
            if let Some(status) = ended {
                bail!("Trunk ended ({status})");
            }
            thread::sleep(POLL);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn is_listening(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free_port() -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (FIRST_PORT..FIRST_PORT + 100)
        .find(is_free)
        .context("no free port: choose one with --port")
}
