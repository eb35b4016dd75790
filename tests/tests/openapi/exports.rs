//! Constructs of documents that frameworks export.

use super::generated::exports::{Client, types::*};
use super::service::{Service, wait};
use discovery_runtime::File;
use discovery_runtime::json::{from_str, to_string};

#[test]
fn a_required_object_may_have_no_members() {
    let client = Client::new();
    let url = |pageable: Pageable| client.list_things(pageable).request().unwrap().uri().to_string();
    assert_eq!(url(Pageable::default()), "https://api.example.com/v1/things");
    assert_eq!(url(Pageable::default().set_page(1).set_ratio(2.0)), "https://api.example.com/v1/things?page=1&ratio=2");
}

#[test]
fn a_response_that_may_be_null_may_be_empty() {
    for (status, body, expected) in
        [(204, "", None), (200, "null", None), (200, r#"{"size":5}"#, Some(Thing::default().set_size(5.0)))]
    {
        let client: Client = Service::new(status, "application/json", body).client(Client::builder());
        assert_eq!(wait(client.list_things(Pageable::default()).send()).unwrap(), expected, "{body}");
    }
}

#[test]
fn values_keep_their_form() {
    for text in [
        r#"{"id":5}"#,
        r#"{"id":"5"}"#,
        r#"{"ids":["1","2"]}"#,
        r#"{"ids":["1",2]}"#,
        r#"{"size":5}"#,
        r#"{"size":0.5}"#,
        r#"{"status":""}"#,
        r#"{"status":null}"#,
        r#"{"counts":{"a":1,"b":0}}"#,
    ] {
        assert_eq!(to_string(&from_str::<Thing>(text).unwrap()).unwrap(), text);
    }
    let read: Thing = from_str(r#"{"id":5,"ids":[1],"status":""}"#).unwrap();
    assert_eq!((read.id, read.ids.clone(), read.status.clone()), (Some(5), vec![1], Some(thing::Status::Empty)));
    assert_eq!(to_string(&read.set_id(6)).unwrap(), r#"{"id":"6","ids":[1],"status":""}"#);
}

#[test]
fn unknown_kinds_are_of_the_default_alternative() {
    for (text, name) in [
        (r#"{"kind":"cat","lives":9}"#, "Cat"),
        (r#"{"kind":"ant","name":"a"}"#, "OtherPet"),
        (r#"{"name":"a"}"#, "OtherPet"),
    ] {
        let pet: Pet = from_str(&format!(r#"{{"pet":{text}}}"#)).map(|owner: Owner| owner.pet.unwrap()).unwrap();
        let variant = match &pet {
            Pet::Cat(_) => "Cat",
            Pet::OtherPet(_) => "OtherPet",
            _ => "none",
        };
        assert_eq!(
            (variant, to_string(&Owner::default().set_pet(pet)).unwrap()),
            (name, format!(r#"{{"pet":{text}}}"#))
        );
    }
}

#[test]
fn files_beside_json() {
    let message = super::generated::exports::methods::CreateMessageMultipartRequest::default();
    let body = message.set_text("t").set_files_0(File::from("x"));
    let request = Client::new().create_message_multipart().with_body(body).request().unwrap();
    assert!(request.headers()["content-type"].to_str().unwrap().starts_with("multipart/form-data"));
}

#[test]
fn events_of_lists_and_of_data() {
    let events = "event: thing\ndata: {\"size\":1}\n\ndata: {\"size\":2}\n\n";
    let client: Client = Service::new(200, "text/event-stream", events).client(Client::builder());
    let sizes = wait(async {
        let mut stream = client.watch_things().stream();
        let mut sizes = Vec::new();
        while let Some(thing) = stream.next().await {
            sizes.push(thing.unwrap().size.unwrap());
        }
        sizes
    });
    assert_eq!(sizes, [1.0, 2.0]);
}
