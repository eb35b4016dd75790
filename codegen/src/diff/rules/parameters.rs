//! Rules on parameters.

use super::rules;

rules! {
    PARAMETER_ADDED: "parameter-added", (Safe, Safe), Minor,
        "The method has one more `with_*` setter. Old clients do not send the parameter.",
        "`plants.list` has the optional parameter `orderBy`.";
    REQUIRED_PARAMETER_ADDED: "required-parameter-added", (Breaking, Safe), Major,
        "Old clients do not send the parameter and are rejected. The method takes one more argument.",
        "`plants.get` has the required parameter `season`.";
    PARAMETER_REMOVED: "parameter-removed", (Breaking, Safe), Major,
        "Services may reject unknown parameters. The `with_*` setter is removed.",
        "`plants.list` has no parameter `filter`.";
    PARAMETER_RENAMED: "parameter-renamed", (Breaking, Safe), Major,
        "Services may reject unknown parameters. The `with_*` setter is named after the parameter.",
        "`filter` becomes `filterBy`.";
    REQUIRED_PARAMETER_RENAMED: "required-parameter-renamed", (Breaking, Safe), Patch,
        "Old clients send the old name and are rejected. Methods take required parameters by position, as before.",
        "`season` becomes `seasons`.";
    API_PARAMETER_ADDED: "api-parameter-added", (Safe, Safe), Patch,
        "A parameter of every method is added. The runtime sets those that it supports.",
        "The parameter `trace` is added to every method.";
    API_PARAMETER_REQUIRED: "api-parameter-required", (Breaking, Safe), Patch,
        "A parameter of every method is required. Requests without it are rejected.",
        "The parameter `trace` is added to every method, and required.";
    API_PARAMETER_REMOVED: "api-parameter-removed", (Risky, Safe), Patch,
        "A parameter of every method is removed. Clients that set it may be rejected.",
        "The parameter `quotaUser` is removed from every method.";
    PARAMETER_REQUIRED: "parameter-required", (Breaking, Safe), Major,
        "Old clients that do not send the parameter are rejected. It becomes an argument of the method.",
        "`filter` becomes required.";
    PARAMETER_OPTIONAL: "parameter-optional", (Safe, Safe), Major,
        "The parameter becomes a `with_*` setter where it was an argument of the method.",
        "`season` becomes optional.";
    PARAMETER_REPEATED: "parameter-repeated", (Safe, Safe), Major,
        "A single value is still accepted. The setter takes a list.",
        "`filter` becomes repeated.";
    PARAMETER_SINGLE: "parameter-single", (Breaking, Safe), Major,
        "Several values are rejected. The setter takes one.",
        "`kinds` is no longer repeated.";
    PARAMETER_RELOCATED: "parameter-relocated", (Breaking, Safe), Patch,
        "Old clients send the parameter in another part of the request. The signature in Rust is the same.",
        "`trace` moves from the query to a header.";
    PARAMETER_STYLE_CHANGED: "parameter-style-changed", (Breaking, Safe), Patch,
        "Old clients encode the value in the old style.",
        "`a=1&a=2` becomes `a=1,2`.";
    RESERVED_ALLOWED: "reserved-allowed", (Safe, Safe), Patch,
        "Reserved characters of the value stay as they are. Old clients encode them, which gives the same value.",
        "`filter` has `allowReserved: true`.";
    RESERVED_ENCODED: "reserved-encoded", (Risky, Safe), Patch,
        "Reserved characters of the value are encoded. Old clients send them as they are, which may end or change the value.",
        "`filter` no longer has `allowReserved: true`.";
    FORM_PART_WIDENED: "form-part-widened", (Safe, Safe), Patch,
        "A part of the form may have another media type, or other headers. Those that old clients send are still accepted.",
        "The part `photo` may be `image/jpeg`, besides `image/png`.";
    FORM_PART_HEADER_REQUIRED: "form-part-header-required", (Breaking, Safe), Patch,
        "Old clients send a part of the form without a header that it must have.",
        "The part `photo` must have the header `x-sum`.";
    FORM_PART_CHANGED: "form-part-changed", (Risky, Safe), Patch,
        "Old clients send a part of the form with another media type or other headers.",
        "The media type of the part `photo` becomes `image/jpeg` where it was `image/png`.";
    PARAMETER_DEPRECATED: "parameter-deprecated", (Safe, Safe), Minor,
        "The parameter is still accepted. Programs that set it get a compiler warning.",
        "`filter` is marked deprecated.";
    PARAMETER_UNDEPRECATED: "parameter-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`kinds` is no longer marked deprecated.";
}
