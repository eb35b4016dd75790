//! Facts of a source, in the names of the document.

use crate::model::{Behavior, FactSource, HttpMethod, ParameterLocation};

/// Facts about an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Protobuf package of the API, if the source states it.
    pub package: Option<String>,
    /// Unions of the schemas.
    pub unions: Vec<UnionFact>,
    /// Field behaviors of the properties.
    pub behaviors: Vec<BehaviorFact>,
    /// Names of resources, by schema.
    pub resources: Vec<ResourceFact>,
    /// Results of long-running operations.
    pub operations: Vec<OperationFact>,
    /// Methods missing from the document.
    pub methods: Vec<MethodFact>,
    /// Properties that are not members of any union.
    pub not_members: Vec<NotMemberFact>,
    /// Parts of the source without a counterpart in the document, with reasons.
    pub unmatched: Vec<String>,
    /// Reasons to doubt that the source belongs to the document.
    pub warnings: Vec<String>,
}

/// A union of a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionFact {
    /// Name of the schema.
    pub schema: String,
    /// Name of the union.
    pub name: String,
    /// Members that the document has, in the order of the source.
    pub members: Vec<String>,
    /// Source of the fact.
    pub source: FactSource,
}

/// A property that is not a member of any union.
#[derive(Clone, Debug, PartialEq)]
pub struct NotMemberFact {
    /// Name of the schema.
    pub schema: String,
    /// Name of the property.
    pub property: String,
    /// Source of the fact.
    pub source: FactSource,
}

/// Field behaviors of a property.
#[derive(Clone, Debug, PartialEq)]
pub struct BehaviorFact {
    /// Name of the schema.
    pub schema: String,
    /// Name of the property.
    pub property: String,
    /// Behaviors, sorted.
    pub behavior: Vec<Behavior>,
    /// Source of the fact.
    pub source: FactSource,
}

/// Name of a resource: `google.api.resource`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceFact {
    /// Name of the schema.
    pub schema: String,
    /// Resource type: `aiplatform.googleapis.com/TuningJob`.
    pub kind: String,
    /// Patterns of the name.
    pub patterns: Vec<String>,
    /// Source of the fact.
    pub source: FactSource,
}

/// Result of a long-running operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationFact {
    /// Name of the method.
    pub method: String,
    /// Schema of the result, if the document has it.
    pub response: Option<String>,
    /// Schema of the progress, if the document has it.
    pub metadata: Option<String>,
    /// Source of the fact.
    pub source: FactSource,
}

/// A method missing from the document, in the form of Discovery.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodFact {
    /// Name: `projects.locations.tuningJobs.get`.
    pub name: String,
    /// HTTP method.
    pub http_method: HttpMethod,
    /// Path relative to the service path: `v1/{+name}`.
    pub path: String,
    /// Path with one variable per ID.
    pub flat_path: String,
    /// Parameters: first those of the path, in order, then others.
    pub parameters: Vec<ParameterFact>,
    /// Schema of the request body.
    pub request: Option<String>,
    /// Schema of the response.
    pub response: Option<String>,
    /// OAuth scopes, one of which suffices.
    pub scopes: Vec<String>,
    /// `true` for a deprecated method.
    pub deprecated: bool,
    /// Source of the fact.
    pub source: FactSource,
}

/// A parameter of a missing method.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterFact {
    /// Name on the wire.
    pub name: String,
    /// Location: path or query.
    pub location: ParameterLocation,
    /// Type and format in Discovery: `string` and `google-fieldmask`.
    pub kind: (&'static str, Option<&'static str>),
    /// Values of an enum.
    pub values: Vec<String>,
    /// Regular expression for a path parameter: `^tunedModels/[^/]+$`.
    pub pattern: Option<String>,
    /// `true` for a required parameter.
    pub required: bool,
    /// `true` for a parameter with several values.
    pub repeated: bool,
}
