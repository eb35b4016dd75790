//! Rules on choices between types (`oneOf`).

use super::rules;

rules! {
    CHOICE_VARIANT_ADDED: "choice-variant-added", (Safe, Safe), Minor,
        "A `#[non_exhaustive]` enum has one more variant. Old clients keep values that match none of theirs.",
        "`Growth` may be a `Pot`.";
    CHOICE_VARIANT_REMOVED: "choice-variant-removed", (Breaking, Safe), Major,
        "Requests with this alternative are rejected. Responses without it are valid. The variant is removed.",
        "`Growth` may no longer be a `Tree`.";
    CHOICE_VARIANT_RENAMED: "choice-variant-renamed", (Safe, Safe), Major,
        "Names of alternatives are not sent. Programs use them.",
        "The alternative `Seed` becomes `Seedling`.";
    CHOICE_TAG_ADDED: "choice-tag-added", (Safe, Safe), Patch,
        "One more discriminator value selects the alternative. Values that old clients send are still accepted.",
        "`bush` selects `Tree` in addition to `tree`.";
    CHOICE_TAG_CHANGED: "choice-tag-changed", (Breaking, Risky), Patch,
        "Requests that use the old discriminator value are rejected. Old clients do not know the new value.",
        "`tree` becomes `wood`.";
    CHOICE_DISCRIMINATOR_ADDED: "choice-discriminator-added", (Risky, Safe), Patch,
        "A property selects the alternative. Requests that lack it, or have another value, may be rejected. Old clients distinguish alternatives as before.",
        "The discriminator `kind` is added.";
    CHOICE_DISCRIMINATOR_REMOVED: "choice-discriminator-removed", (Safe, Risky), Patch,
        "No property selects the alternative. Old clients still send it, and may decode responses without it as the wrong alternative.",
        "The discriminator `kind` is removed.";
    CHOICE_DISCRIMINATOR_CHANGED: "choice-discriminator-changed", (Breaking, Risky), Patch,
        "Another property selects the alternative. Requests of old clients do not set it, and old clients may decode responses as the wrong alternative.",
        "The discriminator `kind` becomes `form`.";
    CHOICE_ORDER_CHANGED: "choice-order-changed", (Safe, Safe), Patch,
        "The order matters only for values that match several alternatives.",
        "`Flower, Tree` becomes `Tree, Flower`.";
}
