//! The bars of a lane. Those that look the same are filled at once: a lane may have one for each column of pixels, and
//! a call to the canvas costs many times what a bar does in its path.

use super::{Geometry, HUES, Ink, Painter};
use crate::scene::names::Hue;
use crate::scene::timeline::{Bar, Form};

/// How pale is what has not happened yet.
const PALE: f64 = 0.3;
/// How pale the ground is on which a thread's hatching lies while it is held.
const GROUND: f64 = 0.42;
/// With more bars than this, a lane is dense.
const MOST_APART: usize = 200;

/// How the bars of a lane stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Density {
    /// Each can be told from its neighbours.
    Apart,
    /// They stand column by column.
    Dense,
}

impl Density {
    /// The narrowest bar that can be seen. In a dense lane it must not cover the next one.
    fn narrowest(self) -> f64 {
        match self {
            Self::Apart => 3.0,
            Self::Dense => 1.0,
        }
    }

    fn corner(self) -> f64 {
        match self {
            Self::Apart => 3.0,
            Self::Dense => 0.0,
        }
    }
}

/// Whether something has happened at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tense {
    Past,
    Future,
}

impl Tense {
    fn alpha(self) -> f64 {
        match self {
            Self::Past => 1.0,
            Self::Future => PALE,
        }
    }
}

/// What bars have in common that are filled at once.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Style {
    form: Form,
    hue: Hue,
    tense: Tense,
}

/// A bar, or the part of it on one side of the cursor, in CSS pixels.
struct Piece {
    style: Style,
    from: f64,
    to: f64,
}

impl Painter {
    /// Draws the bars of the lane whose top is at `y`: pale what lies behind the cursor, and on top what runs, which may
    /// be wider than it took.
    pub(super) fn bars(&self, bars: &[Bar], y: f64, cursor: f64, geometry: &Geometry) {
        let density = match bars.len() > MOST_APART {
            true => Density::Dense,
            false => Density::Apart,
        };
        let mut pieces = Vec::with_capacity(bars.len() + 1);
        for bar in bars {
            split(bar, cursor, geometry, density, &mut pieces);
        }
        match density {
            Density::Apart => pieces.sort_by_key(|piece| layer(piece.style.form)),
            Density::Dense => pieces
                .sort_by_key(|Piece { style, .. }| (layer(style.form), style.hue, style.tense)),
        }
        for alike in pieces.chunk_by(|one, next| one.style == next.style) {
            self.fill_alike(alike, y, density.corner(), geometry.bar_height());
        }
        self.context.set_global_alpha(1.0);
    }

    fn fill_alike(&self, alike: &[Piece], y: f64, corner: f64, height: f64) {
        let Some(style) = alike.first().map(|piece| piece.style) else {
            return;
        };
        let Some(ink) = self.hues.get(usize::from(style.hue % HUES)) else {
            return;
        };
        let alpha = style.tense.alpha();
        match style.form {
            Form::Run => {
                self.outline(alike, (y, height), corner);
                self.fill_solid(ink, alpha);
            }
            Form::Held => {
                self.outline(alike, (y, height), corner);
                self.fill_solid(ink, alpha * GROUND);
                self.fill_hatched(ink, alpha);
            }
            Form::Wait => {
                let thin = (height * 0.45).round();
                self.outline(alike, (y + (height - thin) / 2.0, thin), 0.0);
                self.fill_hatched(ink, alpha);
            }
        }
    }

    /// Makes the pieces the canvas's path.
    fn outline(&self, pieces: &[Piece], (y, height): (f64, f64), corner: f64) {
        self.context.begin_path();
        for piece in pieces {
            let (x, width) = (piece.from, piece.to - piece.from);
            let radius = (width / 2.0).min(corner);
            if radius > 0.0 {
                // A radius that is not negative is always valid.
                let _ = self
                    .context
                    .round_rect_with_f64(x, y, width, height, radius);
            } else {
                self.context.rect(x, y, width, height);
            }
        }
    }

    fn fill_solid(&self, ink: &Ink, alpha: f64) {
        self.context.set_global_alpha(alpha);
        self.context.set_fill_style_str(&ink.solid);
        self.context.fill();
    }

    fn fill_hatched(&self, ink: &Ink, alpha: f64) {
        self.context.set_global_alpha(alpha);
        match &ink.hatched {
            Some(pattern) => self.context.set_fill_style_canvas_pattern(pattern),
            None => self.context.set_fill_style_str(&ink.solid),
        }
        self.context.fill();
    }
}

/// Adds the pieces of a bar: two where the cursor goes through it.
fn split(bar: &Bar, cursor: f64, geometry: &Geometry, density: Density, pieces: &mut Vec<Piece>) {
    let (from, to) = (geometry.x(bar.from.max(-0.1)), geometry.x(bar.to.min(1.1)));
    let narrowest = density.narrowest();
    let to = match bar.form {
        Form::Run => to.max(from + narrowest),
        Form::Held | Form::Wait => to,
    };
    let now = geometry.x(cursor);
    let mut add = |from, to, tense| {
        let style = Style {
            form: bar.form,
            hue: bar.hue,
            tense,
        };
        pieces.push(Piece { style, from, to });
    };
    if from < now && to > now && to - from > narrowest + 0.5 {
        add(from, now, Tense::Past);
        add(now, to, Tense::Future);
    } else if bar.from < cursor - 1e-12 {
        add(from, to, Tense::Past);
    } else {
        add(from, to, Tense::Future);
    }
}

/// What lies under what.
fn layer(form: Form) -> u8 {
    match form {
        Form::Wait => 0,
        Form::Held => 1,
        Form::Run => 2,
    }
}
