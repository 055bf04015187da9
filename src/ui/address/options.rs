//! The options of a run as an address has them.

use std::str::FromStr;

use crate::sim::cpu::Gil;
use crate::sim::options::{Options, Stdin};

/// Takes in one name and value of an address, or says what it should be; a name that is no option is passed over.
pub fn read(options: &mut Options, name: &str, value: &str) -> Result<(), String> {
    match name {
        "schedule" => options.schedule = value.parse()?,
        "cpu" => options.cpu_cost = number(value, "nanoseconds")?,
        "cores" => options.cores = number(value, "cores").map(|cores: u16| cores.clamp(1, 1024))?,
        "gil" => options.gil = gil(value)?,
        "space" => options.address_space = number(value, "bytes")?,
        "in" => options.input = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
        "stdin" => options.stdin = Some(value.into()),
        "typed" => options.stdin = Some(Stdin::typed(value)),
        "arg" => options.arguments.push(value.to_owned()),
        _ => {}
    }
    Ok(())
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

fn number<T: FromStr>(value: &str, of: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("not a number of {of}"))
}

fn gil(value: &str) -> Result<Gil, String> {
    match value {
        "on" => Ok(Gil::On),
        "off" => Ok(Gil::Off),
        _ => Err("on or off".to_owned()),
    }
}
