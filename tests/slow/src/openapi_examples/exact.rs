//! JSON values whose numbers keep their digits.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// JSON value that keeps the digits of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Exact {
    /// `null`, `true` or `false`.
    Word(String),
    /// A number, as written.
    Number(String),
    Text(String),
    List(Vec<Exact>),
    Object(BTreeMap<String, Exact>),
}

impl Exact {
    /// Parses a text.
    ///
    /// # Errors
    /// When it is not JSON.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        value(raw).map_err(|error| error.to_string())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Exact> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the members of an object, and none of other values.
    pub(super) fn members(&self) -> impl Iterator<Item = (&String, &Exact)> {
        let members = match self {
            Self::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten()
    }

    /// Returns the items of a list, and none of other values.
    pub(super) fn items(&self) -> &[Exact] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the places where two values differ, as JSON pointers with both values.
    pub(super) fn differences(&self, other: &Exact) -> Vec<String> {
        let mut found = Vec::new();
        compare(self, other, "", &mut found);
        found
    }
}

fn value(raw: &RawValue) -> serde_json::Result<Exact> {
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            Exact::Object(
                members.into_iter().map(|(key, raw)| Ok((key, value(raw)?))).collect::<serde_json::Result<_>>()?,
            )
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Exact::List(items.into_iter().map(value).collect::<serde_json::Result<_>>()?)
        }
        Some(b'"') => Exact::Text(serde_json::from_str(text)?),
        Some(b'-' | b'0'..=b'9') => Exact::Number(text.to_owned()),
        _ => Exact::Word(text.to_owned()),
    })
}

fn compare(old: &Exact, new: &Exact, at: &str, found: &mut Vec<String>) {
    let mut differ = |at: &str, old: &str, new: &str| found.push(format!("{at}: {old} → {new}"));
    match (old, new) {
        (Exact::Number(old), Exact::Number(new)) if decimal(old) == decimal(new) => {}
        (Exact::List(old), Exact::List(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &format!("{at}/{index}"), found);
            }
        }
        (Exact::Object(old), Exact::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(new) => compare(value, new, &format!("{at}/{key}"), found),
                    None => found.push(format!("{at}/{key}: {value} → nothing")),
                }
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                found.push(format!("{at}/{key}: nothing → {value}"));
            }
        }
        (old, new) if old == new => {}
        (old, new) => differ(at, &old.to_string(), &new.to_string()),
    }
}

/// Returns sign, digits and exponent of a number, so that equal numbers are equal.
fn decimal(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let exponent = exponent.parse::<i64>().unwrap_or(i64::MAX) - fraction.len() as i64;
    let kept = digits.trim_start_matches('0').trim_end_matches('0').to_owned();
    let dropped = digits.len() - digits.trim_end_matches('0').len();
    if kept.is_empty() { (sign, kept, 0) } else { (sign, kept, exponent + dropped as i64) }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Word(text) | Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    write!(f, "{}{}:{value}", if index == 0 { "" } else { "," }, quoted(key))?;
                }
                f.write_str("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Exact;

    fn differences(old: &str, new: &str) -> Vec<String> {
        Exact::parse(old).unwrap().differences(&Exact::parse(new).unwrap())
    }

    #[test]
    fn numbers_are_compared_by_their_digits() {
        for (old, new) in [("1", "1.0"), ("1e2", "100"), ("-0.10", "-1E-1"), ("0", "0.0"), ("[null]", "[null]")] {
            assert_eq!(differences(old, new), Vec::<String>::new(), "{old}");
        }
        for (old, new) in [("9007199254740993", "9007199254740992"), ("0.1", "0.10000000000000001"), ("1", "\"1\"")] {
            assert_eq!(differences(old, new).len(), 1, "{old}");
        }
        assert_eq!(
            differences(r#"{"a":{"b":[1],"c":null}}"#, r#"{"a":{"b":[2]},"d":true}"#).join("; "),
            "/a/b/0: 1 → 2; /a/c: null → nothing; /d: nothing → true"
        );
    }
}
