//! Declared and inferred discriminators.

use super::generated::unions::types::*;
use super::{from_str, json, to_string, typed, unchanged, variant};

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

/// It is written for values of one's own only.
#[test]
fn a_discriminator_that_was_absent_stays_absent() {
    assert_eq!(variant::<Loose>(r#"{"side":1.5}"#), "Angular");
    let Loose::Angular(angular) = super::read::<Loose>(r#"{"side":1.5}"#) else { panic!("an angular one") };
    assert!(angular.unknown_fields.is_empty());
    assert_eq!(json(&Loose::from((*angular).clone())), r#"{"side":1.5}"#);
    assert_eq!(json(&Loose::from(angular.set_kind("Angular"))), r#"{"kind":"Angular","side":1.5}"#);
    assert_eq!(json(&Loose::from(Angular::default().set_side(1.5))), r#"{"kind":"Angular","side":1.5}"#);
    // That of a choice around another one.
    assert_eq!(variant::<Drawn>(r#"{"side":1.5}"#), "Loose");
    assert_eq!(variant::<Drawn>(r#"{"kind":"Angular","side":1.5}"#), "Loose");
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
    typed::<Before2020>(&[r#"{"one":[true,false],"pair":["a",1]}"#]);
    assert_eq!(Before2020::default().set_one([true]).one, [true]);
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
    for (text, expected) in [(r#"{"a":1}"#, "Counts"), (r#"{"a":"x"}"#, "Names"), (r#"{"a":null,"b":"x"}"#, "Names")] {
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
fn a_union_beside_properties_stays_a_union() {
    assert_eq!(variant::<Beside>(r#"{"kind":"w","note":"a","value":"b"}"#), "Worded");
    assert_eq!(variant::<Beside>(r#"{"kind":"c","note":"a","value":1}"#), "Counted");
    let counted = Beside::from(beside::Counted::default().set_note("a").set_value(1));
    assert_eq!(json(&counted), r#"{"kind":"c","note":"a","value":1}"#);
}

#[test]
fn a_union_within_all_of_stays_a_union() {
    assert_eq!(variant::<Either>(r#"{"id":"1","title":"a","type":"bar"}"#), "Bar");
    assert_eq!(variant::<Either>(r#"{"id":"1","legend":"a","type":"time"}"#), "Time");
    let Either::Time(time) = super::read::<Either>(r#"{"id":"1","legend":"a","type":"time"}"#) else { panic!() };
    assert_eq!((time.id.as_deref(), time.legend.as_deref()), (Some("1"), Some("a")));
}

#[test]
fn properties_that_narrow_the_values_of_others_distinguish() {
    assert_eq!(variant::<Paint>(r#"{"note":"a","shade":"matte"}"#), "Matte");
    assert_eq!(variant::<Paint>(r#"{"note":"a","shade":"gloss"}"#), "Gloss");
    assert_eq!(variant::<Paint>(r#"{"note":"a","shade":"silk"}"#), "Satin");
    assert_eq!(variant::<Paint>(r#"{"note":"a","shade":1}"#), "Level1");
    assert_eq!(json(&Paint::from(Gloss::default())), r#"{"shade":"gloss"}"#);
    assert_eq!(json(&Paint::from(Matte::default())), r#"{"shade":"matte"}"#);
    assert_eq!(variant::<Coats>(r#"[{"shade":"gloss"}]"#), "Glosses");
}

#[test]
fn each_level_of_bases_has_a_discriminator() {
    assert_eq!(variant::<Plant>(r#"{"height":1.5,"kind":"Bush","leaf":"Evergreen"}"#), "Bush");
    assert_eq!(variant::<Bush>(r#"{"height":1.5,"kind":"Bush","leaf":"Evergreen"}"#), "Evergreen");
    // Without the discriminator, it is none of those that extend the base.
    assert_eq!(variant::<Bush>(r#"{"kind":"Bush"}"#), "Other");
    assert_eq!(variant::<Car>(r#"{"name":"a"}"#), "Other");
}
