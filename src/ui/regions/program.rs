//! Program: the text, with the places of tasks and threads, and what is wrong with it.

use std::rc::Rc;

use yew::prelude::*;

use crate::scene::places::PlaceMark;
use crate::syntax::{Diagnostic, DiagnosticKind};
use crate::ui::editor::Editor;
use crate::ui::listing::Listing;

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The program.
    pub source: Rc<str>,
    /// Errors and refusals.
    pub faults: Rc<[Diagnostic]>,
    /// Where tasks and threads stand; nothing while the text is not the one that ran.
    pub marks: Rc<[PlaceMark]>,
    /// The line that runs, with the hue of who runs it.
    pub active: Option<(u32, u8)>,
    /// Whether the text can be changed.
    pub editable: bool,
    /// Whether it was changed since it ran.
    pub edited: bool,
    /// Called with the text after each edit.
    pub on_change: Callback<String>,
    /// Called with the number of a clicked line.
    pub on_line: Callback<u32>,
}

/// The region.
#[component]
pub fn Program(props: &Props) -> Html {
    let Props {
        source,
        faults,
        marks,
        active,
        on_change,
        on_line,
        ..
    } = props.clone();
    html! {
        <section class="region program" aria-label="Program">
            <h2>
                { "Program " }
                if props.edited {
                    <span class="hint">{ "changed: run it to see what it does" }</span>
                } else {
                    <span class="hint"><i class="dot solid" />{ " running " }<i class="dot" />{ " suspended" }</span>
                }
            </h2>
            if props.editable {
                <Editor {source} {faults} {marks} {active} {on_change} {on_line} />
            } else {
                <Listing {source} {faults} {marks} {active} {on_line} />
            }
            if !props.faults.is_empty() {
                <div class="faults" role="alert">
                    <ul>
                        { for props.faults.iter().map(|fault| html! {
                            <li><b>{ format!("Line {}:", fault.line) }</b>{ " " }{ sentence(fault) }</li>
                        }) }
                    </ul>
                </div>
            }
        </section>
    }
}

/// What is wrong, as a sentence.
pub fn sentence(fault: &Diagnostic) -> String {
    match fault.kind {
        DiagnosticKind::Syntax(class) => format!("{class}: {}", fault.message),
        DiagnosticKind::Unsupported(_) => capitalised(&fault.message),
    }
}

/// With a capital at the beginning, unless that is the name of a function.
fn capitalised(text: &str) -> String {
    if text
        .split(' ')
        .next()
        .is_some_and(|word| word.contains('('))
    {
        return text.to_owned();
    }
    let mut rest = text.chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).collect()
}
