//! The type of a value on the wire.

/// What a value is. Protobuf's JSON mapping says how each looks on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// Text.
    String,
    /// A whole number, with its range and its form on the wire.
    Int(Int),
    /// A 32-bit floating-point number.
    Float,
    /// A 64-bit floating-point number.
    Double,
    /// Bytes, in base64.
    Bytes,
    /// A file in a form; bytes in base64 elsewhere.
    File,
    /// A moment, RFC 3339 with up to nine digits of a second.
    Timestamp,
    /// A length of time in seconds, `1.5s`.
    Duration,
    /// Field paths, joined with commas.
    FieldMask,
    /// A calendar date, `2026-07-17`.
    Date,
    /// Any JSON value, `null` included.
    Any,
    /// A JSON object with members of any kind.
    Object,
    /// A list.
    List(Box<Type>),
    /// A map from text.
    Map(Box<Type>),
    /// A schema, by its name in [`super::Api::schemas`]: a message, an enumeration, an alias or a choice.
    Schema(String),
}

/// The range of a whole number, and whether the wire has it as a number or as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Int {
    /// 32 bits, signed; a number.
    I32,
    /// 32 bits, unsigned; a number.
    U32,
    /// 64 bits, signed; text, as protobuf's JSON has it.
    I64,
    /// 64 bits, unsigned; text.
    U64,
    /// 64 bits, signed; a number, as OpenAPI's `integer` asks.
    I64Number,
    /// 64 bits, unsigned; a number.
    U64Number,
}

impl Type {
    /// The schema that this type names, itself or as the element of lists and maps.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Type::Schema(name) => Some(name),
            Type::List(inner) | Type::Map(inner) => inner.schema(),
            _ => None,
        }
    }
}
