//! Calls to a service that parses requests with popular Python libraries: forms with nested lists, multipart uploads,
//! changes with `null`, streams of chat completions.

use conformance::{project, python};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}

/// The service process, which is stopped when this is dropped.
struct Service {
    child: Child,
    endpoint: String,
}

impl Service {
    fn start() -> Self {
        let mut python = python::SERVICES.python().unwrap_or_else(|error| panic!("{error}"));
        let mut child = python.arg(project::path("tests/python/services.py")).stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, endpoint: format!("http://127.0.0.1:{}", port.trim()) }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Sends a request that generated code built to the service, and returns its response.
async fn sent<R>(call: discovery_runtime::http::Call<R, discovery_runtime::http::Download>) -> Value {
    let file = call.download().await.unwrap();
    serde_json::from_slice(&file.bytes().await.unwrap()).unwrap()
}

#[test]
fn a_form_with_nested_lists() {
    use generated::forms::{Client, methods::subscriptions::CreateRequest, types::Item};
    let service = Service::start();
    let client: Client = Client::builder().with_endpoint(&service.endpoint).build().unwrap();
    let form = CreateRequest::new("cus_1 & ?")
        .set_items([Item::default().set_price("p=1").set_taxes(["a", "b"]), Item::default().set_price("p2")])
        .set_metadata(std::collections::BTreeMap::from([("key[x]".to_owned(), "\u{e9} +".to_owned())]))
        .set_expand(["customer", "items.data"])
        .set_days([1, 2])
        .set_back("https://x.dev/?a=b&c+d");
    let found = wait(sent((*client.subscriptions().create(form)).clone()));
    assert_eq!(
        found,
        json!({
            "customer": "cus_1 & ?",
            "items": [{"price": "p=1", "taxes": ["a", "b"]}, {"price": "p2"}],
            "metadata": {"key[x]": "\u{e9} +"},
            "expand": ["customer", "items.data"],
            "days": "1,2",
            "back": "https://x.dev/?a=b&c+d",
        })
    );
}

#[test]
fn a_multipart_upload_with_encoding() {
    use discovery_runtime::File;
    use generated::forms::{Client, methods::photos};
    let service = Service::start();
    let client: Client = Client::builder().with_endpoint(&service.endpoint).build().unwrap();
    let form = photos::CreateRequest::default()
        .set_about(photos::create_request::About::default().set_title("a \"title\"\r\n"))
        .set_note("# n\u{e9}")
        .set_picture(File::new("\r\n--part-of-the-form-0\r\n").with_name("a \"b\".png"))
        .set_sizes([1, 2]);
    let found = wait(sent((*client.photos().create(form)).clone()));
    assert_eq!(
        found,
        json!([
            {
                "name": "about", "content-type": "application/vnd.photo+json", "x-part": "about",
                "content": "{\"title\":\"a \\\"title\\\"\\r\\n\"}",
            },
            {"name": "note", "content-type": "text/markdown", "content": "# n\u{e9}"},
            {
                "name": "picture", "filename": "a %22b%22.png", "content-type": "image/png",
                "content": "\r\n--part-of-the-form-0\r\n",
            },
            {"name": "sizes", "content": "1,2"},
        ])
    );
}

#[test]
fn a_multipart_upload_beside_json() {
    use discovery_runtime::File;
    use generated::forms::{Client, methods::albums::CreateMultipartRequest, types::*};
    let service = Service::start();
    let client: Client = Client::builder().with_endpoint(&service.endpoint).build().unwrap();
    let owner = Item::default().set_price("1");
    let found = wait(sent((*client.albums().create(Album::new("a").set_owner(owner.clone()))).clone()));
    assert_eq!(found, json!({"title": "a", "owner": {"price": "1"}}));
    let form = CreateMultipartRequest::new("a").set_owner(owner).set_files_0(File::new("\0b").with_name("b.png"));
    let found = wait(sent((*client.albums().create_multipart(form)).clone()));
    assert_eq!(
        found,
        json!([
            {"name": "files[0]", "filename": "b.png", "content-type": "application/octet-stream", "content": "\0b"},
            {"name": "owner", "content-type": "application/json", "content": "{\"price\":\"1\"}"},
            {"name": "title", "content": "a"},
        ])
    );
}

#[test]
fn a_stream_of_chat_completions() {
    use generated::chat::{Client, types::*};
    let service = Service::start();
    let client: Client = Client::builder().with_endpoint(&service.endpoint).build().unwrap();
    let messages = ["one", "two \u{e9}", "data: [DONE]"].map(|text| Message::new(text, message::Role::User));
    let whole = wait(client.chat().create_chat_completion(Request::new(messages.clone())).send()).unwrap();
    assert_eq!(whole.text.as_deref(), Some("one two \u{e9} data: [DONE]"));
    let request = Request::new(messages).set_stream(true);
    let texts = wait(async {
        let mut texts = Vec::new();
        let mut chunks = client.chat().create_chat_completion_stream(request).stream();
        while let Some(chunk) = chunks.next().await {
            for choice in chunk.unwrap().choices {
                texts.extend(choice.delta.and_then(|delta| delta.content));
            }
        }
        texts
    });
    assert_eq!(texts, ["one", "two \u{e9}", "data: [DONE]"]);
}

#[test]
fn a_change_with_nulls() {
    use generated::gists::{Client, methods::gists::UpdateRequest, methods::gists::update_request::Files, types::File};
    let service = Service::start();
    let client: Client = Client::builder().with_endpoint(&service.endpoint).build().unwrap();
    let sent = |change| wait(client.gists().update("g", change).send()).unwrap();
    let file = |content: &str| File::default().set_content(content);
    let untouched = sent(UpdateRequest::default());
    assert_eq!(untouched.description.as_deref(), Some("old"));
    assert_eq!(
        untouched.files,
        [("hello.py", file("1")), ("old.py", file("2"))].map(|(name, file)| (name.to_owned(), file)).into()
    );
    let renamed = Files::default().set_filename("new.py");
    let deleted = Files::default().set_filename_null();
    let gist = sent(UpdateRequest::default().set_description_null().set_files([
        ("hello.py", None),
        ("old.py", Some(renamed)),
        ("third.py", Some(Files::default().set_content("3"))),
    ]));
    assert_eq!(gist.description, None);
    assert_eq!(
        gist.files,
        [("new.py", file("2")), ("third.py", file("3"))].map(|(name, file)| (name.to_owned(), file)).into()
    );
    let gist = sent(UpdateRequest::default().set_description("").set_files([("old.py", Some(deleted))]));
    assert_eq!(gist.description.as_deref(), Some(""));
    assert_eq!(gist.files, [("hello.py".to_owned(), file("1"))].into());
}
