//! Values that constraints accept.

use crate::model::{Api, Shape, Type};
use serde_json::Value;

/// Largest number of bytes of a compiled pattern.
const PATTERN_SIZE: usize = 1 << 16;

/// Returns `true` if a constraint accepts all of some texts; false if that is not known.
pub(super) fn accepts(key: &str, constraint: &Value, texts: &[&str]) -> bool {
    let size = |text: &str| u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    match (key, constraint) {
        ("minLength", Value::Number(least)) => texts.iter().all(|text| Some(size(text)) >= least.as_u64()),
        ("maxLength", Value::Number(most)) => texts.iter().all(|text| most.as_u64().is_some_and(|n| size(text) <= n)),
        ("pattern", Value::String(pattern)) => {
            let pattern = regex_lite::RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build();
            pattern.is_ok_and(|pattern| texts.iter().all(|text| pattern.is_match(text)))
        }
        _ => false,
    }
}

/// Returns the values of an enum, or of lists or maps of one.
pub(super) fn enum_values<'a>(api: &'a Api, ty: &'a Type) -> Option<Vec<&'a str>> {
    let mut ty = api.resolve(ty);
    while let Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
        ty = api.resolve(inner);
    }
    match api.shape(ty.schema()?) {
        Some(Shape::Enum(of)) => Some(of.values.iter().map(|value| value.name.as_str()).collect()),
        _ => None,
    }
}

/// Returns `true` if no value matches both of two patterns of names, such as `^plants/[^/]+$`; false if that is not obvious.
pub(super) fn are_disjoint(one: &str, other: &str) -> bool {
    let segments = |pattern: &str| -> Option<Vec<Option<String>>> {
        let inner = pattern.strip_prefix('^')?.strip_suffix('$')?.replace("[^/]+", "\0");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '~');
        let segment = |segment: &str| match segment {
            "\0" => Some(None),
            text => (!text.is_empty() && text.chars().all(is_plain)).then(|| Some(text.to_owned())),
        };
        inner.split('/').map(segment).collect()
    };
    let (Some(one), Some(other)) = (segments(one), segments(other)) else { return false };
    let differ = |(a, b): (&Option<String>, &Option<String>)| a.is_some() && b.is_some() && a != b;
    one.len() != other.len() || one.iter().zip(&other).any(differ)
}
