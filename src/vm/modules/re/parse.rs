//! The parser of regular expressions; its errors have the wording and the places of CPython's.

use super::ast::{Anchor, Greed, Node, Single, UNLIMITED, flags};
use super::chars::{Alphabet, Category, Folding, Member, Set};
use super::source::{Error, Result, Source};

/// Groups within groups, at most: the parser and the matcher recurse that deep.
const DEEPEST: usize = 200;

/// A parsed regular expression.
#[derive(Debug)]
pub struct Parsed {
    /// The tree.
    pub tree: Node,
    /// The flags, those given in the text included.
    pub flags: u32,
    /// Number of groups, the whole included.
    pub groups: usize,
    /// The names of groups with their numbers.
    pub names: Vec<(String, u32)>,
}

/// What ended the parsing of a part.
enum Stop {
    /// An error in the text.
    Error(Error),
    /// The text asks for verbose reading: begin again with that.
    Verbose,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

type Step<T> = std::result::Result<T, Stop>;

/// Parses the characters of a pattern; `bytes` patterns know no Unicode.
pub fn parse(text: &[u32], flags: u32, bytes: bool) -> Result<Parsed> {
    let mut flags = flags;
    loop {
        match Parser::new(text, flags, bytes)?.whole() {
            Ok(parsed) => return Ok(parsed),
            Err(Stop::Error(error)) => return Err(error),
            Err(Stop::Verbose) => flags |= flags::VERBOSE,
        }
    }
}

struct Parser<'a> {
    source: Source<'a>,
    bytes: bool,
    flags: u32,
    /// Widths of the groups by number; none while a group is open.
    groups: Vec<Option<(u32, u32)>>,
    names: Vec<(String, u32)>,
    /// The number of groups when the outermost look-behind began.
    look_behind: Option<usize>,
    /// Has a look-behind no fixed width? Reported when everything else is found right.
    bad_look_behind: bool,
    /// Groups that conditions ask for, with the places.
    asked: Vec<(u32, usize)>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a [u32], flags: u32, bytes: bool) -> Result<Self> {
        Ok(Self {
            source: Source::new(text)?,
            bytes,
            flags,
            groups: vec![None],
            names: Vec::new(),
            look_behind: None,
            bad_look_behind: false,
            asked: Vec::new(),
            depth: 0,
        })
    }

    fn whole(mut self) -> Step<Parsed> {
        let verbose = self.flags;
        let tree = self.alternatives(verbose, true)?;
        if self.source.peek().is_some() {
            let place = self.source.tell();
            return Err(Error::at("unbalanced parenthesis", place).into());
        }
        if let Some((group, place)) = self
            .asked
            .iter()
            .find(|(g, _)| *g as usize >= self.groups.len())
        {
            return Err(Error::at(format!("invalid group reference {group}"), *place).into());
        }
        if self.bad_look_behind {
            return Err(Error::whole("look-behind requires fixed-width pattern").into());
        }
        let letters = self.flags & flags::TYPES;
        if !self.bytes && letters == 0 {
            self.flags |= flags::UNICODE;
        }
        Ok(Parsed {
            tree,
            flags: self.flags,
            groups: self.groups.len(),
            names: self.names,
        })
    }

    /// What `|` separates. `flags` are those in force here; `first` says that global flags may follow.
    fn alternatives(&mut self, flags: u32, first: bool) -> Step<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let place = self.source.tell();
            return Err(Error::at("too many nested groups", place).into());
        }
        let mut parts = vec![self.sequence(flags, first)?];
        while self.source.accept('|')? {
            parts.push(self.sequence(flags, false)?);
        }
        self.depth -= 1;
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Alternatives(parts),
        })
    }

    fn sequence(&mut self, mut flags: u32, first: bool) -> Step<Node> {
        let mut parts: Vec<Node> = Vec::new();
        while let Some(token) = self.source.peek() {
            if token.is('|') || token.is(')') {
                break;
            }
            self.source.advance()?;
            if flags & flags::VERBOSE != 0 && self.skip_blank(token.plain())? {
                continue;
            }
            let Some(c) = token.plain() else {
                parts.push(self.escape(token.escaped, flags)?);
                continue;
            };
            match c {
                '[' => {
                    let set = self.set(flags)?;
                    parts.push(set);
                }
                '*' | '+' | '?' | '{' => self.repeat(c, &mut parts, flags)?,
                '.' => parts.push(Node::Single(match flags & flags::DOTALL {
                    0 => Single::NotNewline,
                    _ => Single::Any,
                })),
                '(' => {
                    let place = self.source.tell() - 1;
                    let may_set = first && parts.is_empty();
                    match self.group(place, flags, may_set)? {
                        Group::Node(node) => parts.push(node),
                        Group::Nothing => {}
                        Group::Global => flags |= self.flags,
                    }
                }
                '^' => parts.push(Node::At(match flags & flags::MULTILINE {
                    0 => Anchor::Start,
                    _ => Anchor::LineStart,
                })),
                '$' => parts.push(Node::At(match flags & flags::MULTILINE {
                    0 => Anchor::End,
                    _ => Anchor::LineEnd,
                })),
                _ => parts.push(self.literal(c as u32, flags)),
            }
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Sequence(parts),
        })
    }

    /// With `re.X`: is this a blank, or a comment, which is skipped?
    fn skip_blank(&mut self, c: Option<char>) -> Step<bool> {
        match c {
            Some(' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') => Ok(true),
            Some('#') => {
                while let Some(token) = self.source.next()? {
                    if token.is('\n') {
                        break;
                    }
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn folding(&self, flags: u32) -> Option<Folding> {
        (flags & flags::IGNORECASE != 0).then(|| self.alphabet(flags))
    }

    fn alphabet(&self, flags: u32) -> Alphabet {
        match self.bytes || flags & flags::ASCII != 0 {
            true => Alphabet::Ascii,
            false => Alphabet::Unicode,
        }
    }

    fn literal(&self, c: u32, flags: u32) -> Node {
        Node::Single(match self.folding(flags) {
            Some(folding) => Single::Folded(super::chars::fold(c, folding), folding),
            None => Single::Char(c),
        })
    }

    fn repeat(&mut self, c: char, parts: &mut Vec<Node>, flags: u32) -> Step<()> {
        let after = self.source.tell();
        let (min, max) = match c {
            '?' => (0, 1),
            '*' => (0, UNLIMITED),
            '+' => (1, UNLIMITED),
            _ => match self.counts(after)? {
                Some(counts) => counts,
                None => {
                    parts.push(self.literal(u32::from('{'), flags));
                    return Ok(());
                }
            },
        };
        let place = after - 1;
        let body = match parts.pop() {
            None | Some(Node::At(_)) => return Err(Error::at("nothing to repeat", place).into()),
            Some(Node::Repeat { .. }) => return Err(Error::at("multiple repeat", place).into()),
            Some(body) => Box::new(body),
        };
        let greed = if self.source.accept('?')? {
            Greed::Lazy
        } else if self.source.accept('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        parts.push(Node::Repeat {
            body,
            min,
            max,
            greed,
        });
        Ok(())
    }

    /// The counts of `{m,n}`; nothing, at the same place, if it is none and the brace means itself.
    fn counts(&mut self, after: usize) -> Step<Option<(u32, u32)>> {
        if self.source.peek().is_some_and(|token| token.is('}')) {
            return Ok(None);
        }
        let low = self.source.take_while(usize::MAX, |c| c.is_ascii_digit())?;
        let high = match self.source.accept(',')? {
            true => self.source.take_while(usize::MAX, |c| c.is_ascii_digit())?,
            false => low.clone(),
        };
        if !self.source.accept('}')? {
            self.source.seek(after)?;
            return Ok(None);
        }
        let count = |digits: &str, default| match digits {
            "" => Ok(default),
            digits => digits
                .parse::<u32>()
                .ok()
                .filter(|&count| count != UNLIMITED)
                .ok_or(Error::overflow("the repetition number is too large")),
        };
        let (min, max) = (count(&low, 0)?, count(&high, UNLIMITED)?);
        if max < min {
            return Err(Error::at("min repeat greater than max repeat", after).into());
        }
        Ok(Some((min, max)))
    }

    /// What follows `[`.
    fn set(&mut self, flags: u32) -> Step<Node> {
        let start = self.source.tell() - 1;
        let unterminated = Error::at("unterminated character set", start);
        let negative = self.source.accept('^')?;
        let mut members: Vec<Member> = Vec::new();
        loop {
            let begin = self.source.tell();
            let Some(token) = self.source.next()? else {
                return Err(unterminated.into());
            };
            if token.is(']') && !members.is_empty() {
                break;
            }
            let low = self.member(token, flags)?;
            if !self.source.accept('-')? {
                members.push(low);
                continue;
            }
            let Some(token) = self.source.next()? else {
                return Err(unterminated.into());
            };
            if token.is(']') {
                members.extend([low, Member::Range(45, 45)]);
                break;
            }
            let high = self.member(token, flags)?;
            members.push(self.range(low, high, begin)?);
        }
        let plain = match members.as_slice() {
            [Member::Range(low, high)] if low == high && !negative => Some(*low),
            _ => None,
        };
        Ok(match plain {
            Some(c) => self.literal(c, flags),
            None => self.single_set(members, negative, flags),
        })
    }

    fn single_set(&self, members: Vec<Member>, negative: bool, flags: u32) -> Node {
        let set = Set::new(members, negative, self.folding(flags));
        Node::Single(Single::Set(Box::new(set)))
    }

    fn range(&self, low: Member, high: Member, begin: usize) -> Step<Member> {
        match (low, high) {
            (Member::Range(low, same), Member::Range(_, high)) if low == same && low <= high => {
                Ok(Member::Range(low, high))
            }
            _ => {
                let text = self.source.text_between(begin, self.source.tell());
                Err(Error::at(format!("bad character range {text}"), begin).into())
            }
        }
    }

    fn member(&mut self, token: super::source::Token, flags: u32) -> Step<Member> {
        let Some(c) = token.escaped else {
            return Ok(Member::Range(token.c, token.c));
        };
        let start = self.source.tell() - 2;
        let kind = self.category(c, flags);
        if let Some(member) = kind {
            return Ok(member);
        }
        let code = match char::from_u32(c) {
            Some('b') => Some(8),
            Some('0'..='7') => Some(self.octal(start, 2)?),
            Some(_) => self.coded(c, start)?,
            None => None,
        };
        match code {
            Some(code) => Ok(Member::Range(code, code)),
            None if is_letter_or_digit(c) => Err(self.bad_escape(start)),
            None => Ok(Member::Range(c, c)),
        }
    }

    fn category(&self, c: u32, flags: u32) -> Option<Member> {
        let alphabet = self.alphabet(flags);
        Some(match char::from_u32(c)? {
            'd' => Member::Kind(Category::Digit(alphabet)),
            'D' => Member::OtherKind(Category::Digit(alphabet)),
            's' => Member::Kind(Category::Space(alphabet)),
            'S' => Member::OtherKind(Category::Space(alphabet)),
            'w' => Member::Kind(Category::Word(alphabet)),
            'W' => Member::OtherKind(Category::Word(alphabet)),
            _ => return None,
        })
    }

    /// Up to `more` further octal digits behind the first.
    fn octal(&mut self, start: usize, more: usize) -> Step<u32> {
        self.source.take_while(more, |c| matches!(c, '0'..='7'))?;
        let text = self.source.text_between(start, self.source.tell());
        let value = u32::from_str_radix(text.trim_start_matches('\\'), 8).unwrap_or(0);
        if value > 0o377 {
            let message = format!("octal escape value {text} outside of range 0-0o377");
            return Err(Error::at(message, start).into());
        }
        Ok(value)
    }

    /// Escapes that name a character by a letter or by digits, valid inside and outside of sets.
    fn coded(&mut self, c: u32, start: usize) -> Step<Option<u32>> {
        let unicode = !self.bytes;
        Ok(Some(match char::from_u32(c) {
            Some('a') => 7,
            Some('f') => 12,
            Some('n') => 10,
            Some('r') => 13,
            Some('t') => 9,
            Some('v') => 11,
            Some('\\') => 92,
            Some('x') => self.hex(start, 2)?,
            Some('u') if unicode => self.hex(start, 4)?,
            Some('U') if unicode => self.hex(start, 8)?,
            Some('N') if unicode => return Err(self.named(start)?.into()),
            _ => return Ok(None),
        }))
    }

    fn hex(&mut self, start: usize, digits: usize) -> Step<u32> {
        let text = self.source.take_while(digits, |c| c.is_ascii_hexdigit())?;
        if text.len() != digits {
            let text = self.source.text_between(start, self.source.tell());
            return Err(Error::at(format!("incomplete escape {text}"), start).into());
        }
        let code = u32::from_str_radix(&text, 16).unwrap_or(u32::MAX);
        if code > 0x10ffff {
            return Err(self.bad_escape(start));
        }
        Ok(code)
    }

    /// `\N{…}`: the names of characters are not at hand here.
    fn named(&mut self, start: usize) -> Step<Error> {
        if !self.source.accept('{')? {
            return Ok(Error::at("missing {", self.source.tell()));
        }
        let name = self.source.until('}', "character name")?;
        Ok(Error::at(
            format!("undefined character name {}", quoted(&name)),
            start,
        ))
    }

    fn bad_escape(&self, start: usize) -> Stop {
        let text = self.source.text_between(start, self.source.tell());
        Error::at(format!("bad escape {text}"), start).into()
    }

    /// An escape outside of sets.
    fn escape(&mut self, escaped: Option<u32>, flags: u32) -> Step<Node> {
        let c = escaped.unwrap_or(u32::from('\\'));
        let start = self.source.tell() - 2;
        if let Some(member) = self.category(c, flags) {
            return Ok(self.single_set(vec![member], false, flags & !flags::IGNORECASE));
        }
        let word = Category::Word(self.alphabet(flags));
        let code = match char::from_u32(c) {
            Some('A') => return Ok(Node::At(Anchor::Start)),
            Some('Z' | 'z') => return Ok(Node::At(Anchor::VeryEnd)),
            Some('b') => return Ok(Node::At(Anchor::Boundary(word))),
            Some('B') => return Ok(Node::At(Anchor::NoBoundary(word))),
            Some('0') => Some(self.octal(start, 2)?),
            Some('1'..='9') => return self.numbered(c, start, flags),
            _ => self.coded(c, start)?,
        };
        match code {
            Some(code) => Ok(self.literal(code, flags)),
            None if is_letter_or_digit(c) => Err(self.bad_escape(start)),
            None => Ok(self.literal(c, flags)),
        }
    }

    /// `\1` to `\99`: a group again, or three octal digits.
    fn numbered(&mut self, c: u32, start: usize, flags: u32) -> Step<Node> {
        let second = self.source.take_while(1, |c| c.is_ascii_digit())?;
        let is_octal = |c: char| matches!(c, '0'..='7');
        let both_octal = char::from_u32(c).is_some_and(is_octal) && second.starts_with(is_octal);
        let third = |token: super::source::Token| token.plain().is_some_and(is_octal);
        if both_octal && self.source.peek().is_some_and(third) {
            let code = self.octal(start, 1)?;
            return Ok(self.literal(code, flags));
        }
        let text = self.source.text_between(start, self.source.tell());
        let group: u32 = text.trim_start_matches('\\').parse().unwrap_or(u32::MAX);
        if group as usize >= self.groups.len() {
            let message = format!("invalid group reference {group}");
            return Err(Error::at(message, start + 1).into());
        }
        self.reference(group, start, flags)
    }

    fn reference(&mut self, group: u32, place: usize, flags: u32) -> Step<Node> {
        if self.is_open(group) {
            return Err(Error::at("cannot refer to an open group", place).into());
        }
        self.check_look_behind(group)?;
        Ok(Node::Backreference(group, self.folding(flags)))
    }

    /// A look-behind cannot use what it defines itself.
    fn check_look_behind(&self, group: u32) -> Step<()> {
        let Some(before) = self.look_behind else {
            return Ok(());
        };
        let message = if self.is_open(group) {
            "cannot refer to an open group"
        } else if group as usize >= before {
            "cannot refer to group defined in the same lookbehind subpattern"
        } else {
            return Ok(());
        };
        Err(Error::at(message, self.source.tell()).into())
    }

    /// Is the group not closed yet, or not even there?
    fn is_open(&self, group: u32) -> bool {
        self.groups.get(group as usize).copied().flatten().is_none()
    }
}

/// What a parenthesis turned out to be.
enum Group {
    /// A part of the expression.
    Node(Node),
    /// A comment.
    Nothing,
    /// Flags for the whole.
    Global,
}

/// What follows `(`.
impl Parser<'_> {
    fn group(&mut self, start: usize, flags: u32, may_set: bool) -> Step<Group> {
        if !self.source.accept('?')? {
            return self.capture(None, start, flags).map(Group::Node);
        }
        let token = self.source.next()?;
        let Some(c) = token.map(|token| token.plain().unwrap_or('\\')) else {
            return Err(Error::at("unexpected end of pattern", self.source.tell()).into());
        };
        match c {
            'P' => self.named_group(start, flags).map(Group::Node),
            ':' => self.plain_group(start, flags, None).map(Group::Node),
            '#' => self.comment(start),
            '=' | '!' => self.look(start, flags, c == '!', false).map(Group::Node),
            '<' => self.look_behind(start, flags).map(Group::Node),
            '(' => self.conditional(start, flags).map(Group::Node),
            '>' => {
                let body = self.enclosed(start, flags)?;
                Ok(Group::Node(Node::Atomic(Box::new(body))))
            }
            '-' | 'i' | 'L' | 'm' | 's' | 'x' | 'a' | 't' | 'u' => {
                self.flag_group(c, start, flags, may_set)
            }
            _ => {
                let token = self.source.text_between(start + 2, self.source.tell());
                let message = format!("unknown extension ?{token}");
                Err(Error::at(message, start + 1).into())
            }
        }
    }

    fn enclosed(&mut self, start: usize, flags: u32) -> Step<Node> {
        let body = self.alternatives(flags, false)?;
        self.close(start)?;
        Ok(body)
    }

    fn close(&mut self, start: usize) -> Step<()> {
        match self.source.accept(')')? {
            true => Ok(()),
            false => Err(Error::at("missing ), unterminated subpattern", start).into()),
        }
    }

    fn plain_group(&mut self, start: usize, flags: u32, only: Option<u32>) -> Step<Node> {
        let body = self.enclosed(start, only.unwrap_or(flags))?;
        Ok(Node::Group(None, Box::new(body)))
    }

    fn capture(&mut self, name: Option<String>, start: usize, flags: u32) -> Step<Node> {
        let number = self.groups.len() as u32;
        self.groups.push(None);
        if let Some(name) = name {
            self.define(name, number)?;
        }
        let body = self.enclosed(start, flags)?;
        let width = body.width(&self.groups);
        if let Some(slot) = self.groups.get_mut(number as usize) {
            *slot = Some(width);
        }
        Ok(Node::Group(Some(number), Box::new(body)))
    }

    fn define(&mut self, name: String, number: u32) -> Step<()> {
        if let Some((_, old)) = self.names.iter().find(|(known, _)| *known == name) {
            let place = self.source.tell() - name.chars().count() - 1;
            let message = format!(
                "redefinition of group name {} as group {number}; was group {old}",
                quoted(&name)
            );
            return Err(Error::at(message, place).into());
        }
        self.names.push((name, number));
        Ok(())
    }

    /// What follows `(?P`.
    fn named_group(&mut self, start: usize, flags: u32) -> Step<Node> {
        if self.source.accept('<')? {
            let name = self.name('>')?;
            return self.capture(Some(name), start, flags);
        }
        if self.source.accept('=')? {
            let name = self.name(')')?;
            let place = self.source.tell() - name.chars().count() - 1;
            let group = self.number_of(&name, place)?;
            return self.reference(group, place, flags);
        }
        let Some(_) = self.source.next()? else {
            return Err(Error::at("unexpected end of pattern", self.source.tell()).into());
        };
        let token = self.source.text_between(start + 3, self.source.tell());
        let message = format!("unknown extension ?P{token}");
        Err(Error::at(message, start + 1).into())
    }

    /// A name up to a terminator; it has to be an identifier.
    fn name(&mut self, terminator: char) -> Step<String> {
        let name = self.source.until(terminator, "group name")?;
        match self.is_identifier(&name) {
            true => Ok(name),
            false => Err(self.bad_name(&name)),
        }
    }

    fn is_identifier(&self, name: &str) -> bool {
        let mut chars = name.chars();
        let first = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic());
        first && chars.all(|c| c == '_' || c.is_alphanumeric()) && (!self.bytes || name.is_ascii())
    }

    fn bad_name(&self, name: &str) -> Stop {
        let place = self.source.tell() - name.chars().count() - 1;
        let prefix = if self.bytes { "b" } else { "" };
        let message = format!("bad character in group name {prefix}{}", quoted(name));
        Error::at(message, place).into()
    }

    fn number_of(&self, name: &str, place: usize) -> Step<u32> {
        let found = self.names.iter().find(|(known, _)| known == name);
        found
            .map(|(_, number)| *number)
            .ok_or_else(|| Error::at(format!("unknown group name {}", quoted(name)), place).into())
    }

    fn comment(&mut self, start: usize) -> Step<Group> {
        loop {
            match self.source.next()? {
                None => {
                    return Err(Error::at("missing ), unterminated comment", start).into());
                }
                Some(token) if token.is(')') => return Ok(Group::Nothing),
                Some(_) => {}
            }
        }
    }

    /// What follows `(?<`.
    fn look_behind(&mut self, start: usize, flags: u32) -> Step<Node> {
        let Some(token) = self.source.next()? else {
            return Err(Error::at("unexpected end of pattern", self.source.tell()).into());
        };
        if token.is('=') || token.is('!') {
            return self.look(start, flags, token.is('!'), true);
        }
        let token = self.source.text_between(start + 3, self.source.tell());
        let message = format!("unknown extension ?<{token}");
        Err(Error::at(message, start + 1).into())
    }

    fn look(&mut self, start: usize, flags: u32, negative: bool, behind: bool) -> Step<Node> {
        let outer = self.look_behind;
        if behind && outer.is_none() {
            self.look_behind = Some(self.groups.len());
        }
        let body = self.enclosed(start, flags)?;
        self.look_behind = outer;
        if negative && matches!(&body, Node::Sequence(parts) if parts.is_empty()) {
            return Ok(Node::Fail);
        }
        let width = body.width(&self.groups);
        self.bad_look_behind |= behind && width.0 != width.1;
        Ok(Node::Look {
            body: Box::new(body),
            negative,
            behind: behind.then_some(width.0),
        })
    }

    /// What follows `(?(`.
    fn conditional(&mut self, start: usize, flags: u32) -> Step<Node> {
        let name = self.source.until(')', "group name")?;
        let place = self.source.tell() - name.chars().count() - 1;
        let group = if self.is_identifier(&name) {
            self.number_of(&name, place)?
        } else if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
            self.asked_number(&name, place)?
        } else {
            return Err(self.bad_name(&name));
        };
        self.check_look_behind(group)?;
        let yes = Box::new(self.sequence(flags, false)?);
        let no = match self.source.accept('|')? {
            true => self.sequence(flags, false)?,
            false => Node::Sequence(Vec::new()),
        };
        if self.source.peek().is_some_and(|token| token.is('|')) {
            let message = "conditional backref with more than two branches";
            return Err(Error::at(message, self.source.tell()).into());
        }
        self.close(start)?;
        let no = Box::new(no);
        Ok(Node::Conditional { group, yes, no })
    }

    fn asked_number(&mut self, digits: &str, place: usize) -> Step<u32> {
        let group: u32 = digits.parse().unwrap_or(u32::MAX);
        if group == 0 {
            return Err(Error::at("bad group number", place).into());
        }
        if group >= u32::MAX / 2 {
            let message = format!("invalid group reference {digits}");
            return Err(Error::at(message, place).into());
        }
        self.asked.push((group, place));
        Ok(group)
    }

    /// Flags for the whole, or for a group: `(?i)`, `(?i-s:…)`. `c` is what follows `(?`.
    fn flag_group(&mut self, c: char, start: usize, flags: u32, may_set: bool) -> Step<Group> {
        let Some((add, remove)) = self.flag_changes(c)? else {
            if !may_set {
                let message = "global flags not at the start of the expression";
                return Err(Error::at(message, start).into());
            }
            if self.flags & flags::VERBOSE != 0 && flags & flags::VERBOSE == 0 {
                return Err(Stop::Verbose);
            }
            return Ok(Group::Global);
        };
        let kept = match add & flags::TYPES {
            0 => flags,
            _ => flags & !flags::TYPES,
        };
        self.plain_group(start, flags, Some((kept | add) & !remove))
            .map(Group::Node)
    }

    /// Flags turned on and off for a group; nothing if they are for the whole.
    fn flag_changes(&mut self, mut c: char) -> Step<Option<(u32, u32)>> {
        let (mut add, mut remove) = (0, 0);
        if c != '-' {
            loop {
                add |= self.added_flag(c, add)?;
                c = self.flag_char("missing -, : or )")?;
                if matches!(c, ')' | '-' | ':') {
                    break;
                }
                self.check_flag(c, "missing -, : or )")?;
            }
        }
        if c == ')' {
            self.flags |= add;
            return Ok(None);
        }
        if c == '-' {
            c = self.flag_char("missing flag")?;
            self.check_flag(c, "missing flag")?;
            loop {
                let flag = flag_value(c).unwrap_or(0);
                if flag & flags::TYPES != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(Error::at(message, self.source.tell()).into());
                }
                remove |= flag;
                c = self.flag_char("missing :")?;
                if c == ':' {
                    break;
                }
                self.check_flag(c, "missing :")?;
            }
        }
        if add & remove != 0 {
            let message = "bad inline flags: flag turned on and off";
            return Err(Error::at(message, self.source.tell() - 1).into());
        }
        Ok(Some((add, remove)))
    }

    fn added_flag(&self, c: char, before: u32) -> Step<u32> {
        let place = self.source.tell();
        let flag = flag_value(c).unwrap_or(0);
        let message = match c {
            'L' if !self.bytes => "bad inline flags: cannot use 'L' flag with a str pattern",
            'u' if self.bytes => "bad inline flags: cannot use 'u' flag with a bytes pattern",
            _ if flag & flags::TYPES != 0 && (before | flag) & flags::TYPES != flag => {
                "bad inline flags: flags 'a', 'u' and 'L' are incompatible"
            }
            _ => return Ok(flag),
        };
        Err(Error::at(message, place).into())
    }

    fn flag_char(&mut self, missing: &'static str) -> Step<char> {
        match self.source.next()? {
            Some(token) => Ok(token.plain().unwrap_or('\\')),
            None => Err(Error::at(missing, self.source.tell()).into()),
        }
    }

    fn check_flag(&self, c: char, otherwise: &'static str) -> Step<()> {
        if flag_value(c).is_some() {
            return Ok(());
        }
        let (message, width) = match c {
            c if c.is_alphabetic() => ("unknown flag", 1),
            '\\' => (otherwise, 2),
            _ => (otherwise, 1),
        };
        Err(Error::at(message, self.source.tell() - width).into())
    }
}

fn flag_value(c: char) -> Option<u32> {
    Some(match c {
        'i' => flags::IGNORECASE,
        'L' => flags::LOCALE,
        'm' => flags::MULTILINE,
        's' => flags::DOTALL,
        'x' => flags::VERBOSE,
        'a' => flags::ASCII,
        'u' => flags::UNICODE,
        _ => return None,
    })
}

fn is_letter_or_digit(c: u32) -> bool {
    u8::try_from(c).is_ok_and(|byte| byte.is_ascii_alphanumeric())
}

/// A name as Python's `repr` shows it.
fn quoted(name: &str) -> String {
    let double = name.contains('\'') && !name.contains('"');
    let quote = if double { '"' } else { '\'' };
    let mut shown = String::from(quote);
    for c in name.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if c == quote || c == '\\' => shown.extend(['\\', c]),
            c => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}
