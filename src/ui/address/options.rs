//! The options of a run as an address has them.

use crate::sim::cpu::Gil;
use crate::sim::options::{Options, Stdin};

/// Takes in one name and value of an address; whether it was an option of the run.
pub fn read(options: &mut Options, name: &str, value: &str) -> bool {
    match name {
        "schedule" => take(&mut options.schedule, value.parse()),
        "cpu" => take(&mut options.cpu_cost, value.parse()),
        "cores" => take(
            &mut options.cores,
            value.parse().map(|cores: u16| cores.clamp(1, 1024)),
        ),
        "gil" => take(&mut options.gil, gil(value).ok_or(())),
        "space" => take(&mut options.address_space, value.parse()),
        "in" => take(
            &mut options.input,
            value.split(',').map(str::parse).collect(),
        ),
        "stdin" => options.stdin = Some(value.into()),
        "typed" => options.stdin = Some(Stdin::typed(value)),
        "arg" => options.arguments.push(value.to_owned()),
        _ => return false,
    }
    true
}

/// What an address has to say for these options: whatever is not as usual.
pub fn write(options: &Options) -> Vec<(&'static str, String)> {
    let usual = Options::default();
    let input = options.input.iter().map(ToString::to_string);
    let all = [
        (
            "schedule",
            options.schedule != usual.schedule,
            options.schedule.to_string(),
        ),
        (
            "cpu",
            options.cpu_cost != usual.cpu_cost,
            options.cpu_cost.to_string(),
        ),
        (
            "cores",
            options.cores != usual.cores,
            options.cores.to_string(),
        ),
        ("gil", options.gil != usual.gil, "off".to_owned()),
        (
            "space",
            options.address_space != usual.address_space,
            options.address_space.to_string(),
        ),
        (
            "in",
            !options.input.is_empty(),
            input.collect::<Vec<_>>().join(","),
        ),
    ];
    let arguments = options.arguments.iter().cloned();
    let stdin = options.stdin.iter().map(|stdin| {
        let name = if stdin.open { "typed" } else { "stdin" };
        (name, stdin.text.to_string())
    });
    all.into_iter()
        .filter(|(_, told, _)| *told)
        .map(|(name, _, value)| (name, value))
        .chain(arguments.map(|argument| ("arg", argument)))
        .chain(stdin)
        .collect()
}

fn take<T, E>(option: &mut T, value: Result<T, E>) {
    // What cannot be read is left as usual.
    if let Ok(value) = value {
        *option = value;
    }
}

fn gil(value: &str) -> Option<Gil> {
    match value {
        "on" => Some(Gil::On),
        "off" => Some(Gil::Off),
        _ => None,
    }
}
