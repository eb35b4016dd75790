//! Lists in pages.

use super::Asked;
use crate::refusal::Refusal;
use serde_json::{Map, Value, json};

/// Returns the requested page of `items`, as the value of `field`. Without a size it has `usual` items, and never more
/// than `most`.
pub(super) fn page(
    asked: &Asked<'_>,
    field: &str,
    items: Vec<Value>,
    usual: usize,
    most: usize,
) -> Result<Value, Refusal> {
    let size = match asked.parameter("pageSize").map(str::parse::<i64>) {
        None | Some(Ok(0)) => usual,
        Some(Ok(size)) => {
            usize::try_from(size).map_err(|_| Refusal::field("page_size", "it is less than nothing"))?.min(most)
        }
        Some(Err(_)) => return Err(Refusal::field("page_size", "a number is wanted")),
    };
    // The token says where to go on, and what for: those of another list are not good.
    let of = asked.name();
    let filter = asked.parameter("filter").unwrap_or_default();
    let seal = format!("{}|{of}|{filter}", asked.method)
        .bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let start = match asked.parameter("pageToken") {
        None | Some("") => 0,
        Some(token) => token
            .split_once('-')
            .filter(|(mark, _)| *mark == format!("{seal:x}"))
            .and_then(|(_, start)| start.parse().ok())
            .filter(|start| *start <= items.len())
            .ok_or_else(|| Refusal::field("page_token", "it is not the token of a page of this list"))?,
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
