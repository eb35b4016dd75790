//! Pagination by page and by item.

#![cfg(feature = "client")]

use crate::api::{LIST, Numbers, client};
use crate::server::{ReceivedRequest, Reply, Server};
use discovery_runtime::http::{Call, CallOptions, RetryPolicy};

/// Returns a page of two numbers from 0 to 4; its token is its first number.
fn page(_: usize, request: &ReceivedRequest) -> Reply {
    let first = request.target.split("pageToken=t").nth(1).map_or(0, |token| token.parse().unwrap());
    let token = if first < 4 { format!(r#","nextPageToken":"t{}""#, first + 2) } else { String::new() };
    Reply::json(200, format!(r#"{{"numbers":[{first},{}]{token}}}"#, first + 1))
}

fn list(server: &Server) -> Call<Numbers> {
    let mut list = Call::new(client(&server.url).build().unwrap(), &LIST);
    list.set(0, &2);
    list
}

#[tokio::test]
async fn pages() {
    let server = Server::start(page).await;
    let mut pages = list(&server).pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        assert_eq!(page.unwrap().numbers.len(), 2);
        count += 1;
    }
    assert_eq!(count, 3);
    assert!(pages.next().await.is_none());
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        ["/v1/things?pageSize=2", "/v1/things?pageSize=2&pageToken=t2", "/v1/things?pageSize=2&pageToken=t4"]
    );
}

#[tokio::test]
async fn items_and_continuing_from_a_token() {
    let server = Server::start(page).await;
    let mut items = list(&server).items();
    assert_eq!(items.token(), None);
    for expected in 0..3 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let token = items.token().unwrap().to_owned();
    assert_eq!(token, "t2");

    let mut again = list(&server);
    again.set(1, &token);
    let mut items = again.items();
    let mut rest = Vec::new();
    while let Some(item) = items.next().await {
        rest.push(item.unwrap());
    }
    assert_eq!(rest, [2, 3, 4, 5]);
}

#[tokio::test]
async fn pages_are_requested_on_demand() {
    let server = Server::start(page).await;
    let mut items = list(&server).items();
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_repeated_token_ends_the_list() {
    let server = Server::start(|_, request| {
        let token = if request.target.ends_with("=a") { "b" } else { "a" };
        Reply::json(200, format!(r#"{{"numbers":[1],"nextPageToken":"{token}"}}"#))
    })
    .await;
    let mut pages = list(&server).pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.unwrap();
        count += 1;
    }
    assert_eq!(count, 3, "the first, a, b");
}

#[tokio::test]
async fn an_error_ends_the_list_and_keeps_the_token() {
    let server =
        Server::start(|number, request| if number == 1 { Reply::json(500, "{}") } else { page(number, request) }).await;
    let list = list(&server).with_options(CallOptions::new().with_retry(RetryPolicy::NEVER));
    let mut pages = list.pages();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().http_status().unwrap(), 500);
    assert!(pages.next().await.is_none());
    assert_eq!(pages.token(), Some("t2"));
}
