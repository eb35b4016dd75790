//! Generated client, resources and methods.

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
pub struct TuningJobsUpload(Call<TuningJob, http::Upload>);

impl Deref for TuningJobsUpload {
    type Target = Call<TuningJob, http::Upload>;
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
