//! Text of documents on its way into a target: Rust, Markdown, HTML, a terminal, a Cargo directive.

//!
//! A document is data: none of its text may become code or markup. Every target has a type of its own, [`Safe`] of
//! the target, which grows by templates only ([`append!`](crate::append)). A template is static text of the generator's
//! own, and takes [`Fragment`]s of the same target: static text, numbers, identifiers, and text that was escaped for
//! this very target by one of the functions here. A `String` or a borrowed `&str`, which is what models hold, is no
//! fragment, so that writing it raw does not compile:
//!
//! ```compile_fail
//! let name = String::from("from a document");
//! let mut page = discovery_codegen::text::Html::default();
//! discovery_codegen::append!(page, "<b>{}</b>", name);
//! ```
//!
//! ```compile_fail
//! let name = String::from("from a document");
//! let mut page = discovery_codegen::text::Html::default();
//! discovery_codegen::append!(page, "<b>{}</b>", name.as_str());
//! ```
//!
//! ```compile_fail
//! let name = String::from("from a document");
//! let mut page = discovery_codegen::text::Html::default();
//! discovery_codegen::append!(page, "<b>{name}</b>");
//! ```
//!
//! A fragment of one target is none of another:
//!
//! ```compile_fail
//! let name = discovery_codegen::text::markdown::escape("from a document");
//! let mut page = discovery_codegen::text::Html::default();
//! discovery_codegen::append!(page, "<b>{}</b>", name);
//! ```
//!
//! ```
//! use discovery_codegen::text::{Html, html};
//! let mut page = Html::default();
//! discovery_codegen::append!(page, "<b>{}</b>", html::escape("<script>"));
//! assert_eq!(page.as_str(), "<b>&lt;script&gt;</b>");
//! ```
//!
//! TOML and JSON are written by their libraries, from values.

pub mod directive;
pub mod html;
#[cfg(feature = "cli")]
pub(crate) mod json;
mod line;
pub mod markdown;
pub mod rust;
mod safe;
pub mod terminal;

pub use directive::Directive;
pub use html::Html;
pub(crate) use line::quoted;
pub use line::{counted, is_line_char, one_line, shortened, visible};
pub use markdown::Markdown;
pub use rust::Code;
pub use safe::{Fragment, Safe, placeholders};
pub use terminal::Terminal;
