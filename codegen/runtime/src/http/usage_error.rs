//! Errors of calls that are found before a request is sent.

use std::fmt;

/// Error of a call or a client that is found before anything is sent; or of a redirect or the link to a next page, before
/// a request is sent there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsageError {
    /// A required parameter has no value.
    Missing {
        /// Name of the parameter.
        name: String,
    },
    /// A parameter of the path has an empty value.
    Empty {
        /// Name of the parameter.
        name: String,
    },
    /// A parameter of the path does not match its pattern.
    Pattern {
        /// Name of the parameter.
        name: String,
        /// Value of the parameter.
        value: String,
        /// Regular expression that the document states.
        pattern: &'static str,
    },
    /// A parameter's value cannot be encoded as JSON. The value is not shown.
    Value {
        /// Name of the parameter.
        name: String,
    },
    /// The server's URL has no such variable, or the value has characters that are not those of a host or a segment.
    ServerVariable {
        /// Name of the variable.
        name: String,
    },
    /// A segment of the path is `.` or `..`, which would lead to another resource.
    DotSegment {
        /// Path with the values of its variables.
        path: String,
    },
    /// The descriptor's path template is invalid.
    Template {
        /// Template of the path.
        template: String,
    },
    /// No endpoint is known for a location: the document lists none, and no pattern that it would follow.
    Location {
        /// The location set on the client, or in the name of a resource.
        location: String,
    },
    /// The base URL is invalid: not absolute, or with a user, a query or a fragment.
    BaseUrl {
        /// The URL without user and password.
        url: String,
    },
    /// A URL without TLS that leads to another machine: one set as the client's endpoint, the target of a redirect, or
    /// the document's root URL in a call with credentials.
    Insecure {
        /// The URL without TLS.
        url: String,
    },
    /// The next page of a list is at another server than the first.
    NextPage {
        /// Host of the other server.
        host: String,
    },
    /// The name or value of a header is invalid. The value is not shown.
    Header {
        /// Name of the header.
        name: String,
    },
    /// A header cannot be set because it belongs to the connection, such as `host` or `content-length`.
    ReservedHeader {
        /// Name of the header.
        name: String,
    },
    /// The client does not have the credentials that the method requires.
    Credentials {
        /// Credentials that the method takes, in words.
        takes: String,
    },
    /// The client has no transport to send a call.
    NoTransport,
    /// The method does not take this file, or not with this protocol.
    Upload {
        /// Reason why the upload is invalid.
        reason: &'static str,
    },
    /// The poller has already returned its result.
    Ended,
    /// The method is not in the table of its resource.
    UnknownMethod,
    /// The URL is invalid, typically too long.
    Url {
        /// Length of the URL, in bytes.
        length: usize,
    },
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(f, "missing required parameter `{name}`"),
            Self::Empty { name } => write!(f, "parameter `{name}` is empty"),
            Self::Pattern { name, value, pattern } => {
                write!(f, "parameter `{name}` is {value:?}, which does not match `{pattern}`")
            }
            Self::Value { name } => write!(f, "the value of parameter `{name}` cannot be encoded"),
            Self::ServerVariable { name } => {
                write!(f, "the server's URL has no variable `{name}`, or its value has characters that are not allowed")
            }
            Self::DotSegment { path } => {
                write!(f, "the path {path:?} has a segment `.` or `..`")
            }
            Self::Template { template } => {
                write!(f, "the path template {template:?} has an unclosed `{{`")
            }
            Self::Location { location } => {
                write!(f, "no endpoint is known for location `{location}`; set the client's endpoint to its URL")
            }
            Self::BaseUrl { url } => {
                write!(f, "invalid base URL {url:?}: expected `https://host/`, without user, query or fragment")
            }
            Self::Insecure { url } => {
                write!(
                    f,
                    "{url:?} has no TLS and is not on this machine: requests and credentials could be read in transit"
                )
            }
            Self::NextPage { host } => write!(f, "the next page is at another server, {host:?}: it is not requested"),
            Self::Header { name } => write!(f, "invalid name or value of header `{name}`"),
            Self::ReservedHeader { name } => {
                write!(f, "header `{name}` is set by the transport and cannot be replaced")
            }
            Self::Credentials { takes } => {
                write!(f, "the credentials of the client are not enough: the method takes {takes}")
            }
            Self::NoTransport => f.write_str("the client has no transport: enable the feature `client` or set one"),
            Self::Upload { reason } => f.write_str(reason),
            Self::Ended => f.write_str("the poller has already returned its result"),
            Self::UnknownMethod => f.write_str("the resource has no such method"),
            Self::Url { length } => write!(f, "invalid URL of {length} bytes"),
        }
    }
}

impl std::error::Error for UsageError {}
