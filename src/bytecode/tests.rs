//! The compiler's output is well formed for whole programs, and says what it should for small ones.

use super::code::{Code, Origin, Source};
use super::compile::effect::{effect, ends_flow, jump_effect, target};
use super::disassembly::inner_codes;
use super::{Goal, compile};
use crate::syntax::{self, Diagnostic, DiagnosticKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Compiles a program that has no errors.
fn code(text: &str) -> Rc<Code> {
    try_code("program.py", text).unwrap_or_else(|error| panic!("{error:?}"))
}

fn try_code(name: &str, text: &str) -> Result<Rc<Code>, Refusal> {
    let module = syntax::parse(text).map_err(|errors| refusal(name, &errors))?;
    let source = Source::new(name, "__main__", text, Origin::User);
    compile(&module, source, Goal::Module).map_err(|errors| refusal(name, &errors))
}

/// Why a program does not compile: it is wrong, or we do not support it.
#[derive(Debug)]
enum Refusal {
    Wrong(String),
    Unsupported(String),
}

fn refusal(name: &str, errors: &[Diagnostic]) -> Refusal {
    let first = errors.first().expect("a reason");
    let message = format!("{name}:{}: {}", first.line, first.message);
    match first.kind {
        DiagnosticKind::Syntax(_) => Refusal::Wrong(message),
        DiagnosticKind::Unsupported(_) => Refusal::Unsupported(message),
    }
}

/// Follows all paths through a code object and those inside it: the number of operands at an instruction must not
/// depend on the path, and everything that an instruction refers to must exist.
fn verify(code: &Code) {
    let count = code.ops.len();
    assert_eq!((code.spans.len(), code.lines.len()), (count, count));
    let mut depths: Vec<Option<i64>> = vec![None; count];
    let mut work = vec![(0, 0)];
    while let Some((at, depth)) = work.pop() {
        let known = depths
            .get_mut(at)
            .unwrap_or_else(|| panic!("{}: runs past its end", code.qualname));
        if let Some(known) = *known {
            assert_eq!(known, depth, "{} at {at}", code.qualname);
            continue;
        }
        *known = Some(depth);
        assert!(
            (0..=i64::from(code.max_stack)).contains(&depth),
            "{} at {at}",
            code.qualname
        );
        let op = code.ops[at];
        if let Some(handler) = code.handler(at as u32) {
            assert!(
                i64::from(handler.depth) <= depth,
                "{} at {at}: {handler:?}",
                code.qualname
            );
            work.push((handler.target as usize, i64::from(handler.depth) + 1));
        }
        if let Some(target) = target(op) {
            work.push((target as usize, depth + jump_effect(op)));
        }
        if !ends_flow(op) {
            work.push((at + 1, depth + effect(op)));
        }
    }
    for handler in &code.handlers {
        assert!(handler.start < handler.end && handler.end as usize <= count);
    }
    inner_codes(code).for_each(verify);
}

fn python_files(directory: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            python_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

/// Compiles and verifies all programs below a directory; gives their number and what Python would call wrong.
fn compile_all(directory: &Path) -> (usize, Vec<String>) {
    let mut files = Vec::new();
    python_files(directory, &mut files);
    let mut refused = Vec::new();
    let count = files.len();
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        match try_code(&path.to_string_lossy(), &text) {
            Ok(code) => verify(&code),
            Err(Refusal::Wrong(message)) => refused.push(message),
            Err(Refusal::Unsupported(message)) => println!("{message}"),
        }
    }
    (count, refused)
}

#[test]
fn golden_programs_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for directory in ["tests/programs", "src/stdlib"] {
        let (_, refused) = compile_all(&root.join(directory));
        assert!(refused.is_empty(), "{refused:#?}");
    }
}

/// `LOOPSCOPE_CORPUS=directory cargo test corpus -- --ignored --nocapture` tries the compiler on any Python files.
#[test]
#[ignore = "wants a directory of Python files in LOOPSCOPE_CORPUS"]
fn corpus_compiles() {
    let Ok(directory) = std::env::var("LOOPSCOPE_CORPUS") else {
        return;
    };
    let (count, refused) = compile_all(Path::new(&directory));
    println!(
        "{count} files, {} refused\n{}",
        refused.len(),
        refused.join("\n")
    );
}

#[test]
fn module_returns_none() {
    verify(&code("x = 1\n"));
}

/// Runs on a stack as large as that of the main thread and of the wasm module.
fn on_main_sized_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(test);
    thread.expect("a thread").join().expect("no panic");
}

/// Programs that nest something `depth` times.
fn nested(depth: usize) -> Vec<String> {
    let around = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}\n", open.repeat(depth), close.repeat(depth))
    };
    vec![
        around("(", "x", ")"),
        around("[", "", "]"),
        around("{1: ", "2", "}"),
        around("f(", "x", ")"),
        around("x[", "0", "]"),
        around("x = [", "", ""),
        around("-", "x", ""),
        around("not ", "x", ""),
        around("lambda: ", "x", ""),
        around("lambda a, b: ", "x", ""),
        around("x if y else ", "z", ""),
        around("await ", "x", ""),
        around("x ** ", "x", ""),
        around("", "x", " + 1"),
        around("", "x", ".a"),
        around("", "x", "()"),
        around("", "x", "[0]"),
        around("", "x", " < 1"),
        around("", "x", " and y"),
        around("[x for x in ", "y", "]"),
        around("[x ", "", "for x in y ]"),
        around("(x := ", "y", ")"),
        around("f'{", "x", "}'"),
        around("print(*", "x", ")"),
        around("(-", "x", ")"),
        around("(x.a", "", ".a)"),
        format!(
            "match x:\n case {}\n  pass\n",
            around("[", "", "]").trim_end().to_owned() + ":"
        ),
        format!("match x:\n case {}x:\n  pass\n", "x | ".repeat(depth)),
    ]
}

fn try_compile(text: &str) {
    let _ = try_code("program.py", text);
}

#[test]
fn hostile_nesting_is_refused() {
    on_main_sized_stack(|| {
        for text in nested(100_000) {
            let start: String = text.chars().take(20).collect();
            assert!(syntax::parse(&text).is_err(), "{start}");
        }
    });
}

#[test]
fn nesting_within_the_limits_fits_the_stack() {
    on_main_sized_stack(|| {
        for depth in [90, 199, 499, 999] {
            nested(depth).iter().for_each(|text| try_compile(text));
        }
    });
}
