//! Forms whose fields are encoded as the document states.

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
    let cleared = CreateRequest::default().set_metadata(methods::subscriptions::create_request::metadata::Text::Empty);
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
