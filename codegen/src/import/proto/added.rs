//! Bindings missing from the document, as methods in the form of Discovery.

use super::bindings::Rule;
use super::methods::Schemas;
use super::{query, stated};
use crate::import::facts::{MethodFact, ParameterFact};
use crate::model::{Api, HttpMethod, MethodName, ParameterLocation};
use crate::parser::lowering::paths::Path;
use heck::ToLowerCamelCase;
use prost_reflect::{FieldDescriptor, MessageDescriptor, MethodDescriptor};

/// A missing binding. Errors are reasons for which it cannot be added.
pub(super) struct Adding<'a> {
    pub(super) api: &'a Api,
    pub(super) schemas: &'a Schemas<'a>,
    pub(super) method: &'a MethodDescriptor,
    pub(super) rule: &'a Rule,
    pub(super) scopes: &'a [String],
}

impl Adding<'_> {
    /// Returns the name that Discovery derives from path and HTTP method. If it is taken, the last part is the name of
    /// the RPC.
    pub(super) fn name(&self, before: &[MethodFact]) -> Result<String, String> {
        let built = self.path()?;
        let whole = format!("{}/{}", self.api.service_path.trim_matches('/'), built.flat_path);
        let path = Path::parse(&whole).ok_or("its path has no name for a method")?;
        let name = path.name(self.verb()?, self.method.name()).name;
        let resource = MethodName(&name).resource();
        let own = MethodName::join(resource, &self.method.name().to_lower_camel_case());
        let taken = |name: &str| self.api.methods.contains_key(name) || before.iter().any(|fact| fact.name == name);
        match (taken(&name), taken(&own)) {
            (false, _) => Ok(name),
            (true, false) => Ok(own),
            (true, true) if name == own => Err(format!("`{name}` is the name of another method")),
            (true, true) => Err(format!("`{name}` and `{own}` are names of other methods")),
        }
    }

    /// Returns the method, if the document has the schemas that it needs.
    pub(super) fn fact(&self, name: &str) -> Result<MethodFact, String> {
        if self.method.is_client_streaming() {
            return Err("client streaming is unsupported".into());
        }
        let built = self.path()?;
        let input = self.method.input();
        let body = self.rule.body.as_deref();
        let request = match body {
            None => None,
            Some("*") => Some(self.schema(&input, "request")?),
            Some(field) => Some(self.schema(&message_of(&input, field)?, "request")?),
        };
        let output = match &self.rule.response_body {
            Some(field) => message_of(&self.method.output(), field)?,
            None => self.method.output(),
        };
        // A response without a schema equals an empty message.
        let response = match self.schema(&output, "response") {
            Err(_) if output.full_name() == "google.protobuf.Empty" => None,
            schema => Some(schema?),
        };
        let mut parameters = built.parameters;
        if body != Some("*") {
            let placed: Vec<&str> = built.fields.iter().map(String::as_str).chain(body).collect();
            parameters.extend(query::parameters(&input, &placed)?);
        }
        Ok(MethodFact {
            name: name.to_owned(),
            http_method: self.verb()?,
            path: built.path,
            flat_path: built.flat_path,
            parameters,
            request,
            response,
            scopes: self.scopes.to_vec(),
            deprecated: self.method.method_descriptor_proto().options.as_ref().is_some_and(|o| o.deprecated()),
            source: stated(&self.method.parent_file()),
        })
    }

    fn verb(&self) -> Result<HttpMethod, String> {
        let verb = HttpMethod::ALL.into_iter().find(|verb| verb.as_str() == self.rule.verb);
        verb.ok_or_else(|| format!("unknown HTTP method {}", self.rule.verb))
    }

    fn schema(&self, message: &MessageDescriptor, role: &str) -> Result<String, String> {
        let schema = self.schemas.get(message.full_name()).map(|schema| (*schema).to_owned());
        schema.ok_or_else(|| format!("the document has no schema for its {role} `{}`", message.full_name()))
    }

    /// Returns the path with Discovery's variables.
    fn path(&self) -> Result<PathBuilder, String> {
        let path = self.rule.path.trim_start_matches('/');
        let service = self.api.service_path.trim_matches('/');
        let below = || path.strip_prefix(service)?.strip_prefix('/');
        let below = if service.is_empty() { Some(path) } else { below() };
        let mut rest = below.ok_or("its path is outside of the service path")?;
        let mut built = PathBuilder::default();
        while let Some((before, after)) = rest.split_once('{') {
            let (variable, after) = after.split_once('}').ok_or("unbalanced brace in its path")?;
            built.literal(before);
            let (field, glob) = variable.split_once('=').unwrap_or((variable, "*"));
            built.variable(&self.method.input(), field, glob)?;
            rest = after;
        }
        built.literal(rest);
        Ok(built)
    }
}

/// A path under construction.
#[derive(Default)]
struct PathBuilder {
    path: String,
    flat_path: String,
    parameters: Vec<ParameterFact>,
    /// Proto names of the fields in the path.
    fields: Vec<String>,
}

impl PathBuilder {
    fn literal(&mut self, text: &str) {
        self.path += text;
        self.flat_path += text;
    }

    /// Adds `{name=tunedModels/*}`, a resource name, under the name of the last field of its path.
    fn variable(&mut self, message: &MessageDescriptor, field: &str, glob: &str) -> Result<(), String> {
        let name = field_at(message, field)?.json_name().to_owned();
        if self.parameters.iter().any(|parameter| parameter.name == name) {
            return Err(format!("duplicate variable `{name}` in its path"));
        }
        if glob.contains("**") {
            return Err("unsupported `**` in its path".into());
        }
        // A single segment: reserved characters are encoded.
        let plus = if glob == "*" { "" } else { "+" };
        self.path += &format!("{{{plus}{name}}}");
        let mut collection = name.as_str();
        for (index, part) in glob.split('/').enumerate() {
            let slash = if index == 0 { "" } else { "/" };
            match part {
                "*" if glob == "*" => self.flat_path += &format!("{{{name}}}"),
                "*" => self.flat_path += &format!("{slash}{{{collection}Id}}"),
                literal => {
                    self.flat_path += &format!("{slash}{literal}");
                    collection = literal;
                }
            }
        }
        self.parameters.push(ParameterFact {
            name,
            location: ParameterLocation::Path,
            kind: ("string", None),
            values: Vec::new(),
            pattern: (glob != "*").then(|| format!("^{}$", glob.replace('*', "[^/]+"))),
            required: true,
            repeated: false,
        });
        self.fields.push(field.to_owned());
        Ok(())
    }
}

/// Returns the field at a path: `tuned_model.name`.
fn field_at(message: &MessageDescriptor, path: &str) -> Result<FieldDescriptor, String> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let absent = || format!("`{}` has no field `{first}`", message.full_name());
    let field = message.get_field_by_name(first).ok_or_else(absent)?;
    match (rest, field.kind().as_message()) {
        (None, _) => Ok(field),
        (Some(rest), Some(inner)) => field_at(inner, rest),
        (Some(_), None) => Err(format!("`{first}` of `{}` is not a message", message.full_name())),
    }
}

/// Returns the message type of a field.
fn message_of(message: &MessageDescriptor, field: &str) -> Result<MessageDescriptor, String> {
    let found = field_at(message, field)?;
    match found.kind().as_message() {
        Some(inner) if !found.is_list() && !found.is_map() => Ok(inner.clone()),
        _ => Err(format!("its body `{field}` is not a message")),
    }
}
