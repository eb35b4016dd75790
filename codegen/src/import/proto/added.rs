//! A binding that the document lacks, as a method in Discovery's own form.

use super::bindings::Rule;
use super::methods::Schemas;
use super::{query, stated};
use crate::import::facts::{MethodFact, ParameterFact};
use crate::model::{Api, HttpMethod, Location};
use crate::parser::lowering::paths::Path;
use heck::ToLowerCamelCase;
use prost_reflect::{FieldDescriptor, MessageDescriptor, MethodDescriptor};

/// A binding of a method that the document lacks. What says why there is no method of it is a sentence.
pub(super) struct Adding<'a> {
    pub(super) api: &'a Api,
    pub(super) schemas: &'a Schemas<'a>,
    pub(super) method: &'a MethodDescriptor,
    pub(super) rule: &'a Rule,
    pub(super) scopes: &'a [String],
}

impl Adding<'_> {
    /// The name that Discovery would give it, from the path and the verb. Where that is another method's, the last part
    /// is the name that the service gives it.
    pub(super) fn name(&self, before: &[MethodFact]) -> Result<String, String> {
        let place = self.place()?;
        let whole = format!("{}/{}", self.api.service_path.trim_matches('/'), place.flat_path);
        let path = Path::parse(&whole).ok_or("a path of this kind gives a method no name")?;
        let name = path.name(self.verb()?, self.method.name()).name;
        let resource = name.rsplit_once('.').map_or("", |(resource, _)| resource);
        let own = [resource, &self.method.name().to_lower_camel_case()].join(".");
        let taken = |name: &str| self.api.methods.contains_key(name) || before.iter().any(|fact| fact.name == name);
        match (taken(&name), taken(&own)) {
            (false, _) => Ok(name),
            (true, false) => Ok(own),
            (true, true) => Err(format!("`{name}` and `{own}` are methods already, bound to something else")),
        }
    }

    /// The method, if the document has the schemas that it needs.
    pub(super) fn fact(&self, name: &str) -> Result<MethodFact, String> {
        if self.method.is_client_streaming() {
            return Err("what it takes is a stream".into());
        }
        let place = self.place()?;
        let input = self.method.input();
        let body = self.rule.body.as_deref();
        let request = match body {
            None => None,
            Some("*") => Some(self.schema(&input, "takes")?),
            Some(field) => Some(self.schema(&message_of(&input, field)?, "takes")?),
        };
        let output = match &self.rule.response_body {
            Some(field) => message_of(&self.method.output(), field)?,
            None => self.method.output(),
        };
        // Where the document has no schema of nothing, a reply that is read as nothing is the same.
        let response = match self.schema(&output, "gives") {
            Err(_) if output.full_name() == "google.protobuf.Empty" => None,
            schema => Some(schema?),
        };
        let mut parameters = place.parameters;
        if body != Some("*") {
            let placed: Vec<&str> = place.fields.iter().map(String::as_str).chain(body).collect();
            parameters.extend(query::parameters(&input, &placed)?);
        }
        Ok(MethodFact {
            name: name.to_owned(),
            http_method: self.verb()?,
            path: place.path,
            flat_path: place.flat_path,
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
        verb.ok_or_else(|| format!("the verb {} is not sent", self.rule.verb))
    }

    fn schema(&self, message: &MessageDescriptor, what: &str) -> Result<String, String> {
        let schema = self.schemas.get(message.full_name()).map(|schema| (*schema).to_owned());
        schema.ok_or_else(|| format!("the document has no schema for `{}`, which it {what}", message.full_name()))
    }

    /// The path with Discovery's variables.
    fn place(&self) -> Result<Place, String> {
        let path = self.rule.path.trim_start_matches('/');
        let service = self.api.service_path.trim_matches('/');
        let below = || path.strip_prefix(service)?.strip_prefix('/');
        let below = if service.is_empty() { Some(path) } else { below() };
        let mut rest = below.ok_or("it is not under the path of the API")?;
        let mut place = Place::default();
        while let Some((before, after)) = rest.split_once('{') {
            let (variable, after) = after.split_once('}').ok_or("its path has a lone brace")?;
            place.literal(before);
            let (field, glob) = variable.split_once('=').unwrap_or((variable, "*"));
            place.variable(&self.method.input(), field, glob)?;
            rest = after;
        }
        place.literal(rest);
        Ok(place)
    }
}

/// A path on its way.
#[derive(Default)]
struct Place {
    path: String,
    flat_path: String,
    parameters: Vec<ParameterFact>,
    /// The fields that the path holds, as the message has them.
    fields: Vec<String>,
}

impl Place {
    fn literal(&mut self, text: &str) {
        self.path += text;
        self.flat_path += text;
    }

    /// `{name=tunedModels/*}`: a whole resource name, called as the last field of its path is.
    fn variable(&mut self, message: &MessageDescriptor, field: &str, glob: &str) -> Result<(), String> {
        let name = field_at(message, field)?.json_name().to_owned();
        if self.parameters.iter().any(|parameter| parameter.name == name) {
            return Err(format!("its path holds `{name}` twice"));
        }
        if glob.contains("**") {
            return Err("its path holds names of any length".into());
        }
        // A name of one part is that of one segment, whose reserved characters are encoded.
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
            location: Location::Path,
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

/// The field that a path of names leads to: `tuned_model.name`.
fn field_at(message: &MessageDescriptor, path: &str) -> Result<FieldDescriptor, String> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let absent = || format!("`{}` has no field `{first}`", message.full_name());
    let field = message.get_field_by_name(first).ok_or_else(absent)?;
    match (rest, field.kind().as_message()) {
        (None, _) => Ok(field),
        (Some(rest), Some(inner)) => field_at(inner, rest),
        (Some(_), None) => Err(format!("`{first}` of `{}` is no message", message.full_name())),
    }
}

/// The message that a field holds.
fn message_of(message: &MessageDescriptor, field: &str) -> Result<MessageDescriptor, String> {
    let found = field_at(message, field)?;
    match found.kind().as_message() {
        Some(inner) if !found.is_list() && !found.is_map() => Ok(inner.clone()),
        _ => Err(format!("its body is `{field}`, which is no message")),
    }
}
