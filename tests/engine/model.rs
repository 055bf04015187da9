//! The model that is folded from events says what the world is: tasks, futures, queues of loops, threads, work items,
//! locks, clock, at random moments of every golden program.

use crate::golden;
use loopscope::sim::event::{HandleId, Log, Outcome, TaskId, Waitable};
use loopscope::sim::thread::State;
use loopscope::sim::view::{End, Queues, Task, View};
use loopscope::sim::world::{Progress, World};
use loopscope::trace::Model;
use loopscope::trace::model::{
    EventLoop, FutureState, HandleState, JobState, TaskState, Thread, ThreadState,
};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

#[test]
fn the_model_is_the_world() {
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut looked = 0;
    for program in golden::SUITES.into_iter().flat_map(golden::suite) {
        let Ok(world) = program.world() else { continue };
        let (mut due, mut early) = (0, Vec::new());
        let end = follow(world, |world, model| {
            if model.position >= due {
                let (view, place) = (world.view(), model.position);
                let wrong = differences(&view, model);
                let place = format!("{} after event {place}", program.id());
                assert!(wrong.is_empty(), "{place}:\n{}", wrong.join("\n"));
                early.extend(ended_before_the_event(&view, model));
                looked += 1;
                // Early moments are looked at more closely than those of long runs.
                due = model.position + 1 + rng.next_u32() % (2 + model.position / 16);
            }
        });
        let told = |of: &Waitable| end.outcome(*of).is_some();
        assert!(early.iter().all(told), "{}: {early:?}", program.id());
    }
    assert!(looked > 5_000, "{looked}");
}

/// What has ended though no event tells it yet: the repr that the event shows is still being made, by Python code.
fn ended_before_the_event(world: &View, model: &Model) -> Vec<Waitable> {
    let tasks = world.tasks.iter().filter(|(_, task)| task.end.is_some());
    let tasks = tasks.map(|(&id, _)| Waitable::Task(id));
    let futures = world.futures.iter().filter(|(_, end)| end.is_some());
    let futures = futures.map(|(&id, _)| Waitable::Future(id));
    let ended = tasks.chain(futures);
    ended.filter(|&of| model.outcome(of).is_none()).collect()
}

/// Runs a program and looks at it after each step that wrote events; gives the model at its end.
fn follow(mut world: World, mut look: impl FnMut(&World, &Model)) -> Model {
    let (mut log, mut model) = (Log::default(), Model::new());
    loop {
        let progress = world.step(&mut log);
        let new = log.events.from(model.position as usize);
        if new.len() > 0 {
            new.for_each(|event| model.apply(&event, &log.texts));
            look(&world, &model);
        }
        if let Progress::Ended(_) = progress {
            return model;
        }
    }
}

/// Where the two say something else.
fn differences(world: &View, model: &Model) -> Vec<String> {
    let mut wrong = Vec::new();
    let early = ended_before_the_event(world, model);
    let mut compare = |what: String, same: bool, said: String| {
        if !same {
            wrong.push(format!("{what}: {said}"));
        }
    };
    for (&number, thread) in &world.threads {
        if let Some(known) = model.thread(number) {
            let said = format!("world {thread:?}, model {:?}", known.state);
            let same = same_state(thread.state, known.state) && runs(known, thread.task, model);
            compare(format!("thread {number}"), same, said);
        }
    }
    for (&id, task) in &world.tasks {
        let known = model
            .task(id)
            .map(|known| (known.state, known.cancel_requests));
        let same = known.is_some_and(|(state, _)| same_task(*task, state, &early))
            && known.is_some_and(|(_, requests)| i64::from(requests) == task.cancel_requests);
        compare(
            id.to_string(),
            same,
            format!("world {task:?}, model {known:?}"),
        );
    }
    for (&id, end) in &world.futures {
        let known = model.future(id).map(|future| future.state);
        let same = known.is_some_and(|known| match known {
            FutureState::Pending => true,
            FutureState::Done { outcome } => *end == Some(ended(outcome)),
        });
        compare(
            id.to_string(),
            same,
            format!("world {end:?}, model {known:?}"),
        );
    }
    for (&id, queues) in &world.loops {
        let known = model.event_loop(id).map(|known| known_queues(model, known));
        let known = known.unwrap_or_default();
        compare(
            id.to_string(),
            same_queues(&announced(queues, model), &known),
            format!("world {queues:?}, model {known:?}"),
        );
    }
    for (&id, state) in &world.jobs {
        let known = model.job(id).map(|job| job.state);
        let same = known.is_some_and(|known| same_job(state, known));
        compare(
            id.to_string(),
            same,
            format!("world {state}, model {known:?}"),
        );
    }
    for (&id, &taken) in &world.locks {
        let known = model.lock(id).map(|lock| lock.held.is_some());
        compare(
            id.to_string(),
            known == Some(taken),
            format!("world {taken}, model {known:?}"),
        );
    }
    wrong
}

/// Does a thread run this task in the model? One that is done does until an event tells that its step is over: that of an
/// eager task that ends programs has no event of its own.
fn runs(thread: &Thread, task: Option<TaskId>, model: &Model) -> bool {
    let mut steps = thread.steps.iter().rev().copied();
    let top = steps.next();
    let is_done = top
        .and_then(|top| model.task(top))
        .is_some_and(|top| matches!(top.state, TaskState::Done { .. }));
    top == task || is_done && steps.next() == task
}

fn ended(outcome: Outcome) -> End {
    match outcome {
        Outcome::Result(_) => End::Result,
        Outcome::Exception(_) => End::Exception,
        Outcome::Cancelled => End::Cancelled,
    }
}

fn same_state(world: State, model: ThreadState) -> bool {
    match model {
        ThreadState::Running | ThreadState::Runnable => world == State::Runnable,
        ThreadState::Blocked(_) => world == State::Blocked,
        ThreadState::Ended => world == State::Ended,
    }
}

fn same_task(world: Task, model: TaskState, early: &[Waitable]) -> bool {
    match model {
        TaskState::Done { outcome } => world.end == Some(ended(outcome)),
        TaskState::Waiting { on } => {
            let waits = world.waits_for == Some(on) || early.contains(&on);
            world.end.is_none() && waits
        }
        TaskState::New | TaskState::Ready => world.end.is_none() && world.waits_for.is_none(),
        TaskState::Running => true,
    }
}

fn same_job(world: &str, model: JobState) -> bool {
    match model {
        JobState::Queued => ["PENDING", "CANCELLED"].contains(&world),
        // The events come right before it begins and right after it has ended.
        JobState::Running { .. } => true,
        JobState::Finished { .. } => !["PENDING", "RUNNING"].contains(&world),
        JobState::Skipped => world.starts_with("CANCELLED"),
    }
}

/// An exception that leaves an iteration puts the rest of its batch back into the ready queue, before an event tells.
fn same_queues(world: &Queues, model: &Queues) -> bool {
    let all = |queues: &Queues| [&queues.batch[..], &queues.ready].concat();
    let batch = world.batch == model.batch || world.batch.is_empty();
    batch && all(world) == all(model) && world.scheduled == model.scheduled
}

/// The queues of the world without the handle of the selector's own pipe: no event announces it, so that the model
/// learns of it only when it runs.
fn announced(world: &Queues, model: &Model) -> Queues {
    let batch = world.batch.iter().copied();
    Queues {
        batch: batch.filter(|&id| model.handle(id).is_some()).collect(),
        ..world.clone()
    }
}

/// The queues as the model has them, without what is cancelled.
fn known_queues(model: &Model, event_loop: &EventLoop) -> Queues {
    let live = |id: &HandleId| {
        let handle = model.handle(*id);
        handle.is_some_and(|handle| handle.state != HandleState::Cancelled)
    };
    let scheduled = event_loop.scheduled.iter().map(|timer| timer.handle);
    Queues {
        batch: event_loop.batch().filter(live).collect(),
        ready: event_loop.arrivals().filter(live).collect(),
        scheduled: scheduled.filter(live).collect(),
    }
}
