//! Kinds of characters: categories (`\d`, `\w`), sets, and what is the same in another case.

/// How characters of different case are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// Only `a` to `z`.
    Ascii,
    /// All of Unicode.
    Unicode,
}

/// Which alphabet a category speaks of.
pub type Alphabet = Folding;

/// A kind of character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `\d`
    Digit(Alphabet),
    /// `\s`
    Space(Alphabet),
    /// `\w`
    Word(Alphabet),
}

impl Category {
    /// Is the character of this kind?
    pub fn contains(self, c: u32) -> bool {
        let ascii = u8::try_from(c).ok().filter(u8::is_ascii);
        match (self, ascii) {
            (Self::Digit(_), Some(byte)) => byte.is_ascii_digit(),
            (Self::Word(_), Some(byte)) => byte.is_ascii_alphanumeric() || byte == b'_',
            (Self::Space(alphabet), Some(byte)) => {
                matches!(byte, b' ' | 9..=13)
                    || alphabet == Alphabet::Unicode && (28..=31).contains(&byte)
            }
            (Self::Digit(Alphabet::Unicode), None) => is_decimal(c),
            (Self::Space(Alphabet::Unicode), None) => {
                char::from_u32(c).is_some_and(char::is_whitespace)
            }
            (Self::Word(Alphabet::Unicode), None) => {
                char::from_u32(c).is_some_and(char::is_alphanumeric)
            }
            (_, None) => false,
        }
    }
}

/// The digit zero of each script beyond ASCII; nine further digits follow it.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

fn is_decimal(c: u32) -> bool {
    let after = ZEROS.partition_point(|&zero| zero <= c);
    let zero = after.checked_sub(1).and_then(|at| ZEROS.get(at));
    zero.is_some_and(|zero| c - zero < 10)
}

/// The same for all characters that differ in case only.
pub fn fold(c: u32, folding: Folding) -> u32 {
    match (folding, u8::try_from(c).ok().filter(u8::is_ascii)) {
        (_, Some(byte)) => byte.to_ascii_uppercase().into(),
        (Folding::Ascii, None) => c,
        // By way of the small letter, so that signs such as KELVIN SIGN meet their letter.
        (Folding::Unicode, None) => upper(lower(c)),
    }
}

fn lower(c: u32) -> u32 {
    char::from_u32(c)
        .and_then(|c| only(c.to_lowercase()))
        .map_or(c, u32::from)
}

fn upper(c: u32) -> u32 {
    char::from_u32(c)
        .and_then(|c| only(c.to_uppercase()))
        .map_or(c, u32::from)
}

/// The one character of a case mapping, unless it has several.
fn only(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let first = mapped.next();
    first.filter(|_| mapped.next().is_none())
}

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// The characters from one to another, both included.
    Range(u32, u32),
    /// All of a kind.
    Kind(Category),
    /// All that are not of a kind.
    OtherKind(Category),
}

impl Member {
    fn contains(self, c: u32) -> bool {
        match self {
            Self::Range(low, high) => (low..=high).contains(&c),
            Self::Kind(category) => category.contains(c),
            Self::OtherKind(category) => !category.contains(c),
        }
    }
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    members: Vec<Member>,
    negative: bool,
    folding: Option<Folding>,
    /// The answers for ASCII, computed beforehand.
    ascii: u128,
}

impl Set {
    /// A set of these members, or of all others if `negative`.
    pub fn new(members: Vec<Member>, negative: bool, folding: Option<Folding>) -> Self {
        let mut set = Self {
            members,
            negative,
            folding,
            ascii: 0,
        };
        let bits = (0..128).filter(|&c| set.search(c));
        set.ascii = bits.fold(0, |bits, c| bits | 1 << c);
        set
    }

    /// Is the character in the set?
    pub fn contains(&self, c: u32) -> bool {
        match c < 128 {
            true => self.ascii >> c & 1 == 1,
            false => self.search(c),
        }
    }

    fn search(&self, c: u32) -> bool {
        let listed = self.has(c)
            || self
                .folding
                .is_some_and(|folding| self.has_other(c, folding));
        listed != self.negative
    }

    fn has(&self, c: u32) -> bool {
        self.members.iter().any(|member| member.contains(c))
    }

    fn has_other(&self, c: u32, folding: Folding) -> bool {
        if folding == Folding::Ascii && c >= 128 {
            return false;
        }
        let folded = fold(c, folding);
        let single = |member: &Member| matches!(*member, Member::Range(low, high) if low == high && fold(low, folding) == folded);
        self.has(folded) || self.has(lower(c)) || self.members.iter().any(single)
    }
}
