//! Checks of the arguments of a call, which generated code does by its types.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Api, Int, Method, Type};
use discovery_runtime::serde_json::Value;
use std::collections::BTreeMap;

/// Returns `true` if a call of a method must have a body. A message of protobuf may be empty, and the body with it.
pub(super) fn requires_body(api: &Api, method: &Method) -> bool {
    !api.versioned && method.request.is_some() && !method.request_optional
}

/// Checks the values of the parameters of a method. Values of enumerations are not checked: a later revision may have
/// more.
///
/// # Errors
/// Values of another type, and several values of a parameter that takes one.
pub(super) fn check(
    api: &Api,
    name: &str,
    method: &Method,
    parameters: &[(String, String)],
) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (parameter, value) in parameters {
        let Some(stated) = method.parameters.get(parameter) else {
            // Members of structured parameters, parameters of all methods, and unknown ones.
            if api.parameters.contains_key(parameter) {
                let count = counts.entry(parameter).or_default();
                *count = count.saturating_add(1);
            }
            continue;
        };
        if api.is_structured(stated) {
            if let Err(message) = structured(api, &stated.ty, value) {
                faults.push(Diagnostic::error(format!("`{parameter}` of `{name}`: {message}")));
            }
            continue;
        }
        if !stated.repeated {
            let count = counts.entry(parameter).or_default();
            *count = count.saturating_add(1);
        }
        if !fits(api, &stated.ty, value) {
            let expected = api.resolve(&stated.ty).words(&str::to_owned);
            faults.push(Diagnostic::error(format!("`{parameter}` of `{name}` is {expected}, not `{value}`")));
        }
    }
    for (parameter, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        faults.push(Diagnostic::error(format!("`{parameter}` of `{name}` takes one value, not {count}")));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}

/// Returns `true` if a text is a value of a type of one value.
fn fits(api: &Api, ty: &Type, text: &str) -> bool {
    match api.resolve(ty) {
        Type::Bool => matches!(text, "true" | "false"),
        Type::Int(Int::I32) => text.parse::<i32>().is_ok(),
        Type::Int(Int::U32) => text.parse::<u32>().is_ok(),
        Type::Int(Int::I64 | Int::I64Number) => text.parse::<i64>().is_ok(),
        Type::Int(Int::U64 | Int::U64Number) => text.parse::<u64>().is_ok(),
        Type::Float | Type::Double => text.parse::<f64>().is_ok(),
        Type::Nullable(inner) => text.is_empty() || text == "null" || fits(api, inner, text),
        _ => true,
    }
}

/// Checks JSON of a structured parameter.
fn structured(api: &Api, ty: &Type, text: &str) -> Result<(), String> {
    if !text.starts_with(['{', '[']) {
        return Ok(());
    }
    let value: Value =
        discovery_runtime::serde_json::from_str(text).map_err(|error| format!("invalid JSON: {error}"))?;
    let source = std::sync::Arc::new(crate::source::Source::new("--param", text));
    let ty = match api.resolve(ty) {
        Type::List(inner) if !value.is_array() => inner.as_ref(),
        ty => ty,
    };
    match super::body::read(api, ty, &source) {
        Ok(_) => Ok(()),
        Err(faults) => {
            let first = faults.0.into_iter().next();
            Err(first.map_or_else(String::new, |fault| match fault.help {
                Some(help) => format!("{} ({help})", fault.message),
                None => fault.message,
            }))
        }
    }
}
