//! `google.api.HttpBody`: content of any media type, sent and received unchanged.

#![cfg(feature = "client")]

use std::time::Duration;

use crate::api::client;
use crate::server::{Reply, Server};
use bytes::Bytes;
use discovery_runtime::__private::{FieldInfo, Slot};
use discovery_runtime::bytes;
use discovery_runtime::http::{Call, Download, Error, HttpMethod, Method, Streaming};
use discovery_runtime::serde_json::Value;
use discovery_runtime::{Message, UnknownFields};

/// Message in the form of generated code.
#[derive(Clone, Debug, Default, PartialEq)]
struct HttpBody {
    content_type: Option<String>,
    data: Option<Bytes>,
    extensions: Vec<Value>,
    unknown_fields: UnknownFields,
}

impl Message for HttpBody {
    fn fields(&self) -> &'static [FieldInfo] {
        const { &[FieldInfo::new("contentType", 0), FieldInfo::new("data", 1), FieldInfo::new("extensions", 2)] }
    }
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        visit(&[&self.content_type, &self.data, &self.extensions, &self.unknown_fields]);
    }
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        visit(&mut [&mut self.content_type, &mut self.data, &mut self.extensions, &mut self.unknown_fields]);
    }
}

fn content(content_type: &str, data: &'static [u8]) -> HttpBody {
    let content_type = (!content_type.is_empty()).then(|| content_type.to_owned());
    HttpBody { content_type, data: Some(Bytes::from_static(data)), ..HttpBody::default() }
}

static CREATE: Method = Method {
    id: "example.create",
    http_method: HttpMethod::Post,
    path: "v1/records",
    body: true,
    takes_http_body: true,
    returns_http_body: true,
    ..Method::EMPTY
};

static STREAM: Method = Method { streaming: true, ..CREATE };

#[tokio::test]
async fn content_and_type_are_unchanged() {
    let cases: [(&str, &'static [u8]); 5] = [
        ("application/fhir+json;charset=utf-8", b"{\"resourceType\": \"Patient\"}"),
        ("image/png", b"\x89PNG\r\n\x1a\n\0\xff"),
        ("application/json", b"{\"error\": {\"code\": 3, \"message\": \"the model's own\"}}"),
        ("text/html", b""),
        ("", b"plain"),
    ];
    for (content_type, data) in cases {
        let reply = Reply::new(200, data);
        let reply = if content_type.is_empty() { reply } else { reply.header("content-type", content_type) };
        let server = Server::replies(vec![reply]).await;
        let sent = content(content_type, data);
        let call: Call<HttpBody, Download> = Call::new(client(&server.url).build().unwrap(), &CREATE);
        let call = call.with_body(&sent);
        assert_eq!(call.send().await.unwrap(), sent);
        let request = server.requests().remove(0);
        assert_eq!(request.body, data, "{content_type}");
        assert_eq!(request.header("content-type").unwrap_or_default(), content_type);
        assert_eq!(request.header("accept"), Some("*/*"));
        assert_eq!(request.target, "/v1/records");

        // The same content in chunks.
        let download = call.download().await.unwrap();
        assert_eq!(download.content_type().unwrap_or_default(), content_type);
        assert_eq!(download.bytes().await.unwrap(), data);
        assert_eq!(server.requests()[1].target, "/v1/records", "no `alt`");
    }
}

#[tokio::test]
async fn a_stream_of_chunks_as_they_arrive() {
    let reply = Reply::new(200, "data: a\n\n").header("content-type", "text/event-stream");
    let server = Server::replies(vec![
        reply.then(Duration::from_millis(50), "event: error\n").then(Duration::from_millis(50), "\n"),
    ])
    .await;
    let call: Call<HttpBody, Streaming> = Call::new(client(&server.url).build().unwrap(), &STREAM);
    let mut chunks = call.with_body(&content("application/json", b"{}")).stream();
    let mut all = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.unwrap();
        assert_eq!(chunk.content_type.as_deref(), Some("text/event-stream"));
        all.push(chunk.data.unwrap());
    }
    assert!(all.len() > 1, "{all:?}");
    assert_eq!(all.concat(), b"data: a\n\nevent: error\n\n");
    let request = server.requests().remove(0);
    assert_eq!((request.target.as_str(), request.header("accept")), ("/v1/records", Some("*/*")));
}

#[tokio::test]
async fn an_error_response_is_a_service_error() {
    for streaming in [false, true] {
        let server = Server::replies(vec![Reply::json(403, r#"{"error": {"code": 403, "message": "no"}}"#)]).await;
        let client = client(&server.url).build().unwrap();
        let error = if streaming {
            let call: Call<HttpBody, Streaming> = Call::new(client, &STREAM);
            call.stream().next().await.unwrap().unwrap_err()
        } else {
            let call: Call<HttpBody, Download> = Call::new(client, &CREATE);
            call.send().await.unwrap_err()
        };
        assert!(matches!(&error, Error::Service(error) if error.status.message == "no"), "{error:?}");
        assert_eq!(server.requests()[0].text(), "", "no body was set, not even `{{}}`");
    }
}
