//! What a document says about an API and its methods, as constants that generated code states.
//!
//! One table row per method and no code: the logic that reads the rows exists once, in this crate,
//! so that a thousand methods cost a thousand literals to compile and nothing more.

/// One version of one API: what all of its methods share.
#[derive(Debug)]
pub struct Api {
    /// The document's `name`, as `aiplatform`.
    pub name: &'static str,
    /// The document's `version`, as `v1`.
    pub version: &'static str,
    /// The document's `revision`, a date as `20261106`; empty where it has none.
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
    /// The document's feature `dataWrapper`: requests and responses are in `{"data": …}`.
    pub data_wrapper: bool,
}

impl Api {
    /// What an API has that says nothing of itself; the rest of a literal: `..Api::EMPTY`.
    pub const EMPTY: Self = Self {
        name: "",
        version: "",
        revision: "",
        root_url: "",
        service_path: "",
        locational_endpoints: &[],
        regional_endpoints: &[],
        data_wrapper: false,
    };
}

/// Locations and their root URLs, which end in `/`. Of several URLs of one location the first counts: the others are
/// hosts of earlier stages, which never get a credential unless a caller sets them as the client's endpoint.
pub type Endpoints = &'static [(&'static str, &'static str)];

/// One method of an API.
#[derive(Debug)]
pub struct Method {
    /// The document's `id`, as `aiplatform.projects.locations.tuningJobs.list`.
    pub id: &'static str,
    /// The HTTP method.
    pub verb: Verb,
    /// The path template, relative to the service path, with `{name}` and `{+name}`.
    pub path: &'static str,
    /// The parameters, in the order in which queries are written. What the method cannot do without
    /// comes first: the arguments of [`Resource::call`](super::Resource::call) are the first ones.
    pub params: &'static [Param],
    /// Whether the document declares a request body. If it does, a body not set is sent as `{}`;
    /// otherwise none is sent.
    pub body: bool,
    /// The media type of the body; empty for `application/json`.
    pub content_type: &'static str,
    /// The media type that is asked for, where the answer is neither JSON nor asked for with `alt`; empty as a rule.
    pub accept: &'static str,
    /// The OAuth scopes of which one suffices; empty where the document lists none.
    pub scopes: &'static [&'static str],
    /// The document's `apiVersion`, sent as `x-goog-api-version`; empty where it has none.
    pub api_version: &'static str,
    /// Whether repeating the call is as good as making it once; `None` leaves it to the verb.
    pub idempotent: Option<bool>,
    /// Whether the response is a stream of messages: asked for with `alt=sse`, or with [`Self::accept`].
    pub streaming: bool,
    /// The path template, relative to the service path, under which what the method started is
    /// polled, as `v1/{+name}`: its only variable takes the name of the operation or of the job. The
    /// same with `:cancel` cancels it. Empty where that is under the first segment of [`Self::path`],
    /// which is the API's version as a rule, and where there is nothing to poll.
    pub poll: &'static str,
    /// What tells the end of what the method started, where that is a resource with a state. An
    /// operation has `done`.
    pub job: Option<&'static Job>,
    /// How a file is sent along with the call, if it can be.
    pub upload: Option<&'static Upload>,
    /// Whether a file can be the response: asked for with `alt=media`, or with [`Self::accept`].
    pub download: bool,
    /// True if the request is a `google.api.HttpBody`, sent as the content that it holds.
    pub takes_http_body: bool,
    /// True if the response is a `google.api.HttpBody`: content of any media type.
    pub returns_http_body: bool,
}

impl Method {
    /// A `GET` of nothing; the rest of a literal: `..Method::EMPTY`.
    pub const EMPTY: Self = Self {
        id: "",
        verb: Verb::Get,
        path: "",
        params: &[],
        body: false,
        content_type: "",
        accept: "",
        scopes: &[],
        api_version: "",
        idempotent: None,
        streaming: false,
        poll: "",
        job: None,
        upload: None,
        download: false,
        takes_http_body: false,
        returns_http_body: false,
    };

    /// Whether sending the call twice does no harm: what the overlay says, else what HTTP says of
    /// the verb (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        self.idempotent.unwrap_or(match self.verb {
            Verb::Get | Verb::Put | Verb::Delete | Verb::Head | Verb::Options => true,
            Verb::Post | Verb::Patch => false,
        })
    }
}

/// A resource that is watched with its own `get` until its state says that it has ended.
#[derive(Debug)]
pub struct Job {
    /// The property that has its state.
    pub state: &'static str,
    /// The states in which it ended well.
    pub succeeded: &'static [&'static str],
    /// The states in which it ended otherwise.
    pub failed: &'static [&'static str],
    /// The property that has a `google.rpc.Status` then; empty where there is none.
    pub error: &'static str,
}

/// The HTTP methods that documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
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

impl From<Verb> for ::http::Method {
    fn from(verb: Verb) -> Self {
        match verb {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
            Verb::Put => Self::PUT,
            Verb::Patch => Self::PATCH,
            Verb::Delete => Self::DELETE,
            Verb::Head => Self::HEAD,
            Verb::Options => Self::OPTIONS,
        }
    }
}

/// One parameter of a method.
#[derive(Debug)]
pub struct Param {
    /// Its name in the document and on the wire, as `pageSize`.
    pub name: &'static str,
    /// Where its value goes.
    pub place: Place,
    /// Whether a request without it is an error. Those of the path always are.
    pub required: bool,
    /// The regular expression that a value of the path has to match; empty where there is none.
    pub pattern: &'static str,
}

impl Param {
    /// A parameter of the path; `pattern` is empty where the document gives none.
    pub const fn path(name: &'static str, pattern: &'static str) -> Self {
        Self { name, place: Place::Path, required: true, pattern }
    }

    /// An optional parameter of the query.
    pub const fn query(name: &'static str) -> Self {
        Self { name, place: Place::Query, required: false, pattern: "" }
    }

    /// A parameter of the query that the method cannot do without.
    pub const fn required_query(name: &'static str) -> Self {
        Self { name, place: Place::Query, required: true, pattern: "" }
    }
}

/// Where a parameter's value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into the path, in place of `{name}` or `{+name}`; a list gives `a,b`.
    Path,
    /// Into the query; a list gives `name=a&name=b`.
    Query,
    /// Into the query; a list gives `name=a,b` (OpenAPI's `explode: false`).
    QueryJoined,
    /// Into the query; a list gives `name=a%20b`.
    QuerySpaced,
    /// Into the query; a list gives `name=a|b`, with the bar encoded.
    QueryPiped,
    /// Into a header of the parameter's name; a list is joined with commas.
    Header,
}

/// How a file is sent along with a call: the document's `mediaUpload`.
#[derive(Debug)]
pub struct Upload {
    /// The path template for sending the file in one request, relative to the root URL; empty where
    /// the document has no protocol `simple`.
    pub simple: &'static str,
    /// Whether that one request can also carry the message.
    pub multipart: bool,
    /// The path template for sending the file in parts, relative to the root URL; empty where the
    /// document has no protocol `resumable`.
    pub resumable: &'static str,
    /// The media types that are accepted, as `image/*`; empty where all are.
    pub accept: &'static [&'static str],
    /// The largest file, in bytes; 0 where the document sets no limit.
    pub max_size: u64,
}

impl Upload {
    /// No protocol at all; the rest of a literal: `..Upload::EMPTY`.
    pub const EMPTY: Self = Self { simple: "", multipart: false, resumable: "", accept: &[], max_size: 0 };
}
