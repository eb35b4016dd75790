//! Tables of methods, one for each resource: facts from the document, without code.

use crate::model::{
    EndpointKind, FormField, HttpMethod, Job, KeyLocation, Method, NextPage, Parameter, ParameterLocation,
    SentCredential, Style, sent_credentials,
};
use crate::rust::code::{list, spaces};
use crate::rust::context::Context;
use crate::text::{Code, rust};
use crate::{append, code};
use std::collections::BTreeSet;

/// Returns the table of a resource, with a row for each of its methods; empty if it has none.
pub(super) fn emit(context: &Context<'_>, methods: &[(&String, &Method)]) -> Code {
    if methods.is_empty() {
        return Code::default();
    }
    let mut rows = Code::default();
    for (_, method) in methods {
        row(&mut rows, context, method);
    }
    code!("pub(crate) static METHODS: [::discovery_runtime::http::Method; {}] = [\n{}];\n", methods.len(), rows)
}

/// Returns the row of the API itself.
pub(super) fn api(context: &Context<'_>) -> Code {
    let api = context.api;
    let mut out = Code::fixed("static API: ::discovery_runtime::http::Api = ::discovery_runtime::http::Api {\n");
    text(&mut out, 4, "name", &api.name);
    text(&mut out, 4, "version", &api.version);
    text(&mut out, 4, "revision", api.revision.as_deref().unwrap_or_default());
    text(&mut out, 4, "root_url", &api.root_url);
    text(&mut out, 4, "service_path", &api.service_path);
    for (field, kind) in
        [("locational_endpoints", EndpointKind::Locational), ("regional_endpoints", EndpointKind::Regional)]
    {
        let endpoints = api.endpoints.iter().filter(|endpoint| endpoint.kind == kind);
        let rows: Vec<Code> =
            endpoints.map(|e| code!("({}, {})", rust::literal(&e.location), rust::literal(&e.url))).collect();
        if !rows.is_empty() {
            list(&mut out, 4, &code!("{}: &[", field), &rows, "],");
        }
    }
    let others: BTreeSet<&str> = api
        .methods
        .values()
        .filter_map(|method| method.server.as_ref())
        .map(|server| server.root_url.as_str())
        .collect();
    let others: Vec<Code> = others.into_iter().filter(|url| *url != api.root_url).map(rust::literal).collect();
    if !others.is_empty() {
        list(&mut out, 4, &Code::fixed("other_root_urls: &["), &others, "],");
    }
    if let Some(server) = &api.server_template {
        let variables: Vec<Code> = server
            .variables
            .iter()
            .map(|(name, default)| code!("({}, {})", rust::literal(name), rust::literal(default)))
            .collect();
        append!(out, "    server: {}(&::discovery_runtime::http::ServerTemplate {{\n", context.prelude("Some"));
        text(&mut out, 8, "url", &server.url);
        list(&mut out, 8, &"variables: &[", &variables, "],");
        append!(out, "    }}),\n");
    }
    flag(&mut out, 4, "data_wrapper", api.data_wrapper);
    append!(out, "    ..::discovery_runtime::http::Api::EMPTY\n}};\n");
    out
}

fn row(out: &mut Code, context: &Context<'_>, method: &Method) {
    append!(out, "    ::discovery_runtime::http::Method {{\n");
    text(out, 8, "id", &method.id);
    if method.http_method != HttpMethod::Get {
        append!(out, "        http_method: {},\n", http_method(method.http_method));
    }
    if let Some(server) = &method.server {
        text(out, 8, "root_url", &server.root_url);
        text(out, 8, "service_path", &server.service_path);
    }
    text(out, 8, "path", &method.path.to_string());
    let parameters = method.positional().chain(method.optional());
    let params: Vec<_> = parameters.map(|(name, stated)| param(context, name, stated)).collect();
    if !params.is_empty() {
        list(out, 8, &"params: &[", &params, "],");
    }
    flag(out, 8, "body", method.request.is_some());
    flag(out, 8, "optional_body", method.request_optional);
    let form: Vec<Code> = method.stated_form().map(|(name, field)| form_field(context, name, field)).collect();
    if !form.is_empty() {
        list(out, 8, &"form: &[", &form, "],");
    }
    for (name, kind) in [("content_type", method.request_media_type.as_deref()), ("accept", method.accept())] {
        if let Some(kind) = kind {
            text(out, 8, name, kind);
        }
    }
    if !method.scopes.is_empty() {
        texts(out, 8, "scopes", &method.scopes);
    }
    let security = security(context, method);
    if !security.is_empty() {
        list(out, 8, &Code::fixed("security: &["), &security, "],");
    }
    if let Some(version) = &method.api_version {
        text(out, 8, "api_version", version);
    }
    if let Some(idempotent) = method.idempotent {
        append!(out, "        idempotent: {}({}),\n", context.prelude("Some"), idempotent);
    }
    flag(out, 8, "streaming", method.streaming);
    flag(out, 8, "whole_events", method.whole_events);
    if let Some(poll) = poll(context, method) {
        text(out, 8, "poll", &poll);
    }
    if let Some(stated) = &method.job {
        job(out, context, stated);
    }
    paging(out, context, method);
    upload(out, context, method);
    flag(out, 8, "download", method.media_download);
    flag(out, 8, "returns_file", method.returns_file());
    flag(out, 8, "returns_redirect", method.returns_redirect());
    flag(out, 8, "takes_http_body", method.takes_http_body);
    flag(out, 8, "returns_http_body", method.returns_http_body);
    append!(out, "        ..::discovery_runtime::http::Method::EMPTY\n    }},\n");
}

/// Returns the alternatives of credentials of a method.
fn security(context: &Context<'_>, method: &Method) -> Vec<Code> {
    let scheme = |credential: &SentCredential| {
        let path = |variant: &'static str| code!("::discovery_runtime::http::SecurityScheme::{}", variant);
        let named = |variant, name: &str| code!("{}({})", path(variant), rust::literal(name));
        match credential {
            SentCredential::Bearer => path("Bearer"),
            SentCredential::Basic => path("Basic"),
            SentCredential::Other(scheme) => named("Other", scheme),
            SentCredential::ApiKey { location: KeyLocation::Header, name } => named("Header", name),
            SentCredential::ApiKey { location: KeyLocation::Query, name } => named("Query", name),
            SentCredential::ApiKey { location: KeyLocation::Cookie, name } => named("Cookie", name),
        }
    };
    let alternative = |alternative: &Vec<SentCredential>| {
        code!("&[{}]", Code::join(&alternative.iter().map(scheme).collect::<Vec<_>>(), ", "))
    };
    sent_credentials(method, context.states_credentials).iter().map(alternative).collect()
}

fn text(out: &mut Code, indent: usize, name: &'static str, value: &str) {
    append!(out, "{}{}: {},\n", spaces(indent), name, rust::literal(value));
}

fn texts(out: &mut Code, indent: usize, name: &'static str, values: &[String]) {
    let values: Vec<Code> = values.iter().map(|value| rust::literal(value)).collect();
    list(out, indent, &code!("{}: &[", name), &values, "],");
}

fn flag(out: &mut Code, indent: usize, name: &'static str, value: bool) {
    if value {
        append!(out, "{}{}: true,\n", spaces(indent), name);
    }
}

/// Returns the path at which the operation or job of a method is polled, if it is known.
fn poll(context: &Context<'_>, method: &Method) -> Option<String> {
    let path = match &method.job {
        Some(job) => &context.api.methods.get(&job.get)?.path,
        None => method.operation.as_ref()?.poll.as_ref()?,
    };
    Some(path.to_string())
}

/// Returns the path of the variant of the runtime's `HttpMethod`.
fn http_method(http_method: HttpMethod) -> Code {
    let variant = match http_method {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
        HttpMethod::Head => "Head",
        HttpMethod::Options => "Options",
        HttpMethod::Trace => "Trace",
        HttpMethod::Query => "Query",
        HttpMethod::Other(name) => {
            return code!("::discovery_runtime::http::HttpMethod::Other({})", rust::literal(name));
        }
    };
    code!("::discovery_runtime::http::HttpMethod::{}", variant)
}

/// Returns the HTTP method and the path that cancel a job, unless that is `POST` at its own path with `:cancel`.
fn cancel(context: &Context<'_>, job: &Job) -> Option<(HttpMethod, String)> {
    let cancel = context.api.methods.get(job.cancel.as_ref()?)?;
    let path = cancel.path.to_string();
    let usual = context.api.methods.get(&job.get).map(|get| format!("{}:cancel", get.path));
    (cancel.http_method != HttpMethod::Post || usual.as_ref() != Some(&path)).then_some((cancel.http_method, path))
}

fn job(out: &mut Code, context: &Context<'_>, job: &Job) {
    let Job { name, state, succeeded, failed, error, .. } = job;
    append!(out, "        job: {}(&::discovery_runtime::http::Job {{\n", context.prelude("Some"));
    if name != "name" {
        text(out, 12, "name", name);
    }
    text(out, 12, "state", state);
    texts(out, 12, "succeeded", succeeded);
    texts(out, 12, "failed", failed);
    text(out, 12, "error", error.as_deref().unwrap_or_default());
    if let Some((http_method, path)) = cancel(context, job) {
        let (some, path) = (context.prelude("Some"), rust::literal(&path));
        append!(out, "            cancel: {}(({}, {})),\n", some, self::http_method(http_method), path);
    }
    append!(out, "            ..::discovery_runtime::http::Job::EMPTY\n        }}),\n");
}

fn param(context: &Context<'_>, name: &str, stated: &Parameter) -> Code {
    let name = rust::literal(stated.wire_name.as_deref().unwrap_or(name));
    let plain = match (stated.location, stated.required) {
        (ParameterLocation::Path, _) => {
            let pattern = rust::literal(stated.constraints.pattern.as_deref().unwrap_or_default());
            code!("::discovery_runtime::http::Param::path({}, {})", name, pattern)
        }
        (_, true) => code!("::discovery_runtime::http::Param::required_query({})", name),
        (_, false) => code!("::discovery_runtime::http::Param::query({})", name),
    };
    let location = match stated.location {
        ParameterLocation::Path | ParameterLocation::Query => "",
        ParameterLocation::Header => "Header",
        ParameterLocation::Cookie => "Cookie",
    };
    let structured = context.api.is_structured(stated);
    let mut more = Code::default();
    if !location.is_empty() {
        append!(more, "location: ::discovery_runtime::http::ParameterLocation::{}, ", location);
    }
    if needs_style(stated, structured) {
        append!(more, "style: ::discovery_runtime::http::Style::{}, ", variant(stated.style));
    }
    for (field, value) in [("structured", structured), ("reserved", stated.reserved)] {
        if value {
            append!(more, "{}: true, ", field);
        }
    }
    if more.is_empty() { plain } else { code!("::discovery_runtime::http::Param {{ {}..{} }}", more, plain) }
}

/// Returns `true` if the style of a parameter makes a difference to that of the runtime's constructor.
fn needs_style(stated: &Parameter, structured: bool) -> bool {
    let default = if stated.location == ParameterLocation::Path { Style::Comma } else { Style::Repeat };
    let lists = stated.repeated || structured;
    match stated.style {
        Style::Label | Style::LabelExploded | Style::Matrix | Style::MatrixExploded => true,
        // Lists are the same in both styles there.
        Style::Repeat | Style::Comma
            if !structured && matches!(stated.location, ParameterLocation::Path | ParameterLocation::Header) =>
        {
            false
        }
        style => lists && style != default,
    }
}

/// Returns the variant of the runtime's `Style`.
fn variant(style: Style) -> &'static str {
    match style {
        Style::Repeat => "Repeat",
        Style::Comma => "Comma",
        Style::Space => "Space",
        Style::Pipe => "Pipe",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
        Style::Deep => "Deep",
        Style::Json => "Json",
    }
}

/// Returns the row of a field of a form.
fn form_field(context: &Context<'_>, name: &str, field: &FormField) -> Code {
    let mut row = code!("::discovery_runtime::http::FormField {{ name: {}, ", rust::literal(name));
    if let Some(style) = field.style {
        let some = context.prelude("Some");
        append!(row, "style: {}(::discovery_runtime::http::Style::{}), ", some, variant(style));
    }
    if let Some(kind) = &field.content_type {
        append!(row, "content_type: {}, ", rust::literal(kind));
    }
    if field.reserved {
        append!(row, "reserved: true, ");
    }
    if !field.headers.is_empty() {
        append!(row, "headers: &[");
        for (name, value) in &field.headers {
            append!(row, "({}, {}), ", rust::literal(name), rust::literal(value));
        }
        append!(row, "], ");
    }
    append!(row, "..::discovery_runtime::http::FormField::EMPTY }}");
    row
}

/// Writes the way to the next page, unless it is the runtime's default.
fn paging(out: &mut Code, context: &Context<'_>, method: &Method) {
    let Some(pagination) = &method.pagination else { return };
    let size = |size: &Option<String>| rust::literal(size.as_deref().unwrap_or_default());
    let way = match &pagination.next {
        NextPage::Token { parameter, .. } if parameter == "pageToken" => return,
        NextPage::Token { parameter, .. } | NextPage::LastItem { parameter, .. } => {
            code!("Token({})", rust::literal(parameter))
        }
        NextPage::Link => Code::fixed("Link"),
        NextPage::Number { parameter, size: of } => code!("Number({}, {})", rust::literal(parameter), size(of)),
        NextPage::Offset { parameter, size: of } => code!("Offset({}, {})", rust::literal(parameter), size(of)),
    };
    append!(out, "        paging: {}(::discovery_runtime::http::Paging::{}),\n", context.prelude("Some"), way);
}

fn upload(out: &mut Code, context: &Context<'_>, method: &Method) {
    let Some(upload) = &method.media_upload else {
        return;
    };
    append!(out, "        upload: {}(&::discovery_runtime::http::UploadProtocols {{\n", context.prelude("Some"));
    if let Some(simple) = &upload.simple {
        text(out, 12, "simple", &simple.path.to_string());
        append!(out, "            multipart: {},\n", simple.multipart);
    }
    if let Some(resumable) = &upload.resumable {
        text(out, 12, "resumable", &resumable.path.to_string());
    }
    texts(out, 12, "accept", &upload.accept);
    if let Some(size) = upload.max_size {
        append!(out, "            max_size: {},\n", size);
    }
    append!(out, "            ..::discovery_runtime::http::UploadProtocols::EMPTY\n        }}),\n");
}
