//! What can be wrong with a call before it is sent.

use std::fmt;

/// What is wrong with a call or a client, found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsageError {
    /// A required parameter has no value.
    Missing {
        /// The parameter.
        name: String,
    },
    /// A parameter of the path has an empty value.
    Empty {
        /// The parameter.
        name: String,
    },
    /// A parameter of the path is not of the form that the document demands.
    Pattern {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
        /// The regular expression that it has to match.
        pattern: &'static str,
    },
    /// The path has `.` or `..` for a segment, which would lead to another resource.
    DotSegment {
        /// The path.
        path: String,
    },
    /// A path template that cannot be read: a fault of the descriptor.
    Template {
        /// The template.
        template: String,
    },
    /// A location for which the document lists no endpoint, nor one like it.
    Location {
        /// The location set on the client, or in the name of a resource.
        location: String,
    },
    /// A base URL that is not one: not absolute, or with a user, a query or a fragment.
    BaseUrl {
        /// The URL, less any user and password.
        url: String,
    },
    /// A URL without TLS that leads to another machine: one set as the client's endpoint, the target of a redirect, or
    /// the document's root URL in a call with credentials.
    Insecure {
        /// The URL.
        url: String,
    },
    /// A header whose name or value HTTP does not allow. The value is not shown.
    Header {
        /// The header's name.
        name: String,
    },
    /// A header that belongs to the connection, as `host` or `content-length`, and cannot be set.
    ReservedHeader {
        /// The header's name.
        name: String,
    },
    /// A call was to be sent and the client has no transport.
    NoTransport,
    /// A file that the method does not take, or not in this way.
    Upload {
        /// Why not.
        reason: &'static str,
    },
    /// A poller was asked for its result again.
    Ended,
    /// A method that is not in the table of its resource: a fault of the descriptor.
    UnknownMethod,
    /// A URL that the `http` crate refuses, for its length as a rule.
    Url {
        /// Its length, in bytes.
        length: usize,
    },
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(f, "parameter `{name}` is required and not set"),
            Self::Empty { name } => write!(f, "parameter `{name}` is empty"),
            Self::Pattern { name, value, pattern } => {
                write!(f, "parameter `{name}` is {value:?}, which does not match `{pattern}`")
            }
            Self::DotSegment { path } => {
                write!(f, "the path {path:?} has `.` or `..` for a segment")
            }
            Self::Template { template } => {
                write!(f, "the path template {template:?} has a `{{` without its `}}`")
            }
            Self::Location { location } => {
                write!(f, "no endpoint is known for location `{location}`; set the client's endpoint to its URL")
            }
            Self::BaseUrl { url } => {
                write!(f, "{url:?} is not a base URL: `https://host/`, without user, query or fragment")
            }
            Self::Insecure { url } => {
                write!(
                    f,
                    "{url:?} has no TLS and is not on this machine: requests and credentials could be read on the way"
                )
            }
            Self::Header { name } => write!(f, "header `{name}` has a name or value not allowed"),
            Self::ReservedHeader { name } => {
                write!(f, "header `{name}` is set by the transport and cannot be replaced")
            }
            Self::NoTransport => f.write_str("the client has no transport"),
            Self::Upload { reason } => f.write_str(reason),
            Self::Ended => f.write_str("the poller has ended and given its result"),
            Self::UnknownMethod => f.write_str("the resource has no such method"),
            Self::Url { length } => write!(f, "the URL of {length} bytes is not valid"),
        }
    }
}

impl std::error::Error for UsageError {}
