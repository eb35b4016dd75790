//! Query parameters: the fields of a request that are neither in the path nor in the body.

use crate::import::facts::ParameterFact;
use crate::model::ParameterLocation;
use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};

/// Returns the query parameters of a message, without the fields in path and body. Nested fields are named by their
/// path.
pub(super) fn parameters(message: &MessageDescriptor, placed: &[&str]) -> Result<Vec<ParameterFact>, String> {
    let mut query = Query { placed, within: Vec::new(), found: Vec::new() };
    query.message(message, "", "")?;
    query.found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(query.found)
}

struct Query<'a> {
    placed: &'a [&'a str],
    /// Messages on the way to the current one, which are not visited again.
    within: Vec<String>,
    found: Vec<ParameterFact>,
}

impl Query<'_> {
    fn message(&mut self, message: &MessageDescriptor, path: &str, name: &str) -> Result<(), String> {
        self.within.push(message.full_name().to_owned());
        for field in message.fields() {
            let path = format!("{path}{}", field.name());
            if !self.placed.contains(&path.as_str()) {
                self.field(&field, &path, &format!("{name}{}", field.json_name()))?;
            }
        }
        self.within.pop();
        Ok(())
    }

    fn field(&mut self, field: &FieldDescriptor, path: &str, name: &str) -> Result<(), String> {
        let kind = field.kind();
        let found = match kind.as_message() {
            Some(message) => well_known(message.full_name()),
            None => Some(scalar(&kind)),
        };
        if field.is_map() || (found.is_none() && field.is_list()) {
            return Err(format!("unsupported type of the query parameter `{path}`"));
        }
        match (found, kind.as_message()) {
            (Some(found), _) => self.found.push(ParameterFact {
                name: name.to_owned(),
                location: ParameterLocation::Query,
                kind: found,
                values: values(&kind),
                pattern: None,
                // Discovery marks no query parameter of protos as required.
                required: false,
                repeated: field.is_list(),
            }),
            (None, Some(message)) if !self.within.iter().any(|outer| outer == message.full_name()) => {
                self.message(message, &format!("{path}."), &format!("{name}."))?;
            }
            (None, _) => {}
        }
        Ok(())
    }
}

/// Returns type and format in Discovery.
fn scalar(kind: &Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        Kind::Bool => ("boolean", None),
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => ("integer", Some("int32")),
        Kind::Uint32 | Kind::Fixed32 => ("integer", Some("uint32")),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => ("string", Some("int64")),
        Kind::Uint64 | Kind::Fixed64 => ("string", Some("uint64")),
        Kind::Float => ("number", Some("float")),
        Kind::Double => ("number", Some("double")),
        Kind::Bytes => ("string", Some("byte")),
        Kind::String | Kind::Enum(_) | Kind::Message(_) => ("string", None),
    }
}

/// Returns type and format of messages with a special JSON form.
fn well_known(message: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match message.strip_prefix("google.protobuf.")? {
        "Timestamp" => ("string", Some("google-datetime")),
        "Duration" => ("string", Some("google-duration")),
        "FieldMask" => ("string", Some("google-fieldmask")),
        "BoolValue" => scalar(&Kind::Bool),
        "Int32Value" => scalar(&Kind::Int32),
        "UInt32Value" => scalar(&Kind::Uint32),
        "Int64Value" => scalar(&Kind::Int64),
        "UInt64Value" => scalar(&Kind::Uint64),
        "FloatValue" => scalar(&Kind::Float),
        "DoubleValue" => scalar(&Kind::Double),
        "StringValue" => scalar(&Kind::String),
        "BytesValue" => scalar(&Kind::Bytes),
        "Struct" | "Value" | "ListValue" | "Any" => ("any", None),
        _ => return None,
    })
}

fn values(kind: &Kind) -> Vec<String> {
    let values = kind.as_enum().map(|values| values.values().map(|value| value.name().to_owned()).collect());
    values.unwrap_or_default()
}
