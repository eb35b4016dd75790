//! Output of `request` and `inspect` for OpenAPI documents, and their omitted parts.

use discovery_codegen::commands::inspect::listing::{Parts, list};
use discovery_codegen::commands::request::Content;
use discovery_codegen::commands::request::call::{Host, prepare};
use discovery_codegen::model::{Api, Skipped};
use discovery_codegen::parser;
use discovery_codegen::passes::prune::prune;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn api(name: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    parser::read(&Arc::new(Source::new(path.display().to_string(), text))).unwrap_or_else(|errors| panic!("{errors}"))
}

fn request(api: &Api, method: &str, parameters: &[(&str, &str)], body: &str) -> http::Request<bytes::Bytes> {
    let parameters: Vec<_> = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let body = (!body.is_empty()).then(|| Content::new("body.json", body));
    let prepared = prepare(api, method, &parameters, body.as_ref(), &Host::default());
    prepared.unwrap_or_else(|errors| panic!("{errors}")).request
}

#[test]
fn structured_parameters_are_json_or_members() {
    let parameters = [
        ("matrix", "a"),
        ("matrix", "b"),
        ("label", r#"{"r": 1}"#),
        ("pair[g]", "2"),
        ("created[gt]", "5"),
        ("items", r#"[{"price": "p"}]"#),
        ("theme", "dark"),
    ];
    let request = request(&api("parameters.yaml"), "getColors", &parameters, "");
    assert_eq!(request.uri().path(), "/v2/colors/;matrix=a;matrix=b/.r,1/g=2");
    assert_eq!(request.uri().query(), Some("created%5Bgt%5D=5&items%5B0%5D%5Bprice%5D=p"));
    assert_eq!(request.headers()["cookie"], "theme=dark");
}

#[test]
fn forms_and_texts() {
    let forms = api("forms.yaml");
    let body = r#"{"customer": "c", "items": [{"price": "p", "taxes": ["x"]}], "days": [1, 2]}"#;
    let sent = request(&forms, "subscriptions.create", &[], body);
    let mut fields: Vec<&str> = std::str::from_utf8(sent.body()).unwrap().split('&').collect();
    fields.sort_unstable();
    assert_eq!(fields, ["customer=c", "days=1%2C2", "items%5B0%5D%5Bprice%5D=p", "items%5B0%5D%5Btaxes%5D%5B0%5D=x"]);
    let sent = request(&forms, "photos.create", &[], r#"{"note": "n", "picture": "content"}"#);
    let text = std::str::from_utf8(sent.body()).unwrap();
    assert!(
        text.contains("name=\"picture\"; filename=\"picture\"\r\ncontent-type: image/png\r\n\r\ncontent\r\n"),
        "{text}"
    );
    assert!(text.contains("name=\"note\"\r\ncontent-type: text/markdown\r\n\r\nn\r\n"), "{text}");
    let sent = request(&api("bodies.yaml"), "notes.put", &[], "h\u{e9}");
    assert_eq!(
        (&sent.headers()["content-type"], &sent.body()[..]),
        (&"text/plain".parse().unwrap(), "h\u{e9}".as_bytes())
    );
}

#[test]
fn choices_are_listed_with_their_alternatives() {
    let api = api("composition.yaml");
    let parts = Parts { methods: false, schemas: true, unions: false };
    let listing = list(&api, &Names::of(&api, &Names::default()), parts);
    let pet = listing.schemas.iter().find(|schema| schema.name == "Pet").unwrap();
    let rust: Vec<&str> = pet.alternatives.iter().map(|one| one.rust.as_str()).collect();
    assert_eq!(rust, ["types::Pet::Cat", "types::Pet::Dog"]);
}

#[test]
fn only_omitted_parts_of_selected_methods_are_listed() {
    let mut api = api("bodies.yaml");
    let one = |subject: &str, pointer: &str| Skipped {
        subject: subject.to_owned(),
        reason: "why".to_owned(),
        pointer: pointer.to_owned(),
    };
    api.skipped = vec![
        one("jobs.create: body as text/csv", "/paths/~1jobs/post"),
        one("notes.put: parameter x", "/paths/~1notes/put"),
        one("Job.token", "/components/schemas/Job/properties/token"),
        one("Upload.size", "/components/schemas/Upload/properties/size"),
        one("jobs.other", "/paths/~1jobs/x"),
        one("notes.other", "/paths/~1notes/x"),
        one("servers", ""),
    ];
    let api = prune(api, &["jobs.**".to_owned()]).unwrap();
    let subjects: Vec<&str> = api.skipped.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(subjects, ["jobs.create: body as text/csv", "Job.token", "jobs.other", "servers"]);
}
