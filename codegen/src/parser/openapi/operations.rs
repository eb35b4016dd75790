//! Paths and what can be done on them, as methods.

use super::body::{Answer, Sent, essence};
use super::files::View;
use super::form::Form;
use super::node::Node;
use super::parameters::Declared;
use super::reader::Reader;
use super::style::{Style, community};
use crate::model::{
    Api, Constraints, Home, HttpMethod, Location, MediaProtocol, MediaUpload, Method, Operation, Parameter,
    PathTemplate, Style as ValueStyle, Type,
};
use crate::parser::lowering::methods::{is_stream, order};
use crate::parser::lowering::paths::{Path, Whole};
use heck::ToLowerCamelCase;
use std::collections::BTreeMap;

const VERBS: [(&str, HttpMethod); 7] = [
    ("get", HttpMethod::Get),
    ("post", HttpMethod::Post),
    ("put", HttpMethod::Put),
    ("patch", HttpMethod::Patch),
    ("delete", HttpMethod::Delete),
    ("head", HttpMethod::Head),
    ("options", HttpMethod::Options),
];

/// Goes through the paths.
pub(super) struct Walk<'a, 'r> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) api: &'r mut Api,
    pub(super) style: Style,
    pub(super) root: View<'a>,
    /// The parameters that every method has.
    pub(super) shared: BTreeMap<String, Declared<'a>>,
    /// The ids that were met, and where.
    pub(super) ids: BTreeMap<&'a str, String>,
}

impl<'a> Walk<'a, '_> {
    pub(super) fn paths(&mut self) {
        let root = self.root.clone();
        for (path, entry) in self.reader.object(&root, "paths").iter().flat_map(View::members) {
            if path.starts_with("x-") {
                continue;
            }
            let Some(item) = self.reader.target(&entry) else {
                continue;
            };
            if !matches!(item.node, Node::Object(_)) {
                self.reader.error(&item, format!("a path must hold an object; this is {}", item.node.kind()));
                continue;
            }
            if !path.starts_with('/') {
                let error = self.reader.fault(&entry, format!("the path `{path}` does not begin with `/`"));
                self.reader.tell(error.help(format!("`/{path}`")));
                continue;
            }
            for (key, verb) in VERBS {
                if let Some(operation) = self.reader.object(&item, key) {
                    self.operation(path, &item, key, verb, &operation);
                }
            }
            if let Some(trace) = item.get("trace") {
                self.reader.skip(&trace, format!("TRACE {path}"), "the verb TRACE is not sent");
            }
        }
        for (name, hook) in root.get("webhooks").iter().flat_map(View::members) {
            self.reader.skip(&hook, format!("webhook {name}"), "it is a request that the service makes");
        }
    }

    fn operation(&mut self, path: &'a str, item: &View<'a>, key: &str, verb: HttpMethod, operation: &View<'a>) {
        let id = self.reader.text(operation, "operationId").filter(|id| !id.is_empty());
        if let Some(id) = id {
            let place = operation.get("operationId").unwrap_or_else(|| operation.clone());
            if let Some(first) = self.ids.insert(id, place.pointer.clone()) {
                let error = self.reader.fault(&place, format!("two operations have the id `{id}`"));
                self.reader.tell(error.help(format!("the other one is at {first}")));
                return;
            }
        }
        let (name, whole) = self.named(path, key, verb, id, operation);
        if let Some(other) = self.api.methods.get(&name) {
            let message = format!("two operations are called `{name}`");
            let help = format!("the other one is at {}; an `operationId` tells them apart", other.pointer);
            let error = self.reader.fault(operation, message).help(help);
            self.reader.tell(error);
            return;
        }
        for holder in [operation, item] {
            if let Some(servers) = holder.get("servers").filter(|servers| servers.items().next().is_some()) {
                if self.root.node.get("servers") != Some(servers.node) {
                    self.reader.skip(operation, name, "it has a server of its own");
                    return;
                }
                break;
            }
        }
        if let Some(callbacks) = operation.get("callbacks") {
            self.reader.skip(&callbacks, format!("{name}: callbacks"), "they are requests that the service makes");
        }
        match self.method(&name, path, item, verb, operation, whole) {
            Ok(Some(method)) => {
                self.api.methods.insert(name, method);
            }
            Ok(None) => {}
            Err(reason) => self.reader.skip(operation, name, reason),
        }
    }

    /// A method's name, and the path with a whole resource name where the document is one of Google's.
    fn named(
        &self,
        path: &str,
        key: &str,
        verb: HttpMethod,
        id: Option<&str>,
        operation: &View<'a>,
    ) -> (String, Option<Whole>) {
        let tags: Vec<&str> =
            operation.get("tags").iter().flat_map(View::items).filter_map(|tag| tag.node.text()).collect();
        match self.style {
            Style::Export => {
                let rpc = operation.text("x-google-operation-name").or(id).unwrap_or_default();
                if let Some(named) = Path::parse(path).map(|path| path.name(verb, rpc)) {
                    // Two paths that Discovery would name alike: the second one bears its own name.
                    let resource = named.name.rsplit_once('.').map_or("", |(resource, _)| resource);
                    return match id {
                        Some(id) if self.api.methods.contains_key(&named.name) => {
                            (format!("{resource}.{}", id.to_lower_camel_case()), Some(named.path))
                        }
                        _ => (named.name, Some(named.path)),
                    };
                }
            }
            Style::Ids => {
                let name = id.and_then(|id| id.strip_prefix(&format!("{}.", self.api.name)));
                if let Some(name) = name.filter(|name| !name.split('.').any(str::is_empty)) {
                    return (name.to_owned(), Path::parse(path).and_then(|path| path.spread(name)));
                }
            }
            Style::Community => {}
        }
        let mut name = community(id, &tags, &self.api.version, path, key);
        if id.is_none() && self.api.methods.contains_key(&name) {
            let variables: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
            name = format!("{name}_by_{}", variables.join("_and_"));
        }
        (name, None)
    }

    fn method(
        &mut self,
        name: &str,
        path: &str,
        item: &View<'a>,
        http_method: HttpMethod,
        operation: &View<'a>,
        whole: Option<Whole>,
    ) -> Result<Option<Method>, String> {
        let mut declared = self.reader.declared(item, operation);
        declared.retain(|one| !self.shared.values().any(|shared| shared.view.place() == one.view.place()));
        let written = PathTemplate::parse(path.trim_start_matches('/'));
        let written = match written {
            Ok(written) => written,
            Err(message) => {
                let key = operation.pointer.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
                let place = View { pointer: key, ..operation.clone() };
                self.reader.error(&place, message);
                return Ok(None);
            }
        };
        for variable in written.variables() {
            if declared.iter().any(|one| one.place == "path" && one.name == variable) {
                continue;
            }
            let names: Vec<&str> =
                declared.iter().filter(|one| one.place == "path").map(|one| one.name.as_str()).collect();
            let error = match declared.iter().find(|one| one.name == variable) {
                Some(other) => {
                    let place = other.view.get("in").unwrap_or_else(|| other.view.clone());
                    self.reader
                        .fault(&place, format!("the path's variable `{variable}` is a parameter in `{}`", other.place))
                }
                None => {
                    let message = format!("the path has a variable without a parameter: `{variable}`");
                    self.reader.fault(operation, message).suggest(variable, names)
                }
            };
            self.reader.tell(error);
        }
        let mut parameters: BTreeMap<String, Parameter> = BTreeMap::new();
        for one in &declared {
            let in_path = one.place == "path";
            if in_path && !written.variables().any(|variable| variable == one.name) {
                self.reader.skip(&one.view, format!("{name}: parameter {}", one.name), "the path has no such variable");
                continue;
            }
            if in_path
                && whole.as_ref().and_then(|w| w.variable.as_ref()).is_some_and(|v| v.replaced.contains(&one.name))
            {
                continue;
            }
            let read = self.reader.parameter(name, one);
            if in_path && read.is_empty() {
                return Err(format!("the path's variable `{}` is not supported", one.name));
            }
            for (known, parameter) in read {
                if parameters.contains_key(&known) {
                    let other = format!("{name}: parameter {known} in {}", one.place);
                    self.reader.skip(&one.view, other, "another parameter has its name");
                    continue;
                }
                parameters.insert(known, parameter);
            }
        }
        let (template, flat_path) = match whole {
            Some(whole) => {
                if let Some(variable) = whole.variable {
                    let pointer = declared.iter().rfind(|one| variable.replaced.last() == Some(&one.name));
                    let pointer =
                        pointer.map_or_else(|| operation.pointer.clone(), |one| self.reader.files.show(&one.view));
                    parameters.insert(variable.name, resource_name(&variable.example, variable.pattern, pointer));
                }
                let template = PathTemplate::parse(&whole.path).map_err(|message| message.to_string())?;
                (template, Some(whole.flat_path))
            }
            None => (written, None),
        };
        let upload = self.upload(path, operation);
        let sent = match &upload {
            Some((metadata, _)) => {
                let home = Home::Parameter { method: name.to_owned(), parameter: "request".into() };
                Some(Sent { ty: self.reader.ty(metadata, &home), media_type: None })
            }
            None => self.reader.sent(name, operation)?,
        };
        let answer = self.reader.answer(name, operation);
        let streaming = answer.streaming || (self.style != Style::Community && is_stream(name));
        // What asks for a stream or a file is sent with every such call, and nothing to choose.
        let asks = |parameters: &BTreeMap<String, Parameter>, value: &str| {
            let alt = declared.iter().find(|one| one.name == "alt" && one.place == "query");
            let values = alt.and_then(|alt| alt.view.node.at(["schema", "enum"]));
            parameters.contains_key("alt")
                && matches!(values, Some(Node::List(values)) if *values == [Node::Text(value.to_owned())])
        };
        let media_download = answer.file.is_some();
        let by_alt = asks(&parameters, if media_download { "media" } else { "sse" });
        // Google's servers take `alt` whether the document has it or not.
        let events = (streaming && self.style == Style::Community).then(|| "text/event-stream".to_owned());
        let response_media_type = answer.file.clone().or(events).filter(|_| !by_alt);
        if (media_download || streaming) && by_alt {
            parameters.remove("alt");
            self.reader.schemas.remove(&format!("{name}(alt)"));
        }
        let (response, operation_types) = self.response(name, operation, &answer);
        let (request, request_media_type) = sent.map_or((None, None), |sent| (Some(sent.ty), sent.media_type));
        let community = self.style == Style::Community;
        let body = operation.get("requestBody").and_then(|body| self.reader.target(&body));
        let media = body.iter().filter_map(|body| body.get("content"));
        let mut kinds: Vec<String> =
            media.flat_map(|content| content.members().map(|(kind, _)| essence(kind)).collect::<Vec<_>>()).collect();
        let chosen = essence(request_media_type.as_deref().unwrap_or("application/json"));
        kinds.retain(|kind| community && *kind != chosen);
        let security = if community { self.reader.requirements(&self.root, operation) } else { Vec::new() };
        let errors = if community { self.reader.errors(operation) } else { BTreeMap::new() };
        Ok(Some(Method {
            id: format!("{}.{name}", self.api.name),
            http_method,
            parameter_order: order(&template, &parameters, &[]),
            path: template,
            flat_path,
            doc: doc(operation),
            deprecated: operation.flag("deprecated"),
            parameters,
            request,
            request_media_type,
            request_optional: community && body.is_some_and(|body| !body.flag("required")),
            request_alternatives: kinds,
            response,
            response_media_type,
            takes_http_body: false,
            returns_http_body: false,
            response_json_type: answer.json_type.clone(),
            errors,
            security,
            scopes: self.reader.scopes(&self.root, operation),
            api_version: None,
            media_upload: upload.map(|(_, upload)| upload),
            media_download,
            streaming,
            operation: operation_types,
            job: None,
            pagination: None,
            idempotent: None,
            pointer: operation.pointer.clone(),
        }))
    }

    /// How a file is sent, in a document made from Discovery's: a body of bytes whose schema is a message is what goes
    /// along with a file, and Google's servers take both under `upload/` and `resumable/upload/`.
    fn upload(&mut self, path: &str, operation: &View<'a>) -> Option<(View<'a>, MediaUpload)> {
        if self.style != Style::Ids {
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

    /// The type of the reply. Of a long-running operation it is `Operation`, as in Discovery, and what the document's
    /// own type of it says of its result and progress is kept apart.
    fn response(&mut self, name: &str, operation: &View<'a>, answer: &Answer<'a>) -> (Option<Type>, Option<Operation>) {
        let Some(schema) = &answer.schema else {
            return (None, None);
        };
        let home = Home::Parameter { method: name.to_owned(), parameter: "response".into() };
        if !answer.others.is_empty()
            && let Some(responses) = operation.get("responses")
        {
            let all = [schema].into_iter().chain(&answer.others).cloned().collect();
            return (Some(self.reader.formed(&responses, Form::OneOf(all), &home)), None);
        }
        let ty = self.reader.ty(schema, &home);
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

/// The parameter that takes a whole resource name.
fn resource_name(example: &str, pattern: String, pointer: String) -> Parameter {
    Parameter {
        location: Location::Path,
        ty: Type::String,
        repeated: false,
        required: true,
        style: ValueStyle::Repeat,
        doc: Some(format!("The resource name, `{example}`.")),
        deprecated: false,
        constraints: Constraints { pattern: Some(pattern), ..Constraints::default() },
        pointer,
    }
}

fn doc(operation: &View<'_>) -> Option<String> {
    let text = operation.text("description").or_else(|| operation.text("summary"));
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}
