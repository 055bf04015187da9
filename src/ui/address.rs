//! The page's address. The hash says content and position and never reaches a server; the query says how the player
//! is presented.

mod options;
mod view;

pub use view::{Region, View};

use super::{browser, theme::Theme};
use crate::sim::options::Options;

/// What a packed program begins with: the version of the packing.
const PACKED: &str = "1:";

/// What the hash of an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// What to show, if the address says it.
    pub content: Option<Content>,
    /// The step to open at.
    pub step: Option<u32>,
    /// The options of the run.
    pub options: Options,
    /// What is said about these and cannot be read, with the reason.
    pub misread: Vec<String>,
}

/// Where a program comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `code=`: the program itself.
    Code(String),
    /// `z=1:`: the program, packed.
    Packed(String),
    /// `src=`: the URL of a file with the program.
    Source(String),
    /// `ex=`: the name of an example.
    Example(String),
}

/// What the query of an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presentation {
    /// `theme=`.
    pub theme: Option<Theme>,
    /// `view=`: the regions to show.
    pub view: View,
    /// `edit=`: whether the program can be changed.
    pub edit: Option<bool>,
    /// `controls=`: whether the Transport is shown.
    pub controls: Option<bool>,
    /// `autoplay=`: whether it plays from the beginning.
    pub autoplay: Option<bool>,
    /// `speed=`: how fast it plays.
    pub speed: Option<f64>,
    /// `predict=`: whether readers are asked what comes next.
    pub predict: Option<bool>,
}

impl Content {
    /// Whether the browser has to get it before it can be shown.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self, Self::Packed(_) | Self::Source(_))
    }
}

impl Address {
    /// Reads a hash, with or without its `#`.
    pub fn parse(hash: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in pairs(hash.trim_start_matches('#')) {
            let Some(value) = value else { continue };
            match name {
                "code" => address.content = Some(Content::Code(value)),
                "ex" => address.content = Some(Content::Example(value)),
                "src" => address.content = Some(Content::Source(value)),
                "z" => {
                    let packed = value.strip_prefix(PACKED).map(str::to_owned);
                    address.content = packed.map(Content::Packed).or(address.content);
                }
                "step" => address.step = value.parse().ok(),
                name => {
                    if let Err(reason) = options::read(&mut address.options, name, &value) {
                        address.misread.push(format!("{name}={value} ({reason})"));
                    }
                }
            }
        }
        address
    }

    /// The hash that leads back here, with its `#`.
    pub fn hash(&self) -> String {
        let content = match &self.content {
            Some(Content::Code(source)) => Some(format!("code={}", encode(source))),
            Some(Content::Packed(packed)) => Some(format!("z={PACKED}{packed}")),
            Some(Content::Source(url)) => Some(format!("src={}", encode(url))),
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
            let value = value.unwrap_or_default();
            match name {
                "theme" => presentation.theme = Theme::named(&value),
                "view" => presentation.view = View::parse(&value),
                "edit" => presentation.edit = flag(&value),
                "controls" => presentation.controls = flag(&value),
                "predict" => presentation.predict = flag(&value),
                "autoplay" => presentation.autoplay = flag(&value),
                "speed" => presentation.speed = value.parse().ok().filter(|speed| *speed > 0.0),
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

fn flag(value: &str) -> Option<bool> {
    match value {
        "0" | "false" | "no" => Some(false),
        // A name alone means yes, as with attributes of HTML.
        "" | "1" | "true" | "yes" => Some(true),
        _ => None,
    }
}

/// Names and decoded values, if they have one; what cannot be decoded is taken as it stands.
fn pairs(text: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) => (
            name,
            Some(decode(value).unwrap_or_else(|| value.to_owned())),
        ),
        None => (pair, None),
    })
}

fn decode(value: &str) -> Option<String> {
    js_sys::decode_uri_component(value).ok()?.as_string()
}

fn encode(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}
