//! Headers and links of responses; parameters and responses of webhooks.

use super::reader::Reader;
use super::view::View;
use crate::model::{Constraints, Header, Webhook, media_type};
use std::collections::BTreeMap;

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
        let schema = self.header_schema(view);
        let ty = schema.as_ref().map(|schema| {
            let text = |key: &str| schema.node.get(key).map(ToString::to_string);
            let format = text("format").map(|format| format!(" ({format})")).unwrap_or_default();
            let items = schema.get("items").and_then(|items| items.text("type"));
            let items = items.map(|items| format!(" of {items}")).unwrap_or_default();
            text("type").unwrap_or_default() + &items + &format
        });
        let constraints = schema.as_ref().map(|schema| self.constraints(schema)).unwrap_or_default();
        let constraints = Constraints { values: Vec::new(), format: None, ..constraints };
        let listed = schema.as_ref().and_then(|schema| schema.get("enum"));
        let values = listed.iter().flat_map(View::items).map(|value| value.node.to_string()).collect();
        Header { required: view.flag("required"), ty: ty.unwrap_or_default(), values, constraints }
    }

    /// Returns the schema of a header or a parameter.
    pub(super) fn header_schema(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let content = view.get("content").and_then(|content| content.members().next());
        let schema = view.get("schema").or_else(|| content?.1.get("schema"))?;
        self.target(&schema)
    }

    /// Adds the parameters and responses of a request of the service.
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
        for (status, view) in self.object(operation, "responses").iter().flat_map(View::members) {
            let response = self.target(&view).filter(|_| !status.starts_with("x-"));
            let Some(response) = response else { continue };
            let content = response.get("content");
            let kinds = content.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect();
            webhook.responses.insert(status.to_owned(), kinds);
        }
    }
}
