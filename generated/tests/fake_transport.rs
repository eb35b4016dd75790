//! Example of testing code that calls an API: a fake transport returns responses and records requests.

#![cfg(feature = "generativelanguage-v1beta")]

use discovery_runtime::http::Error;
use discovery_runtime::http::testing::{FakeResponse, FakeTransport};
use google_ai_tuning::generativelanguage_v1beta::Client;
use google_ai_tuning::generativelanguage_v1beta::types::TunedModel;

/// The code under test: renames a tuned model if its name differs.
async fn rename(client: &Client, model: &str, name: &str) -> Result<bool, Error> {
    let models = client.tuned_models();
    if models.get(model).send().await?.display_name.as_deref() == Some(name) {
        return Ok(false);
    }
    models.patch(model, TunedModel::default().set_display_name(name)).with_update_mask("displayName").send().await?;
    Ok(true)
}

fn client(transport: &FakeTransport) -> Client {
    Client::builder().with_transport(transport.clone()).build().expect("a client without settings is valid")
}

#[tokio::test]
async fn a_different_name_is_updated() {
    let transport = FakeTransport::new([
        FakeResponse::json(200, r#"{"name": "tunedModels/a", "displayName": "old"}"#),
        FakeResponse::json(200, r#"{"name": "tunedModels/a", "displayName": "new"}"#),
    ]);
    assert!(rename(&client(&transport), "tunedModels/a", "new").await.expect("both calls succeed"));
    let requests = transport.requests();
    let lines: Vec<_> = requests.iter().map(|request| format!("{} {}", request.method(), request.uri())).collect();
    assert_eq!(
        lines,
        [
            "GET https://generativelanguage.googleapis.com/v1beta/tunedModels/a",
            "PATCH https://generativelanguage.googleapis.com/v1beta/tunedModels/a?updateMask=displayName",
        ]
    );
    assert_eq!(requests[1].body(), r#"{"displayName":"new"}"#);
}

#[tokio::test]
async fn an_equal_name_is_not_updated_and_errors_are_returned() {
    let transport = FakeTransport::new([FakeResponse::json(200, r#"{"displayName": "new"}"#)]);
    assert!(!rename(&client(&transport), "tunedModels/a", "new").await.expect("the call succeeds"));
    assert_eq!(transport.requests().len(), 1);

    let transport = FakeTransport::new([FakeResponse::error(404, "NOT_FOUND", "model not found")]);
    let error = rename(&client(&transport), "tunedModels/b", "new").await.expect_err("the model does not exist");
    assert_eq!(error.http_status().map(|status| status.as_u16()), Some(404));
}
