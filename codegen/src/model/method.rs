//! Methods and their parameters.

use super::{Constraints, Evidence, PathTemplate, Requirement, Server, Type};
use std::collections::BTreeMap;

/// One call that a service answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// The id, unique among all APIs: `generativelanguage.tunedModels.create`.
    pub id: String,
    /// The verb.
    pub http_method: HttpMethod,
    /// The path under the API's root and service path, `v1/{+parent}/tuningJobs`.
    pub path: PathTemplate,
    /// The server of this method, where it is not the API's.
    pub server: Option<Server>,
    /// The same path with one variable for each id, where the document gives it.
    pub flat_path: Option<String>,
    /// What it does.
    pub doc: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Path, query and header parameters by their name on the wire, those that every method has left out.
    pub parameters: BTreeMap<String, Parameter>,
    /// The parameters that stubs take by position: those of the path in its order, then required others.
    pub parameter_order: Vec<String>,
    /// The body.
    pub request: Option<Type>,
    /// The body's media type; `application/json` unless a document says otherwise.
    pub request_media_type: Option<String>,
    /// True if the request is a `google.api.HttpBody`, sent as the content that it holds.
    pub takes_http_body: bool,
    /// True if the document allows requests without the body.
    pub request_optional: bool,
    /// Other media types in which the document accepts the body, without parameters.
    pub request_alternatives: Vec<String>,
    /// The reply.
    pub response: Option<Type>,
    /// True if the response is a `google.api.HttpBody`: content of any media type.
    pub returns_http_body: bool,
    /// The media type of a reply that is a file or a stream of events, where it is not asked for with `alt`.
    pub response_media_type: Option<String>,
    /// Media type of a JSON response, if it is not `application/json`.
    pub response_json_type: Option<String>,
    /// Types of error bodies that have one, by status: `404`, `4XX`, `default`.
    pub errors: BTreeMap<String, Type>,
    /// The scopes of which a caller needs one.
    pub scopes: Vec<String>,
    /// Alternatives of credentials that the document asks for; empty if it does not say.
    pub security: Vec<Requirement>,
    /// The version sent as `x-goog-api-version`.
    pub api_version: Option<String>,
    /// How content is uploaded, if it is.
    pub media_upload: Option<MediaUpload>,
    /// Whether content can be downloaded (`alt=media`).
    pub media_download: bool,
    /// Whether the reply is a stream of messages.
    pub streaming: bool,
    /// The operation that the reply is.
    pub operation: Option<Operation>,
    /// The resource that is watched until it ends.
    pub job: Option<Job>,
    /// How the reply pages.
    pub pagination: Option<Pagination>,
    /// Whether a repeat is safe, where the verb alone does not say.
    pub idempotent: Option<bool>,
    /// Where the document says it, as a JSON pointer.
    pub pointer: String,
}

impl Method {
    /// How the body is written.
    pub fn body_form(&self) -> BodyForm {
        let kind = self.request_media_type.as_deref().unwrap_or("application/json");
        match kind.split(';').next().unwrap_or(kind).trim() {
            "multipart/form-data" | "application/x-www-form-urlencoded" => BodyForm::Form,
            kind if kind == "application/json" || kind == "text/json" || kind.ends_with("+json") => BodyForm::Json,
            _ if self.request == Some(Type::String) => BodyForm::Text,
            _ => BodyForm::Bytes,
        }
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// As JSON.
    Json,
    /// As the fields of a form.
    Form,
    /// As the text that it is.
    Text,
    /// As the bytes that it is.
    Bytes,
}

/// The verbs that documents use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
    /// `OPTIONS`
    Options,
}

impl HttpMethod {
    /// The verb as it is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Put => "PUT",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Head => "HEAD",
            HttpMethod::Options => "OPTIONS",
        }
    }

    /// Every verb.
    pub const ALL: [HttpMethod; 7] = [
        HttpMethod::Get,
        HttpMethod::Post,
        HttpMethod::Put,
        HttpMethod::Patch,
        HttpMethod::Delete,
        HttpMethod::Head,
        HttpMethod::Options,
    ];
}

/// A parameter of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire, where it is not the key in [`Method::parameters`]: another parameter has that name.
    pub wire_name: Option<String>,
    /// Where it is sent.
    pub location: Location,
    /// What one value is; a repeated parameter takes any number of them.
    pub ty: Type,
    /// Whether it may be given more than once.
    pub repeated: bool,
    /// Whether a request must have it.
    pub required: bool,
    /// How several values are written.
    pub style: Style,
    /// What it is for.
    pub doc: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Constraints on its value.
    pub constraints: Constraints,
    /// Where the document says it, as a JSON pointer.
    pub pointer: String,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// How the values of a repeated parameter are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Once for each value: `a=1&a=2`. All that Discovery has.
    #[default]
    Repeat,
    /// Joined with commas: `a=1,2`.
    Comma,
    /// Joined with spaces: `a=1%202`.
    Space,
    /// Joined with bars: `a=1|2`.
    Pipe,
}

/// How content is uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaUpload {
    /// Media types that are taken; empty for any.
    pub accept: Vec<String>,
    /// The most bytes that are taken.
    pub max_size: Option<u64>,
    /// One request with all of it.
    pub simple: Option<MediaProtocol>,
    /// A session that survives a broken connection.
    pub resumable: Option<MediaProtocol>,
}

/// One way to upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaProtocol {
    /// The path, under the root of the host.
    pub path: PathTemplate,
    /// Whether metadata may be sent along, as `multipart/related`.
    pub multipart: bool,
}

/// What a long-running operation ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The schema of its result.
    pub response: Option<String>,
    /// The schema of its progress.
    pub metadata: Option<String>,
    /// The path that it is polled at, where it is not the API's own operations method.
    pub poll: Option<PathTemplate>,
    /// How we know; `None` where the document says so itself.
    pub source: Option<Evidence>,
}

/// A resource that is watched with its own `get` until its state says that it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The method that reads it.
    pub get: String,
    /// The method that cancels it.
    pub cancel: Option<String>,
    /// The property that holds its state.
    pub state: String,
    /// The states that are success.
    pub succeeded: Vec<String>,
    /// The states that are failure.
    pub failed: Vec<String>,
    /// The property that holds a `google.rpc.Status` on failure.
    pub error: Option<String>,
}

/// How a reply pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The parameter that takes a token, `pageToken`.
    pub token: String,
    /// The property of the reply that gives the next one, `nextPageToken`.
    pub next_token: String,
    /// The property of the reply that holds the items, where there is just one that can be.
    pub items: Option<String>,
}
