//! Being called later by the browser: after some time, or as soon as it has done what is urgent.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageChannel, MessagePort};

use super::browser;

/// A call in the future, which does not happen once this is dropped.
pub struct Timer {
    id: i32,
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` once, after this many milliseconds.
    pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) -> Option<Self> {
        let call = Closure::once(then);
        let id = browser::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                call.as_ref().unchecked_ref(),
                milliseconds,
            )
            .ok()?;
        Some(Self { id, _call: call })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = browser::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Calls `then` once, after this many milliseconds, whatever happens until then.
pub fn later(milliseconds: i32, then: impl FnOnce() + 'static) {
    let call = Closure::once_into_js(then);
    if let Some(window) = browser::window() {
        // Where there are no timers there is no page to care for.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            call.unchecked_ref(),
            milliseconds,
        );
    }
}

/// A call that is repeated until this is dropped.
pub struct Repeat {
    id: i32,
    _call: Closure<dyn FnMut()>,
}

impl Repeat {
    /// Calls `then` every so many milliseconds.
    pub fn every(milliseconds: i32, then: impl FnMut() + 'static) -> Option<Self> {
        let call = Closure::new(then);
        let id = browser::window()?
            .set_interval_with_callback_and_timeout_and_arguments_0(
                call.as_ref().unchecked_ref(),
                milliseconds,
            )
            .ok()?;
        Some(Self { id, _call: call })
    }
}

impl Drop for Repeat {
    fn drop(&mut self) {
        if let Some(window) = browser::window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

/// Calls back again and again, each time after the browser had its turn. Messages have no minimal delay and keep
/// coming in pages that are not in front, where timers are slowed down.
pub struct Turns {
    heard: MessagePort,
    asked: MessagePort,
    _call: Closure<dyn FnMut()>,
}

impl Turns {
    /// Prepares calls of `turn`; each needs its [`Turns::request`].
    pub fn new(turn: impl FnMut() + 'static) -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let call = Closure::new(turn);
        channel
            .port1()
            .set_onmessage(Some(call.as_ref().unchecked_ref()));
        Some(Self {
            heard: channel.port1(),
            asked: channel.port2(),
            _call: call,
        })
    }

    /// Asks for one call.
    pub fn request(&self) {
        // Without a port that works there is no turn, and the run stands still; nothing else could be done.
        let _ = self.asked.post_message(&wasm_bindgen::JsValue::NULL);
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        // A message may be under way still.
        self.heard.set_onmessage(None);
        self.heard.close();
    }
}
