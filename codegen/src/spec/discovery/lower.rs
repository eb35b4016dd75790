//! From a Discovery document to the model.

use super::document::{self, Document};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{
    Api, Behavior, Constraints, Endpoint, EnumValue, Enumeration, Evidence, EvidenceKind, Field, Home, HttpMethod, Int,
    Location, MediaProtocol, MediaUpload, Message, Method, Parameter, PathTemplate, Schema, Shape, Style, Type, Union,
};
use crate::source::{Source, escape};
use crate::spec::behavior::stated_behavior;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reads a whole document into the model.
pub(super) fn lower(document: &Document, source: &Arc<Source>) -> Result<Api, Diagnostics> {
    let mut lowering = Lowering::new(source, document.schemas.keys().cloned().collect());
    let mut api = Api {
        name: document.name.clone(),
        version: document.version.clone(),
        revision: document.revision.clone(),
        title: document.title.clone(),
        doc: document.description.clone(),
        root_url: with_slash(&document.root_url),
        service_path: document.service_path.clone(),
        batch_path: document.batch_path.clone(),
        endpoints: document
            .endpoints
            .iter()
            .map(|e| Endpoint { location: e.location.clone(), url: with_slash(&e.endpoint_url) })
            .collect(),
        data_wrapper: document.features.iter().any(|f| f == "dataWrapper"),
        ..Api::default()
    };
    if let Some(auth) = &document.auth {
        api.scopes = auth.oauth2.scopes.iter().map(|(url, scope)| (url.clone(), scope.description.clone())).collect();
    }
    if api.name.is_empty() || api.version.is_empty() {
        let key = if api.name.is_empty() { "name" } else { "version" };
        let help = "ids of methods and modules are named after it";
        lowering.error(format!("the API's `{key}` is empty"), &format!("/{key}"), help);
    }
    if !api.root_url.starts_with("https://") && !api.root_url.starts_with("http://") {
        let message = format!("`rootUrl` is `{}`, which is no URL", document.root_url);
        lowering.error(message, "/rootUrl", "a URL begins with its scheme: `https://`");
    }
    for (name, schema) in &document.schemas {
        lowering.schema(name, schema, &format!("/schemas/{}", escape(name)));
    }
    for (name, parameter) in &document.parameters {
        let pointer = format!("/parameters/{}", escape(name));
        if let Some(parameter) = lowering.parameter("", name, parameter, &pointer) {
            api.parameters.insert(name.clone(), parameter);
        }
    }
    let mut walk = Walk { prefix: &document.name, methods: BTreeMap::new(), deprecated: Vec::new() };
    walk.methods(&mut lowering, &document.methods.0, "", "");
    walk.resources(&mut lowering, &document.resources.0, "", "");
    api.methods = walk.methods;
    api.deprecated_resources = walk.deprecated;
    api.schemas = lowering.finish()?;
    Ok(api)
}

/// A method's name: its id without the API's name.
pub(crate) fn method_name(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, name)| name)
}

fn with_slash(url: &str) -> String {
    if url.ends_with('/') { url.to_owned() } else { format!("{url}/") }
}

/// Goes through the tree of resources.
struct Walk<'a> {
    prefix: &'a str,
    methods: BTreeMap<String, Method>,
    deprecated: Vec<String>,
}

impl Walk<'_> {
    fn resources(
        &mut self,
        lowering: &mut Lowering<'_>,
        resources: &BTreeMap<String, document::Resource>,
        path: &str,
        pointer: &str,
    ) {
        for (name, resource) in resources {
            let pointer = format!("{pointer}/resources/{}", escape(name));
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if resource.deprecated {
                self.deprecated.push(path.clone());
            }
            self.methods(lowering, &resource.methods.0, &path, &pointer);
            self.resources(lowering, &resource.resources.0, &path, &pointer);
        }
    }

    fn methods(
        &mut self,
        lowering: &mut Lowering<'_>,
        methods: &BTreeMap<String, document::Method>,
        path: &str,
        pointer: &str,
    ) {
        for (key, method) in methods {
            let pointer = format!("{pointer}/methods/{}", escape(key));
            let Some(id) = &method.id else {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let help = format!("an id is the method's name in the whole API: `{}.{place}`", self.prefix);
                lowering.diagnostics.push(
                    Diagnostic::error(format!("the method `{place}` has no `id`"))
                        .at_pointer(lowering.source, &*pointer)
                        .help(help),
                );
                continue;
            };
            let name = match id.strip_prefix(self.prefix).and_then(|rest| rest.strip_prefix('.')) {
                Some(name) => name,
                None => method_name(id),
            };
            if name.is_empty() || name.split('.').any(str::is_empty) {
                let message = format!("`{id}` is no method id: a part of it is empty");
                let help = format!("by its place it would be `{}`", [self.prefix, path, key].join("."));
                lowering.error(message, &format!("{pointer}/id"), help);
                continue;
            }
            if let Some(first) = self.methods.get(name) {
                lowering.diagnostics.push(
                    Diagnostic::error(format!("two methods have the id `{id}`"))
                        .at_pointer(lowering.source, format!("{pointer}/id"))
                        .help(format!("the other one is at {}", first.pointer)),
                );
                continue;
            }
            if let Some(method) = lowering.method(name, id, method, &pointer) {
                self.methods.insert(name.to_owned(), method);
            }
        }
    }
}

/// What is gathered on the way: schemas, those written inline among them, and what is wrong.
pub(crate) struct Lowering<'a> {
    source: &'a Arc<Source>,
    /// The names that `$ref` may name.
    known: BTreeSet<String>,
    pub(crate) schemas: BTreeMap<String, Schema>,
    pub(crate) diagnostics: Diagnostics,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(source: &'a Arc<Source>, known: BTreeSet<String>) -> Self {
        Self { source, known, schemas: BTreeMap::new(), diagnostics: Diagnostics::default() }
    }

    fn error(&mut self, message: impl Into<String>, pointer: &str, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(message).at_pointer(self.source, pointer).help(help));
    }

    /// The schemas, if nothing was wrong.
    pub(crate) fn finish(mut self) -> Result<BTreeMap<String, Schema>, Diagnostics> {
        for (schema, message) in alias_cycles(&self.schemas) {
            let error = Diagnostic::error(message).at_pointer(self.source, schema.pointer.as_str());
            self.diagnostics.push(error.help("give one of them a `type`, or properties"));
        }
        if self.diagnostics.has_errors() { Err(self.diagnostics) } else { Ok(self.schemas) }
    }

    /// A schema among the document's own.
    pub(crate) fn schema(&mut self, name: &str, schema: &document::Schema, pointer: &str) {
        if name.is_empty() {
            self.error("a schema without a name", pointer, "name it as its `id` does");
        }
        let shape = self.shape(name, schema, pointer);
        self.insert(name.to_owned(), schema, shape, Home::Top, pointer);
    }

    fn insert(&mut self, name: String, schema: &document::Schema, shape: Shape, home: Home, pointer: &str) {
        let new = Schema {
            doc: schema.description.clone(),
            deprecated: schema.deprecated,
            shape,
            home,
            pointer: pointer.to_owned(),
        };
        if let Some(old) = self.schemas.get(&name) {
            let message = format!("two schemas are called `{name}`; the other one is at {}", old.pointer);
            self.error(message, pointer, "give one of them another name");
        } else {
            self.schemas.insert(name, new);
        }
    }

    fn shape(&mut self, name: &str, schema: &document::Schema, pointer: &str) -> Shape {
        if schema.reference.is_none() && schema.kind.as_deref() == Some("object") {
            if schema.properties.is_some() || schema.additional_properties.is_none() {
                return Shape::Message(self.message(name, schema, pointer));
            }
        } else if let (Some("string"), Some(values)) = (schema.kind.as_deref(), &schema.values) {
            return Shape::Enum(self.enumeration(schema, values, pointer));
        }
        // An alias has no property that an inline schema could be named after.
        Shape::Alias(self.ty(schema, &Home::Property { schema: name.to_owned(), property: "item".into() }, pointer))
    }

    fn message(&mut self, name: &str, schema: &document::Schema, pointer: &str) -> Message {
        let mut message = Message::default();
        for (property, schema) in schema.properties.iter().flatten() {
            let pointer = format!("{pointer}/properties/{}", escape(property));
            if property.is_empty() {
                self.error("a property without a name", &pointer, "a property's name is its key on the wire");
            }
            let home = Home::Property { schema: name.to_owned(), property: property.clone() };
            let field = Field {
                ty: self.ty(schema, &home, &pointer),
                doc: schema.description.clone(),
                behavior: behavior(schema),
                deprecated: schema.deprecated,
                constraints: constraints(schema),
                required_by: schema.annotations.as_ref().map(|a| a.required.clone()).unwrap_or_default(),
            };
            message.fields.insert(property.clone(), field);
        }
        if let Some(additional) = &schema.additional_properties {
            let home = Home::Property { schema: name.to_owned(), property: "additionalProperties".into() };
            message.additional = Some(self.ty(additional, &home, &format!("{pointer}/additionalProperties")));
        }
        for (union, members) in &schema.unions {
            let pointer = format!("{pointer}/x-unions/{}", escape(union));
            if members.is_empty() {
                self.error(
                    format!("the union `{union}` has no members"),
                    &pointer,
                    "list its properties, or leave it out",
                );
            }
            for (index, member) in members.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                if !message.fields.contains_key(member) {
                    let error =
                        Diagnostic::error(format!("the union `{union}` names a property that `{name}` does not have"))
                            .at_pointer(self.source, pointer)
                            .suggest(member, message.fields.keys().map(String::as_str));
                    self.diagnostics.push(error);
                } else if members[..index].contains(member) {
                    let message = format!("`{member}` is twice in the union `{union}`");
                    self.error(message, &pointer, "once is enough");
                } else if let Some((other, _)) = message.union_of(member) {
                    let message = format!("`{member}` is already a member of the union `{other}`");
                    self.error(message, &pointer, "a property is a member of one union at most");
                }
            }
            let source = Evidence { kind: EvidenceKind::Document, reference: "x-unions".into() };
            let union_of_members =
                Union { members: members.clone(), doc: None, source, member_sources: BTreeMap::new() };
            message.unions.insert(union.clone(), union_of_members);
        }
        message
    }

    fn enumeration(&mut self, schema: &document::Schema, values: &[String], pointer: &str) -> Enumeration {
        let mut seen = BTreeSet::new();
        if values.is_empty() {
            let help = "list its values; without `enum` this is a string";
            self.error("an `enum` without values", &format!("{pointer}/enum"), help);
        }
        let values = values
            .iter()
            .enumerate()
            // Some documents list a value twice: it is one value.
            .filter(|(_, name)| seen.insert(name.as_str()))
            .map(|(i, name)| EnumValue {
                name: name.clone(),
                doc: schema.enum_descriptions.get(i).filter(|doc| !doc.is_empty()).cloned(),
                deprecated: schema.enum_deprecated.get(i).copied().unwrap_or(false),
            })
            .collect();
        Enumeration { values }
    }

    /// What a property, element or body holds. What is written inline becomes a schema of its own, named after
    /// where it was found.
    fn ty(&mut self, schema: &document::Schema, home: &Home, pointer: &str) -> Type {
        if let Some(name) = &schema.reference {
            if !self.known.contains(name) {
                let error = Diagnostic::error(format!("`$ref` names a schema that is not there: `{name}`"))
                    .at_pointer(self.source, format!("{pointer}/$ref"))
                    .help("add the schema, or fetch the document again if it should be whole")
                    .suggest(name, self.known.iter().map(String::as_str));
                self.diagnostics.push(error);
            }
            return Type::Schema(name.clone());
        }
        let format = schema.format.as_deref();
        match schema.kind.as_deref() {
            Some("string") => match (format, &schema.values) {
                (_, Some(values)) => {
                    let shape = Shape::Enum(self.enumeration(schema, values, pointer));
                    self.inline(schema, shape, home, pointer)
                }
                (Some("int64"), _) => Type::Int(Int::I64),
                (Some("uint64"), _) => Type::Int(Int::U64),
                (Some("byte"), _) => Type::Bytes,
                (Some("google-datetime" | "date-time"), _) => Type::Timestamp,
                (Some("google-duration"), _) => Type::Duration,
                (Some("google-fieldmask"), _) => Type::FieldMask,
                (Some("date"), _) => Type::Date,
                _ => Type::String,
            },
            Some("integer") => match format {
                Some("uint32") => Type::Int(Int::U32),
                Some("int64") => Type::Int(Int::I64Number),
                Some("uint64") => Type::Int(Int::U64Number),
                _ => Type::Int(Int::I32),
            },
            Some("number") => match format {
                Some("float") => Type::Float,
                _ => Type::Double,
            },
            Some("boolean") => Type::Bool,
            Some("any") => Type::Any,
            Some("array") => match &schema.items {
                Some(items) => Type::List(Box::new(self.ty(items, home, &format!("{pointer}/items")))),
                None => {
                    self.error(
                        "an `array` without `items`",
                        pointer,
                        "`items` says what the list holds: a `type` or a `$ref`",
                    );
                    Type::List(Box::new(Type::Any))
                }
            },
            Some("object") => match (&schema.properties, &schema.additional_properties) {
                (Some(_), _) => {
                    let name = inline_name(home);
                    let shape = Shape::Message(self.message(&name, schema, pointer));
                    self.inline(schema, shape, home, pointer)
                }
                (None, Some(additional)) => {
                    match self.ty(additional, home, &format!("{pointer}/additionalProperties")) {
                        Type::Any => Type::Object,
                        value => Type::Map(Box::new(value)),
                    }
                }
                (None, None) => Type::Object,
            },
            Some(other) => {
                let known = ["any", "array", "boolean", "integer", "number", "object", "string"];
                let error = Diagnostic::error(format!("`{other}` is no type of a Discovery document"))
                    .at_pointer(self.source, format!("{pointer}/type"))
                    .help(format!("one of: {}", known.join(", ")));
                let near = crate::diagnostic::nearest(other, known).is_some();
                self.diagnostics.push(if near { error.suggest(other, known) } else { error });
                Type::Any
            }
            None => {
                let help = "add `\"type\": \"string\"`, or what else it is; `any` if it is anything";
                self.error("neither `type` nor `$ref` says what this is", pointer, help);
                Type::Any
            }
        }
    }

    fn inline(&mut self, schema: &document::Schema, shape: Shape, home: &Home, pointer: &str) -> Type {
        let name = inline_name(home);
        self.insert(name.clone(), schema, shape, home.clone(), pointer);
        Type::Schema(name)
    }

    /// A parameter of a method, or of every method where `method` is empty.
    fn parameter(&mut self, method: &str, name: &str, schema: &document::Schema, pointer: &str) -> Option<Parameter> {
        let location = match schema.location.as_deref() {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            other => {
                let message = match other {
                    Some(other) => format!("the parameter `{name}` is in `{other}`"),
                    None => format!("the parameter `{name}` does not say where it is sent"),
                };
                self.diagnostics.push(
                    Diagnostic::error(message)
                        .at_pointer(self.source, format!("{pointer}/location"))
                        .help("`location` is `path` or `query`"),
                );
                return None;
            }
        };
        let home = Home::Parameter { method: method.to_owned(), parameter: name.to_owned() };
        Some(Parameter {
            location,
            // A parameter of every method may be an enum too (`$.xgafv`, `alt`): these are set as text.
            ty: if method.is_empty() { Type::String } else { self.ty(schema, &home, pointer) },
            repeated: schema.repeated,
            required: schema.required || location == Location::Path,
            style: Style::Repeat,
            doc: schema.description.clone(),
            deprecated: schema.deprecated,
            constraints: constraints(schema),
            pointer: pointer.to_owned(),
        })
    }

    /// A method, unless it is too broken to have one.
    pub(crate) fn method(&mut self, name: &str, id: &str, method: &document::Method, pointer: &str) -> Option<Method> {
        let http_method = HttpMethod::ALL.into_iter().find(|m| m.as_str() == method.http_method);
        let Some(http_method) = http_method else {
            let error = Diagnostic::error(format!("`{}` is no HTTP method", method.http_method))
                .at_pointer(self.source, format!("{pointer}/httpMethod"))
                .suggest(&method.http_method, HttpMethod::ALL.map(HttpMethod::as_str));
            self.diagnostics.push(error);
            return None;
        };
        let path = self.path(&method.path, &format!("{pointer}/path"))?;
        let parameters: BTreeMap<String, Parameter> = method
            .parameters
            .iter()
            .filter_map(|(key, schema)| {
                let pointer = format!("{pointer}/parameters/{}", escape(key));
                Some((key.clone(), self.parameter(name, key, schema, &pointer)?))
            })
            .collect();
        for variable in path.variables() {
            match parameters.get(variable) {
                Some(parameter) if parameter.location == Location::Path => {}
                Some(_) => {
                    let message = format!("the path's variable `{variable}` is a parameter of the query");
                    let place = format!("{pointer}/parameters/{}/location", escape(variable));
                    self.error(message, &place, "its `location` must be `path`");
                }
                None => {
                    let error = Diagnostic::error(format!("the path has a variable without a parameter: `{variable}`"))
                        .at_pointer(self.source, format!("{pointer}/path"))
                        .suggest(variable, method.parameters.keys().map(String::as_str));
                    self.diagnostics.push(error);
                }
            }
        }
        for (index, parameter) in method.parameter_order.iter().enumerate() {
            if !method.parameters.contains_key(parameter) {
                let error =
                    Diagnostic::error(format!("`parameterOrder` names a parameter that is not there: `{parameter}`"))
                        .at_pointer(self.source, format!("{pointer}/parameterOrder/{index}"))
                        .suggest(parameter, method.parameters.keys().map(String::as_str));
                self.diagnostics.push(error);
            }
        }
        let body = |this: &mut Self, schema: &Option<document::Schema>, key: &str| {
            let schema = schema.as_ref()?;
            let home = Home::Parameter { method: name.to_owned(), parameter: key.to_owned() };
            Some(this.ty(schema, &home, &format!("{pointer}/{key}")))
        };
        Some(Method {
            id: id.to_owned(),
            http_method,
            parameter_order: order(&path, &parameters, &method.parameter_order),
            path,
            flat_path: method.flat_path.clone(),
            doc: method.description.clone(),
            deprecated: method.deprecated,
            parameters,
            request: body(self, &method.request, "request"),
            request_media_type: None,
            response: body(self, &method.response, "response"),
            scopes: method.scopes.clone(),
            api_version: method.api_version.clone(),
            media_upload: self.media_upload(method, pointer),
            media_download: method.supports_media_download,
            streaming: is_stream(name),
            operation: None,
            job: None,
            pagination: None,
            idempotent: None,
            pointer: pointer.to_owned(),
        })
    }

    fn path(&mut self, text: &str, pointer: &str) -> Option<PathTemplate> {
        PathTemplate::parse(text)
            .map_err(|message| self.error(message, pointer, "a variable is written `{name}`, or `{+name}`"))
            .ok()
    }

    fn media_upload(&mut self, method: &document::Method, pointer: &str) -> Option<MediaUpload> {
        let upload = method.media_upload.as_ref()?;
        let pointer = format!("{pointer}/mediaUpload");
        let max_size = upload.max_size.as_deref().and_then(|text| {
            let size = bytes(text);
            if size.is_none() {
                let help = "a number of bytes, or one with KB, MB, GB or TB";
                let error = Diagnostic::error(format!("`{text}` is no size"))
                    .at_pointer(self.source, format!("{pointer}/maxSize"))
                    .help(help);
                self.diagnostics.push(error);
            }
            size
        });
        let protocol = |this: &mut Self, protocol: &Option<document::Protocol>, key: &str| {
            let protocol = protocol.as_ref()?;
            let path = this.path(&protocol.path, &format!("{pointer}/protocols/{key}/path"))?;
            Some(MediaProtocol { path, multipart: protocol.multipart })
        };
        Some(MediaUpload {
            accept: upload.accept.clone(),
            max_size,
            simple: protocol(self, &upload.protocols.simple, "simple"),
            resumable: protocol(self, &upload.protocols.resumable, "resumable"),
        })
    }
}

/// Finds names that stand for each other in a circle: they have no type at all. Gives each with what is wrong.
pub(crate) fn alias_cycles(schemas: &BTreeMap<String, Schema>) -> Vec<(&Schema, String)> {
    let mut found = Vec::new();
    for (name, schema) in schemas {
        let mut seen = vec![name.as_str()];
        let mut at = name.as_str();
        while let Some(Schema { shape: Shape::Alias(ty), .. }) = schemas.get(at) {
            let Some(next) = ty.schema() else { break };
            if next == name {
                let path = seen.iter().chain([&next]).copied().collect::<Vec<_>>().join(" → ");
                found.push((schema, format!("`{name}` stands for itself, so it has no type: {path}")));
                break;
            }
            if seen.contains(&next) {
                break;
            }
            seen.push(next);
            at = next;
        }
    }
    found
}

/// The name of a schema that is written inline.
pub(crate) fn inline_name(home: &Home) -> String {
    match home {
        Home::Top => String::new(),
        Home::Property { schema, property } => format!("{schema}.{property}"),
        Home::Parameter { method, parameter } => format!("{method}({parameter})"),
    }
}

/// Parameters by position: as the document orders them, then what it forgot: of the path, then of the query.
pub(crate) fn order(path: &PathTemplate, parameters: &BTreeMap<String, Parameter>, document: &[String]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let required = |name: &&String| parameters.get(*name).is_some_and(|p| p.required);
    let in_path = path.variables().map(str::to_owned).collect::<Vec<_>>();
    for name in document.iter().filter(required).chain(&in_path).chain(parameters.keys().filter(required)) {
        // A parameter that is said to be in the path, and is not, has nowhere to go.
        let placed = parameters.get(name).is_some_and(|p| p.location != Location::Path || in_path.contains(name));
        if placed && !order.contains(name) {
            order.push(name.clone());
        }
    }
    order
}

fn constraints(schema: &document::Schema) -> Constraints {
    Constraints {
        default: schema.default.as_ref().map(text),
        pattern: schema.pattern.clone(),
        minimum: schema.minimum.as_ref().map(text),
        maximum: schema.maximum.as_ref().map(text),
    }
}

/// Discovery writes bounds and defaults as text; other tools that write its form use numbers.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn behavior(schema: &document::Schema) -> BTreeSet<Behavior> {
    let mut behavior = schema.description.as_deref().map(stated_behavior).unwrap_or_default();
    if schema.read_only {
        behavior.insert(Behavior::OutputOnly);
    }
    if schema.required {
        behavior.insert(Behavior::Required);
    }
    behavior
}

/// `10485760`, `100MB`, `2TB`.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match &text[digits.len()..] {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        "TB" => 1 << 40,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

/// Discovery has no mark for a reply that is a stream; the methods that have one are named for it.
pub(crate) fn is_stream(name: &str) -> bool {
    let leaf = name.rsplit('.').next().unwrap_or(name);
    ["stream", "serverStreaming"]
        .iter()
        .any(|prefix| leaf.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(bytes("100MB"), Some(100 << 20));
        assert_eq!(bytes("10485760"), Some(10_485_760));
        assert_eq!(bytes("10 apples"), None);
    }
}
