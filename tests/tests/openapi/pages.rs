//! Pagination by the patterns of many APIs.

use super::generated::pages::{Client, types::Item};
use super::service::{Service, wait};
use discovery_runtime::http::{Call, Error, Items, Page, SingleResponse, UsageError};

/// Returns the ids of all items and the relative URLs of the requests, or the error.
fn all<R, K>(call: impl FnOnce(&Client) -> Call<R, K>, pages: &[(&str, &str)]) -> Result<(String, Vec<String>), Error>
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
    let first = r#"<https://api.example.com/v2/organizations/7/repos?page=2>; rel="next", <https://x/>; rel="last""#;
    let pages = [(first, r#"[{"id":"a"}]"#), (r#"</v2/r?page=3>; rel="next""#, r#"[{"id":"b"}]"#), ("", "[]")];
    let call = |client: &Client| (*client.repos().list().with_per_page(1)).clone();
    is(all(call, &pages), "ab", &["repos?per_page=1", "organizations/7/repos?page=2", "r?page=3"]);
    let elsewhere = [(r#"<https://evil.example.org/>; rel="next""#, r#"[{"id":"a"}]"#)];
    let error = all(call, &elsewhere).unwrap_err();
    assert!(matches!(error, Error::Usage(UsageError::NextPage { ref host }) if host == "evil.example.org"), "{error}");
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
    is(all(|client| (*client.customers().list()).clone(), &pages), "abc", &["customers", "customers?starting_after=b"]);
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
