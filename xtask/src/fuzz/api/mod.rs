//! The tables of what generated programs call: signatures, read from text.

use std::collections::BTreeSet;

/// How a call's result is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// As it is.
    Value,
    /// As it is, but only in a coroutine.
    Inside,
    /// After `await`.
    Await,
    With,
    AsyncWith,
    For,
    AsyncFor,
}

impl How {
    /// Whether it may only stand in a coroutine.
    pub fn awaits(self) -> bool {
        matches!(
            self,
            Self::Inside | Self::Await | Self::AsyncWith | Self::AsyncFor
        )
    }
}

/// How many arguments belong to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    One,
    Perhaps,
    /// Any number of arguments.
    Many,
    /// One, a list.
    List,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub keyword: Option<&'static str>,
    pub kind: &'static str,
    pub count: Count,
}

/// A function, method, class or attribute.
#[derive(Debug)]
pub struct Signature {
    /// Its full name.
    pub name: &'static str,
    /// The class whose method or attribute it is.
    pub receiver: Option<&'static str>,
    /// `None` for what is not called.
    pub parameters: Option<Vec<Parameter>>,
    pub how: How,
    /// The kind of its result.
    pub result: &'static str,
    /// How often it is chosen, compared with others.
    pub weight: usize,
}

/// A table of signatures.
#[derive(Debug, Default)]
pub struct Api {
    pub signatures: Vec<Signature>,
    choices: Vec<(&'static str, Vec<&'static str>)>,
    bases: Vec<(&'static str, &'static str)>,
}

impl Api {
    /// Reads a table, whose form its head describes.
    pub fn read(text: &'static str) -> Self {
        let mut api = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for line in lines.filter(|line| !line.trim().is_empty()) {
            if let Some((class, base)) = line
                .strip_prefix("class ")
                .and_then(|rest| rest.strip_suffix(')')?.split_once('('))
            {
                api.bases.push((class, base));
            } else if let Some((kind, options)) = line
                .strip_prefix("choice ")
                .and_then(|rest| rest.split_once(": "))
            {
                api.choices.push((kind, options.split(" | ").collect()));
            } else if let Some(signature) = signature(line) {
                api.signatures.push(signature);
            }
        }
        api.find_receivers();
        api
    }

    /// A method is what has the name of a class before its last dot.
    fn find_receivers(&mut self) {
        let mut classes: BTreeSet<&str> = self.signatures.iter().map(|s| s.result).collect();
        classes.extend(self.bases.iter().map(|(_, base)| base));
        classes.retain(|class| class.contains('.'));
        for signature in &mut self.signatures {
            let used_itself = signature.parameters.is_none() && classes.contains(signature.name);
            signature.receiver = match used_itself {
                true => Some(signature.name),
                false => signature
                    .name
                    .rsplit_once('.')
                    .map(|(class, _)| class)
                    .filter(|class| classes.contains(class)),
            };
        }
    }

    /// The expressions of a kind that is a choice.
    pub fn choices(&self, kind: &str) -> &[&'static str] {
        let found = self.choices.iter().find(|(name, _)| *name == kind);
        found.map_or(&[], |(_, options)| options)
    }

    /// Whether an object of a class serves where another class is asked for.
    pub fn is_a(&self, class: &str, wanted: &str) -> bool {
        class == wanted || self.bases(class).any(|base| self.is_a(base, wanted))
    }

    /// A class and those that it inherits from.
    pub fn ancestry(&self, class: &'static str) -> Vec<&'static str> {
        let inherited = self.bases(class).flat_map(|base| self.ancestry(base));
        std::iter::once(class).chain(inherited).collect()
    }

    /// The classes that a class names as its bases.
    fn bases(&self, class: &str) -> impl Iterator<Item = &'static str> {
        let named = self.bases.iter().filter(move |(name, _)| *name == class);
        named.map(|(_, base)| *base)
    }

    /// All names, each once.
    pub fn names(&self) -> BTreeSet<&'static str> {
        self.signatures.iter().map(|s| s.name).collect()
    }
}

impl Signature {
    /// The name alone, of a method.
    pub fn method(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The methods that its use calls.
    pub fn methods(&self) -> Vec<&'static str> {
        if !self.is_receiver_itself() {
            return vec![self.method()];
        }
        match self.how {
            How::Await => vec!["__await__"],
            How::AsyncWith => vec!["__aenter__", "__aexit__"],
            How::With => vec!["__enter__", "__exit__"],
            How::Value | How::Inside | How::For | How::AsyncFor => Vec::new(),
        }
    }

    /// Whether it stands for the object itself: `async with lock`, `await future`.
    pub fn is_receiver_itself(&self) -> bool {
        self.receiver == Some(self.name)
    }
}

/// Reads `[weight] name(parameters) -> [how] result`.
fn signature(line: &'static str) -> Option<Signature> {
    let (call, result) = line.split_once(" -> ")?;
    let (weight, call) = match call.split_once(' ').map(|(w, rest)| (w.parse(), rest)) {
        Some((Ok(weight), rest)) => (weight, rest),
        _ => (1, call),
    };
    let (name, parameters) = match call.strip_suffix(')').and_then(|call| call.split_once('(')) {
        Some((name, parameters)) => (name, Some(parameters)),
        None => (call, None),
    };
    let (how, result) = outcome(result);
    Some(Signature {
        name,
        receiver: None,
        parameters: parameters.map(|all| {
            let each = all.split(", ").filter(|one| !one.is_empty());
            each.map(parameter).collect()
        }),
        how,
        result,
        weight,
    })
}

fn outcome(text: &'static str) -> (How, &'static str) {
    let words = [
        ("inside ", How::Inside),
        ("await ", How::Await),
        ("with ", How::With),
        ("async with ", How::AsyncWith),
        ("for ", How::For),
        ("async for ", How::AsyncFor),
    ];
    let found = words
        .into_iter()
        .find_map(|(word, how)| Some((how, text.strip_prefix(word)?)));
    found.unwrap_or((How::Value, text))
}

fn parameter(text: &'static str) -> Parameter {
    let (keyword, kind) = match text.split_once('=') {
        Some((keyword, kind)) => (Some(keyword), kind),
        None => (None, text),
    };
    let inner = kind.strip_prefix('{').and_then(|k| k.strip_suffix('}'));
    let (kind, count) = if let Some(kind) = inner {
        (kind, Count::List)
    } else if let Some(kind) = kind.strip_prefix('*') {
        (kind, Count::Many)
    } else if let Some(kind) = kind.strip_suffix('?') {
        (kind, Count::Perhaps)
    } else if let Some(kind) = kind.strip_suffix('!') {
        (kind, Count::One)
    } else if keyword.is_some() {
        (kind, Count::Perhaps)
    } else {
        (kind, Count::One)
    };
    Parameter {
        keyword,
        kind,
        count,
    }
}
