//! OpenAPI features that Discovery lacks: tests of the bindings of one small document each.

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}

/// Transport that records requests and returns its responses in order, repeating the last one.
mod service {
    use bytes::Bytes;
    use discovery_runtime::http::{Body, BoxFuture, ClientBuilder, Transport, TransportError};
    use http::{Request, Response};
    use std::sync::{Arc, Mutex};

    #[derive(Clone)]
    pub(super) struct Service {
        answers: Arc<Vec<Response<Bytes>>>,
        requests: Arc<Mutex<Vec<Request<Bytes>>>>,
    }

    impl Transport for Service {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            let mut requests = self.requests.lock().unwrap();
            let answer = self.answers[requests.len().min(self.answers.len() - 1)].clone().map(Body::from);
            requests.push(request);
            Box::pin(async { Ok(answer) })
        }
    }

    impl Service {
        pub(super) fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
            let answer = Response::builder().status(status).header("content-type", kind).body(body.into()).unwrap();
            Self { answers: Arc::new(vec![answer]), requests: Arc::default() }
        }

        /// Creates a service with JSON responses, each with a header `link` unless that is empty.
        pub(super) fn pages(pages: &[(&str, &str)]) -> Self {
            let page = |(link, body): &(&str, &str)| {
                let answer = Response::builder().header("content-type", "application/json");
                let answer = if link.is_empty() { answer } else { answer.header("link", *link) };
                answer.body(Bytes::from(body.to_string())).unwrap()
            };
            Self { answers: Arc::new(pages.iter().map(page).collect()), requests: Arc::default() }
        }

        /// Returns the URI of every request.
        pub(super) fn targets(&self) -> Vec<String> {
            self.requests.lock().unwrap().iter().map(|request| request.uri().to_string()).collect()
        }

        pub(super) fn client<C: From<discovery_runtime::http::Client>>(&self, builder: ClientBuilder<C>) -> C {
            builder.with_transport(self.clone()).build().unwrap()
        }

        /// Returns the last request.
        pub(super) fn last_request(&self) -> Request<Bytes> {
            self.requests.lock().unwrap().pop().expect("there is a request")
        }
    }

    pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }
}

/// Request and response bodies of several media types.
mod bodies {
    use super::generated::bodies::{Client, methods, types::*};
    use super::service::{Service, wait};
    use bytes::Bytes;
    use discovery_runtime::File;
    use discovery_runtime::http::Error;
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
        assert_eq!(
            sent(client.uploads().create().with_body(Upload::default()).request()).1,
            "--part-of-the-form-0--\r\n"
        );
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
        assert_eq!(
            discovery_runtime::json::to_string(&Upload::default().set_file(speech)).unwrap(),
            r#"{"file":"AQ=="}"#
        );
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
        assert_eq!(
            (&whole.content[..], whole.content_type.as_deref()),
            (&b"a\xffb"[..], Some("application/octet-stream"))
        );
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
        assert_eq!(
            (request.uri().query(), &request.headers()["accept"]),
            (None, &"text/event-stream".parse().unwrap())
        );
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
}

/// Parameters in every location and style.
mod parameters {
    use super::generated::parameters::{Client, methods, types::*};
    use discovery_runtime::time::Date;

    fn query(request: &http::Request<bytes::Bytes>) -> Vec<&str> {
        let mut parts: Vec<&str> = request.uri().query().unwrap_or_default().split('&').collect();
        parts.sort_unstable();
        parts
    }

    #[test]
    fn styles() {
        let call = Client::new().parts().get_part("a/b", 7, true);
        let call = call
            .with_tags(["x y", "z"])
            .with_ids([1, 2])
            .with_words(["a b", "c"])
            .with_bars(["d", "e"])
            .with_x_groups(["g", "h"])
            .with_x_trace("t")
            .with_filter(methods::parts::GetPartFilter::default().set_a("f"))
            .with_session("a=b;c")
            .with_query(serde_json::Map::from_iter([("a".to_owned(), serde_json::json!([1]))]));
        let request = call.request().unwrap();
        assert_eq!(request.uri().path(), "/v2/things/a%2Fb/parts/7");
        assert_eq!(
            query(&request),
            [
                "bars=d%7Ce",
                "filter%5Ba%5D=f",
                "ids=1,2",
                "query=%7B%22a%22%3A%5B1%5D%7D",
                "tags=x%20y",
                "tags=z",
                "verbose=true",
                "words=a%20b%20c",
            ]
        );
        assert_eq!(
            (&request.headers()["x-groups"], &request.headers()["x-trace"]),
            (&"g,h".parse().unwrap(), &"t".parse().unwrap())
        );
    }

    #[test]
    fn lists_in_the_path() {
        let client = Client::new();
        assert_eq!(client.get_line([1.5, -2.0]).request().unwrap().uri().path(), "/v2/lines/1.5,-2");
        assert!(client.get_line([]).request().is_err());
    }

    #[test]
    fn objects() {
        let call = Client::new().search(By::default().set_name("n").set_kinds([by::Kinds::Cat, by::Kinds::Dog]));
        let call = call
            .with_page(methods::SearchPage::default().set_after(Date::new(2026, 7, 17).unwrap()).set_size(3))
            .with_open(serde_json::Map::from_iter([("a b".to_owned(), serde_json::json!({"c": [true]}))]))
            .with_closed(methods::SearchClosed::default().set_a("x,y"))
            .with_limit("all");
        let request = call.request().unwrap();
        assert_eq!(
            query(&request),
            [
                "after=2026-07-17",
                "by%5Bkinds%5D%5B0%5D=cat",
                "by%5Bkinds%5D%5B1%5D=dog",
                "by%5Bname%5D=n",
                "closed=a,x%2Cy",
                "limit=all",
                "open%5Ba%20b%5D%5Bc%5D%5B0%5D=true",
                "size=3"
            ]
        );
    }

    #[test]
    fn every_location_and_style() {
        let color = Color::default().set_r(1).set_g(2);
        let call = Client::new().get_colors(["a", "b;"], color.clone(), color.clone());
        let request = call.request().unwrap();
        assert_eq!(request.uri(), "https://api.example.com/v2/colors/;matrix=a;matrix=b%3B/.g,2,r,1/g=2,r=1");
        let item = Item::default().set_price("p").set_taxes(["t"]).set_metadata([("k", "v")]);
        let request = call
            .with_x_color(color.clone())
            .with_theme("dark=1; x")
            .with_sizes([1, 2])
            .with_back("https://x.dev/?a=b&c+d#e")
            .with_items(vec![item, Item::default().set_price("q")])
            .with_created(methods::GetColorsCreated::from(7))
            .with_expand(["customer"])
            .with_near(color)
            .request()
            .unwrap();
        assert_eq!(
            query(&request),
            [
                "back=https://x.dev/?a=b%26c%2Bd%23e",
                "created=7",
                "expand%5B0%5D=customer",
                "items%5B0%5D%5Bmetadata%5D%5Bk%5D=v",
                "items%5B0%5D%5Bprice%5D=p",
                "items%5B0%5D%5Btaxes%5D%5B0%5D=t",
                "items%5B1%5D%5Bprice%5D=q",
                "near=%7B%22g%22%3A2%2C%22r%22%3A1%7D",
            ]
        );
        assert_eq!(request.headers()["x-color"], "g,2,r,1");
        assert_eq!(request.headers()["cookie"], "sizes=1,2; theme=dark=1%3B%20x");
        let call = Client::new().get_colors([""; 0], Color::default(), Color::default());
        assert!(call.request().is_err());
        assert!(!format!("{:?}", call.with_theme("secret")).contains("secret"));
    }
}

/// Pagination by the patterns of many APIs.
mod pages {
    use super::generated::pages::{Client, types::Item};
    use super::service::{Service, wait};
    use discovery_runtime::http::{Call, Error, Items, Page, SingleResponse, UsageError};

    /// Returns the ids of all items and the relative URLs of the requests, or the error.
    fn all<R, K>(
        call: impl FnOnce(&Client) -> Call<R, K>,
        pages: &[(&str, &str)],
    ) -> Result<(String, Vec<String>), Error>
    where
        R: Page<Item = Item>,
        K: SingleResponse,
    {
        let service = Service::pages(pages);
        let client: Client = service.client(Client::builder());
        let ids = wait(async {
            let mut items: Items<R> = call(&client).items();
            let mut ids = String::new();
            while let Some(item) = items.next().await {
                ids.push_str(item?.id.as_deref().unwrap_or("?"));
            }
            Ok::<_, Error>(ids)
        })?;
        let base = "https://api.example.com/v2/";
        Ok((ids, service.targets().iter().map(|url| url.strip_prefix(base).unwrap_or(url).to_owned()).collect()))
    }

    fn is(found: Result<(String, Vec<String>), Error>, ids: &str, urls: &[&str]) {
        assert_eq!(found.unwrap(), (ids.to_owned(), urls.iter().map(|url| (*url).to_owned()).collect()));
    }

    #[test]
    fn by_a_header() {
        let first =
            r#"<https://api.example.com/v2/organizations/7/repos?page=2>; rel="next", <https://x/>; rel="last""#;
        let pages = [(first, r#"[{"id":"a"}]"#), (r#"</v2/r?page=3>; rel="next""#, r#"[{"id":"b"}]"#), ("", "[]")];
        let call = |client: &Client| (*client.repos().list().with_per_page(1)).clone();
        is(all(call, &pages), "ab", &["repos?per_page=1", "organizations/7/repos?page=2", "r?page=3"]);
        let elsewhere = [(r#"<https://evil.example.org/>; rel="next""#, r#"[{"id":"a"}]"#)];
        let error = all(call, &elsewhere).unwrap_err();
        assert!(
            matches!(error, Error::Usage(UsageError::NextPage { ref host }) if host == "evil.example.org"),
            "{error}"
        );
    }

    #[test]
    fn by_tokens() {
        let pages = [
            ("", r#"{"logs":[{"id":"a"},{"id":"b"}],"meta":{"next_cursor":"x y"}}"#),
            ("", r#"{"logs":[{"id":"c"}],"meta":{"next_cursor":""}}"#),
        ];
        is(all(|client| (*client.logs().list()).clone(), &pages), "abc", &["logs", "logs?cursor=x%20y"]);
        let pages = [("", r#"{"rows":[{"id":"a"}],"more":"m"}"#), ("", r#"{"rows":[{"id":"b"}]}"#)];
        is(all(|client| (*client.others().list()).clone(), &pages), "ab", &["others", "others?after=m"]);
    }

    #[test]
    fn by_the_last_item() {
        let pages = [
            ("", r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
            ("", r#"{"data":[{"id":"c"}],"has_more":false}"#),
        ];
        is(
            all(|client| (*client.customers().list()).clone(), &pages),
            "abc",
            &["customers", "customers?starting_after=b"],
        );
    }

    #[test]
    fn by_numbers() {
        let pages = [("", r#"{"users":[{"id":"a"},{"id":"b"}]}"#), ("", r#"{"users":[{"id":"c"}]}"#)];
        let call = |client: &Client| (*client.users().list().with_per_page(2)).clone();
        is(all(call, &pages), "abc", &["users?per_page=2", "users?page=2&per_page=2"]);
        let pages = [("", r#"{"users":[{"id":"a"}]}"#), ("", r#"{"users":[]}"#)];
        let call = |client: &Client| (*client.users().list().with_page(4)).clone();
        is(all(call, &pages), "a", &["users?page=4", "users?page=5"]);
        let pages = [("", r#"[{"id":"a"},{"id":"b"}]"#), ("", r#"[{"id":"c"}]"#)];
        let call = |client: &Client| (*client.things().list().with_limit(2)).clone();
        is(all(call, &pages), "abc", &["things?limit=2", "things?limit=2&offset=2"]);
    }
}

/// Constructors, types of errors, payloads of webhooks.
mod required {
    use super::generated::required::{Client, methods::pets::CreatePetError409, types::*};
    use super::service::{Service, wait};
    use discovery_runtime::json::{from_str, to_string};

    #[test]
    fn constructors_take_required_properties() {
        let pet = Pet::new(pet::Kind::Dog, "Rex", 1.5, ["a"]);
        let text = r#"{"kind":"dog","name":"Rex","size":1.5,"tags":["a"],"type":"pet"}"#;
        assert_eq!(to_string(&pet).unwrap(), text);
        assert_eq!(to_string(&Constant::new()).unwrap(), r#"{"kind":"only"}"#);
        assert_eq!(to_string(&Extended::new("t")).unwrap(), r#"{"kind":"only","type":"t"}"#);
        // A response without a required property can be decoded.
        assert_eq!(from_str::<Pet>("{}").unwrap(), Pet::default());
        assert_eq!(to_string(&Many::default().set_e("x")).unwrap(), r#"{"e":"x"}"#);
    }

    #[test]
    fn errors_have_types_by_status() {
        let client: Client = Service::new(409, "application/json", r#"{"other":"o"}"#).client(Client::builder());
        let error = wait(client.pets().create_pet(Pet::default()).send()).unwrap_err();
        assert_eq!(error.body_as::<CreatePetError409>().unwrap().other.as_deref(), Some("o"));
        let client: Client = Service::new(404, "application/json", r#"{"what":"pet"}"#).client(Client::builder());
        let error = wait(client.pets().create_pet(Pet::default()).send()).unwrap_err();
        assert_eq!(error.body_as::<Missing>().unwrap().what.as_deref(), Some("pet"));
    }

    #[test]
    fn payloads_of_webhooks_and_callbacks() {
        let payload: NewPetPayload = from_str(r#"{"pet":{"name":"Rex"}}"#).unwrap();
        assert_eq!(payload.pet.unwrap().name.as_deref(), Some("Rex"));
        assert_eq!(CreatePetChangedPayload::default().set_name("n").name.as_deref(), Some("n"));
        assert_eq!(FormSentPayload::default().set_text("a").text.as_deref(), Some("a"));
    }
}

/// Forms whose fields are encoded as the document states.
mod forms {
    use super::generated::forms::{Client, methods, types::Item};
    use discovery_runtime::File;

    #[test]
    fn urlencoded() {
        use methods::subscriptions::CreateRequest;
        let item = Item::default().set_price("a&b").set_taxes(["x", "y"]);
        let form = CreateRequest::new("c")
            .set_items([item.clone(), Item::default().set_price("p")])
            .set_metadata(std::collections::BTreeMap::from([("k".to_owned(), "v w".to_owned())]))
            .set_expand(["customer"])
            .set_days([1, 2])
            .set_back("https://x.dev/?a=b&c")
            .set_plain(item);
        let request = Client::new().subscriptions().create(form).request().unwrap();
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let mut fields: Vec<&str> = body.split('&').collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "back=https://x.dev/?a=b%26c",
                "customer=c",
                "days=1%2C2",
                "expand%5B0%5D=customer",
                "items%5B0%5D%5Bprice%5D=a%26b",
                "items%5B0%5D%5Btaxes%5D%5B0%5D=x",
                "items%5B0%5D%5Btaxes%5D%5B1%5D=y",
                "items%5B1%5D%5Bprice%5D=p",
                "metadata%5Bk%5D=v%20w",
                "plain=%7B%22price%22%3A%22a%26b%22%2C%22taxes%22%3A%5B%22x%22%2C%22y%22%5D%7D",
            ]
        );
        let cleared =
            CreateRequest::default().set_metadata(methods::subscriptions::create_request::metadata::Text::Empty);
        let request = Client::new().subscriptions().create(cleared).request().unwrap();
        assert_eq!(&request.body()[..], b"metadata=");
    }

    #[test]
    fn maps() {
        let body = |request: http::Request<bytes::Bytes>| String::from_utf8(request.into_body().to_vec()).unwrap();
        let client = Client::new();
        let numbers = [("a b".to_owned(), 1), ("c".to_owned(), 2)];
        assert_eq!(body(client.maps().create(numbers.into()).request().unwrap()), "a%20b=1&c=2");
        let files = [("f".to_owned(), File::new("png").with_name("a.png"))];
        let text = body(client.maps().put(files.into()).request().unwrap());
        assert!(text.contains("name=\"f\"; filename=\"a.png\"\r\n") && text.contains("\r\n\r\npng\r\n"), "{text}");
        let mut any = discovery_runtime::serde_json::Map::new();
        any.insert("a".into(), "b".into());
        assert_eq!(body(client.maps().patch(any).request().unwrap()), "a=b");
    }

    #[test]
    fn multipart() {
        use methods::photos::{CreateRequest, create_request::About};
        let form = CreateRequest::default()
            .set_about(About::default().set_title("t"))
            .set_note("# n")
            .set_picture(File::new("png").with_name("a.png"))
            .set_sizes([1, 2]);
        let request = Client::new().photos().create(form).request().unwrap();
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        insta::assert_snapshot!("form_with_encoding", body.replace("\r\n", "\n"));
    }
}

/// Formats, servers, recursion, maps, references across files.
mod others {
    use super::generated::{root, servers, types::types::*};
    use discovery_runtime::json::{from_str, to_string};
    use serde_json::{Value, json};

    #[test]
    fn formats() {
        let value = json!({
            "date": "2026-07-17", "moment": "2026-07-17T01:02:03Z", "bytes": "AA==", "binary": "any text", "uuid": "u",
            "big": "9007199254740993", "long": 9007199254740993_i64, "int": 7, "whole": -1, "float": 1.5, "double": 0.1,
            "flag": true,
        });
        let read: Formats = from_str(&value.to_string()).unwrap();
        assert!(read.unknown_fields.is_empty());
        assert_eq!((read.big, read.long), (Some(9007199254740993), Some(9007199254740993)));
        assert_eq!(serde_json::from_str::<Value>(&to_string(&read).unwrap()).unwrap(), value);
        let value = json!({"labels": {"a": "b"}, "nested": {"c": {"x": 0.5}}, "lists": [[1.5]], "open": {"d": null}});
        let read: Maps = from_str(&value.to_string()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&to_string(&read).unwrap()).unwrap(), value);
        assert_eq!(from_str::<Implied>(r#"{"choice":"new"}"#).unwrap().choice.unwrap().as_str(), "new");
    }

    #[test]
    #[allow(deprecated)]
    fn servers_with_variables() {
        let client = servers::Client::new();
        let url = |request: Result<http::Request<bytes::Bytes>, _>| request.unwrap().uri().to_string();
        assert_eq!(url(client.items().list().request()), "https://eu.api.example.com:8443/store/items");
        let client = servers::Client::builder().with_location("us").build().unwrap();
        assert_eq!(url(client.items().list().request()), "https://us.api.example.com:8443/store/items");
        let builder = || servers::Client::builder().with_server_variable("port", "9000");
        let client = builder().with_server_variable("region", "ap-1").build().unwrap();
        assert_eq!(url(client.items().list().request()), "https://ap-1.api.example.com:9000/store/items");
        for (name, value) in [("region", "x/y"), ("region", "a@b"), ("region", ""), ("other", "x")] {
            assert!(builder().with_server_variable(name, value).build().is_err(), "{name} {value}");
        }
        let client = servers::Client::builder().with_location("us").build().unwrap();
        let items = client.items();
        assert_eq!(url(items.get("a").request()), "https://us.api.example.com:8443/store/items/a");
        assert_eq!(items.create().method().scopes, ["write", "admin"]);
    }

    #[test]
    fn files_of_one_document() {
        let pet: root::types::Pet = from_str(r#"{"owner":{"pets":[{"owner":{}}]},"state":"x"}"#).unwrap();
        assert_eq!(pet.owner.unwrap().pets.len(), 1);
    }
}

/// `oneOf`, `anyOf` and several types.
mod choices {
    use super::generated::composition::types::*;
    use discovery_runtime::__private::{Choice, JsonCodec, NumberEncoding, Reader, Writer};
    use discovery_runtime::json::{from_str, to_string};
    use serde_json::{Value, json};

    fn read<T: JsonCodec>(value: &Value) -> T {
        let mut read = T::empty();
        read.read(&mut Reader::new(&value.to_string()), NumberEncoding::String).unwrap();
        read
    }

    fn written<T: JsonCodec>(value: &T) -> Value {
        let mut writer = Writer::new();
        value.write(&mut writer, NumberEncoding::String);
        serde_json::from_str(&writer.finish().unwrap()).unwrap()
    }

    /// Asserts the decoded form of a value, and that it encodes to the same text, also through serde.
    fn number<T>(value: Value) -> usize
    where
        T: Choice + JsonCodec + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
    {
        let choice: T = read(&value);
        assert_eq!(written(&choice), value);
        let by_serde: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(by_serde, choice);
        assert_eq!(serde_json::to_value(&by_serde).unwrap(), value);
        choice.value().0
    }

    #[test]
    fn selected_by_a_discriminator() {
        assert_eq!(number::<Pet>(json!({"petType": "cat", "lives": 9})), 0);
        assert_eq!(number::<Pet>(json!({"petType": "dog", "tricks": ["roll"], "new": {"a": [1]}})), 1);
        // The mapping decides, wherever the key is; keys of other alternatives do not.
        assert_eq!(number::<Shape>(json!({"side": 1.5, "radius": 2.5, "kind": "ball"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "circle"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "box", "radius": 1.5})), 1);
        // Without a mapping, the name of the schema decides.
        assert_eq!(number::<Shape>(json!({"kind": "Cat", "petType": "cat"})), 2);
        // Properties with different values in each alternative decide as well.
        assert_eq!(number::<Event>(json!({"type": "start", "code": 1})), 0);
        assert_eq!(number::<Event>(json!({"type": "abort", "code": 7})), 1);
    }

    #[test]
    fn unrecognized_values_are_kept() {
        for value in [
            json!({"petType": "fish", "fins": [null, {"a": 1.5}]}),
            // The discriminator says cat, but the value does not match.
            json!({"petType": "cat", "lives": "many"}),
            json!(["a"]),
            json!(7),
            json!(null),
        ] {
            let Pet::Unrecognized(kept) = read::<Pet>(&value) else { panic!("{value}") };
            assert_eq!(kept, value);
            assert_eq!(number::<Pet>(value), 2);
        }
        // The surrounding message is unchanged.
        let text = r#"{"next":"b","pets":[{"petType":"fish","n":1},{"lives":9,"petType":"cat"}],"pick":{"x":null}}"#;
        let zoo: Zoo = from_str(text).unwrap();
        assert!(matches!(zoo.pets[1], Pet::Cat(ref cat) if cat.lives == Some(9)));
        assert_eq!(
            serde_json::from_str::<Value>(&to_string(&zoo).unwrap()).unwrap(),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn selected_by_kind_and_keys() {
        assert_eq!(number::<Input>(json!("a")), 0);
        assert_eq!(number::<Input>(json!(["a", "b"])), 1);
        assert_eq!(number::<Input>(json!([1, 2])), 2);
        assert_eq!(number::<Input>(json!([[1], []])), 3);
        assert_eq!(number::<Input>(json!({"file": "f"})), 4);
        // An empty list is the first matching alternative.
        assert_eq!(number::<Input>(json!([])), 1);
        assert_eq!(number::<Either>(json!({"value": "a", "nest": {"a": "b"}})), 0);
        assert_eq!(number::<Choice_>(json!("auto")), 0);
        assert_eq!(number::<Choice_>(json!("new")), 0);
        assert_eq!(number::<Choice_>(json!({"id": "x", "kind": "small"})), 1);
        assert_eq!(number::<Nested>(json!(true)), 2);
        let both: Nullable = from_str(r#"{"four":7}"#).unwrap();
        assert_eq!(both.four, Some(nullable::Four::Integer(7)));
        assert_eq!(to_string(&both).unwrap(), r#"{"four":7}"#);
    }
    use super::generated::composition::types::Choice as Choice_;

    #[test]
    fn constructed_values() {
        // An unset discriminator is added when encoding; a set one is kept.
        assert_eq!(written(&Pet::from(Cat::default().set_lives(9))), json!({"petType": "cat", "lives": 9}));
        assert_eq!(written(&Shape::from(Round::default())), json!({"kind": "ball"}));
        assert_eq!(written(&Shape::from(Round::default().set_kind("circle"))), json!({"kind": "circle"}));
        let zoo = Zoo::default().set_pick("a").set_pets([Dog::default().set_tricks(["roll"])]);
        assert_eq!(to_string(&zoo).unwrap(), r#"{"pets":[{"petType":"dog","tricks":["roll"]}],"pick":"a"}"#);
        assert_eq!(zoo.clone(), zoo);
        assert_eq!(format!("{:?}", zoo.pick), r#"Some(Text("a"))"#);
        assert_eq!(Zoo::default().pick, None);
    }

    /// Nested choices are decoded once each, at any depth, even if the innermost value is invalid.
    #[test]
    fn decoding_time_is_linear_in_depth() {
        let mut value = json!({"flag": "neither"});
        for _ in 0..40 {
            value = json!({"inner": [value], "flag": "neither"});
        }
        assert_eq!(number::<Deep>(value), 2);
    }
}

/// Jobs of an overlay.
mod jobs {
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
        let service =
            Service::pages(&[("", r#"{"key":"k","state":"RUNNING"}"#), ("", r#"{"key":"k","state":"DONE"}"#)]);
        let client: Client = service.client(Client::builder());
        let job = wait(client.imports().create().poller().with_interval(Duration::ZERO).wait()).unwrap();
        assert_eq!(job.key.as_deref(), Some("k"));
        assert_eq!(service.targets(), ["https://api.example.com/imports", "https://api.example.com/imports/k"]);
    }
}

/// Unions of an overlay, and alternatives of a choice with constant discriminators.
mod members {
    use super::generated::members::types::*;
    use discovery_runtime::json::{from_str, to_string};

    #[test]
    fn null_members_of_unions() {
        for text in [r#"{"price":null}"#, r#"{"swap":"a","price":null}"#, r#"{"price":null,"swap":null}"#] {
            let offer: Offer = from_str(text).unwrap();
            let (mut read, mut written): (Vec<char>, Vec<char>) =
                (text.chars().collect(), to_string(&offer).unwrap().chars().collect());
            read.sort_unstable();
            written.sort_unstable();
            assert_eq!(read, written);
        }
        let offer = Offer::new("t").set_price(5);
        assert_eq!(to_string(&offer.clone().set_price_null()).unwrap(), r#"{"price":null,"title":"t"}"#);
        assert_eq!(to_string(&offer.set_price_null().set_price(6)).unwrap(), r#"{"price":6,"title":"t"}"#);
        // A property of that name keeps its setter.
        assert_eq!(to_string(&Offer::new("t").set_swap_null(true)).unwrap(), r#"{"swap_null":true,"title":"t"}"#);
    }

    #[test]
    fn constructors_set_discriminators_with_one_value() {
        for (payment, text) in [
            (Card::new("1").into(), r#"{"method":"card","number":"1"}"#),
            (Cash::new().into(), r#"{"method":"cash"}"#),
            // Two values select it.
            (Check::new("cheque").into(), r#"{"method":"cheque"}"#),
        ] {
            let payment: offer::Payment = payment;
            let offer = Offer::default().set_payment(payment);
            let text = format!(r#"{{"payment":{text}}}"#);
            assert_eq!(to_string(&offer).unwrap(), text);
            assert_eq!(from_str::<Offer>(&text).unwrap(), offer);
        }
    }
}
