//! Polling of operations and jobs.

#![cfg(feature = "client")]

use std::time::{Duration, Instant};

use crate::api::{CREATE, TUNE, client};
use crate::server::{Reply, Server};
use discovery_runtime::http::{
    Call, CallOptions, Error, Job, Method, Operation, Poller, Resource, RetryPolicy, Step, UsageError,
};
use discovery_runtime::serde_json::{Value, json};

fn poller(server: &Server, method: &'static Method) -> Poller<Value, Value> {
    let call: Call<Value, Operation<Value, Value>> = Call::new(client(&server.url).build().unwrap(), method);
    call.poller().with_interval(Duration::from_millis(5))
}

fn started() -> Reply {
    Reply::json(200, r#"{"name":"operations/7","metadata":{"@type":"t/M","percent":0}}"#)
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| format!("{} {}", request.method, request.target)).collect()
}

#[tokio::test]
async fn an_operation() {
    let server = Server::replies(vec![
        started(),
        Reply::json(200, r#"{"name":"operations/7","metadata":{"@type":"t/M","percent":50}}"#),
        Reply::json(200, r#"{"name":"operations/7","done":true,"response":{"@type":"t/T","name":"things/1"}}"#),
    ])
    .await;
    let mut poller = poller(&server, &CREATE);
    assert_eq!(poller.name(), None);
    assert_eq!(poller.next().await.unwrap().unwrap(), Step::Running(Some(json!({"percent": 0}))));
    assert_eq!(poller.name(), Some("operations/7"));
    assert_eq!(poller.next().await.unwrap().unwrap(), Step::Running(Some(json!({"percent": 50}))));
    assert_eq!(poller.next().await.unwrap().unwrap(), Step::Done(json!({"name": "things/1"})));
    assert!(poller.next().await.is_none());
    assert!(matches!(poller.wait().await, Err(Error::Usage(UsageError::Ended))));
    assert_eq!(targets(&server), ["POST /v1/things", "GET /v2/operations/7", "GET /v2/operations/7"]);
}

#[tokio::test]
async fn an_operation_that_is_done_immediately() {
    let server = Server::replies(vec![Reply::json(200, r#"{"done":true,"response":{"a":1}}"#)]).await;
    assert_eq!(poller(&server, &CREATE).wait().await.unwrap(), json!({"a": 1}));
}

#[tokio::test]
async fn an_operation_that_fails() {
    let failed = r#"{"name":"operations/7","done":true,"error":{"code":8,"message":"no capacity"}}"#;
    let server = Server::replies(vec![started(), Reply::json(200, failed)]).await;
    let error = poller(&server, &CREATE).wait().await.unwrap_err();
    assert!(matches!(&error, Error::Operation(status) if status.code == 8), "{error:?}");
    assert_eq!(error.to_string(), "the operation failed: code 8: no capacity");
}

#[tokio::test]
async fn an_empty_error_is_ignored() {
    for error in ["{}", r#"{"code":0}"#, r#"{"code":0,"message":"OK"}"#, r#"{"message":"","details":[]}"#, "null"] {
        let done = format!(r#"{{"name":"operations/7","done":true,"error":{error},"response":{{"a":1}}}}"#);
        let server = Server::replies(vec![started(), Reply::json(200, done)]).await;
        assert_eq!(poller(&server, &CREATE).wait().await.unwrap(), json!({"a": 1}), "{error}");
    }
    for error in [r#"{"message":"no"}"#, r#"{"code":13}"#, r#"{"details":[{"@type":"t/x"}]}"#, r#"{"new":"x"}"#] {
        let done = format!(r#"{{"name":"operations/7","done":true,"error":{error},"response":{{"a":1}}}}"#);
        let server = Server::replies(vec![started(), Reply::json(200, done)]).await;
        assert!(matches!(poller(&server, &CREATE).wait().await, Err(Error::Operation(_))), "{error}");
    }
}

#[tokio::test]
async fn done_without_a_result_is_an_empty_message() {
    for done in [r#"{"name":"o","done":true}"#, r#"{"done":true,"error":{}}"#, r#"{"done":true,"response":{}}"#] {
        let server = Server::replies(vec![started(), Reply::json(200, done)]).await;
        assert_eq!(poller(&server, &CREATE).wait().await.unwrap(), json!({}), "{done}");
    }
}

#[tokio::test]
async fn a_job_in_an_unknown_state_ends_by_its_other_properties() {
    let job = |more: &str| Reply::json(200, format!(r#"{{"name":"jobs/1"{more}}}"#));
    let running = || job(r#","state":"REHEARSING""#);
    for ended in [
        r#","state":"FINE","endTime":"2026-01-01T00:00:00Z""#,
        r#","state":"FINE","endTime":"2026-01-01T00:00:00Z","error":{}"#,
        r#","endTime":"2026-01-01T00:00:00Z""#,
    ] {
        let server = Server::replies(vec![running(), running(), job(ended)]).await;
        let job = poller(&server, &TUNE).wait().await.unwrap();
        assert_eq!(job["endTime"], "2026-01-01T00:00:00Z");
    }
    for (ended, message) in [
        (r#","state":"ODD","error":{"code":3,"message":"bad data"}"#, "ODD: bad data"),
        (r#","state":"ODD","endTime":"2026-01-01T00:00:00Z","error":{"code":3,"message":"bad data"}"#, "ODD: bad data"),
        (r#","state":"HALF_FAILED","endTime":"2026-01-01T00:00:00Z""#, "HALF_FAILED"),
        (r#","state":"STATE_EXPIRED","endTime":"2026-01-01T00:00:00Z""#, "STATE_EXPIRED"),
    ] {
        let server = Server::replies(vec![running(), job(ended)]).await;
        let error = poller(&server, &TUNE).wait().await.unwrap_err();
        assert_eq!(error.to_string(), format!("the operation failed: {message}"));
    }
    // A running job is polled until the deadline.
    let going = [running(), job(r#","state":"CANCELLING""#), job(r#","state":"X","endTime":null"#), job("")];
    for reply in going {
        let server = Server::replies(vec![reply]).await;
        let mut poller = poller(&server, &TUNE).with_deadline(Duration::from_millis(60));
        assert!(matches!(poller.wait().await, Err(Error::Timeout { .. })));
    }
}

#[tokio::test]
async fn a_job_ends_by_its_state() {
    let job = |state: &str| Reply::json(200, format!(r#"{{"name":"jobs/1","state":"{state}"}}"#));
    let server = Server::replies(vec![job("NEW"), job("RUNNING"), job("GOOD")]).await;
    let mut poller = poller(&server, &TUNE);
    assert!(matches!(poller.next().await, Some(Ok(Step::Running(Some(job)))) if job["state"] == "NEW"));
    assert_eq!(poller.wait().await.unwrap()["state"], "GOOD");
    assert_eq!(targets(&server), ["POST /v1/jobs", "GET /v1/jobs/1", "GET /v1/jobs/1"]);

    let failed = Reply::json(200, r#"{"name":"jobs/1","state":"BAD","error":{"code":3,"message":"bad data"}}"#);
    let server = Server::replies(vec![job("NEW"), failed]).await;
    let error = self::poller(&server, &TUNE).wait().await.unwrap_err();
    assert_eq!(error.to_string(), "the operation failed: BAD: bad data");
    let server = Server::replies(vec![job("NEW"), job("CANCELLED")]).await;
    let error = self::poller(&server, &TUNE).wait().await.unwrap_err();
    assert_eq!(error.status().unwrap().status, "CANCELLED");
}

#[tokio::test]
async fn a_job_has_the_name_that_its_path_takes() {
    static EXPORT: Method = Method {
        poll: "v1/exports/{id}",
        job: Some(&Job { name: "id", state: "state", succeeded: &["GOOD"], ..Job::EMPTY }),
        ..TUNE
    };
    for (id, target) in [("7", "GET /v1/exports/7"), ("\"a b\"", "GET /v1/exports/a%20b")] {
        let job = |state: &str| Reply::json(200, format!(r#"{{"id":{id},"name":"Export","state":"{state}"}}"#));
        let server = Server::replies(vec![job("NEW"), job("GOOD")]).await;
        assert_eq!(poller(&server, &EXPORT).wait().await.unwrap()["state"], "GOOD");
        assert_eq!(targets(&server), ["POST /v1/jobs", target]);
    }
    let server = Server::replies(vec![Reply::json(200, r#"{"name":"Export","state":"NEW"}"#)]).await;
    let error = poller(&server, &EXPORT).wait().await.unwrap_err();
    let reason = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    assert!(format!("{error}: {reason}").contains("the response has no `id`"), "{error}: {reason}");
}

#[tokio::test]
async fn another_process_can_poll() {
    let server = Server::replies(vec![Reply::json(200, r#"{"name":"operations/7","done":true,"response":{}}"#)]).await;
    let resource = Resource::new(client(&server.url).build().unwrap(), std::slice::from_ref(&CREATE));
    let mut poller: Poller<Value, Value> = resource.operation(0, "operations/7").poller();
    assert_eq!(poller.wait().await.unwrap(), json!({}));
    assert_eq!(targets(&server), ["GET /v2/operations/7"], "no operation is started again");
}

#[tokio::test]
async fn a_failed_start_is_not_retried() {
    for fault in [Reply::json(503, "{}"), Reply::raw(""), Reply::json(200, "[]"), Reply::json(200, "{}")] {
        let server = Server::replies(vec![fault, started()]).await;
        let mut poller = poller(&server, &CREATE);
        poller.next().await.unwrap().unwrap_err();
        assert!(poller.next().await.is_none());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn dropping_a_future_does_not_start_an_operation_twice() {
    let slow = Reply::new(200, r#"{"name":"operations/7","#).then(Duration::from_millis(100), r#""done":true}"#);
    let server = Server::replies(vec![slow]).await;
    let mut poller = poller(&server, &CREATE);
    for _ in 0..5 {
        let _ = tokio::time::timeout(Duration::from_millis(10), poller.next()).await;
    }
    assert_eq!(poller.wait().await.unwrap(), json!({}));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_failed_poll_can_be_repeated() {
    let done = Reply::json(200, r#"{"done":true,"response":{"a":1}}"#);
    let server = Server::replies(vec![started(), Reply::new(200, "garbage"), Reply::json(403, "{}"), done]).await;
    let mut poller = poller(&server, &CREATE);
    assert!(matches!(poller.wait().await, Err(Error::Decode(_))));
    assert!(matches!(poller.wait().await, Err(Error::Service(_))));
    assert_eq!(poller.wait().await.unwrap(), json!({"a": 1}));
}

#[tokio::test]
async fn failed_polls_are_retried() {
    let done = Reply::json(200, r#"{"done":true,"response":{"a":1}}"#);
    let server = Server::replies(vec![started(), Reply::json(503, "{}"), Reply::raw(""), done]).await;
    assert_eq!(poller(&server, &CREATE).wait().await.unwrap(), json!({"a": 1}));
}

#[tokio::test]
async fn a_deadline() {
    let server = Server::replies(vec![started()]).await;
    let mut poller = poller(&server, &CREATE).with_deadline(Duration::from_millis(60));
    let began = Instant::now();
    let error = poller.wait().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { after } if after == Duration::from_millis(60)), "{error:?}");
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(poller.name(), Some("operations/7"));
    assert!(matches!(poller.wait().await, Err(Error::Timeout { .. })), "the limit starts again");
}

#[tokio::test]
async fn cancel() {
    let cancelled = r#"{"done":true,"error":{"code":1,"message":"cancelled"}}"#;
    let server = Server::replies(vec![started(), Reply::json(200, "{}"), Reply::json(200, cancelled)]).await;
    let mut poller = poller(&server, &CREATE);
    assert!(matches!(poller.cancel().await, Err(Error::Usage(_))), "no operation was started");
    poller.next().await.unwrap().unwrap();
    poller.cancel().await.unwrap();
    assert_eq!(poller.wait().await.unwrap_err().status().unwrap().code, 1);
    assert_eq!(targets(&server)[1], "POST /v2/operations/7:cancel");
}

#[tokio::test]
async fn the_fields_of_the_call_are_not_those_of_the_operation() {
    let server = Server::replies(vec![started(), Reply::json(200, r#"{"done":true}"#)]).await;
    let call: Call<Value, Operation<Value, Value>> = Call::new(client(&server.url).build().unwrap(), &CREATE);
    let options = CallOptions::new().with_fields("name").with_quota_user("me").with_retry(RetryPolicy::NEVER);
    call.with_options(options).poller().with_interval(Duration::ZERO).wait().await.unwrap();
    assert_eq!(targets(&server), ["POST /v1/things?fields=name&quotaUser=me", "GET /v2/operations/7?quotaUser=me"]);
}
