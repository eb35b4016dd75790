//! Form bodies: `application/x-www-form-urlencoded`, `multipart/form-data` (RFC 7578) and other multipart types.

use std::any::Any;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;

use super::descriptor::FormField;
use super::{percent, style};
use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::{ValueEncoding, by_slot};
use crate::slot::Slot;
use crate::{File, Message, UnknownFields};

/// Field of a form.
pub(crate) struct Field {
    name: String,
    value: Bytes,
    kind: Kind,
    /// Encoding that the document states.
    stated: &'static FormField,
}

enum Kind {
    Text,
    Json,
    /// Name and media type of the file.
    File(Option<String>, Option<HeaderValue>),
}

/// Media type of forms without files.
pub(crate) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Encodes a message as `name=value&…`: a list as one pair for each item, an object as JSON, unless the table states
/// another style.
pub(crate) fn urlencoded(fields: &[Field]) -> Bytes {
    let mut out = String::new();
    for field in fields {
        if !out.is_empty() {
            out.push('&');
        }
        percent::encode_into(&mut out, &field.name, &percent::UNRESERVED);
        out.push('=');
        let unencoded = if field.stated.reserved { &percent::QUERY } else { &percent::UNRESERVED };
        percent::encode_into(&mut out, &String::from_utf8_lossy(&field.value), unencoded);
    }
    out.into()
}

/// Encodes a message as one part for each field. Returns the body and its media type, which names the boundary. A file
/// without a name gets that of its field.
pub(crate) fn multipart(media_type: &str, fields: &[Field]) -> (Bytes, String) {
    let boundary = (0..)
        .map(|number| format!("part-of-the-form-{number}"))
        .find(|boundary| !fields.iter().any(|field| holds(&field.value, boundary.as_bytes())))
        .unwrap_or_default();
    let mut body = Vec::new();
    for Field { name, value, kind, stated } in fields {
        let stated_media = Some(stated.content_type).filter(|media| !media.is_empty()).map(str::as_bytes);
        let (file, media) = match kind {
            Kind::Text => (String::new(), stated_media),
            Kind::Json => (String::new(), stated_media.or(Some(b"application/json"))),
            Kind::File(file, media) => {
                let file = format!("; filename=\"{}\"", quoted(file.as_ref().unwrap_or(name)));
                let media = media.as_ref().map(HeaderValue::as_bytes).or(stated_media);
                (file, media.or(Some(b"application/octet-stream")))
            }
        };
        let name = quoted(name);
        body.extend_from_slice(
            format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n").as_bytes(),
        );
        let headers = stated.headers.iter().map(|(name, value)| (*name, value.as_bytes()));
        for (name, value) in media.map(|media| ("content-type", media)).into_iter().chain(headers) {
            body.extend_from_slice(name.as_bytes());
            body.extend_from_slice(b": ");
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (body.into(), format!("{media_type}; boundary={boundary}"))
}

/// Escapes a name as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn stated_in(table: &'static [FormField], name: &str) -> &'static FormField {
    table.iter().find(|field| field.name == name).unwrap_or(&FormField::EMPTY)
}

/// Returns the fields of a map: one for each entry.
pub(crate) fn of_map<B: JsonCodec + Any>(map: &B, table: &'static [FormField]) -> Result<Vec<Field>, Error> {
    let mut fields = Vec::new();
    let any: &dyn Any = map;
    if let Some(map) = any.downcast_ref::<BTreeMap<String, File>>() {
        for (name, one) in map {
            files(name, std::slice::from_ref(one), stated_in(table, name), &mut fields)?;
        }
    } else if let Some(map) = any.downcast_ref::<BTreeMap<String, Vec<File>>>() {
        for (name, several) in map {
            files(name, several, stated_in(table, name), &mut fields)?;
        }
    } else {
        let mut writer = Writer::new();
        map.write(&mut writer, ValueEncoding::String);
        if let Value::Object(members) = Reader::new(&writer.finish()?).any()? {
            members.into_iter().for_each(|(name, value)| add(&name, value, stated_in(table, &name), &mut fields));
        }
    }
    Ok(fields)
}

fn files(name: &str, files: &[File], stated: &'static FormField, fields: &mut Vec<Field>) -> Result<(), Error> {
    for file in files {
        let media = file.content_type.as_deref().map(media_type).transpose();
        let kind = Kind::File(file.name.clone(), media.map_err(|error| error.within_key(name.to_owned()))?);
        fields.push(Field { name: name.to_owned(), value: file.content.clone(), kind, stated });
    }
    Ok(())
}

/// Returns the fields of a message.
pub(crate) fn of_message(message: &dyn Message, table: &'static [FormField]) -> Result<Vec<Field>, Error> {
    let mut found = Ok(Vec::new());
    let stated = |name: &str| stated_in(table, name);
    let table = message.fields();
    message.slots(&mut |slots| {
        if let Ok(fields) = &mut found {
            let named = by_slot(table).filter_map(|(slot, entries)| Some((*slots.get(slot)?, entries)));
            for (slot, entries) in named {
                if let Err(error) = known(slot, entries, &stated, fields) {
                    found = Err(error);
                    return;
                }
            }
            for (key, json) in UnknownFields::of(slots).into_iter().flat_map(UnknownFields::raw) {
                match Reader::new(json).any() {
                    Ok(value) => add(key, value, stated(key), fields),
                    Err(error) => {
                        found = Err(error);
                        return;
                    }
                }
            }
        }
    });
    found
}

fn known(
    slot: &dyn Slot,
    entries: &'static [crate::message::FieldInfo],
    stated: &dyn Fn(&str) -> &'static FormField,
    fields: &mut Vec<Field>,
) -> Result<(), Error> {
    let any: &dyn Any = slot;
    let one = any.downcast_ref::<Option<File>>().map(Option::as_slice);
    if let Some(several) = one.or_else(|| any.downcast_ref::<Vec<File>>().map(Vec::as_slice)) {
        let name = entries.first().map_or("", |entry| entry.key);
        return files(name, several, stated(name), fields);
    }
    let mut writer = Writer::new();
    writer.object(&mut |writer| slot.write(writer, entries));
    if let Value::Object(members) = Reader::new(&writer.finish()?).any()? {
        members.into_iter().for_each(|(name, value)| add(&name, value, stated(&name), fields));
    }
    Ok(())
}

fn media_type(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| Error::at("a file's content type must be a header's value", text, 0))
}

fn add(name: &str, value: Value, stated: &'static FormField, fields: &mut Vec<Field>) {
    let mut field = |name: String, value: String, kind| fields.push(Field { name, value: value.into(), kind, stated });
    if let Some(style) = stated.style {
        for pair in style::pairs(name, &value, style) {
            let text = pair.text();
            field(pair.name, text, Kind::Text);
        }
        return;
    }
    match value {
        Value::Null => {}
        Value::Object(_) => field(name.to_owned(), value.to_string(), Kind::Json),
        Value::Array(items) => items.into_iter().for_each(|item| add(name, item, stated, fields)),
        scalar => field(name.to_owned(), style::text(&scalar), Kind::Text),
    }
}
