//! What golden programs do natively, for the tests in a browser, which do it again (`tests/web/golden.rs`).

use crate::digest::digest;
use crate::golden;
use serde_json::{Value, json};

/// A file that only lasts from these tests to those.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/golden/digests.json");

#[test]
fn digests_are_left_for_the_browser() {
    let programs = golden::SUITES.into_iter().flat_map(golden::suite);
    let golden = programs.map(|program| (program.suite, program.file(), program.read("py")));
    let done: Vec<Value> = golden
        .map(|(suite, file, text)| {
            let digest = digest(&text, &file);
            json!({"suite": suite, "file": file, "text": text, "digest": digest})
        })
        .collect();
    assert!(done.len() >= 300);
    let folder = std::path::Path::new(FILE).parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("target/golden");
    std::fs::write(FILE, Value::from(done).to_string()).expect("digests.json");
}
