//! Similarity of names, for the search for renamed items.

use heck::ToSnakeCase;

/// Length in bytes of the longest name that is compared. Longer ones are similar to no other: comparison takes time
/// quadratic in the length.
const LONGEST: usize = 256;

/// A name with what its comparisons need, so that many names are compared with many.
pub(crate) struct Name {
    /// Letters and digits in lower case; `None` for a name that is too long.
    plain: Option<String>,
    /// Words in lower case.
    words: Vec<String>,
    /// Groups of digits.
    numbers: Vec<String>,
}

impl Name {
    pub(crate) fn new(name: &str) -> Self {
        if name.len() > LONGEST {
            return Self { plain: None, words: Vec::new(), numbers: Vec::new() };
        }
        let owned = |parts: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        Self {
            plain: Some(name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()),
            words: owned(&mut name.to_snake_case().split(|c: char| !c.is_alphanumeric())),
            numbers: owned(&mut name.split(|c: char| !c.is_ascii_digit())),
        }
    }

    /// Returns 0 for names that have nothing in common, up to 1 for names that differ only in case and word breaks.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let (Some(a), Some(b)) = (self.plain.as_deref(), other.plain.as_deref()) else { return 0.0 };
        let shorter = a.len().min(b.len());
        // `label` and `labelText` are more similar than their edit distance suggests.
        let inside = shorter >= 4 && (a.starts_with(b) || b.starts_with(a) || a.ends_with(b) || b.ends_with(a));
        let score = strsim::normalized_levenshtein(a, b);
        if inside { score.max(0.7) } else { score }
    }

    /// Returns `true` if two names differ in a number, or in words of the same kind: `createdAt` and `updatedAt`.
    pub(crate) fn distinct(&self, other: &Self) -> bool {
        let (only_a, only_b) = self.own_words(other);
        let entry = |kind: &[&[&str]], words: &[&str]| {
            kind.iter().position(|entry| words.iter().any(|word| entry.contains(word)))
        };
        let other_word = |kind: &&[&[&str]]| match (entry(kind, &only_a), entry(kind, &only_b)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        };
        let too_long = self.plain.is_none() || other.plain.is_none();
        too_long || self.numbers != other.numbers || opposite(&only_a, &only_b) || KINDS.iter().any(other_word)
    }

    /// Returns `true` if a name has other words in place of some of another's: `plantTitle` for `plantName`. More
    /// words, forms of the same word and corrections of its spelling are not others.
    pub(crate) fn replaces_words(&self, other: &Self) -> bool {
        const SHORTEST: usize = 5;
        let (only_a, only_b) = self.own_words(other);
        let (only_a, only_b) = (only_a.concat(), only_b.concat());
        let (short, long) = if only_a.len() <= only_b.len() { (&only_a, &only_b) } else { (&only_b, &only_a) };
        let is_form = short.len() >= 3 && long.starts_with(short.as_str());
        let is_spelling = short.len() >= SHORTEST && strsim::normalized_damerau_levenshtein(short, long) >= 0.7;
        !(short.is_empty() || is_form || is_spelling)
    }

    /// Returns `true` if one name is likely a new spelling of the other.
    pub(crate) fn is_renamed(&self, other: &Self, least: f64) -> bool {
        self.likeness(other) >= least && !self.distinct(other) && !self.replaces_words(other)
    }

    /// Returns the words that only one of two names has.
    fn own_words<'a>(&'a self, other: &'a Self) -> (Vec<&'a str>, Vec<&'a str>) {
        let own = |these: &'a [String], those: &[String]| {
            these.iter().filter(|word| !those.contains(word)).map(String::as_str).collect()
        };
        (own(&self.words, &other.words), own(&other.words, &self.words))
    }
}

/// Words of opposite meaning: each word of the first list is opposite to each of the second.
const OPPOSITES: [(&[&str], &[&str]); 22] = [
    (&["enable", "enabled", "enables"], &["disable", "disabled", "disables"]),
    (&["include", "included", "includes", "including"], &["exclude", "excluded", "excludes", "excluding"]),
    (
        &["allow", "allowed", "allows", "permit", "permitted"],
        &["deny", "denied", "block", "blocked", "forbid", "disallow", "disallowed"],
    ),
    (&["min", "minimum", "least", "lower"], &["max", "maximum", "most", "upper"]),
    (&["start", "begin", "first"], &["end", "stop", "finish", "last"]),
    (&["before", "from", "since"], &["after", "to", "until"]),
    (&["source", "src", "input"], &["destination", "dest", "target", "dst", "output"]),
    (&["read", "readable", "reader"], &["write", "writable", "writer"]),
    (&["show", "shown", "visible"], &["hide", "hidden", "invisible"]),
    (&["open", "opened"], &["close", "closed"]),
    (&["lock", "locked"], &["unlock", "unlocked"]),
    (&["public"], &["private"]),
    (&["internal"], &["external"]),
    (&["old", "previous", "prev"], &["new", "next"]),
    (&["up", "left", "top"], &["down", "right", "bottom"]),
    (&["add", "added", "create", "created"], &["remove", "removed", "delete", "deleted"]),
    (&["accept", "accepted", "approve", "approved"], &["reject", "rejected"]),
    (&["request"], &["response", "reply"]),
    (&["greater", "more", "increase", "increment"], &["less", "fewer", "decrease", "decrement"]),
    (&["active", "on", "true", "success", "succeeded"], &["inactive", "off", "false", "failure", "failed"]),
    (&["required"], &["optional"]),
    (&["with"], &["without"]),
];

const NEGATIONS: [&str; 6] = ["no", "not", "non", "never", "without", "skip"];
const NEGATING_PREFIXES: [&str; 7] = ["un", "dis", "in", "non", "no", "anti", "de"];

/// Returns `true` if the words that only one of two names has are a negation, or of opposite meaning: `enable` of
/// `enableLogs` and `disable` of `disableLogs`.
fn opposite(only_a: &[&str], only_b: &[&str]) -> bool {
    let negates = |words: &[&str]| words.iter().any(|word| NEGATIONS.contains(word));
    negates(only_a) != negates(only_b) || only_a.iter().any(|a| only_b.iter().any(|b| opposite_words(a, b)))
}

/// Words of which each has another meaning than the others of its list; the words of one entry have the same.
const KINDS: [&[&[&str]]; 9] = [
    &[
        &["create", "created", "add", "added", "insert"],
        &["update", "updated", "modify", "modified", "patch"],
        &["delete", "deleted", "remove", "removed"],
        &["get", "read", "fetch"],
        &["list", "search", "query"],
    ],
    &[&["latitude", "lat"], &["longitude", "lon", "lng", "long"], &["altitude", "alt", "elevation"]],
    &[&["width"], &["height"], &["depth"], &["length"]],
    &[&["x"], &["y"], &["z"]],
    &[
        &["nanoseconds", "nanos", "ns"],
        &["microseconds", "micros", "us"],
        &["milliseconds", "millis", "ms"],
        &["seconds", "second", "secs", "sec", "s"],
        &["minutes", "minute", "mins"],
        &["hours", "hour", "hrs"],
        &["days", "day"],
        &["weeks", "week"],
        &["months", "month"],
        &["years", "year"],
    ],
    &[
        &["bytes", "byte"],
        &["kilobytes", "kb", "kib"],
        &["megabytes", "mb", "mib"],
        &["gigabytes", "gb", "gib"],
        &["terabytes", "tb", "tib"],
        &["bits", "bit"],
    ],
    &[&["id", "ids"], &["name", "names"], &["url", "urls", "uri", "uris"], &["count", "total"], &["type"], &["key"]],
    &[&["user", "users"], &["group", "groups"], &["role", "roles"], &["account", "accounts"]],
    &[&["given", "first"], &["family", "last"], &["middle"]],
];

fn opposite_words(a: &str, b: &str) -> bool {
    let listed = |a: &str, b: &str| OPPOSITES.iter().any(|(these, those)| these.contains(&a) && those.contains(&b));
    let prefixed = |a: &str, b: &str| NEGATING_PREFIXES.iter().any(|prefix| a.strip_prefix(prefix) == Some(b));
    listed(a, b) || listed(b, a) || prefixed(a, b) || prefixed(b, a)
}

/// Describes the difference of two names.
pub(crate) fn step(removed: &str, added: &str) -> String {
    match (removed, added) {
        ("", added) => format!("`{added}` added"),
        (removed, "") => format!("`{removed}` removed"),
        (removed, added) => format!("`{removed}` → `{added}`"),
    }
}

/// Returns the words in which two names differ, without those that they share at both ends.
pub(crate) fn delta(a: &str, b: &str) -> (String, String) {
    difference(&words(a), &words(b))
}

/// Returns the segments in which two paths differ, without those that they share at both ends.
pub(crate) fn segment_delta(a: &str, b: &str) -> (String, String) {
    let segments = |path: &str| -> Vec<String> { path.split('/').map(str::to_owned).collect() };
    let (a, b) = (segments(a), segments(b));
    let (removed, added) = between(&a, &b, |a, b| a == b);
    (removed.join("/"), added.join("/"))
}

fn difference(a: &[String], b: &[String]) -> (String, String) {
    // A word in front of others changes their case: `getPet` and `shopGetPet`.
    let plain = |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let (removed, added) = match between(a, b, |a, b| plain(a) == plain(b)) {
        ([], []) => between(a, b, |a, b| a == b),
        words => words,
    };
    let joined = |words: &[String]| words.concat().trim_matches(['.', '/', '_', '-', ':']).to_owned();
    (joined(removed), joined(added))
}

fn between<'a>(a: &'a [String], b: &'a [String], same: impl Fn(&str, &str) -> bool) -> (&'a [String], &'a [String]) {
    let start = a.iter().zip(b).take_while(|(a, b)| same(a, b)).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let head = |list: &'a [String]| list.get(..list.len().saturating_sub(end)).unwrap_or_default();
    (head(a), head(b))
}

/// Splits a name into words, at capital letters and before separators.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut lower = false;
    for c in name.chars() {
        let separator = !c.is_alphanumeric();
        let starts = separator || (c.is_uppercase() && lower);
        lower = c.is_lowercase() || c.is_ascii_digit();
        match words.last_mut() {
            Some(word) if !starts => word.push(c),
            _ => words.push(c.into()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        Name::new(a).likeness(&Name::new(b))
    }

    fn distinct(a: &str, b: &str) -> bool {
        Name::new(a).distinct(&Name::new(b))
    }

    fn replaced_words(a: &str, b: &str) -> bool {
        Name::new(a).replaces_words(&Name::new(b))
    }

    #[test]
    fn names_are_compared_by_words_regardless_of_case() {
        assert_eq!(likeness("baseModel", "base_model"), 1.0);
        assert!(likeness("label", "labelText") >= 0.5);
        assert!(likeness("label", "created") < 0.5);
        let long = "a".repeat(LONGEST);
        assert_eq!(likeness(&long, &long), 1.0);
        assert_eq!(likeness(&format!("{long}a"), &format!("{long}a")), 0.0);
    }

    #[test]
    fn opposites_are_not_similar() {
        for (a, b) in [
            ("enableLogs", "disableLogs"),
            ("includeDeleted", "excludeDeleted"),
            ("encrypted", "unencrypted"),
            ("required", "notRequired"),
            ("isActive", "isInactive"),
            ("minSize", "max_size"),
        ] {
            assert!(distinct(a, b) && distinct(b, a), "{a} {b}");
        }
        assert!(!distinct("label", "labelText") && !distinct("enableLog", "enableLogs"));
    }

    #[test]
    fn words_of_one_kind_and_numbers_are_distinct() {
        for (a, b) in [
            ("createdAt", "updatedAt"),
            ("latitude", "longitude"),
            ("timeoutSeconds", "timeoutMillis"),
            ("ipv4Address", "ipv6Address"),
            ("gpt-3", "gpt-4"),
            ("user_id", "userName"),
        ] {
            assert!(distinct(a, b) && distinct(b, a), "{a} {b}");
        }
        assert!(!distinct("userId", "user_id") && !distinct("label", "labelText"));
    }

    #[test]
    fn forms_of_a_word_replace_it() {
        for (a, b) in [
            ("label", "labelText"),
            ("organization", "org"),
            ("colour", "color"),
            ("lable", "label"),
            ("season", "seasons"),
        ] {
            assert!(!replaced_words(a, b) && !replaced_words(b, a), "{a} {b}");
        }
        for (a, b) in [("plantName", "plantTitle"), ("pot", "port"), ("created", "updated")] {
            assert!(replaced_words(a, b) && replaced_words(b, a), "{a} {b}");
        }
        assert!(!replaced_words("fur_colour", "furcolour") && !distinct("fur_colour", "furColour"));
    }

    #[test]
    fn differences_are_whole_words() {
        let delta = |a, b| super::delta(a, b);
        assert_eq!(delta("organization", "org"), ("organization".into(), "org".into()));
        assert_eq!(delta("FooBarList", "FooList"), ("Bar".into(), String::new()));
        for name in ["shopGetPet", "shop_getPet", "shop.getPet"] {
            assert_eq!(delta("getPet", name), (String::new(), "shop".into()));
        }
        assert_eq!(delta("getPet", "GetPet"), ("get".into(), "Get".into()));
        assert_eq!(segment_delta("v1beta/x", "v1/x"), ("v1beta".into(), "v1".into()));
        assert_eq!(segment_delta("orgs/{o}/x", "orgs/x"), ("{o}".into(), String::new()));
    }
}
