//! A page as a visitor uses it.
//!
//! Nothing here keeps an element: each action looks for its element anew and tries again until a deadline, since the
//! page redraws at its own pace. Failing to find one within it fails the test and says what there is instead.

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use crate::{
    site,
    webdriver::{ColourScheme, Element, Session, Viewport},
    workspace,
};
use anyhow::Result;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(30);
const DESKTOP: Viewport = Viewport {
    width: 1440,
    height: 900,
};

/// Opens an address of the built page, such as `embed.html#ex=pool`, plays a scenario there and expects that nothing
/// was logged as an error meanwhile.
pub fn visit(address: &str, scenario: impl FnOnce(&Page)) {
    let page = Page::open();
    page.go_to(address);
    play(page, scenario);
}

/// The same in a page of another origin that holds the address in an iframe with these further attributes; the
/// scenario plays inside.
pub fn visit_embedded(address: &str, attributes: &str, scenario: impl FnOnce(&Page)) {
    let page = Page::open();
    page.embed(address, attributes);
    play(page, |page| page.frame("Loopscope").inside(scenario));
}

/// The same, but the scenario plays in the page around.
pub fn visit_host(address: &str, scenario: impl FnOnce(&Page)) {
    let page = Page::open();
    page.embed(address, "");
    play(page, scenario);
}

fn play(page: Page, scenario: impl FnOnce(&Page)) {
    scenario(&page);
    let errors: Vec<String> = page
        .console()
        .into_iter()
        .filter(|line| line.starts_with("SEVERE"))
        .collect();
    assert!(
        errors.is_empty(),
        "the browser's console has errors: {errors:#?}"
    );
}

/// The page in a browser window of its own.
pub struct Page {
    session: Session,
    site: String,
}

impl Page {
    fn open() -> Self {
        let site = site::serve_page().expect("the built page can be served");
        let session = Session::start().expect("a browser starts");
        let page = Self { session, site };
        page.resize(DESKTOP);
        page
    }

    /// Goes to another address of the site and waits until the page has started there.
    pub fn go_to(&self, address: &str) {
        self.session
            .open(&format!("{}{address}", self.site))
            .expect("the page loads");
        self.wait_until_started();
    }

    /// Goes to a host page that has nothing but an iframe of the size that a course page would give it.
    fn embed(&self, address: &str, attributes: &str) {
        let size = r#"width="760" height="420""#;
        let source = format!("{}{address}", self.site);
        let frame =
            format!(r#"<iframe title="Loopscope" {size} src="{source}" {attributes}></iframe>"#);
        let icon = r#"<link rel="icon" href="data:,">"#;
        let directory = pictures().join(format!("host-{}", test_name()));
        fs::create_dir_all(&directory).expect("target can be written");
        fs::write(
            directory.join("index.html"),
            format!("<!DOCTYPE html><title>Host</title>{icon}{frame}"),
        )
        .expect("the host page can be written");
        let host = site::serve(directory).expect("the host page can be served");
        self.session.open(&host).expect("the host page loads");
    }

    /// Reloads, as after pressing F5.
    pub fn reload(&self) {
        self.session.reload().expect("the page reloads");
        self.wait_until_started();
    }

    /// The region with this accessible name.
    pub fn region<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::Region, name)
    }

    /// The button with this accessible name.
    pub fn button<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::Button, name)
    }

    /// The selector with this accessible name.
    pub fn selector<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::Selector, name)
    }

    /// The text box or editor with this accessible name.
    pub fn text_box<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::TextBox, name)
    }

    /// The slider with this accessible name.
    pub fn slider<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::Slider, name)
    }

    /// The frame with this accessible name.
    pub fn frame<'page>(&'page self, name: &'page str) -> Control<'page> {
        self.control(Role::Frame, name)
    }

    /// Presses a key or, joined by `+`, several together: `ArrowRight`, `Shift+ArrowRight`.
    pub fn press(&self, keys: &str) {
        let keys: Vec<&str> = keys.split('+').collect();
        self.session.press(&keys).expect("keys can be pressed");
    }

    /// Pastes a text where the focus is.
    pub fn paste(&self, text: &str) {
        const PASTE: &str =
            "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
            const paste = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', paste))";
        self.session
            .execute(PASTE, &[json!(text)])
            .expect("text can be pasted");
    }

    /// Shows the page as a device of this size would.
    pub fn resize(&self, viewport: Viewport) {
        self.session
            .resize(viewport)
            .expect("the page can be resized");
    }

    /// Lets the page see which colours the visitor prefers.
    pub fn prefer(&self, scheme: ColourScheme) {
        self.session
            .prefer(scheme)
            .expect("a preference can be set");
    }

    /// Lets the page see that the visitor wants less motion.
    pub fn prefer_less_motion(&self) {
        self.session
            .prefer_less_motion()
            .expect("a preference can be set");
    }

    /// Runs the body of a JavaScript function in the page.
    pub fn execute(&self, script: &str) -> Value {
        self.session.execute(script, &[]).expect("the script runs")
    }

    /// The whole text that can be seen.
    pub fn text(&self) -> String {
        self.execute("return document.body.innerText")
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The part of the address after the `#`.
    pub fn hash(&self) -> String {
        let address = self.session.address().expect("the page has an address");
        address
            .split_once('#')
            .map(|(_, hash)| hash.to_owned())
            .unwrap_or_default()
    }

    /// What was written to the browser's console since the last call.
    pub fn console(&self) -> Vec<String> {
        self.session.console().expect("the console can be read")
    }

    /// Waits until a condition holds.
    pub fn wait_until(&self, what: &str, condition: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition() {
            assert!(Instant::now() < deadline, "in vain waited until {what}");
            thread::sleep(POLL);
        }
    }

    /// Saves a picture as `target/e2e/NAME.png`.
    pub fn screenshot(&self, name: &str) {
        let directory = pictures();
        fs::create_dir_all(&directory).expect("target can be written");
        let picture = self.session.screenshot().expect("a picture can be taken");
        fs::write(directory.join(format!("{name}.png")), picture)
            .expect("the picture can be written");
    }

    fn wait_until_started(&self) {
        self.wait_until("the page has started", || {
            self.execute("return document.querySelector('#app > :not(.boot)') !== null")
                == json!(true)
        });
    }

    fn control<'page>(&'page self, role: Role, name: &'page str) -> Control<'page> {
        Control {
            page: self,
            role,
            name,
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if thread::panicking() {
            self.screenshot(&test_name());
        }
    }
}

fn pictures() -> PathBuf {
    workspace::target().join("e2e")
}

fn test_name() -> String {
    thread::current()
        .name()
        .unwrap_or("failure")
        .replace("::", "-")
}

/// What something is for, as assistive technology tells it.
#[derive(Clone, Copy, Debug)]
enum Role {
    Region,
    Button,
    Selector,
    TextBox,
    Slider,
    Frame,
}

impl Role {
    /// The elements that can have this role.
    fn candidates(self) -> &'static str {
        match self {
            Self::Region => {
                "section, article, aside, main, nav, header, footer, form, fieldset, [role]"
            }
            Self::Button => "button, summary, [role=button], [role=tab], [role=switch]",
            Self::Selector => "select, [role=combobox], [role=listbox]",
            Self::TextBox => "textarea, input, [role=textbox], [contenteditable=true]",
            Self::Slider => "input[type=range], [role=slider]",
            Self::Frame => "iframe",
        }
    }
}

/// Something on the page that is known by its role and its accessible name.
#[derive(Clone, Copy)]
pub struct Control<'page> {
    page: &'page Page,
    role: Role,
    name: &'page str,
}

impl<'page> Control<'page> {
    /// Clicks it.
    pub fn click(self) {
        self.attempt("click", Element::click);
    }

    /// The text in it that can be seen.
    pub fn text(self) -> String {
        self.attempt("read", Element::text)
    }

    /// The value that it holds.
    pub fn value(self) -> String {
        let value = self.attempt("read", |element| element.property("value"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// One of its attributes.
    pub fn attribute(self, name: &str) -> Option<String> {
        self.attempt("read", |element| element.attribute(name))
    }

    /// Whether it can be used now.
    pub fn is_enabled(self) -> bool {
        self.attempt("look at", Element::is_enabled)
    }

    /// Whether it is on the page and visible now.
    pub fn is_there(self) -> bool {
        self.find()
            .is_ok_and(|found| found.is_some_and(|element| element.is_displayed().unwrap_or(false)))
    }

    /// Waits until its text contains this.
    pub fn wait_for(self, text: &str) {
        self.page.wait_until(
            &format!("{self} shows {text:?}; it shows {:?}", self.text()),
            || self.text().contains(text),
        );
    }

    /// Gives it the focus without clicking.
    pub fn focus(self) {
        self.attempt("focus", |element| element.execute("arguments[0].focus()"));
    }

    /// Types into it, key by key.
    pub fn type_text(self, text: &str) {
        self.attempt("type into", |element| element.type_text(text));
    }

    /// Replaces all that is in it, as by selecting all and pasting.
    pub fn replace_text(self, text: &str) {
        self.focus();
        self.page.press("Control+a");
        self.page.paste(text);
    }

    /// Chooses an option of a selector by its text.
    pub fn choose(self, option: &str) {
        self.attempt("choose from", |element| {
            let options = element.find_all("option, [role=option]")?;
            for candidate in options {
                if candidate.text()?.trim() == option {
                    return candidate.click();
                }
            }
            anyhow::bail!("it has no option {option:?}")
        });
    }

    /// Plays a part of the scenario inside of a frame.
    pub fn inside(self, scenario: impl FnOnce(&Page)) {
        self.attempt("enter", |element| self.page.session.enter_frame(element));
        self.page.wait_until_started();
        scenario(self.page);
        self.page
            .session
            .leave_frame()
            .expect("a frame can be left");
    }

    /// Acts on the element as soon as that succeeds.
    fn attempt<T>(self, verb: &str, action: impl Fn(&Element<'page>) -> Result<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let outcome = self
                .find()
                .and_then(|found| found.map(|element| action(&element)).transpose());
            match outcome {
                Ok(Some(result)) => return result,
                failed if Instant::now() > deadline => self.fail(verb, failed.err()),
                _ => thread::sleep(POLL),
            }
        }
    }

    fn find(self) -> Result<Option<Element<'page>>> {
        for element in self.page.session.find_all(self.role.candidates())? {
            if element.name()? == self.name {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    fn fail(self, verb: &str, error: Option<anyhow::Error>) -> ! {
        let reason = error.map_or_else(|| "there is none".to_owned(), |error| format!("{error:#}"));
        let elements = self
            .page
            .session
            .find_all(self.role.candidates())
            .unwrap_or_default();
        let names: Vec<String> = elements
            .iter()
            .filter_map(|element| element.name().ok())
            .collect();
        panic!("cannot {verb} the {self}: {reason}; there are {names:?}")
    }
}

impl std::fmt::Display for Control<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?} {:?}", self.role, self.name)
    }
}
