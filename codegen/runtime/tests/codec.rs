//! Behavior of the codec.

mod generated_shape;

use discovery_runtime::__private::{JsonCodec as _, OpenEnum, ValueEncoding};
use discovery_runtime::Unrecognized;
use discovery_runtime::json;
use discovery_runtime::serde_json::{self, Value, json};
use discovery_runtime::time::{Duration, Timestamp};
use generated_shape::model::tuning_job::{Source, State, TuningSpec};
use generated_shape::model::{Empty, TuningJob};

fn read(text: &str) -> TuningJob {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> String {
    json::from_str::<TuningJob>(text).expect_err(text).to_string()
}

/// Asserts that a field does not accept a value: it is unset, and the value is kept unchanged.
fn assert_kept(key: &str, value: &str) {
    let text = format!(r#"{{"{key}":{value}}}"#);
    let job = read(&text);
    assert_eq!(job.unknown_fields.raw().collect::<Vec<_>>(), [(key, value)]);
    assert_eq!(json::to_string(&job).unwrap(), text);
    assert_eq!(format!("{job:?}"), format!(r#"TuningJob {{ unknown_fields: {{"{key}": {value}}} }}"#));
}

/// Decodes a text, and encodes it again.
fn round_trip(text: &str) -> String {
    json::to_string(&read(text)).unwrap()
}

#[test]
fn decoding_and_encoding_preserves_values() {
    let text = r#"{"count":"5","countNumber":5,"labels":{"a":"b"},"matrix":[[1.5,2]],"name":"x","runs":[{"empty":{}}],"state":"NEW","states":["ACTIVE"],"baseModel":"m","type":"t","later":[1]}"#;
    let job: TuningJob = json::from_str(text).unwrap();
    assert_eq!(job.count, Some(5));
    assert_eq!(job.state, Some(State::from("NEW")));
    assert_eq!(json::to_string(&job).unwrap(), text);
}

#[test]
fn integers_are_decoded_from_every_form_and_encoded_in_one() {
    for text in ["5", "\"5\"", "5.0", "5e0", "0.5E1", "\"50e-1\"", "500e-2", "5.000000000000000000000000"] {
        let job =
            read(&format!(r#"{{"count":{text},"countNumber":{text},"epochs":{text},"size":{text},"flags":{text}}}"#));
        assert_eq!(job.count, Some(5), "{text}");
        // Text where a number is expected is kept.
        let number = if text.starts_with('"') { text } else { "5" };
        let written = format!(r#"{{"count":"5","countNumber":{number},"epochs":5,"flags":5,"size":"5"}}"#);
        assert_eq!(json::to_string(&job).unwrap(), written);
    }
    assert_eq!(read(r#"{"count":"-9223372036854775808"}"#).count, Some(i64::MIN));
    assert_eq!(read(r#"{"count":-9.223372036854775808e18}"#).count, Some(i64::MIN));
    assert_eq!(read(r#"{"size":18446744073709551615}"#).size, Some(u64::MAX));
    assert_eq!(read(r#"{"count":-0}"#).count, Some(0));
    assert_eq!(read(r#"{"count":0e99999999999999999999}"#).count, Some(0));
}

#[test]
fn invalid_integers_are_kept() {
    for text in [
        "5.5",
        "\"5.5\"",
        "\"\"",
        "\" 5\"",
        "\"5 \"",
        "\"0x5\"",
        "\"05\"",
        "true",
        "[]",
        "9223372036854775808",
        "-9223372036854775809",
        "1e400",
        "1e99999999999999999999",
        "\"NaN\"",
    ] {
        assert_kept("count", text);
    }
    assert_kept("epochs", "2147483648");
    assert_kept("flags", "-1");
    assert_kept("size", "18446744073709551616");
    for malformed in ["05", "+5", "5.", ".5", "1e", "--5", "-"] {
        assert!(error(&format!(r#"{{"count":{malformed}}}"#)).starts_with("count: "), "{malformed}");
    }
}

#[test]
fn floats_are_decoded_from_strings_and_encoded_in_the_shortest_form() {
    let job = read(r#"{"rate":"1.5","factor":"0.1"}"#);
    assert_eq!((job.rate, job.factor), (Some(1.5), Some(0.1)));
    assert_eq!(round_trip(r#"{"factor":0.1,"rate":1e300}"#), r#"{"factor":0.1,"rate":1e+300}"#);
    assert_eq!(
        round_trip(r#"{"factor":"-Infinity","rate":"Infinity"}"#),
        r#"{"factor":"-Infinity","rate":"Infinity"}"#
    );
    for number in ["5", "0", "-0.0", "-3", "3000000000", "0.5"] {
        let text = format!(r#"{{"factor":{number},"rate":{number}}}"#);
        assert_eq!(round_trip(&text), text);
    }
    assert_eq!(round_trip(r#"{"factor":2.0,"rate":5.0}"#), r#"{"factor":2,"rate":5}"#);
    assert!(read(r#"{"rate":"NaN"}"#).rate.unwrap().is_nan());
    assert_eq!(read(r#"{"rate":-0.0}"#).rate.map(f64::to_bits), Some((-0.0_f64).to_bits()));
    for text in ["1e400", "\"nan\"", "\"-NaN\"", "\"1,5\"", "\"\"", "true", "\"-\"", "\"1.5 \""] {
        assert_kept("rate", text);
    }
    assert_kept("factor", "1e39");
    assert!(error(r#"{"rate":NaN}"#).starts_with("rate: "));
}

#[test]
fn bytes_are_decoded_from_both_alphabets_with_and_without_padding() {
    for text in ["+/8=", "+/8", "-_8=", "-_8"] {
        let job = read(&format!(r#"{{"blob":"{text}"}}"#));
        assert_eq!(job.blob.as_deref(), Some(&[0xFB, 0xFF][..]));
        assert_eq!(json::to_string(&job).unwrap(), r#"{"blob":"+/8="}"#);
    }
    assert_kept("blob", r#""a""#);
    assert_kept("blob", r#""a*aa""#);
}

#[test]
fn times_and_masks_are_strings() {
    let job =
        read(r#"{"createTime":"2024-05-06T07:08:09.5+02:00","day":"2024-02-29","timeout":"-1.5s","mask":"a,b.c"}"#);
    assert_eq!(job.create_time.map(Timestamp::nanos), Some(500_000_000));
    assert_eq!(job.timeout, Some(Duration::new(-1, -500_000_000).unwrap()));
    assert_eq!(job.mask.as_ref().unwrap().paths().collect::<Vec<_>>(), ["a", "b.c"]);
    assert_eq!(
        json::to_string(&job).unwrap(),
        r#"{"createTime":"2024-05-06T05:08:09.500Z","day":"2024-02-29","mask":"a,b.c","timeout":"-1.500s"}"#
    );
    assert_kept("createTime", r#""yesterday""#);
    assert_kept("mask", "7");
}

#[test]
fn enums_keep_unknown_values() {
    assert_eq!(
        round_trip(r#"{"state":"NEW","states":["ACTIVE","OTHER",7]}"#),
        r#"{"state":"NEW","states":["ACTIVE","OTHER",7]}"#
    );
    assert_eq!(read(r#"{"state":"ACTIVE"}"#).state, Some(State::Active));
    assert_eq!(State::from("ACTIVE"), State::Active);
    assert_eq!(read(r#"{"state":"NEW"}"#).state, Some("NEW".into()));
    assert_eq!(State::from("NEW").to_string(), "NEW");
    assert_eq!(State::from("NEW").as_str(), "NEW");
    assert_eq!(round_trip(r#"{"state":true,"states":["1",1,false]}"#), r#"{"state":true,"states":["1",1,false]}"#);
    assert_kept("state", "[true]");
}

/// An enum of integers, as in OpenAPI.
#[derive(Clone, Debug, PartialEq)]
enum Level {
    One,
    Unrecognized(Unrecognized<Level>),
}

impl OpenEnum for Level {
    fn known(name: &str) -> Option<Self> {
        (name == "1").then_some(Self::One)
    }

    fn name(&self) -> Result<&'static str, &Unrecognized<Self>> {
        match self {
            Self::One => Ok("1"),
            Self::Unrecognized(value) => Err(value),
        }
    }

    fn unrecognized(value: Unrecognized<Self>) -> Self {
        Self::Unrecognized(value)
    }

    fn is_literal(&self) -> bool {
        true
    }
}

discovery_runtime::open_enum!(Level);

#[test]
fn an_enum_of_integers_is_encoded_as_numbers() {
    for (text, known) in [("1", true), ("\"1\"", true), ("2", false), ("\"2\"", false)] {
        let mut level = Level::empty();
        level.read(&mut json::Reader::new(text), ValueEncoding::String).unwrap();
        assert_eq!(level == Level::One, known, "{text}");
        let mut writer = json::Writer::new();
        level.write(&mut writer, ValueEncoding::String);
        assert_eq!(writer.finish().unwrap(), if known { "1" } else { text });
    }
}

#[test]
fn members_of_a_union_are_keys() {
    let job = read(r#"{"baseModel":"m","sourceCount":3}"#);
    assert_eq!(job.tuning_spec, Some(TuningSpec::BaseModel("m".into())));
    assert_eq!(job.source, Some(Source::SourceCount(3)));
    assert_eq!(json::to_string(&job).unwrap(), r#"{"sourceCount":3,"baseModel":"m"}"#);
    assert_eq!(round_trip(r#"{"sourceTags":[]}"#), r#"{"sourceTags":[]}"#);
    assert_eq!(round_trip(r#"{"preTunedModel":{}}"#), r#"{"preTunedModel":{}}"#);
    assert_eq!(round_trip(r#"{"sourceState":"NEW"}"#), r#"{"sourceState":"NEW"}"#);
}

#[test]
fn null_unsets_a_field_and_is_encoded_again() {
    let text = r#"{"empty":null,"labels":null,"metadata":null,"name":null,"runs":null}"#;
    let job = read(text);
    assert_eq!((job.name, job.labels.len(), job.runs.len()), (None, 0, 0));
    assert_eq!(round_trip(text), text);
    let member = r#"{"baseModel":null,"supervisedTuningSpec":{}}"#;
    assert_eq!(round_trip(member), member);
    assert_eq!(round_trip(r#"{"supervisedTuningSpec":{},"baseModel":null}"#), member);
    assert_eq!(round_trip(r#"{"any":null}"#), r#"{"any":null}"#);
    assert_eq!(round_trip(r#"{"anys":[null]}"#), r#"{"anys":[null]}"#);
    assert_eq!(round_trip(r#"{"sourceValue":null}"#), r#"{"sourceValue":null}"#);
    assert_kept("tags", "[null]");
}

#[test]
fn two_members_of_a_strict_union_are_an_error_that_names_both() {
    let error = error(r#"{"baseModel":"m","supervisedTuningSpec":{}}"#);
    assert!(error.contains("`baseModel` and `supervisedTuningSpec`"), "{error}");
    assert_eq!(round_trip(r#"{"baseModel":"m","baseModel":"n"}"#), r#"{"baseModel":"n"}"#);
}

#[test]
fn the_last_member_of_a_lenient_union_counts_and_others_are_kept() {
    let job = read(r#"{"sourceCount":7,"preTunedModel":{"name":"x"}}"#);
    assert!(matches!(&job.source, Some(Source::PreTunedModel(model)) if model.name.as_deref() == Some("x")));
    assert_eq!(job.unknown_fields.get("sourceCount"), Some(json!(7)));
    let text = json::to_string(&job).unwrap();
    assert_eq!(read(&text), job);
    assert_eq!(
        round_trip(r#"{"sourceCount":7,"preTunedModel":{},"sourceCount":8}"#),
        r#"{"preTunedModel":{},"sourceCount":8}"#
    );
}

#[test]
fn empty_messages_lists_and_maps_are_preserved() {
    assert_eq!(
        round_trip(r#"{"empty":{},"metadata":{},"runs":[],"labels":{},"matrix":[[]]}"#),
        r#"{"empty":{},"labels":{},"matrix":[[]],"metadata":{},"runs":[]}"#
    );
    let job = TuningJob::default().set_tags([""; 0]).set_labels([("", ""); 0]);
    assert_eq!(json::to_string(&job).unwrap(), r#"{"labels":{},"tags":[]}"#);
    assert_eq!(read(r#"{"labels":{},"tags":[]}"#), job);
    assert_eq!(
        json::to_string(&job.set_tags(["a"]).set_labels([("b", "c")])).unwrap(),
        r#"{"labels":{"b":"c"},"tags":["a"]}"#
    );
    let mut job = TuningJob::default().set_tags([""; 0]);
    job.tags.push("a".into());
    assert_eq!(json::to_string(&job).unwrap(), r#"{"tags":["a"]}"#);
}

#[test]
fn unknown_keys_are_preserved() {
    let text = r#"{"name":"x","z":1.50,"a":{"b":[ null , 1e400 ]},"\u0061b":"\u00e9"}"#;
    let mut job = read(text);
    assert_eq!(json::to_string(&job).unwrap(), r#"{"name":"x","z":1.50,"a":{"b":[ null , 1e400 ]},"ab":"\u00e9"}"#);
    assert_eq!(job.unknown_fields.get("ab"), Some(json!("é")));
    job.unknown_fields.set("a", Value::Null);
    assert!(job.unknown_fields.remove("z"));
    assert!(!job.unknown_fields.remove("z"));
    assert_eq!(json::to_string(&job).unwrap(), r#"{"name":"x","a":null,"ab":"\u00e9"}"#);
    assert_eq!(round_trip(r#"{"x":1,"y":2,"x":3}"#), r#"{"y":2,"x":3}"#);
}

#[test]
fn snake_case_keys_are_accepted() {
    assert_eq!(
        round_trip(r#"{"create_time":"2024-01-01T00:00:00Z","base_model":"m","pre_tuned_model":{}}"#),
        r#"{"createTime":"2024-01-01T00:00:00Z","preTunedModel":{},"baseModel":"m"}"#
    );
    assert_eq!(round_trip(r#"{"no_such_key":1}"#), r#"{"no_such_key":1}"#);
}

#[test]
fn the_last_of_duplicate_keys_counts() {
    assert_eq!(
        round_trip(r#"{"parent":{"name":"a"},"parent":{"rate":1},"tags":["a"],"tags":["b"]}"#),
        r#"{"parent":{"rate":1},"tags":["b"]}"#
    );
    assert_eq!(round_trip(r#"{"name":"a","name":null}"#), r#"{"name":null}"#);
}

#[test]
fn whitespace_and_any_order_of_keys_are_accepted() {
    let text =
        " {\n  \"type\" :\t\"t\" ,\r\n                \"name\":\"x\" , \"runs\" : [ { } , {\"name\" : \"y\"} ] } \n";
    assert_eq!(round_trip(text), r#"{"name":"x","runs":[{},{"name":"y"}],"type":"t"}"#);
}

#[test]
fn escapes_are_decoded_and_encoded() {
    let job = read(r#"{"n\u0061me":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#);
    assert_eq!(job.name.as_deref(), Some("\"\\/\u{8}\u{c}\n\r\té😀"));
    assert_eq!(json::to_string(&job).unwrap(), r#"{"name":"\"\\/\b\f\n\r\té😀"}"#);
    let control = TuningJob::default().set_name("\u{1}\u{1f}\u{7f}");
    assert_eq!(json::to_string(&control).unwrap(), "{\"name\":\"\\u0001\\u001f\u{7f}\"}");
}

#[test]
fn surrogate_pairs_of_all_planes_are_decoded() {
    for c in ('\u{10000}'..=char::MAX).step_by(0x3ff) {
        let escape = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
        assert_eq!(read(&format!(r#"{{"name":"{escape}"}}"#)).name, Some(c.to_string()), "{escape}");
    }
}

#[test]
fn malformed_json_is_an_error() {
    for text in [
        "",
        " ",
        "null",
        "[]",
        "{",
        "{]",
        "{}x",
        "{} {}",
        "{\"name\"}",
        "{\"name\":}",
        "{\"name\":\"x\",}",
        "{,}",
        "{name:1}",
        "{'name':1}",
        "{\"name\":\"\n\"}",
        "{\"name\":\"\\x\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"\\udc00\"}",
        "{\"name\":\"\\ud800\\u0041\"}",
        "{\"name\":\"\\u12\"}",
        "{\"name\":\"\\u+123\"}",
        "{\"name\":\"",
        "{\"x\":tru}",
        "{\"x\":truex}",
        "{\"x\":01}",
        "{\"x\":1.}",
        "{\"x\":-}",
        "{\"x\":[1,]}",
        "{\"x\":[1 2]}",
        "{\"x\":{\"a\":1,}}",
        "{\"x\":[}",
        "{\"x\":[}]",
        "{\"x\":{\"a\"}}",
        "{\"x\":\"\u{1}\"}",
        "{\"name\" \"x\"}",
        "\u{feff}{}",
    ] {
        error(text);
    }
    assert!(json::from_slice::<TuningJob>(b"{\"name\":\"\xff\"}").unwrap_err().to_string().contains("UTF-8"));
}

#[test]
fn nesting_is_limited() {
    let nest = |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [
        ("{\"x\":", "}"),
        ("{\"parent\":", "}"),
        ("{\"runs\":[", "]}"),
        ("{\"parts\":{\"a\":", "}}"),
        ("{\"any\":", "}"),
        ("{\"supervisedTuningSpec\":", "}"),
        ("{\"any\":[", "]}"),
        ("{\"x\":[", "]}"),
    ] {
        let levels = open.matches(['{', '[']).count();
        let inner = |depth| nest(open, close, depth).replace(":}", ":{}}").replace("[]", "[{}]");
        read(&inner(99 / levels));
        assert!(error(&inner(100)).contains("nested deeper than 100"), "{open}");
        error(&nest(open, close, 100_000));
    }
    error(&"[".repeat(100_000));
    let mut job = TuningJob::default();
    for _ in 0..99 {
        job = TuningJob::default().set_parent(job);
    }
    assert_eq!(read(&json::to_string(&job).unwrap()), job);
    assert!(json::to_string(&TuningJob::default().set_parent(job.clone())).is_err());
    assert!(serde_json::to_string(&TuningJob::default().set_parent(job)).is_err());
}

#[test]
fn errors_have_a_location() {
    let text = r#"{"parent":{"runs":[{},{"parts":{"a.b":{"epochs":1.}}}]}}"#;
    let error = json::from_str::<TuningJob>(text).unwrap_err();
    assert_eq!(error.path(), r#"parent.runs[1].parts["a.b"].epochs"#);
    assert_eq!(Some(error.offset()), text.find("1.}"));
    assert_eq!(error.message(), "expected a number as JSON writes it");
    assert!(error.near().contains("1.}"));
    let error = json::from_str::<TuningJob>(r#"{"später":{"ö":[1,}}"#).unwrap_err();
    assert_eq!(error.path(), "später");
}

#[test]
fn debug_shows_set_fields() {
    let job = read(r#"{"name":"x","state":"ACTIVE","baseModel":"m","empty":{},"tags":["a"],"later":[1]}"#);
    assert_eq!(
        format!("{job:?}"),
        r#"TuningJob { empty: Empty, name: "x", state: Active, tags: ["a"], baseModel: BaseModel("m"), unknown_fields: {"later": [1]} }"#
    );
}

#[test]
fn clones_are_equal_until_changed() {
    let job = read(r#"{"name":"x","labels":{"a":"b"},"runs":[{}],"baseModel":"m","later":1}"#);
    assert_eq!(job.clone(), job);
    for change in [
        job.clone().set_name("y"),
        job.clone().set_labels([("a", "c")]),
        job.clone().set_runs([TuningJob::default(), TuningJob::default()]),
        job.clone().set_base_model("n"),
        job.clone().set_supervised_tuning_spec(TuningJob::default()),
        {
            let mut job = job.clone();
            job.unknown_fields.remove("later");
            job
        },
        {
            let mut job = job.clone();
            job.name = None;
            job
        },
    ] {
        assert_ne!(change, job);
    }
}

#[test]
fn serde_uses_the_codec() {
    let text = r#"{"any":{"a":[null,1.5]},"count":"9223372036854775807","factor":0.1,"rate":"NaN","size":"18446744073709551615","state":"NEW","baseModel":"m","later":12345678901234567890}"#;
    let job = read(text);
    assert_eq!(serde_json::to_string(&job).unwrap(), text);
    let back: TuningJob = serde_json::from_str(text).unwrap();
    assert_eq!(json::to_string(&back).unwrap(), text);
    let back: TuningJob = serde_json::from_value(serde_json::to_value(&job).unwrap()).unwrap();
    assert_eq!(json::to_string(&back).unwrap(), text);
    assert_eq!(serde_json::to_string(&State::Active).unwrap(), "\"ACTIVE\"");
    assert_eq!(serde_json::from_str::<State>("\"ACTIVE\"").unwrap(), State::Active);
    assert_eq!(serde_json::from_str::<Empty>("{}").unwrap(), Empty::default());
    let error = serde_json::from_str::<State>("{}").unwrap_err().to_string();
    assert!(error.contains("expected a string"), "{error}");
}

#[test]
fn messages_are_small() {
    assert_eq!(size_of::<discovery_runtime::UnknownFields>(), size_of::<usize>());
    assert_eq!(size_of::<json::Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Box<TuningJob>>>(), size_of::<usize>());
}
