//! Responses that are streams of messages: server-sent events, and JSON texts one after the other.

use super::limits::COMPOSITION_DEPTH;
use super::normalize::Normalized;
use super::reader::Reader;
use super::view::{NodeId, View};
use crate::model::{essence, is_json};
use std::collections::{HashMap, HashSet};

/// A response that is a stream.
#[derive(Clone)]
pub(super) struct Stream {
    pub(super) media_type: String,
    /// True if each message is a whole event, and not its data alone.
    pub(super) whole_events: bool,
}

/// Schemas of streams that were examined: many operations may refer to one.
#[derive(Default)]
pub(super) struct Streams<'a> {
    /// Kinds of schemas of whole streams.
    kinds: HashMap<NodeId, Kind<'a>>,
    /// Choices of which each alternative is an event, and schemas that are none.
    choices: HashMap<NodeId, bool>,
    /// Data of events that is JSON of its `contentSchema`.
    pub(super) data: HashSet<NodeId>,
}

/// Kind of the schema of a stream.
#[derive(Clone)]
enum Kind<'a> {
    Text,
    /// A list, with the schema of its elements.
    List(View<'a>),
    Other,
}

/// Media types of JSON texts one after the other.
const LINES: [&str; 10] = [
    "application/json-lines",
    "application/json-seq",
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/stream+json",
    "application/x-json-stream",
    "application/x-jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
];

/// Title that grpc-gateway gives to the messages of a stream, which it writes one after the other.
const GATEWAY: &str = "Stream result of ";

/// Returns `true` for the media type of server-sent events.
pub(super) fn is_events(kind: &str) -> bool {
    essence(kind) == "text/event-stream"
}

impl<'a> Reader<'a> {
    /// Returns `true` for the media type of a stream, unless its schema is the text of all messages together.
    pub(super) fn is_stream(&mut self, kind: &str, media: &View<'a>) -> bool {
        if is_events(kind) {
            return true;
        }
        let kind = essence(kind);
        let schema = media.get("schema");
        if LINES.contains(&kind.as_str()) || ["+json-seq", "+ndjson"].iter().any(|end| kind.ends_with(end)) {
            let whole = schema.filter(|_| media.get("itemSchema").is_none());
            return !whole.is_some_and(|schema| matches!(self.kind(&schema), Kind::Text));
        }
        is_json(&kind) && schema.is_some_and(|schema| schema.text("title").is_some_and(|t| t.starts_with(GATEWAY)))
    }

    /// Returns the schema of each message of a stream, and `true` if a message is a whole event.
    pub(super) fn message_of(
        &mut self,
        operation: &View<'a>,
        kind: &str,
        media: &View<'a>,
    ) -> (Option<View<'a>>, bool) {
        let named = operation.get("x-gemini-stream-event-schema").or_else(|| media.get("itemSchema"));
        let schema = match (named, media.get("schema")) {
            (Some(item), _) => item,
            (None, Some(schema)) => self.elements(schema),
            (None, None) => return (None, false),
        };
        if !is_events(kind) {
            return (Some(schema), false);
        }
        if self.is_event_choice(&schema) {
            return (Some(schema), true);
        }
        (Some(self.event_data(schema)), false)
    }

    /// Returns the schema of the elements of a list, which are the messages; any other schema is that of a message.
    fn elements(&mut self, schema: View<'a>) -> View<'a> {
        match self.kind(&schema) {
            Kind::List(elements) => elements,
            Kind::Text | Kind::Other => schema,
        }
    }

    fn kind(&mut self, schema: &View<'a>) -> Kind<'a> {
        let Some(target) = self.plain(schema) else { return Kind::Other };
        if let Some(known) = self.streams.kinds.get(&target.id()) {
            return known.clone();
        }
        let kind = match self.normalize(&target) {
            Normalized::Text => Kind::Text,
            Normalized::List(Some(elements)) => Kind::List(elements),
            _ => Kind::Other,
        };
        self.streams.kinds.insert(target.id(), kind.clone());
        kind
    }

    /// Returns the schema of the data of each event, by the schema of an event, with its name and data, or that of the
    /// data itself.
    fn event_data(&mut self, schema: View<'a>) -> View<'a> {
        let Some(fields) = self.plain(&schema).and_then(|target| target.get("properties")) else { return schema };
        // NestJS has `type` for `event`, and Micronaut `name`. Data itself may have both and data.
        let known = ["comment", "data", "event", "id", "name", "retry", "type"];
        let is_event = fields.members().all(|(name, _)| known.contains(&name))
            && (["type", "name"].iter().all(|name| fields.get(name).is_none()) || fields.get("retry").is_some());
        match fields.get("data").filter(|_| is_event) {
            Some(data) => data.get("contentSchema").unwrap_or(data),
            None => schema,
        }
    }

    /// Returns `true` for a choice of events, each with its name and data: the name distinguishes them. Notes data that is
    /// JSON by its `contentSchema`.
    fn is_event_choice(&mut self, schema: &View<'a>) -> bool {
        let Some(target) = self.plain(schema) else { return false };
        if let Some(known) = self.streams.choices.get(&target.id()) {
            return *known;
        }
        let events = self.events(&target);
        let is_choice = events.len() > 1 && events.iter().all(|event| event.is_some());
        if is_choice {
            let json = events.into_iter().flatten().filter(|data| data.get("contentSchema").is_some());
            self.streams.data.extend(json.map(|data| data.id()));
        }
        self.streams.choices.insert(target.id(), is_choice);
        is_choice
    }

    /// Returns the data of each event of a choice; `None` for an alternative that is no event.
    fn events(&mut self, schema: &View<'a>) -> Vec<Option<View<'a>>> {
        let mut open = vec![(schema.clone(), 0usize)];
        let mut events = Vec::new();
        while let Some((view, depth)) = open.pop() {
            let Some(target) = self.plain(&view).filter(|_| depth < COMPOSITION_DEPTH && self.may_examine(1)) else {
                events.push(None);
                continue;
            };
            if let Normalized::OneOf(choices) = self.normalize(&target) {
                open.extend(choices.into_iter().map(|choice| (choice, depth.saturating_add(1))));
                continue;
            }
            let property = |name: &str| target.get("properties").and_then(|properties| properties.get(name));
            let name =
                property("event").filter(|name| ["const", "enum"].iter().any(|key| name.node.get(key).is_some()));
            events.push(property("data").filter(|_| name.is_some()));
        }
        events
    }

    /// Finds choices of events, before schemas are read: the data of their events may be JSON by its `contentSchema`.
    pub(super) fn find_event_choices(&mut self, root: &View<'a>) {
        for (_, item) in root.get("paths").iter().flat_map(View::members) {
            let Some(item) = self.target(&item) else { continue };
            for (_, operation) in item.members() {
                let responses = self.target(&operation).and_then(|operation| operation.get("responses"));
                for (_, response) in responses.iter().flat_map(View::members) {
                    let content = self.target(&response).and_then(|response| response.get("content"));
                    let events = content.iter().flat_map(View::members).find(|(kind, _)| is_events(kind));
                    let Some((_, media)) = events else { continue };
                    let Some(schema) = media.get("itemSchema").or_else(|| media.get("schema")) else { continue };
                    let schema = self.elements(schema);
                    self.is_event_choice(&schema);
                }
            }
        }
    }
}
