//! The memory allocator of every build. Programs make and drop small objects all the time, and the ones that the standard
//! library brings take up to a tenth of a run: `docs/performance.md` has the figures.

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Bytes of memory that are kept free: more than a turn of the page takes.
#[cfg(target_arch = "wasm32")]
const AHEAD: usize = 4 << 20;

/// Sees to it that there is a free piece of memory for a turn. The allocator of the page asks the browser for no more than
/// it needs, 64 KiB at a time, and asking takes longer than all that is then done with so little.
#[cfg(target_arch = "wasm32")]
pub fn reserve() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(AHEAD)));
}
