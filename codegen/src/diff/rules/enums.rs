//! Rules on enums.

use super::rules;

rules! {
    ENUM_VALUE_ADDED: "enum-value-added", (Safe, Safe), Minor,
        "Generated clients keep unknown values, and the enum is `#[non_exhaustive]`.",
        "`ASLEEP` is added.";
    ENUM_VALUE_REMOVED: "enum-value-removed", (Breaking, Safe), Major,
        "Requests with this value are rejected. Responses without it are valid. The variant is removed.",
        "`DEAD` is removed.";
    ENUM_VALUE_UNLISTED: "enum-value-unlisted", (Safe, Safe), Major,
        "Any text is valid, and the value is no longer listed. The variant is removed.",
        "`anyOf: [{type: string}, {enum: [A, B]}]` no longer lists `B`.";
    ENUM_OPENED: "enum-opened", (Safe, Safe), Patch,
        "Any text is valid, besides the listed values. Generated enums keep unknown values.",
        "`enum: [A, B]` becomes `anyOf: [{type: string}, {enum: [A, B]}]`.";
    ENUM_CLOSED: "enum-closed", (Risky, Safe), Patch,
        "Any text was valid, and now only the listed values are.",
        "`anyOf: [{type: string}, {enum: [A, B]}]` becomes `enum: [A, B]`.";
    ENUM_VALUE_RENAMED: "enum-value-renamed", (Breaking, Risky), Major,
        "Requests with the old value are rejected. Old clients keep the new value as unknown.",
        "`ALIVE` becomes `LIVING`.";
    ENUM_VALUE_DEPRECATED: "enum-value-deprecated", (Safe, Safe), Minor,
        "The value is still in use. Programs that name it get a compiler warning.",
        "`DEAD` is marked deprecated.";
    ENUM_VALUE_UNDEPRECATED: "enum-value-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`DOWN` is no longer marked deprecated.";
    ENUM_ORDER_CHANGED: "enum-order-changed", (Safe, Safe), Patch,
        "Values are identified by name. Generated enums have no order.",
        "`UP, DOWN` becomes `DOWN, UP`.";
}
