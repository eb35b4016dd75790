//! Bodies in media types that generated code does not use: forms and XML next to JSON, and
//! everything that is not JSON.

use super::body::{form, preference};
use super::reader::Reader;
use super::view::View;
use crate::model::{Api, DefinedIn, Method, OtherBodies, OtherBody, Type, Webhook, is_json, media_type};
use crate::parser::lowering::schemas::settle_aliases;
use std::collections::BTreeMap;

impl<'a> Reader<'a> {
    /// Reads the other bodies of operations, given with the names of their methods or webhooks, once the API is read.
    /// Their inline schemas are not among the schemas of the API. Their faults are not reported: no code is generated
    /// for them.
    pub(super) fn other_bodies(
        &mut self,
        api: &Api,
        operations: &[(String, View<'a>)],
        hooks: &[(String, View<'a>)],
    ) -> OtherBodies {
        let diagnostics = std::mem::take(&mut self.diagnostics);
        let mut others = OtherBodies::default();
        for (name, operation) in operations {
            let Some(method) = api.methods.get(name) else { continue };
            let found = self.others_of(name, method, operation);
            if !found.is_empty() {
                others.bodies.insert(name.clone(), found);
            }
        }
        self.read_waiting();
        others.schemas = self.schemas.clone();
        // A document that is too large with them is read without.
        let without = if self.stopped { OtherBodies::default() } else { others.clone() };
        for (name, operation) in operations {
            let found = self.header_objects(name, operation);
            if !found.is_empty() {
                others.bodies.entry(name.clone()).or_default().extend(found);
            }
        }
        for (name, operation) in hooks {
            let name = Webhook::among_methods(name);
            let found = self.other_responses(&name, operation);
            if !found.is_empty() {
                others.bodies.insert(name, found);
            }
        }
        self.read_waiting();
        others.schemas = std::mem::take(&mut self.schemas);
        self.skipped.clear();
        self.diagnostics = diagnostics;
        let mut others = if std::mem::take(&mut self.stopped) { without } else { others };
        settle_aliases(&mut others.schemas);
        others
    }

    fn read_waiting(&mut self) {
        while let Some((name, view)) = self.names.waiting.pop().filter(|_| !self.stopped) {
            self.schema(&name, &view);
        }
    }

    fn others_of(&mut self, name: &str, method: &Method, operation: &View<'a>) -> BTreeMap<String, OtherBody> {
        let mut found = BTreeMap::new();
        let target =
            |reader: &mut Self, view: &View<'a>| reader.target(view).filter(|target| reader.may_repeat(view, target));
        if let Some(body) = operation.get("requestBody").and_then(|body| target(self, &body)) {
            self.others_in(name, "request", &body, method.request.as_ref(), &mut found);
        }
        for (status, response) in operation.get("responses").iter().flat_map(View::members) {
            let Some(response) = target(self, &response).filter(|_| !status.starts_with("x-")) else { continue };
            let error = method.responses.get(status).and_then(|response| response.error.as_ref());
            let part = format!("responses.{status}");
            self.others_in(name, &part, &response, error.or(method.response.as_ref()), &mut found);
        }
        found
    }

    /// Reads the headers of responses that are objects, or lists of these.
    fn header_objects(&mut self, name: &str, operation: &View<'a>) -> BTreeMap<String, OtherBody> {
        let mut found = BTreeMap::new();
        for (status, stated) in operation.get("responses").iter().flat_map(View::members) {
            let Some(response) = self.target(&stated).filter(|_| !status.starts_with("x-")) else { continue };
            let is_own = stated.id() == response.id();
            let headers = response.get("headers").filter(|headers| is_own || self.may_compare(&stated, headers));
            for (header, view) in headers.iter().flat_map(View::members) {
                let target = self.target(&view).filter(|target| self.may_compare(&view, target));
                let Some(view) = target else { continue };
                // Other types are recognized by their names.
                let schema = self.header_schema(&view).filter(|schema| !self.is_text_header(schema));
                if let Some(schema) = schema.filter(|_| !self.stopped) {
                    let key = format!("responses.{status}.header {}", header.to_ascii_lowercase());
                    let schema = view.get("schema").unwrap_or(schema);
                    let body = self.other_body(name, &key, &schema);
                    found.insert(key, body);
                }
            }
        }
        found
    }

    /// Reads the bodies with which receivers respond to a request of the service.
    fn other_responses(&mut self, name: &str, operation: &View<'a>) -> BTreeMap<String, OtherBody> {
        let mut found = BTreeMap::new();
        for (status, response) in operation.get("responses").iter().flat_map(View::members) {
            let Some(response) = self.target(&response).filter(|target| self.may_compare(&response, target)) else {
                continue;
            };
            for (kind, media) in response.get("content").iter().flat_map(View::members) {
                let key = format!("responses.{status}.{}", media_type(kind));
                if let Some(schema) = media.get("schema").filter(|_| !self.stopped) {
                    let body = self.other_body(name, &key, &schema);
                    found.insert(key, body);
                }
            }
        }
        found
    }

    fn other_body(&mut self, method: &str, body: &str, schema: &View<'a>) -> OtherBody {
        let defined_in = DefinedIn::OtherBody { method: method.to_owned(), body: body.to_owned() };
        OtherBody { ty: self.ty(schema, &defined_in), constraints: self.constraints(schema) }
    }

    /// Reads the media types of a body apart from the one that has a type in the model.
    fn others_in(
        &mut self,
        method: &str,
        part: &str,
        body: &View<'a>,
        main: Option<&Type>,
        found: &mut BTreeMap<String, OtherBody>,
    ) {
        let media: Vec<(&'a str, View<'a>)> = body.get("content").iter().flat_map(View::members).collect();
        let json = media.iter().filter(|(kind, _)| is_json(kind)).min_by_key(|(kind, _)| preference(kind));
        // A body in parts without names is bytes.
        let typed = json.or_else(|| form(&media).filter(|_| part == "request" && main != Some(&Type::Bytes)));
        let (typed_kind, typed_schema) = match typed {
            Some((kind, view)) => (Some(*kind), view.node.get("schema")),
            None => (None, None),
        };
        for (kind, view) in &media {
            let is_typed = Some(*kind) == typed_kind || part != "request" && self.is_stream(kind, view);
            let Some(schema) = view.get("schema").filter(|_| !is_typed) else { continue };
            if self.is_upload(kind, view) || self.stopped {
                continue;
            }
            let key = format!("{part}.{}", media_type(kind));
            let body = match main.filter(|_| typed_schema == Some(schema.node)) {
                Some(main) => OtherBody { ty: main.clone(), constraints: self.constraints(&schema) },
                None => self.other_body(method, &key, &schema),
            };
            found.insert(key, body);
        }
    }
}
