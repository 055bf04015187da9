//! The memory allocator of every build. Programs make and drop small objects all the time, and the ones that the standard
//! library brings take up to a tenth of a run: `docs/performance.md` has the figures.

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
