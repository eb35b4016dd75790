//! Sending of requests, with credentials, redirects, timeouts and retries.

use std::pin::Pin;
use std::time::Duration;

use ::http::header::{COOKIE, HeaderValue};
use ::http::{HeaderMap, Request, Response, StatusCode};
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::time::Instant;
use tracing::Instrument;

use super::call_parts::CallParts;
use super::client::Client;
use super::deadline;
use super::descriptor::Method;
use super::endpoint;
use super::error::Error;
use super::options::{CallOptions, is_reserved};
use super::redirect;
use super::retry::RetryPolicy;
use super::service_error::ServiceError;
use super::span;
use super::transport::{Body, BoxFuture, Transport};
use super::usage_error::UsageError;

/// Default time limit of one attempt.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(300);
/// Default size limit of a response, in bytes.
const RESPONSE_LIMIT: u64 = 256 << 20;
/// Size limit of the body of an error response, in bytes.
const ERROR_LIMIT: u64 = 1 << 20;

/// Form in which a caller reads a response.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum BodyMode {
    /// The whole body: an attempt fails when the connection is lost within it.
    Buffered,
    /// The body as it arrives.
    Streamed,
}

/// Sends the requests of a call, with credentials, redirects, timeouts and retries.
#[derive(Clone)]
pub(crate) struct Sender {
    client: Client,
    method: &'static Method,
    pub(crate) options: CallOptions,
    idempotent: bool,
    /// Status that is a success besides 2xx.
    extra_success_status: Option<StatusCode>,
}

impl Sender {
    pub(crate) fn new(call: &CallParts, options: CallOptions) -> Self {
        let idempotent = options.idempotent.unwrap_or_else(|| call.method.is_idempotent());
        Self { client: call.client.clone(), method: call.method, options, idempotent, extra_success_status: None }
    }

    /// Allows retries regardless of the method.
    pub(crate) fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Accepts this status besides 2xx.
    pub(crate) fn with_extra_success_status(mut self, status: StatusCode) -> Self {
        self.extra_success_status = Some(status);
        self
    }

    /// Sets the retry policy.
    pub(crate) fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    pub(crate) fn attempt_timeout(&self) -> Duration {
        self.options.attempt_timeout.unwrap_or(ATTEMPT_TIMEOUT)
    }

    pub(crate) fn response_limit(&self) -> u64 {
        self.options.response_limit.unwrap_or(RESPONSE_LIMIT)
    }

    /// Returns the maximum number of retries.
    pub(crate) fn max_retries(&self) -> u32 {
        if self.idempotent { self.options.retry.unwrap_or_default().max_attempts.saturating_sub(1) } else { 0 }
    }

    /// Sends a request, and retries it as the policy allows.
    pub(crate) fn send(
        self,
        request: Request<Bytes>,
        mode: BodyMode,
    ) -> BoxFuture<'static, Result<Response<Body>, Error>> {
        Box::pin(async move { self.send_with_retries(&request, mode).await })
    }

    async fn send_with_retries(&self, request: &Request<Bytes>, mode: BodyMode) -> Result<Response<Body>, Error> {
        let deadline = self.options.timeout.map(deadline::from_now);
        let policy = self.options.retry.unwrap_or_default();
        let mut waits = waits(&policy);
        let mut refreshed = false;
        let mut attempts = 0_u32;
        loop {
            let span = span::of_attempt(self.method, request, attempts);
            attempts = attempts.saturating_add(1);
            let limit = self.attempt_timeout();
            let left = deadline.map_or(limit, |deadline| deadline.saturating_duration_since(Instant::now()));
            let attempt = self.attempt(request, mode, &mut refreshed).instrument(span.clone());
            let result = tokio::time::timeout(limit.min(left), attempt).await.unwrap_or_else(|_| {
                let after = if left < limit { self.options.timeout } else { None };
                Err(Error::Timeout { after: after.unwrap_or(limit) })
            });
            span::record(&span, &result);
            let error = match result {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            if attempts >= policy.max_attempts || !self.may_repeat(&error) {
                return Err(error);
            }
            let Some(wait) = next_wait(&mut waits, &policy, &error) else {
                return Err(error);
            };
            if deadline.is_some_and(|deadline| wait >= deadline.saturating_duration_since(Instant::now())) {
                return Err(error);
            }
            tracing::debug!(attempts, wait = ?wait, error = %error, "retrying");
            tokio::time::sleep(wait).await;
        }
    }

    /// Returns `true` if the request can be retried after this error.
    pub(crate) fn may_repeat(&self, error: &Error) -> bool {
        match error {
            Error::Transport(error) => self.idempotent || !error.may_have_been_sent(),
            Error::Timeout { .. } => self.idempotent,
            Error::Service(error) => {
                self.idempotent && matches!(error.http_status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
            }
            _ => false,
        }
    }

    /// Sends the request once; twice if the service responds with 401 and there are fresh credentials, at most once in
    /// a call.
    async fn attempt(
        &self,
        request: &Request<Bytes>,
        mode: BodyMode,
        refreshed: &mut bool,
    ) -> Result<Response<Body>, Error> {
        self.client.check_privacy(request)?;
        let credentials = self.client.credentials_for(request.uri())?;
        let headers = match credentials {
            Some(credentials) => credentials.headers(self.method).await?,
            None => HeaderMap::new(),
        };
        let keyed;
        let request = match credentials.map(|credentials| credentials.query(self.method)).transpose()? {
            Some(query) if !query.is_empty() => {
                keyed = with_query(request, &query)?;
                &keyed
            }
            _ => request,
        };
        let mut response = self.follow(self.with_credentials(request, &headers)?).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(credentials) = credentials
            && headers.keys().any(|name| !self.options.headers.contains_key(name))
            && !std::mem::replace(refreshed, true)
            && let Some(fresh) = credentials.refresh(self.method, &headers).await?
        {
            tracing::debug!("the credentials were rejected; retrying with fresh ones");
            response = self.follow(self.with_credentials(request, &fresh)?).await?;
        }
        let status = response.status();
        let is_redirect = self.method.returns_redirect && status.is_redirection();
        if !status.is_success() && !is_redirect && Some(status) != self.extra_success_status {
            // The status is reported even if the body cannot be read.
            let body = collect(response.body_mut(), ERROR_LIMIT).await.unwrap_or_default();
            return Err(ServiceError::new(status, std::mem::take(response.headers_mut()), &body).into());
        }
        if mode == BodyMode::Buffered {
            let body = collect(response.body_mut(), self.response_limit()).await?;
            *response.body_mut() = body.into();
        }
        Ok(response)
    }

    /// Adds credentials to a request, except those that the caller has set for this call: a project to bill, a token.
    fn with_credentials(&self, request: &Request<Bytes>, headers: &HeaderMap) -> Result<Request<Bytes>, UsageError> {
        let mut request = request.clone();
        for (name, value) in headers {
            if is_reserved(name) {
                return Err(UsageError::ReservedHeader { name: name.to_string() });
            }
            if self.options.headers.contains_key(name) {
                continue;
            }
            // Cookies of parameters and of credentials are in one header.
            let value = match request.headers().get(name).filter(|_| *name == COOKIE) {
                Some(cookies) => joined(cookies, value)?,
                None => value.clone(),
            };
            request.headers_mut().insert(name, value);
        }
        Ok(request)
    }

    /// Sends a request, and follows redirects, unless the method returns them.
    async fn follow(&self, mut request: Request<Bytes>) -> Result<Response<Body>, Error> {
        #[cfg(feature = "client")]
        let own;
        let transport: &dyn Transport = match &self.client.0.transport {
            Some(transport) => &**transport,
            #[cfg(feature = "client")]
            None => {
                own = super::reqwest_transport::ReqwestTransport::shared()?;
                &own
            }
            #[cfg(not(feature = "client"))]
            None => return Err(UsageError::NoTransport.into()),
        };
        if self.method.returns_redirect {
            let mut response = transport.send(request.clone()).await?;
            redirect::make_absolute(&request, response.headers_mut());
            return Ok(response);
        }
        for _ in 0..redirect::LIMIT {
            let response = transport.send(request.clone()).await?;
            let Some(target) = redirect::target(&request, &response) else {
                return Ok(response);
            };
            let target = target?;
            if !endpoint::same_origin(request.uri(), &target) {
                *request.headers_mut() = redirect::without_credentials(request.headers());
            }
            *request.uri_mut() = target;
        }
        Ok(transport.send(request).await?)
    }
}

/// Returns a request with one more part of the query.
fn with_query(request: &Request<Bytes>, query: &str) -> Result<Request<Bytes>, UsageError> {
    let mut request = request.clone();
    let uri = request.uri().to_string();
    let separator = if uri.contains('?') { '&' } else { '?' };
    let uri = format!("{uri}{separator}{query}");
    let length = uri.len();
    *request.uri_mut() = uri.try_into().map_err(|_| UsageError::Url { length })?;
    Ok(request)
}

/// Returns cookies in one header.
fn joined(first: &HeaderValue, second: &HeaderValue) -> Result<HeaderValue, UsageError> {
    let fault = |_| UsageError::Header { name: COOKIE.to_string() };
    let both = [first.as_bytes(), b"; ", second.as_bytes()].concat();
    let mut both = HeaderValue::from_bytes(&both).map_err(fault)?;
    both.set_sensitive(true);
    Ok(both)
}

/// Returns the waits between attempts.
pub(crate) fn waits(policy: &RetryPolicy) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_jitter()
        .with_min_delay(policy.min_delay)
        .with_max_delay(policy.max_delay)
        .with_factor(2.0)
        .without_max_times()
        .build()
}

/// Returns the next wait, or the one that the service asks for if that is longer; `None` when it asks for more than the
/// policy allows.
pub(crate) fn next_wait(waits: &mut ExponentialBackoff, policy: &RetryPolicy, error: &Error) -> Option<Duration> {
    let wait = waits.next().unwrap_or(policy.max_delay);
    let requested = error.retry_delay().unwrap_or_default();
    (requested <= policy.max_server_delay).then(|| wait.max(requested))
}

/// Reads a whole body.
///
/// # Errors
/// [`Error::TooLarge`] for more than `limit` bytes.
pub(crate) async fn collect<E>(
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    limit: u64,
) -> Result<Bytes, Error>
where
    Error: From<E>,
{
    let mut body = Pin::new(&mut body);
    let mut chunk = async || std::future::poll_fn(|cx| body.as_mut().poll_next(cx)).await.transpose();
    let Some(first) = chunk().await? else {
        return Ok(Bytes::new());
    };
    let mut next = chunk().await?;
    if next.is_none() && first.len() as u64 <= limit {
        return Ok(first);
    }
    let mut whole = BytesMut::from(first);
    while let Some(piece) = next {
        whole.extend_from_slice(&piece);
        if whole.len() as u64 > limit {
            break;
        }
        next = chunk().await?;
    }
    if whole.len() as u64 > limit { Err(Error::TooLarge { limit }) } else { Ok(whole.freeze()) }
}
