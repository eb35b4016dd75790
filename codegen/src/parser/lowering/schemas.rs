//! Inline schemas and aliases.

use crate::model::{Home, Schema, Shape};
use std::collections::BTreeMap;

/// Returns the name of an inline schema.
pub(crate) fn inline_name(home: &Home) -> String {
    match home {
        Home::Top => String::new(),
        Home::Property { schema, property } => format!("{schema}.{property}"),
        Home::Parameter { method, parameter } => format!("{method}({parameter})"),
    }
}

/// Returns every alias that resolves to itself, and so has no type, with the message of its error.
pub(crate) fn alias_cycles(schemas: &BTreeMap<String, Schema>) -> Vec<(&Schema, String)> {
    let mut found = Vec::new();
    for (name, schema) in schemas {
        let mut seen = vec![name.as_str()];
        let mut at = name.as_str();
        while let Some(Schema { shape: Shape::Alias(ty), .. }) = schemas.get(at) {
            let Some(next) = ty.schema() else { break };
            if next == name {
                let path = seen.iter().chain([&next]).copied().collect::<Vec<_>>().join(" → ");
                found.push((schema, format!("`{name}` is an alias of itself: {path}")));
                break;
            }
            if seen.contains(&next) {
                break;
            }
            seen.push(next);
            at = next;
        }
    }
    found
}
