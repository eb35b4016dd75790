//! Values that a field does not accept are kept, readable, and encoded unchanged, so that no response is lost.

mod generated_shape;

use discovery_runtime::json;
use discovery_runtime::serde_json::{self, Value, json};
use discovery_runtime::time::Timestamp;
use generated_shape::model::TuningJob;
use generated_shape::model::tuning_job::{Source, TuningSpec};

fn read(text: &str) -> TuningJob {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn write(job: &TuningJob) -> String {
    json::to_string(job).unwrap()
}

#[test]
fn every_field_keeps_invalid_values() {
    for key in [
        "blob",
        "count",
        "countNumber",
        "createTime",
        "day",
        "done",
        "empty",
        "epochs",
        "factor",
        "flags",
        "labels",
        "mask",
        "matrix",
        "metadata",
        "name",
        "parent",
        "parts",
        "rate",
        "runs",
        "size",
        "state",
        "states",
        "tags",
        "timeout",
        "preTunedModel",
        "sourceCount",
        "sourceTags",
        "sourceState",
        "supervisedTuningSpec",
        "baseModel",
        "type",
    ] {
        let mut refusing = 0;
        for value in
            ["true", "-1.5e-7", "1e400", "\"no such value\"", "{\"a\":[1]}", "[[{}]]", "[7,true]", "{\"a\":true}"]
        {
            let text = format!(r#"{{"{key}":{value},"any":[1]}}"#);
            let job = read(&text);
            assert_eq!(job.any, Some(json!([1])), "{text}");
            if !job.unknown_fields.is_empty() {
                refusing += 1;
                assert_eq!(job.unknown_fields.raw().collect::<Vec<_>>(), [(key, value)], "{text}");
                assert!(write(&job).contains(&format!(r#""{key}":{value}"#)), "{text} {}", write(&job));
            }
            assert_eq!(read(&write(&job)), job, "{text}");
            assert_eq!(serde_json::from_str::<TuningJob>(&text).unwrap(), job, "{text}");
        }
        assert!(refusing >= 3, "{key} accepts too many values");
    }
}

#[test]
fn noncanonical_times_are_preserved() {
    for (text, time) in [
        ("2024-05-06t07:08:09z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09", "2024-05-06T07:08:09Z"),
        ("2024-05-06 07:08:09Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09+0000", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09.25-0130", "2024-05-06T08:38:09.25Z"),
        ("2024-05-06T07:08:60Z", "2024-05-06T07:09:00Z"),
        ("2024-05-06T07:08:09.12345678912345Z", "2024-05-06T07:08:09.123456789Z"),
    ] {
        let whole = format!(r#"{{"createTime":"{text}","name":"x"}}"#);
        let job = read(&whole);
        assert_eq!(job.create_time, Some(time.parse::<Timestamp>().unwrap()), "{text}");
        assert_eq!(write(&job), whole);
        assert_eq!(job.unknown_fields.get("createTime"), Some(json!(text)));
        // A new value replaces the kept text.
        let later = Timestamp::new(0, 0).unwrap();
        assert_eq!(write(&job.clone().set_create_time(later)), r#"{"createTime":"1970-01-01T00:00:00Z","name":"x"}"#);
        let mut unset = job.clone();
        unset.create_time = None;
        assert_eq!(write(&unset), r#"{"name":"x"}"#);
    }
    let job = read(r#"{"timeout":"1.0000000001s"}"#);
    assert_eq!(job.timeout.map(|timeout| timeout.to_string()).as_deref(), Some("1s"));
    assert_eq!(write(&job), r#"{"timeout":"1.0000000001s"}"#);
}

#[test]
fn invalid_times_are_kept() {
    for text in ["", "yesterday", "0000-00-00T00:00:00Z", "2024-05-06", "2024-02-30T00:00:00Z", "2024-05-06T25:00:00Z"]
    {
        let whole = format!(r#"{{"createTime":"{text}"}}"#);
        let job = read(&whole);
        assert_eq!(job.create_time, None);
        assert_eq!(job.unknown_fields.get("createTime"), Some(json!(text)));
        assert_eq!(write(&job), whole);
    }
}

#[test]
fn a_new_value_replaces_the_kept_one_and_keys_are_not_duplicated() {
    let job = read(r#"{"count":"many","tags":["a",1],"labels":{"a":true},"state":[],"baseModel":5}"#);
    assert_eq!((job.count, &job.tags, &job.labels), (None, &vec![], &Default::default()));
    assert_eq!(
        write(&job.set_count(5).set_tags(["b"]).set_labels([("c", "d")]).set_state("ACTIVE").set_base_model("m")),
        r#"{"count":"5","labels":{"c":"d"},"state":"ACTIVE","tags":["b"],"baseModel":"m"}"#
    );
    // Of duplicate keys the last one counts, even if its value is invalid.
    assert_eq!(write(&read(r#"{"count":"many","count":5}"#)), r#"{"count":"5"}"#);
    assert_eq!(write(&read(r#"{"count":5,"count":"many"}"#)), r#"{"count":"many"}"#);
    assert_eq!(write(&read(r#"{"count":"many","count":null}"#)), r#"{"count":null}"#);
    assert_eq!(write(&read(r#"{"create_time":"x","createTime":"y"}"#)), r#"{"createTime":"y"}"#);
}

#[test]
fn null_can_be_sent_for_a_known_key() {
    let mut job = TuningJob::default().set_name("x");
    job.unknown_fields.set("labels", Value::Null);
    job.unknown_fields.set("name", Value::Null);
    assert_eq!(write(&job), r#"{"labels":null,"name":"x"}"#);
    job.name = None;
    assert_eq!(write(&job), r#"{"labels":null,"name":null}"#);
}

#[test]
fn an_invalid_member_of_a_union_keeps_the_other_one() {
    let job = read(r#"{"sourceCount":7,"preTunedModel":[]}"#);
    assert_eq!(job.source, Some(Source::SourceCount(7)));
    assert_eq!(write(&job), r#"{"preTunedModel":[],"sourceCount":7}"#);
    assert_eq!(read(&write(&job)), job);
    let job = read(r#"{"baseModel":5}"#);
    assert_eq!(job.tuning_spec, None);
    assert_eq!(write(&job), r#"{"baseModel":5}"#);
    // At most one member of a strict union is encoded, and two are an error in any order.
    assert_eq!(write(&job.set_supervised_tuning_spec(TuningJob::default())), r#"{"supervisedTuningSpec":{}}"#);
    for text in [
        r#"{"baseModel":5,"supervisedTuningSpec":{}}"#,
        r#"{"supervisedTuningSpec":{},"baseModel":5}"#,
        r#"{"supervisedTuningSpec":7,"baseModel":"m"}"#,
        r#"{"supervisedTuningSpec":7,"baseModel":true}"#,
    ] {
        let error = json::from_str::<TuningJob>(text).unwrap_err().to_string();
        assert!(error.contains("`baseModel`") && error.contains("`supervisedTuningSpec`"), "{text}: {error}");
    }
    assert_eq!(
        read(r#"{"baseModel":"m","supervisedTuningSpec":null}"#).tuning_spec,
        Some(TuningSpec::BaseModel("m".into()))
    );
    assert_eq!(read(r#"{"baseModel":"m","baseModel":null}"#).tuning_spec, None);
}

#[test]
fn a_new_union_member_is_encoded_once() {
    let mut job = read(r#"{"sourceCount":7,"preTunedModel":{}}"#);
    job.source = Some(Source::SourceCount(8));
    assert_eq!(write(&job), r#"{"sourceCount":8}"#);
}

#[test]
fn integers_out_of_range_keep_their_digits() {
    let text = r#"{"any":{"a":123456789012345678901234567890},"anys":[18446744073709551616]}"#;
    assert_eq!(write(&read(text)), text);
    assert_eq!(read(text).any, Some(json!({"a": 1.234_567_890_123_456_8e29})));
}

#[test]
fn unknown_fields_are_compared_as_json() {
    let one = read(r#"{"x":{"a":1.50,"b":[ 2 ]},"y":"\u00e9"}"#);
    assert_eq!(one, read(r#"{"y":"é","x":{"b":[2],"a":15e-1}}"#));
    assert_ne!(one, read(r#"{"y":"é","x":{"b":[2],"a":1.6}}"#));
    assert_ne!(one, read(r#"{"y":"é"}"#));
    assert_ne!(read(r#"{"x":1}"#), read(r#"{"x":1.0}"#));
    assert_eq!(read(r#"{"x":1e400}"#), read(r#"{"x":10e399}"#));
}

#[test]
fn an_unknown_field_that_nests_too_deep_is_an_error() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let inner = read(&format!(r#"{{"x":{}}}"#, deep(99)));
    assert!(write(&inner).contains("[["));
    assert!(json::to_string(&TuningJob::default().set_parent(inner)).is_err());
    let mut job = TuningJob::default();
    job.unknown_fields.set("x", serde_json::from_str::<Value>(&deep(100)).unwrap());
    assert!(json::to_string(&job).is_err());
}

#[test]
fn the_deepest_message_needs_little_stack() {
    let text = r#"{"parent":{"runs":["#.repeat(33) + &r#"]}}"#.repeat(33);
    let work = move || {
        let job = read(&text);
        assert_eq!(job.clone(), job);
        assert!(format!("{job:?}").len() > 33);
        assert_eq!(read(&write(&job)), job);
        assert_eq!(serde_json::from_str::<TuningJob>(&serde_json::to_string(&job).unwrap()).unwrap(), job);
    };
    // Smallest default stack size of common platforms; this build is not optimized.
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn null_members_of_unions_are_kept_and_exclude_nothing() {
    for text in [
        r#"{"baseModel":null}"#,
        r#"{"baseModel":null,"supervisedTuningSpec":null}"#,
        r#"{"baseModel":"a","supervisedTuningSpec":null}"#,
        r#"{"supervisedTuningSpec":null,"baseModel":"a"}"#,
    ] {
        let job = read(text);
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&write(&job)).unwrap(), value);
        assert_eq!(job.tuning_spec.is_some(), value["baseModel"] == "a");
    }
    // The last of two equal keys counts.
    assert_eq!(write(&read(r#"{"baseModel":"a","baseModel":null}"#)), r#"{"baseModel":null}"#);
    assert_eq!(write(&read(r#"{"baseModel":null,"baseModel":"a"}"#)), r#"{"baseModel":"a"}"#);
    // A value that is set replaces it.
    let mut job = read(r#"{"baseModel":null}"#);
    job.tuning_spec = Some(TuningSpec::BaseModel("b".into()));
    assert_eq!(write(&job), r#"{"baseModel":"b"}"#);
}
