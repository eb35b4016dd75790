//! Transport for tests: returns prepared responses and records the requests.
//!
//! ```
//! use discovery_runtime::http::testing::{FakeResponse, FakeTransport};
//! use discovery_runtime::http::{Api, Call, Client, Method};
//! use discovery_runtime::serde_json::Value;
//!
//! static API: Api = Api { root_url: "https://pets.example.com/", ..Api::EMPTY };
//! static LIST: Method = Method { id: "pets.list", path: "v1/pets", ..Method::EMPTY };
//!
//! # async fn test() -> Result<(), discovery_runtime::http::Error> {
//! let transport = FakeTransport::new([FakeResponse::json(200, r#"{"pets": ["Rex"]}"#)]);
//! // A generated crate has a client of its own: `Client::builder().with_transport(…)`.
//! let client = Client::builder(&API).with_transport(transport.clone()).build()?;
//!
//! let pets = Call::<Value>::new(client, &LIST).send().await?;
//!
//! assert_eq!(pets["pets"][0], "Rex");
//! let requests = transport.requests();
//! assert_eq!(requests[0].uri(), "https://pets.example.com/v1/pets");
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test()).unwrap();
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use futures_core::Stream;

use super::error::TransportError;
use super::transport::{Body, BoxFuture, Transport};

/// Transport that sends nothing. Clones share their responses and requests.
#[derive(Clone)]
pub struct FakeTransport(Arc<Shared>);

struct Shared {
    respond: Box<Respond>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

type Respond = dyn Fn(&Request<Bytes>) -> Option<FakeResponse> + Send + Sync;

impl FakeTransport {
    /// Creates a transport that gives these responses in order. A request after the last one fails as if there were no
    /// connection.
    pub fn new(responses: impl IntoIterator<Item = FakeResponse>) -> Self {
        let responses: Mutex<VecDeque<_>> = Mutex::new(responses.into_iter().collect());
        Self::with(move |_| lock(&responses).pop_front())
    }

    /// Creates a transport that responds to each request with the result of a function.
    pub fn from_fn(respond: impl Fn(&Request<Bytes>) -> FakeResponse + Send + Sync + 'static) -> Self {
        Self::with(move |request| Some(respond(request)))
    }

    fn with(respond: impl Fn(&Request<Bytes>) -> Option<FakeResponse> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared { respond: Box::new(respond), requests: Mutex::default() }))
    }

    /// Returns the requests that were sent so far, with their credentials, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        lock(&self.0.requests).clone()
    }
}

impl Transport for FakeTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let response = (self.0.respond)(&request);
        let no_response = || format!("no response is left for {} {}", request.method(), request.uri().path());
        let response = response.ok_or_else(|| TransportError::connect(no_response())).and_then(FakeResponse::into_http);
        lock(&self.0.requests).push(request);
        Box::pin(std::future::ready(response))
    }
}

/// Shows the number of requests.
impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeTransport").field("requests", &lock(&self.0.requests).len()).finish_non_exhaustive()
    }
}

/// Locks a mutex. A test that has failed does not fail others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Response that a [`FakeTransport`] gives.
#[derive(Clone, Debug)]
pub struct FakeResponse {
    status: u16,
    headers: Vec<(String, String)>,
    chunks: Vec<Bytes>,
    failure: Option<Failure>,
}

#[derive(Clone, Copy, Debug)]
enum Failure {
    /// The connection cannot be established: nothing is sent.
    Connect,
    /// The connection is lost after these chunks of the body.
    Break,
}

impl FakeResponse {
    /// Creates a response with a status, such as `200`, and a body.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: Vec::new(), chunks: vec![body.into()], failure: None }
    }

    /// Creates a response whose body is JSON.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, body).with_header(CONTENT_TYPE.as_str(), "application/json; charset=UTF-8")
    }

    /// Creates a response with an error as Google's services write it: `code` is its HTTP status, `status` the name of
    /// its `google.rpc.Code`, such as `NOT_FOUND`.
    pub fn error(code: u16, status: &str, message: &str) -> Self {
        let error = serde_json::json!({ "error": { "code": code, "status": status, "message": message } });
        Self::json(code, error.to_string())
    }

    /// Creates a response that is a stream of server-sent events, one for each of these messages in JSON. Each arrives
    /// in a chunk of its own.
    pub fn events<T: AsRef<str>>(messages: impl IntoIterator<Item = T>) -> Self {
        let chunks = messages.into_iter().map(|message| {
            let lines: String = message.as_ref().lines().map(|line| format!("data: {line}\n")).collect();
            Bytes::from(lines + "\n")
        });
        let chunks = chunks.collect();
        Self { chunks, ..Self::new(200, "") }.with_header(CONTENT_TYPE.as_str(), "text/event-stream")
    }

    /// Creates a connection that cannot be made: nothing is sent.
    #[must_use]
    pub fn no_connection() -> Self {
        Self { failure: Some(Failure::Connect), ..Self::new(200, "") }
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a chunk to the body.
    #[must_use]
    pub fn with_chunk(mut self, chunk: impl Into<Bytes>) -> Self {
        self.chunks.push(chunk.into());
        self
    }

    /// Returns the response with a connection that is lost after the body.
    #[must_use]
    pub fn broken(mut self) -> Self {
        self.failure = Some(Failure::Break);
        self
    }

    fn into_http(self) -> Result<Response<Body>, TransportError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name).map_err(TransportError::broken)?;
            headers.append(name, HeaderValue::try_from(value).map_err(TransportError::broken)?);
        }
        let failure = match self.failure {
            Some(Failure::Connect) => return Err(TransportError::connect("no connection, as the test wants it")),
            Some(Failure::Break) => Some(TransportError::broken("the connection broke, as the test wants it")),
            None => None,
        };
        let mut response = Response::new(Body::from_stream(Chunks { chunks: self.chunks.into(), failure }));
        *response.status_mut() = StatusCode::from_u16(self.status).map_err(TransportError::broken)?;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

struct Chunks {
    chunks: VecDeque<Bytes>,
    failure: Option<TransportError>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.chunks.pop_front().map(Ok);
        Poll::Ready(chunk.or_else(|| self.failure.take().map(Err)))
    }
}
