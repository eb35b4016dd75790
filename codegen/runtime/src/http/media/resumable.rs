//! A file in parts, each of which can be sent again:
//! <https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable>.

use ::http::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RANGE};
use ::http::{Method, Request, Response, StatusCode, Uri};
use bytes::{Buf, Bytes};

use super::content::Media;
use super::upload::{self, Progress};
use crate::http::call_parts::CallParts;
use crate::http::error::{Error, TransportError};
use crate::http::redirect;
use crate::http::request;
use crate::http::retry::RetryPolicy;
use crate::http::sender::{self, Sender, Want};
use crate::http::service_error::ServiceError;
use crate::http::transport::Body;

/// How the service says that it has a part and wants more.
const MORE: StatusCode = StatusCode::PERMANENT_REDIRECT;

/// Sends the message, then the file in parts of `size` bytes, and gives the answer to the last part.
pub(super) async fn send(
    call: &CallParts,
    sender: Sender,
    url: String,
    mut media: Media,
    size: usize,
    mut progress: Option<&mut Progress>,
) -> Result<Response<Body>, Error> {
    let sender = sender.idempotent();
    let session = open(call, &sender, url, &media).await?;
    let policy = sender.options.retry.unwrap_or_default();
    // A part is not simply sent again: the service is asked first how much of it arrived.
    let once = sender.clone().with_extra_success_status(MORE).with_retry(RetryPolicy::NEVER);

    let mut confirmed: u64 = 0;
    let mut part = media.source.take(size).await?;
    let mut following = media.source.take(size).await?;
    let mut waits = sender::waits(&policy);
    let mut attempts = 1;
    loop {
        let total = if following.is_empty() { Some(confirmed.saturating_add(part.len() as u64)) } else { media.length };
        let mut result = once.clone().send(session.part(confirmed, &part, total), Want::Whole).await;
        // What went wrong may have gone wrong after the part, or the whole file, had arrived.
        let mut asked = false;
        while let Err(error) = result {
            asked = true;
            if attempts >= policy.max_attempts || !once.may_repeat(&error) {
                return Err(error);
            }
            let Some(wait) = sender::next_wait(&mut waits, &policy, &error) else {
                return Err(error);
            };
            attempts = attempts.saturating_add(1);
            tokio::time::sleep(wait).await;
            result = once.clone().send(session.question(total), Want::Whole).await;
        }
        let answer = result?;
        if answer.status() != MORE {
            return Ok(answer);
        }
        let has = received(answer.headers());
        let arrived = has.and_then(|has| has.checked_sub(confirmed)).filter(|arrived| *arrived <= part.len() as u64);
        // The service has lost what it had confirmed, or says that it has what it was not sent.
        let (Some(has), Some(arrived)) = (has, arrived) else {
            return Err(broken(&answer));
        };
        if arrived > 0 {
            attempts = 1;
            waits = sender::waits(&policy);
        } else if attempts >= policy.max_attempts {
            return Err(broken(&answer));
        } else if !asked {
            attempts = attempts.saturating_add(1);
        }
        confirmed = has;
        part.advance(usize::try_from(arrived).unwrap_or(part.len()));
        if part.is_empty() && !following.is_empty() {
            part = std::mem::take(&mut following);
            following = media.source.take(size).await?;
        }
        if let Some(progress) = &mut progress {
            progress(confirmed);
        }
    }
}

fn broken(answer: &Response<Body>) -> Error {
    ServiceError::new(answer.status(), answer.headers().clone(), b"the upload cannot go on from what has arrived")
        .into()
}

/// Sends the message, to which the service answers where the file goes.
async fn open(call: &CallParts, sender: &Sender, url: String, media: &Media) -> Result<Session, Error> {
    let body = request::body(call)?;
    let mut request = request::request(call, &sender.options, call.method.verb, url, body)?;
    let headers = request.headers_mut();
    headers.insert(HeaderName::from_static("x-upload-content-type"), upload::header(&media.content_type)?);
    if let Some(length) = media.length {
        headers.insert(HeaderName::from_static("x-upload-content-length"), length.into());
    }
    let base = request.uri().clone();
    let answer = sender.clone().send(request, Want::Whole).await?;
    let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.ok_or_else(|| TransportError::broken("the service does not say where the file goes"))?;
    let uri = redirect::resolve(&base, location)?;
    Ok(Session { uri, content_type: upload::header(&media.content_type)? })
}

/// Where the file goes. Its URL is a credential of its own: those of the client go there only on the same server, which
/// [`Sender`] sees to.
struct Session {
    uri: Uri,
    content_type: HeaderValue,
}

impl Session {
    /// A part of the file that begins at byte `start`; `total` is the size of the file, if known.
    fn part(&self, start: u64, part: &Bytes, total: Option<u64>) -> Request<Bytes> {
        let total = total.map_or("*".to_owned(), |total| total.to_string());
        let range = match (part.len() as u64).checked_sub(1) {
            None => format!("bytes */{total}"),
            Some(rest) => format!("bytes {start}-{}/{total}", start.saturating_add(rest)),
        };
        self.request(&range, part.clone())
    }

    /// The question how much has arrived.
    fn question(&self, total: Option<u64>) -> Request<Bytes> {
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
        request
    }
}

/// Number of bytes that the service has: `n + 1` of `range: bytes=0-n`, 0 without that header. `None` when there are
/// more than a `u64` can count.
fn received(headers: &HeaderMap) -> Option<u64> {
    let last = || headers.get(RANGE)?.to_str().ok()?.rsplit_once('-')?.1.trim().parse::<u64>().ok();
    last().map_or(Some(0), |last| last.checked_add(1))
}
