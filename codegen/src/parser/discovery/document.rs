//! A Discovery document as it is written.
//!
//! Every key that the 610 documents of Google's own Python client use, less those that are for people's browsers
//! (icons, links to documentation) and those that say again what others say (`basePath`, `baseUrl`, `protocol`).

use crate::parser::UniqueMap;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// `discovery#restDescription`.
    pub kind: Option<String>,
    /// The API's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The document's revision, a date.
    pub revision: Option<String>,
    /// The title for people.
    pub title: Option<String>,
    /// What the API is for.
    pub description: Option<String>,
    /// The root of every URL.
    pub root_url: String,
    /// What stands between the root and a method's path.
    #[serde(default)]
    pub service_path: String,
    /// The path of batch requests.
    pub batch_path: Option<String>,
    /// Endpoints by location.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// The scopes.
    pub auth: Option<Auth>,
    /// Parameters of every method.
    #[serde(default)]
    pub parameters: UniqueMap<Schema>,
    /// The schemas.
    #[serde(default)]
    pub schemas: UniqueMap<Schema>,
    /// Methods at the root.
    #[serde(default)]
    pub methods: UniqueMap<Method>,
    /// Resources.
    #[serde(default)]
    pub resources: UniqueMap<Resource>,
    /// `dataWrapper` is the only one.
    #[serde(default)]
    pub features: Vec<String>,
    /// The methods that the document was pruned to, as patterns over their names; a whole one has none.
    #[serde(default, rename = "x-include")]
    pub include: Vec<String>,
}

/// An endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// Its root URL.
    pub endpoint_url: String,
    /// The location it serves.
    #[serde(default)]
    pub location: String,
    /// `Locational Endpoint` or `Regional Endpoint`; empty in a document without prose.
    #[serde(default)]
    pub description: String,
}

/// How callers are known.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Auth {
    /// OAuth 2.
    #[serde(default)]
    pub oauth2: Oauth2,
}

/// OAuth 2.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Oauth2 {
    /// The scopes by their URL.
    #[serde(default)]
    pub scopes: UniqueMap<Scope>,
}

/// A scope.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Scope {
    /// What it allows.
    #[serde(default)]
    pub description: String,
}

/// A group of methods.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Resource {
    /// Its methods.
    #[serde(default)]
    pub methods: UniqueMap<Method>,
    /// Groups within it.
    #[serde(default)]
    pub resources: UniqueMap<Resource>,
    /// Whether it should not be used.
    #[serde(default)]
    pub deprecated: bool,
}

/// A method.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Method {
    /// Unique among all methods of all APIs.
    pub id: Option<String>,
    /// The verb.
    pub http_method: String,
    /// The path template.
    pub path: String,
    /// The path with a variable for each id.
    pub flat_path: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Its parameters.
    #[serde(default)]
    pub parameters: UniqueMap<Schema>,
    /// Required parameters in the order to show them in.
    #[serde(default)]
    pub parameter_order: Vec<String>,
    /// The body.
    pub request: Option<Schema>,
    /// The reply.
    pub response: Option<Schema>,
    /// The scopes of which one is needed.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The version to send as `x-goog-api-version`.
    pub api_version: Option<String>,
    /// Whether it should not be used.
    #[serde(default)]
    pub deprecated: bool,
    /// How content is uploaded.
    pub media_upload: Option<MediaUpload>,
    /// Whether content can be downloaded.
    #[serde(default)]
    pub supports_media_download: bool,
}

/// How content is uploaded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MediaUpload {
    /// Media types.
    #[serde(default)]
    pub accept: Vec<String>,
    /// `10485760` or `100MB`.
    pub max_size: Option<String>,
    /// The ways.
    #[serde(default)]
    pub protocols: Protocols,
}

/// The ways to upload.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Protocols {
    /// In one request.
    pub simple: Option<Protocol>,
    /// In a session.
    pub resumable: Option<Protocol>,
}

/// One way to upload.
#[derive(Clone, Debug, Deserialize)]
pub struct Protocol {
    /// The path, from the root of the host.
    pub path: String,
    /// Whether metadata may go along.
    #[serde(default)]
    pub multipart: bool,
}

/// A schema: of a message, a property, an element, a parameter, a body.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    /// The name of another schema.
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    /// `object`, `array`, `string`, `integer`, `number`, `boolean`, `any`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What the type alone does not say.
    pub format: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The properties of an object.
    pub properties: Option<UniqueMap<Schema>>,
    /// What the other properties of an object hold.
    pub additional_properties: Option<Box<Schema>>,
    /// What an array holds.
    pub items: Option<Box<Schema>>,
    /// The values.
    #[serde(rename = "enum")]
    pub values: Option<Vec<String>>,
    /// What each value means.
    #[serde(default)]
    pub enum_descriptions: Vec<String>,
    /// Which values should not be used.
    #[serde(default)]
    pub enum_deprecated: Vec<bool>,
    /// Whether only the service sets it.
    #[serde(default)]
    pub read_only: bool,
    /// Whether it must be there.
    #[serde(default)]
    pub required: bool,
    /// Whether it should not be used.
    #[serde(default)]
    pub deprecated: bool,
    /// The value taken when none is given.
    pub default: Option<Value>,
    /// A regular expression that it matches.
    pub pattern: Option<String>,
    /// The least value.
    pub minimum: Option<Value>,
    /// The greatest value.
    pub maximum: Option<Value>,
    /// Which methods require it.
    pub annotations: Option<Annotations>,
    /// Of a parameter: `path` or `query`.
    pub location: Option<String>,
    /// Of a parameter: whether it may come more than once.
    #[serde(default)]
    pub repeated: bool,
    /// Unions that the document states itself: name to members.
    #[serde(default, rename = "x-unions")]
    pub unions: BTreeMap<String, Vec<String>>,
}

/// What else is known of a property.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Annotations {
    /// The ids of methods that require it.
    #[serde(default)]
    pub required: Vec<String>,
}
