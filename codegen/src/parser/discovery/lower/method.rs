//! Methods: their paths, parameters, bodies and media.

use super::Lowering;
use super::schema::constraints;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Constraints, DefinedIn, HttpMethod, MediaProtocol, MediaUpload, Method, Parameter, ParameterLocation, PathTemplate,
    Style, Type,
};
use crate::parser::discovery::document;
use crate::parser::lowering::methods::{is_stream, order};
use crate::source::escape;
use std::collections::BTreeMap;

impl Lowering<'_> {
    /// Returns a parameter of a method, or of every method where `method` is empty.
    pub(super) fn parameter(
        &mut self,
        method: &str,
        name: &str,
        schema: &document::Schema,
        pointer: &str,
    ) -> Option<Parameter> {
        let location = match schema.location.as_deref() {
            Some("path") => ParameterLocation::Path,
            Some("query") => ParameterLocation::Query,
            other => {
                let message = match other {
                    Some(other) => format!("unknown location `{other}` of the parameter `{name}`"),
                    None => format!("missing `location` of the parameter `{name}`"),
                };
                self.diagnostics.push(
                    Diagnostic::error(message)
                        .at_pointer(self.source, format!("{pointer}/location"))
                        .help("`location` is `path` or `query`"),
                );
                return None;
            }
        };
        let defined_in = DefinedIn::Parameter { method: method.to_owned(), parameter: name.to_owned() };
        let mut constraints = constraints(schema);
        if method.is_empty() {
            constraints.values = schema.values.clone().unwrap_or_default();
            constraints.state_kind(schema.kind.as_deref());
        }
        Some(Parameter {
            wire_name: None,
            location,
            // A parameter of every method may be an enum too (`$.xgafv`, `alt`): these are set as text.
            ty: if method.is_empty() { Type::String } else { self.ty(schema, &defined_in, pointer) },
            repeated: schema.repeated,
            required: schema.required || location == ParameterLocation::Path,
            style: Style::Repeat,
            reserved: false,
            doc: schema.description.clone(),
            deprecated: schema.deprecated,
            constraints,
            pointer: pointer.to_owned(),
        })
    }

    /// Returns a method, or `None` where it is invalid.
    pub(crate) fn method(&mut self, name: &str, id: &str, method: &document::Method, pointer: &str) -> Option<Method> {
        let http_method = HttpMethod::ALL.into_iter().find(|m| m.as_str() == method.http_method);
        let Some(http_method) = http_method else {
            let error = Diagnostic::error(format!("unknown HTTP method `{}`", method.http_method))
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
        self.check_parameters(method, &path, &parameters, pointer);
        let body = |this: &mut Self, schema: &Option<document::Schema>, defined_in: &DefinedIn, key: &str| {
            Some(this.ty(schema.as_ref()?, defined_in, &format!("{pointer}/{key}")))
        };
        let request_body = DefinedIn::RequestBody { method: name.to_owned() };
        let response_body = DefinedIn::ResponseBody { method: name.to_owned() };
        Some(Method {
            id: id.to_owned(),
            http_method,
            parameter_order: order(&path, &parameters, &method.parameter_order),
            path,
            server: None,
            flat_path: method.flat_path.clone(),
            doc: method.description.clone(),
            deprecated: method.deprecated,
            sunset: None,
            parameters,
            request: body(self, &method.request, &request_body, "request"),
            request_constraints: Constraints::default(),
            response_constraints: Constraints::default(),
            request_media_type: None,
            request_optional: false,
            request_media_types: Vec::new(),
            response_media_type: None,
            request_form: BTreeMap::new(),
            tags: Vec::new(),
            takes_http_body: false,
            returns_http_body: false,
            response_json_type: None,
            responses: BTreeMap::new(),
            response: body(self, &method.response, &response_body, "response"),
            scopes: method.scopes.clone(),
            security: Vec::new(),
            api_version: method.api_version.clone(),
            media_upload: self.media_upload(method, pointer),
            operation_id: None,
            media_download: method.supports_media_download,
            subscription: method.supports_subscription,
            etag_required: method.etag_required,
            streaming: is_stream(name),
            whole_events: false,
            operation: None,
            job: None,
            pagination: None,
            idempotent: None,
            pointer: pointer.to_owned(),
        })
    }

    /// Checks that the variables of the path and `parameterOrder` name parameters.
    fn check_parameters(
        &mut self,
        method: &document::Method,
        path: &PathTemplate,
        parameters: &BTreeMap<String, Parameter>,
        pointer: &str,
    ) {
        for variable in path.variables() {
            match parameters.get(variable) {
                Some(parameter) if parameter.location == ParameterLocation::Path => {}
                Some(_) => {
                    let message = format!("the path's variable `{variable}` is a parameter of the query");
                    let place = format!("{pointer}/parameters/{}/location", escape(variable));
                    self.error(message, &place, "its `location` must be `path`");
                }
                None => {
                    let message = format!("the path's variable `{variable}` has no parameter");
                    self.missing_parameter(method, variable, message, format!("{pointer}/path"));
                }
            }
        }
        for (index, parameter) in method.parameter_order.iter().enumerate() {
            if !method.parameters.contains_key(parameter) {
                let message = format!("unknown parameter `{parameter}` in `parameterOrder`");
                self.missing_parameter(method, parameter, message, format!("{pointer}/parameterOrder/{index}"));
            }
        }
    }

    /// Reports a name that no parameter of a method has, and suggests the nearest one.
    fn missing_parameter(&mut self, method: &document::Method, name: &str, message: String, pointer: String) {
        let known = method.parameters.keys().map(String::as_str).take(self.diagnostics.candidates());
        let error = Diagnostic::error(message).at_pointer(self.source, pointer).suggest(name, known);
        self.diagnostics.push(error);
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
                let error = Diagnostic::error(format!("invalid size `{text}`"))
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

/// Parses a size in bytes: `10485760`, `100MB`, `2TB`.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text.strip_prefix(digits)? {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        "TB" => 1 << 40,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
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
