//! The program's own arguments as one writes them behind its name: words between spaces, quoted where they have some.

/// The words of a command line. A quote that is left open ends with the text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for character in text.chars() {
        match (quote, character) {
            (Some(open), character) if character == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, character) if character.is_whitespace() => words.extend(word.take()),
            (_, character) => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// The command line that has these words.
pub fn line(words: &[String]) -> String {
    let quoted = |word: &String| {
        let plain =
            |character: char| !character.is_whitespace() && !['\'', '"'].contains(&character);
        match (word.chars().all(plain), word.contains('"')) {
            (true, _) if !word.is_empty() => word.clone(),
            (_, true) => format!("'{word}'"),
            (_, false) => format!("\"{word}\""),
        }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
