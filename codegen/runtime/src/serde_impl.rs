//! What the `serde` impls of generated types call: the codec's tables, behind serde's interface.

use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de, ser};

use crate::Form;
use crate::Wire;
use crate::json::{Reader, Writer};

/// Serializes a message or an enum through the codec.
///
/// # Errors
/// Those of the serializer; and when the message nests too deep.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer, Form::Proto);
    let json = writer.finish().map_err(ser::Error::custom)?;
    let value: serde_json::Value = serde_json::from_str(&json).map_err(ser::Error::custom)?;
    value.serialize(serializer)
}

/// Deserializes a message or an enum through the codec.
///
/// # Errors
/// Those of the deserializer; and when the value is not what the type takes.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let json = value.to_string();
    let mut reader = Reader::new(&json);
    let mut value = T::empty();
    value
        .read(&mut reader, Form::Proto)
        .map_err(de::Error::custom)?;
    Ok(value)
}
