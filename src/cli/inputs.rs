//! What was to happen to a run from outside and could not.

use crate::sim::event::Log;
use crate::sim::input::{Input, Moment, Stimulus};
use crate::sim::world::World;

/// Says of which inputs nothing came: their moment was never reached, or there is no such thread.
pub fn complain(inputs: &[Input], world: &World, log: &Log) {
    for input in inputs {
        if let Some(reason) = missed(input, world, log) {
            eprintln!("loopscope: {input} had no effect: {reason}");
        }
    }
}

fn missed(input: &Input, world: &World, log: &Log) -> Option<String> {
    let threads = world.kernel().scheduler.threads.len();
    let events = log.events.len();
    match (input.at, input.what) {
        (_, Stimulus::Turn(thread)) if !(1..=threads).contains(&thread.into()) => {
            Some(format!("there is no thread {thread} in this run"))
        }
        (Moment::Event(at), _) if at >= events => Some(format!("the run has only {events} events")),
        _ => None,
    }
}
