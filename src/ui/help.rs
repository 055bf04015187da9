//! The help dialog: keys, and the language of forms.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::state::{Action, Dispatch};
use super::transport::STRIDES;

/// Whether the dialog is open.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Whether it is.
    pub open: bool,
}

const KEYS: [(&[&str], &str); 12] = [
    (
        &["←", "→"],
        "one step back or forward, as long as “Step by” says",
    ),
    (
        &["Shift ←", "Shift →"],
        "one iteration of the event loop back or forward",
    ),
    (&["Space"], "play and pause"),
    (&["Home", "End"], "to the first and the last step"),
    (
        &["[", "]"],
        "to the previous and the next step to which a remark points",
    ),
    (
        &["↑", "↓"],
        "from line to line of the output, from task to task",
    ),
    (&["Ctrl Enter"], "run the program, also while you type"),
    (
        &["Ctrl C"],
        "send SIGINT to the program at this step, where no text is selected",
    ),
    (
        &["Esc", "Tab"],
        "one after the other: out of the editor, where Tab alone indents",
    ),
    (&["/"], "find a task or a thread by name, and follow it"),
    (&["f"], "full screen"),
    (&["?"], "this help"),
];

/// The dialog. It is modal, so that the browser keeps the focus inside, closes it with Escape, and gives the focus back.
#[component]
pub fn Help(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                match open {
                    // It is in the document and not yet open, so that this cannot fail.
                    true if !dialog.open() => drop(dialog.show_modal()),
                    false if dialog.open() => dialog.close(),
                    _ => {}
                }
            }
        });
    }
    let hide = Callback::from(move |()| {
        if let Some(dispatch) = &dispatch {
            dispatch.dispatch(Action::ShowHelp(false));
        }
    });
    let onclose = hide.reform(|_: Event| ());
    let onclick = hide.reform(|_: MouseEvent| ());
    html! {
        <dialog class="help" ref={dialog} aria-labelledby="help-title" {onclose}>
            <h2 id="help-title">{ "How to look at a run" }</h2>
            <p>{ "The program on the left has already run, in a simulation of CPython 3.14 with a virtual clock. You travel through that run, forwards and backwards: step, play, drag the timeline, click a line of the program or of its output." }</p>
            <p class="legend">
                <span><i class="dot solid hue-1" />{ "solid: runs" }</span>
                <span><i class="dot hue-1" />{ "ring: suspended there" }</span>
                <span><i class="swatch hue-1" data-form="hatched" />{ "hatched: waits" }</span>
                <span><i class="swatch hue-1" data-form="ghost" />{ "dashed: just was there" }</span>
                <span><i class="swatch hue-1" data-form="pale" />{ "pale: not yet" }</span>
            </p>
            <h3>{ "A step by …" }</h3>
            <dl>
                { for STRIDES.iter().map(|(_, name, about)| html! { <><dt>{ *name }</dt><dd>{ *about }</dd></> }) }
            </dl>
            <h3>{ "Keys" }</h3>
            <dl>
                { for KEYS.iter().map(|(keys, meaning)| html! {
                    <>
                        <dt>{ for keys.iter().map(|key| html! { <><kbd>{ *key }</kbd>{ " " }</> }) }</dt>
                        <dd>{ *meaning }</dd>
                    </>
                }) }
            </dl>
            <p class="row"><button class="button main" {onclick}>{ "Close" }</button></p>
        </dialog>
    }
}
