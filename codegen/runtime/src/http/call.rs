//! A call to be made.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::client::Client;
use super::descriptor::Method;
use super::error::Error;
use super::form;
use super::http_body;
use super::kind::Unary;
use super::options::CallOptions;
use super::request;
use crate::{Form, Message, Wire, json};

/// A call to be made: a method, values for its parameters, a body. `R` is the response's type, `K` what the method
/// can do besides being called.
///
/// Generated code wraps it once per method, with a setter for each parameter; the wrapper derefs to it.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<R, K = Unary> {
    pub(crate) parts: Parts,
    types: PhantomData<fn() -> (R, K)>,
}

/// What a call is, whatever its types.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    /// Values of parameters by their number, in the order in which they were set.
    pub(crate) values: Vec<(usize, String)>,
    pub(crate) body: Option<Result<Bytes, json::Error>>,
    /// The body's media type, where it is not the one that the method's table has.
    pub(crate) content_type: Option<String>,
    pub(crate) options: CallOptions,
    /// Whether a stream is asked for as a JSON array rather than as server-sent events.
    pub(crate) json_array: bool,
}

impl<R, K> Call<R, K> {
    /// A call with no parameters and no body set.
    pub fn new(client: Client, method: &'static Method) -> Self {
        Self::from_parts(Parts {
            client,
            method,
            values: Vec::new(),
            body: None,
            content_type: None,
            options: CallOptions::default(),
            json_array: false,
        })
    }

    pub(crate) fn from_parts(parts: Parts) -> Self {
        Self { parts, types: PhantomData }
    }

    /// Sets the parameter of this number in the method's table, in place of any value that it had.
    pub fn set(&mut self, parameter: usize, value: &dyn fmt::Display) {
        self.parts.set(parameter, value.to_string());
    }

    /// Sets a repeated parameter, in place of any values that it had.
    pub fn set_all(&mut self, parameter: usize, values: impl IntoIterator<Item: fmt::Display>) {
        self.parts.values.retain(|(index, _)| *index != parameter);
        self.parts.values.extend(values.into_iter().map(|value| (parameter, value.to_string())));
    }

    /// Sets the request body, in place of any that it had.
    ///
    /// A `google.api.HttpBody` is sent as the content that it holds, with its media type.
    pub fn set_body(&mut self, body: &dyn Wire) {
        if self.parts.method.takes_http_body
            && let Some((content_type, data)) = body.as_message().and_then(http_body::get)
        {
            self.set_content(content_type, data);
            return;
        }
        let mut writer = json::Writer::new();
        body.write(&mut writer, Form::Proto);
        self.parts.body = Some(writer.finish().map(Bytes::from));
    }

    /// The same call with its body set.
    pub fn with_body(mut self, body: &dyn Wire) -> Self {
        self.set_body(body);
        self
    }

    /// The same call with these bytes as its body, for a method whose body is no message.
    pub fn with_bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.parts.body = Some(Ok(body.into()));
        self
    }

    /// Sets content of a media type as the request body, replacing the previous one.
    pub fn set_content(&mut self, content_type: Option<String>, data: impl Into<Bytes>) {
        self.parts.content_type = content_type.filter(|content_type| !content_type.is_empty());
        self.parts.body = Some(Ok(data.into()));
    }

    /// The same call with a form as its body, of the kind that the method takes.
    pub fn with_form(mut self, body: &dyn Message) -> Self {
        self.parts.body = Some(if self.parts.method.content_type == form::URLENCODED {
            form::urlencoded(body)
        } else {
            form::multipart(body).map(|(body, content_type)| {
                self.parts.content_type = Some(content_type);
                body
            })
        });
        self
    }

    /// The same call with these options, in place of any that it had; those of the client still count where these say
    /// nothing.
    ///
    /// The parameters that only this method has are set before: `list(parent).with_page_size(5).with_options(…)`.
    pub fn with_options(&self, options: CallOptions) -> Self {
        let mut call = self.clone();
        call.parts.options = options;
        call
    }

    /// What the document says of the method.
    #[must_use]
    pub fn method(&self) -> &'static Method {
        self.parts.method
    }

    /// The client that the call is made on.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.parts.client
    }

    /// The request, but for credentials. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::Usage`] when a parameter is missing or has a value that leads elsewhere, [`Error::Encode`] when the
    /// body cannot be written.
    pub fn request(&self) -> Result<::http::Request<Bytes>, Error> {
        request::build(&self.parts)
    }
}

impl Parts {
    pub(crate) fn set(&mut self, parameter: usize, value: String) {
        self.values.retain(|(index, _)| *index != parameter);
        self.values.push((parameter, value));
    }

    /// The values of a parameter, in order.
    pub(crate) fn values(&self, parameter: usize) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(index, _)| *index == parameter).map(|(_, value)| value.as_str())
    }
}

impl<R, K> Clone for Call<R, K> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), types: PhantomData }
    }
}

/// Shows the method and its parameters, not the body.
impl<R, K> fmt::Debug for Call<R, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Call");
        out.field("method", &self.parts.method.id);
        for (index, value) in &self.parts.values {
            let name = self.parts.method.params.get(*index).map_or("?", |param| param.name);
            out.field(name, value);
        }
        out.field("options", &self.parts.options).finish_non_exhaustive()
    }
}
