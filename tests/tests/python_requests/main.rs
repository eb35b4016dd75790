//! Our requests against those of Google's own Python client: the same documents, the same values, one process each.

mod differences;
mod locations;
mod sent;

use conformance::random::Random;
use conformance::{discovery, figure, project, python, sample};
use discovery_codegen::commands::request::call as request;
use discovery_codegen::model::{Api, Location, Method, Parameter, PathPart, Type};
use discovery_codegen::pipeline::{Input, Mode};
use discovery_codegen::source::Source;
use sent::Sent;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

/// One call: its parameters as Python takes them, and its body.
#[derive(Clone)]
struct Call {
    method: String,
    parameters: Map<String, Value>,
    body: Option<Value>,
}

/// A document, and calls of its methods.
struct Asked {
    api: Arc<Api>,
    /// The document itself, or where it is.
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
    let body = call.body.as_ref().map(|body| Arc::new(Source::new("body.json", body.to_string())));
    let prepared = request::prepare(api, &call.method, &parameters, body.as_ref(), &request::Host::default());
    prepared.map(|prepared| prepared.request).map_err(|errors| errors.to_string())
}

/// Returns the requests that the Python client builds for calls, in one process.
fn theirs(asked: &[Asked]) -> Vec<Vec<Value>> {
    let call = |api: &Api, call: &Call| json!({"id": api.methods[&call.method].id, "parameters": call.parameters, "body": call.body});
    let input: Value = asked
        .iter()
        .map(|asked| {
            let calls: Vec<Value> = asked.calls.iter().map(|one| call(&asked.api, one)).collect();
            json!({"document": asked.document, "calls": calls})
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

/// A call of a method with values that have to be escaped; `None` where a value has to be of a shape that only regular
/// expressions can tell.
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
    // Content of any kind: the client writes whatever it is given as JSON.
    let mut content = || json!({"instances": [{"content": random.of(&sample::AWKWARD)}]});
    let body = match method.takes_http_body {
        true => Some(content()),
        false => method.request.as_ref().map(|ty| sample::value(api, ty, random, 2)),
    };
    Some(Call { method: name.to_owned(), parameters, body })
}

fn argument(api: &Api, method: &Method, name: &str, stated: &Parameter, random: &mut Random) -> Option<Value> {
    let text = random.of(&sample::AWKWARD);
    if stated.location != Location::Path {
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
        // Only the beginning of the value has to match.
        return (!pattern.contains("/(")).then(|| json!(format!("a{text}")));
    };
    // The root host serves `global`; which host another location has, the last test says.
    let whole = whole.replace("locations/[^/]+", "locations/global").replace(".*", "a/b c");
    if whole.contains(['(', '\\']) {
        return None;
    }
    let parts = whole.split("[^/]+").map(str::to_owned);
    parts.reduce(|one, next| one + random.of(&sample::AWKWARD) + &next).map(Value::from)
}

/// Every method of a document in `spec/`, as the client reads it there, and as it reads what we write of the model.
fn of_spec(name: &str, random: &mut Random) -> Vec<Asked> {
    let api = Arc::new(project::api(name));
    let text = project::text(&format!("spec/{name}.json"));
    let calls: Vec<Call> = api.methods.keys().map(|method| call(&api, method, random).unwrap()).collect();
    let written = Asked { api: api.clone(), document: discovery::document(&api), calls: calls.clone() };
    let stated: Value = serde_json::from_str(&text).unwrap();
    if stated["discoveryVersion"].is_null() && stated["openapi"].is_string() {
        return vec![written];
    }
    // The Python client does not know methods that an overlay adds.
    let is_stated = |call: &Call| text.contains(&format!("\"{}\"", api.methods[&call.method].id));
    let calls = calls.into_iter().filter(is_stated).collect();
    vec![written, Asked { api, document: stated, calls }]
}

/// A document that the client comes with.
fn real(name: &str) -> Asked {
    let folder = python::CLIENT.folder().unwrap_or_else(|error| panic!("{error}"));
    let path = folder.join("googleapiclient/discovery_cache/documents").join(format!("{name}.json"));
    let (api, _) = Input::read(&path, None).unwrap().api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}"));
    Asked { document: json!(path), api: Arc::new(api), calls: Vec::new() }
}

/// 200 methods of a document that the client comes with, or as many as it has.
fn of_real(name: &str, random: &mut Random) -> Asked {
    let mut asked = real(name);
    let api = asked.api.clone();
    let mut methods: Vec<&String> = api.methods.keys().filter(|name| !is_hidden(&api, name)).collect();
    while asked.calls.len() < 200 && !methods.is_empty() {
        let method = methods.swap_remove(random.below(methods.len()));
        asked.calls.extend(call(&api, method, random));
    }
    asked
}

/// Returns true if a resource beside the method has the same name: the Python client then lacks the method.
fn is_hidden(api: &Api, name: &str) -> bool {
    api.methods.keys().any(|other| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

#[test]
fn every_request_is_the_one_that_googles_client_makes() {
    let mut random = Random(20_261_122);
    let mut asked: Vec<Asked> = project::DOCUMENTS.iter().flat_map(|name| of_spec(name, &mut random)).collect();
    asked.extend(["aiplatform.v1", "compute.v1", "storage.v1"].map(|name| of_real(name, &mut random)));
    let answers = theirs(&asked);

    let mut different = Vec::new();
    for (asked, answers) in asked.iter().zip(&answers) {
        let before = different.len();
        for (call, answer) in asked.calls.iter().zip(answers) {
            let mut ours = ours(&asked.api, call).map(|request| Sent::ours(&request));
            let mut theirs = answer["error"].as_str().map_or_else(|| Ok(Sent::theirs(answer)), |e| Err(e.to_owned()));
            let method = &asked.api.methods[&call.method];
            let is_stream = method.streaming && !method.returns_http_body;
            let alts = [&mut ours, &mut theirs].map(|sent| sent.as_mut().ok().and_then(|sent| sent.alt.take()));
            let has_reply = asked.api.methods[&call.method].response.is_some();
            let wanted = [is_stream.then_some("sse"), has_reply.then_some("json")];
            if ours != theirs || ours.is_err() || alts.each_ref().map(Option::as_deref) != wanted {
                different.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", call.method));
            }
        }
        let count = asked.calls.len();
        let differ = different.len() - before;
        figure::print(&format!("requests of {}: {count} compared, {differ} differ", asked.api.id()));
        assert_eq!(count, answers.len());
    }
    assert!(different.is_empty(), "{} differ\n{}", different.len(), different.join("\n"));
    let count: usize = asked.iter().map(|asked| asked.calls.len()).sum();
    figure::print(&format!("requests: {count} compared with those of Google's Python client"));
    assert!(count > 550, "{count}");
}
