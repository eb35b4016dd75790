//! Constructors, types of errors, payloads of webhooks.

use super::generated::required::{Client, methods::pets::CreatePetError409, types::*};
use super::service::{Service, wait};
use discovery_runtime::json::{from_str, to_string};

#[test]
fn constructors_take_required_properties() {
    let pet = Pet::new(pet::Kind::Dog, "Rex", 1.5, ["a"]);
    let text = r#"{"kind":"dog","name":"Rex","size":1.5,"tags":["a"],"type":"pet"}"#;
    assert_eq!(to_string(&pet).unwrap(), text);
    assert_eq!(to_string(&Constant::new()).unwrap(), r#"{"kind":"only"}"#);
    assert_eq!(to_string(&Extended::new("t")).unwrap(), r#"{"kind":"only","type":"t"}"#);
    // A response without a required property can be decoded.
    assert_eq!(from_str::<Pet>("{}").unwrap(), Pet::default());
    assert_eq!(to_string(&Many::default().set_e("x")).unwrap(), r#"{"e":"x"}"#);
}

#[test]
fn errors_have_types_by_status() {
    let client: Client = Service::new(409, "application/json", r#"{"other":"o"}"#).client(Client::builder());
    let error = wait(client.pets().create_pet(Pet::default()).send()).unwrap_err();
    assert_eq!(error.body_as::<CreatePetError409>().unwrap().other.as_deref(), Some("o"));
    let client: Client = Service::new(404, "application/json", r#"{"what":"pet"}"#).client(Client::builder());
    let error = wait(client.pets().create_pet(Pet::default()).send()).unwrap_err();
    assert_eq!(error.body_as::<Missing>().unwrap().what.as_deref(), Some("pet"));
}

#[test]
fn payloads_of_webhooks_and_callbacks() {
    let payload: NewPetPayload = from_str(r#"{"pet":{"name":"Rex"}}"#).unwrap();
    assert_eq!(payload.pet.unwrap().name.as_deref(), Some("Rex"));
    assert_eq!(CreatePetChangedPayload::default().set_name("n").name.as_deref(), Some("n"));
    assert_eq!(FormSentPayload::default().set_text("a").text.as_deref(), Some("a"));
}
