//! Empty lists and maps, and `null`.

use super::generated::values::{Client, types::*};
use super::{from_str, to_string, typed, unchanged};

#[test]
fn required_lists_and_maps_are_always_written() {
    assert_eq!(to_string(&Ticket::default()).unwrap(), r#"{"fields":{},"watchers":[]}"#);
    let ticket = Ticket::default().set_watchers(["a"]).set_fields([("b", "c")]);
    assert_eq!(to_string(&ticket).unwrap(), r#"{"fields":{"b":"c"},"watchers":["a"]}"#);
    // Once, regardless of earlier calls and decoding.
    let none: [&str; 0] = [];
    assert_eq!(to_string(&Ticket::default().set_watchers(none)).unwrap(), r#"{"fields":{},"watchers":[]}"#);
    for text in
        [r#"{"fields":{},"watchers":[]}"#, r#"{"fields":null,"watchers":null}"#, r#"{"fields":{},"watchers":7}"#]
    {
        assert_eq!(to_string(&from_str::<Ticket>(text).unwrap()).unwrap(), text);
    }
    let mut ticket: Ticket = from_str(r#"{"fields":{},"watchers":null}"#).unwrap();
    ticket.watchers.push("a".into());
    assert_eq!(to_string(&ticket).unwrap(), r#"{"fields":{},"watchers":["a"]}"#);
}

#[test]
fn set_values_are_encoded() {
    // As in the README.
    let change =
        Change::default().set_labels(Vec::<String>::new()).set_texts(Vec::<(String, String)>::new()).set_owner_null();
    let readme = include_str!("../../../README.md");
    assert!(readme.contains("`.set_labels(Vec::<String>::new())`") && readme.contains("`.set_owner_null()`"));
    let request = Client::new().change_ticket("t", change.clone()).request().unwrap();
    assert_eq!(&request.body()[..], br#"{"labels":[],"owner":null,"texts":{}}"#);
    let change = change.set_labels(["a"]).set_texts([("b", "c")]).set_owner("d");
    assert_eq!(to_string(&change).unwrap(), r#"{"labels":["a"],"owner":"d","texts":{"b":"c"}}"#);
    let change = change.set_owner_null().set_parent_null().set_state_null().set_tags_null();
    assert_eq!(
        to_string(&change).unwrap(),
        r#"{"labels":["a"],"owner":null,"parent":null,"state":null,"tags":null,"texts":{"b":"c"}}"#
    );
    let change = change.set_tags(["e"]).set_state("open").set_parent(Ticket::default());
    assert_eq!(
        to_string(&change).unwrap(),
        r#"{"labels":["a"],"owner":null,"parent":{"fields":{},"watchers":[]},"state":"open","tags":["e"],"texts":{"b":"c"}}"#
    );
    // A property of that name keeps its setter.
    assert_eq!(to_string(&Change::default().set_count_null(true)).unwrap(), r#"{"count_null":true}"#);
}

#[test]
fn decoded_values_are_encoded_again() {
    unchanged::<Change>(&[
        r#"{"labels":[],"owner":null,"parent":null,"tags":null,"texts":{}}"#,
        r#"{"labels":null,"texts":null}"#,
        r#"{"owner":"a","state":null}"#,
        "{}",
    ]);
}

#[test]
fn null_in_lists_and_maps() {
    let texts = [
        r#"{"texts":["a",null,""]}"#,
        r#"{"typed":[null,"b"]}"#,
        r#"{"numbers":[1,null]}"#,
        r#"{"grid":[[1.5,null],[]]}"#,
        r#"{"rows":[[1.5],null,[]]}"#,
        r#"{"files":{"hello.py":null,"world.py":{"content":"x"}}}"#,
        r#"{"lists":{"a":[null],"b":[]}}"#,
        r#"{"states":["open",null,"new"]}"#,
        r#"{"moments":[null,"2026-05-06T07:08:09Z"]}"#,
        r#"{"choices":["a",null,1]}"#,
        r#"{"extended":[null,{"content":"x"}]}"#,
    ];
    unchanged::<Holes>(&texts);
    typed::<Holes>(&texts);
    unchanged::<Holes>(&[r#"{"pure":["a",null]}"#]);
    let holes = Holes::default()
        .set_texts([Some("a".to_owned()), None])
        .set_files([("hello.py", None), ("b.py", Some(MaybeFile::default().set_content("x")))]);
    assert_eq!(to_string(&holes).unwrap(), r#"{"files":{"b.py":{"content":"x"},"hello.py":null},"texts":["a",null]}"#);
}

#[test]
fn responses_that_are_null() {
    use super::{Lenient, read};
    assert_eq!(read::<Option<Ticket>>("null"), None);
    assert_eq!(read::<Option<Ticket>>(r#"{"title":"a"}"#).unwrap().title.as_deref(), Some("a"));
    // The types of the calls are optional.
    let call = Client::new().get_ticket("t");
    let _: &discovery_runtime::http::Call<Option<Ticket>> = &call;
    let call = Client::new().list_pumps();
    let _: &discovery_runtime::http::Call<Lenient<Vec<Option<String>>>> = &call;
}
