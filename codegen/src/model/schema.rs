//! Messages, enumerations, unions and their parts.

use super::{Constraints, Type};
use std::collections::{BTreeMap, BTreeSet};

/// A named shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// What it is for.
    pub doc: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
    /// Constraints on the values of an alias, or on the number of properties of a message.
    pub constraints: Constraints,
    /// Where it was written: by itself, or inside of something else.
    pub home: Home,
    /// Where the document says it, as a JSON pointer.
    pub pointer: String,
}

/// Where a schema was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// Among the document's schemas.
    #[default]
    Top,
    /// Inline, as what a property of another schema holds.
    Property {
        /// The other schema.
        schema: String,
        /// The property there.
        property: String,
    },
    /// Inline, as what a parameter of a method takes.
    Parameter {
        /// The method's name.
        method: String,
        /// The parameter's name.
        parameter: String,
    },
}

/// What a schema is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with properties.
    Message(Message),
    /// A string out of a list that may grow.
    Enum(Enumeration),
    /// Another name for a type.
    Alias(Type),
    /// A value that is one of several.
    OneOf(OneOf),
}

/// A value that is one of several, as OpenAPI's `oneOf` and `anyOf` have it. Not a [`Union`]: which one it is shows in
/// the value itself, and not in the key that holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OneOf {
    /// The property whose value tells the alternatives apart, where there is one.
    pub discriminator: Option<String>,
    /// What it may be, in the document's order.
    pub alternatives: Vec<Alternative>,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Its name, which no other alternative has.
    pub name: String,
    /// What it is.
    pub ty: Type,
    /// What it is for.
    pub doc: Option<String>,
    /// The values that the discriminator has in it; the first is the one that is written.
    pub values: Vec<String>,
}

/// An object with properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Properties by their name on the wire. Members of unions are among them.
    pub fields: BTreeMap<String, Field>,
    /// Unions by their name in protobuf's form (`tuning_spec`).
    pub unions: BTreeMap<String, Union>,
    /// The type of properties that are not listed, where the document gives one.
    pub additional: Option<Type>,
    /// True if the document forbids properties that are not listed.
    pub closed: bool,
}

impl Message {
    /// The union that a property is a member of.
    pub fn union_of(&self, field: &str) -> Option<(&str, &Union)> {
        self.unions.iter().find(|(_, u)| u.members.iter().any(|m| m == field)).map(|(n, u)| (n.as_str(), u))
    }
}

/// A property of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What it holds.
    pub ty: Type,
    /// What it is for.
    pub doc: Option<String>,
    /// Who may set it, and when.
    pub behavior: BTreeSet<Behavior>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Constraints on its value.
    pub constraints: Constraints,
    /// Methods that require this property, by id (`annotations.required`).
    pub required_by: Vec<String>,
}

/// Who may set a property, and when: `google.api.field_behavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Behavior {
    /// A request must set it.
    Required,
    /// A request may leave it out.
    Optional,
    /// Only the service sets it.
    OutputOnly,
    /// Only requests carry it.
    InputOnly,
    /// Set when the resource is made, and never after.
    Immutable,
}

impl Behavior {
    /// The word for it in an overlay.
    pub fn as_str(self) -> &'static str {
        match self {
            Behavior::Required => "required",
            Behavior::Optional => "optional",
            Behavior::OutputOnly => "output-only",
            Behavior::InputOnly => "input-only",
            Behavior::Immutable => "immutable",
        }
    }

    /// Every behavior, in order.
    pub const ALL: [Behavior; 5] =
        [Behavior::Required, Behavior::Optional, Behavior::OutputOnly, Behavior::InputOnly, Behavior::Immutable];
}

/// A string out of a list that may grow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enumeration {
    /// The values, in the document's order.
    pub values: Vec<EnumValue>,
}

impl Enumeration {
    /// Whether this is protobuf's `NullValue`, whose only value is `null` in JSON: data, and no name.
    pub fn is_null(&self) -> bool {
        matches!(self.values.as_slice(), [only] if only.name == "NULL_VALUE")
    }
}

/// One value of an enumeration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnumValue {
    /// The value on the wire.
    pub name: String,
    /// What it means.
    pub doc: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
}

/// Properties of which at most one is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The properties, in the order that the source states them.
    pub members: Vec<String>,
    /// What the choice is about.
    pub doc: Option<String>,
    /// How we know.
    pub source: Evidence,
    /// Sources of single members, where they differ from the union's.
    pub member_sources: BTreeMap<String, Evidence>,
}

impl Union {
    /// Returns true if a proto declares two members or more: two of those in one message are an error.
    pub fn is_strict(&self) -> bool {
        self.members.iter().filter(|member| self.is_exclusive(member)).count() > 1
    }

    /// Returns true if a proto declares this member: two such members at once are an error.
    pub fn is_exclusive(&self, member: &str) -> bool {
        self.member_sources.get(member).unwrap_or(&self.source).kind == EvidenceKind::Proto
    }
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The kind of source.
    pub kind: EvidenceKind,
    /// The file, page or reason.
    pub reference: String,
}

/// The kinds of sources that a fact may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// A `.proto` file.
    Proto,
    /// A page of reference documentation.
    Reference,
    /// The document itself.
    Document,
    /// A person.
    Manual,
}

impl EvidenceKind {
    /// The word for it in an overlay.
    pub fn as_str(self) -> &'static str {
        match self {
            EvidenceKind::Proto => "proto",
            EvidenceKind::Reference => "reference",
            EvidenceKind::Document => "document",
            EvidenceKind::Manual => "manual",
        }
    }
}
