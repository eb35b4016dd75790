//! Calls with one response message.

use ::http::header::{CONTENT_TYPE, LOCATION};
use ::http::response;
use bytes::Bytes;
use serde_json::Value;

use super::call::Call;
use super::call_parts::CallParts;
use super::descriptor::Method;
use super::error::{DecodeError, Error};
use super::kind::SingleResponse;
use super::response::Response;
use super::sender::{self, BodyMode, Sender};
use super::transport::Body;
use super::{error_body, request};

impl<R: Response, K: SingleResponse> Call<R, K> {
    /// Sends the call and returns the body of the response. The future owns all that it needs, so it can be spawned.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`].
    pub fn send(&self) -> impl Future<Output = Result<R, Error>> + Send + use<R, K> {
        let response = self.send_with_response();
        async { Ok(response.await?.into_body()) }
    }

    /// Sends the call and returns the body of the response with its status and headers.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`].
    pub fn send_with_response(&self) -> impl Future<Output = Result<::http::Response<R>, Error>> + Send + use<R, K> {
        let fetched = fetch(self.parts.clone());
        let method = self.parts.method;
        async move {
            let (head, body) = fetched.await?;
            let body = match content(method, &head, &body) {
                Some(content) => content,
                None => decode(&head, &body)?,
            };
            Ok(::http::Response::from_parts(head, body))
        }
    }
}

/// Sends a call and returns the head and the whole body of the response.
pub(crate) async fn fetch(call: CallParts) -> Result<(response::Parts, Bytes), Error> {
    let request = request::build(&call)?;
    let options = request::effective_options(&call)?;
    let response = Sender::new(&call, options).send(request, BodyMode::Buffered).await?;
    read(&call, response).await
}

/// Returns the body undecoded, if the method returns a file or content of any media type, or its redirect.
pub(crate) fn content<R: Response>(method: &Method, head: &response::Parts, body: &Bytes) -> Option<R> {
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    if method.returns_redirect {
        return header(LOCATION).and_then(R::from_redirect);
    }
    let content_type = || header(CONTENT_TYPE);
    (method.returns_http_body || method.returns_file).then(|| R::from_content(content_type(), body.clone())).flatten()
}

/// Returns head and body of a response that has arrived; the body without its `{"data": …}` if the API has such a
/// wrapper.
pub(crate) async fn read(
    call: &CallParts,
    response: ::http::Response<Body>,
) -> Result<(response::Parts, Bytes), Error> {
    let (head, mut body) = response.into_parts();
    let mut body = sender::collect(&mut body, u64::MAX).await?;
    if call.client.api().data_wrapper
        && !(call.method.returns_http_body || call.method.returns_file)
        && let Ok(Value::Object(mut wrapper)) = serde_json::from_slice(&body)
        && let Some(data) = wrapper.remove("data")
    {
        body = data.to_string().into();
    }
    Ok((head, body))
}

/// Decodes a body, unless it is an error object in place of the response. An empty body is `null`, or `{}` where that
/// is no value of the type.
pub(crate) fn decode<R: Response>(head: &response::Parts, body: &[u8]) -> Result<R, Error> {
    if error_body::is_error::<R>(body) {
        return Err(error_body::read(head, body).into());
    }
    let decoded =
        if body.trim_ascii().is_empty() { R::decode(b"null").or_else(|_| R::decode(b"{}")) } else { R::decode(body) };
    decoded.map_err(|error| DecodeError::new(head, body, error).into())
}
