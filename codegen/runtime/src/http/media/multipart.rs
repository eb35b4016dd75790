//! Body of a message and a file: `multipart/related`, RFC 2387.

use bytes::Bytes;
use memchr::memmem;

/// Returns the body and its media type.
pub(super) fn body(message: &[u8], content_type: &str, file: &[u8]) -> (Bytes, String) {
    let boundary = (0..)
        .map(|number| format!("part-of-the-request-{number}"))
        .find(|boundary| [message, file].iter().all(|part| memmem::find(part, boundary.as_bytes()).is_none()))
        .unwrap_or_default();
    let before = format!("--{boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n");
    let between =
        format!("\r\n--{boundary}\r\ncontent-type: {content_type}\r\ncontent-transfer-encoding: binary\r\n\r\n");
    let after = format!("\r\n--{boundary}--\r\n");
    let body = [before.as_bytes(), message, between.as_bytes(), file, after.as_bytes()].concat();
    (body.into(), format!("multipart/related; boundary={boundary}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_not_in_the_parts() {
        let (body, content_type) = body(b"{}", "text/plain", b"--part-of-the-request-0--");
        assert_eq!(content_type, "multipart/related; boundary=part-of-the-request-1");
        assert_eq!(
            body,
            "--part-of-the-request-1\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n{}\r\n\
             --part-of-the-request-1\r\ncontent-type: text/plain\r\ncontent-transfer-encoding: binary\r\n\r\n\
             --part-of-the-request-0--\r\n--part-of-the-request-1--\r\n"
        );
    }
}
