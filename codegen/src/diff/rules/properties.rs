//! Rules on properties of messages.

use super::rules;

rules! {
    PROPERTY_ADDED: "property-added", (Safe, Safe), Minor,
        "A `#[non_exhaustive]` struct has one more optional field. Old clients keep the unknown property.",
        "`Plant.age` is added.";
    REQUIRED_PROPERTY_ADDED: "required-property-added", (Breaking, Safe), Minor,
        "Old clients do not send the property and are rejected. In Rust it is an optional field like any other.",
        "`Plant.age` is added and required.";
    REQUIRED_PROPERTY_WITH_DEFAULT_ADDED: "required-property-with-default-added", (Risky, Safe), Minor,
        "Old clients do not send the property. The service may assume its default, or reject the request.",
        "`Pot.size` is added, required, with a default.";
    REQUIRED_PROPERTY_ADDED_BOUND: "required-property-added-bound", (Safe, Safe), Minor,
        "Every old request has the value in its path already.",
        "`PruneRequest.name` is added and required, and in the path.";
    PROPERTY_REMOVED: "property-removed", (Breaking, Risky), Major,
        "Services may reject unknown properties. To old clients, it is unset in responses.",
        "`Plant.label` is removed.";
    PROPERTY_RENAMED: "property-renamed", (Breaking, Risky), Major,
        "Services may reject unknown properties. Responses have the value under a name that old clients do not know.",
        "`Plant.label` becomes `Plant.labelText`.";
    PROPERTY_MOVED: "property-moved", (Breaking, Risky), Major,
        "The property belongs to another message. Services may reject it at the old place, and old clients do not find it in responses.",
        "`Plant.label` moves to `Kind.label`.";
    PROPERTY_REQUIRED: "property-required", (Breaking, Safe), Patch,
        "Old clients that do not send the property are rejected. In Rust it stays an optional field.",
        "`Plant.label` becomes required.";
    PROPERTY_REQUIRED_BOUND: "property-required-bound", (Safe, Safe), Patch,
        "Every old request has the value in its path already.",
        "`RenameRequest.name` becomes required, and is in the path.";
    PROPERTY_OPTIONAL: "property-optional", (Safe, Safe), Patch,
        "Requests may omit the property. In Rust it was an optional field already.",
        "`Plant.bed` becomes optional.";
    PROPERTY_NO_LONGER_GUARANTEED: "property-no-longer-guaranteed", (Safe, Risky), Patch,
        "Responses may omit a property that they always had. In Rust it was an optional field already.",
        "`Pot.id` becomes optional in a response.";
    PROPERTY_REQUIRED_BY: "property-required-by", (Breaking, Safe), Patch,
        "A method rejects requests that omit the property. In Rust it stays an optional field.",
        "`plants.create` requires `Plant.label`.";
    PROPERTY_NOT_REQUIRED_BY: "property-not-required-by", (Safe, Safe), Patch,
        "A method accepts requests that omit the property.",
        "`plants.create` no longer requires `Plant.bed`.";
    PROPERTY_READ_ONLY: "property-read-only", (Risky, Safe), Patch,
        "Values that old clients send are ignored or rejected.",
        "`Plant.label` becomes read-only.";
    PROPERTY_WRITABLE: "property-writable", (Safe, Safe), Patch,
        "Requests may set a property that only the service could set.",
        "`Plant.created` is no longer read-only.";
    PROPERTY_WRITE_ONLY: "property-write-only", (Safe, Risky), Patch,
        "Responses no longer contain the property.",
        "`Plant.height` becomes write-only.";
    PROPERTY_READABLE: "property-readable", (Safe, Safe), Patch,
        "Responses contain a property that only requests contained.",
        "`Plant.seed` is no longer write-only.";
    PROPERTY_IMMUTABLE: "property-immutable", (Risky, Safe), Patch,
        "Requests that change the value later are rejected.",
        "`Plant.height` becomes immutable.";
    PROPERTY_MUTABLE: "property-mutable", (Safe, Safe), Patch,
        "Requests may change the value later.",
        "`Plant.birthday` is no longer immutable.";
    PROPERTY_DEPRECATED: "property-deprecated", (Safe, Safe), Minor,
        "The property is still in use. Programs that use it get a compiler warning.",
        "`Plant.label` is marked deprecated.";
    PROPERTY_UNDEPRECATED: "property-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`Plant.weight` is no longer marked deprecated.";
}
