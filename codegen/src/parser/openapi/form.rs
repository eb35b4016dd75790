//! Fields of forms: their encoding, and those that are files.

use super::choice::Branch;
use super::node::Node;
use super::normalize::Normalized;
use super::reader::Reader;
use super::scalar::is_file;
use super::security::is_token;
use super::view::View;
use crate::model::{FormField, ParameterLocation, Type, essence, is_json, media_type};
use std::collections::BTreeMap;

/// Number of choices and lists around a file in a form.
const FILE_DEPTH: usize = 2;

impl<'a> Reader<'a> {
    /// Returns the encoding of a form's fields.
    pub(super) fn encoding(&mut self, method: &str, media: &View<'a>) -> BTreeMap<String, FormField> {
        let mut fields = BTreeMap::new();
        for (name, encoding) in self.object(media, "encoding").iter().flat_map(View::members) {
            // Without any of these, the type of the content decides.
            let styled = ["style", "explode", "allowReserved"].iter().any(|key| encoding.node.get(key).is_some());
            let mut field = FormField {
                style: styled.then(|| self.style(&encoding, ParameterLocation::Query)),
                reserved: encoding.flag("allowReserved"),
                ..FormField::default()
            };
            let kinds = self.text(&encoding, "contentType").unwrap_or_default();
            let mut stated = kinds.split(',').filter(|kind| !kind.is_empty());
            field.content_types = stated.clone().map(media_type).collect();
            // Of several media types, callers choose another one than the first with the file.
            field.content_type =
                stated.find(|kind| is_header_value(kind) && !kind.contains('*')).map(|kind| kind.trim().to_owned());
            for (header, view) in self.object(&encoding, "headers").iter().flat_map(View::members) {
                if header.eq_ignore_ascii_case("content-type") {
                    continue;
                }
                match self.constant(&view) {
                    Some(value) if is_token(header) && is_header_value(&value) => {
                        field.headers.insert(header.to_owned(), value);
                    }
                    _ => {
                        let stated = self.target(&view);
                        if let Some(stated) = stated.filter(|stated| self.may_compare(&view, stated)) {
                            field.other_headers.insert(header.to_ascii_lowercase(), self.header(&stated));
                        }
                        let subject = format!("{method}: header {header} of the form's field {name}");
                        self.skip(&view, subject, "it has no single value that is valid");
                    }
                }
            }
            if field != FormField::default() {
                fields.insert(name.to_owned(), field);
            }
        }
        fields
    }

    /// Adds the media types that the schemas of a form's fields state, which those of its `encoding` replace. Objects
    /// are not sent as XML.
    pub(super) fn content_of_fields(
        &mut self,
        method: &str,
        schema: &View<'a>,
        form: &mut BTreeMap<String, FormField>,
    ) {
        let Some(target) = self.target(schema) else { return };
        for part in self.parts(&target, "") {
            for (name, property) in part.view.get("properties").iter().flat_map(View::members) {
                let Some(property) = self.plain(&property) else { continue };
                let items = property.get("items").and_then(|items| self.plain(&items));
                let is_object = self.is_object(items.as_ref().unwrap_or(&property));
                let mut stated = [Some(&property), items.as_ref()].into_iter().flatten();
                let stated = stated.find_map(|one| one.text("contentMediaType"));
                if let Some(kind) = stated.filter(|kind| is_header_value(kind) && !kind.contains(['*', ','])) {
                    form.entry(name.to_owned()).or_default().content_type.get_or_insert_with(|| kind.to_owned());
                }
                let Some(field) = form.get_mut(name).filter(|_| is_object) else { continue };
                if let Some(kind) = field.content_type.take_if(|kind| essence(kind).ends_with("xml")) {
                    field.content_type = field.content_types.iter().find(|kind| is_json(kind)).cloned();
                    let other = field.content_type.as_deref().unwrap_or("application/json");
                    let subject = format!("{method}: the form's field {name} as {kind}");
                    self.skip(&property, subject, format!("it is sent as {other}"));
                }
            }
        }
    }

    /// Returns the only value that a header can have, or its default.
    fn constant(&mut self, header: &View<'a>) -> Option<String> {
        let schema = self.target(header)?.get("schema")?;
        let schema = self.target(&schema)?;
        let only = match schema.node.get("enum") {
            Some(Node::List(values)) if values.len() == 1 => values.first(),
            _ => None,
        };
        let value = schema.node.get("const").or(only).or(schema.node.get("default"))?;
        matches!(value, Node::Text(_) | Node::Number(_) | Node::Bool(_)).then(|| value.to_string())
    }

    /// Returns `true` for a field of a form that is a file, a list of files, or a choice between these and others.
    pub(super) fn takes_file(&mut self, field: &View<'a>, depth: usize) -> bool {
        let Some(field) = self.plain(field).filter(|_| depth <= FILE_DEPTH) else { return false };
        let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| field.get(key));
        let inner: Vec<View<'a>> = alternatives.flat_map(|list| list.items()).chain(field.get("items")).collect();
        is_file(&field)
            || self.may_examine(inner.len()) && inner.iter().any(|one| self.takes_file(one, depth.saturating_add(1)))
    }

    /// Returns the type of a field of a multipart form that is a choice with a file: the other alternatives are left
    /// out, except lists of files.
    pub(super) fn file_among(&mut self, branches: &[Branch<'a>], owner: &str) -> Option<Type> {
        let (mut file, mut files) = (false, false);
        let mut others = Vec::new();
        for branch in branches {
            match &branch.kind {
                Normalized::Text if is_file(&branch.view) => file = true,
                Normalized::List(Some(items)) if self.plain(items).is_some_and(|items| is_file(&items)) => files = true,
                _ => others.push(&branch.view),
            }
        }
        if !file && !files {
            return None;
        }
        for other in others {
            let kind = other.text("type").unwrap_or("another type");
            self.skip(other, format!("{owner} as {kind}"), "it is sent as a file");
        }
        Some(if files { Type::List(Box::new(Type::File)) } else { Type::File })
    }
}

/// Returns `true` for text that cannot end the header that it is in.
fn is_header_value(value: &str) -> bool {
    value.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}
