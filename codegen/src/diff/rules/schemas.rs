//! Rules on schemas as a whole.

use super::rules;

rules! {
    CONSTRUCTOR_CHANGED: "constructor-changed", (Safe, Safe), Major,
        "The message's function `new` takes other arguments.",
        "`Shelf::new(id)` becomes `Shelf::new(id, label)`.";
    CONSTRUCTOR_REMOVED: "constructor-removed", (Safe, Safe), Major,
        "The message no longer has a function `new`: nothing is required, or no request contains it.",
        "`Shelf` requires nothing where it required `id`.";
    CONSTRUCTOR_ADDED: "constructor-added", (Safe, Safe), Minor,
        "The message has a function `new`, which takes the required properties: it has some, or a request contains it now.",
        "`Shelf` requires `id` where it required nothing.";
    SCHEMA_ADDED: "schema-added", (Safe, Safe), Minor,
        "One more type is generated.",
        "`Shed` is added.";
    SCHEMA_REMOVED: "schema-removed", (Safe, Safe), Major,
        "Programs that name the type no longer compile. Uses of it on the wire are reported on their own.",
        "`Lonely` is removed.";
    SCHEMA_RENAMED: "schema-renamed", (Safe, Safe), Major,
        "The same shape has another name. Names of schemas are not sent, but programs use them.",
        "`Kind` becomes `Species`.";
    SCHEMA_KIND_CHANGED: "schema-kind-changed", (Breaking, Breaking), Major,
        "A message becomes an enum, a list or another type, or the reverse.",
        "`Kind` becomes an enum where it was an object.";
    SCHEMA_DEPRECATED: "schema-deprecated", (Safe, Safe), Minor,
        "The type is still in use. Programs that name it get a compiler warning.",
        "`Kind` is marked deprecated.";
    SCHEMA_UNDEPRECATED: "schema-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`Lonely` is no longer marked deprecated.";
    EMPTY_OBJECT_FILLED: "empty-object-filled", (Safe, Safe), Minor,
        "An object without properties gains some. It was a struct before, and `{}` is still valid.",
        "`PruneRequest` gains the property `part`.";
    OBJECT_EMPTIED: "object-emptied", (Breaking, Risky), Major,
        "All properties of an object are removed. Services may reject unknown properties.",
        "`Bed` has no properties.";
    OBJECT_CLOSED: "object-closed", (Risky, Safe), Patch,
        "Requests with properties that the document does not list are rejected.",
        "`additionalProperties: false` is added to `Pot`.";
    OBJECT_OPENED: "object-opened", (Safe, Safe), Patch,
        "Properties that the document does not list are accepted.",
        "`additionalProperties: false` is removed from `Pot`.";
    ADDITIONAL_PROPERTIES_ADDED: "additional-properties-added", (Safe, Safe), Patch,
        "Unlisted properties have a type. They are kept as JSON, as before.",
        "`Kind` has additional properties of type string.";
    ADDITIONAL_PROPERTIES_REMOVED: "additional-properties-removed", (Breaking, Risky), Patch,
        "Services may reject unlisted properties. They are kept as JSON, as before.",
        "`Labels` has no additional properties.";
    PATTERN_PROPERTIES_ADDED: "pattern-properties-added", (Safe, Risky), Patch,
        "A closed object accepts more properties, by a pattern of their names. Responses may have properties that old programs do not expect.",
        "`patternProperties: {^x-: {type: string}}` is added to an object with `additionalProperties: false`.";
    PATTERN_PROPERTIES_REMOVED: "pattern-properties-removed", (Breaking, Safe), Patch,
        "A closed object no longer accepts properties by a pattern of their names. Requests with them are rejected.",
        "`patternProperties: {^x-: {type: string}}` is removed from an object with `additionalProperties: false`.";
    ADDITIONAL_PROPERTIES_TYPED: "additional-properties-typed", (Risky, Safe), Patch,
        "Unlisted properties were any JSON, and now other types are rejected. They are kept as JSON, as before.",
        "`additionalProperties: {type: integer}` is added to `Pot`.";
    ADDITIONAL_PROPERTIES_UNTYPED: "additional-properties-untyped", (Safe, Risky), Patch,
        "Unlisted properties may be any JSON, which old programs may not expect. They are kept as JSON, as before.",
        "`additionalProperties: {type: integer}` is removed from `Pot`.";
}
