//! Handwritten example of generated code for methods: a small API with one method of each kind, with tests of its
//! requests.

#![allow(missing_docs, unreachable_pub, clippy::new_without_default)]

mod api;
mod table;
mod types;

use api::Client;
use discovery_runtime::http::{CallOptions, Error, UsageError};
use types::{TuningJob, View};

const PARENT: &str = "projects/p/locations/us-central1";

fn usage<T: std::fmt::Debug>(result: Result<T, Error>) -> UsageError {
    match result.unwrap_err() {
        Error::Usage(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_nested_resource() {
    let request = Client::new().projects().locations().tuning_jobs().list(PARENT).with_page_size(5).request().unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri(),
        "https://us-central1-example.googleapis.com/v1/projects/p/locations/us-central1/tuningJobs?pageSize=5"
    );
    assert!(request.body().is_empty());
    assert!(!request.headers().contains_key("content-type"));
    assert_eq!(request.headers()["accept"], "application/json");
    assert!(request.headers()["x-goog-api-client"].to_str().unwrap().contains("discovery-runtime/"));
}

#[test]
fn a_query_is_in_the_order_of_the_document_and_encoded() {
    let jobs = Client::new().projects().locations().tuning_jobs();
    let list = jobs.list(PARENT).with_page_token("a b+c/%41&é").with_filter("state=\"X\"");
    let request = list.with_options(CallOptions::new().with_fields("a(b),c").with_pretty_print(false)).request();
    assert_eq!(
        request.unwrap().uri().query().unwrap(),
        "filter=state%3D%22X%22&pageToken=a%20b%2Bc%2F%2541%26%C3%A9&fields=a%28b%29%2Cc&prettyPrint=false"
    );
}

#[test]
fn options_can_be_set_in_any_order() {
    let list = Client::new().projects().locations().tuning_jobs().list(PARENT);
    let options = || CallOptions::new().with_fields("a");
    let before = list.clone().with_page_size(5).with_options(options()).request().unwrap();
    let after = list.with_options(options()).with_page_size(5).request().unwrap();
    assert_eq!(before.uri(), after.uri());
}

#[test]
fn the_last_setter_counts() {
    let jobs = Client::new().projects().locations().tuning_jobs();
    let request = jobs.list(PARENT).with_page_size(5).with_page_size(6).request().unwrap();
    assert_eq!(request.uri().query(), Some("pageSize=6"));
}

#[test]
fn a_method_at_the_root() {
    let request = Client::new().get_settings(i64::MIN).with_view(View::Full).with_ids([1, -2]).request().unwrap();
    assert_eq!(request.uri(), "https://example.googleapis.com/v1/settings/-9223372036854775808?view=FULL&ids=1&ids=-2");
}

#[test]
fn a_body() {
    let jobs = Client::new().projects().locations().tuning_jobs();
    let create = jobs.create(PARENT, TuningJob::default().set_name("n")).with_tuning_job_id("7");
    let request = create.request().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().query(), Some("tuningJobId=7"));
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body(), r#"{"name":"n"}"#);
}

#[test]
fn an_unset_body_is_an_empty_object_if_declared() {
    let client = Client::new();
    let upload = client.projects().locations().tuning_jobs().upload(PARENT, TuningJob::default());
    assert_eq!(upload.request().unwrap().body(), "{}");
    let cancel = client.projects().operations().cancel("projects/p/operations/1").request().unwrap();
    assert_eq!(cancel.method(), "POST");
    assert!(cancel.body().is_empty() && !cancel.headers().contains_key("content-type"));
}

#[test]
fn one_type_for_the_operations_of_all_parents() {
    let client = Client::new();
    let below_jobs = "projects/p/locations/us-central1/tuningJobs/1/operations/2";
    let below_projects = "projects/p/operations/2";
    let jobs = client.projects().locations().tuning_jobs().operations();
    let projects: api::Operations = client.projects().operations();
    assert_eq!(jobs.get(below_jobs).request().unwrap().uri().path(), format!("/v1/{below_jobs}"));
    assert_eq!(projects.get(below_projects).request().unwrap().uri().path(), format!("/v1/{below_projects}"));
    assert_eq!(projects.get(below_projects).method().id, "example.projects.operations.get");
    let error = usage(jobs.get(below_projects).request());
    assert_eq!(
        error.to_string(),
        "parameter `name` is \"projects/p/operations/2\", which does not match \
         `^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+/operations/[^/]+$`"
    );
}

#[test]
fn a_stream_is_requested() {
    let jobs = Client::new().projects().locations().tuning_jobs();
    let request = jobs.generate(&format!("{PARENT}/tuningJobs/1"), TuningJob::default()).request().unwrap();
    assert_eq!(request.uri().query(), Some("alt=sse"));
    assert!(request.uri().path().ends_with("/tuningJobs/1:streamGenerate"));
}

#[test]
fn headers_and_lists_with_commas() {
    let call = Client::new().media().download(3, &["a,b", "c"]).with_x_range("0-9");
    let request =
        call.with_options(CallOptions::new().with_user_project("q").with_header("x-a", "1")).request().unwrap();
    assert_eq!(request.uri().path_and_query().unwrap(), "/v1/media/3?parts=a%2Cb,c");
    for (name, value) in
        [("x-range", "0-9"), ("x-goog-api-version", "2026-01-01"), ("x-goog-user-project", "q"), ("x-a", "1")]
    {
        assert_eq!(request.headers()[name], value);
    }
}

#[test]
fn values_that_change_the_path_are_errors() {
    let client = Client::new();
    let jobs = client.projects().locations().tuning_jobs();
    assert!(matches!(usage(jobs.list("").request()), UsageError::Empty { name } if name == "parent"));
    let dots = jobs.list("projects/p/locations/..").request();
    assert!(matches!(usage(dots), UsageError::DotSegment { .. }));
    let dots = client.projects().operations().get("projects/p/operations/..").request();
    assert!(matches!(usage(dots), UsageError::DotSegment { .. }));
    let missing = client.media().download(1, &[]).request();
    assert!(matches!(usage(missing), UsageError::Missing { name } if name == "parts"));
    let header = jobs.list(PARENT).with_options(CallOptions::new().with_header("x-a", "1\r\nx-b: 2")).request();
    assert!(matches!(usage(header), UsageError::Header { name } if name == "x-a"));
}

#[test]
fn endpoints() {
    let list = |client: Client| client.projects().locations().tuning_jobs().list(PARENT).request();
    let host = |client: Client| list(client).unwrap().uri().host().unwrap().to_owned();
    assert_eq!(host(Client::new()), "us-central1-example.googleapis.com");
    assert_eq!(host(Client::builder().with_location("global").build().unwrap()), "example.googleapis.com");
    let own = Client::builder().with_endpoint("http://127.0.0.1:8080/proxy").with_location("global").build().unwrap();
    let request = list(own).unwrap();
    assert_eq!(request.uri(), "http://127.0.0.1:8080/proxy/v1/projects/p/locations/us-central1/tuningJobs");

    // A location that is newer than the document.
    let new = Client::new().projects().locations().tuning_jobs().list("projects/p/locations/mars-north1");
    assert_eq!(new.request().unwrap().uri().host(), Some("mars-north1-example.googleapis.com"));
    let regional = Client::builder().with_regional_endpoints().build().unwrap();
    assert_eq!(
        usage(list(regional)).to_string(),
        "no endpoint is known for location `us-central1`; set the client's endpoint to its URL"
    );

    let insecure = Client::builder().with_endpoint("http://example.com").build();
    assert!(matches!(insecure, Err(UsageError::Insecure { .. })));
    let emulator = Client::builder().with_insecure_endpoint("http://emulator:8080").build().unwrap();
    assert_eq!(host(emulator), "emulator");
}

#[test]
fn debug_shows_no_header_value() {
    let call =
        Client::new().get_settings(1).with_options(CallOptions::new().with_header("authorization", "Bearer s3cret"));
    let debug = format!("{call:?}");
    assert!(debug.contains("example.getSettings") && debug.contains("authorization"), "{debug}");
    assert!(!debug.contains("s3cret"), "{debug}");
}

/// Functions of calls with the feature `client`; no request is sent.
#[cfg(feature = "client")]
#[test]
fn other_functions_of_calls() {
    use discovery_runtime::http::media::Media;
    let jobs = Client::new().projects().locations().tuning_jobs();
    let model = format!("{PARENT}/tuningJobs/1");
    let _pages = jobs.list(PARENT).with_page_token("t").pages();
    assert_eq!(jobs.list(PARENT).with_page_token("t").items().token(), Some("t"));
    let _messages = jobs.generate(&model, TuningJob::default()).stream();
    let _poller = jobs.create(PARENT, TuningJob::default()).poller();
    let handle = jobs.create_operation(&model);
    assert_eq!((handle.name(), handle.poller().name()), (model.as_str(), Some(model.as_str())));
    let upload = jobs.upload(PARENT, TuningJob::default());
    let _uploading = upload.upload(Media::new("text/plain", "hello"));
    let _download = Client::new().media().download(1, &["a"]).download();
    let _answer = jobs.list(PARENT).send();
}
