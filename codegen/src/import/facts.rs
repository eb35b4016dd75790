//! What a source says, in the names of the document.

use crate::model::{Behavior, Evidence, HttpMethod, Location};

/// What a source says of an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The protobuf package, if the source says.
    pub package: Option<String>,
    /// Unions.
    pub unions: Vec<UnionFact>,
    /// Behaviors of properties.
    pub behaviors: Vec<BehaviorFact>,
    /// How resources are named.
    pub resources: Vec<ResourceFact>,
    /// What operations end in.
    pub operations: Vec<OperationFact>,
    /// Methods that the document lacks.
    pub methods: Vec<MethodFact>,
    /// Properties that the source knows to be in no union.
    pub apart: Vec<ApartFact>,
    /// What could not be brought together with the document, and why.
    pub unmatched: Vec<String>,
}

/// A union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionFact {
    /// The schema that has it.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its members that the document has, in the source's order.
    pub members: Vec<String>,
    /// Where it is stated.
    pub source: Evidence,
}

/// A property that is in no union.
#[derive(Clone, Debug, PartialEq)]
pub struct ApartFact {
    /// The schema.
    pub schema: String,
    /// The property.
    pub property: String,
    /// Where it is stated.
    pub source: Evidence,
}

/// How a property behaves.
#[derive(Clone, Debug, PartialEq)]
pub struct BehaviorFact {
    /// The schema.
    pub schema: String,
    /// The property.
    pub property: String,
    /// Its behaviors, in order.
    pub behavior: Vec<Behavior>,
    /// Where it is stated.
    pub source: Evidence,
}

/// How a resource is named: `google.api.resource`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceFact {
    /// The schema.
    pub schema: String,
    /// Its type, `aiplatform.googleapis.com/TuningJob`.
    pub kind: String,
    /// The forms of its name.
    pub patterns: Vec<String>,
    /// Where it is stated.
    pub source: Evidence,
}

/// What a method's operation ends in.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationFact {
    /// The method.
    pub method: String,
    /// The schema of the result, if the document has it.
    pub response: Option<String>,
    /// The schema of the progress, if the document has it.
    pub metadata: Option<String>,
    /// Where it is stated.
    pub source: Evidence,
}

/// A method that the document lacks, as Discovery would have it.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodFact {
    /// Its name, `projects.locations.tuningJobs.get`.
    pub name: String,
    /// The verb.
    pub http_method: HttpMethod,
    /// The path, under the API's own: `v1/{+name}`.
    pub path: String,
    /// The path with a variable for each id.
    pub flat_path: String,
    /// Its parameters: those of the path in its order, then others.
    pub parameters: Vec<ParameterFact>,
    /// The schema of the body.
    pub request: Option<String>,
    /// The schema of the reply.
    pub response: Option<String>,
    /// The scopes of which a caller needs one.
    pub scopes: Vec<String>,
    /// Whether it should not be used.
    pub deprecated: bool,
    /// Where it is stated.
    pub source: Evidence,
}

/// A parameter of a method that the document lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterFact {
    /// Its name, as it is sent.
    pub name: String,
    /// Where it is sent: in the path or in the query.
    pub location: Location,
    /// Its type and its format in Discovery's words: `string` and `google-fieldmask`.
    pub kind: (&'static str, Option<&'static str>),
    /// The values that it may have, if it is an enumeration.
    pub values: Vec<String>,
    /// What a part of the path matches: `^tunedModels/[^/]+$`.
    pub pattern: Option<String>,
    /// Whether a call needs it.
    pub required: bool,
    /// Whether it may come more than once.
    pub repeated: bool,
}
