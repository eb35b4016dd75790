//! Tokens as text.

use proc_macro2::TokenStream;

/// Items, formatted.
///
/// # Panics
/// When the tokens are no Rust, which is a fault of this crate.
pub(super) fn items(tokens: TokenStream) -> String {
    match syn::parse2(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("generated code is no Rust: {error}"),
    }
}
