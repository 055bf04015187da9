//! The linker gives the module the stack that the bounds on nesting count on.

use std::hint::black_box;

use wasm_bindgen_test::wasm_bindgen_test;

const MIB: usize = 1 << 20;
const FRAME: usize = 4 << 10;

/// Uses at least `bytes` of stack; returns the number of frames.
fn descend(bytes: usize) -> usize {
    let frame = black_box([0_u8; FRAME]);
    let below = if bytes > FRAME {
        descend(bytes - FRAME)
    } else {
        0
    };
    below + 1 + usize::from(frame[0])
}

#[wasm_bindgen_test]
fn seven_mebibytes_of_stack_are_usable() {
    assert_eq!(descend(7 * MIB), 7 * MIB / FRAME);
}
