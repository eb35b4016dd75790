//! How two types relate: what an old client that writes or reads the one makes of the other.

use super::Comparison;
use crate::diff::verdict::Wire;
use crate::model::{Int, Shape, Type};
use std::collections::HashSet;

/// How the new type relates to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are one; what changed within it is told where it is.
    Same,
    /// They differ as this rule says.
    Rule(&'static str),
    /// They are schemas with other names: what that means for requests and for replies.
    Reference(Wire, Wire),
}

impl Relation {
    /// The rule, once it is known who carries the type.
    pub(super) fn rule(self, sends: bool, gets: bool) -> Option<&'static str> {
        match self {
            Relation::Same => None,
            Relation::Rule(rule) => Some(rule),
            Relation::Reference(request, response) => {
                let request = if sends { request } else { Wire::Safe };
                let response = if gets { response } else { Wire::Safe };
                Some(match request.max(response) {
                    Wire::Safe => "reference-changed",
                    Wire::Risky => "reference-changed-risky",
                    Wire::Breaking => "reference-changed-breaking",
                })
            }
        }
    }

    fn wires(self) -> (Wire, Wire) {
        match self {
            Relation::Same => (Wire::Safe, Wire::Safe),
            Relation::Rule(rule) => {
                let rule = crate::diff::rules::rule(rule);
                (rule.request, rule.response)
            }
            Relation::Reference(request, response) => (request, response),
        }
    }
}

impl Comparison<'_> {
    pub(super) fn relation(&self, old: &Type, new: &Type) -> Relation {
        self.relate(old, new, &mut HashSet::new())
    }

    fn relate(&self, old: &Type, new: &Type, seen: &mut HashSet<(String, String)>) -> Relation {
        use Relation::{Reference, Rule, Same};
        if let (Type::Schema(a), Type::Schema(b)) = (old, new)
            && self.renames.schema(a) == Some(b)
        {
            return Same;
        }
        match (self.old.resolve(old), self.new.resolve(new)) {
            (Type::Schema(a), Type::Schema(b)) => {
                if self.renames.schema(a) == Some(b) {
                    // One side has an alias in between, which has no name in Rust.
                    return Same;
                }
                let (request, response) = self.judge(a, b, seen);
                Reference(request, response)
            }
            (a, b) if a == b => Same,
            (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => self.relate(a, b, seen),
            (Type::Schema(a), Type::String) if self.is_enum(self.old, a) => Rule("enum-opened-to-text"),
            (Type::String, Type::Schema(b)) if self.is_enum(self.new, b) => Rule("enum-closed-over-text"),
            (Type::Any, _) => Rule("type-closed"),
            (_, Type::Any) => Rule("type-opened"),
            (Type::Object, b) if self.is_object(self.new, b) => Rule("type-closed"),
            (a, Type::Object) if self.is_object(self.old, a) => Rule("type-opened"),
            (Type::List(_), _) | (_, Type::List(_)) => Rule("list-changed"),
            (Type::Map(_) | Type::Object, _) | (_, Type::Map(_) | Type::Object) => Rule("map-changed"),
            (a, b) => Rule(scalars(a, b)),
        }
    }

    fn is_enum(&self, api: &crate::model::Api, name: &str) -> bool {
        api.schemas.get(name).is_some_and(|s| matches!(s.shape, Shape::Enum(_)))
    }

    fn is_object(&self, api: &crate::model::Api, ty: &Type) -> bool {
        match ty {
            Type::Map(_) => true,
            Type::Schema(name) => api.schemas.get(name).is_some_and(|s| matches!(s.shape, Shape::Message(_))),
            _ => false,
        }
    }

    /// What an old client that knows one schema makes of another, in requests and in replies.
    fn judge(&self, old: &str, new: &str, seen: &mut HashSet<(String, String)>) -> (Wire, Wire) {
        if !seen.insert((old.to_owned(), new.to_owned())) {
            return (Wire::Safe, Wire::Safe);
        }
        let (Some(a), Some(b)) = (self.old.schemas.get(old), self.new.schemas.get(new)) else {
            return (Wire::Breaking, Wire::Breaking);
        };
        match (&a.shape, &b.shape) {
            (Shape::Message(a), Shape::Message(b)) => {
                let mut wires = (Wire::Safe, Wire::Safe);
                let mut worse = |request: Wire, response: Wire| wires = (wires.0.max(request), wires.1.max(response));
                for (name, field) in &a.fields {
                    match b.fields.get(name) {
                        Some(other) => {
                            let (request, response) = self.relate(&field.ty, &other.ty, seen).wires();
                            worse(request, response);
                        }
                        None => worse(Wire::Breaking, Wire::Risky),
                    }
                }
                let needs = |f: &crate::model::Field| f.behavior.contains(&crate::model::Behavior::Required);
                if b.fields.iter().any(|(name, f)| needs(f) && !a.fields.get(name).is_some_and(needs)) {
                    worse(Wire::Breaking, Wire::Safe);
                }
                wires
            }
            (Shape::Enum(a), Shape::Enum(b)) => {
                let lost = a.values.iter().any(|v| !b.values.iter().any(|w| w.name == v.name));
                (if lost { Wire::Breaking } else { Wire::Safe }, Wire::Safe)
            }
            _ => (Wire::Breaking, Wire::Breaking),
        }
    }
}

/// The rule for two types that are neither schemas nor lists nor maps.
fn scalars(old: &Type, new: &Type) -> &'static str {
    if let (Some(a), Some(b)) = (range(old), range(new)) {
        return match (a.within(b), b.within(a)) {
            (true, true) => "number-form-changed",
            (true, false) => "number-widened",
            (false, true) => "number-narrowed",
            (false, false) => "number-changed",
        };
    }
    match (old, new) {
        (Type::String, b) if is_text(b) => "format-added",
        (a, Type::String) if is_text(a) => "format-removed",
        (a, b) if is_text(a) && is_text(b) => "format-changed",
        _ => "type-changed",
    }
}

/// Whether the wire has it as text.
fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String
            | Type::Bytes
            | Type::File
            | Type::Timestamp
            | Type::Duration
            | Type::FieldMask
            | Type::Date
            | Type::Int(Int::I64 | Int::U64)
    )
}

/// The numbers that a type holds: whole ones between powers of two, and whether it holds others.
#[derive(Clone, Copy, PartialEq)]
struct Range {
    least: f64,
    most: f64,
    fraction: u8,
}

impl Range {
    fn within(self, other: Self) -> bool {
        self.least >= other.least && self.most <= other.most && self.fraction <= other.fraction
    }
}

fn range(ty: &Type) -> Option<Range> {
    let whole = |least: f64, most: f64| Some(Range { least, most, fraction: 0 });
    match ty {
        Type::Int(Int::I32) => whole(-(2f64.powi(31)), 2f64.powi(31)),
        Type::Int(Int::U32) => whole(0.0, 2f64.powi(32)),
        Type::Int(Int::I64 | Int::I64Number) => whole(-(2f64.powi(63)), 2f64.powi(63)),
        Type::Int(Int::U64 | Int::U64Number) => whole(0.0, 2f64.powi(64)),
        Type::Float => Some(Range { least: f64::NEG_INFINITY, most: f64::INFINITY, fraction: 1 }),
        Type::Double => Some(Range { least: f64::NEG_INFINITY, most: f64::INFINITY, fraction: 2 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_what_they_hold() {
        let (small, long, text) = (Type::Int(Int::I32), Type::Int(Int::I64Number), Type::Int(Int::I64));
        assert_eq!(scalars(&long, &text), "number-form-changed");
        assert_eq!(scalars(&small, &text), "number-widened");
        assert_eq!(scalars(&text, &small), "number-narrowed");
        assert_eq!(scalars(&small, &Type::Int(Int::U32)), "number-changed");
        assert_eq!(scalars(&Type::Float, &Type::Double), "number-widened");
        assert_eq!(scalars(&Type::Bool, &Type::String), "type-changed");
        assert_eq!(scalars(&Type::Date, &Type::Timestamp), "format-changed");
    }
}
