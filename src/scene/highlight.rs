//! Colours of Python source text: which words are keywords, names being defined, texts and comments.
//!
//! Only what a read-only listing needs: it looks at characters, never fails, and does not nest, so that broken or
//! hostile text costs nothing. The editor colours by its own grammar.

/// What a piece of source text is, as far as its colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Everything else.
    Plain,
    /// A keyword of the language.
    Keyword,
    /// The name that `def` or `class` gives.
    Name,
    /// A string or a number.
    Text,
    /// A comment.
    Note,
}

/// A run of characters of one colour within a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its colour.
    pub ink: Ink,
    /// Its characters.
    pub text: String,
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// The source text as lines of coloured pieces.
pub fn lines(source: &str) -> Vec<Vec<Piece>> {
    let mut pieces = Pieces::default();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (ink, length) = token(rest, first, pieces.names_next);
        let (text, after) = rest.split_at(length);
        pieces.push(ink, text);
        rest = after;
    }
    pieces.lines
}

/// Colour and length in bytes of the token that the text begins with; the length is never 0.
fn token(text: &str, first: char, names: bool) -> (Ink, usize) {
    if first == '#' {
        return (Ink::Note, text.find('\n').unwrap_or(text.len()));
    }
    if let Some(length) = string(text) {
        return (Ink::Text, length);
    }
    if first.is_ascii_digit() {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
        return (Ink::Text, end.unwrap_or(text.len()));
    }
    if first.is_alphabetic() || first == '_' {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let end = end.unwrap_or(text.len());
        let ink = match &text[..end] {
            word if KEYWORDS.contains(&word) => Ink::Keyword,
            _ if names => Ink::Name,
            _ => Ink::Plain,
        };
        return (ink, end);
    }
    (Ink::Plain, first.len_utf8())
}

/// Length of the string literal that the text begins with, prefix included.
fn string(text: &str) -> Option<usize> {
    let prefix = text.find(['"', '\''])?;
    let is_prefix = |c: char| "rRbBuUfFtT".contains(c);
    if prefix > 2 || !text[..prefix].chars().all(is_prefix) {
        return None;
    }
    let body = &text[prefix..];
    let quote = &body[..1];
    let triple = quote.repeat(3);
    let close: &str = if body.starts_with(&triple) {
        &triple
    } else {
        quote
    };
    Some(prefix + close.len() + closing(&body[close.len()..], close))
}

/// Length up to and including the closing quotes; up to the line's end where a short string is not closed.
fn closing(body: &str, close: &str) -> usize {
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if body[at..].starts_with(close) {
            return at + close.len();
        } else if c == '\n' && close.len() == 1 {
            return at;
        }
    }
    body.len()
}

/// Pieces gathered line by line; neighbours of one colour are joined.
struct Pieces {
    lines: Vec<Vec<Piece>>,
    names_next: bool,
}

impl Default for Pieces {
    fn default() -> Self {
        Self {
            lines: vec![Vec::new()],
            names_next: false,
        }
    }
}

impl Pieces {
    fn push(&mut self, ink: Ink, text: &str) {
        if !text.trim().is_empty() {
            self.names_next = matches!(text, "def" | "class");
        }
        for (nth, part) in text.split('\n').enumerate() {
            if nth > 0 {
                self.lines.push(Vec::new());
            }
            self.extend_line(ink, part);
        }
    }

    fn extend_line(&mut self, ink: Ink, text: &str) {
        let Some(line) = self.lines.last_mut().filter(|_| !text.is_empty()) else {
            return;
        };
        match line.last_mut().filter(|last| last.ink == ink) {
            Some(last) => last.text.push_str(text),
            None => line.push(Piece {
                ink,
                text: text.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&[(Ink, &str)]]) {
        let lines = lines(source);
        let found: Vec<Vec<(Ink, &str)>> = lines
            .iter()
            .map(|line| line.iter().map(|p| (p.ink, p.text.as_str())).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keywords_names_texts_and_comments_are_told_apart() {
        use Ink::*;
        check(
            "async def f(n):  # go\n    return f\"a{n}\" + 1.5",
            &[
                &[
                    (Keyword, "async"),
                    (Plain, " "),
                    (Keyword, "def"),
                    (Plain, " "),
                    (Name, "f"),
                    (Plain, "(n):  "),
                    (Note, "# go"),
                ],
                &[
                    (Plain, "    "),
                    (Keyword, "return"),
                    (Plain, " "),
                    (Text, "f\"a{n}\""),
                    (Plain, " + "),
                    (Text, "1.5"),
                ],
            ],
        );
    }

    #[test]
    fn long_strings_span_lines_and_escapes_do_not_close() {
        use Ink::Text;
        check("'''a\n'b'''", &[&[(Text, "'''a")], &[(Text, "'b'''")]]);
        check(r#""a\"b""#, &[&[(Text, r#""a\"b""#)]]);
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        use Ink::*;
        check("'a\nif", &[&[(Text, "'a")], &[(Keyword, "if")]]);
    }

    #[test]
    fn a_word_before_a_quote_is_not_a_prefix_unless_it_is_one() {
        use Ink::*;
        check("x'a'", &[&[(Plain, "x"), (Text, "'a'")]]);
        check("rb'a'", &[&[(Text, "rb'a'")]]);
    }

    #[test]
    fn every_character_is_kept() {
        let source = "é = \"ü\\\n# no\n\tπ'";
        let joined: Vec<String> = lines(source)
            .iter()
            .map(|line| line.iter().map(|p| p.text.as_str()).collect())
            .collect();
        assert_eq!(joined.join("\n"), source);
    }
}
