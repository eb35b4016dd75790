//! The codec against impls that serde derives for the same structs, on the same texts, in one run.
//!
//! `cargo bench -p discovery-runtime --bench codec`

#[path = "../tests/generated_shape.rs"]
#[allow(dead_code, unused_imports)]
mod generated_shape;

use discovery_runtime::json;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use generated_shape::model::TuningJob;

fn main() {
    divan::main();
}

/// The same structs, as one writes them by hand for serde.
mod derived {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    pub(super) struct TuningJob {
        #[serde(skip_serializing_if = "Option::is_none", with = "long")]
        count: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        create_time: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        done: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        empty: Option<Box<Empty>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        epochs: Option<i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        factor: Option<f32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        flags: Option<u32>,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        labels: BTreeMap<String, String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        matrix: Vec<Vec<f64>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        metadata: Option<serde_json::Map<String, serde_json::Value>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Box<TuningJob>>,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        parts: BTreeMap<String, TuningJob>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rate: Option<f64>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        runs: Vec<TuningJob>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pre_tuned_model: Option<Box<TuningJob>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<State>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        states: Vec<State>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        timeout: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        supervised_tuning_spec: Option<Box<TuningJob>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        base_model: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        r#type: Option<String>,
    }

    #[derive(Default, Serialize, Deserialize)]
    pub(super) struct Empty {}

    #[derive(Serialize, Deserialize)]
    enum State {
        #[serde(rename = "STATE_UNSPECIFIED")]
        Unspecified,
        #[serde(rename = "ACTIVE")]
        Active,
        #[serde(untagged)]
        Unrecognized(String),
    }

    mod long {
        use serde::de::Error as _;
        use serde::{Deserialize as _, Deserializer, Serializer};

        pub(super) fn serialize<S: Serializer>(value: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => serializer.collect_str(value),
                None => serializer.serialize_none(),
            }
        }

        pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
            let text = Option::<&str>::deserialize(deserializer)?;
            text.map(str::parse).transpose().map_err(D::Error::custom)
        }
    }
}

/// Many small values, in a server's own order: a page of jobs, each with a hundred snapshots.
fn jobs() -> String {
    let mut text = String::from(r#"{"runs":["#);
    for job in 0..200 {
        if job > 0 {
            text.push(',');
        }
        text += &format!(
            r#"{{"name":"projects/1234567890/locations/us-central1/tuningJobs/{job}","baseModel":"gemini-2.0-flash-001","createTime":"2024-05-06T07:08:{:02}.123456Z","state":"ACTIVE","labels":{{"team":"numbers","run":"{job}"}},"type":"A page of text that says what this model is tuned for.","runs":["#,
            job % 60
        );
        for step in 0..100 {
            if step > 0 {
                text.push(',');
            }
            let loss = 10.0 / f64::from(step + 1);
            text += &format!(
                r#"{{"epochs":{},"count":"{step}","rate":{loss},"createTime":"2024-05-06T07:{:02}:09.5Z"}}"#,
                step / 10,
                step % 60
            );
        }
        text.push_str("]}");
    }
    text.push_str("]}");
    text
}

/// The same, indented as Google's servers do.
fn pretty() -> String {
    let value: serde_json::Value = serde_json::from_str(&jobs()).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON")
}

/// Few long strings: examples to tune with.
fn prose() -> String {
    let line =
        "The quick brown fox jumps over the lazy dog; \\\"pack my box\\\" it says, with five dozen liquor jugs.\\n";
    let plain = line.replace(['\\', '"', '\n'], " ");
    let mut text = String::from(r#"{"tags":["#);
    for example in 0..200 {
        if example > 0 {
            text.push(',');
        }
        text += &format!("\"{}{line}\"", plain.repeat(20));
    }
    text.push_str("]}");
    text
}

const TEXTS: [(&str, fn() -> String); 3] = [("jobs", jobs), ("pretty", pretty), ("prose", prose)];

fn text(name: &str) -> String {
    TEXTS.iter().find(|(known, _)| *known == name).map(|(_, text)| text()).unwrap_or_default()
}

#[divan::bench_group]
mod decode {
    use super::*;

    #[divan::bench(args = ["jobs", "pretty", "prose"])]
    fn codec(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| json::from_slice::<TuningJob>(black_box(text.as_bytes())).expect("a job"));
    }

    #[divan::bench(args = ["jobs", "pretty", "prose"])]
    fn serde_derive(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| serde_json::from_slice::<derived::TuningJob>(black_box(text.as_bytes())).expect("a job"));
    }
}

#[divan::bench_group]
mod encode {
    use super::*;

    #[divan::bench(args = ["jobs", "prose"])]
    fn codec(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        let job: TuningJob = json::from_str(&text).expect("a job");
        bencher.counter(BytesCount::of_str(&text)).bench(|| json::to_vec(black_box(&job)).expect("text"));
    }

    #[divan::bench(args = ["jobs", "prose"])]
    fn serde_derive(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        let job: derived::TuningJob = serde_json::from_str(&text).expect("a job");
        bencher.counter(BytesCount::of_str(&text)).bench(|| serde_json::to_vec(black_box(&job)).expect("text"));
    }
}
