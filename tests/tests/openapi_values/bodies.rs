//! Whole bodies that are numbers or `null`.

use super::Lenient;
use super::generated::values::{Client, types::*};
use discovery_runtime::http::Response;
use std::collections::BTreeMap;

#[test]
fn integers_are_numbers() {
    let request = Client::new().send_numbers(vec![1, i64::MAX]).request().unwrap();
    assert_eq!(&request.body()[..], b"[1,9223372036854775807]");
    let call = Client::new().send_number().with_sizes([("a".to_owned(), 1)]);
    let request = call.with_body(5).request().unwrap();
    assert_eq!((&request.body()[..], request.uri().query()), (&b"5"[..], Some("sizes=%7B%22a%22%3A1%7D")));
    for text in [r#"{"a":1,"b":9223372036854775807}"#, r#"{"a":"1"}"#, r#"{"a":1.5}"#] {
        let read = Lenient::<BTreeMap<String, i64>>::decode(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}

#[test]
fn null() {
    assert!(Client::new().send_number().request().unwrap().body().is_empty());
    assert_eq!(&Client::new().send_number().with_body(None).request().unwrap().body()[..], b"null");
    assert_eq!(&Client::new().send_ticket(None).request().unwrap().body()[..], b"null");
    let ticket = Ticket::default().set_title("a");
    let request = Client::new().send_ticket(ticket).request().unwrap();
    assert_eq!(&request.body()[..], br#"{"fields":{},"title":"a","watchers":[]}"#);
}
