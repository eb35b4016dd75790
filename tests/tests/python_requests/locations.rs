//! Hosts of locations, in the documents of Google's Python client and in its requests.

use crate::{Call, CallSet, ours, real, sent::Sent, theirs};
use conformance::{figure, python};
use discovery_codegen::commands::request::call::{self as request, Host};
use discovery_codegen::model::{Api, EndpointKind, ParameterLocation};
use serde_json::{Map, Value, json};

/// Returns a call of a resource in `location`: of the first method that requires only a resource name.
fn call_in(api: &Api, location: &str) -> Option<Call> {
    api.methods.iter().find_map(|(name, method)| {
        let mut required = method.parameters.iter().filter(|(_, parameter)| parameter.required);
        let (parameter, stated) = required.next()?;
        let pattern = stated.constraints.pattern.as_deref()?.strip_prefix('^')?.strip_suffix('$')?;
        let fits = stated.location == ParameterLocation::Path && pattern.starts_with("projects/[^/]+/locations/[^/]+");
        if !fits || required.next().is_some() || method.request.is_some() {
            return None;
        }
        let value = pattern.replace("locations/[^/]+", &format!("locations/{location}")).replace("[^/]+", "a");
        let parameters = Map::from_iter([(parameter.clone(), json!(value))]);
        Some(Call { method: name.clone(), parameters, body: None })
    })
}

/// APIs with regional endpoints are called at the root URL, whether the location is listed or not.
#[test]
fn regional_endpoints_are_not_used_by_default() {
    let names = ["cloudkms.v1", "cloudscheduler.v1", "dialogflow.v3", "secretmanager.v1", "alloydb.v1", "workflows.v1"];
    let sets: Vec<CallSet> = names
        .map(|name| {
            let mut set = real(name);
            let listed = set.api.endpoints[0].location.clone();
            for location in ["europe-west1", "mars-north1", "global", &listed] {
                set.calls.push(call_in(&set.api, location).expect("the API has a method of a location"));
            }
            set
        })
        .into();
    for (set, answers) in sets.iter().zip(theirs(&sets)) {
        for (call, answer) in set.calls.iter().zip(answers) {
            let (mut ours, mut theirs) = (Sent::ours(&ours(&set.api, call).unwrap()), Sent::theirs(&answer));
            (ours.alt, theirs.alt) = (None, None);
            assert_eq!(ours, theirs, "{}", set.api.id());
        }
    }
}

/// In every document with endpoints, the kind of each endpoint follows from its description and also from its URL, and
/// the URL of each locational one follows from the pattern of the others.
#[test]
fn endpoints_of_all_documents() {
    let folder = python::CLIENT.folder().unwrap().join("googleapiclient/discovery_cache/documents");
    let (mut documents, mut counts, mut unlisted) = (0, [0, 0], 0);
    for file in std::fs::read_dir(folder).unwrap() {
        let mut document: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        if document["endpoints"].as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        // Methods and schemas are not needed.
        for key in ["resources", "schemas", "methods"] {
            document[key] = json!({});
        }
        let described = read(&document);
        for endpoint in document["endpoints"].as_array_mut().unwrap() {
            let kind = endpoint.as_object_mut().unwrap().remove("description").unwrap();
            assert!(kind == "Locational Endpoint" || kind == "Regional Endpoint", "{kind}");
        }
        assert_eq!(described.endpoints, read(&document).endpoints, "{}", described.id());
        documents += 1;
        for endpoint in &described.endpoints {
            counts[usize::from(endpoint.kind == EndpointKind::Regional)] += 1;
        }
        let api = with_method(described);
        for endpoint in api.endpoints.iter().filter(|endpoint| endpoint.kind == EndpointKind::Locational) {
            let mut without = api.clone();
            without.endpoints.retain(|other| other.location != endpoint.location);
            assert_eq!(root_url(&without, &endpoint.location), endpoint.url, "{}", api.id());
            unlisted += 1;
        }
    }
    let [locational, regional] = counts;
    figure::print(&format!(
        "endpoints of {documents} documents: {locational} locational, each found by the pattern of the others, \
         {regional} regional"
    ));
    assert!(documents > 100 && unlisted == locational && regional > 4000);
}

/// Options of the command and settings of the client have the same effect.
#[test]
fn endpoints_set_by_the_caller() {
    let endpoints = json!([
        {"location": "us-east7", "endpointUrl": "https://kms.us-east7.rep.googleapis.com/",
         "description": "Regional Endpoint"},
        {"location": "us-west8", "endpointUrl": "https://us-west8-kms.googleapis.com/",
         "description": "Locational endpoint, see the documentation"}
    ]);
    let document = json!({"name": "kms", "version": "v1", "rootUrl": "https://kms.googleapis.com/", "servicePath": "",
        "endpoints": endpoints});
    let api = with_method(read(&document));
    let chosen = |host: &Host| {
        let name = ("name".to_owned(), "projects/p/locations/mars-north1".to_owned());
        let request = request::prepare(&api, "get", &[name], None, host).map_err(|errors| errors.to_string())?.request;
        Ok::<_, String>(request.uri().authority().unwrap().to_string())
    };
    let host =
        |location: Option<&str>, regional| Host { location: location.map(str::to_owned), regional, ..Host::default() };
    for (host, authority) in [
        (host(None, false), "mars-north1-kms.googleapis.com"),
        (host(None, true), "kms.mars-north1.rep.googleapis.com"),
        (host(Some("us-east7"), false), "kms.us-east7.rep.googleapis.com"),
        (host(Some("us-west8"), true), "kms.us-west8.rep.googleapis.com"),
        (host(Some("global"), true), "kms.googleapis.com"),
        (Host { endpoint: Some("http://127.0.0.1:8080".into()), ..Host::default() }, "127.0.0.1:8080"),
        (Host { endpoint: Some("http://kms:8080".into()), insecure: true, ..Host::default() }, "kms:8080"),
    ] {
        assert_eq!(chosen(&host).as_deref(), Ok(authority), "{host:?}");
    }
    let insecure = Host { endpoint: Some("http://kms:8080".into()), ..Host::default() };
    assert!(chosen(&insecure).unwrap_err().contains("has no TLS"));
    assert!(chosen(&host(Some("evil.com/"), false)).is_err());
}

fn read(document: &Value) -> Api {
    let source = discovery_codegen::source::Source::new("document.json", document.to_string());
    let text = std::sync::Arc::new(source);
    discovery_codegen::parser::read(&text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Adds a method of a resource in a location to an API.
fn with_method(mut api: Api) -> Api {
    let stated = json!({
        "name": "x", "version": "v1", "rootUrl": "https://x.example.com/", "servicePath": "",
        "methods": {"get": {"id": "x.get", "path": "v1/{+name}", "httpMethod": "GET", "parameterOrder": ["name"],
            "parameters": {"name": {"location": "path", "required": true, "type": "string"}}}}
    });
    api.methods = read(&stated).methods;
    api
}

fn root_url(api: &Api, location: &str) -> String {
    let name = ("name".to_owned(), format!("projects/p/locations/{location}"));
    let prepared = request::prepare(api, "get", &[name], None, &Host::default()).unwrap();
    let uri = prepared.request.uri();
    format!("{}://{}/", uri.scheme_str().unwrap(), uri.authority().unwrap())
}
