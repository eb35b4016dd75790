//! Tuning jobs of Vertex AI.

use super::{CheckedRequest, pages};
use crate::refusal::{Code, Refusal};
use crate::world::{Operation, State, Task, TuningJob, Work, World};
use serde_json::{Value, json};

/// Number of examples of every dataset, since the emulator reads none, and number of examples of a step.
const EXAMPLES: u64 = 500;
const BATCH: u64 = 16;

pub(super) fn create(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let job = make(world, request, request.body.clone())?;
    Ok(world.jobs[&job].render())
}

fn make(world: &mut World, request: &CheckedRequest<'_>, mut fields: Value) -> Result<String, Refusal> {
    let parent = request.name().to_owned();
    location(request, &parent)?;
    if fields.get("baseModel").is_none() && fields.get("preTunedModel").is_none() {
        return Err(Refusal::field("base_model", "required field is missing"));
    }
    let spec =
        ["supervisedTuningSpec", "preferenceOptimizationSpec"].into_iter().find(|spec| fields.get(*spec).is_some());
    let spec = spec.ok_or_else(|| Refusal::field("tuning_spec", "required union is not set"))?;
    for (field, path) in
        [("trainingDatasetUri", "training_dataset_uri"), ("validationDatasetUri", "validation_dataset_uri")]
    {
        match fields[spec].get(field).and_then(Value::as_str) {
            Some(uri) if !uri.starts_with("gs://") => {
                return Err(Refusal::field(path, format!("`{uri}` is not in Cloud Storage")));
            }
            _ => {}
        }
    }
    let epochs = fields[spec].pointer("/hyperParameters/epochCount").and_then(Value::as_str).map(str::parse);
    let epochs = match epochs {
        None => 4,
        Some(Ok(epochs)) if epochs > 0 => epochs,
        Some(_) => return Err(Refusal::field("epoch_count", "less than one")),
    };
    let name = format!("{parent}/tuningJobs/{}", world.digits());
    let (model, endpoint) =
        (format!("{parent}/models/{}@1", world.digits()), format!("{parent}/endpoints/{}", world.digits()));
    let experiment = format!("{parent}/metadataStores/default/contexts/tuning-experiment-{}", world.letters(8));
    fields["name"] = json!(name);
    fields["createTime"] = json!(world.now());
    fields["updateTime"] = json!(world.now());
    let training = world.training(EXAMPLES, epochs, BATCH);
    world.jobs.insert(name.clone(), TuningJob { fields, training, parent, model, endpoint, experiment });
    Ok(name)
}

/// Checks that the location exists.
fn location(request: &CheckedRequest<'_>, parent: &str) -> Result<(), Refusal> {
    let location = parent.rsplit('/').next().unwrap_or_default();
    if request.api.endpoints.iter().any(|endpoint| endpoint.location == location) {
        return Ok(());
    }
    Err(Refusal::field("parent", format!("unknown location `{location}`")))
}

pub(super) fn list(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    location(request, request.name())?;
    let filter = request.parameter("filter").unwrap_or_default();
    let state = filter.split_once("state=").map(|(_, state)| state.trim_matches('"'));
    let jobs = world.jobs.values().filter(|job| job.parent == request.name()).map(TuningJob::render);
    let jobs = jobs.filter(|job| state.is_none_or(|state| job["state"] == state));
    pages::page(request, "tuningJobs", jobs.collect(), 100, 100)
}

pub(super) fn cancel(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let job = world.jobs.get_mut(request.name()).ok_or_else(|| Refusal::not_found(request.name()))?;
    if matches!(job.training.state(), State::Succeeded | State::Failed) {
        let message = format!("`{}` has ended and cannot be cancelled", request.name());
        return Err(Refusal::new(Code::FailedPrecondition, message));
    }
    job.training.cancel();
    Ok(json!({}))
}

pub(super) fn rebase(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let reference = &request.body["tunedModelRef"];
    let named = ["tunedModel", "tuningJob", "pipelineJob"].into_iter().find_map(|field| reference.get(field)?.as_str());
    let named = named.ok_or_else(|| Refusal::field("tuned_model_ref", "required field is missing"))?;
    let of = world.jobs.iter().find(|(name, job)| *name == named || job.model == named);
    let mut fields = of.map(|(_, job)| job.fields.clone()).ok_or_else(|| Refusal::not_found(named))?;
    for (field, value) in request.body["tuningJob"].as_object().into_iter().flatten() {
        fields[field] = value.clone();
    }
    let job = make(world, request, fields)?;
    let now = world.now();
    let metadata = json!({
        "@type": request.type_url("RebaseTunedModelOperationMetadata"),
        "genericMetadata": {"createTime": now, "updateTime": now},
    });
    let mut response = world.jobs[&job].render();
    response["@type"] = json!(request.type_url("TuningJob"));
    let work = Work { polls_left: 3, running: metadata.clone(), ended: metadata, response };
    let name = format!("{job}/operations/{}", world.digits());
    world.operations.insert(name.clone(), Operation::new(Task::Work(Box::new(work))));
    world.operation(&name)
}
