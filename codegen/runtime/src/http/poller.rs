//! Polling of long-running operations and jobs.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::http::response;
use bytes::Bytes;
use futures_core::Stream;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::call::Call;
use super::call_parts::CallParts;
use super::deadline;
use super::descriptor::{HttpMethod, Job};
use super::error::{DecodeError, Error};
use super::kind::Operation;
use super::response::Response;
use super::sender::{BodyMode, Sender};
use super::status::Status;
use super::transport::BoxFuture;
use super::usage_error::UsageError;
use super::{request, send};
use crate::json;

/// Default wait before the second poll.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// Longest default wait between two polls.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl<R, T: Response, M: Response> Call<R, Operation<T, M>> {
    /// Returns a poller that makes the call when it is first polled, and then polls the operation until it ends.
    pub fn poller(&self) -> Poller<T, M> {
        Poller::new(self.parts.clone(), None)
    }
}

/// Poller of an operation or a job with the progress `M` and the result `T`.
///
/// A stream of [`Step`]s, the last of which is [`Step::Done`]; [`Self::wait`] returns that alone.
///
/// The call that starts the operation is made once, and retried only as [`RetryPolicy`] allows. After a poll that
/// failed the poller can be polled again, since the operation continues.
///
/// [`RetryPolicy`]: super::RetryPolicy
#[must_use = "nothing is started until the poller is polled"]
pub struct Poller<T, M> {
    call: CallParts,
    name: Option<String>,
    state: State,
    interval: Option<Duration>,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    wait: Duration,
    types: PhantomData<fn() -> (T, M)>,
}

/// Result of one poll.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step<T, M> {
    /// The operation is running, with its progress if the service reports any.
    Running(Option<M>),
    /// The operation has succeeded.
    Done(T),
}

type Fetched = Result<(response::Parts, Bytes), Error>;

enum State {
    /// No request is under way. The next one starts the operation, if it has no name yet, or polls it.
    Idle,
    Busy(BoxFuture<'static, Fetched>),
    Ended,
}

impl<T: Response, M: Response> Poller<T, M> {
    pub(super) fn new(call: CallParts, name: Option<String>) -> Self {
        Self {
            call,
            name,
            state: State::Idle,
            interval: None,
            timeout: None,
            deadline: None,
            wait: Duration::ZERO,
            types: PhantomData,
        }
    }

    /// Sets the wait between two polls. The default is one second at first, growing to half a minute.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// Sets the time limit of polling, counted from the first poll. The poller then returns [`Error::Timeout`] once;
    /// the operation continues, and another poll starts the limit anew.
    pub fn with_deadline(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Returns the name of the operation or job, once it is known. Another process can poll it by that name, with an
    /// [`OperationHandle`](super::OperationHandle).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the next step: the start of the operation first, then one poll after each interval. `None` after the
    /// end. Cancel safe.
    ///
    /// # Errors
    /// Those of [`Call::send`], and [`Error::Operation`] when the operation failed.
    pub async fn next(&mut self) -> Option<Result<Step<T, M>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Waits for the result. After any error but [`Error::Operation`] it can be called again.
    ///
    /// # Errors
    /// Those of [`Self::next`]; [`Error::Usage`] when the result was already returned.
    pub async fn wait(&mut self) -> Result<T, Error> {
        loop {
            match self.next().await {
                Some(Ok(Step::Done(result))) => return Ok(result),
                Some(Ok(Step::Running(_))) => {}
                Some(Err(error)) => return Err(error),
                None => return Err(UsageError::Ended.into()),
            }
        }
    }

    /// Asks the service to cancel the operation, which continues until the service has done so: its end still has to be
    /// waited for.
    ///
    /// # Errors
    /// Those of [`Call::send`]; [`Error::Usage`] when nothing was started.
    pub fn cancel(&self) -> impl Future<Output = Result<(), Error>> + Send + use<T, M> {
        let (http_method, path, action) = match self.call.method.job.and_then(|job| job.cancel) {
            Some((http_method, path)) => (http_method, Some(path), ""),
            None => (HttpMethod::Post, None, ":cancel"),
        };
        let has_body = matches!(http_method, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch);
        let body = has_body.then(|| Bytes::from_static(b"{}"));
        let request = self.named_request(http_method, path, action, body);
        async {
            let (request, sender) = request?;
            sender.send(request, BodyMode::Buffered).await.map(|_| ())
        }
    }

    fn named_request(
        &self,
        http_method: HttpMethod,
        path: Option<&str>,
        action: &str,
        body: Option<Bytes>,
    ) -> Result<(::http::Request<Bytes>, Sender), Error> {
        let missing = || UsageError::Missing { name: "name".to_owned() };
        let name = self.name.as_deref().ok_or_else(missing)?;
        let options = request::effective_options(&self.call)?;
        let url = request::poll_url(&self.call, &options, name, path, action)?;
        let request = request::request(&self.call, &options, http_method, url, body)?;
        // Polling and cancelling are idempotent.
        Ok((request, Sender::new(&self.call, options).idempotent()))
    }

    fn poll_once(&self, wait: Duration) -> BoxFuture<'static, Fetched> {
        let request = self.named_request(HttpMethod::Get, None, "", None);
        let call = self.call.clone();
        Box::pin(async move {
            tokio::time::sleep(wait).await;
            let (request, sender) = request?;
            let response = sender.send(request, BodyMode::Buffered).await?;
            send::read(&call, response).await
        })
    }

    /// Returns the wait before the next poll, which grows.
    fn next_wait(&mut self) -> Duration {
        let wait = self.wait;
        self.wait = wait.saturating_add(wait.div_f32(2.0)).clamp(FIRST_WAIT, LONGEST_WAIT);
        self.interval.unwrap_or(wait)
    }

    fn step(&mut self, head: &response::Parts, body: &Bytes) -> Result<Step<T, M>, Error> {
        let fault = |message: &str| {
            let text = String::from_utf8_lossy(body);
            let error = json::Error::at(message, &text, 0);
            Error::from(DecodeError::new(head, body, error))
        };
        let value: Value = serde_json::from_slice(body).map_err(|error| fault(&error.to_string()))?;
        let Value::Object(object) = value else {
            return Err(fault("expected an object"));
        };
        let key = self.call.method.job.map_or("name", |job| job.name);
        if self.name.is_none() {
            self.name = match object.get(key) {
                Some(Value::String(name)) => Some(name.clone()),
                Some(Value::Number(id)) => Some(id.to_string()),
                _ => None,
            };
        }
        let outcome = match self.call.method.job {
            Some(job) => read_job(job, object, body),
            None => read_operation(object),
        };
        match outcome {
            Outcome::Running(_) if self.name.is_none() => {
                Err(fault(&format!("the response has no `{key}`, and the operation has not ended")))
            }
            Outcome::Running(progress) => {
                // Progress that cannot be decoded does not stop the poller.
                Ok(Step::Running(progress.and_then(|progress| M::decode(&progress).ok())))
            }
            Outcome::Done(result) => {
                self.state = State::Ended;
                send::decode(head, &result).map(Step::Done)
            }
            Outcome::Failed(status) => {
                self.state = State::Ended;
                Err(Error::Operation(Box::new(status)))
            }
        }
    }
}

/// Outcome of a poll, as JSON.
enum Outcome {
    Running(Option<Bytes>),
    Done(Bytes),
    Failed(Status),
}

/// Reads a `google.longrunning.Operation`.
fn read_operation(mut operation: Map<String, Value>) -> Outcome {
    if let Some(error) = error_in(&operation, "error") {
        return Outcome::Failed(error);
    }
    if operation.get("done") == Some(&Value::Bool(true)) {
        return Outcome::Done(operation.remove("response").map_or(Bytes::from_static(b"{}"), untyped));
    }
    Outcome::Running(operation.remove("metadata").map(untyped))
}

/// Returns the JSON of an `Any` without the name of its type.
fn untyped(mut any: Value) -> Bytes {
    if let Value::Object(any) = &mut any {
        any.remove("@type");
    }
    any.to_string().into()
}

fn read_job(job: &'static Job, object: Map<String, Value>, body: &Bytes) -> Outcome {
    let state = object.get(job.state).and_then(Value::as_str).unwrap_or_default();
    if job.succeeded.contains(&state) {
        return Outcome::Done(body.clone());
    }
    let error = error_in(&object, job.error);
    let has_ended = object.get(END_TIME).is_some_and(|time| !time.is_null());
    if !job.failed.contains(&state) {
        // A state that the document does not list, or one of a running job.
        match error {
            None if !has_ended => return Outcome::Running(Some(body.clone())),
            None if !is_failure(state) => return Outcome::Done(body.clone()),
            None | Some(_) => {}
        }
    }
    let mut status = error.unwrap_or_default();
    if status.status.is_empty() {
        state.clone_into(&mut status.status);
    }
    Outcome::Failed(status)
}

/// Property that a job has when it has ended: <https://google.aip.dev/148>.
const END_TIME: &str = "endTime";

/// Returns the error in a property. One that is empty or has the code 0, `OK`, is none.
fn error_in(object: &Map<String, Value>, property: &str) -> Option<Status> {
    let error = object.get(property).and_then(Value::as_object)?;
    let is_unset = |value: &Value| match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    };
    let is_ok = error.values().all(is_unset) || error.get("code").and_then(Value::as_i64) == Some(0);
    (!is_ok).then(|| Status::from_object(error))
}

/// Returns `true` for the name of a state in which a job ended without a result.
fn is_failure(state: &str) -> bool {
    let words = ["FAIL", "ERROR", "CANCEL", "ABORT", "EXPIRED", "REJECTED", "TIMED_OUT", "TIMEOUT"];
    let state = state.to_ascii_uppercase();
    words.iter().any(|word| state.contains(word))
}

impl<T: Response, M: Response> Stream for Poller<T, M> {
    type Item = Result<Step<T, M>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Idle if this.name.is_none() => {
                    this.state = State::Busy(Box::pin(send::fetch(this.call.clone())))
                }
                State::Idle => {
                    let deadline =
                        *this.deadline.get_or_insert_with(|| deadline::from_now(this.timeout.unwrap_or(Duration::MAX)));
                    let mut wait = this.next_wait();
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        this.deadline = None;
                        return Poll::Ready(Some(Err(Error::Timeout { after: this.timeout.unwrap_or_default() })));
                    }
                    wait = wait.min(left);
                    this.state = State::Busy(this.poll_once(wait));
                }
                State::Busy(response) => {
                    let response = ready!(response.as_mut().poll(cx));
                    let started = this.name.is_some();
                    this.deadline.get_or_insert_with(|| deadline::from_now(this.timeout.unwrap_or(Duration::MAX)));
                    this.state = State::Idle;
                    let step = response.and_then(|(head, body)| this.step(&head, &body));
                    if step.is_err() && this.name.is_none() {
                        this.state = State::Ended;
                    }
                    if !started && this.name.is_some() {
                        this.wait = FIRST_WAIT;
                    }
                    return Poll::Ready(Some(step));
                }
            }
        }
    }
}

impl<T, M> fmt::Debug for Poller<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller").field("method", &self.call.method.id).field("name", &self.name).finish_non_exhaustive()
    }
}
