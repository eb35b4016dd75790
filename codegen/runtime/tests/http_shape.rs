//! Handwritten example of generated code for methods: a small API with one method of each kind, with tests of its requests.

#![allow(missing_docs, unreachable_pub, clippy::new_without_default)]

use discovery_runtime::http::UsageError;

/// Generated types.
mod types {
    use discovery_runtime::__private::{FieldInfo, Slot};
    use discovery_runtime::{Message, UnknownFields};

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct TuningJob {
        pub name: Option<String>,
        pub unknown_fields: UnknownFields,
    }

    impl TuningJob {
        pub fn set_name(mut self, value: impl Into<String>) -> Self {
            self.name = Some(value.into());
            self
        }
    }

    impl Message for TuningJob {
        fn fields(&self) -> &'static [FieldInfo] {
            const { &[FieldInfo::new("name", 0)] }
        }
        fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
            visit(&[&self.name, &self.unknown_fields]);
        }
        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            visit(&mut [&mut self.name, &mut self.unknown_fields]);
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct ListTuningJobsResponse {
        pub tuning_jobs: Vec<TuningJob>,
        pub next_page_token: Option<String>,
        pub unknown_fields: UnknownFields,
    }

    impl Message for ListTuningJobsResponse {
        fn fields(&self) -> &'static [FieldInfo] {
            const { &[FieldInfo::new("tuningJobs", 0), FieldInfo::new("nextPageToken", 1)] }
        }
        fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
            visit(&[&self.tuning_jobs, &self.next_page_token, &self.unknown_fields]);
        }
        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            visit(&mut [&mut self.tuning_jobs, &mut self.next_page_token, &mut self.unknown_fields]);
        }
    }

    /// Implementation of `Page` for a list response.
    impl discovery_runtime::http::Page for ListTuningJobsResponse {
        type Item = TuningJob;

        fn next_page_token(&self) -> Option<&str> {
            self.next_page_token.as_deref()
        }

        fn into_items(self) -> Vec<TuningJob> {
            self.tuning_jobs
        }
    }

    /// An enum of a parameter.
    #[derive(Clone, Debug, PartialEq)]
    #[allow(dead_code)]
    pub enum View {
        Basic,
        Full,
    }

    impl View {
        pub fn as_str(&self) -> &str {
            match self {
                Self::Basic => "BASIC",
                Self::Full => "FULL",
            }
        }
    }
}

/// Generated table. A row has the facts of the document; others are those of `EMPTY`.
mod table {
    use discovery_runtime::http::{Api, Job, Method, Param, Place, Style, Upload, Verb};

    pub static API: Api = Api {
        name: "example",
        version: "v1",
        revision: "20261106",
        root_url: "https://example.googleapis.com/",
        service_path: "",
        locational_endpoints: &[("us-central1", "https://us-central1-example.googleapis.com/")],
        ..Api::EMPTY
    };

    /// Scopes of several methods.
    const SCOPES: &[&str] = &["https://www.googleapis.com/auth/cloud-platform"];

    /// Methods by resource, in the order of their indices.
    pub static METHODS: [Method; 10] = [
        // 0..1: the methods at the root
        Method {
            id: "example.getSettings",
            path: "v1/settings/{settingsId}",
            params: &[Param::path("settingsId", ""), Param::query("view"), Param::query("ids")],
            scopes: SCOPES,
            ..Method::EMPTY
        },
        // 1..5: projects.locations.tuningJobs
        Method {
            id: "example.projects.locations.tuningJobs.create",
            verb: Verb::Post,
            path: "v1/{+parent}/tuningJobs",
            params: &[Param::path("parent", "^projects/[^/]+/locations/[^/]+$"), Param::query("tuningJobId")],
            body: true,
            scopes: SCOPES,
            poll: "v1/{+name}",
            job: Some(&Job {
                state: "state",
                succeeded: &["JOB_STATE_SUCCEEDED"],
                failed: &["JOB_STATE_FAILED", "JOB_STATE_CANCELLED"],
                error: "error",
                ..Job::EMPTY
            }),
            ..Method::EMPTY
        },
        Method {
            id: "example.projects.locations.tuningJobs.list",
            path: "v1/{+parent}/tuningJobs",
            params: &[
                Param::path("parent", "^projects/[^/]+/locations/[^/]+$"),
                Param::query("filter"),
                Param::query("pageSize"),
                Param::query("pageToken"),
            ],
            scopes: SCOPES,
            ..Method::EMPTY
        },
        Method {
            id: "example.projects.locations.tuningJobs.generate",
            verb: Verb::Post,
            path: "v1/{+model}:streamGenerate",
            params: &[Param::path("model", "^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+$")],
            body: true,
            streaming: true,
            ..Method::EMPTY
        },
        Method {
            id: "example.projects.locations.tuningJobs.upload",
            verb: Verb::Post,
            path: "v1/{+parent}/tuningJobs:upload",
            params: &[Param::path("parent", "^projects/[^/]+/locations/[^/]+$")],
            body: true,
            upload: Some(&Upload {
                simple: "/upload/v1/{+parent}/tuningJobs:upload",
                multipart: true,
                resumable: "/resumable/upload/v1/{+parent}/tuningJobs:upload",
                accept: &["*/*"],
                ..Upload::EMPTY
            }),
            ..Method::EMPTY
        },
        // 5..7: projects.operations
        Method {
            id: "example.projects.operations.cancel",
            verb: Verb::Post,
            path: "v1/{+name}:cancel",
            params: &[Param::path("name", "^projects/[^/]+/operations/[^/]+$")],
            ..Method::EMPTY
        },
        Method {
            id: "example.projects.operations.get",
            path: "v1/{+name}",
            params: &[Param::path("name", "^projects/[^/]+/operations/[^/]+$")],
            ..Method::EMPTY
        },
        // 7..9: projects.locations.tuningJobs.operations
        Method {
            id: "example.projects.locations.tuningJobs.operations.cancel",
            verb: Verb::Post,
            path: "v1/{+name}:cancel",
            params: &[Param::path("name", "^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+/operations/[^/]+$")],
            ..Method::EMPTY
        },
        Method {
            id: "example.projects.locations.tuningJobs.operations.get",
            path: "v1/{+name}",
            params: &[Param::path("name", "^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+/operations/[^/]+$")],
            ..Method::EMPTY
        },
        // 9..10: media
        Method {
            id: "example.media.download",
            path: "v1/media/{number}",
            params: &[
                Param::path("number", ""),
                Param { place: Place::Header, ..Param::query("x-range") },
                Param { style: Style::Comma, ..Param::required_query("parts") },
            ],
            download: true,
            api_version: "2026-01-01",
            ..Method::EMPTY
        },
    ];
}

/// Generated client, resources and methods.
mod api {
    use std::ops::Deref;

    use discovery_runtime::http::{self, Call, Resource};

    use super::table::{API, METHODS};
    use super::types::{ListTuningJobsResponse, TuningJob, View};

    /// Client of the API.
    #[derive(Clone, Debug)]
    pub struct Client(Resource);

    impl Client {
        pub fn new() -> Self {
            http::Client::new(&API).into()
        }
        pub fn builder() -> http::ClientBuilder<Self> {
            http::ClientBuilder::new(&API)
        }
        /// Calls a method at the root, whose path parameter is an int64.
        pub fn get_settings(&self, settings_id: i64) -> GetSettings {
            GetSettings(self.0.call(0, &[&settings_id]))
        }
        pub fn projects(&self) -> Projects {
            Projects(self.0.resource(&[]))
        }
        pub fn media(&self) -> Media {
            Media(self.0.resource(&METHODS[9..10]))
        }
    }

    impl From<http::Client> for Client {
        fn from(client: http::Client) -> Self {
            Self(http::Resource::new(client, &METHODS[0..1]))
        }
    }

    #[derive(Clone, Debug)]
    pub struct Projects(Resource);

    impl Projects {
        pub fn locations(&self) -> Locations {
            Locations(self.0.resource(&[]))
        }
        pub fn operations(&self) -> Operations {
            Operations(self.0.resource(&METHODS[5..7]))
        }
    }

    #[derive(Clone, Debug)]
    pub struct Locations(Resource);

    impl Locations {
        pub fn tuning_jobs(&self) -> TuningJobs {
            TuningJobs(self.0.resource(&METHODS[1..5]))
        }
    }

    #[derive(Clone, Debug)]
    pub struct TuningJobs(Resource);

    impl TuningJobs {
        pub fn create(&self, parent: &str, body: TuningJob) -> TuningJobsCreate {
            TuningJobsCreate(self.0.call(0, &[&parent]).with_body(&body))
        }
        pub fn list(&self, parent: &str) -> TuningJobsList {
            TuningJobsList(self.0.call(1, &[&parent]))
        }
        pub fn generate(&self, model: &str, body: TuningJob) -> TuningJobsGenerate {
            TuningJobsGenerate(self.0.call(2, &[&model]).with_body(&body))
        }
        pub fn upload(&self, parent: &str, body: TuningJob) -> TuningJobsUpload {
            TuningJobsUpload(self.0.call(3, &[&parent]).with_body(&body))
        }
        /// Returns a handle to an operation that was started earlier.
        pub fn create_operation(&self, name: &str) -> http::OperationHandle<TuningJob, TuningJob> {
            self.0.operation(0, name)
        }
        pub fn operations(&self) -> Operations {
            Operations(self.0.resource(&METHODS[7..9]))
        }
    }

    /// One type for the operations of all parents, which differ only in the table.
    #[derive(Clone, Debug)]
    pub struct Operations(Resource);

    impl Operations {
        pub fn cancel(&self, name: &str) -> OperationsCancel {
            OperationsCancel(self.0.call(0, &[&name]))
        }
        pub fn get(&self, name: &str) -> OperationsGet {
            OperationsGet(self.0.call(1, &[&name]))
        }
    }

    #[derive(Clone, Debug)]
    pub struct Media(Resource);

    impl Media {
        /// Calls a method with a required list parameter and an int64 in the path.
        pub fn download(&self, number: i64, parts: &[&str]) -> MediaDownload {
            let mut call: Call<_, _> = self.0.call(0, &[&number]);
            call.set_all(2, parts);
            MediaDownload(call)
        }
    }

    // One wrapper per method: the types of the `Call`, a setter for each optional parameter, and `Deref` for the rest.

    #[derive(Clone, Debug)]
    pub struct GetSettings(Call<TuningJob>);

    impl GetSettings {
        pub fn with_view(mut self, value: View) -> Self {
            self.0.set(1, &value.as_str());
            self
        }
        pub fn with_ids(mut self, values: impl IntoIterator<Item = i64>) -> Self {
            self.0.set_all(2, values);
            self
        }
    }

    impl Deref for GetSettings {
        type Target = Call<TuningJob>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct TuningJobsCreate(Call<TuningJob, http::Operation<TuningJob, TuningJob>>);

    impl TuningJobsCreate {
        pub fn with_tuning_job_id(mut self, value: &str) -> Self {
            self.0.set(1, &value);
            self
        }
    }

    impl Deref for TuningJobsCreate {
        type Target = Call<TuningJob, http::Operation<TuningJob, TuningJob>>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct TuningJobsList(Call<ListTuningJobsResponse>);

    impl TuningJobsList {
        pub fn with_filter(mut self, value: &str) -> Self {
            self.0.set(1, &value);
            self
        }
        pub fn with_page_size(mut self, value: i32) -> Self {
            self.0.set(2, &value);
            self
        }
        pub fn with_page_token(mut self, value: &str) -> Self {
            self.0.set(3, &value);
            self
        }
    }

    /// Repeats the setter of the runtime's call, so that setters of the method can follow.
    impl TuningJobsList {
        pub fn with_options(&self, options: http::CallOptions) -> Self {
            Self(self.0.with_options(options))
        }
    }

    impl Deref for TuningJobsList {
        type Target = Call<ListTuningJobsResponse>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct TuningJobsGenerate(Call<TuningJob, http::Streaming>);

    impl Deref for TuningJobsGenerate {
        type Target = Call<TuningJob, http::Streaming>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct TuningJobsUpload(Call<TuningJob, http::Uploads>);

    impl Deref for TuningJobsUpload {
        type Target = Call<TuningJob, http::Uploads>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    /// A method without a response.
    #[derive(Clone, Debug)]
    pub struct OperationsCancel(Call<()>);

    impl Deref for OperationsCancel {
        type Target = Call<()>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct OperationsGet(Call<TuningJob>);

    impl Deref for OperationsGet {
        type Target = Call<TuningJob>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    #[derive(Clone, Debug)]
    pub struct MediaDownload(Call<(), http::Download>);

    impl MediaDownload {
        pub fn with_x_range(mut self, value: &str) -> Self {
            self.0.set(1, &value);
            self
        }
    }

    impl Deref for MediaDownload {
        type Target = Call<(), http::Download>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}

use api::Client;
use discovery_runtime::http::{CallOptions, Error};
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
