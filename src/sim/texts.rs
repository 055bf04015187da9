//! The texts that events mention, by their numbers. Most texts of a long run are a word around the number of a task, a lock
//! or a queue: such a text is told by its form and that number, and put together only when somebody reads it. What is told
//! of tasks is in no table: the number of such a text says which task it is about, and what it tells.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use elsa::FrozenBTreeMap;

use crate::vm::interner::Interner;

/// Number of a text of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub u32);

impl Text {
    /// No text, where one is not known.
    pub const NONE: Self = Self(u32::MAX << TELLING_BITS);
}

/// How the numbers of texts are made up: bits for what is told of a task, and before them that task's number; or none of
/// these bits, and the place in the table.
const TELLING_BITS: u32 = 2;

/// What events tell of a task around its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfTask {
    /// The name of one that was not named.
    Name = 1,
    /// Its step, as a callback.
    Step,
    /// Its wake-up, as a callback.
    Wakeup,
}

impl OfTask {
    const ALL: [Self; 3] = [Self::Name, Self::Step, Self::Wakeup];

    /// What stands before and behind the number.
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("Task-", ""),
            Self::Step => ("Task.__step(T", ")"),
            Self::Wakeup => ("Task.task_wakeup(T", ")"),
        }
    }

    /// The text that tells this of a task, unless its number is too large.
    #[inline]
    fn text(self, task: u32) -> Option<Text> {
        let fits = task < 1 << (u32::BITS - TELLING_BITS);
        fits.then_some(Text(task << TELLING_BITS | self as u32))
    }

    /// What a text tells of which task, if it is one of those that [`Texts::intern_of_task`] gives.
    #[inline]
    pub fn of(text: Text) -> Option<(Self, u32)> {
        let telling = (text.0 % (1 << TELLING_BITS)).checked_sub(1)?;
        Some((Self::ALL[telling as usize], text.0 >> TELLING_BITS))
    }

    /// The same for a text that is written out.
    fn find(text: &str) -> Option<Text> {
        Self::ALL.into_iter().find_map(|what| {
            let (before, after) = what.around();
            what.text(number_between(text, before, after)?)
        })
    }
}

/// Interned texts: equal texts have equal numbers, and numbers never change.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// In the order in which they were first mentioned.
    entries: Vec<Entry>,
    interner: Interner,
    /// The numbers of the interner's texts.
    interned: Vec<Text>,
    forms: Vec<Form>,
    read: Read,
    /// Where texts are put together.
    draft: String,
}

/// How a text of the table is kept.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// Under this number in the interner.
    Interned(u32),
    /// As a number in a form.
    Formed { form: u32, number: u32 },
}

/// The texts around numbers that somebody has read.
#[derive(Clone, Default)]
struct Read(FrozenBTreeMap<Text, Box<str>>);

impl fmt::Debug for Read {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} texts", self.0.len())
    }
}

/// What stands around a number.
#[derive(Clone, Debug)]
struct Form {
    before: Box<str>,
    after: Box<str>,
    /// The texts that have this form, by the numbers in them …
    texts: Vec<Option<Text>>,
    /// … and those whose numbers are far beyond the others'.
    distant: BTreeMap<u32, Text>,
}

/// What stands before and behind a number, each in two parts.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What stands before it.
    pub before: [&'a str; 2],
    /// What stands behind it.
    pub after: [&'a str; 2],
}

impl<'a> From<(&'a str, &'a str)> for Around<'a> {
    fn from((before, after): (&'a str, &'a str)) -> Self {
        Self {
            before: [before, ""],
            after: [after, ""],
        }
    }
}

/// Numbers that are further than this beyond the others are distant.
const NEAR: usize = 1024;

impl Texts {
    /// The number of a text, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> Text {
        let number = self.interner.number(text);
        self.of_interned(number, text)
    }

    /// The same for a text that is kept elsewhere as well, such as a function's name.
    pub fn intern_shared(&mut self, text: &Rc<str>) -> Text {
        let number = self.interner.number_of_shared(text);
        self.of_interned(number, text)
    }

    /// The same for a text in parts.
    pub fn intern_joined(&mut self, parts: &[&str]) -> Text {
        self.intern_written(|draft| parts.iter().for_each(|part| draft.push_str(part)))
    }

    /// The number of a number's digits.
    pub fn intern_number(&mut self, number: i64) -> Text {
        self.intern_written(|draft| push_number(draft, number))
    }

    /// The number of what is written where texts are put together.
    fn intern_written(&mut self, write: impl FnOnce(&mut String)) -> Text {
        let mut draft = std::mem::take(&mut self.draft);
        draft.clear();
        write(&mut draft);
        let text = self.intern(&draft);
        self.draft = draft;
        text
    }

    /// The number of what is told of a task.
    #[inline]
    pub fn intern_of_task(&mut self, what: OfTask, number: u32) -> Text {
        let (before, after) = what.around();
        what.text(number)
            .unwrap_or_else(|| self.intern(&format!("{before}{number}{after}")))
    }

    /// The number of a text around a number, which is nothing that is told of tasks. There should not be many different ones
    /// of those around it.
    pub fn intern_formed(&mut self, around: Around, number: u32) -> Text {
        let form = match self.forms.iter().position(|form| form.is(around)) {
            Some(form) => form,
            None => self.add_form(around),
        };
        self.of_form(form, number)
    }

    /// The text with this number; empty when the number belongs to another table.
    pub fn get(&self, text: Text) -> &str {
        let (before, number, after) = match OfTask::of(text) {
            Some((what, task)) => {
                let (before, after) = what.around();
                (before, task, after)
            }
            None => match self.entries.get((text.0 >> TELLING_BITS) as usize) {
                Some(&Entry::Interned(number)) => {
                    return self.interner.get(number).map_or("", |text| text);
                }
                Some(&Entry::Formed { form, number }) => {
                    let form = &self.forms[form as usize];
                    (&*form.before, number, &*form.after)
                }
                None => return "",
            },
        };
        let known = self.read.0.get(&text);
        known.unwrap_or_else(|| {
            let whole = format!("{before}{number}{after}");
            self.read.0.insert(text, whole.into())
        })
    }

    #[inline]
    fn of_interned(&mut self, number: u32, text: &str) -> Text {
        match self.interned.get(number as usize) {
            Some(&known) => known,
            None => self.add_interned(number, text),
        }
    }

    /// A text is new to the interner; it may be known as one with a form.
    fn add_interned(&mut self, number: u32, text: &str) -> Text {
        let mut forms = self.forms.iter().enumerate();
        let formed = forms.find_map(|(at, form)| Some((at, form.number_in(text)?)));
        let text = match (OfTask::find(text), formed) {
            (Some(of_task), _) => of_task,
            (None, Some((form, inner))) => self.of_form(form, inner),
            (None, None) => self.add(Entry::Interned(number)),
        };
        self.interned.push(text);
        text
    }

    /// A new form; the texts that have it already keep their numbers.
    fn add_form(&mut self, around: Around) -> usize {
        let mut form = Form::new(around);
        for (number, &text) in self.interned.iter().enumerate() {
            let whole = self.interner.get(number as u32);
            if let Some(inner) = whole.and_then(|whole| form.number_in(whole)) {
                form.keep(inner, text);
            }
        }
        self.forms.push(form);
        self.forms.len() - 1
    }

    fn of_form(&mut self, form: usize, number: u32) -> Text {
        if let Some(known) = self.forms[form].find(number) {
            return known;
        }
        let text = self.add(Entry::Formed {
            form: form as u32,
            number,
        });
        self.forms[form].keep(number, text);
        text
    }

    fn add(&mut self, entry: Entry) -> Text {
        let text = Text((self.entries.len() as u32) << TELLING_BITS);
        self.entries.push(entry);
        text
    }
}

impl Form {
    fn new(around: Around) -> Self {
        Self {
            before: around.before.concat().into(),
            after: around.after.concat().into(),
            texts: Vec::new(),
            distant: BTreeMap::new(),
        }
    }

    fn is(&self, around: Around) -> bool {
        let is_joined = |whole: &str, [first, last]: [&str; 2]| {
            whole.len() == first.len() + last.len()
                && whole.starts_with(first)
                && whole.ends_with(last)
        };
        is_joined(&self.before, around.before) && is_joined(&self.after, around.after)
    }

    /// The text around this number, if it was mentioned.
    fn find(&self, number: u32) -> Option<Text> {
        let near = self.texts.get(number as usize).copied().flatten();
        near.or_else(|| self.distant.get(&number).copied())
    }

    fn keep(&mut self, number: u32, text: Text) {
        let at = number as usize;
        if at >= self.texts.len() + NEAR {
            self.distant.insert(number, text);
            return;
        }
        if at >= self.texts.len() {
            self.texts.resize(at + 1, None);
        }
        self.texts[at] = Some(text);
    }

    /// The number in a text of this form.
    fn number_in(&self, text: &str) -> Option<u32> {
        number_between(text, &self.before, &self.after)
    }
}

/// The number in a text between others, if it is written as it would be put together.
fn number_between(text: &str, before: &str, after: &str) -> Option<u32> {
    let digits = text.strip_prefix(before)?.strip_suffix(after)?;
    let number = digits.parse().ok()?;
    let plain = digits.starts_with(|first: char| first.is_ascii_digit())
        && (digits.len() == 1 || !digits.starts_with('0'));
    plain.then_some(number)
}

/// Appends a number in decimal: without the ways of formatting, of which there is nothing here, in a third of their time.
fn push_number(text: &mut String, number: i64) {
    let mut digits = [0; 20];
    let (mut rest, mut count) = (number.unsigned_abs(), 0);
    while rest > 0 || count == 0 {
        digits[count] = b'0' + (rest % 10) as u8;
        (rest, count) = (rest / 10, count + 1);
    }
    if number < 0 {
        text.push('-');
    }
    let digits = digits[..count].iter().rev();
    digits.for_each(|&digit| text.push(digit.into()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number_however_it_is_told() {
        let mut texts = Texts::default();
        let whole = texts.intern("Task-7");
        let seventh = texts.intern_of_task(OfTask::Name, 7);
        let eighth = texts.intern_of_task(OfTask::Name, 8);
        assert_eq!(whole, seventh);
        assert_eq!(texts.intern("Task-8"), eighth);
        assert_eq!(texts.intern_shared(&"Task-8".into()), eighth);
        assert_eq!(texts.get(eighth), "Task-8");
        assert_eq!(OfTask::of(eighth), Some((OfTask::Name, 8)));
        assert_eq!(
            texts.intern_formed(("step(T", ")").into(), 0),
            texts.intern("step(T0)")
        );
        assert_eq!(texts.get(Text::NONE), "");
    }

    #[test]
    fn everything_that_is_told_of_a_task_is_read_as_it_was_told() {
        let mut texts = Texts::default();
        for task in [0, 1, 1 << 29, (1 << 30) - 1, 1 << 30, u32::MAX] {
            let told = OfTask::ALL.map(|what| texts.intern_of_task(what, task));
            let read = told.map(|text| texts.get(text).to_owned());
            let expected = [
                format!("Task-{task}"),
                format!("Task.__step(T{task})"),
                format!("Task.task_wakeup(T{task})"),
            ];
            assert_eq!(read, expected);
            assert_eq!(expected.map(|text| texts.intern(&text)), told);
        }
    }

    #[test]
    fn what_is_written_otherwise_is_another_text() {
        let mut texts = Texts::default();
        let around = Around::from(("Lock-", ".acquire"));
        let seventh = texts.intern_formed(around, 7);
        for other in [
            "Lock-07.acquire",
            "Lock-+7.acquire",
            "Lock-.acquire",
            "Lock-7a.acquire",
            "lock-7.acquire",
            "Lock-99999999999.acquire",
            "Lo",
            "Task-07",
            "Task.__step(T+7)",
        ] {
            let text = texts.intern(other);
            assert_ne!(text, seventh);
            assert_eq!(texts.get(text), other);
            assert_eq!(OfTask::of(text), None);
        }
        let large = texts.intern_formed(around, u32::MAX);
        assert_eq!(texts.get(large), "Lock-4294967295.acquire");
        assert_eq!(texts.intern("Lock-4294967295.acquire"), large);
        let distant = texts.intern("Lock-5000.acquire");
        for number in 8..6000 {
            let text = texts.intern_formed(around, number);
            assert_eq!(text == distant, number == 5000);
        }
        let least = texts.intern_number(i64::MIN);
        assert_eq!(texts.get(least), "-9223372036854775808");
    }

    #[test]
    fn texts_that_were_read_are_read_again() {
        let mut texts = Texts::default();
        let mentioned = [
            texts.intern("first"),
            texts.intern_of_task(OfTask::Step, 3),
            texts.intern_formed(("Queue-", ".get").into(), 1),
        ];
        let read = mentioned.map(|text| texts.get(text).to_owned());
        let copy = texts.clone();
        assert_eq!(mentioned.map(|text| copy.get(text).to_owned()), read);
        assert_eq!(read, ["first", "Task.__step(T3)", "Queue-1.get"]);
    }
}
