//! Bytes in both alphabets of base64.

use super::generated::values::{Client, types::*};
use super::{Lenient, from_str, to_string, unchanged};
use discovery_runtime::bytes::Bytes;
use discovery_runtime::http::Response;

const BYTES: Bytes = Bytes::from_static(&[0xfb, 0xff, 1, 2]);

#[test]
fn written_in_the_alphabet_that_the_document_states() {
    let key = Key::default().set_standard(BYTES).set_safe(BYTES).set_encoded(BYTES).set_list([BYTES]);
    let key = key.set_either(BYTES);
    let text =
        r#"{"either":"-_8BAg==","encoded":"-_8BAg==","list":["-_8BAg=="],"safe":"-_8BAg==","standard":"+/8BAg=="}"#;
    assert_eq!(to_string(&key).unwrap(), text);
    assert_eq!(from_str::<Key>(text).unwrap(), key);
    unchanged::<Key>(&[text, r#"{"encoded":"-_8BAg"}"#, r#"{"list":["-_8BAg"]}"#, r#"{"safe":"+/8BAg=="}"#]);
    assert_eq!(from_str::<Key>(r#"{"safe":"+/8BAg"}"#).unwrap().safe, Some(BYTES));
}

#[test]
fn whole_bodies() {
    let request = Client::new().send_keys(vec![BYTES]).request().unwrap();
    assert_eq!(&request.body()[..], br#"["-_8BAg=="]"#);
    let keys = Lenient::<Vec<Bytes>>::decode(br#"["-_8BAg=="]"#).unwrap();
    assert_eq!((keys.as_slice(), serde_json::to_string(&keys).unwrap()), (&[BYTES][..], r#"["-_8BAg=="]"#.into()));
}
