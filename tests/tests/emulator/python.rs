//! Google's Python client calls each method of the three APIs once over HTTP.

use conformance::{discovery, figure, project, python};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;
use tuning_emulator::{Emulator, Settings};

/// Method, parameters and body. A text that begins with `$` refers to an earlier response.
type Call = (&'static str, Value, Value);

fn content(text: &str) -> Value {
    json!({"contents": [{"role": "user", "parts": [{"text": text}]}]})
}

fn model(base: &str) -> Value {
    let examples = json!([{"textInput": "1", "output": "2"}, {"textInput": "seven", "output": "eight"}]);
    let task = json!({"hyperparameters": {"epochCount": 2}, "trainingData": {"examples": {"examples": examples}}});
    json!({"displayName": "numbers", "baseModel": base, "tuningTask": task})
}

const FRIEND: &str = "friend@example.com";

fn permissions(parent: &str, created: usize, names: [&'static str; 5]) -> Vec<Call> {
    let grant = json!({"granteeType": "USER", "emailAddress": FRIEND, "role": "READER"});
    let name = json!({"name": format!("${created}.name")});
    let [create, get, list, patch, delete] = names;
    vec![
        (create, json!({"parent": parent}), grant),
        (get, name.clone(), Value::Null),
        (list, json!({"parent": parent, "pageSize": 1}), Value::Null),
        (patch, json!({"name": format!("${created}.name"), "updateMask": "role"}), json!({"role": "WRITER"})),
        (delete, name, Value::Null),
    ]
}

fn gemini() -> Vec<Call> {
    let (base, tuned) = (json!({"model": "models/gemini-1.5-pro"}), json!({"model": "$5.metadata.tunedModel"}));
    let name = json!({"name": "$5.metadata.tunedModel"});
    let inlined = |request: Value| json!({"requests": {"requests": [{"request": request}]}});
    let batch = json!({"batch": {"displayName": "one", "inputConfig": inlined(content("1"))}});
    let embed = json!({"model": "models/x", "content": {"parts": [{"text": "1"}]}});
    let embed = json!({"batch": {"displayName": "one", "model": "models/x", "inputConfig": inlined(embed)}});
    let mut calls = vec![
        ("models.list", json!({"pageSize": 2}), Value::Null),
        ("models.get", json!({"name": "models/gemini-1.0-pro-001"}), Value::Null),
        ("models.countTokens", base.clone(), content("How many?")),
        ("models.generateContent", base.clone(), content("1")),
        ("models.streamGenerateContent", base, content("1")),
        ("tunedModels.create", json!({"tunedModelId": "numbers"}), model("models/gemini-1.0-pro-001")),
        ("tunedModels.operations.get", json!({"name": "$5.name"}), Value::Null),
        ("tunedModels.operations.list", name.clone(), Value::Null),
        ("tunedModels.operations.cancel", json!({"name": "$5.name"}), json!({})),
        ("tunedModels.get", name.clone(), Value::Null),
        ("tunedModels.list", json!({"filter": "owner:me", "pageSize": 5}), Value::Null),
        (
            "tunedModels.patch",
            json!({"name": "$5.metadata.tunedModel", "updateMask": "description"}),
            json!({"description": "x"}),
        ),
        ("tunedModels.generateContent", tuned.clone(), content("LXIII")),
        ("tunedModels.streamGenerateContent", tuned.clone(), content("MCMXCVIII")),
        ("tunedModels.generateText", tuned.clone(), json!({"prompt": {"text": "1"}})),
        ("tunedModels.batchGenerateContent", tuned.clone(), batch),
        ("tunedModels.asyncBatchEmbedContent", tuned, embed),
    ];
    let names = ["create", "get", "list", "patch", "delete"].map(|leaf| match leaf {
        "create" => "tunedModels.permissions.create",
        "get" => "tunedModels.permissions.get",
        "list" => "tunedModels.permissions.list",
        "patch" => "tunedModels.permissions.patch",
        _ => "tunedModels.permissions.delete",
    });
    calls.extend(permissions("$5.metadata.tunedModel", calls.len(), names));
    calls.push(("tunedModels.transferOwnership", name.clone(), json!({"emailAddress": FRIEND})));
    calls.push(("tunedModels.delete", name, Value::Null));
    calls
}

fn palm() -> Vec<Call> {
    let of = |model: &str| json!({"model": model});
    let messages = json!({"prompt": {"messages": [{"content": "Hello"}]}});
    let name = json!({"name": "$8.metadata.tunedModel"});
    let mut calls = vec![
        ("models.list", json!({}), Value::Null),
        ("models.get", json!({"name": "models/text-bison-001"}), Value::Null),
        ("models.generateText", of("models/text-bison-001"), json!({"prompt": {"text": "1"}, "candidateCount": 2})),
        ("models.generateMessage", of("models/chat-bison-001"), messages.clone()),
        ("models.countMessageTokens", of("models/chat-bison-001"), messages),
        ("models.countTextTokens", of("models/text-bison-001"), json!({"prompt": {"text": "How many?"}})),
        ("models.embedText", of("models/embedding-gecko-001"), json!({"text": "one"})),
        ("models.batchEmbedText", of("models/embedding-gecko-001"), json!({"texts": ["one", "two"]})),
        ("tunedModels.create", json!({}), model("models/text-bison-001")),
        ("tunedModels.operations.get", json!({"name": "$8.name"}), Value::Null),
        ("tunedModels.operations.list", name.clone(), Value::Null),
        ("tunedModels.operations.cancel", json!({"name": "$8.name"}), json!({})),
        ("tunedModels.get", name.clone(), Value::Null),
        ("tunedModels.list", json!({}), Value::Null),
        (
            "tunedModels.patch",
            json!({"name": "$8.metadata.tunedModel", "updateMask": "description"}),
            json!({"description": "x"}),
        ),
        ("tunedModels.generateText", of("$8.metadata.tunedModel"), json!({"prompt": {"text": "九十九"}})),
    ];
    let tuned = [
        "tunedModels.permissions.create",
        "tunedModels.permissions.get",
        "tunedModels.permissions.list",
        "tunedModels.permissions.patch",
        "tunedModels.permissions.delete",
    ];
    let corpora = [
        "corpora.permissions.create",
        "corpora.permissions.get",
        "corpora.permissions.list",
        "corpora.permissions.patch",
        "corpora.permissions.delete",
    ];
    calls.extend(permissions("$8.metadata.tunedModel", calls.len(), tuned));
    calls.extend(permissions("corpora/mine", calls.len(), corpora));
    calls.push(("tunedModels.transferOwnership", name.clone(), json!({"emailAddress": FRIEND})));
    calls.push(("tunedModels.delete", name, Value::Null));
    calls
}

fn vertex() -> Vec<Call> {
    let parent = json!({"parent": "projects/p/locations/us-central1"});
    let spec = json!({"trainingDatasetUri": "gs://a/b.jsonl", "hyperParameters": {"epochCount": "2", "adapterSize": "ADAPTER_SIZE_FOUR"}});
    let job = json!({"baseModel": "gemini-1.5-pro-002", "supervisedTuningSpec": spec});
    let endpoint = json!({"model": "$1.tunedModel.endpoint"});
    let operation = json!({"name": "$6.name"});
    vec![
        ("projects.locations.tuningJobs.create", parent.clone(), job.clone()),
        ("projects.locations.tuningJobs.get", json!({"name": "$0.name"}), Value::Null),
        ("projects.locations.tuningJobs.list", parent.clone(), Value::Null),
        ("projects.locations.models.get", json!({"name": "$1.tunedModel.model"}), Value::Null),
        ("projects.locations.endpoints.generateContent", endpoint.clone(), content("forty one")),
        ("projects.locations.endpoints.streamGenerateContent", endpoint, content("forty one")),
        (
            "projects.locations.tuningJobs.rebaseTunedModel",
            parent.clone(),
            json!({"tunedModelRef": {"tuningJob": "$0.name"}}),
        ),
        ("projects.locations.tuningJobs.operations.get", operation.clone(), Value::Null),
        ("projects.locations.tuningJobs.operations.wait", json!({"name": "$6.name", "timeout": "1.5s"}), Value::Null),
        ("projects.locations.tuningJobs.operations.list", json!({"name": "$8.response.name"}), Value::Null),
        ("projects.locations.tuningJobs.operations.cancel", operation.clone(), Value::Null),
        ("projects.locations.tuningJobs.operations.delete", operation, Value::Null),
        ("projects.locations.tuningJobs.create", parent, job),
        ("projects.locations.tuningJobs.cancel", json!({"name": "$12.name"}), json!({})),
    ]
}

/// Returns a document in `spec/`, with the methods and schemas that its overlay adds. An OpenAPI document is converted
/// to a Discovery document.
fn document(name: &str) -> Value {
    let whole = discovery::document(&project::api(name));
    let text = project::text(&format!("spec/{name}.json"));
    let mut document: Value = serde_json::from_str(&text).expect("the document is JSON");
    if document.get("openapi").is_some() {
        return whole;
    }
    add(&mut document, &whole);
    for (name, schema) in whole["schemas"].as_object().into_iter().flatten() {
        if document["schemas"].get(name).is_none() {
            document["schemas"][name] = schema.clone();
        }
    }
    document
}

fn add(to: &mut Value, from: &Value) {
    for (name, method) in from["methods"].as_object().into_iter().flatten() {
        if to["methods"].get(name).is_none() {
            to["methods"][name] = method.clone();
        }
    }
    for (name, resource) in from["resources"].as_object().into_iter().flatten() {
        add(&mut to["resources"][name], resource);
    }
}

#[test]
fn googles_python_client_calls_every_method() {
    let documents =
        [("generativelanguage.v1beta3", palm()), ("generativelanguage.v1beta", gemini()), ("aiplatform.v1", vertex())];
    let emulator = Emulator::start(Settings::new().with_polls(1)).expect("the emulator starts");
    let requests: Vec<Value> = documents
        .iter()
        .map(|(name, calls)| {
            let api = project::api(name);
            let known: BTreeSet<&str> = api.methods.keys().map(String::as_str).collect();
            let called: BTreeSet<&str> = calls.iter().map(|(method, ..)| *method).collect();
            assert_eq!(called, known, "{name}: each method is called");
            let calls: Vec<Value> = calls
                .iter()
                .map(|(method, parameters, body)| {
                    json!({"id": api.methods[*method].id, "parameters": parameters, "body": body})
                })
                .collect();
            json!({"document": document(name), "root": emulator.url(), "calls": calls})
        })
        .collect();
    let answers = client(&Value::Array(requests));
    let mut counts = Vec::new();
    for ((name, calls), answers) in documents.iter().zip(&answers) {
        for ((method, ..), answer) in calls.iter().zip(answers) {
            assert_eq!(answer["status"], 200, "{name} {method}: {answer:#}");
        }
        let methods: BTreeSet<&str> = calls.iter().map(|(method, ..)| *method).collect();
        counts.push(format!("{name} {}", methods.len()));
    }
    assert!(emulator.journal().iter().all(|entry| entry.done), "all calls succeeded");
    figure::print(&format!("methods called by Google's Python client: {}", counts.join(", ")));
    // The client does not stream, so it receives a streamed response as a whole.
    let text: String = answers[1][13]["answer"]
        .as_array()
        .expect("a list of messages")
        .iter()
        .filter_map(|message| message.pointer("/candidates/0/content/parts/0/text")?.as_str())
        .collect();
    assert_eq!(text, "MCMXCIX");
}

#[test]
fn googles_python_client_reads_error_details() {
    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let mut both = model("models/gemini-1.0-pro-001");
    both["tunedModelSource"] = json!({"tunedModel": "tunedModels/x"});
    let id = "generativelanguage.tunedModels.create";
    let call = json!({"id": id, "parameters": {}, "body": both});
    let requests =
        json!([{"document": document("generativelanguage.v1beta"), "root": emulator.url(), "calls": [call]}]);
    let answer = client(&requests)[0][0].clone();
    assert_eq!(answer["status"], 400);
    assert_eq!(answer["details"][0]["fieldViolations"][0]["field"], "base_model", "{answer:#}");
}

/// Returns the results of the Python client for calls, in one process.
fn client(requests: &Value) -> Vec<Vec<Value>> {
    let mut child = python::CLIENT
        .python()
        .unwrap_or_else(|error| panic!("{error}"))
        .arg(project::path("tests/python/emulator.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut input = child.stdin.take().expect("the client reads standard input");
    input.write_all(requests.to_string().as_bytes()).expect("the client reads standard input");
    drop(input);
    let output = child.wait_with_output().expect("the client ends");
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).expect("the client writes JSON")
}
