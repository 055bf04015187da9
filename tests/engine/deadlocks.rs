//! Runs in which nobody can ever go on: what is said about them, and the circles that are drawn.

use crate::golden::Run;
use loopscope::scene::names::View;
use loopscope::scene::waits;
use loopscope::sim::event::Ending;
use loopscope::sim::options::Options;
use loopscope::sim::world::World;
use loopscope::trace::Recording;

/// The recording of a program that comes to a deadlock.
fn stuck(program: &str) -> Recording {
    let world = World::load(program, "program.py", Options::default()).expect("supported");
    let recording = Recording::of(Run::of(world).log);
    let ending = recording.head().ending.map(|(ending, _)| ending);
    assert_eq!(ending, Some(Ending::Deadlock));
    recording
}

/// What is said about it.
fn message(recording: &Recording) -> String {
    let message = recording.head().ending.and_then(|(_, message)| message);
    let texts = &recording.log().texts;
    message.map_or(String::new(), |text| texts.get(text).to_owned())
}

/// The edges of circles in the graph of waits at its end, in words.
fn circles(recording: &Recording) -> Vec<String> {
    let graph = waits::graph(View::of(recording, recording.head()));
    let name = |node: usize| graph.nodes[node].label.as_str();
    let edges = graph.edges.iter().filter(|edge| edge.circular);
    edges
        .map(|edge| format!("{} > {}", name(edge.from), name(edge.to)))
        .collect()
}

#[test]
fn a_circle_of_locks_is_told() {
    let recording = stuck(
        "
import threading, time
left, right = threading.Lock(), threading.Lock()
def work(first, second):
    with first:
        time.sleep(0.1)
        with second:
            pass
threading.Thread(target=work, args=(left, right)).start()
threading.Thread(target=work, args=(right, left)).start()
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, threads wait for each other in a circle: Thread-1 (work) (line 7) waits for right, which \
         Thread-2 (work) has; Thread-2 (work) (line 7) waits for left, which Thread-1 (work) has"
    );
    assert_eq!(recording.head().deadlock_cycle(), [2, 3]);
    assert_eq!(circles(&recording).len(), 4);
}

#[test]
fn what_a_thread_was_started_to_call_is_what_it_waits_for() {
    for (target, told) in [
        ("threading.Barrier(2).wait", "Barrier.wait()"),
        ("event.wait", "event.wait()"),
        ("concurrent.futures.Future().result", "Future.result()"),
    ] {
        let recording = stuck(&format!(
            "
import concurrent.futures, threading
event = threading.Event()
threading.Thread(target={target}, name='alone').start()
"
        ));
        assert_eq!(
            message(&recording),
            format!(
                "everything is blocked for ever: the main thread waits for the end of alone; alone waits for {told}"
            )
        );
        assert!(circles(&recording).is_empty(), "{target}");
    }
}

#[test]
fn a_lock_that_nobody_is_left_to_release_is_told() {
    let recording = stuck(
        "
import threading
lock = threading.Lock()
keeper = threading.Thread(target=lambda: lock.acquire(), name='keeper')
keeper.start()
keeper.join()
lock.acquire()
",
    );
    assert_eq!(
        message(&recording),
        "everything is blocked for ever: the main thread (line 7) waits for lock, which keeper had when it ended"
    );
}

#[test]
fn tasks_that_wait_for_each_other_are_told() {
    let recording = stuck(
        "
import asyncio
async def work(first, second):
    async with first:
        await asyncio.sleep(0.1)
        async with second:
            pass
async def main():
    left, right = asyncio.Lock(), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(work(left, right), name='one')
        group.create_task(work(right, left), name='two')
asyncio.run(main())
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, tasks wait for each other in a circle: one (line 6) waits for Lock K2, which two has; \
         two (line 6) waits for Lock K1, which one has"
    );
    let expected = [
        "one > Lock K2",
        "two > Lock K1",
        "Lock K2 > two",
        "Lock K1 > one",
    ];
    assert_eq!(circles(&recording), expected);
}

#[test]
fn a_child_that_awaits_its_parent_is_told() {
    let recording = stuck(
        "
import asyncio
async def main():
    parent = asyncio.current_task()
    async def child():
        await parent
    async with asyncio.TaskGroup() as group:
        group.create_task(child(), name='child')
asyncio.run(main())
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, tasks wait for each other in a circle: Task-1 (line 7) waits for the tasks of its group; \
         child (line 6) waits for Task-1"
    );
}

#[test]
fn what_the_tasks_of_a_loop_wait_for_is_named() {
    let recording = stuck(
        "
import asyncio
async def main():
    event, nobodys = asyncio.Event(), asyncio.get_running_loop().create_future()
    await asyncio.gather(event.wait(), event.wait(), nobodys)
asyncio.run(main())
",
    );
    assert_eq!(
        message(&recording),
        "everything is blocked for ever: the main thread (line 6) runs an event loop that nothing is left to wake: \
         Task-1 (line 5) waits for gather(), Task-2 waits for Event-1.wait(), Task-3 waits for Event-1.wait()"
    );
}

#[test]
fn an_idle_worker_waits_for_the_next_work_item() {
    let recording = stuck(
        "
from concurrent.futures import ThreadPoolExecutor
import threading
pool = ThreadPoolExecutor(1)
pool.submit(int).result()
threading.Event().wait()
",
    );
    let message = message(&recording);
    assert!(
        message.contains("waits for the next work item"),
        "{message}"
    );
}

#[test]
fn a_pool_that_starves_itself_is_told() {
    let recording = stuck(
        "
from concurrent.futures import ThreadPoolExecutor
import time
pool = ThreadPoolExecutor(2, 'pool')
def inner(number): return number
def outer(number):
    time.sleep(1)
    return pool.submit(inner, number).result()
print([future.result() for future in [pool.submit(outer, 0), pool.submit(outer, 1)]])
",
    );
    assert_eq!(
        message(&recording),
        "a pool starves itself: both workers wait for work items that are behind them in its own queue: \
         inner(0), inner(1)"
    );
    let expected = [
        "pool_0 > inner(0)",
        "inner(0) > pool_0",
        "pool_1 > inner(1)",
        "inner(1) > pool_1",
    ];
    assert_eq!(circles(&recording), expected);
}

#[test]
fn a_circle_through_two_pools_tells_behind_what_a_work_item_is_queued() {
    let recording = stuck(
        "
from concurrent.futures import ThreadPoolExecutor
one, two = ThreadPoolExecutor(1, 'one'), ThreadPoolExecutor(1, 'two')
def first(): return two.submit(second).result()
def second(): return one.submit(third).result()
def third(): return 1
print(one.submit(first).result())
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, threads wait for each other in a circle: one_0 (line 4) waits for the result of second(), which \
         two_0 runs; two_0 (line 5) waits for the result of third(), which is queued behind first() of one_0"
    );
}

#[test]
fn a_circle_through_a_loop_and_its_only_worker_is_told() {
    let recording = stuck(
        "
import asyncio
from concurrent.futures import ThreadPoolExecutor
async def main():
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1, 'pool'))
    async def inner():
        await asyncio.to_thread(int)
    def outer():
        asyncio.run_coroutine_threadsafe(inner(), loop).result()
    await asyncio.to_thread(outer)
asyncio.run(main())
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, threads and tasks wait for each other in a circle: pool_0 (line 10) waits for Task-2; \
         Task-2 (line 8) waits for the result of int(), which is queued behind outer() of pool_0"
    );
    let expected = ["Task-2 > int()", "pool_0 > Task-2", "int() > pool_0"];
    assert_eq!(circles(&recording), expected);
}

#[test]
fn a_thread_that_waits_for_its_own_loop_is_told() {
    let recording = stuck(
        "
import asyncio
async def main():
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(1), asyncio.get_running_loop())
    future.result()
asyncio.run(main())
",
    );
    assert_eq!(
        message(&recording),
        "deadlock, a thread waits for itself: the main thread (line 5) waits for future.result(), which only its \
         own event loop could bring"
    );
    assert_eq!(circles(&recording).len(), 2);
}
