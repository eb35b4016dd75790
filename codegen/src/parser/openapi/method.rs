//! Methods of operations: path, parameters, body, response and upload.

use super::body::{RequestBody, ResponseBody};
use super::node::Node;
use super::normalize::Normalized;
use super::operations::{Call, Walk, doc, tags};
use super::origin::DocumentOrigin;
use super::parameters::Declared;
use super::view::View;
use crate::model::{
    Constraints, DefinedIn, MediaProtocol, MediaUpload, Method, NextPage, Operation, Pagination, Parameter,
    ParameterLocation, PathTemplate, Style as ValueStyle, Type, media_type,
};
use crate::parser::lowering::methods::{is_stream, order};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl<'a> Walk<'a, '_> {
    /// Reads an operation: a method, or two where its response is a message or a stream. Returns the reason why it is
    /// left out otherwise.
    pub(super) fn method(&mut self, call: Call<'_, 'a>) -> Result<Vec<(String, Method)>, String> {
        let Call { name, http_method, operation, items, .. } = call;
        let mut declared = self.reader.declared(items, operation);
        declared.retain(|one| !self.shared_places.contains(&one.view.id()));
        self.move_to_query(&call, &mut declared);
        let path = self.path(&call, &declared)?;
        let mut parameters = self.parameters(&call, &declared, &path.template);
        for (name, parameter) in path.parameters {
            parameters.entry(name).or_insert(parameter);
        }
        let (template, flat_path) = match call.whole {
            Some(whole) => {
                if let Some(variable) = whole.variable {
                    let pointer = declared.iter().rfind(|one| variable.replaced.last() == Some(&one.name));
                    let pointer = self.reader.files.show(pointer.map_or(operation, |one| &one.view));
                    parameters.insert(variable.name, resource_name(&variable.example, variable.pattern, pointer));
                }
                (PathTemplate::parse(&whole.path)?, Some(whole.flat_path))
            }
            None => (path.template, None),
        };
        let upload = self.upload(call.path, operation);
        let request_body = match &upload {
            Some((metadata, _)) => {
                let defined_in = DefinedIn::RequestBody { method: name.to_owned() };
                Some(RequestBody::new(self.reader.ty(metadata, &defined_in)))
            }
            None => self.reader.request_body(name, operation)?,
        };
        let responses = self.reader.responses(name, operation);
        let body = responses.body;
        let streaming = body.streaming.is_some() || (self.origin != DocumentOrigin::ThirdParty && is_stream(name));
        let media_download = body.file.is_some();
        let by_alt = (media_download || streaming) && asks_by_alt(&declared, &parameters, media_download);
        // Google's servers accept `alt` even if the document does not have it.
        let stream = body.streaming.clone().filter(|_| self.origin == DocumentOrigin::ThirdParty);
        let whole_events = stream.as_ref().is_some_and(|stream| stream.whole_events);
        if by_alt {
            parameters.remove("alt");
            self.reader.schemas.remove(&format!("{name}(alt)"));
        }
        let (response, operation_types) = self.response(name, operation, &body);
        let (request, request_constraints, request_media_type, request_form) = match request_body {
            Some(body) => (Some(body.ty), body.constraints, body.media_type, body.form),
            None => Default::default(),
        };
        let response_constraints = body.schema.as_ref().map(|schema| self.reader.constraints(schema));
        let root = self.root.clone();
        let third_party = self.origin == DocumentOrigin::ThirdParty;
        let sent = operation.get("requestBody").and_then(|body| self.reader.target(&body));
        let media = sent.as_ref().and_then(|sent| sent.get("content"));
        let mut kinds: Vec<String> = media.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect();
        kinds.retain(|_| third_party);
        let security = if third_party { self.reader.requirements(&root, operation) } else { Vec::new() };
        let stated = if third_party { self.reader.stated_responses(name, operation) } else { BTreeMap::new() };
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            operation_id: operation.text("operationId").map(str::to_owned),
            http_method,
            parameter_order: order(&template, &parameters, &[]),
            path: template,
            server: self.reader.own_server(operation, items, &root, &self.server),
            flat_path,
            doc: doc(operation),
            tags: if third_party { tags(operation).map(str::to_owned).collect() } else { Vec::new() },
            deprecated: operation.flag("deprecated"),
            sunset: operation.node.get("x-sunset").and_then(Node::text).map(str::to_owned),
            parameters,
            request,
            request_constraints,
            request_media_type,
            request_optional: third_party && sent.is_some_and(|sent| !sent.flag("required")),
            request_media_types: kinds,
            response,
            response_constraints: response_constraints.unwrap_or_default(),
            response_media_type: body.file.or(stream.map(|stream| stream.media_type)).filter(|_| !by_alt),
            request_form,
            takes_http_body: false,
            returns_http_body: false,
            response_json_type: body.json_type,
            responses: stated,
            security,
            scopes: self.reader.scopes(&root, operation),
            api_version: None,
            media_upload: upload.map(|(_, upload)| upload),
            media_download,
            subscription: false,
            etag_required: false,
            streaming,
            whole_events,
            operation: operation_types,
            job: None,
            pagination: responses.links.then_some(Pagination { next: NextPage::Link, items: None }),
            idempotent: None,
            pointer: operation.pointer.to_string(),
        };
        let mut methods = vec![(name.to_owned(), method)];
        if third_party && let Some((name, method)) = methods.first() {
            let upload = self.upload_of(name, method, operation);
            methods.extend(upload);
        }
        let mut others = Vec::new();
        if let Some(stream) = responses.stream {
            others.extend(methods.iter().map(|(name, method)| self.stream_of(name, method, operation, &stream)));
        }
        if let Some(kinds) = responses.file {
            others.extend(methods.iter().map(|(name, method)| self.file_of(name, method, operation, &kinds)));
        }
        methods.extend(others);
        Ok(methods)
    }

    /// Moves the declarations of variables of a query within the path there: they name the variable, and the query has
    /// the name on the wire. Leaves out those whose value the path states.
    fn move_to_query(&mut self, call: &Call<'_, 'a>, declared: &mut Vec<Declared<'a>>) {
        let plain = call.path.split('#').next().unwrap_or_default();
        let Some((before, query)) = plain.split_once('?') else { return };
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let stated = declared.iter().position(|one| one.place == "query" && one.name == key);
            let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            match (variable, stated) {
                (None, Some(at)) => {
                    let one = declared.remove(at);
                    let name = format!("{}: parameter {key}", call.name);
                    self.reader.skip(&one.view, name, "its value is in the path");
                }
                (Some(variable), None) if !before.contains(&format!("{{{variable}}}")) => {
                    let places = ["path", "query"];
                    let named = |one: &&mut Declared<'_>| one.name == variable && places.contains(&one.place.as_str());
                    if let Some(one) = declared.iter_mut().find(named) {
                        key.clone_into(&mut one.name);
                        "query".clone_into(&mut one.place);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads the path of an operation. A variable without a parameter takes text; variables of a query within the path
    /// are parameters of the query, and constants of it stay.
    fn path(&mut self, call: &Call<'_, 'a>, declared: &[Declared<'a>]) -> Result<WrittenPath, String> {
        let known: BTreeSet<(&str, &str)> =
            declared.iter().map(|one| (one.place.as_str(), one.name.as_str())).collect();
        let path = without_patterns(call.path, &known);
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut constants = Vec::new();
        let mut parameters = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            match variable {
                None => constants.push(pair.replace(['{', '}'], "")),
                Some(_) if known.contains(&("query", key)) => {}
                Some(_) => {
                    parameters.insert(key.to_owned(), text_parameter(ParameterLocation::Query, call.operation));
                }
            }
        }
        let constants = if constants.is_empty() { String::new() } else { format!("?{}", constants.join("&")) };
        let template = PathTemplate::parse(&format!("{}{constants}", path.trim_start_matches('/')))?;
        for variable in template.variables() {
            if known.contains(&("path", variable)) {
                continue;
            }
            let message = format!("the path's variable `{variable}` has no parameter: it takes text");
            let warning = self.reader.warning_at(call.operation, message);
            let names = declared.iter().filter(|one| one.place == "path").map(|one| one.name.as_str());
            let names = names.take(self.reader.diagnostics.candidates());
            self.reader.report(call.operation, warning.suggest(variable, names));
            parameters.insert(variable.to_owned(), text_parameter(ParameterLocation::Path, call.operation));
        }
        Ok(WrittenPath { template, parameters })
    }

    /// Reads the parameters of an operation. Where several have one name, those that are not in the path get longer
    /// names, and keep the one on the wire.
    fn parameters(
        &mut self,
        call: &Call<'_, 'a>,
        declared: &[Declared<'a>],
        template: &PathTemplate,
    ) -> BTreeMap<String, Parameter> {
        let name = call.name;
        let replaced = call.whole.as_ref().and_then(|whole| whole.variable.as_ref());
        let replaced: HashSet<&String> = replaced.iter().flat_map(|variable| &variable.replaced).collect();
        let variables: HashSet<&str> = template.variables().collect();
        let mut parameters: BTreeMap<String, Parameter> = BTreeMap::new();
        let (in_path, mut others): (Vec<_>, Vec<_>) = declared.iter().partition(|one| one.place == "path");
        // Names do not depend on the order in which a document lists parameters.
        others.sort_by_key(|one| ["query", "header", "cookie"].iter().position(|place| *place == one.place));
        for one in in_path {
            if !variables.contains(one.name.as_str()) {
                self.reader.skip(&one.view, format!("{name}: parameter {}", one.name), "the path has no such variable");
                continue;
            }
            if replaced.contains(&one.name) {
                continue;
            }
            if let Some(read) = self.reader.parameter(name, one) {
                parameters.insert(one.name.clone(), read);
            }
        }
        for one in others {
            let Some(mut parameter) = self.reader.parameter(name, one) else { continue };
            let wire = &one.name;
            let mut key = wire.clone();
            if parameters.contains_key(&key) {
                key = format!("{}_{wire}", one.place);
                parameter.wire_name = Some(wire.clone());
            }
            if parameters.get(&key).is_some_and(|other| other.location == parameter.location) {
                let other = format!("{name}: parameter {wire} in {}", one.place);
                self.reader.skip(&one.view, other, "another parameter has its name");
                continue;
            }
            parameters.insert(key, parameter);
        }
        parameters
    }

    /// Returns the upload of a method in a document made from Discovery's: a body of bytes whose schema is a message is
    /// sent along with a file, and Google's servers take both under `upload/` and `resumable/upload/`.
    fn upload(&mut self, path: &str, operation: &View<'a>) -> Option<(View<'a>, MediaUpload)> {
        if self.origin != DocumentOrigin::FromDiscovery {
            return None;
        }
        let body = operation.get("requestBody")?.get("content")?.get("application/octet-stream")?;
        let schema = body.get("schema").filter(|schema| schema.node.get("$ref").is_some())?;
        let under = |prefix: &str| {
            let path = PathTemplate::parse(&format!("{prefix}{path}")).ok()?;
            Some(MediaProtocol { path, multipart: true })
        };
        let upload =
            MediaUpload { simple: under("/upload"), resumable: under("/resumable/upload"), ..MediaUpload::default() };
        Some((schema, upload))
    }

    /// Returns the type of the response. Of a long-running operation it is `Operation`, as in Discovery; the types of
    /// its result and progress are returned separately.
    pub(super) fn response(
        &mut self,
        name: &str,
        operation: &View<'a>,
        body: &ResponseBody<'a>,
    ) -> (Option<Type>, Option<Operation>) {
        let Some(schema) = &body.schema else {
            return (body.untyped.then_some(Type::Any), None);
        };
        let defined_in = DefinedIn::ResponseBody { method: name.to_owned() };
        if !body.others.is_empty()
            && let Some(responses) = operation.get("responses")
        {
            let all = [schema].into_iter().chain(&body.others).cloned().collect();
            return (Some(self.reader.type_of(&responses, Normalized::OneOf(all), &defined_in)), None);
        }
        let ty = self.reader.value_type(schema, &defined_in);
        if !operation.flag("x-google-lro") {
            return (Some(ty), None);
        }
        let of = |this: &mut Self, key: &str| {
            let typed = this.reader.target(schema)?;
            let parts = typed.get("allOf");
            let part = parts
                .iter()
                .flat_map(View::items)
                .chain([typed.clone()])
                .find_map(|part| part.get("properties")?.get(key))?;
            let target = this.reader.target(&part)?;
            part.node.get("$ref")?;
            Some(this.reader.name(&target))
        };
        let types =
            Operation { response: of(self, "response"), metadata: of(self, "metadata"), poll: None, source: None };
        let plain = self.root.node.at(["components", "schemas", "Operation"]).is_some();
        (Some(if plain { Type::Schema("Operation".into()) } else { ty }), Some(types))
    }
}

/// Returns a path without what web frameworks write beside the names of its variables: patterns and types (`{id:int}`),
/// marks of variables of several segments (`{*rest}`, `{rest...}`, and `{proxy+}` of API Gateway), which are `{+rest}` in
/// URI templates, marks of optional ones, and variables of the query (`{?limit,offset}`), which parameters state.
fn without_patterns<'p>(path: &'p str, known: &BTreeSet<(&str, &str)>) -> Cow<'p, str> {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, inner, after)) = next_variable(rest) {
        out.push_str(before);
        rest = after;
        let name = inner.split([':', '?']).next().unwrap_or_default();
        let plain = name.trim_matches('*').trim_end_matches("...").trim_end_matches('+');
        let mut query = inner.strip_prefix(['?', '&']).unwrap_or_default().split(',');
        if known.contains(&("path", inner)) || inner == plain {
            out.extend(["{", inner, "}"]);
        } else if known.contains(&("path", plain)) {
            out.extend(["{", if name == plain { "" } else { "+" }, plain, "}"]);
        } else if !query.all(|name| known.contains(&("query", name.trim_end_matches('*')))) {
            out.extend(["{", inner, "}"]);
        }
    }
    if out.is_empty() { Cow::Borrowed(path) } else { Cow::Owned(out + rest) }
}

/// Splits a path at its first variable, whose pattern may have braces.
fn next_variable(path: &str) -> Option<(&str, &str, &str)> {
    let (before, inner) = path.split_once('{')?;
    let mut open = 1usize;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => open = open.saturating_add(1),
            '}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            let (inner, after) = inner.split_at_checked(at)?;
            return Some((before, inner, after.strip_prefix('}')?));
        }
    }
    None
}

/// A path as the document writes it.
struct WrittenPath {
    template: PathTemplate,
    /// Parameters that only the path states.
    parameters: BTreeMap<String, Parameter>,
}

/// Returns a required parameter that takes text.
fn text_parameter(location: ParameterLocation, operation: &View<'_>) -> Parameter {
    Parameter { doc: None, location, ..resource_name("", String::new(), operation.pointer.to_string()) }
}

/// Returns `true` if `alt` asks for the stream or the file of a method: it is sent with every such call, and is nothing
/// to choose.
fn asks_by_alt(declared: &[Declared<'_>], parameters: &BTreeMap<String, Parameter>, media_download: bool) -> bool {
    let value = if media_download { "media" } else { "sse" };
    let alt = declared.iter().find(|one| one.name == "alt" && one.place == "query");
    let values = alt.and_then(|alt| alt.view.node.at(["schema", "enum"]));
    parameters.contains_key("alt")
        && matches!(values, Some(Node::List(values)) if *values == [Node::Text(value.to_owned())])
}

/// Returns the parameter that takes a whole resource name.
fn resource_name(example: &str, pattern: String, pointer: String) -> Parameter {
    Parameter {
        wire_name: None,
        location: ParameterLocation::Path,
        ty: Type::String,
        repeated: false,
        required: true,
        style: ValueStyle::Repeat,
        reserved: false,
        doc: Some(format!("The resource name, `{example}`.")),
        deprecated: false,
        constraints: Constraints { pattern: Some(pattern).filter(|p| !p.is_empty()), ..Constraints::default() },
        pointer,
    }
}
