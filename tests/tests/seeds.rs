//! Examples of the tutorials: every body is decoded into typed fields, and every request is built by the generated
//! stubs.

use bytes::Bytes;
use conformance::canonical::{canonical, same};
use conformance::{codec, project};
use discovery_runtime::http::Error;
use discovery_runtime::json;
use google_ai_tuning::{aiplatform_v1, generativelanguage_v1beta as v1beta, generativelanguage_v1beta3 as v1beta3};
use http::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A JSON body with its schema.
#[derive(Deserialize)]
struct Body {
    file: String,
    document: String,
    schema: String,
}

/// A request with its method.
#[derive(Deserialize)]
struct Call {
    seed: String,
    by: String,
    document: String,
    method: String,
    http_method: String,
    url: String,
    parameters: BTreeMap<String, String>,
    body: Option<String>,
}

fn read<T: for<'a> Deserialize<'a>>(file: &str) -> T {
    let text = project::text(&format!("tests/fixtures/seeds/{file}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn every_body_decodes_into_typed_fields_and_encodes_to_the_same_value() {
    let bodies: Vec<Body> = read("bodies.json");
    assert_eq!(bodies.len(), 39);
    let apis: BTreeMap<&str, _> = project::DOCUMENTS.iter().map(|name| (*name, project::api(name))).collect();
    for Body { file, document, schema } in bodies {
        let codec = codec::find(&document, &schema);
        let content: Value = read(&file);
        // A streamed response is a list of messages.
        let messages = match content {
            Value::Array(messages) => messages,
            message => vec![message],
        };
        for message in messages {
            let decoded = (codec.fast)(&message.to_string()).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(!decoded.debug.contains("unknown_fields"), "{file}: {}", decoded.debug);
            let (wanted, unknown) = canonical(&apis[document.as_str()], &schema, &message);
            assert!(unknown.is_empty(), "{file}: {unknown:?}");
            let encoded: Value = serde_json::from_str(&decoded.json).unwrap();
            assert!(same(&encoded, &wanted), "{file}\n{encoded}\nexpected\n{wanted}");
        }
    }
}

#[test]
fn every_request_is_built_by_the_stubs() {
    let calls: Vec<Call> = read("requests.json");
    assert_eq!(calls.len(), 33);
    for call in calls {
        let Call { seed, by, document, method, .. } = &call;
        let about = format!("{seed}, by {by}: {document} {method}");
        let request = request(&call).unwrap_or_else(|error| panic!("{about}: {error}"));
        assert_eq!(request.method().as_str(), call.http_method, "{about}");
        assert_eq!(request.uri().to_string(), call.url, "{about}");
        match (&call.body, method.as_str()) {
            (Some(file), _) => {
                let schema = match method.as_str() {
                    "tunedModels.create" => "TunedModel",
                    "tunedModels.generateText" => "GenerateTextRequest",
                    "tunedModels.generateContent" => "GenerateContentRequest",
                    _ => "GoogleCloudAiplatformV1TuningJob",
                };
                let (wanted, _) = canonical(&project::api(document), schema, &read(file));
                let sent: Value = serde_json::from_slice(request.body()).unwrap();
                assert!(same(&sent, &wanted), "{about}\n{sent}\nexpected\n{wanted}");
            }
            // A declared body that is not set.
            (None, "projects.locations.tuningJobs.cancel") => assert_eq!(request.body().as_ref(), b"{}", "{about}"),
            (None, _) => assert!(request.body().is_empty(), "{about}"),
        }
    }
}

/// Builds the request of a call with the stub of its method.
fn request(call: &Call) -> Result<Request<Bytes>, Error> {
    let name = call.parameters.values().next().map_or("", String::as_str);
    match call.document.as_str() {
        "generativelanguage.v1beta3" => {
            let models = v1beta3::Client::new().tuned_models();
            match call.method.as_str() {
                "tunedModels.list" => models.list().request(),
                "tunedModels.create" => models.create(body(call)).request(),
                "tunedModels.get" => models.get(name).request(),
                "tunedModels.generateText" => models.generate_text(name, body(call)).request(),
                "tunedModels.operations.get" => models.operations().get(name).request(),
                other => panic!("no stub for {other}"),
            }
        }
        "generativelanguage.v1beta" => {
            let models = v1beta::Client::new().tuned_models();
            match call.method.as_str() {
                "tunedModels.list" => models.list().request(),
                "tunedModels.create" => models.create(body(call)).request(),
                "tunedModels.get" => models.get(name).request(),
                "tunedModels.generateContent" => models.generate_content(name, body(call)).request(),
                // The tutorials poll with another version of the API, as only a poller does.
                "tunedModels.operations.get" => Ok(polling::poll(name)),
                other => panic!("no stub for {other}"),
            }
        }
        "aiplatform.v1" => {
            let jobs = aiplatform_v1::Client::new().projects().locations().tuning_jobs();
            match call.method.as_str() {
                "projects.locations.tuningJobs.list" => jobs.list(name).request(),
                "projects.locations.tuningJobs.create" => jobs.create(name, body(call)).request(),
                "projects.locations.tuningJobs.get" => jobs.get(name).request(),
                "projects.locations.tuningJobs.cancel" => jobs.cancel(name, Default::default()).request(),
                other => panic!("no stub for {other}"),
            }
        }
        other => panic!("no bindings of {other}"),
    }
}

/// Returns the body of a call as the type that its method takes.
fn body<M: discovery_runtime::Message + Default>(call: &Call) -> M {
    let file = call.body.as_ref().unwrap_or_else(|| panic!("{} has no body", call.method));
    json::from_str(&project::text(&format!("tests/fixtures/seeds/{file}"))).unwrap()
}

/// Requests that a poller sends.
mod polling {
    use super::{Bytes, Request, json, v1beta};
    use discovery_runtime::http::{Body, BoxFuture, Transport, TransportError};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    /// Transport that records requests and responds with a running operation.
    #[derive(Clone, Default)]
    struct Recorder {
        name: String,
        sent: Arc<Mutex<Vec<Request<Bytes>>>>,
    }

    impl Transport for Recorder {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
            self.sent.lock().unwrap().push(request);
            let answer = json!({ "name": self.name }).to_string();
            Box::pin(async { Ok(http::Response::new(Body::from(Bytes::from(answer)))) })
        }
    }

    /// Returns the request with which a poller polls an operation of `tunedModels.create`.
    pub(crate) fn poll(operation: &str) -> Request<Bytes> {
        let recorder = Recorder { name: operation.to_owned(), ..Recorder::default() };
        let sent = recorder.sent.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async move {
            let client = v1beta::Client::builder().with_transport(recorder).build().unwrap();
            let call = client.tuned_models().create(v1beta::types::TunedModel::default());
            let mut poller = call.poller().with_interval(Duration::from_millis(1));
            for _ in 0..2 {
                poller.next().await.unwrap().unwrap();
            }
        });
        let mut sent = sent.lock().unwrap();
        sent.pop().unwrap()
    }
}

#[test]
fn the_model_of_the_reference() {
    use v1beta::types::{TunedModel, dataset, hyperparameters, tuned_model};
    let text = project::text("tests/fixtures/seeds/003_tuned_model_base.json");
    let model: TunedModel = json::from_str(&text).unwrap();
    assert_eq!(model.state, Some(tuned_model::State::Active));
    assert_eq!(model.update_time.as_ref().map(ToString::to_string).as_deref(), Some("2014-10-02T15:01:23.045123456Z"));
    let Some(tuned_model::SourceModel::BaseModel(base)) = &model.source_model else {
        panic!("{:?}", model.source_model)
    };
    assert_eq!(base, "models/text-bison-001");
    let task = model.tuning_task.unwrap();
    let hyperparameters = task.hyperparameters.unwrap();
    assert_eq!((hyperparameters.epoch_count, hyperparameters.batch_size), (Some(5), Some(4)));
    let rate = hyperparameters::LearningRateOption::LearningRate(0.001);
    assert_eq!(hyperparameters.learning_rate_option, Some(rate));
    let Some(dataset::Dataset::Examples(examples)) = task.training_data.unwrap().dataset else { panic!() };
    assert_eq!(examples.examples[0].output.as_deref(), Some("2"));

    let text = project::text("tests/fixtures/seeds/003_tuned_model_source.json");
    let model: TunedModel = json::from_str(&text).unwrap();
    let Some(tuned_model::SourceModel::TunedModelSource(source)) = &model.source_model else {
        panic!("{:?}", model.source_model)
    };
    assert_eq!(source.tuned_model.as_deref(), Some("tunedModels/my-tuned-model"));
    let hyperparameters = model.tuning_task.unwrap().hyperparameters.unwrap();
    let factor = hyperparameters::LearningRateOption::LearningRateMultiplier(1.0);
    assert_eq!(hyperparameters.learning_rate_option, Some(factor));
}

#[test]
fn two_members_of_a_union_are_an_error_that_names_both() {
    use v1beta::types::Hyperparameters;
    let error = json::from_str::<Hyperparameters>(r#"{"learningRate":0.1,"learningRateMultiplier":2}"#).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("learningRate") && text.contains("learningRateMultiplier"), "{text}");
}

#[test]
fn a_job_with_its_hyperparameters() {
    use aiplatform_v1::types::{TuningJob, supervised_hyper_parameters::AdapterSize, tuning_job};
    let text = project::text("tests/fixtures/seeds/002_create_request_advanced.json");
    let job: TuningJob = json::from_str(&text).unwrap();
    let Some(tuning_job::TuningSpec::SupervisedTuningSpec(spec)) = &job.tuning_spec else { panic!() };
    let hyperparameters = spec.hyper_parameters.as_ref().unwrap();
    assert_eq!(hyperparameters.epoch_count, Some(4));
    assert_eq!(hyperparameters.adapter_size, Some(AdapterSize::Four));
    let encoded: Value = serde_json::from_str(&json::to_string(&job).unwrap()).unwrap();
    // A number in the tutorial; 64-bit integers are strings on the wire.
    assert_eq!(encoded["supervisedTuningSpec"]["hyperParameters"]["epochCount"], json!("4"));
}
