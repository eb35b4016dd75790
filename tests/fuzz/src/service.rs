//! Targets of responses: error bodies, retry delays, ranges of uploads.

use crate::choices::Choices;
use bytes::Bytes;
use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{
    Api, Body, BoxFuture, Call, CallOptions, Client, HttpMethod, Method, Param, RetryPolicy, ServiceError, Transport,
    TransportError, Unary, Upload, UploadProtocols,
};
use discovery_runtime::serde_json::Value;
use futures_core::Stream;
use http::header::{LOCATION, RANGE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;

/// Target for the bodies of error responses.
///
/// # Panics
/// When the decoded error is larger than the body.
pub fn errors(data: &[u8]) {
    let error = ServiceError::new(StatusCode::BAD_REQUEST, HeaderMap::new(), data);
    assert!(error.status.message.len() <= 3 * data.len(), "{:?}", error.status);
    let message = error.to_string();
    assert!(message.starts_with("the service"), "{message}");
    let _ = (error.status.retry_delay(), error.status.reason(), format!("{error:?}"));
}

static API: Api = Api { name: "x", version: "v1", root_url: "https://x.example.com/", ..Api::EMPTY };
static GET: Method = Method { id: "x.get", path: "v1/x", params: &[Param::query("pageToken")], ..Method::EMPTY };
static UPLOAD: Method = Method {
    id: "x.upload",
    http_method: HttpMethod::Post,
    path: "v1/files",
    body: true,
    upload: Some(&UploadProtocols {
        simple: "/upload/v1/files",
        multipart: true,
        resumable: "/resumable/upload/v1/files",
        max_size: 0,
        accept: &[],
    }),
    ..Method::EMPTY
};

/// Transport that returns prepared responses, and then a success.
struct Prepared(Mutex<Vec<Response<Vec<Bytes>>>>);

/// Body that arrives in chunks.
struct Pieces(VecDeque<Bytes>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

impl Transport for Prepared {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let next = self.0.lock().ok().and_then(|mut answers| answers.pop());
        let answer = next.unwrap_or_else(|| Response::new(vec![Bytes::from_static(b"{}")]));
        Box::pin(async move { Ok(answer.map(|pieces| Body::from_stream(Pieces(pieces.into())))) })
    }
}

pub(crate) fn client(answers: Vec<Response<Vec<Bytes>>>, options: CallOptions) -> Client {
    let transport = Prepared(Mutex::new(answers.into_iter().rev().collect()));
    let client = Client::builder(&API).with_transport(transport).with_options(options).build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

/// Runs a future on a paused clock, so that waits take no time.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap_or_else(|error| panic!("{error}")).block_on(future)
}

pub(crate) fn answer<B: From<Bytes>>(status: u16, headers: &[(HeaderName, &[u8])], body: &[u8]) -> Response<B> {
    let mut answer = Response::new(B::from(Bytes::copy_from_slice(body)));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            answer.headers_mut().append(name.clone(), value);
        }
    }
    answer
}

/// Returns a response whose body arrives in one chunk.
fn whole(status: u16, headers: &[(HeaderName, &[u8])], body: &[u8]) -> Response<Vec<Bytes>> {
    answer::<Bytes>(status, headers, body).map(|body| vec![body])
}

/// Returns options with arbitrary durations, also beyond the range of clocks.
fn times(choices: &mut Choices<'_>) -> CallOptions {
    let mut time = || match choices.below(4) {
        0 => Duration::MAX,
        1 => Duration::from_secs(u64::from(choices.byte())),
        2 => Duration::from_secs(u64::MAX / 2),
        _ => Duration::from_secs(60),
    };
    let retry = RetryPolicy::default().with_delays(Duration::from_millis(1), time());
    CallOptions::new().with_retry(retry).with_timeout(time()).with_attempt_timeout(time())
}

/// Target for `Retry-After` and `RetryInfo` of a response, and for the durations of a call.
pub fn retry_after(data: &[u8]) {
    let mut choices = Choices::new(data);
    let options = times(&mut choices);
    let status = *choices.of(&[429, 503, 500, 408]);
    let header = choices.text();
    let body = match choices.below(2) {
        0 => choices.text(),
        _ => {
            let delay = serde_json::Value::from(choices.text());
            format!(r#"{{"error":{{"details":[{{"@type":"/google.rpc.RetryInfo","retryDelay":{delay}}}]}}}}"#)
        }
    };
    let answers = vec![whole(status, &[(RETRY_AFTER, header.as_bytes())], body.as_bytes())];
    let call: Call<Value, Unary> = Call::new(client(answers, options), &GET);
    let _ = run(call.send());
}

/// Target for `range` and `location` in responses to a resumable upload.
pub fn upload_range(data: &[u8]) {
    let mut choices = Choices::new(data);
    let options = times(&mut choices);
    let size = choices.below(3) * (300 << 10) + choices.below(3);
    let mut answers = vec![whole(200, &[(LOCATION, choices.text().as_bytes())], b"")];
    if choices.below(4) > 0 {
        answers = vec![whole(200, &[(LOCATION, b"https://x.example.com/session")], b"")];
    }
    while !choices.is_empty() && answers.len() < 12 {
        let status = *choices.of(&[308, 308, 308, 200, 503, 404]);
        let range = choices.text();
        answers.push(whole(status, &[(RANGE, range.as_bytes())], b"{}"));
    }
    let call: Call<Value, Upload> = Call::new(client(answers, options), &UPLOAD);
    let media = Media::new("text/plain", vec![0; size]);
    let _ = run(call.upload(media).with_protocol(Protocol::Resumable).with_part_size(1).send());
}
