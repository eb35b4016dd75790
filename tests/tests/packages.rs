//! Files and metadata of the published packages.

use conformance::project;
use std::process::Command;

/// Published crates with their folders, in the order of their dependencies.
const PACKAGES: [(&str, &str); 3] =
    [("discovery-runtime", "codegen/runtime"), ("discovery-codegen", "codegen"), ("google-ai-tuning", "generated")];

fn files(package: &str) -> Vec<String> {
    let arguments = ["package", "--list", "--offline", "--allow-dirty", "--package", package];
    let run = Command::new(env!("CARGO")).args(arguments).current_dir(project::path("")).output().unwrap();
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{errors}");
    String::from_utf8(run.stdout).unwrap().lines().map(|line| line.replace('\\', "/")).collect()
}

/// Examples are left out: they use the emulator, which is not published.
#[test]
fn packages_have_exactly_the_files_that_users_need() {
    for (package, _) in PACKAGES {
        let files = files(package);
        for needed in ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "src/lib.rs"] {
            assert!(files.iter().any(|file| file == needed), "{package} has no {needed}: {files:#?}");
        }
        let known = |file: &String| {
            let made_by_cargo = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig"];
            made_by_cargo.contains(&file.as_str())
                || ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "CHANGELOG.md"].contains(&file.as_str())
                || file.starts_with("src/")
                || (package == "discovery-codegen" && file.starts_with("docs/") && file.ends_with(".md"))
        };
        let strange: Vec<&String> = files.iter().filter(|file| !known(file)).collect();
        assert!(strange.is_empty(), "{package}: {strange:?}");
    }
}

#[test]
fn packages_have_registry_metadata() {
    for (package, folder) in PACKAGES {
        let manifest: toml::Table = project::text(&format!("{folder}/Cargo.toml")).parse().unwrap();
        let of = |key: &str| manifest["package"].get(key).unwrap_or_else(|| panic!("{package} has no {key}"));
        for key in ["description", "documentation", "license", "readme", "rust-version"] {
            of(key);
        }
        let (keywords, categories) = (of("keywords").as_array().unwrap(), of("categories").as_array().unwrap());
        assert!((1..=5).contains(&keywords.len()) && (1..=5).contains(&categories.len()), "{package}");
        for keyword in keywords {
            let keyword = keyword.as_str().unwrap();
            assert!(keyword.len() <= 20 && !keyword.contains(' '), "{package}: {keyword}");
        }
        let docs = &of("metadata")["docs"]["rs"];
        assert_eq!(docs["all-features"].as_bool(), Some(true), "{package}");
        assert_ne!(manifest["package"].get("publish").and_then(toml::Value::as_bool), Some(false), "{package}");
    }
}

/// Dependencies of published packages need a version in addition to the path: that of the crate.
#[test]
fn dependencies_between_packages_have_versions() {
    let workspace: toml::Table = project::text("Cargo.toml").parse().unwrap();
    let version = workspace["workspace"]["package"]["version"].as_str().unwrap();
    for name in ["discovery-runtime", "discovery-codegen"] {
        let dependency = &workspace["workspace"]["dependencies"][name];
        assert_eq!(dependency["version"].as_str(), Some(version), "{name}");
    }
    let own: toml::Table = project::text("generated/Cargo.toml").parse().unwrap();
    assert!(own["package"]["version"].is_str(), "google-ai-tuning has its own version");
}
