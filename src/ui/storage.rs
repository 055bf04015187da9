//! What outlives a reload: the program, and the reader's taste. Storage may be forbidden (sandboxed frames, privacy
//! settings), and then nothing is kept and nothing fails.

use web_sys::Storage;

use super::browser;

const PROGRAM: &str = "loopscope.program";
const THEME: &str = "loopscope.theme";

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok().flatten()
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage is no reason to stop.
        let _ = storage.set_item(key, value);
    }
}

/// The program that the reader wrote last.
pub fn program() -> Option<String> {
    get(PROGRAM)
}

/// Keeps the reader's program.
pub fn save_program(source: &str) {
    set(PROGRAM, source);
}

/// Forgets the reader's program, since an example is shown.
pub fn forget_program() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(PROGRAM);
    }
}

/// The name of the theme that the reader chose.
pub fn theme() -> Option<String> {
    get(THEME)
}

/// Keeps the name of the theme.
pub fn save_theme(name: &str) {
    set(THEME, name);
}
