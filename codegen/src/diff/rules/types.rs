//! Rules on types of values.

use super::rules;

rules! {
    TYPE_CHANGED: "type-changed", (Breaking, Breaking), Major,
        "The value has another encoding on the wire and another type in Rust.",
        "A string becomes a boolean.";
    TYPE_WIDENED: "type-widened", (Safe, Breaking), Major,
        "Requests may contain the old type or others. Old clients cannot decode responses of the other types.",
        "`Cat` becomes one of `Cat` and `Dog`.";
    TYPE_NARROWED: "type-narrowed", (Breaking, Safe), Major,
        "Requests of the removed types are rejected. Old clients decode what remains.",
        "One of `Cat` and `Dog` becomes `Cat`.";
    LIST_CHANGED: "list-changed", (Breaking, Breaking), Major,
        "A list becomes a single value, or the reverse. Neither decodes as the other.",
        "A string becomes a list of strings.";
    MAP_CHANGED: "map-changed", (Breaking, Breaking), Major,
        "A map becomes another kind of value, or the reverse. Neither decodes as the other.",
        "A string becomes a map of strings.";
    NUMBER_FORM_CHANGED: "number-form-changed", (Safe, Safe), Patch,
        "The same number is a JSON string or a JSON number. Clients decode both into the same type.",
        "A number in a string becomes a JSON number.";
    NUMBER_WIDENED: "number-widened", (Safe, Risky), Major,
        "Responses may have numbers that the old type cannot hold. The type in Rust changes.",
        "`int32` becomes `int64`.";
    NUMBER_NARROWED: "number-narrowed", (Risky, Safe), Major,
        "Requests may have numbers that the new type cannot hold. The type in Rust changes.",
        "`int64` becomes `int32`.";
    INTEGER_TO_NUMBER: "integer-to-number", (Safe, Breaking), Major,
        "Responses may have fractions, which old clients cannot decode as integers. The type in Rust changes.",
        "An integer becomes a number.";
    NUMBER_TO_INTEGER: "number-to-integer", (Breaking, Safe), Major,
        "Requests with fractions are rejected. The type in Rust changes.",
        "A number becomes an integer.";
    NUMBER_CHANGED: "number-changed", (Risky, Risky), Major,
        "Each type has numbers that the other cannot hold.",
        "`int32` becomes `uint32`.";
    FORMAT_ADDED: "format-added", (Risky, Safe), Major,
        "Strings have a format, and others are rejected. The type in Rust changes.",
        "A string becomes a timestamp.";
    FORMAT_REMOVED: "format-removed", (Safe, Risky), Major,
        "Strings may have any format, which old clients may fail to decode. The type in Rust changes.",
        "A date becomes a string.";
    FORMAT_CHANGED: "format-changed", (Breaking, Breaking), Major,
        "Strings have another format. Neither decodes as the other.",
        "A date becomes a duration.";
    ENUM_CLOSED_OVER_TEXT: "enum-closed-over-text", (Risky, Safe), Major,
        "Strings outside of a list of values are rejected. The type in Rust becomes an enum.",
        "A string becomes an enum of `A` and `B`.";
    ENUM_OPENED_TO_TEXT: "enum-opened-to-text", (Safe, Safe), Major,
        "Any string is valid. Generated enums keep unknown values. The type in Rust becomes `String`.",
        "An enum becomes a string.";
    TYPE_OPENED: "type-opened", (Safe, Risky), Major,
        "Any JSON is valid, which old clients may fail to decode.",
        "A string becomes any value.";
    TYPE_CLOSED: "type-closed", (Risky, Safe), Major,
        "Any JSON was valid, and now other types are rejected.",
        "Any value becomes an object with properties.";
    REFERENCE_CHANGED: "reference-changed", (Safe, Safe), Major,
        "Another type with compatible values is used. The type in Rust is another one.",
        "`Kind` becomes `Genus` with the same properties.";
    REFERENCE_CHANGED_RISKY: "reference-changed-risky", (Risky, Risky), Major,
        "Another schema is referenced, which lacks properties in responses or may have other values.",
        "`Genus` becomes `Kind`, which lacks a property.";
    REFERENCE_CHANGED_BREAKING: "reference-changed-breaking", (Breaking, Breaking), Major,
        "Another schema is referenced, and its values are incompatible.",
        "`Kind` becomes `Lonely`.";
}
