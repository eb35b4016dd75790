//! Bodies of requests and replies.

use super::files::View;
use super::reader::Reader;
use crate::model::{Home, Type};

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
    pub(super) streaming: bool,
    /// The media type of a reply that is a file, not JSON.
    pub(super) file: Option<String>,
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
            if let Some(media_type) = &media_type {
                let reason =
                    format!("it is sent as application/json unless the call sets its own content type, {media_type}");
                self.skip(json, format!("{method}: body as {media_type}"), reason);
            }
            for (other, view) in media.iter().filter(|(other, _)| !is_json(other)) {
                self.skip(view, format!("{method}: body as {other}"), format!("it is sent as {kind}"));
            }
            return Ok(Some(Sent { ty, media_type }));
        }
        let kinds: Vec<&str> = media.iter().map(|(kind, _)| *kind).collect();
        match kinds.as_slice() {
            [] => Ok(None),
            kinds if body.flag("required") || media.iter().all(|(_, media)| media.node.get("schema").is_some()) => {
                Err(format!("a body of type {}", kinds.join(", ")))
            }
            kinds => {
                self.skip(&body, format!("{method}: body"), format!("it is of type {}", kinds.join(", ")));
                Ok(None)
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
                (Some((_, json)), _) => Answer { schema: json.get("schema"), ..Answer::default() },
                (None, Some((_, events))) => {
                    let named = operation.get("x-gemini-stream-event-schema");
                    let schema = named.or_else(|| events.get("itemSchema")).or_else(|| events.get("schema"));
                    Answer { schema, streaming: true, file: None }
                }
                (None, None) if media.is_empty() => continue,
                (None, None) => {
                    let kinds: Vec<&str> = media.iter().map(|(kind, _)| *kind).collect();
                    refused.get_or_insert(kinds.join(", "));
                    continue;
                }
            };
            match &found {
                None => found = Some((status, answer)),
                Some((first, kept)) => {
                    let same = |a: &Option<View<'a>>, b: &Option<View<'a>>| match (a, b) {
                        (Some(a), Some(b)) => a.node == b.node,
                        (None, None) => true,
                        _ => false,
                    };
                    if !same(&kept.schema, &answer.schema) {
                        let reason = format!("its body is not that of status {first}, which is what the method gives");
                        self.skip(&response, format!("{method}: reply with status {status}"), reason);
                    }
                }
            }
        }
        match (found, refused) {
            (Some((_, answer)), _) => answer,
            (None, file) => Answer { file, ..Answer::default() },
        }
    }
}

/// A media type without its parameters.
fn essence(kind: &str) -> String {
    kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, or anything at all.
fn is_json(kind: &str) -> bool {
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
