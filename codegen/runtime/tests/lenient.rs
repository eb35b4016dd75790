//! Responses that are lists or maps: entries that are not of their type are kept, and the others are read.

use std::collections::BTreeMap;

use discovery_runtime::Lenient;
use discovery_runtime::http::{Page, Response};
use discovery_runtime::serde_json::{self, Value};
use discovery_runtime::time::Timestamp;

type List<T> = Lenient<Vec<T>>;
type Map<T> = Lenient<BTreeMap<String, T>>;

fn read<R: Response>(text: &str) -> R {
    R::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn unknown<C>(response: &Lenient<C>) -> Vec<(&str, &str)> {
    response.unknown_entries.raw().collect()
}

#[test]
fn entries_of_lists() {
    let list: List<i32> = read(r#"[1, "x", 2, {"a": [3]}, null, 3.5, 4]"#);
    assert_eq!(*list, [1, 2, 4]);
    assert_eq!(unknown(&list), [("1", r#""x""#), ("3", r#"{"a": [3]}"#), ("4", "null"), ("5", "3.5")]);
    assert_eq!(serde_json::to_string(&list).unwrap(), r#"[1,"x",2,{"a":[3]},null,3.5,4]"#);
    assert_eq!((list.item_count(), list.into_items()), (7, vec![1, 2, 4]));
    // A list within is one entry.
    let list: List<Vec<i32>> = read(r#"[[1],[2,"x"],[3]]"#);
    assert_eq!((list.entries.as_slice(), unknown(&list)), (&[vec![1], vec![3]][..], vec![("1", r#"[2,"x"]"#)]));
    for text in [r#"["x"]"#, r#"["x",1,"y"]"#, r#"[1,"x"]"#, "[]", "[1]", r#"["x","y"]"#, r#"[1,1,"x"]"#] {
        assert_eq!(serde_json::to_string(&read::<List<i32>>(text)).unwrap(), text);
    }
}

#[test]
fn entries_of_maps() {
    let map: Map<i32> = read(r#"{"a":1,"b":"x","c":[],"d":4}"#);
    assert_eq!(*map, BTreeMap::from([("a".to_owned(), 1), ("d".to_owned(), 4)]));
    assert_eq!(unknown(&map), [("b", r#""x""#), ("c", "[]")]);
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":1,"d":4,"b":"x","c":[]}"#);
    // The last of two equal keys counts.
    let map: Map<i32> = read(r#"{"a":1,"a":"x","b":"x","b":2}"#);
    assert_eq!((map.entries.get("a"), map.entries.get("b")), (None, Some(&2)));
    assert_eq!(unknown(&map), [("a", r#""x""#)]);
}

#[test]
fn texts_that_values_do_not_hold() {
    let text = r#"["2026-05-06T07:08:09",1e400,"2026-05-06T07:08:09Z"]"#;
    let list: List<Timestamp> = read(text);
    assert_eq!((list.len(), list.item_count()), (2, 3));
    assert_eq!(unknown(&list), [("0", r#""2026-05-06T07:08:09""#), ("1", "1e400")]);
    assert_eq!(serde_json::to_string(&list).unwrap(), text);
    let map: Map<Value> = read(r#"{"a":0.12345678901234567890123}"#);
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":0.12345678901234567890123}"#);
}

#[test]
fn changed_entries_are_encoded() {
    let mut list: List<i32> = read(r#"[1,"x",2,"y"]"#);
    list.push(3);
    assert_eq!(serde_json::to_string(&list).unwrap(), r#"[1,"x",2,"y",3]"#);
    list.entries.clear();
    assert_eq!(serde_json::to_string(&list).unwrap(), r#"["x","y"]"#);
    let mut map: Map<Timestamp> = read(r#"{"a":"2026-05-06T07:08:09","b":7}"#);
    map.insert("a".into(), "2026-05-06T07:08:10Z".parse().unwrap());
    map.insert("b".into(), "2026-05-06T07:08:10Z".parse().unwrap());
    let text = r#"{"a":"2026-05-06T07:08:10Z","b":"2026-05-06T07:08:10Z"}"#;
    assert_eq!(serde_json::to_string(&map).unwrap(), text);
}

#[test]
fn null_is_empty_and_other_kinds_are_errors() {
    assert!(read::<List<i32>>("null").is_empty() && read::<Map<i32>>("null").is_empty());
    for text in ["7", "{}", "[1", "[1,]", r#"["x"#, r#"[{"a"}]"#] {
        assert!(List::<i32>::decode(text.as_bytes()).is_err(), "{text}");
    }
    for text in ["7", "[]", r#"{"a":1"#, r#"{"a":}"#, r#"{"a":x}"#] {
        assert!(Map::<i32>::decode(text.as_bytes()).is_err(), "{text}");
    }
    let deep = format!("{}{}", "[".repeat(101), "]".repeat(101));
    assert!(List::<Value>::decode(deep.as_bytes()).is_err());
}
