//! Media types of request bodies: the one that generated code sends, and those that the service accepts.

use crate::model::{Method, media_type};
use std::collections::BTreeSet;

/// Returns the media type in which a method sends its body.
pub(super) fn sent(method: &Method) -> String {
    media_type(method.request_media_type.as_deref().unwrap_or("application/json"))
}

/// Returns the media types in which a request body is accepted.
pub(super) fn accepted(method: &Method) -> BTreeSet<String> {
    match method.request_media_types.is_empty() {
        true => BTreeSet::from([sent(method)]),
        false => method.request_media_types.iter().cloned().collect(),
    }
}

/// Returns `true` if a method sends its body in another media type than before, and one of the two is accepted in both
/// revisions. The bodies in that media type are compared then, not those that are sent.
pub(super) fn keeps_request(old: &Method, new: &Method) -> bool {
    let bodies = old.request.is_some() && new.request.is_some();
    let (was, is) = (sent(old), sent(new));
    bodies && was != is && (takes_media(&accepted(new), &was) || takes_media(&accepted(old), &is))
}

/// Returns `true` if some media types include another one.
pub(super) fn takes_media(kinds: &BTreeSet<String>, kind: &str) -> bool {
    kinds.contains(kind) || kinds.iter().any(|range| is_within(kind, range))
}

/// Returns `true` if a range of media types, such as `image/*`, contains a media type.
pub(super) fn is_within(kind: &str, range: &str) -> bool {
    range == "*/*" || range.strip_suffix('*').is_some_and(|start| start.ends_with('/') && kind.starts_with(start))
}
