//! Binding the arguments of a call to the parameters of a Python function, with CPython's messages
//! (`Python/ceval.c`: initialize_locals, missing_arguments, too_many_positional).

use super::call::Arguments;
use super::machine::Vm;
use super::native::Outcome;
use super::object::Function;
use super::parameters_c::stands_for_c;
use super::value::Value;
use crate::bytecode::code::Parameters;
use std::rc::Rc;

impl Vm {
    /// The slots of a new frame: parameters bound, other variables unbound, closure cells in place. Values are borrowed.
    pub(super) fn bind_parameters(
        &mut self,
        function: &Rc<Function>,
        args: &Arguments,
    ) -> Outcome<Vec<Value>> {
        let code = function.linked.code.clone();
        let parameters = &code.parameters;
        let positional = parameters.positional as usize;
        let named = positional + parameters.keyword_only as usize;
        let mut slots = Vec::with_capacity(code.slots() + code.max_stack as usize);
        slots.extend(args.positional.iter().take(positional));
        let plain = args.keywords.is_empty()
            && args.positional.len() == positional
            && parameters.keyword_only == 0;
        slots.resize(code.slots() - code.frees.len(), Value::Unbound);
        if !plain || parameters.var_positional || parameters.var_keyword {
            self.bind_rest(function, parameters, args, &mut slots)?;
        }
        self.fill_defaults(function, parameters, &mut slots[..named], args)?;
        if let Some(cells) = self.as_tuple(function.closure) {
            slots.extend(cells.iter());
        }
        slots.resize(code.slots(), Value::Unbound);
        Ok(slots)
    }

    fn bind_rest(
        &mut self,
        function: &Rc<Function>,
        parameters: &Parameters,
        args: &Arguments,
        slots: &mut [Value],
    ) -> Outcome<()> {
        let positional = parameters.positional as usize;
        let named = positional + parameters.keyword_only as usize;
        let extra = args.positional.get(positional..).unwrap_or_default();
        if parameters.var_positional {
            slots[named] = self.tuple(extra.to_vec());
        }
        let collected = parameters.var_keyword.then(|| self.dict());
        if let Some(dict) = collected {
            slots[named + usize::from(parameters.var_positional)] = dict.into();
        }
        for &(name, value) in &args.keywords {
            match self.parameter_named(function, name, parameters.positional_only as usize..named) {
                Some(n) if slots[n].is_unbound() => slots[n] = value,
                Some(_) if stands_for_c(&function.linked.code) => {
                    return self.wrong_c_arguments(function, args, Some(name));
                }
                Some(_) => {
                    return self.argument_error(function, "got multiple values for argument", name);
                }
                None => match collected {
                    Some(dict) => self.dict_set(dict, name, value)?,
                    None => return self.unexpected_keyword(function, parameters, args, name),
                },
            }
        }
        if !extra.is_empty() && !parameters.var_positional {
            return self.too_many(function, parameters, args, slots);
        }
        Ok(())
    }

    fn parameter_named(
        &self,
        function: &Function,
        name: Value,
        among: std::ops::Range<usize>,
    ) -> Option<usize> {
        let known = &function.linked.parameters;
        let by_identity = among.clone().find(|&n| known[n].is(name));
        let text = self.as_str(name)?;
        by_identity.or_else(|| { among }.find(|&n| self.as_str(known[n]) == Some(text)))
    }

    fn fill_defaults(
        &mut self,
        function: &Rc<Function>,
        parameters: &Parameters,
        slots: &mut [Value],
        args: &Arguments,
    ) -> Outcome<()> {
        let positional = parameters.positional as usize;
        let given = args.positional.len();
        if given < positional {
            let defaults = self.as_tuple(function.defaults).cloned();
            let defaults = defaults.as_deref().unwrap_or_default();
            let first = positional.saturating_sub(defaults.len());
            let missing: Vec<usize> = (0..first).filter(|&n| slots[n].is_unbound()).collect();
            if !missing.is_empty() {
                return self.missing(function, args, &missing, "positional");
            }
            for (slot, &default) in slots[first..positional].iter_mut().zip(defaults) {
                if slot.is_unbound() {
                    *slot = default;
                }
            }
        }
        let mut missing = Vec::new();
        let keyword_only = slots.iter_mut().enumerate().skip(positional);
        for (n, slot) in keyword_only.filter(|(_, slot)| slot.is_unbound()) {
            let name = function.linked.parameters[n];
            let default = function
                .kw_defaults
                .id()
                .and_then(|dict| self.dict_get_name(dict, name));
            match default {
                Some(default) => *slot = default,
                None => missing.push(n),
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            self.missing(function, args, &missing, "keyword-only")
        }
    }

    fn missing<T>(
        &mut self,
        function: &Function,
        args: &Arguments,
        which: &[usize],
        kind: &str,
    ) -> Outcome<T> {
        if stands_for_c(&function.linked.code) {
            return self.wrong_c_arguments(function, args, None);
        }
        let names: Vec<String> = which
            .iter()
            .map(|&n| format!("'{}'", function.linked.code.slot_name(n as u32)))
            .collect();
        let listed = match names.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [init @ .., last] => format!("{}, and {last}", init.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        let called = self.as_str(function.qualname).unwrap_or_default();
        self.type_error(format!(
            "{called}() missing {} required {kind} argument{plural}: {listed}",
            names.len()
        ))
    }

    fn too_many<T>(
        &mut self,
        function: &Function,
        parameters: &Parameters,
        args: &Arguments,
        slots: &[Value],
    ) -> Outcome<T> {
        if stands_for_c(&function.linked.code) {
            return self.wrong_c_arguments(function, args, None);
        }
        let most = parameters.positional as usize;
        let defaults = self
            .as_tuple(function.defaults)
            .map_or(0, |defaults| defaults.len());
        let given = args.positional.len();
        let takes = match defaults {
            0 => format!("{most}"),
            n => format!("from {} to {most}", most - n),
        };
        let plural = if most == 1 && defaults == 0 { "" } else { "s" };
        let keyword_only = &slots[most..most + parameters.keyword_only as usize];
        let by_keyword = keyword_only
            .iter()
            .filter(|value| !value.is_unbound())
            .count();
        let were = match (given, by_keyword) {
            (1, 0) => "1 was given".to_owned(),
            (n, 0) => format!("{n} were given"),
            (n, k) => format!(
                "{n} positional argument{} (and {k} keyword-only argument{}) were given",
                if n == 1 { "" } else { "s" },
                if k == 1 { "" } else { "s" }
            ),
        };
        let called = self.as_str(function.qualname).unwrap_or_default();
        self.type_error(format!(
            "{called}() takes {takes} positional argument{plural} but {were}"
        ))
    }

    fn unexpected_keyword<T>(
        &mut self,
        function: &Function,
        parameters: &Parameters,
        args: &Arguments,
        name: Value,
    ) -> Outcome<T> {
        if stands_for_c(&function.linked.code) {
            return self.wrong_c_arguments(function, args, Some(name));
        }
        let positional_only = parameters.positional_only as usize;
        let misused: Vec<&str> = args
            .keywords
            .iter()
            .filter(|(name, _)| {
                self.parameter_named(function, *name, 0..positional_only)
                    .is_some()
            })
            .filter_map(|(name, _)| self.as_str(*name))
            .collect();
        if misused.is_empty() {
            let named = (parameters.positional + parameters.keyword_only) as usize;
            let known = &function.linked.code.locals;
            let known: Vec<&str> = known[positional_only..named]
                .iter()
                .map(|name| &**name)
                .collect();
            let name = self.as_str(name).unwrap_or_default();
            let hint = super::suggest::hint(name, &known);
            let called = self.as_str(function.qualname).unwrap_or_default();
            return self.type_error(format!(
                "{called}() got an unexpected keyword argument '{name}'{hint}"
            ));
        }
        let called = self.as_str(function.qualname).unwrap_or_default();
        let listed = misused.join(", ");
        let message = format!(
            "{called}() got some positional-only arguments passed as keyword arguments: '{listed}'"
        );
        self.type_error(message)
    }

    fn argument_error<T>(&mut self, function: &Function, what: &str, name: Value) -> Outcome<T> {
        let called = self.as_str(function.qualname).unwrap_or_default();
        let name = self.as_str(name).unwrap_or_default();
        self.type_error(format!("{called}() {what} '{name}'"))
    }
}
