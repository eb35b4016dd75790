//! Manifest of a generated crate: features, and the dependency on the runtime.

use super::Part;
use semver::{Version, VersionReq};
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

/// Returns the features of the runtime that a crate forwards: a transport, kinds of credentials of Google's APIs if the
/// crate has any, and calls outside of an asynchronous runtime. All are optional.
pub fn runtime_features(google: bool) -> &'static [&'static str] {
    if google { &["client", "adc", "api-key", "blocking"] } else { &["client", "blocking"] }
}

/// Returns the features of the runtime that are enabled by default.
fn defaults(google: bool) -> &'static [&'static str] {
    if google { &["client", "adc"] } else { &["client"] }
}

/// Returns the features of a crate of several APIs: one for each API, and those of the runtime, if it is a dependency.
pub fn features(parts: &[Part], needs_runtime: bool) -> BTreeMap<String, Vec<String>> {
    let apis = parts.iter().map(Part::feature);
    let mut features: BTreeMap<String, Vec<String>> = apis.clone().map(|api| (api, Vec::new())).collect();
    if !needs_runtime {
        features.insert("default".to_owned(), apis.collect());
        return features;
    }
    let google = parts.iter().any(|part| part.google);
    let defaults = defaults(google).iter().map(|feature| (*feature).to_owned());
    features.insert("default".to_owned(), apis.chain(defaults).collect());
    for feature in runtime_features(google) {
        features.insert((*feature).to_owned(), vec![format!("discovery-runtime/{feature}")]);
    }
    features
}

/// Returns a manifest with the features of a crate of several APIs. Other features, existing ones, and the choice of
/// default ones stay as they are; new ones are added. Removed are those of `earlier` APIs that the crate no longer has, and
/// those of the runtime that it no longer forwards.
///
/// # Errors
/// Invalid TOML.
pub fn with_features(
    manifest: &str,
    features: &BTreeMap<String, Vec<String>>,
    earlier: &BTreeSet<String>,
) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let item = document.entry("features").or_insert(Item::Table(Table::new()));
    let Some(table) = item.as_table_like_mut() else { return Ok(document.to_string()) };
    let forwards = |feature: &str, item: &Item| {
        let enables: Option<Vec<&str>> = item.as_array().map(|list| list.iter().filter_map(Value::as_str).collect());
        enables.is_some_and(|enables| enables == [format!("discovery-runtime/{feature}")])
    };
    let is_stale = |(feature, item): &(&str, &Item)| {
        !features.contains_key(*feature) && (earlier.contains(*feature) || forwards(feature, item))
    };
    let stale: Vec<String> = table.iter().filter(is_stale).map(|(feature, _)| feature.to_owned()).collect();
    stale.iter().for_each(|feature| drop(table.remove(feature)));
    let new: Vec<String> = features.keys().filter(|feature| !table.contains_key(feature)).cloned().collect();
    if let Some(defaults) = table.get_mut("default").and_then(Item::as_array_mut) {
        let length = defaults.len();
        defaults.retain(|feature| feature.as_str().is_none_or(|feature| !stale.iter().any(|other| other == feature)));
        if defaults.len() != length {
            defaults.fmt();
        }
        for feature in features.get("default").into_iter().flatten().filter(|feature| new.contains(feature)) {
            if !defaults.iter().any(|other| other.as_str() == Some(feature)) {
                defaults.push(feature.as_str());
            }
        }
    }
    for (feature, enables) in features {
        table.entry(feature).or_insert(value(enables.iter().collect::<Array>()));
    }
    Ok(document.to_string())
}

/// Returns the features of the APIs of a generated library of several APIs; none for another one.
pub fn api_features(library: &str) -> BTreeSet<String> {
    let feature = |line: &str| line.strip_prefix("#[cfg(feature = \"")?.strip_suffix("\")]").map(str::to_owned);
    if super::is_ours(library) { library.lines().filter_map(feature).collect() } else { BTreeSet::new() }
}

/// Returns a manifest with the features and the dependency that generated code needs. Existing entries stay as they
/// are, except for the path of the runtime, if there is one, and a version of the runtime that the code does not compile
/// with.
///
/// # Errors
/// Invalid TOML.
pub fn with_requirements(
    manifest: &str,
    features: &[&str],
    runtime_path: Option<&str>,
) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let table = document.entry("features").or_insert(Item::Table(Table::new()));
    if let Some(table) = table.as_table_like_mut() {
        for feature in features {
            table.entry(feature).or_insert(value(Array::from_iter([format!("discovery-runtime/{feature}")])));
        }
    }
    let table = document.entry("dependencies").or_insert(Item::Table(Table::new()));
    if let Some(table) = table.as_table_like_mut() {
        let dependency = table.entry("discovery-runtime").or_insert(value(runtime(runtime_path)));
        if let Some(path) = runtime_path {
            set_path(dependency, path);
        }
        set_version(dependency);
    }
    Ok(document.to_string())
}

/// Keys of a dependency that exclude a path, or state another source. A version may be next to a path.
const OTHER_SOURCES: [&str; 6] = ["workspace", "git", "branch", "tag", "rev", "registry"];

/// Makes a dependency that of a folder. Features and other keys stay as they are.
fn set_path(dependency: &mut Item, path: &str) {
    let Some(table) = dependency.as_table_like_mut() else {
        // A version alone.
        *dependency = value(InlineTable::from_iter([("path", path)]));
        return;
    };
    OTHER_SOURCES.iter().for_each(|key| drop(table.remove(key)));
    // A version without a path is the published one, which may be another than that of the folder.
    if !table.contains_key("path") {
        table.remove("version");
    }
    if table.get("path").and_then(Item::as_str) != Some(path) {
        table.insert("path", value(path));
    }
}

/// Replaces a version that excludes the one of this generator. Without a version, there is nothing to replace.
fn set_version(dependency: &mut Item) {
    let version = match dependency.as_table_like_mut() {
        Some(table) => table.get_mut("version"),
        None => Some(dependency),
    };
    let Some(version) = version else { return };
    let requirement = version.as_str().and_then(|text| VersionReq::parse(text).ok());
    if requirement
        .is_some_and(|requirement| Version::parse(VERSION).is_ok_and(|version| !requirement.matches(&version)))
    {
        set_text(version, VERSION);
    }
}

/// Sets a text, and keeps the space and comments around it.
pub fn set_text(item: &mut Item, text: &str) {
    let decor = item.as_value().map(|old| old.decor().clone());
    *item = value(text);
    if let (Some(value), Some(decor)) = (item.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

/// Version of this generator, and of the runtime that its code needs.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Returns `true` for a manifest that the generator created.
pub fn is_created(manifest: &str) -> bool {
    manifest.trim_start_matches('\u{feff}').starts_with(CREATED)
}

/// Beginning of the first line of created manifests.
const CREATED: &str = "# Created by discovery-codegen.";

/// Returns the dependency on the runtime: a path, or the version of this generator.
fn runtime(path: Option<&str>) -> InlineTable {
    let mut runtime = InlineTable::new();
    match path {
        Some(path) => runtime.insert("path", path.into()),
        None => runtime.insert("version", VERSION.into()),
    };
    runtime.insert("default-features", false.into());
    runtime
}

/// Returns the name that a manifest gives to its dependency on the runtime, if it is another one.
///
/// # Errors
/// Invalid TOML.
pub fn renamed_runtime(manifest: &str) -> Result<Option<String>, toml_edit::TomlError> {
    let document: DocumentMut = manifest.parse()?;
    let Some(table) = document.get("dependencies").and_then(Item::as_table_like) else { return Ok(None) };
    let is_runtime = |item: &Item| item.get("package").and_then(Item::as_str) == Some("discovery-runtime");
    let renamed = table.iter().find(|(_, item)| is_runtime(item)).map(|(name, _)| name.to_owned());
    Ok(renamed.filter(|_| !table.contains_key("discovery-runtime")))
}

/// Returns the name of the package of a manifest, if it states one.
///
/// # Errors
/// Invalid TOML.
pub fn package_name(manifest: &str) -> Result<Option<String>, toml_edit::TomlError> {
    name_in(manifest, "package")
}

/// Returns the name of the library of a manifest, if it states another one than that of the package.
///
/// # Errors
/// Invalid TOML.
pub fn library_name(manifest: &str) -> Result<Option<String>, toml_edit::TomlError> {
    name_in(manifest, "lib")
}

fn name_in(manifest: &str, table: &str) -> Result<Option<String>, toml_edit::TomlError> {
    let document: DocumentMut = manifest.parse()?;
    let name = document.get(table).and_then(|table| table.get("name")).and_then(|name| name.as_str());
    Ok(name.map(str::to_owned))
}

/// Returns the manifest of a crate that is generated as a whole.
pub(super) fn whole(part: &Part, name: &str, runtime_path: Option<&str>) -> String {
    let package = Table::from_iter([
        ("name", name),
        ("version", "0.1.0"),
        ("edition", "2024"),
        ("description", &format!("Rust bindings for {}, {}", part.title, part.origin.api)),
    ]);
    let mut features = Table::from_iter([("default", defaults(part.google).iter().copied().collect::<Array>())]);
    for feature in runtime_features(part.google) {
        features.insert(feature, value(Array::from_iter([format!("discovery-runtime/{feature}")])));
    }
    let mut workspace = Table::new();
    workspace.decor_mut().set_prefix(
        "\n# A workspace of its own, so that the crate may be in a folder of another workspace.\n\
         # Delete this table to make the crate a member of that workspace.\n",
    );
    let mut manifest = DocumentMut::new();
    manifest.insert("package", Item::Table(package));
    manifest.insert("features", Item::Table(features));
    manifest.insert("dependencies", Item::Table(Table::from_iter([("discovery-runtime", runtime(runtime_path))])));
    manifest.insert("workspace", Item::Table(workspace));
    format!("{CREATED} Edit it freely: later runs add or update only what the code needs.\n{manifest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::Bindings;
    use crate::rust::package::Origin;
    use crate::text::Code;

    fn manifest(title: &str) -> String {
        let bindings = Bindings { types: Code::default(), methods: Code::default() };
        let origin = Origin {
            api: "x:v1".into(),
            document: "x.json".into(),
            revision: None,
            digest: String::new(),
            overlay: None,
        };
        let part = Part {
            module: "x_v1".into(),
            title: title.to_owned(),
            google: true,
            bindings,
            origin,
            skipped: Vec::new(),
            example: Default::default(),
        };
        whole(&part, "x-v1", Some("/a \"path\"/with\\backslashes"))
    }

    #[test]
    fn a_manifest_is_valid_toml_for_any_title() {
        let titles =
            ["X\u{a0}API", "\"\"\"", "a\u{85}\u{2028}\u{202e}b", "\u{feff}", "\\u{1b}\u{1b}[31m", "]\n[dependencies]"];
        for title in titles {
            let text = manifest(title);
            let read: toml::Table = text.parse().unwrap_or_else(|error| panic!("{title:?}: {error}\n{text}"));
            assert_eq!(read["package"]["description"].as_str(), Some(&*format!("Rust bindings for {title}, x:v1")));
            assert_eq!(read["dependencies"]["discovery-runtime"]["default-features"].as_bool(), Some(false));
            assert_eq!(read.keys().collect::<Vec<_>>(), ["dependencies", "features", "package", "workspace"]);
        }
    }

    #[test]
    fn features_of_a_person_stay() {
        let features = |apis: &[&str], runtime: &[&str]| -> BTreeMap<String, Vec<String>> {
            let names = apis.iter().chain(runtime).map(|name| (*name).to_owned());
            let of_runtime = runtime.iter().map(|name| ((*name).to_owned(), vec![format!("discovery-runtime/{name}")]));
            let of_apis = apis.iter().map(|name| ((*name).to_owned(), Vec::new()));
            of_apis.chain(of_runtime).chain([("default".to_owned(), names.collect())]).collect()
        };
        let with = |manifest: &str, apis: &[&str], runtime: &[&str], removed: &[&str]| {
            let removed = removed.iter().map(|name| (*name).to_owned()).collect();
            let text = with_features(manifest, &features(apis, runtime), &removed).unwrap();
            assert_eq!(with_features(&text, &features(apis, runtime), &BTreeSet::new()).unwrap(), text);
            text
        };
        let first = with("[package]\n", &["a", "b"], &["client"], &[]);
        assert_eq!(
            first,
            "[package]\n\n[features]\na = []\nb = []\nclient = [\"discovery-runtime/client\"]\ndefault = [\"a\", \"b\", \
             \"client\"]\n"
        );
        let own = "[features]\ndefault = [\"a\"] # few\n# Mine.\nmine = [\"dep:x\"]\na = [\"mine\"]\nb = []\n\
                   client = [\"discovery-runtime/client\"]\n";
        assert_eq!(with(own, &["a", "b"], &["client"], &[]), own);
        // An API that is new, one that is removed, and a crate that no longer forwards the runtime.
        let text = with(own, &["a", "b", "c"], &["client"], &[]);
        assert_eq!(text, own.replace("[\"a\"] # few", "[\"a\", \"c\"] # few") + "c = []\n");
        let text = with(own, &["b"], &["client"], &["a"]);
        assert_eq!(text, own.replace("[\"a\"] # few", "[] # few").replace("a = [\"mine\"]\n", ""));
        let text = with(own, &["a", "b"], &[], &[]);
        assert_eq!(text, own.replace("client = [\"discovery-runtime/client\"]\n", ""));
    }

    #[test]
    fn the_path_of_the_runtime_replaces_every_other_source() {
        for (old, new) in [
            (r#"{ version = "0.2", default-features = false }"#, r#"{ default-features = false , path = "../rt" }"#),
            (r#"{ path = "old", version = "0.2" }"#, r#"{ path = "../rt", version = "0.2" }"#),
            (r#"{ workspace = true, features = ["x"] }"#, r#"{ features = ["x"] , path = "../rt" }"#),
            (r#"{ git = "https://x", rev = "1" }"#, r#"{ path = "../rt" }"#),
            (r#""0.2""#, r#"{ path = "../rt" }"#),
        ] {
            let manifest = |value: &str| format!("[features]\n\n[dependencies]\ndiscovery-runtime = {value}\n");
            let text = with_requirements(&manifest(old), &[], Some("../rt")).unwrap();
            let read = |text: &str| text.parse::<toml::Table>().unwrap()["dependencies"]["discovery-runtime"].clone();
            assert_eq!(read(&text), read(&manifest(new)), "{old}");
            assert_eq!(with_requirements(&text, &[], None).unwrap(), text, "{old}");
            assert_eq!(with_requirements(&manifest(old), &[], None).unwrap(), manifest(old), "{old}");
        }
    }

    #[test]
    fn a_version_of_another_runtime_is_replaced() {
        for (old, new) in [
            (r#""0.1""#, format!(r#""{VERSION}""#)),
            (
                r#"{ version = "=0.1.7", features = ["jiff"] }"#,
                format!(r#"{{ version = "{VERSION}", features = ["jiff"] }}"#),
            ),
            (r#"{ path = "../rt", version = "9" }"#, format!(r#"{{ path = "../rt", version = "{VERSION}" }}"#)),
            (r#""0.1" # its reason"#, format!(r#""{VERSION}" # its reason"#)),
            (r#""*""#, r#""*""#.to_owned()),
            (r#"{ git = "https://x" }"#, r#"{ git = "https://x" }"#.to_owned()),
            (r#"{ workspace = true }"#, r#"{ workspace = true }"#.to_owned()),
        ] {
            let manifest = |value: &str| format!("[features]\n\n[dependencies]\ndiscovery-runtime = {value}\n");
            assert_eq!(with_requirements(&manifest(old), &[], None).unwrap(), manifest(&new), "{old}");
        }
    }

    #[test]
    fn a_manifest() {
        assert_eq!(
            manifest("Example API").lines().collect::<Vec<_>>().join("\n"),
            r#"# Created by discovery-codegen. Edit it freely: later runs add or update only what the code needs.
[package]
name = "x-v1"
version = "0.1.0"
edition = "2024"
description = "Rust bindings for Example API, x:v1"

[features]
default = ["client", "adc"]
client = ["discovery-runtime/client"]
adc = ["discovery-runtime/adc"]
api-key = ["discovery-runtime/api-key"]
blocking = ["discovery-runtime/blocking"]

[dependencies]
discovery-runtime = { path = '/a "path"/with\backslashes', default-features = false }

# A workspace of its own, so that the crate may be in a folder of another workspace.
# Delete this table to make the crate a member of that workspace.
[workspace]"#
        );
    }
}
