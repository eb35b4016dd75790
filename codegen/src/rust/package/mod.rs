//! Files of a crate, or the single file that a build script includes.

#[cfg(feature = "cli")]
mod example;
mod head;
#[cfg(feature = "cli")]
mod manifest;
#[cfg(feature = "cli")]
mod whole;

use super::Bindings;
use crate::append;
use crate::model::{Api, Skipped};
use crate::rust::naming::Names;
use crate::text::Code;
#[cfg(feature = "cli")]
use heck::ToKebabCase;
use std::collections::BTreeMap;

#[cfg(feature = "cli")]
use example::Example;
#[cfg(all(feature = "cli", feature = "fetch"))]
pub(crate) use example::program;
pub use head::{Origin, is_ours};
#[cfg(feature = "cli")]
pub use manifest::{
    api_features, features, is_created, library_name, package_name, renamed_runtime, runtime_features, set_text,
    with_features, with_requirements,
};
#[cfg(feature = "cli")]
pub use toml_edit::TomlError as ManifestError;
#[cfg(all(feature = "cli", feature = "fetch"))]
pub(crate) use whole::module_path;
#[cfg(feature = "cli")]
pub use whole::{check_crate_name, crate_name, several, single};

/// Files by their path from the crate's root, with slashes.
pub type Files = BTreeMap<String, String>;

/// Bindings of one API, with their origin.
#[derive(Clone, Debug)]
pub struct Part {
    /// Module and feature of the API: `generativelanguage_v1beta`.
    pub module: String,
    /// Human-readable title of the API.
    pub title: String,
    /// True for an API that takes Google's credentials.
    pub google: bool,
    /// Generated code of the API.
    pub bindings: Bindings,
    /// Document and overlay.
    pub origin: Origin,
    /// Unsupported parts that were left out.
    pub skipped: Vec<Skipped>,
    /// Call that the docs show.
    #[cfg(feature = "cli")]
    pub(crate) example: Example,
}

impl Part {
    /// Returns the part for an API.
    pub fn new(api: &Api, names: &Names, bindings: Bindings, origin: Origin) -> Self {
        Self {
            module: names.api().to_owned(),
            title: api.title.clone().unwrap_or_else(|| api.id()),
            google: api.takes_google_credentials(),
            bindings,
            origin,
            skipped: api.skipped.clone(),
            #[cfg(feature = "cli")]
            example: Example::of(api, names),
        }
    }

    /// Returns the feature of this API in a crate of several APIs.
    #[cfg(feature = "cli")]
    pub fn feature(&self) -> String {
        self.module.to_kebab_case()
    }
}

/// Modules of generated code use items that they mark deprecated, may have any name from the document, may be in a
/// private module, follow no style of the crate that includes them, and are formatted already.
const ALLOW: &str = "#[allow(deprecated, non_snake_case, unreachable_pub)]\n\
    #[allow(clippy::pedantic, clippy::nursery)]\n\
    #[allow(clippy::enum_variant_names, clippy::module_inception, clippy::needless_update, clippy::upper_case_acronyms)]\n\
    #[rustfmt::skip]\n";

/// Returns one file for `include!`, which may not begin with inner attributes.
pub fn include(part: &Part) -> String {
    let mut text = head::of_crate([&part.origin]);
    for Module { name, doc, code } in Module::of(&part.bindings) {
        append!(text, "\n/// {}\n{}pub mod {} {{\n", doc, ALLOW, name);
        text.push_indented(4, code);
        append!(text, "}}\n");
    }
    // A program may use only its types.
    append!(text, "\n#[allow(unused_imports)]{}", CLIENT);
    text.into_string()
}

/// Module of an API's bindings.
struct Module<'a> {
    name: &'static str,
    doc: &'static str,
    code: &'a Code,
}

impl<'a> Module<'a> {
    fn of(bindings: &'a Bindings) -> [Self; 2] {
        [
            Module { name: "methods", doc: "Resources, their methods and calls.", code: &bindings.methods },
            Module { name: "types", doc: "Messages, enums and unions.", code: &bindings.types },
        ]
    }
}

const CLIENT: &str = "\npub use methods::Client;\n";
