//! A program's tree as Python source.

use std::fmt::{self, Display, Formatter};

use super::helpers::HELPERS;
use super::tree::{Argument, Colour, Expr, Function, Handler, Program, Stmt};

impl Display for Program {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let mut writer = Writer::default();
        writer.statements(&self.shared);
        for function in &self.functions {
            writer.text.push('\n');
            writer.function(function);
        }
        writer.text.push('\n');
        writer.statements(&self.last);
        for module in &self.imports {
            writeln!(f, "import {module}")?;
        }
        let mut helpers = String::new();
        for (name, helper) in HELPERS {
            let mut words = words(&writer.text).chain(words(&helpers));
            let is_used = words.any(|word| word == name);
            drop(words);
            if is_used {
                helpers.push_str(&format!("\n{helper}"));
            }
        }
        write!(f, "{helpers}\n{}", writer.text)
    }
}

/// The names with dots in a text; `signal.Handlers.SIG_DFL` names `signal.Handlers` as well.
pub fn paths(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
    words.filter(|word| word.contains('.')).flat_map(|word| {
        let dots = word.match_indices('.').skip(1);
        let outer = dots.map(|(at, _)| word[..at].to_owned());
        outer.chain([word.to_owned()])
    })
}

/// The names and numbers in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: fmt::Arguments) {
        let indentation = "    ".repeat(self.depth);
        self.text.push_str(&format!("{indentation}{line}\n"));
    }

    fn function(&mut self, function: &Function) {
        let prefix = if function.colour.awaits() {
            "async "
        } else {
            ""
        };
        self.line(format_args!("{prefix}def {}(n):", function.name));
        self.depth += 1;
        if !function.globals.is_empty() {
            self.line(format_args!("global {}", function.globals.join(", ")));
        }
        self.depth -= 1;
        self.block(&function.body);
        if matches!(function.colour, Colour::Generator | Colour::AsyncGenerator) {
            self.depth += 1;
            self.line(format_args!("yield n"));
            self.depth -= 1;
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        self.depth += 1;
        match body.is_empty() {
            true => self.line(format_args!("pass")),
            false => self.statements(body),
        }
        self.depth -= 1;
    }

    fn statements(&mut self, body: &[Stmt]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Do(value) => self.line(format_args!("{value}")),
            Stmt::Let(name, value) => self.line(format_args!("{name} = {value}")),
            Stmt::Show(label, values) => self.show(*label, values),
            Stmt::Raise(value) => self.line(format_args!("raise {value}")),
            Stmt::Return(value) => self.line(format_args!("return {value}")),
            Stmt::Yield(value) => self.line(format_args!("yield {value}")),
            Stmt::Break => self.line(format_args!("break")),
            Stmt::If {
                test,
                then,
                otherwise,
            } => {
                self.line(format_args!("if {test}:"));
                self.block(then);
                self.optional("else", otherwise);
            }
            Stmt::For {
                asynchronous,
                name,
                over,
                body,
            } => {
                let prefix = prefix(*asynchronous);
                self.line(format_args!("{prefix}for {name} in {over}:"));
                self.block(body);
            }
            Stmt::With {
                asynchronous,
                manager,
                name,
                body,
            } => {
                let prefix = prefix(*asynchronous);
                let name = name.as_ref().map(|name| format!(" as {name}"));
                let name = name.unwrap_or_default();
                self.line(format_args!("{prefix}with {manager}{name}:"));
                self.block(body);
            }
            Stmt::Try {
                body,
                handlers,
                otherwise,
                finally,
            } => {
                self.line(format_args!("try:"));
                self.block(body);
                handlers.iter().for_each(|handler| self.handler(handler));
                if !handlers.is_empty() {
                    self.optional("else", otherwise);
                }
                if handlers.is_empty() || !finally.is_empty() {
                    self.line(format_args!("finally:"));
                    self.block(finally);
                }
            }
        }
    }

    fn show(&mut self, label: u32, values: &[Expr]) {
        let values: String = values.iter().map(|value| format!(", {value}")).collect();
        self.line(format_args!("print({label}{values})"));
    }

    fn handler(&mut self, handler: &Handler) {
        let star = if handler.group { "*" } else { "" };
        self.line(format_args!("except{star} {} as e:", handler.class));
        self.block(&handler.body);
    }

    fn optional(&mut self, word: &str, body: &[Stmt]) {
        if !body.is_empty() {
            self.line(format_args!("{word}:"));
            self.block(body);
        }
    }
}

fn prefix(asynchronous: bool) -> &'static str {
    if asynchronous { "async " } else { "" }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Literal(text) | Self::Name(text) => f.write_str(text),
            Self::Path(text) => f.write_str(text),
            Self::Attribute(object, name) => match **object {
                Self::Await(_) => write!(f, "({object}).{name}"),
                _ => write!(f, "{object}.{name}"),
            },
            Self::Call(function, arguments) => write!(f, "{function}({})", Listed(arguments)),
            Self::Await(value) => write!(f, "await {value}"),
            Self::List(items) => write!(f, "[{}]", Listed(items)),
        }
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self.keyword {
            Some(keyword) => write!(f, "{keyword}={}", self.value),
            None => self.value.fmt(f),
        }
    }
}

/// Items with commas between.
struct Listed<'a, T>(&'a [T]);

impl<T: Display> Display for Listed<'_, T> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}
