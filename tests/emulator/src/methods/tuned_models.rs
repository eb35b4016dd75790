//! Tuned models of the Gemini and PaLM APIs.

use super::{CheckedRequest, mask, models, pages, permissions};
use crate::refusal::{Code, Refusal};
use crate::world::{Operation, State, Task, TunedModel, World};
use serde_json::{Value, json};

/// Maximum length of a display name, in characters.
const DISPLAY_NAME: usize = 40;

pub(super) fn create(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let mut fields = request.body.clone();
    source(world, &mut fields)?;
    let display_name = request.text("displayName").unwrap_or("tuned model").to_owned();
    if display_name.chars().count() > DISPLAY_NAME {
        return Err(Refusal::field("display_name", format!("longer than {DISPLAY_NAME} characters")));
    }
    let examples = examples(&fields);
    if examples.is_empty() {
        return Err(Refusal::field("tuning_task.training_data", "no examples"));
    }
    let name = match request.parameter("tunedModelId") {
        Some(id) => format!("tunedModels/{}", checked(id)?),
        None => format!("tunedModels/{}-{}", id_of(&display_name), world.letters(12)),
    };
    if world.tuned_models.contains_key(&name) {
        return Err(Refusal::new(Code::AlreadyExists, format!("`{name}` already exists")));
    }
    let hyperparameters = hyperparameters(&fields)?;
    let number = |field: &str| hyperparameters[field].as_u64().unwrap_or(1);
    let training = world.training(examples.len() as u64, number("epochCount"), number("batchSize"));
    fields["tuningTask"] = json!({"hyperparameters": hyperparameters});
    fields["name"] = json!(name);
    fields["createTime"] = json!(world.now());
    fields["updateTime"] = json!(world.now());
    for (field, usual) in [("temperature", json!(0.7)), ("topP", json!(0.95)), ("topK", json!(40))] {
        if fields.get(field).is_none() {
            fields[field] = usual;
        }
    }
    let model = TunedModel { fields, training, examples, version: request.api.version.clone() };
    world.tuned_models.insert(name.clone(), model);
    permissions::own(world, &name);
    let operation = format!("{name}/operations/{}", world.letters(12));
    world.operations.insert(operation.clone(), Operation::new(Task::Training { model: name }));
    world.operation(&operation)
}

/// Checks the source of the model: a tunable model of the service, or a tuned model that is ready.
fn source(world: &World, fields: &mut Value) -> Result<(), Refusal> {
    if let Some(base) = fields.get("baseModel").and_then(Value::as_str) {
        let row = models::find(base).ok_or_else(|| Refusal::not_found(base))?;
        return if models::is_tunable(row) {
            Ok(())
        } else {
            Err(Refusal::field("base_model", format!("`{base}` cannot be tuned")))
        };
    }
    let Some(source) = fields.pointer("/tunedModelSource/tunedModel").and_then(Value::as_str) else {
        return Err(Refusal::field("source_model", "one of `base_model` and `tuned_model_source` is required"));
    };
    let model = ready(world, source)?;
    let base = model.fields.get("baseModel").or_else(|| model.fields.pointer("/tunedModelSource/baseModel"));
    let base = base.cloned().unwrap_or_default();
    fields["tunedModelSource"]["baseModel"] = base;
    Ok(())
}

fn examples(fields: &Value) -> Vec<(String, String)> {
    let list = fields.pointer("/tuningTask/trainingData/examples/examples").and_then(Value::as_array);
    let text = |example: &Value, field: &str| example[field].as_str().unwrap_or_default().to_owned();
    list.into_iter().flatten().map(|example| (text(example, "textInput"), text(example, "output"))).collect()
}

fn hyperparameters(fields: &Value) -> Result<Value, Refusal> {
    let mut result = fields.pointer("/tuningTask/hyperparameters").cloned().unwrap_or_else(|| json!({}));
    for (field, usual) in [("epochCount", 5), ("batchSize", 4)] {
        match result.get(field).and_then(Value::as_i64) {
            None => result[field] = json!(usual),
            Some(number) if number > 0 => {}
            Some(_) => {
                let path = format!(
                    "tuning_task.hyperparameters.{}",
                    if field == "batchSize" { "batch_size" } else { "epoch_count" }
                );
                return Err(Refusal::field(&path, "less than one"));
            }
        }
    }
    if result.get("learningRate").is_none() && result.get("learningRateMultiplier").is_none() {
        result["learningRate"] = json!(0.001);
    }
    Ok(result)
}

/// Returns a display name in kebab case.
fn id_of(display_name: &str) -> String {
    let plain: String =
        display_name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let id = plain.split_whitespace().collect::<Vec<_>>().join("-");
    if id.starts_with(|c: char| c.is_ascii_lowercase()) { id } else { format!("m{id}") }
}

/// Checks an identifier chosen by the caller.
fn checked(id: &str) -> Result<&str, Refusal> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let begins = id.starts_with(|c: char| c.is_ascii_lowercase());
    if begins && id.len() <= 40 && id.chars().all(good) && !id.ends_with('-') {
        return Ok(id);
    }
    Err(Refusal::field("tuned_model_id", "does not match `[a-z]([a-z0-9-]{0,38}[a-z0-9])?`"))
}

/// Returns a model that is ready for use.
pub(super) fn ready<'w>(world: &'w World, name: &str) -> Result<&'w TunedModel, Refusal> {
    let model = world.tuned_models.get(name).ok_or_else(|| Refusal::not_found(name))?;
    match model.training.state() {
        State::Succeeded => Ok(model),
        _ => Err(Refusal::new(Code::FailedPrecondition, format!("`{name}` is not ready: its state is not ACTIVE"))),
    }
}

pub(super) fn get(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    world.poll_tuned_model(request.name()).map(TunedModel::render)
}

pub(super) fn list(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let filter = request.parameter("filter").unwrap_or_default();
    let found = world.tuned_models.values().map(TunedModel::render).filter(|model| matches(world, model, filter));
    pages::page(request, "tunedModels", found.collect(), 10, 1000)
}

/// Returns `true` if a model matches each term of a filter: `owner:me`, `readers:everyone`, or part of its display
/// name or description, ignoring case.
fn matches(world: &World, model: &Value, filter: &str) -> bool {
    let prefix = format!("{}/permissions/", model["name"].as_str().unwrap_or_default());
    let granted = |to: &dyn Fn(&Value) -> bool| {
        world.permissions.iter().any(|(name, permission)| name.starts_with(&prefix) && to(permission))
    };
    filter.split_whitespace().all(|term| match term.split_once(':') {
        Some((_, "everyone")) => granted(&|permission| permission["granteeType"] == "EVERYONE"),
        Some(("owner", "me")) => granted(&|permission| permission["role"] == "OWNER"),
        Some((_, "me")) => true,
        _ => ["displayName", "description"]
            .iter()
            .any(|field| model[*field].as_str().is_some_and(|text| text.to_lowercase().contains(&term.to_lowercase()))),
    })
}

pub(super) fn patch(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let now = world.now();
    let model = world.tuned_models.get_mut(request.name()).ok_or_else(|| Refusal::not_found(request.name()))?;
    mask::apply(request.api, "TunedModel", &mut model.fields, &request.body, request.parameter("updateMask"))?;
    model.fields["updateTime"] = json!(now);
    Ok(model.render())
}

pub(super) fn delete(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let name = request.name();
    world.tuned_models.shift_remove(name).ok_or_else(|| Refusal::not_found(name))?;
    let prefix = format!("{name}/");
    world.permissions.retain(|permission, _| !permission.starts_with(&prefix));
    world.operations.retain(|operation, _| !operation.starts_with(&prefix));
    Ok(json!({}))
}
