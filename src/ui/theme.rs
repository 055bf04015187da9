//! Light, dark, or as the system has it.

use super::{browser, storage};

/// How the page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system, or the frame around an embedded player, has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The theme of this name, as addresses and the storage write it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that the reader kept, if any.
    pub fn kept() -> Option<Self> {
        Self::named(&storage::theme()?)
    }

    /// The opposite of what is seen now.
    pub fn toggled(self) -> Self {
        if self.is_dark() {
            Self::Light
        } else {
            Self::Dark
        }
    }

    /// Whether the page is dark under this theme.
    pub fn is_dark(self) -> bool {
        match self {
            Self::Auto => browser::media("(prefers-color-scheme: dark)"),
            Self::Light => false,
            Self::Dark => true,
        }
    }

    /// Makes the page look so.
    pub fn apply(self) {
        if let Some(root) = browser::root() {
            // A constant attribute name is always valid.
            let _ = root.set_attribute("data-theme", self.name());
        }
    }
}
