//! Jobs of an overlay.

use super::generated::jobs::Client;
use super::service::{Service, wait};
use std::time::Duration;

#[test]
fn a_job_is_polled_by_the_property_that_its_path_takes() {
    let service = Service::pages(&[
        ("", r#"{"id":7,"name":"export","state":"RUNNING"}"#),
        ("", r#"{"id":7,"name":"export","state":"DONE"}"#),
    ]);
    let client: Client = service.client(Client::builder());
    let job = wait(client.exports().create().poller().with_interval(Duration::ZERO).wait()).unwrap();
    assert_eq!(job.id, Some(7));
    assert_eq!(service.targets(), ["https://api.example.com/exports", "https://api.example.com/exports/7"]);
}

#[test]
fn a_job_is_polled_by_the_property_that_the_overlay_names() {
    let service = Service::pages(&[("", r#"{"key":"k","state":"RUNNING"}"#), ("", r#"{"key":"k","state":"DONE"}"#)]);
    let client: Client = service.client(Client::builder());
    let job = wait(client.imports().create().poller().with_interval(Duration::ZERO).wait()).unwrap();
    assert_eq!(job.key.as_deref(), Some("k"));
    assert_eq!(service.targets(), ["https://api.example.com/imports", "https://api.example.com/imports/k"]);
}

#[test]
fn a_job_is_cancelled_by_the_method_that_the_overlay_names() {
    let service = Service::pages(&[("", r#"{"key":"a/b","state":"RUNNING"}"#), ("", "")]);
    let client: Client = service.client(Client::builder());
    let mut poller = client.imports().create().poller();
    wait(poller.next()).unwrap().unwrap();
    wait(poller.cancel()).unwrap();
    let request = service.last_request();
    assert_eq!((request.method().as_str(), request.body().len()), ("DELETE", 0));
    assert_eq!(request.uri(), "https://api.example.com/imports/a%2Fb/abort");
}
