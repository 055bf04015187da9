//! How an exception is shown, as CPython's `traceback` module prints it (`Lib/traceback.py`: TracebackException,
//! StackSummary, _extract_caret_anchors_from_line_segment).

use super::class;
use super::frame_object::Home;
use super::link::LinkedCode;
use super::machine::Vm;
use super::names;
use super::native::Outcome;
use super::object::{Exception, Payload, Traceback};
use super::suggest;
use super::value::{Id, Value};
use super::wide::columns;
use crate::bytecode::code::{Origin, Span};
use std::rc::Rc;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
const HEADER: &str = "Traceback (most recent call last):\n";
const GROUP_HEADER: &str = "Exception Group Traceback (most recent call last):\n";
/// How many exceptions of a group are shown, and how deep.
const GROUP_WIDTH: usize = 15;
const GROUP_DEPTH: usize = 10;
/// Identical entries beyond this many are counted instead of shown.
const REPEATS: usize = 3;

/// One entry of a traceback: where some code stood.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The code.
    pub code: Rc<LinkedCode>,
    /// The instruction.
    pub at: u32,
}

/// How far the text of an exception is indented inside groups.
#[derive(Clone, Copy, Default)]
struct Depth {
    group: usize,
    needs_close: bool,
}

impl Vm {
    /// The whole text of an exception with its traceback and what led to it, as an uncaught one is printed.
    pub fn format_exception(&mut self, exception: Value) -> Outcome<String> {
        let mut seen = Vec::new();
        self.format_chain(exception, &mut Depth::default(), &mut seen)
    }

    fn format_chain(
        &mut self,
        exception: Value,
        depth: &mut Depth,
        seen: &mut Vec<Value>,
    ) -> Outcome<String> {
        seen.push(exception);
        let mut chain = vec![(exception, "")];
        while let Some(&(last, _)) = chain.last() {
            let Some(content) = self.exception_content(last) else {
                break;
            };
            let next = next_of_chain(content);
            let Some((next, joint)) =
                next.filter(|(next, _)| !seen.iter().any(|known| known.is(*next)))
            else {
                break;
            };
            seen.push(next);
            chain.push((next, joint));
        }
        let mut text = String::new();
        for n in (0..chain.len()).rev() {
            text.push_str(&self.format_one(chain[n].0, depth, seen)?);
            if n > 0 {
                text.push_str(&indent(chain[n].1, depth.group));
            }
        }
        Ok(text)
    }

    fn format_one(
        &mut self,
        exception: Value,
        depth: &mut Depth,
        seen: &mut Vec<Value>,
    ) -> Outcome<String> {
        if self.is_instance(exception, class::BASE_EXCEPTION_GROUP) {
            return self.format_group(exception, depth, seen);
        }
        let entries = self.traceback_entries(exception);
        let mut text = String::new();
        if self
            .exception_content(exception)
            .is_some_and(|content| !content.traceback.is_none())
        {
            text.push_str(HEADER);
        }
        text.push_str(&format_entries(&entries));
        text.push_str(&self.format_exception_only(exception)?);
        Ok(indent(&text, depth.group))
    }

    fn format_group(
        &mut self,
        exception: Value,
        depth: &mut Depth,
        seen: &mut Vec<Value>,
    ) -> Outcome<String> {
        let is_top = depth.group == 0;
        if is_top {
            depth.group += 1;
        }
        let mut text = String::new();
        if self
            .exception_content(exception)
            .is_some_and(|content| !content.traceback.is_none())
        {
            let header = indent_with(GROUP_HEADER, depth.group, if is_top { "+ " } else { "| " });
            text.push_str(&header);
            text.push_str(&indent(
                &format_entries(&self.traceback_entries(exception)),
                depth.group,
            ));
        }
        text.push_str(&indent(
            &self.format_exception_only(exception)?,
            depth.group,
        ));
        let key = self.intern("exceptions");
        let members = self.get_attr(exception, key)?;
        let members = self.items(members).unwrap_or_default().to_vec();
        depth.needs_close = false;
        let shown = members.len().min(GROUP_WIDTH + 1);
        for n in 0..shown {
            let is_last = n + 1 == shown;
            depth.needs_close |= is_last;
            let truncated = n >= GROUP_WIDTH;
            let label = if truncated {
                "...".to_owned()
            } else {
                (n + 1).to_string()
            };
            let junction = if n == 0 { "+-" } else { "  " };
            text.push_str(&format!(
                "{}{junction}+---------------- {label} ----------------\n",
                "  ".repeat(depth.group)
            ));
            depth.group += 1;
            if truncated {
                let more = members.len() - GROUP_WIDTH;
                let plural = if more == 1 { "" } else { "s" };
                text.push_str(&indent(
                    &format!("and {more} more exception{plural}\n"),
                    depth.group,
                ));
            } else if depth.group > GROUP_DEPTH {
                text.push_str(&indent(
                    &format!("... (max_group_depth is {GROUP_DEPTH})\n"),
                    depth.group,
                ));
            } else {
                text.push_str(&self.format_chain(members[n], depth, seen)?);
            }
            if is_last && depth.needs_close {
                text.push_str(&format!(
                    "{}+------------------------------------\n",
                    "  ".repeat(depth.group)
                ));
                depth.needs_close = false;
            }
            depth.group -= 1;
        }
        if is_top {
            depth.group = 0;
        }
        Ok(text)
    }

    /// The last lines: class, message and notes.
    pub fn format_exception_only(&mut self, exception: Value) -> Outcome<String> {
        let class = self.class_of(exception);
        let name = self.exception_name(class);
        let mut message = self.to_str(exception)?;
        if let Some(hint) = self.suggestion(exception) {
            message.push_str(&hint);
        }
        let mut text = if message.is_empty() {
            format!("{name}\n")
        } else {
            format!("{name}: {message}\n")
        };
        if let Some(notes) = self.own_attribute(exception, names::NOTES) {
            for note in self.items(notes).unwrap_or_default().to_vec() {
                let note = self.to_str(note)?;
                note.split('\n')
                    .for_each(|line| text.push_str(&format!("{line}\n")));
            }
        }
        Ok(text)
    }

    fn exception_name(&self, class: Id) -> String {
        let full = self.full_name(class);
        full.strip_prefix("__main__.").unwrap_or(&full).to_owned()
    }

    /// The entries of an exception's traceback, outermost first, without code that stands for C.
    pub fn traceback_entries(&self, exception: Value) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut at = self
            .exception_content(exception)
            .map_or(Value::None, |content| content.traceback);
        while let Some(Payload::Traceback(entry)) = self.heap.content(at) {
            if entry.code.code.source.origin != Origin::Builtin {
                entries.push(Entry {
                    code: entry.code.clone(),
                    at: entry.at,
                });
            }
            at = entry.next;
        }
        entries
    }

    fn suggestion(&self, exception: Value) -> Option<String> {
        if let Some(best) = self.closest_name(exception) {
            return Some(format!(". Did you mean: '{best}'?"));
        }
        let wrong = self.wrong_name(exception)?;
        let forgotten =
            self.is_instance(exception, class::NAME_ERROR) && super::modules::known::exists(wrong);
        forgotten.then(|| format!(". Did you forget to import '{wrong}'?"))
    }

    /// The name that an exception is about.
    fn wrong_name(&self, exception: Value) -> Option<&str> {
        let key = match self.is_instance(exception, class::IMPORT_ERROR) {
            true => "\u{0}name_from",
            false => "\u{0}name",
        };
        self.as_str(self.kept_attribute(exception, key)?)
    }

    fn kept_attribute(&self, exception: Value, key: &str) -> Option<Value> {
        let key = self.interned.get(key)?;
        self.own_attribute(exception, key.into())
    }

    /// The name that was probably meant where an exception is about a wrong one.
    pub fn closest_name(&self, exception: Value) -> Option<String> {
        let wrong = self.wrong_name(exception)?;
        if self.is_attribute_of_self(exception) {
            return Some(format!("self.{wrong}"));
        }
        let candidates = if self.is_instance(exception, class::NAME_ERROR) {
            self.names_in_scope(exception)
        } else if self.is_instance(exception, class::ATTRIBUTE_ERROR) {
            self.attribute_names(self.kept_attribute(exception, "\u{0}obj")?)
        } else if self.is_instance(exception, class::IMPORT_ERROR) {
            let package = self.kept_attribute(exception, "\u{0}name")?;
            self.attribute_names(self.dict_get_name(self.modules, package)?)
        } else {
            return None;
        };
        suggest::closest(wrong, &candidates, !self.has_no_modules()).map(str::to_owned)
    }

    /// Is an undefined name an attribute of what the frame has as `self`?
    fn is_attribute_of_self(&self, exception: Value) -> bool {
        if !self.is_instance(exception, class::NAME_ERROR) {
            return false;
        }
        let receiver = self.innermost_entry(exception).and_then(|entry| {
            let slot = entry
                .code
                .code
                .locals
                .iter()
                .position(|name| &**name == "self")?;
            let frame = self.frame_object(entry.frame.into())?;
            let Home::Left(locals) = &frame.home else {
                return None;
            };
            locals.get(slot)?.bound()
        });
        receiver.is_some_and(|receiver| {
            let names = self.attribute_names(receiver);
            self.wrong_name(exception)
                .is_some_and(|wrong| names.contains(&wrong))
        })
    }

    fn innermost_entry(&self, exception: Value) -> Option<&super::object::Traceback> {
        let mut at = self.exception_content(exception)?.traceback;
        let mut innermost = None;
        while let Some(Payload::Traceback(entry)) = self.heap.content(at) {
            innermost = Some(&**entry);
            at = entry.next;
        }
        innermost
    }

    fn names_in_scope(&self, exception: Value) -> Vec<&str> {
        let Some(entry) = self.innermost_entry(exception) else {
            return Vec::new();
        };
        let mut found = self.names_of_variables(entry);
        found.extend(self.names_of_dict(self.globals_of_traceback(entry)));
        let mut builtins = self.names_of_dict(self.builtins);
        suggest::order_builtins(&mut builtins);
        found.extend(builtins);
        found
    }

    /// The names of the variables that are bound in a frame; of one that still runs, of all that it may have.
    fn names_of_variables<'a>(&'a self, entry: &'a Traceback) -> Vec<&'a str> {
        let code = &entry.code.code;
        let names = code.locals.iter().chain(&code.cells).chain(&code.frees);
        let names = names.map(|name| &**name);
        let Some(frame) = self.frame_object(entry.frame.into()) else {
            return names.collect();
        };
        let mut found = self.names_of_dict(frame.namespace);
        match &frame.home {
            Home::Left(values) => found.extend(
                names
                    .zip(values)
                    .filter(|&(_, &value)| self.is_bound(value))
                    .map(|(name, _)| name),
            ),
            _ => found.extend(names),
        }
        found
    }

    /// Does a variable have a value, in a cell if it is shared?
    fn is_bound(&self, value: Value) -> bool {
        match self.heap.content(value) {
            Some(Payload::Cell(content)) => !content.is_unbound(),
            _ => !value.is_unbound(),
        }
    }

    fn names_of_dict(&self, namespace: Id) -> Vec<&str> {
        let entries = self.heap.dict(namespace).into_iter();
        let keys = entries.flat_map(|dict| dict.iter());
        keys.filter_map(|entry| self.as_str(entry.key)).collect()
    }

    fn globals_of_traceback(&self, entry: &Traceback) -> Id {
        let frame = self.frame_object(entry.frame.into());
        frame.map_or(Id::NONE, |frame| self.globals_of_frame(frame))
    }

    fn attribute_names(&self, object: Value) -> Vec<&str> {
        let mut namespaces = Vec::new();
        if let Some(id) = object.id() {
            namespaces.push(self.heap.get(id).dict);
            namespaces.extend(
                self.class(id)
                    .iter()
                    .flat_map(|class| &class.mro)
                    .filter_map(|&base| self.class(base))
                    .map(|c| c.namespace),
            );
        }
        let mro = self
            .class(self.class_of(object))
            .map(|class| class.mro.as_slice())
            .unwrap_or_default();
        namespaces.extend(
            mro.iter()
                .filter_map(|&base| self.class(base))
                .map(|class| class.namespace),
        );
        let dicts = namespaces
            .into_iter()
            .filter(|id| !id.is_none())
            .filter_map(|id| self.heap.dict(id));
        let keys = dicts.flat_map(|dict| dict.iter());
        let mut names: Vec<&str> = keys
            .filter_map(|entry| self.as_str(entry.key))
            .filter(|name| !name.starts_with('\u{0}'))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What an exception followed from, and the sentence that joins them.
fn next_of_chain(content: &Exception) -> Option<(Value, &'static str)> {
    if !content.cause.is_none() {
        return Some((content.cause, CAUSE));
    }
    (!content.context.is_none() && !content.suppress_context).then_some((content.context, CONTEXT))
}

/// Indents lines as inside an exception group.
fn indent(text: &str, group: usize) -> String {
    indent_with(text, group, "| ")
}

fn indent_with(text: &str, group: usize, margin: &str) -> String {
    if group == 0 {
        return text.to_owned();
    }
    let prefix = format!("{}{margin}", "  ".repeat(group));
    text.split_inclusive('\n')
        .map(|line| format!("{prefix}{line}"))
        .collect()
}

/// The lines for entries, repeated ones counted.
pub fn format_entries(entries: &[Entry]) -> String {
    let mut text = String::new();
    let mut repeated = 0;
    for (n, entry) in entries.iter().enumerate() {
        let same = n > 0 && is_same_place(&entries[n - 1], entry);
        if !same {
            flush_repeats(&mut text, repeated);
            repeated = 0;
        }
        repeated += 1;
        if repeated <= REPEATS {
            text.push_str(&format_entry(entry));
        }
    }
    flush_repeats(&mut text, repeated);
    text
}

fn flush_repeats(text: &mut String, repeated: usize) {
    if repeated > REPEATS {
        let more = repeated - REPEATS;
        let plural = if more == 1 { "" } else { "s" };
        text.push_str(&format!(
            "  [Previous line repeated {more} more time{plural}]\n"
        ));
    }
}

fn is_same_place(a: &Entry, b: &Entry) -> bool {
    Rc::ptr_eq(&a.code.code.source, &b.code.code.source)
        && line_of(a) == line_of(b)
        && a.code.code.name == b.code.code.name
}

fn line_of(entry: &Entry) -> u32 {
    entry.code.code.line_at(entry.at)
}

/// `  File "…", line N, in f`, the source, and the marks below it.
pub fn format_entry(entry: &Entry) -> String {
    let code = &entry.code.code;
    let mut text = format!(
        "  File \"{}\", line {}, in {}\n",
        code.source.name,
        line_of(entry),
        code.name
    );
    text.push_str(&source_lines(entry, true));
    text
}

/// The lines of source that an instruction spans, the first without indentation, with marks, which may tell the parts of
/// an expression apart.
pub fn source_lines(entry: &Entry, tells_parts: bool) -> String {
    let code = &entry.code.code;
    let source = &code.source;
    let span = code
        .spans
        .get(entry.at as usize)
        .copied()
        .unwrap_or_default();
    let (first, last) = (source.line(span.start), source.line(span.end));
    let first = if span == Span::default() {
        line_of(entry)
    } else {
        first
    };
    let last = last.max(first);
    if source.origin == Origin::Text {
        return String::new();
    }
    let raw: Vec<&str> = (first..=last).map(|line| source.line_text(line)).collect();
    if raw.iter().all(|line| line.trim().is_empty()) {
        return String::new();
    }
    if span == Span::default() {
        return format!("    {}\n", raw[0].trim());
    }
    let margin = raw
        .iter()
        .filter(|l| !l.trim().is_empty())
        .map(|l| l.chars().count() - l.trim_start().chars().count())
        .min();
    let margin = margin.unwrap_or(0);
    let lines: Vec<String> = raw
        .iter()
        .map(|line| {
            line.chars()
                .skip(margin)
                .collect::<String>()
                .trim_end()
                .to_owned()
        })
        .collect();
    let place = |offset: u32| {
        let row = (source.line(offset) - first) as usize;
        (row, (source.column(offset) as usize).saturating_sub(margin))
    };
    let anchors = code
        .anchors
        .get(&entry.at)
        .filter(|_| tells_parts)
        .map(|anchor| (place(anchor.start), place(anchor.end)));
    let marks = Marks {
        lines: &lines,
        start: place(span.start).1,
        end: place(span.end).1,
        anchors,
    };
    marks.render()
}

/// The marks below the lines of an expression.
struct Marks<'a> {
    lines: &'a [String],
    start: usize,
    end: usize,
    /// Where `^` begins and ends inside `~`, as (row, column).
    anchors: Option<((usize, usize), (usize, usize))>,
}

impl Marks<'_> {
    fn render(&self) -> String {
        let shows = self.are_useful();
        let mut text = String::new();
        let rows = self.significant_rows();
        for (n, &row) in rows.iter().enumerate() {
            if n > 0 {
                match row - rows[n - 1] {
                    1 => {}
                    2 => self.render_row(row - 1, shows, &mut text),
                    gap => text.push_str(&format!("    ...<{} lines>...\n", gap - 1)),
                }
            }
            self.render_row(row, shows, &mut text);
        }
        text
    }

    fn significant_rows(&self) -> Vec<usize> {
        let last = self.lines.len() - 1;
        let mut rows = vec![0, last];
        if let Some(((left, _), (right, _))) = self.anchors {
            for row in [left, right] {
                rows.extend(row.saturating_sub(1)..=row + 1);
            }
        }
        rows.retain(|&row| row <= last);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn render_row(&self, row: usize, shows: bool, text: &mut String) {
        let line = &self.lines[row];
        text.push_str(&format!("    {line}\n"));
        if !shows {
            return;
        }
        let indentation = line.chars().count() - line.trim_start().chars().count();
        let width = if row + 1 == self.lines.len() {
            self.end
        } else {
            line.chars().count()
        };
        let below = |(column, char): (usize, char)| {
            let mark = match self.anchors {
                _ if column < indentation || (row == 0 && column < self.start) => ' ',
                Some((left, right)) if (row, column) >= left && (row, column) < right => '^',
                Some(_) => '~',
                None => '^',
            };
            std::iter::repeat_n(mark, columns(char))
        };
        let chars = line.chars().chain(std::iter::repeat(' '));
        let marks: String = { chars.take(width).enumerate() }.flat_map(below).collect();
        text.push_str(&format!("    {marks}\n"));
    }

    /// Marks below a whole line say nothing.
    fn are_useful(&self) -> bool {
        if self.is_whole_call() {
            return false;
        }
        let before = self.lines[0]
            .chars()
            .take(self.start)
            .any(|c| !c.is_whitespace());
        let after = self
            .lines
            .last()
            .is_some_and(|line| line.chars().skip(self.end).any(|c| !c.is_whitespace()));
        self.anchors.is_some() || before || after
    }

    /// Is the statement just this call: `return f(x)` with a plain name, or `y = f(x)`? Others may follow.
    fn is_whole_call(&self) -> bool {
        let (Some(((row, column), right)), Some(last)) = (self.anchors, self.lines.last()) else {
            return false;
        };
        let opening = self
            .lines
            .get(row)
            .and_then(|line| line.chars().nth(column));
        if right != (self.lines.len() - 1, self.end) || opening != Some('(') {
            return false;
        }
        let before: String = self.lines[0].chars().take(self.start).collect();
        let after: String = last.chars().skip(self.end).collect();
        let before = before.trim_start();
        let outer = before.trim_end_matches(['(', ' ']);
        let parentheses = before[outer.len()..].matches('(').count();
        if !ends_statement(&after, parentheses) {
            return false;
        }
        let callee = self.lines[0].chars().skip(self.start);
        let callee: String = callee.take_while(|&c| c != '(').collect();
        let callee = callee.trim_end();
        let is_name = !callee.is_empty() && callee.chars().all(|c| c.is_alphanumeric() || c == '_');
        match outer {
            "return" => is_name,
            outer => outer.strip_suffix('=').is_some_and(is_target),
        }
    }
}

/// Does nothing of the statement follow but so many closing parentheses?
fn ends_statement(after: &str, parentheses: usize) -> bool {
    let mut rest = after.trim_start();
    for _ in 0..parentheses {
        let Some(further) = rest.strip_prefix(')') else {
            return false;
        };
        rest = further.trim_start();
    }
    rest.is_empty() || rest.starts_with([';', '#'])
}

/// Is the text one plain name, as the target of an assignment?
fn is_target(text: &str) -> bool {
    let name = text.trim().trim_matches(['(', ')']);
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
