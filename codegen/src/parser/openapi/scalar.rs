//! Files and integers, by their formats.

use super::view::View;
use crate::model::{Int, Type};

/// Returns true if text is a file, in a form.
pub(super) fn is_file(view: &View<'_>) -> bool {
    let media = view.node.get("contentMediaType").is_some() && view.node.get("contentEncoding").is_none();
    view.text("format") == Some("binary") || media
}

/// Returns the type of an integer. Without a format it has no bounds: the widest type takes it.
pub(super) fn integer(format: Option<&str>) -> Type {
    Type::Int(match format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Int::I32,
        Some("uint32") => Int::U32,
        Some("uint64") => Int::U64Number,
        _ => Int::I64Number,
    })
}
