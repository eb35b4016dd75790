//! Messages, enumerations, unions and their parts.

use super::{Constraints, Type, Unions};
use std::collections::{BTreeMap, BTreeSet};

/// Named type of the document, or inline one.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Description of the type.
    pub doc: Option<String>,
    /// True if the document marks it deprecated.
    pub deprecated: bool,
    /// Shape of the type's values.
    pub shape: Shape,
    /// Constraints on the values of an alias, or on the number of properties of a message.
    pub constraints: Constraints,
    /// Place of its declaration.
    pub defined_in: DefinedIn,
    /// JSON pointer to the schema in the document.
    pub pointer: String,
}

impl Schema {
    /// Returns `true` for a schema declared inline, and `false` for one among the document's schemas.
    pub fn is_inline(&self) -> bool {
        self.defined_in != DefinedIn::TopLevel
    }
}

/// Place where a schema is declared: among the document's schemas, or inline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DefinedIn {
    /// Among the document's schemas.
    #[default]
    TopLevel,
    /// The type of a property.
    Field {
        /// Schema that has the property.
        schema: String,
        /// Name of the property.
        field: String,
    },
    /// The type of the elements of a list or map.
    Element {
        /// Schema of the list or map.
        schema: String,
    },
    /// The type of additional properties.
    AdditionalProperties {
        /// Schema that has them.
        schema: String,
    },
    /// An alternative of a choice.
    Alternative {
        /// Schema of the choice.
        schema: String,
        /// Name of the alternative.
        alternative: String,
    },
    /// The type of a parameter.
    Parameter {
        /// Name of the method.
        method: String,
        /// Name of the parameter.
        parameter: String,
    },
    /// The body of a request.
    RequestBody {
        /// Name of the method.
        method: String,
    },
    /// The body of a response.
    ResponseBody {
        /// Name of the method.
        method: String,
    },
    /// The body of an error.
    ErrorBody {
        /// Name of the method.
        method: String,
        /// `error`, and the status: `error 404`.
        error: String,
    },
    /// A body in a media type that generated code does not use.
    OtherBody {
        /// Name of the method.
        method: String,
        /// Part of the method, and media type: `request.application/xml`.
        body: String,
    },
}

impl DefinedIn {
    /// Returns the schema that contains the declaration.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Field { schema, .. }
            | Self::Element { schema }
            | Self::AdditionalProperties { schema }
            | Self::Alternative { schema, .. } => Some(schema),
            Self::TopLevel
            | Self::Parameter { .. }
            | Self::RequestBody { .. }
            | Self::ResponseBody { .. }
            | Self::ErrorBody { .. }
            | Self::OtherBody { .. } => None,
        }
    }

    /// Returns the name of the method that contains the declaration.
    pub fn method(&self) -> Option<&str> {
        match self {
            Self::Parameter { method, .. }
            | Self::RequestBody { method }
            | Self::ResponseBody { method }
            | Self::ErrorBody { method, .. }
            | Self::OtherBody { method, .. } => Some(method),
            _ => None,
        }
    }

    /// Returns the part of a schema or method that is declared there. Empty at the top level.
    pub fn part(&self) -> &str {
        match self {
            Self::TopLevel => "",
            Self::Field { field, .. } => field,
            Self::Element { .. } => "item",
            Self::AdditionalProperties { .. } => "additional properties",
            Self::Alternative { alternative, .. } => alternative,
            Self::Parameter { parameter, .. } => parameter,
            Self::RequestBody { .. } => "request body",
            Self::ResponseBody { .. } => "response body",
            Self::ErrorBody { error, .. } => error,
            Self::OtherBody { body, .. } => body,
        }
    }
}

/// Shape of a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Object with properties.
    Message(Message),
    /// Open enumeration of strings: values may be added.
    Enum(Enumeration),
    /// Alias of a type.
    Alias(Type),
    /// Value of one of several types.
    OneOf(OneOf),
}

/// Value of one of several types, as in OpenAPI's `oneOf` and `anyOf`. Unlike with a [`Union`], the value itself
/// selects the alternative, and not the key that contains it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OneOf {
    /// Property whose value selects the alternative, if there is one.
    pub discriminator: Option<String>,
    /// True if the document states that property; otherwise the alternatives have constants of it.
    pub is_stated: bool,
    /// Alternatives, in the document's order.
    pub alternatives: Vec<Alternative>,
}

/// Alternative of a [`OneOf`].
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Name, unique among the alternatives.
    pub name: String,
    /// Type of the alternative.
    pub ty: Type,
    /// Description of the alternative.
    pub doc: Option<String>,
    /// Values of the discriminator that select it.
    pub values: Vec<Scalar>,
    /// Value of the discriminator that is encoded if the value itself has none.
    pub written: Option<Scalar>,
}

/// String, number or boolean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// String.
    Text(String),
    /// JSON text of a number or boolean.
    Literal(String),
}

impl Scalar {
    /// Returns the string, or the JSON text of another value.
    pub fn as_str(&self) -> &str {
        let (Scalar::Text(text) | Scalar::Literal(text)) = self;
        text
    }
}

/// Object with properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Properties by wire name, members of unions included.
    pub fields: BTreeMap<String, Field>,
    /// Unions of properties, by name.
    pub unions: Unions,
    /// Type of additional properties, if the document states it.
    pub additional: Option<Type>,
    /// True if the document forbids additional properties.
    pub closed: bool,
    /// Properties that requests must have, in the order of their names: the order of a document's keys and lists may
    /// change.
    pub required: Vec<String>,
    /// Properties that objects must have, and that are not declared.
    pub undeclared: BTreeSet<String>,
}

/// Property of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Type of the property's values.
    pub ty: Type,
    /// Description of the property.
    pub doc: Option<String>,
    /// Behavior in requests and responses.
    pub behavior: BTreeSet<Behavior>,
    /// True if the document marks it deprecated.
    pub deprecated: bool,
    /// True if every object has it, also if it is an empty list or map.
    pub required: bool,
    /// Constraints on its value.
    pub constraints: Constraints,
    /// Ids of methods that require this property (`annotations.required`).
    pub required_by: Vec<String>,
}

/// Behavior of a property in requests and responses: `google.api.field_behavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Behavior {
    /// Required in requests.
    Required,
    /// Optional in requests.
    Optional,
    /// Set by the service only.
    OutputOnly,
    /// In requests only.
    InputOnly,
    /// Set when the resource is created, and never changed.
    Immutable,
}

impl Behavior {
    /// Returns the name in an overlay.
    pub fn as_str(self) -> &'static str {
        match self {
            Behavior::Required => "required",
            Behavior::Optional => "optional",
            Behavior::OutputOnly => "output-only",
            Behavior::InputOnly => "input-only",
            Behavior::Immutable => "immutable",
        }
    }

    /// All behaviors, in order.
    pub const ALL: [Behavior; 5] =
        [Behavior::Required, Behavior::Optional, Behavior::OutputOnly, Behavior::InputOnly, Behavior::Immutable];
}

/// Open enumeration of strings, or of values of several kinds: values may be added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enumeration {
    /// Values, in the document's order.
    pub values: Vec<EnumValue>,
    /// True if the document lists the values beside text of any kind.
    pub beside_text: bool,
}

impl Enumeration {
    /// Returns `true` for protobuf's `NullValue`, whose only value is `null` in JSON.
    pub fn is_null(&self) -> bool {
        matches!(self.values.as_slice(), [only] if only.name == "NULL_VALUE")
    }
}

/// Value of an enumeration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnumValue {
    /// Value on the wire: the string, or the JSON text of another value.
    pub name: String,
    /// True if the value is a number or boolean.
    pub is_literal: bool,
    /// Description of the value.
    pub doc: Option<String>,
    /// True if the document marks it deprecated.
    pub deprecated: bool,
}

/// Properties of which at most one is set (a protobuf `oneof`).
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Member properties, in the order of the source.
    pub members: Vec<String>,
    /// Description of the union.
    pub doc: Option<String>,
    /// Source of this fact.
    pub source: FactSource,
    /// Sources of single members that differ from the union's.
    pub member_sources: BTreeMap<String, FactSource>,
}

impl Union {
    /// Returns `true` if a proto file declares two or more members: setting two of those is an error.
    pub fn is_strict(&self) -> bool {
        self.members.iter().filter(|member| self.is_exclusive(member)).count() > 1
    }

    /// Returns `true` if a proto file declares this member: setting two such members is an error.
    pub fn is_exclusive(&self, member: &str) -> bool {
        self.member_sources.get(member).unwrap_or(&self.source).kind == FactSourceKind::Proto
    }
}

/// Source of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSource {
    /// Kind of source.
    pub kind: FactSourceKind,
    /// File, page or reason.
    pub reference: String,
}

/// Kind of source of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactSourceKind {
    /// Protobuf source file.
    Proto,
    /// Page of reference documentation.
    Reference,
    /// The document itself.
    Document,
    /// A person, with a reason.
    Manual,
}

impl FactSourceKind {
    /// Returns the name in an overlay.
    pub fn as_str(self) -> &'static str {
        match self {
            FactSourceKind::Proto => "proto",
            FactSourceKind::Reference => "reference",
            FactSourceKind::Document => "document",
            FactSourceKind::Manual => "manual",
        }
    }
}
