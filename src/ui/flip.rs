//! Motion: what goes from one place to another is seen to move.
//!
//! Elements with `data-flip` carry a stable id. After each change of the page the new place of every such element is
//! compared with where the element of that id was before, and the way between is played by a transform. The page
//! itself is already final: motion is only ever in the view. An element that is new flies in from the element named
//! by its `data-from`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::prelude::*;

use super::browser;

/// With more elements than this on the page measuring them costs more than motion is worth.
const LIMIT: u32 = 240;
/// Shorter ways than this, in pixels, are not worth a motion.
const SHORTEST: f64 = 2.0;

#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
}

/// Whether an element was on the page before.
#[derive(Clone, Copy, PartialEq)]
enum Arrival {
    Known,
    New,
}

type Places = BTreeMap<String, Place>;

/// What is kept from one change of the page to the next.
#[derive(Default)]
struct Before {
    places: Places,
    /// Motions that may be under way still.
    motions: Vec<JsValue>,
}

/// Plays the motion of all `data-flip` elements under `root` after each change of `step`, within `milliseconds`.
#[hook]
pub fn use_flip(root: NodeRef, step: (u32, u32), milliseconds: f64) {
    let before: Rc<RefCell<Before>> = use_memo((), |()| RefCell::default());
    use_effect_with((step, milliseconds as u32), move |_| {
        let Some(root) = root.cast::<Element>() else {
            return;
        };
        let mut before = before.borrow_mut();
        // Or their transforms would be measured too.
        for motion in before.motions.drain(..) {
            browser::call(&motion, "cancel", &[]);
        }
        let elements = elements(&root);
        let after: Places = elements
            .iter()
            .filter_map(|element| Some((id(element)?, place(element)?)))
            .collect();
        if milliseconds > 0.0 && !browser::reduced_motion() {
            before.motions = play(&elements, &before.places, &after, milliseconds);
        }
        before.places = after;
    });
}

fn elements(root: &Element) -> Vec<Element> {
    let Ok(found) = root.query_selector_all("[data-flip]") else {
        return Vec::new();
    };
    if found.length() > LIMIT {
        return Vec::new();
    }
    (0..found.length())
        .filter_map(|nth| found.item(nth)?.dyn_into().ok())
        .collect()
}

fn id(element: &Element) -> Option<String> {
    element.get_attribute("data-flip")
}

/// The upper left corner; nothing for what is not displayed.
fn place(element: &Element) -> Option<Place> {
    let rect = element.get_bounding_client_rect();
    (rect.width() > 0.0).then(|| Place {
        x: rect.left(),
        y: rect.top(),
    })
}

/// Sets all elements in motion that are not where they were.
fn play(elements: &[Element], before: &Places, after: &Places, milliseconds: f64) -> Vec<JsValue> {
    let motion = |element: &Element| {
        let id = id(element)?;
        let now = after.get(&id)?;
        match before.get(&id) {
            Some(then) => slide(element, *then, *now, milliseconds, Arrival::Known),
            None => {
                let from = element.get_attribute("data-from");
                let then = from.and_then(|from| before.get(&from)).unwrap_or(now);
                slide(element, *then, *now, milliseconds, Arrival::New)
            }
        }
    };
    elements.iter().filter_map(motion).collect()
}

fn slide(
    element: &Element,
    from: Place,
    to: Place,
    milliseconds: f64,
    arrival: Arrival,
) -> Option<JsValue> {
    let (dx, dy) = (from.x - to.x, from.y - to.y);
    if dx.abs() + dy.abs() < SHORTEST && arrival == Arrival::Known {
        return None;
    }
    let start_at = format!("translate({dx:.1}px, {dy:.1}px)");
    let start: JsValue = match arrival {
        Arrival::Known => browser::object([("transform", start_at.into())]),
        Arrival::New => browser::object([("transform", start_at.into()), ("opacity", 0.into())]),
    };
    // The end of the motion is the page itself, so that only its beginning is given.
    let frames = js_sys::Array::of1(&start);
    let options = browser::object([
        ("duration", milliseconds.into()),
        ("easing", "cubic-bezier(.3, .9, .4, 1)".into()),
    ]);
    browser::call(element, "animate", &[frames.into(), options])
}
