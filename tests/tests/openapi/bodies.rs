//! Request and response bodies of several media types.

use super::generated::bodies::{Client, methods, types::*};
use super::service::{Service, wait};
use bytes::Bytes;
use discovery_runtime::File;
use discovery_runtime::http::{CallOptions, Error};
use http::Request;

fn sent(request: Result<Request<Bytes>, Error>) -> (String, String) {
    let request = request.unwrap();
    let kind = request.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap());
    (kind.to_owned(), String::from_utf8(request.body().to_vec()).unwrap())
}

#[test]
fn bytes_and_text() {
    let client = Client::new();
    let put = client.jobs().put_log("j", &b"a\xffb"[..]).request().unwrap();
    assert_eq!(
        (put.headers()["content-type"].to_str().unwrap(), &put.body()[..]),
        ("application/octet-stream", &b"a\xffb"[..])
    );
    assert_eq!(sent(client.notes().put().with_body("h\u{e9}").request()), ("text/plain".into(), "h\u{e9}".into()));
    assert_eq!(
        sent(client.notes().draw().with_body(vec![1, 2]).request()),
        ("application/octet-stream".into(), "\u{1}\u{2}".into())
    );
    let patch = sent(client.jobs().patch("j").with_body(Job::default().set_token("t")).request());
    assert_eq!(patch, ("application/merge-patch+json".into(), r#"{"token":"t"}"#.into()));
}

#[test]
fn redirects_are_returned_where_the_document_states_nothing_else() {
    for (location, expected) in [
        ("https://files.example.org/a?signature=b", "https://files.example.org/a?signature=b"),
        ("../a#b", "https://api.example.com/jobs/a#b"),
        ("http://localhost/callback", "http://localhost/callback"),
        ("app:/done", "app:/done"),
    ] {
        let service = Service::redirect(location);
        let client = service.client(Client::builder());
        let redirect = wait(client.jobs().archive("j").send()).unwrap();
        assert_eq!(redirect.location, expected);
        assert_eq!(service.targets(), ["https://api.example.com/jobs/j/archive"]);
    }
    let client = Service::new(200, "text/plain", "a").client(Client::builder());
    let error = wait(client.jobs().archive("j").send()).unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("not a redirect"), "{error}");
}

#[test]
fn methods_of_other_names() {
    assert_eq!(Client::new().raw().copy().request().unwrap().method(), "COPY");
}

/// The caller encodes what has no names of fields.
#[test]
fn forms_that_are_no_objects() {
    let client = Client::new();
    let options = CallOptions::new().with_header("content-type", "multipart/form-data; boundary=x");
    let put = client.raw().put().with_body("--x--").with_options(options).request();
    assert_eq!(sent(put), ("multipart/form-data; boundary=x".into(), "--x--".into()));
    let post = client.raw().post().with_body("a=b").request();
    assert_eq!(sent(post), ("application/x-www-form-urlencoded".into(), "a=b".into()));
}

#[test]
fn forms() {
    let client = Client::new();
    let upload = Upload::default()
        .set_file(&b"\x00--part-of-the-form-0"[..])
        .set_pages([&b"1"[..], b"2"])
        .set_size(7)
        .set_tags(["a", "b"])
        .set_about(Ticket::default().set_url("u"));
    let (kind, body) = sent(client.uploads().create().with_body(upload).request());
    assert_eq!(kind, "multipart/form-data; boundary=part-of-the-form-1");
    insta::assert_snapshot!("form", body.replace('\0', "\\0").replace("\r\n", "\n"));
    let token = methods::tokens::CreateRequest::default().set_grant("a&b c").set_scopes(["x", "y"]).set_ttl(5);
    let (kind, body) = sent(client.tokens().create().with_body(token).request());
    assert_eq!(kind, "application/x-www-form-urlencoded");
    assert_eq!(body, "grant=a%26b%20c&scopes=x&scopes=y&ttl=5");
    let without = client.uploads().create().request().unwrap();
    assert!(without.body().is_empty() && !without.headers().contains_key("content-type"));
    assert_eq!(sent(client.uploads().create().with_body(Upload::default()).request()).1, "--part-of-the-form-0--\r\n");
}

#[test]
fn files_with_names_and_types() {
    let client = Client::new();
    let speech = File::new(vec![1]).with_name("speech.mp3").with_content_type("audio/mpeg");
    let page = File::from("%PDF").with_name("a \"page\"\r\n.pdf");
    let upload = Upload::default().set_file(speech.clone()).set_pages([page, File::from(b"2".to_vec())]);
    let body = sent(client.uploads().create().with_body(upload).request()).1;
    insta::assert_snapshot!("files", body.replace('\u{1}', "\\1").replace("\r\n", "\n"));
    // In JSON, a file is its bytes.
    assert_eq!(discovery_runtime::json::to_string(&Upload::default().set_file(speech)).unwrap(), r#"{"file":"AQ=="}"#);
    // A line break would begin another header.
    let wrong = File::new("").with_content_type("text/plain\r\nx-other: 1");
    let error = client.uploads().create().with_body(Upload::default().set_file(wrong)).request().unwrap_err();
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("file") && reason.contains("content type"), "{reason}");
}

#[test]
fn responses_that_are_files() {
    let service = Service::new(200, "application/octet-stream", &b"a\xffb"[..]);
    let client: Client = service.client(Client::builder());
    let file = wait(async { client.jobs().log("j").download().await.unwrap().bytes().await.unwrap() });
    assert_eq!(&file[..], b"a\xffb");
    let whole = wait(client.jobs().log("j").send()).unwrap();
    assert_eq!((&whole.content[..], whole.content_type.as_deref()), (&b"a\xffb"[..], Some("application/octet-stream")));
    let request = service.last_request();
    // Only Google's servers support `alt`.
    assert_eq!(request.uri(), "https://api.example.com/jobs/j/log");
    assert_eq!(request.headers()["accept"], "application/octet-stream");
    let service = Service::new(200, "text/plain", "h\u{e9}");
    let client: Client = service.client(Client::builder());
    assert_eq!(
        wait(async { client.notes().put().with_body("x").download().await.unwrap().text().await.unwrap() }),
        "h\u{e9}"
    );
}

#[test]
fn accept_names_the_type_of_the_response() {
    let client = Client::new();
    let kinds = |request: Result<Request<Bytes>, Error>| {
        let request = request.unwrap();
        ["accept", "content-type"]
            .map(|name| request.headers().get(name).map_or("", |kind| kind.to_str().unwrap()).to_owned())
    };
    assert_eq!(kinds(client.kinds().get().request()), ["application/hal+json", ""]);
    assert_eq!(kinds(client.kinds().put("a").request()), ["application/pdf, */*", "application/pdf"]);
    assert_eq!(kinds(client.kinds().post(Job::default()).request()), ["application/json", "application/json"]);
}

#[test]
fn events() {
    let text = "event: a\ndata: {\"text\":\"1\"}\n\ndata: {\"text\":\"2\"}\n\ndata: [DONE]\n\ndata: never\n\n";
    let service = Service::new(200, "text/event-stream", text);
    let client: Client = service.client(Client::builder());
    let texts = wait(async {
        let mut events = client.jobs().events("j").stream();
        let mut texts = Vec::new();
        while let Some(event) = events.next().await {
            texts.push(event.unwrap().text.unwrap());
        }
        texts
    });
    assert_eq!(texts, ["1", "2"]);
    // The document offers no other form.
    assert!(!include_str!(concat!(env!("OUT_DIR"), "/openapi/bodies.rs")).contains("with_json_array"));
    let request = service.last_request();
    assert_eq!((request.uri().query(), &request.headers()["accept"]), (None, &"text/event-stream".parse().unwrap()));
}

#[test]
fn several_responses() {
    use methods::jobs::CreateResponse;
    let create = |status, body: &'static str| {
        let client: Client = Service::new(status, "application/json", body).client(Client::builder());
        wait(client.jobs().create(Job::default()).send())
    };
    assert_eq!(create(201, r#"{"id":"a"}"#).unwrap(), CreateResponse::from(Job::default().set_id("a")));
    assert_eq!(create(202, r#"{"url":"u"}"#).unwrap(), CreateResponse::from(Ticket::default().set_url("u")));
    assert!(matches!(create(200, r#"{"id":[]}"#).unwrap(), CreateResponse::Unrecognized(_)));
    // The body of an error can be decoded as the type of `default`.
    let error = create(404, r#"{"detail":"no such job"}"#).unwrap_err();
    assert_eq!(error.status().unwrap().message, "no such job");
    assert_eq!(error.body_as::<Problem>().unwrap().detail.as_deref(), Some("no such job"));
    let page = create(502, "<p>bad gateway").unwrap_err();
    assert_eq!(
        (page.body_as::<Problem>(), Error::Timeout { after: Default::default() }.body_as::<Problem>()),
        (None, None)
    );
}
