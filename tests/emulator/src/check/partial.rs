//! Partial responses: the parameter `fields`.

use super::find;
use crate::refusal::Refusal;
use discovery_codegen::model::{Api, Method, Shape, Type};
use serde_json::Value;

/// Selection from a value: a name or `*`, with the selections within it; without any, the whole value.
pub(crate) struct Selection<'t> {
    name: &'t str,
    within: Vec<Selection<'t>>,
}

/// Parses `fields`, such as `tunedModels(name,tuningTask/snapshots/step),nextPageToken`.
pub(crate) fn selections<'t>(api: &Api, method: &Method, fields: &'t str) -> Result<Vec<Selection<'t>>, Refusal> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let refusal = |description: String| Refusal::field("fields", description);
    let mut rest = fields;
    let selections = list(&mut rest).filter(|_| rest.is_empty());
    let selections = selections.ok_or_else(|| refusal(format!("{fields:?} is not a list of fields")))?;
    if let Some(ty) = &method.response {
        check(api, ty, &selections).map_err(|name| refusal(format!("unknown field `{name}`")))?;
    }
    Ok(selections)
}

/// Parses `one,other(within,within),other/within`.
fn list<'t>(rest: &mut &'t str) -> Option<Vec<Selection<'t>>> {
    let mut selections = vec![one(rest)?];
    while let Some(next) = rest.strip_prefix(',') {
        *rest = next;
        selections.push(one(rest)?);
    }
    Some(selections)
}

fn one<'t>(rest: &mut &'t str) -> Option<Selection<'t>> {
    let (name, after) = rest.split_at(rest.find([',', '/', '(', ')']).unwrap_or(rest.len()));
    *rest = after;
    let mut within = Vec::new();
    if let Some(next) = rest.strip_prefix('/') {
        *rest = next;
        within.push(one(rest)?);
    } else if let Some(next) = rest.strip_prefix('(') {
        *rest = next;
        within = list(rest)?;
        *rest = rest.strip_prefix(')')?;
    }
    let name = name.trim();
    (!name.is_empty()).then_some(Selection { name, within })
}

/// Checks the selections; the error is the first name that the type does not have.
fn check<'t>(api: &Api, ty: &Type, selections: &[Selection<'t>]) -> Result<(), &'t str> {
    selections.iter().try_for_each(|selection| {
        let inner = match api.resolve(ty) {
            Type::Any | Type::Object => return Ok(()),
            Type::List(item) => return check(api, item, std::slice::from_ref(selection)),
            Type::Map(value) => (**value).clone(),
            Type::Schema(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
                Some(Shape::Message(_)) if selection.name == "*" && selection.within.is_empty() => return Ok(()),
                Some(Shape::Message(message)) if selection.name == "*" => {
                    // A name of any alternative can be selected.
                    let mut found = message.fields.values().map(|field| check(api, &field.ty, &selection.within));
                    return found.find(Result::is_ok).unwrap_or(Err(selection.name));
                }
                Some(Shape::Message(message)) => match (find(message, selection.name), &message.additional) {
                    (Some((_, field)), _) => field.ty.clone(),
                    (None, Some(additional)) => additional.clone(),
                    (None, None) => return Err(selection.name),
                },
                _ => return Err(selection.name),
            },
            _ => return Err(selection.name),
        };
        check(api, &inner, &selection.within)
    })
}

/// Removes from a value everything that is not selected. Without selections, nothing is removed.
pub(crate) fn keep(value: &mut Value, selections: &[Selection<'_>]) {
    match value {
        _ if selections.is_empty() => {}
        Value::Array(items) => items.iter_mut().for_each(|item| keep(item, selections)),
        Value::Object(fields) => fields.retain(|name, value| {
            let is_it = |selection: &&Selection<'_>| selection.name == "*" || super::names(selection.name, name);
            let Some(selection) = selections.iter().find(is_it) else {
                return false;
            };
            keep(value, &selection.within);
            // Objects without remaining fields are omitted.
            selection.within.is_empty() || !matches!(value, Value::Object(left) if left.is_empty())
        }),
        _ => {}
    }
}
