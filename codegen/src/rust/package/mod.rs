//! The files of a crate, or the one file that a build script includes.

mod head;
mod manifest;

use super::Bindings;
use crate::model::{Api, Skipped};
use heck::{ToKebabCase, ToSnakeCase};
use std::collections::BTreeMap;

pub use head::{Origin, is_ours};
pub use manifest::{features, with_features};

/// Files by their path from the crate's root, with slashes.
pub type Files = BTreeMap<String, String>;

/// One API's bindings, and where they come from.
#[derive(Clone, Debug)]
pub struct Part {
    /// The API's module and feature, told apart by the version: `generativelanguage_v1beta`.
    pub module: String,
    /// The title for people.
    pub title: String,
    /// The code.
    pub bindings: Bindings,
    /// The document and overlay.
    pub origin: Origin,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

impl Part {
    /// A part for an API.
    pub fn new(api: &Api, bindings: Bindings, origin: Origin) -> Self {
        Self {
            module: module(api),
            title: api.title.clone().unwrap_or_else(|| api.id()),
            bindings,
            origin,
            skipped: api.skipped.clone(),
        }
    }

    /// The feature that a crate of several APIs has for this one.
    pub fn feature(&self) -> String {
        self.module.to_kebab_case()
    }
}

/// The module of an API: its name and version, as it is written: `generativelanguage_v1beta`, not `v1_beta`.
fn module(api: &Api) -> String {
    let version: String =
        api.version.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("{}_{version}", api.name.to_snake_case())
}

/// Modules of generated code use what they mark deprecated themselves, bear the document's names whatever they are, and
/// are formatted already.
const ALLOW: &str = "#[allow(deprecated, non_snake_case)]\n\
    #[allow(clippy::module_inception, clippy::needless_update, clippy::upper_case_acronyms)]\n\
    #[rustfmt::skip]\n";

/// The `src/` of a crate of several APIs, each in a module behind a feature of its name.
pub fn several(parts: &[Part], doc: &str) -> Files {
    let mut files = Files::new();
    let mut lib = head::of_crate(parts.iter().map(|part| &part.origin));
    lib.push_str(&head::inner_doc(doc));
    for part in parts {
        let Part { module, title, origin, .. } = part;
        lib.push_str(&format!(
            "\n/// {title}, `{}`.\n#[cfg(feature = \"{}\")]\npub mod {module};\n",
            origin.api,
            part.feature()
        ));
        let text =
            head::of_crate([origin]) + &head::inner_doc(&format!("{title}, `{}`.", origin.api)) + "\n" + &modules();
        files.insert(format!("src/{module}/mod.rs"), text);
        insert_modules(&mut files, part, &format!("src/{module}/"));
    }
    files.insert("src/lib.rs".to_owned(), lib);
    files
}

/// A whole crate of one API, whose modules stand at its root.
pub fn single(part: &Part, name: &str, runtime_path: Option<&str>) -> Files {
    let mut files = Files::new();
    let lib = head::of_crate([&part.origin])
        + &head::inner_doc(&format!("{}, `{}`.", part.title, part.origin.api))
        + "\n"
        + &modules();
    files.insert("src/lib.rs".to_owned(), lib);
    insert_modules(&mut files, part, "src/");
    files.insert("Cargo.toml".to_owned(), manifest::whole(part, name, runtime_path));
    files.insert("README.md".to_owned(), head::readme(part, name));
    files
}

/// One file for `include!`, which may not begin with inner attributes.
pub fn include(part: &Part) -> String {
    let mut text = head::of_crate([&part.origin]);
    for (name, doc, code) in [("types", TYPES, &part.bindings.types), ("methods", METHODS, &part.bindings.methods)] {
        text.push_str(&format!("\n/// {doc}\n{ALLOW}pub mod {name} {{\n"));
        for line in code.lines() {
            if !line.is_empty() {
                text.push_str("    ");
                text.push_str(line);
            }
            text.push('\n');
        }
        text.push_str("}\n");
    }
    text.push_str(CLIENT);
    text
}

const TYPES: &str = "Messages, enums and unions.";
const METHODS: &str = "Resources, their methods, and calls of them.";
const CLIENT: &str = "\npub use methods::Client;\n";

fn modules() -> String {
    format!("/// {METHODS}\n{ALLOW}pub mod methods;\n/// {TYPES}\n{ALLOW}pub mod types;\n{CLIENT}")
}

fn insert_modules(files: &mut Files, part: &Part, folder: &str) {
    let head = head::of_crate([&part.origin]);
    for (name, code) in [("types", &part.bindings.types), ("methods", &part.bindings.methods)] {
        files.insert(format!("{folder}{name}.rs"), format!("{head}\n{code}"));
    }
}

/// The name of a crate for an API: `aiplatform-v1`.
pub fn crate_name(api: &Api) -> String {
    module(api).to_kebab_case()
}
