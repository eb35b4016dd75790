//! Calls with one request and one response over a real connection, and their errors.

#![cfg(all(feature = "client", feature = "api-key"))]

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::api::{API, CREATE, GET, client, fast, get};
use crate::server::{Reply, Server};
use discovery_runtime::Lenient;
use discovery_runtime::http::auth::{ApiKey, TokenProvider};
use discovery_runtime::http::{
    Call, CallOptions, Client, ClientBuilder, Code, Detail, Error, HttpMethod, Method, RetryPolicy, UsageError,
};
use discovery_runtime::serde_json::{Value, json};

const SECRET: &str = "s3cr3t-k3y";

fn with_key(builder: ClientBuilder) -> Client {
    builder.with_credentials(ApiKey::new(SECRET).unwrap()).build().unwrap()
}

#[tokio::test]
async fn a_response() {
    let server = Server::replies(vec![Reply::json(200, r#"{"name":"things/1"}"#)]).await;
    let answer = get(with_key(client(&server.url))).send().await.unwrap();
    assert_eq!(answer, json!({"name": "things/1"}));
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/v1/things/1"));
    assert_eq!(request.header("x-goog-api-key"), Some(SECRET));
    assert_eq!(request.header("content-length"), None);
    assert!(request.header("accept-encoding").unwrap().contains("gzip"));
    assert!(request.header("user-agent").unwrap().starts_with("discovery-runtime/"));
}

#[tokio::test]
async fn an_empty_body_has_a_length() {
    for (http_method, length) in [
        (HttpMethod::Post, Some("0")),
        (HttpMethod::Put, Some("0")),
        (HttpMethod::Patch, Some("0")),
        (HttpMethod::Get, None),
        (HttpMethod::Delete, None),
        (HttpMethod::Options, None),
    ] {
        let server = Server::replies(vec![Reply::json(200, "{}")]).await;
        let method =
            &*Box::leak(Box::new(Method { id: "example.things.run", http_method, path: "v1/things", ..Method::EMPTY }));
        let call: Call<Value> = Call::new(client(&server.url).build().unwrap(), method);
        call.send().await.unwrap();
        assert_eq!(server.requests()[0].header("content-length"), length, "{http_method:?}");
        assert_eq!(
            call.request().unwrap().headers().get("content-length").map(|length| length.as_bytes()),
            length.map(str::as_bytes)
        );
    }
}

#[tokio::test]
async fn connections_are_reused() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    let client = client(&server.url).build().unwrap();
    for _ in 0..3 {
        get(client.clone()).send().await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_token_of_the_caller() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    let credentials = TokenProvider::new(|| async { Ok("token\n".to_owned()) });
    let options = fast().with_user_project("my-project");
    let client = client(&server.url).with_credentials(credentials).with_options(options).build().unwrap();
    get(client).send().await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), Some("Bearer token"));
    assert_eq!(server.requests()[0].header("x-goog-user-project"), Some("my-project"));
}

#[tokio::test]
async fn no_request_without_a_token() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    let credentials = TokenProvider::new(|| async { Err("not logged in".into()) });
    let error = get(client(&server.url).with_credentials(credentials).build().unwrap()).send().await.unwrap_err();
    assert!(matches!(&error, Error::Credentials(cause) if cause.to_string() == "not logged in"), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_error_response_is_typed() {
    let refusal = json!({"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "no", "details": [
        {"@type": "type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations": [{"field": "tuned_model", "description": "is required"}]}]}});
    let server = Server::replies(vec![Reply::json(400, refusal.to_string()).header("x-request", "7")]).await;
    let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    let status = error.status().unwrap();
    assert_eq!((status.code, status.status.as_str()), (400, "INVALID_ARGUMENT"));
    assert!(matches!(&status.details[0], Detail::BadRequest { violations } if violations[0].field == "tuned_model"));
    assert_eq!(error.http_status().unwrap(), 400);
    assert_eq!(error.headers().unwrap()["x-request"], "7");
    assert_eq!(
        error.to_string(),
        "the service responded with 400 Bad Request: INVALID_ARGUMENT: no; `tuned_model`: is required"
    );
    assert_eq!(server.requests().len(), 1, "invalid requests are not retried");
}

#[tokio::test]
async fn temporary_errors_are_retried() {
    let replies = vec![
        Reply::json(503, "{}"),
        Reply::new(502, "<html>Bad Gateway</html>"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
        Reply::raw(""),
        Reply::json(200, r#"{"a":1}"#),
    ];
    let server = Server::replies(replies).await;
    assert_eq!(get(client(&server.url).build().unwrap()).send().await.unwrap(), json!({"a": 1}));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn attempts_are_limited() {
    let server = Server::replies(vec![Reply::json(503, "{}")]).await;
    let options = CallOptions::new().with_retry(
        RetryPolicy::default().with_max_attempts(3).with_delays(Duration::from_millis(1), Duration::from_millis(1)),
    );
    let call = get(client(&server.url).build().unwrap()).with_options(options);
    assert_eq!(call.send().await.unwrap_err().http_status().unwrap(), 503);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_create_is_sent_once() {
    for fault in [Reply::json(503, "{}"), Reply::json(429, "{}"), Reply::raw(""), Reply::json(200, "{").cut()] {
        let server = Server::replies(vec![fault.clone(), Reply::json(200, "{}")]).await;
        let create = |options: CallOptions| {
            Call::<Value>::new(client(&server.url).build().unwrap(), &CREATE).with_options(options)
        };
        create(CallOptions::new()).send().await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{fault:?}");
        assert_eq!(server.requests()[0].text(), "{}");
    }
    let server = Server::replies(vec![Reply::json(503, "{}"), Reply::json(200, "{}")]).await;
    let call = Call::<Value>::new(client(&server.url).build().unwrap(), &CREATE);
    call.with_options(CallOptions::new().with_idempotent(true)).send().await.unwrap();
    assert_eq!(server.requests().len(), 2, "unless it is declared idempotent");
}

#[tokio::test]
async fn failed_connections_are_retried_for_any_method() {
    // Nothing listens on the port, which was assigned and released.
    let url = format!("http://{}/", std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let started = Instant::now();
    let call = Call::<Value>::new(client(&url).build().unwrap(), &CREATE);
    let retry = RetryPolicy::default().with_max_attempts(3);
    let retry = retry.with_delays(Duration::from_millis(20), Duration::from_millis(20));
    let error = call.with_options(CallOptions::new().with_retry(retry)).send().await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if !error.may_have_been_sent()), "{error:?}");
    assert!(started.elapsed() >= Duration::from_millis(40), "expected a retry");
}

#[tokio::test]
async fn retry_delays_of_the_service_are_respected() {
    let info = r#"{"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.2s"}]}}"#;
    for fault in [Reply::json(429, info), Reply::json(429, "{}").header("retry-after", "1")] {
        let server = Server::replies(vec![fault, Reply::json(200, "{}")]).await;
        let started = Instant::now();
        get(client(&server.url).build().unwrap()).send().await.unwrap();
        assert!(started.elapsed() >= Duration::from_millis(200));
    }
    // A wait beyond the deadline is useless.
    let server = Server::replies(vec![Reply::json(429, "{}").header("retry-after", "3600")]).await;
    let call = get(client(&server.url).build().unwrap());
    let error = call.with_options(CallOptions::new().with_timeout(Duration::from_secs(5))).send().await.unwrap_err();
    assert_eq!(error.http_status().unwrap(), 429);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn retry_delays_of_the_service_are_limited() {
    let info = |delay: &str| {
        let detail = json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay});
        Reply::json(429, json!({"error": {"code": 429, "details": [detail]}}).to_string())
    };
    let header = |delay: &str| Reply::json(503, "{}").header("retry-after", delay);
    let day = Duration::from_secs(86_400);
    for (reply, delay) in [
        (header("86400"), day),
        (info("86400s"), day),
        (header("61").header("x", "y"), Duration::from_secs(61)),
        (header("18446744073709551615"), Duration::from_secs(u64::MAX)),
        (header("99999999999999999999999"), Duration::MAX),
        (info("99999999999999999999999.5s"), Duration::MAX),
    ] {
        let server = Server::replies(vec![reply, Reply::json(200, "{}")]).await;
        let started = Instant::now();
        let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(5), "unexpected wait");
        assert_eq!(error.retry_delay(), Some(delay));
        assert!(matches!(&error, Error::Service(error) if error.retry_delay == Some(delay)), "{error:?}");
        assert!(error.to_string().contains("retry after"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + day);
    let server = Server::replies(vec![header(&date), Reply::json(200, "{}")]).await;
    let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    assert!(error.retry_delay().unwrap() > day / 2);

    // The limit can be changed.
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    let none = CallOptions::new().with_retry(policy.with_max_server_delay(Duration::from_millis(500)));
    let server = Server::replies(vec![header("1"), Reply::json(200, "{}")]).await;
    let call = get(client(&server.url).build().unwrap());
    assert_eq!(call.with_options(none).send().await.unwrap_err().http_status().unwrap(), 503);
    let endless = CallOptions::new().with_retry(policy.with_max_server_delay(Duration::MAX));
    let server = Server::replies(vec![header("120"), Reply::json(200, "{}")]).await;
    let call = get(client(&server.url).build().unwrap()).with_options(endless);
    assert!(tokio::time::timeout(Duration::from_millis(200), call.send()).await.is_err(), "unexpected wait");
}

#[tokio::test]
async fn rejected_credentials_are_refreshed_once() {
    let provider = || {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        let next = move || format!("token-{}", counted.fetch_add(1, Ordering::SeqCst));
        (count, TokenProvider::new(move || std::future::ready(Ok(next()))))
    };
    let refusal = || Reply::json(401, r#"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#);

    // For any method, since rejected requests are not executed.
    for method in [&GET, &CREATE] {
        let (count, credentials) = provider();
        let server = Server::replies(vec![refusal(), Reply::json(200, r#"{"a":1}"#)]).await;
        let mut call: Call<Value> =
            Call::new(client(&server.url).with_credentials(credentials).build().unwrap(), method);
        if !method.params.is_empty() {
            call.set(0, &"things/1");
        }
        assert_eq!(call.send().await.unwrap(), json!({"a": 1}));
        assert_eq!(count.load(Ordering::SeqCst), 2);
        let tokens: Vec<_> =
            server.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect();
        assert_eq!(tokens, ["Bearer token-0", "Bearer token-1"]);
    }

    let (count, credentials) = provider();
    let server = Server::replies(vec![refusal()]).await;
    let error = get(client(&server.url).with_credentials(credentials).build().unwrap()).send().await.unwrap_err();
    assert_eq!((error.http_status().unwrap().as_u16(), error.code()), (401, Some(Code::Unauthenticated)));
    assert_eq!((count.load(Ordering::SeqCst), server.requests().len()), (2, 2), "the second rejection is an error");

    // Once per call, regardless of other errors in between.
    let (_, credentials) = provider();
    let server = Server::replies(vec![refusal(), Reply::json(503, "{}"), refusal()]).await;
    let error = get(client(&server.url).with_credentials(credentials).build().unwrap()).send().await.unwrap_err();
    assert_eq!((error.http_status().unwrap().as_u16(), server.requests().len()), (401, 3));

    // A token set for the call is not refreshed.
    let (count, credentials) = provider();
    let server = Server::replies(vec![refusal()]).await;
    let call = get(client(&server.url).with_credentials(credentials).build().unwrap());
    call.with_options(fast().with_header("authorization", "Bearer own")).send().await.unwrap_err();
    assert_eq!((count.load(Ordering::SeqCst), server.requests().len()), (1, 1));

    // An equal token or key is not sent again, and anonymous calls have none to refresh.
    let server = Server::replies(vec![refusal()]).await;
    get(with_key(client(&server.url))).send().await.unwrap_err();
    get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn errors_have_canonical_codes() {
    let cases = [
        (429, r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}"#, Code::ResourceExhausted),
        (404, r#"{"error":{"code":404,"message":"no"}}"#, Code::NotFound),
        (412, "<html>Precondition Failed</html>", Code::FailedPrecondition),
        (400, r#"{"error":"invalid_grant"}"#, Code::InvalidArgument),
        (418, "", Code::FailedPrecondition),
    ];
    for (status, body, code) in cases {
        let server = Server::replies(vec![Reply::json(status, body)]).await;
        let options = CallOptions::new().with_retry(RetryPolicy::NEVER);
        let error = get(client(&server.url).build().unwrap()).with_options(options).send().await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{body}");
    }
    // The older form of errors has a list of reasons.
    let body =
        r#"{"error":{"code":403,"message":"no","errors":[{"domain":"usageLimits","reason":"rateLimitExceeded"}]}}"#;
    let server = Server::replies(vec![Reply::json(403, body)]).await;
    let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    assert_eq!(error.status().unwrap().reason(), Some("rateLimitExceeded"));
}

#[tokio::test]
async fn slow_responses_time_out() {
    let slow = Reply::json(200, "{").then(Duration::from_secs(60), "}");
    let server = Server::replies(vec![slow]).await;
    let call = get(client(&server.url).build().unwrap());
    let attempt = Duration::from_millis(50);
    let options = CallOptions::new().with_attempt_timeout(attempt).with_retry(RetryPolicy::NEVER);
    let error = call.with_options(options).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { after } if after == attempt), "{error:?}");

    let whole = Duration::from_millis(200);
    let started = Instant::now();
    let options = CallOptions::new().with_attempt_timeout(attempt).with_timeout(whole);
    let error = call.with_options(options).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(2));
    assert!(server.requests().len() > 2, "there are several attempts before the deadline");
}

#[tokio::test]
async fn large_responses_are_rejected() {
    let server = Server::replies(vec![Reply::new(200, vec![b' '; 1 << 20])]).await;
    let call = get(client(&server.url).build().unwrap());
    let error = call.with_options(CallOptions::new().with_response_limit(1000)).send().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 1000 }), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn invalid_json_is_an_error_with_a_location() {
    for (body, near) in [("<html>no</html>", "<html>no</html>"), (r#"{"a":[1,2"#, "[1,2"), ("\u{0}", "\u{0}")] {
        let server = Server::replies(vec![Reply::new(200, body)]).await;
        let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
        let Error::Decode(error) = error else { panic!("{error:?}") };
        assert!(error.error.near().contains(near), "{:?}", error.error.near());
        assert!(error.source().is_some());
        assert_eq!(error.body, body);
    }
}

#[tokio::test]
async fn lists_keep_entries_of_other_types_and_errors_the_whole_response() {
    let bodies = ["[1,\"x\",2]", "", "null", "\"x\""].map(|body| Reply::new(200, body));
    let server = Server::replies(bodies.into()).await;
    let client = client(&server.url).build().unwrap();
    let call: Call<Lenient<Vec<i32>>> = Call::new(client.clone(), &crate::api::DOWNLOAD);
    let list = call.send().await.unwrap();
    assert_eq!((list.as_slice(), list.unknown_entries.get("1")), (&[1, 2][..], Some(json!("x"))));
    assert!(call.send().await.unwrap().is_empty() && call.send().await.unwrap().is_empty());
    // A response of another kind is none of the type: the error has it.
    let Error::Decode(error) = call.send().await.unwrap_err() else { panic!() };
    assert_eq!(error.body, "\"x\"");
    assert!(!format!("{error:?}").contains("body: "));
}

#[tokio::test]
async fn an_empty_body_is_null_or_an_empty_object() {
    let server = Server::replies(vec![Reply::new(204, "")]).await;
    assert_eq!(get(client(&server.url).build().unwrap()).send().await.unwrap(), json!(null));
    let map: Call<Option<BTreeMap<String, i32>>> =
        Call::new(client(&server.url).build().unwrap(), &crate::api::DOWNLOAD);
    assert_eq!(map.send().await.unwrap(), None);
    let map: Call<BTreeMap<String, i32>> = Call::new(client(&server.url).build().unwrap(), &crate::api::DOWNLOAD);
    assert_eq!(map.send().await.unwrap(), BTreeMap::new());
    let nothing: Call<()> = Call::new(client(&server.url).build().unwrap(), &crate::api::DOWNLOAD);
    nothing.send().await.unwrap();
}

#[tokio::test]
async fn credentials_are_not_redirected_to_another_server() {
    let other = Server::replies(vec![Reply::json(200, r#"{"from":"other"}"#)]).await;
    let elsewhere = format!("{}stolen?x=1", other.url);
    for status in [301, 302, 303, 307, 308] {
        let target = elsewhere.clone();
        let server = Server::start(move |_, request| match request.target.as_str() {
            "/v1/things/1" => Reply::new(status, "").header("location", "/v1/moved"),
            _ => Reply::new(status, "").header("location", &target),
        })
        .await;
        let options = fast().with_header("x-mine", SECRET).with_user_project("mine");
        let call = get(with_key(client(&server.url))).with_options(options);
        assert_eq!(call.send().await.unwrap(), json!({"from": "other"}));
        let requests = server.requests();
        assert_eq!(requests[1].header("x-goog-api-key"), Some(SECRET), "the same server gets credentials");
    }
    for request in other.requests() {
        assert_eq!(request.target, "/stolen?x=1");
        assert!(!format!("{request:?}").contains(SECRET), "{request:?}");
        assert_eq!(request.header("x-goog-user-project"), None);
    }
    assert_eq!(other.requests().len(), 5);
}

#[tokio::test]
async fn redirects_require_tls_and_are_limited() {
    let server = Server::replies(vec![Reply::new(302, "").header("location", "http://example.com/")]).await;
    let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    assert!(matches!(error, Error::Usage(UsageError::Insecure { .. })), "{error:?}");

    let server = Server::replies(vec![Reply::new(302, "").header("location", "/again")]).await;
    let error = get(client(&server.url).build().unwrap()).send().await.unwrap_err();
    assert_eq!(error.http_status().unwrap(), 302);

    let server = Server::replies(vec![Reply::new(307, "").header("location", "/elsewhere")]).await;
    let create = Call::<Value>::new(client(&server.url).build().unwrap(), &CREATE);
    assert_eq!(create.send().await.unwrap_err().http_status().unwrap(), 307);
    assert_eq!(server.requests().len(), 1, "requests with a body are not redirected");

    static FIND: Method = Method { id: "example.find", path: "v1/find", body: true, ..Method::EMPTY };
    let find = Call::<Value>::new(client(&server.url).build().unwrap(), &FIND).with_body(&json!({"secret": "x"}));
    assert_eq!(find.send().await.unwrap_err().http_status().unwrap(), 307);
    assert_eq!(server.requests().len(), 2, "those of GET are not, either");
}

#[tokio::test]
async fn debug_output_and_errors_contain_no_secrets() {
    let token = || TokenProvider::new(|| async { Ok(SECRET.to_owned()) });
    let refusal = Server::replies(vec![Reply::json(401, r#"{"error":{"code":401}}"#)]).await;
    let garbage = Server::replies(vec![Reply::new(200, "garbage")]).await;
    let cut = Server::replies(vec![Reply::raw("")]).await;
    let mut printed = format!("{:?} {:?}", ApiKey::new(SECRET).unwrap(), token());
    for server in [refusal, garbage, cut] {
        let options = fast().with_header("cookie", SECRET);
        let builder = client(&server.url).with_options(options).with_credentials(token());
        printed += &format!("{builder:?}");
        let client = builder.build().unwrap();
        let call = get(client.clone());
        let error = call.send().await.unwrap_err();
        printed += &format!("{client:?} {call:?} {error:?} {error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            printed += &format!("{error:?} {error}");
            cause = error.source();
        }
    }
    assert!(!printed.contains(SECRET), "{printed}");
    assert!(!format!("{:?}", ApiKey::new("a\nb")).contains("a\nb"));
}

#[tokio::test]
async fn data_wrappers() {
    use discovery_runtime::http::{Api, HttpMethod, Method};
    static WRAPPED: Api = Api { data_wrapper: true, ..API };
    static POST: Method =
        Method { id: "wrapped.post", http_method: HttpMethod::Post, path: "p", body: true, ..Method::EMPTY };
    let server = Server::replies(vec![Reply::json(200, r#"{"data":{"a":1}}"#)]).await;
    let client = Client::builder(&WRAPPED).with_endpoint(&server.url).build().unwrap();
    let call = Call::<Value>::new(client, &POST).with_body(&json!({"q": 1}));
    assert_eq!(call.send().await.unwrap(), json!({"a": 1}));
    assert_eq!(server.requests()[0].text(), r#"{"data":{"q":1}}"#);
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    let client = client(&server.url).build().unwrap();
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(get(client.clone()).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[cfg(feature = "blocking")]
#[test]
fn without_a_runtime() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::replies(vec![Reply::json(200, "{}")]));
    let call = get(client(&server.url).build().unwrap());
    assert_eq!(discovery_runtime::http::block_on(call.send()).unwrap(), json!({}));
}
