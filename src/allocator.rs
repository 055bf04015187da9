//! The memory allocator of every build. Programs make and drop small objects all the time, and the ones that the standard
//! library brings take up to a tenth of a run: `docs/performance.md` has the figures.

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Sees to it that there is a free piece of memory of this size. The allocator of the page asks the browser for no more
/// than it needs, 64 KiB at a time, and asking takes longer than all that is then done with so little.
#[cfg(target_arch = "wasm32")]
pub fn reserve(bytes: usize) {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(bytes)));
}
