//! Rules on names in Rust.

use super::rules;

rules! {
    RUST_NAME_CHANGED: "rust-name-changed", (Safe, Safe), Major,
        "The same item has another name in Rust, because something new took its old one. A lock file keeps the old name.",
        "`label` becomes `label_2` because `Label` is added.";
}
