//! Standard input, in the region Output: the lines that the program reads. Where it wants more than there are, its run
//! stops, as a program at a terminal does, and the field asks for the next one; the run is made anew with every change.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::sends;
use crate::sim::options::Stdin;
use crate::ui::state::{Action, Dispatch};

/// So many lines are shown at once.
const LINES: usize = 4;

/// What the field shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What there is to read.
    pub stdin: Stdin,
    /// Whether the program waits for more.
    pub asks: bool,
    /// How often the reader wanted to type that: with each time the field takes the focus.
    pub answers: u32,
}

/// The field.
#[component]
pub fn StandardInput(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(props.answers, move |answers| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| *answers > 0) {
                // It is on the page, so that this cannot fail.
                let _ = field.focus();
            }
        });
    }
    let send = |action: fn(String) -> Action| {
        let dispatch = dispatch.clone();
        move |text: String| {
            if let Some(dispatch) = &dispatch {
                dispatch.dispatch(action(text));
            }
        }
    };
    let (typed, given) = (send(Action::TypeInput), send(Action::GiveInput));
    let oninput = Callback::from(move |event: InputEvent| {
        typed(event.target_unchecked_into::<HtmlTextAreaElement>().value());
    });
    let give = Callback::from(given);
    let onchange =
        give.reform(|event: Event| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let onkeydown = props.asks.then(|| enter(&give));
    let stdin = &props.stdin;
    let rows = stdin.text.split('\n').count().clamp(1, LINES);
    let hint = match (props.asks, stdin.open) {
        (true, _) => "the program waits: type a line, then Enter",
        (false, true) => "a line for each input()",
        (false, false) => "ends behind these lines",
    };
    html! {
        <div class="stdin" data-asks={props.asks.then_some("")}>
            <p>
                <label for="stdin">{ "Standard input " }<span class="hint" role="status">{ hint }</span></label>
                <button class="link" aria-pressed={(!stdin.open).to_string()} title="As Ctrl-D at a terminal does: who reads on gets nothing, and input() raises EOFError"
                    onclick={sends(&dispatch, Action::EndInput(stdin.open))}>{ "End of input" }</button>
            </p>
            <textarea id="stdin" aria-label="Standard input" ref={field} rows={rows.to_string()} autocomplete="off" autocapitalize="off" spellcheck="false"
                value={stdin.text.to_string()} {oninput} {onchange} {onkeydown} />
        </div>
    }
}

/// While the program waits, Enter gives it the line, as at a terminal.
fn enter(give: &Callback<String>) -> Callback<KeyboardEvent> {
    let give = give.clone();
    Callback::from(move |event: KeyboardEvent| {
        let plain = !event.shift_key() && !event.ctrl_key() && !event.is_composing();
        if event.key() == "Enter" && plain {
            event.prevent_default();
            let field: HtmlTextAreaElement = event.target_unchecked_into();
            let text = field.value();
            // An empty line is a line as well; the last one needs an end of its own only if it has none yet.
            give.emit(format!("{text}\n"));
        }
    })
}
