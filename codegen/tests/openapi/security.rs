//! Credentials of OpenAPI documents, in generated code and in the output of `request`.
use discovery_codegen::commands::generate::crates::{CrateOptions, prepare};
use std::path::Path;
use std::process::Command;

fn document(server: &str, security: &str) -> String {
    format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "Pets", "version": "1"}}, "servers": [{{"url": "{server}"}}],
        "security": {security},
        "paths": {{"/pets": {{"get": {{"operationId": "listPets", "responses": {{"200": {{"description": "x"}}}}}}}},
            "/health": {{"get": {{"operationId": "health", "security": [], "responses": {{"200": {{"description": "x"}}}}}}}}}},
        "components": {{"securitySchemes": {{
            "bearer": {{"type": "http", "scheme": "Bearer"}},
            "basic": {{"type": "http", "scheme": "BASIC"}},
            "digest": {{"type": "http", "scheme": "digest"}},
            "header": {{"type": "apiKey", "in": "header", "name": "X-Key"}},
            "query": {{"type": "apiKey", "in": "query", "name": "app id"}},
            "cookie": {{"type": "apiKey", "in": "cookie", "name": "session"}},
            "broken": {{"type": "apiKey", "in": "header", "name": "x\r\ny"}},
            "split": {{"type": "http", "scheme": "x\ny: z"}},
            "certificate": {{"type": "mutualTLS"}},
            "openid": {{"type": "openIdConnect", "openIdConnectUrl": "https://x.example.com"}},
            "oauth": {{"type": "oauth2", "flows": {{"implicit": {{"authorizationUrl": "https://x.example.com", "scopes": {{"read": "r"}}}}}}}}
        }}}}}}"#
    )
}

/// Returns the manifest and the methods of a crate.
fn generated(folder: &Path, text: &str) -> [String; 2] {
    let document = folder.join("pets.json");
    std::fs::write(&document, text).unwrap();
    let options = CrateOptions {
        specs: &[document],
        overlay: None,
        include: &[],
        out: &folder.join("out"),
        crate_name: None,
        runtime_path: None,
        lock: None,
        ref_folders: &[],
    };
    prepare(&options).unwrap().plan.apply().unwrap();
    ["Cargo.toml", "src/methods.rs"].map(|path| std::fs::read_to_string(folder.join("out").join(path)).unwrap())
}

#[test]
fn alternatives_are_in_the_table() {
    for (security, row) in [
        ("[]", None),
        (r#"[{"bearer": []}]"#, Some("&[Bearer]")),
        // All three schemes are a token in the same header.
        (r#"[{"oauth": ["read"]}, {"openid": []}, {"bearer": []}]"#, Some("&[Bearer]")),
        (
            r#"[{"header": [], "query": []}, {"basic": []}, {}]"#,
            Some(r#"&[Header("x-key"), Query("app id")], &[Basic], &[]"#),
        ),
        (r#"[{"cookie": []}, {"digest": []}]"#, Some(r#"&[Cookie("session")], &[Other("digest")]"#)),
        // A certificate belongs to the connection.
        (r#"[{"certificate": [], "header": []}]"#, Some(r#"&[Header("x-key")]"#)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let [manifest, methods] = generated(folder.path(), &document("https://pets.example.com", security));
        let methods = methods.replace("::discovery_runtime::http::SecurityScheme::", "");
        let flat = methods.split_whitespace().collect::<Vec<_>>().join(" ");
        match row {
            Some(row) => {
                let row = format!("security: &[{row}],");
                assert!(flat.replace("&[ &", "&[&").replace("], ],", "]],").contains(&row), "{row} in\n{methods}");
                assert!(flat.contains("security: &[&[]],"), "{methods}");
            }
            None => assert!(!methods.contains("security"), "{methods}"),
        }
        assert!(!manifest.contains("adc") && !manifest.contains("api-key"), "{manifest}");
    }
}

/// A name of a crate becomes Rust: it is checked where the configuration is read.
#[test]
fn names_of_crates_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pets.json"), document("https://pets.example.com", "[]")).unwrap();
    for name in ["1a", "", "_", "..", "~", "fn", "a b", "\\u202ea", "discovery-runtime"] {
        let text = format!("[crate]\nname = \"{name}\"\npath = \"c\"\n\n[[api]]\nspec = \"pets.json\"\n");
        std::fs::write(folder.path().join("codegen.toml"), text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .args(["generate", "--config", "codegen.toml"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {errors}");
        assert!(errors.contains("invalid crate name") && errors.contains("codegen.toml:2:8"), "{name}: {errors}");
    }
}

#[test]
fn only_crates_of_google_apis_have_google_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let [manifest, _] = generated(folder.path(), &document("https://pets.googleapis.com", "[]"));
    assert!(manifest.contains(r#"default = ["client", "adc"]"#), "{manifest}");
    let folder = tempfile::tempdir().unwrap();
    let scope = r#""https://www.googleapis.com/auth/cloud-platform": "r""#;
    let text = document("https://pets.example.com", "[]").replace(r#""read": "r""#, scope);
    let [manifest, _] = generated(folder.path(), &text);
    assert!(manifest.contains(r#"default = ["client", "adc"]"#), "{manifest}");
}

#[test]
fn request_prints_placeholders_of_credentials() {
    let request = |security: &str, format: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pets.json");
        std::fs::write(&path, document("https://pets.example.com", security)).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .args(["request", path.to_str().unwrap(), "listPets", "--format", format])
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let both = r#"[{"query": [], "header": []}, {"bearer": []}, {}]"#;
    let (http, status) = request(both, "http");
    assert!(http.starts_with("GET /pets?app%20id=<API_KEY_2> HTTP/1.1\n"), "{http}");
    assert!(http.contains("\nx-key: <API_KEY>\n") && !http.contains("goog"), "{http}");
    let stated =
        "credentials: key in the header `x-key` and key in the query parameter `app id`, or bearer token, or none";
    assert!(status.contains(stated), "{status}");
    let (curl, _) = request(both, "curl");
    assert!(curl.contains(r#"-H 'x-key: '"$API_KEY""#), "{curl}");
    assert!(
        curl.contains(r#"'https://pets.example.com/pets''?app%20id='"$API_KEY_2""#) && !curl.contains("gcloud"),
        "{curl}"
    );
    let (curl, _) = request(r#"[{"basic": []}]"#, "curl");
    assert!(curl.contains(r#"-u "$USER_NAME:$PASSWORD""#), "{curl}");
    let (curl, _) = request(r#"[{"oauth": ["read"]}]"#, "curl");
    assert!(curl.contains(r#"-H 'authorization: Bearer '"$TOKEN""#), "{curl}");
    let (json, _) = request(r#"[{"cookie": []}]"#, "json");
    assert!(json.contains("key in the cookie `session`"), "{json}");
    // Invalid names of headers and schemes are unsupported.
    for scheme in ["broken", "split"] {
        let (http, _) = request(&format!(r#"[{{"{scheme}": []}}]"#), "http");
        assert!(!http.contains("\ny"), "{http}");
    }
}
