//! Canonical error codes of Google's services.

use std::fmt;

use ::http::StatusCode;

/// Canonical error code of Google's services: `google.rpc.Code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// Not an error.
    Ok,
    /// The operation was cancelled, typically by the caller.
    Cancelled,
    /// Unknown error, or an error that has no canonical code.
    Unknown,
    /// The request is invalid, whatever the state of the service.
    InvalidArgument,
    /// The deadline expired before the operation could complete.
    DeadlineExceeded,
    /// The resource was not found.
    NotFound,
    /// The resource that was to be created exists.
    AlreadyExists,
    /// The caller is known and lacks the permission.
    PermissionDenied,
    /// A quota or another resource is exhausted.
    ResourceExhausted,
    /// The service is not in the state that the operation requires.
    FailedPrecondition,
    /// The operation was aborted, typically because of a concurrent one.
    Aborted,
    /// A value is past the valid range, which may grow with the state of the service.
    OutOfRange,
    /// The operation is not implemented or not enabled.
    Unimplemented,
    /// Internal error of the service.
    Internal,
    /// The service is unavailable for the moment.
    Unavailable,
    /// Data was lost or corrupted for good.
    DataLoss,
    /// The request has no valid credentials.
    Unauthenticated,
}

/// All codes with their names, in the order of their numbers, and the HTTP status of each: `google/rpc/code.proto`.
const CODES: [(Code, &str, u16); 17] = [
    (Code::Ok, "OK", 200),
    (Code::Cancelled, "CANCELLED", 499),
    (Code::Unknown, "UNKNOWN", 500),
    (Code::InvalidArgument, "INVALID_ARGUMENT", 400),
    (Code::DeadlineExceeded, "DEADLINE_EXCEEDED", 504),
    (Code::NotFound, "NOT_FOUND", 404),
    (Code::AlreadyExists, "ALREADY_EXISTS", 409),
    (Code::PermissionDenied, "PERMISSION_DENIED", 403),
    (Code::ResourceExhausted, "RESOURCE_EXHAUSTED", 429),
    (Code::FailedPrecondition, "FAILED_PRECONDITION", 400),
    (Code::Aborted, "ABORTED", 409),
    (Code::OutOfRange, "OUT_OF_RANGE", 400),
    (Code::Unimplemented, "UNIMPLEMENTED", 501),
    (Code::Internal, "INTERNAL", 500),
    (Code::Unavailable, "UNAVAILABLE", 503),
    (Code::DataLoss, "DATA_LOSS", 500),
    (Code::Unauthenticated, "UNAUTHENTICATED", 401),
];

impl Code {
    /// Returns the name of the code, such as `RESOURCE_EXHAUSTED`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        CODES.iter().find(|(code, ..)| *code == self).map_or("UNKNOWN", |(_, name, _)| name)
    }

    /// Returns the HTTP status that the code is mapped to, as 429 for `RESOURCE_EXHAUSTED`.
    #[must_use]
    pub fn http_status(self) -> StatusCode {
        let status = CODES.iter().find(|(code, ..)| *code == self).map_or(500, |(.., status)| *status);
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns the code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        CODES.iter().find(|(_, known, _)| *known == name).map(|(code, ..)| *code)
    }

    /// Returns the code of this number, 0 to 16.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        CODES.get(usize::try_from(number).ok()?).map(|(code, ..)| *code)
    }

    /// Returns the code that Google's client libraries derive from an HTTP status; [`Code::Unknown`] where there is
    /// none.
    #[must_use]
    pub fn from_http_status(status: StatusCode) -> Self {
        match status.as_u16() {
            200..=299 => Self::Ok,
            400 => Self::InvalidArgument,
            401 => Self::Unauthenticated,
            403 => Self::PermissionDenied,
            404 => Self::NotFound,
            409 => Self::Aborted,
            416 => Self::OutOfRange,
            429 => Self::ResourceExhausted,
            499 => Self::Cancelled,
            500 => Self::Internal,
            501 => Self::Unimplemented,
            503 => Self::Unavailable,
            504 => Self::DeadlineExceeded,
            402..=498 => Self::FailedPrecondition,
            502 | 505..=599 => Self::Internal,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names() {
        for (number, (code, name, status)) in (0..).zip(CODES) {
            assert_eq!((Code::from_number(number), Code::from_name(name)), (Some(code), Some(code)));
            assert_eq!((code.to_string(), code.http_status().as_u16()), (name.to_owned(), status));
        }
        assert_eq!((Code::from_number(17), Code::from_number(-1), Code::from_name("GONE")), (None, None, None));
    }

    #[test]
    fn http_statuses() {
        let code = |status| Code::from_http_status(StatusCode::from_u16(status).unwrap());
        assert_eq!(code(429), Code::ResourceExhausted);
        assert_eq!(code(412), Code::FailedPrecondition);
        assert_eq!(code(502), Code::Internal);
        assert_eq!(code(302), Code::Unknown);
    }
}
