//! An API for tests: descriptors only, since generated code has its own tests, and `Value` for every message.

#![allow(dead_code, unreachable_pub)]

use std::time::Duration;

use discovery_runtime::http::{
    Api, Call, CallOptions, Client, ClientBuilder, HttpMethod, Job, Method, Page, Param, Response, RetryPolicy,
    UploadProtocols,
};
use discovery_runtime::json;
use discovery_runtime::serde_json::Value;

pub static API: Api = Api { name: "example", version: "v1", root_url: "https://example.googleapis.com/", ..Api::EMPTY };

pub static GET: Method =
    Method { id: "example.get", path: "v1/{+name}", params: &[Param::path("name", "")], ..Method::EMPTY };

pub static LIST: Method = Method {
    id: "example.list",
    path: "v1/things",
    params: &[Param::query("pageSize"), Param::query("pageToken")],
    ..Method::EMPTY
};

pub static CREATE: Method = Method {
    id: "example.create",
    http_method: HttpMethod::Post,
    path: "v1/things",
    body: true,
    poll: "v2/{+name}",
    ..Method::EMPTY
};

pub static TUNE: Method = Method {
    id: "example.tune",
    http_method: HttpMethod::Post,
    path: "v1/jobs",
    body: true,
    job: Some(&Job {
        state: "state",
        succeeded: &["GOOD"],
        failed: &["BAD", "CANCELLED"],
        error: "error",
        ..Job::EMPTY
    }),
    ..Method::EMPTY
};

pub static GENERATE: Method = Method {
    id: "example.generate",
    http_method: HttpMethod::Post,
    path: "v1/model:streamGenerate",
    body: true,
    streaming: true,
    ..Method::EMPTY
};

pub static UPLOAD: Method = Method {
    id: "example.upload",
    http_method: HttpMethod::Post,
    path: "v1/files",
    body: true,
    upload: Some(&UploadProtocols {
        simple: "/upload/v1/files",
        multipart: true,
        resumable: "/resumable/upload/v1/files",
        max_size: 10 << 20,
        accept: &["text/*", "image/png"],
    }),
    ..Method::EMPTY
};

pub static DOWNLOAD: Method = Method { id: "example.download", path: "v1/file", download: true, ..Method::EMPTY };

/// Builder of a client with short waits and timeouts.
pub fn client(url: &str) -> ClientBuilder {
    Client::builder(&API).with_endpoint(url).with_options(fast())
}

pub fn fast() -> CallOptions {
    let retry = RetryPolicy::default().with_delays(Duration::from_millis(1), Duration::from_millis(5));
    CallOptions::new().with_retry(retry)
}

pub fn get(client: Client) -> Call<Value> {
    let mut call = Call::new(client, &GET);
    call.set(0, &"things/1");
    call
}

/// A page of numbers.
#[derive(Debug, PartialEq)]
pub struct Numbers {
    pub numbers: Vec<i64>,
    pub next: Option<String>,
}

impl Response for Numbers {
    fn decode(body: &[u8]) -> Result<Self, json::Error> {
        let value = Value::decode(body)?;
        let numbers = value["numbers"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        Ok(Self { numbers, next: value["nextPageToken"].as_str().map(str::to_owned) })
    }
}

impl Page for Numbers {
    type Item = i64;

    fn next_page_token(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn into_items(self) -> Vec<i64> {
        self.numbers
    }
}
