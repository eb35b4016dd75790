//! Credentials of documents with security requirements: alternatives, and locations in the request.

#![cfg(feature = "test-util")]

use discovery_runtime::http::SecurityScheme::{Basic, Bearer, Cookie, Header, Other, Query};
use discovery_runtime::http::auth::{Secrets, TokenProvider};
use discovery_runtime::http::testing::{FakeResponse, FakeTransport};
use discovery_runtime::http::{Api, Call, Client, Error, Method, Param, ParameterLocation, UsageError};
use discovery_runtime::serde_json::Value;

const SECRET: &str = "s3cr&t";

static API: Api = Api { name: "pets", root_url: "https://pets.example.com/", ..Api::EMPTY };

macro_rules! method {
    ($name:ident, $security:expr) => {
        static $name: Method = Method {
            id: "pets.get",
            path: "pets",
            params: &[Param::query("q"), Param { location: ParameterLocation::Header, ..Param::query("cookie") }],
            security: $security,
            ..Method::EMPTY
        };
    };
}

method!(NOTHING_STATED, &[]);
method!(NONE, &[&[]]);
method!(HEADER, &[&[Header("x-key")]]);
method!(QUERY, &[&[Query("app id")]]);
method!(COOKIE, &[&[Cookie("session"), Cookie("csrf")]]);
method!(BOTH, &[&[Header("x-key"), Bearer]]);
method!(EITHER, &[&[Bearer], &[Basic], &[Header("x-key")]]);
method!(OPTIONAL, &[&[], &[Bearer]]);
method!(DIGEST, &[&[Other("digest")]]);

fn call(method: &'static Method, secrets: Secrets, transport: &FakeTransport) -> Call<Value> {
    let client = Client::builder(&API).with_credentials(secrets).with_transport(transport.clone()).build().unwrap();
    Call::new(client, method)
}

/// Sends a call, and returns the URL and the headers that authenticate it.
async fn sent(method: &'static Method, secrets: Secrets) -> Result<String, Error> {
    let transport = FakeTransport::new([FakeResponse::json(200, "{}")]);
    call(method, secrets, &transport).send().await?;
    let request = transport.requests().remove(0);
    let header = |name: &str| {
        let value = request.headers().get(name)?;
        assert!(value.is_sensitive(), "{name}");
        Some(format!(" {name}={}", value.to_str().unwrap()))
    };
    let headers: String = ["authorization", "x-key", "cookie"].into_iter().filter_map(header).collect();
    Ok(format!("{}{headers}", request.uri()))
}

#[tokio::test]
async fn credentials_are_sent_in_the_declared_location() {
    let all = || {
        let keys = Secrets::new().with_api_key("X-Key", SECRET).with_api_key("app id", SECRET);
        keys.with_api_key("session", "a").with_api_key("csrf", "b").with_basic("user", "pass:word")
    };
    let url = "https://pets.example.com/pets";
    for (method, expected) in [
        (&NONE, String::new()),
        (&HEADER, format!(" x-key={SECRET}")),
        (&QUERY, "?app%20id=s3cr%26t".to_owned()),
        (&COOKIE, " cookie=session=a; csrf=b".to_owned()),
        (&EITHER, " authorization=Basic dXNlcjpwYXNzOndvcmQ=".to_owned()),
        (&OPTIONAL, String::new()),
        (&NOTHING_STATED, " authorization=Basic dXNlcjpwYXNzOndvcmQ=".to_owned()),
    ] {
        assert_eq!(sent(method, all()).await.unwrap(), format!("{url}{expected}"));
    }
    let token = || all().with_bearer("token\n");
    assert_eq!(sent(&BOTH, token()).await.unwrap(), format!("{url} authorization=Bearer token x-key={SECRET}"));
    assert_eq!(sent(&EITHER, token()).await.unwrap(), format!("{url} authorization=Bearer token"));
    assert_eq!(sent(&OPTIONAL, token()).await.unwrap(), format!("{url} authorization=Bearer token"));
    let provider = all().with_token_provider(TokenProvider::new(|| async { Ok("fresh".to_owned()) }));
    assert_eq!(sent(&EITHER, provider).await.unwrap(), format!("{url} authorization=Bearer fresh"));
}

#[tokio::test]
async fn a_key_is_added_to_the_query_and_the_cookies_of_the_call() {
    let transport = FakeTransport::new([FakeResponse::json(200, "{}"), FakeResponse::json(200, "{}")]);
    let mut with_query = call(&QUERY, Secrets::new().with_api_key("app id", "k"), &transport);
    with_query.set(0, &"x");
    with_query.send().await.unwrap();
    let mut with_cookie =
        call(&COOKIE, Secrets::new().with_api_key("session", "a").with_api_key("csrf", "b"), &transport);
    with_cookie.set(1, &"theme=dark");
    with_cookie.send().await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].uri(), "https://pets.example.com/pets?q=x&app%20id=k");
    assert_eq!(requests[1].headers()["cookie"], "theme=dark; session=a; csrf=b");
}

#[tokio::test]
async fn a_call_without_required_credentials_is_not_sent() {
    for (method, secrets, takes) in [
        (&BOTH, Secrets::new().with_bearer("t"), "the header `x-key` and a bearer token"),
        (
            &EITHER,
            Secrets::new().with_api_key("other", "k"),
            "a bearer token, or user and password, or the header `x-key`",
        ),
        (&QUERY, Secrets::new().with_api_key("APP ID", "k"), "the query parameter `app id`"),
        (&DIGEST, Secrets::new().with_basic("u", "p"), "the scheme `digest`"),
    ] {
        match sent(method, secrets).await {
            Err(Error::Usage(UsageError::Credentials { takes: stated })) => assert_eq!(stated, takes),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sent(&OPTIONAL, Secrets::new()).await.unwrap(), "https://pets.example.com/pets");
    let fault = sent(&HEADER, Secrets::new().with_api_key("x-key", "a\nb")).await.unwrap_err();
    assert!(matches!(&fault, Error::Usage(UsageError::Header { name }) if name == "x-key"), "{fault}");
}

#[tokio::test]
async fn secrets_are_not_printed_and_not_sent_to_other_hosts() {
    let secrets = Secrets::new().with_api_key("app id", SECRET).with_bearer(SECRET).with_basic(SECRET, SECRET);
    assert_eq!(format!("{secrets:?}"), "Secrets");
    let transport = FakeTransport::new([
        FakeResponse::json(302, "{}").with_header("location", "https://other.example.com/"),
        FakeResponse::json(200, "{}"),
    ]);
    call(&EITHER, secrets.clone(), &transport).send().await.unwrap();
    let requests = transport.requests();
    assert!(requests[0].headers().contains_key("authorization"));
    assert_eq!(requests[1].uri().host(), Some("other.example.com"));
    assert!(!requests[1].headers().contains_key("authorization"));
    // Without TLS to another machine, nothing is sent.
    let transport = FakeTransport::new([FakeResponse::json(200, "{}")]);
    let builder = Client::builder(&API).with_insecure_endpoint("http://emulator:8080/");
    let client = builder.with_credentials(secrets).with_transport(transport.clone()).build().unwrap();
    Call::<Value>::new(client, &QUERY).send().await.unwrap();
    assert_eq!(transport.requests()[0].uri(), "http://emulator:8080/pets");
}

#[tokio::test]
async fn a_document_without_tls_gets_no_secret() {
    static DOCUMENT: Api = Api { root_url: "http://pets.example.com/", ..API };
    static LOOKALIKES: [Api; 5] = [
        Api { root_url: "http://localhost.example.com/", ..API },
        Api { root_url: "http://127.0.0.1.example.com/", ..API },
        Api { root_url: "http://localhost@pets.example.com/", ..API },
        Api { root_url: "HTTP://pets.example.com:443/", ..API },
        Api { root_url: "http://[::ffff:1.2.3.4]/", ..API },
    ];
    let secrets = || {
        let keys = ["x-key", "app id", "session", "csrf"];
        let secrets = keys.into_iter().fold(Secrets::new(), |secrets, key| secrets.with_api_key(key, SECRET));
        secrets.with_basic(SECRET, SECRET)
    };
    let provider = TokenProvider::new(|| async { Ok(SECRET.to_owned()) });
    let kinds = [secrets(), secrets().with_bearer(SECRET), secrets().with_token_provider(provider)];
    for api in [&DOCUMENT].into_iter().chain(&LOOKALIKES) {
        for method in [&NOTHING_STATED, &NONE, &HEADER, &QUERY, &COOKIE, &BOTH, &EITHER, &OPTIONAL] {
            for secrets in &kinds {
                let transport = FakeTransport::new([FakeResponse::json(200, "{}")]);
                let builder = Client::builder(api).with_credentials(secrets.clone()).with_transport(transport.clone());
                // A URL that is refused gets nothing either.
                if let Ok(client) = builder.build() {
                    let _ = Call::<Value>::new(client, method).send().await;
                }
                for request in transport.requests() {
                    let shown = format!("{:?} {:?}", request.uri(), request.headers().values().map(|v| v.as_bytes()));
                    let has = |text: &[u8]| text.windows(3).any(|part| part == &SECRET.as_bytes()[..3]);
                    let is_secret =
                        request.headers().values().any(|value| value.is_sensitive() || has(value.as_bytes()));
                    assert!(!is_secret && !has(request.uri().to_string().as_bytes()), "{}: {shown}", api.root_url);
                    assert!(!request.headers().contains_key("authorization"), "{}", api.root_url);
                }
            }
        }
    }
}

#[test]
fn only_google_gets_the_name_of_the_library() {
    static GOOGLE: Api = Api { root_url: "https://pets.googleapis.com/", ..API };
    static LOOKALIKE: Api = Api { root_url: "https://pets-googleapis.com/", ..API };
    for (api, is_sent) in [(&API, false), (&GOOGLE, true), (&LOOKALIKE, false)] {
        let request = Call::<Value>::new(Client::new(api), &NONE).request().unwrap();
        assert_eq!(request.headers().keys().any(|name| name.as_str().starts_with("x-goog")), is_sent);
    }
}
