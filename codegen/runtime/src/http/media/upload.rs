//! Uploads of files.

use std::fmt;
use std::marker::PhantomData;

use ::http::header::CONTENT_TYPE;
use bytes::Bytes;

use super::content::{Media, Progress, Source, header};
use super::{multipart, resumable};
use crate::http::call::Call;
use crate::http::call_parts::CallParts;
use crate::http::descriptor::UploadProtocols;
use crate::http::error::Error;
use crate::http::kind::Upload;
use crate::http::request::{self, Query};
use crate::http::response::Response;
use crate::http::send;
use crate::http::sender::{BodyMode, Sender};
use crate::http::usage_error::UsageError;

/// Size in bytes from which on a file is sent in parts, if the method has the resumable protocol.
const LARGE: u64 = 8 << 20;
/// Size in bytes of which parts are multiples, as the protocol requires.
const PART_MULTIPLE: usize = 256 << 10;

/// The largest multiple of [`PART_MULTIPLE`].
const LARGEST_PART: usize = !(PART_MULTIPLE - 1);

/// Protocol that an upload uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The file alone, in one request; the message is not sent.
    Simple,
    /// The message and the file in one request.
    Multipart,
    /// The message first, then the file in parts. A lost part is sent again from the byte that the service asks for.
    Resumable,
}

impl<R: Response> Call<R, Upload> {
    /// Returns the call with a file. Nothing is sent before [`UploadCall::send`].
    pub fn upload(&self, media: Media) -> UploadCall<R> {
        UploadCall {
            call: self.parts.clone(),
            media,
            protocol: None,
            part: LARGE as usize,
            progress: None,
            types: PhantomData,
        }
    }
}

/// Call with a file to upload.
#[must_use = "an upload does nothing until it is sent"]
pub struct UploadCall<R> {
    call: CallParts,
    media: Media,
    protocol: Option<Protocol>,
    part: usize,
    progress: Option<Box<Progress>>,
    types: PhantomData<fn() -> R>,
}

impl<R: Response> UploadCall<R> {
    /// Sets the protocol. By default a file of 8 MiB or more, or from a reader, is sent in parts; other files are sent
    /// with the message if there is one, or alone.
    pub fn with_protocol(mut self, protocol: Protocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// Sets the size of a part in bytes, rounded up to a multiple of 256 KiB. The default is 8 MiB.
    pub fn with_part_size(mut self, bytes: usize) -> Self {
        self.part = bytes.max(1).checked_next_multiple_of(PART_MULTIPLE).unwrap_or(LARGEST_PART);
        self
    }

    /// Sets a function that gets the number of bytes that the service has confirmed, after each part.
    pub fn with_progress(mut self, progress: impl FnMut(u64) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Sends the message and the file, and returns the body of the response.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`].
    pub async fn send(mut self) -> Result<R, Error> {
        let upload = self.call.method.upload.ok_or_else(|| fault("the method has no upload"))?;
        check(upload, &self.media)?;
        let protocol = match self.protocol {
            Some(protocol) => protocol,
            None => choose(upload, &self.call, &self.media)?,
        };
        let options = request::effective_options(&self.call)?;
        let sender = Sender::new(&self.call, options);
        let (path, kind) = match protocol {
            Protocol::Simple => (upload.simple, "media"),
            Protocol::Multipart if !upload.multipart => {
                return Err(fault("the method has no multipart upload"));
            }
            Protocol::Multipart => (upload.simple, "multipart"),
            Protocol::Resumable => (upload.resumable, "resumable"),
        };
        if path.is_empty() {
            return Err(fault("the method does not have this upload protocol"));
        }
        let mut query = Query::of(&self.call, &sender.options)?;
        query.add("uploadType", kind);
        let url = request::url(&self.call, "", path, &query)?;

        let response = if protocol == Protocol::Resumable {
            resumable::send(&self.call, sender, url, self.media, self.part, self.progress.as_deref_mut()).await?
        } else {
            let Source::Bytes(file) = self.media.source else {
                return Err(fault("a file from a reader requires the resumable protocol"));
            };
            let (body, content_type) = match protocol {
                Protocol::Multipart => multipart::body(&message(&self.call)?, &self.media.content_type, &file),
                _ => (file, self.media.content_type),
            };
            let mut request =
                request::request(&self.call, &sender.options, self.call.method.http_method, url, Some(body))?;
            request.headers_mut().insert(CONTENT_TYPE, header(&content_type)?);
            sender.send(request, BodyMode::Buffered).await?
        };
        let (head, body) = send::read(&self.call, response).await?;
        send::decode(&head, &body)
    }
}

/// Returns the message as JSON; `{}` if there is none.
pub(super) fn message(call: &CallParts) -> Result<Bytes, Error> {
    Ok(request::body(call)?.unwrap_or(Bytes::from_static(b"{}")))
}

fn fault(reason: &'static str) -> Error {
    UsageError::Upload { reason }.into()
}

fn check(upload: &UploadProtocols, media: &Media) -> Result<(), Error> {
    if upload.max_size > 0 && media.length.is_some_and(|length| length > upload.max_size) {
        return Err(fault("the file is larger than the method accepts"));
    }
    let kind = media.content_type.split(';').next().unwrap_or_default().trim();
    let takes = |accepted: &&str| match accepted.strip_suffix('*') {
        Some("*/") => true,
        Some(family) => kind.starts_with(family),
        None => kind.eq_ignore_ascii_case(accepted),
    };
    if upload.accept.is_empty() || upload.accept.iter().any(takes) {
        header(&media.content_type)?;
        return Ok(());
    }
    Err(fault("the method does not accept files of this media type"))
}

fn choose(upload: &UploadProtocols, call: &CallParts, media: &Media) -> Result<Protocol, Error> {
    let is_reader = matches!(media.source, Source::Reader(_));
    let large = media.length.is_none_or(|length| length >= LARGE);
    let has_message = call.method.body && message(call)? != "{}";
    Ok(if !upload.resumable.is_empty() && (is_reader || large || upload.simple.is_empty()) {
        Protocol::Resumable
    } else if upload.multipart && (has_message || upload.simple.is_empty()) {
        Protocol::Multipart
    } else if has_message && !upload.resumable.is_empty() {
        Protocol::Resumable
    } else {
        Protocol::Simple
    })
}

impl<R> fmt::Debug for UploadCall<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadCall")
            .field("method", &self.call.method.id)
            .field("media", &self.media)
            .finish_non_exhaustive()
    }
}
