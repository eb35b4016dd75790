//! Conversion of names to Rust's conventions.

use super::key::Scope;
use super::signs::{with_signs, word};
use crate::model::{Api, Enumeration};
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;

/// Returns the name of a type, unchanged if it already is one, so that `RRF` and `Rrf` stay distinct.
pub fn type_name(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain && name != "Self" {
        return name.to_owned();
    }
    let camel = upper_camel_case(name);
    match camel.as_bytes().first() {
        None => "Empty".to_owned(),
        Some(b'0'..=b'9') => format!("_{camel}"),
        Some(_) if camel == "Self" => "Self_".to_owned(),
        Some(_) => camel,
    }
}

/// Joins the words of a name in camel case. Numbers stay apart: `1.0` is `1_0`, not `10`.
fn upper_camel_case(name: &str) -> String {
    let mut begin = 0;
    let mut parts = Vec::new();
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    for window in chars.windows(3) {
        if let [(_, before), (at, separator), (next, after)] = *window
            && before.is_ascii_digit()
            && after.is_ascii_digit()
            && separator != '_'
            && !separator.is_alphanumeric()
        {
            parts.extend(name.get(begin..at));
            begin = next;
        }
    }
    parts.extend(name.get(begin..));
    parts.iter().map(|part| spelled_out(part).to_upper_camel_case()).collect::<Vec<_>>().join("_")
}

/// Returns the name of a type that shares a namespace with modules: `404` becomes `N404`, since its module
/// would be `_404` as well.
pub(super) fn item_name(name: &str) -> String {
    let name = type_name(name);
    match name.strip_prefix('_') {
        Some(digits) if field_name(&name) == name => format!("N{digits}"),
        _ => name,
    }
}

/// Returns the name of a field, argument, function or module. Keywords are returned as they are: see [`raw`].
pub fn field_name(name: &str) -> String {
    let signed = name.strip_prefix(['+', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    // `DateSent<` and `DateSent>` compare with `DateSent`.
    let compared = name.trim_end_matches(['<', '>', '=', '!']);
    let name = match name.strip_prefix(compared).unwrap_or_default() {
        signs if !signs.is_empty() && compared.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            Cow::Owned(signs.chars().fold(compared.to_owned(), |name, sign| format!("{name}_{}", word(sign))))
        }
        _ if signed => with_signs(name),
        _ => Cow::Borrowed(name),
    };
    let snake = snake_case(&spelled_out(&name));
    match snake.as_bytes().first() {
        None => "empty".to_owned(),
        Some(b'0'..=b'9') => format!("_{snake}"),
        // Keywords that cannot be raw identifiers.
        Some(_) if matches!(snake.as_str(), "self" | "super" | "crate") => format!("{snake}_"),
        Some(_) => snake,
    }
}

/// Returns the module of an API: its name, and the version as written if it is part of the name:
/// `generativelanguage_v1beta`, not `v1_beta`.
pub(super) fn module_name(api: &Api) -> String {
    let name = if api.versioned {
        let version = api.version.to_lowercase();
        let version: String = version.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        format!("{}_{version}", field_name(&api.name))
    } else {
        let parts = api.name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        match parts.map(stem_part).collect::<Vec<_>>().join("_") {
            empty if empty.is_empty() => field_name(&api.name),
            name => name,
        }
    };
    let free = !name.starts_with(|c: char| c.is_ascii_digit()) && !Scope::reserved("api").contains(&name.as_str());
    if free && is_identifier(&name) { name } else { format!("api_{name}") }
}

/// Returns a part of a file's name as a part of a module's, with versions as written.
fn stem_part(part: &str) -> String {
    if part.bytes().any(|b| b.is_ascii_lowercase()) { snake_case(part) } else { part.to_lowercase() }
}

/// Joins the words of an ASCII name with underscores, as heck does in seven times the time, except that the plural of an
/// acronym is one word: `userIDs` is `user_ids`.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len().saturating_add(8));
    // Case of the letters of the word so far; digits go with either.
    let (mut lower, mut upper) = (false, false);
    let mut begins = true;
    for (at, c) in name.bytes().enumerate() {
        let next = name.as_bytes().get(at.saturating_add(1)).copied().unwrap_or_default();
        if !c.is_ascii_alphanumeric() {
            (lower, upper, begins) = (false, false, true);
            continue;
        }
        let after_next = name.as_bytes().get(at.saturating_add(2)).copied().unwrap_or_default();
        let is_plural = next == b's' && !after_next.is_ascii_lowercase();
        let last_capital = upper && c.is_ascii_uppercase() && next.is_ascii_lowercase() && !is_plural;
        if (begins || last_capital) && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase().into());
        if c.is_ascii_alphabetic() {
            (lower, upper) = (c.is_ascii_lowercase(), c.is_ascii_uppercase() && !last_capital);
        }
        begins = lower && next.is_ascii_uppercase();
        if begins {
            (lower, upper) = (false, false);
        }
    }
    out
}

/// Returns prefixes that variants of an enum omit, each with its underscore: that of the enum's first value
/// (`JOB_STATE_` of `JOB_STATE_UNSPECIFIED`), then the enum's own name.
///
/// Protobuf's first value is the one with the number zero and never changes, so that a new value renames no other.
pub(super) fn value_prefixes(enumeration: &Enumeration, own: &str) -> [String; 2] {
    let first = enumeration.values.first().and_then(|first| first.name.strip_suffix("UNSPECIFIED"));
    let stated = first.filter(|prefix| prefix.ends_with('_')).unwrap_or_default();
    [stated.to_owned(), format!("{}_", own.to_snake_case().to_uppercase())]
}

/// Returns the variant of an enum's value, without the first of the prefixes that it has: `STATE_UNSPECIFIED` becomes
/// `Unspecified`.
pub(super) fn variant_name(value: &str, prefixes: &[String]) -> String {
    let prefixes = prefixes.iter().filter(|prefix| !prefix.is_empty());
    let mut short = prefixes.filter_map(|prefix| value.strip_prefix(prefix.as_str()));
    let name = short.find(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or(value);
    let name = &*with_signs(name);
    // `1m` and `1M` are units of their own.
    let unit = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if unit.len() < name.len() && matches!(unit.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z']) {
        return format!("_{name}");
    }
    // A value in capitals consists of words; any other may be a type name already.
    if name.bytes().any(|b| b.is_ascii_lowercase()) { type_name(name) } else { type_name(&name.to_lowercase()) }
}

/// Returns `true` if the text is a Rust identifier that generated code may use; keywords are allowed.
pub(crate) fn is_identifier(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    begins && plain && name != "_" && !matches!(name, "self" | "Self" | "super" | "crate")
}

/// Returns the name of a choice's alternative, without the choice's own name as a prefix: `ToolChoiceAuto` of
/// `ToolChoice` becomes `Auto`.
pub(super) fn without_own<'a>(name: &'a str, own: &str) -> &'a str {
    match name.strip_prefix(own) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

/// Returns `true` for the name of a field, function or module, which takes an underscore before a number.
pub(super) fn is_snake(name: &str) -> bool {
    !name.trim_start_matches('_').starts_with(|c: char| c.is_ascii_uppercase())
}

/// Keywords of the 2024 edition, reserved ones included, without the four that cannot be raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Trait methods of generated types, which an accessor of the same name would shadow.
pub(super) const INHERITED: [&str; 24] = [
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deserialize",
    "empty",
    "eq",
    "fields",
    "fmt",
    "from",
    "into",
    "member",
    "member_mut",
    "ne",
    "read_optional",
    "serialize",
    "slots",
    "slots_mut",
    "to_owned",
    "type_id",
];

/// Returns `true` if a name is a keyword that may be a raw identifier.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Returns an identifier, raw if it is a keyword: `r#type`.
pub fn raw(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    match is_keyword(name) {
        true => proc_macro2::Ident::new_raw(name, span),
        false => proc_macro2::Ident::new(name, span),
    }
}

/// Returns a name in ASCII: Latin letters without their accents, words for characters that Rust names cannot contain if
/// there are no other letters, and `_` for the others.
fn spelled_out(name: &str) -> String {
    let name = without_accents(name);
    let has_letters = name.chars().any(|c| c.is_ascii_alphabetic());
    let has_other_letters = name.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let has_digits = name.chars().any(|c| c.is_ascii_digit());
    if name.is_empty() || has_letters || (has_digits && !has_other_letters) {
        return name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    }
    let spelled = |c: char| if c.is_ascii_digit() { format!("{c}_") } else { format!("{}_", word(c)) };
    name.chars().map(spelled).collect()
}

/// Returns a name with `ae` for `æ`, `e` for `é`, and so on.
fn without_accents(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    for c in name.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        match latin(lower) {
            None => out.push(c),
            Some(plain) if lower == c => out.push_str(plain),
            Some(plain) => out.push_str(&plain.to_upper_camel_case()),
        }
    }
    Cow::Owned(out)
}

/// Returns the basic letters for a lower-case letter of the Latin script.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ß' => "ss",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'þ' => "th",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EnumValue;

    #[test]
    fn valid_type_names_are_unchanged() {
        for (name, expected) in [
            ("RRF", "RRF"),
            ("Rrf", "Rrf"),
            ("tuning_spec", "TuningSpec"),
            ("Foo_Bar", "FooBar"),
            ("2d", "_2d"),
            ("Self", "Self_"),
            ("", "Empty"),
            ("$", "Dollar"),
            ("§", "U00a7"),
        ] {
            assert_eq!(type_name(name), expected, "{name}");
        }
    }

    #[test]
    fn signs_and_units_tell_values_apart() {
        for (value, expected) in [
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("-created_at", "MinusCreatedAt"),
            ("A+", "APlus"),
            ("C++", "CPlusPlus"),
            ("C#", "CSharp"),
            ("1m", "_1m"),
            ("1M", "_1M"),
            ("2ND", "_2nd"),
            ("1", "_1"),
            ("a-b", "AB"),
            ("Etc/GMT+1", "EtcGmtPlus1"),
            ("Etc/GMT-1", "EtcGmt1"),
            ("reactions-+1", "ReactionsPlus1"),
            ("reactions--1", "ReactionsMinus1"),
            ("-", "Minus"),
            (">=", "GreaterEqual"),
            (">=5", "GreaterEqual5"),
            ("50%", "_50Percent"),
            ("image/*", "ImageStar"),
            ("1.0", "_1_0"),
            ("gpt-3.5-turbo", "Gpt3_5Turbo"),
            ("2026-07-17", "_2026_07_17"),
            ("V1_2", "V12"),
        ] {
            assert_eq!(variant_name(value, &[]), expected, "{value}");
        }
    }

    #[test]
    fn fields_are_snake_case() {
        for (name, expected) in [
            ("displayName", "display_name"),
            ("type", "type"),
            ("self", "self_"),
            ("$.xgafv", "xgafv"),
            ("@type", "type"),
            ("1st", "_1st"),
            ("a-b.c", "a_b_c"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("-x", "x"),
            ("DateSent<", "date_sent_less"),
            ("age>=", "age_greater_equal"),
            ("<field>", "field"),
            ("userIDs", "user_ids"),
            ("URLsOfAPIs", "urls_of_apis"),
            ("größe", "grosse"),
            ("Straßen", "strassen"),
            ("año", "ano"),
            ("naïve-café", "naive_cafe"),
            ("cafe\u{301}", "cafe"),
            ("名前2", "u540d_u524d_2"),
            ("x名", "x"),
        ] {
            assert_eq!(field_name(name), expected, "{name}");
        }
        assert_eq!(raw("type").to_string(), "r#type");
        assert_eq!(raw("gen").to_string(), "r#gen");
        assert_eq!(raw("kind").to_string(), "kind");
    }

    #[test]
    fn words_are_those_of_heck() {
        let names = "displayName HTTPServer XMLHttpRequest a1B A1b IPv4Address aB Ab AB ABc aBC a_b __a__B1_ x2Y3z RRF \
                     size4K size_4K gRPCRoute i18nURL DNSsec As isAs v1beta1 _ 1st A 9A9a9B SHA256Digest";
        for name in names.split(' ') {
            assert_eq!(snake_case(name), name.to_snake_case(), "{name}");
        }
        // Every name of up to seven of these characters.
        let mut names = vec![String::new()];
        for _ in 0..7 {
            names = names.iter().flat_map(|name| ["a", "B", "1", "_"].map(|c| format!("{name}{c}"))).collect();
            for name in &names {
                assert_eq!(snake_case(name), name.to_snake_case(), "{name}");
            }
        }
    }

    fn variant(values: &[&str], own: &str, value: &str) -> String {
        let values = values.iter().map(|name| EnumValue { name: (*name).to_owned(), ..EnumValue::default() });
        let enumeration = Enumeration { values: values.collect(), beside_text: false };
        variant_name(value, &value_prefixes(&enumeration, own))
    }

    #[test]
    fn variants_drop_the_name_of_their_enum() {
        for (value, own, expected) in [
            ("STATE_UNSPECIFIED", "state", "Unspecified"),
            ("ADAPTER_SIZE_ONE", "adapterSize", "One"),
            ("SIZE_4", "size", "Size4"),
            ("AUDIO_1080P", "x", "Audio1080p"),
            ("1080P", "x", "_1080P"),
            ("camelCase", "x", "CamelCase"),
        ] {
            assert_eq!(variant(&[value], own, value), expected, "{value}");
        }
    }

    #[test]
    fn variants_drop_the_prefix_of_the_unspecified_value() {
        let values = ["JOB_STATE_UNSPECIFIED", "JOB_STATE_FAILED", "STATE_OTHER", "UNRELATED"];
        for (value, expected) in [
            ("JOB_STATE_UNSPECIFIED", "Unspecified"),
            ("JOB_STATE_FAILED", "Failed"),
            ("STATE_OTHER", "Other"),
            ("UNRELATED", "Unrelated"),
        ] {
            assert_eq!(variant(&values, "state", value), expected, "{value}");
        }
        // A later value does not determine the prefix, so that a new one renames no other.
        assert_eq!(variant(&["FOO_A", "FOO_UNSPECIFIED"], "state", "FOO_A"), "FooA");
        assert_eq!(variant(&["UNSPECIFIED", "A"], "state", "UNSPECIFIED"), "Unspecified");
        assert_eq!(variant(&["SIZE_UNSPECIFIED", "SIZE_4"], "x", "SIZE_4"), "Size4");
    }
}
