//! Round trips of values of OpenAPI documents.

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    pub mod values {
        include!(concat!(env!("OUT_DIR"), "/openapi/values.rs"));
    }
    pub mod unions {
        include!(concat!(env!("OUT_DIR"), "/openapi/unions.rs"));
    }
}

use discovery_runtime::__private::{Choice, JsonCodec, Reader, ValueEncoding, Writer};
use discovery_runtime::json::{from_str, to_string};
use discovery_runtime::{Lenient, Message};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Asserts that texts are decoded and encoded as the same texts, also through serde.
fn unchanged<T: Message + Default + Serialize + DeserializeOwned>(texts: &[&str]) {
    for text in texts {
        let read: T = from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(to_string(&read).unwrap(), *text);
        let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&read).unwrap(), *text);
    }
}

/// Asserts that texts are decoded without unknown fields.
fn typed<T: Message + Default>(texts: &[&str]) {
    for text in texts {
        let mut read: T = from_str(text).unwrap();
        let mut aside = false;
        read.slots_mut(&mut |slots| {
            aside = slots.last().is_some_and(|slot| slot.debug_entry().is_some());
        });
        assert!(!aside, "{text}");
    }
}

/// Empty lists and maps, and `null`.
mod empty {
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
        let change = Change::default()
            .set_labels(Vec::<String>::new())
            .set_texts(Vec::<(String, String)>::new())
            .set_owner_null();
        let readme = include_str!("../../README.md");
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
        assert_eq!(
            to_string(&holes).unwrap(),
            r#"{"files":{"b.py":{"content":"x"},"hello.py":null},"texts":["a",null]}"#
        );
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
}

/// Lists of values of several kinds.
mod enums {
    use super::generated::values::{Client, methods, types::*};
    use super::{from_str, to_string, unchanged};

    #[test]
    fn each_value_keeps_its_kind() {
        unchanged::<Pump>(&[
            r#"{"speed":"auto"}"#,
            r#"{"speed":1}"#,
            r#"{"level":2}"#,
            r#"{"level":"max"}"#,
            r#"{"open":true}"#,
            r#"{"open":false}"#,
            r#"{"open":"unknown"}"#,
            r#"{"ratio":2.5}"#,
            r#"{"mode":1}"#,
            r#"{"mode":"auto"}"#,
            r#"{"state":null}"#,
            r#"{"state":"a"}"#,
            r#"{"kind":7}"#,
            r#"{"flag":true}"#,
            r#"{"word":"pump"}"#,
            r#"{"many":["auto",1,1,"auto"]}"#,
            r#"{"byName":{"a":1,"b":"auto"}}"#,
            r#"{"wrong":"a"}"#,
            r#"{"alsoWrong":"no"}"#,
            r#"{"text":"1"}"#,
            r#"{"float":2.5}"#,
            r#"{"objects":{"a":1}}"#,
            r#"{"nothing":null}"#,
            // Values of another kind than the listed ones, and values that are not listed.
            r#"{"speed":"1"}"#,
            r#"{"speed":4}"#,
            r#"{"open":"true"}"#,
            r#"{"many":["1",1,true,5.5,"new"]}"#,
            r#"{"text":1}"#,
            r#"{"quoted":1}"#,
            r#"{"quoted":"1"}"#,
            r#"{"wrong":7}"#,
            r#"{"wrong":false}"#,
            r#"{"kind":"seven"}"#,
            r#"{"flag":"yes"}"#,
            r#"{"word":["pump"]}"#,
        ]);
    }

    #[test]
    fn variants_and_their_encoding() {
        let pump: Pump = from_str(r#"{"speed":1,"open":true,"many":["auto",1],"text":1}"#).unwrap();
        assert_eq!(pump.speed, Some(pump::Speed::_1));
        assert_eq!(pump.open, Some(pump::Open::True));
        assert_eq!(pump.many, [pump::Many::Auto, pump::Many::_1]);
        assert_eq!(pump.text, Some(pump::Text::_1));
        let pump = Pump::default()
            .set_speed(pump::Speed::_2)
            .set_level(pump::Level::Max)
            .set_open("false")
            .set_many([pump::Many::_1, pump::Many::Auto])
            .set_text(pump::Text::_2)
            .set_quoted(pump::Quoted::_1);
        assert_eq!(
            to_string(&pump).unwrap(),
            r#"{"level":"max","many":[1,"auto"],"open":false,"quoted":1,"speed":2,"text":"2"}"#
        );
        let call = Client::new().list_pumps().with_filter(methods::ListPumpsFilter::TicketId);
        let call = call.with_on(methods::ListPumpsOn::_1).with_speed(methods::ListPumpsSpeed::_1).with_size(1.5);
        let mut query: Vec<String> =
            call.request().unwrap().uri().query().unwrap().split('&').map(str::to_owned).collect();
        query.sort();
        assert_eq!(query, ["filter=ticket_id", "on=1", "size=1.5", "speed=1"]);
    }
}

/// Bytes in both alphabets of base64.
mod bytes {
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
}

/// Whole bodies that are numbers or `null`.
mod bodies {
    use super::Lenient;
    use super::generated::values::{Client, types::*};
    use discovery_runtime::http::Response;
    use std::collections::BTreeMap;

    #[test]
    fn integers_are_numbers() {
        let request = Client::new().send_numbers(vec![1, i64::MAX]).request().unwrap();
        assert_eq!(&request.body()[..], b"[1,9223372036854775807]");
        let call = Client::new().send_number().with_sizes([("a".to_owned(), 1)]);
        let request = call.with_body(5).request().unwrap();
        assert_eq!((&request.body()[..], request.uri().query()), (&b"5"[..], Some("sizes=%7B%22a%22%3A1%7D")));
        for text in [r#"{"a":1,"b":9223372036854775807}"#, r#"{"a":"1"}"#, r#"{"a":1.5}"#] {
            let read = Lenient::<BTreeMap<String, i64>>::decode(text.as_bytes()).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }

    #[test]
    fn null() {
        assert!(Client::new().send_number().request().unwrap().body().is_empty());
        assert_eq!(&Client::new().send_number().with_body(None).request().unwrap().body()[..], b"null");
        assert_eq!(&Client::new().send_ticket(None).request().unwrap().body()[..], b"null");
        let ticket = Ticket::default().set_title("a");
        let request = Client::new().send_ticket(ticket).request().unwrap();
        assert_eq!(&request.body()[..], br#"{"fields":{},"title":"a","watchers":[]}"#);
    }
}

/// Numbers of any size.
mod numbers {
    use super::generated::values::types::*;
    use super::{from_str, to_string, unchanged};

    #[test]
    fn digits_are_preserved() {
        unchanged::<Numbers>(&[
            r#"{"either":9007199254740993}"#,
            r#"{"either":1.5}"#,
            r#"{"other":-9007199254740993}"#,
            r#"{"either":123456789012345678901234567890}"#,
            r#"{"any":9007199254740993}"#,
            r#"{"any":0.1234567890123456789012345}"#,
            r#"{"any":1e400}"#,
            r#"{"whole":9223372036854775807}"#,
            r#"{"whole":9223372036854775808}"#,
            r#"{"whole":123456789012345678901234567890}"#,
            r#"{"whole":-123456789012345678901234567890}"#,
            r#"{"whole":"many"}"#,
            r#"{"whole":true}"#,
            r#"{"large":18446744073709551615}"#,
            r#"{"uint":18446744073709551615}"#,
            r#"{"huge":340282366920938463463374607431768211455}"#,
            r#"{"single":3.14159265358979}"#,
            r#"{"list":[1,123456789012345678901234567890]}"#,
            r#"{"anything":123456789012345678901234567890}"#,
            r#"{"anything":{"a":[0.1234567890123456789012345]}}"#,
            r#"{"whole":"7"}"#,
            r#"{"nested":[{"whole":"-7"},{"uint":"7"}]}"#,
            r#"{"nested":[{"whole":1},{"whole":123456789012345678901234567890},{"either":9007199254740993}]}"#,
        ]);
    }

    #[test]
    fn types_hold_values_within_their_range() {
        let read: Numbers =
            from_str(r#"{"either":9007199254740993,"large":18446744073709551615,"uint":18446744073709551615}"#)
                .unwrap();
        assert_eq!(read.either, Some(numbers::Either::Integer(9007199254740993)));
        assert_eq!((read.large, read.uint), (Some(u64::MAX), Some(u64::MAX)));
        assert_eq!(from_str::<Numbers>(r#"{"either":1.5}"#).unwrap().either, Some(numbers::Either::Number(1.5)));
        assert_eq!(
            to_string(&Numbers::default().set_either(9007199254740993_i64).set_other(0.5)).unwrap(),
            r#"{"either":9007199254740993,"other":0.5}"#
        );
    }
}

fn read<T: JsonCodec>(text: &str) -> T {
    let mut value = T::empty();
    let mut reader = Reader::new(text);
    value.read(&mut reader, ValueEncoding::String).unwrap_or_else(|error| panic!("{text}: {error}"));
    reader.end().unwrap();
    value
}

/// Returns the variant that a text is decoded to, and asserts that it is encoded as the same text.
fn variant<T: Choice + JsonCodec + std::fmt::Debug>(text: &str) -> String {
    let value: T = read(text);
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    assert_eq!(writer.finish().unwrap(), text);
    let debug = format!("{value:?}");
    debug.split('(').next().unwrap_or_default().to_owned()
}

fn json(value: &dyn JsonCodec) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    writer.finish().unwrap()
}

/// Declared and inferred discriminators.
mod unions {
    use super::generated::unions::types::*;
    use super::{from_str, json, to_string, unchanged, variant};

    #[test]
    fn discriminators_of_any_kind() {
        assert_eq!(variant::<Select>(r#"{"options":["a"],"type":3}"#), "TextSelect");
        assert_eq!(variant::<Select>(r#"{"options":["a"],"type":5}"#), "UserSelect");
        assert_eq!(variant::<Select>(r#"{"type":7}"#), "Unrecognized");
        assert_eq!(variant::<Outcome>(r#"{"ok":false,"value":"a"}"#), "OkFalse");
        assert_eq!(variant::<Outcome>(r#"{"ok":true,"value":"a"}"#), "OkTrue");
        assert_eq!(variant::<Stated>(r#"{"level":1,"name":"a"}"#), "First");
        assert_eq!(variant::<Stated>(r#"{"level":2,"name":"a"}"#), "Second");
        assert_eq!(json(&Select::from(UserSelect::default())), r#"{"type":5}"#);
        assert_eq!(json(&Outcome::from(outcome::OkFalse::default().set_value("a"))), r#"{"ok":false,"value":"a"}"#);
        assert_eq!(json(&Stated::from(Second::default())), r#"{"level":2}"#);
        assert_eq!(json(&Message::from(System::default())), r#"{"type":"message"}"#);
    }

    #[test]
    fn bases_and_their_children() {
        assert_eq!(variant::<Car>(r#"{"battery":5.5,"name":"a","power":"electricity"}"#), "Electric");
        assert_eq!(variant::<Car>(r#"{"name":"a","power":"fuel","tank":5.5}"#), "Fueled");
        assert_eq!(variant::<Car>(r#"{"name":"a","power":"Diesel","soot":true}"#), "Fueled");
        assert_eq!(variant::<Fueled>(r#"{"name":"a","power":"Diesel","soot":true}"#), "Diesel");
        assert_eq!(variant::<Fueled>(r#"{"name":"a","power":"fuel"}"#), "Other");
        assert_eq!(variant::<Car>(r#"{"name":"a","power":"h2"}"#), "Hydrogen");
        assert_eq!(variant::<Fueled>(r#"{"power":"steam","tank":1.5}"#), "Steam");
        assert_eq!(variant::<SameCar>(r#"{"name":"a","power":"h2"}"#), "Hydrogen");
        // A kind that is newer than the bindings has the common properties.
        let Car::Other(other) = super::read::<Car>(r#"{"name":"a","power":"wind"}"#) else { panic!("a car") };
        assert_eq!(other.name.as_deref(), Some("a"));
        unchanged::<Garage>(&[
            r#"{"best":{"power":"fuel"},"cars":[{"battery":1.5,"power":"electricity"},{"power":"wind"}]}"#,
        ]);
        let garage = Garage::default().set_cars([Car::from(Electric::default().set_battery(1.5))]);
        assert_eq!(to_string(&garage).unwrap(), r#"{"cars":[{"power":"electricity","battery":1.5}]}"#);
        // A parent that lists its children, which inherit its properties.
        assert_eq!(variant::<Vehicle>(r#"{"gears":3,"kind":"bike","plate":"a"}"#), "Bike");
        assert_eq!(variant::<Vehicle>(r#"{"kind":"truck","load":1.5,"plate":"a"}"#), "Truck");
        assert_eq!(from_str::<Bike>(r#"{"plate":"a"}"#).unwrap().plate.as_deref(), Some("a"));
    }

    #[test]
    fn shared_values_do_not_affect_other_alternatives() {
        assert_eq!(variant::<Message>(r#"{"role":"user","type":"message"}"#), "User");
        assert_eq!(variant::<Message>(r#"{"role":"system","type":"message"}"#), "System");
        assert_eq!(variant::<Message>(r#"{"content":"a","role":"guest","type":"message"}"#), "User");
        assert_eq!(variant::<Message>(r#"{"name":"a","type":"call"}"#), "Call");
        assert_eq!(variant::<Widget>(r#"{"title":"a","type":"bar"}"#), "Bar");
        assert_eq!(variant::<Widget>(r#"{"title":"a","type":"time"}"#), "Time");
        assert_eq!(variant::<Widget>(r#"{"type":"topology","x":"1"}"#), "X");
        assert_eq!(variant::<Widget>(r#"{"type":"topology","y":"1"}"#), "Y");
        assert_eq!(variant::<Widget>(r#"{"note":"a","type":"new"}"#), "Free");
    }

    #[test]
    fn a_mapping_decides_between_alternatives_that_list_the_same_values() {
        assert_eq!(variant::<Animal>(r#"{"kind":"cat","name":"a"}"#), "Cat");
        assert_eq!(variant::<Animal>(r#"{"kind":"dog","name":"a"}"#), "Dog");
        assert_eq!(variant::<Animal>(r#"{"kind":"fish","name":"a"}"#), "Unrecognized");
        assert_eq!(json(&Animal::from(Dog::default())), r#"{"kind":"dog"}"#);
        // Without a mapping, the name of the schema.
        assert_eq!(variant::<Unmapped>(r#"{"at":"south","name":"a"}"#), "South");
        assert_eq!(variant::<Leveled>(r#"{"level":2}"#), "High");
        assert_eq!(json(&Leveled::from(High::default())), r#"{"level":2}"#);
        // A name with dots that the objects have.
        assert_eq!(variant::<Entity>(r##"{"@odata.type":"#m.group","title":"a"}"##), "Team");
        // The discriminator of the base of both.
        assert_eq!(variant::<Children>(r##"{"@odata.type":"#m.group","title":"a"}"##), "Team");
        assert_eq!(json(&Children::from(Team::default())), r##"{"@odata.type":"#m.group"}"##);
    }

    #[test]
    fn choices_within_choices_have_discriminators_of_their_own() {
        assert_eq!(variant::<Tree>(r#"{"t":"leaf","v":1}"#), "Leaf");
        assert_eq!(variant::<Tree>(r#"{"t":"ga","v":1}"#), "GroupA");
        assert_eq!(variant::<Tree>(r#"{"t":"gb","v":1}"#), "GroupB");
        assert_eq!(json(&Tree::from(GroupB::default())), r#"{"t":"gb"}"#);
        assert_eq!(variant::<Tree>(r#"{"kind":"b","t":"fork","v":1}"#), "Fork");
        assert_eq!(variant::<Fork>(r#"{"kind":"b","t":"fork","v":1}"#), "B");
        assert_eq!(json(&Tree::from(Fork::from(ForkA::default()))), r#"{"t":"fork","kind":"a"}"#);
        assert_eq!(variant::<Inside>(r#"{"id":"1","t":"ga","v":1}"#), "GroupA");
        // A choice that is its own alternative has no more values.
        assert_eq!(variant::<Within>(r#""a""#), "Text");
        assert_eq!(variant::<Around>("1"), "Integer");
    }

    #[test]
    fn alternatives_without_a_type_take_any_value() {
        unchanged::<Anything>(&[
            r#"{"all":7,"described":"a","not":[1],"union":{"a":1}}"#,
            r#"{"all":{"id":"1"},"described":1,"not":"a","union":"a"}"#,
        ]);
        assert_eq!(Anything::default().set_union(7).union, Some(7.into()));
        assert_eq!(variant::<TextOrObject>(r#"{"child":{"id":"1"}}"#), "Child");
        assert_eq!(variant::<TextOrObject>(r#""a""#), "Text");
        unchanged::<Tuples>(&[r#"{"tuple":["a",1]}"#]);
        assert_eq!(Tuples::default().set_tuple([tuple::Item::Text("a".into())]).tuple.len(), 1);
    }

    #[test]
    fn distinguished_by_lists_values_and_nested_keys() {
        assert_eq!(variant::<Filters>(r#"[{"field":"a","operator":"=","value":"b"}]"#), "FieldList");
        assert_eq!(variant::<Filters>(r#"[{"operator":"OR","value":["b"]}]"#), "ValueTextListList");
        assert_eq!(variant::<Filters>(r#"[{"operator":">"}]"#), "FieldList");
        assert_eq!(variant::<ByValue>(r#"{"d":"a"}"#), "DText");
        assert_eq!(variant::<ByValue>(r#"{"d":1.5}"#), "DNumber");
        assert_eq!(variant::<ByValue>(r#"{"d":true}"#), "DBool");
        assert_eq!(variant::<ByValue>(r#"{"d":["a"]}"#), "DTextList");
        assert_eq!(variant::<Nested>(r#"{"data":{"kind":"a","value":"x"}}"#), "DataA");
        assert_eq!(variant::<Nested>(r#"{"data":{"kind":"b","value":"x"}}"#), "DataB");
        assert_eq!(variant::<Nested>(r#"{"data":[{"kind":"c"}]}"#), "DataCList");
        assert_eq!(variant::<Content>(r#"[{"type":"bar"},{"legend":"a","type":"time"}]"#), "List");
        assert_eq!(variant::<Content>(r#""a""#), "Text");
    }

    #[test]
    fn distinguished_by_values_alone() {
        for (text, expected) in
            [(r#"{"a":1}"#, "Counts"), (r#"{"a":"x"}"#, "Names"), (r#"{"a":null,"b":"x"}"#, "Names")]
        {
            assert_eq!(variant::<OfMaps>(text), expected, "{text}");
        }
        assert_eq!(variant::<OfMaps>(r#"{"a":{"kind":"red"}}"#), "Colors");
        assert_eq!(variant::<MapOrObject>(r#"{"a":"x"}"#), "Fixed");
        assert_eq!(variant::<MapOrObject>(r#"{"c":1}"#), "Open");
        assert_eq!(variant::<OfLists>(r#"["large","small"]"#), "Sizes");
        assert_eq!(variant::<OfLists>(r#"["green"]"#), "Hues");
        assert_eq!(variant::<OfHoles>("[null,1]"), "Whole");
        assert_eq!(variant::<OfHoles>(r#"[null,{"a":"x"}]"#), "Things");
        assert_eq!(variant::<OfHoles>(r#"[null,null,"x",null]"#), "Words");
        assert_eq!(variant::<OfNumbers>("[1,2]"), "Whole");
        assert_eq!(super::read::<OfNumbers>("[1,2.5]"), OfNumbers::Real(vec![1.0, 2.5]));
        assert_eq!(variant::<Rpc>(r#"{"error":null,"id":"1","result":{}}"#), "Success");
        assert_eq!(variant::<Rpc>(r#"{"error":{},"id":"1","result":null}"#), "Failure");
        assert_eq!(variant::<Rpc>(r#"{"id":"1","result":null}"#), "Failure");
        assert_eq!(variant::<Exact>(r#"{"v":1}"#), "Number");
        assert_eq!(variant::<Exact>(r#"{"v":"1"}"#), "Text");
        assert_eq!(variant::<Shut>(r#"{"id":"1"}"#), "Closed");
        assert_eq!(variant::<Shut>(r#"{"id":"1","more":2}"#), "Open");
        assert_eq!(variant::<Inner>(r#"{"data":{"x":"1"}}"#), "Left");
        assert_eq!(variant::<Inner>(r#"{"data":{"y":"1"}}"#), "Right");
        assert_eq!(variant::<Deeper>(r#"{"a":{"b":{"c":{"kind":"a"}}}}"#), "A");
        assert_eq!(variant::<Deeper>(r#"{"a":{"b":{"c":{"kind":"b"}}}}"#), "B");
    }

    #[test]
    fn a_union_within_all_of_stays_a_union() {
        assert_eq!(variant::<Either>(r#"{"id":"1","title":"a","type":"bar"}"#), "Bar");
        assert_eq!(variant::<Either>(r#"{"id":"1","legend":"a","type":"time"}"#), "Time");
        let Either::Time(time) = super::read::<Either>(r#"{"id":"1","legend":"a","type":"time"}"#) else { panic!() };
        assert_eq!((time.id.as_deref(), time.legend.as_deref()), (Some("1"), Some("a")));
    }
}
