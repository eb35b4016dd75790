//! Equality of JSON texts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Error, Reader};

/// Returns `true` if two JSON texts are the same value, as `serde_json::Value` compares: keys in any order, `1` is not
/// `1.0`. Numbers that a `Value` cannot hold are compared by their digits.
pub(crate) fn texts(one: &str, other: &str) -> bool {
    one == other || matches!((tree(one), tree(other)), (Ok(one), Ok(other)) if one == other)
}

/// Returns `true` if two JSON texts are the same number, `1` and `1.0` included.
pub(crate) fn numbers(one: &str, other: &str) -> bool {
    match (tree(one), tree(other)) {
        (Ok(Tree::Integer(whole)), Ok(Tree::Float(real))) | (Ok(Tree::Float(real)), Ok(Tree::Integer(whole))) => {
            real.fract() == 0.0 && format!("{real:.0}") == whole.to_string()
        }
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn tree(json: &str) -> Result<Tree<'_>, Error> {
    Reader::new(json).tree()
}

#[derive(PartialEq)]
pub(super) enum Tree<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    /// A number beyond a double's range: sign, digits and exponent.
    Decimal(bool, String, i128),
    String(Cow<'a, str>),
    List(Vec<Tree<'a>>),
    Object(BTreeMap<String, Tree<'a>>),
}

impl<'a> Reader<'a> {
    fn tree(&mut self) -> Result<Tree<'a>, Error> {
        Ok(match self.peek() {
            Some(b'"') => Tree::String(self.string()?),
            Some(b'{') => {
                let mut entries = BTreeMap::new();
                let mut more = self.open(b'{', b'}', "an object")?;
                while more {
                    let key = self.key_and_colon()?.into_owned();
                    entries.insert(key, self.tree()?);
                    more = self.more(b'}')?;
                }
                Tree::Object(entries)
            }
            Some(b'[') => {
                let mut items = Vec::new();
                let mut more = self.open(b'[', b']', "a list")?;
                while more {
                    items.push(self.tree()?);
                    more = self.more(b']')?;
                }
                Tree::List(items)
            }
            Some(b'n') => {
                self.null()?;
                Tree::Null
            }
            Some(b't' | b'f') => Tree::Bool(self.bool()?),
            _ => number(self.number("a value")?),
        })
    }
}

fn number(text: &str) -> Tree<'static> {
    if text != "-0"
        && let Ok(integer) = text.parse::<i128>()
        && (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&integer)
    {
        return Tree::Integer(integer);
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Tree::Float(float),
        _ => decimal(text).unwrap_or_else(|| Tree::String(Cow::Owned(text.to_owned()))),
    }
}

/// A number as digits without zeros at either end, and the exponent of the last of them.
pub(super) fn decimal(text: &str) -> Option<Tree<'static>> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = i128::try_from(digits.len().checked_sub(significant.len())?).ok()?;
    let exponent = exponent.parse::<i128>().ok()?.checked_sub(i128::try_from(fraction.len()).ok()?)?;
    Some(Tree::Decimal(negative, significant.trim_start_matches('0').to_owned(), exponent.checked_add(zeros)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_regardless_of_spelling_and_order() {
        for (one, other, equal) in [
            (r#"{"a":1,"b":[ 2 ]}"#, r#"{ "b":[2], "a" : 1 }"#, true),
            (r#""\u00e9\/""#, r#""é/""#, true),
            ("1.50", "1.5", true),
            ("1", "1.0", false),
            ("1", "\"1\"", false),
            ("18446744073709551615", "18446744073709551614", false),
            ("0.1", "0.10000000000000000001", true),
            ("1e400", "10.0E399", true),
            ("1e400", "-1e400", false),
            ("1e400", "1e401", false),
            ("[1,2]", "[2,1]", false),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#, true),
            ("null", "{}", false),
        ] {
            assert_eq!(texts(one, other), equal, "{one} {other}");
            assert_eq!(texts(other, one), equal, "{other} {one}");
        }
    }
}
