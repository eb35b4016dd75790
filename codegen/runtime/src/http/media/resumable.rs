//! Upload of a file in parts, each of which can be sent again:
//! <https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable>.

use ::http::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RANGE};
use ::http::{Method, Request, Response, StatusCode, Uri};
use backon::ExponentialBackoff;
use bytes::{Buf, Bytes};

use super::content::{self, Media, Progress, Source};
use crate::http::call_parts::CallParts;
use crate::http::error::{Error, TransportError};
use crate::http::redirect;
use crate::http::request;
use crate::http::retry::RetryPolicy;
use crate::http::sender::{self, BodyMode, Sender};
use crate::http::service_error::ServiceError;
use crate::http::transport::Body;

/// Status with which a service confirms a part that is not the last.
const MORE: StatusCode = StatusCode::PERMANENT_REDIRECT;

/// Sends the message, then the file in parts of `size` bytes, and returns the response to the last part.
pub(super) async fn send(
    call: &CallParts,
    sender: Sender,
    url: String,
    media: Media,
    size: usize,
    mut progress: Option<&mut Progress>,
) -> Result<Response<Body>, Error> {
    let sender = sender.idempotent();
    let Media { content_type, source, length } = media;
    let session = Session::open(call, &sender, url, &content_type, length).await?;
    let mut parts = PartUpload::new(sender, session, source, size, length).await?;
    loop {
        let response = parts.send_part().await?;
        if response.status() != MORE {
            return Ok(response);
        }
        parts.confirm(response).await?;
        if let Some(progress) = &mut progress {
            progress(parts.confirmed);
        }
    }
}

/// State of an upload between two requests.
struct PartUpload {
    /// Sends a request once: before a part is sent again, the service is asked how much of it has arrived.
    sender: Sender,
    session: Session,
    source: Source,
    /// Size of a part, in bytes.
    size: usize,
    /// Length of the file in bytes, if known.
    length: Option<u64>,
    /// Number of bytes that the service has confirmed.
    confirmed: u64,
    /// Bytes from there on that the service has not confirmed.
    part: Bytes,
    /// The part after that; empty if there is none.
    next_part: Bytes,
    policy: RetryPolicy,
    delays: ExponentialBackoff,
    /// Number of attempts without effect since the service confirmed any bytes.
    failures: u32,
    /// True if the last response is to a status query.
    queried: bool,
}

impl PartUpload {
    async fn new(
        sender: Sender,
        session: Session,
        mut source: Source,
        size: usize,
        length: Option<u64>,
    ) -> Result<Self, Error> {
        let policy = sender.options.retry.unwrap_or_default();
        let sender = sender.with_extra_success_status(MORE).with_retry(RetryPolicy::NEVER);
        let part = source.take(size).await?;
        let next_part = source.take(size).await?;
        let delays = sender::waits(&policy);
        Ok(Self {
            sender,
            session,
            source,
            size,
            length,
            confirmed: 0,
            part,
            next_part,
            policy,
            delays,
            failures: 0,
            queried: false,
        })
    }

    /// Sends the part. After a failure, asks the service for what has arrived: it may be the part, or the whole file.
    async fn send_part(&mut self) -> Result<Response<Body>, Error> {
        let total = match self.next_part.is_empty() {
            true => Some(self.confirmed.saturating_add(self.part.len() as u64)),
            false => self.length,
        };
        let mut request = self.session.part(self.confirmed, &self.part, total);
        self.queried = false;
        loop {
            let error = match self.sender.clone().send(request, BodyMode::Buffered).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            self.failures = self.failures.saturating_add(1);
            if self.failures >= self.policy.max_attempts || !self.sender.may_repeat(&error) {
                return Err(error);
            }
            let Some(delay) = sender::next_wait(&mut self.delays, &self.policy, &error) else {
                return Err(error);
            };
            tokio::time::sleep(delay).await;
            request = self.session.status_query(total);
            self.queried = true;
        }
    }

    /// Drops the bytes that the service reports as received, and reads on.
    ///
    /// # Errors
    /// When the service has lost bytes that it had confirmed, claims bytes that it was not sent, or takes none.
    async fn confirm(&mut self, response: Response<Body>) -> Result<(), Error> {
        let received = received(response.headers());
        let arrived = received.and_then(|received| received.checked_sub(self.confirmed));
        let arrived = arrived.and_then(|arrived| usize::try_from(arrived).ok());
        let Some(arrived) = arrived.filter(|arrived| *arrived <= self.part.len()) else {
            return Err(inconsistent(&response));
        };
        if arrived > 0 {
            self.failures = 0;
            self.delays = sender::waits(&self.policy);
        } else {
            let failures = self.failures.saturating_add(1);
            if failures >= self.policy.max_attempts {
                return Err(inconsistent(&response));
            }
            // The failure that led to the status query is already counted.
            if !self.queried {
                self.failures = failures;
            }
        }
        self.confirmed = self.confirmed.saturating_add(arrived as u64);
        self.part.advance(arrived);
        if self.part.is_empty() && !self.next_part.is_empty() {
            self.part = std::mem::take(&mut self.next_part);
            self.next_part = self.source.take(self.size).await?;
        }
        Ok(())
    }
}

fn inconsistent(response: &Response<Body>) -> Error {
    let reason = b"the upload cannot continue from the bytes that the service has confirmed";
    ServiceError::new(response.status(), response.headers().clone(), reason).into()
}

/// Upload session. Its URL is a credential of its own; those of the client go there only on the same server, which
/// [`Sender`] sees to.
struct Session {
    uri: Uri,
    content_type: HeaderValue,
}

impl Session {
    /// Sends the message; the service responds with the URL for the file.
    async fn open(
        call: &CallParts,
        sender: &Sender,
        url: String,
        content_type: &str,
        length: Option<u64>,
    ) -> Result<Self, Error> {
        let content_type = content::header(content_type)?;
        let body = request::body(call)?;
        let mut request = request::request(call, &sender.options, call.method.http_method, url, body)?;
        let headers = request.headers_mut();
        headers.insert(HeaderName::from_static("x-upload-content-type"), content_type.clone());
        if let Some(length) = length {
            headers.insert(HeaderName::from_static("x-upload-content-length"), length.into());
        }
        let base = request.uri().clone();
        let response = sender.clone().send(request, BodyMode::Buffered).await?;
        let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        let location = location.ok_or_else(|| TransportError::broken("the response to an upload has no `location`"))?;
        Ok(Self { uri: redirect::resolve(&base, location)?, content_type })
    }

    /// Request with the part of the file that begins at byte `start`; `total` is the size of the file, if known.
    fn part(&self, start: u64, part: &Bytes, total: Option<u64>) -> Request<Bytes> {
        let total = total.map_or("*".to_owned(), |total| total.to_string());
        let range = match (part.len() as u64).checked_sub(1) {
            None => format!("bytes */{total}"),
            Some(rest) => format!("bytes {start}-{}/{total}", start.saturating_add(rest)),
        };
        self.request(&range, part.clone())
    }

    /// Request for the number of bytes that have arrived.
    fn status_query(&self, total: Option<u64>) -> Request<Bytes> {
        self.request(&format!("bytes */{}", total.map_or("*".to_owned(), |total| total.to_string())), Bytes::new())
    }

    fn request(&self, range: &str, body: Bytes) -> Request<Bytes> {
        let mut request = Request::new(body);
        *request.method_mut() = Method::PUT;
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type.clone());
        if let Ok(range) = HeaderValue::try_from(range) {
            headers.insert(CONTENT_RANGE, range);
        }
        request::add_length(&mut request);
        request
    }
}

/// Returns the number of bytes that the service has: `n + 1` of `range: bytes=0-n`, 0 without that header. `None` for
/// any other range, and for more bytes than a `u64` can count.
fn received(headers: &HeaderMap) -> Option<u64> {
    let Some(range) = headers.get(RANGE) else { return Some(0) };
    let range = range.to_str().ok()?.trim();
    let (first, last) = range.strip_prefix("bytes=").unwrap_or(range).split_once('-')?;
    let last = Some(last).filter(|_| first == "0")?;
    last.parse::<u64>().ok()?.checked_add(1)
}
