//! Rules on names in Rust.

use super::rules;

rules! {
    MODULE_RENAMED: "module-renamed", (Safe, Safe), Major,
        "The module of the API is named after its version. A lock file keeps the old name.",
        "`garden_v1` becomes `garden_v2`.";
    RUST_NAME_CHANGED: "rust-name-changed", (Safe, Safe), Major,
        "The same item has another name in Rust, because something new took its old one. A lock file keeps the old name.",
        "`nextPageToken` is `next_page_token_2` in Rust, because `next_page_token` is added.";
}
