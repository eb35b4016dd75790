//! Headers and links of responses; parameters and responses of webhooks.

use super::constraints::{kind, listed};
use super::limits::COMPOSITION_DEPTH;
use super::node::Node;
use super::normalize::Normalized;
use super::reader::Reader;
use super::scalar::text_format;
use super::view::View;
use crate::model::{Constraints, Header, Webhook, media_type};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Reader<'a> {
    /// Returns the links of a response, without their descriptions. A link leads to the same operation by its id as by a
    /// reference.
    pub(super) fn links(&mut self, response: &View<'a>) -> BTreeMap<String, String> {
        let mut links = BTreeMap::new();
        for (name, view) in self.object(response, "links").iter().flat_map(View::members) {
            let Some(link) = self.target(&view) else { continue };
            let referred = link.text("operationRef").and_then(|reference| self.files.find(&link, reference).ok());
            let id = referred.as_ref().and_then(|operation| operation.text("operationId"));
            let by_id = id.map(|id| format!("operationId: {id}"));
            let keys = ["operationId", "operationRef", "parameters", "requestBody"].into_iter();
            let keys = keys.filter(|key| *key != "operationRef" || id.is_none());
            let stated = keys.filter_map(|key| Some(format!("{key}: {}", link.node.get(key)?)));
            links.insert(name.to_owned(), by_id.into_iter().chain(stated).collect::<Vec<_>>().join(", "));
        }
        links
    }

    /// Returns the headers of a response. `content-type` is stated by its content.
    pub(super) fn headers(&mut self, response: &View<'a>) -> BTreeMap<String, Header> {
        let mut headers = BTreeMap::new();
        for (name, view) in self.object(response, "headers").iter().flat_map(View::members) {
            let name = name.to_ascii_lowercase();
            if name != "content-type"
                && let Some(view) = self.target(&view)
            {
                headers.insert(name, self.header(&view));
            }
        }
        headers
    }

    /// Returns a header or a parameter.
    pub(super) fn header(&mut self, view: &View<'a>) -> Header {
        let required = view.flag("required");
        let Some(schema) = self.header_schema(view) else { return Header { required, ..Header::default() } };
        // Many headers may refer to one schema.
        if let Some(known) = self.headers.get(&schema.id()) {
            return Header { required, ..known.clone() };
        }
        let header = self.header_of(&schema);
        self.headers.insert(schema.id(), header.clone());
        Header { required, ..header }
    }

    /// Returns a header that may be omitted, given its schema.
    fn header_of(&mut self, schema: &View<'a>) -> Header {
        let parts = self.parts_of_header(schema);
        let mut kinds: BTreeSet<String> = parts.iter().flat_map(|part| self.kinds_of_header(part)).collect();
        // Text includes the other kinds.
        if kinds.contains("string") {
            kinds.retain(|kind| kind == "string" || kind.starts_with("array") || kind == "object");
        }
        let constraints = match self.is_text_header(schema) {
            true => Constraints { values: Vec::new(), format: None, ..self.constraints(schema) },
            // Others are compared as bodies.
            false => Constraints::default(),
        };
        let values = parts.iter().map(|part| listed(part).iter().filter(|value| **value != Node::Null));
        let lists_all = values.clone().all(|mut values| values.next().is_some());
        let values = values.flatten().filter(|_| lists_all).map(ToString::to_string).collect();
        let ty = kinds.into_iter().filter(|kind| !kind.is_empty()).collect::<Vec<_>>().join(" or ");
        Header { required: false, ty, values, constraints }
    }

    /// Returns the alternatives of a schema that are no choices themselves.
    fn parts_of_header(&mut self, schema: &View<'a>) -> Vec<View<'a>> {
        let mut found = Vec::new();
        let mut open = vec![schema.clone()];
        for _ in 0..COMPOSITION_DEPTH {
            let Some(at) = open.pop() else { break };
            let Some(target) = self.target(&at) else { continue };
            match self.normalize(&target) {
                Normalized::Same(inner) => open.push(inner),
                Normalized::OneOf(choices) => open.extend(choices),
                _ => found.push(target),
            }
        }
        found
    }

    /// Returns the names of the types of a schema that is no choice: `integer (int32)`; an empty one for any.
    fn kinds_of_header(&mut self, schema: &View<'a>) -> Vec<String> {
        let with_format = |kind: &str| match text_format(schema) {
            Some(format) => format!("{kind} ({format})"),
            None => kind.to_owned(),
        };
        vec![match self.normalize(schema) {
            Normalized::Types(names) => return names.into_iter().map(str::to_owned).collect(),
            Normalized::Text | Normalized::Enum => with_format("string"),
            Normalized::Integer => with_format("integer"),
            Normalized::Number => with_format("number"),
            Normalized::Bool => "boolean".to_owned(),
            Normalized::List(_) => {
                let items = schema.get("items").and_then(|items| self.plain(&items));
                let items = items.as_ref().and_then(|items| kind(items).or(items.text("type")));
                items.map_or_else(|| "array".to_owned(), |items| format!("array of {items}"))
            }
            Normalized::Object | Normalized::Extended | Normalized::ObjectWithChoice(_) => "object".to_owned(),
            Normalized::Any | Normalized::Same(_) | Normalized::OneOf(_) => String::new(),
        }]
    }

    /// Returns `true` if a header is text, a number, a boolean, or a list of these.
    pub(super) fn is_text_header(&mut self, schema: &View<'a>) -> bool {
        match self.items(schema) {
            Some(items) => items.is_none_or(|items| self.is_scalar(&items)),
            None => self.is_scalar(schema),
        }
    }

    /// Returns the schema of a header or a parameter.
    pub(super) fn header_schema(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let content = view.get("content").and_then(|content| content.members().next());
        let schema = view.get("schema").or_else(|| content?.1.get("schema"))?;
        self.target(&schema)
    }

    /// Adds the media types of the payload, the parameters and the responses of a request of the service.
    pub(super) fn beside_payload(&mut self, item: &View<'a>, operation: &View<'a>, webhook: &mut Webhook) {
        let declared: Vec<View<'a>> =
            [item, operation].into_iter().filter_map(|view| self.list(view, "parameters")).collect();
        for list in declared {
            for parameter in list.items() {
                let target = self.target(&parameter).filter(|target| self.may_compare(&parameter, target));
                let Some(view) = target else { continue };
                let (Some(place), Some(name)) = (view.text("in"), view.text("name")) else { continue };
                let name = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
                webhook.parameters.insert(format!("{place} {name}"), self.header(&view));
            }
        }
        let payload = operation.get("requestBody").and_then(|body| self.target(&body));
        let content = payload.and_then(|payload| payload.get("content"));
        webhook.payload_types = content.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect();
        for (status, view) in self.object(operation, "responses").iter().flat_map(View::members) {
            let response = self.target(&view).filter(|_| !status.starts_with("x-"));
            let Some(response) = response else { continue };
            let content = response.get("content");
            let kinds = content.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect();
            webhook.responses.insert(status.to_owned(), kinds);
        }
    }
}
