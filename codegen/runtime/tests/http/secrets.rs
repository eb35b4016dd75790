//! Servers to which credentials are sent, and to which they are not.

#![cfg(feature = "client")]

use std::sync::{Arc, Mutex};

use crate::api::{API, GET};
use discovery_runtime::bytes::Bytes;
use discovery_runtime::http::auth::{Credentials, TokenProvider};
use discovery_runtime::http::{
    Api, Body, BoxFuture, Call, CallOptions, Client, ClientBuilder, Error, Method, Param, ParameterLocation, Transport,
    TransportError, UsageError,
};
use discovery_runtime::serde_json::Value;

const SECRET: &str = "s3cr3t";

/// Transport that records requests and responds with `{}`.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl Transport for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(request);
        Box::pin(async { Ok(http::Response::new(Body::from(Bytes::from_static(b"{}")))) })
    }
}

impl Recorder {
    /// Sends a call for `name`, and returns the request.
    async fn send(&self, builder: ClientBuilder, name: &str, options: CallOptions) -> Result<String, Error> {
        let token = TokenProvider::new(|| async { Ok(SECRET.to_owned()) });
        let client = builder.with_credentials(token).with_transport(self.clone()).build()?;
        let mut call: Call<Value> = Call::new(client, &GET);
        call.set(0, &name);
        call.with_options(options).send().await?;
        let request = self.0.lock().unwrap().pop().expect("the request was sent");
        Ok(format!("{} {:?}", request.uri(), request.headers().get("authorization").map(|value| value.to_str())))
    }
}

static VERTEX: Api = Api {
    root_url: "https://aiplatform.googleapis.com/",
    locational_endpoints: &[("us-central1", "https://us-central1-aiplatform.googleapis.com/")],
    regional_endpoints: &[("us", "https://aiplatform.us.rep.googleapis.com/")],
    ..API
};

static PLAIN: Api = Api { root_url: "http://plain.example.com/", ..API };

#[tokio::test]
async fn credentials_go_to_the_hosts_of_the_api() {
    let recorder = Recorder::default();
    for location in ["us-central1", "mars-north1", "us", "global"] {
        let name = format!("projects/p/locations/{location}");
        let sent = recorder.send(Client::builder(&VERTEX), &name, CallOptions::new()).await.unwrap();
        assert!(sent.contains(SECRET), "{sent}");
    }
    let regional = Client::builder(&VERTEX).with_regional_endpoints();
    let sent = recorder.send(regional, "projects/p/locations/us", CallOptions::new()).await.unwrap();
    assert!(sent.starts_with("https://aiplatform.us.rep.googleapis.com/") && sent.contains(SECRET), "{sent}");
}

#[tokio::test]
async fn a_location_cannot_lead_to_another_domain() {
    let recorder = Recorder::default();
    for location in ["evil.com", "evil.com#", "x@evil.com", "evil.com:443", "EVIL", "-x"] {
        let name = format!("projects/p/locations/{location}");
        let sent = recorder.send(Client::builder(&VERTEX), &name, CallOptions::new()).await.unwrap();
        assert!(sent.starts_with(VERTEX.root_url), "{sent}");
        let chosen = Client::builder(&VERTEX).with_location(location).build();
        assert!(matches!(chosen, Err(UsageError::Location { .. })), "{chosen:?}");
    }
}

#[tokio::test]
async fn no_credentials_over_the_plain_http_of_a_document() {
    let recorder = Recorder::default();
    let error = recorder.send(Client::builder(&PLAIN), "a", CallOptions::new()).await.unwrap_err();
    assert!(matches!(error, Error::Usage(UsageError::Insecure { .. })), "{error:?}");

    // The same applies to credentials set for one call.
    for header in ["authorization", "cookie", "x-goog-api-key"] {
        let client = Client::builder(&PLAIN).with_transport(recorder.clone()).build().unwrap();
        let mut call: Call<Value> = Call::new(client, &GET);
        call.set(0, &"a");
        let options = CallOptions::new().with_header(header, SECRET);
        let error = call.with_options(options).send().await.unwrap_err();
        assert!(matches!(error, Error::Usage(UsageError::Insecure { .. })), "{error:?}");
    }
    assert!(recorder.0.lock().unwrap().is_empty(), "no request is sent");

    // Without credentials, the API can be called.
    let client = Client::builder(&PLAIN).with_transport(recorder.clone()).build().unwrap();
    let mut call: Call<Value> = Call::new(client, &GET);
    call.set(0, &"a");
    call.send().await.unwrap();
}

#[tokio::test]
async fn an_insecure_endpoint_gets_no_credentials() {
    let recorder = Recorder::default();
    let builder = Client::builder(&API).with_insecure_endpoint("http://emulator:8080/");
    let sent = recorder.send(builder, "a", CallOptions::new()).await.unwrap();
    assert_eq!(sent, "http://emulator:8080/v1/a None");
    let builder = Client::builder(&API).with_insecure_endpoint("http://127.0.0.1:8080/");
    let sent = recorder.send(builder, "a", CallOptions::new()).await.unwrap();
    assert!(sent.contains(SECRET), "{sent}");
    let refused = Client::builder(&API).with_insecure_endpoint("http://x").with_endpoint("http://emulator").build();
    assert!(matches!(refused, Err(UsageError::Insecure { .. })), "{refused:?}");
}

/// Credentials with a reserved header.
struct Smuggler;

impl Credentials for Smuggler {
    fn headers(&self, _: &'static Method) -> BoxFuture<'_, Result<http::HeaderMap, Error>> {
        let headers = [(http::header::HOST, http::HeaderValue::from_static("evil.com"))];
        Box::pin(async { Ok(http::HeaderMap::from_iter(headers)) })
    }
}

#[tokio::test]
async fn headers_of_the_connection_cannot_be_set() {
    let recorder = Recorder::default();
    for header in
        ["host", "Content-Length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "keep-alive"]
    {
        let options = CallOptions::new().with_header(header, "1");
        let error = recorder.send(Client::builder(&API), "a", options.clone()).await.unwrap_err();
        assert!(matches!(error, Error::Usage(UsageError::ReservedHeader { .. })), "{header}: {error:?}");
        assert!(matches!(Client::builder(&API).with_options(options).build(), Err(UsageError::ReservedHeader { .. })));
    }
    static WITH_HOST: Method = Method {
        id: "example.host",
        path: "v1",
        params: &[Param { location: ParameterLocation::Header, ..Param::query("Host") }],
        ..Method::EMPTY
    };
    let client = Client::builder(&API).with_transport(recorder.clone()).build().unwrap();
    let mut call: Call<Value> = Call::new(client, &WITH_HOST);
    call.set(0, &"evil.com");
    assert!(matches!(call.request(), Err(Error::Usage(UsageError::ReservedHeader { .. }))));
    let client = Client::builder(&API).with_transport(recorder.clone()).with_credentials(Smuggler).build().unwrap();
    let mut call: Call<Value> = Call::new(client, &GET);
    call.set(0, &"a");
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Usage(UsageError::ReservedHeader { .. })), "{error:?}");
    assert!(recorder.0.lock().unwrap().is_empty(), "no request is sent");
}
