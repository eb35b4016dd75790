//! Renamed properties, which are found by evidence.

use crate::support::pairs::{Pair, check};

#[test]
fn renames_are_found_by_evidence() {
    check(&[
        Pair::replaced(
            &[
                r#"/components/schemas/New/properties/enabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
            &[
                r#"/components/schemas/New/properties/disabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/allowEdits = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/denyEdits = {"type": "boolean"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/isPublic = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/isNotPublic = {"type": "boolean"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/minSize = {"type": "integer"}"#],
            &[r#"/components/schemas/New/properties/maxSize = {"type": "integer"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/colour = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/weight = {"type": "string"}"#],
        ),
    ]);
    check(&[Pair {
        old: &[r#"/components/schemas/New/properties/fur_colour = {"type": "string"}"#],
        new: &[r#"/components/schemas/New/properties/furColour = {"type": "string"}"#],
        forward: &["property-renamed breaking"],
        backward: &["property-renamed breaking"],
    }]);
}

/// Two methods of a resource with another name are one finding.
#[test]
fn resources_under_another_name() {
    check(&[Pair {
        old: &[r#"/paths/~1pets/get/operationId = "pets.list""#, r#"/paths/~1pets/post/operationId = "pets.create""#],
        new: &[
            r#"/paths/~1pets/get/operationId = "animals.list""#,
            r#"/paths/~1pets/post/operationId = "animals.create""#,
        ],
        forward: &["method-moved safe"],
        backward: &["method-moved safe"],
    }]);
}

/// The same new name in many places is one change.
#[test]
fn properties_and_parameters_of_many_places() {
    check(&[
        Pair {
            old: &[
                r#"/components/schemas/Aa/properties/userId = {"type": "string"}"#,
                r#"/components/schemas/Bb/properties/userId = {"type": "string"}"#,
                r#"/components/schemas/Cc/properties/userId = {"type": "string"}"#,
            ],
            new: &[
                r#"/components/schemas/Aa/properties/user_id = {"type": "string"}"#,
                r#"/components/schemas/Bb/properties/user_id = {"type": "string"}"#,
                r#"/components/schemas/Cc/properties/user_id = {"type": "string"}"#,
            ],
            forward: &["property-renamed safe"],
            backward: &["property-renamed safe"],
        },
        Pair {
            old: &[r#"/paths/~1pets/parameters = [{"name": "tenant", "in": "query", "schema": {"type": "string"}}]"#],
            new: &[r#"/paths/~1pets/parameters = [{"name": "tenantId", "in": "query", "schema": {"type": "string"}}]"#],
            forward: &["parameter-renamed breaking"],
            backward: &["parameter-renamed breaking"],
        },
    ]);
}

/// A word before the names of methods changes their case.
#[test]
fn names_of_methods_with_a_prefix() {
    check(&[Pair {
        old: &[],
        new: &[
            r#"/paths/~1pets/get/operationId = "shopListPets""#,
            r#"/paths/~1pets/post/operationId = "shopCreatePet""#,
            r#"/paths/~1pets~1{id}/get/operationId = "shopGetPet""#,
        ],
        forward: &["method-moved safe"],
        backward: &["method-moved safe"],
    }]);
}
