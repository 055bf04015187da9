//! Which program is shown, and what an address says to lead back to it.

use super::State;
use crate::ui::address::{Address, Content};
use crate::ui::browser;
use crate::ui::examples::{self, EXAMPLES};

impl State {
    /// The name of the example that is shown, if it is one.
    pub fn example_name(&self) -> Option<&'static str> {
        let example = self.example.and_then(|index| EXAMPLES.get(index));
        example.map(|example| example.name)
    }

    /// The address of what is seen now.
    pub fn address(&self) -> Address {
        Address {
            content: Some(self.content()),
            step: self.place(),
            options: self.options.clone(),
            misread: Vec::new(),
        }
    }

    /// Where the program comes from, as far as it is still that one.
    fn content(&self) -> Content {
        let fetched = self.fetched.as_ref();
        let fetched = fetched.filter(|(_, text)| *text == self.source);
        match (&self.wanted, fetched, self.example_name()) {
            (Some(wanted), ..) => wanted.clone(),
            (None, Some((content, _)), _) => content.clone(),
            (None, None, Some(name)) => Content::Example(name.to_owned()),
            (None, None, None) => Content::Code(self.source.to_string()),
        }
    }

    pub(super) fn show(&mut self, content: Option<Content>) {
        let example = match &content {
            Some(Content::Code(source)) => EXAMPLES.iter().find(|example| example.source == source),
            Some(Content::Example(name)) => examples::named(name),
            Some(Content::Source(_) | Content::Packed(_)) => None,
            None => EXAMPLES.first(),
        };
        self.wanted = content.clone().filter(|content| content.is_elsewhere());
        self.example = example.and_then(|shown| EXAMPLES.iter().position(|other| other == shown));
        self.source = match (example, content) {
            (Some(example), _) => example.source.into(),
            (None, Some(Content::Code(source))) => source.into(),
            (None, Some(Content::Example(name))) => {
                format!("# There is no example called {name}.\n").into()
            }
            (None, Some(Content::Source(url))) => format!("# {url} is on its way.\n").into(),
            (None, Some(Content::Packed(_)) | None) => "".into(),
        };
        self.start();
    }

    /// The program that the address names is here; the cursor still goes where the address wants it.
    pub(super) fn fetched(&mut self, content: Content, found: Result<String, String>) {
        if self.wanted.as_ref() != Some(&content) {
            return;
        }
        self.wanted = None;
        self.source = match found {
            Ok(text) => text.into(),
            Err(reason) => format!("# There is no program to show: {reason}.\n").into(),
        };
        self.fetched = Some((content, self.source.clone()));
        let awaited = self.awaited.take();
        let playing = self.playback.playing();
        self.start();
        self.awaited = awaited;
        if playing {
            self.playback.play(browser::now());
        }
    }
}
