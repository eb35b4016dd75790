//! Whole crates: of one API, or of several behind features.

use super::{ALLOW, CLIENT, Files, Module, Part, example, head, manifest};
use crate::rust::docs;
use crate::rust::naming::{CRATES, DEVICES, Names, is_identifier, is_keyword, raw};
use crate::text::rust::comment;
use crate::text::{Code, Markdown, markdown, rust};
use crate::{append, code};
use heck::ToKebabCase;

/// Returns `src/` of a crate of several APIs, each in a module behind a feature of the same name. `library` is the name
/// of the library, as programs use it.
pub fn several(parts: &[Part], library: &str, doc: &str) -> Files {
    let mut files = Files::new();
    let mut lib = head::of_crate(parts.iter().map(|part| &part.origin));
    append!(lib, "\n");
    for line in doc.lines() {
        append!(lib, "//!{}\n", comment(line).spaced());
    }
    append!(lib, "//!\n//! Each API is a module behind a feature:\n//!\n");
    for part in parts {
        append!(lib, "//! {}\n", docs::of_module(&part.module, &part.feature(), &part.title, &part.origin.api));
    }
    if let Some(part) = parts.iter().find(|part| !part.example.is_empty()) {
        append!(lib, "{}", example::docs_of_feature(part, &module_path(part, library)));
    }
    append!(lib, "\n#![cfg_attr(docsrs, feature(doc_cfg))]\n");
    for part in parts {
        let Part { module, .. } = part;
        let feature = rust::literal(&part.feature());
        append!(lib, "\n#[cfg(feature = {})]\npub mod {};\n", feature, raw(module));
        files.insert(format!("src/{module}/mod.rs"), root(part, &module_path(part, library)).into_string());
        insert_modules(&mut files, part, &format!("src/{module}/"));
    }
    files.insert("src/lib.rs".to_owned(), lib.into_string());
    files
}

/// Returns a whole crate of one API, with the API's modules at the crate root. `library` is the name of the library, if
/// it is not that of the crate.
pub fn single(part: &Part, name: &str, library: Option<&str>, runtime_path: Option<&str>) -> Files {
    let mut files = Files::new();
    let path = crate_path(library.unwrap_or(name));
    files.insert("src/lib.rs".to_owned(), root(part, &path).into_string());
    insert_modules(&mut files, part, "src/");
    files.insert("Cargo.toml".to_owned(), manifest::whole(part, name, runtime_path));
    files.insert("README.md".to_owned(), readme(part, name, &path).into_string());
    files
}

/// Returns the path of the module of an API in a crate of several APIs: `google_ai_tuning::aiplatform_v1`.
pub(crate) fn module_path(part: &Part, library: &str) -> Code {
    code!("{}::{}", crate_path(library), raw(&part.module))
}

/// Returns the name by which programs use a crate: Cargo replaces hyphens, and nothing else.
fn crate_path(name: &str) -> Code {
    code!("{}", raw(&name.replace('-', "_")))
}

/// Returns the root file of an API's modules. `path` is the path of the module.
fn root(part: &Part, path: &Code) -> Code {
    let mut text = head::of_crate([&part.origin]);
    append!(text, "\n//! {}\n{}\n", docs::of_api(&part.title, &part.origin.api), example::docs(part, path));
    for Module { name, doc, .. } in Module::of(&part.bindings) {
        append!(text, "/// {}\n{}pub mod {};\n", doc, ALLOW, name);
    }
    append!(text, "{}", CLIENT);
    text
}

fn insert_modules(files: &mut Files, part: &Part, folder: &str) {
    for Module { name, code, .. } in Module::of(&part.bindings) {
        let text = code!("{}\n{}", head::of_crate([&part.origin]), code);
        files.insert(format!("{folder}{name}.rs"), text.into_string());
    }
}

/// Returns the crate name for an API, which is that of its module: `aiplatform-v1`.
pub fn crate_name(names: &Names) -> String {
    let cut = |name: String| match name.get(..NAME_LENGTH) {
        Some(cut) => cut.trim_end_matches('-').to_owned(),
        None => name,
    };
    let name = cut(names.api().to_kebab_case());
    if check_crate_name(&name).is_none() { name } else { cut(format!("api-{name}")) }
}

/// Largest number of characters of a crate name on crates.io.
const NAME_LENGTH: usize = 64;

/// Returns the error of an invalid crate name: one with characters other than letters, digits, `-` and `_`, one that is
/// too long, one that Rust, its standard library or Windows reserves, or that of a dependency.
pub fn check_crate_name(name: &str) -> Option<String> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Some(format!(
            "invalid crate name `{name}`: expected ASCII letters, digits, `-` and `_`, beginning with a letter"
        ));
    }
    if name.len() > NAME_LENGTH {
        let length = name.len();
        return Some(format!(
            "invalid crate name: {length} characters, more than the {NAME_LENGTH} that crates.io allows"
        ));
    }
    let lower = name.to_ascii_lowercase();
    let kind = match lower.replace('-', "_").as_str() {
        ident if !is_identifier(ident) || is_keyword(ident) => "a keyword of Rust",
        ident if CRATES.contains(&ident) || ident == "test" => "the name of a crate of Rust's own",
        "discovery_runtime" => "the name of the crate's dependency",
        _ if DEVICES.contains(&lower.as_str()) => "the name of a device on Windows",
        _ => return None,
    };
    Some(format!("invalid crate name `{name}`: it is {kind}"))
}

/// Returns the README of a crate that is generated as a whole. `path` is that of the module of its client.
fn readme(part: &Part, name: &str, path: &Code) -> Markdown {
    let Part { origin, title, .. } = part;
    let mut text = Markdown::default();
    append!(text, "<!-- {} -->\n\n# {}\n\n", head::MARK, markdown::escape(name));
    append!(text, "Rust bindings for {}, {}, ", markdown::escape(title), markdown::code(&origin.api));
    append!(text, "generated from {}", markdown::code(&origin.document));
    if let Some(revision) = &origin.revision {
        append!(text, ", revision {}", markdown::escape(revision));
    }
    append!(text, ".\n\n## Example\n\n");
    let program = example::program(part, path);
    append!(text, "{}", markdown::block("rust", program.as_str()));
    if !part.skipped.is_empty() {
        append!(
            text,
            "\n## Left out\n\nThese bindings do not include the following parts of the document, which are not supported:\n\n"
        );
        for skipped in &part.skipped {
            append!(text, "- {}: {}\n", markdown::code(&skipped.subject), markdown::escape(&skipped.reason));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Api;

    #[test]
    fn crates_have_names_that_cargo_and_every_file_system_take() {
        for name in ["", "1x", "../x", "a/b", "a b", "é", "fn", "self", "Self", "crate", "std", "Con", "lpt9", "-", "_"]
        {
            assert!(check_crate_name(name).is_some(), "{name}");
        }
        let long = "a".repeat(NAME_LENGTH);
        for name in ["aiplatform-v1", "Console", "fn-v1", "a_b", long.as_str()] {
            assert_eq!(check_crate_name(name), None, "{name}");
        }
        for name in ["discovery-runtime", "Discovery_Runtime", &format!("{long}a")] {
            assert!(check_crate_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_of_apis_cannot_leave_the_folder() {
        for (name, version, expected) in [
            ("aiplatform", "v1", "aiplatform-v1"),
            ("../../x", "v1/../..", "x-v1"),
            ("3d", "v1", "api-3d-v1"),
            ("日本", "1", "u65e5-u672c-1"),
            ("discovery", "runtime", "api-discovery-runtime"),
            (&"ab".repeat(200), "v1", &"ab".repeat(NAME_LENGTH / 2)),
            (&format!("{}-b", "a".repeat(NAME_LENGTH - 1)), "v1", &"a".repeat(NAME_LENGTH - 1)),
            (&format!("3{}", "d".repeat(NAME_LENGTH)), "v1", &format!("api-3{}", "d".repeat(NAME_LENGTH - 5))),
        ] {
            let api = Api { name: name.to_owned(), version: version.to_owned(), versioned: true, ..Api::default() };
            let names = Names::of(&api, &Names::default());
            assert_eq!(crate_name(&names), expected, "{name}");
            assert!(names.api().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{name}");
        }
    }

    #[test]
    fn the_name_of_a_file_is_a_module_and_a_crate() {
        for (stem, module, package) in [
            ("petstore", "petstore", "petstore"),
            ("petStore.v1beta3", "pet_store_v1beta3", "pet-store-v1beta3"),
            ("My API (v2)", "my_api_v2", "my-api-v2"),
            ("3d", "api_3d", "api-3d"),
            ("日本", "u65e5_u672c", "u65e5-u672c"),
            ("...", "dot_dot_dot", "dot-dot-dot"),
            ("type", "type", "api-type"),
            ("self", "api_self", "api-self"),
            ("test", "test", "api-test"),
            ("client", "api_client", "api-client"),
            ("api-key", "api_api_key", "api-api-key"),
            ("Con", "api_con", "api-con"),
            ("std", "api_std", "api-std"),
            ("lib", "api_lib", "api-lib"),
            ("bin", "api_bin", "api-bin"),
        ] {
            let api = Api { name: stem.to_owned(), version: "1.0.0".to_owned(), ..Api::default() };
            let names = Names::of(&api, &Names::default());
            assert_eq!((names.api(), &*crate_name(&names)), (module, package), "{stem}");
            assert_eq!(check_crate_name(package), None);
        }
    }
}
