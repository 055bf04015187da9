//! Painting the timeline on a canvas, with the colours that the page's style sheet has.

mod bars;

use std::f64::consts::PI;
use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use super::browser;
use crate::scene::names::Hue;
use crate::scene::timeline::{Arrow, LaneId, LanePicture, TimelinePicture};

/// How many hues the style sheet has.
const HUES: Hue = 8;
/// Height of the axis under the lanes.
const AXIS: f64 = 18.0;
/// Room over the first lane, for the cursor's head.
const TOP: f64 = 6.0;
/// A lane's height, from where it is still readable to where it is comfortable.
const LOWEST: f64 = 14.0;
const HIGHEST: f64 = 19.0;
const FONT: &str = "system-ui, sans-serif";
/// The size of type for which the measures above are meant.
const TYPE: f64 = 11.0;

/// Where things are on the canvas, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    width: f64,
    height: f64,
    /// Width of the column of names.
    names: f64,
    /// Height of a lane.
    row: f64,
    lanes: usize,
    scrolled: f64,
    ratio: f64,
    /// How much larger than usual the page's type is.
    scale: f64,
}

impl Geometry {
    /// The geometry of a canvas with so many lanes, scrolled by so many pixels.
    pub fn of(canvas: &HtmlCanvasElement, lanes: usize, scrolled: i32) -> Self {
        let (width, height) = (
            f64::from(canvas.client_width()),
            f64::from(canvas.client_height()),
        );
        let scale = type_size(canvas) / TYPE;
        let room = (height - (AXIS + TOP) * scale) / lanes.max(1) as f64;
        Self {
            width,
            height,
            names: scale * if width < 560.0 { 82.0 } else { 116.0 },
            row: room.floor().clamp(LOWEST * scale, HIGHEST * scale),
            lanes,
            scrolled: f64::from(scrolled.max(0)),
            ratio: browser::window().map_or(1.0, |window| window.device_pixel_ratio()),
            scale,
        }
    }

    /// How many columns the axis has.
    pub fn columns(&self) -> usize {
        (self.width - self.names).max(1.0) as usize
    }

    /// The lanes in sight.
    pub fn visible(&self) -> Range<usize> {
        let first = (self.scrolled / self.row) as usize;
        let count = ((self.height - self.axis()) / self.row).ceil().max(0.0) as usize;
        first..(first + count + 1).min(self.lanes)
    }

    /// The height that all lanes would like to have.
    pub fn wanted_height(&self) -> f64 {
        (self.lanes as f64 * HIGHEST + TOP + AXIS) * self.scale
    }

    /// The lane whose name is at a place of the canvas, counted from the top of all.
    pub fn named_at(&self, x: f64, y: f64) -> Option<usize> {
        let beside = x < self.names - 6.0 && y < self.height - self.axis();
        let lane = (y - TOP * self.scale + self.scrolled) / self.row;
        (beside && lane >= 0.0 && (lane as usize) < self.lanes).then_some(lane as usize)
    }

    /// How far to scroll so that so many lanes lie above the middle.
    pub fn scroll_to(&self, above: usize) -> f64 {
        let middle = (self.height - self.axis()) / 2.0;
        (above as f64 * self.row - middle).max(0.0)
    }

    /// How much of the lanes is out of sight.
    pub fn hidden_height(&self) -> f64 {
        (self.lanes as f64 * self.row + TOP * self.scale + self.axis() - self.height).max(0.0)
    }

    /// The place on the axis, from 0 to 1, at a distance from the left edge.
    pub fn place(&self, x: f64) -> f64 {
        (x - self.names) / (self.width - self.names - 8.0).max(1.0)
    }

    fn axis(&self) -> f64 {
        AXIS * self.scale
    }

    fn x(&self, place: f64) -> f64 {
        self.names + place * (self.width - self.names - 8.0)
    }

    fn y(&self, lane: usize) -> f64 {
        let first = self.visible().start;
        ((first + lane) as f64) * self.row - self.scrolled + TOP * self.scale
    }

    fn bar_height(&self) -> f64 {
        (self.row - 6.0 * self.scale).clamp(8.0, 14.0 * self.scale)
    }
}

/// Paints a canvas.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    dark: bool,
    hues: Vec<Ink>,
    mute: String,
    line: String,
    accent: String,
}

/// A hue as a colour and as a hatching.
struct Ink {
    solid: String,
    hatched: Option<CanvasPattern>,
}

impl Painter {
    /// A painter with the page's colours as they are now.
    pub fn new(canvas: &HtmlCanvasElement, dark: bool) -> Option<Self> {
        let context = context(canvas)?;
        let hues = (0..HUES).map(|hue| {
            let solid = colour(canvas, &format!("--t{hue}"));
            let hatched = hatching(&context, &solid);
            Ink { solid, hatched }
        });
        Some(Self {
            hues: hues.collect(),
            mute: colour(canvas, "--mute"),
            line: colour(canvas, "--line"),
            accent: colour(canvas, "--accent"),
            canvas: canvas.clone(),
            context,
            dark,
        })
    }

    /// Whether these are the colours of the dark page.
    pub fn dark(&self) -> bool {
        self.dark
    }

    /// Paints everything anew, with the name of one lane set off.
    pub fn paint(&self, picture: &TimelinePicture, geometry: &Geometry, followed: Option<LaneId>) {
        let (width, height) = (
            geometry.width * geometry.ratio,
            geometry.height * geometry.ratio,
        );
        self.canvas.set_width(width as u32);
        self.canvas.set_height(height as u32);
        // The matrix of a positive ratio is always valid.
        let _ = self.context.scale(geometry.ratio, geometry.ratio);
        self.set_font("", geometry);
        self.context.set_text_baseline("middle");
        self.ticks(picture, geometry);
        for (nth, lane) in picture.lanes.iter().enumerate() {
            let set_off = followed == Some(lane.id);
            self.name(nth, lane, set_off, geometry);
            self.lane(nth, lane, picture.cursor, geometry);
        }
        self.clip_axis(geometry);
        for arrow in &picture.arrows {
            self.arrow(arrow, picture.cursor, geometry);
        }
        self.context.restore();
        self.cursor(picture.cursor, geometry);
    }

    fn clip_axis(&self, geometry: &Geometry) {
        self.context.save();
        self.context.begin_path();
        let left = geometry.names - 6.0;
        self.context.rect(
            left,
            0.0,
            geometry.width - left,
            geometry.height - geometry.axis(),
        );
        self.context.clip();
    }

    fn ticks(&self, picture: &TimelinePicture, geometry: &Geometry) {
        let bottom = geometry.height - geometry.axis();
        let mut free = 0.0;
        for tick in picture.ticks.iter().filter(|tick| tick.at >= 0.0) {
            let x = geometry.x(tick.at).round() + 0.5;
            let width = self.width(&tick.label);
            if x < free || x + width + 4.0 > geometry.width {
                continue;
            }
            free = x + width + 10.0;
            self.context.set_stroke_style_str(&self.line);
            self.stroke(&[(x, 0.0), (x, bottom + 3.0)], 1.0);
            self.context.set_fill_style_str(&self.mute);
            let _ =
                self.context
                    .fill_text(&tick.label, x + 4.0, bottom + geometry.axis() / 2.0 + 1.0);
        }
    }

    fn name(&self, nth: usize, lane: &LanePicture, set_off: bool, geometry: &Geometry) {
        let middle = geometry.y(nth) + geometry.bar_height() / 2.0;
        if middle > geometry.height - geometry.axis() {
            return;
        }
        let (weight, ink) = match set_off {
            true => ("bold ", &self.accent),
            false => ("", &self.mute),
        };
        self.set_font(weight, geometry);
        self.context.set_fill_style_str(ink);
        let name = self.fitting(&lane.label, geometry.names - 12.0);
        let _ = self.context.fill_text(&name, 0.0, middle);
    }

    fn set_font(&self, weight: &str, geometry: &Geometry) {
        let size = TYPE * geometry.scale;
        self.context.set_font(&format!("{weight}{size}px {FONT}"));
    }

    fn lane(&self, nth: usize, lane: &LanePicture, cursor: f64, geometry: &Geometry) {
        let y = geometry.y(nth);
        if y + geometry.bar_height() / 2.0 > geometry.height - geometry.axis() {
            return;
        }
        self.clip_axis(geometry);
        self.bars(&lane.bars, y, cursor, geometry);
        self.context.restore();
    }

    fn arrow(&self, arrow: &Arrow, cursor: f64, geometry: &Geometry) {
        let Some(ink) = self.hues.get(usize::from(arrow.hue % HUES)) else {
            return;
        };
        let half = geometry.bar_height() / 2.0;
        let (x1, y1) = (geometry.x(arrow.from), geometry.y(arrow.from_lane) + half);
        let (x2, y2) = (geometry.x(arrow.to), geometry.y(arrow.to_lane) + half);
        let alpha = match (arrow.current, arrow.from < cursor) {
            (true, _) => 1.0,
            (false, true) => 0.4,
            (false, false) => 0.12,
        };
        self.context.set_global_alpha(alpha);
        self.context.set_stroke_style_str(&ink.solid);
        self.context.set_fill_style_str(&ink.solid);
        self.stroke(&[(x1, y1), (x2, y2)], if arrow.current { 1.6 } else { 1.0 });
        self.arrow_head(x2, y2, libm::atan2(y2 - y1, x2 - x1));
        self.context.set_global_alpha(1.0);
    }

    fn arrow_head(&self, x: f64, y: f64, angle: f64) {
        let wing = |turn: f64| {
            (
                x - 7.0 * libm::cos(angle + turn),
                y - 7.0 * libm::sin(angle + turn),
            )
        };
        let ((ax, ay), (bx, by)) = (wing(0.45), wing(-0.45));
        self.context.begin_path();
        self.context.move_to(x, y);
        self.context.line_to(ax, ay);
        self.context.line_to(bx, by);
        self.context.fill();
    }

    fn cursor(&self, place: f64, geometry: &Geometry) {
        if !(0.0..=1.0).contains(&place) {
            return;
        }
        let x = geometry.x(place);
        self.context.set_stroke_style_str(&self.accent);
        self.context.set_fill_style_str(&self.accent);
        self.stroke(
            &[(x, 2.0), (x, geometry.height - geometry.axis() + 3.0)],
            2.0,
        );
        self.context.begin_path();
        let _ = self.context.arc(x, 5.0, 5.0, 0.0, 2.0 * PI);
        self.context.fill();
    }

    fn stroke(&self, points: &[(f64, f64)], width: f64) {
        self.context.set_line_width(width);
        self.context.begin_path();
        for (nth, &(x, y)) in points.iter().enumerate() {
            match nth {
                0 => self.context.move_to(x, y),
                _ => self.context.line_to(x, y),
            }
        }
        self.context.stroke();
    }

    fn width(&self, text: &str) -> f64 {
        let measured = self.context.measure_text(text);
        measured.map_or(0.0, |measured| measured.width())
    }

    /// The text, shortened in front where it is too wide: names differ at their ends.
    fn fitting(&self, text: &str, width: f64) -> String {
        let fits = |text: &str| self.width(text) <= width;
        let ends = text
            .char_indices()
            .map(|(at, _)| text.get(at..).unwrap_or_default());
        let mut ends = ends.enumerate().map(|(cut, end)| match cut {
            0 => end.to_owned(),
            _ => format!("…{end}"),
        });
        ends.find(|end| fits(end)).unwrap_or_default()
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The size of the page's small type, which the canvas inherits.
fn type_size(canvas: &HtmlCanvasElement) -> f64 {
    let style =
        browser::window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let pixels = size.and_then(|size| size.strip_suffix("px")?.parse().ok());
    pixels.unwrap_or(TYPE)
}

/// The colour that a custom property stands for. Only a real property resolves it, so that it is lent to the canvas's
/// own text colour.
fn colour(canvas: &HtmlCanvasElement, property: &str) -> String {
    let value = format!("var({property})");
    let resolve = || {
        canvas.style().set_property("color", &value).ok()?;
        let style = browser::window()?.get_computed_style(canvas).ok()??;
        style.get_property_value("color").ok()
    };
    resolve().unwrap_or_else(|| "gray".to_owned())
}

/// Diagonal lines of a colour, which repeat without a seam.
fn hatching(target: &CanvasRenderingContext2d, colour: &str) -> Option<CanvasPattern> {
    const SIDE: f64 = 6.0;
    let tile = browser::document()?.create_element("canvas").ok()?;
    let tile: HtmlCanvasElement = tile.dyn_into().ok()?;
    tile.set_width(SIDE as u32);
    tile.set_height(SIDE as u32);
    let context = context(&tile)?;
    context.set_stroke_style_str(colour);
    context.set_global_alpha(0.6);
    context.set_line_width(1.3);
    context.begin_path();
    for shift in [-SIDE, 0.0, SIDE] {
        context.move_to(shift - 1.0, SIDE + 1.0);
        context.line_to(shift + SIDE + 1.0, -1.0);
    }
    context.stroke();
    target
        .create_pattern_with_html_canvas_element(&tile, "repeat")
        .ok()
        .flatten()
}
