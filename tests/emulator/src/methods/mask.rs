//! Updates with a field mask.

use crate::refusal::Refusal;
use discovery_codegen::model::{Api, Behavior, Message, Shape, Type};
use heck::{ToLowerCamelCase, ToSnakeCase};
use serde_json::{Map, Value};

/// Sets the fields of `target` that the mask names to those of `change`; without a mask, all fields that `change` has.
/// Output-only fields are not changed; immutable ones are an error.
pub(super) fn apply(
    api: &Api,
    schema: &str,
    target: &mut Value,
    change: &Value,
    mask: Option<&str>,
) -> Result<(), Refusal> {
    let whole: Vec<String>;
    let paths: Vec<&str> = match mask.map(str::trim) {
        Some(mask) if !mask.is_empty() && mask != "*" => mask.split(',').map(str::trim).collect(),
        _ => {
            whole = change.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
            whole.iter().map(String::as_str).collect()
        }
    };
    for path in paths {
        let parts: Vec<String> = path.split('.').map(ToLowerCamelCase::to_lower_camel_case).collect();
        set(api, message(api, schema), target, change, &parts, path)?;
    }
    Ok(())
}

fn message<'a>(api: &'a Api, schema: &str) -> Option<&'a Message> {
    match api.schemas.get(schema).map(|schema| &schema.shape) {
        Some(Shape::Message(message)) => Some(message),
        _ => None,
    }
}

fn set(
    api: &Api,
    within: Option<&Message>,
    target: &mut Value,
    change: &Value,
    parts: &[String],
    path: &str,
) -> Result<(), Refusal> {
    let [name, rest @ ..] = parts else {
        return Ok(());
    };
    let field = within.and_then(|message| message.fields.get(name));
    let Some(field) = field else {
        return Err(Refusal::field("update_mask", format!("unknown field `{path}`")));
    };
    if field.behavior.contains(&Behavior::OutputOnly) {
        return Ok(());
    }
    let new = change.get(name);
    if field.behavior.contains(&Behavior::Immutable) && new.is_some_and(|new| target.get(name) != Some(new)) {
        return Err(Refusal::field(&path.to_snake_case(), "immutable field"));
    }
    let Value::Object(target) = target else {
        return Ok(());
    };
    if !rest.is_empty() {
        let inner = match api.resolve(&field.ty) {
            Type::Schema(name) => message(api, name),
            _ => None,
        };
        let target = target.entry(name.clone()).or_insert_with(|| Value::Object(Map::new()));
        return set(api, inner, target, new.unwrap_or(&Value::Null), rest, path);
    }
    match new {
        Some(new) => drop(target.insert(name.clone(), new.clone())),
        None => drop(target.remove(name)),
    }
    Ok(())
}
