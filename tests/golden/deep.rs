//! Programs that would exhaust the stack if nothing bounded them.

use loopscope::sim::event::{Ending, Log};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};

/// How a program comes out: refused before it runs, or how it ends.
fn outcome(text: &str) -> Option<Ending> {
    let options = Options {
        max_instructions: 3_000_000,
        ..Options::default()
    };
    let mut world = World::load(text, "program.py", options).ok()?;
    let mut log = Log::default();
    loop {
        if let Progress::Ended(ending) = world.step(&mut log) {
            return Some(ending);
        }
    }
}

/// Sources with `n` things within each other.
fn nested(n: usize) -> Vec<String> {
    let around = |before: &str, middle: &str, after: &str| {
        format!("{}{middle}{}", before.repeat(n), after.repeat(n))
    };
    // Each line is longer than the one before: the text grows with the square of the depth.
    let levels = n.min(2_000);
    let blocks = |head: &str| {
        let line = |depth: usize| format!("{}{head}\n", " ".repeat(depth));
        (0..levels).map(line).collect::<String>() + &" ".repeat(levels) + "pass"
    };
    vec![
        around("(", "1", ")"),
        around("[", "", "]"),
        around("{1: ", "1", "}"),
        around("not ", "1", ""),
        around("-", "1", ""),
        around("lambda: ", "1", ""),
        around("1 if 1 else ", "1", ""),
        around("", "1", " + 1"),
        around("", "1", " ** 1"),
        around("", "print", "()"),
        around("", "x = y = 1\nx", ".real"),
        around("[x for x in ", "[]", "]"),
        around("f'{", "1", "}'"),
        around("2 * (", "1", ")"),
        around("x = ", "1", ""),
        around("if 0: pass\nel", "if 1: pass", "").replace("el\n", ""),
        blocks("if 1:"),
        blocks("class A:"),
        blocks("def f():"),
        format!("match 1:\n case {}: pass", around("[", "", "]")),
        format!("def f(a: {}): pass", around("list[", "int", "]")),
    ]
}

/// Sources of any depth are refused, or run to their end.
pub fn nest_sources() {
    for depth in [10, 99, 199, 500, 990, 1_100, 5_000, 100_000] {
        for text in nested(depth) {
            let ending = outcome(&text);
            let ended = matches!(ending, None | Some(Ending::Finished));
            assert!(ended, "{depth}: {ending:?} {}", &text[..20]);
        }
    }
}

/// Programs that recurse, in Python or within one built-in, end by an exception.
pub fn recurse() {
    for text in RECURSIVE {
        let ending = outcome(text);
        let ended = matches!(ending, Some(Ending::Finished | Ending::Budget));
        assert!(ended, "{ending:?}: {text}");
    }
}

const RECURSIVE: [&str; 18] = [
    "def f(): f()\nf()",
    "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
    "class A:\n    def __eq__(self, other): return self == other\nA() == A()",
    "class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x",
    "class A:\n    def __del__(self): f()\ndef f(): A(); f()\nf()",
    "x = []\nfor n in range(100_000): x = [x]\nrepr(x)",
    "x, y = [], []\nfor n in range(100_000): x, y = [x], [y]\nx == y",
    "x = ()\nfor n in range(100_000): x = (x,)\nhash(x)",
    "x = ()\nfor n in range(100_000): x = (x,)\ndel x",
    "import copy\nx = []\nfor n in range(100_000): x = [x]\ncopy.deepcopy(x)",
    "import json\nx = []\nfor n in range(100_000): x = [x]\njson.dumps(x)",
    "import json\njson.loads('[' * 100_000)",
    "import re\nre.compile('(' * 100_000 + ')' * 100_000)",
    "import re\nre.match('(?:a|b)*$', 'ab' * 100_000)",
    "def g(n):\n    if n: yield from g(n - 1)\nlist(g(100_000))",
    "import asyncio\nasync def f(n): return n and await f(n - 1)\nasyncio.run(f(100_000))",
    "class A: pass\nfor n in range(3000): A = type('A', (A,), {})\nisinstance(A(), int)",
    "e = None\nfor n in range(300):\n    new = ValueError(n)\n    new.__context__ = e\n    e = new\nraise e",
];
