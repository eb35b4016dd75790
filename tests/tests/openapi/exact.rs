//! Values that are written as they were read, bodies of several parts, and properties that several parts of an object
//! declare.

use super::generated::exact::{Client, methods, types::*};
use discovery_runtime::__private::{Choice, JsonCodec, Reader, ValueEncoding, Writer};
use discovery_runtime::json::{from_str, to_string};
use discovery_runtime::{File, Message};

fn unchanged<T: Message + Default>(text: &str) -> T {
    let read: T = from_str(text).unwrap();
    assert_eq!(to_string(&read).unwrap(), text);
    read
}

#[test]
fn times_keep_their_form() {
    for time in [
        "2026-05-06T07:08:09.000Z",
        "2026-05-06T09:08:09+02:00",
        "2026-05-06T07:08:09+00:00",
        "2026-05-06T07:08:09.0Z",
        "2026-05-06T07:08:09",
    ] {
        let read: Times = unchanged(&format!(r#"{{"at":"{time}"}}"#));
        assert_eq!(read.at.unwrap().to_string(), "2026-05-06T07:08:09Z");
        unchanged::<Times>(&format!(r#"{{"all":["{time}"],"by":{{"a":"{time}"}}}}"#));
        // A new value is written.
        let read = read.set_at("2027-01-01T00:00:00Z".parse::<discovery_runtime::time::Timestamp>().unwrap());
        assert_eq!(to_string(&read).unwrap(), r#"{"at":"2027-01-01T00:00:00Z"}"#);
    }
    // As protobuf writes it.
    let read: Times = from_str(r#"{"proto":"2026-05-06T09:08:09+02:00"}"#).unwrap();
    assert_eq!(to_string(&read).unwrap(), r#"{"proto":"2026-05-06T07:08:09Z"}"#);
}

#[test]
fn bytes_and_numbers_keep_their_form() {
    for text in [
        r#"{"bytes":"AA"}"#,
        r#"{"bytes":"_-8="}"#,
        r#"{"bytes":"/+8="}"#,
        r#"{"small":"7"}"#,
        r#"{"real":"1.5"}"#,
        r#"{"single":"1.5"}"#,
    ] {
        unchanged::<Times>(text);
    }
    let read: Times = from_str(r#"{"bytes":"AA","real":"1.5","small":"7"}"#).unwrap();
    assert_eq!((read.bytes.as_deref(), read.real, read.small), (Some(&[0][..]), Some(1.5), Some(7)));
}

fn variant<T: Choice + JsonCodec + std::fmt::Debug>(text: &str) -> String {
    let mut value = <T as JsonCodec>::empty();
    value.read(&mut Reader::new(text), ValueEncoding::String).unwrap();
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    assert_eq!(writer.finish().unwrap(), text);
    format!("{value:?}")
}

#[test]
fn empty_lists_within_lists_of_themselves() {
    assert_eq!(variant::<Lists>("[[],[[]]]"), "List([List([]), List([List([])])])");
    assert_eq!(variant::<NullLists>("[null,[null]]"), "List([None, Some(List([None]))])");
}

#[test]
fn numbers_select_an_alternative_in_any_form() {
    for (text, expected) in
        [(r#"{"v":1}"#, 0), (r#"{"v":1.0}"#, 0), (r#"{"v":2.0}"#, 1), (r#"{"v":2}"#, 1), (r#"{"v":3}"#, 2)]
    {
        let mut value = <Versioned as JsonCodec>::empty();
        value.read(&mut Reader::new(text), ValueEncoding::String).unwrap();
        assert_eq!(value.value().0, expected, "{text}");
    }
}

#[test]
fn objects_that_several_parts_declare_have_all_properties() {
    let derived: Derived =
        unchanged(r#"{"again":{"again":{"more":"d"},"more":"c"},"meta":{"a":"a","b":"b","deep":{"x":"x","y":"y"}}}"#);
    let meta = derived.meta.unwrap();
    let deep = meta.deep.unwrap();
    assert_eq!((meta.a.as_deref(), meta.b.as_deref()), (Some("a"), Some("b")));
    assert_eq!((deep.x.as_deref(), deep.y.as_deref()), (Some("x"), Some("y")));
    let again = derived.again.unwrap();
    assert_eq!((again.more.as_deref(), again.again.unwrap().more.as_deref()), (Some("c"), Some("d")));
    let _: Option<Box<Times>> = derived.same;
}

#[test]
fn bodies_of_several_parts() {
    let form = methods::parts::CreateRequest::default()
        .set_about(Times::default().set_small(1))
        .set_page(File::new("p").with_content_type("text/html"));
    let request = Client::new().parts().create(form).request().unwrap();
    assert_eq!(request.headers()["content-type"], "multipart/mixed; boundary=part-of-the-form-0");
    assert_eq!(request.headers()["accept"], "application/vnd.part+json; version=1");
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    assert!(body.contains("name=\"about\"\r\ncontent-type: application/json\r\n\r\n{\"small\":1}\r\n"), "{body}");
    assert!(body.contains("content-type: text/html\r\n\r\np\r\n"), "{body}");
    // Without named parts, the caller encodes them.
    let request = Client::new().parts().put("--a\r\n\r\n--a--").request().unwrap();
    assert_eq!(&request.body()[..], b"--a\r\n\r\n--a--");
    let request = Client::new().parts().patch(serde_json::json!([1])).request().unwrap();
    assert_eq!(&request.body()[..], b"[1]");
}
