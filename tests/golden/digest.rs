//! Digests of traces, by which runs here and in a browser are compared.

use loopscope::sim::event::Log;
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::jsonl;

/// Length and 64-bit FNV-1a hash of a program's trace; for a program that is refused, of the reasons.
pub fn digest(text: &str, file: &str) -> String {
    let trace = match World::load(text, file, Options::default()) {
        Ok(world) => trace(world),
        Err(findings) => format!("{findings:?}"),
    };
    let hash = trace
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    format!("{}:{hash:016x}", trace.len())
}

fn trace(mut world: World) -> String {
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    jsonl::write(&log)
}
