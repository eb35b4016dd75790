//! What OpenAPI says and Discovery does not: bindings of one small document for each, compiled and run.

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}

/// `oneOf`, `anyOf` and several types.
mod choices {
    use super::generated::composition::types::*;
    use discovery_runtime::json::{from_str, to_string};
    use discovery_runtime::{Choice, Wire, json::Reader};
    use serde_json::{Value, json};

    fn read<T: Wire>(value: &Value) -> T {
        let mut read = T::empty();
        read.read(&mut Reader::new(&value.to_string()), discovery_runtime::Form::Proto).unwrap();
        read
    }

    fn written<T: Wire>(value: &T) -> Value {
        let mut writer = discovery_runtime::json::Writer::new();
        value.write(&mut writer, discovery_runtime::Form::Proto);
        serde_json::from_str(&writer.finish().unwrap()).unwrap()
    }

    /// What a value is read as, and that it is written as it was, also by way of serde.
    fn number<T>(value: Value) -> usize
    where
        T: Choice + Wire + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
    {
        let choice: T = read(&value);
        assert_eq!(written(&choice), value);
        let by_serde: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(by_serde, choice);
        assert_eq!(serde_json::to_value(&by_serde).unwrap(), value);
        choice.value().0
    }

    #[test]
    fn told_by_a_discriminator() {
        assert_eq!(number::<Pet>(json!({"petType": "cat", "lives": 9})), 0);
        assert_eq!(number::<Pet>(json!({"petType": "dog", "tricks": ["roll"], "new": {"a": [1]}})), 1);
        // The mapping counts, wherever the key stands; keys of others do not.
        assert_eq!(number::<Shape>(json!({"side": 1.5, "radius": 2.5, "kind": "ball"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "circle"})), 0);
        assert_eq!(number::<Shape>(json!({"kind": "box", "radius": 1.5})), 1);
        // A schema's name, where no mapping says otherwise.
        assert_eq!(number::<Shape>(json!({"kind": "Cat", "petType": "cat"})), 2);
        // Properties that have other values in each alternative tell as well.
        assert_eq!(number::<Event>(json!({"type": "start", "code": 1})), 0);
        assert_eq!(number::<Event>(json!({"type": "abort", "code": 7})), 1);
    }

    #[test]
    fn what_nobody_knows_is_kept() {
        for value in [
            json!({"petType": "fish", "fins": [null, {"a": 1.5}]}),
            // It says that it is a cat, and is none.
            json!({"petType": "cat", "lives": "many"}),
            json!(["a"]),
            json!(7),
            json!(null),
        ] {
            let Pet::Unrecognized(kept) = read::<Pet>(&value) else { panic!("{value}") };
            assert_eq!(kept, value);
            assert_eq!(number::<Pet>(value), 2);
        }
        // Nothing of what holds it is lost.
        let text = r#"{"next":"b","pets":[{"petType":"fish","n":1},{"lives":9,"petType":"cat"}],"pick":{"x":null}}"#;
        let zoo: Zoo = from_str(text).unwrap();
        assert!(matches!(zoo.pets[1], Pet::Cat(ref cat) if cat.lives == Some(9)));
        assert_eq!(
            serde_json::from_str::<Value>(&to_string(&zoo).unwrap()).unwrap(),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn told_by_kind_and_keys() {
        assert_eq!(number::<Input>(json!("a")), 0);
        assert_eq!(number::<Input>(json!(["a", "b"])), 1);
        assert_eq!(number::<Input>(json!([1, 2])), 2);
        assert_eq!(number::<Input>(json!([[1], []])), 3);
        assert_eq!(number::<Input>(json!({"file": "f"})), 4);
        // An empty list is the first that it can be.
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
    fn made_by_hand() {
        // The discriminator is written where it is not set, and where it is, stays.
        assert_eq!(written(&Pet::from(Cat::default().set_lives(9))), json!({"petType": "cat", "lives": 9}));
        assert_eq!(written(&Shape::from(Round::default())), json!({"kind": "ball"}));
        assert_eq!(written(&Shape::from(Round::default().set_kind("circle"))), json!({"kind": "circle"}));
        let zoo = Zoo::default().set_pick("a").set_pets([Dog::default().set_tricks(["roll"])]);
        assert_eq!(to_string(&zoo).unwrap(), r#"{"pets":[{"petType":"dog","tricks":["roll"]}],"pick":"a"}"#);
        assert_eq!(zoo.clone(), zoo);
        assert_eq!(format!("{:?}", zoo.pick), r#"Some(Text("a"))"#);
        assert_eq!(Zoo::default().pick, None);
    }

    /// Choices within choices are read once each, however deep and whatever is wrong at the bottom.
    #[test]
    fn depth_costs_no_more_than_its_length() {
        let mut value = json!({"flag": "neither"});
        for _ in 0..40 {
            value = json!({"inner": [value], "flag": "neither"});
        }
        assert_eq!(number::<Deep>(value), 2);
    }
}
