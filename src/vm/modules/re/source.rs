//! The text of a regular expression as tokens: characters, and characters with a backslash before them.

/// What is wrong with a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A message with the place it speaks of, if it speaks of one.
    Pattern(String, Option<usize>),
    /// A number that is too large.
    Overflow(&'static str),
}

impl Error {
    /// An error at a place.
    pub fn at(message: impl Into<String>, place: usize) -> Self {
        Self::Pattern(message.into(), Some(place))
    }

    /// An error of the whole.
    pub fn whole(message: &str) -> Self {
        Self::Pattern(message.into(), None)
    }

    /// A number that is too large.
    pub fn overflow(message: &'static str) -> Self {
        Self::Overflow(message)
    }
}

/// The outcome of reading.
pub type Result<T> = std::result::Result<T, Error>;

/// A character, or one with a backslash before it.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// The character itself, or the backslash.
    pub c: u32,
    /// The character behind the backslash.
    pub escaped: Option<u32>,
}

impl Token {
    /// Is it this character, without a backslash?
    pub fn is(self, c: char) -> bool {
        self.plain() == Some(c)
    }

    /// The character, unless it has a backslash.
    pub fn plain(self) -> Option<char> {
        match self.escaped {
            Some(_) => None,
            None => char::from_u32(self.c),
        }
    }

    fn width(self) -> usize {
        1 + usize::from(self.escaped.is_some())
    }
}

/// A text that is read token by token, looking one ahead.
pub struct Source<'a> {
    text: &'a [u32],
    /// Where the token ahead begins.
    at: usize,
    ahead: Option<Token>,
}

impl<'a> Source<'a> {
    /// Begins to read. A lone backslash at the end is seen one token early, as in CPython.
    pub fn new(text: &'a [u32]) -> Result<Self> {
        let mut source = Self {
            text,
            at: 0,
            ahead: None,
        };
        source.look()?;
        Ok(source)
    }

    fn look(&mut self) -> Result<()> {
        let Some(&c) = self.text.get(self.at) else {
            self.ahead = None;
            return Ok(());
        };
        let escaped = match c == u32::from('\\') {
            true => Some(
                *self
                    .text
                    .get(self.at + 1)
                    .ok_or_else(|| Error::at("bad escape (end of pattern)", self.at))?,
            ),
            false => None,
        };
        self.ahead = Some(Token { c, escaped });
        Ok(())
    }

    /// Where the token ahead begins.
    pub fn tell(&self) -> usize {
        self.at
    }

    /// Goes to a place.
    pub fn seek(&mut self, at: usize) -> Result<()> {
        self.at = at;
        self.look()
    }

    /// The token ahead.
    pub fn peek(&self) -> Option<Token> {
        self.ahead
    }

    /// Takes the token ahead.
    pub fn next(&mut self) -> Result<Option<Token>> {
        let token = self.ahead;
        self.advance()?;
        Ok(token)
    }

    /// Leaves the token ahead behind.
    pub fn advance(&mut self) -> Result<()> {
        self.at += self.ahead.map_or(0, Token::width);
        self.look()
    }

    /// Takes the token ahead if it is this character.
    pub fn accept(&mut self, c: char) -> Result<bool> {
        let fits = self.peek().is_some_and(|token| token.is(c));
        if fits {
            self.advance()?;
        }
        Ok(fits)
    }

    /// Takes up to `most` characters that fit.
    pub fn take_while(&mut self, most: usize, fits: impl Fn(char) -> bool) -> Result<String> {
        let mut taken = String::new();
        let mut count = 0;
        while count < most
            && let Some(c) = self.peek().and_then(Token::plain).filter(|&c| fits(c))
        {
            taken.push(c);
            count += 1;
            self.advance()?;
        }
        Ok(taken)
    }

    /// Takes everything up to a terminator, which is taken as well.
    pub fn until(&mut self, terminator: char, what: &str) -> Result<String> {
        let start = self.tell();
        loop {
            let place = self.tell();
            let Some(token) = self.next()? else {
                return Err(match place == start {
                    true => Error::at(format!("missing {what}"), place),
                    false => Error::at(format!("missing {terminator}, unterminated name"), start),
                });
            };
            if token.is(terminator) {
                return match place == start {
                    true => Err(Error::at(format!("missing {what}"), place)),
                    false => Ok(self.text_between(start, place)),
                };
            }
        }
    }

    /// A part of the text.
    pub fn text_between(&self, from: usize, to: usize) -> String {
        let part = self.text.get(from..to).unwrap_or(&[]);
        part.iter().filter_map(|&c| char::from_u32(c)).collect()
    }
}
