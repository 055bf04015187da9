//! Programs do in the browser what they do natively, to the byte of their traces.

use crate::digest::digest;
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

/// Left here by `cargo test --test engine digests`, which has to run before.
const NATIVE: &str = include_str!("../../target/golden/digests.json");

fn traces_are_those_of_native_runs(suite: &str) {
    let programs: Vec<Value> = serde_json::from_str(NATIVE).expect("JSON");
    let of_suite: Vec<&Value> = programs
        .iter()
        .filter(|program| program["suite"] == suite)
        .collect();
    assert!(of_suite.len() > 50, "{suite}: {}", of_suite.len());
    for program in of_suite {
        let [file, text] = ["file", "text"].map(|key| program[key].as_str().expect("a text"));
        assert_eq!(program["digest"], digest(text, file), "{suite}/{file}");
    }
}

#[wasm_bindgen_test]
fn asyncio() {
    traces_are_those_of_native_runs("asyncio");
}

#[wasm_bindgen_test]
fn threads() {
    traces_are_those_of_native_runs("threads");
}

#[wasm_bindgen_test]
fn language() {
    traces_are_those_of_native_runs("language");
}
