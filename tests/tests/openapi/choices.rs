//! `oneOf`, `anyOf` and several types.

use super::generated::composition::types::*;
use discovery_runtime::__private::{Choice, JsonCodec, Reader, ValueEncoding, Writer};
use discovery_runtime::json::{from_str, to_string};
use serde_json::{Value, json};

fn read<T: JsonCodec>(value: &Value) -> T {
    let mut read = T::empty();
    read.read(&mut Reader::new(&value.to_string()), ValueEncoding::String).unwrap();
    read
}

fn written<T: JsonCodec>(value: &T) -> Value {
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    serde_json::from_str(&writer.finish().unwrap()).unwrap()
}

/// Asserts the decoded form of a value, and that it encodes to the same text, also through serde.
fn number<T>(value: Value) -> usize
where
    T: Choice + JsonCodec + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let choice: T = read(&value);
    assert_eq!(written(&choice), value);
    let by_serde: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(by_serde, choice);
    assert_eq!(serde_json::to_value(&by_serde).unwrap(), value);
    choice.value().0
}

#[test]
fn selected_by_a_discriminator() {
    assert_eq!(number::<Pet>(json!({"petType": "cat", "lives": 9})), 0);
    assert_eq!(number::<Pet>(json!({"petType": "dog", "tricks": ["roll"], "new": {"a": [1]}})), 1);
    // The mapping decides, wherever the key is; keys of other alternatives do not.
    assert_eq!(number::<Shape>(json!({"side": 1.5, "radius": 2.5, "kind": "ball"})), 0);
    assert_eq!(number::<Shape>(json!({"kind": "circle"})), 0);
    assert_eq!(number::<Shape>(json!({"kind": "box", "radius": 1.5})), 1);
    // Without a mapping, the name of the schema decides.
    assert_eq!(number::<Shape>(json!({"kind": "Cat", "petType": "cat"})), 2);
    // Properties with different values in each alternative decide as well.
    assert_eq!(number::<Event>(json!({"type": "start", "code": 1})), 0);
    assert_eq!(number::<Event>(json!({"type": "abort", "code": 7})), 1);
}

#[test]
fn unrecognized_values_are_kept() {
    for value in [
        json!({"petType": "fish", "fins": [null, {"a": 1.5}]}),
        // The discriminator says cat, but the value does not match.
        json!({"petType": "cat", "lives": "many"}),
        json!(["a"]),
        json!(7),
        json!(null),
    ] {
        let Pet::Unrecognized(kept) = read::<Pet>(&value) else { panic!("{value}") };
        assert_eq!(kept, value);
        assert_eq!(number::<Pet>(value), 2);
    }
    // The surrounding message is unchanged.
    let text = r#"{"next":"b","pets":[{"petType":"fish","n":1},{"lives":9,"petType":"cat"}],"pick":{"x":null}}"#;
    let zoo: Zoo = from_str(text).unwrap();
    assert!(matches!(zoo.pets[1], Pet::Cat(ref cat) if cat.lives == Some(9)));
    assert_eq!(
        serde_json::from_str::<Value>(&to_string(&zoo).unwrap()).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
}

#[test]
fn selected_by_kind_and_keys() {
    assert_eq!(number::<Input>(json!("a")), 0);
    assert_eq!(number::<Input>(json!(["a", "b"])), 1);
    assert_eq!(number::<Input>(json!([1, 2])), 2);
    assert_eq!(number::<Input>(json!([[1], []])), 3);
    assert_eq!(number::<Input>(json!({"file": "f"})), 4);
    // An empty list is the first matching alternative.
    assert_eq!(number::<Input>(json!([])), 1);
    assert_eq!(number::<Either>(json!({"value": "a", "nest": {"a": "b"}})), 0);
    assert_eq!(number::<Choice_>(json!("auto")), 0);
    assert_eq!(number::<Choice_>(json!("new")), 0);
    assert_eq!(number::<Choice_>(json!({"id": "x", "kind": "small"})), 1);
    assert_eq!(number::<Nested>(json!(true)), 2);
    let both: Nullable = from_str(r#"{"four":7}"#).unwrap();
    assert_eq!(both.four, Some(nullable::Four::Integer(7)));
    assert_eq!(to_string(&both).unwrap(), r#"{"four":7}"#);
}
use super::generated::composition::types::Choice as Choice_;

#[test]
fn constructed_values() {
    // An unset discriminator is added when encoding; a set one is kept.
    assert_eq!(written(&Pet::from(Cat::default().set_lives(9))), json!({"petType": "cat", "lives": 9}));
    assert_eq!(written(&Shape::from(Round::default())), json!({"kind": "ball"}));
    assert_eq!(written(&Shape::from(Round::default().set_kind("circle"))), json!({"kind": "circle"}));
    let zoo = Zoo::default().set_pick("a").set_pets([Dog::default().set_tricks(["roll"])]);
    assert_eq!(to_string(&zoo).unwrap(), r#"{"pets":[{"petType":"dog","tricks":["roll"]}],"pick":"a"}"#);
    assert_eq!(zoo.clone(), zoo);
    assert_eq!(format!("{:?}", zoo.pick), r#"Some(Text("a"))"#);
    assert_eq!(Zoo::default().pick, None);
}

/// Nested choices are decoded once each, at any depth, even if the innermost value is invalid.
#[test]
fn decoding_time_is_linear_in_depth() {
    let mut value = json!({"flag": "neither"});
    for _ in 0..40 {
        value = json!({"inner": [value], "flag": "neither"});
    }
    assert_eq!(number::<Deep>(value), 2);
}
