//! Lists of values of several kinds.

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
    let mut query: Vec<String> = call.request().unwrap().uri().query().unwrap().split('&').map(str::to_owned).collect();
    query.sort();
    assert_eq!(query, ["filter=ticket_id", "on=1", "size=1.5", "speed=1"]);
}
