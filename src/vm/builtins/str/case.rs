//! Upper and lower case, and what kinds of characters a str consists of.

use super::text;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::parse::{decimal_digit, is_space};
use crate::vm::repr::is_printable;

/// Is it a titlecase letter, such as the digraph ǅ?
fn is_title(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | 'ᾼ' | 'ῌ' | 'ῼ')
        || matches!(c as u32, 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf)
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title(c)
}

/// The titlecase form of a character.
fn push_title(c: char, to: &mut String) {
    let single = match c {
        'Ǆ'..='ǆ' => Some('ǅ'),
        'Ǉ'..='ǉ' => Some('ǈ'),
        'Ǌ'..='ǌ' => Some('ǋ'),
        'Ǳ'..='ǳ' => Some('ǲ'),
        'ა'..='ჿ' => Some(c),
        'ᾳ' => Some('ᾼ'),
        'ῃ' => Some('ῌ'),
        'ῳ' => Some('ῼ'),
        _ if is_title(c) => Some(c),
        _ if matches!(c as u32, 0x1f80..=0x1faf) => char::from_u32(c as u32 + 8),
        _ => None,
    };
    if let Some(single) = single {
        return to.push(single);
    }
    let mut upper = c.to_uppercase();
    to.extend(upper.next());
    match c {
        'ŉ' => to.extend(upper),
        _ => upper.for_each(|c| to.extend(c.to_lowercase())),
    }
}

/// `capitalize`
pub fn capitalize(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut result = String::with_capacity(text.as_str().len());
    let mut chars = text.as_str().chars();
    if let Some(first) = chars.next() {
        push_title(first, &mut result);
    }
    // Lowered together with what stands before, as a final sigma has a form of its own.
    let lower = text.as_str().to_lowercase();
    let first: usize = text
        .as_str()
        .chars()
        .next()
        .map_or(0, |c| c.to_lowercase().count());
    result.extend(lower.chars().skip(first));
    Ok(vm.str(result))
}

/// `casefold`
pub fn casefold(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut folded = String::with_capacity(text.as_str().len());
    for c in text.as_str().chars() {
        match c {
            _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            'ı' => folded.push(c),
            // Cherokee folds to upper case.
            'Ꭰ'..='ᏽ' | 'ꭰ'..='ꮿ' => folded.extend(c.to_uppercase()),
            _ => c
                .to_uppercase()
                .for_each(|c| folded.extend(c.to_lowercase())),
        }
    }
    Ok(vm.str(folded))
}

/// `lower`
pub fn lower(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    Ok(vm.str(text.as_str().to_lowercase()))
}

/// `upper`
pub fn upper(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    Ok(vm.str(text.as_str().to_uppercase()))
}

/// `swapcase`
pub fn swapcase(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut swapped = String::with_capacity(text.as_str().len());
    let mut lower = LowerCase::of(text.as_str());
    for c in text.as_str().chars() {
        let lowered = lower.next(c);
        match c {
            _ if c.is_uppercase() => swapped.extend(lowered),
            _ if c.is_lowercase() => swapped.extend(c.to_uppercase()),
            _ => swapped.push(c),
        }
    }
    Ok(vm.str(swapped))
}

/// `title`
pub fn title(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut titled = String::with_capacity(text.as_str().len());
    let mut inside = false;
    let mut lower = LowerCase::of(text.as_str());
    for c in text.as_str().chars() {
        let lowered = lower.next(c);
        match inside {
            true => titled.extend(lowered),
            false => push_title(c, &mut titled),
        }
        inside = is_cased(c);
    }
    Ok(vm.str(titled))
}

/// The lower case of the characters of a text, one after the other: that of a sigma depends on those around it.
struct LowerCase {
    /// All characters of the text, where it has a sigma.
    lowered: Vec<char>,
    /// How many of these the characters so far have become.
    at: usize,
}

impl LowerCase {
    fn of(text: &str) -> Self {
        let lowered = match text.contains('Σ') {
            true => text.to_lowercase().chars().collect(),
            false => Vec::new(),
        };
        Self { lowered, at: 0 }
    }

    /// Of the next character, which is this one.
    fn next(&mut self, c: char) -> impl Iterator<Item = char> + use<> {
        let sigma = (c == 'Σ')
            .then(|| self.lowered.get(self.at).copied())
            .flatten();
        self.at += c.to_lowercase().count();
        let others = sigma.is_none().then(|| c.to_lowercase());
        sigma.into_iter().chain(others.into_iter().flatten())
    }
}

/// Is it not empty, and does the test hold for all characters?
fn all(vm: &mut Vm, args: &Args, test: impl Fn(char) -> bool) -> Outcome {
    let text = text(vm, args[0]);
    Ok((text.chars() > 0 && text.as_str().chars().all(test)).into())
}

/// A letter: what can begin an identifier, without the numbers among these.
fn is_alpha(c: char) -> bool {
    const COMPATIBLE: &[char] = &['\u{37a}', 'ำ', 'ຳ', 'ﾞ', 'ﾟ'];
    let begins = unicode_ident::is_xid_start(c) || COMPATIBLE.contains(&c);
    c.is_alphabetic() && begins && (!c.is_numeric() || is_cjk_numeral(c))
}

fn is_digit(c: char) -> bool {
    const OTHER: &[(u32, u32)] = &[
        (0xb2, 0xb3),
        (0xb9, 0xb9),
        (0x1369, 0x1371),
        (0x19da, 0x19da),
        (0x2070, 0x2070),
        (0x2074, 0x2079),
        (0x2080, 0x2089),
        (0x2460, 0x2468),
        (0x2474, 0x247c),
        (0x2488, 0x2490),
        (0x24ea, 0x24ea),
        (0x24f5, 0x24fd),
        (0x24ff, 0x24ff),
        (0x2776, 0x277e),
        (0x2780, 0x2788),
        (0x278a, 0x2792),
        (0x10a40, 0x10a43),
        (0x10e60, 0x10e68),
        (0x11052, 0x1105a),
        (0x1f100, 0x1f10a),
    ];
    let code = c as u32;
    decimal_digit(c).is_some()
        || OTHER
            .iter()
            .any(|&(first, last)| (first..=last).contains(&code))
}

/// Ideographs that denote a number.
fn is_cjk_numeral(c: char) -> bool {
    "㐅㒃㠪㭍一七万三两九二五亖京亿什仟仨伍佰俩倆億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拐拾捌\
     柒洞漆玖百皕秭肆萬貮貳贰鈎钩阡陆陌陸零"
        .contains(c)
}

fn is_numeric(c: char) -> bool {
    c.is_numeric() || is_cjk_numeral(c)
}

/// `isalnum`
pub fn isalnum(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, |c| is_alpha(c) || is_numeric(c))
}

/// `isalpha`
pub fn isalpha(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, is_alpha)
}

/// `isdecimal`
pub fn isdecimal(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, |c| decimal_digit(c).is_some())
}

/// `isdigit`
pub fn isdigit(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, is_digit)
}

/// `isnumeric`
pub fn isnumeric(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, is_numeric)
}

/// `isspace`
pub fn isspace(vm: &mut Vm, args: &Args) -> Outcome {
    all(vm, args, is_space)
}

/// `isprintable`; the empty str is.
pub fn isprintable(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(text(vm, args[0]).as_str().chars().all(is_printable).into())
}

/// `isidentifier`
pub fn isidentifier(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(is_identifier(text(vm, args[0]).as_str()).into())
}

/// Has the text the form of a name?
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    first && chars.all(unicode_ident::is_xid_continue)
}

/// `islower`: some character is cased, and all that are, are lower case.
pub fn islower(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut cased = text.as_str().chars().filter(|&c| is_cased(c)).peekable();
    Ok((cased.peek().is_some() && cased.all(char::is_lowercase)).into())
}

/// `isupper`
pub fn isupper(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let mut cased = text.as_str().chars().filter(|&c| is_cased(c)).peekable();
    Ok((cased.peek().is_some() && cased.all(char::is_uppercase)).into())
}

/// `istitle`: upper case exactly where a word begins.
pub fn istitle(vm: &mut Vm, args: &Args) -> Outcome {
    let text = text(vm, args[0]);
    let (mut inside, mut any) = (false, false);
    for c in text.as_str().chars() {
        let begins = c.is_uppercase() || is_title(c);
        if begins && inside || c.is_lowercase() && !inside {
            return Ok(false.into());
        }
        inside = is_cased(c);
        any |= inside;
    }
    Ok(any.into())
}
