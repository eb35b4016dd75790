//! Documents from which the targets start.

use crate::generator::TestInput;
use crate::tree::Tree;

/// Discovery document with every construct.
pub const PARK: &str = include_str!("../../documents/everything/park.json");
/// Overlay of [`PARK`].
pub const PARK_OVERLAY: &str = include_str!("../../documents/everything/park.overlay.toml");
/// Lock of [`PARK`].
pub const PARK_LOCK: &str = include_str!("../../documents/everything/park.lock.toml");
/// OpenAPI document with every construct.
pub const STORE: &str = include_str!("../../documents/everything/store.json");

/// Returns the Discovery document with its overlay and lock.
#[must_use]
pub fn park() -> TestInput {
    TestInput {
        overlay: Some(PARK_OVERLAY.to_owned()),
        lock: Some(PARK_LOCK.to_owned()),
        ..TestInput::new("park.json", PARK)
    }
}

/// Returns the OpenAPI document as JSON.
#[must_use]
pub fn store() -> TestInput {
    TestInput::new("store.json", STORE)
}

/// Returns the OpenAPI document as YAML.
#[must_use]
pub fn store_yaml() -> TestInput {
    TestInput::new("store.yaml", Tree::json(STORE).to_yaml())
}
