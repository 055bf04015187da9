//! `_unicodedata`: normal forms, categories and names of characters (`Modules/unicodedata.c`).

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::value::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_unicodedata",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    function("normalize", "form, text, /", normalize),
    function("category", "character, /", |vm, args| {
        let category = character(vm, args).map_or("Cn", category);
        Ok(vm.str(category))
    }),
    function("combining", "character, /", |vm, args| {
        let class = character(vm, args).map_or(0, canonical_combining_class);
        Ok(Value::Int(class.into()))
    }),
    function("name", "character, /", |vm, args| {
        match character(vm, args).and_then(unicode_names2::name) {
            Some(name) => Ok(vm.str(name)),
            None => Ok(Value::None),
        }
    }),
    function("lookup", "name, /", |vm, args| {
        match vm.as_str(args[0]).and_then(unicode_names2::character) {
            Some(found) => Ok(vm.str(String::from(found))),
            None => Ok(Value::None),
        }
    }),
];

fn character(vm: &Vm, args: &Args) -> Option<char> {
    vm.as_str(args[0]).and_then(|text| text.chars().next())
}

fn normalize(vm: &mut Vm, args: &Args) -> Outcome {
    let text = vm.as_str(args[1]).unwrap_or_default();
    let normal: String = match vm.as_str(args[0]) {
        Some("NFC") => text.nfc().collect(),
        Some("NFD") => text.nfd().collect(),
        Some("NFKC") => text.nfkc().collect(),
        Some("NFKD") => text.nfkd().collect(),
        _ => return Ok(Value::None),
    };
    Ok(vm.str(normal))
}

fn category(character: char) -> &'static str {
    match character.general_category() {
        GeneralCategory::UppercaseLetter => "Lu",
        GeneralCategory::LowercaseLetter => "Ll",
        GeneralCategory::TitlecaseLetter => "Lt",
        GeneralCategory::ModifierLetter => "Lm",
        GeneralCategory::OtherLetter => "Lo",
        GeneralCategory::NonspacingMark => "Mn",
        GeneralCategory::SpacingMark => "Mc",
        GeneralCategory::EnclosingMark => "Me",
        GeneralCategory::DecimalNumber => "Nd",
        GeneralCategory::LetterNumber => "Nl",
        GeneralCategory::OtherNumber => "No",
        GeneralCategory::ConnectorPunctuation => "Pc",
        GeneralCategory::DashPunctuation => "Pd",
        GeneralCategory::OpenPunctuation => "Ps",
        GeneralCategory::ClosePunctuation => "Pe",
        GeneralCategory::InitialPunctuation => "Pi",
        GeneralCategory::FinalPunctuation => "Pf",
        GeneralCategory::OtherPunctuation => "Po",
        GeneralCategory::MathSymbol => "Sm",
        GeneralCategory::CurrencySymbol => "Sc",
        GeneralCategory::ModifierSymbol => "Sk",
        GeneralCategory::OtherSymbol => "So",
        GeneralCategory::SpaceSeparator => "Zs",
        GeneralCategory::LineSeparator => "Zl",
        GeneralCategory::ParagraphSeparator => "Zp",
        GeneralCategory::Control => "Cc",
        GeneralCategory::Format => "Cf",
        GeneralCategory::Surrogate => "Cs",
        GeneralCategory::PrivateUse => "Co",
        GeneralCategory::Unassigned => "Cn",
    }
}
