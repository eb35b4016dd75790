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
    /// Bytes, encoded in base64 with the alphabet that is safe in URLs.
    UrlSafeBytes,
    /// File in a form; bytes encoded in base64 elsewhere.
    File,
    /// Timestamp in RFC 3339, with up to nine fractional digits and `Z`, as in protobuf's JSON mapping.
    Timestamp,
    /// Timestamp in RFC 3339 in any form, which is kept.
    DateTime,
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
    /// Value that may be `null`: of a list, a map or a body. Properties may be left unset in any case.
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

#[cfg(feature = "cli")]
impl Int {
    /// Returns the smallest and the largest number of the type.
    pub(crate) fn range(self) -> (i128, i128) {
        match self {
            Int::I32 => (i32::MIN.into(), i32::MAX.into()),
            Int::U32 => (0, u32::MAX.into()),
            Int::I64 | Int::I64Number => (i64::MIN.into(), i64::MAX.into()),
            Int::U64 | Int::U64Number => (0, u64::MAX.into()),
        }
    }
}

impl Type {
    /// Returns the schema that this type refers to, directly, as the element of a list or map, or as an alternative to
    /// `null`.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Type::Schema(name) => Some(name),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.schema(),
            _ => None,
        }
    }

    /// Returns the type in words, such as `list of Plant` or `string (int64)`. `schema` gives the words for a schema.
    pub fn words(&self, schema: &dyn Fn(&str) -> String) -> String {
        let words = match self {
            Type::Bool => "boolean",
            Type::String => "string",
            Type::Int(Int::I32) => "integer (int32)",
            Type::Int(Int::U32) => "integer (uint32)",
            Type::Int(Int::I64) => "string (int64)",
            Type::Int(Int::U64) => "string (uint64)",
            Type::Int(Int::I64Number) => "integer (int64)",
            Type::Int(Int::U64Number) => "integer (uint64)",
            Type::Float => "number (float)",
            Type::Double => "number (double)",
            Type::Bytes => "string (byte)",
            Type::UrlSafeBytes => "string (base64url)",
            Type::File => "string (binary)",
            Type::Timestamp | Type::DateTime => "string (date-time)",
            Type::Duration => "string (duration)",
            Type::FieldMask => "string (field mask)",
            Type::Date => "string (date)",
            Type::Any => "any",
            Type::Object => "object",
            Type::List(inner) => return format!("list of {}", inner.words(schema)),
            Type::Map(inner) => return format!("map of {}", inner.words(schema)),
            Type::Nullable(inner) => return format!("{} or null", inner.words(schema)),
            Type::Schema(name) => return schema(name),
        };
        words.to_owned()
    }
}
