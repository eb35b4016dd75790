//! Generated table. A row has the facts of the document; others are those of `EMPTY`.

use discovery_runtime::http::{Api, HttpMethod, Job, Method, Param, ParameterLocation, Style, UploadProtocols};

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
        http_method: HttpMethod::Post,
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
        http_method: HttpMethod::Post,
        path: "v1/{+model}:streamGenerate",
        params: &[Param::path("model", "^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+$")],
        body: true,
        streaming: true,
        ..Method::EMPTY
    },
    Method {
        id: "example.projects.locations.tuningJobs.upload",
        http_method: HttpMethod::Post,
        path: "v1/{+parent}/tuningJobs:upload",
        params: &[Param::path("parent", "^projects/[^/]+/locations/[^/]+$")],
        body: true,
        upload: Some(&UploadProtocols {
            simple: "/upload/v1/{+parent}/tuningJobs:upload",
            multipart: true,
            resumable: "/resumable/upload/v1/{+parent}/tuningJobs:upload",
            accept: &["*/*"],
            ..UploadProtocols::EMPTY
        }),
        ..Method::EMPTY
    },
    // 5..7: projects.operations
    Method {
        id: "example.projects.operations.cancel",
        http_method: HttpMethod::Post,
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
        http_method: HttpMethod::Post,
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
            Param { location: ParameterLocation::Header, ..Param::query("x-range") },
            Param { style: Style::Comma, ..Param::required_query("parts") },
        ],
        download: true,
        api_version: "2026-01-01",
        ..Method::EMPTY
    },
];
