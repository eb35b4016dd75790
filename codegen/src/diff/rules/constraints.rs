//! Rules on constraints of values.

use super::rules;

rules! {
    DEFAULT_ADDED: "default-added", (Safe, Safe), Patch,
        "The document states the value that the service assumes if none is sent.",
        "The default `1` is added.";
    DEFAULT_CHANGED: "default-changed", (Risky, Safe), Patch,
        "Old requests that omit the value have another meaning.",
        "The default `1` becomes `2`.";
    DEFAULT_REMOVED: "default-removed", (Risky, Safe), Patch,
        "The document no longer states the meaning of old requests that omit the value.",
        "The default `1` is removed.";
    PATTERN_ADDED: "pattern-added", (Risky, Safe), Patch,
        "Values that do not match may be rejected, and may have been before.",
        "The pattern `^[a-z]+$` is added.";
    PATTERN_CHANGED: "pattern-changed", (Risky, Safe), Patch,
        "Values that matched the old pattern may not match the new one.",
        "`^[a-z]+$` becomes `^[a-z]{3}$`.";
    PATTERN_REPLACED: "pattern-replaced", (Breaking, Safe), Patch,
        "No value that matched the old pattern matches the new one.",
        "`^plants/[^/]+$` becomes `^beds/[^/]+/plants/[^/]+$`.";
    PATTERN_REMOVED: "pattern-removed", (Safe, Safe), Patch,
        "More values are accepted.",
        "The pattern `^[a-z]+$` is removed.";
    MINIMUM_ADDED: "minimum-added", (Risky, Safe), Patch,
        "Smaller values may be rejected, and may have been before.",
        "The minimum `1` is added.";
    MINIMUM_RAISED: "minimum-raised", (Breaking, Safe), Patch,
        "Values that were valid are rejected.",
        "The minimum `1` becomes `3`.";
    MINIMUM_LOWERED: "minimum-lowered", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "The minimum `1` becomes `0`.";
    MINIMUM_REMOVED: "minimum-removed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "The minimum `1` is removed.";
    MAXIMUM_ADDED: "maximum-added", (Risky, Safe), Patch,
        "Larger values may be rejected, and may have been before.",
        "The maximum `100` is added.";
    MAXIMUM_LOWERED: "maximum-lowered", (Breaking, Safe), Patch,
        "Values that were valid are rejected.",
        "The maximum `50` becomes `5`.";
    MAXIMUM_RAISED: "maximum-raised", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "The maximum `50` becomes `500`.";
    MAXIMUM_REMOVED: "maximum-removed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "The maximum `50` is removed.";
    MIN_SIZE_ADDED: "min-size-added", (Risky, Safe), Patch,
        "Values with fewer characters, elements or properties may be rejected, and may have been before.",
        "`minLength: 1` is added.";
    MIN_SIZE_RAISED: "min-size-raised", (Breaking, Safe), Patch,
        "Values that were valid are rejected.",
        "`minLength: 1` becomes `minLength: 3`.";
    MIN_SIZE_LOWERED: "min-size-lowered", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "`minItems: 2` becomes `minItems: 1`.";
    MIN_SIZE_REMOVED: "min-size-removed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "`minItems: 2` is removed.";
    MAX_SIZE_ADDED: "max-size-added", (Risky, Safe), Patch,
        "Values with more characters, elements or properties may be rejected, and may have been before.",
        "`maxLength: 10` is added.";
    MAX_SIZE_LOWERED: "max-size-lowered", (Breaking, Safe), Patch,
        "Values that were valid are rejected.",
        "`maxLength: 10` becomes `maxLength: 5`.";
    MAX_SIZE_RAISED: "max-size-raised", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "`maxItems: 10` becomes `maxItems: 50`.";
    MAX_SIZE_REMOVED: "max-size-removed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "`maxItems: 10` is removed.";
    MULTIPLE_OF_ADDED: "multiple-of-added", (Risky, Safe), Patch,
        "Values that are not a multiple may be rejected, and may have been before.",
        "`multipleOf: 5` is added.";
    MULTIPLE_OF_CHANGED: "multiple-of-changed", (Breaking, Risky), Patch,
        "Values that were valid are rejected. Responses may have values that old programs do not expect.",
        "`multipleOf: 5` becomes `multipleOf: 3`.";
    MULTIPLE_OF_RELAXED: "multiple-of-relaxed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect; generated clients check none.",
        "`multipleOf: 10` becomes `multipleOf: 5`, or is removed.";
    UNIQUE_ITEMS_ADDED: "unique-items-added", (Risky, Safe), Patch,
        "Lists with duplicates may be rejected, and may have been before.",
        "`uniqueItems: true` is added.";
    UNIQUE_ITEMS_REMOVED: "unique-items-removed", (Safe, Risky), Patch,
        "Lists may have duplicates.",
        "`uniqueItems: true` is removed.";
    VALUE_FORMAT_ADDED: "value-format-added", (Risky, Safe), Patch,
        "Values in another format may be rejected, and may have been before.",
        "The format `email` is added.";
    VALUE_FORMAT_CHANGED: "value-format-changed", (Risky, Risky), Patch,
        "Values in the old format may be rejected, and responses have another one.",
        "The format `email` becomes `uuid`.";
    VALUE_FORMAT_REMOVED: "value-format-removed", (Safe, Risky), Patch,
        "Responses may have values in any format.",
        "The format `email` is removed.";
    VALUE_NOT_NULLABLE: "value-not-nullable", (Risky, Safe), Major,
        "Requests with `null` are rejected. In Rust a property loses its setter of `null`.",
        "`nullable: true` is removed.";
    VALUE_NULLABLE: "value-nullable", (Safe, Risky), Minor,
        "Responses may contain `null`. In Rust it decodes as unset, and a property has a setter of it.",
        "`nullable: true` is added.";
    REQUIRED_NAME_ADDED: "required-name-added", (Breaking, Safe), Patch,
        "Requests without the property are rejected. In Rust the type does not list it as required.",
        "`required: [id, code]` of an object that declares `id` alone.";
    REQUIRED_NAME_REMOVED: "required-name-removed", (Safe, Risky), Patch,
        "Responses may lack a property that they always had. In Rust the type does not list it as required.",
        "`required: [id, code]` becomes `required: [id]`, and `code` is not declared.";
    REQUIRED_CHOICE_NARROWED: "required-choice-narrowed", (Breaking, Safe), Patch,
        "Requests need one of some sets of properties, or one of fewer.",
        "`anyOf: [{required: [name]}, {required: [id]}]` is added.";
    REQUIRED_CHOICE_WIDENED: "required-choice-widened", (Safe, Risky), Patch,
        "More sets of properties are enough. Responses may lack properties that one of them always had.",
        "`anyOf: [{required: [name]}, {required: [id]}]` gains `{required: [code]}`.";
    REQUIRED_CHOICE_CHANGED: "required-choice-changed", (Breaking, Risky), Patch,
        "Requests need one of other sets of properties.",
        "`anyOf: [{required: [name]}, {required: [id]}]` becomes `anyOf: [{required: [name]}, {required: [code]}]`.";
    DEPENDENT_REQUIRED_ADDED: "dependent-required-added", (Breaking, Safe), Patch,
        "Requests that set a property without another one are rejected.",
        "`dependentRequired: {age: [birthday]}` is added.";
    DEPENDENT_REQUIRED_REMOVED: "dependent-required-removed", (Safe, Risky), Patch,
        "Responses may have a property without another one that always came with it.",
        "`dependentRequired: {age: [birthday]}` is removed.";
    ALTERNATIVES_ADDED: "alternatives-added", (Safe, Risky), Patch,
        "A choice has more alternatives of a type that it has already: responses may have values that old programs do not expect.",
        "`anyOf: [{maxLength: 3}, {format: uuid}]` of strings gains `{pattern: ^x}`.";
    ALTERNATIVES_REMOVED: "alternatives-removed", (Risky, Safe), Patch,
        "A choice has fewer alternatives of a type that it still has: requests with values of the removed one are rejected.",
        "`anyOf: [{maxLength: 3}, {format: uuid}]` of strings loses `{format: uuid}`.";
    FIRST_ITEMS_CHANGED: "first-items-changed", (Breaking, Breaking), Patch,
        "Elements at the same position have another type: old clients send and expect the old order.",
        "`prefixItems` of a string and a number becomes a number and a string.";
    XML_FORM_CHANGED: "xml-form-changed", (Risky, Risky), Patch,
        "The value has another name or place in XML, if bodies of XML contain it.",
        "`xml: {attribute: true}` is added, and a method takes `application/xml`.";
    OTHER_CONSTRAINT_ADDED: "other-constraint-added", (Risky, Safe), Patch,
        "Valid values may become invalid: a keyword that is not interpreted restricts them.",
        "`not: {maxLength: 2}` is added.";
    OTHER_CONSTRAINT_REMOVED: "other-constraint-removed", (Safe, Risky), Patch,
        "More values are accepted. Responses may have values that old programs do not expect.",
        "`not: {maxLength: 2}` is removed.";
    OTHER_CONSTRAINT_CHANGED: "other-constraint-changed", (Risky, Risky), Patch,
        "Valid values may become invalid, or the reverse: the text of a keyword that is not interpreted changed.",
        "`not: {maxLength: 2}` becomes `not: {maxLength: 3}`.";
    ALLOWED_VALUES_ADDED: "allowed-values-added", (Risky, Safe), Patch,
        "Values outside of the list may be rejected, and may have been before.",
        "`enum: [1, 2]` is added to a number.";
    ALLOWED_VALUES_REMOVED: "allowed-values-removed", (Safe, Risky), Patch,
        "Responses may have any value.",
        "`enum: [1, 2]` is removed from a number.";
    ALLOWED_VALUE_ADDED: "allowed-value-added", (Safe, Risky), Patch,
        "Responses may have a value that old programs do not expect.",
        "`enum: [1, 2]` becomes `enum: [1, 2, 3]`.";
    KNOWN_VALUE_ADDED: "known-value-added", (Safe, Safe), Patch,
        "One more value of an open list. Clients of such lists expect values that they do not know.",
        "`x-extensible-enum: [red, blue]` gains `green`.";
    KNOWN_VALUE_REMOVED: "known-value-removed", (Breaking, Safe), Patch,
        "Requests with this value are rejected.",
        "`x-extensible-enum: [red, blue]` loses `blue`.";
    ALLOWED_VALUES_CHANGED: "allowed-values-changed", (Breaking, Risky), Patch,
        "Requests with a removed value are rejected, and responses may have one that old programs do not expect.",
        "`enum: [10, 20]` becomes `enum: [10, 30]`.";
    ALLOWED_VALUE_REMOVED: "allowed-value-removed", (Breaking, Safe), Patch,
        "Requests with this value are rejected. The type in Rust does not list the values.",
        "`enum: [1, 2]` becomes `enum: [1]`.";
}
