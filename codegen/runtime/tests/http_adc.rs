//! Application Default Credentials of each kind that works without Google: from files and from a metadata server on the
//! loopback interface.
//!
//! Environment variables apply to a whole process, so each kind runs in its own process: this executable with other
//! variables.

#[path = "http/api.rs"]
mod api;
#[path = "http/server.rs"]
mod server;

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use crate::api::{client, fast};
use crate::server::{ReceivedRequest, Reply, Server};
use discovery_runtime::http::auth::ApplicationDefault;
use discovery_runtime::http::{Call, Error, Method, Param};
use discovery_runtime::serde_json::{Value, json};

/// Secret that no error and no `Debug` output may contain.
const SECRETS: [&str; 4] = ["the-t0ken", "client-s3cret", "refresh-s3cret", "subject-s3cret"];

const TUNING: &str = "https://www.googleapis.com/auth/generative-language.tuning";

static TUNE: Method = Method {
    id: "example.tune",
    path: "v1/{+name}",
    params: &[Param::path("name", "")],
    scopes: &[TUNING],
    ..Method::EMPTY
};

/// Responses to requests for tokens.
#[derive(Clone, Copy, PartialEq)]
enum Tokens {
    Granted,
    Refused,
    /// The service rejects the first token, and grants another.
    FirstRevoked,
}

/// Starts a service that requires a token, with its token endpoint.
async fn server(tokens: Tokens) -> Server {
    let token = |token: &str| {
        let token = json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600,
            "issued_token_type": "urn:ietf:params:oauth:token-type:access_token"});
        Reply::json(200, token.to_string()).header("metadata-flavor", "Google")
    };
    let revoked = format!("Bearer {}", SECRETS[0]);
    let minted = json!({"accessToken": SECRETS[0], "expireTime": "2099-01-01T00:00:00Z"});
    Server::start(move |number, request: &ReceivedRequest| {
        match request.target.split(['?', ':']).next().unwrap_or_default() {
            "/v1/things/1" if tokens == Tokens::FirstRevoked && request.header("authorization") == Some(&revoked) => {
                Reply::json(401, r#"{"error": {"code": 401, "status": "UNAUTHENTICATED"}}"#)
            }
            "/v1/things/1" => Reply::json(200, "{}"),
            _ if tokens == Tokens::Refused => Reply::json(400, r#"{"error": "invalid_grant"}"#),
            "/v1/projects/-/serviceAccounts/a@b" => Reply::json(200, minted.to_string()),
            _ if tokens == Tokens::FirstRevoked && number > 0 => token(&format!("{}-2", SECRETS[0])),
            _ => token(SECRETS[0]),
        }
    })
    .await
}

fn user(server: &str) -> Value {
    json!({"type": "authorized_user", "client_id": "id", "client_secret": SECRETS[1], "refresh_token": SECRETS[2],
        "token_uri": format!("{server}token")})
}

fn external(server: &str, folder: &Path) -> Value {
    let subject = folder.join("subject");
    std::fs::write(&subject, SECRETS[3]).unwrap();
    json!({"type": "external_account", "audience": "//iam.googleapis.com/x", "token_url": format!("{server}token"),
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "credential_source": {"file": subject}})
}

fn impersonated(server: &str) -> Value {
    json!({"type": "impersonated_service_account", "source_credentials": user(server),
        "service_account_impersonation_url": format!("{server}v1/projects/-/serviceAccounts/a@b:generateAccessToken")})
}

/// Calls a method in a process with these credentials. Returns the requests that the server received, and the output of
/// the process.
async fn called(tokens: Tokens, credentials: impl Fn(&str, &Path) -> Option<Value>) -> (Vec<ReceivedRequest>, String) {
    let server = server(tokens).await;
    let folder =
        std::env::temp_dir().join(format!("adc-{}-{}", std::process::id(), server.url.replace([':', '/'], "")));
    std::fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["a_call", "--exact", "--ignored", "--nocapture"]).env("HOME", &folder).env("SERVICE", &server.url);
    command.env_remove("GOOGLE_APPLICATION_CREDENTIALS").env("no_proxy", "127.0.0.1");
    match credentials(&server.url, &folder) {
        Some(file) => {
            let path = folder.join("credentials.json");
            std::fs::write(&path, file.to_string()).unwrap();
            command.env("GOOGLE_APPLICATION_CREDENTIALS", path);
        }
        None => {
            let host = server.url.trim_start_matches("http://").trim_end_matches('/');
            command.env("GCE_METADATA_HOST", host);
        }
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.success(), "{printed}");
    for secret in SECRETS {
        assert!(!printed.contains(secret), "{secret} is printed: {printed}");
    }
    (server.requests(), printed)
}

/// Test that runs in the child processes.
#[tokio::test]
#[ignore = "runs in the environment of the other tests"]
async fn a_call() {
    let credentials = ApplicationDefault::new();
    println!("{credentials:?}");
    let client = client(&std::env::var("SERVICE").unwrap()).with_credentials(credentials).with_options(fast());
    let client = client.build().unwrap();
    println!("{client:?}");
    for _ in 0..2 {
        let mut call: Call<Value> = Call::new(client.clone(), &TUNE);
        call.set(0, &"things/1");
        match call.send().await {
            Ok(answer) => println!("answer {answer}"),
            Err(error) => {
                let mut cause: Option<&dyn std::error::Error> = Some(&error);
                while let Some(error) = cause {
                    println!("error {error} {error:?}");
                    cause = error.source();
                }
                assert!(matches!(error, Error::Credentials(_)));
            }
        }
    }
}

/// Parses a form or a query.
fn fields(text: &str) -> HashMap<String, String> {
    let decoded = |text: &str| text.replace("%3A", ":").replace("%2F", "/").replace('+', " ");
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (decoded(k), decoded(v))).collect()
}

/// Returns the only token request, and asserts that two calls use the token.
fn token_request(requests: &[ReceivedRequest]) -> &ReceivedRequest {
    let [token, .., one, other] = requests else { panic!("{requests:?}") };
    for call in [one, other] {
        assert_eq!(call.target, "/v1/things/1");
        assert_eq!(call.header("authorization"), Some("Bearer the-t0ken"));
    }
    token
}

#[tokio::test]
async fn credentials_of_a_user() {
    let (requests, output) = called(Tokens::Granted, |server, _| Some(user(server))).await;
    assert!(output.contains("answer {}"), "{output}");
    let token = token_request(&requests);
    assert_eq!(requests.len(), 3, "{requests:?}");
    let body: Value = discovery_runtime::serde_json::from_slice(&token.body).unwrap_or_default();
    let sent = |key: &str| body[key].as_str().map(str::to_owned).or_else(|| fields(token.text()).remove(key));
    assert_eq!(sent("refresh_token").as_deref(), Some(SECRETS[2]));
    assert_eq!(sent("scopes").or_else(|| sent("scope")).as_deref(), Some(TUNING), "{}", token.text());
}

#[tokio::test]
async fn a_rejected_token_is_replaced() {
    let (requests, output) = called(Tokens::FirstRevoked, |server, _| Some(user(server))).await;
    assert_eq!(output.matches("answer {}").count(), 2, "{output}");
    let calls: Vec<&str> = requests.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(calls, ["Bearer the-t0ken", "Bearer the-t0ken-2", "Bearer the-t0ken-2"]);
    assert_eq!(requests.len(), 5, "two requests for tokens, three calls");
}

#[tokio::test]
async fn credentials_of_the_metadata_server() {
    let (requests, _) = called(Tokens::Granted, |_, _| None).await;
    let token = requests.iter().find(|request| request.target.contains("/token")).expect("a request for a token");
    assert_eq!(token.header("metadata-flavor"), Some("Google"));
    let query = fields(token.target.split_once('?').map_or("", |(_, query)| query));
    assert_eq!(query.get("scopes").map(String::as_str), Some(TUNING), "{}", token.target);
    token_request(&requests);
}

#[tokio::test]
async fn credentials_of_an_external_account() {
    let (requests, _) = called(Tokens::Granted, |server, folder| Some(external(server, folder))).await;
    let form = fields(token_request(&requests).text());
    assert_eq!(form["subject_token"], SECRETS[3]);
    assert_eq!(form["scope"], TUNING);
}

#[tokio::test]
async fn credentials_of_an_impersonated_account() {
    let (requests, output) = called(Tokens::Granted, |server, _| Some(impersonated(server))).await;
    assert!(output.contains("answer {}"), "{output}");
    token_request(&requests);
    let minted =
        requests.iter().find(|request| request.target.contains("serviceAccounts")).expect("a request to impersonate");
    assert_eq!(minted.header("authorization"), Some("Bearer the-t0ken"));
    assert!(minted.text().contains(TUNING), "{}", minted.text());
}

#[tokio::test]
async fn errors_of_rejected_credentials_contain_no_secrets() {
    for kind in [0, 1, 2] {
        let (requests, output) = called(Tokens::Refused, |server, folder| {
            Some([user(server), external(server, folder), impersonated(server)][kind].clone())
        })
        .await;
        assert!(output.contains("error "), "{output}");
        assert!(
            requests.iter().all(|request| request.target != "/v1/things/1"),
            "no call without a token: {requests:?}"
        );
    }
}

/// All credentials implement `Debug`.
#[test]
fn debug_shows_only_scopes() {
    let debug = format!("{:?}", ApplicationDefault::new().with_scopes([TUNING]));
    assert_eq!(debug, format!("ApplicationDefault {{ scopes: Some([{TUNING:?}]), .. }}"));
}
