//! Types of strings, by their formats.

use crate::model::{Int, Type};

/// Returns the type of a string with a format. Unknown formats are plain strings.
pub(crate) fn string(format: Option<&str>) -> Type {
    match format {
        Some("int64") => Type::Int(Int::I64),
        Some("uint64") => Type::Int(Int::U64),
        Some("byte") => Type::Bytes,
        Some("base64url") => Type::UrlSafeBytes,
        Some("google-datetime") => Type::Timestamp,
        Some("date-time") => Type::DateTime,
        Some("google-duration") => Type::Duration,
        Some("google-fieldmask") => Type::FieldMask,
        Some("date") => Type::Date,
        _ => Type::String,
    }
}
