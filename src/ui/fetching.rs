//! Programs that are not in the address as they are: behind a URL, or packed. Both take the browser a moment.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::address::Content;
use super::browser;
use super::state::{Action, Dispatch};

/// Longer texts are no programs that anybody wants to step through.
const LONGEST: usize = 1 << 20;

/// Gets the program that an address only names, when there is one.
#[hook]
pub fn use_fetching(wanted: Option<Content>, dispatch: Dispatch) {
    use_effect_with(wanted, move |wanted| {
        if let Some(wanted) = wanted.clone() {
            spawn_local(async move {
                let found = get(&wanted).await;
                dispatch.dispatch(Action::Fetched(wanted, found));
            });
        }
    });
}

async fn get(wanted: &Content) -> Result<String, String> {
    let text = match wanted {
        Content::Source(url) => fetch(url).await,
        Content::Packed(packed) => {
            let text = unpack(packed).await;
            text.ok_or_else(|| "the packed program in the address is damaged".to_owned())
        }
        Content::Code(text) => Ok(text.clone()),
        Content::Example(name) => Err(format!("{name} is an example")),
    }?;
    match text.len() > LONGEST {
        true => Err("it is too long".to_owned()),
        false => Ok(text),
    }
}

async fn fetch(url: &str) -> Result<String, String> {
    let refused = || format!("{url} could not be fetched");
    let window = browser::window().ok_or_else(refused)?;
    let response = settled(browser::call(&window, "fetch", &[url.into()])).await;
    let response = response.ok_or_else(refused)?;
    let status = browser::property(&response, "status").and_then(|status| status.as_f64());
    if browser::property(&response, "ok") != Some(JsValue::TRUE) {
        return Err(format!("{}: {}", refused(), status.unwrap_or_default()));
    }
    let text = settled(browser::call(&response, "text", &[])).await;
    text.and_then(|text| text.as_string()).ok_or_else(refused)
}

/// A text as links carry it: compressed, in the letters of base64url.
pub async fn pack(text: &str) -> Option<String> {
    let bytes = piped(text.as_bytes(), "CompressionStream").await?;
    let mut binary = String::with_capacity(bytes.len());
    binary.extend(bytes.iter().map(|byte| char::from(*byte)));
    let letters = browser::window()?.btoa(&binary).ok()?;
    let plain = letters.trim_end_matches('=');
    Some(plain.replace('+', "-").replace('/', "_"))
}

/// The text that a link carries.
pub async fn unpack(packed: &str) -> Option<String> {
    let letters = packed.replace('-', "+").replace('_', "/");
    let binary = browser::window()?.atob(&letters).ok()?;
    let bytes: Vec<u8> = binary.chars().map(|letter| letter as u8).collect();
    String::from_utf8(piped(&bytes, "DecompressionStream").await?).ok()
}

/// What comes out of one of the browser's streams that compress.
async fn piped(bytes: &[u8], stream: &str) -> Option<Vec<u8>> {
    let whole = construct("Response", &[Uint8Array::from(bytes).into()])?;
    let stream = construct(stream, &["deflate-raw".into()])?;
    let body = browser::property(&whole, "body")?;
    let through = browser::call(&body, "pipeThrough", &[stream])?;
    let result = construct("Response", &[through])?;
    let buffer = settled(browser::call(&result, "arrayBuffer", &[])).await?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn construct(class: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let window = browser::window()?;
    let class: Function = browser::property(&window, class)?.dyn_into().ok()?;
    Reflect::construct(&class, &arguments.iter().collect::<Array>()).ok()
}

/// What a promise is kept with, if it is kept.
async fn settled(promise: Option<JsValue>) -> Option<JsValue> {
    let promise: Promise = promise?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
