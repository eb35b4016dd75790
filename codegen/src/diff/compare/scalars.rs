//! Relation of two types that are neither schemas nor lists nor maps: numbers by their ranges, text by its format.

use crate::diff::rules::{self, Rule};
use crate::model::{Int, Type};

/// Returns the rule for two types that are neither schemas nor lists nor maps.
pub(super) fn scalars(old: &Type, new: &Type) -> &'static Rule {
    if let (Some(old), Some(new)) = (range(old), range(new)) {
        let is_integer = |range: Range| range.precision == 0;
        return match (old.within(new), new.within(old)) {
            (true, true) => &rules::NUMBER_FORM_CHANGED,
            (true, false) if is_integer(old) && !is_integer(new) => &rules::INTEGER_TO_NUMBER,
            (false, true) if is_integer(new) && !is_integer(old) => &rules::NUMBER_TO_INTEGER,
            (true, false) => &rules::NUMBER_WIDENED,
            (false, true) => &rules::NUMBER_NARROWED,
            (false, false) => &rules::NUMBER_CHANGED,
        };
    }
    match (old, new) {
        (Type::String, new) if is_text(new) => &rules::FORMAT_ADDED,
        (old, Type::String) if is_text(old) => &rules::FORMAT_REMOVED,
        (old, new) if is_text(old) && is_text(new) => &rules::FORMAT_CHANGED,
        _ => &rules::TYPE_CHANGED,
    }
}

/// Returns `true` for two numbers of which one is a JSON string.
pub(super) fn one_number_is_text(old: &Type, new: &Type) -> bool {
    range(old).is_some() && range(new).is_some() && is_text(old) != is_text(new)
}

/// Returns `true` if the type is a JSON string.
fn is_text(ty: &Type) -> bool {
    // Without `_`, so that the compiler asks for each new type.
    match ty {
        Type::String
        | Type::Bytes
        | Type::UrlSafeBytes
        | Type::File
        | Type::Timestamp
        | Type::DateTime
        | Type::Duration
        | Type::FieldMask
        | Type::Date
        | Type::Int(Int::I64 | Int::U64) => true,
        Type::Bool
        | Type::Int(Int::I32 | Int::U32 | Int::I64Number | Int::U64Number)
        | Type::Float
        | Type::Double
        | Type::Any
        | Type::Object
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Schema(_) => false,
    }
}

/// Range of the numbers of a type.
#[derive(Clone, Copy, PartialEq)]
struct Range {
    min: f64,
    max: f64,
    /// 0 for integers, 1 for 32-bit floating-point numbers, 2 for 64-bit ones.
    precision: u8,
}

impl Range {
    fn within(self, other: Self) -> bool {
        self.min >= other.min && self.max <= other.max && self.precision <= other.precision
    }
}

fn range(ty: &Type) -> Option<Range> {
    match ty {
        Type::Int(int) => {
            let (min, max) = int.range();
            Some(Range { min: min as f64, max: max as f64, precision: 0 })
        }
        Type::Float => Some(Range { min: f64::NEG_INFINITY, max: f64::INFINITY, precision: 1 }),
        Type::Double => Some(Range { min: f64::NEG_INFINITY, max: f64::INFINITY, precision: 2 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_their_range() {
        let (small, long, text) = (Type::Int(Int::I32), Type::Int(Int::I64Number), Type::Int(Int::I64));
        assert_eq!(scalars(&long, &text), &rules::NUMBER_FORM_CHANGED);
        assert_eq!(scalars(&small, &text), &rules::NUMBER_WIDENED);
        assert_eq!(scalars(&text, &small), &rules::NUMBER_NARROWED);
        assert_eq!(scalars(&small, &Type::Int(Int::U32)), &rules::NUMBER_CHANGED);
        assert_eq!(scalars(&Type::Float, &Type::Double), &rules::NUMBER_WIDENED);
        assert_eq!(scalars(&long, &Type::Float), &rules::INTEGER_TO_NUMBER);
        assert_eq!(scalars(&Type::Double, &small), &rules::NUMBER_TO_INTEGER);
        assert_eq!(scalars(&Type::Bool, &Type::String), &rules::TYPE_CHANGED);
        assert_eq!(scalars(&Type::Date, &Type::Timestamp), &rules::FORMAT_CHANGED);
    }
}
