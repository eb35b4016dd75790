//! Numbers of any size.

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
        from_str(r#"{"either":9007199254740993,"large":18446744073709551615,"uint":18446744073709551615}"#).unwrap();
    assert_eq!(read.either, Some(numbers::Either::Integer(9007199254740993)));
    assert_eq!((read.large, read.uint), (Some(u64::MAX), Some(u64::MAX)));
    assert_eq!(from_str::<Numbers>(r#"{"either":1.5}"#).unwrap().either, Some(numbers::Either::Number(1.5)));
    assert_eq!(
        to_string(&Numbers::default().set_either(9007199254740993_i64).set_other(0.5)).unwrap(),
        r#"{"either":9007199254740993,"other":0.5}"#
    );
}
