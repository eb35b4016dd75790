//! Comparison of requests with those of Google's Python client for the same documents and values.

mod differences;
mod locations;
mod sent;

use conformance::random::Random;
use conformance::{discovery, figure, project, python, sample};
use discovery_codegen::commands::request::Content;
use discovery_codegen::commands::request::call as request;
use discovery_codegen::model::{Api, Method, Parameter, ParameterLocation, PathPart, Type};
use discovery_codegen::pipeline::{Input, Mode};
use sent::Sent;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

/// A call: parameters in the form of the Python client, and the body.
#[derive(Clone)]
struct Call {
    method: String,
    parameters: Map<String, Value>,
    body: Option<Value>,
}

/// A document with calls of its methods.
struct CallSet {
    api: Arc<Api>,
    /// The document, or its path.
    document: Value,
    calls: Vec<Call>,
}

/// Returns the request that the runtime builds for a call.
fn ours(api: &Api, call: &Call) -> Result<http::Request<bytes::Bytes>, String> {
    let mut parameters = Vec::new();
    for (name, value) in &call.parameters {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        parameters.extend(values.iter().map(|value| (name.clone(), text(value))));
    }
    let body = call.body.as_ref().map(|body| Content::new("body.json", body.to_string()));
    let prepared = request::prepare(api, &call.method, &parameters, body.as_ref(), &request::Host::default());
    prepared.map(|prepared| prepared.request).map_err(|errors| errors.to_string())
}

/// Returns the requests that the Python client builds for calls, in one process.
fn theirs(sets: &[CallSet]) -> Vec<Vec<Value>> {
    let call = |api: &Api, call: &Call| json!({"id": api.methods[&call.method].id, "parameters": call.parameters, "body": call.body});
    let input: Value = sets
        .iter()
        .map(|set| {
            let calls: Vec<Value> = set.calls.iter().map(|one| call(&set.api, one)).collect();
            json!({"document": set.document, "calls": calls})
        })
        .collect();
    let mut child = python::CLIENT
        .python()
        .unwrap_or_else(|error| panic!("{error}"))
        .arg(project::path("tests/python/requests.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Returns a call of a method with values that must be escaped; `None` if a parameter has a pattern that is not
/// supported here.
fn call(api: &Api, name: &str, random: &mut Random) -> Option<Call> {
    let method = &api.methods[name];
    let mut parameters = Map::new();
    for (name, stated) in &method.parameters {
        if !stated.required && random.below(5) < 2 {
            continue;
        }
        let value = match stated.repeated {
            true => {
                (0..=random.below(3)).map(|_| argument(api, method, name, stated, random)).collect::<Option<_>>()?
            }
            false => argument(api, method, name, stated, random)?,
        };
        parameters.insert(name.clone(), value);
    }
    // Content of any media type, which the Python client encodes as JSON.
    let mut content = || json!({"instances": [{"content": random.of(&sample::AWKWARD)}]});
    let body = match method.takes_http_body {
        true => Some(content()),
        false => method.request.as_ref().map(|ty| sample::value(api, ty, random, 2)),
    };
    Some(Call { method: name.to_owned(), parameters, body })
}

fn argument(api: &Api, method: &Method, name: &str, stated: &Parameter, random: &mut Random) -> Option<Value> {
    let text = random.of(&sample::AWKWARD);
    if stated.location != ParameterLocation::Path {
        return Some(match api.resolve(&stated.ty) {
            Type::String if stated.constraints.pattern.is_none() => {
                json!(random.of(&[text, "?", "#", "%41", "/", "ä&+%"]))
            }
            Type::String => json!("a"),
            ty => sample::value(api, ty, random, 0),
        });
    }
    let Some(pattern) = &stated.constraints.pattern else {
        let slash = PathPart::Variable { name: name.to_owned(), reserved: true };
        let more = if method.path.parts().contains(&slash) || random.below(3) == 0 { "/" } else { "" };
        return Some(json!(format!("{text}{more}")));
    };
    let Some(whole) = pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$')) else {
        // Python matches only the beginning of the value.
        return (!pattern.contains("/(")).then(|| json!(format!("a{text}")));
    };
    // The root host serves `global`; hosts of other locations have their own tests.
    let whole = whole.replace("locations/[^/]+", "locations/global").replace(".*", "a/b c");
    if whole.contains(['(', '\\']) {
        return None;
    }
    let parts = whole.split("[^/]+").map(str::to_owned);
    parts.reduce(|one, next| one + random.of(&sample::AWKWARD) + &next).map(Value::from)
}

/// Returns calls of every method of a document in `spec/`, both in its own form and converted from the model.
fn of_spec(name: &str, random: &mut Random) -> Vec<CallSet> {
    let api = Arc::new(project::api(name));
    let text = project::text(&format!("spec/{name}.json"));
    let calls: Vec<Call> = api.methods.keys().map(|method| call(&api, method, random).unwrap()).collect();
    let written = CallSet { api: api.clone(), document: discovery::document(&api), calls: calls.clone() };
    let stated: Value = serde_json::from_str(&text).unwrap();
    if stated["discoveryVersion"].is_null() && stated["openapi"].is_string() {
        return vec![written];
    }
    // Methods of overlays are missing in the document.
    let is_stated = |call: &Call| text.contains(&format!("\"{}\"", api.methods[&call.method].id));
    let calls = calls.into_iter().filter(is_stated).collect();
    vec![written, CallSet { api, document: stated, calls }]
}

/// Returns a document of the Python client.
fn real(name: &str) -> CallSet {
    let folder = python::CLIENT.folder().unwrap_or_else(|error| panic!("{error}"));
    let path = folder.join("googleapiclient/discovery_cache/documents").join(format!("{name}.json"));
    let (api, _) = Input::read(&path, None).unwrap().api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}"));
    CallSet { document: json!(path), api: Arc::new(api), calls: Vec::new() }
}

/// Returns calls of at most 200 methods of a document of the Python client.
fn of_real(name: &str, random: &mut Random) -> CallSet {
    let mut set = real(name);
    let api = set.api.clone();
    let mut methods: Vec<&String> = api.methods.keys().filter(|name| !is_hidden(&api, name)).collect();
    while set.calls.len() < 200 && !methods.is_empty() {
        let method = methods.swap_remove(random.below(methods.len()));
        set.calls.extend(call(&api, method, random));
    }
    set
}

/// Returns `true` if a sibling resource of the method has the same name: the Python client then lacks the method.
fn is_hidden(api: &Api, name: &str) -> bool {
    api.methods.keys().any(|other| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

#[test]
fn requests_equal_those_of_googles_client() {
    let mut random = Random(20_261_122);
    let mut sets: Vec<CallSet> = project::DOCUMENTS.iter().flat_map(|name| of_spec(name, &mut random)).collect();
    sets.extend(["aiplatform.v1", "compute.v1", "storage.v1"].map(|name| of_real(name, &mut random)));
    let answers = theirs(&sets);

    let mut different = Vec::new();
    for (set, answers) in sets.iter().zip(&answers) {
        let before = different.len();
        for (call, answer) in set.calls.iter().zip(answers) {
            let mut ours = ours(&set.api, call).map(|request| Sent::ours(&request));
            let mut theirs = answer["error"].as_str().map_or_else(|| Ok(Sent::theirs(answer)), |e| Err(e.to_owned()));
            let method = &set.api.methods[&call.method];
            let is_stream = method.streaming && !method.returns_http_body;
            let alts = [&mut ours, &mut theirs].map(|sent| sent.as_mut().ok().and_then(|sent| sent.alt.take()));
            let has_reply = set.api.methods[&call.method].response.is_some();
            let wanted = [is_stream.then_some("sse"), has_reply.then_some("json")];
            if ours != theirs || ours.is_err() || alts.each_ref().map(Option::as_deref) != wanted {
                different.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", call.method));
            }
        }
        let count = set.calls.len();
        let differ = different.len() - before;
        figure::print(&format!("requests of {}: {count} compared, {differ} differ", set.api.id()));
        assert_eq!(count, answers.len());
    }
    assert!(different.is_empty(), "{} differ\n{}", different.len(), different.join("\n"));
    let count: usize = sets.iter().map(|set| set.calls.len()).sum();
    figure::print(&format!("requests: {count} compared with those of Google's Python client"));
    assert!(count > 550, "{count}");
}
