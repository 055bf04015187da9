//! A read-only listing of the program: what embedded players show, and the page until its editor is there.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::regions::reveal;
use crate::scene::highlight::{self, Ink, Piece};
use crate::scene::places::{MarkForm, PlaceMark};
use crate::syntax::Diagnostic;

/// The classes of a mark's form: solid or ring, round or square.
pub fn mark_class(mark: &PlaceMark) -> String {
    let form = match mark.form {
        MarkForm::Running => "solid",
        MarkForm::Suspended => "ring",
        MarkForm::More => "more",
    };
    let shape = if mark.thread { "square" } else { "round" };
    format!("dot hue-{} {form} {shape}", mark.hue)
}

/// What the listing shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The program.
    pub source: Rc<str>,
    /// Errors and refusals.
    pub faults: Rc<[Diagnostic]>,
    /// Where tasks and threads stand.
    pub marks: Rc<[PlaceMark]>,
    /// The line that runs, with the hue of who runs it.
    pub active: Option<(u32, u8)>,
    /// Called with the number of a clicked line.
    pub on_line: Callback<u32>,
}

/// The listing.
#[component]
pub fn Listing(props: &Props) -> Html {
    let lines = use_memo(props.source.clone(), |source| highlight::lines(source));
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.active, move |active| {
            if let (Some(list), Some((line, _))) = (list.cast::<Element>(), active) {
                reveal(&list, line.saturating_sub(1));
            }
        });
    }
    html! {
        <div class="listing" tabindex="0" role="group" aria-label="Program text">
            <ol ref={list}>
                { for lines.iter().zip(1_u32..).map(|(pieces, number)| {
                    let hue = props.active.filter(|(line, _)| *line == number).map(|(_, hue)| hue);
                    let marks: Vec<PlaceMark> = props.marks.iter().filter(|mark| mark.line == number).cloned().collect();
                    let fault = props.faults.iter().any(|fault| fault.line == number);
                    html! { <Line key={number} {number} pieces={pieces.clone()} {hue} {marks} {fault} on_line={props.on_line.clone()} /> }
                }) }
            </ol>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LineProps {
    number: u32,
    pieces: Vec<Piece>,
    hue: Option<u8>,
    marks: Vec<PlaceMark>,
    fault: bool,
    on_line: Callback<u32>,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let number = props.number;
    let onclick = props.on_line.reform(move |_: MouseEvent| number);
    let class = props.hue.map(|hue| format!("active-line hue-{hue}"));
    html! {
        <li {class} data-fault={props.fault.then_some("")} aria-current={props.hue.map(|_| "step")} {onclick}>
            <span class="number" aria-hidden="true">{ number }</span>
            <span class="marks">
                { for props.marks.iter().map(|mark| html! {
                    <i class={mark_class(mark)} title={mark.title.clone()} role="img" aria-label={mark.title.clone()} />
                }) }
            </span>
            <span class="text">{ for props.pieces.iter().map(piece) }{ "\n" }</span>
        </li>
    }
}

fn piece(piece: &Piece) -> Html {
    let class = match piece.ink {
        Ink::Plain => return html! { &piece.text },
        Ink::Keyword => "ink-keyword",
        Ink::Name => "ink-name",
        Ink::Text => "ink-text",
        Ink::Note => "ink-note",
    };
    html! { <span {class}>{ &piece.text }</span> }
}
