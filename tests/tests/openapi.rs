//! Features of OpenAPI that Discovery lacks: bindings of one small document for each, compiled and run.

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}

/// A service that notes what it is asked and gives one answer.
mod service {
    use bytes::Bytes;
    use discovery_runtime::http::{Body, BoxFuture, ClientBuilder, Transport, TransportError};
    use http::{Request, Response};
    use std::sync::{Arc, Mutex};

    #[derive(Clone)]
    pub(super) struct Service {
        answer: Arc<Response<Bytes>>,
        asked: Arc<Mutex<Vec<Request<Bytes>>>>,
    }

    impl Transport for Service {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            self.asked.lock().unwrap().push(request);
            let answer = (*self.answer).clone().map(Body::from);
            Box::pin(async { Ok(answer) })
        }
    }

    impl Service {
        pub(super) fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
            let answer = Response::builder().status(status).header("content-type", kind).body(body.into()).unwrap();
            Self { answer: Arc::new(answer), asked: Arc::default() }
        }

        pub(super) fn client<C: From<discovery_runtime::http::Client>>(&self, builder: ClientBuilder<C>) -> C {
            builder.with_transport(self.clone()).build().unwrap()
        }

        /// The last request.
        pub(super) fn asked(&self) -> Request<Bytes> {
            self.asked.lock().unwrap().pop().expect("something was asked")
        }
    }

    pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }
}

/// Bodies of requests and replies, of many kinds.
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
        assert_eq!(sent(client.notes().put("h\u{e9}").request()), ("text/plain".into(), "h\u{e9}".into()));
        assert_eq!(
            sent(client.notes().draw(vec![1, 2]).request()),
            ("application/octet-stream".into(), "\u{1}\u{2}".into())
        );
        let patch = sent(client.jobs().patch("j", Job::default().set_token("t")).request());
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
        let (kind, body) = sent(client.uploads().create(upload).request());
        assert_eq!(kind, "multipart/form-data; boundary=part-of-the-form-1");
        insta::assert_snapshot!("form", body.replace('\0', "\\0").replace("\r\n", "\n"));
        let token = methods::tokens::CreateRequest::default().set_grant("a&b c").set_scopes(["x", "y"]).set_ttl(5);
        let (kind, body) = sent(client.tokens().create(token).request());
        assert_eq!(kind, "application/x-www-form-urlencoded");
        assert_eq!(body, "grant=a%26b%20c&scopes=x&scopes=y&ttl=5");
        assert_eq!(sent(client.uploads().create(Upload::default()).request()).1, "--part-of-the-form-0--\r\n");
    }

    #[test]
    fn files_with_names_and_types() {
        let client = Client::new();
        let speech = File::new(vec![1]).with_name("speech.mp3").with_content_type("audio/mpeg");
        let page = File::from("%PDF").with_name("a \"page\"\r\n.pdf");
        let upload = Upload::default().set_file(speech.clone()).set_pages([page, File::from(b"2".to_vec())]);
        let body = sent(client.uploads().create(upload).request()).1;
        insta::assert_snapshot!("files", body.replace('\u{1}', "\\1").replace("\r\n", "\n"));
        // In JSON it is its bytes.
        assert_eq!(
            discovery_runtime::json::to_string(&Upload::default().set_file(speech)).unwrap(),
            r#"{"file":"AQ=="}"#
        );
        // A value that would end the header and begin another one.
        let wrong = File::new("").with_content_type("text/plain\r\nx-other: 1");
        let error = client.uploads().create(Upload::default().set_file(wrong)).request().unwrap_err();
        let reason = std::error::Error::source(&error).unwrap().to_string();
        assert!(reason.contains("file") && reason.contains("content type"), "{reason}");
    }

    #[test]
    fn replies_that_are_files() {
        let service = Service::new(200, "application/octet-stream", &b"a\xffb"[..]);
        let client: Client = service.client(Client::builder());
        let file = wait(async { client.jobs().log("j").download().await.unwrap().bytes().await.unwrap() });
        assert_eq!(&file[..], b"a\xffb");
        let asked = service.asked();
        // Only Google's servers know `alt`.
        assert_eq!(asked.uri(), "https://api.example.com/jobs/j/log");
        assert_eq!(asked.headers()["accept"], "application/octet-stream");
        let service = Service::new(200, "text/plain", "h\u{e9}");
        let client: Client = service.client(Client::builder());
        assert_eq!(wait(async { client.notes().put("x").download().await.unwrap().text().await.unwrap() }), "h\u{e9}");
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
        let asked = service.asked();
        assert_eq!((asked.uri().query(), &asked.headers()["accept"]), (None, &"text/event-stream".parse().unwrap()));
    }

    #[test]
    fn several_replies() {
        use methods::jobs::CreateResponse;
        let create = |status, body: &'static str| {
            let client: Client = Service::new(status, "application/json", body).client(Client::builder());
            wait(client.jobs().create(Job::default()).send())
        };
        assert_eq!(create(201, r#"{"id":"a"}"#).unwrap(), CreateResponse::from(Job::default().set_id("a")));
        assert_eq!(create(202, r#"{"url":"u"}"#).unwrap(), CreateResponse::from(Ticket::default().set_url("u")));
        assert!(matches!(create(200, r#"{"id":[]}"#).unwrap(), CreateResponse::Unrecognized(_)));
        // An error is what the document says of `default`, for those who ask.
        let Err(Error::Service(refused)) = create(404, r#"{"detail":"no such job"}"#) else { panic!("an error") };
        assert_eq!(refused.status.message, "no such job");
        let problem: Problem = discovery_runtime::json::from_slice(&refused.body).unwrap();
        assert_eq!(problem.detail.as_deref(), Some("no such job"));
    }
}

/// Parameters in every place and style.
mod parameters {
    use super::generated::parameters::{Client, methods};
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
            .with_filter_a("f")
            .with_query(serde_json::json!({"a": [1]}));
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
        let call = Client::new().search("n");
        let call = call
            .with_by_kinds([methods::SearchByKinds::Cat, methods::SearchByKinds::Dog])
            .with_after(Date::new(2026, 7, 17).unwrap())
            .with_size(3)
            .with_limit("all");
        let request = call.request().unwrap();
        assert_eq!(
            query(&request),
            [
                "after=2026-07-17",
                "by%5Bkinds%5D%5B%5D=cat",
                "by%5Bkinds%5D%5B%5D=dog",
                "by%5Bname%5D=n",
                "limit=all",
                "size=3"
            ]
        );
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
    fn told_by_a_discriminator() {
        assert_eq!(number::<Pet>(json!({"petType": "cat", "lives": 9})), 0);
        assert_eq!(number::<Pet>(json!({"petType": "dog", "tricks": ["roll"], "new": {"a": [1]}})), 1);
        // The mapping counts, wherever the key stands; keys of others do not.
        assert_eq!(number::<Shape>(json!({"side": 1.5, "radius": 2.5, "kind": "ball"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "circle"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "box", "radius": 1.5})), 1);
        // A schema's name, where no mapping says otherwise.
        assert_eq!(number::<Shape>(json!({"kind": "Cat", "petType": "cat"})), 2);
        // Properties that have other values in each alternative tell as well.
        assert_eq!(number::<Event>(json!({"type": "start", "code": 1})), 0);
        assert_eq!(number::<Event>(json!({"type": "abort", "code": 7})), 1);
    }

    #[test]
    fn what_nobody_knows_is_kept() {
        for value in [
            json!({"petType": "fish", "fins": [null, {"a": 1.5}]}),
            // It says that it is a cat, and is none.
            json!({"petType": "cat", "lives": "many"}),
            json!(["a"]),
            json!(7),
            json!(null),
        ] {
            let Pet::Unrecognized(kept) = read::<Pet>(&value) else { panic!("{value}") };
            assert_eq!(kept, value);
            assert_eq!(number::<Pet>(value), 2);
        }
        // Nothing of what holds it is lost.
        let text = r#"{"next":"b","pets":[{"petType":"fish","n":1},{"lives":9,"petType":"cat"}],"pick":{"x":null}}"#;
        let zoo: Zoo = from_str(text).unwrap();
        assert!(matches!(zoo.pets[1], Pet::Cat(ref cat) if cat.lives == Some(9)));
        assert_eq!(
            serde_json::from_str::<Value>(&to_string(&zoo).unwrap()).unwrap(),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn told_by_kind_and_keys() {
        assert_eq!(number::<Input>(json!("a")), 0);
        assert_eq!(number::<Input>(json!(["a", "b"])), 1);
        assert_eq!(number::<Input>(json!([1, 2])), 2);
        assert_eq!(number::<Input>(json!([[1], []])), 3);
        assert_eq!(number::<Input>(json!({"file": "f"})), 4);
        // An empty list is the first that it can be.
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
    fn made_by_hand() {
        // The discriminator is written where it is not set, and where it is, stays.
        assert_eq!(written(&Pet::from(Cat::default().set_lives(9))), json!({"petType": "cat", "lives": 9}));
        assert_eq!(written(&Shape::from(Round::default())), json!({"kind": "ball"}));
        assert_eq!(written(&Shape::from(Round::default().set_kind("circle"))), json!({"kind": "circle"}));
        let zoo = Zoo::default().set_pick("a").set_pets([Dog::default().set_tricks(["roll"])]);
        assert_eq!(to_string(&zoo).unwrap(), r#"{"pets":[{"petType":"dog","tricks":["roll"]}],"pick":"a"}"#);
        assert_eq!(zoo.clone(), zoo);
        assert_eq!(format!("{:?}", zoo.pick), r#"Some(Text("a"))"#);
        assert_eq!(Zoo::default().pick, None);
    }

    /// Choices within choices are read once each, however deep and whatever is wrong at the bottom.
    #[test]
    fn depth_costs_no_more_than_its_length() {
        let mut value = json!({"flag": "neither"});
        for _ in 0..40 {
            value = json!({"inner": [value], "flag": "neither"});
        }
        assert_eq!(number::<Deep>(value), 2);
    }
}
