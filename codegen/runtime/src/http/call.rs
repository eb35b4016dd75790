//! Calls of methods.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::call_parts::CallParts;
use super::client::Client;
use super::descriptor::{Method, ParameterLocation};
use super::error::Error;
use super::form::{self, Field};
use super::http_body;
use super::kind::{Streaming, Unary};
use super::options::CallOptions;
use super::request;
use crate::codec::JsonCodec;
use crate::json;
use crate::message::{Message, ValueEncoding};

/// Call of a method: values for its parameters, and a body.
///
/// `R` is the type of the response, `K` the kind of the call.
///
/// Generated code has a type for each method, with a setter for each optional parameter, that dereferences to a `Call`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<R, K = Unary> {
    pub(crate) parts: CallParts,
    types: PhantomData<fn() -> (R, K)>,
}

impl<R, K> Call<R, K> {
    /// Creates a call without parameters and body.
    pub fn new(client: Client, method: &'static Method) -> Self {
        Self::from_parts(CallParts {
            client,
            method,
            values: Vec::new(),
            body: None,
            content_type: None,
            options: CallOptions::default(),
            next_page: None,
            json_array: false,
        })
    }

    pub(crate) fn from_parts(parts: CallParts) -> Self {
        Self { parts, types: PhantomData }
    }

    /// Sets the parameter at this index of the method's table, replacing the previous value.
    pub fn set(&mut self, parameter: usize, value: &dyn fmt::Display) {
        self.parts.set(parameter, value.to_string());
    }

    /// Sets a repeated parameter, replacing the previous values.
    pub fn set_all(&mut self, parameter: usize, values: impl IntoIterator<Item: fmt::Display>) {
        self.parts.values.retain(|(index, _)| *index != parameter);
        self.parts.values.extend(values.into_iter().map(|value| (parameter, value.to_string())));
    }

    /// Sets a structured parameter to a value that is encoded in the parameter's style, replacing the previous value.
    pub fn set_structured(&mut self, parameter: usize, value: &dyn JsonCodec) {
        self.set_structured_as(parameter, value, ValueEncoding::String);
    }

    /// Sets a structured parameter as [`set_structured`](Self::set_structured) does, in another encoding of its
    /// numbers.
    #[doc(hidden)]
    pub fn set_structured_as(&mut self, parameter: usize, value: &dyn JsonCodec, encoding: ValueEncoding) {
        let mut writer = json::Writer::new();
        value.write(&mut writer, encoding);
        // A value that cannot be encoded is an error of the request.
        self.parts.set(parameter, writer.finish().unwrap_or_default());
    }

    /// Sets the request body, replacing the previous one.
    ///
    /// A `google.api.HttpBody` is sent as the content that it holds, with its media type.
    pub fn set_body(&mut self, body: &dyn JsonCodec) {
        self.set_body_as(body, ValueEncoding::String);
    }

    fn set_body_as(&mut self, body: &dyn JsonCodec, encoding: ValueEncoding) {
        if self.parts.method.takes_http_body
            && let Some((content_type, data)) = body.as_message().and_then(http_body::get)
        {
            self.set_content(content_type, data);
            return;
        }
        let mut writer = json::Writer::new();
        body.write(&mut writer, encoding);
        self.parts.body = Some(writer.finish().map(Bytes::from));
    }

    /// Returns the call with a body in another encoding of its numbers than that of [`set_body`](Self::set_body).
    #[doc(hidden)]
    pub fn with_body_as(mut self, body: &dyn JsonCodec, encoding: ValueEncoding) -> Self {
        self.set_body_as(body, encoding);
        self
    }

    /// Returns the call with this body.
    pub fn with_body(mut self, body: &dyn JsonCodec) -> Self {
        self.set_body(body);
        self
    }

    /// Returns the call with these bytes as its body, for a method whose body is not a message.
    pub fn with_bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.parts.body = Some(Ok(body.into()));
        self
    }

    /// Sets content of a media type as the request body, replacing the previous one.
    pub fn set_content(&mut self, content_type: Option<String>, data: impl Into<Bytes>) {
        self.parts.content_type = content_type.filter(|content_type| !content_type.is_empty());
        self.parts.body = Some(Ok(data.into()));
    }

    /// Returns the call with a message as its body, encoded as the kind of form that the method takes.
    pub fn with_form(mut self, body: &dyn Message) -> Self {
        self.set_form(form::of_message(body, self.parts.method.form));
        self
    }

    fn set_form(&mut self, fields: Result<Vec<Field>, json::Error>) {
        self.parts.body = Some(fields.map(|fields| {
            if self.parts.method.content_type == form::URLENCODED {
                return form::urlencoded(&fields);
            }
            let (body, content_type) = form::multipart(self.parts.method.content_type, &fields);
            self.parts.content_type = Some(content_type);
            body
        }));
    }

    /// Returns the call with a map as its body, encoded as the kind of form that the method takes: one field for each
    /// entry.
    pub fn with_form_map<B: JsonCodec + Any>(mut self, body: &B) -> Self {
        self.set_form(form::of_map(body, self.parts.method.form));
        self
    }

    /// Returns the call with these options, replacing the previous ones. Options that are not set are those of the
    /// client.
    pub fn with_options(&self, options: CallOptions) -> Self {
        let mut call = self.clone();
        call.parts.options = options;
        call
    }

    /// Returns the descriptor of the method.
    #[must_use]
    pub fn method(&self) -> &'static Method {
        self.parts.method
    }

    /// Returns the client that sends the call.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.parts.client
    }

    /// Returns the request without credentials. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::Usage`] when a parameter is missing or invalid, [`Error::Encode`] when the body cannot be encoded.
    pub fn request(&self) -> Result<::http::Request<Bytes>, Error> {
        request::build(&self.parts)
    }
}

impl<R> Call<R, Streaming> {
    /// Requests the response as one JSON array, instead of server-sent events. Without effect if the document states
    /// the media type of the response.
    pub fn with_json_array(&self) -> Self {
        let mut call = self.clone();
        call.parts.json_array = true;
        call
    }
}

impl<R, K> Clone for Call<R, K> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), types: PhantomData }
    }
}

/// Shows the method and its parameters without the body.
impl<R, K> fmt::Debug for Call<R, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Call");
        out.field("method", &self.parts.method.id);
        for (index, value) in &self.parts.values {
            match self.parts.method.params.get(*index) {
                // A cookie may be a credential.
                Some(param) if param.location == ParameterLocation::Cookie => out.field(param.name, &"…"),
                Some(param) => out.field(param.name, value),
                None => out.field("?", value),
            };
        }
        out.field("options", &self.parts.options).finish_non_exhaustive()
    }
}
