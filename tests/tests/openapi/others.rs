//! Formats, servers, recursion, maps, references across files.

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
