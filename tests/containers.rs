//! Containers, iterators and the library around them, run by the machine; the expected texts are CPython 3.14's with
//! `PYTHONHASHSEED=0`.

use loopscope::bytecode::code::{Origin, Source};
use loopscope::bytecode::{Goal, compile};
use loopscope::stdlib;
use loopscope::syntax::parse;
use loopscope::vm::exit::{Completion, Exit};
use loopscope::vm::frame::Fiber;
use loopscope::vm::import::HELPERS;
use loopscope::vm::machine::Vm;
use loopscope::vm::modules::{MODULES, NativeModule};

static NATIVE: &[&[NativeModule]] = &[MODULES];

/// Runs what lies on the fiber; panics on anything but a normal end.
fn finish(vm: &mut Vm, fiber: &mut Fiber) {
    loop {
        match vm.run(fiber, 1_000_000) {
            Exit::Fuel => {}
            Exit::Ended(Completion::Raised(error)) => panic!("{:?}", vm.repr(error)),
            Exit::Ended(_) => return,
            other => panic!("{other:?}"),
        }
    }
}

/// Checks `repr(result)` after a program, which computes it itself, since it may run Python code.
#[track_caller]
fn check(program: &str, expected: &str) {
    let mut vm = Vm::new(stdlib::source, NATIVE);
    let mut fiber = Fiber::default();
    for helper in HELPERS {
        vm.start_helpers(&mut fiber, helper).expect("helpers");
        finish(&mut vm, &mut fiber);
    }
    let program = format!("{program}\nresult = repr(result)");
    let source = Source::new("program.py", "__main__", &program, Origin::User);
    let module = parse(&program).expect("it parses");
    let code = compile(&module, source, Goal::Module).expect("it compiles");
    let namespace = vm.start_program(&mut fiber, &code).expect("it starts");
    finish(&mut vm, &mut fiber);
    let name = vm.intern("result");
    let result = vm.dict_get_name(namespace, name).expect("a result");
    assert_eq!(vm.as_str(result), Some(expected));
}

#[test]
fn sets_come_in_the_order_of_their_table() {
    check(
        "a, b = set('abcdefgh'), set('efghijkl')\nresult = [set('hello world'), a | b, a & b, a - b, a ^ b]",
        "[{' ', 'd', 'r', 'h', 'o', 'e', 'w', 'l'}, {'d', 'f', 'g', 'h', 'k', 'b', 'i', 'c', 'a', 'j', 'e', 'l'}, {'g', 'h', 'f', 'e'}, {'d', 'c', 'a', 'b'}, {'d', 'k', 'b', 'i', 'c', 'a', 'j', 'l'}]",
    );
}

#[test]
fn dict_views_act_as_sets() {
    check(
        "d = {'a': 1, 'b': 2}\nresult = [d.keys() & {'a', 'q'}, d.keys() - {'a'}, d.items() & {('a', 1)}, list(reversed(d))]",
        "[{'a'}, {'b'}, {('a', 1)}, ['b', 'a']]",
    );
}

#[test]
fn keys_written_in_python_are_asked() {
    let program = "
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return self.n == other.n
    def __repr__(self): return f'K{self.n}'
result = [{K(1): 1, K(2): 2, K(1): 3}, {K(1), K(2)} | {K(2), K(3)}, dict([(K(1), 1), (K(1), 2)])]
";
    check(program, "[{K1: 3, K2: 2}, {K1, K2, K3}, {K1: 2}]");
}

#[test]
fn iterators_of_every_kind_meet() {
    let program = "
def g():
    yield 1
    yield 2
class S:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
    def __len__(self): return 3
result = [list(zip(g(), [5, 6], g())), list(reversed(S())), list(map(lambda x: -x, g())),
          list(iter([1, 2, 3].pop, 1)), sum(g()), [*g(), *S()], list(reversed('ab'))]
";
    check(
        program,
        "[[(1, 5, 1), (2, 6, 2)], [20, 10, 0], [-1, -2], [3, 2], 3, [1, 2, 0, 10, 20], ['b', 'a']]",
    );
}

#[test]
fn sorting_compares_as_often_as_cpython() {
    let program = "
class N:
    compared = 0
    def __init__(self, v): self.v = v
    def __lt__(self, other):
        N.compared += 1
        return self.v < other.v
    def __repr__(self): return str(self.v)
result = [sorted([N(i * 7 % 11) for i in range(11)]), N.compared]
";
    check(program, "[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 29]");
}

#[test]
fn recursive_containers_are_shown_once() {
    check(
        "x = []; x.append(x); y = {}; y['y'] = y\nresult = [x, y, (x,)]",
        "[[[...]], {'y': {...}}, ([[...]],)]",
    );
}

#[test]
fn the_library_of_containers_works() {
    let program = "
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
import functools, heapq, itertools
P = namedtuple('P', 'x y', defaults=[3])
d = defaultdict(list); d['a'].append(1)
q = deque([1, 2, 3], maxlen=3); q.append(4)
h = [5, 3, 8, 1]; heapq.heapify(h)
result = [P(1), Counter('abca'), d, OrderedDict(a=1), q, h, functools.reduce(lambda a, b: a * b, [1, 2, 3]),
          list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.pairwise('abc'))]
";
    check(
        program,
        "[P(x=1, y=3), Counter({'a': 2, 'b': 1, 'c': 1}), defaultdict(<class 'list'>, {'a': [1]}), \
         OrderedDict({'a': 1}), deque([2, 3, 4], maxlen=3), [1, 3, 8, 5], 6, [5, 7, 9], [('a', 'b'), ('b', 'c')]]",
    );
}
