//! Permissions on tuned models and corpora.

use super::{CheckedRequest, mask, pages};
use crate::refusal::{Code, Refusal};
use crate::world::World;
use serde_json::{Value, json};

/// Email address of the caller.
const CALLER: &str = "you@example.com";

/// Makes the caller the owner of a model.
pub(super) fn own(world: &mut World, model: &str) {
    let name = format!("{model}/permissions/{}", world.digits());
    let permission = json!({"name": name, "granteeType": "USER", "emailAddress": CALLER, "role": "OWNER"});
    world.permissions.insert(name, permission);
}

pub(super) fn create(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let parent = request.name();
    exists(world, parent)?;
    let everyone = request.text("granteeType") == Some("EVERYONE");
    if request.text("role").is_none() {
        return Err(Refusal::field("role", "required field is missing"));
    }
    if request.text("role") == Some("OWNER") {
        return Err(Refusal::field("role", "a model has one owner; use `transferOwnership`"));
    }
    if everyone == request.text("emailAddress").is_some() {
        return Err(Refusal::field("email_address", "required for a user or group, not allowed for everyone"));
    }
    let prefix = format!("{parent}/permissions/");
    let same = |p: &Value| p.get("emailAddress") == request.body.get("emailAddress");
    if world.permissions.iter().any(|(name, permission)| name.starts_with(&prefix) && same(permission)) {
        return Err(Refusal::new(Code::AlreadyExists, "the grantee already has a permission"));
    }
    let name = format!("{prefix}{}", world.digits());
    let mut permission = request.body.clone();
    permission["name"] = json!(name);
    world.permissions.insert(name, permission.clone());
    Ok(permission)
}

pub(super) fn get(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    world.permissions.get(request.name()).cloned().ok_or_else(|| Refusal::not_found(request.name()))
}

pub(super) fn list(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    exists(world, request.name())?;
    let prefix = format!("{}/permissions/", request.name());
    let found = world.permissions.iter().filter(|(name, _)| name.starts_with(&prefix));
    pages::page(request, "permissions", found.map(|(_, permission)| permission.clone()).collect(), 10, 1000)
}

pub(super) fn patch(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let permission = world.permissions.get_mut(request.name()).ok_or_else(|| Refusal::not_found(request.name()))?;
    mask::apply(request.api, "Permission", permission, &request.body, request.parameter("updateMask"))?;
    Ok(permission.clone())
}

pub(super) fn delete(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let permission = get(world, request)?;
    if permission["role"] == "OWNER" {
        return Err(Refusal::new(Code::FailedPrecondition, "the permission of the owner cannot be deleted"));
    }
    world.permissions.shift_remove(request.name());
    Ok(json!({}))
}

pub(super) fn transfer(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let model = request.name();
    exists(world, model)?;
    let new_owner = request.text("emailAddress").unwrap_or_default().to_owned();
    let prefix = format!("{model}/permissions/");
    let of_model = world.permissions.iter_mut().filter(|(name, _)| name.starts_with(&prefix));
    let mut known = false;
    for (_, permission) in of_model {
        if permission["emailAddress"] == new_owner.as_str() {
            permission["role"] = json!("OWNER");
            known = true;
        } else if permission["role"] == "OWNER" {
            permission["role"] = json!("WRITER");
        }
    }
    if !known {
        let name = format!("{prefix}{}", world.digits());
        let owner = json!({"name": name, "granteeType": "USER", "emailAddress": new_owner, "role": "OWNER"});
        world.permissions.insert(name, owner);
    }
    Ok(json!({}))
}

/// Checks that the parent of permissions exists. No method creates corpora, so any corpus is accepted.
fn exists(world: &World, name: &str) -> Result<(), Refusal> {
    if name.starts_with("corpora/") || world.tuned_models.contains_key(name) {
        Ok(())
    } else {
        Err(Refusal::not_found(name))
    }
}
