//! What is wrong with the spelling of a number, in Python's words.

/// Words that may follow a number at once.
const AFTER: [&str; 8] = ["and", "else", "for", "if", "in", "is", "not", "or"];

/// The message for a misspelt number and the byte in it that is to blame; `None` for a good one.
pub(super) fn fault(text: &str) -> Option<(String, usize)> {
    let kind = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => Some(("hexadecimal", 16)),
        [b'0', b'o' | b'O', ..] => Some(("octal", 8)),
        [b'0', b'b' | b'B', ..] => Some(("binary", 2)),
        _ => None,
    };
    match kind {
        Some((kind, radix)) => with_prefix(text, kind, radix),
        None => decimal(text),
    }
}

/// The end of a run of digits that may have single underscores between them; an underscore that is alone is a fault.
fn digits(text: &str, from: usize, radix: u32) -> Result<usize, usize> {
    let at = |n: usize| text.as_bytes().get(n).map(|&byte| char::from(byte));
    let is_digit = |n: usize| at(n).is_some_and(|c| c.is_digit(radix));
    let mut end = from;
    loop {
        match at(end) {
            Some('_') if !is_digit(end + 1) => return Err(end),
            Some('_') => end += 1,
            Some(_) if is_digit(end) => end += 1,
            _ => return Ok(end),
        }
    }
}

fn with_prefix(text: &str, kind: &str, radix: u32) -> Option<(String, usize)> {
    let invalid = |at| Some((format!("invalid {kind} literal"), at));
    let end = match digits(text, 2, radix) {
        Ok(end) => end,
        Err(at) => return invalid(at),
    };
    match text[end..].chars().next() {
        Some(digit) if digit.is_ascii_digit() => {
            Some((format!("invalid digit '{digit}' in {kind} literal"), end))
        }
        Some(c) if c.is_ascii_alphabetic() && !goes_on(&text[end..]) => invalid(end - 1),
        None if end == 2 => invalid(end - 1),
        _ => None,
    }
}

fn decimal(text: &str) -> Option<(String, usize)> {
    let invalid = |at| Some(("invalid decimal literal".to_owned(), at));
    let mut end = match digits(text, 0, 10) {
        Ok(end) => end,
        Err(at) => return invalid(at),
    };
    let whole = &text[..end];
    if text[end..].starts_with('.') {
        end = match digits(text, end + 1, 10) {
            Ok(end) => end,
            Err(at) => return invalid(at),
        };
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let first = end + 1 + sign;
        if text[first..].starts_with(|c: char| c.is_ascii_digit()) {
            end = match digits(text, first, 10) {
                Ok(end) => end,
                Err(at) => return invalid(at),
            };
        }
    }
    let is_float = end > whole.len();
    if text[end..].starts_with(['j', 'J']) {
        return None;
    }
    if text[end..].starts_with(|c: char| c.is_ascii_alphabetic()) && !goes_on(&text[end..]) {
        return invalid(end.saturating_sub(1));
    }
    let needless =
        !is_float && whole.starts_with('0') && whole.contains(|c| ('1'..='9').contains(&c));
    needless.then(|| {
        let message = "leading zeros in decimal integer literals are not permitted; use an 0o \
                       prefix for octal integers";
        (message.to_owned(), 0)
    })
}

/// Does a word follow that may?
fn goes_on(rest: &str) -> bool {
    AFTER.iter().any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn faults_have_their_place() {
        let place = |text| fault(text).map(|(_, at)| at);
        for good in [
            "0", "00", "1_000", "0x_ff", "1e5", "1.5j", "0b10", "1if", "0.5", "1e-3", "07.5",
        ] {
            assert_eq!(place(good), None, "{good}");
        }
        for (bad, at) in [
            ("1_", 1),
            ("12ab", 1),
            ("0777", 0),
            ("0b2", 2),
            ("0x", 1),
            ("1__0", 1),
        ] {
            assert_eq!(place(bad), Some(at), "{bad}");
        }
    }
}
