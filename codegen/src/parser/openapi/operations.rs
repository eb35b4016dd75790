//! Paths and their operations, as methods.

use super::body::{RequestBody, ResponseBody, is_json};
use super::names::Named;
use super::node::Node;
use super::normalize::Normalized;
use super::origin::Origin;
use super::parameters::Declared;
use super::reader::Reader;
use super::view::{Place, View};
use crate::model::{
    Api, Constraints, DefinedIn, HttpMethod, Location, MediaProtocol, MediaUpload, Method, MethodName, NextPage,
    Operation, Pagination, Parameter, PathTemplate, Server, Style as ValueStyle, Type, Webhook, media_type,
};
use crate::parser::lowering::methods::{is_stream, order};
use crate::parser::lowering::paths::{Path, ResourceNamePath};
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const VERBS: [(&str, HttpMethod); 7] = [
    ("get", HttpMethod::Get),
    ("post", HttpMethod::Post),
    ("put", HttpMethod::Put),
    ("patch", HttpMethod::Patch),
    ("delete", HttpMethod::Delete),
    ("head", HttpMethod::Head),
    ("options", HttpMethod::Options),
];

/// Number of characters of the longest method name.
const NAME_LENGTH: usize = 200;

/// Reads the paths of a document.
pub(super) struct Walk<'a, 'r> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) api: &'r mut Api,
    pub(super) origin: Origin,
    pub(super) root: View<'a>,
    /// The API's server.
    pub(super) server: Server,
    /// Places of the parameters that every method has.
    pub(super) shared_places: HashSet<Place>,
    /// The operation ids that were met, and their places.
    pub(super) ids: BTreeMap<&'a str, String>,
    /// Number that was appended last to each name that several operations want.
    pub(super) numbers: HashMap<String, u64>,
    /// Number of segments that all paths begin with.
    pub(super) shared_segments: usize,
    /// Number of operations in the document.
    pub(super) operations: usize,
}

/// An operation, and the path item that it is in.
struct Call<'c, 'a> {
    name: &'c str,
    http_method: HttpMethod,
    path: &'a str,
    item: &'c View<'a>,
    operation: &'c View<'a>,
    whole: Option<ResourceNamePath>,
}

impl<'a> Walk<'a, '_> {
    pub(super) fn paths(&mut self) {
        let root = self.root.clone();
        for (path, entry) in self.reader.object(&root, "paths").iter().flat_map(View::members) {
            if self.reader.stopped {
                return;
            }
            if path.starts_with("x-") {
                continue;
            }
            let Some(item) = self.reader.target(&entry).filter(|item| self.reader.may_repeat(&entry, item)) else {
                continue;
            };
            if !matches!(item.node, Node::Object(_)) {
                let message = format!("a path must hold an object, not {}: it is left out", item.node.kind());
                self.reader.warn(&item, message);
                continue;
            }
            if !path.starts_with('/') {
                let warning =
                    self.reader.warning_at(&entry, format!("invalid path `{path}`: missing `/` at its start"));
                self.reader.report(&entry, warning.help(format!("`/{path}` is assumed")));
            }
            for (key, verb) in VERBS {
                // An operation may be a reference, to one in another file.
                let Some(entry) = self.reader.object(&item, key) else { continue };
                let operation = self.reader.target(&entry);
                if let Some(operation) = operation.filter(|operation| self.reader.may_repeat(&entry, operation)) {
                    self.operations = self.operations.saturating_add(1);
                    self.operation(path, &item, key, verb, &operation);
                }
            }
            if let Some(trace) = item.get("trace") {
                self.reader.skip(&trace, format!("TRACE {path}"), "the verb TRACE is not sent");
            }
        }
        for (name, hook) in root.get("webhooks").iter().flat_map(View::members) {
            self.webhooks(name, name, None, &hook);
        }
    }

    /// Reads requests that the service makes. Their inline payloads are types like those of the document.
    fn webhooks(&mut self, name: &str, short: &str, url: Option<&str>, item: &View<'a>) {
        let Some(item) = self.reader.target(item) else { return };
        for (key, _) in VERBS {
            let operation = self.reader.object(&item, key).and_then(|operation| self.reader.target(&operation));
            let Some(operation) = operation else { continue };
            let body = operation.get("requestBody").and_then(|body| self.reader.target(&body));
            let content = body.and_then(|body| body.get("content"));
            let json = content.iter().flat_map(View::members).find(|(kind, _)| is_json(kind));
            let schema = json.and_then(|(_, media)| media.get("schema"));
            let payload = schema
                .and_then(|schema| self.reader.payload(&schema, &format!("{}Payload", short.to_upper_camel_case())));
            let webhook = Webhook {
                payload: payload.map(Type::Schema),
                url: url.map(str::to_owned),
                doc: doc(&operation),
                pointer: operation.pointer.to_string(),
            };
            let mut name = name.to_owned();
            if self.api.webhooks.contains_key(&name) {
                name = format!("{name}.{key}");
            }
            self.api.webhooks.insert(name, webhook);
        }
    }

    fn operation(&mut self, path: &'a str, item: &View<'a>, key: &str, verb: HttpMethod, operation: &View<'a>) {
        let mut id = self.reader.text(operation, "operationId").filter(|id| !id.is_empty());
        if let Some(known) = id {
            let place = operation.get_or_self("operationId");
            if let Some(first) = self.ids.get(known) {
                let warning = self.reader.warning_at(&place, format!("duplicate `operationId`: `{known}`"));
                let help = format!("the other one is at {first}; this operation is named after its path");
                self.reader.report(&place, warning.help(help));
                id = None;
            } else {
                self.ids.insert(known, place.pointer.to_string());
            }
        }
        let (wanted, whole) = self.named(path, key, verb, id, operation);
        let name = self.free_name(&wanted, operation);
        for (callback, paths) in operation.get("callbacks").iter().flat_map(View::members) {
            let target = self.reader.target(&paths);
            let Some(paths) = target.filter(|target| self.reader.may_repeat(&paths, target)) else { continue };
            for (url, item) in paths.members().filter(|(url, _)| !url.starts_with("x-")) {
                let short = format!("{}_{callback}", name.rsplit('.').next().unwrap_or_default());
                self.webhooks(&format!("{name}.{callback}"), &short, Some(url), &item);
            }
        }
        match self.method(Call { name: &name, http_method: verb, path, item, operation, whole }) {
            Ok(methods) => self.api.methods.extend(methods),
            Err(reason) => self.reader.skip(operation, name, reason),
        }
    }

    /// Returns a name that no method has yet: the first of the wanted ones that is free, or one with a number, and a
    /// warning. Names are cut where they are too long to be read.
    fn free_name(&mut self, wanted: &[String], operation: &View<'a>) -> String {
        let mut wanted: Vec<String> = wanted.iter().map(|name| cut(name)).collect();
        if let Some(free) = wanted.iter().position(|name| !self.api.methods.contains_key(name)) {
            return wanted.swap_remove(free);
        }
        let Some(first) = wanted.first() else { return "call".to_owned() };
        let other = self.api.methods.get(first).map(|other| other.pointer.clone()).unwrap_or_default();
        let number = self.numbers.entry(first.clone()).or_insert(1);
        let name = loop {
            *number = number.saturating_add(1);
            let name = format!("{first}{number}");
            if !self.api.methods.contains_key(&name) {
                break name;
            }
        };
        let warning = self.reader.warning_at(operation, format!("duplicate operation `{first}`: named `{name}`"));
        let help = format!("the other one is at {other}; an `operationId` names them apart");
        self.reader.report(operation, warning.help(help));
        name
    }

    /// Returns names for a method, best first, and its path with a whole resource name in a document of Google's.
    fn named(
        &self,
        path: &str,
        key: &str,
        verb: HttpMethod,
        id: Option<&str>,
        operation: &View<'a>,
    ) -> (Vec<String>, Option<ResourceNamePath>) {
        let tags: Vec<&str> = tags(operation).collect();
        match self.origin {
            Origin::GoogleExport => {
                let rpc = operation.text("x-google-operation-name").or(id).unwrap_or_default();
                if let Some(named) = Path::parse(path).map(|path| path.name(verb, rpc)) {
                    // Where Discovery would give two paths one name, the second one gets its own id.
                    let resource = MethodName(&named.name).resource();
                    return match id {
                        Some(id) if self.api.methods.contains_key(&named.name) => {
                            (vec![format!("{resource}.{}", id.to_lower_camel_case())], Some(named.path))
                        }
                        _ => (vec![named.name], Some(named.path)),
                    };
                }
            }
            Origin::FromDiscovery => {
                let name = id.and_then(|id| id.strip_prefix(&format!("{}.", self.api.name)));
                if let Some(name) = name.filter(|name| MethodName(name).is_valid()) {
                    return (vec![name.to_owned()], Path::parse(path).and_then(|path| path.expand(name)));
                }
            }
            Origin::ThirdParty => {}
        }
        let plain = path.split(['?', '#']).next().unwrap_or(path);
        let version = Some(self.api.version.as_str()).filter(|_| self.api.versioned);
        let named = |path| Named { id, tags: &tags, path, shared: self.shared_segments, verb: key, version };
        let mut wanted = named(plain).wanted();
        if plain != path {
            wanted.extend(named(path).wanted());
        }
        (wanted, None)
    }

    /// Reads an operation: a method, or two where its response is a message or a stream. Returns the reason why it is
    /// left out otherwise.
    fn method(&mut self, call: Call<'_, 'a>) -> Result<Vec<(String, Method)>, String> {
        let Call { name, http_method, operation, item, .. } = call;
        let mut declared = self.reader.declared(item, operation);
        declared.retain(|one| !self.shared_places.contains(&one.view.place()));
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
                Some(RequestBody { ty: self.reader.ty(metadata, &defined_in), media_type: None, form: BTreeMap::new() })
            }
            None => self.reader.request_body(name, operation)?,
        };
        let responses = self.reader.responses(name, operation);
        let body = responses.body;
        let streaming = body.streaming || (self.origin != Origin::ThirdParty && is_stream(name));
        let media_download = body.file.is_some();
        let by_alt = (media_download || streaming) && asks_by_alt(&declared, &parameters, media_download);
        // Google's servers take `alt` whether the document has it or not.
        let events = (streaming && self.origin == Origin::ThirdParty).then(|| "text/event-stream".to_owned());
        if by_alt {
            parameters.remove("alt");
            self.reader.schemas.remove(&format!("{name}(alt)"));
        }
        let (response, operation_types) = self.response(name, operation, &body);
        let (request, request_media_type, request_form) =
            request_body.map_or_else(Default::default, |body| (Some(body.ty), body.media_type, body.form));
        let root = self.root.clone();
        let third_party = self.origin == Origin::ThirdParty;
        let sent = operation.get("requestBody").and_then(|body| self.reader.target(&body));
        let media = sent.as_ref().and_then(|sent| sent.get("content"));
        let mut kinds: Vec<String> = media.iter().flat_map(View::members).map(|(kind, _)| media_type(kind)).collect();
        kinds.retain(|_| third_party);
        let security = if third_party { self.reader.requirements(&root, operation) } else { Vec::new() };
        let stated = if third_party { self.reader.stated_responses(name, operation) } else { BTreeMap::new() };
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            http_method,
            parameter_order: order(&template, &parameters, &[]),
            path: template,
            server: self.reader.own_server([operation, item], &root, &self.server),
            flat_path,
            doc: doc(operation),
            tags: if third_party { tags(operation).map(str::to_owned).collect() } else { Vec::new() },
            deprecated: operation.flag("deprecated"),
            parameters,
            request,
            request_media_type,
            request_optional: third_party && sent.is_some_and(|sent| !sent.flag("required")),
            request_media_types: kinds,
            response,
            response_media_type: body.file.or(events).filter(|_| !by_alt),
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
            streaming,
            operation: operation_types,
            job: None,
            pagination: responses.links.then_some(Pagination { next: NextPage::Link, items: None }),
            idempotent: None,
            pointer: operation.pointer.to_string(),
        };
        let stream = responses.stream.map(|stream| self.stream_of(name, &method, operation, &stream));
        Ok([(name.to_owned(), method)].into_iter().chain(stream).collect())
    }

    /// Returns the method beside one that returns JSON or a file: the same call, whose response is a stream of events.
    fn stream_of(
        &mut self,
        name: &str,
        method: &Method,
        operation: &View<'a>,
        body: &ResponseBody<'a>,
    ) -> (String, Method) {
        let name = self.free_name(&[format!("{name}_stream")], operation);
        let (response, _) = self.response(&name, operation, body);
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            response,
            response_media_type: Some("text/event-stream".to_owned()),
            media_download: false,
            streaming: true,
            operation: None,
            pagination: None,
            ..method.clone()
        };
        (name, method)
    }

    /// Reads the path of an operation. A variable without a parameter takes text; variables of a query within the path
    /// are parameters of the query, and constants of it stay.
    fn path(&mut self, call: &Call<'_, 'a>, declared: &[Declared<'a>]) -> Result<WrittenPath, String> {
        let path = call.path.split('#').next().unwrap_or(call.path);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut constants = Vec::new();
        let mut parameters = BTreeMap::new();
        let known: BTreeSet<(&str, &str)> =
            declared.iter().map(|one| (one.place.as_str(), one.name.as_str())).collect();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            match variable {
                None => constants.push(pair.replace(['{', '}'], "")),
                Some(_) if known.contains(&("query", key)) => {}
                Some(_) => {
                    parameters.insert(key.to_owned(), text_parameter(Location::Query, call.operation));
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
            parameters.insert(variable.to_owned(), text_parameter(Location::Path, call.operation));
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
        let (in_path, others): (Vec<_>, Vec<_>) = declared.iter().partition(|one| one.place == "path");
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
        if self.origin != Origin::FromDiscovery {
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

    /// Returns the type of the response. Of a long-running operation it is `Operation`, as in Discovery; the types of its
    /// result and progress are returned beside it.
    fn response(
        &mut self,
        name: &str,
        operation: &View<'a>,
        body: &ResponseBody<'a>,
    ) -> (Option<Type>, Option<Operation>) {
        let Some(schema) = &body.schema else {
            return (None, None);
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

/// A path as the document writes it.
struct WrittenPath {
    template: PathTemplate,
    /// Parameters that the path alone states.
    parameters: BTreeMap<String, Parameter>,
}

/// Returns a required parameter that takes text.
fn text_parameter(location: Location, operation: &View<'_>) -> Parameter {
    Parameter { doc: None, location, ..resource_name("", String::new(), operation.pointer.to_string()) }
}

/// Returns true if `alt` asks for the stream or the file of a method: it is sent with every such call, and is nothing to
/// choose.
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
        location: Location::Path,
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

fn tags<'a>(operation: &View<'a>) -> impl Iterator<Item = &'a str> {
    let tags: Vec<View<'a>> = operation.get("tags").iter().flat_map(View::items).collect();
    tags.into_iter().filter_map(|tag| tag.node.text())
}

/// Cuts a name that is too long to be read.
fn cut(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some((end, _)) = name.char_indices().nth(NAME_LENGTH) {
        name.truncate(end);
        name.truncate(name.trim_end_matches(['.', '_']).len());
    }
    name
}

fn doc(operation: &View<'_>) -> Option<String> {
    let text = operation.text("description").or_else(|| operation.text("summary"));
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}
