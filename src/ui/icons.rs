//! The few pictures on buttons, as SVG paths, so that they look alike on every system.

use yew::prelude::*;

/// A picture on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the first step.
    First,
    /// One step back.
    Back,
    /// One step forward.
    Forward,
    /// To the last step.
    Last,
    /// Start playing.
    Play,
    /// Stop playing.
    Pause,
    /// To the dark theme.
    Moon,
    /// To the light theme.
    Sun,
    /// Settings.
    Sliders,
    /// Give a link away.
    Share,
    /// That is done.
    Done,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::First => "M3 3h2v10H3zM13 3v10L6 8z",
            Self::Back => "M11.5 3v10L4.5 8z",
            Self::Forward => "M4.5 3v10l7-5z",
            Self::Last => "M11 3h2v10h-2zM3 3v10l7-5z",
            Self::Play => "M4 2.5v11l9-5.5z",
            Self::Pause => "M4 3h3v10H4zM9 3h3v10H9z",
            Self::Sliders => {
                "M1 3.5h7v1.6H1zM12 3.5h3v1.6h-3zM10 1.8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM1 10.9h2.5v1.6H1zM8 10.9h7v1.6H8zM5.8 9.2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
            }
            Self::Share => {
                "M8 1 4.5 4.5l1 1 1.8-1.8V10h1.4V3.7l1.8 1.8 1-1zM3 7h2v1.4h-.6v5.2h7.2V8.4H11V7h2v8H3z"
            }
            Self::Done => "M6.5 12.7 2.4 8.6l1.2-1.2 2.9 2.9 5.9-5.9 1.2 1.2z",
            Self::Moon => "M9.5 2a6 6 0 1 0 4.5 8.6A5 5 0 0 1 9.5 2z",
            Self::Sun => {
                "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM7.4 1h1.2v2.2H7.4zM7.4 12.8h1.2V15H7.4zM1 7.4h2.2v1.2H1zM12.8 7.4H15v1.2h-2.2zM2.6 3.5l.9-.9L5 4.2l-.8.8zM11 11.8l.8-.8 1.6 1.5-.9.9zM2.6 12.5 4.2 11l.8.8-1.5 1.6zM11 4.2l1.5-1.6.9.9L11.8 5z"
            }
        }
    }
}

/// The picture, hidden from screen readers: the button around it has a name.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon.path()} /></svg>
    }
}

/// The mark beside the name: a loop with a task on its way.
pub fn mark() -> Html {
    html! {
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true">
            <path d="M20.5 12a8.5 8.5 0 1 1-3.2-6.6" />
            <path d="M17.6 1.6v4.2h-4.2" stroke-linejoin="round" />
            <circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="none" />
        </svg>
    }
}
