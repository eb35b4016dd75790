//! Dependencies of each feature of the bindings.

use conformance::{figure, project};
use std::collections::BTreeSet;
use std::process::Command;

const APIS: [&str; 3] = ["aiplatform-v1", "generativelanguage-v1beta", "generativelanguage-v1beta3"];

/// Returns the dependencies of `google-ai-tuning` with these features on a target.
fn crates(features: &str, target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "google-ai-tuning", "--no-default-features", "--features", features])
        .args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}", "--target", target])
        .current_dir(project::path(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let names = text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    names.filter(|name| *name != "google-ai-tuning").map(str::to_owned).collect()
}

/// Crates that do not compile to WebAssembly, or need a C compiler.
fn is_heavy(name: &str) -> bool {
    const HEAVY: [&str; 16] = [
        "tokio",
        "mio",
        "socket2",
        "hyper",
        "reqwest",
        "rustls",
        "native-tls",
        "openssl",
        "ring",
        "cc",
        "cmake",
        "bindgen",
        "pkg-config",
        "libc",
        "getrandom",
        "rand",
    ];
    HEAVY.contains(&name) || name.ends_with("-sys") || name.starts_with("aws-lc")
}

#[test]
fn types_and_requests_have_portable_dependencies() {
    for api in APIS {
        for target in ["all", "wasm32-unknown-unknown"] {
            let crates = crates(api, target);
            let heavy: Vec<_> = crates.iter().filter(|name| is_heavy(name)).collect();
            assert!(heavy.is_empty(), "{api} on {target} brings {heavy:?}");
            assert!((5..=35).contains(&crates.len()), "{api} on {target} brings {crates:?}");
        }
    }
    figure::print(&format!(
        "dependencies: types and requests have {} crates",
        crates(APIS[0], "x86_64-unknown-linux-gnu").len()
    ));
}

#[test]
fn a_client_has_one_http_stack_and_no_credentials() {
    let target = "x86_64-unknown-linux-gnu";
    let types = crates(APIS[1], target);
    let client = crates("generativelanguage-v1beta,client", target);
    let wanted = ["reqwest", "rustls", "ring", "tokio"].map(str::to_owned);
    assert!(wanted.iter().all(|name| client.contains(name)), "{client:?}");
    let unwanted =
        ["google-cloud-auth", "aws-lc-rs", "openssl", "native-tls", "tonic", "chrono", "regex", "serde_derive"];
    assert!(unwanted.iter().all(|name| !client.contains(*name)), "{client:?}");
    assert!(types.is_subset(&client));
    for costs_nothing in ["api-key", "blocking"] {
        assert_eq!(crates(&format!("generativelanguage-v1beta,client,{costs_nothing}"), target), client);
    }
    figure::print(&format!("dependencies: a client has {} crates", client.len()));
}

#[test]
fn application_default_credentials_use_google_cloud_auth() {
    let target = "x86_64-unknown-linux-gnu";
    let client = crates("generativelanguage-v1beta,client", target);
    let with = crates("generativelanguage-v1beta,adc", target);
    assert!(client.is_subset(&with));
    assert!(with.contains("google-cloud-auth"), "{with:?}");
    let unwanted = ["aws-lc-rs", "openssl", "native-tls", "tonic", "chrono", "regex"];
    assert!(unwanted.iter().all(|name| !with.contains(*name)), "{with:?}");
    figure::print(&format!("dependencies: a client with Application Default Credentials has {} crates", with.len()));
}
