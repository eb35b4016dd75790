//! Bodies of requests and replies.

use super::files::View;
use super::form::Form;
use super::reader::Reader;
use crate::model::{Home, Type};
use std::collections::BTreeMap;

/// What a method sends.
pub(super) struct Sent {
    pub(super) ty: Type,
    /// `None` for JSON.
    pub(super) media_type: Option<String>,
}

/// What a method answers.
#[derive(Default)]
pub(super) struct Answer<'a> {
    /// The schema of a reply in JSON, or of each of a stream's messages.
    pub(super) schema: Option<View<'a>>,
    /// The replies of other statuses, where they differ.
    pub(super) others: Vec<View<'a>>,
    pub(super) streaming: bool,
    /// The media type of a reply that is a file, not JSON.
    pub(super) file: Option<String>,
    /// Media type of a JSON response, if it is not `application/json`.
    pub(super) json_type: Option<String>,
}

impl<'a> Reader<'a> {
    /// What a method sends; an error where it must send what is not supported.
    pub(super) fn sent(&mut self, method: &str, operation: &View<'a>) -> Result<Option<Sent>, String> {
        let Some(body) = operation.get("requestBody") else {
            return Ok(None);
        };
        let Some(body) = self.target(&body) else {
            return Ok(None);
        };
        let content = self.object(&body, "content");
        let media: Vec<(&'a str, View<'a>)> = content.iter().flat_map(View::members).collect();
        if let Some((kind, json)) = media.iter().find(|(kind, _)| is_json(kind)) {
            let home = Home::Parameter { method: method.to_owned(), parameter: "request".into() };
            let ty = match self.object(json, "schema") {
                Some(schema) => self.ty(&schema, &home),
                None => Type::Any,
            };
            let media_type = (essence(kind) != "application/json" && !kind.contains('*')).then(|| (*kind).to_owned());
            for (other, view) in media.iter().filter(|(other, _)| !is_json(other)) {
                self.skip(view, format!("{method}: body as {other}"), format!("it is sent as {kind}"));
            }
            return Ok(Some(Sent { ty, media_type }));
        }
        let Some((kind, view)) = ["multipart/form-data", "application/x-www-form-urlencoded"]
            .into_iter()
            .find_map(|form| media.iter().find(|(kind, _)| essence(kind) == form))
            .or(media.first())
        else {
            return Ok(None);
        };
        for (other, view) in media.iter().filter(|(other, _)| other != kind) {
            self.skip(view, format!("{method}: body as {other}"), format!("it is sent as {kind}"));
        }
        self.other(method, kind, view).map(Some)
    }

    /// A body that is not JSON: a form, text or bytes.
    fn other(&mut self, method: &str, kind: &str, media: &View<'a>) -> Result<Sent, String> {
        let essence = essence(kind);
        let form = matches!(essence.as_str(), "multipart/form-data" | "application/x-www-form-urlencoded");
        let schema = self.object(media, "schema");
        if form {
            let Some(schema) = schema.filter(|schema| self.has_properties(schema)) else {
                return Err(format!("a body of type {kind} without properties"));
            };
            if let Some(encoding) = media.get("encoding") {
                let reason = "text goes as text, objects as JSON, files as what callers say they are";
                self.skip(&encoding, format!("{method}: encoding of the form"), reason);
            }
            let home = Home::Parameter { method: method.to_owned(), parameter: "request".into() };
            let within = std::mem::replace(&mut self.in_form, essence == "multipart/form-data");
            let ty = self.ty(&schema, &home);
            self.in_form = within;
            return Ok(Sent { ty, media_type: Some(essence) });
        }
        let text = essence.starts_with("text/") && schema.is_none_or(|schema| self.is_text(&schema));
        // A range of types names none to send.
        let media_type = if essence.contains('*') { "application/octet-stream".to_owned() } else { kind.to_owned() };
        Ok(Sent { ty: if text { Type::String } else { Type::Bytes }, media_type: Some(media_type) })
    }

    /// Whether a schema is an object with properties, which the fields of a form are made of.
    fn has_properties(&mut self, schema: &View<'a>) -> bool {
        let Some(target) = self.target(schema) else { return false };
        self.is_object(&target) && self.parts(&target, "").iter().any(|part| part.view.node.get("properties").is_some())
    }

    fn is_text(&mut self, schema: &View<'a>) -> bool {
        self.target(schema).is_some_and(|target| matches!(self.form(&target), Form::Text))
    }

    /// The schemas of forms with files: `format: binary` is a file there, and text elsewhere.
    pub(super) fn find_forms(&mut self, root: &View<'a>) {
        let paths = root.get("paths");
        for (_, item) in paths.iter().flat_map(View::members) {
            for (_, operation) in item.members() {
                let Some(body) = operation.get("requestBody").and_then(|body| self.target(&body)) else { continue };
                let Some(content) = body.get("content") else { continue };
                for (_, media) in content.members().filter(|(kind, _)| essence(kind) == "multipart/form-data") {
                    if let Some(schema) = media.get("schema").and_then(|schema| self.target(&schema)) {
                        self.forms.insert(schema.place());
                    }
                }
            }
        }
    }

    /// What a method answers when all is well.
    pub(super) fn answer(&mut self, method: &str, operation: &View<'a>) -> Answer<'a> {
        let responses = self.object(operation, "responses");
        let all: Vec<(&'a str, View<'a>)> = responses.iter().flat_map(View::members).collect();
        let mut good: Vec<_> = all.iter().filter(|(status, _)| status.starts_with('2')).cloned().collect();
        if good.is_empty() {
            // Google states the one reply that there is as the default.
            good = all.iter().filter(|(status, _)| *status == "default").cloned().collect();
        }
        let mut found: Option<(&str, Answer<'a>)> = None;
        let mut refused: Option<String> = None;
        for (status, response) in good {
            let Some(response) = self.target(&response) else {
                continue;
            };
            let content = self.object(&response, "content");
            let media: Vec<(&'a str, View<'a>)> = content.iter().flat_map(View::members).collect();
            let json = media.iter().find(|(kind, _)| is_json(kind));
            let events = media.iter().find(|(kind, _)| essence(kind) == "text/event-stream");
            let answer = match (json, events) {
                (Some((kind, json)), _) => {
                    let kind = essence(kind);
                    let json_type = (kind != "application/json" && !kind.contains('*')).then_some(kind);
                    Answer { schema: json.get("schema"), json_type, ..Answer::default() }
                }
                (None, Some((_, events))) => {
                    let named = operation.get("x-gemini-stream-event-schema");
                    let schema = named.or_else(|| events.get("itemSchema")).or_else(|| events.get("schema"));
                    Answer { schema, streaming: true, ..Answer::default() }
                }
                (None, None) if media.is_empty() => continue,
                (None, None) => {
                    let kinds: Vec<&str> = media.iter().map(|(kind, _)| *kind).collect();
                    refused.get_or_insert(kinds.join(", "));
                    continue;
                }
            };
            if let (Some((kind, events)), false) = (events, answer.streaming) {
                self.skip(events, format!("{method}: reply as {kind}"), "it is asked for as JSON");
            }
            match &mut found {
                None => found = Some((status, answer)),
                Some((first, kept)) => {
                    let known =
                        |schema: &View<'a>| kept.others.iter().chain(&kept.schema).any(|k| k.node == schema.node);
                    match answer.schema {
                        Some(schema) if known(&schema) => {}
                        Some(schema) if kept.schema.is_some() && !kept.streaming && !answer.streaming => {
                            kept.others.push(schema);
                        }
                        None if kept.schema.is_none() => {}
                        _ => {
                            let reason = format!("its body is not that of status {first}, which the method gives");
                            self.skip(&response, format!("{method}: reply with status {status}"), reason);
                        }
                    }
                }
            }
        }
        match (found, refused) {
            (Some((_, answer)), _) => answer,
            (None, file) => Answer { file, ..Answer::default() },
        }
    }

    /// Returns the types of error bodies in JSON that have a name, by status.
    pub(super) fn errors(&mut self, operation: &View<'a>) -> BTreeMap<String, Type> {
        let mut errors = BTreeMap::new();
        for (status, response) in self.object(operation, "responses").iter().flat_map(View::members) {
            if !(status.starts_with(['4', '5']) || status == "default") {
                continue;
            }
            let content = self.target(&response).and_then(|response| response.get("content"));
            let json = content.iter().flat_map(View::members).find(|(kind, _)| is_json(kind));
            let schema = json.and_then(|(_, media)| media.get("schema"));
            if let Some(found) = schema.filter(|schema| schema.node.get("$ref").is_some()).and_then(|s| self.follow(&s))
            {
                errors.insert(status.to_owned(), Type::Schema(self.name(&found)));
            }
        }
        errors
    }
}

/// A media type without its parameters.
pub(super) fn essence(kind: &str) -> String {
    kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, or anything at all.
pub(super) fn is_json(kind: &str) -> bool {
    let essence = essence(kind);
    matches!(essence.as_str(), "application/json" | "*/*" | "application/*" | "text/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_by_many_names() {
        for kind in ["application/json", "application/json; charset=utf-8", "application/problem+json", "*/*"] {
            assert!(is_json(kind), "{kind}");
        }
        assert!(!is_json("text/event-stream") && !is_json("application/octet-stream"));
    }
}
