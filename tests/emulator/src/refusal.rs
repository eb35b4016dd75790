//! Error responses: `google.rpc.Status`.

use serde_json::{Value, json};

/// Codes of `google.rpc.Code` that the emulator uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Cancelled,
    InvalidArgument,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    Unimplemented,
    Internal,
    Unavailable,
    Unauthenticated,
}

impl Code {
    /// Returns the number, the name and the HTTP status of the code.
    pub(crate) fn facts(self) -> (i32, &'static str, u16) {
        match self {
            Self::Cancelled => (1, "CANCELLED", 499),
            Self::InvalidArgument => (3, "INVALID_ARGUMENT", 400),
            Self::NotFound => (5, "NOT_FOUND", 404),
            Self::AlreadyExists => (6, "ALREADY_EXISTS", 409),
            Self::PermissionDenied => (7, "PERMISSION_DENIED", 403),
            Self::ResourceExhausted => (8, "RESOURCE_EXHAUSTED", 429),
            Self::FailedPrecondition => (9, "FAILED_PRECONDITION", 400),
            Self::Unimplemented => (12, "UNIMPLEMENTED", 501),
            Self::Internal => (13, "INTERNAL", 500),
            Self::Unavailable => (14, "UNAVAILABLE", 503),
            Self::Unauthenticated => (16, "UNAUTHENTICATED", 401),
        }
    }
}

/// Invalid field of a request.
#[derive(Clone, Debug)]
pub(crate) struct Violation {
    pub(crate) field: String,
    pub(crate) description: String,
}

/// Error of a request.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) details: Vec<Value>,
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: Vec::new() }
    }

    /// Creates the error of an invalid request.
    pub(crate) fn violations(violations: Vec<Violation>) -> Self {
        let message = match violations.as_slice() {
            [one] => format!("`{}`: {}", one.field, one.description),
            many => format!("{} fields of the request are invalid", many.len()),
        };
        let violations: Vec<Value> =
            violations.into_iter().map(|v| json!({"field": v.field, "description": v.description})).collect();
        Self::new(Code::InvalidArgument, message)
            .detail(json!({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}))
    }

    /// Creates the error of one invalid field.
    pub(crate) fn field(field: &str, description: impl Into<String>) -> Self {
        Self::violations(vec![Violation { field: field.to_owned(), description: description.into() }])
    }

    pub(crate) fn not_found(name: &str) -> Self {
        Self::new(Code::NotFound, format!("`{name}` not found"))
            .detail(json!({"@type": "type.googleapis.com/google.rpc.ResourceInfo", "resourceName": name}))
    }

    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.details.push(detail);
        self
    }

    /// Adds an `ErrorInfo` with this reason.
    pub(crate) fn reason(self, reason: &str) -> Self {
        self.detail(
            json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}),
        )
    }

    /// Returns the error in the form of an operation.
    pub(crate) fn status(&self) -> Value {
        let mut status = json!({"code": self.code.facts().0, "message": self.message});
        if !self.details.is_empty() {
            status["details"] = Value::Array(self.details.clone());
        }
        status
    }

    /// Returns the error in the form of a response body.
    pub(crate) fn body(&self) -> Value {
        let (_, name, http) = self.code.facts();
        let mut error = json!({"code": http, "message": self.message, "status": name});
        if !self.details.is_empty() {
            error["details"] = Value::Array(self.details.clone());
        }
        json!({"error": error})
    }
}
