//! Packages of the operating system, installed where that is possible without asking anybody.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Installs packages on a Debian-like system; elsewhere an error says what is missing.
pub fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let names = packages.join(" ");
    let Some(privilege) = Privilege::of_this_process() else {
        bail!(
            "missing: {names} ({purpose}). Only as root, or with sudo, on a Debian-like system can they be installed from here: please install them"
        );
    };
    println!("Installing {names} with apt-get: {purpose}");
    let install = ["install", "--yes", "--no-install-recommends"];
    process::run(privilege.apt_get().args(["update", "--quiet"]))
        .and_then(|()| process::run(privilege.apt_get().args(install).args(packages)))
        .with_context(|| format!("cannot install {names}"))
}

enum Privilege {
    Root,
    Sudo,
}

impl Privilege {
    fn of_this_process() -> Option<Self> {
        process::output_of(Command::new("apt-get").arg("--version"))?;
        if process::output_of(Command::new("id").arg("-u"))? == "0" {
            return Some(Self::Root);
        }
        process::output_of(Command::new("sudo").args(["-n", "true"])).map(|_| Self::Sudo)
    }

    fn apt_get(&self) -> Command {
        let mut command = match self {
            Self::Root => Command::new("apt-get"),
            Self::Sudo => {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "apt-get"]);
                sudo
            }
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    }
}
