//! `google.rpc.Status`: errors of Google's services.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use ::http::StatusCode;
use serde_json::{Map, Value};

use super::code::Code;
use crate::visible::Visible;

/// Error of a call or of a failed operation: `google.rpc.Status`.
///
/// Decoded leniently: a missing field is empty, and a detail of another form is [`Detail::Other`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// Number of the code: a `google.rpc.Code` in operations, the HTTP status in error responses; 0 if there is none.
    pub code: i64,
    /// Name of the code, such as `RESOURCE_EXHAUSTED`, or of an OAuth error, such as `invalid_grant`; empty if there is
    /// none.
    pub status: String,
    /// Message for developers, in English.
    pub message: String,
    /// Details for programs.
    pub details: Vec<Detail>,
}

/// Detail of a [`Status`]: one of the messages of `google/rpc/error_details.proto`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// Cause of the error, for programs.
    ErrorInfo {
        /// Reason, such as `API_KEY_INVALID`; unique within the domain.
        reason: String,
        /// Domain that defines the reason, such as `googleapis.com`.
        domain: String,
        /// Additional key-value pairs, as the service or consumer.
        metadata: BTreeMap<String, String>,
    },
    /// Wait before the next attempt.
    RetryInfo {
        /// Shortest wait that the service asks for.
        delay: Duration,
    },
    /// Invalid fields of the request.
    BadRequest {
        /// One entry per fault of a field.
        violations: Vec<FieldViolation>,
    },
    /// Exhausted quotas.
    QuotaFailure {
        /// One entry per exhausted quota.
        violations: Vec<QuotaViolation>,
    },
    /// Preconditions that do not hold.
    PreconditionFailure {
        /// One entry per failed precondition.
        violations: Vec<PreconditionViolation>,
    },
    /// Resource that was accessed.
    ResourceInfo {
        /// Type of the resource.
        resource_type: String,
        /// Name of the resource.
        resource_name: String,
        /// Owner of the resource.
        owner: String,
        /// Description of the error.
        description: String,
    },
    /// Identification of the request, for support.
    RequestInfo {
        /// Identifier of the request.
        request_id: String,
        /// Data that the service can look the request up by.
        serving_data: String,
    },
    /// Links to documentation.
    Help {
        /// Description and URL of each link.
        links: Vec<(String, String)>,
    },
    /// Message for end users.
    LocalizedMessage {
        /// Language of the message, such as `en-US`.
        locale: String,
        /// Text in that language.
        message: String,
    },
    /// Debugging information of the service.
    DebugInfo {
        /// Frames of the stack trace.
        stack_entries: Vec<String>,
        /// Additional information about the error.
        detail: String,
    },
    /// Detail of another type or form.
    Other(Value),
}

/// Fault of one field of a request.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FieldViolation {
    /// Path of the field, such as `tuned_model.tuning_task.training_data`.
    pub field: String,
    /// Description of the fault.
    pub description: String,
    /// Reason, for programs.
    pub reason: String,
}

/// Quota that a request exceeded.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct QuotaViolation {
    /// Subject of the quota, such as `project:123`.
    pub subject: String,
    /// Description of the quota and the failure.
    pub description: String,
    /// Service that has the quota, such as `generativelanguage.googleapis.com`.
    pub api_service: String,
    /// Metric that is counted, such as `generativelanguage.googleapis.com/generate_content_requests`.
    pub quota_metric: String,
    /// Identifier of the quota within the service, such as `RequestsPerMinutePerProjectPerRegion`.
    pub quota_id: String,
    /// Dimensions for which the quota is exhausted, such as `region` and `us-central1`.
    pub quota_dimensions: BTreeMap<String, String>,
    /// The quota's value when the request was made, if the service states it.
    pub quota_value: Option<i64>,
}

/// Precondition that does not hold.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PreconditionViolation {
    /// Type of the precondition, such as `TOS`.
    pub kind: String,
    /// Subject of the precondition.
    pub subject: String,
    /// Description of how to satisfy it.
    pub description: String,
}

impl Status {
    /// Returns the canonical code, if the status has one by name or number or has an HTTP status that is mapped to one.
    #[must_use]
    pub fn canonical_code(&self) -> Option<Code> {
        let of_http = || StatusCode::from_u16(self.code.try_into().ok()?).ok().map(Code::from_http_status);
        // The number 0 is one that was not stated.
        let of_number = || Code::from_number(self.code).filter(|code| *code != Code::Ok);
        Code::from_name(&self.status).or_else(of_number).or_else(of_http)
    }

    /// Reads a status, `{"code": …, "message": …, "details": […]}`.
    pub(crate) fn from_object(object: &Map<String, Value>) -> Self {
        let details = object.get("details").and_then(Value::as_array);
        let mut details: Vec<Detail> =
            details.map(|details| details.iter().map(Detail::from_value).collect()).unwrap_or_default();
        // The older form of Google's errors, as those of Cloud Storage.
        details.extend(objects(object, "errors", |error| Detail::ErrorInfo {
            reason: text(error, "reason"),
            domain: text(error, "domain"),
            metadata: texts(error, &["message", "location", "locationType"]),
        }));
        Self {
            code: object.get("code").and_then(Value::as_i64).unwrap_or_default(),
            status: text(object, "status"),
            message: text(object, "message"),
            details,
        }
    }

    /// Returns the wait before the next attempt that the service asks for.
    #[must_use]
    pub fn retry_delay(&self) -> Option<Duration> {
        self.details.iter().find_map(|detail| match detail {
            Detail::RetryInfo { delay } => Some(*delay),
            _ => None,
        })
    }

    /// Returns the reason of the error, such as `API_KEY_INVALID`, if the service states one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.details.iter().find_map(|detail| match detail {
            Detail::ErrorInfo { reason, .. } => Some(reason.as_str()),
            _ => None,
        })
    }

    /// Returns the exhausted quotas.
    pub fn quota_violations(&self) -> impl Iterator<Item = &QuotaViolation> {
        self.details.iter().flat_map(|detail| match detail {
            Detail::QuotaFailure { violations } => violations.as_slice(),
            _ => &[],
        })
    }

    /// Returns the faults of the request's fields.
    pub fn field_violations(&self) -> impl Iterator<Item = &FieldViolation> {
        self.details.iter().flat_map(|detail| match detail {
            Detail::BadRequest { violations } => violations.as_slice(),
            _ => &[],
        })
    }
}

/// Shows control characters of the service escaped; [`Status::message`] has them.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.status.as_str(), self.code) {
            ("", 0) => {}
            ("", code) => write!(f, "code {code}")?,
            (status, _) => Visible(status).fmt(f)?,
        }
        if !self.message.is_empty() {
            let colon = if self.status.is_empty() && self.code == 0 { "" } else { ": " };
            write!(f, "{colon}{}", Visible(&self.message))?;
        }
        for violation in self.field_violations() {
            write!(f, "; `{}`: {}", Visible(&violation.field), Visible(&violation.description))?;
        }
        Ok(())
    }
}

impl std::error::Error for Status {}

impl Detail {
    fn from_value(value: &Value) -> Self {
        let other = || Self::Other(value.clone());
        let Some(object) = value.as_object() else {
            return other();
        };
        let name = object.get("@type").and_then(Value::as_str).unwrap_or_default();
        match name.rsplit('/').next().unwrap_or_default() {
            "google.rpc.ErrorInfo" => Self::ErrorInfo {
                reason: text(object, "reason"),
                domain: text(object, "domain"),
                metadata: object
                    .get("metadata")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                    .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                    .collect(),
            },
            "google.rpc.RetryInfo" => match duration(&text(object, "retryDelay")) {
                Some(delay) => Self::RetryInfo { delay },
                None => other(),
            },
            "google.rpc.BadRequest" => Self::BadRequest {
                violations: objects(object, "fieldViolations", |violation| FieldViolation {
                    field: text(violation, "field"),
                    description: text(violation, "description"),
                    reason: text(violation, "reason"),
                }),
            },
            "google.rpc.QuotaFailure" => Self::QuotaFailure {
                violations: objects(object, "violations", |violation| QuotaViolation {
                    subject: text(violation, "subject"),
                    description: text(violation, "description"),
                    api_service: text(violation, "apiService"),
                    quota_metric: text(violation, "quotaMetric"),
                    quota_id: text(violation, "quotaId"),
                    quota_dimensions: violation
                        .get("quotaDimensions")
                        .and_then(Value::as_object)
                        .into_iter()
                        .flatten()
                        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                        .collect(),
                    quota_value: integer(violation, "quotaValue"),
                }),
            },
            "google.rpc.PreconditionFailure" => Self::PreconditionFailure {
                violations: objects(object, "violations", |violation| PreconditionViolation {
                    kind: text(violation, "type"),
                    subject: text(violation, "subject"),
                    description: text(violation, "description"),
                }),
            },
            "google.rpc.ResourceInfo" => Self::ResourceInfo {
                resource_type: text(object, "resourceType"),
                resource_name: text(object, "resourceName"),
                owner: text(object, "owner"),
                description: text(object, "description"),
            },
            "google.rpc.RequestInfo" => {
                Self::RequestInfo { request_id: text(object, "requestId"), serving_data: text(object, "servingData") }
            }
            "google.rpc.Help" => {
                Self::Help { links: objects(object, "links", |link| (text(link, "description"), text(link, "url"))) }
            }
            "google.rpc.LocalizedMessage" => {
                Self::LocalizedMessage { locale: text(object, "locale"), message: text(object, "message") }
            }
            "google.rpc.DebugInfo" => Self::DebugInfo {
                stack_entries: object
                    .get("stackEntries")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(|entry| entry.as_str().map(str::to_owned))
                    .collect(),
                detail: text(object, "detail"),
            },
            _ => other(),
        }
    }
}

fn texts(object: &Map<String, Value>, keys: &[&str]) -> BTreeMap<String, String> {
    let stated = keys.iter().filter_map(|key| Some(((*key).to_owned(), object.get(*key)?.as_str()?.to_owned())));
    stated.collect()
}

fn text(object: &Map<String, Value>, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Reads an integer, which protobuf writes as a string.
fn integer(object: &Map<String, Value>, key: &str) -> Option<i64> {
    let value = object.get(key)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn objects<T>(object: &Map<String, Value>, key: &str, read: fn(&Map<String, Value>) -> T) -> Vec<T> {
    let list = object.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_object).map(read).collect()
}

/// Reads a duration of protobuf's JSON mapping, `1.5s`, unless it is negative. One of more than 2⁶⁴ seconds is
/// [`Duration::MAX`].
fn duration(text: &str) -> Option<Duration> {
    let seconds = text.strip_suffix('s')?;
    let is_decimal = seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let seconds: f64 = seconds.parse().ok().filter(|_| is_decimal)?;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn status(value: Value) -> Status {
        Status::from_object(value.as_object().unwrap())
    }

    #[test]
    fn details_are_typed() {
        let status = status(json!({"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "slow down", "details": [
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"},
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE", "metadata": {"a": "b", "c": 1}},
            {"@type": "type.googleapis.com/google.rpc.BadRequest",
             "fieldViolations": [{"field": "a.b", "description": "is bad"}]},
            {"@type": "type.googleapis.com/example.New", "x": 1},
        ]}));
        assert_eq!(status.retry_delay(), Some(Duration::from_millis(1500)));
        assert_eq!(status.reason(), Some("RATE"));
        assert_eq!(status.to_string(), "RESOURCE_EXHAUSTED: slow down; `a.b`: is bad");
        assert!(matches!(&status.details[3], Detail::Other(value) if value["x"] == 1));
    }

    #[test]
    fn invalid_text_does_not_panic() {
        for delay in ["-1s", "s", "NaNs", "infs", "1e999s", ".s", "1.1.1s", "1"] {
            let value = json!({"details": [{"@type": "/google.rpc.RetryInfo", "retryDelay": delay}]});
            assert_eq!(status(value).retry_delay(), None, "{delay}");
        }
        for delay in ["18446744073709551616s", &format!("{}s", "9".repeat(400))] {
            let value = json!({"details": [{"@type": "/google.rpc.RetryInfo", "retryDelay": delay}]});
            assert_eq!(status(value).retry_delay(), Some(Duration::MAX), "{delay}");
        }
        assert_eq!(status(json!({"details": 1, "code": "x", "message": []})), Status::default());
    }
}
