//! A browser to drive: a small blocking client for the W3C WebDriver protocol, as chromedriver speaks it.
//!
//! The protocol is a handful of JSON requests to a local port. Asking them directly keeps an asynchronous runtime out
//! of the tests, which read like what a visitor does, and out of the time that a fresh machine needs to compile them.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};
use ureq::Agent;

/// The key under which the protocol wraps an element's identity.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const BROWSER_ARGUMENTS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--lang=en",
];

/// The size of a page in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// How wide the page is.
    pub width: u32,
    /// How high the page is.
    pub height: u32,
}

/// The colours that a visitor prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourScheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A running chromedriver, which ends with this value.
struct Driver {
    process: Child,
    address: String,
    agent: Agent,
}

/// A browser window, which closes with this value.
pub struct Session {
    driver: Driver,
    path: String,
}

/// An element of the page.
pub struct Element<'session> {
    session: &'session Session,
    path: String,
    reference: Value,
}

impl Driver {
    /// The port that chromedriver picks may be taken by the time that it listens: then it ends, and another try helps.
    fn start() -> Result<Self> {
        Self::launch()
            .or_else(|_| Self::launch())
            .or_else(|_| Self::launch())
    }

    fn launch() -> Result<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start chromedriver: `cargo xtask test` installs it")?;
        let output = process
            .stdout
            .take()
            .context("chromedriver has no output")?;
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| announced_port(&line));
        let port = port.context("chromedriver ended before it listened")?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        Ok(Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
            agent,
        })
    }

    fn get(&self, path: &str) -> Result<Value> {
        let mut response = self.agent.get(format!("{}{path}", self.address)).call()?;
        value_of(path, &response.body_mut().read_to_string()?)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let request = self.agent.post(format!("{}{path}", self.address));
        let mut response = request
            .content_type("application/json")
            .send(body.to_string())?;
        value_of(
            path,
            &response
                .body_mut()
                .with_config()
                .limit(64 << 20)
                .read_to_string()?,
        )
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Session {
    /// Opens a browser window of its own.
    pub fn start() -> Result<Self> {
        let driver = Driver::start()?;
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": BROWSER_ARGUMENTS },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let session = driver.post("/session", &capabilities)?;
        let id = session["sessionId"]
            .as_str()
            .context("chromedriver opened no session")?;
        Ok(Self {
            path: format!("/session/{id}"),
            driver,
        })
    }

    /// Goes to an address and waits until the document is loaded.
    pub fn open(&self, address: &str) -> Result<()> {
        self.post("/url", &json!({ "url": address })).map(drop)
    }

    /// The address of the page.
    pub fn address(&self) -> Result<String> {
        text(&self.get("/url")?)
    }

    /// Loads the page again.
    pub fn reload(&self) -> Result<()> {
        self.post("/refresh", &json!({})).map(drop)
    }

    /// Makes the page this large, as a device of that size would show it.
    pub fn resize(&self, viewport: Viewport) -> Result<()> {
        let Viewport { width, height } = viewport;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics)
    }

    /// Lets the page see a visitor's preference.
    pub fn prefer(&self, scheme: ColourScheme) -> Result<()> {
        let value = match scheme {
            ColourScheme::Light => "light",
            ColourScheme::Dark => "dark",
        };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", &features)
    }

    /// Lets the page see that the visitor wants less motion.
    pub fn prefer_less_motion(&self) -> Result<()> {
        let feature = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [feature] }),
        )
    }

    /// The elements that a CSS selector matches, in document order.
    pub fn find_all(&self, selector: &str) -> Result<Vec<Element<'_>>> {
        self.elements("/elements", selector)
    }

    /// Runs the body of a function in the page and returns what it returns; `arguments` has the arguments.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Presses keys together and releases them, as the focused element's user would: `["Shift", "ArrowRight"]`.
    pub fn press(&self, keys: &[&str]) -> Result<()> {
        let codes = keys
            .iter()
            .map(|key| key_code(key))
            .collect::<Result<Vec<_>>>()?;
        let down = codes
            .iter()
            .map(|code| json!({ "type": "keyDown", "value": code }));
        let up = codes
            .iter()
            .rev()
            .map(|code| json!({ "type": "keyUp", "value": code }));
        let strokes: Vec<Value> = down.chain(up).collect();
        let actions =
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.post("/actions", &actions).map(drop)
    }

    /// The visible part of the page as a PNG image.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        Ok(BASE64_STANDARD.decode(text(&self.get("/screenshot")?)?)?)
    }

    /// What the browser has written to its console since the last call, one `LEVEL message` each.
    pub fn console(&self) -> Result<Vec<String>> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }))?;
        let line = |entry: &Value| {
            format!(
                "{} {}",
                entry["level"].as_str().unwrap_or_default(),
                entry["message"].as_str().unwrap_or_default()
            )
        };
        Ok(entries.as_array().into_iter().flatten().map(line).collect())
    }

    /// Makes the frame inside an element the page that all calls mean.
    pub fn enter_frame(&self, frame: &Element<'_>) -> Result<()> {
        self.post("/frame", &json!({ "id": frame.reference }))
            .map(drop)
    }

    /// Goes back from a frame to the page that holds it.
    pub fn leave_frame(&self) -> Result<()> {
        self.post("/frame/parent", &json!({})).map(drop)
    }

    fn devtools(&self, command: &str, parameters: &Value) -> Result<()> {
        self.post(
            "/goog/cdp/execute",
            &json!({ "cmd": command, "params": parameters }),
        )
        .map(drop)
    }

    fn elements(&self, path: &str, selector: &str) -> Result<Vec<Element<'_>>> {
        let found = self.post(path, &json!({ "using": "css selector", "value": selector }))?;
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|reference| self.element(reference))
            .collect()
    }

    fn element(&self, reference: &Value) -> Result<Element<'_>> {
        let id = reference[ELEMENT]
            .as_str()
            .context("chromedriver sent no element")?;
        Ok(Element {
            session: self,
            path: format!("/element/{id}"),
            reference: reference.clone(),
        })
    }

    fn get(&self, path: &str) -> Result<Value> {
        self.driver.get(&format!("{}{path}", self.path))
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.driver.post(&format!("{}{path}", self.path), body)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ends the browser in order; were that to fail, it would end with its driver.
        drop(
            self.driver
                .agent
                .delete(format!("{}{}", self.driver.address, self.path))
                .call(),
        );
    }
}

impl<'session> Element<'session> {
    /// The accessible name, as assistive technology hears it.
    pub fn name(&self) -> Result<String> {
        text(&self.get("/computedlabel")?)
    }

    /// The text that can be seen.
    pub fn text(&self) -> Result<String> {
        text(&self.get("/text")?)
    }

    /// The value of a property such as `value` or `checked`.
    pub fn property(&self, name: &str) -> Result<Value> {
        self.get(&format!("/property/{name}"))
    }

    /// The value of an attribute, if it is there.
    pub fn attribute(&self, name: &str) -> Result<Option<String>> {
        Ok(self
            .get(&format!("/attribute/{name}"))?
            .as_str()
            .map(str::to_owned))
    }

    /// Whether the element can be used.
    pub fn is_enabled(&self) -> Result<bool> {
        Ok(self.get("/enabled")? == json!(true))
    }

    /// Whether the element can be seen.
    pub fn is_displayed(&self) -> Result<bool> {
        Ok(self.get("/displayed")? == json!(true))
    }

    /// Clicks the middle of the element, which must not be covered.
    pub fn click(&self) -> Result<()> {
        self.post("/click", &json!({})).map(drop)
    }

    /// Focuses the element and types a text.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.post("/value", &json!({ "text": text })).map(drop)
    }

    /// The elements inside this one that a CSS selector matches.
    pub fn find_all(&self, selector: &str) -> Result<Vec<Element<'session>>> {
        self.session
            .elements(&format!("{}/elements", self.path), selector)
    }

    /// Runs the body of a function in the page with this element as `arguments[0]`.
    pub fn execute(&self, script: &str) -> Result<Value> {
        self.session
            .execute(script, std::slice::from_ref(&self.reference))
    }

    fn get(&self, path: &str) -> Result<Value> {
        self.session.get(&format!("{}{path}", self.path))
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.session.post(&format!("{}{path}", self.path), body)
    }
}

fn announced_port(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?
        .1
        .trim_end_matches('.')
        .parse()
        .ok()
}

fn value_of(path: &str, body: &str) -> Result<Value> {
    let mut answer: Value =
        serde_json::from_str(body).with_context(|| format!("{path}: not JSON: {body}"))?;
    let value = answer["value"].take();
    if let Some(error) = value["error"].as_str() {
        bail!(
            "{path}: {error}: {}",
            value["message"].as_str().unwrap_or_default()
        );
    }
    Ok(value)
}

fn text(value: &Value) -> Result<String> {
    value
        .as_str()
        .map(str::to_owned)
        .with_context(|| format!("not a text: {value}"))
}

/// The code point that the protocol gives a named key; a single character stands for itself.
fn key_code(key: &str) -> Result<String> {
    let code = match key {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        _ if key.chars().count() == 1 => return Ok(key.to_owned()),
        _ => bail!("there is no key named {key}"),
    };
    Ok(code.to_string())
}
