//! Pagination of lists.

use super::CheckedRequest;
use crate::refusal::Refusal;
use serde_json::{Map, Value, json};

/// Returns the requested page of `items`, as the value of `field`. `usual` is the default page size, and `most` the
/// maximum.
pub(super) fn page(
    request: &CheckedRequest<'_>,
    field: &str,
    items: Vec<Value>,
    usual: usize,
    most: usize,
) -> Result<Value, Refusal> {
    let size = match request.parameter("pageSize").map(str::parse::<i64>) {
        None | Some(Ok(0)) => usual,
        Some(Ok(size)) => {
            usize::try_from(size).map_err(|_| Refusal::field("page_size", "negative page size"))?.min(most)
        }
        Some(Err(_)) => return Err(Refusal::field("page_size", "expected a number")),
    };
    // A token contains its position and its list: tokens of other lists are invalid.
    let of = request.name();
    let filter = request.parameter("filter").unwrap_or_default();
    let seal = format!("{}|{of}|{filter}", request.method)
        .bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let start = match request.parameter("pageToken") {
        None | Some("") => 0,
        Some(token) => token
            .split_once('-')
            .filter(|(mark, _)| *mark == format!("{seal:x}"))
            .and_then(|(_, start)| start.parse().ok())
            .filter(|start| *start <= items.len())
            .ok_or_else(|| Refusal::field("page_token", "invalid page token"))?,
    };
    let end = items.len().min(start + size);
    let mut page = Map::new();
    if start < end {
        page.insert(field.to_owned(), Value::Array(items[start..end].to_vec()));
    }
    if end < items.len() {
        page.insert("nextPageToken".to_owned(), json!(format!("{seal:x}-{end}")));
    }
    Ok(Value::Object(page))
}
