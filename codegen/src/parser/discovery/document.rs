//! The JSON structure of a Discovery document.
//!
//! Every key that the 610 documents of Google's own Python client use, except those for display (icons, links to
//! documentation) and redundant ones (`basePath`, `baseUrl`, `protocol`).

use crate::parser::UniqueMap;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A Discovery document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// `discovery#restDescription`.
    pub kind: Option<String>,
    /// Name of the API.
    pub name: String,
    /// Version of the API.
    pub version: String,
    /// Revision of the document, a date.
    pub revision: Option<String>,
    /// Human-readable title.
    pub title: Option<String>,
    /// Description of the API.
    pub description: Option<String>,
    /// The root of every URL.
    pub root_url: String,
    /// The root of every URL for clients with a certificate.
    pub mtls_root_url: Option<String>,
    /// The part of every URL between the root and the path of a method.
    #[serde(default)]
    pub service_path: String,
    /// The path of batch requests.
    pub batch_path: Option<String>,
    /// Endpoints by location.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// OAuth scopes of the API.
    pub auth: Option<Auth>,
    /// Parameters of every method.
    #[serde(default)]
    pub parameters: UniqueMap<Schema>,
    /// Schemas by name.
    #[serde(default)]
    pub schemas: UniqueMap<Schema>,
    /// Methods at the root.
    #[serde(default)]
    pub methods: UniqueMap<Method>,
    /// Top-level resources, by name.
    #[serde(default)]
    pub resources: UniqueMap<Resource>,
    /// Features of the API; `dataWrapper` is the only one.
    #[serde(default)]
    pub features: Vec<String>,
    /// The methods that the document was pruned to, as patterns over their names; a whole one has none.
    #[serde(default, rename = "x-include")]
    pub include: Vec<String>,
}

/// Endpoint of a location.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// Root URL of the endpoint.
    pub endpoint_url: String,
    /// Location of the endpoint.
    #[serde(default)]
    pub location: String,
    /// `Locational Endpoint` or `Regional Endpoint`; empty in a document without descriptions.
    #[serde(default)]
    pub description: String,
}

/// Authentication of callers.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Auth {
    /// OAuth 2.0 scopes.
    #[serde(default)]
    pub oauth2: Oauth2,
}

/// OAuth 2.0 scopes.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Oauth2 {
    /// Scopes by URL.
    #[serde(default)]
    pub scopes: UniqueMap<Scope>,
}

/// An OAuth scope.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Scope {
    /// Description of the access that it grants.
    #[serde(default)]
    pub description: String,
}

/// A resource: a group of methods.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Resource {
    /// Methods of the resource.
    #[serde(default)]
    pub methods: UniqueMap<Method>,
    /// Nested resources.
    #[serde(default)]
    pub resources: UniqueMap<Resource>,
    /// True if the resource is deprecated.
    #[serde(default)]
    pub deprecated: bool,
}

/// Method of a resource.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Method {
    /// Identifier, unique among all methods of all APIs.
    pub id: Option<String>,
    /// HTTP method.
    pub http_method: String,
    /// Path template.
    pub path: String,
    /// The path with a variable for each id.
    pub flat_path: Option<String>,
    /// Description of the method.
    pub description: Option<String>,
    /// Parameters by name.
    #[serde(default)]
    pub parameters: UniqueMap<Schema>,
    /// Required parameters in the order to show them in.
    #[serde(default)]
    pub parameter_order: Vec<String>,
    /// Reference to the schema of the request body.
    pub request: Option<Schema>,
    /// Reference to the schema of the response.
    pub response: Option<Schema>,
    /// OAuth scopes, one of which is required.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The version to send as `x-goog-api-version`.
    pub api_version: Option<String>,
    /// True if the method is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Media upload, if the method supports it.
    pub media_upload: Option<MediaUpload>,
    /// True if the method supports media download (`alt=media`).
    #[serde(default)]
    pub supports_media_download: bool,
    /// True if callers can be notified of changes.
    #[serde(default)]
    pub supports_subscription: bool,
    /// True if requests state the version that they change.
    #[serde(default)]
    pub etag_required: bool,
}

/// Media upload of a method.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MediaUpload {
    /// Accepted media types.
    #[serde(default)]
    pub accept: Vec<String>,
    /// Maximum size of the content, such as `10485760` or `100MB`.
    pub max_size: Option<String>,
    /// Supported upload protocols.
    #[serde(default)]
    pub protocols: Protocols,
}

/// Upload protocols.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Protocols {
    /// Upload in one request.
    pub simple: Option<Protocol>,
    /// Upload in a resumable session.
    pub resumable: Option<Protocol>,
}

/// An upload protocol.
#[derive(Clone, Debug, Deserialize)]
pub struct Protocol {
    /// The path, from the root of the host.
    pub path: String,
    /// True if metadata may be sent together with the content.
    #[serde(default)]
    pub multipart: bool,
}

/// A schema: of a message, a property, an element, a parameter, a body.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    /// Name of another schema.
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    /// `object`, `array`, `string`, `integer`, `number`, `boolean`, `any`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Refinement of the type, such as `int64` or `date-time`.
    pub format: Option<String>,
    /// Description of the value.
    pub description: Option<String>,
    /// The properties of an object.
    pub properties: Option<UniqueMap<Schema>>,
    /// Schema of the other properties of an object.
    pub additional_properties: Option<Box<Schema>>,
    /// Schema of the elements of an array.
    pub items: Option<Box<Schema>>,
    /// Values of an enum.
    #[serde(rename = "enum")]
    pub values: Option<Vec<String>>,
    /// Descriptions of the enum values, in the same order.
    #[serde(default)]
    pub enum_descriptions: Vec<String>,
    /// For each value, true if it is deprecated.
    #[serde(default)]
    pub enum_deprecated: Vec<bool>,
    /// True if only the service sets it.
    #[serde(default)]
    pub read_only: bool,
    /// True if it is required.
    #[serde(default)]
    pub required: bool,
    /// True if it is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Default value.
    pub default: Option<Value>,
    /// Regular expression that the value matches.
    pub pattern: Option<String>,
    /// Minimum value.
    pub minimum: Option<Value>,
    /// Maximum value.
    pub maximum: Option<Value>,
    /// Annotations, which name the methods that require it.
    pub annotations: Option<Annotations>,
    /// Location of a parameter: `path` or `query`.
    pub location: Option<String>,
    /// For a parameter, true if it may be repeated.
    #[serde(default)]
    pub repeated: bool,
    /// Schemas of which an object is one, by the value of a property.
    pub variant: Option<Value>,
    /// Unions that the document states itself: name to members.
    #[serde(default, rename = "x-unions")]
    pub unions: BTreeMap<String, Vec<String>>,
}

/// Annotations of a property.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Annotations {
    /// The ids of methods that require it.
    #[serde(default)]
    pub required: Vec<String>,
}
