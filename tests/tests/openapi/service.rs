//! Transport that records requests and returns its responses in order, repeating the last one.

use bytes::Bytes;
use discovery_runtime::http::{Body, BoxFuture, ClientBuilder, Transport, TransportError};
use http::{Request, Response};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
pub(super) struct Service {
    answers: Arc<Vec<Response<Bytes>>>,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Transport for Service {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut requests = self.requests.lock().unwrap();
        let answer = self.answers[requests.len().min(self.answers.len() - 1)].clone().map(Body::from);
        requests.push(request);
        Box::pin(async { Ok(answer) })
    }
}

impl Service {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        let answer = Response::builder().status(status).header("content-type", kind).body(body.into()).unwrap();
        Self { answers: Arc::new(vec![answer]), requests: Arc::default() }
    }

    /// Creates a service with one redirect.
    pub(super) fn redirect(location: &str) -> Self {
        let answer = Response::builder().status(302).header("location", location).body(Bytes::new()).unwrap();
        Self { answers: Arc::new(vec![answer]), requests: Arc::default() }
    }

    /// Creates a service with JSON responses, each with a header `link` unless that is empty.
    pub(super) fn pages(pages: &[(&str, &str)]) -> Self {
        let page = |(link, body): &(&str, &str)| {
            let answer = Response::builder().header("content-type", "application/json");
            let answer = if link.is_empty() { answer } else { answer.header("link", *link) };
            answer.body(Bytes::from(body.to_string())).unwrap()
        };
        Self { answers: Arc::new(pages.iter().map(page).collect()), requests: Arc::default() }
    }

    /// Returns the URI of every request.
    pub(super) fn targets(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.uri().to_string()).collect()
    }

    pub(super) fn client<C: From<discovery_runtime::http::Client>>(&self, builder: ClientBuilder<C>) -> C {
        builder.with_transport(self.clone()).build().unwrap()
    }

    /// Returns the last request.
    pub(super) fn last_request(&self) -> Request<Bytes> {
        self.requests.lock().unwrap().pop().expect("there is a request")
    }
}

pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}
