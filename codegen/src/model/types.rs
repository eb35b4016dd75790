//! Type of a value on the wire.

/// Type of a value, encoded as in protobuf's JSON mapping.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// Text.
    String,
    /// Integer, with its range and its encoding.
    Int(Int),
    /// 32-bit floating-point number.
    Float,
    /// 64-bit floating-point number.
    Double,
    /// Bytes, encoded in base64.
    Bytes,
    /// File in a form; bytes encoded in base64 elsewhere.
    File,
    /// Timestamp in RFC 3339, with up to nine fractional digits.
    Timestamp,
    /// Duration in seconds, `1.5s`.
    Duration,
    /// Field paths, separated by commas.
    FieldMask,
    /// Calendar date, `2026-07-17`.
    Date,
    /// Any JSON value, including `null`.
    Any,
    /// JSON object with members of any type.
    Object,
    /// List.
    List(Box<Type>),
    /// Map with string keys.
    Map(Box<Type>),
    /// Value that may be `null`: of a list, a map or a response. Properties may be left unset in any case.
    Nullable(Box<Type>),
    /// Schema, by its name in [`super::Api::schemas`]: a message, an enumeration, an alias or a choice.
    Schema(String),
}

/// Range of an integer, and its encoding as a JSON number or string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Int {
    /// Signed 32-bit integer; a number.
    I32,
    /// Unsigned 32-bit integer; a number.
    U32,
    /// Signed 64-bit integer; a string, as in protobuf's JSON mapping.
    I64,
    /// Unsigned 64-bit integer; a string.
    U64,
    /// Signed 64-bit integer; a number, as for OpenAPI's `integer`.
    I64Number,
    /// Unsigned 64-bit integer; a number.
    U64Number,
}

impl Type {
    /// Returns the schema that this type refers to, directly or as the element of lists and maps, or beside `null`.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Type::Schema(name) => Some(name),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.schema(),
            _ => None,
        }
    }
}
