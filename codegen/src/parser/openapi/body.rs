//! Bodies of requests and responses.

use super::node::Node;
use super::normalize::Normalized;
use super::object::lists_properties;
use super::reader::Reader;
use super::stream::{Stream, is_events};
use super::view::View;
use crate::model::{Constraints, DefinedIn, FormField, Response, Type, essence, is_json, media_type};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The body of a request.
pub(super) struct RequestBody {
    pub(super) ty: Type,
    pub(super) constraints: Constraints,
    /// Media type; `None` for JSON.
    pub(super) media_type: Option<String>,
    /// Encoding of the fields of a form.
    pub(super) form: BTreeMap<String, FormField>,
}

impl RequestBody {
    /// Creates a body in JSON.
    pub(super) fn new(ty: Type) -> Self {
        Self { ty, constraints: Constraints::default(), media_type: None, form: BTreeMap::new() }
    }
}

/// The body of a response.
#[derive(Clone, Default)]
pub(super) struct ResponseBody<'a> {
    /// The schema of a body in JSON, or of each message of a stream.
    pub(super) schema: Option<View<'a>>,
    /// True for JSON without a schema.
    pub(super) untyped: bool,
    /// The schemas of other statuses, where they differ.
    pub(super) others: Vec<View<'a>>,
    /// The stream that the response is.
    pub(super) streaming: Option<Stream>,
    /// The media type of a body that is a file, not JSON.
    pub(super) file: Option<String>,
    /// Media type of a JSON response, if it is not `application/json`.
    pub(super) json_type: Option<String>,
}

/// Responses of a method: its own, and the stream that an additional method returns.
pub(super) struct Responses<'a> {
    pub(super) body: ResponseBody<'a>,
    /// True if a successful response has the header `link`, which leads to the next page of a list.
    pub(super) links: bool,
    pub(super) stream: Option<ResponseBody<'a>>,
    /// Media types of the file that an additional method returns: that of another status.
    pub(super) file: Option<String>,
}

impl<'a> Reader<'a> {
    /// Returns the body that a method sends, or the reason why it cannot be sent.
    pub(super) fn request_body(&mut self, method: &str, operation: &View<'a>) -> Result<Option<RequestBody>, String> {
        let Some(body) = operation.get("requestBody") else {
            return Ok(None);
        };
        let Some(body) = self.target(&body).filter(|target| self.may_repeat(&body, target)) else {
            return Ok(None);
        };
        let content = self.object(&body, "content");
        let media: Vec<(&'a str, View<'a>)> = content.iter().flat_map(View::members).collect();
        let is_json =
            |(kind, view): &&(&'a str, View<'a>)| is_json(kind) && !(kind.contains('*') && is_file_of_range(view));
        let json = media.iter().filter(is_json).min_by_key(|(kind, _)| preference(kind));
        if let Some((kind, json)) = json {
            let defined_in = DefinedIn::RequestBody { method: method.to_owned() };
            let (ty, constraints) = match self.stated_schema(json) {
                Some(schema) => (self.value_type(&schema, &defined_in), self.constraints(&schema)),
                None => (Type::Any, Constraints::default()),
            };
            let stated = media_type(kind);
            let media_type = (stated != "application/json" && !kind.contains('*')).then(|| (*kind).to_owned());
            let differs = |one: &&(&'a str, View<'a>)| {
                one.0 != *kind && (!is_json(one) || one.1.node.get("schema") != json.node.get("schema"))
            };
            for (other, view) in media.iter().filter(differs) {
                if !self.is_upload(other, view) {
                    self.skip(view, format!("{method}: body as {other}"), format!("it is sent as {kind}"));
                }
            }
            return Ok(Some(RequestBody { constraints, media_type, ..RequestBody::new(ty) }));
        }
        let Some((kind, view)) = form(&media).or_else(|| media.iter().min_by_key(|(kind, _)| kind.contains('*')))
        else {
            return Ok(None);
        };
        for (other, view) in media.iter().filter(|(other, _)| other != kind) {
            self.skip(view, format!("{method}: body as {other}"), format!("it is sent as {kind}"));
        }
        Ok(Some(self.other(method, kind, view)))
    }

    /// Returns the form with files of an operation that accepts JSON as well.
    pub(super) fn multipart_alternative(&mut self, operation: &View<'a>) -> Option<(&'a str, View<'a>)> {
        let body = operation.get("requestBody")?;
        let content = self.target(&body)?.get("content")?;
        let media: Vec<(&'a str, View<'a>)> = content.members().collect();
        if !media.iter().any(|(kind, view)| is_json(kind) && !(kind.contains('*') && is_file_of_range(view))) {
            return None;
        }
        media.into_iter().find(|(kind, view)| self.is_upload(kind, view))
    }

    /// Returns `true` for a multipart form with a file.
    pub(super) fn is_upload(&mut self, kind: &str, media: &View<'a>) -> bool {
        if !is_multipart(kind) {
            return false;
        }
        let Some(schema) = media.get("schema").filter(|schema| self.has_properties(schema)) else { return false };
        let Some(target) = self.target(&schema) else { return false };
        let parts = self.parts(&target, "");
        let properties = parts.iter().filter_map(|part| part.view.get("properties"));
        let properties: Vec<View<'a>> =
            properties.flat_map(|all| all.members().map(|(_, one)| one).collect::<Vec<_>>()).collect();
        properties.iter().any(|property| self.takes_file(property, 0))
    }

    /// Returns a body that is not JSON: a form, text or bytes.
    pub(super) fn other(&mut self, method: &str, kind: &str, media: &View<'a>) -> RequestBody {
        let essence = essence(kind);
        let schema = self.stated_schema(media);
        let is_multipart = is_multipart(kind);
        // Bodies without named fields are bytes or text that the caller encodes.
        let of_fields = matches!(essence.as_str(), "multipart/form-data" | "application/x-www-form-urlencoded")
            && schema.as_ref().is_none_or(|schema| self.is_object(schema) || self.is_any(schema));
        if of_fields || is_multipart && schema.as_ref().is_some_and(|schema| self.has_properties(schema)) {
            // A range of types names none to send.
            let essence = if essence == "multipart/*" { "multipart/form-data".to_owned() } else { essence };
            let defined_in = DefinedIn::RequestBody { method: method.to_owned() };
            let mut form = self.encoding(method, media);
            if is_multipart && let Some(schema) = &schema {
                self.content_of_fields(method, schema, &mut form);
            }
            let Some(schema) = schema.filter(|schema| !self.is_any(schema)) else {
                return RequestBody { media_type: Some(essence), form, ..RequestBody::new(Type::Object) };
            };
            let within = std::mem::replace(&mut self.in_multipart, is_multipart);
            // Alternatives are the fields of one form.
            let ty = match self.target(&schema).map(|target| (self.normalize(&target), target)) {
                Some((Normalized::OneOf(_) | Normalized::ObjectWithChoice(_) | Normalized::Extended, target)) => {
                    self.type_of(&target, Normalized::Object, &defined_in)
                }
                _ => self.ty(&schema, &defined_in),
            };
            self.in_multipart = within;
            return RequestBody { media_type: Some(essence), form, ..RequestBody::new(ty) };
        }
        let is_text = essence.starts_with("text/") || essence == "application/x-www-form-urlencoded";
        let text = is_text && schema.is_none_or(|schema| self.is_text(&schema));
        // A range of types names none to send.
        let media_type = if essence.contains('*') { "application/octet-stream".to_owned() } else { kind.to_owned() };
        let ty = if text { Type::String } else { Type::Bytes };
        RequestBody { media_type: Some(media_type), ..RequestBody::new(ty) }
    }

    /// Returns `true` for an object with properties, which become the fields of a form.
    pub(super) fn has_properties(&mut self, schema: &View<'a>) -> bool {
        let Some(target) = self.target(schema) else { return false };
        self.is_object(&target) && self.lists_properties(&target)
    }

    /// Returns `true` if an object or one of its parts lists properties.
    pub(super) fn lists_properties(&mut self, object: &View<'a>) -> bool {
        self.parts(object, "").iter().any(|part| lists_properties(&part.view))
    }

    fn is_any(&mut self, schema: &View<'a>) -> bool {
        self.target(schema).is_some_and(|target| matches!(self.normalize(&target), Normalized::Any))
    }

    fn is_text(&mut self, schema: &View<'a>) -> bool {
        self.target(schema).is_some_and(|target| matches!(self.normalize(&target), Normalized::Text))
    }

    /// Finds the schemas of multipart forms: `format: binary` is a file there, and text elsewhere.
    pub(super) fn find_multipart_schemas(&mut self, root: &View<'a>) {
        let paths = root.get("paths");
        for (_, item) in paths.iter().flat_map(View::members) {
            let Some(item) = self.target(&item) else { continue };
            let others = item.get("additionalOperations");
            for (_, operation) in item.members().chain(others.iter().flat_map(View::members)) {
                let operation = self.target(&operation);
                let body = operation.and_then(|operation| operation.get("requestBody"));
                let Some(body) = body.and_then(|body| self.target(&body)) else { continue };
                let Some(content) = body.get("content") else { continue };
                for (_, media) in content.members().filter(|(kind, _)| is_multipart(kind)) {
                    if let Some(schema) = media.get("schema").and_then(|schema| self.target(&schema)) {
                        self.multipart_schemas.insert(schema.id());
                    }
                }
            }
        }
    }

    /// Returns the bodies of successful responses.
    pub(super) fn responses(&mut self, method: &str, operation: &View<'a>) -> Responses<'a> {
        let responses = self.object(operation, "responses");
        let all: Vec<(&'a str, View<'a>)> = responses.iter().flat_map(View::members).collect();
        let mut good: Vec<_> = all.iter().filter(|(status, _)| status.starts_with('2')).cloned().collect();
        if good.is_empty() {
            // Google states the only response as the default.
            good = all.iter().filter(|(status, _)| *status == "default").cloned().collect();
        }
        let mut found: Option<(&str, ResponseBody<'a>)> = None;
        // Media types of bodies that are files.
        let mut files: Vec<&str> = Vec::new();
        let mut stream: Option<ResponseBody<'a>> = None;
        let mut untyped_stream = None;
        let mut links = false;
        let mut known: HashSet<&Node> = HashSet::new();
        for (status, response) in good {
            let Some(response) = self.target(&response).filter(|target| self.may_repeat(&response, target)) else {
                continue;
            };
            let headers = response.get("headers");
            links |= headers.iter().flat_map(View::members).any(|(name, _)| name.eq_ignore_ascii_case("link"));
            let content = self.object(&response, "content");
            let mut media: Vec<(&'a str, View<'a>)> = content.iter().flat_map(View::members).collect();
            // Files of several types are requested by the ranges of types last.
            media.sort_by_key(|(kind, _)| kind.contains('*'));
            let (streams, media): (Vec<_>, Vec<_>) =
                media.into_iter().partition(|(kind, view)| self.is_stream(kind, view));
            if let Some((kind, view, body)) = self.streamed_body(method, operation, streams) {
                if body.untyped {
                    untyped_stream = Some((kind, view));
                }
                stream.get_or_insert(body);
            }
            let is_json =
                |(kind, view): &&(&'a str, View<'a>)| is_json(kind) && !(kind.contains('*') && is_file_of_range(view));
            let json = media.iter().filter(is_json).min_by_key(|(kind, _)| preference(kind));
            let others: Vec<&(&str, View<'a>)> = media.iter().filter(|one| !is_json(one)).collect();
            let Some((kind, json)) = json else {
                for (kind, _) in others {
                    if !files.contains(kind) {
                        files.push(kind);
                    }
                }
                continue;
            };
            // JSON of another media type is another response if its schema is another one.
            let differs =
                |one: &&(&'a str, View<'a>)| is_json(one) && one.1.node.get("schema") != json.node.get("schema");
            for (other, view) in others.into_iter().chain(media.iter().filter(differs)) {
                self.skip(view, format!("{method}: response as {other}"), format!("it is requested as {kind}"));
            }
            let schema = json.get("schema");
            let node = schema.as_ref().map(|schema| schema.node);
            let json_type = media_type(kind);
            let json_type = (json_type != "application/json" && !json_type.contains('*')).then_some(json_type);
            match &mut found {
                None => {
                    let untyped = schema.is_none();
                    found = Some((status, ResponseBody { schema, untyped, json_type, ..ResponseBody::default() }));
                }
                Some((first, kept)) => match schema {
                    Some(schema) if known.contains(schema.node) => {}
                    Some(schema) if kept.schema.is_some() => kept.others.push(schema),
                    None if kept.schema.is_none() => {}
                    _ => {
                        let reason = format!("its body differs from that of status {first}, which is returned");
                        self.skip(&response, format!("{method}: response with status {status}"), reason);
                    }
                },
            }
            known.extend(node);
        }
        let file = (!files.is_empty()).then(|| files.join(", "));
        if (found.is_some() || file.is_some())
            && let Some((kind, view)) = untyped_stream
        {
            self.skip(&view, format!("{method}: response as {kind}"), "its events have no schema");
        }
        match (found, file, stream) {
            (Some((_, body)), file, stream) => {
                Responses { body, links, stream: stream.filter(|stream| stream.schema.is_some()), file }
            }
            (None, None, Some(stream)) => Responses { body: stream, links, stream: None, file: None },
            (None, file, stream) => {
                let stream = stream.filter(|stream| stream.schema.is_some());
                Responses { body: ResponseBody { file, ..ResponseBody::default() }, links, stream, file: None }
            }
        }
    }

    /// Returns the body of a response that is a stream, with the media type that it is requested as, and its place.
    fn streamed_body(
        &mut self,
        method: &str,
        operation: &View<'a>,
        mut streams: Vec<(&'a str, View<'a>)>,
    ) -> Option<(&'a str, View<'a>, ResponseBody<'a>)> {
        // Events are messages of a service; lines of JSON may be its data.
        streams.sort_by_key(|(kind, _)| !is_events(kind));
        let mut streams = streams.into_iter();
        let (kind, view) = streams.next()?;
        for (other, view) in streams {
            self.skip(&view, format!("{method}: response as {other}"), format!("it is requested as {kind}"));
        }
        let (schema, whole_events) = self.message_of(operation, kind, &view);
        let streaming = Some(Stream { media_type: kind.to_owned(), whole_events });
        let body = ResponseBody { untyped: schema.is_none(), schema, streaming, ..ResponseBody::default() };
        Some((kind, view, body))
    }

    /// Returns what the document states of each response, apart from the type of a successful body. Statuses whose
    /// errors have one schema have one type.
    pub(super) fn stated_responses(&mut self, method: &str, operation: &View<'a>) -> BTreeMap<String, Response> {
        let mut stated = BTreeMap::new();
        let mut known: HashMap<&Node, Type> = HashMap::new();
        for (status, view) in self.object(operation, "responses").iter().flat_map(View::members) {
            let target = self.target(&view).filter(|_| !status.starts_with("x-"));
            let is_error = status.starts_with(['4', '5']) || status == "default";
            // The others were counted with the bodies of successful responses.
            let target = target.filter(|target| !is_error || self.may_repeat(&view, target));
            let Some(view) = target else { continue };
            let content = view.get("content");
            let mut response = Response {
                error: None,
                error_constraints: Constraints::default(),
                media_types: content.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect(),
                headers: self.headers(&view),
                links: self.links(&view),
            };
            let json = content.iter().flat_map(View::members).find(|(kind, _)| is_json(kind));
            if let Some(schema) = json.and_then(|(_, media)| media.get("schema")).filter(|_| is_error) {
                let ty = match known.get(schema.node) {
                    Some(ty) => ty.clone(),
                    None => {
                        let error = format!("error {}", status.to_lowercase());
                        self.ty(&schema, &DefinedIn::ErrorBody { method: method.to_owned(), error })
                    }
                };
                known.insert(schema.node, ty.clone());
                response.error = Some(ty);
                response.error_constraints = self.constraints(&schema);
            }
            stated.insert(status.to_owned(), response);
        }
        stated
    }
}

/// Returns the form among the media types of a body.
pub(super) fn form<'m, 'a>(media: &'m [(&'a str, View<'a>)]) -> Option<&'m (&'a str, View<'a>)> {
    ["multipart/form-data", "application/x-www-form-urlencoded"]
        .into_iter()
        .find_map(|form| media.iter().find(|(kind, _)| essence(kind) == form))
        .or_else(|| media.iter().find(|(kind, _)| is_multipart(kind)))
}

/// Returns `true` for the media types of bodies in several parts.
fn is_multipart(kind: &str) -> bool {
    essence(kind).starts_with("multipart/")
}

/// Orders the media types of JSON: `application/json` first, then those of whole values or parts of them, lists of
/// changes, and ranges of types last.
pub(super) fn preference(kind: &str) -> u8 {
    match essence(kind).as_str() {
        "application/json" => 0,
        "application/json-patch+json" => 2,
        kind if kind.contains('*') => 3,
        _ => 1,
    }
}

/// Returns `true` if a range of media types is that of a file: by its schema, or without one.
fn is_file_of_range(media: &View<'_>) -> bool {
    let is_binary = |schema: View<'_>| schema.text("type") == Some("string") && schema.text("format") == Some("binary");
    media.get("schema").is_none_or(is_binary)
}
