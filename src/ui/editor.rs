//! The code editor: CodeMirror, loaded when it is first needed, behind the few calls that the page makes.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;
use yew::prelude::*;

use super::browser;
use super::listing::{Listing, mark_class};
use crate::scene::places::PlaceMark;
use crate::syntax::Diagnostic;

/// The name under which `static/boot.js` offers dynamic imports.
const IMPORT: &str = "loopscopeImport";
const MODULE: &str = "./editor.js";

/// What the editor shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The program.
    pub source: Rc<str>,
    /// Errors and refusals, to be underlined.
    pub faults: Rc<[Diagnostic]>,
    /// Where tasks and threads stand.
    pub marks: Rc<[PlaceMark]>,
    /// The line that runs, with the hue of who runs it.
    pub active: Option<(u32, u8)>,
    /// Called with the text after each edit.
    pub on_change: Callback<String>,
    /// Called with the number of a clicked line.
    pub on_line: Callback<u32>,
}

/// An editor that exists in the page.
struct Instance {
    editor: JsValue,
    _on_change: Closure<dyn FnMut(String)>,
    _on_line: Closure<dyn FnMut(u32)>,
}

type Slot = Rc<RefCell<Option<Instance>>>;

/// The editor; until it is loaded, or where it cannot be, a read-only listing stands in its place.
#[component]
pub fn Editor(props: &Props) -> Html {
    let place = use_node_ref();
    let slot: Slot = use_memo((), |()| RefCell::new(None));
    let loaded = use_state_eq(|| false);
    {
        let (place, slot, loaded) = (place.clone(), slot.clone(), loaded.setter());
        let props = props.clone();
        use_effect_with((), move |()| {
            let kept = slot.clone();
            spawn_local(async move {
                if let Some(instance) = create(place, props).await {
                    *slot.borrow_mut() = Some(instance);
                    loaded.set(true);
                }
            });
            move || drop(kept.borrow_mut().take())
        });
    }
    use_follow(&slot, (*loaded, props.source.clone()), |(_, source)| {
        Some(("setDoc", JsValue::from_str(source)))
    });
    use_follow(&slot, (*loaded, props.faults.clone()), |(_, faults)| {
        let list: Array = faults.iter().map(diagnostic).collect();
        Some(("setDiagnostics", list.into()))
    });
    use_follow(&slot, (*loaded, props.marks.clone()), |(_, marks)| {
        let list: Array = marks.iter().map(mark).collect();
        Some(("setMarks", list.into()))
    });
    use_follow(&slot, (*loaded, props.active), |(_, active)| {
        let list: Array = active.iter().map(active_line).collect();
        Some(("setActiveLines", list.into()))
    });
    // While no line of the program runs, the reader keeps the part that is in view.
    use_follow(&slot, (*loaded, props.active), |(_, active)| {
        active.map(|(line, _)| ("scrollToLine", line.into()))
    });
    html! {
        <>
            <div class="editor" ref={place} hidden={!*loaded} />
            if !*loaded {
                <Listing source={props.source.clone()} faults={props.faults.clone()} marks={props.marks.clone()}
                    active={props.active} on_line={props.on_line.clone()} />
            }
        </>
    }
}

/// Tells the editor about a change of what it shows, by the name of a method and its argument.
#[hook]
fn use_follow<T: PartialEq + 'static>(
    slot: &Slot,
    value: T,
    message: impl FnOnce(&T) -> Option<(&'static str, JsValue)> + 'static,
) {
    let slot = slot.clone();
    use_effect_with(value, move |value| {
        if let Some(instance) = slot.borrow().as_ref()
            && let Some((method, argument)) = message(value)
        {
            browser::call(&instance.editor, method, &[argument]);
        }
    });
}

async fn create(place: NodeRef, props: Props) -> Option<Instance> {
    let module = import().await?;
    // While the editor was loaded, the page may have been thrown away.
    let parent = place
        .cast::<Element>()
        .filter(|parent| parent.is_connected())?;
    let on_change = Closure::new(move |text| props.on_change.emit(text));
    let on_line = Closure::new(move |line| props.on_line.emit(line));
    let options = browser::object([
        ("doc", JsValue::from_str(&props.source)),
        ("onChange", on_change.as_ref().clone()),
        ("onLineClick", on_line.as_ref().clone()),
    ]);
    let editor = browser::call(&module, "createEditor", &[parent.into(), options])?;
    Some(Instance {
        editor,
        _on_change: on_change,
        _on_line: on_line,
    })
}

async fn import() -> Option<JsValue> {
    let window = browser::window()?;
    let promise = browser::call(&window, IMPORT, &[MODULE.into()])?;
    JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?)
        .await
        .ok()
}

impl Drop for Instance {
    fn drop(&mut self) {
        browser::call(&self.editor, "destroy", &[]);
    }
}

fn diagnostic(fault: &Diagnostic) -> JsValue {
    browser::object([
        ("line", fault.line.into()),
        ("column", fault.column.into()),
        ("endLine", fault.end_line.into()),
        ("endColumn", fault.end_column.into()),
        ("severity", "error".into()),
        ("message", JsValue::from_str(&fault.message)),
    ])
}

fn mark(mark: &PlaceMark) -> JsValue {
    browser::object([
        ("line", mark.line.into()),
        ("cls", mark_class(mark).into()),
        ("title", JsValue::from_str(&mark.title)),
    ])
}

fn active_line((line, hue): &(u32, u8)) -> JsValue {
    browser::object([
        ("line", (*line).into()),
        ("cls", format!("active-line hue-{hue}").into()),
    ])
}
