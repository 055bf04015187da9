//! Nesting that would exhaust the stack is refused or raises, in the module as natively: a trap would end this page.

use crate::deep;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn sources_of_any_depth_are_refused_or_run() {
    deep::nest_sources();
}

#[wasm_bindgen_test]
fn recursion_is_an_exception() {
    deep::recurse();
}
