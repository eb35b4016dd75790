//! Kinds of changes and their verdicts: one static for each rule.
//!
//! The verdict for Rust applies to the output of this generator: structs and enums are `#[non_exhaustive]`, fields are
//! `Option`, `Vec` or a map, every message outside of those is boxed, unknown values and properties are kept, required
//! parameters are arguments and others are `with_*` setters.

mod api;
mod choices;
mod constraints;
mod enums;
mod media;
mod methods;
mod parameters;
mod properties;
mod responses;
mod rust;
mod schemas;
mod types;
mod unions;
mod webhooks;

pub use api::*;
pub use choices::*;
pub use constraints::*;
pub use enums::*;
pub use media::*;
pub use methods::*;
pub use parameters::*;
pub use properties::*;
pub use responses::*;
pub use rust::*;
pub use schemas::*;
pub use types::*;
pub use unions::*;
pub use webhooks::*;

use super::verdict::{Bump, WireCompatibility};

/// Kind of change, with its verdicts.
#[derive(Debug)]
pub struct Rule {
    /// Name in reports: `property-removed`.
    pub id: &'static str,
    /// Verdict for the wire if requests of old clients contain the changed item.
    pub request: WireCompatibility,
    /// Verdict for the wire if responses to old clients contain the changed item.
    pub response: WireCompatibility,
    /// Verdict for the generated crate.
    pub rust: Bump,
    /// Reason for the verdicts, in one or more sentences.
    pub rationale: &'static str,
    /// Example of the change, in one sentence.
    pub example: &'static str,
}

impl Rule {
    /// Returns the verdict for an old client that sends the changed item, receives it, both or neither.
    pub fn wire(&self, sends: bool, receives: bool) -> WireCompatibility {
        let request = if sends { self.request } else { WireCompatibility::Safe };
        let response = if receives { self.response } else { WireCompatibility::Safe };
        request.max(response)
    }
}

/// Rules are equal if they are the same static.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Rule {}

/// Returns every rule, by topic.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        api::ALL,
        methods::ALL,
        responses::ALL,
        webhooks::ALL,
        media::ALL,
        parameters::ALL,
        schemas::ALL,
        properties::ALL,
        constraints::ALL,
        types::ALL,
        enums::ALL,
        unions::ALL,
        choices::ALL,
        rust::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Returns the rules on types of values.
pub(crate) fn types() -> impl Iterator<Item = &'static Rule> {
    types::ALL.iter().copied()
}

/// Returns the rules on properties that become required or optional.
pub(crate) fn presence() -> [&'static Rule; 3] {
    [&PROPERTY_REQUIRED, &PROPERTY_OPTIONAL, &PROPERTY_NO_LONGER_GUARANTEED]
}

/// Returns the rules on the behavior of properties, which their descriptions may state.
pub(crate) fn behaviors() -> [&'static Rule; 8] {
    [
        &PROPERTY_REQUIRED,
        &PROPERTY_OPTIONAL,
        &PROPERTY_READ_ONLY,
        &PROPERTY_WRITABLE,
        &PROPERTY_WRITE_ONLY,
        &PROPERTY_READABLE,
        &PROPERTY_IMMUTABLE,
        &PROPERTY_MUTABLE,
    ]
}

/// Returns the rules on values of enums that others are named after.
pub(crate) fn enum_values() -> [&'static Rule; 3] {
    [&ENUM_VALUE_ADDED, &ENUM_VALUE_REMOVED, &ENUM_VALUE_RENAMED]
}

/// Returns the rules on properties of messages.
pub(crate) fn properties() -> impl Iterator<Item = &'static Rule> {
    properties::ALL.iter().copied()
}

/// Declares a static for each rule, and `ALL` with all of them.
macro_rules! rules {
    ($($name:ident: $id:literal, ($request:ident, $response:ident), $rust:ident, $rationale:literal, $example:literal;)*) => {
        $(
            #[doc = $rationale]
            pub static $name: $crate::diff::rules::Rule = $crate::diff::rules::Rule {
                id: $id,
                request: $crate::diff::WireCompatibility::$request,
                response: $crate::diff::WireCompatibility::$response,
                rust: $crate::diff::Bump::$rust,
                rationale: $rationale,
                example: $example,
            };
        )*
        pub(super) static ALL: &[&$crate::diff::rules::Rule] = &[$(&$name),*];
    };
}
use rules;
