//! Commands for working on Loopscope.
fn main() {}
