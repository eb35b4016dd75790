//! Methods of `google.longrunning.Operations`.

use super::{CheckedRequest, pages};
use crate::refusal::{Code, Refusal};
use crate::world::{Task, World};
use serde_json::{Value, json};

pub(super) fn list(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let prefix = format!("{}/operations/", request.name());
    let names = world.operations.keys().filter(|name| name.starts_with(&prefix));
    let operations = names.map(|name| world.operation(name)).collect::<Result<Vec<_>, _>>()?;
    pages::page(request, "operations", operations, 100, 1000)
}

pub(super) fn cancel(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let operation = world.operations.get_mut(request.name()).ok_or_else(|| Refusal::not_found(request.name()))?;
    match &operation.task {
        Task::Training { model } => {
            if let Some(model) = world.tuned_models.get_mut(model) {
                model.training.cancel();
            }
        }
        Task::Work(work) => operation.cancelled |= work.polls_left > 0,
    }
    Ok(json!({}))
}

pub(super) fn wait(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let operation = world.operations.get_mut(request.name()).ok_or_else(|| Refusal::not_found(request.name()))?;
    operation.finish();
    world.operation(request.name())
}

pub(super) fn delete(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let name = request.name();
    if world.operation(name)?.get("done").is_none() {
        return Err(Refusal::new(Code::FailedPrecondition, format!("`{name}` is still running")));
    }
    world.operations.shift_remove(name);
    Ok(json!({}))
}
