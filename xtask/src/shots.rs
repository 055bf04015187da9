//! `cargo xtask shots`: pictures of the built page, to look at.

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::{
    site,
    webdriver::{ColourScheme, Session, Viewport},
    workspace,
};

use crate::tools;

const BOOT_LIMIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);

/// What to show.
#[derive(clap::Args)]
pub struct Options {
    /// What follows the # of the page's address, such as `ex=pool&step=20`
    #[arg(default_value = "")]
    hash: String,
    /// A key to press before the picture is taken, such as ArrowRight or Shift+ArrowRight; may be given several times
    #[arg(long = "press", value_name = "KEY")]
    keys: Vec<String>,
    /// A button to click first, by its accessible name; may be given several times
    #[arg(long = "click", value_name = "NAME")]
    buttons: Vec<String>,
    /// How many milliseconds the page gets to come to rest
    #[arg(long, default_value_t = 1500)]
    settle: u64,
    /// What the files' names begin with
    #[arg(long, default_value = "")]
    name: String,
}

struct Shot {
    name: &'static str,
    page: &'static str,
    viewport: Viewport,
    scheme: ColourScheme,
}

const SHOTS: [Shot; 4] = [
    Shot {
        name: "desktop",
        page: "index.html",
        viewport: DESKTOP,
        scheme: ColourScheme::Light,
    },
    Shot {
        name: "phone",
        page: "index.html",
        viewport: PHONE,
        scheme: ColourScheme::Light,
    },
    Shot {
        name: "dark",
        page: "index.html",
        viewport: DESKTOP,
        scheme: ColourScheme::Dark,
    },
    Shot {
        name: "embed",
        page: "embed.html",
        viewport: FRAME,
        scheme: ColourScheme::Light,
    },
];

const DESKTOP: Viewport = Viewport {
    width: 1440,
    height: 900,
};
const PHONE: Viewport = Viewport {
    width: 390,
    height: 844,
};
const FRAME: Viewport = Viewport {
    width: 760,
    height: 420,
};

/// Takes the pictures and says where they are.
pub fn run(options: &Options) -> Result<()> {
    let address = site::serve_page()?;
    tools::require_browser()?;
    let directory = workspace::target().join("shots");
    fs::create_dir_all(&directory)?;
    for shot in &SHOTS {
        let file = directory.join(format!("{}{}.png", options.name, shot.name));
        take(shot, options, &address, &file)
            .with_context(|| format!("cannot take the picture {}", shot.name))?;
        println!("{}", file.display());
    }
    Ok(())
}

fn take(shot: &Shot, options: &Options, address: &str, file: &PathBuf) -> Result<()> {
    let session = Session::start()?;
    session.resize(shot.viewport)?;
    session.prefer(shot.scheme)?;
    session.open(&format!("{address}{}#{}", shot.page, options.hash))?;
    wait_for_boot(&session)?;
    options
        .buttons
        .iter()
        .try_for_each(|name| click(&session, name))?;
    for keys in &options.keys {
        session.press(&keys.split('+').collect::<Vec<_>>())?;
    }
    thread::sleep(Duration::from_millis(options.settle));
    fs::write(file, session.screenshot()?)?;
    for line in session.console()? {
        println!("  {}: console: {line}", shot.name);
    }
    Ok(())
}

fn wait_for_boot(session: &Session) -> Result<()> {
    let start = Instant::now();
    while session.execute(
        "return document.querySelector('#app > :not(.boot)') !== null",
        &[],
    )? != json!(true)
    {
        ensure!(start.elapsed() < BOOT_LIMIT, "the page does not start");
        thread::sleep(POLL);
    }
    Ok(())
}

fn click(session: &Session, name: &str) -> Result<()> {
    for button in session.find_all("button")? {
        if button.name()? == name {
            return button.click();
        }
    }
    anyhow::bail!("there is no button {name}")
}
