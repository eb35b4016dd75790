//! Methods of real documents that take or return content of any media type: `google.api.HttpBody`.

use conformance::{figure, python};
use discovery_codegen::commands::request::Content;
use discovery_codegen::commands::request::call::{Host, prepare};
use discovery_codegen::model::Api;
use discovery_codegen::pipeline::{Input, Mode};
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    let folder = python::CLIENT.folder().unwrap_or_else(|error| panic!("{error}"));
    folder.join("googleapiclient/discovery_cache/documents")
}

fn api(document: &str) -> Api {
    Input::read(&folder().join(document), None).unwrap().api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}")).0
}

/// Builds the request of a method with this body.
fn request(api: &Api, method: &str, parameter: (&str, &str), body: &str) -> http::Request<bytes::Bytes> {
    let body = Content::new("body", body);
    let parameter = (parameter.0.to_owned(), parameter.1.to_owned());
    prepare(api, method, &[parameter], Some(&body), &Host::default())
        .unwrap_or_else(|errors| panic!("{errors}"))
        .request
}

#[test]
fn every_method_of_the_real_documents() {
    let (mut takes, mut wrapped, mut returns, mut documents) = (0, 0, 0, 0);
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if !text.contains("HttpBody\"") || path.file_name().is_some_and(|name| name == "index.json") {
            continue;
        }
        documents += 1;
        let api = api(path.file_name().unwrap().to_str().unwrap());
        for method in api.methods.values() {
            let stated = text.split(&format!("\"{}\"", method.id)).nth(1).unwrap_or_default();
            let stated = stated.split("\"request\"").nth(1).unwrap_or_default();
            let is_direct = stated.split('}').next().unwrap_or_default().contains("HttpBody\"");
            takes += usize::from(method.takes_http_body && is_direct);
            wrapped += usize::from(method.takes_http_body && !is_direct);
            returns += usize::from(method.returns_http_body);
        }
    }
    figure::print(&format!(
        "HTTP bodies: {returns} methods of {documents} documents return one, {takes} take one, {wrapped} in a message"
    ));
    assert_eq!((returns, takes), (257, 72));
    assert!(wrapped > 20, "{wrapped}");
}

#[test]
fn a_prediction_in_any_media_type() {
    let api = api("aiplatform.v1.json");
    let endpoint = ("endpoint", "projects/p/locations/global/endpoints/1");
    for method in ["projects.locations.endpoints.rawPredict", "projects.locations.endpoints.streamRawPredict"] {
        for body in [
            r#"{"instances": [1.5]}"#,
            r#"{"httpBody": {"contentType": "application/json", "data": "eyJpbnN0YW5jZXMiOiBbMS41XX0="}}"#,
        ] {
            let request = request(&api, method, endpoint, body);
            assert_eq!(request.body(), r#"{"instances": [1.5]}"#, "{method}");
            assert_eq!(request.headers()["content-type"], "application/json");
            assert_eq!(request.headers()["accept"], "*/*");
            assert_eq!(request.uri().query(), None, "{method}");
        }
        let image =
            request(&api, method, endpoint, r#"{"httpBody": {"contentType": "image/png", "data": "iVBORw=="}}"#);
        assert_eq!(
            (&image.body()[..], &image.headers()["content-type"]),
            (&b"\x89PNG"[..], &"image/png".parse().unwrap())
        );
    }
}

#[test]
fn a_fhir_resource() {
    let api = api("healthcare.v1.json");
    let method = "projects.locations.datasets.fhirStores.fhir.update";
    let name = ("name", "projects/p/locations/l/datasets/d/fhirStores/f/fhir/Patient/1");
    let patient = r#"{"resourceType":"Patient","id":"1"}"#;
    let body = r#"{"contentType": "application/fhir+json;charset=utf-8", "data": "eyJyZXNvdXJjZVR5cGUiOiJQYXRpZW50IiwiaWQiOiIxIn0="}"#;
    let stated = request(&api, method, name, body);
    assert_eq!(stated.body(), patient);
    assert_eq!(stated.headers()["content-type"], "application/fhir+json;charset=utf-8");
    assert_eq!(request(&api, method, name, patient).body(), patient);
}
