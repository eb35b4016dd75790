//! The API in one vocabulary: what every document format is read into, and what every later step works on.
//!
//! Nothing here knows the format that a document was written in, nor Rust. Maps are sorted, so that the order of
//! keys in a document never shows in what is generated.

mod constraints;
mod method;
mod path;
pub mod pattern;
mod schema;
mod security;
mod types;

pub use constraints::{Bound, Constraints};
pub use method::{
    BodyForm, HttpMethod, Job, Location, MediaProtocol, MediaUpload, Method, Operation, Pagination, Parameter, Style,
};
pub use path::{PathPart, PathTemplate};
pub use schema::{
    Alternative, Behavior, EnumValue, Enumeration, Evidence, EvidenceKind, Field, Home, Message, OneOf, Schema, Shape,
    Union,
};
pub use security::{Credential, KeyLocation, Requirement};
pub use types::{Int, Type};

use std::collections::BTreeMap;

/// An API, whole, as its document (and overlay) state it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// The API's name, `aiplatform`.
    pub name: String,
    /// Its version, `v1`.
    pub version: String,
    /// The document's revision, `20260717`.
    pub revision: Option<String>,
    /// The title for people.
    pub title: Option<String>,
    /// What the API is for.
    pub doc: Option<String>,
    /// The protobuf package whose messages these are, if the overlay says: `google.cloud.aiplatform.v1`.
    pub package: Option<String>,
    /// The root of every URL, with a slash at its end: `https://aiplatform.googleapis.com/`.
    pub root_url: String,
    /// What stands between [`Api::root_url`] and a method's path; often empty.
    pub service_path: String,
    /// The path of batch requests, under the root.
    pub batch_path: Option<String>,
    /// Endpoints that serve one location, in the document's order: where one is listed twice, the first counts.
    pub endpoints: Vec<Endpoint>,
    /// OAuth scopes with what they allow.
    pub scopes: BTreeMap<String, String>,
    /// Parameters that every method has (`fields`, `quotaUser`, …).
    pub parameters: BTreeMap<String, Parameter>,
    /// Every schema by its name. A nested one (an inline object or enum) has its path as a name, `TuningJob.state`.
    pub schemas: BTreeMap<String, Schema>,
    /// Every method by its name: its id without the API's name.
    pub methods: BTreeMap<String, Method>,
    /// Resources that the document marks deprecated, by their path (`projects.locations`).
    pub deprecated_resources: Vec<String>,
    /// Whether requests and replies are wrapped in a `data` member (only `translate.v2` does).
    pub data_wrapper: bool,
    /// The methods that the document was pruned to, as patterns over their names; none where it is whole.
    pub include: Vec<String>,
    /// What the document asks and is not supported: left out by name, never silently.
    pub skipped: Vec<Skipped>,
}

impl Api {
    /// True if the API is served by Google.
    pub fn is_google(&self) -> bool {
        let host = self.root_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
        host.is_some_and(|host| host == "googleapis.com" || host.ends_with(".googleapis.com"))
    }

    /// `name:version`, the id that Discovery gives an API.
    pub fn id(&self) -> String {
        format!("{}:{}", self.name, self.version)
    }

    /// The shape of a schema, by the schema's name.
    pub fn shape(&self, schema: &str) -> Option<&Shape> {
        self.schemas.get(schema).map(|schema| &schema.shape)
    }

    /// The schema that a type names, following aliases.
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

/// A server: the root of its URLs, and the path that stands before those of methods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// The root URL, with a slash at its end: `https://uploads.example.com/`.
    pub root_url: String,
    /// The path between the root and a method's path: `v2/`, or nothing.
    pub service_path: String,
}

/// An endpoint that serves one location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The location, `us-central1`.
    pub location: String,
    /// Its root URL, with a slash at its end.
    pub url: String,
    /// The calls that it is for.
    pub kind: EndpointKind,
}

/// The two kinds of [`Endpoint`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointKind {
    /// Where resources of the location are found: calls of these go there.
    Locational,
    /// Keeps requests within the location's region: for callers that ask for it. The root URL serves the same resources.
    Regional,
}

/// Something that a document asks and that is left out of what is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// What was left out: a method's name, or a part of one.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Where the document asks for it, as a JSON pointer.
    pub pointer: String,
}
