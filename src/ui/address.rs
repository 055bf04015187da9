//! The page's address. The hash says content and position and never reaches a server; the query says how the player
//! is presented.

mod options;

use super::{browser, theme::Theme};
use crate::sim::options::Options;

/// What the hash of an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// What to show, if the address says it.
    pub content: Option<Content>,
    /// The step to open at.
    pub step: Option<u32>,
    /// The options of the run.
    pub options: Options,
}

/// Where a program comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `code=`: the program itself.
    Code(String),
    /// `ex=`: the name of an example.
    Example(String),
}

/// What the query of an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presentation {
    /// `theme=`.
    pub theme: Option<Theme>,
    /// `view=`: the regions to show, in lower case; all of them when empty.
    pub view: Vec<String>,
    /// `edit=`: whether the program can be changed.
    pub edit: Option<bool>,
}

impl Address {
    /// Reads a hash, with or without its `#`.
    pub fn parse(hash: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in pairs(hash.trim_start_matches('#')) {
            match name {
                "code" => address.content = Some(Content::Code(value)),
                "ex" => address.content = Some(Content::Example(value)),
                "step" => address.step = value.parse().ok(),
                name => drop(options::read(&mut address.options, name, &value)),
            }
        }
        address
    }

    /// The hash that leads back here, with its `#`.
    pub fn hash(&self) -> String {
        let content = match &self.content {
            Some(Content::Code(source)) => Some(format!("code={}", encode(source))),
            Some(Content::Example(name)) => Some(format!("ex={}", encode(name))),
            None => None,
        };
        let step = self.step.map(|step| format!("step={step}"));
        let options = options::write(&self.options).into_iter();
        let options = options.map(|(name, value)| format!("{name}={}", encode(&value)));
        let parts: Vec<String> = content.into_iter().chain(options).chain(step).collect();
        format!("#{}", parts.join("&"))
    }

    /// The address in the location bar.
    pub fn current() -> Self {
        browser::window()
            .and_then(|window| window.location().hash().ok())
            .map(|hash| Self::parse(&hash))
            .unwrap_or_default()
    }

    /// The link that opens this address on the full page, wherever the site is served from.
    pub fn link(&self) -> Option<String> {
        let href = browser::window()?.location().href().ok()?;
        let base = href.split(['#', '?']).next().unwrap_or(&href);
        let base = base.strip_suffix("embed.html").unwrap_or(base);
        Some(format!("{base}{}", self.hash()))
    }
}

impl Presentation {
    /// Reads a query, with or without its `?`.
    pub fn parse(query: &str) -> Self {
        let mut presentation = Self::default();
        for (name, value) in pairs(query.trim_start_matches('?')) {
            match name {
                "theme" => presentation.theme = Theme::named(&value),
                "view" => presentation.view = words(&value),
                "edit" => presentation.edit = flag(&value),
                _ => {}
            }
        }
        presentation
    }

    /// What the location bar asks for.
    pub fn current() -> Self {
        browser::window()
            .and_then(|window| window.location().search().ok())
            .map(|query| Self::parse(&query))
            .unwrap_or_default()
    }
}

fn words(list: &str) -> Vec<String> {
    list.split(',')
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "0" | "false" => Some(false),
        "1" | "true" => Some(true),
        _ => None,
    }
}

/// Names and decoded values; what cannot be decoded is taken as it stands.
fn pairs(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name, decode(value).unwrap_or_else(|| value.to_owned())))
    })
}

fn decode(value: &str) -> Option<String> {
    js_sys::decode_uri_component(value).ok()?.as_string()
}

fn encode(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}
