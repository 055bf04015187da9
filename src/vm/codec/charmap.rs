//! Encodings of one byte a character that are tables.

/// The characters of the bytes from 0x80 on; U+FFFD for bytes that mean nothing.
pub fn table(name: &str) -> Option<&'static str> {
    match name {
        "cp1252" | "windows_1252" | "1252" => Some(CP1252),
        "iso8859_15" | "iso_8859_15" | "latin_9" | "l9" => Some(ISO8859_15),
        "cp437" | "ibm437" | "437" => Some(CP437),
        _ => None,
    }
}

/// The byte of a character.
pub fn byte(table: &str, c: char) -> Option<u8> {
    if c.is_ascii() {
        return Some(c as u8);
    }
    let mut bytes = (0x80..=0xff).zip(table.chars());
    bytes
        .find(|&(_, known)| known == c && c != UNDEFINED)
        .map(|(byte, _)| byte)
}

/// The character of a byte.
pub fn character(table: &str, byte: u8) -> Option<char> {
    match byte {
        ..0x80 => Some(byte.into()),
        _ => { table.chars().nth(usize::from(byte) - 0x80) }.filter(|&c| c != UNDEFINED),
    }
}

const UNDEFINED: char = '\u{fffd}';

const CP1252: &str = "\
    €\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ\
    \u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const ISO8859_15: &str = "\
    \u{80}\u{81}\u{82}\u{83}\u{84}\u{85}\u{86}\u{87}\u{88}\u{89}\u{8a}\u{8b}\u{8c}\u{8d}\u{8e}\u{8f}\u{90}\u{91}\u{92}\u{93}\u{94}\u{95}\u{96}\u{97}\u{98}\u{99}\u{9a}\u{9b}\u{9c}\u{9d}\u{9e}\u{9f}\
    \u{a0}¡¢£€¥Š§š©ª«¬\u{ad}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const CP437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
