//! The engine alone in a browser, without the page around it: `cargo xtask bench-web` builds this as a module and times
//! it beside the page. What it keeps is what `benches/asyncio.rs` calls "ours": the events of the whole run.

#[cfg(target_arch = "wasm32")]
fn main() {
    web::offer();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a module for a browser: `cargo xtask bench-web` builds and runs it");
}

#[cfg(target_arch = "wasm32")]
mod web {
    use js_sys::Reflect;
    use loopscope::allocator;
    use loopscope::sim::event::Log;
    use loopscope::sim::options::Options;
    use loopscope::sim::world::{Progress, World};
    use wasm_bindgen::prelude::*;

    /// Slices between two times at which memory is asked for, as in the page.
    const SLICES: usize = 1024;

    /// Gives the window the function `run`, which runs the text of a program and answers how many milliseconds it took;
    /// no number if the program fails.
    pub fn offer() {
        let run = Closure::<dyn Fn(String) -> f64>::new(|text: String| run(&text));
        if let Some(window) = web_sys::window() {
            // Setting a new property of the window cannot fail.
            let _ = Reflect::set(&window, &"run".into(), &run.into_js_value());
        }
    }

    fn run(text: &str) -> f64 {
        let begun = now();
        let Ok(mut world) = World::load(text, "program.py", Options::default()) else {
            return f64::NAN;
        };
        let mut log = Log::default();
        for slice in 0.. {
            if slice % SLICES == 0 {
                allocator::reserve();
            }
            if world.step(&mut log) != Progress::Running {
                break;
            }
        }
        let took = now() - begun;
        match world.exit_status() {
            Some(0) | None => took,
            Some(_) => f64::NAN,
        }
    }

    fn now() -> f64 {
        let clock = web_sys::window().and_then(|window| window.performance());
        clock.map_or(f64::NAN, |clock| clock.now())
    }
}
