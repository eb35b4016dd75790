//! What takes long: operations, and jobs that are watched until they end.

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

use super::call::{Call, Parts};
use super::deadline;
use super::descriptor::{Job, Verb};
use super::error::{DecodeError, Error};
use super::exchange::{Exchange, Want};
use super::kind::Operation;
use super::resource::Resource;
use super::response::Response;
use super::status::Status;
use super::transport::BoxFuture;
use super::usage_error::UsageError;
use super::{request, send};
use crate::json;

/// The first wait between two looks, unless told.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two looks, unless told.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl<R, T: Response, M: Response> Call<R, Operation<T, M>> {
    /// Makes the call, when first asked, and watches what it started until it ends.
    pub fn poller(&self) -> Poller<T, M> {
        Poller::new(self.parts.clone(), None)
    }

    /// Watches what a call of this method started, in this process or another; nothing is started again.
    pub fn resume(&self, name: &str) -> Poller<T, M> {
        Poller::new(self.parts.clone(), Some(name.to_owned()))
    }
}

impl Resource {
    /// Watches what a call of the method with this number started, in this process or another.
    pub fn resume<T: Response, M: Response>(&self, method: usize, name: &str) -> Poller<T, M> {
        self.call::<(), Operation<T, M>>(method, &[]).resume(name)
    }
}

/// Something that takes long: an operation or a job, with its progress `M` and its result `T`.
///
/// A stream of [`Step`]s, the last of which is [`Step::Done`]; or wait for that alone with [`Self::wait`].
///
/// The call that starts it is made once: when that fails, nothing is tried again but what [`RetryPolicy`] allows. When
/// a look fails the poller can be asked again, since what it looks at goes on.
///
/// [`RetryPolicy`]: super::RetryPolicy
#[must_use = "nothing is started until the poller is asked"]
pub struct Poller<T, M> {
    call: Parts,
    name: Option<String>,
    state: State,
    interval: Option<Duration>,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    wait: Duration,
    types: PhantomData<fn() -> (T, M)>,
}

/// What a look shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step<T, M> {
    /// It goes on. The progress is there if the service reports any.
    Running(Option<M>),
    /// It ended well.
    Done(T),
}

type Answer = Result<(response::Parts, Bytes), Error>;

enum State {
    /// Nothing is on its way. What comes next is the start, if there is no name yet, else a look.
    Idle,
    Busy(BoxFuture<'static, Answer>),
    Ended,
}

impl<T: Response, M: Response> Poller<T, M> {
    fn new(call: Parts, name: Option<String>) -> Self {
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

    /// How long to wait from one look to the next. Unless told, one second at first, growing to half a minute.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// How long to look altogether, counted from when the poller is first asked. After that comes one
    /// [`Error::Timeout`]; what is looked at goes on, and asking again begins to count anew.
    pub fn with_deadline(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The name of the operation or job, once it is known: what to keep so that another process can
    /// [`resume`](Call::resume).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The next step: the start at first, then a look after each interval. `None` after the end. Losing the future
    /// loses nothing: what was on its way is asked for again.
    ///
    /// # Errors
    /// Those of [`Call::send`], and [`Error::Operation`] when it ended badly.
    pub async fn next(&mut self) -> Option<Result<Step<T, M>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The result. When it fails for any reason but the operation's own, it can be asked again.
    ///
    /// # Errors
    /// Those of [`Self::next`]; [`Error::Usage`] when the result was given before.
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

    /// Asks the service to cancel it. It goes on until the service has done so: its end still has to be waited for.
    ///
    /// # Errors
    /// Those of [`Call::send`]; [`Error::Usage`] when nothing was started.
    pub fn cancel(&self) -> impl Future<Output = Result<(), Error>> + Send + use<T, M> {
        let request = self.named_request(Verb::Post, ":cancel", Some(Bytes::from_static(b"{}")));
        async {
            let (request, exchange) = request?;
            exchange.run(request, Want::Whole).await.map(|_| ())
        }
    }

    fn named_request(
        &self,
        verb: Verb,
        action: &str,
        body: Option<Bytes>,
    ) -> Result<(::http::Request<Bytes>, Exchange), Error> {
        let missing = || UsageError::Missing { name: "name".to_owned() };
        let name = self.name.as_deref().ok_or_else(missing)?;
        let options = request::effective_options(&self.call)?;
        let url = request::poll_url(&self.call, &options, name, action)?;
        let request = request::request(&self.call, &options, verb, url, body)?;
        // Reading is safe to repeat, and so is cancelling.
        Ok((request, Exchange::new(&self.call, options).idempotent()))
    }

    fn look(&self, wait: Duration) -> BoxFuture<'static, Answer> {
        let request = self.named_request(Verb::Get, "", None);
        let call = self.call.clone();
        Box::pin(async move {
            tokio::time::sleep(wait).await;
            let (request, exchange) = request?;
            let answer = exchange.run(request, Want::Whole).await?;
            send::read(&call, answer).await
        })
    }

    /// How long to wait before the next look; longer each time.
    fn next_wait(&mut self) -> Duration {
        let wait = self.wait;
        self.wait = wait.saturating_add(wait.div_f32(2.0)).clamp(FIRST_WAIT, LONGEST_WAIT);
        self.interval.unwrap_or(wait)
    }

    fn step(&mut self, head: &response::Parts, body: &Bytes) -> Result<Step<T, M>, Error> {
        let fault = |message: &str| {
            let text = String::from_utf8_lossy(body);
            let error = json::Error::at(message, &text, 0);
            Error::Decode(Box::new(DecodeError { http_status: head.status, headers: head.headers.clone(), error }))
        };
        let value: Value = serde_json::from_slice(body).map_err(|error| fault(&error.to_string()))?;
        let Value::Object(object) = value else {
            return Err(fault("expected an object"));
        };
        if let Some(name) = object.get("name").and_then(Value::as_str)
            && self.name.is_none()
        {
            self.name = Some(name.to_owned());
        }
        let seen = match self.call.method.job {
            Some(job) => look_at_job(job, object, body),
            None => look_at_operation(object),
        };
        match seen {
            Seen::Running(_) if self.name.is_none() => Err(fault("it has no `name` and has not ended")),
            Seen::Running(progress) => {
                // Progress that cannot be read is no reason to lose what it leads to.
                Ok(Step::Running(progress.and_then(|progress| M::decode(&progress).ok())))
            }
            Seen::Done(result) => {
                self.state = State::Ended;
                send::decode(head, &result).map(Step::Done)
            }
            Seen::Failed(status) => {
                self.state = State::Ended;
                Err(Error::Operation(Box::new(status)))
            }
        }
    }
}

/// What an answer shows, as JSON.
enum Seen {
    Running(Option<Bytes>),
    Done(Bytes),
    Failed(Status),
}

/// `google.longrunning.Operation`.
fn look_at_operation(mut operation: Map<String, Value>) -> Seen {
    if let Some(error) = error_in(&operation, "error") {
        return Seen::Failed(error);
    }
    if operation.get("done") == Some(&Value::Bool(true)) {
        return Seen::Done(operation.remove("response").map_or(Bytes::from_static(b"{}"), untyped));
    }
    Seen::Running(operation.remove("metadata").map(untyped))
}

/// The JSON of an `Any`, without the name of its type.
fn untyped(mut any: Value) -> Bytes {
    if let Value::Object(any) = &mut any {
        any.remove("@type");
    }
    any.to_string().into()
}

fn look_at_job(job: &'static Job, object: Map<String, Value>, body: &Bytes) -> Seen {
    let state = object.get(job.state).and_then(Value::as_str).unwrap_or_default();
    if job.succeeded.contains(&state) {
        return Seen::Done(body.clone());
    }
    let error = error_in(&object, job.error);
    let has_ended = object.get(END_TIME).is_some_and(|time| !time.is_null());
    if !job.failed.contains(&state) {
        // A state that the document does not list, as one that is newer.
        match error {
            None if !has_ended => return Seen::Running(Some(body.clone())),
            None if !says_failure(state) => return Seen::Done(body.clone()),
            None | Some(_) => {}
        }
    }
    let mut status = error.unwrap_or_default();
    if status.status.is_empty() {
        state.clone_into(&mut status.status);
    }
    Seen::Failed(status)
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

/// Returns true for the name of a state in which a job ended without a result.
fn says_failure(state: &str) -> bool {
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
                    this.state = State::Busy(this.look(wait));
                }
                State::Busy(answer) => {
                    let answer = ready!(answer.as_mut().poll(cx));
                    let started = this.name.is_some();
                    this.deadline.get_or_insert_with(|| deadline::from_now(this.timeout.unwrap_or(Duration::MAX)));
                    this.state = State::Idle;
                    let step = answer.and_then(|(head, body)| this.step(&head, &body));
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

/// Shows the method and the name.
impl<T, M> fmt::Debug for Poller<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller").field("method", &self.call.method.id).field("name", &self.name).finish_non_exhaustive()
    }
}
