//! Permissions on tuned models and corpora.

use super::{Asked, mask, pages};
use crate::refusal::{Code, Refusal};
use crate::world::World;
use serde_json::{Value, json};

/// Whoever calls.
const CALLER: &str = "you@example.com";

/// The one who makes a model owns it.
pub(super) fn own(world: &mut World, model: &str) {
    let name = format!("{model}/permissions/{}", world.digits());
    let permission = json!({"name": name, "granteeType": "USER", "emailAddress": CALLER, "role": "OWNER"});
    world.permissions.insert(name, permission);
}

pub(super) fn create(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let parent = asked.name();
    exists(world, parent)?;
    let everyone = asked.text("granteeType") == Some("EVERYONE");
    if asked.text("role").is_none() {
        return Err(Refusal::field("role", "it is required"));
    }
    if asked.text("role") == Some("OWNER") {
        return Err(Refusal::field("role", "there is one owner: `transferOwnership` makes another"));
    }
    if everyone == asked.text("emailAddress").is_some() {
        return Err(Refusal::field("email_address", "a user or group has one, and everyone has none"));
    }
    let prefix = format!("{parent}/permissions/");
    let same = |p: &Value| p.get("emailAddress") == asked.body.get("emailAddress");
    if world.permissions.iter().any(|(name, permission)| name.starts_with(&prefix) && same(permission)) {
        return Err(Refusal::new(Code::AlreadyExists, "the grantee has a permission already"));
    }
    let name = format!("{prefix}{}", world.digits());
    let mut permission = asked.body.clone();
    permission["name"] = json!(name);
    world.permissions.insert(name, permission.clone());
    Ok(permission)
}

pub(super) fn get(world: &World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    world.permissions.get(asked.name()).cloned().ok_or_else(|| Refusal::not_found(asked.name()))
}

pub(super) fn list(world: &World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    exists(world, asked.name())?;
    let prefix = format!("{}/permissions/", asked.name());
    let found = world.permissions.iter().filter(|(name, _)| name.starts_with(&prefix));
    pages::page(asked, "permissions", found.map(|(_, permission)| permission.clone()).collect(), 10, 1000)
}

pub(super) fn patch(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let permission = world.permissions.get_mut(asked.name()).ok_or_else(|| Refusal::not_found(asked.name()))?;
    mask::apply(asked.api, "Permission", permission, &asked.body, asked.parameter("updateMask"))?;
    Ok(permission.clone())
}

pub(super) fn delete(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let permission = get(world, asked)?;
    if permission["role"] == "OWNER" {
        return Err(Refusal::new(Code::FailedPrecondition, "the owner's permission cannot go"));
    }
    world.permissions.shift_remove(asked.name());
    Ok(json!({}))
}

pub(super) fn transfer(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let model = asked.name();
    exists(world, model)?;
    let heir = asked.text("emailAddress").unwrap_or_default().to_owned();
    let prefix = format!("{model}/permissions/");
    let of_model = world.permissions.iter_mut().filter(|(name, _)| name.starts_with(&prefix));
    let mut known = false;
    for (_, permission) in of_model {
        if permission["emailAddress"] == heir.as_str() {
            permission["role"] = json!("OWNER");
            known = true;
        } else if permission["role"] == "OWNER" {
            permission["role"] = json!("WRITER");
        }
    }
    if !known {
        let name = format!("{prefix}{}", world.digits());
        let owner = json!({"name": name, "granteeType": "USER", "emailAddress": heir, "role": "OWNER"});
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
