//! The programs that a newcomer meets first.

/// A bundled program.
#[derive(Debug, PartialEq)]
pub struct Example {
    /// Its name in addresses (`ex=`).
    pub name: &'static str,
    /// Its title in the list.
    pub title: &'static str,
    /// Its text.
    pub source: &'static str,
}

macro_rules! examples {
    ($($name:literal $title:literal;)*) => {
        /// The examples, in the order of the list; the first is what the page opens with.
        pub static EXAMPLES: &[Example] = &[$(Example {
            name: $name,
            title: $title,
            source: include_str!(concat!("../../static/examples/", $name, ".py")),
        }),*];
    };
}

examples! {
    "sleeps" "Two waits overlap";
    "gather" "Gather results";
    "bakery" "Producer and consumers";
    "blocking" "A blocking call freezes the loop";
    "pool" "A thread pool inside a loop";
    "lock" "Threads and a lock";
    "many-coroutines" "10,000 coroutines";
    "many-threads" "10,000 threads";
}

/// The place of the example of this name in the list.
pub fn position(name: &str) -> Option<usize> {
    EXAMPLES.iter().position(|example| example.name == name)
}

/// The example of this name.
pub fn named(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}
