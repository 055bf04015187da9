//! Timeline: a lane for each thread and task, on a canvas. Drag to travel, turn the wheel to zoom.

mod search;
mod sight;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlCanvasElement, HtmlElement, PointerEvent};
use yew::prelude::*;

use search::Search;
use sight::{Sight, ZOOM, use_wheel};

use crate::scene::names::View;
use crate::scene::timeline::{self, Axis, LaneId, Scale, TimelinePicture, Tracks, Window};
use crate::sim::event::TaskId;
use crate::ui::paint::{Geometry, Painter};
use crate::ui::session::SharedSession;
use crate::ui::state::{Action, Dispatch};

/// A place on the axis that is not on the canvas.
const OUT_OF_SIGHT: f64 = -1.0;

/// What the region shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The run.
    pub session: SharedSession,
    /// How many events it has so far.
    pub total: u32,
    /// How many of them lie before the cursor.
    pub position: u32,
    /// Whether the page is dark.
    pub dark: bool,
    /// The task that is followed.
    pub followed: Option<TaskId>,
    /// The lane that is to be in sight.
    pub sought: Option<LaneId>,
}

/// The region.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let sight = use_state_eq(|| Sight::whole(Axis::Time));
    let size = use_state_eq(|| 0_u32);
    let scroll = use_state_eq(|| 0_u32);
    let canvas = use_node_ref();
    let strip = use_node_ref();
    let painter: Rc<RefCell<Option<Painter>>> = use_mut_ref(|| None);
    let cursor = use_mut_ref(|| OUT_OF_SIGHT);

    use_size(&strip, size.setter());
    use_wheel(&canvas, &sight);
    {
        let sight = sight.setter();
        use_effect_with(props.session.clone(), move |_| {
            sight.set(Sight::whole(Axis::Time));
        });
    }
    {
        let (canvas, strip, sight) = (canvas.clone(), strip.clone(), sight.clone());
        let painter = painter.clone();
        let seen = (props.clone(), *sight, *size, *scroll);
        let before = use_mut_ref(|| u32::MAX);
        let cursor = cursor.clone();
        use_effect_with(seen, move |(props, seen, ..)| {
            let Some(element) = canvas.cast::<HtmlCanvasElement>() else {
                return;
            };
            let mut painter = painter.borrow_mut();
            if painter
                .as_ref()
                .is_none_or(|painter| painter.dark() != props.dark)
            {
                *painter = Painter::new(&element, props.dark);
            }
            let Some(painter) = painter.as_mut() else {
                return;
            };
            let session = props.session.borrow();
            let scrolled = strip
                .cast::<HtmlElement>()
                .map_or(0, |strip| strip.scroll_top());
            let geometry = Geometry::of(&element, session.tracks().len(), scrolled);
            if let Some(strip) = strip.cast::<HtmlElement>() {
                let (wanted, hidden) = (geometry.wanted_height(), geometry.hidden_height());
                // Setting a custom property cannot fail.
                let _ = strip
                    .style()
                    .set_property("--wanted", &format!("{wanted}px"));
                let _ = strip
                    .style()
                    .set_property("--hidden", &format!("{hidden}px"));
            }
            let picture = draw(&session, *seen, &geometry);
            cursor.replace(picture.cursor);
            let travelled = before.replace(props.position) != props.position;
            if travelled && seen.showing(picture.cursor) != *seen {
                sight.set(seen.showing(picture.cursor));
            }
            painter.paint(&picture, &geometry, props.followed.map(LaneId::Task));
        });
    }
    {
        let (canvas, strip, session) = (canvas.clone(), strip.clone(), props.session.clone());
        use_effect_with(props.sought, move |sought| {
            let elements = (
                canvas.cast::<HtmlCanvasElement>(),
                strip.cast::<HtmlElement>(),
            );
            if let (Some(lane), (Some(canvas), Some(strip))) = (sought, elements) {
                let session = session.borrow();
                let tracks = session.tracks();
                let geometry = Geometry::of(&canvas, tracks.len(), 0);
                strip.set_scroll_top(geometry.scroll_to(tracks.above(*lane)) as i32);
            }
        });
    }

    let dispatch = use_context::<Dispatch>();
    let travel = {
        let (session, canvas) = (props.session.clone(), canvas.clone());
        let sight = *sight;
        Callback::from(move |event: PointerEvent| {
            let Some(element) = canvas.cast::<HtmlCanvasElement>() else {
                return;
            };
            let position = {
                let session = session.borrow();
                let geometry = Geometry::of(&element, session.tracks().len(), 0);
                let place = geometry.place(f64::from(event.offset_x()));
                let window = window(sight, &geometry);
                Scale::new(session.recording(), &window).position(place)
            };
            if let Some(dispatch) = &dispatch {
                dispatch.dispatch(Action::Seek(position as u32));
            }
        })
    };
    let onpointerdown = {
        let (travel, dispatch) = (travel.clone(), use_context::<Dispatch>());
        let (session, canvas, strip) = (props.session.clone(), canvas.clone(), strip.clone());
        Callback::from(move |event: PointerEvent| {
            let named = named(&event, &canvas, &strip, session.borrow().tracks());
            match named {
                Some(Some(LaneId::Task(task))) => {
                    if let Some(dispatch) = &dispatch {
                        dispatch.dispatch(Action::Follow(task));
                    }
                    return;
                }
                Some(_) => return,
                None => {}
            }
            if let Some(target) = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlElement>().ok())
            {
                // Without capture a drag ends at the canvas's edge, which is no harm.
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            travel.emit(event);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            travel.emit(event);
        }
    });
    let onscroll = {
        let scroll = scroll.setter();
        Callback::from(move |event: Event| {
            let strip: HtmlElement = event.target_unchecked_into();
            scroll.set(strip.scroll_top().max(0) as u32);
        })
    };
    let set = |next: Sight| {
        let sight = sight.setter();
        Callback::from(move |_: MouseEvent| sight.set(next))
    };
    // Around the cursor, as long as that is in sight.
    let zoom = |factor: f64| {
        let (sight, cursor) = (sight.clone(), cursor.clone());
        Callback::from(move |_: MouseEvent| {
            let place = Some(*cursor.borrow()).filter(|place| (0.0..=1.0).contains(place));
            sight.set(sight.zoomed(factor, place.unwrap_or(0.5)));
        })
    };
    let (axis, axis_name, other) = match sight.axis {
        Axis::Time => (Axis::Step, "time", "steps"),
        Axis::Step => (Axis::Time, "steps", "time"),
    };
    html! {
        <section class="region timeline" aria-label="Timeline">
            <h2>{ "Timeline " }<span class="hint">{ "solid runs, hatched waits · drag to travel · wheel zooms · / finds" }</span></h2>
            <div class="tools">
                <Search />
                <button class="button" title={format!("Show {other} instead of {axis_name}")} onclick={set(Sight::whole(axis))}>{ format!("x: {axis_name}") }</button>
                <button class="button" aria-label="Zoom out" title="Zoom out" onclick={zoom(ZOOM)}>{ "−" }</button>
                <button class="button" aria-label="Zoom in" title="Zoom in" onclick={zoom(1.0 / ZOOM)}>{ "+" }</button>
                <button class="button" title="Show the whole run" onclick={set(Sight::whole(sight.axis))}>{ "All" }</button>
            </div>
            <div class="strip" ref={strip} {onscroll}>
                <canvas ref={canvas} {onpointerdown} {onpointermove} role="img"
                    aria-label={format!("Lanes of threads and tasks; step {} of {}", props.position, props.total)} />
                <div class="depth" />
            </div>
        </section>
    }
}

/// Whose name a pointer is at, if it is in the column of names.
fn named(
    event: &PointerEvent,
    canvas: &NodeRef,
    strip: &NodeRef,
    tracks: &Tracks,
) -> Option<Option<LaneId>> {
    let canvas = canvas.cast::<HtmlCanvasElement>()?;
    let scrolled = strip.cast::<HtmlElement>()?.scroll_top();
    let geometry = Geometry::of(&canvas, tracks.len(), scrolled);
    let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    let beside = geometry.place(x) < 0.0;
    let lane = geometry.named_at(x, y);
    beside.then(|| lane.and_then(|lane| tracks.lanes(lane..lane + 1).first().copied()))
}

fn window(sight: Sight, geometry: &Geometry) -> Window {
    Window {
        axis: sight.axis,
        from: sight.from,
        to: sight.to,
        columns: geometry.columns(),
        lanes: geometry.visible(),
    }
}

fn draw(
    session: &crate::ui::session::Session,
    sight: Sight,
    geometry: &Geometry,
) -> TimelinePicture {
    let recording = session.recording();
    if recording.is_empty() {
        return TimelinePicture {
            cursor: OUT_OF_SIGHT,
            ..TimelinePicture::default()
        };
    }
    let view = View::of(recording, session.cursor().model());
    timeline::picture(session.tracks(), recording, view, &window(sight, geometry))
}

/// Notes every change of the strip's size.
#[hook]
fn use_size(strip: &NodeRef, set: UseStateSetter<u32>) {
    let strip = strip.clone();
    use_effect_with((), move |()| {
        let element = strip.cast::<HtmlElement>();
        let watched = element.clone();
        let notice = Closure::<dyn FnMut()>::new(move || {
            if let Some(strip) = &watched {
                let (width, height) = (strip.client_width(), strip.client_height());
                set.set((width.max(0) as u32) << 12 | (height.max(0) as u32 & 0xfff));
            }
        });
        let observer = web_sys::ResizeObserver::new(notice.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(notice);
        }
    });
}
