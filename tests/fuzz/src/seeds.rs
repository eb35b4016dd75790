//! The documents that the targets start from.

use crate::generator::Given;
use crate::tree::Tree;

/// A Discovery document with every construct.
pub const PARK: &str = include_str!("../../documents/everything/park.json");
/// Its overlay.
pub const PARK_OVERLAY: &str = include_str!("../../documents/everything/park.overlay.toml");
/// Its lock.
pub const PARK_LOCK: &str = include_str!("../../documents/everything/park.lock.toml");
/// An OpenAPI document with every construct.
pub const STORE: &str = include_str!("../../documents/everything/store.json");

/// The Discovery document with its overlay and lock.
#[must_use]
pub fn park() -> Given {
    Given { overlay: Some(PARK_OVERLAY.to_owned()), lock: Some(PARK_LOCK.to_owned()), ..Given::new("park.json", PARK) }
}

/// The OpenAPI document, as JSON.
#[must_use]
pub fn store() -> Given {
    Given::new("store.json", STORE)
}

/// The OpenAPI document, as YAML.
#[must_use]
pub fn store_yaml() -> Given {
    Given::new("store.yaml", Tree::json(STORE).to_yaml())
}
