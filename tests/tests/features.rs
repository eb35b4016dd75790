//! One small document for each feature: its bindings as a snapshot, and their behavior.

use conformance::{project, shuffle};
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/features.rs"));
}

/// Documents whose overlays were imported from protos.
#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod imported {
    include!(concat!(env!("OUT_DIR"), "/imports.rs"));
}

fn documents() -> Vec<PathBuf> {
    let folder = project::path("tests/documents/features");
    let mut documents: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.sort();
    documents
}

#[test]
fn bindings_match_their_snapshots() {
    for document in documents() {
        let name = document.file_stem().unwrap().to_str().unwrap();
        let bindings = fs::read_to_string(Path::new(env!("OUT_DIR")).join(format!("features/{name}.rs"))).unwrap();
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, bindings) });
    }
}

#[test]
fn the_order_of_keys_has_no_effect() {
    let specs = project::DOCUMENTS.map(|name| project::path(&format!("spec/{name}.json")));
    for document in documents().into_iter().chain(specs) {
        let text = fs::read_to_string(&document).unwrap();
        assert!(shuffle::keys(&text, 1) != shuffle::keys(&text, 2), "{}: not shuffled", document.display());
        let plain = shuffle::bindings(&document, |text| text.to_owned());
        for seed in 1..=2 {
            let shuffled = shuffle::bindings(&document, |text| shuffle::keys(text, seed));
            assert!(plain == shuffled, "{}", document.display());
        }
    }
}

/// Behavior of the generated bindings.
mod works {
    use super::generated;
    use discovery_runtime::json::{from_str, to_string};
    use serde_json::{Value, json};

    /// Decodes a value, and encodes it again.
    fn through<M: discovery_runtime::Message + Default>(value: &Value) -> Value {
        let message: M = from_str(&value.to_string()).unwrap();
        serde_json::from_str(&to_string(&message).unwrap()).unwrap()
    }

    fn url(request: Result<http::Request<bytes::Bytes>, discovery_runtime::http::Error>) -> String {
        let request = request.unwrap();
        format!("{} {}", request.method(), request.uri())
    }

    #[test]
    fn keywords() {
        use generated::keywords::{Client, types};
        let message = types::Type::default().set_fn("a").set_type("b").set_self_("c").set_gen("d");
        assert_eq!(to_string(&message).unwrap().len(), r#"{"fn":"a","gen":"d","self":"c","type":"b"}"#.len());
        let call = Client::new().r#match().r#type("x").with_in("y").with_for(["1", "2"]);
        assert_eq!(url(call.request()), "GET https://zoo.example.com/v1/match/x?for=1&for=2&in=y");
    }

    #[test]
    fn digits_first() {
        use generated::digits_first::{Client, types};
        let model: types::_3dModel = from_str(r#"{"2d":"a","3D":true,"360":7}"#).unwrap();
        assert_eq!((model._2d.as_deref(), model._3d, model._360), (Some("a"), Some(true), Some(7)));
        let values = json!({"value": "A+"});
        assert_eq!(through::<types::Grade>(&values), values);
        assert_eq!(url(Client::new()._3d()._2get("x").request()), "GET https://zoo.example.com/v1/3d/x");
    }

    #[test]
    fn colliding_names() {
        use generated::names_that_meet::types;
        let value = json!({"RRF": "a", "r_r_f": "b", "rrf": "c"});
        assert_eq!(through::<types::Rrf>(&value), value);
        let value = json!({"FooBar": "a", "foo-bar": "b", "fooBar": "c", "foo_bar": "d"});
        let message: types::RRF = from_str(&value.to_string()).unwrap();
        assert!(message.unknown_fields.is_empty());
        assert_eq!(through::<types::RRF>(&value), value);
        for word in ["one_two", "ONE_TWO", "oneTwo", "ONE-TWO"] {
            let value = json!({"word": word, "$word": "", "@type": "", "a.b": "", "naïve": "", "unknownFields": ""});
            assert_eq!(through::<types::Words>(&value), value);
        }
    }

    #[test]
    fn prelude_names() {
        use generated::prelude_names::{Client, types};
        let value = json!({"text": "a", "many": ["b"], "kind": "NEW", "or": {"next": {}}});
        assert_eq!(through::<types::Option>(&value), value);
        assert_eq!(through::<types::String>(&value), value);
        assert_eq!(through::<types::Result>(&value), value);
        let call = Client::new().vec().list().with_option("x").with_string(["y", "z"]);
        assert_eq!(url(call.request()), "GET https://zoo.example.com/v1/vecs?option=x&string=y&string=z");
    }

    #[test]
    fn resources_with_one_leaf_name_and_a_method_beside_a_resource() {
        let projects = generated::same_leaf_resources::Client::new().projects();
        assert_eq!(
            url(projects.jobs().get("projects/p/jobs/j").request()),
            "GET https://zoo.example.com/v1/projects/p/jobs/j"
        );
        let name = "projects/p/locations/l/jobs/j";
        assert_eq!(
            url(projects.locations().jobs().get(name).request()),
            format!("GET https://zoo.example.com/v1/{name}")
        );
        let projects = generated::method_beside_resource::Client::new().projects();
        assert_eq!(url(projects.jobs().get("j").request()), "GET https://zoo.example.com/v1/jobs/j");
        assert_eq!(url(projects.jobs_2("p").request()), "GET https://zoo.example.com/v1/projects/p/jobs");
    }

    #[test]
    fn a_field_and_a_union_of_one_name() {
        use generated::field_beside_union::types::{Shape, shape};
        let shape: Shape = from_str(r#"{"kind":"a","round":1.5}"#).unwrap();
        assert_eq!((shape.kind.as_deref(), shape.kind_2), (Some("a"), Some(shape::Kind::Round(1.5))));
    }

    #[test]
    fn a_prefix_is_dropped_where_nothing_collides() {
        use generated::prefix::types::{Animal, Cage, CageState, GoogleRpcStatus, GoogleZooV1Status, Status};
        let cage = Cage::default().set_state(CageState::Open).set_status(GoogleZooV1Status::default().set_ok(true));
        let animal = Animal::default().set_cage(cage).set_status(GoogleRpcStatus::default().set_message("m"));
        let text = r#"{"cage":{"state":"CAGE_STATE_OPEN","status":{"ok":true}},"status":{"message":"m"}}"#;
        assert_eq!(to_string(&animal).unwrap(), text);
        assert_eq!(to_string(&Status::default().set_code(7)).unwrap(), r#"{"code":7}"#);
    }

    #[test]
    fn recursion() {
        use generated::recursion::types;
        let value = json!({"left": {"right": {"branches": [{"leaf": "a"}, {}]}}, "named": {"b": {"named": {"c": {}}}}});
        assert_eq!(through::<types::Tree>(&value), value);
        let value = json!({"hen": {"egg": {"hen": {}}, "eggs": [[{}], []]}});
        assert_eq!(through::<types::Egg>(&value), value);
    }

    #[test]
    fn arrays_of_arrays() {
        use generated::arrays_of_arrays::types::Grid;
        let value = json!({"cells": [[1.5], []], "cubes": [[["-7"]]], "rows": [[["a"]]], "points": [{"x": 1}]});
        assert_eq!(through::<Grid>(&value), value);
        assert_eq!(from_str::<Grid>(&value.to_string()).unwrap().cubes, [[[-7]]]);
    }

    #[test]
    fn anything_and_maps() {
        use generated::{any_and_objects, maps};
        let value = json!({"anything": null, "list": [null, 1], "object": {"a": null}, "struct": {}, "either": null});
        assert_eq!(through::<any_and_objects::types::Loose>(&value), value);
        let value = json!({
            "counts": {"a": "1"}, "enums": {"b": "ON", "c": "NEW"}, "inline": {"d": {"weight": 0.5}},
            "lists": {"e": [{"text": "f"}]}, "nested": {"g": {"h": "i"}},
        });
        assert_eq!(through::<maps::types::Index>(&value), value);
        let value = json!({"labels": {"a": "b"}, "open": {"known": "c", "d": 1}});
        assert_eq!(through::<maps::types::Uses>(&value), value);
    }

    #[test]
    fn scalars() {
        use generated::scalars::types::Scalars;
        let read: Scalars = from_str(
            r#"{"int64":7,"uint64":"18446744073709551615","number64":"8","float":"NaN","double":1e3,"bytes":"_-8",
                "time":"2026-01-02T04:05:06.5+01:00","duration":"1.5s","mask":"a.b,c","date":"2026-07-17"}"#,
        )
        .unwrap();
        let written: Value = serde_json::from_str(&to_string(&read).unwrap()).unwrap();
        for (key, value) in [
            ("int64", json!("7")),
            ("uint64", json!("18446744073709551615")),
            // Text of an integer that is written as a number is kept.
            ("number64", json!("8")),
            ("float", json!("NaN")),
            ("bytes", json!("/+8=")),
            ("mask", json!("a.b,c")),
            ("date", json!("2026-07-17")),
        ] {
            assert_eq!(written[key], value, "{key}");
        }
        assert!(written["time"].as_str().unwrap().starts_with("2026-01-02T03:05:06.5"));
    }

    #[test]
    fn inline_schemas() {
        use generated::inline::types::{Outer, outer};
        let value =
            json!({"state": "ON", "middle": {"state": "LOW", "inner": {"state": "DEEP", "items": [{"outer": {}}]}}});
        assert_eq!(through::<Outer>(&value), value);
        let read: Outer = from_str(&value.to_string()).unwrap();
        assert_eq!(read.state, Some(outer::State::On));
        assert_eq!(read.middle.unwrap().inner.unwrap().state, Some(outer::middle::inner::State::Deep));
    }

    #[test]
    fn parameters() {
        use generated::parameters::{Client, methods::things};
        let call = Client::new()
            .things()
            .list("parents/p", -7, things::ListColour::Red, "why & how")
            .with_ids([1, 2])
            .with_view(things::ListView::Full)
            .with_views([things::ListViews::Basic, things::ListViews::Full])
            .with_at_most(3)
            .with_page_token("a+b/c=");
        let request = call.request().unwrap();
        assert_eq!(request.uri().path(), "/v1/parents/p/things/-7/RED");
        let mut query: Vec<&str> = request.uri().query().unwrap().split('&').collect();
        query.sort_unstable();
        let wanted = ["at.most=3", "ids=1", "ids=2", "pageToken=a%2Bb%2Fc%3D", "reason=why%20%26%20how", "view=FULL"];
        assert_eq!(query[..6], wanted, "{query:?}");
        assert_eq!(query[6..], ["views=BASIC", "views=FULL"]);
    }

    #[test]
    fn paths() {
        let things = generated::paths::Client::new().things();
        let root = "https://zoo.example.com/zoo/v1/";
        assert_eq!(url(things.plain("a/b c").request()), format!("GET {root}v1/things/a%2Fb%20c"));
        assert_eq!(url(things.reserved("things/a:b").request()), format!("GET {root}v1/things/a:b"));
        assert_eq!(url(things.verb("a").request()), format!("POST {root}v1/things/a:verb"));
        assert_eq!(url(things.twice("p", "n", 3).request()), format!("GET {root}v1/p/things/n/parts/3"));
        assert_eq!(url(things.rooted().request()), format!("GET {root}things"));
        assert!(things.plain("..").request().is_err());
    }

    #[test]
    fn methods_at_the_root() {
        use generated::root_methods::{Client, types::Settings};
        let client = Client::new();
        assert_eq!(url(client.get_settings().request()), "GET https://zoo.example.com/v1/settings");
        assert_eq!(url(client.settings().reset().request()), "POST https://zoo.example.com/v1/settings:reset");
        let body = client.settings_2(Settings::default().set_dark(true)).request().unwrap();
        assert_eq!(body.body().as_ref(), br#"{"dark":true}"#);
    }

    #[test]
    fn bodies() {
        use generated::bodies::{Client, types::Thing};
        let things = Client::new().things();
        let empty = things.create(Thing::default()).request().unwrap();
        assert_eq!(empty.body().as_ref(), b"{}");
        let none = things.reset().request().unwrap();
        assert!(none.body().is_empty() && none.method() == "POST");
        let patch = things.patch("a", Thing::default().set_name("b")).with_body("c").request().unwrap();
        assert_eq!(patch.uri().query(), Some("body=c"));
        assert_eq!(patch.body().as_ref(), br#"{"name":"b"}"#);
        assert_eq!(url(things.head("a").request()), "HEAD https://zoo.example.com/v1/things/a");
    }

    #[test]
    fn versions_and_wrappers() {
        let request = generated::api_version::Client::new().things().get().request().unwrap();
        assert_eq!(request.headers()["x-goog-api-version"], "2026-01-01");
        use generated::data_wrapper::{Client, types::Thing};
        let request = Client::new().things().create(Thing::default().set_name("a")).request().unwrap();
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(body, json!({"data": {"name": "a"}}));
    }

    #[test]
    fn equal_methods_share_their_code() {
        let projects = generated::operations::Client::new().projects();
        let name = "projects/dogs/d/operations/o";
        let (cats, dogs) = (projects.cats().operations(), projects.dogs().operations());
        let _same_type = [cats.clone(), dogs.clone()];
        assert_eq!(cats.get("projects/cats/c/operations/o").method().id, "zoo.projects.cats.operations.get");
        assert_eq!(dogs.get(name).method().id, "zoo.projects.dogs.operations.get");
        assert_eq!(
            projects.fish().eggs().operations().cancel(name).method().id,
            "zoo.projects.fish.eggs.operations.cancel"
        );
    }

    #[test]
    fn media_and_streams() {
        use generated::{media, streaming};
        let file = media::types::File::default().set_name("a");
        let insert = media::Client::new().files().insert(file);
        assert_eq!(url(insert.request()), "POST https://zoo.example.com/v1/files");
        assert_eq!(insert.method().upload.unwrap().simple, "/upload/v1/files");
        let models = streaming::Client::new().models();
        let ask = streaming::types::Ask::default;
        assert!(models.stream_ask("models/m", ask()).method().streaming);
        assert!(!models.streamline(ask()).method().streaming);
        // Setters can be called in any order, including those of the runtime.
        let options = || discovery_runtime::http::CallOptions::new().with_quota_user("q");
        let insert = insert.with_options(options()).with_name("n").with_options(options());
        assert_eq!(url(insert.request()), "POST https://zoo.example.com/v1/files?name=n&quotaUser=q");
        let stream = models.stream_ask("models/m", ask()).with_json_array().with_options(options());
        assert_eq!(url(stream.request()), "POST https://zoo.example.com/v1/models/m:streamAsk?quotaUser=q");
        let client: media::Client = media::Client::builder().with_endpoint("http://localhost:1/").build().unwrap();
        assert_eq!(url(client.files().get("f").request()), "GET http://localhost:1/v1/files/f");
    }

    #[test]
    fn http_bodies() {
        use generated::http_body::{Client, types::*};
        let records = Client::new().records();
        let body = GoogleApiHttpBody::default().set_content_type("application/fhir+json").set_data("{\"a\": 1}");
        let create = records.create("Patient", body.clone());
        let request = create.request().unwrap();
        assert_eq!(request.body(), "{\"a\": 1}");
        assert_eq!(request.headers()["content-type"], "application/fhir+json");
        assert_eq!(request.headers()["accept"], "*/*");
        assert!(create.method().takes_http_body && create.method().returns_http_body);
        // On the wire, the body is not wrapped in a message, and a stream of arbitrary content is not a stream of
        // messages.
        assert_eq!(records.raw_predict(body.clone()).request().unwrap().body(), "{\"a\": 1}");
        let request = records.stream_raw_predict(body).request();
        assert_eq!(url(request), "POST https://clinic.example.com/v1/records:streamRawPredict");
        // A message with the same fields is sent as JSON.
        let attach = records.attach(Attachment::default().set_content_type("a/b").set_data("x"));
        assert_eq!(attach.request().unwrap().body(), "{\"contentType\":\"a/b\",\"data\":\"eA==\"}");
    }

    #[test]
    fn unions() {
        use generated::unions::types::{Source, source};
        for value in [
            json!({"text": "a"}),
            json!({"bytes": "AA=="}),
            json!({"number": "7"}),
            json!({"list": []}),
            json!({"map": {}}),
            json!({"message": {"left": "b"}}),
            json!({"kind": "NEW"}),
            json!({"value": null}),
        ] {
            let read: Source = from_str(&value.to_string()).unwrap();
            assert!(read.content.is_some() && read.unknown_fields.is_empty(), "{value}");
            assert_eq!(through::<Source>(&value), value);
        }
        // Only the document states this union: the last member counts, and the other one is kept.
        let two = json!({"left": "a", "right": "b"});
        let read: Source = from_str(&two.to_string()).unwrap();
        assert_eq!(read.hand, Some(source::Hand::Right("b".into())));
        assert_eq!(through::<Source>(&two), two);
    }

    #[test]
    fn endpoints_of_locations() {
        let locations = generated::endpoints::Client::new().projects().locations();
        let name = "projects/p/locations/us";
        assert_eq!(url(locations.get(name).request()), format!("GET https://us-zoo.example.com/v1/{name}"));
    }

    #[test]
    fn aliases_and_empty_messages() {
        use generated::{aliases, empty_messages};
        let value = json!({"also": {"name": "a"}, "hue": "RED", "names": ["b"], "two": ["c"]});
        assert_eq!(through::<aliases::types::Thing>(&value), value);
        let value = json!({"also": {}, "empty": {}, "list": [{}]});
        assert_eq!(through::<empty_messages::types::Holder>(&value), value);
    }

    #[test]
    #[allow(deprecated)]
    fn deprecated_items_work() {
        use generated::deprecated::{Client, types::Old};
        let value = json!({"kind": "BAD", "name": "a", "one": "b"});
        assert_eq!(through::<Old>(&value), value);
        assert_eq!(
            url(Client::new().things().get().with_view("x").request()),
            "GET https://zoo.example.com/v1/things?view=x"
        );
    }

    #[test]
    fn pages_and_docs() {
        use discovery_runtime::http::Page;
        use generated::{docs, pages::types::ListThingsResponse};
        let page: ListThingsResponse = from_str(r#"{"things":[{"name":"a"}],"nextPageToken":"t"}"#).unwrap();
        assert_eq!(page.next_page_token(), Some("t"));
        assert_eq!(page.into_items().len(), 1);
        let thing = docs::types::Thing::default().set_one("a");
        assert_eq!(to_string(&thing).unwrap(), r#"{"one":"a"}"#);
        let _nothing = generated::nothing::Client::new();
    }

    /// Methods that the protos declare and the document lacks.
    #[test]
    #[expect(deprecated, reason = "the protos mark `delete` as deprecated")]
    fn methods_of_protos() {
        use super::imported::library::{Client, types::*};
        let client = Client::new();
        let books = client.shelves().books();
        let body = |request: http::Request<bytes::Bytes>| String::from_utf8(request.into_body().to_vec()).unwrap();
        let book = Book::default().set_title("a");
        let create = books.create("shelves/s", book.clone()).with_book_id("b").with_validate_only(true).request();
        assert_eq!(body(create.unwrap()), r#"{"title":"a"}"#);
        let calls = [
            books.create("shelves/s", book.clone()).with_book_id("b").request(),
            books.patch("shelves/s/books/b", book).with_update_mask("title").request(),
            books.delete("shelves/s/books/b").request(),
            books.lend("shelves/s/books/b", LendBookRequest::default()).request(),
            books.list_public_books().with_page_size(3).request(),
            client.books().list().with_parent("shelves/s").request(),
            client.books().find().with_words(["x", "y"]).with_min_pages(1).request(),
        ];
        let calls: Vec<String> = calls.into_iter().map(url).collect();
        let expected = [
            "POST https://library.example.com/v1/shelves/s/books?bookId=b",
            "PATCH https://library.example.com/v1/shelves/s/books/b?updateMask=title",
            "DELETE https://library.example.com/v1/shelves/s/books/b",
            "POST https://library.example.com/v1/shelves/s/books/b:lend",
            "GET https://library.example.com/v1/shelves/books?pageSize=3",
            "GET https://library.example.com/v1/books?parent=shelves%2Fs",
            "GET https://library.example.com/v1/books:find?minPages=1&words=x&words=y",
        ];
        assert_eq!(calls, expected);
    }
}
