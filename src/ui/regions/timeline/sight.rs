//! The part of the axis that is looked at, and turning the wheel to change it.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlCanvasElement, WheelEvent};
use yew::prelude::*;

use crate::scene::timeline::Axis;
use crate::ui::paint::Geometry;

/// The narrowest part of the axis that can be looked at.
const NARROWEST: f64 = 1e-6;
/// How much one turn of the wheel, or one press of a button, zooms.
pub(super) const ZOOM: f64 = 1.6;

/// The part of the axis that is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight {
    /// What the axis measures.
    pub(super) axis: Axis,
    /// Its left end, within 0 and 1.
    pub(super) from: f64,
    /// Its right end.
    pub(super) to: f64,
}

impl Sight {
    const WHOLE: (f64, f64) = (0.0, 1.0);

    pub(super) fn whole(axis: Axis) -> Self {
        let (from, to) = Self::WHOLE;
        Self { axis, from, to }
    }

    /// The same, wider or narrower by a factor around a place in it.
    pub(super) fn zoomed(self, factor: f64, around: f64) -> Self {
        let width = ((self.to - self.from) * factor).clamp(NARROWEST, 1.0);
        let fixed = self.from + (self.to - self.from) * around;
        self.placed(fixed - width * around, width)
    }

    /// The same, moved by a part of its width.
    pub(super) fn moved(self, by: f64) -> Self {
        let width = self.to - self.from;
        self.placed(self.from + width * by, width)
    }

    fn placed(self, from: f64, width: f64) -> Self {
        let from = from.clamp(0.0, 1.0 - width);
        Self {
            from,
            to: from + width,
            ..self
        }
    }

    /// The same, moved so that a place in it is in sight.
    pub(super) fn showing(self, place: f64) -> Self {
        match place {
            place if (0.0..=1.0).contains(&place) => self,
            place => self.moved(place - 0.5),
        }
    }
}

/// Zooms around the pointer, or moves sideways. The listener must not be passive, which Yew's are.
#[hook]
pub(super) fn use_wheel(canvas: &NodeRef, sight: &UseStateHandle<Sight>) {
    let canvas = canvas.clone();
    let sight = sight.clone();
    use_effect_with((canvas.clone(), *sight), move |(canvas, _)| {
        let element = canvas.cast::<HtmlCanvasElement>();
        let zoomed = element.clone();
        let turn = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| {
            let Some(canvas) = &zoomed else { return };
            let geometry = Geometry::of(canvas, 1, 0);
            let place = geometry.place(f64::from(event.offset_x()));
            if place < 0.0 {
                return;
            }
            event.prevent_default();
            let (across, along) = (event.delta_x(), event.delta_y());
            let next = match event.shift_key() || across.abs() > along.abs() {
                true => sight.moved((across + along) / 1000.0),
                false => sight.zoomed(libm::pow(ZOOM, along / 120.0), place.clamp(0.0, 1.0)),
            };
            sight.set(next);
        });
        if let Some(element) = &element {
            let options = web_sys::AddEventListenerOptions::new();
            options.set_passive(false);
            let _ = element.add_event_listener_with_callback_and_add_event_listener_options(
                "wheel",
                turn.as_ref().unchecked_ref(),
                &options,
            );
        }
        move || {
            if let Some(element) = element {
                let function = turn.as_ref().unchecked_ref();
                let _ = element.remove_event_listener_with_callback("wheel", function);
            }
        }
    });
}
