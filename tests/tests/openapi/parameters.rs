//! Parameters in every location and style.

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
