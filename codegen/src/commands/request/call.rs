//! The HTTP request that a call would send, through the runtime that generated stubs call.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Api, BodyForm, Method, SentCredential, Type, sent_credentials};
use discovery_runtime::http::{Call, Client, Error, UsageError};
use discovery_runtime::serde_json::{self, Map, Value};
use std::collections::BTreeMap;

use super::body::Content;
use super::form::Form;
use super::{arguments, body, descriptor};

/// The request of a call.
#[derive(Debug)]
pub struct Prepared {
    /// Id of the method.
    pub id: String,
    /// OAuth scopes, one of which suffices.
    pub scopes: Vec<String>,
    /// True for an API that takes Google's credentials.
    pub google: bool,
    /// Credentials that the call may send: alternatives, each with all of its parts.
    pub credentials: Vec<Vec<SentCredential>>,
    /// Request without credentials.
    pub request: http::Request<bytes::Bytes>,
}

/// Choice of the host that a call goes to: the settings of the runtime's `ClientBuilder`.
#[derive(Clone, Debug, Default)]
pub struct Host {
    /// Root URL instead of the document's.
    pub endpoint: Option<String>,
    /// Allows `http` to any host in `endpoint`.
    pub insecure: bool,
    /// Location whose endpoint is called, instead of that in the name of the resource.
    pub location: Option<String>,
    /// Prefers regional endpoints.
    pub regional: bool,
}

impl Host {
    fn client(&self, api: &'static discovery_runtime::http::Api) -> Result<Client, UsageError> {
        let mut builder = Client::builder(api);
        builder = match &self.endpoint {
            Some(url) if self.insecure => builder.with_insecure_endpoint(url),
            Some(url) => builder.with_endpoint(url),
            None => builder,
        };
        if let Some(location) = &self.location {
            builder = builder.with_location(location);
        }
        if self.regional {
            builder = builder.with_regional_endpoints();
        }
        builder.build()
    }
}

/// Builds the request of a call.
///
/// # Errors
/// Unknown methods and parameters, values that change the path, and bodies of another type than the method has.
pub fn prepare(
    api: &Api,
    name: &str,
    parameters: &[(String, String)],
    body: Option<&Content>,
    host: &Host,
) -> Result<Prepared, Diagnostics> {
    let name =
        name.strip_prefix(&format!("{}.", api.name)).filter(|rest| api.methods.contains_key(*rest)).unwrap_or(name);
    let method = api.methods.get(name).ok_or_else(|| {
        Diagnostic::error(format!("unknown method `{name}`"))
            .help("`inspect FILE --methods` lists the methods")
            .suggest(name, api.methods.keys().map(String::as_str))
    })?;
    let mut content = None;
    let mut form = None;
    let body = match (body, &method.request) {
        (Some(given), Some(_)) if method.takes_http_body => {
            content = Some(body::content(given));
            None
        }
        (Some(given), Some(ty)) if method.body_form() == BodyForm::Form => {
            form = Some(Form::new(api, ty, body::read(api, ty, &given.text()?)?));
            None
        }
        (Some(given), Some(_)) if method.body_form() != BodyForm::Json => {
            content = Some((method.request_media_type.clone(), given.bytes.clone()));
            None
        }
        (Some(given), Some(ty)) => Some(body::read(api, ty, &given.text()?)?),
        (Some(given), None) => {
            let message = format!("`{}`: the method `{name}` has no request body", given.name);
            return Err(Diagnostic::error(message).into());
        }
        (None, Some(_)) if arguments::requires_body(api, method) => {
            let message = format!("`{name}` requires a request body");
            return Err(Diagnostic::error(message).help("`--body FILE`; `-` is standard input").into());
        }
        (None, _) => None,
    };
    arguments::check(api, name, method, parameters)?;
    let (row, order) = descriptor::of(api, method);
    let client = host.client(descriptor::api(api)).map_err(|error| usage(&error))?;
    let mut call: Call<Value> = Call::new(client, row);
    let mut extra = discovery_runtime::http::CallOptions::new();
    let takes_list = |name: &str| {
        let parameter = method.parameters.get(name).filter(|parameter| api.is_structured(parameter))?;
        Some(matches!(api.resolve(&parameter.ty), Type::List(_)))
    };
    let (structured, plain) = structured(parameters, &takes_list);
    for (parameter, value) in structured {
        if let Some(index) = order.iter().position(|known| *known == parameter) {
            call.set_structured(index, &value);
        }
    }
    for (parameter, value) in merged(&plain) {
        if let Some(index) = order.iter().position(|known| *known == parameter) {
            call.set_all(index, value);
        } else if api.parameters.contains_key(&parameter) {
            extra = global(extra, &parameter, &value)?;
        } else {
            return Err(unknown(api, name, method, &parameter).into());
        }
    }
    if let Some(body) = &body {
        call.set_body(body);
    }
    if let Some(form) = &form {
        call = call.with_form(form);
    }
    if let Some((content_type, data)) = content {
        call.set_content(content_type, data);
    }
    let request = call.with_options(extra).request().map_err(|error| match &error {
        Error::Usage(error) => usage(error),
        _ => Diagnostic::error(error.to_string()),
    })?;
    Ok(Prepared {
        id: method.id.clone(),
        scopes: method.scopes.clone(),
        google: api.takes_google_credentials(),
        credentials: sent_credentials(method, api.states_credentials()),
        request,
    })
}

/// Returns the error of a call, with the option that corrects it.
fn usage(error: &UsageError) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.to_string());
    match error {
        UsageError::Insecure { .. } => diagnostic.help("`--insecure` allows `http` to any host in `--endpoint URL`"),
        UsageError::Location { .. } | UsageError::BaseUrl { .. } => diagnostic.help("`--endpoint URL` sets it"),
        UsageError::Missing { name } => diagnostic.help(format!("`--param {name}=VALUE`")),
        _ => diagnostic,
    }
}

/// Separates the values of structured parameters: JSON, text, or a member by its path, such as `filter[name]=x`.
/// Several values of a list are its elements. `takes_list` returns `None` for other parameters.
fn structured(
    parameters: &[(String, String)],
    takes_list: &dyn Fn(&str) -> Option<bool>,
) -> (BTreeMap<String, Value>, Vec<(String, String)>) {
    let mut structured: BTreeMap<String, Value> = BTreeMap::new();
    let mut plain = Vec::new();
    for (name, text) in parameters {
        let (base, path) = name.split_once('[').unwrap_or((name, ""));
        let Some(is_list) = takes_list(base) else {
            plain.push((name.clone(), text.clone()));
            continue;
        };
        let mut place = structured.entry(base.to_owned()).or_default();
        for key in path.split('[').map(|key| key.trim_end_matches(']')).filter(|key| !key.is_empty()) {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            match place {
                Value::Object(members) => place = members.entry(key).or_insert(Value::Null),
                _ => break,
            }
        }
        let json = text.starts_with(['{', '[']).then(|| serde_json::from_str(text).ok()).flatten();
        let value = json.unwrap_or_else(|| Value::String(text.clone()));
        match place {
            Value::Array(elements) if is_list && path.is_empty() => match value {
                Value::Array(others) => elements.extend(others),
                element => elements.push(element),
            },
            place if is_list && path.is_empty() && !value.is_array() => *place = Value::Array(vec![value]),
            place => *place = value,
        }
    }
    (structured, plain)
}

/// Groups the values by parameter, in the order of their first values.
fn merged(parameters: &[(String, String)]) -> Vec<(String, Vec<String>)> {
    let mut merged: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in parameters {
        match merged.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value.clone()),
            None => merged.push((name.clone(), vec![value.clone()])),
        }
    }
    merged
}

/// Sets a parameter that every method has.
fn global(
    options: discovery_runtime::http::CallOptions,
    name: &str,
    values: &[String],
) -> Result<discovery_runtime::http::CallOptions, Diagnostic> {
    let value = values.last().map_or("", String::as_str);
    match name {
        "fields" => Ok(options.with_fields(value)),
        "quotaUser" => Ok(options.with_quota_user(value)),
        "prettyPrint" => Ok(options.with_pretty_print(value == "true")),
        "$.xgafv" => Ok(options.with_error_format(value)),
        "access_token" | "oauth_token" | "key" => {
            Err(Diagnostic::error(format!("`{name}` would put a credential into the URL, where logs keep it"))
                .help("send it as a header"))
        }
        _ => Err(Diagnostic::error(format!("`{name}` is set by the runtime"))),
    }
}

fn unknown(api: &Api, name: &str, method: &Method, parameter: &str) -> Diagnostic {
    let known = method.parameters.keys().chain(api.parameters.keys()).map(String::as_str);
    let diagnostic = Diagnostic::error(format!("`{name}` has no parameter `{parameter}`")).suggest(parameter, known);
    if diagnostic.help.is_some() {
        return diagnostic;
    }
    let names: Vec<&str> = method.parameters.keys().map(String::as_str).collect();
    diagnostic.help(if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) })
}
