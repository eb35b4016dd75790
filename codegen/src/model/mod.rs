//! Model of an API: every document format is parsed into it, and all later steps work on it.
//!
//! It depends neither on the document format nor on Rust. Maps are sorted, so that the order of keys in a document does
//! not affect the output.

mod constraints;
mod constructor;
mod flow;
mod media_type;
mod method;
mod method_name;
mod pagination;
mod path;
pub mod pattern;
mod schema;
mod security;
mod types;
mod unions;

pub use constraints::{AlternativeConstraints, Bound, Constraints, PatternProperties, RequiredChoice, compare_numbers};
pub use constructor::{Constructor, Constructors};
pub use flow::Flow;
pub(crate) use media_type::{essence, is_json, media_type};
pub use method::{
    BodyForm, CallKind, FormField, Header, HttpMethod, Job, MediaProtocol, MediaUpload, Method, Operation, Parameter,
    ParameterLocation, Response, Style, Webhook,
};
pub use method_name::MethodName;
pub use pagination::{NextPage, Pagination};
pub use path::{PathPart, PathTemplate};
pub use schema::{
    Alternative, Behavior, DefinedIn, EnumValue, Enumeration, FactSource, FactSourceKind, Field, Message, OneOf,
    Scalar, Schema, Shape, Union,
};
pub use security::{Credential, KeyLocation, Requirement, SentCredential, sent_credentials};
pub use types::{Int, Type};
pub use unions::Unions;

use std::collections::{BTreeMap, BTreeSet};

/// Complete API, as its document and overlay state it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// Name, `aiplatform`; of an OpenAPI document that is not Google's, the stem of its file.
    pub name: String,
    /// Version of the API, `v1`.
    pub version: String,
    /// True if the version is part of the API's name, as it is for Google's. Otherwise it names nothing: the version of
    /// an OpenAPI document counts its revisions.
    pub versioned: bool,
    /// True for an OpenAPI document that is not Google's: descriptions are CommonMark, and words in them that are names of
    /// schemas need not mean them; values are encoded otherwise than in protobuf's JSON mapping.
    pub third_party: bool,
    /// Revision of the document: `20260717`, or the version if it is not part of the name.
    pub revision: Option<String>,
    /// Human-readable title of the API.
    pub title: Option<String>,
    /// Description of the API.
    pub doc: Option<String>,
    /// Protobuf package of the messages, if the overlay states it: `google.cloud.aiplatform.v1`.
    pub package: Option<String>,
    /// Root of all URLs, with a trailing slash: `https://aiplatform.googleapis.com/`.
    pub root_url: String,
    /// Path between [`Api::root_url`] and a method's path; often empty.
    pub service_path: String,
    /// URL of the server with its variables, if it has any.
    pub server_template: Option<ServerTemplate>,
    /// URLs of all servers, with the defaults of their variables.
    pub servers: Vec<String>,
    /// Root of all URLs for clients that identify themselves by a certificate.
    pub mtls_root_url: Option<String>,
    /// Path of batch requests, under the root.
    pub batch_path: Option<String>,
    /// Endpoints for single locations, in the document's order; the first of duplicates counts.
    pub endpoints: Vec<Endpoint>,
    /// Descriptions of OAuth scopes, by scope.
    pub scopes: BTreeMap<String, String>,
    /// URLs at which callers get tokens, by flow and kind: `clientCredentials tokenUrl`.
    pub token_urls: BTreeMap<String, String>,
    /// Parameters of every method (`fields`, `quotaUser`, …).
    pub parameters: BTreeMap<String, Parameter>,
    /// Schemas by name. A nested one (an inline object or enum) is named by its path, `TuningJob.state`.
    pub schemas: BTreeMap<String, Schema>,
    /// Methods by name: the id without the API's name.
    pub methods: BTreeMap<String, Method>,
    /// Methods that generated code cannot call, by verb and path: `COPY /pets`. The values are JSON pointers.
    pub other_methods: BTreeMap<String, String>,
    /// Requests that the service makes, by name: `newPet`, or `pets.create.done` for a callback of a method.
    pub webhooks: BTreeMap<String, Webhook>,
    /// Paths of resources that the document marks deprecated (`projects.locations`).
    pub deprecated_resources: BTreeSet<String>,
    /// True if requests and responses are wrapped in a `data` member (only `translate.v2` does this).
    pub data_wrapper: bool,
    /// Patterns over method names that the document was pruned to; empty if it is complete.
    pub include: Vec<String>,
    /// Unsupported parts of the document that were left out.
    pub skipped: Vec<Skipped>,
    /// Bodies in media types that generated code does not use.
    pub other_bodies: OtherBodies,
}

impl Api {
    /// True if the API is served by Google.
    pub fn is_google(&self) -> bool {
        let host = self.root_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
        host.is_some_and(|host| host == "googleapis.com" || host.ends_with(".googleapis.com"))
    }

    /// True if calls take Google's credentials: the API is served by Google, or has one of Google's scopes.
    pub fn takes_google_credentials(&self) -> bool {
        self.is_google() || self.scopes.keys().any(|scope| scope.starts_with("https://www.googleapis.com/auth/"))
    }

    /// True if the document states credentials for any method.
    pub fn states_credentials(&self) -> bool {
        self.methods.values().any(|method| !method.security.is_empty())
    }

    /// Returns `name:version`, the id of the API in Discovery; the name alone if the version is not part of it.
    pub fn id(&self) -> String {
        if self.versioned { format!("{}:{}", self.name, self.version) } else { self.name.clone() }
    }

    /// Returns the shape of a schema.
    pub fn shape(&self, schema: &str) -> Option<&Shape> {
        self.schemas.get(schema).map(|schema| &schema.shape)
    }

    /// Returns `true` if a property can be `null`, by itself or by the schema of its type.
    pub fn may_be_null(&self, field: &Field) -> bool {
        let mut ty = &field.ty;
        let mut nullable = field.constraints.nullable;
        for _ in 0..=self.schemas.len() {
            let Type::Schema(name) = ty else { break };
            let Some(schema) = self.schemas.get(name) else { break };
            nullable |= schema.constraints.nullable;
            match &schema.shape {
                Shape::Alias(inner) => ty = inner,
                _ => break,
            }
        }
        nullable
    }

    /// Returns `true` if a parameter takes objects, lists of objects or values of several types, which its style
    /// encodes.
    pub fn is_structured(&self, parameter: &Parameter) -> bool {
        match self.resolve(&parameter.ty) {
            Type::Any | Type::Object | Type::List(_) | Type::Map(_) | Type::Nullable(_) => true,
            Type::Schema(name) => !matches!(self.shape(name), Some(Shape::Enum(_))),
            _ => false,
        }
    }

    /// Returns the type at the end of a chain of aliases.
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        // A chain of aliases longer than the number of schemas is a cycle, which reading rejects.
        for _ in 0..=self.schemas.len() {
            match ty {
                Type::Schema(name) => match self.schemas.get(name).map(|s| &s.shape) {
                    Some(Shape::Alias(inner)) => ty = inner,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

/// Bodies in media types that generated code does not use. Reviews compare them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherBodies {
    /// Bodies by the name of the method, and by part and media type: `request.application/xml`,
    /// `responses.200.text/csv`.
    pub bodies: BTreeMap<String, BTreeMap<String, OtherBody>>,
    /// Schemas of these that are not among the schemas of the API.
    pub schemas: BTreeMap<String, Schema>,
}

/// Body in a media type that generated code does not use.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherBody {
    /// Type of its values.
    pub ty: Type,
    /// Constraints on it, beyond those of a type that it refers to.
    pub constraints: Constraints,
}

/// URL of a server with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerTemplate {
    /// The URL, with a trailing slash: `https://{tenant}.example.com/`.
    pub url: String,
    /// Variables, with their default values.
    pub variables: Vec<(String, String)>,
}

/// Server: root of its URLs, and path before those of methods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Root URL, with a trailing slash: `https://uploads.example.com/`.
    pub root_url: String,
    /// Path between the root and a method's path: `v2/`, or empty.
    pub service_path: String,
}

/// Endpoint for one location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Location, `us-central1`.
    pub location: String,
    /// Root URL, with a trailing slash.
    pub url: String,
    /// Kind of endpoint, which determines the calls that use it.
    pub kind: EndpointKind,
}

/// Kind of [`Endpoint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointKind {
    /// Serves the resources of the location: calls that name them use it.
    Locational,
    /// Keeps requests within the location's region, for callers that request it. The root URL serves the same
    /// resources.
    Regional,
}

/// Unsupported part of a document that is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Name of the method, or of a part of one.
    pub subject: String,
    /// Reason why it is left out.
    pub reason: String,
    /// JSON pointer to the part in the document.
    pub pointer: String,
}
