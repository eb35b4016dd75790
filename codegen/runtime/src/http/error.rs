//! Errors of calls.

use std::fmt;
use std::time::Duration;

#[cfg(feature = "transport")]
use ::http::response;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

use super::code::Code;
use super::response::Response;
use super::service_error::ServiceError;
use super::status::Status;
use super::usage_error::UsageError;
use crate::json;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Error of a call.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The call or the client is invalid, and nothing was sent; or a response leads to a URL that is not followed.
    Usage(UsageError),
    /// The request body cannot be encoded as JSON; nothing was sent.
    Encode(json::Error),
    /// Credentials could not be obtained; nothing was sent.
    Credentials(Cause),
    /// The connection failed or was lost.
    Transport(TransportError),
    /// No response arrived in time.
    Timeout {
        /// The timeout or deadline that expired.
        after: Duration,
    },
    /// The service responded with an error.
    Service(Box<ServiceError>),
    /// The response is larger than the client accepts.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The response could not be decoded.
    Decode(Box<DecodeError>),
    /// The operation or job failed.
    Operation(Box<Status>),
}

impl Error {
    /// Returns the status that the service reported, of the call or of the operation.
    #[must_use]
    pub fn status(&self) -> Option<&Status> {
        match self {
            Self::Service(error) => Some(&error.status),
            Self::Operation(status) => Some(status),
            _ => None,
        }
    }

    /// Returns the canonical code of the service's error or of the failed operation. An error without one has the code
    /// of its HTTP status.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Service(error) => {
                Some(error.status.canonical_code().unwrap_or_else(|| Code::from_http_status(error.http_status)))
            }
            Self::Operation(status) => Some(status.canonical_code().unwrap_or(Code::Unknown)),
            _ => None,
        }
    }

    /// Returns the delay before the next attempt that the service asks for, if any (`Retry-After`,
    /// `google.rpc.RetryInfo`).
    #[must_use]
    pub fn retry_delay(&self) -> Option<Duration> {
        match self {
            Self::Service(error) => error.retry_delay,
            Self::Operation(status) => status.retry_delay(),
            _ => None,
        }
    }

    /// Returns the status of the HTTP response, if there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(error) => Some(error.http_status),
            Self::Decode(error) => Some(error.http_status),
            _ => None,
        }
    }

    /// Returns the body of the service's error response as a type of the API, if it is of that type.
    ///
    /// The docs of a method list the types of its errors by status. [`ServiceError::body`] is the body as it is.
    #[must_use]
    pub fn body_as<T: Response>(&self) -> Option<T> {
        match self {
            Self::Service(error) if !error.body.is_empty() => T::decode(&error.body).ok(),
            _ => None,
        }
    }

    /// Returns the headers of the HTTP response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Service(error) => Some(&error.headers),
            Self::Decode(error) => Some(&error.headers),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => error.fmt(f),
            Self::Encode(_) => f.write_str("the request body cannot be encoded as JSON"),
            Self::Credentials(_) => f.write_str("could not obtain credentials"),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout { after } => write!(f, "no response within {after:?}"),
            Self::Service(error) => error.fmt(f),
            Self::TooLarge { limit } => write!(f, "the response is larger than {limit} bytes"),
            Self::Decode(error) => error.fmt(f),
            Self::Operation(status) => write!(f, "the operation failed: {status}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Encode(error) => Some(error),
            Self::Credentials(error) => Some(&**error),
            Self::Transport(error) => error.source(),
            Self::Decode(error) => Some(&error.error),
            Self::Usage(_) | Self::Timeout { .. } | Self::Service(_) | Self::TooLarge { .. } | Self::Operation(_) => {
                None
            }
        }
    }
}

impl From<UsageError> for Error {
    fn from(error: UsageError) -> Self {
        Self::Usage(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

/// Error of a connection.
#[derive(Debug)]
pub struct TransportError {
    sent: bool,
    cause: Cause,
}

impl TransportError {
    /// Creates the error of a connection that could not be established: nothing was sent.
    pub fn connect(cause: impl Into<Cause>) -> Self {
        Self { sent: false, cause: cause.into() }
    }

    /// Creates the error of a connection that was lost: the request may have arrived.
    pub fn broken(cause: impl Into<Cause>) -> Self {
        Self { sent: true, cause: cause.into() }
    }

    /// Returns `true` if the request, or a part of it, may have been sent.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.sent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.sent { "connection lost" } else { "could not connect" })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.cause)
    }
}

/// Error of a response that could not be decoded: it is not JSON, or not of the kind of JSON that the method returns.
///
/// [`Self::body`] is the response as it is.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// Status of the HTTP response.
    pub http_status: StatusCode,
    /// Headers of the HTTP response.
    pub headers: HeaderMap,
    /// Body of the HTTP response, or the message of the stream, as it is.
    pub body: Bytes,
    /// The fault, with its JSON path and the bytes near it.
    pub error: json::Error,
}

#[cfg(feature = "transport")]
impl DecodeError {
    pub(crate) fn new(head: &response::Parts, body: &[u8], error: json::Error) -> Self {
        let body = Bytes::copy_from_slice(body);
        Self { http_status: head.status, headers: head.headers.clone(), body, error }
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot decode the response with status {}", self.http_status)
    }
}

/// Shows neither the values of headers, which may be secret, nor the body.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("http_status", &self.http_status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
