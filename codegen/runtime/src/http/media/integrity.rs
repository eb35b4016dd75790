//! Check that a download is complete and intact.

use ::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, HeaderMap};
use ::http::{StatusCode, response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::http::error::TransportError;

/// Length and hashes that a server states for a file, and those of the bytes that have arrived.
///
/// Cloud Storage states them of the file as it is stored: `x-goog-stored-content-length`, and `x-goog-hash` with
/// `crc32c` and `md5`. They do not apply to a file that is stored compressed and sent decompressed, nor to a part.
pub(super) struct Integrity {
    /// Stated length in bytes.
    length: Option<u64>,
    received: u64,
    hash: Hash,
}

/// A stated hash, and that of the bytes so far. With CRC32C, MD5 is not computed, since it takes much longer.
enum Hash {
    None,
    Crc32c { stated: Vec<u8>, value: u32 },
    Md5 { stated: Vec<u8>, context: Box<md5::Context> },
}

impl Integrity {
    pub(super) fn new(head: &response::Parts) -> Self {
        let headers = &head.headers;
        let is_whole = head.status == StatusCode::OK;
        let is_as_stored = is_whole && is_identity(headers, "x-goog-stored-content-encoding");
        let is_as_sent = is_identity(headers, CONTENT_ENCODING.as_str());
        let lengths = [
            number(headers, CONTENT_LENGTH.as_str()).filter(|_| is_as_sent),
            part_length(headers).filter(|_| head.status == StatusCode::PARTIAL_CONTENT),
            number(headers, "x-goog-stored-content-length").filter(|_| is_as_stored),
        ];
        let stated = |name| hash(headers, name).filter(|_| is_as_stored && is_as_sent);
        let hash = if let Some(stated) = stated("crc32c") {
            Hash::Crc32c { stated, value: 0 }
        } else if let Some(stated) = stated("md5") {
            Hash::Md5 { stated, context: Box::new(md5::Context::new()) }
        } else {
            Hash::None
        };
        Self { length: lengths.into_iter().flatten().max(), received: 0, hash }
    }

    /// Adds bytes that have arrived.
    pub(super) fn update(&mut self, chunk: &[u8]) {
        self.received = self.received.saturating_add(chunk.len() as u64);
        match &mut self.hash {
            Hash::None => {}
            Hash::Crc32c { value, .. } => *value = crc32c::crc32c_append(*value, chunk),
            Hash::Md5 { context, .. } => context.consume(chunk),
        }
    }

    /// Returns `true` if more bytes may make the file complete.
    pub(super) fn may_be_short(&self) -> bool {
        self.length.is_none_or(|length| self.received < length)
    }

    /// Checks the bytes at the end of the body.
    ///
    /// # Errors
    /// When there are fewer than the server stated, or they have another hash.
    pub(super) fn check(&self) -> Result<(), TransportError> {
        if let Some(length) = self.length.filter(|length| self.received < *length) {
            let received = self.received;
            return Err(TransportError::broken(format!("the body ended after {received} of {length} bytes")));
        }
        let is_intact = match &self.hash {
            Hash::None => true,
            Hash::Crc32c { stated, value } => *stated == value.to_be_bytes(),
            Hash::Md5 { stated, context } => *stated == context.clone().finalize().0,
        };
        let fault = || TransportError::broken("the body does not have the hash that `x-goog-hash` states");
        if is_intact { Ok(()) } else { Err(fault()) }
    }
}

/// Returns `true` unless a header names an encoding.
fn is_identity(headers: &HeaderMap, name: &str) -> bool {
    headers.get(name).is_none_or(|value| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Length of the part in `content-range: bytes 2-5/10`.
fn part_length(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (first, last) = range.trim().strip_prefix("bytes ")?.split_once('/')?.0.split_once('-')?;
    last.trim().parse::<u64>().ok()?.checked_sub(first.trim().parse().ok()?)?.checked_add(1)
}

/// Value of a hash in `x-goog-hash: crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ==`, which may be two headers.
fn hash(headers: &HeaderMap, name: &str) -> Option<Vec<u8>> {
    let values = headers.get_all("x-goog-hash").into_iter().filter_map(|value| value.to_str().ok());
    let mut hashes = values.flat_map(|value| value.split(',')).filter_map(|hash| hash.trim().split_once('='));
    let (_, value) = hashes.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    STANDARD.decode(value).ok()
}
