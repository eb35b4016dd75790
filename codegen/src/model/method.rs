//! Methods and their parameters.

use super::{Constraints, FactSource, Pagination, PathTemplate, Requirement, Server, Type, essence};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Method of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// Id, unique among all APIs: `generativelanguage.tunedModels.create`.
    pub id: String,
    /// Id of the operation as an OpenAPI document states it.
    pub operation_id: Option<String>,
    /// HTTP method of the request.
    pub http_method: HttpMethod,
    /// Path under the API's root and service path, `v1/{+parent}/tuningJobs`.
    pub path: PathTemplate,
    /// Server of this method, if it is not the API's.
    pub server: Option<Server>,
    /// The same path with one variable for each id, if the document states it.
    pub flat_path: Option<String>,
    /// Description of the method.
    pub doc: Option<String>,
    /// Tags that the document groups it by.
    pub tags: Vec<String>,
    /// True if the document marks it deprecated.
    pub deprecated: bool,
    /// Day on which the method ends, as `x-sunset` states it.
    pub sunset: Option<String>,
    /// Parameters by wire name, without those that all methods share.
    pub parameters: BTreeMap<String, Parameter>,
    /// Parameters that stubs take by position: those of the path in its order, then other required ones.
    pub parameter_order: Vec<String>,
    /// Type of the request body.
    pub request: Option<Type>,
    /// Constraints on the request body, beyond those of a type that it refers to.
    pub request_constraints: Constraints,
    /// Media type of the request body; `application/json` if `None`.
    pub request_media_type: Option<String>,
    /// Encoding of the fields of a form, by their names.
    pub request_form: BTreeMap<String, FormField>,
    /// True if the request is a `google.api.HttpBody`, sent as the content that it holds.
    pub takes_http_body: bool,
    /// True if the document allows requests without the body.
    pub request_optional: bool,
    /// Media types in which the document accepts the body, with their parameters, in lower case.
    pub request_media_types: Vec<String>,
    /// Type of the response body.
    pub response: Option<Type>,
    /// Constraints on the response body, beyond those of a type that it refers to.
    pub response_constraints: Constraints,
    /// True if the response is a `google.api.HttpBody`: content of any media type.
    pub returns_http_body: bool,
    /// Media type of a response that is a file or an event stream and is not requested with `alt`.
    pub response_media_type: Option<String>,
    /// Media type of a JSON response, if it is not `application/json`.
    pub response_json_type: Option<String>,
    /// Responses by status: `200`, `404`, `4XX`, `default`.
    pub responses: BTreeMap<String, Response>,
    /// OAuth scopes, any one of which allows the call.
    pub scopes: Vec<String>,
    /// Alternative credentials; empty if the document states none.
    pub security: Vec<Requirement>,
    /// Version sent as `x-goog-api-version`.
    pub api_version: Option<String>,
    /// Media upload, if the method supports it.
    pub media_upload: Option<MediaUpload>,
    /// True if the method supports media download (`alt=media`).
    pub media_download: bool,
    /// True if callers can be notified of changes of what it returns.
    pub subscription: bool,
    /// True if requests must state the version of what they change, in the header `If-Match`.
    pub etag_required: bool,
    /// True if the response is a stream of messages.
    pub streaming: bool,
    /// True if a message of the stream is a whole server-sent event, and not its data alone.
    pub whole_events: bool,
    /// Long-running operation that the response describes.
    pub operation: Option<Operation>,
    /// Resource that is polled until it reaches a final state.
    pub job: Option<Job>,
    /// Pagination of the response.
    pub pagination: Option<Pagination>,
    /// True if a retry is safe, false if it is not; `None` if the HTTP method decides.
    pub idempotent: Option<bool>,
    /// JSON pointer to the method in the document.
    pub pointer: String,
}

impl Method {
    /// Returns the fields of a form that generated code sends in another way than their types state.
    pub fn stated_form(&self) -> impl Iterator<Item = (&String, &FormField)> {
        self.request_form.iter().filter(|(_, field)| field.is_stated())
    }

    /// Returns the parameters that stubs take by position, in their order.
    pub fn positional(&self) -> impl Iterator<Item = (&String, &Parameter)> {
        self.parameter_order.iter().filter_map(|name| self.parameters.get_key_value(name))
    }

    /// Returns the parameters that stubs do not take by position.
    pub fn optional(&self) -> impl Iterator<Item = (&String, &Parameter)> {
        let positional: HashSet<&String> = self.parameter_order.iter().collect();
        self.parameters.iter().filter(move |(name, _)| !positional.contains(name))
    }

    /// Returns the types of error bodies in JSON, by status.
    pub fn errors(&self) -> impl Iterator<Item = (&String, &Type)> {
        self.responses.iter().filter_map(|(status, response)| Some((status, response.error.as_ref()?)))
    }

    /// Returns `true` if the response is nothing but a file.
    pub fn returns_file(&self) -> bool {
        self.media_download && self.response.is_none() && !self.streaming
    }

    /// Returns `true` if the document states redirects, and no other response but errors.
    pub fn returns_redirect(&self) -> bool {
        let states = |known: fn(&str) -> bool| self.responses.keys().any(|status| known(status));
        self.response.is_none()
            && !self.media_download
            && !self.streaming
            && states(|status| matches!(status, "301" | "302" | "303" | "307" | "308" | "3XX"))
            && !states(|status| status.starts_with('2') || status == "default")
    }

    /// Returns the kind of call that the method takes.
    pub fn kind(&self) -> CallKind {
        if self.streaming {
            CallKind::Stream
        } else if self.job.is_some() || self.operation.is_some() {
            CallKind::Operation
        } else if self.media_upload.is_some() {
            CallKind::Upload
        } else if self.media_download || self.returns_http_body {
            CallKind::Download
        } else {
            CallKind::Unary
        }
    }

    /// Returns the media types of the response, unless it is `application/json`.
    pub fn accept(&self) -> Option<&str> {
        self.response_media_type.as_deref().or(self.response_json_type.as_deref())
    }

    /// Returns the encoding of the request body.
    pub fn body_form(&self) -> BodyForm {
        let kind = essence(self.request_media_type.as_deref().unwrap_or("application/json"));
        let is_form = kind == "application/x-www-form-urlencoded" || kind.starts_with("multipart/");
        match &self.request {
            _ if kind == "application/json" || kind == "text/json" || kind.ends_with("+json") => BodyForm::Json,
            Some(Type::String) => BodyForm::Text,
            Some(Type::Bytes) => BodyForm::Bytes,
            _ if is_form => BodyForm::Form,
            _ => BodyForm::Bytes,
        }
    }
}

/// Kind of the call of a method, which decides how it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// One request, one response.
    Unary,
    /// The response is a stream of messages.
    Stream,
    /// The response is an operation or a job that is polled.
    Operation,
    /// The request can carry a file.
    Upload,
    /// The response can be a file.
    Download,
}

/// Response of a method with one status, or those of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Type of a JSON body of an error; that of a success is [`Method::response`].
    pub error: Option<Type>,
    /// Constraints on the body of an error, beyond those of a type that it refers to.
    pub error_constraints: Constraints,
    /// Media types of the body, in lower case and with their parameters.
    pub media_types: BTreeSet<String>,
    /// Headers by name, in lower case.
    pub headers: BTreeMap<String, Header>,
    /// Links to other operations by name: what they lead to, and with which values.
    pub links: BTreeMap<String, String>,
}

/// Header of a response, or parameter of a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// True if every response or request has it.
    pub required: bool,
    /// Type of its value as the document names it: `integer (int32)`; empty if the document states none.
    pub ty: String,
    /// Values that it may have; empty if the document lists none.
    pub values: BTreeSet<String>,
    /// Constraints on its value, apart from these values.
    pub constraints: Constraints,
}

/// Request that the service makes: a webhook, or a callback of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Webhook {
    /// Type of the JSON body.
    pub payload: Option<Type>,
    /// Media types of the body.
    pub payload_types: BTreeSet<String>,
    /// HTTP method of the request.
    pub http_method: Option<HttpMethod>,
    /// URL of a callback, as an expression over the call that it belongs to: `{$request.body#/url}`.
    pub url: Option<String>,
    /// True if the service may send the request without the body.
    pub payload_optional: bool,
    /// Parameters that the service sends, by their place and name: `header x-signature`.
    pub parameters: BTreeMap<String, Header>,
    /// Statuses with which receivers may respond, and the media types of the bodies of each.
    pub responses: BTreeMap<String, BTreeSet<String>>,
    /// Description of the request.
    pub doc: Option<String>,
    /// JSON pointer to the request in the document.
    pub pointer: String,
}

impl Webhook {
    /// Returns the name of a webhook among those of methods: no method has a space in its name.
    pub(crate) fn among_methods(webhook: &str) -> String {
        format!("webhook {webhook}")
    }

    /// Returns the webhook that has a name among those of methods.
    #[cfg(feature = "cli")]
    pub(crate) fn of_method(name: &str) -> Option<&str> {
        name.strip_prefix("webhook ")
    }
}

/// Encoding of a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// JSON, of any media type.
    Json,
    /// Form fields, in either encoding of forms.
    Form,
    /// Plain text.
    Text,
    /// Raw bytes.
    Bytes,
}

/// HTTP methods that documents use.
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
    /// `TRACE`
    Trace,
    /// `QUERY`
    Query,
    /// Another method that servers know: `COPY`.
    Other(&'static str),
}

impl HttpMethod {
    /// Returns the name of the method in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Put => "PUT",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Head => "HEAD",
            HttpMethod::Options => "OPTIONS",
            HttpMethod::Trace => "TRACE",
            HttpMethod::Query => "QUERY",
            HttpMethod::Other(name) => name,
        }
    }

    /// Returns the method of a name that has no key of its own in OpenAPI documents.
    pub fn other(name: &str) -> Option<Self> {
        Self::OTHERS.into_iter().find(|known| *known == name).map(Self::Other)
    }

    /// The methods of the IANA registry beside those below, and others that many servers know.
    const OTHERS: [&str; 34] = [
        "ACL",
        "BASELINE-CONTROL",
        "BIND",
        "CHECKIN",
        "CHECKOUT",
        "COPY",
        "LABEL",
        "LINK",
        "LOCK",
        "M-SEARCH",
        "MERGE",
        "MKACTIVITY",
        "MKCALENDAR",
        "MKCOL",
        "MKREDIRECTREF",
        "MKWORKSPACE",
        "MOVE",
        "NOTIFY",
        "ORDERPATCH",
        "PROPFIND",
        "PROPPATCH",
        "PURGE",
        "REBIND",
        "REPORT",
        "SEARCH",
        "SUBSCRIBE",
        "UNBIND",
        "UNCHECKOUT",
        "UNLINK",
        "UNLOCK",
        "UNSUBSCRIBE",
        "UPDATE",
        "UPDATEREDIRECTREF",
        "VERSION-CONTROL",
    ];

    /// All HTTP methods with a key of their own in OpenAPI documents.
    pub const ALL: [HttpMethod; 9] = [
        HttpMethod::Get,
        HttpMethod::Post,
        HttpMethod::Put,
        HttpMethod::Patch,
        HttpMethod::Delete,
        HttpMethod::Head,
        HttpMethod::Options,
        HttpMethod::Trace,
        HttpMethod::Query,
    ];
}

/// Parameter of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Wire name, if it differs from the key in [`Method::parameters`] because another parameter has that key.
    pub wire_name: Option<String>,
    /// Part of the request that carries it.
    pub location: ParameterLocation,
    /// Type of one value; a repeated parameter takes any number of values.
    pub ty: Type,
    /// True if it takes several values.
    pub repeated: bool,
    /// True if it is required.
    pub required: bool,
    /// Encoding of lists and objects.
    pub style: Style,
    /// True if reserved characters of the query are not percent-encoded.
    pub reserved: bool,
    /// Description of the parameter.
    pub doc: Option<String>,
    /// True if the document marks it deprecated.
    pub deprecated: bool,
    /// Constraints on its value.
    pub constraints: Constraints,
    /// JSON pointer to the parameter in the document.
    pub pointer: String,
}

/// Part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// Path.
    Path,
    /// Query.
    Query,
    /// Header.
    Header,
    /// Header `cookie`.
    Cookie,
}

/// Encoding of lists and objects as text. The runtime's `Style` has the same variants and an example of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Once for each value: `a=1&a=2`. The only style in Discovery documents.
    #[default]
    Repeat,
    /// Separated by commas: `a=1,2`.
    Comma,
    /// Separated by spaces: `a=1%202`.
    Space,
    /// Separated by pipes: `a=1|2`.
    Pipe,
    /// In the path, after a dot: `.1,2`.
    Label,
    /// In the path, each value after a dot: `.1.2`.
    LabelExploded,
    /// In the path, with the name: `;a=1,2`.
    Matrix,
    /// In the path, each value with the name: `;a=1;a=2`.
    MatrixExploded,
    /// With the path of each value in brackets: `a[0]=1&a[1]=2`.
    Deep,
    /// As JSON.
    Json,
}

/// Encoding of a form's field, where its type alone does not state it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormField {
    /// Encoding of lists and objects.
    pub style: Option<Style>,
    /// Media type of the part, or of its files without one of their own.
    pub content_type: Option<String>,
    /// True if reserved characters are not percent-encoded.
    pub reserved: bool,
    /// Headers of the part, with their values.
    pub headers: BTreeMap<String, String>,
    /// Media types that the part may have, if the document states several or a range.
    pub content_types: BTreeSet<String>,
    /// Headers without a single value, which generated code does not send.
    pub other_headers: BTreeMap<String, Header>,
}

impl FormField {
    /// Returns `true` if generated code sends the field in another way than its type states.
    fn is_stated(&self) -> bool {
        self.style.is_some() || self.content_type.is_some() || self.reserved || !self.headers.is_empty()
    }
}

/// Media upload of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaUpload {
    /// Accepted media types; empty if all are accepted.
    pub accept: Vec<String>,
    /// Largest size in bytes.
    pub max_size: Option<u64>,
    /// Upload in one request.
    pub simple: Option<MediaProtocol>,
    /// Resumable upload session.
    pub resumable: Option<MediaProtocol>,
}

/// Path and abilities of an upload protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaProtocol {
    /// Path, under the root of the host.
    pub path: PathTemplate,
    /// True if metadata may be sent with the content, as `multipart/related`.
    pub multipart: bool,
}

/// Long-running operation that a method starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Schema of its result.
    pub response: Option<String>,
    /// Schema of its metadata.
    pub metadata: Option<String>,
    /// Path that it is polled at, if it is known.
    pub poll: Option<PathTemplate>,
    /// Source of this fact; `None` if it is the document itself.
    pub source: Option<FactSource>,
}

/// Resource that is polled with its own `get` method until it reaches a final state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Method that reads it.
    pub get: String,
    /// Method that cancels it.
    pub cancel: Option<String>,
    /// Property that contains its name: the value of the variable in the path of [`get`](Self::get).
    pub name: String,
    /// Property that contains its state.
    pub state: String,
    /// States in which the job has succeeded.
    pub succeeded: Vec<String>,
    /// States in which the job has failed.
    pub failed: Vec<String>,
    /// Property that contains a `google.rpc.Status` after a failure.
    pub error: Option<String>,
}
