//! Files and integers, by their formats.

use super::node::Node;
use super::view::View;
use crate::model::{Int, Type};

/// Returns `true` if text is a file, in a form.
pub(super) fn is_file(view: &View<'_>) -> bool {
    view.text("format") == Some("binary")
        || match view.text("contentEncoding") {
            // Not an encoding of text: the content is raw bytes.
            Some(encoding) => encoding.eq_ignore_ascii_case("binary"),
            None => view.node.get("contentMediaType").is_some(),
        }
}

/// Returns the type of an integer. Without a format it has no bounds: the widest type takes it.
pub(super) fn integer(view: &View<'_>) -> Type {
    Type::Int(match view.text("format") {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Int::I32,
        Some("uint32") => Int::U32,
        Some("uint64" | "uint") => Int::U64Number,
        _ if is_beyond_signed(view) => Int::U64Number,
        _ => Int::I64Number,
    })
}

/// Returns `true` if the bounds of an integer are those of an unsigned type.
fn is_beyond_signed(view: &View<'_>) -> bool {
    let bound = |key: &str| match view.node.get(key) {
        Some(Node::Number(number)) => Some(number),
        _ => None,
    };
    bound("minimum").is_some_and(|least| least.as_u64().is_some())
        && bound("maximum").is_some_and(|most| most.as_u64().is_some_and(|most| most > i64::MAX.unsigned_abs()))
}

/// Returns the format of a value, which text may state by its encoding: bytes in base64.
pub(super) fn text_format<'a>(view: &View<'a>) -> Option<&'a str> {
    view.text("format").or_else(|| match view.text("contentEncoding")?.to_ascii_lowercase().as_str() {
        "base64" => Some("byte"),
        "base64url" => Some("base64url"),
        _ => None,
    })
}
