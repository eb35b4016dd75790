//! Rules on unions of properties.

use super::rules;

rules! {
    UNION_ADDED: "union-added", (Safe, Safe), Minor,
        "A union is added whose members are all new.",
        "`Kind` has the union `form` of the new properties `tree` and `herb`.";
    UNION_FORMED: "union-formed", (Risky, Safe), Major,
        "Properties that could be set together exclude each other: requests that set two are rejected. Their fields become one enum.",
        "`latin` and `family` of `Kind` form a union.";
    UNION_DISSOLVED: "union-dissolved", (Safe, Safe), Major,
        "Properties that excluded each other can be set together. Their enum becomes separate fields.",
        "`clay` and `sand` of `Plant` no longer form a union.";
    UNION_REMOVED: "union-removed", (Breaking, Risky), Major,
        "A union and all of its properties are removed. Services may reject unknown properties.",
        "`clay` and `sand` of `Plant` are removed.";
    UNION_RENAMED: "union-renamed", (Safe, Safe), Major,
        "Names of unions are not sent. In Rust a field and an enum have that name.",
        "The union `soil` becomes `ground`.";
    UNION_MEMBER_ADDED: "union-member-added", (Safe, Safe), Minor,
        "A `#[non_exhaustive]` enum has one more variant. Old clients keep the unknown property.",
        "`loam` is added to the union `soil`.";
    UNION_MEMBER_REMOVED: "union-member-removed", (Breaking, Risky), Major,
        "Services may reject unknown properties. To old clients, it is unset in responses. The variant is removed.",
        "`sand` is removed from the union `soil`.";
    UNION_MEMBER_RENAMED: "union-member-renamed", (Breaking, Risky), Major,
        "Services may reject unknown properties. Responses have the value under a name that old clients do not know.",
        "`sand` becomes `sandy` in the union `soil`.";
    UNION_MEMBER_JOINED: "union-member-joined", (Risky, Safe), Major,
        "Requests that set it together with another member are rejected. The field becomes a variant.",
        "`label` joins the union `soil`.";
    UNION_MEMBER_LEFT: "union-member-left", (Safe, Safe), Major,
        "It can be set together with the other members. The variant becomes a field.",
        "`sand` leaves the union `soil`.";
    UNION_MEMBER_MOVED: "union-member-moved", (Risky, Safe), Major,
        "It excludes other properties than before. It becomes a variant of another enum.",
        "`sand` moves from the union `soil` to `water`.";
}
