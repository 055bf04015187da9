//! The one binary: natively the command line, on wasm32 the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    loopscope::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    std::process::exit(loopscope::cli::main());
}
