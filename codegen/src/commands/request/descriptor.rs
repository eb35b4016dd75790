//! Descriptors of the runtime, built from the model. They live as long as the process, as those of generated code do.

use crate::model::{self, Api, EndpointKind};
use discovery_runtime::http::{Endpoints, FormField, HttpMethod, Method, Param, ParameterLocation, Style};

/// Returns the descriptor of an API.
pub(super) fn api(api: &Api) -> &'static discovery_runtime::http::Api {
    let endpoints = |kind: EndpointKind| -> Endpoints {
        let endpoints = api.endpoints.iter().filter(|endpoint| endpoint.kind == kind);
        Vec::leak(endpoints.map(|e| (leaked(&e.location), leaked(&e.url))).collect())
    };
    Box::leak(Box::new(discovery_runtime::http::Api {
        name: leaked(&api.name),
        version: leaked(&api.version),
        revision: leaked(api.revision.as_deref().unwrap_or_default()),
        root_url: leaked(&api.root_url),
        service_path: leaked(&api.service_path),
        locational_endpoints: endpoints(EndpointKind::Locational),
        regional_endpoints: endpoints(EndpointKind::Regional),
        data_wrapper: api.data_wrapper,
        ..discovery_runtime::http::Api::EMPTY
    }))
}

/// Returns the descriptor of a method, and its parameters in the order of the descriptor, which generated tables have.
pub(super) fn of<'m>(api: &Api, method: &'m model::Method) -> (&'static Method, Vec<&'m str>) {
    let parameters = method.positional().chain(method.optional());
    let (order, params): (Vec<&'m str>, Vec<Param>) =
        parameters.map(|(name, stated)| (name.as_str(), param(api, name, stated))).unzip();
    let row = Box::leak(Box::new(Method {
        id: leaked(&method.id),
        http_method: http_method(method.http_method),
        root_url: leaked(method.server.as_ref().map_or("", |server| &server.root_url)),
        service_path: leaked(method.server.as_ref().map_or("", |server| &server.service_path)),
        path: leaked(&method.path.to_string()),
        params: Vec::leak(params),
        body: method.request.is_some(),
        optional_body: method.request_optional,
        content_type: leaked(method.request_media_type.as_deref().unwrap_or_default()),
        form: Vec::leak(method.stated_form().map(|(name, field)| form_field(name, field)).collect()),
        accept: leaked(method.accept().unwrap_or_default()),
        api_version: leaked(method.api_version.as_deref().unwrap_or_default()),
        streaming: method.streaming,
        takes_http_body: method.takes_http_body,
        returns_file: method.returns_file(),
        returns_redirect: method.returns_redirect(),
        returns_http_body: method.returns_http_body,
        ..Method::EMPTY
    }));
    (row, order)
}

fn param(api: &Api, name: &str, stated: &model::Parameter) -> Param {
    Param {
        name: leaked(stated.wire_name.as_deref().unwrap_or(name)),
        location: match stated.location {
            model::ParameterLocation::Path => ParameterLocation::Path,
            model::ParameterLocation::Query => ParameterLocation::Query,
            model::ParameterLocation::Header => ParameterLocation::Header,
            model::ParameterLocation::Cookie => ParameterLocation::Cookie,
        },
        style: style(stated.style),
        structured: api.is_structured(stated),
        reserved: stated.reserved,
        required: stated.required,
        pattern: leaked(stated.constraints.pattern.as_deref().unwrap_or_default()),
    }
}

fn style(style: model::Style) -> Style {
    match style {
        model::Style::Repeat => Style::Repeat,
        model::Style::Comma => Style::Comma,
        model::Style::Space => Style::Space,
        model::Style::Pipe => Style::Pipe,
        model::Style::Label => Style::Label,
        model::Style::LabelExploded => Style::LabelExploded,
        model::Style::Matrix => Style::Matrix,
        model::Style::MatrixExploded => Style::MatrixExploded,
        model::Style::Deep => Style::Deep,
        model::Style::Json => Style::Json,
    }
}

fn form_field(name: &str, field: &model::FormField) -> FormField {
    FormField {
        name: leaked(name),
        style: field.style.map(style),
        content_type: leaked(field.content_type.as_deref().unwrap_or_default()),
        reserved: field.reserved,
        headers: Vec::leak(field.headers.iter().map(|(name, value)| (leaked(name), leaked(value))).collect()),
    }
}

fn http_method(method: model::HttpMethod) -> HttpMethod {
    match method {
        model::HttpMethod::Get => HttpMethod::Get,
        model::HttpMethod::Post => HttpMethod::Post,
        model::HttpMethod::Put => HttpMethod::Put,
        model::HttpMethod::Patch => HttpMethod::Patch,
        model::HttpMethod::Delete => HttpMethod::Delete,
        model::HttpMethod::Head => HttpMethod::Head,
        model::HttpMethod::Options => HttpMethod::Options,
        model::HttpMethod::Trace => HttpMethod::Trace,
        model::HttpMethod::Query => HttpMethod::Query,
        model::HttpMethod::Other(name) => HttpMethod::Other(name),
    }
}

/// Returns text that lives as long as the process.
fn leaked(text: &str) -> &'static str {
    String::leak(text.to_owned())
}
