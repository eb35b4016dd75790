//! HTTP requests of calls.

use ::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;

use super::call_parts::CallParts;
use super::descriptor::{HttpMethod, Param, ParameterLocation};
use super::error::Error;
use super::options::{CallOptions, is_reserved};
use super::style::{self, Style};
use super::usage_error::UsageError;
use super::{endpoint, pattern, percent, template};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const API_VERSION: HeaderName = HeaderName::from_static("x-goog-api-version");
const CLIENT_NAME: HeaderName = HeaderName::from_static("x-goog-api-client");
/// Language and library with their versions, for statistics of Google's services.
const CLIENT: HeaderValue = HeaderValue::from_static(concat!(
    "gl-rust/",
    env!("CARGO_PKG_RUST_VERSION"),
    " ",
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION")
));

/// Builds the request of a call.
pub(crate) fn build(call: &CallParts) -> Result<::http::Request<Bytes>, Error> {
    let options = effective_options(call)?;
    let mut query = Query::of(call, &options)?;
    let streams_messages = call.method.streaming && !call.json_array && !call.method.returns_http_body;
    if streams_messages && call.method.accept.is_empty() {
        query.add("alt", "sse");
    }
    let by_alt = call.method.returns_file && call.method.accept.is_empty();
    if by_alt {
        query.add("alt", "media");
    }
    let mut url = url(call, service_path(call), call.method.path, &query)?;
    if let Some(next) = &call.next_page {
        url.clone_from(next);
    }
    let mut request = request(call, &options, call.method.http_method, url, body(call)?)?;
    if streams_messages && call.method.accept.is_empty() {
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
    }
    if by_alt {
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("*/*"));
    }
    Ok(request)
}

/// Returns the options of the call, filled with those of its client.
pub(crate) fn effective_options(call: &CallParts) -> Result<CallOptions, UsageError> {
    let options = call.options.clone().or(&call.client.0.options);
    match options.fault {
        Some(fault) => Err(fault),
        None if call.method.id.is_empty() => Err(UsageError::UnknownMethod),
        None => Ok(options),
    }
}

/// Creates a request with the headers of the call.
pub(crate) fn request(
    call: &CallParts,
    options: &CallOptions,
    http_method: HttpMethod,
    url: String,
    body: Option<Bytes>,
) -> Result<::http::Request<Bytes>, UsageError> {
    let has_body = body.is_some();
    let mut request = ::http::Request::new(body.unwrap_or_default());
    *request.method_mut() = http_method.into();
    let length = url.len();
    *request.uri_mut() = url.try_into().map_err(|_| UsageError::Url { length })?;
    let headers = request.headers_mut();
    headers.reserve(options.headers.len().saturating_add(4));
    match &call.content_type {
        Some(content_type) if has_body => drop(headers.insert(CONTENT_TYPE, media_type(content_type)?)),
        // Content without a stated media type is not declared as JSON.
        None if has_body && !call.method.takes_http_body => {
            headers.insert(CONTENT_TYPE, media_type(call.method.content_type)?);
        }
        _ => {}
    }
    let accept = if call.method.returns_http_body { "*/*" } else { call.method.accept };
    headers.insert(ACCEPT, media_type(accept)?);
    add_headers(headers, call, options)?;
    add_length(&mut request);
    Ok(request)
}

/// Adds the length of an empty body to a request whose method expects one (RFC 9110, 8.6): HTTP libraries take it for
/// no body, and some servers refuse a request without a length.
pub(crate) fn add_length(request: &mut ::http::Request<Bytes>) {
    let expects_body = [::http::Method::POST, ::http::Method::PUT, ::http::Method::PATCH].contains(request.method());
    if expects_body && request.body().is_empty() {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Returns a media type as a header value; that of JSON for an empty one.
pub(crate) fn media_type(name: &str) -> Result<HeaderValue, UsageError> {
    match name {
        "" => Ok(JSON),
        name => HeaderValue::try_from(name).map_err(|_| UsageError::Header { name: CONTENT_TYPE.to_string() }),
    }
}

/// Adds the headers that do not depend on the body.
fn add_headers(headers: &mut HeaderMap, call: &CallParts, options: &CallOptions) -> Result<(), UsageError> {
    if endpoint::is_google(call.client.api().root_url) {
        headers.insert(CLIENT_NAME, CLIENT);
    }
    if !call.method.api_version.is_empty() {
        let fault = |_| UsageError::Header { name: API_VERSION.to_string() };
        headers.insert(API_VERSION, HeaderValue::try_from(call.method.api_version).map_err(fault)?);
    }
    for (index, param) in
        call.method.params.iter().enumerate().filter(|(_, param)| param.location == ParameterLocation::Header)
    {
        let mut text = String::new();
        if let Some(value) = value(call, index, param)?
            && style::expand_into(&mut text, param.name, &value, param.style, &percent::ALL)
        {
            let fault = || UsageError::Header { name: param.name.to_owned() };
            let name = HeaderName::try_from(param.name).map_err(|_| fault())?;
            if is_reserved(&name) {
                return Err(UsageError::ReservedHeader { name: name.to_string() });
            }
            headers.insert(name, HeaderValue::try_from(text).map_err(|_| fault())?);
        }
    }
    if let Some(cookies) = cookies(call)? {
        headers.insert(COOKIE, cookies);
    }
    for (name, value) in &options.headers {
        headers.insert(name, value.clone());
    }
    Ok(())
}

/// Returns the value of the header `cookie`, if the call sets cookies.
fn cookies(call: &CallParts) -> Result<Option<HeaderValue>, UsageError> {
    let mut text = String::new();
    for (index, param) in
        call.method.params.iter().enumerate().filter(|(_, param)| param.location == ParameterLocation::Cookie)
    {
        let value = value(call, index, param)?.unwrap_or_default();
        for pair in style::pairs(param.name, &value, param.style) {
            if !text.is_empty() {
                text.push_str("; ");
            }
            percent::encode_into(&mut text, &pair.name, &percent::UNRESERVED);
            text.push('=');
            pair.encode_value_into(&mut text, &percent::COOKIE);
        }
    }
    let fault = |_| UsageError::Header { name: COOKIE.to_string() };
    (!text.is_empty()).then(|| HeaderValue::try_from(text).map_err(fault)).transpose()
}

/// Returns the value of a parameter, if it is set.
fn value(call: &CallParts, index: usize, param: &Param) -> Result<Option<Value>, UsageError> {
    let mut values = call.values(index);
    if param.structured {
        let fault = |_| UsageError::Value { name: param.name.to_owned() };
        return values.next().map(|text| serde_json::from_str(text).map_err(fault)).transpose();
    }
    let Some(first) = values.next().map(Value::from) else { return Ok(None) };
    let mut list = vec![first];
    list.extend(values.map(Value::from));
    // A single value may be a list of one; only the deep style writes the two differently, and it is for lists.
    Ok(Some(match list.as_slice() {
        [_] if param.style != Style::Deep => list.remove(0),
        _ => Value::Array(list),
    }))
}

/// Returns the encoded body; `None` for a method without one.
pub(crate) fn body(call: &CallParts) -> Result<Option<Bytes>, Error> {
    if !call.method.body {
        return Ok(None);
    }
    let body = match &call.body {
        None if call.method.optional_body => return Ok(None),
        None if call.method.content_type.is_empty() && !call.method.takes_http_body => Bytes::from_static(b"{}"),
        None => Bytes::new(),
        Some(Ok(body)) => body.clone(),
        Some(Err(error)) => return Err(Error::Encode(error.clone())),
    };
    if !call.client.api().data_wrapper || call.method.takes_http_body {
        return Ok(Some(body));
    }
    Ok(Some([b"{\"data\":".as_slice(), &body, b"}"].concat().into()))
}

/// Returns the path that the method's path is relative to.
pub(crate) fn service_path(call: &CallParts) -> &str {
    let method = call.method;
    if method.root_url.is_empty() { call.client.service_path() } else { method.service_path }
}

/// Returns the URL: the root URL of the endpoint, `prefix`, the expanded path template, and the query.
pub(crate) fn url(call: &CallParts, prefix: &str, path: &str, query: &Query) -> Result<String, UsageError> {
    let params = call.method.params;
    let in_path = || params.iter().enumerate().filter(|(_, param)| param.location == ParameterLocation::Path);
    for (index, param) in in_path() {
        check(param, call.values(index).next())?;
    }
    let method = call.method;
    let has_own_server = !method.root_url.is_empty();
    let root = if has_own_server && !call.client.has_own_endpoint() {
        Cow::Borrowed(method.root_url)
    } else {
        call.client.root_url(location(call))?
    };
    let length = [&root, prefix, path, &query.0].into_iter().map(str::len).fold(64, usize::saturating_add);
    let mut url = String::with_capacity(length);
    url.push_str(&root);
    url.push_str(prefix);
    template::expand_into(&mut url, path.trim_start_matches('/'), |out, name, unencoded| {
        let missing = || UsageError::Missing { name: name.to_owned() };
        let (index, param) = in_path().find(|(_, param)| param.name == name).ok_or_else(missing)?;
        // Nearly all parameters.
        if param.style == Style::Comma && !param.structured {
            return template::join_into(out, name, call.values(index), unencoded);
        }
        let value = value(call, index, param)?.ok_or_else(missing)?;
        let written = style::expand_into(out, name, &value, param.style, unencoded);
        if written { Ok(()) } else { Err(UsageError::Empty { name: name.to_owned() }) }
    })?;
    match query.0.strip_prefix('?') {
        // The path has a query of its own.
        Some(query) if path.contains('?') => {
            url.push('&');
            url.push_str(query);
        }
        _ => url.push_str(&query.0),
    }
    Ok(url)
}

/// Returns the location of the called resource: `l` in `projects/p/locations/l/…`, where the name is one parameter
/// or the path has one for the location.
fn location(call: &CallParts) -> Option<&str> {
    let params = call.method.params.iter().enumerate().filter(|(_, param)| param.location == ParameterLocation::Path);
    let mut in_path = params.filter_map(|(index, param)| Some((param.name, call.values(index).next()?)));
    let after = call.method.path.split_once("locations/{").and_then(|(_, after)| after.split_once('}'));
    match after {
        Some((variable, _)) => {
            let variable = variable.trim_start_matches('+');
            in_path.find(|(name, _)| *name == variable).map(|(_, value)| value)
        }
        None => in_path.find_map(|(_, value)| endpoint::location_in(value)),
    }
}

fn check(param: &'static Param, value: Option<&str>) -> Result<(), UsageError> {
    let name = || param.name.to_owned();
    match value {
        None => Err(UsageError::Missing { name: name() }),
        Some("") => Err(UsageError::Empty { name: name() }),
        Some(value) if !pattern::matches(param.pattern, value) => {
            Err(UsageError::Pattern { name: name(), value: value.to_owned(), pattern: param.pattern })
        }
        Some(_) => Ok(()),
    }
}

/// Returns the URL for polling the operation that the call started, or for changing it: with an action such as
/// `:cancel`, or by a path of its own.
#[cfg(feature = "transport")]
pub(crate) fn poll_url(
    call: &CallParts,
    options: &CallOptions,
    name: &str,
    path: Option<&str>,
    action: &str,
) -> Result<String, UsageError> {
    // An operation whose name has no location is at the location of the called resource.
    let root = call.client.root_url(endpoint::location_in(name).or_else(|| location(call)))?;
    let mut url = format!("{root}{}", service_path(call));
    let by_name = |out: &mut String, variable: &str, unencoded: &percent::Unencoded| {
        template::join_into(out, variable, [name], unencoded)
    };
    let path = path.unwrap_or(call.method.poll);
    if path.is_empty() {
        let version = call.method.path.split('/').next().unwrap_or_default();
        url.push_str(version);
        template::expand_into(&mut url, "/{+name}", by_name)?;
    } else {
        template::expand_into(&mut url, path, by_name)?;
    }
    url.push_str(action);
    let mut query = Query::default();
    // `fields` selects those of the call's response, not of an operation.
    query.add_global(&CallOptions { fields: None, ..options.clone() });
    url.push_str(&query.0);
    Ok(url)
}

/// Query of a URL: empty, or `?name=value&…`.
#[derive(Default)]
pub(crate) struct Query(String);

impl Query {
    /// Adds the method's own parameters in the order of its table, then those that every method has.
    pub(crate) fn of(call: &CallParts, options: &CallOptions) -> Result<Self, UsageError> {
        let mut query = Self::default();
        for (index, param) in call.method.params.iter().enumerate() {
            let before = query.0.len();
            let mut is_object = false;
            match param.location {
                ParameterLocation::Query
                    if param.style == Style::Repeat
                        && !param.structured
                        && !param.reserved
                        && !param.name.is_empty() =>
                {
                    call.values(index).for_each(|value| query.add(param.name, value));
                }
                ParameterLocation::Query => {
                    let unencoded = if param.reserved { &percent::QUERY } else { &percent::UNRESERVED };
                    let value = value(call, index, param)?.unwrap_or_default();
                    is_object = value.is_object();
                    for pair in style::pairs(param.name, &value, param.style) {
                        query.add_name(&pair.name, param.name.is_empty());
                        pair.encode_value_into(&mut query.0, unencoded);
                    }
                }
                ParameterLocation::Path => continue,
                ParameterLocation::Header | ParameterLocation::Cookie if call.values(index).next().is_some() => {
                    continue;
                }
                ParameterLocation::Header | ParameterLocation::Cookie => {}
            }
            // An object all of whose members are optional may have none.
            if param.required && !is_object && query.0.len() == before {
                return Err(UsageError::Missing { name: param.name.to_owned() });
            }
        }
        query.add_global(options);
        Ok(query)
    }

    /// Adds the parameters that every method has.
    fn add_global(&mut self, options: &CallOptions) {
        let pretty = options.pretty_print.map(|pretty| if pretty { "true" } else { "false" });
        let global = [
            ("fields", options.fields.as_deref()),
            ("quotaUser", options.quota_user.as_deref()),
            ("prettyPrint", pretty),
            ("$.xgafv", options.xgafv.as_deref()),
        ];
        for (name, value) in global {
            if let Some(value) = value {
                self.add(name, value);
            }
        }
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.add_name(name, false);
        percent::encode_into(&mut self.0, value, &percent::UNRESERVED);
    }

    fn add_name(&mut self, name: &str, is_whole: bool) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        if is_whole && name.is_empty() {
            return;
        }
        percent::encode_into(&mut self.0, name, &percent::UNRESERVED);
        self.0.push('=');
    }
}
