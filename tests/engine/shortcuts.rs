//! What the kernel does in the place of the library, where a program overrides nothing: a program that overrides a method
//! gives the same events, and takes more instructions. Were a short cut no longer found, both would take as many.

use loopscope::sim::event::Log;
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};

/// A program whose loop and queue are of classes of its own, with what is put into these.
fn program(in_loop: &str, in_queue: &str, body: &str) -> String {
    format!(
        "import asyncio\n\
         class Loop(asyncio.SelectorEventLoop):\n    pass\n{in_loop}\n\
         class Queue(asyncio.Queue):\n    pass\n{in_queue}\n\
         async def work(): pass\n\
         async def main():\n    queue = Queue()\n    for n in range(50): {body}\n\
         with asyncio.Runner(loop_factory=Loop) as runner: runner.run(main())\n"
    )
}

/// How many instructions the program takes, and its trace.
fn run(text: &str) -> (u64, String) {
    let options = Options {
        lines: false,
        ..Options::default()
    };
    let loaded = World::load(text, "short.py", options);
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    let events = log.events.iter().map(|event| format!("{:?}", event.kind));
    (world.instructions(), events.collect::<Vec<_>>().join("\n"))
}

/// Instructions that one turn of the body takes more where a method is overridden by one that only calls the library's.
#[track_caller]
fn saved(in_loop: &str, in_queue: &str, body: &str) -> u64 {
    let [idle, plain] = ["pass", body].map(|body| run(&program("", "", body)));
    let [slow_idle, slow] = ["pass", body].map(|body| run(&program(in_loop, in_queue, body)));
    assert_eq!(plain.1, slow.1, "{body}");
    let cost = |all: u64, idle: u64| (all - idle) / 50;
    cost(slow.0, slow_idle.0) - cost(plain.0, idle.0)
}

#[test]
fn tasks_are_made_without_the_library() {
    let own =
        "    def create_task(self, coro, **kwargs): return super().create_task(coro, **kwargs)";
    let gathered = saved(
        own,
        "",
        "await asyncio.gather(work(), work(), work(), work())",
    );
    assert!(gathered > 300, "{gathered}");
    let created = saved(own, "", "await asyncio.create_task(work())");
    assert!(created > 20, "{created}");
}

#[test]
fn sleeps_begin_without_the_library() {
    let own = "    def create_future(self): return super().create_future()";
    let slept = saved(own, "", "await asyncio.sleep(0.1)");
    assert!(slept > 20, "{slept}");
}

#[test]
fn futures_are_made_without_the_library() {
    let own = "    def create_future(self): return super().create_future()";
    let made = saved(own, "", "asyncio.get_running_loop().create_future()");
    assert!(made > 5, "{made}");
}

#[test]
fn iterations_begin_without_the_library() {
    let own = "    def _run_once(self): super()._run_once()";
    let turned = saved(own, "", "await asyncio.sleep(0)");
    assert!(turned > 30, "{turned}");
}

#[test]
fn queues_take_and_give_items_without_the_library() {
    let own = "    def _put(self, item): super()._put(item)";
    let passed = saved("", own, "await queue.put(n); await queue.get()");
    assert!(passed > 80, "{passed}");
}

#[test]
fn naps_take_as_many_instructions_as_the_coroutines_for_which_they_stand() {
    let [idle, nap, coroutines] = [
        "pass",
        "await asyncio.sleep(0)",
        "await asyncio.sleep(0, 1)",
    ]
    .map(|body| run(&program("", "", body)));
    assert_eq!(nap.1, coroutines.1);
    let [nap, coroutines] = [nap, coroutines].map(|(all, _)| (all - idle.0) / 50);
    // The second argument is one more.
    assert_eq!(nap + 1, coroutines);
}

/// A program that does something time and again, with a lock, an event and a queue at hand.
fn repeating(body: &str) -> String {
    format!(
        "import asyncio\n\
         async def main():\n\
         \x20   loop = asyncio.get_running_loop()\n\
         \x20   lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue()\n\
         \x20   for n in range(50):\n\
         \x20       {body}\n\
         asyncio.run(main())\n"
    )
}

#[test]
fn coroutines_need_not_be_made_where_they_are_awaited_at_once() {
    let cases = [
        (
            "await queue.put(n); await queue.get()",
            "coro = queue.put(n); await coro; coro = queue.get(); await coro",
        ),
        (
            "loop.call_soon(queue.put_nowait, n); await queue.get()",
            "loop.call_soon(queue.put_nowait, n); coro = queue.get(); await coro",
        ),
        (
            "await lock.acquire(); loop.call_soon(lock.release); await lock.acquire(); lock.release()",
            "coro = lock.acquire(); await coro; loop.call_soon(lock.release); coro = lock.acquire(); await coro; lock.release()",
        ),
        (
            "async with lock: await asyncio.sleep(0)",
            "coro = lock.__aenter__(); await coro; await asyncio.sleep(0); coro = lock.__aexit__(*[None] * 3); await coro",
        ),
        (
            "loop.call_soon(event.set); await event.wait(); event.clear()",
            "loop.call_soon(event.set); coro = event.wait(); await coro; event.clear()",
        ),
        (
            "await asyncio.sleep(0.1)",
            "coro = asyncio.sleep(0.1); await coro",
        ),
    ];
    for (at_once, apart) in cases {
        let [at_once_took, apart_took] = [at_once, apart].map(|body| run(&repeating(body)));
        assert_eq!(at_once_took.1, apart_took.1, "{at_once}");
        assert!(
            at_once_took.0 + 50 * 20 < apart_took.0,
            "{at_once}: {} and {}",
            at_once_took.0,
            apart_took.0
        );
    }
}

/// A program whose tasks wait in this way, and are cancelled.
fn cancelling(wait: &str) -> String {
    format!(
        "import asyncio\n\
         async def waits(event):\n\
         \x20   {wait}\n\
         async def main():\n\
         \x20   event = asyncio.Event()\n\
         \x20   for n in range(50):\n\
         \x20       task = asyncio.create_task(waits(event))\n\
         \x20       await asyncio.sleep(0)\n\
         \x20       task.cancel()\n\
         \x20       await asyncio.wait([task])\n\
         asyncio.run(main())\n"
    )
}

#[test]
fn exceptions_pass_through_coroutines_that_are_not_made() {
    for call in ["event.wait()", "asyncio.sleep(1)"] {
        let waits = [
            format!("await {call}"),
            format!("coro = {call}; await coro"),
        ];
        let [at_once, apart] = waits.map(|wait| run(&cancelling(&wait)));
        assert_eq!(at_once.1, apart.1, "{call}");
        let saved = apart.0 - at_once.0;
        assert!(saved > 50 * 25, "{call}: {saved}");
    }
}
