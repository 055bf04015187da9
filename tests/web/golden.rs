//! Programs do in the browser what they do natively, to the byte of their traces.

use crate::sample::{DIGESTS, digests};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn traces_are_those_of_native_runs() {
    for (native, here) in DIGESTS.lines().zip(digests().lines()) {
        assert_eq!(native, here);
    }
    assert_eq!(DIGESTS, digests());
}
