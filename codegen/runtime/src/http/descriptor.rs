//! Descriptors of an API and its methods, as constants in generated code.
//!
//! Each method is one row of a table and no code: the logic that reads the rows exists once, in this crate, so that a
//! thousand methods cost a thousand literals to compile and nothing more.

use super::style::Style;

/// Descriptor of one version of one API: properties that all of its methods share.
#[derive(Debug)]
pub struct Api {
    /// The document's `name`, such as `aiplatform`.
    pub name: &'static str,
    /// The document's `version`, such as `v1`.
    pub version: &'static str,
    /// The document's `revision`, a date as `20261106`; empty if it has none.
    pub revision: &'static str,
    /// The document's `rootUrl`, which ends in `/`. Another endpoint of the document's or the client's own takes its
    /// place.
    pub root_url: &'static str,
    /// The document's `servicePath`, empty or ending in `/`.
    pub service_path: &'static str,
    /// The document's locational endpoints, where resources of their locations are found.
    pub locational_endpoints: Endpoints,
    /// The document's regional endpoints, used by clients that ask for them.
    pub regional_endpoints: Endpoints,
    /// The URL of the server with its variables, if it has any.
    pub server: Option<&'static ServerTemplate>,
    /// Root URLs of methods with a server of their own ([`Method::root_url`]).
    pub other_root_urls: &'static [&'static str],
    /// The document's feature `dataWrapper`: requests and responses are in `{"data": …}`.
    pub data_wrapper: bool,
}

impl Api {
    /// Default values, for the rest of a literal: `..Api::EMPTY`.
    pub const EMPTY: Self = Self {
        name: "",
        version: "",
        revision: "",
        root_url: "",
        service_path: "",
        locational_endpoints: &[],
        regional_endpoints: &[],
        server: None,
        other_root_urls: &[],
        data_wrapper: false,
    };
}

/// URL of a server with variables, such as `https://{tenant}.example.com/{version}/`.
#[derive(Debug)]
pub struct ServerTemplate {
    /// The URL, which ends in `/`.
    pub url: &'static str,
    /// The variables, with their default values.
    pub variables: &'static [(&'static str, &'static str)],
}

/// Locations and their root URLs, which end in `/`.
///
/// Of several URLs of one location the first counts: the others are hosts of earlier stages, which never get a
/// credential unless a caller sets them as the client's endpoint.
pub type Endpoints = &'static [(&'static str, &'static str)];

/// Descriptor of one method of an API.
#[derive(Debug)]
pub struct Method {
    /// The document's `id`, such as `aiplatform.projects.locations.tuningJobs.list`.
    pub id: &'static str,
    /// The HTTP method.
    pub http_method: HttpMethod,
    /// Root URL of the method's own server, which ends in `/`; empty for the API's.
    pub root_url: &'static str,
    /// Path under [`Self::root_url`] that the method's path is relative to, empty or ending in `/`.
    pub service_path: &'static str,
    /// The path template, relative to the service path, with `{name}` and `{+name}`.
    pub path: &'static str,
    /// The parameters, in the order of the query. Required ones come first: these are the arguments of
    /// [`Resource::call`](super::Resource::call).
    pub params: &'static [Param],
    /// True if the document declares a request body. An unset body is then sent as `{}`; otherwise none is sent.
    pub body: bool,
    /// True if the document allows requests without the body: an unset one is not sent.
    pub optional_body: bool,
    /// The media type of the body; empty for `application/json`.
    pub content_type: &'static str,
    /// The encoding of the fields of a form that are not encoded as their types alone state.
    pub form: &'static [FormField],
    /// The media type in `accept`; empty for JSON, and for responses that the parameter `alt` selects.
    pub accept: &'static str,
    /// The OAuth scopes, one of which is required; empty if the document lists none.
    pub scopes: &'static [&'static str],
    /// The credentials that the document requires, of which one alternative is enough; all credentials of an
    /// alternative are sent together. An empty alternative is a call without credentials. No alternatives if the
    /// document states nothing.
    pub security: &'static [&'static [SecurityScheme]],
    /// The document's `apiVersion`, sent as `x-goog-api-version`; empty if it has none.
    pub api_version: &'static str,
    /// True if the call can be repeated without further effect; `None` if the HTTP method decides.
    pub idempotent: Option<bool>,
    /// True if the response is a stream of messages, requested with `alt=sse` or [`Self::accept`].
    pub streaming: bool,
    /// True if a message is a whole server-sent event, `{"event": …, "data": …, "id": …}`, and not its data alone.
    pub whole_events: bool,
    /// The path template, relative to the service path, for polling the operation or job that the method starts, as
    /// `v1/{+name}`: its only variable is the name of the operation or job. The same path with `:cancel` cancels it,
    /// unless [`Job::cancel`] states another one.
    /// Empty if that is the first segment of [`Self::path`], typically the API's version, and then the name; and for
    /// methods that start nothing.
    pub poll: &'static str,
    /// The states of the job that the method starts, if it returns a resource with a state rather than an operation.
    pub job: Option<&'static Job>,
    /// The way to the next page of a list; `None` for a token that the parameter [`Page::TOKEN`](super::Page::TOKEN)
    /// takes.
    pub paging: Option<Paging>,
    /// The upload protocols, if the method takes a file.
    pub upload: Option<&'static UploadProtocols>,
    /// True if the response can be a file, requested with `alt=media` or [`Self::accept`].
    pub download: bool,
    /// True if the response is nothing but a file, so that [`Call::send`](super::Call::send) returns it.
    pub returns_file: bool,
    /// True if the response is a redirect, which [`Call::send`](super::Call::send) returns and does not follow.
    pub returns_redirect: bool,
    /// True if the request is a `google.api.HttpBody`, sent as the content that it holds.
    pub takes_http_body: bool,
    /// True if the response is a `google.api.HttpBody`: content of any media type.
    pub returns_http_body: bool,
}

impl Method {
    /// Default values, for the rest of a literal: `..Method::EMPTY`.
    pub const EMPTY: Self = Self {
        id: "",
        http_method: HttpMethod::Get,
        root_url: "",
        service_path: "",
        path: "",
        params: &[],
        body: false,
        optional_body: false,
        content_type: "",
        form: &[],
        accept: "",
        scopes: &[],
        security: &[],
        api_version: "",
        idempotent: None,
        streaming: false,
        whole_events: false,
        poll: "",
        job: None,
        paging: None,
        upload: None,
        download: false,
        returns_file: false,
        returns_redirect: false,
        takes_http_body: false,
        returns_http_body: false,
    };

    /// Returns the credentials that the method takes, in words: `a bearer token, or the header `x-key``.
    pub fn takes(&self) -> String {
        let one = |requirement: &&[SecurityScheme]| match requirement {
            [] => "none".to_owned(),
            schemes => schemes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "),
        };
        self.security.iter().map(one).collect::<Vec<_>>().join(", or ")
    }

    /// Returns `true` if the call can be repeated without further effect: as the overlay states, otherwise as HTTP
    /// defines for the method (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        let may_add_effects = matches!(self.http_method, HttpMethod::Post | HttpMethod::Patch | HttpMethod::Other(_));
        self.idempotent.unwrap_or(!may_add_effects)
    }
}

/// Kind of credentials, and their place in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityScheme {
    /// A token in the header `Authorization: Bearer`: also of OAuth 2.0 and OpenID Connect.
    Bearer,
    /// User and password in the header `Authorization: Basic`.
    Basic,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query parameter of this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
    /// Another scheme, by its name.
    Other(&'static str),
}

impl std::fmt::Display for SecurityScheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bearer => f.write_str("a bearer token"),
            Self::Basic => f.write_str("user and password"),
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
            Self::Cookie(name) => write!(f, "the cookie `{name}`"),
            Self::Other(name) => write!(f, "the scheme `{name}`"),
        }
    }
}

/// Descriptor of a job: a resource that is polled with its own `get` until its state is terminal.
#[derive(Debug)]
pub struct Job {
    /// The property with the name, which the path of [`Method::poll`] takes.
    pub name: &'static str,
    /// The property with the state, such as `state`.
    pub state: &'static str,
    /// The states of a job that succeeded.
    pub succeeded: &'static [&'static str],
    /// The states of a job that failed or was cancelled.
    pub failed: &'static [&'static str],
    /// The property with the `google.rpc.Status` of a failed job, such as `error`; empty if there is none.
    pub error: &'static str,
    /// The HTTP method and the path template that cancel the job, if it is not the path of [`Method::poll`] with
    /// `:cancel`.
    pub cancel: Option<(HttpMethod, &'static str)>,
}

impl Job {
    /// Default values, for the rest of a literal: `..Job::EMPTY`.
    pub const EMPTY: Self = Self { name: "name", state: "", succeeded: &[], failed: &[], error: "", cancel: None };
}

/// Way to the next page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// The parameter takes the token that the response has ([`Page::next_page_token`](super::Page::next_page_token)).
    Token(&'static str),
    /// The header `link` of the response has the URL, with `rel="next"` (RFC 8288).
    Link,
    /// The first parameter takes the number of a page, which begins with 1; the second one the number of items of a
    /// page. It is empty if there is none.
    Number(&'static str, &'static str),
    /// The first parameter takes the number of items before the page; the second one the number of items of a page. It
    /// is empty if there is none.
    Offset(&'static str, &'static str),
}

/// HTTP methods that documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Another method, by its name.
    Other(&'static str),
}

impl From<HttpMethod> for ::http::Method {
    fn from(method: HttpMethod) -> Self {
        match method {
            HttpMethod::Get => Self::GET,
            HttpMethod::Post => Self::POST,
            HttpMethod::Put => Self::PUT,
            HttpMethod::Patch => Self::PATCH,
            HttpMethod::Delete => Self::DELETE,
            HttpMethod::Head => Self::HEAD,
            HttpMethod::Options => Self::OPTIONS,
            HttpMethod::Trace => Self::TRACE,
            // A valid name, which the library has no constant for.
            HttpMethod::Query => Self::from_bytes(b"QUERY").unwrap_or_default(),
            HttpMethod::Other(name) => Self::from_bytes(name.as_bytes()).unwrap_or_default(),
        }
    }
}

/// Descriptor of one parameter of a method.
#[derive(Debug)]
pub struct Param {
    /// The name on the wire, such as `pageSize`; empty for the value that is the whole query.
    pub name: &'static str,
    /// The part of the request that carries its value.
    pub location: ParameterLocation,
    /// The encoding of lists and objects.
    pub style: Style,
    /// True if values are JSON that [`Self::style`] encodes: objects, lists of objects, values of several types.
    pub structured: bool,
    /// True if reserved characters of a value in the query stay as they are, but for those that would end the value.
    pub reserved: bool,
    /// True if a request without it is an error, as for all parameters of the path.
    pub required: bool,
    /// The regular expression that a value in the path must match; empty if there is none.
    pub pattern: &'static str,
}

impl Param {
    /// Creates a parameter of the path; `pattern` is empty if the document states none.
    pub const fn path(name: &'static str, pattern: &'static str) -> Self {
        Self { location: ParameterLocation::Path, style: Style::Comma, pattern, ..Self::required_query(name) }
    }

    /// Creates an optional parameter of the query.
    pub const fn query(name: &'static str) -> Self {
        Self { required: false, ..Self::required_query(name) }
    }

    /// Creates a required parameter of the query.
    pub const fn required_query(name: &'static str) -> Self {
        let (location, style) = (ParameterLocation::Query, Style::Repeat);
        Self { name, location, style, structured: false, reserved: false, required: true, pattern: "" }
    }
}

/// Part of a request that carries a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterLocation {
    /// The path, where the value replaces `{name}` or `{+name}`.
    Path,
    /// The query.
    Query,
    /// The header of the parameter's name.
    Header,
    /// The header `cookie`.
    Cookie,
}

/// Encoding of one field of a form: OpenAPI's `encoding`.
#[derive(Debug)]
pub struct FormField {
    /// The name of the property.
    pub name: &'static str,
    /// The encoding of lists and objects.
    pub style: Option<Style>,
    /// The media type of the part, or of its files without one of their own; empty if the document states none.
    pub content_type: &'static str,
    /// True if reserved characters stay as they are in `application/x-www-form-urlencoded`.
    pub reserved: bool,
    /// Headers of the part, with their values.
    pub headers: &'static [(&'static str, &'static str)],
}

impl FormField {
    /// Default values, for the rest of a literal: `..FormField::EMPTY`.
    pub const EMPTY: Self = Self { name: "", style: None, content_type: "", reserved: false, headers: &[] };
}

/// Upload protocols of a method: the document's `mediaUpload`.
#[derive(Debug)]
pub struct UploadProtocols {
    /// The path template for sending the file in one request, relative to the root URL; empty if the document has no
    /// protocol `simple`.
    pub simple: &'static str,
    /// True if that request can also carry the message.
    pub multipart: bool,
    /// The path template for sending the file in parts, relative to the root URL; empty if the document has no protocol
    /// `resumable`.
    pub resumable: &'static str,
    /// The accepted media types, such as `image/*`; empty for all.
    pub accept: &'static [&'static str],
    /// The largest accepted file, in bytes; 0 if the document states no limit.
    pub max_size: u64,
}

impl UploadProtocols {
    /// No protocol; for the rest of a literal: `..UploadProtocols::EMPTY`.
    pub const EMPTY: Self = Self { simple: "", multipart: false, resumable: "", accept: &[], max_size: 0 };
}
