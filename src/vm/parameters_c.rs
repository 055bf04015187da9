//! Wrong arguments of library functions that CPython writes in C and we in Python, with the messages of C functions
//! (`Python/getargs.c`: _PyArg_CheckPositional, _PyArg_UnpackKeywords).

use super::call::Arguments;
use super::machine::Vm;
use super::native::Outcome;
use super::object::Function;
use super::value::Value;
use crate::bytecode::code::{Code, Origin};

/// How a function that stands for one written in C is called in messages, and how many arguments it takes.
struct CFunction<'a> {
    /// `name`, `Class.method`, or `Class` for what makes instances.
    name: &'a str,
    /// 1 for a method, whose `self` is not counted.
    bound: usize,
    /// The fewest and the most positional arguments, and how many of them have no name.
    least: usize,
    most: usize,
    positional_only: usize,
    keyword_only: usize,
}

impl<'a> CFunction<'a> {
    fn new(code: &'a Code, defaults: usize) -> Self {
        let parameters = &code.parameters;
        let (owner, short) = code.qualname.rsplit_once('.').unwrap_or(("", &code.name));
        let makes_instance = ["__new__", "__init__"].contains(&short);
        let first = code.locals.first().map_or("", |name| &**name);
        let bound = usize::from(!owner.is_empty() && ["self", "cls"].contains(&first));
        let positional = parameters.positional as usize;
        let by_name = positional > bound.max(parameters.positional_only as usize);
        Self {
            name: match makes_instance {
                true => owner,
                // Those that take arguments by name are called without their class.
                false if bound == 1 && (by_name || parameters.keyword_only > 0) => short,
                false => &code.qualname,
            },
            bound,
            least: positional.saturating_sub(defaults + bound),
            most: positional.saturating_sub(bound),
            positional_only: (parameters.positional_only as usize).saturating_sub(bound),
            keyword_only: parameters.keyword_only as usize,
        }
    }

    fn takes_names(&self) -> bool {
        self.most > self.positional_only || self.keyword_only > 0
    }

    /// The wrong number of positional arguments.
    fn wrong_count(&self, given: usize) -> String {
        let name = self.name;
        let plural = |n: usize| if n == 1 { "argument" } else { "arguments" };
        let method = name.contains('.');
        match (self.least, self.most) {
            (0, 0) => format!("{name}() takes no arguments ({given} given)"),
            (1, 1) if method => {
                format!("{name}() takes exactly one argument ({given} given)")
            }
            (l, m) if l == m => format!("{name} expected {l} {}, got {given}", plural(l)),
            (l, _) if given < l => {
                format!("{name} expected at least {l} {}, got {given}", plural(l))
            }
            (_, m) => format!("{name} expected at most {m} {}, got {given}", plural(m)),
        }
    }

    /// Too many arguments of a function whose parameters have names.
    fn too_many(&self, given: usize, by_name: usize) -> String {
        let (name, all) = (self.name, self.most + self.keyword_only);
        if given + by_name > all {
            let keyword = if given == 0 { "keyword " } else { "" };
            let plural = if all == 1 { "" } else { "s" };
            let sum = given + by_name;
            return format!("{name}() takes at most {all} {keyword}argument{plural} ({sum} given)");
        }
        let (most, plural) = (self.most, if self.most == 1 { "" } else { "s" });
        let bound = match (most, self.least == most) {
            (0, _) => {
                return format!("{name}() takes no positional arguments");
            }
            (_, true) => "exactly",
            _ => "at most",
        };
        format!("{name}() takes {bound} {most} positional argument{plural} ({given} given)")
    }
}

/// Packages whose private files are hidden from tracebacks, although CPython has them in Python.
const IN_PYTHON: [&str; 8] = [
    "_normal",
    "argparse/",
    "dataclasses/",
    "inspect/",
    "json/",
    "logging/",
    "traceback/",
    "typing/_structures",
];

/// Does the code stand for a function written in C?
pub(super) fn stands_for_c(code: &Code) -> bool {
    let file = &*code.source.name;
    code.source.origin == Origin::Builtin && !IN_PYTHON.iter().any(|path| file.starts_with(path))
}

impl Vm {
    /// Raises the TypeError for arguments that do not fit such a function.
    pub(super) fn wrong_c_arguments<T>(
        &mut self,
        function: &Function,
        args: &Arguments,
        wrong_name: Option<Value>,
    ) -> Outcome<T> {
        let code = function.linked.code.clone();
        let defaults = self.as_tuple(function.defaults).map_or(0, |d| d.len());
        let c = CFunction::new(&code, defaults);
        let given = args.positional.len().saturating_sub(c.bound);
        let name = c.name;
        let message = match wrong_name.and_then(|name| self.as_str(name)) {
            Some(_) if !c.takes_names() => format!("{name}() takes no keyword arguments"),
            Some(wrong) => match code.locals.iter().position(|known| &**known == wrong) {
                Some(at) if at < args.positional.len() => {
                    let place = at + 1 - c.bound;
                    format!(
                        "argument for {name}() given by name ('{wrong}') and position ({place})"
                    )
                }
                _ => {
                    let named = c.bound + c.positional_only..c.bound + c.most + c.keyword_only;
                    let known = code.locals.get(named).unwrap_or_default();
                    let known: Vec<&str> = known.iter().map(|name| &**name).collect();
                    let hint = super::suggest::hint(wrong, &known);
                    // The only class whose constructor tells another name.
                    let name = if name == "timedelta" { "__new__" } else { name };
                    format!("{name}() got an unexpected keyword argument '{wrong}'{hint}")
                }
            },
            None if !c.takes_names() || given < c.positional_only.min(c.least) => {
                c.wrong_count(given)
            }
            None if given > c.most => c.too_many(given, args.keywords.len()),
            None => {
                let named = |n: usize| {
                    let parameter = code.locals.get(n).map_or("", |name| &**name);
                    args.keywords
                        .iter()
                        .any(|(name, _)| self.as_str(*name) == Some(parameter))
                };
                let all = c.bound + c.most + c.keyword_only;
                let missing = (c.bound + given..all).find(|&n| !named(n)).unwrap_or(0);
                let parameter = code.locals.get(missing).map_or("", |name| &**name);
                let place = missing + 1 - c.bound.min(missing);
                format!("{name}() missing required argument '{parameter}' (pos {place})")
            }
        };
        self.type_error(message)
    }
}
