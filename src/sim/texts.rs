//! The texts that events mention, by their numbers. Most texts of a long run are a word around the number of a task, a lock
//! or a queue: such a text is told by its form and that number, and put together only when somebody reads it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::vm::interner::Interner;

/// Number of a text of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub u32);

/// What events tell of a task around its number. These are the first forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfTask {
    /// The name of one that was not named.
    Name,
    /// Its step, as a callback.
    Step,
    /// Its wake-up, as a callback.
    Wakeup,
}

impl OfTask {
    /// By the numbers of their forms.
    const ALL: [Self; 3] = [Self::Name, Self::Step, Self::Wakeup];

    /// What stands around the number.
    fn around(self) -> Around<'static> {
        match self {
            Self::Name => ("Task-", ""),
            Self::Step => ("Task.__step(T", ")"),
            Self::Wakeup => ("Task.task_wakeup(T", ")"),
        }
        .into()
    }
}

/// Interned texts: equal texts have equal numbers, and numbers never change.
#[derive(Clone, Debug)]
pub struct Texts {
    /// In the order in which they were first mentioned.
    entries: Vec<Entry>,
    interner: Interner,
    /// The numbers of the interner's texts.
    interned: Vec<Text>,
    forms: Vec<Form>,
    /// Where texts are put together.
    draft: String,
}

/// How a text is kept.
#[derive(Clone, Debug)]
enum Entry {
    /// Under this number in the interner.
    Interned(u32),
    /// As a number in a form.
    Formed {
        form: u32,
        number: u32,
        text: OnceCell<Box<str>>,
    },
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

impl Default for Texts {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            interner: Interner::default(),
            interned: Vec::new(),
            forms: OfTask::ALL.map(|what| Form::new(what.around())).into(),
            draft: String::new(),
        }
    }
}

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

    /// The number of a number's digits.
    pub fn intern_number(&mut self, number: i64) -> Text {
        let mut draft = std::mem::take(&mut self.draft);
        draft.clear();
        push_number(&mut draft, number);
        let text = self.intern(&draft);
        self.draft = draft;
        text
    }

    /// The number of what is told of a task.
    #[inline]
    pub fn intern_of_task(&mut self, what: OfTask, number: u32) -> Text {
        self.of_form(what as usize, number)
    }

    /// The number of a text around a number. There should not be many different ones of those around it.
    pub fn intern_formed(&mut self, around: Around, number: u32) -> Text {
        let form = match self.forms.iter().position(|form| form.is(around)) {
            Some(form) => form,
            None => self.add_form(around),
        };
        self.of_form(form, number)
    }

    /// What a text tells of which task, by its number, if it is one of those that [`Texts::intern_of_task`] gives.
    #[inline]
    pub fn of_task(&self, text: Text) -> Option<(OfTask, u32)> {
        let Some(&Entry::Formed { form, number, .. }) = self.entries.get(text.0 as usize) else {
            return None;
        };
        let what = *OfTask::ALL.get(form as usize)?;
        Some((what, number))
    }

    /// The text with this number; empty when the number belongs to another table.
    pub fn get(&self, text: Text) -> &str {
        match self.entries.get(text.0 as usize) {
            Some(Entry::Interned(number)) => self.interner.get(*number).map_or("", |text| text),
            Some(Entry::Formed { form, number, text }) => text.get_or_init(|| {
                let form = &self.forms[*form as usize];
                [&form.before, &*number.to_string(), &form.after]
                    .concat()
                    .into()
            }),
            None => "",
        }
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
        let text = match formed {
            Some((form, inner)) => self.of_form(form, inner),
            None => self.add(Entry::Interned(number)),
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
            text: OnceCell::new(),
        });
        self.forms[form].keep(number, text);
        text
    }

    fn add(&mut self, entry: Entry) -> Text {
        let text = Text(self.entries.len() as u32);
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

    /// The number in a text of this form, if it is written as it would be put together.
    fn number_in(&self, text: &str) -> Option<u32> {
        let rest = text.strip_prefix(&*self.before)?;
        let digits = rest.strip_suffix(&*self.after)?;
        let number = digits.parse().ok()?;
        let plain = digits.starts_with(|first: char| first.is_ascii_digit())
            && (digits.len() == 1 || !digits.starts_with('0'));
        plain.then_some(number)
    }
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
        let eighth = texts.intern_formed(("Task-", "").into(), 8);
        assert_eq!(whole, seventh);
        assert_eq!(texts.intern("Task-8"), eighth);
        assert_eq!(texts.intern_shared(&"Task-8".into()), eighth);
        assert_eq!(texts.get(eighth), "Task-8");
        assert_eq!(
            texts.intern_formed(("step(T", ")").into(), 0),
            texts.intern("step(T0)")
        );
    }

    #[test]
    fn what_is_written_otherwise_is_another_text() {
        let mut texts = Texts::default();
        let seventh = texts.intern_formed(("Task-", "").into(), 7);
        for other in [
            "Task-07",
            "Task-+7",
            "Task-",
            "Task-7a",
            "task-7",
            "Task-99999999999",
            "Ta",
        ] {
            let text = texts.intern(other);
            assert_ne!(text, seventh);
            assert_eq!(texts.get(text), other);
        }
        let large = texts.intern_formed(("Task-", "").into(), u32::MAX);
        assert_eq!(texts.get(large), "Task-4294967295");
        assert_eq!(texts.intern("Task-4294967295"), large);
        let distant = texts.intern("Task-5000");
        for number in 8..6000 {
            let text = texts.intern_formed(("Task-", "").into(), number);
            assert_eq!(text == distant, number == 5000);
        }
        let least = texts.intern_number(i64::MIN);
        assert_eq!(texts.get(least), "-9223372036854775808");
    }

    #[test]
    fn numbers_are_given_in_the_order_of_mention() {
        let mut texts = Texts::default();
        let mentioned = [
            texts.intern("first"),
            texts.intern_formed(("Task-", "").into(), 3),
            texts.intern("third"),
            texts.intern_formed(("Task-", "").into(), 1),
            texts.intern("first"),
        ];
        assert_eq!(mentioned.map(|text| text.0), [0, 1, 2, 3, 0]);
    }
}
