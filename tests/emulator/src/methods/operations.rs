//! Operations.

use super::{Asked, pages};
use crate::refusal::{Code, Refusal};
use crate::world::{Task, World};
use serde_json::{Value, json};

pub(super) fn list(world: &World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let prefix = format!("{}/operations/", asked.name());
    let names = world.operations.keys().filter(|name| name.starts_with(&prefix));
    let operations = names.map(|name| world.operation(name)).collect::<Result<Vec<_>, _>>()?;
    pages::page(asked, "operations", operations, 100, 1000)
}

pub(super) fn cancel(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let operation = world.operations.get_mut(asked.name()).ok_or_else(|| Refusal::not_found(asked.name()))?;
    match &operation.task {
        Task::Training { model } => {
            if let Some(model) = world.tuned_models.get_mut(model) {
                model.training.cancel();
            }
        }
        Task::Work(work) => operation.cancelled |= work.looks_left > 0,
    }
    Ok(json!({}))
}

pub(super) fn wait(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let operation = world.operations.get_mut(asked.name()).ok_or_else(|| Refusal::not_found(asked.name()))?;
    operation.finish();
    world.operation(asked.name())
}

pub(super) fn delete(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let name = asked.name();
    if world.operation(name)?.get("done").is_none() {
        return Err(Refusal::new(Code::FailedPrecondition, format!("`{name}` goes on")));
    }
    world.operations.shift_remove(name);
    Ok(json!({}))
}
